"""What editors do to articles, facts and names: each deed is one transaction and one entry of the history."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from content.folding import fold_text
from content.names import keys, name_key
from content.records import EntityKind
from storage import merging, publication
from storage.amendments import ENTITY_FIELDS, StoredFact, Values, amend, read_fact, relink, unmake
from storage.database import Database, Transaction
from storage.errors import NotUndoableError
from storage.history import Action, Deed, Entry, State, entry, note
from storage.linking import link_names
from storage.naming import alias_row
from storage.queries import statements

Verdict = Literal["right", "wrong"]
_STATE_ACTIONS = frozenset({"publish", "unpublish", "delete", "judge", "retract", "restore"})
"""What changes nothing but the states of an article and its facts."""
_PROGRAM = Deed()


@dataclass(frozen=True, slots=True)
class _States:
    """An article and its facts as far as it is about who may see them."""

    article_id: int
    article: tuple[str, float | None]
    """State, and when it was deleted."""
    facts: Mapping[int, tuple[str, str | None]]
    """State and verdict by id."""

    def against(self, other: _States) -> State:
        """What of this is otherwise in another moment, as the history keeps it."""
        facts = [[fact, *kept] for fact, kept in self.facts.items() if other.facts.get(fact) != kept]
        article = {} if self.article == other.article else {"article": list(self.article)}
        return {**article, **({"facts": facts} if facts else {})}

    def published(self) -> set[int]:
        """The facts that readers see."""
        return {fact for fact, (state, _) in self.facts.items() if state == "published"}


class Desk:
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
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(statements("history")["get"], {"id": entry_id})
            if row is None:
                raise NotUndoableError("gone")
            done = entry(row)
            if done.undone_by is not None:
                raise NotUndoableError("undone")
            if done.action in _STATE_ACTIONS:
                return await self._undo_states(transaction, done, deed)
            if done.action == "edit":
                await self._undo_edit(transaction, done, deed)
            elif done.action == "merge":
                await self._undo_merge(transaction, done)
            elif done.action == "alias":
                await self._undo_alias(transaction, done)
            else:
                raise NotUndoableError("never")
            return await self._note_undone(transaction, done, deed, before=done.after, after=done.before)

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

    async def _states(self, transaction: Transaction, article_id: int) -> _States | None:
        parameters = {"article_id": article_id}
        article = await transaction.fetch_one(self._sql["article"], parameters)
        if article is None:
            return None
        facts = await transaction.fetch_all(self._sql["facts"], parameters)
        return _States(
            article_id,
            (article["state"], article["deleted_at"]),
            {row["id"]: (row["state"], row["verdict"]) for row in facts},
        )

    async def _conclude(
        self,
        transaction: Transaction,
        action: Action,
        deed: Deed,
        before: _States,
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

    async def _follow(self, transaction: Transaction, before: _States, after: _States, deed: Deed) -> None:
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

    async def _show_article(self, transaction: Transaction, article_id: int, deed: Deed) -> None:
        parameters = {"article_id": article_id, "now": deed.at}
        await transaction.execute(statements("publication")["show_article"], parameters)

    async def _hide(self, transaction: Transaction, article_id: int) -> None:
        for name in ("hide_facts", "hide_article"):
            await transaction.execute(statements("publication")[name], {"article_id": article_id})

    async def _entity(self, transaction: Transaction, entity_id: int) -> Any:
        return await transaction.fetch_one(statements("amendments")["entity"], {"id": entity_id})

    async def _ids(self, transaction: Transaction, fact: StoredFact) -> dict[str, int | None]:
        """The entities that a fact names, by field: two of one name are not the same."""
        row = await transaction.fetch_one(statements("amendments")[f"of_{fact.kind}"], {"fact_id": fact.id})
        fields = ENTITY_FIELDS[fact.kind]
        return {name: row[f"{kind}_id"] for name, kind in fields.items()} if row is not None else {}

    async def _set_marks(self, transaction: Transaction, fact: StoredFact) -> None:
        marks = {"confidence": fact.confidence, "rule": fact.rule, "verdict": fact.verdict}
        await transaction.execute(self._sql["set_marks"], {"fact_id": fact.id, **marks})

    async def _undo_states(self, transaction: Transaction, done: Entry, deed: Deed) -> int:
        before = await self._states(transaction, done.article_id or 0)
        if before is None:
            raise NotUndoableError("gone")
        if "article" in done.after:
            if list(before.article) != done.after["article"]:
                raise NotUndoableError("changed")
            state, deleted_at = done.before["article"]
            parameters = {"article_id": before.article_id, "state": state, "deleted_at": deleted_at}
            await transaction.execute(self._sql["set_article"], parameters)
        then = {fact: (state, verdict) for fact, state, verdict in done.after.get("facts", ())}
        back = [
            {"id": fact, "state": state, "verdict": verdict}
            for fact, state, verdict in done.before.get("facts", ())
            # What somebody has changed since stays as it is now.
            if before.facts.get(fact) == then.get(fact)
        ]
        if not back and "article" not in done.after:
            raise NotUndoableError("changed")
        await transaction.execute_many(self._sql["set_fact"], back)
        after = await self._states(transaction, before.article_id)
        assert after is not None  # noqa: S101 - states change, the article stays
        await self._follow(transaction, before, after, deed)
        return await self._note_undone(
            transaction, done, deed, before=before.against(after), after=after.against(before)
        )

    async def _describe(self, transaction: Transaction, article_id: int, values: Mapping[str, Any]) -> None:
        await transaction.execute(self._sql["set_description"], {**values, "article_id": article_id})
        transaction.changes_content = True

    async def _undo_description(self, transaction: Transaction, done: Entry) -> None:
        row = await transaction.fetch_one(self._sql["description"], {"article_id": done.article_id})
        if row is None or done.article_id is None:
            raise NotUndoableError("gone")
        if any(row[name] != value for name, value in done.after["values"].items()):
            raise NotUndoableError("changed")
        await self._describe(transaction, done.article_id, {**dict(row), **done.before["values"]})

    async def _undo_edit(self, transaction: Transaction, done: Entry, deed: Deed) -> None:
        if done.fact_id is None:
            await self._undo_description(transaction, done)
            return
        fact = await read_fact(transaction, done.fact_id or 0)
        if fact is None:
            raise NotUndoableError("gone")
        now = {
            "values": {name: fact.values[name] for name in done.after["values"]},
            "ids": await self._ids(transaction, fact),
        }
        if now != done.after:
            raise NotUndoableError("changed")
        changes = dict(done.before["values"])
        for name, entity_id in done.before["ids"].items():
            if entity_id != done.after["ids"][name]:
                changes[name] = None if entity_id is None else f"#{entity_id}"
        named = await publication.entities_of_article(transaction, fact.article_id)
        if fact.state == "published":
            await self._correct(transaction, [fact.id], deed, fact.text)
        await amend(transaction, fact, changes, rename=False)
        for name, facts in done.before["moved"].items():
            old, new = done.before["ids"]["person"], done.after["ids"]["person"]
            await merging.move(transaction, name, new, old, facts=facts)
        await unmake(transaction, done.before["made"])
        await relink(transaction, fact.article_id)
        await publication.follow(transaction, fact.article_id, named)
        marks = {name: done.before[name] for name in ("confidence", "rule", "verdict")}
        await transaction.execute(self._sql["set_marks"], {"fact_id": fact.id, **marks})

    async def _undo_merge(self, transaction: Transaction, done: Entry) -> None:
        old = await self._entity(transaction, done.before["old_id"])
        if old is None:
            raise NotUndoableError("gone")
        if old["merged_into"] != done.after["new_id"]:
            raise NotUndoableError("changed")
        await merging.split(transaction, old["id"], done.after["new_id"], done.before["moved"])

    async def _undo_alias(self, transaction: Transaction, done: Entry) -> None:
        entity_id, alias = done.entity_id, name_key(done.after["alias"])
        sql = statements("merging")
        gone = await transaction.fetch_one(sql["delete_alias"], {"entity_id": entity_id, "folded": alias})
        if gone is None:
            raise NotUndoableError("changed")
        for row in await transaction.fetch_all(sql["articles_of"], {"id": entity_id}):
            await relink(transaction, row["article_id"])
        await publication.refresh(transaction, {entity_id} if entity_id is not None else ())
        transaction.changes_content = True

    async def _note_undone(
        self, transaction: Transaction, done: Entry, deed: Deed, *, before: State, after: State
    ) -> int:
        return await note(
            transaction,
            "undo",
            deed,
            before=before,
            after=after,
            article_id=done.article_id,
            fact_id=done.fact_id,
            entity_id=done.entity_id,
            undoes=done.id,
        )
