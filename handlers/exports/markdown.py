"""A paper as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.exports.paper import Entry, Paper, Reference

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~$&-])")


def write(paper: Paper) -> bytes:
    """The file's bytes, in UTF-8."""
    return ("\n".join(_lines(paper)) + "\n").encode()


def escaped(text: str) -> str:
    """Words of others as Markdown shows them: they never become markup."""
    return _MARKUP.sub(r"\\\1", text)


def _lines(paper: Paper) -> Iterator[str]:
    labels = paper.labels
    yield f"# {escaped(paper.title)}"
    for note in paper.notes:
        yield from ("", escaped(note))
    yield from ("", f"## {labels.contents}", "")
    for index, chapter in enumerate(paper.chapters, 1):
        yield f"{index}. [{escaped(chapter.heading)}](#s{index})"
    yield f"{len(paper.chapters) + 1}. [{labels.sources}](#sources)"
    for index, chapter in enumerate(paper.chapters, 1):
        yield from ("", f'<a id="s{index}"></a>', "", f"## {escaped(chapter.heading)}", "")
        for entry in chapter.entries:
            yield from _entry(entry, chapter.heading)
    yield from ("", '<a id="sources"></a>', "", f"## {labels.sources}", "")
    for reference in paper.references:
        yield _reference(reference)


def _entry(entry: Entry, heading: str) -> Iterator[str]:
    cited = f"[\\[{entry.number}\\]]({entry.link})"
    if entry.quoted:
        if entry.details:
            yield from (f"**{escaped(entry.details)}**", "")
        yield from (f"> {escaped(entry.text)} {cited}", "")
        return
    aside = entry.aside(heading)
    yield f"- **{escaped(entry.text)}**{f' — {escaped(aside)}' if aside else ''} {cited}"
    if entry.sentence and entry.closing:
        yield f"  > {escaped(entry.sentence)}"
    yield ""


def _reference(reference: Reference) -> str:
    title = f"《{escaped(reference.title)}》 " if reference.title else ""
    url = f" <{reference.url}>" if reference.url and not set(reference.url) & set("<> ") else ""
    return f"{reference.number}. {title}{escaped(reference.label)}{url}"
