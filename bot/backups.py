"""Backups that were verified before they count, and restoring them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.migrate import TABLE, pending

_PATTERN = "forum-*.db"


class BackupError(Exception):
    """A backup cannot be made or is no good; the text is one clear line."""


def back_up(database: Path, folder: Path, keep: int, now: datetime | None = None) -> Path:
    """Copy a database while it is in use, verify the copy, and delete the oldest beyond a number.

    Args:
        database: the file.
        folder: where the backups are.
        keep: how many to keep.
        now: names the copy; the present where None.

    Returns:
        The copy.

    Raises:
        BackupError: there is no database, or the copy is damaged.
    """
    if not database.exists():
        raise BackupError(f"{database} does not exist")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"forum-{(now or datetime.now(UTC)):%Y%m%d-%H%M%S-%f}.db"
    unfinished = target.with_suffix(".part")
    try:
        _copy(database, unfinished)
        verify(unfinished)
        _flush(unfinished)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{database}: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    for old in sorted(folder.glob(_PATTERN))[:-keep]:
        old.unlink()
    return target


def restore(backup: Path, database: Path, folder: Path, keep: int) -> Path | None:
    """Put a backup in the place of a database, which is backed up before.

    The pages are written through SQLite into the present file, so that whoever has it open is not left with
    a file that is gone.

    Args:
        backup: what to restore.
        database: the file to restore to.
        folder: where the backup of the present state goes.
        keep: how many backups to keep.

    Returns:
        The backup of the state before; None where there was no database.

    Raises:
        BackupError: the backup is damaged, of something else, or of a newer program.
    """
    verify(backup)
    try:
        pending(backup)
        # One more than usual: what is restored must not be pruned by the backup before it.
        before = back_up(database, folder, keep + 1) if database.exists() else None
        database.parent.mkdir(parents=True, exist_ok=True)
        _copy(backup, database)
        verify(database)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{database}: {error}") from error
    return before


def verify(path: Path) -> None:
    """Check that a file is a whole database of ours.

    Raises:
        BackupError: it is not.
    """
    if not path.is_file():
        raise BackupError(f"{path} does not exist")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{path}: {error}") from error
    if verdict != "ok":
        raise BackupError(f"{path} is damaged: {verdict}")
    if ours is None:
        raise BackupError(f"{path} is no database of this bot")


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reader,
        closing(sqlite3.connect(target, timeout=30)) as writer,
    ):
        reader.backup(writer)
        # A copy of a WAL database would want a log beside it, even to be read.
        if target.suffix == ".part":
            writer.execute("PRAGMA journal_mode = DELETE")


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
