"""Copies of a database file while it is in use, and whether a copy is whole."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import BackupError

_LEDGER = "_yoyo_migration"
"""The table by which a database of ours is known."""


def snapshot(source: Path, target: Path) -> None:
    """Copy a database in use; the copy counts, under its name, only once it is verified and on the disk.

    Raises:
        BackupError: the copy cannot be made or is damaged; nothing of it is left.
    """
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        write_over(source, unfinished)
        with closing(sqlite3.connect(unfinished)) as connection:
            # A copy of a WAL database would want a log beside it, even to be read.
            connection.execute("PRAGMA journal_mode = DELETE")
        verify(unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{source} cannot be copied to {target}: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def write_over(source: Path, target: Path) -> None:
    """Write the pages of one database through SQLite into another's file, new or in use.

    Raises:
        sqlite3.Error: one of them cannot be opened, read or written.
    """
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reader,
        closing(sqlite3.connect(target, timeout=30)) as writer,
    ):
        reader.backup(writer)


def verify(path: Path) -> None:
    """Check that a file is a whole database of ours, every page and every reference.

    Raises:
        BackupError: it is not.
    """
    if not path.is_file():
        raise BackupError(f"{path} does not exist")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_LEDGER,)).fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{path}: {error}") from error
    if verdict != "ok":
        raise BackupError(f"{path} is damaged: {verdict}")
    if broken:
        raise BackupError(f"{path} has {len(broken)} broken references")
    if ours is None:
        raise BackupError(f"{path} is no database of this bot")
