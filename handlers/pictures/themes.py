"""The colours of light and dark pictures: one accent for what is said, one for what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#rrggbb``."""

    paper: str
    ink: str
    soft: str
    """Second to the ink: posts, labels."""
    faint: str
    """Third: sources."""
    rule: str
    """Hairlines and the empty part of a scale."""
    accent: str
    bar: str
    left: str
    """Organisations."""
    right: str
    """Topics."""


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        paper="#fbf9f5",
        ink="#191c20",
        soft="#565d66",
        faint="#696f77",
        rule="#e2ded6",
        accent="#b3312a",
        bar="#2b6a8f",
        left="#2b6a8f",
        right="#a8572a",
    ),
    "dark": Theme(
        paper="#15181d",
        ink="#f0eee8",
        soft="#b0b6be",
        faint="#8c939c",
        rule="#2d323a",
        accent="#ef7a6d",
        bar="#68abd2",
        left="#68abd2",
        right="#e0a06a",
    ),
}
