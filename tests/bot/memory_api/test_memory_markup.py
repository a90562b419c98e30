"""``parse_mode``: what renderers write is read back as it was meant."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.memory_api import ApiError
from bot.memory_api.parse_html import parse_html
from bot.memory_api.parse_markdown import RESERVED, parse_markdown
from bot.memory_api.utf16 import utf16_length

PIECES = st.text(st.sampled_from("好 a<>&\"'_*[]()~`#+-=|{}.!\\😀"), min_size=1, max_size=6)
HTML_STYLES = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
}
MARKS = {"bold": "*", "italic": "_", "underline": "__", "strikethrough": "~", "spoiler": "||", "code": "`"}
RUNS = st.lists(st.tuples(st.sampled_from(["", *MARKS]), PIECES), max_size=6)


def markdown_escape(text: str, kind: str) -> str:
    reserved = "`\\" if kind == "code" else "".join(RESERVED) + "\\"
    return re.sub(f"([{re.escape(reserved)}])", r"\\\1", text)


def expected(runs: list[tuple[str, str]]) -> tuple[str, list[dict[str, Any]]]:
    text, entities = "", []
    for kind, piece in runs:
        if kind:
            entities.append({"type": kind, "offset": utf16_length(text), "length": utf16_length(piece)})
        text += piece
    return text, entities


@given(RUNS)
def test_html_round_trip(runs: list[tuple[str, str]]) -> None:
    """Escaped text between tags comes back letter for letter, with the tags as entities."""
    source = "".join(
        f"<{HTML_STYLES[kind]}>{escape(piece)}</{HTML_STYLES[kind]}>".replace("&#x27;", "&#39;")
        if kind
        else escape(piece)
        for kind, piece in runs
    )
    assert parse_html(source) == expected(runs)


@given(RUNS)
def test_markdown_round_trip(runs: list[tuple[str, str]]) -> None:
    """Escaped text between marks comes back letter for letter, with the marks as entities."""
    spaced = [
        (kind, piece) for run in runs for kind, piece in (run, ("", "间"))
    ]  # marks side by side can be read twice
    source = "".join(
        f"{MARKS.get(kind, '')}{markdown_escape(piece, kind)}{MARKS.get(kind, '')}" for kind, piece in spaced
    )
    assert parse_markdown(source) == expected(spaced)


@given(st.text(st.sampled_from("<>/&;=\"' abpre好😀"), max_size=30))
def test_html_reads_or_refuses(source: str) -> None:
    """Any text is read or refused in the server's words; nothing else happens."""
    try:
        text, entities = parse_html(source)
    except ApiError as error:
        assert error.description.startswith("Bad Request: can't parse entities: ")
    else:
        assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)


@given(st.text(st.sampled_from("*_~`|[]()!>\\\n\r a好😀"), max_size=30))
def test_markdown_reads_or_refuses(source: str) -> None:
    """Any text is read or refused in the server's words; nothing else happens."""
    try:
        text, entities = parse_markdown(source)
    except ApiError as error:
        assert error.description.startswith("Bad Request: can't parse entities: ")
    else:
        assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<a href='http://a.cn/?x=1&amp;y=2'>好</a>", "好", [("text_link", 0, 1, "http://a.cn/?x=1&y=2")]),
        ('<a href="tg://user?id=101">读者</a>', "读者", [("text_mention", 0, 2, {"id": 101})]),
        ("<a>a.cn</a>", "a.cn", [("text_link", 0, 4, "a.cn")]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1, "py")]),
        ("<code class='language-py'>x</code>", "x", [("code", 0, 1)]),
        ("<blockquote expandable>好</blockquote>", "好", [("expandable_blockquote", 0, 1)]),
        ("<B>好</b>&lt;&#20320;&#x4f60;&amp;nbsp;&nbsp;", "好<你你&nbsp;&nbsp;", [("bold", 0, 1)]),
        ("<b></b>空", "空", []),
        ("<b>甲<i>乙</i></b>", "甲乙", [("bold", 0, 2), ("italic", 1, 1)]),
        (
            "<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>",
            "👍",
            [("custom_emoji", 0, 2, "5368324170671202286")],
        ),
    ],
)
def test_html_by_example(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    """Links, code blocks, quotes and character references are read as the server reads them."""
    parsed, found = parse_html(source)
    assert parsed == text
    assert [tuple(entity.values()) for entity in found] == entities


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("[好](http://a\\.cn/\\))", "好", {("text_link", 0, 1)}),
        ("```py\nx = 1\n```", "x = 1\n", {("pre", 0, 6)}),
        ("`a*b`", "a*b", {("code", 0, 3)}),
        ("___好_题__", "好题", {("underline", 0, 2), ("italic", 0, 1)}),
        (">甲\n>乙\n丙", "甲\n乙\n丙", {("blockquote", 0, 3)}),
        (">甲||", "甲", {("expandable_blockquote", 0, 1)}),
        ("![👍](tg://emoji?id=1)", "👍", {("custom_emoji", 0, 2)}),
        ("**好", "好", set()),
    ],
)
def test_markdown_by_example(source: str, text: str, entities: set[tuple[Any, ...]]) -> None:
    """Links, code blocks, quotes and nested marks are read as the server reads them."""
    parsed, found = parse_markdown(source)
    assert parsed == text
    assert {(entity["type"], entity["offset"], entity["length"]) for entity in found} == entities
