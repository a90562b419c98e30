"""Fictional articles with hand-made facts, for tests that need content and no extraction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from content.model import (
    GROUP,
    Affiliation,
    Article,
    Event,
    Facts,
    Figure,
    Milestone,
    Participant,
    Product,
    Role,
    Statement,
    Topic,
    Work,
)
from content.preparation import PreparedArticle, prepare
from storage.editions import Edition, Part, Settlement
from storage.repositories import Repositories
from storage.subscriptions import Slot


class ArticleBuilder:
    """An article and what it says; each fact is placed at its words, searched from the place of ``after``."""

    def __init__(self, text: str, **source: Any) -> None:
        self.article = Article(text=text, **source)
        self._event: Event | None = None
        self._lists: dict[str, list[Any]] = {
            name: [] for name in ("participants", "statements", "figures", "works", "products", "milestones")
        }
        self._topics: list[Topic] = []

    def span(self, words: str, after: str = "") -> dict[str, int]:
        """The place of some words of the text."""
        start = self.article.text.index(words, self.article.text.index(after))
        return {"start": start, "end": start + len(words)}

    def event(self, name: str, **details: Any) -> ArticleBuilder:
        self._event = Event(name=name, **details, **self.span(name))
        return self

    def participant(
        self, name: str, *posts: tuple[str | None, str | None], role: Role = "speaker"
    ) -> ArticleBuilder:
        affiliations = tuple(Affiliation(organization, title) for organization, title in posts)
        person = Participant(name=name, role=role, affiliations=affiliations, rule="hand", **self.span(name))
        return self._add("participants", person)

    def statement(self, speaker: str, words: str) -> ArticleBuilder:
        return self._add("statements", Statement(speaker=speaker, **self.span(words)))

    def figure(self, text: str, value: float, after: str = "", **details: Any) -> ArticleBuilder:
        return self._add("figures", Figure(text=text, value=value, **details, **self.span(text, after)))

    def work(self, title: str, **details: Any) -> ArticleBuilder:
        return self._add(
            "works", Work(title=title, **{"kind": "other", **details}, **self.span(f"《{title}》"))
        )

    def product(self, name: str, organization: str | None = None) -> ArticleBuilder:
        return self._add("products", Product(name=name, organization=organization, **self.span(name)))

    def milestone(self, date: str, text: str) -> ArticleBuilder:
        return self._add("milestones", Milestone(date=date, text=text, **self.span(text)))

    def topics(self, *names: str) -> ArticleBuilder:
        self._topics += (Topic(name, 1.0) for name in names)
        return self

    def facts(self) -> Facts:
        lists = {name: tuple(facts) for name, facts in self._lists.items()}
        return Facts(event=self._event, topics=tuple(self._topics), **lists)

    def prepared(self) -> PreparedArticle:
        return prepare(self.article, self.facts())

    def _add(self, name: str, fact: Any) -> ArticleBuilder:
        self._lists[name].append(fact)
        return self


STARS = """第三届星河开源论坛于2021年9月18日在云州国际会议中心举行,由云州大学主办。
云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。星河平台已凝聚超过300万开发者,每日调用量达80亿次。
早在2015年,远帆科技开放了远帆翻译接口,目前每天翻译量达到12亿字符。
远帆科技首席技术官沈若琳(Zoe Shen)发表题为《算力与开源》的演讲。她指出,智算中心将占据70%的计算需求。
众嘉宾表示,开源生态正在快速构建。与会机构发布了《云州数据标准》。
"""

RIVERS = """2022春江智能大会在江城举行。
星河研究院院长林知远说,星河平台的开源社区增长了40%。
春江医院院长林知远（女）介绍,手术机器人“青禾”已完成2000例手术。
"""


def stars() -> ArticleBuilder:
    """An article with every kind of fact; its people, places and products are invented."""
    return (
        ArticleBuilder(STARS, publisher="云州日报", via="星河网", published="2021-09-19")
        .event(
            "第三届星河开源论坛",
            date="2021-09-18",
            venue="云州国际会议中心",
            city="云州",
            hosts=("云州大学",),
        )
        .participant("林知远", ("云州大学", "教授"), ("星河研究院", "院长"))
        .participant("沈若琳", ("远帆科技", "首席技术官"))
        .statement("林知远", "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。")
        .statement("林知远", "星河平台已凝聚超过300万开发者,每日调用量达80亿次。")
        .statement("沈若琳", "她指出,智算中心将占据70%的计算需求。")
        .statement(GROUP, "众嘉宾表示,开源生态正在快速构建。")
        .figure("超过300万", 3_000_000, unit="开发者", comparator=">", subject="星河平台开发者")
        .figure("80亿次", 8_000_000_000, unit="次", period="day", subject="每日调用量")
        .figure("12亿字符", 1_200_000_000, unit="字符", period="day", subject="每天翻译量")
        .figure("70%", 70, unit="%", subject="计算需求")
        .work("算力与开源", kind="talk", by="沈若琳")
        .work("云州数据标准", kind="report", by="春江医院")
        .product("星河平台")
        .product("远帆翻译接口", "远帆科技")
        .milestone("2015", "早在2015年,远帆科技开放了远帆翻译接口,目前每天翻译量达到12亿字符。")
        .topics("开源", "人工智能", "智算中心")
    )


def rivers() -> ArticleBuilder:
    """A later article: one person again, a namesake of hers, and a topic that the first one names too."""
    return (
        ArticleBuilder(RIVERS, publisher="春江晚报")
        .event("2022春江智能大会", date="2022")
        .participant("林知远", ("星河研究院", "院长"))
        .statement("林知远", "星河研究院院长林知远说,星河平台的开源社区增长了40%。")
        .figure("40%", 40, unit="%", subject="开源社区")
        .product("星河平台")
        .topics("开源社区", "开源生态")
    )


def edition(*texts: str, facts: Collection[int] = ()) -> Edition:
    """Messages that any number of chats get alike; the first one shows the facts."""
    return Edition(
        tuple(Part({"text": text}, frozenset(() if number else facts)) for number, text in enumerate(texts)),
        "zh-hans",
    )


async def settle(repositories: Repositories, slot: Slot, *texts: str, now: datetime) -> None:
    """Settle a slot with messages of these texts, or as empty."""
    settlement = Settlement(slot, edition(*texts) if texts else None)
    await repositories.editions.settle([settlement], revision=repositories.database.content_revision, now=now)
