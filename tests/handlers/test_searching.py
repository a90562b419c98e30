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
