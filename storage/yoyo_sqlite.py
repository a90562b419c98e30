"""yoyo over SQLite, made safe against a crash at any moment and against two programs at once.

yoyo as it comes runs a migration in one transaction and notes it in another, and guards both by a lock row
that a killed process leaves behind. Here both share one ``BEGIN IMMEDIATE``, which is the lock.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yoyo import internalmigrations, read_migrations
from yoyo.backends.core.sqlite3 import SQLiteBackend
from yoyo.connections import DatabaseURI

_BUSY_TIMEOUT_S = 60
"""How long to wait for another program that migrates the same database."""


def apply(path: Path, folder: Path, table: str) -> None:
    """Apply what is pending, each migration in a transaction of its own, and note it in the table."""
    uri = DatabaseURI("sqlite", None, None, None, None, str(path), {})
    with AtomicSQLiteBackend(uri, table) as backend:
        for migration in backend.to_apply(read_migrations(str(folder))):
            backend.apply_one(migration)


class AtomicSQLiteBackend(SQLiteBackend):  # type: ignore[misc] # yoyo ships no types
    """A migration and its record commit together."""

    _internal_schema_updated: bool = False

    def connect(self, dburi: DatabaseURI) -> sqlite3.Connection:
        """Open the file by its path; yoyo would read ``?`` and ``#`` in it as parts of a URI."""
        connection = sqlite3.connect(dburi.database, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def begin(self) -> None:
        """Begin as the one writer."""
        self.execute("BEGIN IMMEDIATE")
        self._in_transaction = True

    @contextmanager
    def lock(self, timeout: float = 0) -> Iterator[None]:  # noqa: ARG002 - yoyo's signature
        """No lock row: the transaction is the lock, and the system frees it when a process dies."""
        yield

    def ensure_internal_schema_updated(self) -> None:
        """Make yoyo's own tables, seen by nobody half-made."""
        if self._internal_schema_updated or self._in_transaction:
            return
        with self.transaction():
            if internalmigrations.needs_upgrading(self):
                internalmigrations.upgrade(self)
        self._internal_schema_updated = True

    def apply_one(self, migration: Any, force: bool = False, mark: bool = True) -> None:
        """Apply and record in one transaction; nothing is done where another program was faster."""
        self.ensure_internal_schema_updated()
        with self.transaction():
            if self.is_applied(migration):
                return
            migration.process_steps(self, "apply", force=force)
            if broken := self.execute("PRAGMA foreign_key_check").fetchall():
                raise sqlite3.IntegrityError(f"{migration.id} breaks {len(broken)} references")
            self.log_migration(migration, "apply")
            if mark:
                self.mark_one(migration, log=False)

    def get_log_data(self, migration: Any = None, operation: str = "apply") -> dict[str, Any]:
        """What is logged of a migration; neither the user nor the host, whose look-up can fail or hang."""
        return {
            "id": str(uuid.uuid4()),
            "migration_id": migration.id if migration else None,
            "migration_hash": migration.hash if migration else None,
            "username": "",
            "hostname": "",
            "created_at_utc": datetime.now(UTC).replace(tzinfo=None),
            "operation": operation,
        }
