"""Which kind of picture is laid out by which module."""

from __future__ import annotations

from content.pictures import Card, Chart, Chronicle, Drawable, Network
from handlers.i18n import wording
from handlers.pictures.card import draw_card
from handlers.pictures.chart import draw_chart
from handlers.pictures.chronicle import draw_chronicle
from handlers.pictures.frame import Frame
from handlers.pictures.network import draw_network
from handlers.pictures.sheet import Sheet
from handlers.pictures.tallies import draw_tallies
from handlers.pictures.themes import THEMES, ThemeName


def sheet_of(picture: Drawable, language: str, theme: ThemeName, bot_username: str) -> Sheet:
    """A picture laid out; see ``handlers.pictures.draw``."""
    t, frame = wording(language), Frame(THEMES[theme], bot_username)
    if isinstance(picture, Card):
        return draw_card(picture, t, frame)
    if isinstance(picture, Chart):
        return draw_chart(picture, t, frame)
    if isinstance(picture, Chronicle):
        return draw_chronicle(picture, t, frame)
    if isinstance(picture, Network):
        return draw_network(picture, t, frame)
    return draw_tallies(picture, t, frame)
