"""A collection as a paper: headings, entries and sources in words, which every format writes its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from content.answers.model import Point, Section
from content.collection import Collection, verbatim
from content.records import Source
from handlers.i18n import Wording
from handlers.links import fact_link
from handlers.render import figure_label, source_label
from handlers.rich_text import neutral

COLUMNS = (
    "section",
    "kind",
    "text",
    "details",
    "sentence",
    "person",
    "number",
    "source",
    "title",
    "link",
    "entries",
)
"""What a table says of a fact or a source."""
_WEB = ("http://", "https://")
_SEPARATORS = {"en": "; "}
_PICTOGRAPHS = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")


class Entry(NamedTuple):
    """One fact."""

    text: str
    quoted: bool
    """Whether the text is the article's own words."""
    details: str
    """What is to be known of the fact besides."""
    sentence: str
    """The article's sentence that a quantity stands in."""
    person: str
    number: int
    """Of the source."""
    link: str
    closing: bool
    """Whether the next fact is from another sentence."""

    def aside(self, heading: str) -> str:
        """What stands beside the text: particulars, and the person where nothing else names them."""
        person = "" if self.person in (self.text, heading) else self.person
        return " · ".join(part for part in (self.details, person) if part)


class Chapter(NamedTuple):
    """Facts under one heading."""

    heading: str
    entries: tuple[Entry, ...]


class Reference(NamedTuple):
    """An article that facts are from."""

    number: int
    label: str
    title: str
    url: str


class Labels(NamedTuple):
    """Our own words for the parts of a paper."""

    contents: str
    sources: str
    quoted: str
    fact: str
    colon: str
    section: str
    text: str
    details: str
    sentence: str
    person: str
    kind: str
    number: str
    source: str
    title: str
    link: str
    entries: str


class Paper(NamedTuple):
    """Everything that a file says."""

    title: str
    notes: tuple[str, ...]
    """How to read it, what it leaves out, when it was made."""
    chapters: tuple[Chapter, ...]
    references: tuple[Reference, ...]
    labels: Labels
    language: str


def paper_of(collection: Collection, t: Wording, bot_username: str, made: datetime) -> Paper:
    """Word a collection.

    Args:
        collection: the facts.
        t: the reader's language.
        bot_username: for the links to the facts.
        made: the reader's own time.
    """
    numbers = {source.article_id: number for number, source in enumerate(collection.sources, 1)}
    chapters = tuple(_chapter(t, part, numbers, bot_username) for part in collection.sections)
    return Paper(
        title=neutral(collection.subject.name) if collection.subject else t("export.title_all"),
        notes=tuple(_notes(collection, t, bot_username, made)),
        chapters=chapters,
        references=tuple(_reference(t, source, numbers) for source in collection.sources),
        labels=_labels(t),
        language=t.language,
    )


def limited(collection: Collection, t: Wording) -> str | None:
    """What a file of the collection leaves out, in words."""
    if not collection.left_out:
        return None
    total = collection.facts + collection.left_out
    return t("export.limited", shown=t.number(collection.facts), total=t.number(total))


def _notes(collection: Collection, t: Wording, bot_username: str, made: datetime) -> Iterator[str]:
    yield t("export.note")
    if cut := limited(collection, t):
        yield cut
    yield t("export.made", bot=bot_username, date=t.date(made.date().isoformat()))


def _chapter(t: Wording, part: Section, numbers: dict[int, int], bot_username: str) -> Chapter:
    entries = [_entry(t, point, part, numbers, bot_username) for point in part.points]
    following = [*(entry.sentence for entry in entries[1:]), ""]
    return Chapter(
        _heading(t, part),
        tuple(
            entry._replace(closing=entry.sentence != after)
            for entry, after in zip(entries, following, strict=True)
        ),
    )


def _heading(t: Wording, part: Section) -> str:
    if part.entity is not None:
        return neutral(part.entity.name)
    return _plain(t(f"section.{part.label}", count=t.number(part.total)))


def _entry(t: Wording, point: Point, part: Section, numbers: dict[int, int], bot_username: str) -> Entry:
    details = _SEPARATORS.get(t.language, "；").join(map(_plain, _details(t, point)))
    text = _text(point)
    if point.kind == "event" and details:  # its name is the heading
        text, details = details, ""
    person = part.entity if part.label == "voice" else point.entity
    return Entry(
        text=neutral(text),
        quoted=verbatim(point),
        details=details,
        sentence=neutral(_line(point.note("sentence") or "")) if point.kind == "figure" else "",
        person=neutral(person.name) if person and person.kind == "person" else "",
        number=numbers[point.citation.source.article_id],
        link=fact_link(bot_username, point.citation.fact_id),
        closing=True,
    )


def _text(point: Point) -> str:
    if point.kind == "post":
        label = " · ".join(value for value in (point.note("organization"), point.note("title")) if value)
        return label or point.text
    return f"《{point.text}》" if point.kind == "work" else _line(point.text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Wording of the chat without its pictographs."""
    return _line(_PICTOGRAPHS.sub("", neutral(text)))


def _details(t: Wording, point: Point) -> Iterator[str]:
    """The particulars of a fact in the reader's words; the article's own stay as they are."""
    if point.kind == "figure":
        label = figure_label(t, point.note("subject") or "", point.note("period"), point.note("as_of"))
        if label:
            yield label
    if kind := point.note("work_kind"):
        yield t(f"work.{kind}")
    if by := point.note("by"):
        yield by
    if date := point.note("date"):
        yield t.date(date)
    if note := point.note("published_note"):
        yield t("note.published_note", note=note)
    if point.kind == "event":
        places = [place for place in (point.note("venue"), point.note("city")) if place]
        if places:
            yield t("list.separator").join(places)
        if theme := point.note("theme"):
            yield t("note.theme", theme=theme)
        hosts = [note.value for note in point.notes if note.label == "host"]
        if hosts:
            yield t("note.hosts", hosts=t("list.separator").join(hosts))
    if point.kind == "member":
        yield t(f"did.{point.note('role')}")
        yield from (note.value for note in point.notes if note.label == "post")
    if point.kind == "product" and (owner := point.note("organization")):
        yield owner


def _reference(t: Wording, source: Source, numbers: dict[int, int]) -> Reference:
    url = source.url if source.url and source.url.startswith(_WEB) else ""
    return Reference(
        numbers[source.article_id],
        neutral(source_label(t, source)),
        neutral(source.title or ""),
        neutral(url),
    )


def _labels(t: Wording) -> Labels:
    return Labels(
        contents=t("export.contents"),
        sources=t("export.sources"),
        quoted=t("export.quoted"),
        fact=t("export.fact"),
        colon=t("colon"),
        **{name: t(f"export.column.{name}") for name in COLUMNS},
    )
