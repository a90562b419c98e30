"""Feeds: what is new becomes drafts; politely, once, and somebody is told when one keeps failing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from app import EDITOR, App, texts

from bot.feeds import EVERY, LONGEST, REPORT_AT, FeedPoller
from handlers.intake.feeds import read_feed
from handlers.intake.fetching import Fetched, Fetcher
from handlers.intake.model import Refused

URL = "https://news.example.com/rss"
TEXT = (
    "云州大学教授林知远表示，第{n}届论坛的开源是人工智能的土壤。"
    "远帆科技董事长沈若琳指出，平台已有{n}00万开发者，{n}家机构加入。"
)


def rss(*numbers: int, extra: str = "") -> bytes:
    items = "".join(
        f"<item><guid>g{n}</guid><title>第{n}届</title><link>https://news.example.com/{n}</link>"
        f"<pubDate>Sat, 18 Sep 2021 08:30:00 +0800</pubDate><description>摘要</description></item>"
        for n in numbers
    )
    channel = f"<channel><title>星河网</title>{items}{extra}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application itself asks no feeds meanwhile."""
    monkeypatch.setattr("bot.backstage.FEEDS", 10**6)


class Site:
    """A site with a feed and its pages."""

    def __init__(self) -> None:
        self.feed = rss(3, 2, 1)
        self.status = 200
        self.headers: dict[str, str] = {"etag": '"1"', "last-modified": "Sat, 18 Sep 2021 08:30:00 GMT"}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.page_status = 200

    async def fetch(self, url: str, headers: dict[str, str] | None = None) -> Fetched:
        self.asked.append((url, headers or {}))
        if url == URL:
            return Fetched(
                url=url,
                data=self.feed if self.status == 200 else b"",
                type="application/rss+xml",
                charset=None,
                status=self.status,
                headers=self.headers,
            )
        page = f"<html><body><article><p>{TEXT.format(n=url.rpartition('/')[2])}</p></article></body></html>"
        return Fetched(
            url=url, data=page.encode(), type="text/html", charset="utf-8", status=self.page_status
        )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site()

    async def fetch(_self: Fetcher, url: str, headers: dict[str, str] | None = None) -> Fetched:
        return await made.fetch(url, headers)

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    return made


async def poll(app: App, after: timedelta = timedelta()) -> int:
    app.bot.clock.advance(after.total_seconds())
    backstage = app.bot.backstage
    return await FeedPoller(backstage.repositories, backstage.intake.sources()).poll_due()


async def feed(app: App) -> Any:
    (only,) = await app.bot.services.repositories.feeds.list()
    return only


async def test_new_entries_become_drafts(app: App, site: Site) -> None:
    """The newest at first, what is new later; each once, with its title, link and date; its adder is told."""
    (answer,) = await app.say(f"/feed_add {URL}", user=EDITOR)
    assert "已添加“星河网”（现有 3 篇）" in answer["text"]
    assert await poll(app) == 3
    assert await poll(app) == 0
    site.feed = rss(4, 3, 2, 1)
    assert await poll(app, EVERY) == 1
    source = await app.bot.services.repositories.articles.source(7)
    assert source is not None
    assert (source.title, source.url, source.published) == (
        "第4届",
        "https://news.example.com/4",
        "2021-09-18",
    )
    await app.bot.backstage.delivery.settle(5)
    told = [text for text in texts(app.api, EDITOR) if "篇新草稿" in text]
    assert told == [
        "📥 订阅源“星河网”有 3 篇新草稿，发送 /drafts 审核。",
        "📥 订阅源“星河网”有 1 篇新草稿，发送 /drafts 审核。",
    ]


async def test_a_long_feed_does_not_flood(app: App, site: Site) -> None:
    """Of what is there at first the newest three; of much that is new at once, ten at a time."""
    site.feed = rss(*range(50, 20, -1))
    await app.say(f"/feed_add {URL}", user=EDITOR)
    assert await poll(app) == 3
    site.feed = rss(*range(64, 20, -1))
    assert await poll(app, EVERY) == 10
    assert await poll(app, EVERY) == 4


