"""What readers call things: exact names, aliases, typing errors, pinyin, namesakes."""

from __future__ import annotations

from collections.abc import Collection

from content.records import EntityKind, EntityRef
from storage.database import Database

Kinds = Collection[EntityKind] | None


class Names:
    """What readers call things: exact names, aliases, typing errors, pinyin, namesakes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def resolve(self, text: str, kinds: Kinds = None, limit: int = 10) -> tuple[EntityRef, ...]:
        """Entities of exactly this name after folding; several are namesakes or different kinds."""
        raise NotImplementedError

    async def nearest(self, text: str, kinds: Kinds = None, limit: int = 5) -> tuple[EntityRef, ...]:
        """Entities whose names come near: typing errors, pinyin, initials, parts of a name."""
        raise NotImplementedError

    async def complete(self, prefix: str, kinds: Kinds = None, limit: int = 10) -> tuple[EntityRef, ...]:
        """Entities whose names (or their pinyin) begin so."""
        raise NotImplementedError

    async def describe(self, ref: EntityRef) -> str | None:
        """What tells namesakes apart: a person's first post, an event's date."""
        raise NotImplementedError

    async def mentioned_in(self, text: str) -> tuple[tuple[EntityRef, int, int], ...]:
        """Known names inside a question, longest match, with their places (code points)."""
        raise NotImplementedError

    async def add_alias(self, ref: EntityRef, name: str) -> bool:
        """Give an entity one more name; False where it has it already."""
        raise NotImplementedError
