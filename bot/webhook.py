"""Takes updates by webhook: each is stored before it is acknowledged, then worked in the order of its chat.

Telegram sends an update again until it gets a 200. One that is known already is acknowledged and nothing
else; one that cannot be stored is refused, so that it comes again. What a dead process had stored and not
worked is worked at the next start, whichever way updates come then.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.errors import StartError
from bot.http_server import listen, read_bytes, serving
from bot.lanes import Lanes, Update
from bot.logs import log
from bot.settings import Hook
from storage.errors import StorageError
from storage.inbox import Inbox

BODY_LIMIT = 1024 * 1024
"""Bytes; an update with the longest message and its entities takes a tenth."""
CONNECTIONS = 20
"""Updates of different chats that Telegram may bring at once."""
_HEADER = "x-telegram-bot-api-secret-token"
_AGAIN = 5.0
"""Seconds between two tries to tell Telegram the address."""

_log = log("bot.webhook")


class StoredUpdates:
    """Works what the inbox holds, one lane a chat."""

    def __init__(
        self, inbox: Inbox, handle: Callable[[Update], Awaitable[None]], now: Callable[[], datetime]
    ) -> None:
        """Prepare; ``resume`` works what a process before left.

        Args:
            inbox: where updates are stored.
            handle: answers one update; it never raises.
            now: the clock.
        """
        self._inbox = inbox
        self._handle = handle
        self._now = now
        self._lanes = Lanes(self._work)
        self._order = asyncio.Lock()

    async def resume(self) -> int:
        """Work what was stored and not worked.

        Returns:
            How many there are.
        """
        left = await self._inbox.open()
        for update in left:
            self._lanes.add(update)
        await self._inbox.forget(now=self._now())
        return len(left)

    async def take(self, update: Update) -> None:
        """Store an update for good and have it worked; nothing happens where it is known.

        Raises:
            StorageError: it cannot be stored.
        """
        async with self._order:  # Stored in one order, worked in the same.
            if await self._inbox.add(update, now=self._now()):
                self._lanes.add(update)

    async def stop(self, seconds: float) -> None:
        """Wait for what is in hand; what is left is worked after the next start."""
        if not await self._lanes.wait(seconds):
            self._lanes.cancel()

    async def _work(self, update: Update) -> None:
        await self._handle(update)
        try:
            await self._inbox.done(update["update_id"])
        except StorageError as error:
            _log.error("update_not_noted", update_id=update["update_id"], exc_info=error)


class Webhook:
    """The webhook: its server, and the registration with Telegram."""

    def __init__(
        self, hook: Hook, call: Callable[[str, Mapping[str, str]], Awaitable[Any]], kinds: Sequence[str]
    ) -> None:
        """Open nothing yet.

        Args:
            hook: address and secret.
            call: the Bot API.
            kinds: the kinds of update that are wanted.
        """
        self._hook = hook
        self._call = call
        self._kinds = kinds
        self.registered = asyncio.Event()
        """Set once Telegram knows the address."""

    async def run(self, updates: StoredUpdates) -> None:
        """Serve until cancelled; Telegram is told the address once the server listens.

        Raises:
            StartError: the address cannot be listened on, or Telegram refuses it.
        """
        try:
            listener = listen(self._hook.listen)
        except OSError as error:
            raise StartError(f"WEBHOOK_LISTEN: {self._hook.listen}: {error.strerror}") from error
        await self._serve(updates, listener)

    def flowing(self) -> bool:
        """Whether Telegram knows where to bring updates."""
        return self.registered.is_set()

    async def _serve(self, updates: StoredUpdates, listener: socket.socket) -> None:
        async with serving(build_webhook(self._hook, updates), listener):
            await self._register()
            await asyncio.Event().wait()

    async def _register(self) -> None:
        fields = {
            "url": self._hook.url,
            "secret_token": self._hook.secret,
            "allowed_updates": json.dumps(list(self._kinds)),
            "max_connections": str(CONNECTIONS),
            "drop_pending_updates": "false",
        }
        while True:
            try:
                await self._call("setWebhook", fields)
            except InvalidToken:
                raise StartError("Telegram refuses BOT_TOKEN: check it with @BotFather") from None
            except BadRequest as error:
                raise StartError(f"WEBHOOK_URL: Telegram refuses it: {error.message}") from None
            except TelegramError as error:
                _log.warning("webhook_not_set", error=type(error).__name__, again_in=_AGAIN)
                await asyncio.sleep(_pause(error))
            else:
                _log.info("webhook_set")
                self.registered.set()
                return


def build_webhook(hook: Hook, updates: StoredUpdates) -> Starlette:
    """The application behind the address: one path, one method, one secret."""
    secret = hook.secret.encode()

    async def receive(request: Request) -> Response:
        shown = request.headers.get(_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(shown, secret):
            raise HTTPException(403)
        update = _update(await read_bytes(request, BODY_LIMIT))
        try:
            await updates.take(update)
        except StorageError as error:
            _log.error("update_not_stored", update_id=update["update_id"], exc_info=error)
            raise HTTPException(503) from error  # Telegram brings it again.
        return PlainTextResponse("")

    async def refused(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return PlainTextResponse("", status)

    route = Route(urlsplit(hook.url).path or "/", receive, methods=["POST"])
    app = Starlette(routes=[route], exception_handlers={HTTPException: refused})
    app.router.redirect_slashes = False  # A path is right or wrong.
    return app


def _update(body: bytes) -> Update:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not 0 <= number < 2**63:
        raise HTTPException(400)
    return dict(update)


def _pause(error: TelegramError) -> float:
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return float(after) if isinstance(after, int | float) else after.total_seconds()
    return _AGAIN
