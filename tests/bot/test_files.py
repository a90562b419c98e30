"""Article files, every byte hostile."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import LIMIT, UnreadableFileError, read_article
from content.encodings import UndecodableError, decode

TEXT = "星河论坛今日开幕。\r\n林知远表示,开源很重要。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_are_told_apart(encoding: str, tmp_path: Path) -> None:
    """By mark, then UTF-8, then GB18030; line ends stay, so that offsets do."""
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_article(path) == TEXT


def test_the_mark_is_kept_for_offsets(tmp_path: Path) -> None:
    """The byte order mark of UTF-8 is a code point of the text as it was given."""
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    assert read_article(path, keep_mark=True) == "\ufeff" + TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t ",
        b"\xef\xbb\xbf",
        b"a\0b",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xff\xff\xff",
        bytes(range(256)),
        TEXT.encode("utf-16")[:-1],
        b"\xff\xfe" + TEXT.encode("utf-16-be"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    """Empty and binary files: one clear line."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as caught:
        read_article(path)
    assert "\n" not in str(caught.value)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """No such file, a folder, one that is too large."""
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * (LIMIT + 1))
    for path in (tmp_path / "none.txt", tmp_path, large):
        with pytest.raises(UnreadableFileError):
            read_article(path)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No other exception."""
    with contextlib.suppress(UndecodableError):
        assert "\0" not in decode(data)
