"""Forums, conferences and sessions."""

from __future__ import annotations

from content.records import Counted, EventRecord, Page, ParticipationRecord
from storage.database import Database


class Events:
    """Forums, conferences and sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Events, latest date first; the note is the date."""
        raise NotImplementedError

    async def get(self, event_id: int) -> EventRecord | None:
        """One event, its details put together from the articles that report it, oldest article first."""
        raise NotImplementedError

    async def latest(self) -> EventRecord | None:
        """The event with the latest date."""
        raise NotImplementedError

    async def participants(self, event_id: int) -> tuple[ParticipationRecord, ...]:
        """Who took part, in text order, each person once, with the posts that the event's articles give."""
        raise NotImplementedError

    async def topics(self, event_id: int, limit: int = 10) -> tuple[Counted, ...]:
        """Topics by the number of statements at the event that name them."""
        raise NotImplementedError
