"""Editions: into the outbox once, what they cover, and how corrections follow them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import edition, rivers, settle

from storage.editions import SentPart, Settlement
from storage.errors import StaleEditionError
from storage.history import Deed
from storage.outbox import Conclusion
from storage.repositories import Repositories
from storage.subscriptions import DueRange, Slot

NOW = datetime(2024, 5, 1, tzinfo=UTC)
DAY = date(2024, 5, 1)
ZONE = "Asia/Shanghai"


async def planned(repositories: Repositories, *chats: int, thread: int | None = None) -> list[Slot]:
    """A due digest for each of some chats."""
    for chat in chats:
        await repositories.subscriptions.subscribe(chat, thread, 0, ZONE, now=NOW, covered_revision=0)
    due = DueRange(DAY, 0, 0, NOW.timestamp(), 60)
    await repositories.subscriptions.plan([(ZONE, due)], oldest=NOW, until=NOW)
    return await repositories.subscriptions.planned(100)


async def fact_of(repositories: Repositories, words: str) -> int:
    """The statement that holds some words."""
    facts = await repositories.news.after(0)
    found = await repositories.news.statements([fact.fact_id for fact in facts])
    return next(record.evidence.fact_id for record in found if words in record.evidence.text)


async def test_settling_puts_the_parts_into_the_outbox_once(repositories: Repositories) -> None:
    """Slot, coverage and messages change together; a second settling does nothing."""
    (slot,) = await planned(repositories, 1, thread=9)
    for _ in range(2):
        await settle(repositories, slot, "一", "二", now=NOW)
    rows = await repositories.outbox.of_chat(1)
    assert [row.parameters for row in rows] == [
        {"text": "一", "message_thread_id": "9"},
        {"text": "二", "message_thread_id": "9"},
    ]
    assert await repositories.subscriptions.slots(slot.subscription.id) == {DAY: "composed"}
    known = await repositories.subscriptions.get(1, 9)
    assert known is not None
    assert known.covered_revision == repositories.database.content_revision
    assert await repositories.subscriptions.planned(10) == []


async def test_many_chats_share_one_edition(repositories: Repositories) -> None:
    """The messages are stored once; what is a chat's own (topic, silence) stands in its row."""
    slots = await planned(repositories, 1, 2, 3)
    shared = edition("一")
    settlements = [Settlement(slot, shared, silent=slot.subscription.chat_id == 2) for slot in slots]
    await repositories.editions.settle(settlements, revision=0, now=NOW)
    assert [(await repositories.outbox.of_chat(chat))[0].parameters for chat in (1, 2, 3)] == [
        {"text": "一"},
        {"text": "一", "disable_notification": "true"},
        {"text": "一"},
    ]
    (count,) = await repositories.database.fetch_all("SELECT count(*) AS number FROM editions")
    assert count["number"] == 1


async def test_settling_after_the_subscriber_left_sends_nothing(repositories: Repositories) -> None:
    """Unsubscribing between planning and composing wins."""
    (slot,) = await planned(repositories, 1)
    await repositories.subscriptions.unsubscribe(1)
    await settle(repositories, slot, "一", now=NOW)
    assert await repositories.outbox.of_chat(1) == []
    assert await repositories.subscriptions.slots(slot.subscription.id) == {DAY: "skipped"}


async def test_nothing_new_settles_as_empty(repositories: Repositories) -> None:
    """No parts: the slot is done and nothing is sent."""
    (slot,) = await planned(repositories, 1)
    await settle(repositories, slot, now=NOW)
    assert await repositories.subscriptions.slots(slot.subscription.id) == {DAY: "empty"}
    assert await repositories.outbox.counts() == {}


async def test_an_edition_of_older_content_is_refused(filled: Repositories) -> None:
    """What changed after the look at the news is not missed: the batch is composed again."""
    (slot,) = await planned(filled, 1)
    revision = filled.database.content_revision
    await filled.desk.unpublish(1)
    with pytest.raises(StaleEditionError):
        await filled.editions.settle([Settlement(slot, edition("旧"))], revision=revision, now=NOW)
    assert await filled.outbox.of_chat(1) == []
    assert [one.local_date for one in await filled.subscriptions.planned(10)] == [DAY]


async def test_a_correction_changes_what_was_sent_and_what_waits(filled: Repositories) -> None:
    """Sent messages get an edit, those being sent one behind them, waiting ones the new words."""
    fact = await fact_of(filled, "土壤")
    slots = await planned(filled, 1, 2, 3)
    shared = edition("土壤", "别的", facts=[fact])
    revision = filled.database.content_revision
    await filled.editions.settle([Settlement(slot, shared) for slot in slots], revision=revision, now=NOW)
    (sent, _), (sending, _) = [await filled.outbox.of_chat(chat) for chat in (1, 2)]
    await filled.outbox.claim([sent.id, sending.id], "run", now=NOW)
    done = Conclusion(row_id=sent.id, state="sent", message_id=55)
    await filled.outbox.conclude([done], "run", now=NOW)

    assert await filled.desk.retract(fact, Deed(reason="记错了", now=NOW))
    (correction,) = await filled.editions.open_corrections()
    assert ("土壤" in correction.before, correction.name, correction.after, correction.reason) == (
        True,
        "林知远",
        None,
        "记错了",
    )
    (part,) = await filled.editions.parts_of_fact(fact)
    changed = SentPart(part.edition_id, part.part, {"text": "更正"}, part.language)
    await filled.editions.spread(correction, [changed], now=NOW)
    assert await filled.editions.open_corrections() == []

    first = await filled.outbox.of_chat(1)
    assert [(row.method, row.parameters) for row in first] == [
        ("sendMessage", {"text": "更正"}),
        ("sendMessage", {"text": "别的"}),
        ("editMessageText", {"text": "更正", "message_id": "55"}),
    ]
    assert [row.method for row in await filled.outbox.of_chat(2)][-1] == "editMessageText"
    assert [row.parameters["text"] for row in await filled.outbox.of_chat(3)] == ["更正", "别的"]


