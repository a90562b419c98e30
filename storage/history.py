"""Everything that was done to the content: who, when, what stood there before, what stands there now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from storage.database import Database, Row, Transaction
from storage.queries import statements

Action = Literal[
    "add",
    "publish",
    "unpublish",
    "delete",
    "judge",
    "edit",
    "retract",
    "restore",
    "merge",
    "alias",
    "undo",
]
State = Mapping[str, Any]
"""What stood there, as JSON knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does something to the content, when and why."""

    by: int | None = None
    """Telegram's number of an editor; None for the program."""
    reason: str | None = None
    """For the readers, in the editor's words."""
    now: datetime | None = None
    """None is the present instant."""

    @property
    def at(self) -> float:
        """Unix time in seconds."""
        return (self.now or datetime.now(UTC)).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done."""

    id: int
    made_at: datetime
    user_id: int | None
    action: Action
    article_id: int | None
    fact_id: int | None
    entity_id: int | None
    before: State
    after: State
    reason: str | None
    undoes: int | None
    undone_by: int | None


class History:
    """Reads what was done; it is written by whoever does it, in the same transaction (:func:`note`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("history")

    async def get(self, entry_id: int) -> Entry | None:
        """One entry."""
        if not 0 < entry_id < 1 << 63:
            return None
        row = await self._database.fetch_one(self._sql["get"], {"id": entry_id})
        return entry(row) if row else None

    async def last_of(self, user_id: int) -> Entry | None:
        """The newest thing that an editor did and that is not taken back."""
        row = await self._database.fetch_one(self._sql["last_of_user"], {"user_id": user_id})
        return entry(row) if row else None

    async def list(
        self,
        limit: int,
        offset: int = 0,
        *,
        of: Literal["all", "of_article", "of_fact", "of_entity"] = "all",
        id: int | None = None,  # noqa: A002 - the id of what ``of`` says
    ) -> tuple[tuple[Entry, ...], int]:
        """Entries, newest first, and how many there are."""
        parameters = {"limit": limit, "offset": offset, "id": id}
        found = await self._database.fetch_all(self._sql[of], parameters)
        return tuple(map(entry, found)), found[0]["total"] if found else 0


async def note(  # noqa: PLR0913 - one argument a column
    transaction: Transaction,
    action: Action,
    deed: Deed,
    *,
    before: State,
    after: State,
    article_id: int | None = None,
    fact_id: int | None = None,
    entity_id: int | None = None,
    undoes: int | None = None,
) -> int:
    """Add an entry in the transaction of what it tells of; gives its id."""
    row = await transaction.fetch_one(
        statements("history")["note"],
        {
            "now": deed.at,
            "user_id": deed.by,
            "action": action,
            "article_id": article_id,
            "fact_id": fact_id,
            "entity_id": entity_id,
            "before": _json(before),
            "after": _json(after),
            "reason": deed.reason,
            "undoes": undoes,
        },
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return int(row["id"])


def entry(row: Row) -> Entry:
    """A row of the history."""
    return Entry(
        id=row["id"],
        made_at=datetime.fromtimestamp(row["made_at"], UTC),
        user_id=row["user_id"],
        action=row["action"],
        article_id=row["article_id"],
        fact_id=row["fact_id"],
        entity_id=row["entity_id"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
        reason=row["reason"],
        undoes=row["undoes"],
        undone_by=row["undone_by"],
    )


def _json(state: State) -> str:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))
