"""Heavy preparation in a process of its own, so that the bot stays small and quick to answer.

The language tools take 0.7 s and 80 MB to load. The worker process is started when it is needed and ends
when it has had nothing to do for a while.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from content.model import Article
    from content.preparation import PreparedArticle

MEMORY = 2 * 1024**3
"""Bytes of address space that a worker may take."""
SECONDS = 120.0
"""Seconds that one article or picture may take."""
_LINGER = 30.0
"""Seconds without work after which the worker ends."""


class PreparationError(Exception):
    """A piece of work took too much time or memory, or the worker died over it."""


class Workers:
    """One worker process, started on demand."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Start nothing yet.

        Args:
            seconds: that one piece of work may take.
            memory: bytes of address space that the process may take.
        """
        self._seconds = seconds
        self._memory = memory
        self._pool: ProcessPoolExecutor | None = None
        self._lock = asyncio.Lock()
        self._end: asyncio.TimerHandle | None = None

    async def prepare(self, article: Article) -> PreparedArticle:
        """Extract an article's facts and the terms to find them by.

        Raises:
            PreparationError: it took too much, or the worker died.
        """
        return cast("PreparedArticle", await self.run(_prepare, article))

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a function of a module makes of its arguments, in the worker.

        Raises:
            PreparationError: it took too much, or the worker died.
        """
        async with self._lock:
            loop = asyncio.get_running_loop()
            if self._end is not None:
                self._end.cancel()
            pool = self._pool = self._pool or self._start()
            try:
                async with asyncio.timeout(self._seconds):
                    return await loop.run_in_executor(pool, function, *arguments)
            except TimeoutError:
                self.close()
                raise PreparationError(f"it took more than {self._seconds:g} s") from None
            except (BrokenProcessPool, MemoryError):
                self.close()
                raise PreparationError("it took too much memory") from None
            except asyncio.CancelledError:
                self.close()
                raise
            finally:
                self._end = loop.call_later(_LINGER, self.close)

    def close(self) -> None:
        """End the worker at once."""
        if self._end is not None:
            self._end.cancel()
            self._end = None
        pool, self._pool = self._pool, None
        if pool is not None:
            processes = list(pool._processes.values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_limit,
            initargs=(self._memory,),
        )


def _limit(memory: int) -> None:
    """In the worker: bound its memory, leave Ctrl-C to the main process, be nice to it, end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(5)


def _follow_parent() -> None:
    """End when the main process does, killed or not: it cannot tell us any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _prepare(article: Article) -> PreparedArticle:
    from content.preparation import prepare  # noqa: PLC0415 - heavy, and meant for the worker

    return prepare(article)
