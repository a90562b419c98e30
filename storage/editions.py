"""Messages that many get alike, what they show, and how a correction reaches those who have them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from storage.database import Database, Row, Transaction
from storage.errors import StaleEditionError
from storage.queries import statements
from storage.subscriptions import Slot


@dataclass(frozen=True, slots=True)
class Part:
    """One message: the parameters of ``sendMessage`` without the chat, and the facts that it shows."""

    parameters: Mapping[str, str]
    facts: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Edition:
    """The messages of a digest as any number of chats get it; stored once, however many."""

    parts: tuple[Part, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a slot."""

    slot: Slot
    edition: Edition | None
    """None where there is nothing to say."""
    silent: bool = False
    """Whether it comes without a sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fact that was changed or taken back after it had been sent to somebody."""

    id: int
    fact_id: int
    before: str
    """What readers saw, in the article's words."""
    name: str | None
    """Who had said it."""
    after: str | None
    """What stands there now; None for a fact that was taken back."""
    reason: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part of an edition that shows a fact."""

    edition_id: int
    part: int
    parameters: Mapping[str, str]
    language: str


class Editions:
    """Editions, their way into the outbox, and their corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("editions")
        self._ids: WeakKeyDictionary[Edition, int] = WeakKeyDictionary()

    async def settle(self, settlements: Sequence[Settlement], *, revision: int, now: datetime) -> None:
        """Put editions into the outbox and note what they cover, all or nothing.

        A slot without anything to say is settled as empty; who unsubscribed meanwhile gets nothing.

        Args:
            settlements: digests of one look at the content.
            revision: the content revision that they were composed from.
            now: the present instant.

        Raises:
            StaleEditionError: the content has changed since; compose again.
        """
        added: dict[Edition, int] = {}
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["revision"])
            if row is None or row["value"] != revision:
                raise StaleEditionError("the content has changed since the edition was composed")
            settled = await self._claim(transaction, settlements, revision)
            sent = [one for one in settlements if one.slot.subscription.id in settled and one.edition]
            for edition in dict.fromkeys(one.edition for one in sent):
                if edition is not None and edition not in self._ids:
                    added[edition] = await self._add(transaction, edition, now)
            await transaction.execute_many(self._sql["put"], self._rows(sent, added, now))
        self._ids.update(added)

    async def publish(
        self, edition: Edition, chats: Iterable[tuple[int, int | None]], *, now: datetime
    ) -> int:
        """Put an edition that belongs to no subscription into the outbox; gives its id."""
        async with self._database.write() as transaction:
            edition_id = await self._add(transaction, edition, now)
            rows = (
                _outbox_row(chat_id, thread_id, edition_id, number, now)
                for chat_id, thread_id in chats
                for number in range(len(edition.parts))
            )
            await transaction.execute_many(self._sql["put"], rows)
        return edition_id

    async def corrections_after(
        self, revision: int, chat_ids: Collection[int]
    ) -> Mapping[int, tuple[Correction, ...]]:
        """By chat what was corrected after a revision of all that the chat was sent."""
        last = await self._database.fetch_one(self._sql["last_correction"])
        if last is None or (last["revision"] or 0) <= revision:
            return {}
        parameters = {"after": revision, "chats": json.dumps(sorted(chat_ids))}
        found: dict[int, list[Correction]] = defaultdict(list)
        for row in await self._database.fetch_all(self._sql["corrections_after"], parameters):
            found[row["chat_id"]].append(_correction(row))
        return {chat_id: tuple(corrections) for chat_id, corrections in found.items()}

    async def open_corrections(self, limit: int = 100) -> list[Correction]:
        """Corrections that the messages already sent do not show yet, the oldest first."""
        rows = await self._database.fetch_all(self._sql["open_corrections"], {"limit": limit})
        return [_correction(row) for row in rows]

    async def parts_of_fact(self, fact_id: int) -> list[SentPart]:
        """The parts of all editions that show a fact, as they stand."""
        rows = await self._database.fetch_all(self._sql["parts_of_fact"], {"fact_id": fact_id})
        return [
            SentPart(row["edition_id"], row["part"], json.loads(row["parameters"]), row["language"])
            for row in rows
        ]

    async def spread(self, correction: Correction, changed: Iterable[SentPart], *, now: datetime) -> None:
        """Change parts of editions, those on their way as they stand and those sent by an edit of each."""
        async with self._database.write() as transaction:
            for part in changed:
                parameters = {
                    "edition_id": part.edition_id,
                    "part": part.part,
                    "parameters": _json(part.parameters),
                    "now": now.timestamp(),
                }
                await transaction.execute(self._sql["change_part"], parameters)
                await transaction.execute(self._sql["change_sent"], parameters)
            await transaction.execute(self._sql["set_spread"], {"id": correction.id})

    async def _claim(
        self, transaction: Transaction, settlements: Sequence[Settlement], revision: int
    ) -> set[int]:
        """Settle slots and cover subscriptions; gives the subscriptions that get what was composed."""
        dated = [one for one in settlements if one.slot.local_date is not None]
        claimed: set[int] = set()
        if dated:
            slots = {
                "slots": json.dumps(
                    [
                        (
                            one.slot.subscription.id,
                            str(one.slot.local_date),
                            "composed" if one.edition else "empty",
                        )
                        for one in dated
                    ]
                )
            }
            rows = await transaction.fetch_all(self._sql["settle"], slots)
            claimed = {row["subscription_id"] for row in rows}
            await transaction.execute(self._sql["leave"], slots)
            await transaction.execute(
                self._sql["cover"], {"revision": revision, "subscriptions": json.dumps(sorted(claimed))}
            )
        at_once = [
            (one.slot.subscription.id, one.slot.subscription.covered_revision)
            for one in settlements
            if one.slot.local_date is None
        ]
        if at_once:
            rows = await transaction.fetch_all(
                self._sql["cover_news"], {"revision": revision, "subscriptions": json.dumps(at_once)}
            )
            claimed |= {row["id"] for row in rows}
        return claimed

    async def _add(self, transaction: Transaction, edition: Edition, now: datetime) -> int:
        row = await transaction.fetch_one(
            self._sql["add"], {"language": edition.language, "now": now.timestamp()}
        )
        edition_id = int(row["id"]) if row is not None else 0
        for number, part in enumerate(edition.parts):
            key = {"edition_id": edition_id, "part": number}
            await transaction.execute(self._sql["add_part"], {**key, "parameters": _json(part.parameters)})
            await transaction.execute_many(
                self._sql["add_fact"], [{**key, "fact_id": fact_id} for fact_id in sorted(part.facts)]
            )
        return edition_id

    def _rows(
        self, settlements: Iterable[Settlement], added: Mapping[Edition, int], now: datetime
    ) -> Iterable[dict[str, object]]:
        for one in settlements:
            if one.edition is None:
                continue
            edition_id = added.get(one.edition) or self._ids[one.edition]
            subscription = one.slot.subscription
            for number in range(len(one.edition.parts)):
                row = _outbox_row(
                    subscription.chat_id, subscription.thread_id, edition_id, number, now, silent=one.silent
                )
                if one.slot.local_date is not None:
                    row |= {"subscription_id": subscription.id, "local_date": str(one.slot.local_date)}
                yield row


def _outbox_row(
    chat_id: int, thread_id: int | None, edition_id: int, part: int, now: datetime, *, silent: bool = False
) -> dict[str, object]:
    own = {"message_thread_id": str(thread_id)} if thread_id else {}
    if silent:
        own["disable_notification"] = "true"
    return {
        "chat_id": chat_id,
        "subscription_id": None,
        "local_date": None,
        "edition_id": edition_id,
        "part": part,
        "parameters": _json(own),
        "now": now.timestamp(),
    }


def _json(value: Mapping[str, str]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)


def _correction(row: Row) -> Correction:
    return Correction(
        id=row["id"],
        fact_id=row["fact_id"],
        before=row["before"],
        name=row["name"],
        after=row["after"],
        reason=row["reason"],
        revision=row["revision"],
    )
