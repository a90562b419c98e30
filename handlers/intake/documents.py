"""Documents to text. Run in a worker process with bounds: a parser may be made to take any time and memory.

What a document is, its first bytes say; its name only tells plain text from Markdown.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from content.encodings import UndecodableError, decode
from handlers.intake.model import Intaken, Refused

LARGEST = 20 * 1024 * 1024
"""Bytes of a document at most."""
_TEXT = 1_000_000
"""Characters that a document may give."""
_UNZIPPED = 60 * 1024 * 1024
"""Bytes that a .docx may unpack to; a long report has about one million."""
_MEMBERS = 2_000
_PAGES = 300
_SHORTEST = 20
"""Characters that the main text of a page has at least."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1|meta)\b", re.IGNORECASE)
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\x7fELF",
    b"MZ",
)
_DATES = re.compile(
    r"(?:publish|pubdate|datepublished|article:published_time|og:release_date)", re.IGNORECASE
)
_ISO = re.compile(r"([12]\d{3})[-/年.]?([01]?\d)[-/月.]?([0-3]?\d)")
_ENDS = "。！？!?：:；;”』」"


def read_document(
    data: bytes, name: str | None = None, charset: str | None = None, url: str | None = None
) -> Intaken:
    """The article in a document.

    Args:
        data: its bytes.
        name: what it was called; trusted in nothing but whether a text is Markdown.
        charset: the encoding that a server named.
        url: where it was fetched.

    Raises:
        Refused: it is empty, encrypted, too large, damaged, or holds no text.
    """
    if not data.strip():
        raise Refused("intake.empty")
    if len(data) > LARGEST:
        raise Refused("intake.too_large")
    read = _reader(data)
    found = read(data, name or "", charset)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("intake.no_text")
    if len(text) > _TEXT:
        raise Refused("intake.too_large")
    return Intaken(text=text, title=found.title, url=url, published=found.published, site=found.site)


def _reader(data: bytes) -> Callable[[bytes, str, str | None], Intaken]:
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        return _word
    if data.startswith(_OLE):
        # Word 97, and every encrypted .docx.
        raise Refused("intake.encrypted")
    if data.startswith(_BINARY):
        raise Refused("intake.unknown_file")
    return _page if _WEB.search(data[:4096].replace(b"\0", b"")) else _plain


def _plain(data: bytes, name: str, charset: str | None) -> Intaken:
    text = _decoded(data, charset)
    return Intaken(text=_from_markdown(text) if name.lower().endswith((".md", ".markdown")) else text)


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, charset)
    except UndecodableError:
        raise Refused("intake.encoding_unknown") from None


def _from_markdown(text: str) -> str:
    """Markdown as it reads: without the marks of headings, emphasis, quotations, links and pictures."""
    text = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", text)
    text = re.sub(r"\[([^\]\n]+)\]\([^)\n]*\)", r"\1", text)
    text = re.sub(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*(?:[-*_][ \t]*){3,}$", "", text, flags=re.MULTILINE)
    return re.sub(r"(\*\*|__)(?=\S)([^\n]*?\S)\1", r"\2", text)


def _page(data: bytes, _name: str, charset: str | None) -> Intaken:
    """The main text of a page, its title, and what it says of its date and site."""
    import trafilatura  # noqa: PLC0415 - heavy, and meant for the worker
    from lxml import html  # noqa: PLC0415 - likewise

    markup = _decoded(data, charset)
    found = trafilatura.bare_extraction(
        markup, include_comments=False, include_tables=True, with_metadata=True, favor_recall=True
    )
    if found is None or isinstance(found, dict) or len((found.text or "").strip()) < _SHORTEST:
        raise Refused("intake.no_article")
    # Its own parser reads no entity from anywhere and gives up on bombs of them.
    tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup))
    return Intaken(
        text=found.text or "",
        title=found.title or None,
        published=_published(tree),
        site=_meta(tree, "og:site_name"),
    )


def _meta(tree: object, name: str) -> str | None:
    values = tree.xpath("//meta[@property=$n or @name=$n]/@content", n=name)  # type: ignore[attr-defined]  # lxml
    return str(values[0]).strip()[:60] or None if values else None


def _published(tree: object) -> str | None:
    """The date that a page states as its own; none is worked out from the text."""
    for meta in tree.xpath("//meta[@content]"):  # type: ignore[attr-defined]  # lxml has no types
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found = _ISO.match(meta.get("content").strip()) if _DATES.search(name) else None
        if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return None


def _word(data: bytes, _name: str, _charset: str | None) -> Intaken:
    from docx import Document  # noqa: PLC0415 - heavy, and meant for the worker
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - likewise
    from lxml.etree import LxmlError  # noqa: PLC0415 - likewise

    try:
        _check_archive(data)
        document = Document(BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, LxmlError, NotImplementedError):
        raise Refused("intake.damaged") from None
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [
        "\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        for table in document.tables
        for row in table.rows
    ]
    title = document.core_properties.title.strip() or None
    return Intaken(text="\n".join(lines), title=title)


def _check_archive(data: bytes) -> None:
    """See that an archive is a .docx that unpacks to something bearable.

    Raises:
        Refused: it is something else, encrypted, or unpacks to too much.
        zipfile.BadZipFile: it is damaged.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > _MEMBERS or sum(one.file_size for one in members) > _UNZIPPED:
            raise Refused("intake.bomb")
        if any(one.flag_bits & 1 for one in members):
            raise Refused("intake.encrypted")
        names = {one.filename for one in members}
        if "word/document.xml" not in names:
            raise Refused("intake.unknown_file")
        for one in members:
            if one.filename.endswith((".xml", ".rels")) and _declares_entities(archive, one):
                raise Refused("intake.bomb")


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether an XML part has a document type, where bombs and references outward begin."""
    with archive.open(member) as part:
        head = part.read(4096)
    return b"<!DOCTYPE" in head.replace(b"\0", b"") or b"<!ENTITY" in head.replace(b"\0", b"")


def _pdf(data: bytes, _name: str, _charset: str | None) -> Intaken:
    import pypdfium2  # noqa: PLC0415 - heavy, and meant for the worker

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        key = "intake.encrypted" if "password" in str(error).lower() else "intake.damaged"
        raise Refused(key) from None
    try:
        count = len(document)
        if count > _PAGES:
            raise Refused("intake.many_pages", limit=_PAGES)
        pages: list[str] = []
        total = 0
        for number in range(count):
            page = document[number].get_textpage().get_text_bounded()
            total += len(page)
            if total > _TEXT:
                raise Refused("intake.too_large")
            pages.append(page)
        title = (document.get_metadata_dict().get("Title") or "").strip() or None
    except pypdfium2.PdfiumError:
        raise Refused("intake.damaged") from None
    finally:
        document.close()
    return Intaken(text=unwrapped("\n".join(pages)), title=title)


def unwrapped(text: str) -> str:
    """Lines that a page breaks in the middle of a sentence as one line again."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    widest = sorted(len(line) for line in lines if line)
    full = widest[len(widest) * 3 // 4] * 0.8 if widest else 0
    joined: list[str] = []
    for line in lines:
        before = joined[-1] if joined else ""
        if before and line and len(before) >= full and before[-1] not in _ENDS:
            glue = " " if before[-1].isascii() and line[0].isascii() else ""
            joined[-1] = before + glue + line
        else:
            joined.append(line)
    return "\n".join(line for line in joined if line)
