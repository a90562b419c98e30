"""Lists to choose from, and the lists of figures, dates and works."""

from __future__ import annotations

import pytest
from app import App, labels, spans


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("events", "第三届星河开源论坛"),
        ("speakers", "林知远"),
        ("orgs", "百度"),
        ("topics", "开源"),
        ("works", "《算力与开源》"),
        ("figures", "“超过300万” 星河平台开发者 · 林知远"),
        ("timeline", "2015年"),
    ],
)
async def test_lists_show_what_there_is(app: App, command: str, shown: str) -> None:
    """Each list shows its names or facts with what tells them apart."""
    assert shown in (await app.ask(f"/{command}"))["text"]


@pytest.mark.parametrize("command", ["events", "speakers", "orgs", "topics"])
async def test_a_listed_name_opens_below(app: App, command: str) -> None:
    """A button of a list answers with a new message, so that the list stays."""
    answer = await app.ask(f"/{command}")
    name = next(label for label in labels(answer) if label[0] in "🎤👤🏢🏷")
    await app.press(answer, name)
    assert app.now(answer)["text"] == answer["text"]
    assert app.seen()["message_id"] > answer["message_id"]


async def test_a_page_beyond_the_end_is_the_last(app: App) -> None:
    """A button of a list that has become shorter still shows something."""
    answer = await app.ask("/topics")
    await app.press_data(answer, "1:=:topics:900:")
    assert "🏷" in app.now(answer)["text"]


async def test_figures_of_a_word(app: App) -> None:
    """/figures WORD shows those whose sentence has the word; a word without figures is said to have none."""
    answer = await app.ask("/figures 智算")
    assert "“70%”" in spans(answer, "bold")
    assert "300万" not in answer["text"]
    assert "没有与“冰川”有关的数据" in (await app.ask("/figures 冰川"))["text"]


async def test_figures_show_their_value_to_english_readers(app: App) -> None:
    """A Chinese number is read out in the reader's notation, as a label outside the quotation."""
    await app.ask("/lang en")
    text = (await app.ask("/figures 星河平台"))["text"]
    assert "“超过300万” 星河平台开发者 (> 3M)" in text
    assert "per day (8B)" in text
