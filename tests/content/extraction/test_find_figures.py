"""Figures: which numbers are quantities, and what they are quantities of."""

from __future__ import annotations

import pytest

from content.extraction import extract
from content.extraction.analysis import Analysis, Mention
from content.extraction.figures import find_figures
from content.model import Figure, Product


def only(text: str) -> Figure:
    """The one figure of a text."""
    (figure,) = find_figures(Analysis.of(text))
    return figure


# 数量: text, value, unit, comparator
QUANTITIES = [
    ("松果语音调用超过150亿次。", 150e8, "次", ">"),
    ("规模达到千亿字符。", 1e11, "字符", "="),
    ("平台凝聚230万开发者。", 230e4, "开发者", "="),
    ("占计算需求的80%以上。", 80, "%", ">="),
    ("占三成五。", 35, "%", "="),
    ("约有七八成受访者支持。", 70, "%", "~"),
    ("百分之八十的企业认同。", 80, "%", "="),
    ("提高了2.3个百分点。", 2.3, "个百分点", "="),
    ("利润翻了两番。", 4, "倍", "="),
    ("增长近3倍。", 3, "倍", "~"),
    ("模型总数达到140+的模型库。", 140, None, ">="),
    ("营业收入3,456.78亿元。", 3456.78e8, "元", "="),
    ("投资额為新台幣3.5兆元。", 3.5e12, "新台币", "="),
    ("罚款US$500。", 500, "美元", "="),
    ("至少300万美元。", 300e4, "美元", ">="),
    ("不足一千名观众。", 1000, "名", "<"),
    ("不超过20人。", 20, "人", "<="),
    ("上百家企业到场。", 100, "家", ">="),
    ("1500余万元资金。", 1500e4, "元", ">"),
    ("约合5公里左右。", 5, "公里", "~"),
    ("贡献者突破 400，感谢有你。", 400, None, ">"),
    ("录音1.1万小时。", 11_000, "小时", "="),
    ("十余名专家到场。", 10, "名", ">"),
    ("吸引46个国家参会。", 46, "个国家", "="),
    ("占地\uff11\uff12\uff10亩。", 120, "亩", "="),
    ("净利润为-3.2亿元。", -3.2e8, "元", "="),
    ("流量突破64.1亿。", 6_410_000_000, None, ">"),
    ("共对接210家上下游企业。", 210, "家", "="),
    ("感谢1200位贡献者。", 1200, "位", "="),
]


@pytest.mark.parametrize(("text", "value", "unit", "comparator"), QUANTITIES)
def test_quantity(text: str, value: float, unit: str | None, comparator: str) -> None:
    """A quantity has a plain number, the recorded unit and the comparator of its words."""
    figure = only(text)
    assert (figure.value, figure.unit, figure.comparator) == (pytest.approx(value), unit, comparator)
    assert figure.text == text[figure.start : figure.end]


# 非数量
NO_FIGURES = [
    "2031年5月6日上午9:30，第六届云杉论坛开幕。",
    "他今年58岁，从业30年。",
    "电话010-12345678，邮编100081。",
    "5G、4K、GPT-4、985高校、V2.0和一带一路都是名称。",
    "一方面要投入，另一方面要节约，惠及千行百业、千家万户。",
    "一个平台，两种办法，三大挑战，五项任务，四个方面。",
    "排名前十名，位列第3位，跻身Top10。",
    "《2031年300家企业调查》刊发了。",
    "“1+8+N”体系从1到N，比分3:2。",
    "会议为期3天，连续5个月举行。",
    "表3所示，见第12页。",
    "三部门联合发文，两位一体推进。",
    "六安、九江、百色和千岛湖是地名。",
    "会议由云杉市5A景区承办。",
    "第十届三次会议在2031台海论坛召开。",
    "三分之二的岗位在此，约1/3的企业在此。",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figure(text: str) -> None:
    """Dates, ages, ordinals, names with digits, idioms and idle counts are no figures."""
    assert [figure.text for figure in find_figures(Analysis.of(text))] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("增速在5%至8%之间。", 5, 8, "%"),
        ("增速在5至8%之间。", 5, 8, "%"),
        ("投资3—5亿元。", 3e8, 5e8, "元"),
        ("投资3亿元至5亿元。", 3e8, 5e8, "元"),
        ("五六十人到场。", 50, 60, "人"),
    ],
)
def test_range(text: str, low: float, high: float, unit: str) -> None:
    """A range keeps both ends, wherever its unit stands."""
    figure = only(text)
    assert (figure.value, figure.value_max, figure.unit) == (low, high, unit)


