"""The article that ships with the product: every figure, work, product and date of it."""

from __future__ import annotations

import pytest

from content.extraction import extract
from content.model import Facts
from content.shipped import shipped_articles


@pytest.fixture(scope="module")
def facts() -> Facts:
    (text,) = (article.text for article in shipped_articles() if "AI开源创新与产业智能化" in article.text)
    return extract(text)


def test_event(facts: Facts) -> None:
    """The session with its parent forum; the day without its month is not guessed."""
    event = facts.event
    assert event is not None
    assert event.name == "2020中关村论坛“AI开源创新与产业智能化”平行论坛"
    assert (event.date, event.venue) == ("2020", "中关村国家自主创新示范区展示中心")
    assert event.theme == "AI开源创新与产业智能化"


def test_figures(facts: Facts) -> None:
    """All six figures with value, unit, comparator, subject and period, and no dated ones among them."""
    found = [(f.text, f.value, f.unit, f.comparator, f.subject, f.period, f.as_of) for f in facts.figures]
    assert found[:6] == [
        ("达到千亿字符", 1e11, "字符", "=", "百度翻译API…每天翻译量", "day", None),
        ("超过150亿", 150e8, None, ">", "百度语音每日调用量", "day", None),
        ("超过1万亿次", 1e12, "次", ">", "百度大脑…每日调用量", "day", None),
        ("230万开发者", 230e4, "开发者", "=", "飞桨深度学习开源开放平台…开发者", None, None),
        ("80%以上", 80, "%", ">=", "计算需求", None, None),
        ("达到140+", 140, None, ">=", "产业级开源模型库", None, None),
    ]
    assert [figure.text for figure in facts.figures[6:]] in ([], ["万亿级"])


def test_works(facts: Facts) -> None:
    """Two talks and a report, each with who gives or releases it."""
    assert [(work.title, work.kind, work.by) for work in facts.works] == [
        ("智能新时代 拥抱开源", "talk", "崔宝秋"),
        ("飞腾芯算力 智能新引擎", "talk", "张志群"),
        ("飞桨推动中国产业智能化之路", "report", "Gartner"),
    ]


def test_products(facts: Facts) -> None:
    """The four products, all of them Baidu's."""
    assert [(product.name, product.organization) for product in facts.products] == [
        ("百度翻译API", "百度"),
        ("百度语音", "百度"),
        ("百度大脑", "百度"),
        ("飞桨", "百度"),
    ]


def test_milestones(facts: Facts) -> None:
    """The two things that the article dates."""
    assert [(found.date, found.text) for found in facts.milestones] == [
        ("2012", "百度开放了百度翻译API"),
        ("2013", "百度将语音技术开放"),
    ]


def test_topics(facts: Facts) -> None:
    """What readers would ask the article about."""
    names = {topic.name for topic in facts.topics}
    assert {"开源", "人工智能", "智算", "新基建", "深度学习"} <= names
