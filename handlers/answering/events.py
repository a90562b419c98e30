"""Answers about events: when and where, what they were about, who held and led them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from content.answers import lists, points
from content.answers.matching import missing, needed, years
from content.answers.model import Answer, Point
from content.answers.pages import section
from content.records import EntityRef, EventRecord, SearchHit
from handlers.answering.people import post, role
from handlers.asked import (
    ANSWERS,
    Asked,
    sentence_answer,
    sentences_of,
    sentences_with,
    with_sentences,
)
from handlers.pages import RECORDS
from handlers.reply import Reply
from handlers.rich_text import shortened

_DATE = re.compile(r"\d{1,2}\s*月|[上本去今明]年|[年世]代|世纪|\d{1,2}日|星期|周[一二三四五六日]")


_PLACE = re.compile(r"[在于][^，,。；;]{2,30}(?:举行|举办|召开|开幕|隆重|拉开|进行|办)|(?:落户|走进|来到)")


_EVENT_KINDS = ("论坛", "論壇", "大会", "大會", "峰会", "峰會", "会议", "會議")


async def when(asked: Asked) -> Reply | None:
    """What the articles date, where it says all that was asked for; the date of an event."""
    milestones = asked.services.repositories.milestones
    events = asked.of("event")
    if events or not asked.named:
        known = await _of_event(asked, lambda one: one.date or one.evidence.source.published_note)
        if known is not None:
            return known
    words = asked.needs()
    records, _ = await milestones.list(RECORDS, 0)
    found = [record for record in records if not missing(words, f"{record.text} {record.date}")]
    if not found:
        words = asked.needs(*events)
        return sentence_answer(asked, await sentences_with(asked, words, _dated))
    answer = lists.timeline(found[:ANSWERS], shortened(asked.request.argument))
    return asked.reply(await with_sentences(asked, answer, [one.evidence for one in found[:ANSWERS]]))


def _dated(text: str) -> bool:
    """Whether a sentence gives a date."""
    return bool(years(text)) or _DATE.search(text) is not None


async def where(asked: Asked) -> Reply | None:
    """Where an event was, or for whom somebody works."""
    if asked.of("person"):
        others = asked.needs(*asked.of("person", "event", "organization"))
        return None if others else await post(asked)
    known = await _of_event(asked, lambda record: record.venue or record.city)
    if known is not None:
        return known
    words = asked.needs(*asked.of("event"))
    if not words and not asked.of("event"):
        return None
    found = await sentences_with(asked, words or ("在",), lambda text: _PLACE.search(text) is not None)
    return sentence_answer(asked, await from_events(asked, found))


async def from_events(asked: Asked, hits: Sequence[SearchHit]) -> list[SearchHit]:
    """The sentences that stand in reports of the events that a question names; all where it names none."""
    records = [await asked.services.repositories.events.get(ref.id) for ref in asked.of("event")]
    articles = {record.evidence.source.article_id for record in records if record is not None}
    return [hit for hit in hits if not records or hit.evidence.source.article_id in articles]


async def _event_page(asked: Asked, records: Sequence[EventRecord], also: Sequence[Point]) -> Reply:
    """The sentences that report events, with their dates and places, and further sentences about them."""
    quoted = await sentences_of(asked.services, [record.evidence for record in records])
    quoted += [point for point in also if point.text not in {one.text for one in quoted}]
    facts = [points.event(record) for record in records]
    sections = (*section("facts", facts), *section("quotations", quoted))
    subject = records[0].ref if len(records) == 1 else None
    words = "" if subject else shortened(asked.request.argument)
    answer = Answer(label="event" if subject else "answer", subject=subject, words=words, sections=sections)
    return asked.reply(answer)


def _is_such(event: EntityRef, text: str) -> bool:
    """Whether an event is of the kind that a question speaks of: 论坛在哪里 is not about a 大会."""
    kinds = [kind for kind in _EVENT_KINDS if kind in text]
    return not kinds or any(kind in event.name for kind in kinds)


async def _of_event(asked: Asked, told: Callable[[EventRecord], object], *shown: str) -> Reply | None:
    """An event that a report tells something of: its theme, who holds it.

    Args:
        asked: the question.
        told: what the report has to tell.
        shown: words of the sentence that says so, where another than the one that reports the event does.
    """
    store = asked.services.repositories.events
    refs = asked.of("event") or tuple(
        line.ref for line in (await store.list(RECORDS)).items if _is_such(line.ref, asked.request.argument)
    )
    records = [await store.get(ref.id) for ref in refs[:ANSWERS]]
    telling = [record for record in records if record is not None and told(record)]
    if not telling or _others(asked, telling):
        return None
    articles = {record.evidence.source.article_id for record in telling}
    said = await sentences_with(asked, shown)
    also = [
        Point(kind="quotation", text=hit.evidence.text, citation=hit.evidence)
        for hit in said
        if hit.evidence.source.article_id in articles
    ]
    return await _event_page(asked, telling, also)


def _others(asked: Asked, records: Sequence[EventRecord]) -> bool:
    """Whether a question about an event names anything that its report does not say of it."""
    told = " ".join(
        part
        for one in records
        for part in (one.ref.name, one.evidence.text, one.venue, one.city, one.date)
        if part
    )
    words = (word for word in needed(asked.question.words, counting=True) if word not in _EVENT_KINDS)
    return bool(asked.of("person", "organization", "product")) or bool(missing(words, told))


async def theme(asked: Asked) -> Reply | None:
    """What an event was about."""
    return await _of_event(asked, lambda record: record.theme)


async def host(asked: Asked) -> Reply | None:
    """Who held an event."""
    return await _of_event(asked, lambda record: record.hosts, "主办")


async def moderator(asked: Asked) -> Reply | None:
    """Who led an event."""
    return await role(asked, ("moderator",))
