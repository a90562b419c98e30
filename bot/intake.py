"""What takes articles in: links and documents opened with bounds, feeds, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bot.feeds import Sources
from bot.logs import log
from bot.workers import PreparationError, Workers
from handlers.intake import Fetcher, Intaken, Refused
from handlers.reading import Tools, Unpreparable

if TYPE_CHECKING:
    from bot.api import TelegramApi
    from bot.clock import Clock
    from content.model import Article
    from content.preparation import PreparedArticle
    from handlers.intake.feeds import FeedPage
    from handlers.reply import Message
    from storage.repositories import Repositories

KEPT = timedelta(days=30)
"""How long a deleted article can be brought back."""
_READING = 30.0
"""Seconds that opening one document may take."""
_READER_MEMORY = 1024**3
"""Bytes of address space that it may take; a bomb is refused there before it is felt here."""

_log = log("bot.intake")


class Intake:
    """Opens what editors and feeds send."""

    def __init__(
        self,
        repositories: Repositories,
        api: TelegramApi,
        clock: Clock,
        workers: Workers,
        default_language: str,
        wake: Callable[[], None],
    ) -> None:
        """Open nothing yet.

        Args:
            repositories: the database.
            api: the Bot API.
            clock: of the digests.
            workers: prepares articles.
            default_language: of people who have chosen none.
            wake: has the outbox looked at.
        """
        self._repositories = repositories
        self._api = api
        self._clock = clock
        self._workers = workers
        self._default_language = default_language
        self._wake = wake
        self.reader = Workers(seconds=_READING, memory=_READER_MEMORY)
        """Opens documents, of which any may be made to do harm."""

    def tools(self) -> Tools:
        """What reading articles needs of the world."""
        return Tools(
            api=self._api,
            download=self._api.download,
            fetch=self._fetch,
            parse=self._parse,
            prepare=self._prepare,
            now=self._clock.now,
        )

    async def _prepare(self, article: Article) -> PreparedArticle:
        try:
            return await self._workers.prepare(article)
        except PreparationError as error:
            raise Unpreparable(str(error)) from error

    async def _fetch(self, url: str) -> Intaken:
        """The article behind a link."""
        fetched = await Fetcher().fetch(url)
        if fetched.status != HTTPStatus.OK:
            raise Refused("intake.status", status=fetched.status)
        return await self._parse(fetched.data, None, fetched.charset, fetched.url)

    async def _parse(
        self, data: bytes, name: str | None = None, charset: str | None = None, url: str | None = None
    ) -> Intaken:
        """The article in a document, read by a worker that may be killed over it."""
        from handlers.intake.documents import read_document  # noqa: PLC0415 - not before the start is over

        try:
            found: Intaken = await self.reader.run(read_document, data, name, charset, url)
        except PreparationError as error:
            _log.warning("document_refused", error=str(error))
            raise Refused("intake.bomb") from error
        return found

    def sources(self) -> Sources:
        """What the poller of feeds needs of the world."""
        return Sources(
            fetcher=Fetcher(),
            parse=self._parse,
            read_feed=self._read_feed,
            prepare=self._prepare,
            tell=self._tell,
            now=self._clock.now,
        )

    async def look_at_feed(self, url: str) -> FeedPage:
        """What a feed says now, to see that it is one."""
        fetched = await Fetcher().fetch(url)
        if fetched.status != HTTPStatus.OK:
            raise Refused("intake.status", status=fetched.status)
        return await self._read_feed(fetched.data)

    async def _read_feed(self, data: bytes) -> FeedPage:
        from handlers.intake.feeds import read_feed  # noqa: PLC0415 - not before the start is over

        try:
            page: FeedPage = await self.reader.run(read_feed, data)
        except PreparationError as error:
            raise Refused("intake.bomb") from error
        return page

    async def _tell(self, user_id: int, key: str, values: dict[str, Any]) -> None:
        """Have the outbox tell a person something, in their language."""
        from handlers.i18n import wording  # noqa: PLC0415 - not before the start is over
        from handlers.reply import Message  # noqa: PLC0415 - likewise
        from handlers.rich_text import RichText, shortened  # noqa: PLC0415 - likewise
        from storage.editions import Edition, Part  # noqa: PLC0415 - likewise

        chat = await self._repositories.chats.get(user_id)
        t = wording((chat.language if chat else None) or self._default_language)
        parts = {name: shortened(str(value), 80) for name, value in values.items()}
        message = Message(RichText().compose(t.template(key), **parts).build())
        edition = Edition((Part(message.payload),), t.language)
        await self._repositories.editions.publish(edition, [(user_id, None)], now=self._clock.now())
        self._wake()

    async def card(self, article_id: int, language: str) -> Message:
        """An article as editors see it."""
        from handlers.i18n import wording  # noqa: PLC0415 - likewise
        from handlers.reviewing import article_card  # noqa: PLC0415 - not before the start is over

        sheet = await self._repositories.review.sheet(article_id)
        assert sheet is not None  # noqa: S101 - it was stored a moment ago
        return article_card(wording(language), sheet)
