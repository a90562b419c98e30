"""/feeds, /feed_add, /feed_remove: where new articles come from by themselves."""

from __future__ import annotations

from handlers.callbacks import Press
from handlers.cards import moment
from handlers.editing import number_of
from handlers.i18n import wording
from handlers.intake import Refused
from handlers.intake.addresses import checked_link
from handlers.keyboards import press_button
from handlers.pages import said, worded
from handlers.reply import Expectation, Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services
from storage.feeds import Feed

_MOST = 100
"""Feeds that are followed at most."""


async def feeds(services: Services, request: Request) -> Reply:
    """Every feed, how it is doing, and the way to end it."""
    t = wording(request.language)
    known = await services.repositories.feeds.list()
    rich = RichText().own(t("heading.feeds", count=t.number(len(known))), "bold")
    if not known:
        rich.own("\n\n").own(t("feeds.none"))
    for feed in known:
        rich.own(f"\n\n{feed.id}. ", "bold").add(shortened(feed.title or feed.url, 60), "bold")
        rich.own("\n").add(shortened(feed.url, 120))
        if feed.next_at is None:
            rich.own("\n❌ ").own(t("feeds.ended"))
        elif feed.failures:
            rich.own("\n⚠️ ").own(t("feeds.failed", count=t.number(feed.failures)))
        if feed.succeeded_at is not None:
            rich.own("\n").own(t("feeds.succeeded", time=moment(feed.succeeded_at, request.zone)))
    buttons = [
        (
            press_button(
                f"✖️ {feed.id} · {feed.title or feed.url}", Press("feed_remove", f"#{feed.id}", mode="=")
            ),
        )
        for feed in known
    ]
    return said(rich.build(), tuple(buttons[:20]))


async def feed_add(services: Services, request: Request) -> Reply:
    """Follow a feed; it is opened once to see that it is one."""
    t = wording(request.language)
    if not request.argument:
        return Reply(worded(request, "ask.feed").messages, expects=Expectation("feed_add"))
    store = services.repositories.feeds
    if len(await store.list()) >= _MOST:
        return worded(request, "feeds.too_many", limit=t.number(_MOST))
    try:
        url = checked_link(request.argument.strip())
        page = await services.look_at_feed(url)
    except Refused as refusal:
        return said(t(refusal.key, **refusal.values))
    added = await store.add(url, page.title, request.user_id, now=services.now())
    if added is None:
        return worded(request, "feeds.known")
    keyboard = ((press_button(t("menu.feeds"), Press("feeds")),),)
    return worded(
        request,
        "feeds.added",
        keyboard,
        title=shortened(page.title or url, 60),
        count=t.number(len(page.entries)),
    )


async def feed_remove(services: Services, request: Request) -> Reply:
    """Follow a feed no longer; the drafts that it brought stay."""
    number = number_of(request.argument.strip())
    if number is None:
        return await feeds(services, request)
    url = await services.repositories.feeds.remove(number)
    if url is None:
        return worded(request, "feeds.unknown", id=shortened(request.argument, 20))
    return worded(request, "feeds.removed", url=shortened(url, 100))


def _remove(feed: Feed) -> Press:
    return Press("feed_remove", f"#{feed.id}", mode="=")
