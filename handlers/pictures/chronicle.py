"""A timeline: dates at the left of a line, what the articles say of them at its right."""

from __future__ import annotations

from content.pictures import Chronicle
from handlers.i18n import Wording
from handlers.pictures import lines as setting
from handlers.pictures.fonts import drawable
from handlers.pictures.frame import Frame, footer, kicker, title
from handlers.pictures.sheet import MARGIN, WIDTH, Sheet, Style

_LINE = MARGIN + 262
_TEXT = _LINE + 46
_WIDTH = WIDTH - MARGIN - _TEXT


def draw_chronicle(chronicle: Chronicle, t: Wording, frame: Frame) -> Sheet:
    """Lay a timeline out."""
    theme = frame.theme
    sheet = Sheet(theme)
    kicker(sheet, t("picture.chronicle"))
    years = [entry.date[:4] for entry in chronicle.entries]
    span = years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    words = t("picture.chronicle_words", words=chronicle.words) if chronicle.words else span
    title(sheet, words, span if chronicle.words else "")
    line_top = sheet.y + 22
    last = line_top
    words_style = Style(29, theme.ink, "serif", leading=1.5)
    shown = ""
    events = {entry.event for entry in chronicle.entries}
    for entry in chronicle.entries:
        top = sheet.y
        last = top + 22
        date = t.date(entry.date)
        if date != shown:
            style = Style(34 if len(date) <= 8 else 30, theme.accent, bold=True, leading=1.3)
            found = setting.lines(drawable(date), _LINE - MARGIN - 36, style.measure)
            sheet.y = last - style.line / 2
            sheet.column(_LINE - 36, found, style, "right")
        under_date = sheet.y
        shown = date
        sheet.dot(_LINE, last, 11, theme.paper)
        sheet.dot(_LINE, last, 8, theme.accent)
        sheet.y = top
        sheet.paragraph(entry.text, words_style, x=_TEXT, width=_WIDTH, most=24)
        if entry.event and len(events) > 1:
            sheet.paragraph(entry.event, Style(23, theme.faint), x=_TEXT, width=_WIDTH, most=2)
        sheet.y = max(under_date, sheet.y) + 34
    sheet.under(lambda under: under.box(_LINE - 1.25, line_top, 2.5, last - line_top, theme.rule))
    sheet.y += 8
    cut = any(entry.cut for entry in chronicle.entries)
    only = next(iter(events)) if len(events) == 1 else None
    footer(sheet, t, frame, only or "", [entry.citation for entry in chronicle.entries], cut=cut)
    return sheet
