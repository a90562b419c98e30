"""Asks feeds for what is new, politely, and makes drafts of it."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bot.logs import log
from handlers.intake import Fetcher, Intaken, Refused
from handlers.intake.feeds import FeedEntry, FeedPage
from storage.history import Deed

if TYPE_CHECKING:
    from content.model import Article
    from content.preparation import PreparedArticle
    from handlers.intake.fetching import Fetched
    from storage.feeds import Feed
    from storage.repositories import Repositories

EVERY = timedelta(minutes=30)
"""Between two looks at a feed that is well."""
LONGEST = timedelta(days=1)
"""Between two looks at one that keeps failing."""
REPORT_AT = 5
"""Failures in a row after which somebody is told, once."""
_FIRST = 3
"""Entries of a new feed that become drafts; the older ones count as known."""
_MOST = 10
"""Entries of one look that become drafts; the others wait for the next."""
_SHORTEST = 120
"""Characters of an entry's own text from which it is an article, where its page cannot be read."""
_PASSING = frozenset({"intake.unreachable", "intake.slow", "intake.status"})
"""What may be otherwise the next time."""

_log = log("bot.feeds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the poller needs of the world."""

    fetcher: Fetcher
    parse: Callable[..., Awaitable[Intaken]]
    read_feed: Callable[[bytes], Awaitable[FeedPage]]
    prepare: Callable[[Article], Awaitable[PreparedArticle]]
    tell: Callable[[int, str, dict[str, Any]], Awaitable[None]]
    """Tells a person a sentence of the catalogues, by its key."""
    now: Callable[[], datetime]


class FeedPoller:
    """Asks feeds, one after the other."""

    def __init__(self, repositories: Repositories, sources: Sources) -> None:
        self._repositories = repositories
        self._sources = sources

    async def poll_due(self) -> int:
        """Ask every feed whose time has come.

        Returns:
            How many drafts were made.
        """
        made = 0
        for feed in await self._repositories.feeds.due(now=self._sources.now()):
            made += await self._poll(feed)
        return made

    async def _poll(self, feed: Feed) -> int:
        now = self._sources.now()
        conditions = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            fetched = await self._sources.fetcher.fetch(feed.url, headers)
            if fetched.status == HTTPStatus.GONE:
                await self._gone(feed)
                return 0
            if fetched.status == HTTPStatus.NOT_MODIFIED:
                await self._well(feed, fetched, now)
                return 0
            if fetched.status != HTTPStatus.OK:
                await self._failed(feed, "intake.status", now, _retry_after(fetched, now))
                return 0
            page = await self._sources.read_feed(fetched.data)
        except Refused as refusal:
            await self._failed(feed, refusal.key, now)
            return 0
        made, left = await self._take(feed, page)
        # What is left over is asked for again, not answered with "nothing new".
        known = replace(feed, title=page.title or feed.title)
        await self._well(known, None if left else fetched, now)
        if made and feed.added_by is not None:
            name = page.title or feed.url
            await self._sources.tell(feed.added_by, "feeds.new", {"title": name, "count": made})
        return made

    async def _take(self, feed: Feed, page: FeedPage) -> tuple[int, bool]:
        """Make drafts of the new entries; gives how many, and whether some are left for the next time."""
        feeds = self._repositories.feeds
        by_id = {entry.id: entry for entry in page.entries}
        unseen = await feeds.unseen(feed.id, tuple(by_id))
        if await feeds.fresh(feed.id):
            await feeds.see(feed.id, unseen[_FIRST:])
            unseen = unseen[:_FIRST]
        made, left = 0, len(unseen) > _MOST
        for entry_id in unseen[:_MOST]:
            try:
                made += await self._draft(feed, by_id[entry_id])
            except Refused as refusal:
                if refusal.key in _PASSING:
                    left = True
                    continue
                _log.info("entry_passed_over", feed_id=feed.id, reason=refusal.key)
            await feeds.see(feed.id, [entry_id])
        return made, left

    async def _draft(self, feed: Feed, entry: FeedEntry) -> bool:
        """Whether an entry became a draft; a text that is known already does not.

        Raises:
            Refused: neither its page nor the entry itself holds an article.
        """
        from content.masthead import read_masthead  # noqa: PLC0415 - not before there is an entry
        from content.model import Article  # noqa: PLC0415 - likewise

        found = await self._text(entry)
        head = read_masthead(found.text)
        article = Article(
            text=found.text,
            title=entry.title or found.title or head.title,
            publisher=found.site or head.publisher or feed.title,
            url=found.url or entry.link,
            published=entry.published or found.published or head.published,
        )
        articles = self._repositories.articles
        if await articles.find(article.sha256) is not None:
            return False
        prepared = await self._sources.prepare(article)
        deed = Deed(by=feed.added_by, now=self._sources.now())
        await articles.add(prepared, state="draft", deed=deed)
        return True

    async def _text(self, entry: FeedEntry) -> Intaken:
        """The article of an entry: its page, else what the feed itself says."""
        try:
            return await self._page(entry.link)
        except Refused:
            if len(entry.content) < _SHORTEST:
                raise
            title = html.escape(entry.title or "")
            page = f"<html><body><article><h1>{title}</h1><p>{entry.content}</p></article></body></html>"
            return await self._sources.parse(page.encode(), None, "utf-8", entry.link)

    async def _page(self, link: str | None) -> Intaken:
        if link is None:
            raise Refused("intake.no_article")
        fetched = await self._sources.fetcher.fetch(link)
        if fetched.status != HTTPStatus.OK:
            raise Refused("intake.status", status=fetched.status)
        return await self._sources.parse(fetched.data, None, fetched.charset, fetched.url)

    async def _well(self, feed: Feed, fetched: Fetched | None, now: datetime) -> None:
        headers = fetched.headers if fetched else {}
        await self._repositories.feeds.settle(
            replace(
                feed,
                etag=headers.get("etag", feed.etag if fetched else None),
                last_modified=headers.get("last-modified", feed.last_modified if fetched else None),
                next_at=now + EVERY,
                failures=0,
                reported=False,
                error=None,
                succeeded_at=now,
            )
        )

    async def _failed(self, feed: Feed, error: str, now: datetime, wait: timedelta | None = None) -> None:
        failures = feed.failures + 1
        pause = max(min(EVERY * 2 ** min(failures, 10), LONGEST), min(wait or EVERY, LONGEST))
        report = failures >= REPORT_AT and not feed.reported
        await self._repositories.feeds.settle(
            replace(
                feed,
                next_at=now + pause,
                failures=failures,
                error=error,
                reported=feed.reported or report,
            )
        )
        _log.info("feed_failed", feed_id=feed.id, reason=error, failures=failures)
        if report and feed.added_by is not None:
            values = {"title": feed.title or feed.url, "count": failures}
            await self._sources.tell(feed.added_by, "feeds.failing", values)

    async def _gone(self, feed: Feed) -> None:
        """Its site says that it is gone for good: it is not asked again."""
        await self._repositories.feeds.settle(
            replace(feed, next_at=None, error="intake.status", reported=True, failures=feed.failures + 1)
        )
        if feed.added_by is not None and not feed.reported:
            await self._sources.tell(feed.added_by, "feeds.gone", {"title": feed.title or feed.url})


def _retry_after(fetched: Fetched, now: datetime) -> timedelta | None:
    """How long a site asks to be left alone: seconds, or an HTTP date."""
    value = fetched.headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 8:
        return timedelta(seconds=int(value))
    try:
        return parsedate_to_datetime(value) - now
    except (ValueError, TypeError):
        return None


async def forever(poller: FeedPoller, pause: float) -> None:
    """Poll until cancelled; a failure of one round does not end the next.

    Args:
        poller: what to ask.
        pause: seconds between two looks at what is due.
    """
    while True:
        try:
            await poller.poll_due()
        except Exception as error:
            _log.error("feeds_failed", exc_info=error)
        await asyncio.sleep(pause)
