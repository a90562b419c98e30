"""People: posts, participations, statements, figures, works."""

from __future__ import annotations

from content.records import (
    Counted,
    FigureRecord,
    Page,
    ParticipationRecord,
    PostRecord,
    StatementRecord,
    WorkRecord,
)
from storage.database import Database


class People:
    """People: posts, participations, statements, figures, works."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, limit: int, offset: int = 0, event_id: int | None = None) -> Page:
        """People by number of statements; at one event in text order. The note is the first post."""
        raise NotImplementedError

    async def posts(self, person_id: int) -> tuple[PostRecord, ...]:
        """The posts that articles give the person, newest article first, each post once."""
        raise NotImplementedError

    async def participations(self, person_id: int) -> tuple[ParticipationRecord, ...]:
        """The events the person took part in, newest article first."""
        raise NotImplementedError

    async def statements(
        self, person_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """What the person said, newest article first, in text order; and how many statements there are."""
        raise NotImplementedError

    async def figures(self, person_id: int) -> tuple[FigureRecord, ...]:
        """Figures inside the person's statements."""
        raise NotImplementedError

    async def works(self, person_id: int) -> tuple[WorkRecord, ...]:
        """Talks and other titled works of the person."""
        raise NotImplementedError

    async def topics(self, person_id: int, limit: int = 10) -> tuple[Counted, ...]:
        """Topics by the number of the person's statements that name them."""
        raise NotImplementedError
