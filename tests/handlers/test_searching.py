"""Search, and the source of a fact."""

from __future__ import annotations

import pytest
from app import App, buttons, labels, spans


async def test_search_marks_the_words(app: App) -> None:
    """Sentences that hold all words, with the words marked and the speaker above."""
    answer = await app.ask("/search 开源 土壤")
    assert "林知远" in spans(answer, "bold")
    assert {"开源", "土壤"} <= set(spans(answer, "bold"))


async def test_search_finds_by_traditional_characters(app: App) -> None:
    """A reader who writes traditional characters finds the simplified text."""
    assert "土壤" in (await app.ask("/search 開源是人工智能的土壤"))["text"]


async def test_a_source_shows_the_fact_in_its_sentence(app: App) -> None:
    """The fact is marked in the sentence, the sentences around it stand beside, and the article is named."""
    figures, _ = await app.bot.services.repositories.figures.list(50)
    figure = next(one for one in figures if one.text == "超过300万")
    answer = await app.ask(f"/source {figure.evidence.fact_id}")
    assert spans(answer, "underline") == ["超过300万"]
    (quotation,) = spans(answer, "blockquote")
    assert quotation.splitlines() == [
        "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。",
        "星河平台已凝聚超过300万开发者,每日调用量达80亿次。",
        "早在2015年,远帆科技开放了远帆翻译接口,目前每天翻译量达到12亿字符。",
    ]
    assert "来源：云州日报（星河网转载） · 2021年9月19日" in answer["text"]
    assert "👤 林知远" in labels(answer)
    copied = next(button["copy_text"]["text"] for button in buttons(answer) if "copy_text" in button)
    assert copied.endswith(f"?start=f_{figure.evidence.fact_id}")


@pytest.mark.parametrize("argument", ["0", "99999999", "abc", "１２", "-1", "9" * 40])
async def test_a_source_that_there_is_not(app: App, argument: str) -> None:
    """An unknown number, or what is no number, is answered by how to find a source."""
    assert "没有编号" in (await app.ask(f"/source {argument}"))["text"]


async def test_a_retracted_fact_is_gone(app: App) -> None:
    """The deep link of a fact that was taken back leads to the explanation."""
    repositories = app.bot.services.repositories
    figures, _ = await repositories.figures.list(1)
    await repositories.desk.retract(figures[0].evidence.fact_id)
    assert "撤回" in (await app.ask(f"/start f_{figures[0].evidence.fact_id}"))["text"]


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("计算 speaker:沈若琳", "智算中心将占据70%", "土壤"),
        ("speaker:林知远", "土壤", "智算中心将占据70%"),
        ("演讲人：沈若琳", "智算中心将占据70%", "土壤"),
        ("speaker:shenruolin", "智算中心将占据70%", "土壤"),
        ("org:远帆科技 计算", "智算中心将占据70%", "土壤"),
        ("event:星河论坛 开源", "土壤", "增长了40%"),
        ("year:2022 开源", "增长了40%", "土壤"),
        ("figure:300万", "超过300万开发者", "12亿字符"),
        ("figure:>50亿 每日", "每日调用量达80亿次", "增长了40%"),
        ("figure:<50% 开源", "增长了40%", "70%"),
        ("figure:计算需求", "智算中心将占据70%", "80亿次"),
    ],
)
async def test_filters_narrow_a_search(app: App, query: str, inside: str, outside: str) -> None:
    """By speaker, organisation, event, year and figure, alone or with words."""
    text = (await app.ask(f"/search {query}"))["text"]
    assert inside in text
    assert outside not in text


async def test_a_filter_that_names_nobody(app: App) -> None:
    """The nearest names are offered."""
    answer = await app.ask("/search 开源 speaker:林知元")
    assert any("林知远" in label for label in labels(answer))


@pytest.mark.parametrize("query", ["开源 year:明年", "sort:old 开源"])
async def test_a_filter_that_cannot_be_understood(app: App, query: str) -> None:
    """It is named, with how filters are written."""
    assert "看不懂筛选条件" in (await app.ask(f"/search {query}"))["text"]


async def test_other_words_for_the_same_are_found(app: App) -> None:
    """上涨 finds 增长, another name of a person finds the person."""
    assert "增长了40%" in (await app.ask("/search 开源社区 上涨"))["text"]
    assert "沈若琳" in (await app.ask("/search shenruolin"))["text"]


async def test_some_of_the_words_are_marked_as_such(app: App) -> None:
    """Where no sentence holds all words, those with some are shown, and it is said."""
    answer = await app.ask("/search 智算中心的计算需求与天气预报")
    assert "没有一句话同时有这些词" in answer["text"]
    assert "智算中心将占据70%的计算需求" in answer["text"]


async def test_the_order_can_be_turned(app: App) -> None:
    """A button puts the newest first, and back."""
    answer = await app.ask("/search 开源")
    await app.press(answer, "最新在前")
    newest = app.now(answer)
    assert newest["text"].index("增长了40%") < newest["text"].index("土壤")
    await app.press(newest, "最相关在前")
    assert app.now(answer)["text"] == answer["text"]


async def test_a_search_may_be_long_but_not_endless(app: App) -> None:
    """Past the limit it is asked to be shorter."""
    assert "200" in (await app.ask("/search " + "开" * 201))["text"]
