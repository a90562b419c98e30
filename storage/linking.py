"""Links facts to the topics, products and organisations that their passages name.

A new article is searched for every known name, and the older ones for every name that is new, so that the
order in which articles come makes no difference.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from content.folding import fold_name
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
    await _link(transaction, [row["id"] for row in rows])


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
    passages: set[int] = set()
    names = [row["name"] for row in aliases]
    for start in range(0, len(names), _BATCH):
        match = any_name(names[start : start + _BATCH])
        passages |= {
            row["id"] for row in await transaction.fetch_all(sql["passages_holding"], {"match": match})
        }
    linked = await _link(transaction, sorted(passages))
    linked |= await _adopt_works(transaction, [row["folded"] for row in aliases])
    await transaction.execute(
        sql["mark_linked"], {"aliases": json.dumps([row["alias_id"] for row in aliases])}
    )
    return linked


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


async def _link(transaction: Transaction, passage_ids: Collection[int]) -> set[int]:
    sql = statements("linking")
    facts = await transaction.fetch_all(sql["linkable_facts"], {"passages": json.dumps(list(passage_ids))})
    beginnings = _beginnings({fact["passage"] for fact in facts} | {fact["subject"] or "" for fact in facts})
    names = await transaction.fetch_all(
        sql["names_beginning"], {"beginnings": json.dumps(sorted(beginnings))}
    )
    links = list(_links(facts, names))
    await transaction.execute_many(sql["insert_about"], links)
    return {link["entity_id"] for link in links}


def _links(facts: Iterable[Row], names: Collection[Row]) -> Iterator[dict[str, int]]:
    known = {
        kind: Gazetteer((row["name"], int(row["id"])) for row in names if row["kind"] in named)
        for kind, named in _NAMED_BY.items()
    }
    for fact in facts:
        for entity_id in _named_in(fact, known[fact["kind"]]):
            yield {"entity_id": entity_id, "fact_id": fact["id"]}


def _named_in(fact: Row, names: Gazetteer[int]) -> set[int]:
    if fact["kind"] == "figure":
        return in_figure(fact["passage"], fact["span_start"], fact["span_end"], fact["subject"], names)
    return in_passage(fact["passage"], names)


def _beginnings(texts: Iterable[str]) -> set[str]:
    """Every pair of neighbouring folded characters: a name in a text begins with one of them."""
    return {first + second for text in texts for first, second in pairwise(fold_name(text))}
