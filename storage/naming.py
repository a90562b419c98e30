"""From the names in an article to the entities they stand for; new ones are made."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from content.identity import choose_event, choose_person
from content.model import Event, Work
from content.names import NameKeys, name_key
from content.preparation import Post, PreparedArticle, PreparedName
from content.records import EntityKind
from storage.database import Transaction
from storage.queries import statements

Known = Mapping[tuple[EntityKind, str], list[int]]
"""The entities of each kind and folded name."""
Chosen = dict[tuple[EntityKind, str], int]
"""The one of them that the article means."""


class NameIds:
    """The entity that each name of an article stands for."""

    def __init__(self) -> None:
        self._ids: dict[tuple[EntityKind, str], int] = {}

    def find(self, kind: EntityKind, name: str | None) -> int | None:
        """The entity of a name, however it is written; None for None and for a name that is nobody's."""
        return self._ids.get((kind, name_key(name))) if name else None

    def add(self, kind: EntityKind, folded: str, entity_id: int) -> None:
        """Take a folded name for an entity's; one that is taken already stays."""
        self._ids.setdefault((kind, folded), entity_id)


async def find_entities(transaction: Transaction, prepared: PreparedArticle) -> NameIds:
    """Find or make the entity of every name of an article, and store every new form of a name."""
    names = NameIds()
    authors = {name_key(author) for author in _authors(prepared)}
    known = await _known(transaction, prepared, authors)
    chosen = {
        **{key: ids[0] for key, ids in known.items() if key[0] not in {"person", "event"}},
        **await _people(transaction, prepared, known),
        **await _events(transaction, prepared, known),
    }
    aliases: list[dict[str, Any]] = []
    for name in prepared.names:
        forms = ((name.name, name.keys), *name.aliases)
        found = [
            names.find(name.kind, name.name),
            *(chosen.get((name.kind, keys.folded)) for _, keys in forms),
        ]
        entity_id = next((one for one in found if one is not None), None)
        if entity_id is None:
            entity_id = await _make(transaction, name)
        for written, keys in forms:
            names.add(name.kind, keys.folded, entity_id)
            aliases.append(alias_row(entity_id, written, keys))
    await transaction.execute_many(statements("ingestion")["insert_alias"], aliases)
    for author in authors:
        if ids := known.get(("organization", author)):
            names.add("organization", author, ids[0])
    return names


def alias_row(entity_id: int, name: str, keys: NameKeys) -> dict[str, Any]:
    """The parameters of ``insert_alias``."""
    found_by = {"folded": keys.folded, "pinyin": keys.pinyin, "initials": keys.initials}
    return {"entity_id": entity_id, "name": name, **found_by}


async def _make(transaction: Transaction, name: PreparedName) -> int:
    row = await transaction.fetch_one(
        statements("ingestion")["insert_entity"], {"kind": name.kind, "name": name.name}
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return int(row["id"])


def _authors(prepared: PreparedArticle) -> Iterator[str]:
    for one in prepared.facts:
        if isinstance(one.fact, Work) and one.fact.by:
            yield one.fact.by


async def _known(transaction: Transaction, prepared: PreparedArticle, authors: set[str]) -> Known:
    folded = {
        keys.folded for name in prepared.names for keys in (name.keys, *(other for _, other in name.aliases))
    }
    rows = await transaction.fetch_all(
        statements("ingestion")["known_names"], {"folded": json.dumps(sorted(folded | authors))}
    )
    known: dict[tuple[EntityKind, str], list[int]] = defaultdict(list)
    for row in rows:
        known[row["kind"], row["folded"]].append(row["id"])
    return known


async def _people(transaction: Transaction, prepared: PreparedArticle, known: Known) -> Chosen:
    """Whom the article means by each of its people; nobody known where it is somebody new."""
    candidates = sorted({person for (kind, _), ids in known.items() if kind == "person" for person in ids})
    if not candidates:
        return {}
    rows = await transaction.fetch_all(
        statements("ingestion")["organizations_of_people"], {"people": json.dumps(candidates)}
    )
    theirs: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        theirs[row["person_id"]].add(row["folded"])
    here: dict[str, set[str]] = defaultdict(set)
    for one in prepared.facts:
        if isinstance(one.fact, Post) and one.fact.affiliation.organization:
            here[name_key(one.fact.person)].add(name_key(one.fact.affiliation.organization))
    chosen: Chosen = {}
    for (kind, folded), ids in known.items():
        if kind == "person":
            person = choose_person(here[folded], {one: theirs[one] for one in ids})
            if person is not None:
                chosen["person", folded] = person
    return chosen


async def _events(transaction: Transaction, prepared: PreparedArticle, known: Known) -> Chosen:
    """Which known event the article reports, if any."""
    event = next((one.fact for one in prepared.facts if isinstance(one.fact, Event)), None)
    ids = known.get(("event", name_key(event.name))) if event else None
    if not event or not ids:
        return {}
    rows = await transaction.fetch_all(
        statements("ingestion")["dates_of_events"], {"events": json.dumps(ids)}
    )
    dates: dict[int, list[str | None]] = {one: [] for one in ids}
    for row in rows:
        dates[row["event_id"]].append(row["date"])
    found = choose_event(event.date, dates)
    return {} if found is None else {("event", name_key(event.name)): found}
