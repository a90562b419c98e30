"""Lengths and offsets as Telegram counts them: in UTF-16 code units."""

from __future__ import annotations


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units; an emoji outside the basic plane counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