async def test_it_asks_politely(app: App, site: Site) -> None:
    """Only what has changed, not before its time, and as late as the site wishes."""
    await app.say(f"/feed_add {URL}", user=EDITOR)
    await poll(app)
    site.asked.clear()
    assert await poll(app, EVERY - timedelta(minutes=10)) == 0
    assert site.asked == []
    site.status = 304
    await poll(app, timedelta(minutes=10))
    ((_, headers),) = site.asked
    assert headers == {"If-None-Match": '"1"', "If-Modified-Since": "Sat, 18 Sep 2021 08:30:00 GMT"}
    site.status, site.headers = 429, {"retry-after": "7200"}
    await poll(app, EVERY)
    waiting = (await feed(app)).next_at - app.bot.clock.now()
    assert timedelta(minutes=110) < waiting <= timedelta(minutes=120)


async def test_a_feed_that_keeps_failing_is_reported_once(app: App, site: Site) -> None:
    """After some failures, at growing distances; when it is well again all is forgotten."""
    await app.say(f"/feed_add {URL}", user=EDITOR)
    site.status = 500
    for number in range(1, REPORT_AT + 3):
        await poll(app, LONGEST)
        assert (await feed(app)).failures == number
    await app.bot.backstage.delivery.settle(5)
    assert len([text for text in texts(app.api, EDITOR) if "连续 5 次打不开" in text]) == 1
    assert (await feed(app)).next_at - app.bot.clock.now() <= LONGEST
    site.status = 200
    await poll(app, LONGEST)
    assert ((await feed(app)).failures, (await feed(app)).reported) == (0, False)


async def test_a_feed_that_is_gone_is_asked_no_more(app: App, site: Site) -> None:
    """410 is for good."""
    await app.say(f"/feed_add {URL}", user=EDITOR)
    site.status = 410
    await poll(app)
    site.asked.clear()
    await poll(app, LONGEST)
    assert site.asked == []
    (listed,) = await app.say("/feeds", user=EDITOR)
    assert "不再查看" in listed["text"]
    await app.press(listed, "1 · 星河网", user=EDITOR)
    assert await app.bot.services.repositories.feeds.list() == ()


async def test_a_page_that_cannot_be_read_now_is_tried_again(app: App, site: Site) -> None:
    """Its entry is not lost."""
    await app.say(f"/feed_add {URL}", user=EDITOR)
    site.page_status = 503
    assert await poll(app) == 0
    site.page_status = 200
    assert await poll(app, EVERY) == 3


async def test_entries_that_point_inward_are_passed_over(app: App, site: Site) -> None:
    """Their links are not opened, enclosures neither; what they say themselves is read."""
    inward = (
        "<item><guid>x</guid><title>内网</title><link>http://169.254.169.254/latest/meta-data/</link>"
        '<enclosure url="http://127.0.0.1/secret" type="text/html" length="1"/></item>'
    )
    site.feed = rss(1, extra=inward)
    await app.say(f"/feed_add {URL}", user=EDITOR)
    assert await poll(app) == 1
    assert all("169.254" not in url and "127.0.0.1" not in url for url, _ in site.asked)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"<html><body>x</body></html>", "intake.no_feed"),
        (b"", "intake.no_feed"),
        (b"/etc/passwd", "intake.no_feed"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + rss(1), "intake.bomb"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'.encode("utf-16"), "intake.bomb"),
    ],
)
def test_what_is_no_feed(data: bytes, key: str) -> None:
    """Pages, names of files, bombs."""
    with pytest.raises(Refused) as refusal:
        read_feed(data)
    assert refusal.value.key == key


def test_atom_is_read_as_well() -> None:
    """With the content of its entries."""
    page = read_feed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>星河</title><entry><id>e</id><title>一</title>'
        '<link href="https://a.example/1"/><content type="html">正文</content></entry></feed>'.encode()
    )
    assert (page.title, page.entries[0].link, page.entries[0].content) == (
        "星河",
        "https://a.example/1",
        "正文",
    )


async def test_the_same_feed_twice(app: App, site: Site) -> None:
    """Is one; what is no feed is none; nothing becomes of a wrong number."""
    await app.say(f"/feed_add {URL}", user=EDITOR)
    assert "已经添加过" in (await app.ask(f"/feed_add {URL}", user=EDITOR))["text"]
    site.feed = b"nothing"
    assert "不是 RSS" in (await app.ask("/feed_add https://b.example/x", user=EDITOR))["text"]
    assert "内部网络" in (await app.ask("/feed_add http://10.0.0.1/rss", user=EDITOR))["text"]
    assert "没有编号" in (await app.ask("/feed_remove 99", user=EDITOR))["text"]
    await asyncio.sleep(0)
    assert len(await app.bot.services.repositories.feeds.list()) == 1
