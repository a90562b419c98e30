"""The outbox: one row per recipient and message part, and the state each is in.

    pending ─▶ sending ─▶ sent
       ▲          ├─────▶ failed    the server will never take it
       │          ├─────▶ blocked   the chat does not want us
       │          ├─────▶ held      it may have arrived, twice unsure: for the owner to look at
       └──────────┘  not accepted, or once unsure

Each step is a commit of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from storage.database import Database, Row
from storage.queries import statements

State = Literal["pending", "sending", "sent", "held", "blocked", "failed"]
AMBIGUOUS_LIMIT = 1
"""How often a message that may have arrived is sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message part on its way."""

    id: int
    chat_id: int
    method: str
    """Method of the Bot API: ``sendMessage``."""
    parameters: Mapping[str, str]
    """Its parameters without the chat, as they cross the wire."""
    state: State
    attempts: int
    ambiguous: int
    """How often a send ended without our knowing whether it arrived."""


class Outbox:
    """The rows and their transitions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("outbox")

    async def due(self, now: datetime, limit: int) -> list[Outgoing]:
        """What may be sent, the oldest first: at most one part of each chat, never before an earlier one."""
        rows = await self._database.fetch_all(self._sql["due"], {"now": now.timestamp(), "limit": limit})
        return [_outgoing(row) for row in rows]

    async def next_due(self) -> datetime | None:
        """The earliest instant at which a pending row may be sent."""
        row = await self._database.fetch_one(self._sql["next_due"])
        return datetime.fromtimestamp(row["instant"], UTC) if row and row["instant"] is not None else None

    async def begin(self, row_id: int, *, now: datetime) -> int | None:
        """Pending → sending.

        Returns:
            The chat to send to, or None where the row is no longer pending.
        """
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["begin"], {"id": row_id, "now": now.timestamp()})
        return row["chat_id"] if row is not None else None

    async def sent(self, row_id: int, message_id: int | None, *, now: datetime) -> None:
        """Sending → sent."""
        await self._finish(row_id, "sent", None, now, message_id)

    async def fail(self, row_id: int, error: str, *, now: datetime) -> None:
        """Sending → failed."""
        await self._finish(row_id, "failed", error, now)

    async def hold(self, row_id: int, error: str, *, now: datetime) -> None:
        """Sending → held."""
        await self._finish(row_id, "held", error, now)

    async def block(self, row_id: int, chat_id: int, error: str, *, now: datetime) -> None:
        """Sending → blocked, and with it everything that waits for the same chat."""
        parameters = {"id": row_id, "chat_id": chat_id, "error": error, "now": now.timestamp()}
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["block"], parameters)

    async def retry(
        self,
        row_id: int,
        error: str,
        *,
        now: datetime,
        at: datetime,
        ambiguous: bool = False,
        free: bool = False,
    ) -> None:
        """Sending → pending, not before ``at``.

        Args:
            row_id: the row.
            error: why it was not accepted.
            now: the instant of the failure.
            at: when to try again.
            ambiguous: whether it may have arrived all the same.
            free: whether the attempt does not count, as it was not the message's fault.
        """
        parameters = {
            "id": row_id,
            "error": error,
            "now": now.timestamp(),
            "not_before": at.timestamp(),
            "ambiguous": int(ambiguous),
            "free": int(free),
        }
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["retry"], parameters)

    async def recover(self, *, now: datetime) -> None:
        """After a start: what was being sent when the last process died may have arrived."""
        parameters = {"now": now.timestamp(), "limit": AMBIGUOUS_LIMIT}
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["hold_interrupted"], parameters)
            await transaction.execute(self._sql["repeat_interrupted"], {"now": now.timestamp()})

    async def counts(self) -> dict[State, int]:
        """Number of rows in each state."""
        return {row["state"]: row["number"] for row in await self._database.fetch_all(self._sql["counts"])}

    async def of_chat(self, chat_id: int) -> list[Outgoing]:
        """Every row of a chat in order."""
        return [
            _outgoing(row)
            for row in await self._database.fetch_all(self._sql["of_chat"], {"chat_id": chat_id})
        ]

    async def _finish(
        self, row_id: int, state: State, error: str | None, now: datetime, message_id: int | None = None
    ) -> None:
        parameters = {
            "id": row_id,
            "state": state,
            "error": error,
            "message_id": message_id,
            "now": now.timestamp(),
        }
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["finish"], parameters)


def _outgoing(row: Row) -> Outgoing:
    values: dict[str, Any] = dict(row)
    shared, changes = values.pop("shared"), values.pop("changes_message")
    parameters = {**json.loads(shared or "{}"), **json.loads(values["parameters"])}
    if changes is not None:
        parameters["message_id"] = str(changes)
    return Outgoing(**{**values, "parameters": parameters})
