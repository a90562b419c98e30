"""Documents of every kind, and what attackers make of them."""

from __future__ import annotations

import asyncio
import io
import pickle
import time
import zipfile
from collections.abc import AsyncIterator

import pytest
from docx import Document
from fpdf import FPDF
from PIL import Image

from bot.intake import _READER_MEMORY
from bot.workers import PreparationError, Workers
from handlers.intake.documents import read_document, unwrapped
from handlers.intake.model import Refused
from handlers.pictures.fonts import PATHS

TEXT = "云州大学教授林知远表示，开源是人工智能的土壤。远帆科技董事长沈若琳指出，平台已有500万开发者。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>星河论坛开幕</title>
<meta property="og:site_name" content="云州日报">
<meta property="article:published_time" content="2021-09-18T08:30:00">
</head><body><nav><a href="/">首页</a></nav><article><h1>星河论坛开幕</h1><p>{TEXT}</p><p>{TEXT}</p></article>
<footer>版权所有</footer></body></html>"""


def docx(*paragraphs: str) -> bytes:
    document = Document()
    document.core_properties.title = "星河论坛开幕"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "开发者", "500万"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(text: str, pages: int = 1, **options: str) -> bytes:
    made = FPDF()
    made.add_font("main", fname=PATHS["sans"])
    if options:
        made.set_encryption(**options)
    for _ in range(pages):
        made.add_page()
        made.set_font("main", size=12)
        made.multi_cell(0, text=text)
    return bytes(made.output())


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def key_of(data: bytes, name: str | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        read_document(data, name)
    return refusal.value.key


def test_a_page() -> None:
    """The article alone, with what the page says of itself."""
    found = read_document(PAGE.encode(), "x.txt")
    assert found.text.count(TEXT) == 2
    assert "首页" not in found.text
    assert "版权" not in found.text
    assert (found.title, found.site, found.published) == ("星河论坛开幕", "云州日报", "2021-09-18")


def test_a_page_in_another_encoding() -> None:
    """As it declares itself."""
    page = PAGE.replace("utf-8", "gb2312").encode("gb18030")
    assert TEXT in read_document(page).text


def test_a_page_states_its_date_or_has_none() -> None:
    """A day in the text or the address is not the page's."""
    page = PAGE.replace("article:published_time", "other").replace(TEXT, f"2020年1月2日，{TEXT}", 1)
    assert read_document(page.encode(), url="https://a.example/2020/01/02/x.html").published is None


def test_a_word_document() -> None:
    """Paragraphs and tables, whatever it is called."""
    found = read_document(docx(TEXT, "第二段。"), "x.pdf")
    assert found.text == f"{TEXT}\n第二段。\n开发者\t500万"
    assert found.title == "星河论坛开幕"


def test_a_pdf() -> None:
    """Lines that were broken to fit the page are whole again."""
    found = read_document(pdf(TEXT * 4), "x.docx")
    assert found.text.replace(" ", "") == TEXT * 4


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_plain_text(encoding: str) -> None:
    """In any encoding."""
    assert read_document(TEXT.encode(encoding)).text == TEXT


def test_markdown_reads_as_text() -> None:
    """Without its marks."""
    text = f"# 星河论坛\n\n**{TEXT}**\n\n- [链接](https://a.example)\n> 引文\n\n---\n![图](x.png)"
    found = read_document(text.encode(), "x.md").text
    assert found.split() == ["星河论坛", TEXT, "链接", "引文"]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "intake.empty"),
        (b" \n\t", "intake.empty"),
        (b"\x89PNG\r\n\x1a\n....", "intake.unknown_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "intake.encrypted"),
        (b"%PDF-1.7\nnothing", "intake.damaged"),
        (b"PK\x03\x04nothing", "intake.damaged"),
        (bytes(range(256)) * 40, "intake.encoding_unknown"),
        (b"<html><body><p>x</p></body></html>", "intake.no_article"),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, key: str) -> None:
    """One sentence each."""
    assert key_of(data) == key


