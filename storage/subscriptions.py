"""Who gets a digest when, and which digests are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.database import Database

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


class Subscriptions:
    """Subscriptions and their slots: one row per subscription and local date."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def subscribe(  # noqa: PLR0913 - the columns of one row
        self,
        chat_id: int,
        thread_id: int | None,
        minute_of_day: int,
        zone: str,
        cadence: Cadence = "daily",
        *,
        now: datetime,
        weekday: int | None = None,
    ) -> Subscription:
        """Start or change the one subscription of a chat or topic."""
        raise NotImplementedError

    async def unsubscribe(self, chat_id: int, thread_id: int | None = None) -> bool:
        """End a subscription; False where there was none."""
        raise NotImplementedError

    async def get(self, chat_id: int, thread_id: int | None = None) -> Subscription | None:
        """The subscription of a chat or topic."""
        raise NotImplementedError
