"""What repositories ask of a database, whichever it is: ``storage.sqlite`` and ``storage.postgresql`` answer.

A transaction belongs to the task that began it; an exception or a cancellation inside it rolls everything
back. Readers see committed states only and never wait for a writer.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from storage.queries import statements

_T = TypeVar("_T")
Parameters = Mapping[str, Any]

SQLITE = "sqlite:///"
POSTGRESQL = ("postgresql://", "postgres://")
"""How the addresses of the backends begin."""
MEMORY = f"{SQLITE}:memory:"
"""The address of a private database that is gone after ``close``."""


class Row(Protocol):
    """One row: values by the name of their column, or by its place."""

    def __getitem__(self, key: Any, /) -> Any:
        """The value of a column."""

    def __iter__(self) -> Iterator[Any]:
        """The values in order."""

    def keys(self) -> Iterable[str]:
        """The names of the columns."""


class Transaction(ABC):
    """One connection for the length of one transaction."""

    changes_content = False
    """Set it where readers may see other content after the commit; the content revision then grows."""

    @abstractmethod
    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and give its rows."""

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    @abstractmethod
    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        """Run one statement for its effect."""

    @abstractmethod
    async def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement once for every row of parameters, in as few exchanges as there can be."""


class Database(ABC):
    """A database and its connections; whoever opens it closes it."""

    path: Path | None = None
    """The file; None where a server keeps the data."""
    content_revision = 0
    """Grows with every commit that changes published content; answers may be kept by it."""

    @abstractmethod
    async def close(self) -> None:
        """Wait for the running transaction, then close every connection."""

    @abstractmethod
    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """The rows of one statement, read from the last committed state."""

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    @abstractmethod
    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """One transaction: commit at its end, or roll back on any exception or cancellation.

        Raises:
            NestedTransactionError: this task already writes.
            DatabaseFullError: the disk takes no more; nothing of the transaction is kept.
        """

    async def refresh_revision(self) -> int:
        """Read the revision again, for content that another process may have changed."""
        row = await self.fetch_one(statements("database")["revision"])
        if row is not None:
            self.content_revision = max(self.content_revision, row["value"])
        return self.content_revision

    @abstractmethod
    async def check_integrity(self) -> None:
        """Look over what the database can look over of itself in about a second.

        Raises:
            DatabaseDamagedError: it found something.
        """

    @abstractmethod
    async def prepare_statements(self) -> None:
        """Have the database parse every named statement, so that a typo stops the start.

        Raises:
            StatementError: a statement does not fit the schema.
        """

    @abstractmethod
    async def size(self) -> int:
        """Bytes that the data takes on the disk."""


async def finish(action: Awaitable[_T]) -> _T:
    """Await an action to its end even if this task is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(action)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()  # marks it as seen; the cancellation matters more
        raise cancelled
    return task.result()
