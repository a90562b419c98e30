"""The pages for whoever watches the bot: ``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.backups import newest
from bot.errors import StartError
from bot.http_server import listen, serving
from bot.logs import log

if TYPE_CHECKING:
    from bot.backstage import Backstage
    from bot.metrics import Metrics

_BELIEVED = 5.0
"""Seconds for which the database's last trial is believed, whoever asks how often."""
_PATIENCE = 5.0
"""Seconds that a trial may take."""
_NOTE = "last_probe"

_log = log("bot.health")


class Health:
    """What the pages say."""

    def __init__(self, backstage: Backstage, metrics: Metrics, flowing: Callable[[], bool]) -> None:
        """Bundle.

        Args:
            backstage: the database and what belongs to it.
            metrics: what was counted.
            flowing: whether updates come in.
        """
        self._backstage = backstage
        self._metrics = metrics
        self._flowing = flowing
        self._lock = asyncio.Lock()
        self._tried = -_BELIEVED
        self._writable = False

    async def ready(self) -> dict[str, bool]:
        """What must be so for the bot to do its work."""
        return {
            "database": await self._can_write(),
            "updates": self._flowing(),
            "articles": self._backstage.services.ready.is_set(),
        }

    async def exposition(self) -> bytes:
        """All metrics in Prometheus' text format."""
        metrics, operations = self._metrics, self._backstage.repositories.operations
        backlog = await operations.backlog(now=self._backstage.services.now())
        for state, number in backlog.counts.items():
            metrics.outbox.labels(state).set(number)
        metrics.outbox_age.set(backlog.age)
        metrics.inbox.set(await operations.unworked())
        metrics.database_bytes.set(await operations.size())
        metrics.backup_age.set(await asyncio.to_thread(self._backup_age))
        metrics.lag.set(metrics.take_lag())
        return generate_latest(metrics.registry)

    def _backup_age(self) -> float:
        last = newest(Path(self._backstage.settings.backup_dir))
        return float("nan") if last is None else (datetime.now(UTC) - last).total_seconds()

    async def _can_write(self) -> bool:
        """Whether a commit reaches the disk."""
        async with self._lock:
            if time.monotonic() - self._tried >= _BELIEVED:
                try:
                    async with asyncio.timeout(_PATIENCE):
                        await self._backstage.repositories.notes.set(_NOTE, datetime.now(UTC).isoformat())
                except Exception as error:
                    _log.error("database_not_writable", exc_info=error)
                    self._writable = False
                else:
                    self._writable = True
                self._tried = time.monotonic()
            return self._writable


def build_health(health: Health) -> Starlette:
    """The application behind the pages; it reads no bodies and knows no secrets."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("ok\n")  # Said by the event loop itself: while it hangs nobody says it.

    async def ready(_: Request) -> Response:
        parts = await health.ready()
        return JSONResponse(parts, 200 if all(parts.values()) else 503)

    async def metrics(_: Request) -> Response:
        return Response(await health.exposition(), media_type=CONTENT_TYPE_LATEST)

    pages = {"/healthz": alive, "/readyz": ready, "/metrics": metrics}
    return Starlette(routes=[Route(path, page, methods=["GET"]) for path, page in pages.items()])


async def serve_health(
    address: str, backstage: Backstage, metrics: Metrics, flowing: Callable[[], bool]
) -> None:
    """Serve the pages until cancelled.

    Raises:
        StartError: the address cannot be listened on.
    """
    try:
        listener = listen(address)
    except OSError as error:
        raise StartError(f"HTTP_LISTEN: {address}: {error.strerror}") from error
    watching = asyncio.create_task(metrics.watch_loop())
    try:
        async with serving(build_health(Health(backstage, metrics, flowing)), listener):
            await watching
    finally:
        watching.cancel()
