"""Noto Sans SC and Noto Serif SC: 30,000 characters of both scripts, brought by a package."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from fontTools.ttLib import TTFont
from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

from handlers.rich_text import neutral

Face = Literal["sans", "serif"]
PATHS = {"sans": sans_path(), "serif": serif_path()}
_MISSING = "〓"
"""What typesetters put where a sort is missing."""


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels."""
    return ImageFont.truetype(str(PATHS[face]), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=32_768)
def advance(face: Face, size: int, text: str) -> float:
    """How wide a piece is set, in pixels."""
    return font(face, size).getlength(text)


@cache
def _characters(face: Face) -> frozenset[int]:
    with TTFont(PATHS[face], lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def drawable(text: str, face: Face = "sans") -> str:
    """The text as the face can show it: without invisible characters, ``〓`` for what it has not."""
    known = _characters(face)
    return "".join(
        character if ord(character) in known or character == "\n" else _MISSING for character in neutral(text)
    )
