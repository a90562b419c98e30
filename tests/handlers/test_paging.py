"""Cutting long texts: nothing is lost, and nothing that belongs together is torn."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.paging import Block, paginate, split
from handlers.rich_text import RichText, Text, words

STYLES = ("bold", "italic", "underline", "code", None)
ALPHABET = st.sampled_from("开源智能, 。\n\n！🎤🇨🇳👩\u200d💻e\u0301क\u094dषa1")
PIECES = st.lists(
    st.tuples(st.text(ALPHABET, min_size=1, max_size=60), st.sampled_from(STYLES)), min_size=1, max_size=25
)


def built(pieces: list[tuple[str, None]], quoted: bool) -> Text:
    inner = RichText()
    for text, style in pieces:
        inner.own(text, style)
    return RichText().own("甲：\n").quote(inner.build()).own("\n乙").build() if quoted else inner.build()


def bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=200)
@given(PIECES, st.booleans(), st.integers(min_value=40, max_value=300))
def test_pieces_fit_and_nothing_is_lost(pieces: list[tuple[str, None]], quoted: bool, limit: int) -> None:
    """Every piece has at most ``limit`` units, and together they are the text but for blanks at cuts."""
    text = built(pieces, quoted)
    cut = split(text, limit)
    assert all(0 < piece.units <= limit for piece in cut)
    assert bare("".join(piece.text for piece in cut)) == bare(text.text)


@settings(max_examples=200)
@given(PIECES, st.booleans(), st.integers(min_value=40, max_value=300))
def test_entities_stay_inside_and_on_their_words(
    pieces: list[tuple[str, None]], quoted: bool, limit: int
) -> None:
    """Each entity lies in its piece, and all pieces together style the same characters as before."""
    text = built(pieces, quoted)
    cut = split(text, limit)
    for piece in cut:
        assert all(0 <= entity.offset < entity.end <= piece.units for entity in piece.entities)
    for style in ("bold", "code", "blockquote"):
        assert bare("".join(styled(piece, style) for piece in cut)) == bare(styled(text, style))


def styled(text: Text, style: str) -> str:
    encoded = text.text.encode("utf-16-le")
    return "".join(
        encoded[entity.offset * 2 : entity.end * 2].decode("utf-16-le")
        for entity in text.entities
        if entity.type == style
    )


@settings(max_examples=200)
@given(PIECES, st.integers(min_value=40, max_value=300))
def test_no_character_is_torn_from_its_marks(pieces: list[tuple[str, None]], limit: int) -> None:
    """No piece begins with a combining mark, a joiner or a selector, and none ends with a joiner."""
    for piece in split(built(pieces, quoted=False), limit)[1:]:
        assert not unicodedata.combining(piece.text[0])
        assert piece.text[0] not in "\u200d\ufe0f"


@pytest.mark.parametrize("mark", ["\u200d", "\u094d", "\ufe0f"])
def test_a_blank_keeps_its_mark(mark: str) -> None:
    """Where a cut falls before a blank that bears a mark, the blank is not stripped from under it."""
    cut = split(Text(f"{'字' * 39} {mark}{'字' * 39}"), 40)
    assert all(piece.text[0] != mark for piece in cut)


def test_flags_are_not_halved() -> None:
    """A flag is two characters; a run of flags is cut between flags."""
    cut = split(Text("🇨🇳" * 100), 42)
    assert all(len(piece.text) % 2 == 0 for piece in cut)


def test_a_cut_stands_at_the_end_of_a_sentence() -> None:
    """Where there is a sentence end near the limit the cut is there."""
    text = Text("云帆大学发布了报告。" * 12)
    assert all(piece.text.endswith("。") for piece in split(text, 64))


def test_a_link_is_not_cut() -> None:
    """A linked name at the limit goes to the next piece whole."""
    text = RichText().own("甲" * 95).add("林若水先生", url="https://t.me/x").own("乙" * 50).build()
    first, second = split(text, 98)
    assert first.entities == ()
    assert styled(second, "text_link") == "林若水先生"


def test_a_long_quotation_goes_on_as_a_quotation() -> None:
    """Both halves of a cut quotation are quotations."""
    text = RichText().quote(words("她谈到了开源。" * 40)).build()
    assert [piece.entities[0].type for piece in split(text, 200)] == ["blockquote"] * 2


def test_pages_keep_blocks_whole() -> None:
    """A block that no longer fits begins the next page."""
    blocks = [Block(Text(letter * 60)) for letter in "甲乙丙"]
    assert [page.text for page in paginate(blocks, limit=130)] == ["甲" * 60 + "\n\n" + "乙" * 60, "丙" * 60]


@given(st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=6))
def test_no_page_has_more_entities_than_telegram_takes(counts: list[int]) -> None:
    """A block with hundreds of marked words is cut, and every mark is still there."""
    blocks = []
    for count in counts:
        rich = RichText()
        for _ in range(count):
            rich.own("说 ").own("开源", "bold")
        blocks.append(Block(rich.own("。").build()))
    pages = paginate(blocks)
    assert all(len(page.entities) <= 95 for page in pages)
    assert sum(styled(page, "bold").count("开源") for page in pages) == sum(counts)


@given(st.lists(st.integers(min_value=1, max_value=9000), min_size=1, max_size=6))
def test_no_page_exceeds_a_message(sizes: list[int]) -> None:
    """Whatever the blocks are, every page fits into a message and nothing is lost."""
    pages = paginate([Block(Text("字" * size)) for size in sizes])
    assert all(page.units <= 4096 for page in pages)
    assert sum(page.text.count("字") for page in pages) == sum(sizes)
