"""Messages of the owner to many chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from content.folding import fold_text
from content.records import EntityRef
from storage.database import Database, Row
from storage.queries import statements

BroadcastState = Literal["draft", "sending", "done", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A message to many chats, and how far it has come."""

    id: int
    author_id: int
    text: str
    state: BroadcastState
    edition_id: int | None
    chat_id: int | None
    """The chat of the message that shows the progress."""
    message_id: int | None


class Broadcasts:
    """Drafts of broadcasts, those on their way, and who gets them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("broadcasts")

    async def draft(self, author_id: int, text: str, *, now: datetime) -> Broadcast:
        """Keep a message that nobody is sent yet."""
        parameters = {"author_id": author_id, "text": text, "now": now.timestamp()}
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["add"], parameters)
        return _broadcast(rows[0])

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """A broadcast by its id."""
        row = await self._database.fetch_one(self._sql["get"], {"id": broadcast_id})
        return _broadcast(row) if row is not None else None

    async def move(self, broadcast_id: int, before: BroadcastState, state: BroadcastState) -> bool:
        """From one state to another; False where it was not in the first one."""
        parameters = {"id": broadcast_id, "before": before, "state": state}
        async with self._database.write() as transaction:
            return bool(await transaction.fetch_all(self._sql["set_state"], parameters))

    async def set_edition(self, broadcast_id: int, edition_id: int) -> None:
        """Note what went into the outbox for it."""
        async with self._database.write() as transaction:
            await transaction.execute(
                self._sql["set_edition"], {"id": broadcast_id, "edition_id": edition_id}
            )

    async def set_message(self, broadcast_id: int, chat_id: int, message_id: int) -> None:
        """Note which message shows its progress."""
        parameters = {"id": broadcast_id, "chat_id": chat_id, "message_id": message_id}
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["set_message"], parameters)

    async def sending(self) -> list[Broadcast]:
        """Those on their way."""
        return [_broadcast(row) for row in await self._database.fetch_all(self._sql["sending"])]

    async def audience(self, language: str | None, *, default_language: str) -> Sequence[int]:
        """The chats that may be written to, of one language or all.

        Args:
            language: of the chats; all where None.
            default_language: of a chat that has chosen none.
        """
        parameters = {"language": language, "default_language": default_language}
        rows = await self._database.fetch_all(self._sql["audience"], parameters)
        return [row["chat_id"] for row in rows]

    async def followers(self, what: EntityRef | str) -> Sequence[int]:
        """The chats that follow an entity or a word."""
        entity_id = None if isinstance(what, str) else what.id
        folded = fold_text(what) if isinstance(what, str) else None
        parameters = {"entity_id": entity_id, "folded": folded}
        rows = await self._database.fetch_all(self._sql["followers"], parameters)
        return [row["chat_id"] for row in rows]


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        author_id=row["author_id"],
        text=row["text"],
        state=row["state"],
        edition_id=row["edition_id"],
        chat_id=row["chat_id"],
        message_id=row["message_id"],
    )
