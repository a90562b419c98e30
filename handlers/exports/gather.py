"""Facts from the database into one collection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from content.collection import Collection, Gathering, Voice
from content.records import EntityRef, StatementRecord

if TYPE_CHECKING:
    from storage.repositories import Repositories

LIMIT = 1_000
"""Facts of a kind in one file at most."""


async def collect(repositories: Repositories, subject: EntityRef | None, limit: int = LIMIT) -> Collection:
    """The facts of a person or an event, or all.

    Args:
        repositories: where they are.
        subject: a person or an event; None for everything.
        limit: facts of a kind at most; how many more there are is counted.
    """
    if subject is None:
        return await _everything(repositories, limit)
    if subject.kind == "event":
        return await _event(repositories, subject, limit)
    return await _person(repositories, subject, limit)


async def _everything(repositories: Repositories, limit: int) -> Collection:
    said, all_said = await repositories.facts.statements(limit)
    figures, all_figures = await repositories.figures.list(limit)
    works, all_works = await repositories.works.list(limit)
    milestones, all_milestones = await repositories.milestones.list(limit)
    events = await repositories.events.list(limit)
    products = await repositories.products.list(limit)
    people = await repositories.people.list(limit)
    mentions = [await repositories.products.mentions(item.ref.id) for item in products.items]
    pairs = ((said, all_said), (figures, all_figures), (works, all_works), (milestones, all_milestones))
    pages = (events, products, people)
    return Collection(
        subject=None,
        gatherings=await _gatherings(repositories, [item.ref.id for item in events.items]),
        voices=await _voices(repositories, [item.ref for item in people.items], said),
        groups=_of(said, None),
        figures=figures,
        works=works,
        products=tuple(mention for each in mentions for mention in each),
        milestones=milestones,
        left_out=sum(total - len(shown) for shown, total in pairs)
        + sum(page.total - len(page.items) for page in pages),
    )


async def _event(repositories: Repositories, event: EntityRef, limit: int) -> Collection:
    gatherings = await _gatherings(repositories, [event.id])
    said, all_said = await repositories.events.statements(event.id, limit)
    figures, all_figures = await repositories.figures.list(limit, 0, None, event.id)
    works, all_works = await repositories.works.list(limit, 0, event.id)
    milestones, all_milestones = await repositories.milestones.list(limit, 0, None, event.id)
    people = dict.fromkeys(record.person for one in gatherings for record in one.participants)
    quoted = dict.fromkeys(record.person for record in said if record.person)
    pairs = ((said, all_said), (figures, all_figures), (works, all_works), (milestones, all_milestones))
    return Collection(
        subject=event,
        gatherings=gatherings,
        voices=tuple(
            Voice(person=person, posts=(), statements=_of(said, person)) for person in {**people, **quoted}
        ),
        groups=_of(said, None),
        figures=figures,
        works=works,
        milestones=milestones,
        left_out=sum(total - len(shown) for shown, total in pairs),
    )


async def _person(repositories: Repositories, person: EntityRef, limit: int) -> Collection:
    said, total = await repositories.people.statements(person.id, limit)
    records = await repositories.people.participations(person.id)
    known = [await repositories.events.get(one.event.id) if one.event else None for one in records]
    return Collection(
        subject=person,
        gatherings=tuple(
            Gathering(event=event, participants=(record,))
            for record, event in zip(records, known, strict=True)
            if event is not None
        ),
        voices=await _voices(repositories, [person], said),
        figures=await repositories.people.figures(person.id),
        works=await repositories.people.works(person.id),
        left_out=total - len(said),
    )


async def _gatherings(repositories: Repositories, event_ids: Iterable[int]) -> tuple[Gathering, ...]:
    made = []
    for event_id in event_ids:
        event = await repositories.events.get(event_id)
        if event is not None:
            participants = await repositories.events.participants(event_id)
            made.append(Gathering(event=event, participants=participants))
    return tuple(made)


async def _voices(
    repositories: Repositories, people: Iterable[EntityRef], said: Iterable[StatementRecord]
) -> tuple[Voice, ...]:
    """People with their posts and statements, whoever is quoted and not listed last."""
    records = tuple(said)
    everybody = dict.fromkeys([*people, *(one.person for one in records if one.person)])
    return tuple(
        [
            Voice(
                person=person,
                posts=await repositories.people.posts(person.id),
                statements=_of(records, person),
            )
            for person in everybody
        ]
    )


def _of(said: Iterable[StatementRecord], person: EntityRef | None) -> tuple[StatementRecord, ...]:
    return tuple(record for record in said if record.person == person)
