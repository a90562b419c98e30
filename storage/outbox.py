"""The outbox: one row per recipient and message part, and the state each is in.

    pending ─▶ sending ─▶ sent
       ▲          ├─────▶ failed    the server will never take it, or the owner dropped it
       │          ├─────▶ blocked   the chat does not want us
       │          ├─────▶ held      it may have arrived, twice unsure: for the owner to look at
       └──────────┘  not accepted, or once unsure

Each step is committed before the next one begins; many rows take it together in one transaction. A row being
sent carries the run of the program that sends it: a row of another run was left by one that died.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from storage.database import Database, Row
from storage.queries import statements

State = Literal["pending", "sending", "sent", "held", "blocked", "failed"]
AMBIGUOUS_LIMIT = 1
"""How often a message that may have arrived is sent again."""
_RECENT = 200_000
"""Rows that an overview of what went out looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message part on its way."""

    id: int
    chat_id: int
    method: str
    """Method of the Bot API: ``sendMessage``."""
    parameters: Mapping[str, str] | None
    """Its parameters without the chat, as they cross the wire; None where the row cannot be read."""
    state: State
    attempts: int
    """Times that it was sent, this one included."""
    ambiguous: int
    """How often a send ended without our knowing whether it arrived."""


class Due(NamedTuple):
    """A row whose turn it is."""

    id: int
    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What became of a row that was being sent."""

    row_id: int
    state: State
    error: str | None = None
    message_id: int | None = None
    not_before: datetime | None = None
    """When to try again, for a row that is pending once more."""
    ambiguous: bool = False
    """Whether it may have arrived all the same."""
    free: bool = False
    """Whether the attempt does not count, as it was not the message's fault."""
    block_chat: int | None = None
    """A chat all of whose waiting rows are blocked with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What went out together, and how far it has come."""

    name: str
    """Local date of a digest, or ``e12`` for an edition that is none."""
    created_at: datetime
    waiting: int
    sent: int
    held: int
    blocked: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A row as the owner sees it; texts stay unread."""

    id: int
    chat_id: int
    method: str
    state: State
    attempts: int
    error: str | None
    changed_at: datetime


class Outbox:
    """The rows and their transitions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("outbox")

    async def due(
        self,
        now: datetime,
        limit: int,
        *,
        parked: Collection[int] = (),
        released: Collection[int] = (),
    ) -> list[Due]:
        """What may be sent, the oldest first: at most one part of each chat, never before an earlier one.

        Args:
            now: the instant, for rows that an earlier run parked.
            limit: rows at most.
            parked: rows that wait by the sender's own clock.
            released: rows that it has waited for.
        """
        parameters = {
            "now": now.timestamp(),
            "limit": limit,
            "parked": json.dumps(list(parked)),
            "released": json.dumps(list(released)),
        }
        return [Due(*row) for row in await self._database.fetch_all(self._sql["due"], parameters)]

    async def next_due(self) -> datetime | None:
        """The earliest instant that a pending row waits for."""
        row = await self._database.fetch_one(self._sql["next_due"])
        return _instant(row["instant"]) if row and row["instant"] is not None else None

    async def exchange(
        self, ids: Sequence[int], conclusions: Sequence[Conclusion], run: str, *, now: datetime
    ) -> dict[int, Outgoing]:
        """Conclude rows that were being sent, and claim others (pending → sending), in one transaction.

        Args:
            ids: rows to claim.
            conclusions: what became of rows of this run; those of another run are left alone.
            run: who sends.
            now: the instant.

        Returns:
            The rows that are this run's to send now, as they stand at this moment.
        """
        at = now.timestamp()
        sent = [(one.row_id, one.message_id) for one in conclusions if one.state == "sent"]
        others = [_conclusion(one, run, at) for one in conclusions if one.state != "sent"]
        blocked = [
            {"chat_id": one.block_chat, "error": one.error, "now": at}
            for one in conclusions
            if one.block_chat is not None
        ]
        async with self._database.write() as transaction:
            if sent:
                await transaction.execute(
                    self._sql["conclude_sent"], {"sent": json.dumps(sent), "run": run, "now": at}
                )
            await transaction.execute_many(self._sql["conclude"], others)
            await transaction.execute_many(self._sql["block"], blocked)
            if not ids:
                return {}
            parameters = {"ids": json.dumps(list(ids)), "run": run, "now": at}
            await transaction.execute(self._sql["claim"], parameters)
            rows = await transaction.fetch_all(self._sql["claimed"], parameters)
        return {row["id"]: _outgoing(row) for row in rows}

    async def claim(self, ids: Sequence[int], run: str, *, now: datetime) -> dict[int, Outgoing]:
        """Pending → sending, together; see :meth:`exchange`."""
        return await self.exchange(ids, (), run, now=now)

    async def conclude(self, conclusions: Sequence[Conclusion], run: str, *, now: datetime) -> None:
        """Sending → whatever became of each row, together; see :meth:`exchange`."""
        await self.exchange((), conclusions, run, now=now)

    async def recover(self, run: str, *, now: datetime) -> None:
        """After a start: what was being sent when an earlier run died may have arrived.

        Rows that an earlier run parked by a clock that ran ahead need wait no longer.
        """
        parameters = {"now": now.timestamp(), "run": run}
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["hold_interrupted"], {**parameters, "limit": AMBIGUOUS_LIMIT})
            await transaction.execute(self._sql["repeat_interrupted"], parameters)
            await transaction.execute(self._sql["set_back"], {"now": now.timestamp()})

    async def counts(self) -> dict[State, int]:
        """Number of rows in each state."""
        return {row["state"]: row["number"] for row in await self._database.fetch_all(self._sql["counts"])}

    async def of_chat(self, chat_id: int) -> list[Outgoing]:
        """Every row of a chat in order."""
        return [
            _outgoing(row)
            for row in await self._database.fetch_all(self._sql["of_chat"], {"chat_id": chat_id})
        ]

    async def batches(self, limit: int = 10) -> list[Batch]:
        """What went out together lately, the latest first."""
        rows = await self._database.fetch_all(self._sql["batches"], {"recent": _RECENT, "limit": limit})
        return [
            Batch(
                name=row["batch"],
                created_at=_instant(row["created_at"]),
                **{state: row[state] for state in ("waiting", "sent", "held", "blocked", "failed")},
            )
            for row in rows
        ]

    async def troubles(
        self, state: Literal["held", "failed", "blocked"], limit: int, offset: int = 0
    ) -> tuple[list[LogLine], int]:
        """Rows in a state that somebody may want to look at, the latest first, and how many there are."""
        parameters = {"state": state, "limit": limit, "offset": offset}
        rows = await self._database.fetch_all(self._sql["troubles"], parameters)
        return [_line(row) for row in rows], rows[0]["total"] if rows else 0

    async def log_of_chat(self, chat_id: int, limit: int) -> list[LogLine]:
        """The last rows of a chat, the latest first."""
        parameters = {"chat_id": chat_id, "limit": limit}
        return [_line(row) for row in await self._database.fetch_all(self._sql["log_of_chat"], parameters)]

    async def in_state(self, state: State, limit: int = 10_000) -> list[int]:
        """The ids of the rows in a state, those that the owner dropped left out."""
        rows = await self._database.fetch_all(self._sql["in_state"], {"state": state, "limit": limit})
        return [row["id"] for row in rows]

    async def resend(self, ids: Iterable[int], *, now: datetime) -> int:
        """Held or failed → pending, as if never tried; gives how many."""
        return await self._change("resend", {"ids": json.dumps(list(ids)), "now": now.timestamp()})

    async def drop(self, ids: Iterable[int], *, now: datetime) -> int:
        """Held → failed, for good; gives how many."""
        return await self._change("drop", {"ids": json.dumps(list(ids)), "now": now.timestamp()})

    async def cancel(self, edition_id: int, *, now: datetime) -> int:
        """Take back what of an edition is not on its way yet; gives how many rows."""
        return await self._change("cancel", {"edition_id": edition_id, "now": now.timestamp()})

    async def progress(self, edition_id: int) -> dict[State, int]:
        """Number of an edition's rows in each state."""
        rows = await self._database.fetch_all(self._sql["progress"], {"edition_id": edition_id})
        return {row["state"]: row["number"] for row in rows}

    async def _change(self, statement: str, parameters: Mapping[str, Any]) -> int:
        async with self._database.write() as transaction:
            return len(await transaction.fetch_all(self._sql[statement], parameters))


