"""Bytes in every encoding that Chinese texts come in, and bytes that are no text."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from content.encodings import UndecodableError, declared_in, decode

SIMPLIFIED = "第三届星河开源论坛于2021年9月18日在云州国际会议中心举行，林知远表示：“开源是人工智能的土壤。”"
TRADITIONAL = (
    "第三屆星河開源論壇於2021年9月18日在雲州國際會議中心舉行，林知遠表示：「開源是人工智能的土壤。」"
)
TEXTS = (SIMPLIFIED, TRADITIONAL, SIMPLIFIED * 50, TRADITIONAL * 50)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be", "big5"])
@pytest.mark.parametrize("text", TEXTS)
def test_undeclared_encodings_are_recognised(text: str, encoding: str) -> None:
    """By how the text reads; what an encoding cannot hold is left out."""
    if encoding == "big5" and "开" in text:
        pytest.skip("Big5 has no simplified characters")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_goes(encoding: str) -> None:
    """It stays in no text."""
    assert decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ("<meta http-equiv=Content-Type content='text/html; charset=Big5'>", "big5"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8"),
        ("<meta charset=nonsense>", "gb18030"),
        ('<meta charset="gbk">', "utf-8"),
        # What is declared wrongly is not believed where it cannot be.
        ('<meta charset="utf-8">', "gb18030"),
    ],
)
def test_what_a_page_declares(head: str, encoding: str) -> None:
    """The page is read rightly, also where it says something wrong of itself."""
    text = head + (TRADITIONAL if encoding == "big5" else SIMPLIFIED)
    assert decode(text.encode(encoding)) == text


def test_a_header_comes_first() -> None:
    """What the server says is tried before what the page says."""
    assert decode(SIMPLIFIED.encode("gb18030"), "GBK") == SIMPLIFIED
    assert declared_in(b"<meta charset=big5>") == "big5"


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + b"abc",
        codecs.BOM_UTF8 + b"\xff\xfe\xff",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        bytes(1000),
        SIMPLIFIED.encode("utf-16-le")[:-1],
        b"\xff" * 100,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Never an empty text, never nonsense."""
    with pytest.raises(UndecodableError):
        decode(data)


@given(st.text(st.characters(exclude_categories=["Cc", "Cn", "Co", "Cs"])))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """Whatever it says."""
    assume(not text.startswith("\ufeff"))
    assert decode(text.encode()) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing else can come of them."""
    with contextlib.suppress(UndecodableError):
        assert isinstance(decode(data), str)
