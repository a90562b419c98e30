"""Taking back what editors did, from the entries of the history."""

from __future__ import annotations

from content.names import name_key
from storage import merging, publication
from storage.amendments import amend, read_fact, relink, unmake
from storage.database import Transaction
from storage.errors import NotUndoableError
from storage.history import Deed, Entry, State, entry, note
from storage.queries import statements
from storage.states import StateKeeper

_STATE_ACTIONS = frozenset({"publish", "unpublish", "delete", "judge", "retract", "restore"})
"""What changes nothing but the states of an article and its facts."""


class Undoing(StateKeeper):
    """Takes back what was done, as far as nobody has changed it since."""

    async def undo(self, entry_id: int, deed: Deed) -> int:
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
