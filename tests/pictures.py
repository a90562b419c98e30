"""Pictures of fictional people, plain and extreme: what the tests of captions and drawing share."""

from __future__ import annotations

from typing import Any

from content.pictures import Bar, Card, Chart, Chronicle, Dated, Member, Network, Panel, Picture
from content.records import Evidence, Source

LONG_NAME = "阿莉娅·贝克-穆罕默德 Aaliyah Baker-Mohammed"
LONG_BODY = "International Federation of Open Source Foundations"


def source(number: int = 1) -> Source:
    """An article of a fictional paper."""
    return Source(
        article_id=number,
        title=None,
        publisher=f"云溪日报第{number}版",
        via="松城网",
        url=None,
        published="2031-09-19",
        published_note=None,
    )


def evidence(fact_id: int = 12, article: int = 1) -> Evidence:
    """A fact of that article."""
    return Evidence(fact_id=fact_id, source=source(article), start=0, end=2, text="开源")


def card(text: str, **fields: Any) -> Card:
    """A quotation of 林知远."""
    usual: dict[str, Any] = {
        "cut": False,
        "speaker": "林知远",
        "posts": ("云溪大学 · 教授", "星河研究院 · 院长"),
        "event": "第三届松城开源论坛",
        "date": "2031-09-18",
        "citation": evidence(),
    }
    return Card(text=text, **{**usual, **fields})


def bar(text: str, value: float, subject: str = "", speaker: str | None = None, **fields: Any) -> Bar:
    """A quantity."""
    usual: dict[str, Any] = {"value_max": None, "as_of": None, "citation": evidence()}
    return Bar(text=text, value=value, subject=subject, speaker=speaker, **{**usual, **fields})


def dated(date: str, text: str, event: str = "第三届松城开源论坛", article: int = 1) -> Dated:
    """An entry of a chronicle."""
    return Dated(date=date, text=text, cut=False, event=event, citation=evidence(5, article))


def member(name: str, *posts: tuple[str, str], topics: tuple[tuple[str, int], ...] = ()) -> Member:
    """A person of a network."""
    return Member(
        name=name,
        posts=tuple(f"{organization} · {title}" for organization, title in posts),
        titles=tuple(title for _, title in posts),
        organizations=tuple(organization for organization, _ in posts),
        topics=topics,
    )


PICTURES: dict[str, Picture] = {
    "short": card("开源是土壤。"),
    "quoted": card("他说:“开源（尤其是《松城倡议》）——是人工智能的土壤……”,这是「信任」的开始!" * 2),
    "long": card("云溪市人民政府副秘书长周牧之在致辞中介绍,2031年算力规模将超过12,000PFLOPS;" * 12),
    "traditional": card(
        "開源生態的關鍵在於「信任」:唯有讓每一位貢獻者都能看見自己的成果。", speaker="歐陽靜儀"
    ),
    "latin": card(
        "Zoe Shen said that open source is “the soil of artificial intelligence”, with 3,000,000 developers.",
        speaker=LONG_NAME,
        posts=(f"{LONG_BODY} · Executive Vice President and General Counsel",),
    ),
    "rare": card("喆镕堃𠮷👍한:a\u202eb“试行”", event=None, date=None, posts=()),
    "unbroken": card("A" * 400),
    "chart": Chart(
        title="第三届松城开源论坛",
        words="",
        panels=(
            Panel(
                unit="%",
                period=None,
                bars=(
                    bar("70%", 70, "智算中心占计算需求的比重", "沈若琳"),
                    bar("45%至60%", 45, "开源组件的占比", "林知远", value_max=60),
                    bar("0.5%", 0.5, "人工复核率"),
                ),
            ),
            Panel(unit="次", period="day", bars=(bar("80亿次", 8e9, "每日调用量"), bar("超过10亿次", 1e9))),
            Panel(unit="人", period=None, bars=(bar("超过300万", 3e6, "开发者", "林知远"),)),
        ),
    ),
    "chart_extreme": Chart(
        title=None,
        words="算力",
        panels=(
            Panel(
                unit="元",
                period=None,
                bars=(
                    bar(
                        "约1.25万亿元至1.5万亿元人民币(含税)",
                        1.25e12,
                        "到2031年云溪市数字经济核心产业以及相关联动产业的总体规模预计",
                        LONG_NAME,
                        value_max=1.5e12,
                    ),
                    bar("3元", 3),
                    bar("0元", 0, "费用"),
                ),
            ),
            Panel(unit=None, period=None, bars=(bar("不低于12,000.75 PFLOPS每秒浮点运算次数", 12000.75),)),
        ),
    ),
    "chronicle": Chronicle(
        words="",
        entries=(
            dated("2025", "早在2025年,远帆科技开放了远帆翻译接口。"),
            dated("2029-06-18", "2029年6月18日,云溪市与星河研究院共建“云溪智算中心”;总投资23.5亿元。" * 3),
            dated("2029-06-18", "同日,首批30家企业入驻。", "云溪数字峰会", 2),
            dated("2031-09", "九月开放。"),
        ),
    ),
    "chronicle_single": Chronicle(words="远帆", entries=(dated("2025", "远帆翻译接口开放。"),)),
    "network": Network(
        event="第三届松城开源论坛——人工智能与数字经济平行论坛",
        date="2031-09-18",
        citation=evidence(),
        members=(
            member("林知远", ("云溪大学", "教授"), ("星河研究院", "院长"), topics=(("开源", 6), ("算力", 1))),
            member(LONG_NAME, (LONG_BODY, "Executive Vice President"), topics=(("数据要素流通", 2),)),
            member("周牧之"),
            member(
                "沈若琳(Zoe Shen)",
                ("松城国际数字科技发展基金会", "常务副理事长兼秘书长"),
                ("云溪市人民政府办公厅", "主任"),
                topics=(("开源", 3), ("新型基础设施建设与数字化转型", 1)),
            ),
        ),
    ),
    "network_small": Network(
        event="2032春江智能大会", date=None, citation=evidence(), members=(member("林知远"),)
    ),
}
"""By what is special in them."""