def _conclusion(one: Conclusion, run: str, at: float) -> dict[str, Any]:
    return {
        "id": one.row_id,
        "run": run,
        "state": one.state,
        "error": one.error,
        "not_before": one.not_before.timestamp() if one.not_before else 0.0,
        "ambiguous": int(one.ambiguous),
        "free": int(one.free),
        "now": at,
    }


def _outgoing(row: Row) -> Outgoing:
    values: dict[str, Any] = dict(row)
    shared, changes = values.pop("shared"), values.pop("changes_message")
    try:
        parameters = {**_parsed(shared or "{}"), **_parsed(values["parameters"])}
    except (ValueError, TypeError):
        parameters = None  # Whatever spoilt it harms this row alone.
    if parameters is not None and changes is not None:
        parameters["message_id"] = str(changes)
    return Outgoing(**{**values, "parameters": parameters})


@lru_cache(maxsize=256)
def _parsed(parameters: str) -> Mapping[str, str]:
    """Thousands of rows share what they say."""
    parsed: Mapping[str, str] = json.loads(parameters)
    return parsed


def _line(row: Row) -> LogLine:
    return LogLine(
        id=row["id"],
        chat_id=row["chat_id"],
        method=row["method"],
        state=row["state"],
        attempts=row["attempts"],
        error=row["error"],
        changed_at=_instant(row["changed_at"]),
    )


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
