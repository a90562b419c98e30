"""Forums, conferences and sessions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from content.records import (
    Counted,
    EntityRef,
    EventRecord,
    Page,
    ParticipationRecord,
    PostRecord,
    StatementRecord,
    Subject,
)
from storage import rows
from storage.database import Database, Row
from storage.queries import statements


class Events:
    """Forums, conferences and sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("events")

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Events, latest date first and undated ones last; the note is the date, the count its people."""
        return await rows.fetch_page(self._database, self._sql["listed"], {"limit": limit, "offset": offset})

    async def get(self, event_id: int) -> EventRecord | None:
        """One event; each detail is the first that an article gives, the oldest article first."""
        return next(iter(await self._get([event_id])), None)

    async def latest(self) -> EventRecord | None:
        """The event with the latest date."""
        row = await self._database.fetch_one(self._sql["latest"])
        return await self.get(row["id"]) if row else None

    async def participants(self, event_id: int) -> tuple[ParticipationRecord, ...]:
        """Who took part, in text order, each person once, with the posts that the event's articles give."""
        found = await rows.fetch(
            self._database, self._sql["participants"], {"id": event_id}, rows.participation
        )
        posts = await rows.fetch(self._database, self._sql["posts"], {"id": event_id}, rows.post)
        by_person: dict[EntityRef, list[PostRecord]] = defaultdict(list)
        for post in rows.first_of_each(posts, lambda post: (post.person, post.organization, post.title)):
            by_person[post.person].append(post)
        people = rows.first_of_each(found, lambda one: one.person)
        return tuple(replace(one, posts=tuple(by_person[one.person])) for one in people)

    async def topics(self, event_id: int, limit: int = 10) -> tuple[Counted, ...]:
        """Topics by the number of statements at the event that name them."""
        parameters = {"id": event_id, "limit": limit}
        return await rows.fetch(self._database, self._sql["topics"], parameters, rows.counted)

    async def statements(
        self, event_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """What was said at the event, groups included, newest article first; and how many there are."""
        parameters = {"id": event_id, "limit": limit, "offset": offset}
        return await rows.fetch_slice(self._database, self._sql["statements"], parameters, rows.statement)

    async def subjects(self, event_id: int) -> tuple[Subject, ...]:
        """Who spoke about which topic at the event, most statements first."""
        return await rows.fetch(self._database, self._sql["subjects"], {"id": event_id}, _subject)

    async def _get(self, event_ids: Sequence[int]) -> tuple[EventRecord, ...]:
        parameters = {"events": json.dumps(event_ids)}
        reports: dict[int, list[Row]] = defaultdict(list)
        for row in await self._database.fetch_all(self._sql["reports"], parameters):
            reports[row["event_id"]].append(row)
        return tuple(_event(reports[event_id]) for event_id in event_ids if event_id in reports)


def _event(reports: Sequence[Row]) -> EventRecord:
    return EventRecord(
        evidence=rows.evidence(reports[0]),
        ref=rows.required(reports[0], "event"),
        date=_first(reports, "date"),
        venue=_first(reports, "venue"),
        city=_first(reports, "city"),
        theme=_first(reports, "theme"),
        hosts=tuple(dict.fromkeys(row["host"] for row in reports if row["host"])),
    )


def _first(reports: Sequence[Row], column: str) -> Any:
    return next((row[column] for row in reports if row[column] is not None), None)


def _subject(row: Row) -> Subject:
    return Subject(rows.required(row, "person"), rows.required(row, "topic"), row["count"])
