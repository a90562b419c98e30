"""Two entities that turn out to be one, and apart again: every reference moves, and what moved is known."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from storage import publication
from storage.database import Transaction
from storage.queries import statements

Moved = Mapping[str, Any]
"""What a merge moved, as JSON knows it: fact ids (or article, alias, follow ids) by the name of the move."""

FACT_MOVES = (
    "move_reports",
    "move_report_hosts",
    "move_participations",
    "move_posts",
    "move_posts_held",
    "move_statements",
    "move_works",
    "move_works_released",
    "move_products",
    "move_products_owned",
)
"""The places where a fact's own row refers to an entity."""
_MOVES = (*FACT_MOVES, "move_about", "move_topics", "move_events", "move_aliases", "move_follows")


async def merge(transaction: Transaction, old_id: int, new_id: int) -> Moved:
    """Give everything of one entity to another; what remains of it leads there."""
    sql = statements("merging")
    moved: dict[str, Any] = {
        name: await move(transaction, name, old_id, new_id, facts=None) for name in _MOVES
    }
    parameters = {"old_id": old_id, "new_id": new_id, "facts": None}
    moved["both_about"] = [
        row["fact_id"] for row in await transaction.fetch_all(sql["drop_about"], parameters)
    ]
    for name in ("drop_topics", "drop_aliases"):
        moved[name] = [dict(row) for row in await transaction.fetch_all(sql[name], parameters)]
    await transaction.execute(sql["drop_follows"], parameters)
    await transaction.execute(sql["set_merged"], parameters)
    await _settle(transaction, old_id, new_id, moved)
    return {name: value for name, value in moved.items() if value}


async def split(transaction: Transaction, old_id: int, new_id: int, moved: Moved) -> None:
    """Give everything back that a merge moved and that is still where it put it."""
    sql = statements("merging")
    await transaction.execute(sql["set_merged"], {"old_id": old_id, "new_id": None})
    for name in _MOVES:
        if moved.get(name):
            await move(transaction, name, new_id, old_id, facts=moved[name])
    await transaction.execute_many(
        sql["insert_about"], [{"entity_id": old_id, "fact_id": fact} for fact in moved.get("both_about", ())]
    )
    await transaction.execute_many(
        sql["insert_topic"], [{"topic_id": old_id, **topic} for topic in moved.get("drop_topics", ())]
    )
    await transaction.execute_many(
        statements("ingestion")["insert_alias"],
        [{"entity_id": old_id, **alias} for alias in moved.get("drop_aliases", ())],
    )
    await _settle(transaction, old_id, new_id, moved)


async def move(
    transaction: Transaction, name: str, old_id: int, new_id: int, *, facts: Collection[int] | None
) -> list[int]:
    """Move one kind of reference; of all facts, or of some.

    Returns:
        What was moved.
    """
    parameters = {
        "old_id": old_id,
        "new_id": new_id,
        "facts": None if facts is None else json.dumps(sorted(facts)),
    }
    rows = await transaction.fetch_all(statements("merging")[name], parameters)
    return sorted({row["fact_id"] for row in rows})


async def _settle(transaction: Transaction, old_id: int, new_id: int, moved: Moved) -> None:
    """Count anew what is about both, and what stands beside them: a person is noted by an organisation."""
    facts = sorted({fact for name in FACT_MOVES for fact in moved.get(name, ())})
    sql = statements("merging")["entities_beside"]
    beside = await transaction.fetch_all(sql, {"facts": json.dumps(facts)})
    await publication.refresh(transaction, {old_id, new_id, *(row["entity_id"] for row in beside)})
    transaction.changes_content = True
