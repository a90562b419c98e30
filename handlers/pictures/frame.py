"""What every picture has: the kicker above, the sources and the address below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.records import Evidence
from handlers.i18n import Wording
from handlers.pictures import lines as setting
from handlers.pictures.fonts import drawable
from handlers.pictures.sheet import COLUMN, MARGIN, Sheet, Style
from handlers.pictures.themes import Theme
from handlers.render import source_label

_TITLE = 4
"""Lines of a headline at most."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a picture."""

    theme: Theme
    bot_username: str


def kicker(sheet: Sheet, text: str) -> None:
    """The kind of picture in small letters over a short bar, at the very top."""
    theme = sheet.theme
    sheet.y = 64
    sheet.box(MARGIN, sheet.y, 56, 8, theme.accent)
    sheet.y += 26
    sheet.text(MARGIN, sheet.y, text, Style(24, theme.soft))
    sheet.y += 64


def title(sheet: Sheet, text: str, note: str = "") -> None:
    """The headline, and a line of what is to be known about it."""
    theme = sheet.theme
    head = Style(46, theme.ink, bold=True, leading=1.32)
    shown = drawable(text)
    found = setting.balanced(shown, COLUMN, head.measure)
    sheet.column(
        MARGIN, found if len(found) <= _TITLE else setting.clipped(shown, COLUMN, head.measure, _TITLE), head
    )
    if note:
        sheet.y += 8
        sheet.paragraph(note, Style(26, theme.soft), most=3)
    sheet.y += 34


def footer(
    sheet: Sheet, t: Wording, frame: Frame, line: str, citations: Sequence[Evidence], *, cut: bool = False
) -> None:
    """A hairline, what the picture is of, each article once, and where it can be checked.

    Args:
        sheet: where to.
        t: wording.
        frame: theme and address.
        line: what the picture is of.
        citations: what it shows.
        cut: whether it shows a passage only in part.
    """
    theme = sheet.theme
    sheet.rule(MARGIN, sheet.y, COLUMN, theme.rule)
    sheet.y += 24
    if line:
        sheet.paragraph(line, Style(26, theme.soft), most=3)
    if cut:
        sheet.paragraph(t("picture.excerpt"), Style(23, theme.accent), most=2)
    labels = dict.fromkeys(source_label(t, citation.source) for citation in citations)
    small = Style(23, theme.faint, leading=1.55)
    sheet.paragraph(t("picture.source", source=t("list.posts").join(labels)), small, most=4)
    address = f"t.me/{frame.bot_username}"
    fact = f"/source {citations[0].fact_id}"
    sheet.y += 6
    top = sheet.y
    sheet.text(MARGIN, top, drawable(address), small)
    if len(citations) == 1:
        sheet.text(MARGIN + COLUMN, top, fact, small, "right")
    sheet.y = top + small.line + 44
