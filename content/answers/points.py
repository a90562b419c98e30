"""One record to one point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.answers.model import Note, Point
from content.records import (
    EntityRef,
    EventRecord,
    FigureRecord,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    ProductRecord,
    SearchHit,
    WorkRecord,
)


def notes(**values: str | None) -> tuple[Note, ...]:
    """The particulars that are known, in the order given."""
    return tuple(Note(label, value) for label, value in values.items() if value)


def post(record: PostRecord) -> Point:
    """A post of the person whose page it stands on; it leads to the organisation."""
    organization = record.organization.name if record.organization else None
    return Point(
        kind="post",
        text=record.person.name,
        citation=record.evidence,
        entity=record.organization,
        notes=notes(organization=organization, title=record.title),
    )


def member(record: PostRecord) -> Point:
    """A post in the organisation whose page it stands on; it leads to the person."""
    return Point(
        kind="member",
        text=record.person.name,
        citation=record.evidence,
        entity=record.person,
        notes=notes(title=record.title),
    )


def appearance(record: ParticipationRecord, event: EventRecord | None) -> Point:
    """Where a person took part; where no event is reported only the role is known."""
    return Point(
        kind="appearance",
        text=record.event.name if record.event else "",
        citation=record.evidence,
        entity=record.event,
        notes=notes(
            role=record.role,
            venue=event.venue if event else None,
            city=event.city if event else None,
            date=event.date if event else None,
            published_note=record.evidence.source.published_note,
        ),
    )


def participant(record: ParticipationRecord) -> Point:
    """A person on the page of an event, with the posts that the article gives."""
    return Point(
        kind="member",
        text=record.person.name,
        citation=record.evidence,
        entity=record.person,
        notes=(
            *notes(role=record.role),
            *(Note("post", label) for label in map(post_label, record.posts) if label),
        ),
    )


def post_label(record: PostRecord) -> str:
    """Organisation and position as one line: ``百度 · 首席技术官``."""
    organization = record.organization.name if record.organization else None
    return " · ".join(part for part in (organization, record.title) if part)


def event(record: EventRecord) -> Point:
    """What is known of an event."""
    return Point(
        kind="event",
        text=record.ref.name,
        citation=record.evidence,
        entity=record.ref,
        notes=(
            *notes(
                date=record.date,
                published_note=record.evidence.source.published_note,
                venue=record.venue,
                city=record.city,
                theme=record.theme,
            ),
            *(Note("host", host) for host in record.hosts),
        ),
    )


def figure(record: FigureRecord) -> Point:
    """A quantity with what it is a quantity of, and who gave it."""
    return Point(
        kind="figure",
        text=record.text,
        citation=record.evidence,
        entity=record.person,
        notes=notes(
            subject=record.subject,
            period=record.period,
            as_of=record.as_of,
            comparator=record.comparator,
            value=repr(record.value),
            value_max=None if record.value_max is None else repr(record.value_max),
            unit=record.unit,
            sentence=record.sentence,
        ),
    )


def figures(records: Sequence[FigureRecord]) -> list[Point]:
    """Quantities; where articles give different ones of one thing, each is marked to name its source."""
    given: dict[tuple[object, ...], set[float]] = {}
    for record in records:
        given.setdefault(_counted(record), set()).add(record.value)
    return [
        replace(point, notes=(*point.notes, Note("disputed", "1")))
        if record.subject and len(given[_counted(record)]) > 1
        else point
        for record in records
        for point in (figure(record),)
    ]


def _counted(record: FigureRecord) -> tuple[object, ...]:
    """What a quantity is of: two articles that differ in the value of the same disagree."""
    return record.subject, record.unit, record.period, record.as_of


def figure_in_sentence(record: FigureRecord) -> Point:
    """A quantity with the sentence it stands in, marked there."""
    found = record.sentence.find(record.text)
    return replace(
        figure(record),
        kind="figure_in_sentence",
        marks=((found, found + len(record.text)),) if found >= 0 else (),
    )


def work(record: WorkRecord) -> Point:
    """A titled work and who gave or released it."""
    return Point(
        kind="work",
        text=record.title,
        citation=record.evidence,
        entity=record.person or record.organization,
        notes=notes(work_kind=record.kind, by=record.by),
    )


def product(record: ProductRecord) -> Point:
    """A product where an article names it."""
    return Point(
        kind="product",
        text=record.product.name,
        citation=record.evidence,
        entity=record.product,
        notes=notes(organization=record.organization.name if record.organization else None),
    )


def milestone(record: MilestoneRecord) -> Point:
    """Something dated, in the article's words."""
    return Point(
        kind="milestone",
        text=record.text,
        citation=record.evidence,
        entity=record.event,
        notes=notes(date=record.date),
    )


def hit(record: SearchHit) -> Point:
    """A sentence that search found."""
    return Point(
        kind="hit",
        text=record.evidence.text,
        citation=record.evidence,
        marks=record.marks,
        entity=record.person,
    )


def onward(*groups: Iterable[EntityRef | None], limit: int = 6) -> tuple[EntityRef, ...]:
    """Where to go next: each target once, the first groups first."""
    targets = dict.fromkeys(ref for group in groups for ref in group if ref is not None)
    return tuple(targets)[:limit]
