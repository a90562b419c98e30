"""Single facts by their permanent ids."""

from __future__ import annotations

from content.document import Document
from content.records import SourceView, StatementRecord
from storage import rows
from storage.amendments import StoredFact, read_fact
from storage.database import Database, Row
from storage.queries import statements

_OPENING = 200
"""Code points of an article's first line that are read at most."""
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

    async def any_state(self, fact_id: int) -> StoredFact | None:
        """A fact whether readers may see it or not, field by field; None where there is none."""
        return await read_fact(self._database, fact_id) if 0 < fact_id < 1 << 63 else None

    async def statements(self, limit: int, offset: int = 0) -> tuple[tuple[StatementRecord, ...], int]:
        """Every statement, newest article first, in text order; and how many there are."""
        parameters = {"limit": limit, "offset": offset}
        return await rows.fetch_slice(self._database, self._sql["statements"], parameters, rows.statement)


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
        opening=_headline(text),
        fact_start=row["span_start"] - passage.start,
        fact_end=row["span_end"] - passage.start,
        subject=rows.ref(row, "person") or rows.ref(row, "product") or rows.ref(row, "event"),
    )


def _headline(text: str) -> str:
    """The first line of an article where it is a headline and no sentence yet."""
    line = text.lstrip()[:_OPENING].split("\n")[0]
    return "" if "。" in line else line
