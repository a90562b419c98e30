"""What Telegram shows of the bot itself: its command menu and its description, in each language."""

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
class Setting:
    """One call that sets something of the bot for the clients of one language."""

    method: str
    """``setMyCommands``, ``setMyDescription`` or ``setMyShortDescription``."""
    language_code: str
    fields: dict[str, str]

    def parameters(self) -> dict[str, str]:
        """The request's fields as they cross the wire."""
        return {**self.fields, "language_code": self.language_code}


def menus(default_language: str) -> tuple[Setting, ...]:
    """The menus that everybody sees, one for each language that a client can have."""
    return tuple(
        _menu({"type": "default"}, code, language or default_language, "reader")
        for code, language in _CLIENTS.items()
    )


def descriptions(default_language: str) -> tuple[Setting, ...]:
    """What the empty chat and the bot's profile say, in each language that a client can have."""
    settings = []
    for code, language in _CLIENTS.items():
        t = wording(language or default_language)
        settings.append(Setting("setMyDescription", code, {"description": t("profile.description")}))
        settings.append(Setting("setMyShortDescription", code, {"short_description": t("profile.short")}))
    return tuple(settings)


def chat_menu(chat_id: int, role: Role, language: str) -> Setting:
    """The menu of one chat: in the language that it chose, with what its reader may do."""
    return _menu({"type": "chat", "chat_id": chat_id}, "", language, role)


def _menu(scope: dict[str, Any], code: str, language: str, role: Role) -> Setting:
    t = wording(language)
    commands = [
        {"command": row.name, "description": t(f"menu.{row.name}")}
        for row in COMMANDS
        if row.menu and permits(role, row.role)
    ]
    return Setting("setMyCommands", code, {"commands": dumps(commands), "scope": dumps(scope)})
