"""Links facts to the topics, products and organisations that their passages name.

A new article is searched for every known name, and the older ones for every name that is new, so that the
order in which articles come makes no difference.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from content.folding import fold_name, fold_text
from content.gazetteer import Gazetteer
from content.mentions import in_figure, in_passage
from content.records import EntityKind
from storage.database import Row, Transaction
from storage.matching import any_name
from storage.queries import statements

_NAMED_BY: Mapping[str, Collection[EntityKind]] = {
    "statement": ("topic", "product"),
    "figure": ("product", "organization"),
    "milestone": ("product", "organization"),
}
"""What facts of a kind may name."""
_BATCH = 50
"""Names in one search; FTS5 limits how deep an expression may be."""


async def link_article(transaction: Transaction, article_id: int) -> None:
    """Link the facts of an article to everything known that they name."""
    rows = await transaction.fetch_all(
        statements("linking")["passages_of_article"], {"article_id": article_id}
    )
    await _link(transaction, {row["id"] for row in rows}, tuple(_NAMED_BY))


async def link_new_names(transaction: Transaction, article_id: int) -> set[int]:
    """Search the older articles for the names that this article is the first to use.

    Returns:
        The entities that older facts are now linked to.
    """
    rows = await transaction.fetch_all(
        statements("linking")["new_names_of_article"], {"article_id": article_id}
    )
    return await link_names(transaction, rows)


async def link_names(transaction: Transaction, aliases: Collection[Row]) -> set[int]:
    """Search the shown articles for names (rows of ``new_names_of_article``) and link what names them.

    Returns:
        The entities that facts are now linked to.
    """
    sql = statements("linking")
    linked = await _link(transaction, await _holding(transaction, aliases), ("statement",), aliases)
    # Which of the names near a figure is its own depends on the others: all of them are looked at again.
    things = [row for row in aliases if row["kind"] != "topic"]
    linked |= await _link(transaction, await _holding(transaction, things), ("figure", "milestone"))
    linked |= await _adopt_works(transaction, [row["folded"] for row in aliases])
    await transaction.execute(
        sql["mark_linked"], {"aliases": json.dumps([row["alias_id"] for row in aliases])}
    )
    return linked


async def _holding(transaction: Transaction, names: Collection[Row]) -> set[int]:
    """The passages that hold one of the names."""
    sql = statements("linking")["passages_holding"]
    written = [row["name"] for row in names if fold_text(row["name"]).strip()]
    passages: set[int] = set()
    for start in range(0, len(written), _BATCH):
        rows = await transaction.fetch_all(sql, {"match": any_name(written[start : start + _BATCH])})
        passages.update(row["id"] for row in rows)
    return passages


async def _adopt_works(transaction: Transaction, folded: Collection[str]) -> set[int]:
    sql = statements("linking")
    rows = await transaction.fetch_all(sql["adopt_works"], {"folded": json.dumps(sorted(folded))})
    links = [
        {"entity_id": row["organization_id"], "fact_id": row["fact_id"]}
        for row in rows
        if row["organization_id"]
    ]
    await transaction.execute_many(sql["insert_about"], links)
    return {link["entity_id"] for link in links}


async def _link(
    transaction: Transaction,
    passages: Collection[int],
    kinds: Collection[str],
    names: Collection[Row] | None = None,
) -> set[int]:
    """Link the facts of some kinds in some passages to the names given, or to every known name."""
    sql = statements("linking")
    parameters = {"passages": json.dumps(sorted(passages)), "kinds": json.dumps(kinds)}
    facts = await transaction.fetch_all(sql["linkable_facts"], parameters)
    if names is None:
        beginnings = _beginnings(
            {text for fact in facts for text in (fact["passage"], fact["subject"]) if text}
        )
        names = await transaction.fetch_all(
            sql["names_beginning"], {"beginnings": json.dumps(sorted(beginnings))}
        )
    # In a thread, for a new name may stand in thousands of old passages.
    links = await asyncio.to_thread(_links, facts, names)
    await transaction.execute_many(sql["insert_about"], links)
    return {link["entity_id"] for link in links}


def _links(facts: Iterable[Row], names: Collection[Row]) -> list[dict[str, int]]:
    known = {
        kind: Gazetteer((row["name"], int(row["id"])) for row in names if row["kind"] in named)
        for kind, named in _NAMED_BY.items()
    }
    return [
        {"entity_id": entity_id, "fact_id": fact["id"]}
        for fact in facts
        for entity_id in _named_in(fact, known[fact["kind"]])
    ]


def _named_in(fact: Row, names: Gazetteer[int]) -> set[int]:
    start, end = fact["span_start"], fact["span_end"]
    if fact["kind"] == "figure":
        return in_figure(fact["passage"], start, end, fact["subject"], names)
    # A statement is its passage; a milestone may be one of several in a long sentence.
    return in_passage(fact["passage"][start:end], names)


def _beginnings(texts: Iterable[str]) -> set[str]:
    """Every pair of neighbouring folded characters: a name in a text begins with one of them."""
    return {first + second for text in texts for first, second in pairwise(fold_name(text))}
