"""Single facts by their permanent ids."""

from __future__ import annotations

from datetime import UTC, datetime

from content.document import Document
from content.records import SourceView, StatementRecord
from storage import publication, rows
from storage.database import Database, Row, Transaction
from storage.queries import statements

_NEIGHBOURHOOD = 2_000
"""Code points before and after a passage in which the sentences beside it are looked for."""


class FactStore:
    """Single facts by their permanent ids."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("facts")

    async def source(self, fact_id: int) -> SourceView | None:
        """A published fact in its sentence, with the sentences around it; None where there is none."""
        if not 0 < fact_id < 1 << 63:  # what SQLite can store; ids come from readers' links
            return None
        row = await self._database.fetch_one(self._sql["source"], {"id": fact_id})
        return _view(row) if row else None

    async def retract(self, fact_id: int, reason: str | None = None, *, now: datetime | None = None) -> bool:
        """Take a fact back: readers no longer see it, its id stays taken. False where it was not shown.

        Whoever was sent it is told: the messages change, and the next digest says so.

        Args:
            fact_id: the fact.
            reason: why, for the readers.
            now: the instant of the correction; the present one where None.
        """
        parameters = {
            "id": fact_id,
            "after": None,
            "reason": reason,
            "now": (now or datetime.now(UTC)).timestamp(),
        }
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["note_correction"], parameters)
            return await self._change(transaction, "retract", fact_id)

    async def statements(self, limit: int, offset: int = 0) -> tuple[tuple[StatementRecord, ...], int]:
        """Every statement, newest article first, in text order; and how many there are."""
        parameters = {"limit": limit, "offset": offset}
        return await rows.fetch_slice(self._database, self._sql["statements"], parameters, rows.statement)

    async def restore(self, fact_id: int) -> bool:
        """Undo :meth:`retract`. False where the fact was not retracted."""
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["drop_correction"], {"id": fact_id})
            return await self._change(transaction, "restore", fact_id)

    async def _change(self, transaction: Transaction, statement: str, fact_id: int) -> bool:
        row = await transaction.fetch_one(self._sql[statement], {"id": fact_id})
        if row is None:
            return False
        await publication.follow(transaction, row["article_id"])
        return True


def _view(row: Row) -> SourceView:
    passage, text = rows.passage(row), row["text"]
    before = Document(text[max(0, passage.start - _NEIGHBOURHOOD) : passage.start])
    after = Document(text[passage.end : passage.end + _NEIGHBOURHOOD])
    return SourceView(
        kind=row["fact_kind"],
        evidence=rows.evidence(row),
        before=before[before.sentences[-1]] if before.sentences else "",
        sentence=passage.text,
        after=after[after.sentences[0]] if after.sentences else "",
        fact_start=row["span_start"] - passage.start,
        fact_end=row["span_end"] - passage.start,
        subject=rows.ref(row, "person") or rows.ref(row, "product") or rows.ref(row, "event"),
    )
