"""Brings a database's schema up to date: yoyo applies the files of ``storage/migrations`` by name."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import DatabaseDamagedError, DatabaseTooNewError, DatabaseURLError, MigrationError
from storage.snapshots import snapshot

FOLDER = Path(__file__).parent / "migrations"
TABLE = "_yoyo_migration"
"""Where yoyo notes what it applied."""


def migrate(path: Path, folder: Path = FOLDER) -> tuple[str, ...]:
    """Apply the migrations that a database has not seen yet; creates the file where there is none.

    A database that was in use is copied before, to a file beside it (:func:`copy_before`). A migration that
    fails is undone; those before it stay.

    Returns:
        The names of the migrations applied. yoyo is imported only where there are any.

    Raises:
        DatabaseTooNewError: the database was migrated by a newer program.
        DatabaseURLError: the file cannot be opened as a database.
        DatabaseDamagedError: the file is damaged.
        BackupError: it cannot be copied before; nothing was changed.
        MigrationError: a migration failed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        names = pending(path, folder)
        used = bool(names) and bool(_applied(path))
    except (OSError, sqlite3.Error) as error:
        damaged = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CORRUPT
        raise (DatabaseDamagedError if damaged else DatabaseURLError)(f"{path}: {error}") from error
    if used:
        snapshot(path, copy_before(path))
    if names:
        # yoyo reports every step; what matters stands in its own log table.
        logging.getLogger("yoyo.migrations").setLevel(logging.WARNING)
        from storage.yoyo_sqlite import apply  # noqa: PLC0415 - heavy, seldom needed

        try:
            apply(path, folder, TABLE)
        except (OSError, sqlite3.Error) as error:
            kept = f"; the state before is in {copy_before(path)}" if used else ""
            raise MigrationError(f"{path}: a migration failed and was undone: {error}{kept}") from error
    return names


def copy_before(path: Path) -> Path:
    """Where the state before the last migration is kept."""
    return path.with_name(f"{path.name}.before-migration")


def pending(path: Path, folder: Path = FOLDER) -> tuple[str, ...]:
    """The migrations that a database has not seen yet, in order.

    Raises:
        DatabaseTooNewError: the database carries migrations that the folder does not have.
    """
    known = sorted(file.stem for file in folder.glob("*.sql") if not file.stem.endswith(".rollback"))
    applied = _applied(path)
    if unknown := applied - set(known):
        raise DatabaseTooNewError(f"{path} was migrated by a newer program: {', '.join(sorted(unknown))}")
    return tuple(name for name in known if name not in applied)


def _applied(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchall()
        rows = connection.execute(f"SELECT migration_id FROM {TABLE}") if tables else ()  # noqa: S608 - a constant  # nosec B608
        return {row[0] for row in rows}
