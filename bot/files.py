"""Reads article files, whose every byte is hostile."""

from __future__ import annotations

import codecs
from pathlib import Path

from content.encodings import UndecodableError, decode

LIMIT = 4 * 1024 * 1024
"""Bytes that an article file may have."""


class UnreadableFileError(Exception):
    """A file that holds no article; the text is one clear line without the file's name."""


def read_article(path: Path, *, keep_mark: bool = False) -> str:
    """The text of a file, with its line ends as they are.

    Args:
        path: the file.
        keep_mark: leave the byte order mark of UTF-8 in the text, of which it is then the first code point.

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
    try:
        text = decode(data)
    except UndecodableError as error:
        raise UnreadableFileError("is not a text in an encoding that is known") from error
    if not text.strip():
        raise UnreadableFileError("is empty")
    marked = keep_mark and data.startswith(codecs.BOM_UTF8)
    return f"\ufeff{text}" if marked else text
