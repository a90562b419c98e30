"""Backups that were verified before they count: made daily, restored, and tried out by a drill."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from storage.errors import BackupError
from storage.migrate import pending
from storage.snapshots import snapshot, verify, write_over

if TYPE_CHECKING:
    from storage.integrity import Inventory

EVERY = timedelta(days=1)
"""How often the running bot makes one."""
_PATTERN = "forum-*.db"
_NAME = "forum-%Y%m%d-%H%M%S-%f.db"


@dataclass(frozen=True, slots=True)
class Drill:
    """A backup that was restored elsewhere and found whole."""

    backup: Path
    inventory: Inventory


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
    target = folder / f"{(now or datetime.now(UTC)).strftime(_NAME)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        snapshot(database, target)
        for old in backups(folder)[:-keep]:
            old.unlink()
    except OSError as error:
        raise BackupError(f"{folder}: {error}") from error
    return target


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, the newest last."""
    return sorted(folder.glob(_PATTERN))


def newest(folder: Path) -> datetime | None:
    """When the newest backup was made; None where there is none."""
    return next(filter(None, map(made_at, reversed(backups(folder)))), None)


def made_at(backup: Path) -> datetime | None:
    """When a backup was made, by its name; None where somebody else named it."""
    try:
        return datetime.strptime(backup.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def due(folder: Path, now: datetime) -> bool:
    """Whether the last backup is a day old, or was never made, or lies in the future of a corrected clock."""
    last = newest(folder)
    return last is None or not timedelta() <= now - last < EVERY


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
        write_over(backup, database)
        verify(database)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{database}: {error}") from error
    return before


def drill(folder: Path, backup: Path | None = None) -> Drill:
    """Restore a backup to a temporary place, bring it up to date and look at every page, reference and hash.

    Args:
        folder: where the backups are.
        backup: which to try; the newest where None.

    Returns:
        Which it was and what it holds.

    Raises:
        BackupError: there is none, or it is no good.
        StorageError: it cannot be brought up to date, or its content differs from its hashes.
    """
    from storage.integrity import check_content  # noqa: PLC0415 - only where it is asked for
    from storage.migrate import migrate  # noqa: PLC0415 - likewise

    if backup is None:
        made = backups(folder)
        if not made:
            raise BackupError(f"there is no backup in {folder}")
        backup = made[-1]
    with TemporaryDirectory(prefix="forum-drill-") as temporary:
        target = Path(temporary, "forum.db")
        restore(backup, target, Path(temporary), 1)
        migrate(target)
        verify(target)
        return Drill(backup, check_content(target))
