"""Who may see an article and its facts: what changes with it, and what of it the history keeps."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from storage import publication
from storage.amendments import ENTITY_FIELDS, StoredFact
from storage.database import Database, Transaction
from storage.history import Action, Deed, State, note
from storage.queries import statements


@dataclass(frozen=True, slots=True)
class States:
    """An article and its facts as far as it is about who may see them."""

    article_id: int
    article: tuple[str, float | None]
    """State, and when it was deleted."""
    facts: Mapping[int, tuple[str, str | None]]
    """State and verdict by id."""

    def against(self, other: States) -> State:
        """What of this is otherwise in another moment, as the history keeps it."""
        facts = [[fact, *kept] for fact, kept in self.facts.items() if other.facts.get(fact) != kept]
        article = {} if self.article == other.article else {"article": list(self.article)}
        return {**article, **({"facts": facts} if facts else {})}

    def published(self) -> set[int]:
        """The facts that readers see."""
        return {fact for fact, (state, _) in self.facts.items() if state == "published"}


class StateKeeper:
    """What the editors' deeds share; each method works in the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("desk")

    async def _states(self, transaction: Transaction, article_id: int) -> States | None:
        parameters = {"article_id": article_id}
        article = await transaction.fetch_one(self._sql["article"], parameters)
        if article is None:
            return None
        facts = await transaction.fetch_all(self._sql["facts"], parameters)
        return States(
            article_id,
            (article["state"], article["deleted_at"]),
            {row["id"]: (row["state"], row["verdict"]) for row in facts},
        )

    async def _conclude(
        self,
        transaction: Transaction,
        action: Action,
        deed: Deed,
        before: States,
        *,
        fact_id: int | None = None,
    ) -> int | None:
        """Bring everything in line with states that have changed, and note it."""
        after = await self._states(transaction, before.article_id)
        assert after is not None  # noqa: S101 - states change, the article stays
        changed = before.against(after)
        if not changed:
            return None
        await self._follow(transaction, before, after, deed)
        return await note(
            transaction,
            action,
            deed,
            before=changed,
            after=after.against(before),
            article_id=before.article_id,
            fact_id=fact_id,
        )

    async def _follow(self, transaction: Transaction, before: States, after: States, deed: Deed) -> None:
        hidden, shown = before.published() - after.published(), after.published() - before.published()
        if hidden:
            await self._correct(transaction, hidden, deed, None)
        if shown:
            given = {"facts": json.dumps(sorted(shown)), "reason": deed.reason, "now": deed.at}
            await transaction.execute(self._sql["drop_corrections"], given)
            await transaction.execute(self._sql["note_restored"], given)
            await publication.link(transaction, before.article_id)
        if hidden or shown or before.article != after.article:
            await publication.follow(transaction, before.article_id)

    async def _correct(
        self, transaction: Transaction, facts: Collection[int], deed: Deed, after: str | None
    ) -> None:
        parameters = {
            "facts": json.dumps(sorted(facts)),
            "after": after,
            "reason": deed.reason,
            "now": deed.at,
        }
        await transaction.execute(self._sql["note_corrections"], parameters)

    async def _ids(self, transaction: Transaction, fact: StoredFact) -> dict[str, int | None]:
        """The entities that a fact names, by field: two of one name are not the same."""
        row = await transaction.fetch_one(statements("amendments")[f"of_{fact.kind}"], {"fact_id": fact.id})
        fields = ENTITY_FIELDS[fact.kind]
        return {name: row[f"{kind}_id"] for name, kind in fields.items()} if row is not None else {}

    async def _set_marks(self, transaction: Transaction, fact: StoredFact) -> None:
        marks = {"confidence": fact.confidence, "rule": fact.rule, "verdict": fact.verdict}
        await transaction.execute(self._sql["set_marks"], {"fact_id": fact.id, **marks})

    async def _describe(self, transaction: Transaction, article_id: int, values: Mapping[str, Any]) -> None:
        await transaction.execute(self._sql["set_description"], {**values, "article_id": article_id})
        transaction.changes_content = True

    async def _entity(self, transaction: Transaction, entity_id: int) -> Any:
        return await transaction.fetch_one(statements("amendments")["entity"], {"id": entity_id})
