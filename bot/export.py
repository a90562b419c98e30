"""``export``: every published fact with its evidence, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers.exports import Format, write
from handlers.exports.data import to_json
from handlers.exports.gather import collect
from handlers.exports.paper import paper_of
from handlers.i18n import wording
from handlers.services import utc_now
from storage.repositories import open_repositories

if TYPE_CHECKING:
    from bot.settings import Settings

_ALL = 1_000_000
_USERNAME = "forum_briefing_bot"


async def export_facts(settings: Settings, form: str) -> bytes:
    """All published facts.

    Args:
        settings: where the database is, and the language.
        form: one of ``handlers.exports.SUFFIXES``.

    Raises:
        StorageError: the database cannot be opened.
    """
    repositories = await open_repositories(settings.database_url)
    try:
        collection = await collect(repositories, None, _ALL)
    finally:
        await repositories.database.close()
    if form == "json":
        return to_json(collection)
    t = wording(settings.default_language)
    return write(paper_of(collection, t, _USERNAME, utc_now()), cast("Format", form))
