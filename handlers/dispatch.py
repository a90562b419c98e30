"""From an update to the row of the table and back: the one place where requests are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.services import Services

if TYPE_CHECKING:
    from telegram import Bot, Update


class Dispatcher:
    """Finds the row that an update asks for, checks its permission and sends the reply."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, update: Update, bot: Bot) -> None:
        """Answer one update; an update that asks nothing of the bot is passed over."""
        raise NotImplementedError
