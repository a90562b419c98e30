"""How fast messages may go out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Pace

GROUP = -7


async def spend(pace: Pace, chats: Callable[[int], int], count: int) -> float:
    """Seconds that some messages take."""
    begun = time.monotonic()
    await asyncio.gather(*(pace.turn(chats(number)) for number in range(count)))
    return time.monotonic() - begun


async def test_the_pace_holds() -> None:
    """Overall by SEND_RATE, one a second to a chat; different chats do not wait for each other."""
    assert await spend(Pace(1000), lambda number: number + 1, 50) < 0.5
    assert 0.8 <= await spend(Pace(1000), lambda _: 1, 2) < 2
    assert 0.8 <= await spend(Pace(10), lambda number: number + 1, 20) < 2


@given(st.lists(st.floats(0, 5), min_size=1, max_size=80))
def test_a_group_gets_at_most_twenty_in_any_minute(gaps: list[float]) -> None:
    """However they come in: a second apart, and never 21 within 60 seconds."""
    pace, now, times = Pace(1000), 0.0, []
    for gap in gaps:
        now = max(now + gap, 0.0)
        times.append(pace._book(GROUP, now))
    assert all(later - earlier >= 0.999 for earlier, later in pairwise(times))
    assert all(later - earlier >= 59.999 for earlier, later in zip(times, times[20:], strict=False))


@given(st.lists(st.floats(0, 3), min_size=1, max_size=40))
def test_a_person_waits_no_longer_than_needed(gaps: list[float]) -> None:
    """At once where the last message is a second old, else a second after it."""
    pace, now, last = Pace(1000), 0.0, None
    for gap in gaps:
        now += gap
        at = pace._book(1, now)
        assert at == (now if last is None else max(now, last + 1.0))
        last = at


def test_chats_written_to_long_ago_are_forgotten() -> None:
    """The memory stays bounded."""
    pace = Pace(1000)
    for chat in range(1, 10_101):
        pace._book(chat, 0.0)
    assert len(pace._chats) == 10_000
