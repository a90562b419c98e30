"""Reads article files, whose every byte is hostile."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

LIMIT = 4 * 1024 * 1024
"""Bytes that an article file may have."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_BINARY_SHARE = 0.01


class UnreadableFileError(Exception):
    """A file that holds no article; the text is one clear line without the file's name."""


def read_article(path: Path) -> str:
    """The text of a file, with its line ends as they are.

    Raises:
        UnreadableFileError: it cannot be read, is too large, empty or not text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise UnreadableFileError(error.strerror or "cannot be read") from error
    if len(data) > LIMIT:
        raise UnreadableFileError(f"is larger than {LIMIT // 1024 // 1024} MB")
    text = decode(data)
    if not text.strip():
        raise UnreadableFileError("is empty")
    return text


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, else as UTF-8, else as GB18030.

    Raises:
        UnreadableFileError: they are not text.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
        break
    raise UnreadableFileError("is not a text file in UTF-8 or GB18030")


def _is_text(text: str) -> bool:
    """Whether next to nothing in it is a control, unassigned or private character."""
    if "\0" in text:
        return False
    odd = sum(unicodedata.category(char) in {"Cc", "Cn", "Co"} and char not in _PLAIN for char in text)
    return odd <= len(text) * _BINARY_SHARE
