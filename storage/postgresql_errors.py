"""What asyncpg raises, in the storage layer's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from storage.errors import (
    ConstraintError,
    DatabaseDamagedError,
    DatabaseFullError,
    DatabaseUnavailableError,
    DatabaseURLError,
    QueryError,
    StorageError,
)

# By SQLSTATE or the class that it begins with: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE: dict[str, type[StorageError]] = {
    "53100": DatabaseFullError,  # disk_full
    "XX001": DatabaseDamagedError,  # data_corrupted
    "XX002": DatabaseDamagedError,  # index_corrupted
    "23": ConstraintError,
    "P0001": ConstraintError,  # raise_exception: our own triggers
    "08": DatabaseUnavailableError,
    "53": DatabaseUnavailableError,  # too many connections, out of memory
    "57P": DatabaseUnavailableError,  # shutting down, starting up
    "25P03": DatabaseUnavailableError,  # idle_in_transaction_session_timeout
    "55P03": DatabaseUnavailableError,  # lock_not_available
}


FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""All that asyncpg raises; a connection that breaks in mid-air ends in its internal error."""


@contextmanager
def told() -> Iterator[None]:
    """Raise what asyncpg raises as an error of ours."""
    try:
        yield
    except FAILURES as error:
        raise storage_error(error) from error


@contextmanager
def opening_error(url: str) -> Iterator[None]:
    """Likewise while a database is opened, where an address may be wrong; no password is told."""
    _, _, shown = url.rpartition("@")
    try:
        yield
    except (
        asyncpg.InvalidAuthorizationSpecificationError,
        asyncpg.InvalidCatalogNameError,
        asyncpg.ClientConfigurationError,
        OSError,
        TimeoutError,
        ValueError,
    ) as error:
        raise DatabaseURLError(f"{shown!r} cannot be opened: {error}") from error
    except FAILURES as error:
        raise storage_error(error) from error


def storage_error(error: Exception) -> StorageError:
    """The error of ours that says the same."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        # asyncpg's own: a value of the wrong type, or a connection that is gone.
        wrong = isinstance(error, asyncpg.DataError | ValueError | TypeError)
        return (QueryError if wrong else DatabaseUnavailableError)(f"{type(error).__name__}: {error}")
    known = (_BY_STATE[key] for key in (state, state[:3], state[:2]) if key in _BY_STATE)
    return next(known, QueryError)(f"{state}: {error}")
