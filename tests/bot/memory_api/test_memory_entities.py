"""Offsets, nesting and what the server makes of entities, for any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_world import READER, refused
from telegram import Bot, MessageEntity

from bot.memory_api import ApiError, BotApi
from bot.memory_api.autolink import find_entities
from bot.memory_api.entities import STYLES, check_places, nesting_fault, repair
from bot.memory_api.formatting import Draft, settle
from bot.memory_api.utf16 import utf16_length

KINDS = (*STYLES, "code", "pre", "text_link", "blockquote", "expandable_blockquote")
TEXTS = st.text(st.sampled_from("好 a\n😀👨\u200d👩#@./"), min_size=1, max_size=12)


@st.composite
def entities(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = draw(
        st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 12), st.integers(1, 8)), max_size=8)
    )
    return [
        {"type": kind, "offset": offset, "length": length}
        | ({"url": "http://a.cn/"} if kind == "text_link" else {})
        for kind, offset, length in found
    ]


def units(text: str, entity: dict[str, Any]) -> str:
    encoded = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
    return encoded.decode("utf-16-le")


def painted(given: list[dict[str, Any]], kind: str) -> set[int]:
    return {
        place
        for entity in given
        if entity["type"] == kind
        for place in range(entity["offset"], entity["offset"] + entity["length"])
    }


@given(TEXTS, st.integers(-1, 30), st.integers(-1, 30))
def test_a_place_is_legal_exactly_where_it_decodes(text: str, offset: int, length: int) -> None:
    """Accepted are the places that lie in the text and cut it into whole characters, and no others."""
    encoded = text.encode("utf-16-le")
    legal = offset >= 0 and length >= 0 and offset + length <= len(encoded) // 2
    if legal:
        try:
            encoded[: offset * 2].decode("utf-16-le")
            encoded[offset * 2 : (offset + length) * 2].decode("utf-16-le")
        except UnicodeDecodeError:
            legal = False
    entity = {"type": "bold", "offset": offset, "length": length}
    if legal:
        check_places(text, [entity])
    else:
        with pytest.raises(ApiError):
            check_places(text, [entity])


@given(entities())
def test_a_repair_leaves_legal_nesting_only(given: list[dict[str, Any]]) -> None:
    """Whatever is given, what is kept nests legally, and repairing it again changes nothing."""
    kept = repair(given)
    assert nesting_fault(kept) == ""
    assert repair(kept) == kept


@given(entities())
def test_a_repair_keeps_styles_outside_code(given: list[dict[str, Any]]) -> None:
    """Styles lose no unit but inside code."""
    kept = repair(given)
    code = painted(kept, "code") | painted(kept, "pre")
    for style in STYLES:
        assert painted(kept, style) == painted(given, style) - code


@given(TEXTS, entities())
def test_settled_entities_lie_in_the_settled_text(text: str, given: list[dict[str, Any]]) -> None:
    """What survives has no blanks at its ends, and entities that cut it into whole characters."""
    inside = [entity for entity in given if _fits(text, entity)]
    settled, kept = settle(Draft(text, inside), {}, [])
    assert settled == settled.rstrip(" \n")
    check_places(settled, kept)
    assert all(units(settled, entity) for entity in kept)


def _fits(text: str, entity: dict[str, Any]) -> bool:
    try:
        check_places(text, [dict(entity)])
    except ApiError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("好", 1),
        ("😀", 2),
        ("👨\u200d👩\u200d👧", 8),
        ("🇨🇳", 4),
        ("é", 1),
        ("e\u0301", 2),
        ("𠮷", 2),
    ],
)
def test_lengths_are_counted_in_utf16_units(text: str, length: int) -> None:
    """An emoji counts two units, a family of three joined by ZWJ eight, a rare character two."""
    assert utf16_length(text) == length


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start f_12", [("bot_command", "/start")]),
        ("请看/help。", []),  # a command begins behind a blank or a mark, not behind a word
        ("请看 /help@forum_briefing_bot", [("bot_command", "/help@forum_briefing_bot")]),
        ("1/2 与 //x", []),
        ("😀 /a", [("bot_command", "/a")]),
        ("问 @reader，#开源 和 #2020", [("mention", "@reader"), ("hashtag", "#开源")]),
        ("见https://news.example.cn/a/1.html。", [("url", "https://news.example.cn/a/1.html")]),
        ("见 example.cn/a，", [("url", "example.cn/a")]),
        ("写信到 li@example.cn", [("email", "li@example.cn")]),
        ("写信到li@example.cn。", [("email", "li@example.cn")]),
        ("＃开源 #开源#飞桨", []),
        ("$GOOG 涨", [("cashtag", "$GOOG")]),
        ("3.5亿元", []),
    ],
)
def test_entities_found_in_plain_text(text: str, found: list[tuple[str, str]]) -> None:
    """Clients and the server find commands, mentions, hashtags and links by themselves."""
    assert [(entity["type"], units(text, entity)) for entity in find_entities(text)] == found


async def test_illegal_nesting_is_repaired_and_noted(bot: Bot, api: BotApi) -> None:
    """The real server repairs overlapping entities in silence; here the repair leaves a note."""
    message = await bot.send_message(
        READER,
        "甲乙丙",
        entities=[MessageEntity("code", 0, 2), MessageEntity("text_link", 1, 2, url="http://a.cn")],
    )
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [("code", 0, 2)]
    assert api.violations == ["sendMessage: illegal nesting of entities: text_link overlaps code"]


async def test_nested_styles_are_legal(bot: Bot, api: BotApi) -> None:
    """Bold in italic in a quote is fine; a link inside bold cuts the bold, as on the real server."""
    message = await bot.send_message(
        READER,
        "甲乙丙丁",
        entities=[
            MessageEntity("blockquote", 0, 4),
            MessageEntity("bold", 0, 4),
            MessageEntity("text_link", 1, 2, url="http://a.cn/x"),
        ],
    )
    assert api.violations == []
    bold = [(entity.offset, entity.length) for entity in message.entities if entity.type == "bold"]
    assert bold == [(0, 1), (1, 2), (3, 1)]


async def test_found_entities_do_not_disturb_the_given_ones(bot: Bot) -> None:
    """A link over a text that looks like an address stays one link."""
    text = "看 https://a.cn/b 和 #开源"
    message = await bot.send_message(
        READER, text, entities=[MessageEntity("text_link", 2, 14, url="http://c.cn/")]
    )
    assert {(entity.type, entity.offset) for entity in message.entities} == {
        ("text_link", 2),
        ("hashtag", 19),
    }


async def test_blanks_are_trimmed(bot: Bot) -> None:
    """Blanks at the ends go away and the entities move along."""
    message = await bot.send_message(READER, "\n 好题 \n", entities=[MessageEntity("bold", 3, 3)])
    assert message.text == "好题"
    assert [(entity.offset, entity.length) for entity in message.entities] == [(1, 1)]
    with refused("Text must be non-empty"):
        await bot.send_message(READER, "\u202e\r")


async def test_links_and_mentions_that_lead_nowhere(bot: Bot, api: BotApi) -> None:
    """In markup the server leaves them out in silence, which is noted; as entities they are refused."""
    markup = '<a href="文章">甲</a><a href="a.cn">乙</a><a href="tg://user?id=101">丙</a><a href="tg://user?id=9">丁</a>'
    message = await bot.send_message(READER, markup, parse_mode="HTML")
    assert [(entity.type, entity.offset) for entity in message.entities] == [
        ("text_link", 1),
        ("text_mention", 2),
    ]
    assert message.entities[0].url == "http://a.cn/"
    assert message.entities[1].user.first_name == "读者"
    assert api.violations == ["sendMessage: a link or mention that leads nowhere was left out"]
    with refused("User not found"):
        await bot.send_message(
            READER, "丁", entities=[MessageEntity("text_link", 0, 1, url="tg://user?id=9")]
        )
