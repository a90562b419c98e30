"""Builds the bot: settings → repositories → services → dispatcher → python-telegram-bot's application."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram.request import BaseRequest

    from bot.clock import Clock
    from bot.settings import Settings


class ForumBot:
    """The running bot. ``async with`` it, or ``await run()`` until a signal stops it.

    Attributes:
        services: what the handlers are given (``handlers.services.Services``).
        telegram: python-telegram-bot's ``Application``.
        clock: the digest clock; ``clock.advance(seconds)`` moves it forward.
    """

    async def start(self) -> None:
        """Open the database, start polling, the digests and the delivery; returns once updates are taken."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Finish what is in hand, confirm the offset, drain the delivery within 10 s, close the database."""
        raise NotImplementedError

    async def run(self) -> None:
        """Run until SIGINT or SIGTERM."""
        raise NotImplementedError


def build_application(
    settings: Settings, *, request: BaseRequest | None = None, clock: Clock | None = None
) -> ForumBot:
    """Put the bot together; nothing is opened before ``start``.

    Args:
        settings: validated settings.
        request: transport to use in place of the network, for tests and the local chat.
        clock: digest clock; the system's where None.
    """
    raise NotImplementedError
