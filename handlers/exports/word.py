"""A paper as a Word document: headings that navigate, a contents list of links, quotations set apart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from handlers.exports.paper import Entry, Paper

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph

_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
_INK, _SOFT, _LINK = RGBColor(0x19, 0x1C, 0x20), RGBColor(0x56, 0x5D, 0x66), RGBColor(0x2B, 0x6A, 0x8F)
_LANGUAGES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "zh-CN"}


def write(paper: Paper) -> bytes:
    """The file's bytes."""
    document = Document()
    _styles(document, paper)
    document.core_properties.title = paper.title[:255]
    document.core_properties.author = ""
    document.add_heading(paper.title, 0)
    for note in paper.notes:
        document.add_paragraph(note, "Note")
    document.add_heading(paper.labels.contents, 1)
    headings = [*(chapter.heading for chapter in paper.chapters), paper.labels.sources]
    for index, heading in enumerate(headings, 1):
        _jump(document.add_paragraph(style="Contents"), f"{index}. {heading}", f"s{index}")
    for index, chapter in enumerate(paper.chapters, 1):
        _bookmarked(document.add_heading(chapter.heading, 1), index)
        for entry in chapter.entries:
            _entry(document, entry, chapter.heading)
    _bookmarked(document.add_heading(paper.labels.sources, 1), len(headings))
    for reference in paper.references:
        title = f"《{reference.title}》 " if reference.title else ""
        line = document.add_paragraph(f"[{reference.number}] {title}{reference.label}", "Reference")
        if reference.url:
            line.add_run(" ")
            _link(line, reference.url, reference.url)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _entry(document: DocumentType, entry: Entry, heading: str) -> None:
    if entry.quoted:
        if entry.details:
            document.add_paragraph(style="Note").add_run(entry.details).bold = True
        line = document.add_paragraph(entry.text + " ", "Verbatim")
    else:
        line = document.add_paragraph(style="Fact")
        line.add_run(entry.text).bold = True
        rest = entry.aside(heading)
        line.add_run(f" — {rest} " if rest else " ")
    _link(line, f"[{entry.number}]", entry.link)
    if entry.sentence and entry.closing:
        document.add_paragraph(entry.sentence, "Verbatim")


def _styles(document: DocumentType, paper: Paper) -> None:
    styles = document.styles
    for name in ("Normal", "Title", "Heading 1"):
        _fonts(styles[name], paper.language)
        styles[name].font.color.rgb = _INK
    styles["Normal"].font.size = Pt(10.5)
    styles["Title"].font.size, styles["Heading 1"].font.size = Pt(24), Pt(15)
    styles["Heading 1"].paragraph_format.space_before = Pt(18)
    for name, left, size, colour in (
        ("Note", 0.0, 9.5, _SOFT),
        ("Contents", 0.4, 10.5, _LINK),
        ("Verbatim", 0.8, 10.5, _INK),
        ("Fact", 0.0, 10.5, _INK),
        ("Reference", 0.0, 10.0, _SOFT),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.paragraph_format.left_indent = Cm(left)
        style.paragraph_format.space_after = Pt(2 if name == "Contents" else 6)
        style.paragraph_format.line_spacing = 1.35
    _barred(styles["Verbatim"])
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _fonts(style: Any, language: str) -> None:
    style.font.name = _LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), _CHINESE)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:eastAsia"), _LANGUAGES[language])
    properties.append(spoken)


def _barred(style: Any) -> None:
    """A bar at the left, as a quotation has it."""
    borders = OxmlElement("w:pBdr")
    bar = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "B3312A")):
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _bookmarked(heading: Paragraph, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"s{number}")
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)
    heading._p.append(end)


def _jump(line: Paragraph, text: str, bookmark: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    _linked(line, link, text)


def _link(line: Paragraph, text: str, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _linked(line, link, text)


def _linked(line: Paragraph, link: Any, text: str) -> None:
    run = line.add_run(text)
    run.font.color.rgb = _LINK
    link.append(run._r)
    line._p.append(link)
