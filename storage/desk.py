"""What editors do to articles, facts and names: each deed is one transaction and one entry of the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Literal

from content.folding import fold_text
from content.names import keys
from content.records import EntityKind
from storage import merging, publication
from storage.amendments import Values, amend, read_fact
from storage.database import Database, Transaction
from storage.history import Action, Deed, note
from storage.linking import link_names
from storage.naming import alias_row
from storage.queries import statements
from storage.states import StateKeeper
from storage.undoing import Undoing

Verdict = Literal["right", "wrong"]
_PROGRAM = Deed()


class Desk(StateKeeper):
    """What editors do. Each method gives the number of the history's entry, None where nothing changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("desk")

    async def publish(
        self, article_id: int, deed: Deed = _PROGRAM, *, accepted_only: bool = False
    ) -> int | None:
        """Show a draft or withdrawn article: all that nobody called wrong, or only what was called right."""
        async with self._database.write() as transaction:
            before = await self._states(transaction, article_id)
            if before is None or before.article[1] is not None:
                return None
            facts = self._sql["accept_facts"] if accepted_only else statements("publication")["show_facts"]
            await transaction.execute(facts, {"article_id": article_id})
            await self._show_article(transaction, article_id, deed)
            return await self._conclude(transaction, "publish", deed, before)

    async def unpublish(self, article_id: int, deed: Deed = _PROGRAM) -> int | None:
        """Hide an article from readers, keeping its facts."""
        async with self._database.write() as transaction:
            before = await self._states(transaction, article_id)
            if before is None or before.article[0] != "published":
                return None
            await self._hide(transaction, article_id)
            return await self._conclude(transaction, "unpublish", deed, before)

    async def delete(self, article_id: int, deed: Deed = _PROGRAM) -> int | None:
        """Put an article and its facts where nobody sees them; some weeks later it is gone for good."""
        async with self._database.write() as transaction:
            before = await self._states(transaction, article_id)
            if before is None or before.article[1] is not None:
                return None
            if before.article[0] == "published":
                await self._hide(transaction, article_id)
            await transaction.execute(self._sql["set_deleted"], {"article_id": article_id, "now": deed.at})
            return await self._conclude(transaction, "delete", deed, before)

    async def judge(self, fact_id: int, verdict: Verdict, deed: Deed = _PROGRAM) -> int | None:
        """Call a fact right or wrong; what is wrong is not shown, nor published later."""
        return await self._judge(fact_id, verdict, "judge", deed)

    async def retract(self, fact_id: int, deed: Deed = _PROGRAM) -> int | None:
        """Take a published fact back: readers no longer see it, its id stays taken.

        Whoever was sent it is told: the messages change, and the next digest says so.
        """
        return await self._judge(fact_id, "wrong", "retract", deed, "published")

    async def restore(self, fact_id: int, deed: Deed = _PROGRAM) -> int | None:
        """Take a retraction back."""
        return await self._judge(fact_id, "right", "restore", deed, "retracted")

    async def edit(
        self, fact_id: int, changes: Values, deed: Deed = _PROGRAM, *, shown: str | None = None
    ) -> int | None:
        """Have a fact say something else; whether the article says so is the caller's to check.

        Args:
            fact_id: the fact.
            changes: new values by field; entities by name, or by id as ``#12``.
            deed: who does it.
            shown: what readers who were sent the fact are told stands there now.
        """
        async with self._database.write() as transaction:
            fact = await read_fact(transaction, fact_id)
            if fact is None:
                return None
            ids = await self._ids(transaction, fact)
            if fact.state == "published":
                await self._correct(transaction, [fact_id], deed, shown)
            amended = await amend(transaction, fact, changes)
            changed = await read_fact(transaction, fact_id)
            assert changed is not None  # noqa: S101 - it was there a moment ago
            before = {name: old for name, old in fact.values.items() if changed.values[name] != old}
            new_ids = await self._ids(transaction, changed)
            if not before and ids == new_ids:
                await self._set_marks(transaction, fact)
                return None
            marks = {"confidence": fact.confidence, "rule": fact.rule, "verdict": fact.verdict}
            return await note(
                transaction,
                "edit",
                deed,
                before={"values": before, "ids": ids, **asdict(amended), **marks},
                after={"values": {name: changed.values[name] for name in before}, "ids": new_ids},
                article_id=fact.article_id,
                fact_id=fact_id,
            )

    async def describe(
        self, article_id: int, changes: Mapping[str, str | None], deed: Deed = _PROGRAM
    ) -> int | None:
        """Change what is known about where an article comes from: title, publisher, url and the like."""
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["description"], {"article_id": article_id})
            if row is None:
                return None
            before = {name: row[name] for name, value in changes.items() if row[name] != value}
            if not before:
                return None
            await self._describe(transaction, article_id, {**dict(row), **changes})
            after = {name: changes[name] for name in before}
            return await note(
                transaction,
                "edit",
                deed,
                before={"values": before},
                after={"values": after},
                article_id=article_id,
            )

    async def merge(self, old_id: int, new_id: int, deed: Deed = _PROGRAM) -> int | None:
        """Make two entities of one kind the second of them, under the names of both."""
        async with self._database.write() as transaction:
            old, new = await self._entity(transaction, old_id), await self._entity(transaction, new_id)
            if old is None or new is None or old_id == new_id or old["kind"] != new["kind"]:
                return None
            if old["merged_into"] is not None or new["merged_into"] is not None:
                return None
            moved = await merging.merge(transaction, old_id, new_id)
            return await note(
                transaction,
                "merge",
                deed,
                before={"old_id": old_id, "name": old["name"], "kind": old["kind"], "moved": moved},
                after={"new_id": new_id, "name": new["name"]},
                entity_id=new_id,
            )

    async def add_alias(self, entity_id: int, name: str, deed: Deed = _PROGRAM) -> int | None:
        """Give an entity one more name; None where it has it already or the name is blank."""
        if not fold_text(name).strip():
            return None
        async with self._database.write() as transaction:
            entity = await self._entity(transaction, entity_id)
            if entity is None:
                return None
            kind: EntityKind = entity["kind"]
            alias = alias_row(entity_id, name, keys(name, person=kind == "person"))
            row = await transaction.fetch_one(statements("names")["insert_alias"], {**alias, "kind": kind})
            if row is None:
                return None
            if kind in {"topic", "product", "organization"}:
                await publication.refresh(transaction, await link_names(transaction, [row]))
            transaction.changes_content = True
            return await note(
                transaction,
                "alias",
                deed,
                before={},
                after={"alias": name, "name": entity["name"], "kind": kind},
                entity_id=entity_id,
            )

    async def undo(self, entry_id: int, deed: Deed = _PROGRAM) -> int:
        """Take one entry of the history back, however long ago it was.

        Raises:
            NotUndoableError: it cannot be, because of what was done since; nothing is changed.
        """
        return await Undoing(self._database).undo(entry_id, deed)

    async def purge(self, before: datetime) -> int:
        """Remove for good what was deleted before an instant; gives the number of articles."""
        async with self._database.write() as transaction:
            rows = await transaction.fetch_all(self._sql["deleted_before"], {"before": before.timestamp()})
            for row in rows:
                await publication.delete(transaction, row["id"])
        return len(rows)

    async def _judge(
        self, fact_id: int, verdict: Verdict, action: Action, deed: Deed, state: str | None = None
    ) -> int | None:
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["article_of_fact"], {"fact_id": fact_id})
            before = await self._states(transaction, row["article_id"]) if row else None
            if before is None or state not in {None, before.facts[fact_id][0]}:
                return None
            await transaction.execute(self._sql["judge"], {"fact_id": fact_id, "verdict": verdict})
            return await self._conclude(transaction, action, deed, before, fact_id=fact_id)

    async def _show_article(self, transaction: Transaction, article_id: int, deed: Deed) -> None:
        parameters = {"article_id": article_id, "now": deed.at}
        await transaction.execute(statements("publication")["show_article"], parameters)

    async def _hide(self, transaction: Transaction, article_id: int) -> None:
        for name in ("hide_facts", "hide_article"):
            await transaction.execute(statements("publication")[name], {"article_id": article_id})
