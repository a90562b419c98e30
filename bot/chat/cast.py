"""Who can be played on the page: the identities, and the group they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.memory_api import BotApi


@dataclass(frozen=True, slots=True)
class Identity:
    """A person at the keyboard; the private chat with the bot has the person's id."""

    id: int
    name: str
    role: Literal["reader", "editor", "owner"]


CAST = (
    Identity(1001, "读者", "reader"),
    Identity(1002, "编辑", "editor"),
    Identity(1003, "主人", "owner"),
    Identity(1004, "读者乙", "reader"),
)
GROUP_ID = -1001000000001
GROUP_TITLE = "论坛观察群"

LANGUAGES = ("zh-hans", "zh-hant", "en")
"""What an identity's app can be set to; Telegram sends it as ``language_code``."""


def enter(api: BotApi) -> None:
    """Make the identities and the group known to the server."""
    for person in CAST:
        api.add_user(person.id, person.name, language_code=LANGUAGES[0])
    owner = next(person for person in CAST if person.role == "owner")
    api.add_chat(
        GROUP_ID, "supergroup", GROUP_TITLE, members=[person.id for person in CAST], admins=[owner.id]
    )
