"""Any order of adding, hiding, retracting and deleting leaves lists, counts and search in agreement."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from builders import ArticleBuilder
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from postgres_server import Server

from content.preparation import PreparedArticle
from storage.database import MEMORY
from storage.repositories import Repositories, open_repositories

PEOPLE = ("林知远", "沈若琳")
TOPICS = ("开源", "智算", "星河")
ALL = 1_000


@cache
def _article(number: int) -> PreparedArticle:
    """One of eight small articles: who speaks, and which topics are spoken of, differ."""
    person, topic, other = PEOPLE[number % 2], TOPICS[number % 3], TOPICS[(number + 1) % 3]
    first, second = f"{person}说,第{number}次谈{topic}。", f"{person}又说,{other}增长了{number}0%。"
    builder = ArticleBuilder(f"{number}届论坛开幕。{first}{second}").event(f"{number}届论坛")
    builder.participant(person, ("星河研究院", "院长")).statement(person, first).statement(person, second)
    return builder.figure(f"{number}0%", number * 10, unit="%").topics(topic).prepared()


class LifeOfArticles(RuleBasedStateMachine):
    """The model is a set of shown articles and a set of retracted statements."""

    def __init__(self, url: str = MEMORY) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.repositories: Repositories = self.run(open_repositories(url))
        self.ids: dict[int, int] = {}
        self.shown: set[int] = set()
        self.retracted: set[int] = set()
        self.revision = 0

    def run(self, action: Any) -> Any:
        return self.loop.run_until_complete(action)

    def teardown(self) -> None:
        self.run(self.repositories.database.close())
        self.loop.close()

    @rule(number=st.integers(0, 7), draft=st.booleans())
    def add(self, number: int, draft: bool) -> None:
        added = self.run(
            self.repositories.articles.add(_article(number), state="draft" if draft else "published")
        )
        if number in self.ids:
            assert added == self.ids[number]
        else:
            assert added not in self.ids.values()
            self.ids[number] = added
            self.shown |= set() if draft else {number}

    @rule(number=st.integers(0, 7))
    def publish(self, number: int) -> None:
        changed = bool(self.run(self.repositories.desk.publish(self.ids.get(number, 0))))
        assert changed == (number in self.ids and number not in self.shown)
        self.shown |= {number} & self.ids.keys()

    @rule(number=st.integers(0, 7))
    def unpublish(self, number: int) -> None:
        hidden = self.run(self.repositories.desk.unpublish(self.ids.get(number, 0)))
        assert bool(hidden) == (number in self.shown)
        self.shown.discard(number)

    @rule(number=st.integers(0, 7))
    def delete(self, number: int) -> None:
        assert self.run(self.repositories.articles.purge(self.ids.get(number, 0))) == (number in self.ids)
        self.shown.discard(number)
        self.ids.pop(number, None)

    @precondition(lambda self: self.shown)
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        statements = sorted(self._statements())
        if statements:
            fact = data.draw(st.sampled_from(statements))
            assert self.run(self.repositories.desk.retract(fact))
            assert not self.run(self.repositories.desk.retract(fact))
            self.retracted.add(fact)

    @precondition(lambda self: self.retracted)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        fact = data.draw(st.sampled_from(sorted(self.retracted)))
        self.run(self.repositories.desk.restore(fact))
        assert not self.run(self.repositories.desk.restore(fact))
        self.retracted.discard(fact)

    @invariant()
    def lists_counts_and_search_agree(self) -> None:
        statements = self._statements()
        assert statements.isdisjoint(self.retracted)
        people = self.run(self.repositories.people.list(ALL))
        assert sum(one.count for one in people.items) == len(statements)
        for topic in self.run(self.repositories.topics.list(ALL)).items:
            found, total = self.run(self.repositories.topics.statements(topic.ref.id, ALL))
            assert topic.count == total == len(found) > 0
            assert {one.evidence.fact_id for one in found} <= statements
        hits, total = self.run(self.repositories.search.search("说", ALL))
        assert total == len(hits)
        assert {hit.evidence.fact_id for hit in hits if hit.kind == "statement"} == statements

    @invariant()
    def what_is_shown_is_what_was_published(self) -> None:
        events = self.run(self.repositories.events.list(ALL))
        assert {one.ref.name for one in events.items} == {f"{number}届论坛" for number in self.shown}
        assert self.run(self.repositories.articles.count()) == len(self.shown)
        assert self.repositories.database.content_revision >= self.revision
        self.revision = self.repositories.database.content_revision

    def _statements(self) -> set[int]:
        found: set[int] = set()
        for name in PEOPLE:
            for person in self.run(self.repositories.names.resolve(name, {"person"})):
                statements, _ = self.run(self.repositories.people.statements(person.id, ALL))
                found |= {one.evidence.fact_id for one in statements}
        return found


_SETTINGS = settings(max_examples=12, stateful_step_count=20, deadline=None)
LifeOfArticles.TestCase.settings = _SETTINGS
TestLifeOfArticles = LifeOfArticles.TestCase


def test_life_of_articles_on_postgresql(postgres: Server) -> None:
    """The same holds over PostgreSQL."""
    run_state_machine_as_test(lambda: LifeOfArticles(postgres.new_database()), settings=_SETTINGS)
