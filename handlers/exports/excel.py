"""A paper as an Excel workbook: contents, facts, sources. No cell can become a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from handlers.exports.paper import Paper
from handlers.keyboards import columns

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD, _FILL, _LINK = (
    Font(bold=True, color="FFFFFF"),
    PatternFill("solid", fgColor="2B6A8F"),
    Font(color="2B6A8F"),
)
_TOP = Alignment(vertical="top", wrap_text=True)
_RISKY = tuple("=+-@\t\r")
_LINE, _HIGHEST = 16, 400
"""Points of a line, and of a row at most: Excel takes 409."""
_CELL = 32_767
"""Characters that Excel takes in a cell."""


def write(paper: Paper) -> bytes:
    """The file's bytes."""
    labels = paper.labels
    book = Workbook()
    contents = book.active
    contents.title = labels.contents
    facts, sources = book.create_sheet(labels.fact), book.create_sheet(labels.sources)
    names = ("section", "kind", "text", "details", "sentence", "person", "number", "link")
    _head(facts, [getattr(labels, name) for name in names], (18, 10, 70, 34, 50, 16, 10, 38))
    entries = ((chapter.heading, entry) for chapter in paper.chapters for entry in chapter.entries)
    for row, (heading, entry) in enumerate(entries, 2):
        kind = labels.quoted if entry.quoted else labels.fact
        _row(facts, row, (heading, kind, entry.text, entry.details, entry.sentence, entry.person))
        facts.cell(row, 7, entry.number).alignment = _TOP
        _put(facts.cell(row, 8), entry.link)
        _linked(facts.cell(row, 8), entry.link)
    _head(sources, [labels.number, labels.title, labels.source, labels.link], (10, 50, 40, 60))
    for index, reference in enumerate(paper.references, 2):
        sources.cell(index, 1, reference.number).alignment = _TOP
        _row(sources, index, (reference.title, reference.label, reference.url), first=2)
        if reference.url:
            _linked(sources.cell(index, 4), reference.url)
    _contents(contents, facts, paper)
    for sheet in (facts, sources):
        sheet.auto_filter.ref = sheet.dimensions
    for sheet in (contents, facts, sources):
        _printable(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _contents(sheet: Worksheet, facts: Worksheet, paper: Paper) -> None:
    """Title and notes, then each section with its number of entries and the way to its first."""
    labels = paper.labels
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 60, 10
    _put(sheet.cell(1, 1), paper.title)
    sheet.cell(1, 1).font = Font(bold=True)
    for index, note in enumerate(paper.notes, 2):
        _put(sheet.cell(index, 1), note)
    top = len(paper.notes) + 3
    for column, text in enumerate((labels.section, labels.entries), 1):
        _put(sheet.cell(top, column), text)
        sheet.cell(top, column).font, sheet.cell(top, column).fill = _HEAD, _FILL
    line = 2
    for index, chapter in enumerate(paper.chapters, top + 1):
        _put(sheet.cell(index, 1), chapter.heading)
        _linked(sheet.cell(index, 1), f"#'{facts.title}'!A{line}")
        sheet.cell(index, 2, len(chapter.entries))
        line += len(chapter.entries)
    last = sheet.cell(top + len(paper.chapters) + 1, 1)
    _put(last, labels.sources)
    _linked(last, f"#'{labels.sources}'!A1")
    sheet.cell(last.row, 2, len(paper.references))


def _head(sheet: Worksheet, heads: Sequence[str], widths: Sequence[int]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        cell = sheet.cell(1, column)
        _put(cell, head)
        cell.font, cell.fill = _HEAD, _FILL
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _printable(sheet: Worksheet) -> None:
    """A4 across, as wide as the sheet; rows as high as their texts, which not every program works out."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    widths = {name: int(column.width) for name, column in sheet.column_dimensions.items()}
    for row in sheet.iter_rows():
        lines = [-(-columns(str(cell.value or "")) // widths[cell.column_letter]) for cell in row]
        sheet.row_dimensions[row[0].row].height = min(_HIGHEST, _LINE * max(1, *lines))


def _row(sheet: Worksheet, row: int, texts: Sequence[str], first: int = 1) -> None:
    for column, text in enumerate(texts, first):
        _put(sheet.cell(row, column), text)


def _put(cell: Any, text: str) -> None:
    """Text that stays text, whatever it begins with and however often it is edited or saved."""
    cell.value = text if len(text) <= _CELL else text[: _CELL - 1] + "…"
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_RISKY)
    cell.alignment = _TOP


def _linked(cell: Any, address: str) -> None:
    if address.startswith("#"):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=address[1:])
    else:
        cell.hyperlink = address
    cell.font = _LINK
