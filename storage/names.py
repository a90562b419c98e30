"""What readers call things: exact names, aliases, typing errors, pinyin, namesakes.

All visible names are kept in memory and read again when the content has changed, so that finding a name
costs no trip to the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from content.event_mentions import EventMention, events_meant
from content.gazetteer import Gazetteer
from content.name_index import NameIndex
from content.names import NameKeys, name_key
from content.records import EntityKind, EntityRef
from storage.database import Database, Row
from storage.queries import statements

Kinds = Collection[EntityKind] | None
"""The kinds that are wanted; None is all."""


class _Known:
    """The visible names of one revision of the content, those spoken of most first."""

    def __init__(self, revision: int, rows: Sequence[Row]) -> None:
        self.revision = revision
        self.notes: dict[EntityRef, str | None] = {}
        names: list[tuple[NameKeys, EntityRef]] = []
        self._written: list[tuple[str, EntityRef]] = []
        for row in rows:
            ref = EntityRef(row["kind"], row["id"], row["name"])
            self.notes[ref] = row["note"]
            names.append((NameKeys(row["folded"], row["pinyin"], row["initials"]), ref))
            self._written.append((row["alias"], ref))
        self.by_id = {(ref.kind, ref.id): ref for ref in self.notes}
        self.index = NameIndex(names)

    @cached_property
    def names_of(self) -> dict[EntityRef, tuple[str, ...]]:
        """All names by what they name."""
        found: dict[EntityRef, list[str]] = {}
        for name, ref in self._written:
            found.setdefault(ref, []).append(name)
        return {ref: tuple(names) for ref, names in found.items()}

    @cached_property
    def events(self) -> tuple[EntityRef, ...]:
        """All events."""
        return tuple(ref for ref in self.notes if ref.kind == "event")

    @cached_property
    def gazetteer(self) -> Gazetteer[EntityRef]:
        """All names as they are written, to be found in texts."""
        return Gazetteer(self._written)


class Names:
    """What readers call things: exact names, aliases, typing errors, pinyin, namesakes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("names")
        self._known = _Known(-1, ())
        self._reading = asyncio.Lock()

    async def resolve(self, text: str, kinds: Kinds = None, limit: int = 10) -> tuple[EntityRef, ...]:
        """Entities of exactly this name after folding; several are namesakes or different kinds."""
        known = await self._current()
        return _wanted(known.index.exact(name_key(text)), kinds)[:limit]

    async def nearest(self, text: str, kinds: Kinds = None, limit: int = 5) -> tuple[EntityRef, ...]:
        """Entities whose names come near: typing errors, pinyin, initials, parts of a name."""
        known = await self._current()
        return tuple(known.index.nearest(text, _accepting(kinds), limit))

    async def complete(self, prefix: str, kinds: Kinds = None, limit: int = 10) -> tuple[EntityRef, ...]:
        """Entities whose names (or their pinyin) begin so."""
        known = await self._current()
        return tuple(known.index.complete(prefix, _accepting(kinds), limit))

    async def get(self, kind: EntityKind, entity_id: int) -> EntityRef | None:
        """The visible entity with an id; None where there is none of this kind."""
        return (await self._current()).by_id.get((kind, entity_id))

    async def called(self, ref: EntityRef) -> tuple[str, ...]:
        """All names of an entity, as they are written."""
        return (await self._current()).names_of.get(ref, ())

    async def describe(self, ref: EntityRef) -> str | None:
        """What tells namesakes apart: a person's first post, an event's date."""
        return (await self._current()).notes.get(ref)

    async def mentioned_in(self, text: str) -> tuple[tuple[EntityRef, int, int], ...]:
        """Known names inside a question, longest match, with their places (code points)."""
        found = (await self._current()).gazetteer.longest(text)
        return tuple(
            (ref, mention.start, mention.end) for mention in found for ref in dict.fromkeys(mention.values)
        )

    async def events_meant(self, text: str) -> tuple[EventMention, ...]:
        """Places in a question that mean an event by less than its name: 西湖论坛."""
        known = await self._current()
        return events_meant(text, known.events)

    async def _current(self) -> _Known:
        if self._known.revision == self._database.content_revision:
            return self._known
        async with self._reading:
            revision = self._database.content_revision
            if self._known.revision != revision:
                rows = await self._database.fetch_all(self._sql["visible"])
                # In a thread, so that many names do not hold up the other chats.
                self._known = await asyncio.to_thread(_Known, revision, rows)
        return self._known


def _accepting(kinds: Kinds) -> Callable[[EntityRef], bool]:
    return lambda ref: kinds is None or ref.kind in kinds


def _wanted(refs: Sequence[EntityRef], kinds: Kinds) -> tuple[EntityRef, ...]:
    return tuple(dict.fromkeys(ref for ref in refs if kinds is None or ref.kind in kinds))
