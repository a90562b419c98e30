"""Records to the answer about one person, organisation, event, topic or product."""

from __future__ import annotations

from collections.abc import Sequence

from content.answers import points
from content.answers.model import Answer, Point, Section
from content.answers.quotations import by_speaker, quotations
from content.records import (
    Counted,
    EntityRef,
    EventRecord,
    FigureRecord,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    ProductRecord,
    StatementRecord,
    WorkRecord,
)


def section(label: str, found: Sequence[Point], *, total: int | None = None) -> tuple[Section, ...]:
    """The section with these points; no section where there are none."""
    if not found:
        return ()
    return (Section(label=label, points=tuple(found), total=len(found) if total is None else total),)


def about_person(  # noqa: PLR0913 - one argument for every kind of fact about a person
    person: EntityRef,
    *,
    posts: Sequence[PostRecord] = (),
    appearances: Sequence[tuple[ParticipationRecord, EventRecord | None]] = (),
    statements: Sequence[StatementRecord] = (),
    total: int = 0,
    figures: Sequence[FigureRecord] = (),
    works: Sequence[WorkRecord] = (),
    topics: Sequence[Counted] = (),
    word: str = "",
) -> Answer:
    """Who a person is, where they spoke, what they said, which figures they gave.

    Args:
        person: whom it is about.
        posts: their posts.
        appearances: where they took part, with what is known of each event.
        statements: their statements, in text order within each article.
        total: number of statements altogether.
        figures: the figures inside their statements.
        works: their talks and other titled works.
        topics: what they spoke about.
        word: what to mark in the statements.
    """
    sections = (
        *section("posts", [points.post(record) for record in posts]),
        *section("appearances", [points.appearance(record, event) for record, event in appearances]),
        *section("statements", quotations(statements, word), total=total),
        *section("figures", points.figures(figures)),
        *section("works", [points.work(record) for record in works]),
    )
    events = (record.event for record, _ in appearances)
    organizations = (record.organization for record in posts)
    onward = points.onward((topic.ref for topic in topics[:4]), organizations, events, limit=8)
    return Answer(label="speaker", subject=person, sections=sections, onward=onward)


def about_organization(
    organization: EntityRef,
    *,
    members: Sequence[PostRecord] = (),
    products: Sequence[ProductRecord] = (),
    figures: Sequence[FigureRecord] = (),
    works: Sequence[WorkRecord] = (),
) -> Answer:
    """Who belongs to an organisation, its products, figures and works."""
    sections = (
        *section("members", [points.member(record) for record in members]),
        *section("products", [points.product(record) for record in products]),
        *section("figures", points.figures(figures)),
        *section("works", [points.work(record) for record in works]),
    )
    onward = points.onward((record.person for record in members), (record.product for record in products))
    return Answer(label="org", subject=organization, sections=sections, onward=onward)


def about_topic(
    topic: EntityRef,
    *,
    statements: Sequence[StatementRecord] = (),
    total: int = 0,
) -> Answer:
    """What was said about a topic, speaker by speaker, groups last; the word is marked."""
    sections = spoken(statements, topic.name, total)
    return Answer(
        label="topic",
        subject=topic,
        sections=sections,
        onward=points.onward(part.entity for part in sections),
    )


def about_product(
    product: EntityRef,
    *,
    mentions: Sequence[ProductRecord] = (),
    figures: Sequence[FigureRecord] = (),
    milestones: Sequence[MilestoneRecord] = (),
    statements: Sequence[StatementRecord] = (),
    total: int = 0,
) -> Answer:
    """Whose product it is, its figures and dates, and what was said about it."""
    owners = [record.organization for record in mentions if record.organization]
    voices = spoken(statements, product.name, total)
    sections = (
        *section("figures", points.figures(figures)),
        *section("milestones", [points.milestone(record) for record in milestones]),
        *voices,
        *(() if voices or figures or milestones else section("mentions", _mentions(mentions))),
    )
    return Answer(
        label="product",
        subject=product,
        of=owners[0] if owners else None,
        sections=sections,
        onward=points.onward(owners, (part.entity for part in voices)),
    )


def about_event(
    event: EventRecord,
    *,
    participants: Sequence[ParticipationRecord] = (),
    topics: Sequence[Counted] = (),
) -> Answer:
    """When and where an event was, and who took part in which role."""
    roles = ("speaker", "moderator", "panelist", "attendee")
    sections = (
        *section("facts", [points.event(event)]),
        *(
            part
            for role in roles
            for part in section(
                f"role.{role}", [points.participant(record) for record in participants if record.role == role]
            )
        ),
    )
    people = (record.person for record in participants)
    onward = points.onward((topic.ref for topic in topics[:4]), people, limit=8)
    return Answer(label="event", subject=event.ref, sections=sections, onward=onward)


def briefing(
    event: EventRecord,
    *,
    said: Sequence[tuple[ParticipationRecord, StatementRecord | None]] = (),
    figures: Sequence[FigureRecord] = (),
    works: Sequence[WorkRecord] = (),
    topics: Sequence[Counted] = (),
) -> Answer:
    """An event on one page: the facts, one sentence of each speaker, the figures, the works.

    Args:
        event: what is reported.
        said: who took part, each with the sentence that stands for them where they are quoted.
        figures: the figures to show.
        works: the works to show.
        topics: what it was about.
    """
    voices = tuple(
        Section(
            label="voice",
            entity=record.person,
            points=(*quotations([statement]),) if statement else (),
            total=1,
        )
        for record, statement in said
        if statement
    )
    others = [points.participant(record) for record, statement in said if not statement]
    sections = (
        *section("facts", [points.event(event)]),
        *voices,
        *section("others", others),
        *section("figures", points.figures(figures)),
        *section("works", [points.work(record) for record in works]),
    )
    people = (record.person for record, statement in said if statement)
    onward = points.onward([event.ref], (topic.ref for topic in topics[:4]), people, limit=9)
    return Answer(label="briefing", subject=event.ref, sections=sections, onward=onward)


def spoken(statements: Sequence[StatementRecord], word: str = "", total: int = 0) -> tuple[Section, ...]:
    """What was said, speaker by speaker, groups last."""
    return tuple(
        Section(
            label="voice" if speaker else "group",
            entity=speaker,
            points=quotations(group, word),
            total=total,
        )
        for speaker, group in by_speaker(statements)
    )


def _mentions(mentions: Sequence[ProductRecord]) -> list[Point]:
    return [points.product(record) for record in mentions]
