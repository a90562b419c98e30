"""Records to pictures, as many as it takes: what one cannot hold is in the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from content.answers.points import post_label
from content.answers.quotations import quotations
from content.pictures.model import Bar, Card, Chart, Chronicle, Dated, Member, Network, Panel
from content.records import (
    EntityRef,
    EventRecord,
    FigureRecord,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    StatementRecord,
    Subject,
)

QUOTATION = 140
"""Code points up to which sentences that follow on share one card."""
BARS, ENTRIES, MEMBERS = 8, 6, 9
"""Quantities, dates and people of one picture at most."""
_ROOM = 560
"""Code points of one picture's texts at most, so that its caption can say them; longer passages are cut."""
TOPICS = 3
"""Topics of one person in a network at most; with all of them no line could be followed."""
_LEADING = 10
"""Topics of one network at most: those that most was said about."""
_T = TypeVar("_T")
_Measure = tuple[object, ...]


def cards(
    person: EntityRef,
    statements: Sequence[StatementRecord],
    posts: Sequence[PostRecord],
    events: Sequence[EventRecord] = (),
) -> tuple[Card, ...]:
    """A person's statements as cards, each with the posts that its article gives."""
    names = {record.evidence.fact_id: record.event for record in statements}
    dates = {event.ref: event.date for event in events}
    made = []
    for point in quotations(statements, limit=QUOTATION):
        event = names[point.citation.fact_id]
        there = [post for post in posts if _same_article(post, point.citation.source.article_id)]
        text, cut = _excerpt(point.text)
        made.append(
            Card(
                text=text,
                cut=cut,
                speaker=person.name,
                posts=tuple(filter(None, map(post_label, there or posts[:2]))),
                event=event.name if event else None,
                date=dates.get(event) if event else None,
                citation=point.citation,
            )
        )
    return tuple(made)


def charts(figures: Sequence[FigureRecord], title: str | None = None, words: str = "") -> tuple[Chart, ...]:
    """Figures as charts: first those that can be compared, then those that stand alone."""
    groups: dict[_Measure, list[FigureRecord]] = defaultdict(list)
    for figure in figures:
        groups[_measure(figure)].append(figure)
    ordered = sorted(
        groups.values(), key=lambda group: (len(group) == 1 and group[0].unit != "%", -len(group))
    )
    figures = [
        figure
        for group in ordered
        for figure in sorted(group, key=lambda one: -max(one.value, one.value_max or one.value))
    ]
    pages = paged(figures, BARS, lambda one: len(one.text) + len(one.subject or ""))
    return tuple(Chart(title=title, words=words, panels=_panels(page)) for page in pages)


def chronicles(milestones: Sequence[MilestoneRecord], words: str = "") -> tuple[Chronicle, ...]:
    """Dated sentences, oldest first."""
    entries = []
    for record in milestones:
        text, cut = _excerpt(record.text)
        event = record.event.name if record.event else None
        entries.append(Dated(date=record.date, text=text, cut=cut, event=event, citation=record.evidence))
    pages = paged(entries, ENTRIES, lambda entry: len(entry.text))
    return tuple(Chronicle(words=words, entries=page) for page in pages)


def networks(
    event: EventRecord, participants: Sequence[ParticipationRecord], subjects: Sequence[Subject]
) -> tuple[Network, ...]:
    """Who was at an event, for whom, and what they spoke about."""
    weights: dict[EntityRef, int] = defaultdict(int)
    for subject in subjects:
        weights[subject.topic] += subject.count
    leading = set(sorted(weights, key=lambda topic: -weights[topic])[:_LEADING])
    members = []
    for record in participants:
        organizations = (post.organization.name for post in record.posts if post.organization)
        members.append(
            Member(
                name=record.person.name,
                posts=tuple(filter(None, map(post_label, record.posts))),
                titles=tuple(dict.fromkeys(post.title for post in record.posts if post.title)),
                organizations=tuple(dict.fromkeys(organizations)),
                topics=tuple(
                    (subject.topic.name, subject.count)
                    for subject in subjects
                    if subject.person == record.person and subject.topic in leading
                )[:TOPICS],
            )
        )
    pages = paged(members, MEMBERS, _units)
    return tuple(
        Network(event=event.ref.name, date=event.date, members=page, citation=event.evidence)
        for page in pages
    )


def paged(items: Sequence[_T], most: int, units: Callable[[_T], int]) -> tuple[tuple[_T, ...], ...]:
    """Items in as few pages as hold them, filled evenly.

    Args:
        items: in order.
        most: items of a page.
        units: code points of an item.
    """
    pages: list[list[_T]] = []
    even = -(-len(items) // max(1, -(-len(items) // most)))
    room = 0
    for item in items:
        if not pages or len(pages[-1]) >= even or units(item) > room:
            pages.append([])
            room = _ROOM
        pages[-1].append(item)
        room -= units(item)
    return tuple(map(tuple, pages))


def _excerpt(text: str) -> tuple[str, bool]:
    """A passage on one line, and whether it was cut."""
    line = " ".join(text.split())
    return (line, False) if len(line) <= _ROOM else (line[: _ROOM - 1] + "…", True)


def _panels(figures: Iterable[FigureRecord]) -> tuple[Panel, ...]:
    return tuple(_panel(tuple(group)) for _, group in groupby(figures, key=_measure))


def _panel(group: Sequence[FigureRecord]) -> Panel:
    return Panel(unit=group[0].unit, period=group[0].period, bars=tuple(map(_bar, group)))


def _measure(figure: FigureRecord) -> _Measure:
    """What must be equal in quantities that are compared; without a unit a quantity compares with nothing."""
    return (figure.unit, figure.period) if figure.unit else (None, figure.evidence.fact_id, figure.text)


def _bar(figure: FigureRecord) -> Bar:
    return Bar(
        text=figure.text,
        value=figure.value,
        value_max=figure.value_max,
        subject=figure.subject or "",
        as_of=figure.as_of,
        speaker=figure.person.name if figure.person else None,
        citation=figure.evidence,
    )


def _units(member: Member) -> int:
    parts = (member.name, *member.posts, *(name for name, _ in member.topics))
    return sum(map(len, parts))


def _same_article(post: PostRecord, article_id: int) -> bool:
    return post.evidence.source.article_id == article_id
