"""The formats against article text that would rather be something else: formulas, markup, rare characters."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from pypdfium2 import PdfDocument

from handlers.exports import excel, markdown, pdf, word, write
from handlers.exports.paper import Chapter, Entry, Labels, Paper, Reference

HOSTILE = (
    '=HYPERLINK("http://evil.example","点我")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script> ](http://evil.example) **粗** # 题 `x` | 表 |",
    "喆镕堃𠮷👍한 & \u3000“试行”",
)


def text_of(document: PdfDocument) -> str:
    """All text without blanks."""
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def entry(text: str, *, quoted: bool = False, sentence: str = "") -> Entry:
    link = "https://t.me/forum_briefing_bot?start=f_12"
    return Entry(text, quoted, "用户", sentence, "林知远", 1, link, closing=True)


def paper(*texts: str, title: str = "松城开源论坛") -> Paper:
    names = {name: name.capitalize() for name in Labels._fields}
    return Paper(
        title=title,
        notes=("说明",),
        chapters=(
            Chapter("林知远", tuple(entry(text, quoted=True) for text in texts)),
            Chapter("=数据", tuple(entry(text, sentence=text) for text in texts)),
        ),
        references=(Reference(1, "云溪日报", "标题", "https://example.org/a?b=1&c=2"),),
        labels=Labels(**names),
        language="zh-hans",
    )


def test_no_cell_becomes_a_formula() -> None:
    """Every text is stored as text and marked to stay it when it is edited."""
    data = excel.write(paper(*HOSTILE, title="=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value[0] in "=+-@")
    assert sum(cell.value == HOSTILE[0] for cell in cells) == 3
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_a_workbook_leads_from_its_contents_to_the_facts() -> None:
    """Each section's name jumps to its first row; heads stay in sight; the facts lead to the bot."""
    book = openpyxl.load_workbook(io.BytesIO(excel.write(paper("甲", "乙"))))
    contents, facts, _ = book.worksheets
    places = [cell.hyperlink.location for cell in contents["A"] if cell.hyperlink]
    assert places == ["'Fact'!A2", "'Fact'!A4", "'Sources'!A1"]
    assert facts.freeze_panes == "A2"
    assert facts["H2"].hyperlink.target.endswith("f_12")


def test_a_word_document_has_headings_and_working_links() -> None:
    """Every entry of the contents names a bookmark that there is; the facts lead to the bot."""
    document = docx.Document(io.BytesIO(word.write(paper(*HOSTILE))))
    headings = [line.text for line in document.paragraphs if line.style and line.style.name == "Heading 1"]
    assert headings == ["Contents", "林知远", "=数据", "Sources"]
    xml = document.element.xml
    anchors, marks = re.findall(r'w:anchor="(\w+)"', xml), re.findall(r'bookmarkStart.*w:name="(\w+)"', xml)
    assert anchors == marks == ["s1", "s2", "s3"]
    targets = {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert targets == {"https://t.me/forum_briefing_bot?start=f_12", "https://example.org/a?b=1&c=2"}
    assert HOSTILE[4] in "\n".join(line.text for line in document.paragraphs)


def test_a_pdf_embeds_its_font_and_has_an_outline() -> None:
    """It can be read, searched and navigated on a machine without Chinese fonts."""
    data = pdf.write(paper("开源是人工智能的土壤。", *HOSTILE))
    assert data.count(b"/FontFile3") == 2
    document = PdfDocument(data)
    assert [mark.get_title() for mark in document.get_toc()] == ["林知远", "=数据", "Sources"]
    found = text_of(document)
    assert "开源是人工智能的土壤。" in found
    assert "〓" in found


def test_a_long_paper_is_written_whole() -> None:
    """Hundreds of quotations over many pages, each on one; the contents list grows with them."""
    texts = [f"第{number}句:云溪的开源社区增长了{number}%。" * 3 for number in range(150)]
    document = PdfDocument(pdf.write(paper(*texts)))
    found = text_of(document)
    assert len(document) > 10
    assert all(f"第{number}句" in found for number in range(150))


def test_markdown_keeps_article_text_from_being_markup() -> None:
    """What means something in Markdown or HTML is escaped; links are our own alone."""
    text = markdown.write(paper(*HOSTILE)).decode()
    assert "<script>" not in text
    assert "](http://evil" not in text
    assert re.findall(r"\]\((?!#)([^)]*)\)", text) == ["https://t.me/forum_briefing_bot?start=f_12"] * 12
    assert text.replace("\\", "").count(HOSTILE[0]) == 3


@pytest.mark.parametrize("form", ["word", "pdf", "excel", "markdown"])
def test_an_empty_paper_is_a_file(form: str) -> None:
    """With its title and nothing else to say."""
    assert len(write(paper(), form)) > 100  # type: ignore[arg-type]  # a format