def test_a_list_shares_its_unit() -> None:
    """8.2、5.0个百分点 are two figures of the same unit."""
    found = find_figures(Analysis.of("两项分别提高8.2、5.0个百分点。"))
    assert [(figure.value, figure.unit) for figure in found] == [(8.2, "个百分点"), (5.0, "个百分点")]


# 主语
SUBJECTS = [
    ("全市公园面积同比增长4.2%。", ["全市公园面积"]),
    ("预计明年松果产量将减少25%左右。", ["松果产量"]),
    ("会议吸引了200余名林业代表参加。", ["会议…林业代表"]),
    ("未来将占据80%以上的采摘需求。", ["采摘需求"]),
    ("占地120亩，总投资30亿元。", ["占地", "总投资"]),
    ("松脂出口额由2029年的12亿元提高到2030年的35亿元。", ["松脂出口额", "松脂出口额"]),
    ("松脂价格从每吨3200元上涨到4500元。", ["松脂价格", "松脂价格"]),
    ("来自不同领域的9位松鼠专家发言。", ["松鼠专家"]),
    ("员工由5人发展到2000人。", ["员工", "员工"]),
]


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS)
def test_subject(text: str, subjects: list[str]) -> None:
    """The subject is what is counted or measured, without predicate and adverbs, and is shared."""
    assert [figure.subject for figure in find_figures(Analysis.of(text))] == subjects


def test_relational_subject_names_its_owner() -> None:
    """每天翻译量 is told with the product whose it is."""
    text = "早在2029年，松果开放了松果翻译，目前每天翻译量已经达到千亿字符。"
    analysis = Analysis.of(text)
    start = text.index("松果翻译")
    analysis.organizations = (Mention(start=8, end=10, name="松果"),)
    analysis.products = (Product(start=start, end=start + 4, name="松果翻译"),)
    (figure,) = find_figures(analysis)
    assert (figure.subject, figure.period, figure.as_of) == ("松果翻译…每天翻译量", "day", None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("日均订单1200万单。", "day"),
        ("每年可节水200万吨。", "year"),
        ("年均增速超过20%。", "year"),
        ("流量为30吨/小时。", "hour"),
        ("用户月净增100万户。", "month"),
        ("上半年产值5亿元。", None),
        ("销量同比增长5%。", None),
    ],
)
def test_period(text: str, period: str | None) -> None:
    """A rate has the period that the text gives; growth over a year before is no rate."""
    assert only(text).period == period


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("截至2030年底，全市公园面积1200亩。", "2030"),
        ("2030年6月，松果销量达5万吨。", "2030-06"),
        ("自2030年6月以来，松果销量达5万吨。", None),
        ("2030年松果上市，目前松果销量达5万吨。", None),
    ],
)
def test_as_of(text: str, as_of: str | None) -> None:
    """A date speaks for a figure when it opens its clause and the text has not come back to the present."""
    assert only(text).as_of == as_of


def test_traditional_text_keeps_its_characters() -> None:
    """Traditional text is parsed as itself; unit and subject are its own characters."""
    figure = only("松果公園帶來1.2萬個職位。")
    assert (figure.text, figure.value, figure.unit, figure.subject) == ("1.2萬個", 12_000, "個", "職位")


def test_evidence_has_rule_and_confidence() -> None:
    """Every figure says which rule found it and how sure it is."""
    figure = only("全市公园面积同比增长4.2%。")
    assert figure.rule == "figure.percent"
    assert 0.5 < figure.confidence < 1


def test_names_hold_no_figures() -> None:
    """亚历山大·约万诺维奇 is a person; 约万 in the name is no number."""
    assert extract("云溪学会会长亚历山大·约万诺维奇表示，好。").figures == ()
