"""The digest clock: the system's time, which the local chat and the tests can move forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Current time in UTC, plus whatever it was advanced by."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def timestamp(self) -> float:
        """The instant in seconds since 1970, as the Bot API counts."""
        return self.now().timestamp()

    def advance(self, seconds: float) -> None:
        """Move the clock forward and wake everyone who waits for a time.

        Raises:
            ValueError: the clock would run backwards.
        """
        if seconds < 0:
            raise ValueError("the clock can only move forward")
        self._ahead += timedelta(seconds=seconds)
        for listener in self._listeners:
            listener()

    def on_advance(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after each ``advance``.

        Returns:
            Ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
