"""Everything behind the handlers: the database, the shipped articles, the digests and their delivery."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.access import prepare_access
from bot.backups import back_up, due, newest
from bot.delivery import Delivery
from bot.errors import StartError
from bot.feeds import FeedPoller, forever
from bot.forgotten import note_forgotten
from bot.intake import KEPT, Intake
from bot.logs import log
from bot.workers import PreparationError, Workers
from handlers.reading import Reading
from handlers.services import Condition, Services
from handlers.studio import Studio
from storage.database import MEMORY
from storage.errors import DatabaseDamagedError, StorageError
from storage.repositories import open_repositories

if TYPE_CHECKING:
    from bot.api import TelegramApi
    from bot.clock import Clock
    from bot.metrics import Metrics
    from bot.settings import Settings
    from storage.repositories import Repositories

TICK = 30.0
"""Seconds between two looks at what is due."""
FEEDS = 60.0
"""Seconds between two looks at which feeds are due."""
PROGRESS = 3.0
"""Seconds between two looks at the progress of broadcasts; Telegram takes few edits of a message."""
_MAKING = 120.0
"""Seconds that one picture or file may take."""
LOOK = 10.0
"""Seconds between two looks at whether a backup is due."""
_AFTER_FAILURE = 600.0
"""Seconds after which a backup that failed is tried again."""

_RESTORE = "restore a backup: python -m bot restore FILE"

_log = log("bot.backstage")


class Backstage:
    """What runs beside the answers. Made by :meth:`open`, begun by ``start``, ended by ``stop``."""

    def __init__(
        self, settings: Settings, clock: Clock, repositories: Repositories, api: TelegramApi, metrics: Metrics
    ) -> None:
        """Bundle; ``open`` makes one."""
        self.settings = settings
        self._metrics = metrics
        self._no_backup_before = 0.0
        self._clock = clock
        self._api = api
        self._send = api.call
        self._begun = time.monotonic()
        self._reading: Reading | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._scheduler: Any = None
        self._deafen: Callable[[], None] = lambda: None
        self._planning = asyncio.Lock()
        self.repositories = repositories
        self.services: Services
        self.workers = Workers()
        self.draughtsman = Workers(seconds=_MAKING)
        self.binder = Workers(seconds=_MAKING)
        """Pictures and files have workers of their own, so that none waits for an article."""
        self.delivery = Delivery(repositories, api.call, rate=settings.send_rate, now=clock.now)
        self.intake = Intake(
            repositories, api, clock, self.workers, settings.default_language, self.delivery.wake
        )

    @classmethod
    async def open(cls, settings: Settings, clock: Clock, api: TelegramApi, metrics: Metrics) -> Backstage:
        """Open the database, look it over and load who may do what.

        Raises:
            StartError: the database cannot be opened, or is damaged.
        """
        try:
            repositories = await open_repositories(settings.database_url)
        except (DatabaseDamagedError, sqlite3.DatabaseError) as error:
            raise StartError(f"DATABASE_URL: {error}; {_RESTORE}") from error
        except StorageError as error:
            raise StartError(f"DATABASE_URL: {error}") from error
        try:
            await _look_over(repositories)
            await prepare_access(repositories.users, repositories.notes, settings.owner_ids)
        except BaseException:
            await repositories.database.close()
            raise
        return cls(settings, clock, repositories, api, metrics)

    def start(self, bot_id: int, bot_username: str, flowing: Callable[[], bool] = lambda: True) -> Services:
        """Begin everything that goes on in the background.

        Args:
            bot_id: the bot's own user id.
            bot_username: its name, for links.
            flowing: whether updates come in.

        Returns:
            What the handlers are given.
        """
        self.services = Services(
            repositories=self.repositories,
            access=self.repositories.users,
            bot_username=bot_username,
            now=self._clock.now,
            default_language=self.settings.default_language,
            default_zone=self.settings.default_timezone,
            default_digest_minute=self.settings.digest_minute,
            wake=self.delivery.wake,
            studio=Studio(self.draughtsman.run),
            bindery=Studio(self.binder.run),
            performed=self._metrics.performed,
            back_up=self.back_up_now,
            health=self._condition,
        )
        self._flowing = flowing
        self.services.forget = self._forget
        self.services.look_at_feed = self.intake.look_at_feed
        self._reading = self.services.reading = Reading(
            self.repositories, self.intake.tools(), self.intake.card
        )
        self._run(self._seed)
        self._run(self.delivery.run)
        self._run(lambda: self._set_menus(bot_id))
        self._run(self._schedule)
        self._run(self._show_progress)
        self._run(self._resume_reading)
        self._run(lambda: forever(FeedPoller(self.repositories, self.intake.sources()), FEEDS))
        return self.services

    async def stop(self) -> None:
        """Drain the delivery, end the workers, close the database."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        self._deafen()
        if self._reading is not None:
            await self._reading.stop()
        await self.delivery.drain()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for workers in (self.workers, self.draughtsman, self.binder, self.intake.reader):
            workers.close()
        await self.repositories.database.close()

    async def digests(self) -> int:
        """Plan and compose what is due now, and have it sent; what APScheduler and the clock call.

        Returns:
            How many digests were settled.
        """
        from bot.planner import compose, correct, plan  # noqa: PLC0415 - not before the start is over

        async with self._planning:
            await plan(self.services)
            await correct(self.services)
            settled = await compose(self.services)
        self._metrics.digests.inc(settled)
        self.delivery.wake()
        return settled

    async def _schedule(self) -> None:
        """APScheduler is only the wake-up: what is due stands in the database."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - 100 ms

        await self.services.ready.wait()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler.add_job(self._tick, "interval", seconds=TICK, **options)
        self._scheduler.add_job(self.back_up, "interval", seconds=LOOK, **options)
        self._scheduler.add_job(self._purge, "interval", hours=1, **options)
        self._scheduler.start()
        self._deafen = self._clock.on_advance(self._advanced)
        await self._tick()

    def _advanced(self) -> None:
        """The clock was moved by hand."""
        self.delivery.hurry()
        self._run(self._tick)

    async def _tick(self) -> None:
        try:
            await self.digests()
        except Exception as error:
            self._metrics.failed(error)
            _log.error("digests_failed", exc_info=error)  # The next tick tries again.

    async def _show_progress(self) -> None:
        """Keep the progress of broadcasts current in the message that the owner sees."""
        from bot.progress import show_progress  # noqa: PLC0415 - not before the start is over

        while True:
            await asyncio.sleep(PROGRESS)
            try:
                await show_progress(self.services, self._send)
            except Exception as error:
                _log.error("progress_not_shown", exc_info=error)

    async def _resume_reading(self) -> None:
        await self.services.ready.wait()
        if left := await self.services.reading.resume():
            _log.info("reading_resumed", articles=left)

    async def _forget(self, user_id: int) -> None:
        """Forget a person here, and note it for the day when a backup is restored."""
        note_forgotten(Path(self.settings.backup_dir), user_id, datetime.now(UTC))
        await self.repositories.forgetting.forget(user_id)
        self.repositories.chats.unlearn(user_id)
        await self.repositories.users.load()

    async def _condition(self) -> Condition:
        """How the bot is, for its owner."""
        path = self.repositories.database.path
        try:
            await self.repositories.notes.set("last_look", datetime.now(UTC).isoformat())
            writable = True
        except (StorageError, sqlite3.Error):
            writable = False
        free = None if path is None else await asyncio.to_thread(shutil.disk_usage, path.parent)
        return Condition(
            parts={
                "database": writable,
                "updates": self._flowing(),
                "articles": self.services.ready.is_set(),
            },
            last_backup=await asyncio.to_thread(newest, Path(self.settings.backup_dir)),
            free_bytes=None if free is None else free.free,
            up_seconds=time.monotonic() - self._begun,
        )

    async def back_up_now(self) -> Path | None:
        """Make a verified backup; None where it cannot be made, which is logged."""
        folder = Path(self.settings.backup_dir)
        path = self.repositories.database.path
        if path is None:
            _log.warning("backup_is_up_to_the_server")
            return None
        try:
            return await asyncio.to_thread(back_up, path, folder, self.settings.backup_keep)
        except (StorageError, OSError) as error:
            self._metrics.failed(error)
            _log.error("backup_failed", exc_info=error)
            return None

    async def _purge(self) -> None:
        """Remove for good what was deleted weeks ago."""
        if purged := await self.repositories.desk.purge(self._clock.now() - KEPT):
            _log.info("deleted_articles_purged", articles=purged)

    async def back_up(self) -> Path | None:
        """Make the backup of the day where it is due, also one that was missed; by the system's clock.

        Returns:
            The backup, where one was made.
        """
        database = self.repositories.database.path
        if (
            database is None
            or self.settings.database_url == MEMORY
            or time.monotonic() < self._no_backup_before
        ):
            return None
        folder, now = Path(self.settings.backup_dir), datetime.now(UTC)
        try:
            if not await asyncio.to_thread(due, folder, now):
                return None
            made = await asyncio.to_thread(back_up, database, folder, self.settings.backup_keep, now)
        except (StorageError, OSError) as error:
            self._metrics.failed(error)
            self._no_backup_before = time.monotonic() + _AFTER_FAILURE
            _log.error("backup_failed", exc_info=error, again_in=_AFTER_FAILURE)
            return None
        _log.info("backup_made", file=made.name)
        return made

    async def _seed(self) -> None:
        from bot.seed import seed  # noqa: PLC0415 - not before the start is over

        try:
            await seed(self.repositories, self.workers)
        except PreparationError as error:
            _log.error("articles_not_shipped", exc_info=error)
        finally:
            self.services.ready.set()

    async def _set_menus(self, bot_id: int) -> None:
        from bot.menus import refresh_menus  # noqa: PLC0415 - not before the start is over

        await refresh_menus(self._send, self.repositories.notes, bot_id, self.settings.default_language)

    def _run(self, action: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run something in the background; that it fails is logged."""
        task = asyncio.create_task(_logged(action()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _look_over(repositories: Repositories) -> None:
    try:
        await repositories.database.check_integrity()
    except (StorageError, sqlite3.Error) as error:
        raise StartError(f"DATABASE_URL: {error}; {_RESTORE}") from error


async def _logged(action: Awaitable[None]) -> None:
    try:
        await action
    except Exception as error:
        _log.error("background_failed", exc_info=error)
