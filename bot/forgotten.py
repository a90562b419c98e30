"""Who wished to be forgotten, for the day when a backup from before is restored.

The list lies beside the backups and names nobody: it holds keyed hashes of Telegram's numbers, which can be
compared with the people of a restored database and tell nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

_NAME = "forgotten.json"


def note_forgotten(folder: Path, user_id: int, now: datetime) -> None:
    """Note that somebody is to be forgotten; written beside the old list and put in its place.

    Raises:
        OSError: it cannot be written; then nobody may be told that they are forgotten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    key, marks = _read(folder)
    marks[_mark(key, user_id)] = now.timestamp()
    fresh = folder / f"{_NAME}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"key": key, "people": marks}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _NAME)


def forgotten_since(folder: Path, people: tuple[int, ...], instant: datetime) -> tuple[int, ...]:
    """Which of some people wished to be forgotten after an instant."""
    key, marks = _read(folder)
    return tuple(user_id for user_id in people if marks.get(_mark(key, user_id), 0) > instant.timestamp())


async def forget_again(url: str, folder: Path, made: datetime | None) -> int:
    """Forget in a restored database whoever wished it since the backup was made.

    Args:
        url: of the restored database.
        folder: of the backups.
        made: when the backup was made; None where that is not known: then all who ever wished it.

    Returns:
        How many people there were.

    Raises:
        StorageError: the database cannot be opened.
    """
    from storage.repositories import open_repositories  # noqa: PLC0415 - only after a restore

    repositories = await open_repositories(url)
    try:
        people = await repositories.forgetting.people()
        found = forgotten_since(folder, people, made or datetime.fromtimestamp(0, UTC))
        for user_id in found:
            await repositories.forgetting.forget(user_id)
    finally:
        await repositories.database.close()
    return len(found)


def _read(folder: Path) -> tuple[str, dict[str, float]]:
    """The key, and when each person wished to be forgotten by the mark of their number."""
    path = folder / _NAME
    if not path.exists():
        return secrets.token_hex(16), {}
    known = json.loads(path.read_text("utf-8"))
    return known["key"], known["people"]


def _mark(key: str, user_id: int) -> str:
    return hmac.new(bytes.fromhex(key), str(user_id).encode(), hashlib.sha256).hexdigest()
