"""What follows when facts are shown, hidden or taken back: links, the search index, counts."""

from __future__ import annotations

import json
import time
from collections.abc import Collection

from storage.database import Transaction
from storage.linking import link_article, link_new_names
from storage.queries import statements


async def show(transaction: Transaction, article_id: int, now: float | None = None) -> None:
    """Show a new article's facts to readers."""
    sql = statements("publication")
    await transaction.execute(sql["show_facts"], {"article_id": article_id})
    await transaction.execute(sql["show_article"], {"article_id": article_id, "now": now or time.time()})
    await link_article(transaction, article_id)
    counted = await link_new_names(transaction, article_id)
    await refresh(transaction, counted)
    await _index(transaction, article_id)
    await transaction.execute(
        sql["count_new"], {"article_id": article_id, "counted": json.dumps(sorted(counted))}
    )
    await _annotate(transaction, await entities_of_article(transaction, article_id))


async def link(transaction: Transaction, article_id: int) -> None:
    """Link an article that comes to be shown to all it names, and what is shown to the names it brings."""
    await link_article(transaction, article_id)
    await refresh(transaction, await link_new_names(transaction, article_id))


async def follow(transaction: Transaction, article_id: int, entities: Collection[int] = ()) -> None:
    """Bring everything that is counted or indexed in line with the states of an article's facts.

    Args:
        transaction: the one in which the states changed.
        article_id: whose facts they are.
        entities: other entities that more or fewer facts are now about.
    """
    await _index(transaction, article_id)
    await refresh(transaction, {*await entities_of_article(transaction, article_id), *entities})


async def refresh(transaction: Transaction, entities: Collection[int]) -> None:
    """Count anew what is published about entities."""
    sql = statements("publication")["refresh_entities"]
    await transaction.execute(sql, {"entities": json.dumps(sorted(entities))})
    await _annotate(transaction, entities)


async def _index(transaction: Transaction, article_id: int) -> None:
    sql = statements("publication")
    for name in ("set_event", "unindex_passages", "index_passages", "note_indexed"):
        await transaction.execute(sql[name], {"article_id": article_id})
    transaction.changes_content = True


async def _annotate(transaction: Transaction, entities: Collection[int]) -> None:
    """Say what tells namesakes apart: a person's first post, an event's date."""
    sql = statements("publication")["note_entities"]
    await transaction.execute(sql, {"entities": json.dumps(sorted(entities))})


async def delete(transaction: Transaction, article_id: int) -> None:
    """Remove an article, its facts, and the entities that nothing else is about."""
    sql = statements("publication")
    await transaction.execute(sql["hide_facts"], {"article_id": article_id})
    await follow(transaction, article_id)
    entities = await entities_of_article(transaction, article_id)
    await transaction.execute(sql["delete_article"], {"article_id": article_id})
    await transaction.execute(sql["delete_orphans"], {"entities": json.dumps(entities)})
    await refresh(transaction, entities)


async def entities_of_article(transaction: Transaction, article_id: int) -> list[int]:
    """Everything that an article's facts are about, its topics included."""
    rows = await transaction.fetch_all(
        statements("publication")["entities_of_article"], {"article_id": article_id}
    )
    return [row["entity_id"] for row in rows]
