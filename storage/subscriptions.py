"""Who gets a digest when, and the slots: one row per subscription and local date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from storage.chats import ChatType
from storage.database import Database, Row
from storage.follows import Place
from storage.queries import statements

Cadence = Literal["daily", "weekly", "instant"]
EVERY_DAY = 0b1111111
"""All seven days as bits; Monday is bit 0."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local minutes of the day between which nothing makes a sound; across midnight where until is less."""

    start: int
    until: int

    def holds(self, minute: int) -> bool:
        """Whether a minute of the day is quiet."""
        if self.start <= self.until:
            return self.start <= minute < self.until
        return minute >= self.start or minute < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A chat's (or a forum topic's) wish for a digest at its own local time, or for news at once."""

    id: int
    chat_id: int
    thread_id: int | None
    minute_of_day: int
    """Local time, minutes since midnight, 0–1439; without meaning where news comes at once."""
    zone: str
    """IANA name of the time zone."""
    cadence: Cadence
    days: int = EVERY_DAY
    """Bit n stands for weekday n; Monday is bit 0."""
    quiet: Quiet | None = None
    """At these hours news waits, and a digest that was asked for them comes without a sound."""
    paused_until: datetime | None = None
    """Instant (UTC) before which nothing is sent."""
    send_empty: bool = False
    """Whether a digest comes although nothing is new."""
    covered_revision: int
    """The content revision up to which the last digest reported."""

    @property
    def place(self) -> Place:
        """The chat, and the topic in it."""
        return self.chat_id, self.thread_id


@dataclass(frozen=True, slots=True)
class Slot:
    """A digest that is due, and what composing it needs to know of its chat."""

    subscription: Subscription
    local_date: date | None
    """None for news at once."""
    due_at: datetime
    language: str | None = None
    chat_type: ChatType = "private"


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

    async def subscribe(  # noqa: PLR0913 - one value for each column of the row
        self,
        chat_id: int,
        thread_id: int | None,
        minute_of_day: int,
        zone: str,
        cadence: Cadence = "daily",
        *,
        now: datetime,
        days: int = EVERY_DAY,
        covered_revision: int | None = None,
    ) -> Subscription:
        """Start or change the one subscription of a chat or topic; times before ``now`` are not due.

        Args:
            chat_id: the chat.
            thread_id: the forum topic, where one is meant.
            minute_of_day: local time in minutes since midnight, 0–1439.
            zone: IANA name of the time zone.
            cadence: ``daily``, ``weekly`` or ``instant``.
            now: the instant of the wish.
            days: the days of a ``weekly`` digest, bit n for weekday n.
            covered_revision: a first digest holds what was shown after it; the present one where None.
        """
        covered = self._database.content_revision if covered_revision is None else covered_revision
        parameters = {
            **_place(chat_id, thread_id),
            "minute_of_day": minute_of_day,
            "zone": zone,
            "cadence": cadence,
            "days": days,
            "now": now.timestamp(),
            "covered_revision": covered,
        }
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["subscribe"], parameters)
        return _subscription(rows[0])

    async def unsubscribe(self, chat_id: int, thread_id: int | None = None) -> bool:
        """End a subscription; its settings stay. False where there was none."""
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["unsubscribe"], _place(chat_id, thread_id))
        return bool(rows)

    async def get(self, chat_id: int, thread_id: int | None = None) -> Subscription | None:
        """The subscription of a chat or topic."""
        row = await self._database.fetch_one(self._sql["get"], _place(chat_id, thread_id))
        return _subscription(row) if row is not None else None

    async def change(
        self,
        place: Place,
        *,
        quiet: Quiet | None,
        paused_until: datetime | None,
        send_empty: bool,
    ) -> Subscription | None:
        """Set how a subscription behaves; None where there is none.

        Args:
            place: chat and topic.
            quiet: the quiet hours, or None.
            paused_until: instant (UTC) before which nothing is sent, or None.
            send_empty: whether a digest comes although nothing is new.
        """
        parameters = {
            **_place(*place),
            "quiet_from": quiet.start if quiet else None,
            "quiet_until": quiet.until if quiet else None,
            "paused_until": paused_until.timestamp() if paused_until else 0.0,
            "send_empty": int(send_empty),
        }
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["change"], parameters)
        return _subscription(rows[0]) if rows else None

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

    async def rewind(self, now: datetime) -> None:
        """Set the cursor back after a clock that ran ahead; dates still to come lose their rows.

        Args:
            now: the present instant.
        """
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["forget_future"], {"now": now.timestamp()})
            await transaction.execute(self._sql["set_planned_until"], {"instant": now.timestamp()})

    async def planned(self, limit: int) -> list[Slot]:
        """Digests that are due and not composed yet, the oldest first."""
        rows = await self._database.fetch_all(self._sql["planned"], {"limit": limit})
        return [_slot(row) for row in rows]

    async def waiting_for_news(self, minutes: Mapping[str, int], *, now: datetime, limit: int) -> list[Slot]:
        """Who wants news at once, may be disturbed and has not had the latest.

        Args:
            minutes: by zone the minute of its local day.
            now: the present instant.
            limit: rows at most.
        """
        parameters = {
            "minutes": json.dumps(dict(minutes)),
            "now": now.timestamp(),
            "revision": self._database.content_revision,
            "limit": limit,
        }
        return [_slot(row) for row in await self._database.fetch_all(self._sql["instant"], parameters)]

    async def slots(self, subscription_id: int) -> dict[date, str]:
        """What became of each local date of a subscription: ``planned composed empty skipped``."""
        rows = await self._database.fetch_all(self._sql["slots"], {"subscription_id": subscription_id})
        return {date.fromisoformat(row["local_date"]): row["state"] for row in rows}


def _place(chat_id: int, thread_id: int | None) -> dict[str, int]:
    return {"chat_id": chat_id, "thread_id": thread_id or 0}


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _slot(row: Row) -> Slot:
    local_date = date.fromisoformat(row["local_date"]) if row["local_date"] else None
    return Slot(
        _subscription(row), local_date, _instant(row["due_at"]), row["language"], row["type"] or "private"
    )


def _subscription(row: Row) -> Subscription:
    quiet = Quiet(row["quiet_from"], row["quiet_until"]) if row["quiet_from"] is not None else None
    return Subscription(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"] or None,
        minute_of_day=row["minute_of_day"],
        zone=row["zone"],
        cadence=row["cadence"],
        days=row["days"],
        quiet=quiet,
        paused_until=_instant(row["paused_until"]) if row["paused_until"] else None,
        send_empty=bool(row["send_empty"]),
        covered_revision=row["covered_revision"],
    )
