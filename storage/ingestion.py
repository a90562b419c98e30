"""Writes one prepared article into the database, inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from content.model import Event
from content.preparation import PreparedArticle
from content.records import FactKind
from storage.database import Transaction
from storage.details import DETAILS, Detail, entities_of
from storage.duplicates import remember
from storage.naming import NameIds, find_entities
from storage.queries import statements


async def store(transaction: Transaction, prepared: PreparedArticle) -> int:
    """Store an article and its facts as drafts.

    Returns:
        The id of the article.
    """
    article_id = await _insert_article(transaction, prepared)
    await remember(transaction, article_id, prepared.sketch)
    names = await find_entities(transaction, prepared)
    fact_ids = await _insert_facts(transaction, prepared, article_id)
    details = [DETAILS[one.kind](one.fact, names) for one in prepared.facts]
    by_kind: dict[FactKind, list[Detail]] = defaultdict(list)
    for one, fact_id, detail in zip(prepared.facts, fact_ids, details, strict=True):
        by_kind[one.kind].append({"fact_id": fact_id, **detail})
    sql = statements("ingestion")
    for kind, rows in by_kind.items():
        await transaction.execute_many(sql[f"insert_{kind}"], rows)
    await transaction.execute_many(sql["insert_host"], _hosts(prepared, fact_ids, names))
    await transaction.execute_many(sql["insert_topic"], _topics(prepared, article_id, names))
    await transaction.execute_many(
        statements("linking")["insert_about"], _about(prepared, fact_ids, details, names)
    )
    return article_id


async def _insert_article(transaction: Transaction, prepared: PreparedArticle) -> int:
    article = prepared.article
    row = await transaction.fetch_one(
        statements("ingestion")["insert_article"],
        {
            "sha256": article.sha256,
            "text": article.text,
            "title": article.title,
            "publisher": article.publisher,
            "via": article.via,
            "url": article.url,
            "published": article.published,
            "published_note": article.published_note,
        },
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return int(row["id"])


async def _insert_facts(transaction: Transaction, prepared: PreparedArticle, article_id: int) -> list[int]:
    """Insert passages and facts, many in one hop; the database then tells which ids they were given."""
    sql = statements("ingestion")
    await transaction.execute_many(sql["insert_passage"], _passages(prepared, article_id))
    rows = await transaction.fetch_all(sql["passages_of_article"], {"article_id": article_id})
    passage_ids = {(row["span_start"], row["span_end"]): row["id"] for row in rows}
    facts = [
        {
            "article_id": article_id,
            "ordinal": ordinal,
            "passage_id": passage_ids[span.start, span.end],
            "kind": one.kind,
            "span_start": one.fact.start,
            "span_end": one.fact.end,
            "confidence": one.fact.confidence,
            "rule": one.fact.rule,
        }
        for ordinal, one in enumerate(prepared.facts)
        for span in (prepared.passages[one.passage].span,)
    ]
    await transaction.execute_many(sql["insert_fact"], facts)
    return [
        row["id"] for row in await transaction.fetch_all(sql["facts_of_article"], {"article_id": article_id})
    ]


def _passages(prepared: PreparedArticle, article_id: int) -> Iterator[dict[str, Any]]:
    for passage in prepared.passages:
        yield {
            "article_id": article_id,
            "span_start": passage.span.start,
            "span_end": passage.span.end,
            "text": passage.text,
            "words": passage.terms.words,
            "grams": passage.terms.grams,
        }


def _hosts(prepared: PreparedArticle, fact_ids: list[int], names: NameIds) -> Iterator[dict[str, Any]]:
    for one, fact_id in zip(prepared.facts, fact_ids, strict=True):
        if isinstance(one.fact, Event):
            for position, host in enumerate(one.fact.hosts):
                organization_id = names.find("organization", host)
                yield {"fact_id": fact_id, "position": position, "organization_id": organization_id}


def _topics(prepared: PreparedArticle, article_id: int, names: NameIds) -> Iterator[dict[str, Any]]:
    for topic in prepared.topics:
        topic_id = names.find("topic", topic.name)
        yield {"article_id": article_id, "topic_id": topic_id, "weight": topic.weight}


def _about(
    prepared: PreparedArticle, fact_ids: list[int], details: list[Detail], names: NameIds
) -> Iterator[dict[str, int]]:
    """What each fact is about: what its row refers to, a participant's event, an event's hosts."""
    event = next((one.fact for one in prepared.facts if isinstance(one.fact, Event)), None)
    also: dict[FactKind, set[int | None]] = {}
    if event:
        also["participant"] = {names.find("event", event.name)}
        also["event"] = {names.find("organization", host) for host in event.hosts}
    for one, fact_id, detail in zip(prepared.facts, fact_ids, details, strict=True):
        for entity_id in entities_of(detail) | also.get(one.kind, set()):
            if entity_id is not None:
                yield {"entity_id": entity_id, "fact_id": fact_id}