def test_encrypted_files() -> None:
    """A password is asked of nobody."""
    assert key_of(pdf(TEXT, owner_password="a", user_password="b")) == "intake.encrypted"
    made = bytearray(archive(word__document__xml=b"x").replace(b"word/document/xml", b"word/document.xml"))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = made.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        made[place] |= 1
    assert key_of(bytes(made)) == "intake.encrypted"


def test_pictures_of_text_hold_none() -> None:
    """A scanned page."""
    made = FPDF()
    made.add_page()
    made.image(Image.new("RGB", (60, 60), "white"))
    assert key_of(bytes(made.output())) == "intake.no_text"


def test_zip_bombs() -> None:
    """By the size that they say, and by their number."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", bytes(200_000_000))
    assert key_of(out.getvalue()) == "intake.bomb"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as made:
        for number in range(3_000):
            made.writestr(f"{number}.xml", b"")
    assert key_of(many.getvalue()) == "intake.bomb"
    assert key_of(archive(a=b"x")) == "intake.unknown_file"


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">%s]><a>&z;</a>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(25)
)
OUTWARD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize("part", [LAUGHS, OUTWARD, LAUGHS.decode().encode("utf-16")])
def test_xml_bombs_and_references_outward(part: bytes) -> None:
    """No part of a .docx may declare entities, in any encoding."""
    out = io.BytesIO(docx(TEXT))
    made = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(made, "w") as after:
        for member in before.infolist():
            after.writestr(member, part if member.filename == "word/document.xml" else before.read(member))
    assert key_of(made.getvalue()) == "intake.bomb"


def test_a_page_of_entities_is_no_bomb() -> None:
    """Nothing in a page is expanded or read from elsewhere."""
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>{TEXT}&x;&z;</p><p>{TEXT}</p></body></html>'
    assert "root:" not in read_document(page.encode()).text


def test_too_many_pages() -> None:
    """A book is no article."""
    assert key_of(pdf("x", pages=301)) == "intake.many_pages"


def test_refusals_cross_from_the_worker() -> None:
    """With their values."""
    refusal = pickle.loads(pickle.dumps(Refused("intake.many_pages", limit=3)))
    assert (refusal.key, refusal.values) == ("intake.many_pages", {"limit": 3})


def test_lines_of_a_page_are_joined() -> None:
    """Where they are full and end in the middle of a sentence."""
    text = "云州大学教授林知远表示，开源是\n人工智能的土壤。\n远帆科技\n董事长沈若琳指出，平台已有五\n百万。"
    assert unwrapped(text).split("\n")[0] == "云州大学教授林知远表示，开源是人工智能的土壤。"
    assert unwrapped("A long English line that\ngoes on here.") == "A long English line that goes on here."


@pytest.fixture
async def reader() -> AsyncIterator[Workers]:
    workers = Workers(seconds=10, memory=_READER_MEMORY)
    try:
        await workers.run(read_document, TEXT.encode())
        yield workers
    finally:
        workers.close()


def deep_page() -> bytes:
    return b"<html><body>" + b"<div>" * 200_000 + TEXT.encode() + b"</div>" * 200_000 + b"</body></html>"


def pdf_bomb() -> bytes:
    """A page whose content unpacks to a gigabyte."""
    import zlib  # noqa: PLC0415 - here alone

    stream = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    body = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(stream), stream)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        body,
    ]
    out = b"%PDF-1.7\n"
    for number, one in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return out + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


@pytest.mark.parametrize("bomb", [deep_page, pdf_bomb])
async def test_others_are_answered_while_a_bomb_is_refused(reader: Workers, bomb: object) -> None:
    """The event loop is never late by a tenth of a second, and the worker does its work again afterwards."""
    lags: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.005)
            lags.append(time.perf_counter() - begun - 0.005)

    data = bomb()  # type: ignore[operator]  # one of the two above
    watching = asyncio.create_task(watch())
    try:
        found = await reader.run(read_document, data)
    except (Refused, PreparationError):
        found = None
    watching.cancel()
    assert found is None or len(found.text) <= 2_000
    assert sorted(lags)[int(len(lags) * 0.99)] < 0.1
    assert (await reader.run(read_document, TEXT.encode())).text == TEXT
