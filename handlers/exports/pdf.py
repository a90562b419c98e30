"""A paper as PDF: the Chinese font embedded, a contents list with page numbers, an outline, links."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.outline import OutlineSection

from handlers.exports.paper import Entry, Paper
from handlers.pictures.fonts import PATHS, drawable
from handlers.pictures.lines import balanced, lines

_INK, _SOFT, _LINK, _ACCENT = (0x19, 0x1C, 0x20), (0x56, 0x5D, 0x66), (0x2B, 0x6A, 0x8F), (0xB3, 0x31, 0x2A)
_MARGIN = 22.0
"""Millimetres around the text."""
_INDENT = 7.0


class _Style(NamedTuple):
    size: float
    """Points."""
    colour: tuple[int, int, int] = _INK
    face: str = "sans"
    bold: bool = False

    @property
    def line(self) -> float:
        """Millimetres from line to line."""
        return self.size * 0.3528 * 1.55


_TITLE, _HEADING, _NAME = _Style(22, bold=True), _Style(14.5, bold=True), _Style(10.5, bold=True)
_NOTE, _BODY, _QUOTED, _LINKED = (
    _Style(9, _SOFT),
    _Style(10.5),
    _Style(10.5, face="serif"),
    _Style(9.5, _LINK),
)


def write(paper: Paper) -> bytes:
    """The file's bytes."""
    return bytes(_Pages(paper).output())


class _Pages(FPDF):
    """Pages that are written from top to bottom."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.set_title(paper.title)
        self.set_lang({"zh-hans": "zh-CN", "zh-hant": "zh-TW"}.get(paper.language, paper.language))
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))  # the same paper is the same file
        for face, path in PATHS.items():
            self.add_font(face, "", path)
        self._contents_heading = paper.labels.contents
        self.add_page()
        self._use(_TITLE)
        for line in balanced(drawable(paper.title), self.epw, self.get_string_width):
            self._write(line, _TITLE)
        self.ln(3)
        for note in paper.notes:
            self._write(note, _NOTE)
            self.ln(1)
        self.ln(4)
        self.insert_toc_placeholder(_contents, allow_extra_pages=True)
        for chapter in paper.chapters:
            self._headed(chapter.heading)
            for entry in chapter.entries:
                self._entry(entry, chapter.heading)
        self._headed(paper.labels.sources)
        for reference in paper.references:
            title = f"《{reference.title}》 " if reference.title else ""
            self._write(f"[{reference.number}] {title}{reference.label}", _BODY)
            if reference.url:
                self._write(reference.url, _LINKED, link=reference.url)
            self.ln(2)

    def footer(self) -> None:
        """The page's number."""
        self.set_y(-15)
        self._use(_NOTE)
        self.cell(0, 6, str(self.page_no()), align="C")

    def _use(self, style: _Style) -> None:
        self.set_font(style.face, "", style.size)
        self.set_text_color(*style.colour)
        self.set_draw_color(*style.colour)
        # The package has one weight; a stroke around the letters makes it a semibold.
        self.text_mode = TextMode.FILL_STROKE if style.bold else TextMode.FILL
        self.set_line_width(style.size * 0.3528 / 40 if style.bold else 0.2)

    def _write(self, text: str, style: _Style, indent: float = 0, link: str | int = "") -> None:
        """A paragraph, its lines broken by the rules of Chinese composition."""
        self._use(style)
        width = self.epw - indent
        for line in lines(
            drawable(text, "serif" if style.face == "serif" else "sans"), width, self.get_string_width
        ):
            self.set_x(self.l_margin + indent)
            self.cell(width, style.line, line, new_x="LMARGIN", new_y="NEXT", link=link)

    def _headed(self, heading: str) -> None:
        if self.will_page_break(_HEADING.line * 3):
            self.add_page()
        self.ln(5)
        self.start_section(drawable(heading))
        self._write(heading, _HEADING)
        self.ln(2)

    def _entry(self, entry: Entry, heading: str) -> None:
        if entry.quoted:
            if entry.details:
                self._write(entry.details, _NAME)
            self._barred(f"{entry.text} [{entry.number}]", entry.link)
            return
        self._write(entry.text, _NAME)
        rest = entry.aside(heading)
        self._write(f"{rest} [{entry.number}]" if rest else f"[{entry.number}]", _NOTE, link=entry.link)
        if entry.sentence and entry.closing:
            self._barred(entry.sentence, entry.link)
            return
        self.ln(1.5)

    def _barred(self, text: str, link: str) -> None:
        """The article's own words, with a bar at their left on every page that they stand on."""
        self._use(_QUOTED)
        width = self.epw - _INDENT
        for line in lines(drawable(text, "serif"), width, self.get_string_width):
            if self.will_page_break(_QUOTED.line):
                self.add_page()
                self._use(_QUOTED)
            self.set_fill_color(*_ACCENT)
            self.rect(self.l_margin + 1.5, self.get_y(), 0.8, _QUOTED.line, style="F")
            self.set_x(self.l_margin + _INDENT)
            self.cell(width, _QUOTED.line, line, new_x="LMARGIN", new_y="NEXT", link=link)
        self.ln(3)


def _contents(pages: Any, outline: list[OutlineSection]) -> None:
    """The contents list: each heading with its page, both linked."""
    pages._write(pages._contents_heading, _HEADING)
    pages.ln(2)
    for entry in outline:
        target = pages.add_link(page=entry.page_number)
        pages._use(_BODY)
        number = str(entry.page_number)
        width = pages.epw - 12
        first, *_ = lines(entry.name, width, pages.get_string_width) or [""]
        pages.set_x(pages.l_margin)
        pages.cell(width, _BODY.line, first, link=target)
        pages.cell(12, _BODY.line, number, align="R", new_x="LMARGIN", new_y="NEXT", link=target)
    pages.ln(3)
