"""The command table: everything that the bot can be asked, in the order of its menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.reply import Reply
from handlers.request import Request, Role
from handlers.services import Services

Function = Callable[[Services, Request], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row. Its wording has the keys ``help.<name>`` and ``menu.<name>`` in the catalogues."""

    name: str
    function: Function
    aliases: tuple[str, ...]
    """Chinese words that mean the same in a private chat: ``演讲人 王海峰``."""
    role: Role = "reader"
    menu: bool = True
    """Whether Telegram's command menu shows it."""
    memo: bool = False
    """Whether the reply depends on nothing but argument, page, language and content."""


COMMANDS: tuple[Command, ...] = ()
BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
