"""Folded readings: what is the same, and where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold_name, fold_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＩ開源", "ai开源"),
        ("开\u200b源\x00", "开源"),
        ("一\n二\u3000三\t四", "一 二 三 四"),
        ("㎡½…", "m21⁄2..."),
        ("\ud83d", ""),
        ("𠮷野", "𠮷野"),
    ],
)
def test_texts_are_folded(written: str, folded: str) -> None:
    """Scripts, widths and cases are one; what nobody sees is gone; white space is a blank."""
    assert fold_text(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("馬琳·肯加", "马琳肯加"),
        ("Viktor Mayer-Schönberger", "viktormayerschonberger"),
        ("“AI开源”论坛", "ai开源论坛"),
        ("C#", "c#"),
        ("C++", "c++"),
        ("한국", "한국"),
    ],
)
def test_names_are_folded(written: str, folded: str) -> None:
    """Blanks, dots, quotes and accents do not tell names apart; C# and C++ are not C."""
    assert fold_name(written) == folded


@given(st.text())
def test_offsets_lead_back_into_the_text(text: str) -> None:
    """Each folded character comes from the one at its offset; folding again changes nothing."""
    folded, offsets = fold_text.with_offsets(text)
    assert folded == fold_text(text) == fold_text(folded)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(character in fold_text(text[place]) for character, place in zip(folded, offsets, strict=False))
