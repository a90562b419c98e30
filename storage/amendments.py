"""What a single fact says, and putting something else in its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.names import keys, name_key
from content.records import EntityKind, FactKind
from storage import merging, publication
from storage.database import Database, Row, Transaction
from storage.linking import link_article, link_new_names
from storage.naming import alias_row
from storage.queries import statements

Values = Mapping[str, Any]
"""What a fact says, field by field, entities by their names."""

ENTITY_FIELDS: Mapping[FactKind, Mapping[str, EntityKind]] = {
    "event": {"name": "event"},
    "participant": {"person": "person"},
    "affiliation": {"person": "person", "organization": "organization"},
    "statement": {"person": "person"},
    "figure": {},
    "work": {},
    "product": {"name": "product", "organization": "organization"},
    "milestone": {},
}
"""The fields of each kind that name an entity."""
_COLUMNS = {
    "event": "event_id",
    "person": "person_id",
    "organization": "organization_id",
    "product": "product_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFact:
    """One fact in any state, as editors see it."""

    id: int
    kind: FactKind
    state: str
    verdict: str | None
    confidence: float
    rule: str
    article_id: int
    start: int
    end: int
    passage_start: int
    passage: str
    values: Values

    @property
    def text(self) -> str:
        """The fact's own words."""
        return self.passage[self.start - self.passage_start : self.end - self.passage_start]


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment did beside the fact, for whoever takes it back."""

    moved: Mapping[str, list[int]]
    """The further facts that were moved to another person, by the name of the move."""
    made: list[int]
    """Entities that nobody knew before."""


async def read_fact(source: Database | Transaction, fact_id: int) -> StoredFact | None:
    """A fact in any state; None where there is none."""
    sql = statements("amendments")
    row = await source.fetch_one(sql["fact"], {"fact_id": fact_id})
    if row is None:
        return None
    values = {
        name: value for name, value in (await _row(source, row["kind"], fact_id)).items() if _shown(name)
    }
    return StoredFact(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        verdict=row["verdict"],
        confidence=row["confidence"],
        rule=row["rule"],
        article_id=row["article_id"],
        start=row["span_start"],
        end=row["span_end"],
        passage_start=row["passage_start"],
        passage=row["passage"],
        values=values,
    )


async def amend(
    transaction: Transaction, fact: StoredFact, changes: Values, *, rename: bool = True
) -> Amended:
    """Have a fact say something else; everything that follows from it is brought in line.

    A participant under another name is renamed in the whole article: what was misread once was misread
    throughout. A speaker is changed for the one statement.

    Args:
        transaction: of the history's entry too.
        fact: as it stands.
        changes: new values by field; entities by name, or by id as ``#12``.
        rename: whether another name of a participant is that of the whole article.
    """
    sql = statements("amendments")
    before = await publication.entities_of_article(transaction, fact.article_id)
    row = await _row(transaction, fact.kind, fact.id)
    hosts = row.pop("hosts", None)
    moved: dict[str, list[int]] = {}
    made: list[int] = []
    for field, value in changes.items():
        entity = ENTITY_FIELDS[fact.kind].get(field)
        if fact.kind == "work" and field == "by":
            row |= await _author(transaction, value, fact.article_id)
        elif field == "hosts":
            hosts = value
        elif entity is None:
            row[field] = value
        else:
            old = row[_COLUMNS[entity]]
            new = await _entity(transaction, entity, value, fact.article_id, made) if value else None
            row[_COLUMNS[entity]] = new
            if rename and fact.kind == "participant" and field == "person" and new not in {None, old}:
                moved = await _rename(transaction, fact.article_id, old, new)
    await transaction.execute(sql[f"set_{fact.kind}"], {"fact_id": fact.id, **row})
    if hosts is not None and "hosts" in changes:
        await _set_hosts(transaction, fact, hosts, made)
    await transaction.execute(statements("desk")["mark_edited"], {"fact_id": fact.id})
    await relink(transaction, fact.article_id)
    await publication.follow(transaction, fact.article_id, before)
    return Amended(moved, made)


async def unmake(transaction: Transaction, made: list[int]) -> None:
    """Remove what an amendment made and nothing refers to any more."""
    await transaction.execute(statements("amendments")["unmake"], {"made": json.dumps(made)})


async def relink(transaction: Transaction, article_id: int) -> None:
    """Work out anew what the facts of an article are about."""
    sql = statements("amendments")
    await transaction.execute(statements("publication")["set_event"], {"article_id": article_id})
    await transaction.execute(sql["unlink"], {"article_id": article_id})
    await transaction.execute(sql["link_details"], {"article_id": article_id})
    await link_article(transaction, article_id)
    await publication.refresh(transaction, await link_new_names(transaction, article_id))


async def _row(source: Database | Transaction, kind: FactKind, fact_id: int) -> dict[str, Any]:
    sql = statements("amendments")
    found: Row | None = await source.fetch_one(sql[f"of_{kind}"], {"fact_id": fact_id})
    row = dict(found) if found is not None else {}
    if kind == "event":
        row["hosts"] = [host["name"] for host in await source.fetch_all(sql["hosts"], {"fact_id": fact_id})]
    return row


def _shown(column: str) -> bool:
    return not column.endswith("_id") and column not in {"by_name", "by_folded"}


async def _entity(
    transaction: Transaction, kind: EntityKind, name: str, article_id: int, made: list[int]
) -> int:
    """The entity of a name, or of an id given as ``#12``; a new one where nobody has the name."""
    if name.startswith("#"):
        return int(name[1:])
    parameters = {"folded": name_key(name), "kind": kind, "article_id": article_id}
    row = await transaction.fetch_one(statements("amendments")["entities_named"], parameters)
    if row is None:
        sql = statements("ingestion")
        row = await transaction.fetch_one(sql["insert_entity"], {"kind": kind, "name": name})
        assert row is not None  # noqa: S101 - RETURNING gives the row
        alias = alias_row(row["id"], name, keys(name, person=kind == "person"))
        await transaction.execute(sql["insert_alias"], alias)
        made.append(row["id"])
    return int(row["id"])


