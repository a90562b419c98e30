"""A chart of figures: bars where quantities share unit and period, each on a scale from nought.

Every bar is labelled with the article's own words; what can be compared with nothing stands as a number.
"""

from __future__ import annotations

from content.pictures import Bar, Chart, Panel
from handlers.i18n import Wording
from handlers.pictures import lines as setting
from handlers.pictures.fonts import drawable
from handlers.pictures.frame import Frame, footer, kicker, title
from handlers.pictures.sheet import COLUMN, MARGIN, Sheet, Style, mixed
from handlers.render import figure_label

_BAR = 30
_GAP = 18
_NUMBER = 380
"""Width of the column of numbers that stand alone."""


def draw_chart(chart: Chart, t: Wording, frame: Frame) -> Sheet:
    """Lay a chart out."""
    sheet = Sheet(frame.theme)
    kicker(sheet, t("picture.chart"))
    head = t("picture.chart_words", words=chart.words) if chart.words else chart.title or t("picture.figures")
    title(sheet, head)
    single = False
    for panel in chart.panels:
        if panel.scaled:
            _scale(sheet, t, panel)
        else:
            if not single:
                sheet.y += 4
            _number(sheet, t, panel)
        single = not panel.scaled
    sheet.y += 12
    footer(sheet, t, frame, chart.title or "" if chart.words else "", [bar.citation for bar in chart.bars])
    return sheet


def _scale(sheet: Sheet, t: Wording, panel: Panel) -> None:
    """Bars one under the other, label above, number behind."""
    theme = sheet.theme
    number = Style(30, theme.ink, bold=True)
    room = max(number.measure(drawable(bar.text)) for bar in panel.bars) + 22
    room = min(room, COLUMN * 0.45)
    width = COLUMN - room
    if panel.unit == "%":
        share = Style(23, theme.faint)
        sheet.text(MARGIN + width, sheet.y, "100%", share, "right")
        sheet.y += share.line
    for bar in panel.bars:
        _label(sheet, t, bar, panel)
        top = sheet.y
        sheet.box(MARGIN, top, width, _BAR, mixed(theme.bar, theme.paper, 0.10), 3)
        if bar.value_max is not None:
            _length(sheet, top, width * bar.value_max / panel.most, mixed(theme.bar, theme.paper, 0.45))
        length = width * bar.value / panel.most if panel.most > 0 else 0
        _length(sheet, top, length, theme.bar)
        _beside(sheet, bar.text, number, MARGIN + width + 18, top + _BAR / 2 - 1)
        sheet.y = top + _BAR + _GAP + 10
    sheet.y += 20


def _beside(sheet: Sheet, text: str, number: Style, x: float, middle: float) -> None:
    """A number right of its bar; one that is as long as a sentence is set smaller, in two lines."""
    width = MARGIN + COLUMN - x
    shown = drawable(text)
    found = setting.lines(shown, width, number.measure)
    if len(found) > 1:
        number = number._replace(size=22, leading=1.2)
        found = setting.clipped(shown, width, number.measure, 2)
    top = middle - len(found) * number.line / 2
    for line in found:
        sheet.text(x, top + (number.line - number.size) / 2, line, number)
        top += number.line


def _length(sheet: Sheet, top: float, length: float, colour: str) -> None:
    if length > 0:
        sheet.box(MARGIN, top, max(length, 3), _BAR, colour, min(3, length / 2))


def _label(sheet: Sheet, t: Wording, bar: Bar, panel: Panel) -> None:
    theme = sheet.theme
    what, who = figure_label(t, bar.subject, panel.period, bar.as_of), bar.speaker or ""
    style, quiet = Style(26, theme.ink, leading=1.45), Style(24, theme.faint, leading=1.45)
    right = quiet.measure(drawable(who)) + 24 if who else 0
    top = sheet.y
    if who and right < COLUMN * 0.4:
        sheet.text(MARGIN + COLUMN, top + 6, who, quiet, "right")
        sheet.paragraph(what or " ", style, width=COLUMN - right, most=3)
    else:
        sheet.paragraph(" · ".join(part for part in (what, who) if part) or " ", style, most=3)
    sheet.y += 4


def _number(sheet: Sheet, t: Wording, panel: Panel) -> None:
    """One quantity in large type with what it is of beside it."""
    theme = sheet.theme
    bar = panel.bars[0]
    sheet.rule(MARGIN, sheet.y, COLUMN, theme.rule)
    sheet.y += 18
    top = sheet.y
    size = next((size for size in (46, 38, 32, 27) if _fits(bar.text, size)), 24)
    number = Style(size, theme.bar, bold=True, leading=1.35)
    what = figure_label(t, bar.subject, panel.period, bar.as_of)
    width = _NUMBER - 20 if what or bar.speaker else COLUMN
    sheet.column(MARGIN, setting.clipped(drawable(bar.text), width, number.measure, 3), number)
    left = sheet.y
    sheet.y = top + 4
    x, width = MARGIN + _NUMBER, COLUMN - _NUMBER
    if what:
        sheet.paragraph(what, Style(27, theme.ink, leading=1.42), x=x, width=width, most=4)
    if bar.speaker:
        sheet.paragraph(bar.speaker, Style(24, theme.faint), x=x, width=width, most=1)
    sheet.y = max(left, sheet.y) + 16


def _fits(text: str, size: int) -> bool:
    return Style(size, "").measure(drawable(text)) <= _NUMBER - 24
