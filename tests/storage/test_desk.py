"""The editors' deeds: each does what it says, stands in the history, and can be taken back whole."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from backends import REFUSED
from builders import rivers, stars
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres_server import Server

from content.records import FactKind
from storage.desk import Desk
from storage.errors import NotUndoableError
from storage.history import Deed
from storage.repositories import Repositories, open_repositories

EDITOR = Deed(by=102, reason="原文有误", now=datetime(2026, 3, 1, tzinfo=UTC))

SEEN = {
    "facts": "SELECT id, article_id, kind, confidence, rule FROM facts WHERE state = 'published'",
    "verdicts": "SELECT id, verdict, state FROM facts",
    "about": """
        SELECT about.entity_id, about.fact_id FROM about
        INNER JOIN facts ON facts.id = about.fact_id WHERE facts.state = 'published'
    """,
    "reports": "SELECT * FROM reports",
    "hosts": "SELECT * FROM report_hosts",
    "participations": "SELECT * FROM participations",
    "posts": "SELECT * FROM posts",
    "statements": "SELECT * FROM statements",
    "figures": "SELECT * FROM figures",
    "works": "SELECT * FROM works",
    "products": "SELECT * FROM product_mentions",
    "milestones": "SELECT * FROM milestones",
    "topics": "SELECT * FROM article_topics",
    "names": """
        SELECT entities.id, entities.kind, entities.name, entities.note, entities.weight, aliases.folded
        FROM entities INNER JOIN aliases ON aliases.entity_id = entities.id WHERE entities.visible = 1
    """,
    "events": "SELECT id, event_id, state, deleted_at FROM articles",
    "searched": "SELECT id FROM passages WHERE indexed = 1",
}
"""Everything that readers may come to see, and what editors think of it."""


async def seen(repositories: Repositories) -> dict[str, list[tuple[Any, ...]]]:
    """The content as readers see it."""
    return {
        name: sorted(map(tuple, await repositories.database.fetch_all(sql)), key=repr)
        for name, sql in SEEN.items()
    }


async def fact_of(repositories: Repositories, kind: FactKind, word: str = "") -> int:
    """The first fact of a kind whose sentence has a word."""
    row = await repositories.database.fetch_one(
        """
        SELECT facts.id FROM facts INNER JOIN passages ON passages.id = facts.passage_id
        WHERE facts.kind = :kind AND passages.text LIKE '%' || :word || '%' ORDER BY facts.id
        """,
        {"kind": kind, "word": word},
    )
    assert row is not None
    return int(row["id"])


async def test_an_edit_changes_what_readers_see(filled: Repositories) -> None:
    """A speaker, a figure, a post: the pages show the new value, and the history both."""
    said = await fact_of(filled, "statement", "智算中心")
    entry = await filled.desk.edit(said, {"person": "林知远"}, EDITOR)
    assert entry is not None
    fact = await filled.facts.any_state(said)
    assert fact is not None and fact.values == {"person": "林知远"}
    assert (fact.confidence, fact.rule, fact.verdict) == (1.0, "editor", "right")
    noted = await filled.history.get(entry)
    assert noted is not None and noted.user_id == 102 and noted.action == "edit"
    assert (noted.before["values"], noted.after["values"]) == ({"person": "沈若琳"}, {"person": "林知远"})
    (person,) = await filled.names.resolve("沈若琳")
    assert said not in {one.evidence.fact_id for one in (await filled.people.statements(person.id, 9))[0]}


async def test_an_edit_that_changes_nothing_is_none(filled: Repositories) -> None:
    """The history holds changes only, and the fact keeps what the program thought of it."""
    said = await fact_of(filled, "statement", "智算中心")
    before = await seen(filled)
    assert await filled.desk.edit(said, {"person": "沈若琳"}, EDITOR) is None
    assert await filled.desk.edit(10**9, {"person": "沈若琳"}, EDITOR) is None
    assert await seen(filled) == before


async def test_a_misread_name_is_mended_in_the_whole_article(filled: Repositories) -> None:
    """A participant under another name takes statements and posts along; taken back, all is as it was."""
    before = await seen(filled)
    taking_part = await fact_of(filled, "participant", "沈若琳")
    entry = await filled.desk.edit(taking_part, {"person": "沈若"}, EDITOR)
    assert entry is not None
    assert await filled.names.resolve("沈若琳") == ()
    (person,) = await filled.names.resolve("沈若")
    assert (await filled.people.statements(person.id, 9))[1] == 1
    assert [post.title for post in await filled.people.posts(person.id)] == ["首席技术官"]
    await filled.desk.undo(entry, EDITOR)
    assert await seen(filled) == before


async def test_merged_people_are_one_until_they_are_split(filled: Repositories) -> None:
    """Both names lead to the one; taken back, each has its own again."""
    before = await seen(filled)
    (one,) = await filled.names.resolve("沈若琳")
    other, *_ = await filled.names.resolve("林知远")
    entry = await filled.desk.merge(one.id, other.id, EDITOR)
    assert entry is not None
    assert other in await filled.names.resolve("沈若琳")
    assert await filled.names.get("person", one.id) is None
    assert await filled.desk.merge(one.id, other.id, EDITOR) is None
    assert await filled.desk.merge(other.id, other.id, EDITOR) is None
    topic, *_ = await filled.names.resolve("开源", {"topic"})
    assert await filled.desk.merge(topic.id, other.id, EDITOR) is None
    await filled.desk.undo(entry, EDITOR)
    assert await seen(filled) == before


async def test_whoever_follows_a_merged_name_follows_the_other(filled: Repositories) -> None:
    """Wishes move along, and no reader stands in the history."""
    (one,) = await filled.names.resolve("沈若琳")
    other, *_ = await filled.names.resolve("林知远")
    await filled.follows.add((987654321, None), one)
    entry = await filled.desk.merge(one.id, other.id, EDITOR)
    assert [wish.ref for wish in await filled.follows.of((987654321, None))] == [other]
    noted = await filled.history.get(entry or 0)
    assert "987654321" not in repr(noted)


async def test_a_deleted_article_comes_back_whole(filled: Repositories) -> None:
    """Until it is gone for good."""
    before = await seen(filled)
    entry = await filled.desk.delete(1, EDITOR)
    assert entry is not None and await filled.articles.state(1) == "deleted"
    assert await filled.desk.publish(1, EDITOR) is None
    assert await filled.desk.delete(1, EDITOR) is None
    await filled.desk.undo(entry, EDITOR)
    assert await seen(filled) == before
    await filled.desk.delete(1, EDITOR)
    assert await filled.desk.purge(datetime(2026, 2, 1, tzinfo=UTC)) == 0
    assert await filled.desk.purge(datetime(2026, 4, 1, tzinfo=UTC)) == 1
    assert await filled.articles.state(1) is None


async def test_only_what_was_called_right_is_published(repositories: Repositories) -> None:
    """And what was called wrong never is."""
    article = await repositories.articles.add(stars().prepared(), state="draft")
    right, wrong = (
        await fact_of(repositories, "statement", "土壤"),
        await fact_of(repositories, "statement", "智算"),
    )
    assert await repositories.desk.judge(right, "right", EDITOR)
    assert await repositories.desk.judge(wrong, "wrong", EDITOR)
    assert await repositories.desk.publish(article, EDITOR, accepted_only=True)
    shown = {
        row["id"]
        for row in await repositories.database.fetch_all("SELECT id FROM facts WHERE state = 'published'")
    }
    assert shown == {right}
    assert await repositories.desk.publish(article, EDITOR)
    statements, _ = await repositories.facts.statements(99)
    found = {one.evidence.fact_id for one in statements}
    assert right in found and wrong not in found


async def test_what_was_done_since_is_not_undone_with_it(filled: Repositories) -> None:
    """An older edit cannot be taken back from under a newer one."""
    said = await fact_of(filled, "statement", "智算中心")
    first = await filled.desk.edit(said, {"person": "林知远"}, EDITOR)
    second = await filled.desk.edit(said, {"person": None}, EDITOR)
    assert first and second
    with pytest.raises(NotUndoableError) as refusal:
        await filled.desk.undo(first, EDITOR)
    assert refusal.value.cause == "changed"
    undone = await filled.desk.undo(second, EDITOR)
    await filled.desk.undo(first, EDITOR)
    for entry, cause in ((first, "undone"), (undone, "never"), (10**9, "gone")):
        with pytest.raises(NotUndoableError) as refusal:
            await filled.desk.undo(entry, EDITOR)
        assert refusal.value.cause == cause


async def test_the_history_cannot_be_rewritten(filled: Repositories) -> None:
    """But for whom it was, where somebody wishes to be forgotten."""
    await filled.desk.delete(1, EDITOR)
    for change in (
        "DELETE FROM history",
        "UPDATE history SET after = '{}'",
        "UPDATE history SET user_id = 1",
    ):
        with pytest.raises(REFUSED):
            async with filled.database.write() as transaction:
                await transaction.execute(change)
    async with filled.database.write() as transaction:
        await transaction.execute("UPDATE history SET user_id = NULL WHERE user_id = 102")
    assert await filled.history.last_of(102) is None


CHANGES: dict[FactKind, list[dict[str, Any]]] = {
    "event": [{"name": "星河大会"}, {"city": None, "venue": "云州"}, {"hosts": ["远帆科技", "新机构"]}],
    "participant": [{"person": "林知"}, {"role": "panelist"}, {"person": "沈若琳"}],
    "affiliation": [{"organization": "远帆"}, {"title": "教授"}, {"organization": None, "title": "院长"}],
    "statement": [{"person": None}, {"person": "林知远"}, {"person": "新人物"}],
    "figure": [{"value": 1.0}, {"subject": "星河平台"}, {"unit": None, "period": "day"}],
    "work": [{"by": "远帆科技"}, {"by": None, "title": "算力"}, {"by": "林知远"}],
    "product": [{"name": "星河"}, {"organization": "远帆科技"}, {"organization": None}],
    "milestone": [{"date": "2014"}, {"text": "开放"}],
}


DEEDS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 999), st.integers(0, 9)), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DEEDS)
def test_everything_can_be_taken_back(deeds: list[tuple[int, int, int]]) -> None:
    """Whatever editors do, taken back from the last to the first it leaves what was there before."""
    with TemporaryDirectory() as folder:
        asyncio.run(_do_and_undo(f"sqlite:///{Path(folder, 'forum.db')}", deeds))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=DEEDS)
def test_everything_can_be_taken_back_on_postgresql(
    postgres: Server, deeds: list[tuple[int, int, int]]
) -> None:
    """The same over PostgreSQL."""
    url = postgres.new_database()
    asyncio.run(_do_and_undo(url, deeds))
    postgres.drop(url)


async def _do_and_undo(url: str, deeds: list[tuple[int, int, int]]) -> None:
    repositories = await open_repositories(url)
    try:
        for article in (stars(), rivers()):
            await repositories.articles.add(article.prepared())
        states = [await seen(repositories)]
        entries = []
        for deed in deeds:
            entry = await _do(repositories, *deed)
            if entry is not None:
                entries.append(entry)
                states.append(await seen(repositories))
        for entry in reversed(entries):
            states.pop()
            await repositories.desk.undo(entry, EDITOR)
            assert await seen(repositories) == states[-1]
    finally:
        await repositories.database.close()


async def _do(repositories: Repositories, what: int, which: int, how: int) -> int | None:
    desk: Desk = repositories.desk
    facts = await repositories.database.fetch_all("SELECT id, kind FROM facts ORDER BY id")
    fact = facts[which % len(facts)]
    entities = await repositories.database.fetch_all(
        "SELECT id FROM entities WHERE merged_into IS NULL ORDER BY id"
    )
    one, other = entities[which % len(entities)]["id"], entities[(which + how) % len(entities)]["id"]
    article = which % 2 + 1
    choices = CHANGES[fact["kind"]]
    deeds: list[Coroutine[Any, Any, int | None]] = [
        desk.edit(fact["id"], choices[how % len(choices)], EDITOR),
        desk.judge(fact["id"], "wrong" if how % 2 else "right", EDITOR),
        desk.retract(fact["id"], EDITOR),
        desk.restore(fact["id"], EDITOR),
        desk.merge(one, other, EDITOR),
        desk.add_alias(one, "开源" if how % 2 else "平台", EDITOR),
        desk.unpublish(article, EDITOR) if how % 2 else desk.publish(article, EDITOR),
        desk.delete(article, EDITOR),
    ]
    for number, deed in enumerate(deeds):
        if number != what:
            deed.close()
    return await deeds[what]
