"""``check``: whether settings, database, token and clock are as they should be."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.settings import Settings

_SKEW = 10.0
"""Seconds that the clock may be wrong; digests come by the minute."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    subject: str
    good: bool
    text: str


async def check(settings: Settings) -> list[Finding]:
    """Look at everything that the bot needs to run."""
    looks: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
        ("settings", _settings),
        ("database", _database),
        ("content", _content),
        ("backups", _backups),
        ("token", _token),
        ("clock", _clock),
    )
    return [await _finding(subject, look, settings) for subject, look in looks]


async def _finding(subject: str, look: Callable[[Settings], Awaitable[str]], settings: Settings) -> Finding:
    try:
        return Finding(subject, True, await look(settings))
    except _TroubleError as trouble:
        return Finding(subject, False, str(trouble))


_NOT_MIGRATED = "not compared before the database is migrated"


class _TroubleError(Exception):
    """What is wrong, in one line."""


async def _settings(settings: Settings) -> str:
    return f"good; digests at {settings.default_digest_time} {settings.default_timezone}"


async def _database(settings: Settings) -> str:
    if settings.on_server:
        return await _ask_server(settings.database_url)
    return await asyncio.to_thread(_inspect, settings.database_path)


async def _ask_server(url: str) -> str:
    from storage.errors import StorageError  # noqa: PLC0415 - only what is asked for
    from storage.postgresql_migrations import look  # noqa: PLC0415 - likewise

    try:
        version, names = await look(url)
    except StorageError as error:
        raise _TroubleError(str(error)) from error
    return f"PostgreSQL {version}" + (f"; migrations to come: {', '.join(names)}" if names else "")


def _inspect(path: Path) -> str:
    from storage.errors import StorageError  # noqa: PLC0415 - only what is asked for
    from storage.migrate import pending  # noqa: PLC0415 - likewise

    if not path.exists():
        return f"{path} will be created"
    try:
        names = pending(path)
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    except (StorageError, sqlite3.Error) as error:
        raise _TroubleError(f"{path}: {error}") from error
    if verdict != "ok":
        raise _TroubleError(f"{path} is damaged: {verdict}")
    return f"{path} is sound" + (f"; migrations to come: {', '.join(names)}" if names else "")


async def _content(settings: Settings) -> str:
    if settings.on_server:
        return await _compare_server(settings.database_url)
    return await asyncio.to_thread(_compare, settings.database_path)


async def _compare_server(url: str) -> str:
    from storage.errors import StorageError  # noqa: PLC0415 - only what is asked for
    from storage.integrity import check_stored_content  # noqa: PLC0415 - likewise
    from storage.postgresql_migrations import look  # noqa: PLC0415 - likewise
    from storage.repositories import open_database  # noqa: PLC0415 - likewise

    try:
        _, names = await look(url)
        if names:
            return _NOT_MIGRATED
        database = await open_database(url)
        try:
            counts = await check_stored_content(database)
        finally:
            await database.close()
    except StorageError as error:
        raise _TroubleError(str(error)) from error
    return f"{counts.articles} articles and {counts.facts} facts are as they were stored"


def _compare(path: Path) -> str:
    from storage.errors import StorageError  # noqa: PLC0415 - only what is asked for
    from storage.integrity import check_content  # noqa: PLC0415 - likewise
    from storage.migrate import pending  # noqa: PLC0415 - likewise

    try:
        if not path.exists() or pending(path):
            return _NOT_MIGRATED
        counts = check_content(path)
    except (StorageError, sqlite3.Error) as error:
        raise _TroubleError(str(error)) from error
    return f"{counts.articles} articles and {counts.facts} facts are as they were stored"


async def _backups(settings: Settings) -> str:
    from bot.backups import EVERY, newest  # noqa: PLC0415 - only what is asked for

    if settings.on_server:
        return "PostgreSQL's own are up to its server: pg_dump, or whatever its operator has"
    folder = Path(settings.backup_dir)
    last = newest(folder)
    if last is None:
        return f"none in {folder} yet; the running bot makes one a day"
    age = datetime.now(UTC) - last
    if age > 2 * EVERY:
        raise _TroubleError(f"the newest in {folder} is {age.days} days old; the running bot makes one a day")
    return f"the newest in {folder} is {age.total_seconds() / 3600:.0f} hours old"


async def _token(settings: Settings) -> str:
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 - heavy

    from bot.application import build_application  # noqa: PLC0415 - heavy

    if settings.bot_token is None:
        raise _TroubleError("BOT_TOKEN is not set; the local chat and the offline commands need none")
    telegram = build_application(settings).telegram
    try:
        await telegram.initialize()
    except InvalidToken:
        raise _TroubleError("Telegram refuses BOT_TOKEN: check it with @BotFather") from None
    except TelegramError as error:
        host = urlsplit(settings.bot_api_base_url).hostname
        raise _TroubleError(f"{host} cannot be reached ({type(error).__name__})") from error
    else:
        return f"belongs to @{telegram.bot.username}"
    finally:
        await telegram.shutdown()


async def _clock(settings: Settings) -> str:
    from bot.http_client import HttpClient, Timeouts  # noqa: PLC0415 - only what is asked for
    from bot.http_connection import HttpError  # noqa: PLC0415 - likewise

    parts = urlsplit(settings.bot_api_base_url)
    client = HttpClient()
    try:
        reply = await client.request("GET", f"{parts.scheme}://{parts.netloc}/", Timeouts())
        theirs = parsedate_to_datetime(reply.headers[b"date"].decode())
    except (HttpError, KeyError, ValueError):
        return "not compared: the Bot API server told no time"
    finally:
        client.close()
    skew = time.time() - theirs.timestamp()
    if abs(skew) > _SKEW:
        raise _TroubleError(f"is {abs(skew):.0f} s {'fast' if skew > 0 else 'slow'}; digests would be too")
    return "agrees with the Bot API server"
