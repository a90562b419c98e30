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
from bot.metrics import Metrics
from bot.polling import Poller
from bot.transport import make_request
from bot.updates import UpdateHandler
from bot.webhook import StoredUpdates, Webhook

if TYPE_CHECKING:
    from telegram.request import BaseRequest

    from bot.backstage import Backstage
    from bot.settings import Hook, Settings
    from handlers.services import Services

ALLOWED_UPDATES = ("message", "channel_post", "callback_query", "inline_query", "my_chat_member")
SENDERS = 64
"""Connections for everything but the long poll: as many answers can be on their way at once."""
_READ_SECONDS = 20.0
_FINISH = 8.0
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
        metrics: Metrics,
    ) -> None:
        """Bundle what ``build_application`` made."""
        self.telegram = telegram
        self.api = api
        self.clock = clock
        """The clock of the digests; ``clock.advance(seconds)`` moves it forward."""
        self.metrics = metrics
        self._settings = settings
        self._handler = UpdateHandler(api, metrics)
        self._poller = Poller(self._fetch, self._handler.handle, self._leave_webhook)
        self._webhook: Webhook | None = None
        self._stored: StoredUpdates | None = None
        self._receiving: asyncio.Task[None] | None = None
        self._pages: asyncio.Task[None] | None = None
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

        With a webhook nothing is asked for; Telegram is told the address once updates can be stored.

        Raises:
            StartError: the token is refused, another program polls, or the database cannot be opened.
        """
        hook = self._settings.hook
        if hook is None:
            self._receiving = asyncio.create_task(self._poller.run())
        meeting = asyncio.create_task(self._meet())
        try:
            await self._open()
            waiting = {meeting} if self._receiving is None else {meeting, self._receiving}
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            await done.pop()
        finally:
            meeting.cancel()
        bot = self.telegram.bot
        self._handler.open(self.backstage.start(bot.id, bot.username, self._flowing))
        await self._receive(hook)
        self._serve_pages()
        _log.info("started", bot=bot.username)

    async def _receive(self, hook: Hook | None) -> None:
        """Work what an earlier process stored, and take updates by webhook where there is one."""
        inbox = self.backstage.repositories.inbox
        self._stored = StoredUpdates(inbox, self._handler.handle, self.clock.now)
        if left := await self._stored.resume():
            _log.info("stored_updates_resumed", updates=left)
        if hook is not None:
            self._webhook = Webhook(hook, self.api.call, ALLOWED_UPDATES)
            self._receiving = asyncio.create_task(self._webhook.run(self._stored))

    def _flowing(self) -> bool:
        """Whether updates come in."""
        return (self._webhook or self._poller).flowing()

    def _serve_pages(self) -> None:
        """Serve the health pages where they are wanted."""
        if self._settings.http_listen is not None:
            from bot.health import serve_health  # noqa: PLC0415 - only where it is wanted

            self._pages = asyncio.create_task(
                serve_health(self._settings.http_listen, self.backstage, self.metrics, self._flowing)
            )

    async def stop(self) -> None:
        """Finish what is in hand, confirm it, drain the delivery, close the database."""
        running = [task for task in (self._receiving, self._pages) if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        if self._backstage is not None:
            # Side by side: a stop has ten seconds in all.
            stored = [self._stored.stop(_FINISH)] if self._stored is not None else []
            await asyncio.gather(*stored, self._poller.stop(_FINISH), self._backstage.delivery.drain(_FINISH))
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
            if not stopping.is_set():
                await self._first(self._receive_to_the_end(), signalled)
        finally:
            signalled.cancel()
            await self.stop()

    def _receive_to_the_end(self) -> asyncio.Task[None]:
        """What goes on until the bot is stopped; an error in any part of it ends all."""

        async def together() -> None:
            await asyncio.gather(*(task for task in (self._receiving, self._pages) if task is not None))

        return asyncio.create_task(together())

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
        opening = asyncio.create_task(
            backstage.Backstage.open(self._settings, self.clock, self.api, self.metrics)
        )
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
    metrics = Metrics()
    api = TelegramApi(telegram.bot.base_url, telegram.bot.base_file_url, sends, polls, failed=metrics.failed)
    return ForumBot(settings, telegram, api, clock or Clock(), metrics)
