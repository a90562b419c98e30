"""Folded readings of a text, in which different ways to write the same thing are the same characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from content.lexicon import table

_BMP = 0xFFFF
# Punctuation that tells names apart: C# is not C.
_SIGNIFICANT = "#&@%*"


class Folding(dict[int, str]):
    """Folds a text character by character; what becomes of each is worked out when it is first met."""

    def __init__(self, fold_character: Callable[[str], str]) -> None:
        super().__init__()
        self._fold_character = fold_character

    def __missing__(self, code: int) -> str:
        folded = self._fold_character(chr(code))
        if code <= _BMP:  # rare planes are not remembered, so that no text can fill the memory
            self[code] = folded
        return folded

    def __call__(self, text: str) -> str:
        """The folded text."""
        return text.translate(self)

    def with_offsets(self, text: str) -> tuple[str, list[int]]:
        """The folded text, and for each of its characters (the end included) the offset in the given text."""
        folded, offsets = [], []
        for place, character in enumerate(text):
            part = self[ord(character)]
            folded.append(part)
            offsets += [place] * len(part)
        return "".join(folded), [*offsets, len(text)]


def _fold_text_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return ""
    parts = unicodedata.normalize("NFKC", character).lower()
    return "".join(_simplified(part) for part in parts).replace(" ", "")


def _fold_name_character(character: str) -> str:
    return "".join(_bare(part) for part in _fold_text_character(character) if _counts_in_name(part))


def _simplified(character: str) -> str:
    row = table("traditional").get(character)
    return row[0] if row else character


def _counts_in_name(character: str) -> bool:
    return character in _SIGNIFICANT or unicodedata.category(character)[0] not in "PZ"


def _bare(character: str) -> str:
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isascii() and first.isalpha() else character


fold_text = Folding(_fold_text_character)
"""Simplified, lower case, half width, nothing invisible: ＡＩ開源 → ai开源. White space becomes a blank."""

fold_name = Folding(_fold_name_character)
"""As ``fold_text``, also without blanks, punctuation, accents: 馬琳·肯加 → 马琳肯加, Schön → schon."""
