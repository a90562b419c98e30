"""What a method is: a name, the parameters it knows, and the function that carries it out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.memory_api.params import Params
from bot.memory_api.state import State
from bot.memory_api.wire import Upload


@dataclass(frozen=True, slots=True)
class Request:
    """One request while it is carried out."""

    state: State
    params: Params
    files: Mapping[str, Upload]
    notes: list[str]
    """Takes what the real server would put right or ignore in silence."""


@dataclass(frozen=True, slots=True)
class Method:
    """A row of the table of methods."""

    name: str
    run: Callable[[Request], object | Awaitable[object]]
    parameters: frozenset[str]


def method(name: str, run: Callable[[Request], object | Awaitable[object]], parameters: str = "") -> Method:
    """A row from the names of its parameters, separated by blanks."""
    return Method(name, run, frozenset(parameters.split()))
