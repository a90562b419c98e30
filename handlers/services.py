"""What every command may use."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from handlers.memo import Memo
from handlers.reply import Reply
from handlers.request import Request, Role
from handlers.studio import Studio
from storage.chats import ChatRecord, Theme

if TYPE_CHECKING:
    from handlers.intake.feeds import FeedPage
    from handlers.reading import Reading
    from storage.repositories import Repositories


RESULTS = 200
"""Inline queries remembered; the results of one take up to 40 kB."""


class Access(Protocol):
    """Who may do what; kept in memory, so that asking costs no trip to the database."""

    def role(self, user_id: int) -> Role:
        """The role of a user; ``reader`` for everybody unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How the bot itself is."""

    parts: Mapping[str, bool]
    """Whether each thing that it needs is well: ``database``, ``updates``, ``articles``."""
    last_backup: datetime | None = None
    free_bytes: int | None = None
    """Room on the disk of the database."""
    up_seconds: float = 0.0


async def unknown_condition() -> Condition:
    """Where nothing runs nothing is known."""
    return Condition(parts={})


async def nothing_to_back_up() -> Path | None:
    """Where nothing runs nothing is copied."""
    return None


def ignore(_command: str, _seconds: float) -> None:
    """Measure nothing."""


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Services:
    """Everything that the commands share; the application fills it once."""

    repositories: Repositories
    access: Access
    bot_username: str
    now: Callable[[], datetime] = utc_now
    default_language: str = "zh-hans"
    default_zone: str = "Asia/Shanghai"
    default_digest_minute: int = 8 * 60 + 30
    """Minute of the local day for ``/subscribe`` without a time."""
    wake: Callable[[], None] = lambda: None
    """Has the outbox looked at now."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the shipped articles are in."""
    performed: Callable[[str, float], None] = ignore
    """Told how many seconds a command of the table took to make its reply."""
    memo: Memo[Reply] = field(default_factory=Memo)
    """Rendered replies of the commands that depend on the content alone."""
    results: Memo[Mapping[str, str]] = field(default_factory=lambda: Memo(RESULTS))
    """Rendered results of inline queries."""

    reading: Reading = field(init=False)
    """Reads what editors send; set where the bot runs."""
    back_up: Callable[[], Awaitable[Path | None]] = nothing_to_back_up
    """Makes a verified copy of the database; None where it cannot be made."""
    health: Callable[[], Awaitable[Condition]] = unknown_condition
    """How the bot itself is."""
    look_at_feed: Callable[[str], Awaitable[FeedPage]] = field(init=False)
    """Opens a feed, to see that it is one."""
    forget: Callable[[int], Awaitable[None]] = field(init=False)
    """Forgets a person, here and in whatever a backup brings back."""

    studio: Studio = field(default_factory=Studio)
    """Draws pictures beside the event loop."""
    bindery: Studio = field(default_factory=Studio)
    """Writes files there; a large one takes its time, for which no picture has to wait."""

    async def save_settings(
        self,
        request: Request,
        *,
        language: str | None = None,
        zone: str | None = None,
        theme: Theme | None = None,
        converted: bool | None = None,
    ) -> None:
        """Keep a setting of the chat that a request came from; None leaves it as it is."""
        chats = self.repositories.chats
        known = await chats.get(request.chat_id)
        chat = known or ChatRecord(chat_id=request.chat_id, type=request.chat_type)
        changed = replace(
            chat,
            language=language or chat.language,
            zone=zone or chat.zone,
            theme=theme or chat.theme,
            converted=chat.converted if converted is None else converted,
        )
        await chats.save(changed)
