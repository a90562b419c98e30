"""From bytes to text: by byte order mark, by what was declared, as UTF-8, else by what reads like Chinese.

GB18030 and Big5 give almost any bytes some characters. Which of the readings is the text is told by how many
of its characters are among the most frequent ones: two thirds of a text, next to none of a wrong reading.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from content.folding import fold_text
from content.lexicon import table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_READS_LIKE_CHINESE = 0.25
"""Share of frequent characters from which a reading is believed."""
_SAMPLE = 20_000
"""Characters that are looked at."""
_PLAIN = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_ODD = 0.01
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,30})""", re.IGNORECASE)
_HEAD = 2_048
"""Bytes in which a page or an XML file declares its encoding."""
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
"""What a name is read as: pages that declare the small one use the large one."""


class UndecodableError(ValueError):
    """Bytes that are no text, or in no encoding that we read."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text that bytes stand for, without a byte order mark.

    Args:
        data: the bytes of a file or page.
        declared: the encoding that a header names; what the bytes themselves declare comes next.

    Raises:
        UndecodableError: they are binary, cut off inside a character, or in an encoding that is not known.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    # Pages that are in UTF-8 by now still declare what they were in before: then the likelier one is meant.
    named = [_known(name) for name in (declared, declared_in(data)) if name]
    if believed := _readings(data, [*named, "utf-8"]):
        return max(believed, key=_likeness)
    best = max(_readings(data, _GUESSES), key=_likeness, default="")
    if _likeness(best) < _READS_LIKE_CHINESE:
        raise UndecodableError("no encoding makes it a Chinese text")
    return best


def declared_in(data: bytes) -> str | None:
    """The encoding that a page or an XML file names in its head."""
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def _readings(data: bytes, encodings: Iterable[str | None]) -> list[str]:
    texts = (_try(data, encoding) for encoding in encodings)
    return [text for text in texts if text is not None and _is_text(text)]


def _known(name: str) -> str | None:
    lower = name.strip().lower()
    try:
        return codecs.lookup(_WIDER.get(lower, lower)).name
    except (LookupError, ValueError):
        return None


def _strictly(data: bytes, encoding: str) -> str:
    text = _try(data, encoding)
    if text is None or not _is_text(text):
        raise UndecodableError(f"it is not what its byte order mark says: {encoding}")
    return text


def _try(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _is_text(text: str) -> bool:
    """Whether next to nothing in it is a control, unassigned or private character."""
    if "\0" in text:
        return False
    odd = sum(unicodedata.category(one) in {"Cc", "Cn", "Co", "Cs"} and one not in _PLAIN for one in text)
    return odd <= len(text) * _ODD


def _likeness(text: str) -> float:
    """Share of frequent characters among those that are no ASCII."""
    wide = [one for one in text[:_SAMPLE] if one > "\u007f" and not one.isspace()]
    if not wide:
        return 0.0
    frequent = _frequent()
    return sum(one in frequent for one in fold_text("".join(wide))) / len(wide)


@cache
def _frequent() -> frozenset[str]:
    # Punctuation is as sure a sign as the most frequent characters.
    return frozenset(table("frequent_characters")) | frozenset("，。、；：？！“”‘’《》（）,.;:?!()")
