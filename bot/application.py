"""Builds the bot: settings → transport → poller → dispatcher, and everything behind them."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.api import TelegramApi
from bot.clock import Clock
from bot.errors import StartError
from bot.logs import log
from bot.polling import Poller
from bot.transport import make_request
from bot.updates import UpdateHandler

if TYPE_CHECKING:
    from telegram.request import BaseRequest

    from bot.backstage import Backstage
    from bot.settings import Settings
    from handlers.services import Services

ALLOWED_UPDATES = ("message", "channel_post", "callback_query", "my_chat_member")
SENDERS = 64
"""Connections for everything but the long poll: as many answers can be on their way at once."""
_READ_SECONDS = 20.0
_FINISH = 10.0
"""Seconds that a stop waits for answers in hand."""
_AGAIN = 2.0
"""Seconds between two tries to reach Telegram at the start."""

_log = log("bot.application")


class ForumBot:
    """The running bot. ``start`` and ``stop`` it, or ``run`` it until a signal comes."""

    def __init__(
        self,
        settings: Settings,
        telegram: Application[Any, Any, Any, Any, Any, Any],
        api: TelegramApi,
        clock: Clock,
    ) -> None:
        """Bundle what ``build_application`` made."""
        self.telegram = telegram
        self.api = api
        self.clock = clock
        """The clock of the digests; ``clock.advance(seconds)`` moves it forward."""
        self._settings = settings
        self._handler = UpdateHandler(api)
        self._poller = Poller(self._fetch, self._handler.handle, self._leave_webhook)
        self._polling: asyncio.Task[None] | None = None
        self._backstage: Backstage | None = None

    @property
    def backstage(self) -> Backstage:
        """The database, the digests and their delivery.

        Raises:
            RuntimeError: the bot has not started.
        """
        if self._backstage is None:
            raise RuntimeError("the bot has not started")
        return self._backstage

    @property
    def services(self) -> Services:
        """What the handlers are given.

        Raises:
            RuntimeError: the bot has not started.
        """
        return self.backstage.services

    async def start(self) -> None:
        """Poll at once, and meanwhile open the database; returns when updates are being answered.

        Raises:
            StartError: the token is refused, another program polls, or the database cannot be opened.
        """
        self._polling = asyncio.create_task(self._poller.run())
        meeting = asyncio.create_task(self._meet())
        try:
            await self._open()
            await asyncio.wait((self._polling, meeting), return_when=asyncio.FIRST_COMPLETED)
            await (self._polling if self._polling.done() else meeting)
        finally:
            meeting.cancel()
        bot = self.telegram.bot
        self._handler.open(self.backstage.start(bot.id, bot.username))
        _log.info("started", bot=bot.username)

    async def stop(self) -> None:
        """Finish what is in hand, confirm it, drain the delivery, close the database."""
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.gather(self._polling, return_exceptions=True)
        if self._backstage is not None:
            await self._poller.stop(_FINISH)
            await self._backstage.stop()
        await self.telegram.shutdown()
        _log.info("stopped")

    async def run(self) -> None:
        """Run until SIGINT or SIGTERM.

        Raises:
            StartError: the bot cannot start, or the token was revoked while it ran.
        """
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows has none; there Ctrl-C cancels us.
                loop.add_signal_handler(number, stopping.set)
        signalled = asyncio.create_task(stopping.wait())
        try:
            await self._first(asyncio.create_task(self.start()), signalled)
            if self._polling is not None and not stopping.is_set():
                await self._first(self._polling, signalled)
        finally:
            signalled.cancel()
            await self.stop()

    @staticmethod
    async def _first(work: asyncio.Task[None], signalled: asyncio.Task[bool]) -> None:
        """Wait for some work or the signal to stop; the work's exception is raised."""
        await asyncio.wait((work, signalled), return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
        else:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _open(self) -> None:
        """Open the database; to the end even when a stop comes meanwhile, so that it can be closed."""
        # In a thread, for the first poll to go out while the handlers and the database are being imported.
        backstage = await asyncio.to_thread(import_module, "bot.backstage")
        opening = asyncio.create_task(backstage.Backstage.open(self._settings, self.clock, self.api.call))
        try:
            self._backstage = await asyncio.shield(opening)
        except asyncio.CancelledError:
            self._backstage = await opening
            raise

    async def _meet(self) -> None:
        """Learn the bot's own name, however long Telegram cannot be reached."""
        while True:
            try:
                await self.telegram.initialize()
            except InvalidToken:
                raise StartError("Telegram refuses BOT_TOKEN: check it with @BotFather") from None
            except TelegramError as error:
                _log.warning("telegram_not_reached", error=type(error).__name__, again_in=_AGAIN)
                await asyncio.sleep(_AGAIN)
            else:
                return

    async def _fetch(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        return await self.api.updates(offset, limit, seconds, ALLOWED_UPDATES)

    async def _leave_webhook(self) -> None:
        await self.api.call("deleteWebhook", {"drop_pending_updates": "false"})


def build_application(
    settings: Settings, *, request: BaseRequest | None = None, clock: Clock | None = None
) -> ForumBot:
    """Put the bot together; nothing is opened before ``start``.

    Args:
        settings: validated settings.
        request: transport to use in place of the network, for tests and the local chat.
        clock: clock of the digests; the system's where None.

    Raises:
        SettingsError: there is no token.
    """
    polls = request or make_request(settings, connections=2, read_timeout=_READ_SECONDS)
    sends = request or make_request(settings, connections=SENDERS, read_timeout=_READ_SECONDS)
    telegram = (
        Application.builder()
        .token(settings.require_token())
        .base_url(settings.bot_api_base_url)
        .base_file_url(settings.bot_api_base_file_url)
        .request(sends)
        .get_updates_request(polls)
        .updater(None)
        .job_queue(None)
        .build()
    )
    return ForumBot(settings, telegram, TelegramApi(telegram.bot.base_url, sends, polls), clock or Clock())
