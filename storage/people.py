"""People: posts, participations, statements, figures, works."""

from __future__ import annotations

from dataclasses import replace

from content.records import (
    Counted,
    FigureRecord,
    Page,
    ParticipationRecord,
    PostRecord,
    StatementRecord,
    WorkRecord,
)
from storage import rows
from storage.database import Database, Row
from storage.queries import statements


class People:
    """People: posts, participations, statements, figures, works."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("people")

    async def list(self, limit: int, offset: int = 0, event_id: int | None = None) -> Page:
        """People by number of statements; those of one event in text order. The note is the first post."""
        slice_ = {"limit": limit, "offset": offset}
        if event_id is not None:
            return await rows.fetch_page(
                self._database, self._sql["at_event"], {"event_id": event_id, **slice_}
            )
        listed = statements("entities")["listed"]
        return await rows.fetch_page(self._database, listed, {"kind": "person", **slice_})

    async def posts(self, person_id: int) -> tuple[PostRecord, ...]:
        """The posts that articles give the person, newest article first, each post once."""
        posts = await rows.fetch(self._database, self._sql["posts"], {"id": person_id}, rows.post)
        return rows.first_of_each(posts, lambda post: (post.organization, post.title))

    async def participations(self, person_id: int) -> tuple[ParticipationRecord, ...]:
        """Where the person took part, newest article first, each event once."""
        found = await rows.fetch(
            self._database, self._sql["participations"], {"id": person_id}, rows.participation
        )
        return rows.first_of_each(found, lambda one: one.event or one.evidence.source.article_id)

    async def statements(
        self, person_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """What the person said, newest article first, in text order; and how many statements there are."""
        parameters = {"id": person_id, "limit": limit, "offset": offset}
        return await rows.fetch_slice(self._database, self._sql["statements"], parameters, rows.statement)

    async def figures(self, person_id: int) -> tuple[FigureRecord, ...]:
        """Figures inside the person's statements."""
        return await rows.fetch(self._database, self._sql["figures"], {"id": person_id}, _own_figure)

    async def works(self, person_id: int) -> tuple[WorkRecord, ...]:
        """Talks and other titled works of the person."""
        return await rows.fetch(self._database, self._sql["works"], {"id": person_id}, rows.work)

    async def topics(self, person_id: int, limit: int = 10) -> tuple[Counted, ...]:
        """Topics by the number of the person's statements that name them."""
        parameters = {"id": person_id, "limit": limit}
        return await rows.fetch(self._database, self._sql["topics"], parameters, rows.counted)


def _own_figure(row: Row) -> FigureRecord:
    """A figure as this person gave it, who need not be the first speaker of a joint statement."""
    return replace(rows.figure(row), person=rows.ref(row, "person", "speaker"))
