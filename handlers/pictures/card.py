"""A quotation on a card: the words large, then who said them, where, and what reported it."""

from __future__ import annotations

from content.pictures import Card
from handlers.i18n import Wording
from handlers.pictures import lines as setting
from handlers.pictures.fonts import drawable
from handlers.pictures.frame import Frame, footer, kicker
from handlers.pictures.sheet import COLUMN, MARGIN, Sheet, Style

_SIZES = ((18, 76), (36, 62), (70, 54), (130, 46), (220, 40), (420, 34))
"""Characters of a quotation and the size they are set in; a longer one is set in the smallest."""
_SMALLEST = 28
_INDENT = 44


def draw_card(card: Card, t: Wording, frame: Frame) -> Sheet:
    """Lay a card out."""
    theme = frame.theme
    sheet = Sheet(theme)
    kicker(sheet, t("picture.card"))
    size = next((size for most, size in _SIZES if len(card.text) <= most), _SMALLEST)
    words = Style(size, theme.ink, "serif", leading=1.55)
    text = drawable(card.text, "serif")
    column = COLUMN - _INDENT
    found = setting.balanced(text, column, words.measure)
    top = sheet.y
    sheet.column(MARGIN + _INDENT, found, words)
    sheet.box(MARGIN, top + words.size * 0.3, 6, sheet.y - top - words.size * 0.6, theme.accent, 3)
    sheet.y += 46 if len(found) > 1 else 60
    sheet.paragraph(card.speaker, Style(38, theme.ink, bold=True, leading=1.4), x=MARGIN + _INDENT, most=2)
    for post in card.posts:
        sheet.paragraph(post, Style(28, theme.soft, leading=1.5), x=MARGIN + _INDENT, width=column, most=3)
    sheet.y += 40
    event = " · ".join(part for part in (card.event, t.date(card.date) if card.date else None) if part)
    footer(sheet, t, frame, event, [card.citation], cut=card.cut)
    return sheet
