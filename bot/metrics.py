"""What Prometheus may know: counts and times, never a text, a chat or a person.

Every label has few values: commands of the table, kinds of update, states, classes of exceptions.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

_KINDS = frozenset({"message", "callback_query", "inline_query", "my_chat_member"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_BEAT = 0.5
"""Seconds between two looks at how late the event loop is."""


class Metrics:
    """One bot's metrics, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.updates = Counter(
            "forum_updates", "Updates that were worked, by kind.", ["kind"], registry=registry
        )
        self.update_seconds = Histogram(
            "forum_update_seconds",
            "From taking up an update until its reply is with Telegram.",
            registry=registry,
            buckets=_SECONDS,
        )
        self.command_seconds = Histogram(
            "forum_command_seconds",
            "Making the reply of a command, without sending it.",
            ["command"],
            registry=registry,
            buckets=_SECONDS,
        )
        self.errors = Counter(
            "forum_errors", "What went wrong, by the class of the exception.", ["error"], registry=registry
        )
        self.digests = Counter("forum_digests_settled", "Digests that were settled.", registry=registry)
        self.outbox = Gauge(
            "forum_outbox_messages", "Messages that are on their way or stuck.", ["state"], registry=registry
        )
        self.outbox_age = Gauge(
            "forum_outbox_age_seconds", "Age of the oldest message on its way.", registry=registry
        )
        self.inbox = Gauge(
            "forum_inbox_updates", "Updates that were stored and not worked yet.", registry=registry
        )
        self.database_bytes = Gauge(
            "forum_database_bytes", "Size of the database with its log.", registry=registry
        )
        self.backup_age = Gauge(
            "forum_backup_age_seconds", "Age of the newest backup; NaN without one.", registry=registry
        )
        self.lag = Gauge(
            "forum_event_loop_lag_seconds",
            "How late the event loop was at worst since the last look.",
            registry=registry,
        )
        ProcessCollector(registry=registry)
        self._worst = 0.0

    @contextmanager
    def update(self, update: dict[str, Any]) -> Iterator[None]:
        """Time the work on an update."""
        kind = next((name for name in update if name in _KINDS), "other")
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.updates.labels(kind).inc()
            self.update_seconds.observe(time.perf_counter() - begun)

    def performed(self, command: str, seconds: float) -> None:
        """Note how long a command took.

        Args:
            command: its name in the table of commands.
            seconds: how long.
        """
        self.command_seconds.labels(command).observe(seconds)

    def failed(self, error: BaseException) -> None:
        """Note that something went wrong."""
        self.errors.labels(type(error).__name__).inc()

    def take_lag(self) -> float:
        """The worst lag of the event loop in seconds since this was last asked."""
        worst, self._worst = self._worst, 0.0
        return worst

    async def watch_loop(self) -> None:
        """Measure how late the event loop is, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _BEAT
            await asyncio.sleep(_BEAT)
            self._worst = max(self._worst, loop.time() - due)
