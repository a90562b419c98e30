"""/export: a file arrives in every format, whatever is missing is asked for, nothing is cut off silently."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import docx
import openpyxl
import pypdfium2
import pytest
from app import App, Json, labels
from hypothesis import given
from hypothesis import strategies as st

from handlers import exporting
from handlers.exporting import file_name
from handlers.exports import SUFFIXES

EVENT, SPEAKER = "第三届星河开源论坛", "林知远"
SAID = "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。"


def data_of(app: App, message: Json) -> bytes:
    """The document of a message."""
    data: bytes = app.api.state.files.get(message["document"]["file_id"]).upload.data
    return data


def word(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def pdf(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def excel(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    return "\n".join([*book.sheetnames, *cells])


def text(data: bytes) -> str:
    return data.decode().replace("\\", "")


READERS: dict[str, Callable[[bytes], str]] = {
    "word": word,
    "pdf": pdf,
    "excel": excel,
    "markdown": text,
    "json": text,
}


@pytest.mark.parametrize(
    ("form", "subject"),
    [
        *((form, EVENT) for form in SUFFIXES),
        *(("word", subject) for subject in (SPEAKER, "全部")),
        *(("json", subject) for subject in (SPEAKER, "全部")),
    ],
)
async def test_a_file_arrives(app: App, form: str, subject: str) -> None:
    """It opens, holds the words, the posts and the source, and its caption says how much it holds."""
    answer = await app.ask(f"/export {form} {subject}")
    assert answer["document"]["file_name"].endswith(f".{SUFFIXES[form]}")
    assert "条事实" in answer["caption"]
    found = "".join(READERS[form](data_of(app, answer)).split())
    for words in (SAID, "80亿次", "星河研究院", "云州日报"):
        assert words in found
    if form != "json":
        assert "目录" in found


@pytest.mark.parametrize("form", [form for form in SUFFIXES if form != "json"])
async def test_a_file_tells_quotations_from_facts(app: App, form: str) -> None:
    """It says how to tell them apart, and numbers the articles that they are from."""
    found = "".join(READERS[form](data_of(app, await app.ask(f"/export {form} {SPEAKER}"))).split())
    assert "报道原文" in found
    assert "[1]" in found or form == "excel"
    assert "[2]" in found or form == "excel"


async def test_json_has_every_record_with_its_place(app: App) -> None:
    """As the command line gives it, of one person."""
    data = json.loads(data_of(app, await app.ask(f"/export json {SPEAKER}")))
    (person,) = data["people"]
    assert person["name"] == SPEAKER
    first = person["statements"][0]["evidence"]
    assert first["end"] - first["start"] == len(first["text"])
    assert data["left_out"] == 0
    assert {figure["text"] for figure in data["figures"]} == {"超过300万", "80亿次", "40%"}


async def test_what_is_missing_is_asked_for(app: App) -> None:
    """First what, then the format, each in the place of the question; then the file comes."""
    question = await app.ask("/export")
    assert "🗂 全部内容" in labels(question)
    await app.press(question, EVENT)
    formats = app.now(question)
    assert labels(formats) == [
        "Word (.docx)",
        "PDF (.pdf)",
        "Excel (.xlsx)",
        "Markdown (.md)",
        "JSON (.json)",
    ]
    await app.press(formats, "Excel")
    assert app.seen()["document"]["file_name"].startswith(EVENT)


async def test_a_format_alone_asks_what(app: App) -> None:
    """The choice keeps the format."""
    question = await app.ask("/export excel")
    await app.press(question, EVENT)
    assert app.seen()["document"]["file_name"].endswith(".xlsx")


@pytest.mark.parametrize("command", ["/export odt", f"/export odt {SPEAKER}", "/export .rtf"])
async def test_a_wrong_format_is_named(app: App, command: str) -> None:
    """With the formats that there are; a subject that was named is kept."""
    answer = await app.ask(command)
    assert "没有“" in answer["text"]
    await app.press(answer, "Markdown")
    seen = app.seen()
    assert ("document" in seen) == (SPEAKER in command)


@pytest.mark.parametrize("command", ["/export 无此人", "/export pdf 无此人", "/export pdf e999999"])
async def test_a_wrong_name_is_said(app: App, command: str) -> None:
    """With what can be exported, in the format that was named."""
    answer = await app.ask(command)
    assert "没有找到" in answer["text"]
    assert any(SPEAKER in label for label in labels(answer)) or "🗂 全部内容" in labels(answer)


async def test_too_long_a_name_is_refused(app: App) -> None:
    """Politely."""
    assert "太长" in (await app.ask("/export " + "长" * 90))["text"]


async def test_what_is_left_out_is_said(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the caption and in the file."""
    collect = exporting.collect
    monkeypatch.setattr(exporting, "collect", lambda repositories, subject: collect(repositories, subject, 2))
    answer = await app.ask("/export markdown 全部")
    assert "只收录了前" in answer["caption"]
    assert "只收录了前" in text(data_of(app, answer))


async def test_files_speak_the_language_of_the_chat(app: App) -> None:
    """Headings in the reader's language, the article's words as they are."""
    await app.ask("/lang en")
    found = text(data_of(app, await app.ask(f"/export markdown {SPEAKER}")))
    assert "## Contents" in found
    assert SAID in found


@given(st.text(max_size=90))
def test_file_names_are_safe(name: str) -> None:
    """No separator, no dot at the beginning, no more than file systems take; still its own name."""
    made = file_name((name, "2031-09-18"), "pdf")
    assert not set(made[:-4]) & set('/\\:*?"<>|\n\r\t\0.')
    assert made.endswith("2031-09-18.pdf")
    assert len(made.encode()) < 255 + 20
    assert file_name((SPEAKER, "2031-09-18"), "pdf") == "林知远-2031-09-18.pdf"
