"""RSS and Atom: bytes to entries. Run in a worker process, as documents are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from handlers.intake.addresses import checked_link
from handlers.intake.model import Refused

_ENTRIES = 200
_TEXT = 200_000
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed."""

    id: str
    """What the feed knows it by; its link where it has no other name."""
    link: str | None
    """None where it has none that may be opened."""
    title: str | None
    published: str | None
    """ISO date."""
    content: str
    """HTML of the entry itself; often only a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """What a feed says now, the newest first as feeds have it."""

    title: str | None
    entries: tuple[FeedEntry, ...]


def read_feed(data: bytes) -> FeedPage:
    """The entries of a feed.

    Raises:
        Refused: it is no feed, or one that wants to be expanded.
    """
    import feedparser  # noqa: PLC0415 - heavy, and meant for the worker

    if _ENTITY.search(data.replace(b"\0", b"")):
        raise Refused("intake.bomb")
    # A stream: bytes by themselves it would take for the name of a file.
    found = feedparser.parse(BytesIO(data), resolve_relative_uris=False)
    if not found.get("version"):
        raise Refused("intake.no_feed")
    title = str(found.feed.get("title") or "").strip()[:80] or None
    entries = tuple(_entry(one) for one in found.entries[:_ENTRIES])
    return FeedPage(title=title, entries=tuple(one for one in entries if one.id))


def _entry(one: dict[str, object]) -> FeedEntry:
    link = str(one.get("link") or "").strip()
    contents = one.get("content")
    first = contents[0].get("value", "") if isinstance(contents, list) and contents else one.get("summary")
    stamp = one.get("published_parsed")
    return FeedEntry(
        id=str(one.get("id") or link)[:2_000],
        link=_public(link),
        title=str(one.get("title") or "").strip()[:200] or None,
        published=f"{stamp[0]:04}-{stamp[1]:02}-{stamp[2]:02}" if isinstance(stamp, tuple) else None,
        content=str(first or "")[:_TEXT],
    )


def _public(link: str) -> str | None:
    try:
        return checked_link(link) if link else None
    except Refused:
        return None
