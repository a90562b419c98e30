"""What Telegram's command menu shows, for each kind of reader and each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.commands import COMMANDS
from handlers.i18n import wording
from handlers.reply import dumps
from handlers.request import Role, permits

_CLIENTS = {"": None, "zh": "zh-hans", "en": "en"}
"""Telegram's language codes (two letters: it has one for all Chinese) and what they show; "" is the rest."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The parameters of one ``setMyCommands``."""

    scope: dict[str, Any]
    language_code: str
    commands: tuple[tuple[str, str], ...]
    """Name and text of each command."""

    def parameters(self) -> dict[str, str]:
        """The request's fields as they cross the wire."""
        commands = [{"command": name, "description": text} for name, text in self.commands]
        return {
            "commands": dumps(commands),
            "scope": dumps(self.scope),
            "language_code": self.language_code,
        }


def menus(default_language: str) -> tuple[Menu, ...]:
    """The menus that everybody sees, one for each language that a client can have."""
    return tuple(
        Menu({"type": "default"}, code, _commands(language or default_language, "reader"))
        for code, language in _CLIENTS.items()
    )


def chat_menu(chat_id: int, role: Role, language: str) -> Menu:
    """The menu of one chat: in the language that it chose, with what its reader may do."""
    return Menu({"type": "chat", "chat_id": chat_id}, "", _commands(language, role))


def _commands(language: str, role: Role) -> tuple[tuple[str, str], ...]:
    t = wording(language)
    return tuple(
        (row.name, t(f"menu.{row.name}")) for row in COMMANDS if row.menu and permits(role, row.role)
    )
