"""A page that lost its connection misses nothing."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot.chat import events
from bot.chat.events import EventLog, EventsLostError


def filled(count: int, capacity: int = 100) -> EventLog:
    log = EventLog(capacity)
    for number in range(count):
        log.add({"event": "message", "number": number})
    return log


def test_replays_from_the_last_seen() -> None:
    """What came after an id is given in order, each with an id to go on from."""
    log = filled(3)
    replayed = log.after(f"{log.epoch}-1")
    assert [event["number"] for _, event in replayed] == [1, 2]
    assert replayed[-1][0] == log.last_id
    assert log.after(log.last_id) == []


@pytest.mark.parametrize("last", ["", "nonsense", "other-1", "-1", "{epoch}-4", "{epoch}--1", "{epoch}-²"])
def test_unknown_id_is_lost(last: str) -> None:
    """An id of another run, of the future or of no shape is refused instead of guessed."""
    log = filled(3)
    with pytest.raises(EventsLostError):
        log.after(last.format(epoch=log.epoch))


def test_old_id_is_lost_when_events_are_gone() -> None:
    """Beyond the capacity the log says so rather than skipping silently."""
    log = filled(5, capacity=2)
    assert len(log.after(f"{log.epoch}-3")) == 2
    with pytest.raises(EventsLostError):
        log.after(f"{log.epoch}-2")


async def test_stream_goes_on_with_what_comes() -> None:
    """A stream gives what was missed, then what happens, without doubling either."""
    log = filled(1)
    stream = log.stream(f"{log.epoch}-0")
    lines = [await anext(stream), await anext(stream)]
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    log.add({"event": "message", "number": 1})
    lines.append(await waiting)
    assert [line.partition("\n")[0] for line in lines] == [
        "retry: 1000",
        f"id: {log.epoch}-1",
        f"id: {log.epoch}-2",
    ]


async def test_many_at_once_wake_one_stream_once_each() -> None:
    """Events added in one go all arrive, in order."""
    log = EventLog()
    stream = log.stream(log.last_id)
    await anext(stream)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    for number in range(5):
        log.add({"number": number})
    numbers = [await waiting] + [await anext(stream) for _ in range(4)]
    ids = [int(line.partition("\n")[0].rpartition("-")[2]) for line in numbers]
    assert all(later == earlier + 1 for earlier, later in pairwise(ids))


async def test_lost_stream_asks_for_a_reset() -> None:
    """A page of another run is told to load anew, and the stream ends."""
    lines = [line async for line in EventLog().stream("old-7")]
    assert lines[-1].startswith("event: reset\n")


async def test_silence_sends_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quiet stream sends comments, so that a dead connection shows."""
    monkeypatch.setattr(events, "HEARTBEAT", 0.01)
    log = EventLog()
    stream = log.stream(log.last_id)
    await anext(stream)
    assert (await anext(stream)).startswith(":")
