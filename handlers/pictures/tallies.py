"""What the bot holds and what it sent, for its owner: bars on one scale each, and columns by day."""

from __future__ import annotations

from content.pictures import Tallies
from handlers.i18n import Wording
from handlers.pictures.fonts import drawable
from handlers.pictures.frame import Frame, kicker, title
from handlers.pictures.sheet import COLUMN, MARGIN, Sheet, Style, mixed

_BAR = 30
_LABEL = 240
_NUMBER = 130
_HEIGHT = 220
"""Height of the highest column."""


def draw_tallies(tallies: Tallies, t: Wording, frame: Frame) -> Sheet:
    """Lay the counts out."""
    sheet = Sheet(frame.theme)
    kicker(sheet, t("heading.stats"))
    title(sheet, t("picture.held"), t.date(tallies.date))
    _bars(sheet, t, tallies.held)
    if any(count for _, count in tallies.sent):
        title(sheet, t("picture.sent"))
        _columns(sheet, t, tallies.sent)
    small = Style(23, sheet.theme.faint)
    sheet.rule(MARGIN, sheet.y, COLUMN, sheet.theme.rule)
    sheet.y += 24
    sheet.text(MARGIN, sheet.y, drawable(f"t.me/{frame.bot_username}"), small)
    sheet.y += small.line + 40
    return sheet


def _bars(sheet: Sheet, t: Wording, held: tuple[tuple[str, int], ...]) -> None:
    theme = sheet.theme
    label, number = Style(26, theme.ink), Style(26, theme.ink, bold=True)
    width = COLUMN - _LABEL - _NUMBER
    most = max((count for _, count in held), default=0) or 1
    for name, count in held:
        sheet.text(MARGIN, sheet.y + 1, drawable(t(f"stats.{name}")), label)
        sheet.box(MARGIN + _LABEL, sheet.y, width, _BAR, mixed(theme.bar, theme.paper, 0.10), 3)
        length = width * count / most
        if length:
            sheet.box(MARGIN + _LABEL, sheet.y, max(length, 3), _BAR, theme.bar, min(3, length / 2))
        sheet.text(MARGIN + COLUMN, sheet.y + 1, t.number(count), number, "right")
        sheet.y += _BAR + 22
    sheet.y += 24


def _columns(sheet: Sheet, t: Wording, sent: tuple[tuple[str, int], ...]) -> None:
    theme = sheet.theme
    small, number = Style(20, theme.faint), Style(22, theme.ink, bold=True)
    most = max(count for _, count in sent)
    room = COLUMN / len(sent)
    width = min(room * 0.6, 90)
    base = sheet.y + _HEIGHT + 40
    for place, (day, count) in enumerate(sent):
        middle = MARGIN + room * (place + 0.5)
        height = _HEIGHT * count / most
        if count:
            sheet.box(middle - width / 2, base - height, width, max(height, 3), theme.bar, min(3, height / 2))
        sheet.text(middle, base - height - 32, t.number(count), number, "middle")
        sheet.text(middle, base + 12, f"{int(day[5:7])}/{int(day[8:])}", small, "middle")
    sheet.rule(MARGIN, base, COLUMN, theme.rule)
    sheet.y = base + 70