async def _author(transaction: Transaction, name: str | None, article_id: int) -> dict[str, Any]:
    """The columns of who gives or releases a work: a known person, else an organisation, else the name."""
    author: dict[str, Any] = {
        "by_name": name,
        "by_folded": name_key(name) if name else None,
        "person_id": None,
        "organization_id": None,
    }
    kinds: tuple[EntityKind, ...] = ("person", "organization")
    for kind in kinds if name else ():
        parameters = {"folded": author["by_folded"], "kind": kind, "article_id": article_id}
        row = await transaction.fetch_one(statements("amendments")["entities_named"], parameters)
        if row is not None:
            return {**author, _COLUMNS[kind]: row["id"]}
    return author


async def _set_hosts(transaction: Transaction, fact: StoredFact, hosts: list[str], made: list[int]) -> None:
    await transaction.execute(statements("amendments")["clear_hosts"], {"fact_id": fact.id})
    for position, host in enumerate(hosts):
        organization = await _entity(transaction, "organization", host, fact.article_id, made)
        parameters = {"fact_id": fact.id, "position": position, "organization_id": organization}
        await transaction.execute(statements("ingestion")["insert_host"], parameters)


async def _rename(transaction: Transaction, article_id: int, old: int, new: int) -> dict[str, list[int]]:
    rows = await transaction.fetch_all(
        statements("amendments")["facts_of_person"], {"article_id": article_id, "entity_id": old}
    )
    facts = [row["fact_id"] for row in rows]
    moved = {
        name: await merging.move(transaction, name, old, new, facts=facts)
        for name in ("move_participations", "move_posts", "move_statements", "move_works")
    }
    return {name: found for name, found in moved.items() if found}
