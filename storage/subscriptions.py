"""Who gets a digest when, and the slots: one row per subscription and local date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple

from storage.database import Database, Row
from storage.queries import statements

Cadence = Literal["daily", "weekly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A chat's (or a forum topic's) wish for a digest at its own local time."""

    id: int
    chat_id: int
    thread_id: int | None
    minute_of_day: int
    """Local time, minutes since midnight, 0–1439."""
    zone: str
    """IANA name of the time zone."""
    cadence: Cadence
    weekday: int | None
    """Monday is 0; for ``weekly`` only."""
    covered_until: datetime
    """Instant (UTC) up to which the last digest reported."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A digest that is due."""

    subscription: Subscription
    local_date: date
    due_at: datetime


class DueRange(NamedTuple):
    """Minutes of one local date that fall due together, and when each does.

    Minute ``first + n`` is due at ``due_at + n × step`` seconds: ``step`` is 60, and 0 in a clock gap, whose
    minutes are all due at its end.
    """

    local_date: date
    first: int
    last: int
    due_at: float
    """Unix time in seconds."""
    step: int


class Subscriptions:
    """Subscriptions and their slots."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("subscriptions")
        self._add = statements("outbox")["add"]

    async def subscribe(  # noqa: PLR0913 - one value for each column of the row
        self,
        chat_id: int,
        thread_id: int | None,
        minute_of_day: int,
        zone: str,
        cadence: Cadence = "daily",
        *,
        now: datetime,
        weekday: int | None = None,
        covered_until: datetime | None = None,
    ) -> Subscription:
        """Start or change the one subscription of a chat or topic; times before ``now`` are not due.

        Args:
            chat_id: the chat.
            thread_id: the forum topic, where one is meant.
            minute_of_day: local time in minutes since midnight, 0–1439.
            zone: IANA name of the time zone.
            cadence: ``daily`` or ``weekly``.
            now: the instant of the wish.
            weekday: for ``weekly`` the day, Monday is 0.
            covered_until: a first digest holds what was published after it; ``now`` where None.
        """
        parameters = {
            **_place(chat_id, thread_id),
            "minute_of_day": minute_of_day,
            "zone": zone,
            "cadence": cadence,
            "weekday": weekday,
            "now": now.timestamp(),
            "covered_until": (covered_until or now).timestamp(),
        }
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["subscribe"], parameters)
        return _subscription(rows[0])

    async def unsubscribe(self, chat_id: int, thread_id: int | None = None) -> bool:
        """End a subscription; False where there was none."""
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["unsubscribe"], _place(chat_id, thread_id))
        return bool(rows)

    async def get(self, chat_id: int, thread_id: int | None = None) -> Subscription | None:
        """The subscription of a chat or topic."""
        row = await self._database.fetch_one(self._sql["get"], _place(chat_id, thread_id))
        return _subscription(row) if row is not None else None

    async def zones(self) -> tuple[str, ...]:
        """The time zones that subscriptions name."""
        return tuple(row["zone"] for row in await self._database.fetch_all(self._sql["zones"]))

    async def planned_until(self) -> datetime | None:
        """The instant up to which every slot has its row; None before the first plan."""
        row = await self._database.fetch_one(self._sql["planned_until"])
        return _instant(row["planned_until"]) if row is not None else None

    async def plan(
        self, ranges: Iterable[tuple[str, DueRange]], *, oldest: datetime, until: datetime
    ) -> None:
        """Write the rows of the slots in some ranges and move the cursor, in one transaction.

        Args:
            ranges: zone and minutes.
            oldest: slots due before it are recorded as skipped.
            until: where the cursor goes.
        """
        rows = [
            {
                **due._asdict(),
                "zone": zone,
                "local_date": due.local_date.isoformat(),
                "weekday": due.local_date.weekday(),
                "oldest": oldest.timestamp(),
            }
            for zone, due in ranges
        ]
        async with self._database.write() as transaction:
            await transaction.execute_many(self._sql["plan"], rows)
            await transaction.execute(self._sql["set_planned_until"], {"instant": until.timestamp()})

    async def planned(self, limit: int) -> list[Slot]:
        """Digests that are due and not composed yet, the oldest first."""
        rows = await self._database.fetch_all(self._sql["planned"], {"limit": limit})
        return [
            Slot(_subscription(row), date.fromisoformat(row["local_date"]), _instant(row["due_at"]))
            for row in rows
        ]

    async def settle(self, slot: Slot, parts: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
        """Put a slot's messages into the outbox and note what it covers; nothing new settles it as empty.

        Args:
            slot: the digest.
            parts: parameters of ``sendMessage`` without the chat, one mapping for each message.
            now: the instant up to which the digest reports.
        """
        subscription = slot.subscription
        key = {"subscription_id": subscription.id, "local_date": slot.local_date.isoformat()}
        thread = {"message_thread_id": str(subscription.thread_id)} if subscription.thread_id else {}
        async with self._database.write() as transaction:
            state = {"state": "composed" if parts else "empty"}
            if not await transaction.fetch_all(self._sql["settle"], {**key, **state}):
                return  # Unsubscribed meanwhile.
            await transaction.execute(
                self._sql["cover"], {"subscription_id": subscription.id, "instant": now.timestamp()}
            )
            await transaction.execute_many(
                self._add,
                [
                    {
                        **key,
                        "chat_id": subscription.chat_id,
                        "part": number,
                        "method": "sendMessage",
                        "parameters": json.dumps({**part, **thread}, ensure_ascii=False),
                        "now": now.timestamp(),
                    }
                    for number, part in enumerate(parts)
                ],
            )

    async def slots(self, subscription_id: int) -> dict[date, str]:
        """What became of each local date of a subscription: ``planned composed empty skipped``."""
        rows = await self._database.fetch_all(self._sql["slots"], {"subscription_id": subscription_id})
        return {date.fromisoformat(row["local_date"]): row["state"] for row in rows}


def _place(chat_id: int, thread_id: int | None) -> dict[str, int]:
    return {"chat_id": chat_id, "thread_id": thread_id or 0}


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _subscription(row: Row) -> Subscription:
    return Subscription(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"] or None,
        minute_of_day=row["minute_of_day"],
        zone=row["zone"],
        cadence=row["cadence"],
        weekday=row["weekday"],
        covered_until=_instant(row["covered_until"]),
    )
