"""``migrate``: the schema brought up to date, and everything moved from SQLite to PostgreSQL."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.errors import StartError
from storage.database import POSTGRESQL
from storage.migrate import migrate, pending

if TYPE_CHECKING:
    from bot.settings import Settings


def migrate_schema(settings: Settings) -> list[str]:
    """Bring the schema of ``DATABASE_URL`` up to date; what was done, in lines.

    Raises:
        StorageError: it cannot be done.
    """
    if settings.on_server:
        from storage.postgresql_errors import opening_error  # noqa: PLC0415 - only for PostgreSQL
        from storage.postgresql_migrations import migrate as migrate_server  # noqa: PLC0415 - likewise

        with opening_error(settings.database_url):
            names = asyncio.run(migrate_server(settings.database_url))
    else:
        names = migrate(settings.database_path)
    return [f"applied {name}" for name in names] or ["up to date"]


def move_data(settings: Settings, url: str) -> list[str]:
    """Copy everything from the SQLite database of ``DATABASE_URL`` to PostgreSQL; what was done, in lines.

    Raises:
        SettingsError: ``DATABASE_URL`` names no SQLite database.
        StartError: the address is no PostgreSQL's, there is nothing to copy, or it is of an older schema.
        StorageError: it cannot be done; nothing was changed in the target.
    """
    from storage.moving import move  # noqa: PLC0415 - asyncpg is needed nowhere else

    source = settings.database_path
    if not url.startswith(POSTGRESQL):
        raise StartError("--to: must be postgresql://USER:PASSWORD@HOST/DATABASE")
    if not source.exists():
        raise StartError(f"DATABASE_URL: {source} does not exist")
    if pending(source):
        raise StartError(f"{source} has an older schema: `migrate` without --to brings it up to date")
    moved = asyncio.run(move(source, url))
    lines = [f"{name}: {one.rows} rows, sha256 {one.sha256}" for name, one in sorted(moved.tables.items())]
    done = "is copied and verified" if moved.copied else "was there already"
    return [*lines, f"Everything of {source} {done}. Set DATABASE_URL to the new address and start the bot."]
