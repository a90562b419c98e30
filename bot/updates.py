"""Hands updates to the dispatcher once there is one, and looks after those that fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from telegram.error import Forbidden

from bot.errors import report
from bot.logs import log
from storage.errors import DatabaseFullError

if TYPE_CHECKING:
    from bot.metrics import Metrics
    from handlers.outgoing import Api
    from handlers.services import Services

_log = log("bot.updates")


class UpdateHandler:
    """Answers updates; those that come before the database is open wait for it."""

    def __init__(self, api: Api, metrics: Metrics) -> None:
        """Wait for ``open``.

        Args:
            api: where the replies go.
            metrics: counts what is worked and what fails.
        """
        self._api = api
        self._metrics = metrics
        self._opened = asyncio.Event()
        self._dispatch: Callable[[dict[str, Any], Api], Coroutine[Any, Any, None]]
        self._services: Services

    def open(self, services: Services) -> None:
        """Begin to answer."""
        from handlers.dispatch import Dispatcher  # noqa: PLC0415 - not before the first poll is on its way

        self._services = services
        self._dispatch = Dispatcher(services)
        self._opened.set()

    async def handle(self, update: dict[str, Any]) -> None:
        """Answer one update; whatever goes wrong ends here."""
        if not self._opened.is_set():
            await self._opened.wait()
        with self._metrics.update(update):
            try:
                await self._dispatch(update, self._api)
            except Forbidden:
                _log.info("reader_left", update_id=update["update_id"])  # Blocked us before the answer came.
            except Exception as error:
                self._metrics.failed(error)
                key = "error.disk_full" if isinstance(error, DatabaseFullError) else "error.incident"
                await report(error, update["update_id"], lambda incident: self._tell(update, key, incident))

    async def _tell(self, update: dict[str, Any], key: str, incident: str) -> None:
        """Tell whoever caused a failed update what to do and its incident id, in the chat's language."""
        from handlers.i18n import language_of_client, wording  # noqa: PLC0415 - only where something failed

        query = update.get("callback_query")
        message = query.get("message") if query else update.get("message")
        sender = (query or message or {}).get("from")
        if not message or not sender:
            return
        chat = await self._services.repositories.chats.get(message["chat"]["id"])
        language = (chat.language if chat else None) or language_of_client(sender.get("language_code"))
        text = wording(language or self._services.default_language)(key, id=incident)
        if query:
            fields = {"callback_query_id": str(query["id"]), "text": text[:200], "show_alert": "true"}
            await self._api.call("answerCallbackQuery", fields)
        else:
            await self._api.call("sendMessage", {"chat_id": str(message["chat"]["id"]), "text": text})
