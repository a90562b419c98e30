"""The studio: what was made once is not made again, and no more is kept than it has room for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from app import until

from handlers.studio import LARGEST, Studio

made: list[Any] = []


def double(value: int) -> bytes:
    made.append(value)
    return bytes([value, value])


def huge(value: int) -> bytes:
    made.append(value)
    return bytes(LARGEST + value)


async def here(function: Callable[..., bytes], *arguments: Any) -> bytes:
    return function(*arguments)


async def test_the_same_values_are_made_once() -> None:
    """The longest unused goes first; a file that is too large is made anew."""
    made.clear()
    studio = Studio(here, capacity=2)
    assert [await studio.make(double, number) for number in (1, 2, 1, 3, 1, 2)] == [
        bytes([number] * 2) for number in (1, 2, 1, 3, 1, 2)
    ]
    assert made == [1, 2, 3, 2]
    assert len([await studio.make(huge, 1) for _ in range(2)]) == 2
    assert made[-2:] == [1, 1]


async def test_the_loop_goes_on_meanwhile() -> None:
    """By itself the studio works in a thread."""
    started, go_on = threading.Event(), threading.Event()

    def wait(_value: int) -> bytes:
        started.set()
        return b"x" if go_on.wait(5) else b""

    task = asyncio.create_task(Studio().make(wait, 1))
    await until(started.is_set)
    assert not task.done()
    go_on.set()
    assert await task == b"x"
