"""The folded reading and the offsets it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.extraction import extract
from content.extraction.reading import fold, visible


def test_script_and_punctuation_are_folded() -> None:
    """Traditional script, half-width marks and corner brackets read as one."""
    assert fold('程樹勳表示,"開源"「很好」') == "程树勋表示，“开源”“很好”"


def test_a_lone_straight_quote_stays() -> None:
    """A straight quotation mark without a partner in its line opens nothing."""
    assert fold('价格"上升') == '价格"上升'


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    """Offsets of the reading are offsets of the text."""
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="王海\u200b\0峰\ufeff。"))
def test_visible_text_knows_where_it_stood(text: str) -> None:
    """Every visible character maps back to itself in the given text."""
    shown, origin = visible(text)
    if origin is not None:
        assert [text[i] for i in origin.starts] == list(shown)


def test_markup_is_not_read() -> None:
    """Tags are dropped or end a line, entities are the characters they stand for; offsets stay."""
    text = "<p class=x>林知远&nbsp;表示</p>，&ldquo;开源&rdquo;&#12290;"
    shown, origin = visible(text)
    assert shown == "\n林知远\xa0表示\n，“开源”。"
    assert origin is not None
    assert text[slice(*origin.span(shown.index("“"), shown.index("。") + 1))] == (
        "&ldquo;开源&rdquo;&#12290;"
    )


@pytest.mark.parametrize("text", ["x<5且y>3", "AT&T;", "a & b", "&unknown;", "2<3", "R&D"])
def test_what_only_looks_like_markup_is_kept(text: str) -> None:
    """A sign of comparison or an ampersand is text."""
    assert visible(text)[0] == text


def test_a_name_with_zero_width_characters_is_found() -> None:
    """Zero-width characters inside a name hide nothing, and the evidence is the text as given."""
    text = "云溪大学校长林\u200b知\u200b远表示，开源是一种信任。"
    facts = extract(text)
    assert [person.name for person in facts.participants] == ["林知远"]
    assert text[facts.participants[0].start : facts.participants[0].end] == "林\u200b知\u200b远"
    assert text[facts.statements[0].start : facts.statements[0].end] == text
