"""The bot's work without Telegram: one database, the same dispatcher, answers as plain text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.dispatch import Dispatcher
from handlers.services import Services
from storage.repositories import open_repositories

if TYPE_CHECKING:
    from bot.settings import Settings
    from content.model import Article

_USERNAME = "forum_briefing_bot"
_READER = 1
_LOOKS_BACK = timedelta(days=1)


class Listener:
    """A Bot API that keeps the texts that are sent and carries nothing out."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def call(
        self,
        method: str,  # noqa: ARG002 - the signature of handlers.outgoing.Api
        fields: Mapping[str, str],
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Any:
        """Keep the text or caption, the labels of its buttons, and the names of files."""
        self.texts.extend(text for text in (fields.get("text"), fields.get("caption")) if text)
        rows = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
        if rows:
            self.texts.append("\n".join(" ".join(f"[{button['text']}]" for button in row) for row in rows))
        self.texts.extend(f"[{name}]" for name, _, _ in (files or {}).values())
        return {"message_id": len(self.texts)}


@asynccontextmanager
async def offline_services(settings: Settings) -> AsyncIterator[Services]:
    """The services over the settings' database, the shipped articles included.

    Raises:
        StorageError: the database cannot be opened.
        PreparationError: a worker failed over a shipped article.
    """
    from bot.seed import seed  # noqa: PLC0415 - reads the articles' files
    from bot.workers import Workers  # noqa: PLC0415 - only where something is prepared

    repositories = await open_repositories(settings.database_url)
    workers = Workers()
    try:
        await repositories.users.load()
        services = Services(
            repositories=repositories,
            access=repositories.users,
            bot_username=_USERNAME,
            default_language=settings.default_language,
            default_zone=settings.default_timezone,
            default_digest_minute=settings.digest_minute,
        )
        await seed(repositories, workers)
        services.ready.set()
        yield services
    finally:
        workers.close()
        await repositories.database.close()


async def ask(settings: Settings, text: str) -> str:
    """What the bot would answer to a message in a private chat."""
    listener = Listener()
    person = {"id": _READER, "is_bot": False, "first_name": ""}
    chat = {"id": _READER, "type": "private"}
    message = {"message_id": 1, "date": 1, "from": person, "chat": chat, "text": text}
    async with offline_services(settings) as services:
        await Dispatcher(services)({"update_id": 1, "message": message}, listener)
    return "\n\n".join(listener.texts)


async def preview_digest(settings: Settings) -> str | None:
    """The digest that a new subscriber would get now, as text; None where nothing is new."""
    from content.news import Interest  # noqa: PLC0415 - only here
    from handlers.editions import Composer, open_desk  # noqa: PLC0415 - likewise
    from storage.subscriptions import Slot, Subscription  # noqa: PLC0415 - likewise

    async with offline_services(settings) as services:
        now = services.now()
        covered = await services.repositories.news.revision_at(now - _LOOKS_BACK)
        subscription = Subscription(
            id=0,
            chat_id=_READER,
            thread_id=None,
            minute_of_day=services.default_digest_minute,
            zone=services.default_zone,
            cadence="daily",
            covered_revision=covered,
        )
        composer = Composer(services, await open_desk(services, covered))
        edition = await composer.edition(Slot(subscription, now.date(), now), Interest(), (), now)
    return "\n\n".join(part.parameters["text"] for part in edition.parts) if edition is not None else None


async def ingest(settings: Settings, articles: list[Article]) -> list[int]:
    """Extract and publish articles; the same text twice is the same article.

    Returns:
        The articles' ids.

    Raises:
        PreparationError: an article took too much time or memory.
    """
    from bot.workers import Workers  # noqa: PLC0415 - only where something is prepared

    workers = Workers()
    async with offline_services(settings) as services:
        try:
            return [
                await services.repositories.articles.add(await workers.prepare(article))
                for article in articles
            ]
        finally:
            workers.close()
