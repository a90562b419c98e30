"""Single facts by their permanent ids."""

from __future__ import annotations

from content.records import SourceView
from storage.database import Database


class FactStore:
    """Single facts by their permanent ids."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def source(self, fact_id: int) -> SourceView | None:
        """A published fact in its sentence, with the sentences around it."""
        raise NotImplementedError

    async def retract(self, fact_id: int) -> bool:
        """Take a fact back: readers no longer see it, its id stays taken. False where it was not shown."""
        raise NotImplementedError

    async def restore(self, fact_id: int) -> bool:
        """Undo :meth:`retract`."""
        raise NotImplementedError
