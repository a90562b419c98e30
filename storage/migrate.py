"""Brings a database's schema up to date: yoyo applies the files of ``storage/migrations`` by name."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import DatabaseTooNewError, DatabaseURLError

FOLDER = Path(__file__).parent / "migrations"
TABLE = "_yoyo_migration"
"""Where yoyo notes what it applied."""


def migrate(path: Path, folder: Path = FOLDER) -> tuple[str, ...]:
    """Apply the migrations that a database has not seen yet; creates the file where there is none.

    Returns:
        The names of the migrations applied. yoyo is imported only where there are any.

    Raises:
        DatabaseTooNewError: the database was migrated by a newer program.
        DatabaseURLError: the file cannot be opened as a database.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        names = pending(path, folder)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseURLError(f"{path}: {error}") from error
    if names:
        # yoyo reports every step; what matters stands in its own log table.
        logging.getLogger("yoyo.migrations").setLevel(logging.WARNING)
        from storage.yoyo_sqlite import apply  # noqa: PLC0415 - heavy, seldom needed

        apply(path, folder, TABLE)
    return names


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
        rows = connection.execute(f"SELECT migration_id FROM {TABLE}") if tables else ()  # noqa: S608 - a constant
        return {row[0] for row in rows}
