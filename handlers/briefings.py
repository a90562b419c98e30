"""/briefing: an event on one page."""

from __future__ import annotations

from content.answers.model import Answer
from content.answers.pages import briefing as briefing_of
from content.records import EntityRef, EventRecord, ParticipationRecord, StatementRecord
from handlers.lookup import show_named
from handlers.pages import answered, worded
from handlers.reply import Reply
from handlers.request import Request
from handlers.services import Services

_VOICES, _FIGURES, _WORKS = 12, 6, 6


async def briefing(services: Services, request: Request) -> Reply:
    """The latest event, or the one that is named, on one page."""

    async def show(ref: EntityRef) -> Reply:
        record = await services.repositories.events.get(ref.id)
        return await shown(services, request, record)

    if not request.argument:
        return await shown(services, request, await services.repositories.events.latest())
    return await show_named(services, request, "event", show)


async def shown(services: Services, request: Request, event: EventRecord | None) -> Reply:
    """The briefing of an event as a reply."""
    if event is None:
        return worded(request, "nothing_yet")
    answer = await brief(services, event)
    return answered(services, request, answer, argument=f"#{event.ref.id}")


async def brief(services: Services, event: EventRecord) -> Answer:
    """The briefing of an event."""
    repositories = services.repositories
    said: list[tuple[ParticipationRecord, StatementRecord | None]] = []
    voices = 0
    for record in await repositories.events.participants(event.ref.id):
        voice = await _voice(services, record, event) if voices < _VOICES else None
        voices += voice is not None
        said.append((record, voice))
    figures, _ = await repositories.figures.list(_FIGURES, 0, None, event.ref.id)
    works, _ = await repositories.works.list(_WORKS, 0, event.ref.id)
    topics = await repositories.events.topics(event.ref.id)
    return briefing_of(event, said=said, figures=figures, works=works, topics=topics)


async def _voice(
    services: Services, record: ParticipationRecord, event: EventRecord
) -> StatementRecord | None:
    """The first sentence of a participant at the event."""
    statements, _ = await services.repositories.people.statements(record.person.id, 50)
    return next((said for said in statements if said.event and said.event.id == event.ref.id), None)
