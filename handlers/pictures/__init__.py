"""Pictures drawn with Pillow, which takes a few tenths of a second of CPU: call ``draw`` in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content.pictures import Drawable
    from handlers.pictures.themes import ThemeName


def draw(picture: Drawable, language: str, theme: ThemeName, bot_username: str) -> bytes:
    """Draw a picture.

    Args:
        picture: what it shows.
        language: of our own words in it; the article's words stay as they are.
        theme: ``light`` or ``dark``.
        bot_username: for the address under it.

    Returns:
        A PNG, 1080 pixels wide.
    """
    from handlers.pictures.drawing import sheet_of  # noqa: PLC0415 - loads Pillow and the fonts

    return sheet_of(picture, language, theme, bot_username).png()
