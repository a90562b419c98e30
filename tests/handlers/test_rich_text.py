"""Text with entities: offsets in UTF-16 units, and nothing of others that becomes active."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rich_text import Entity, RichText, Text, joined, neutral, shortened, utf16_length, words

ANY_TEXT = st.text(st.characters(codec="utf-8"))


def covered(text: Text, entity: Entity) -> str:
    encoded = text.text.encode("utf-16-le")
    return encoded[entity.offset * 2 : entity.end * 2].decode("utf-16-le")


def test_offsets_count_utf16_units() -> None:
    """An emoji before a bold word moves it by two units."""
    text = RichText().own("🎤 ").add("林若水", "bold").build()
    assert text.entities == (Entity("bold", 3, 3),)
    assert covered(text, text.entities[0]) == "林若水"


@given(st.lists(st.tuples(ANY_TEXT, st.sampled_from([None, "bold", "italic"]))))
def test_the_words_come_out_as_they_went_in(pieces: list[tuple[str, None]]) -> None:
    """Apart from invisible characters nothing of the words is lost, and entities lie inside the text."""
    rich = RichText()
    for piece, style in pieces:
        rich.add(piece, style)
    text = rich.build()
    assert text.text == "".join(neutral(piece) for piece, _ in pieces)
    assert all(0 <= entity.offset < entity.end <= text.units for entity in text.entities)


@pytest.mark.parametrize(
    "words_of_others",
    [
        "/start",
        "请发 /ban@other_bot 试试",
        "@someone 说",
        "#话题 很热",
        "＃話題",
        "见 https://evil.example/a?b=c。",
        "上 example.com 看",
        "访问evil.example/路径",
        "写信到 a.b@c.example",
        "$AAPL 上涨",
        "tg://resolve?domain=x",
        "..evil.example",
        "1http://evil.example",
        "192.168.0.1:80",
        "致电 +86-10-8234-5678",
        "网址是 例子.中国",
    ],
)
def test_what_telegram_would_link_is_set_in_monospace(words_of_others: str) -> None:
    """Commands, mentions, hashtags and links of an article stand in ``code``, where none is looked for."""
    text = words(words_of_others)
    assert text.text == words_of_others
    assert [entity.type for entity in text.entities] == ["code"]


@pytest.mark.parametrize(
    "harmless", ["2020年9月18日", "超过150亿次", "AI/ML 与开源", "第1.开放", "达到3.5亿", "A股", "(1)"]
)
def test_ordinary_words_stay_as_they_are(harmless: str) -> None:
    """Dates, decimals and fractions are no links."""
    assert words(harmless).entities == ()


def test_a_bold_name_with_a_link_in_it_is_split_around_the_link() -> None:
    """``code`` may stand in no other style, so the bold part ends before it."""
    text = words("云帆example.com峰会", "bold")
    assert {entity.type for entity in text.entities} == {"code"} or all(
        first.end <= second.offset for first, second in zip(text.entities, text.entities[1:], strict=False)
    )


@pytest.mark.parametrize(
    "unit", ["字", "a", "1.", "a.", "1-", "a+", "@a", "#", "/a", "http:", "a@", "..", "$A", "\u0301"]
)
def test_hostile_runs_are_read_in_linear_time(unit: str) -> None:
    """200,000 characters of anything, ended so that every rule fails late, take well under a second."""
    started = time.process_time()
    words(unit * (200_000 // len(unit)) + ".!@")
    assert time.process_time() - started < 1


def test_our_own_wording_keeps_its_commands_active() -> None:
    """A command in a catalogue's text can be tapped; the same in a person's words cannot."""
    text = RichText().compose("发送 /help 或 {name}", name="/start").build()
    assert [covered(text, entity) for entity in text.entities] == ["/start"]


def test_marks_count_code_points() -> None:
    """The marked word is bold inside the verbatim quotation."""
    text = RichText().marked("🎤开源体系", ((1, 3),)).build()
    assert [covered(text, entity) for entity in text.entities] == ["开源"]


def test_marks_stay_true_when_invisible_characters_fall_out() -> None:
    """A direction override before the word is not shown and does not shift the mark."""
    text = RichText().marked("a\u202e开源", ((2, 4),)).build()
    assert text.text == "a开源"
    assert [covered(text, entity) for entity in text.entities] == ["开源"]


def test_a_quotation_covers_its_inner_piece() -> None:
    """A block quotation stands around what is marked in it, the outer entity first."""
    text = RichText().own("说：").quote(words("开源", "bold"), expandable=True).build()
    assert text.entities == (Entity("expandable_blockquote", 2, 2), Entity("bold", 2, 2))


@given(ANY_TEXT)
def test_what_is_shown_back_is_one_short_visible_line(text: str) -> None:
    """A person's words come back without control and direction characters, on one line, shortened."""
    line = shortened(text, 20)
    assert len(line) <= 20
    assert "\n" not in line
    assert neutral(line) == line


def test_nul_bidi_and_lone_surrogates_are_neutralised() -> None:
    """NUL and direction overrides vanish; half a surrogate pair becomes the replacement character."""
    assert neutral("a\x00b\u202ec\u2066d\ud800") == "abcd\ufffd"


def test_pieces_are_joined_with_their_entities() -> None:
    """Offsets move along when pieces are put together."""
    text = joined([words("甲", "bold"), words("乙", "bold")], "\n")
    assert [covered(text, entity) for entity in text.entities] == ["甲", "乙"]
    assert utf16_length(text.text) == 3