async def test_the_next_digest_is_told_of_corrections_to_what_a_chat_had(filled: Repositories) -> None:
    """Chats that were not sent the fact hear nothing; nor does anybody of what nobody was sent."""
    fact = await fact_of(filled, "土壤")
    slots = await planned(filled, 1, 2)
    revision = filled.database.content_revision
    settlements = [Settlement(slots[0], edition("土壤", facts=[fact])), Settlement(slots[1], edition("别的"))]
    await filled.editions.settle(settlements, revision=revision, now=NOW)
    assert await filled.editions.corrections_after(0, {1, 2}) == {}
    other = await fact_of(filled, "计算需求")
    assert await filled.desk.retract(other)
    assert await filled.desk.retract(fact)
    owed = await filled.editions.corrections_after(revision, {1, 2})
    assert {chat: [one.fact_id for one in found] for chat, found in owed.items()} == {1: [fact]}
    assert await filled.editions.corrections_after(filled.database.content_revision, {1, 2}) == {}


async def test_a_correction_that_is_undone_in_time_is_none(filled: Repositories) -> None:
    """Restored before it went out: nobody need hear of it."""
    fact = await fact_of(filled, "土壤")
    (slot,) = await planned(filled, 1)
    revision = filled.database.content_revision
    await filled.editions.settle(
        [Settlement(slot, edition("土壤", facts=[fact]))], revision=revision, now=NOW
    )
    await filled.desk.retract(fact)
    await filled.desk.restore(fact)
    assert await filled.editions.open_corrections() == []


async def sent(filled: Repositories, *facts: int) -> None:
    """Chat 1 has a digest that shows some facts."""
    (slot,) = await planned(filled, 1)
    revision = filled.database.content_revision
    settlement = Settlement(slot, edition("土壤", facts=list(facts)))
    await filled.editions.settle([settlement], revision=revision, now=NOW)


async def spread(filled: Repositories) -> list[tuple[int, str | None, str | None]]:
    """Fact, new words and reason of the corrections that wait, which then are told."""
    found = await filled.editions.open_corrections()
    for correction in found:
        await filled.editions.spread(correction, [], now=NOW)
    return [(one.fact_id, one.after, one.reason) for one in found]


async def test_an_edited_fact_is_corrected_and_an_undone_edit_as_well(filled: Repositories) -> None:
    """Whoever was sent it is told what stands there now."""
    fact = await fact_of(filled, "土壤")
    await sent(filled, fact)
    entry = await filled.desk.edit(fact, {"person": "沈若琳"}, Deed(reason="张冠李戴"), shown="沈若琳：开源")
    assert entry is not None
    assert await spread(filled) == [(fact, "沈若琳：开源", "张冠李戴")]
    await filled.desk.undo(entry)
    ((_, after, _),) = await spread(filled)
    assert after is not None
    assert "土壤" in after


async def test_a_withdrawn_article_takes_back_what_was_sent_of_it(filled: Repositories) -> None:
    """Each fact that somebody had; none where nobody had any, and none where it is shown again in time."""
    fact = await fact_of(filled, "土壤")
    await sent(filled, fact)
    hidden = await filled.desk.unpublish(1, Deed(reason="来源撤稿"))
    assert hidden is not None
    await filled.desk.publish(1)
    assert await spread(filled) == []
    await filled.desk.delete(1, Deed(reason="来源撤稿"))
    assert await spread(filled) == [(fact, None, "来源撤稿")]


async def test_what_is_shown_again_after_it_was_taken_back_is_told(filled: Repositories) -> None:
    """Readers read that it is not so; now they read that it is."""
    fact = await fact_of(filled, "土壤")
    await sent(filled, fact)
    entry = await filled.desk.retract(fact)
    assert entry is not None
    await spread(filled)
    await filled.desk.undo(entry)
    ((told, after, _),) = await spread(filled)
    assert told == fact
    assert "土壤" in (after or "")


async def test_news_is_what_was_shown_after_a_revision(repositories: Repositories) -> None:
    """In the order of showing, whatever the clock says; a fact counts from when it was first shown."""
    before = repositories.database.content_revision
    article = await repositories.articles.add(rivers().prepared())
    facts = await repositories.news.after(before)
    assert {fact.kind for fact in facts} == {"statement", "figure"}
    assert await repositories.news.after(repositories.database.content_revision) == ()
    await repositories.desk.unpublish(article)
    assert await repositories.news.after(before) == ()
    hidden = repositories.database.content_revision
    await repositories.desk.publish(article)
    assert await repositories.news.after(hidden) == ()
    assert await repositories.news.after(before) == facts
    assert await repositories.news.revision_at(datetime.now(UTC) + timedelta(hours=1)) == facts[0].revision
    assert await repositories.news.revision_at(datetime.now(UTC) - timedelta(days=1)) == 0
