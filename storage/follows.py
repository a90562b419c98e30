"""What chats and forum topics follow."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping

from content.folding import fold_text
from content.news import Follow
from content.records import EntityRef
from storage.database import Database, Row
from storage.queries import statements

MOST = 100
"""Things that one chat may follow."""
Place = tuple[int, int | None]
"""A chat, and the forum topic in it where one is meant."""


class Follows:
    """What chats and forum topics follow; a chat that follows nothing hears of everything."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("follows")

    async def add(self, place: Place, what: EntityRef | str) -> bool:
        """Follow an entity or a word; False where that is followed already or the chat follows too much.

        Args:
            place: chat and topic.
            what: an entity, or a word that is no name.
        """
        where = _where(place)
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["count"], where)
            if row is None or row["number"] >= MOST:
                return False
            if isinstance(what, str):
                parameters = {**where, "word": what, "folded": fold_text(what)}
                return bool(await transaction.fetch_all(self._sql["follow_word"], parameters))
            return bool(
                await transaction.fetch_all(self._sql["follow_entity"], {**where, "entity_id": what.id})
            )

    async def remove(self, place: Place, follow_id: int) -> bool:
        """Follow something no longer; False where it was not followed."""
        async with self._database.write() as transaction:
            return bool(
                await transaction.fetch_all(self._sql["unfollow"], {**_where(place), "id": follow_id})
            )

    async def clear(self, place: Place) -> int:
        """Follow nothing, which is everything; gives how much was followed."""
        async with self._database.write() as transaction:
            return len(await transaction.fetch_all(self._sql["unfollow_all"], _where(place)))

    async def of(self, place: Place) -> tuple[Follow, ...]:
        """What a chat or topic follows, oldest first."""
        return (await self.of_all([place])).get(place, ())

    async def of_all(self, places: Collection[Place]) -> Mapping[Place, tuple[Follow, ...]]:
        """What each of several chats or topics follows; those that follow nothing are left out."""
        chats = json.dumps(sorted({chat_id for chat_id, _ in places}))
        found: dict[Place, list[Follow]] = defaultdict(list)
        for row in await self._database.fetch_all(self._sql["of_chats"], {"chats": chats}):
            found[row["chat_id"], row["thread_id"] or None].append(_follow(row))
        return {place: tuple(follows) for place, follows in found.items()}

    async def followers(self, entity_id: int) -> int:
        """How many active chats follow an entity."""
        row = await self._database.fetch_one(self._sql["followers"], {"entity_id": entity_id})
        return int(row["number"]) if row is not None else 0


def _where(place: Place) -> dict[str, int]:
    chat_id, thread_id = place
    return {"chat_id": chat_id, "thread_id": thread_id or 0}


def _follow(row: Row) -> Follow:
    if row["entity_id"] is None:
        return Follow(row["id"], None, row["word"], (row["folded"],))
    ref = EntityRef(row["kind"], row["entity_id"], row["name"])
    return Follow(row["id"], ref, None, tuple(json.loads(row["names"])))
