"""Articles on their way in: what an editor has sent so far; a crash loses none of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.database import Database, Row
from storage.queries import statements

IntakeState = Literal["open", "reading", "done", "refused", "cancelled"]
Part = Mapping[str, Any]
"""One thing that was sent: ``text``, ``url``, or ``file`` (Telegram's file id) with ``name``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What somebody is sending, or has sent, to be read."""

    id: int
    user_id: int
    chat_id: int
    message_id: int | None
    """The message that shows how far it has come."""
    language: str
    state: IntakeState
    parts: tuple[Part, ...]


class Intakes:
    """What editors send, until it is an article."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("intakes")

    async def open_of(self, chat_id: int, user_id: int) -> Intake | None:
        """What somebody has begun to send and not finished."""
        parameters = {"chat_id": chat_id, "user_id": user_id}
        row = await self._database.fetch_one(self._sql["open_of"], parameters)
        return _intake(row) if row else None

    async def get(self, intake_id: int) -> Intake | None:
        """One of them."""
        row = await self._database.fetch_one(self._sql["get"], {"id": intake_id})
        return _intake(row) if row else None

    async def begin(
        self,
        chat_id: int,
        user_id: int,
        language: str,
        parts: tuple[Part, ...],
        *,
        state: Literal["open", "reading"],
        now: datetime,
    ) -> Intake:
        """Begin another; one that is open already stays as it is and is given instead."""
        async with self._database.write() as transaction:
            place = {"chat_id": chat_id, "user_id": user_id}
            known = await transaction.fetch_one(self._sql["open_of"], place) if state == "open" else None
            row = known or await transaction.fetch_one(
                self._sql["begin"],
                {
                    **place,
                    "language": language,
                    "state": state,
                    "parts": _json(parts),
                    "now": now.timestamp(),
                },
            )
        assert row is not None  # noqa: S101 - RETURNING gives the row
        return _intake(row)

    async def append(self, intake_id: int, part: Part, *, now: datetime) -> Intake | None:
        """Add to an open one; None where it is not open any more."""
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["get"], {"id": intake_id})
            if row is None:
                return None
            parameters = {
                "id": intake_id,
                "parts": _json((*_intake(row).parts, part)),
                "now": now.timestamp(),
            }
            changed = await transaction.fetch_one(self._sql["set_parts"], parameters)
        return _intake(changed) if changed else None

    async def set_message(self, intake_id: int, message_id: int) -> None:
        """Note which message shows how far it has come."""
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["set_message"], {"id": intake_id, "message_id": message_id})

    async def read(self, intake_id: int, *, now: datetime) -> Intake | None:
        """Nothing more is sent: it is being read; None where somebody was faster."""
        parameters = {"id": intake_id, "old": "open", "new": "reading", "now": now.timestamp()}
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["move"], parameters)
        return _intake(row) if row else None

    async def conclude(
        self, intake_id: int, state: Literal["done", "refused", "cancelled"], *, now: datetime
    ) -> bool:
        """It came to an end; what was sent is forgotten. False where it had ended before."""
        parameters = {"id": intake_id, "state": state, "now": now.timestamp()}
        async with self._database.write() as transaction:
            return await transaction.fetch_one(self._sql["conclude"], parameters) is not None

    async def left(self) -> tuple[Intake, ...]:
        """What was being read when a process died."""
        return tuple(map(_intake, await self._database.fetch_all(self._sql["left"])))


def _intake(row: Row) -> Intake:
    return Intake(
        id=row["id"],
        user_id=row["user_id"],
        chat_id=row["chat_id"],
        message_id=row["message_id"],
        language=row["language"],
        state=row["state"],
        parts=tuple(json.loads(row["parts"])),
    )


def _json(parts: tuple[Part, ...]) -> str:
    return json.dumps([dict(part) for part in parts], ensure_ascii=False)
