"""How a text is read: invisible characters left out, script and punctuation folded one to one.

Two steps keep offsets true. ``visible`` drops what no reader sees (zero-width characters, NUL) and says
where the others stood; ``fold`` then maps character to character, so that its offsets are the text's.
"""

from __future__ import annotations

import re
from functools import cache

from content.lexicon import table

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_PUNCTUATION = str.maketrans(
    ",:;()?!「」『』﹁﹂﹃﹄‧・･•\u3000\xa0\r\t〔〕［］[]",
    "，：；（）？！“”‘’“”‘’····    （）（）（）",
)


def visible(text: str) -> tuple[str, list[int] | None]:
    """The text without invisible characters.

    Returns:
        The visible text, and for each of its offsets (the end included) the offset in the given text;
        None where nothing was left out.
    """
    if not _INVISIBLE.search(text):
        return text, None
    kept = [i for i, character in enumerate(text) if not _INVISIBLE.match(character)]
    return "".join(text[i] for i in kept), [*kept, len(text)]


def fold(text: str) -> str:
    """The text in simplified characters with full-width punctuation, of the same length.

    王海峰表示,「開源」 → 王海峰表示，“开源”
    """
    return _STRAIGHT.sub(r"“\1”", text.translate(_folding()))


@cache
def _folding() -> dict[int, int]:
    return {ord(old): ord(new) for old, (new, *_) in table("traditional").items()} | _PUNCTUATION
