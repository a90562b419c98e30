"""What of the new facts somebody wants to hear, and what stands for the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.news import (
    Follow,
    Interest,
    NewFact,
    headlines,
    merged_figures,
    merged_statements,
    merged_works,
)
from content.records import EntityRef, Evidence, FigureRecord, Source, StatementRecord, WorkRecord

LIN, ZHOU = EntityRef("person", 1, "林知远"), EntityRef("person", 2, "周牧之")
FACT = NewFact(
    fact_id=1,
    kind="statement",
    revision=3,
    article_id=1,
    event_id=9,
    about=frozenset({1, 5}),
    words="开源很重要",
)


def evidence(fact: int, article: int, text: str) -> Evidence:
    source = Source(
        article_id=article,
        title=None,
        publisher=None,
        via=None,
        url=None,
        published=None,
        published_note=None,
    )
    return Evidence(fact_id=fact, source=source, start=0, end=len(text), text=text)


def said(fact: int, article: int, person: EntityRef | None, text: str) -> StatementRecord:
    return StatementRecord(evidence=evidence(fact, article, text), person=person, event=None)


@pytest.mark.parametrize(
    ("interest", "takes"),
    [
        (Interest(), True),
        (Interest(entities=frozenset({5})), True),
        (Interest(entities=frozenset({9})), True),
        (Interest(entities=frozenset({7})), False),
        (Interest(terms=frozenset({"开源"})), True),
        (Interest(terms=frozenset({"算力"})), False),
        (Interest(frozenset({7}), frozenset({"开源"})), True),
    ],
)
def test_what_is_of_interest(interest: Interest, takes: bool) -> None:
    """What the fact is about, its event, a word in its sentence; everything where nothing is followed."""
    assert interest.takes(FACT) is takes


def test_a_name_of_one_character_is_not_looked_for_in_texts() -> None:
    """It stands in too many words; the entity itself still counts."""
    interest = Interest.of([Follow(1, EntityRef("topic", 4, "云"), None, ("云",))])
    assert interest == Interest(frozenset({4}), frozenset())
    assert not interest.everything


def test_what_several_articles_report_stands_once_with_its_sources() -> None:
    """The same speaker's same sentence in another article; not what another says, nor what he repeats."""
    first = said(1, 1, LIN, "林知远表示，开源是人工智能的土壤，我们要珍惜。")
    again = said(2, 2, LIN, "林知远表示,开源是人工智能的土壤,我们要珍惜")
    other = said(3, 2, ZHOU, "林知远表示，开源是人工智能的土壤，我们要珍惜。")
    repeated = said(4, 1, LIN, "林知远表示，开源是人工智能的土壤，我们要珍惜。")
    told = merged_statements([first, again, other, repeated])
    assert [one.record for one in told] == [first, other, repeated]
    assert told[0].also == (again.evidence,)


def test_one_headline_of_each_speaker() -> None:
    """The first sentence with a number, else the first that is no greeting; in text order."""
    greeting = said(1, 1, LIN, "大家好。")
    plain = said(2, 1, LIN, "我们这些年在开源社区里学到了很多很多的东西。")
    number = said(3, 1, LIN, "三年里有300万开发者加入了我们这个社区。")
    group = said(4, 1, None, "与会嘉宾一致认为，开源生态正在快速地构建。")
    chosen = headlines(merged_statements([greeting, plain, group, number]), 5)
    assert [one.record for one in chosen] == [number, group]
    assert [one.record for one in headlines(merged_statements([greeting, plain]), 5)] == [plain]


def test_figures_and_works_stand_once() -> None:
    """The same quantity of the same thing, the same title."""
    figure = FigureRecord(
        evidence=evidence(1, 1, "300万"), sentence="", text="300万", value=3e6, value_max=None, unit="人",
        comparator="=", subject="開發者", period=None, as_of=None, person=None, event=None,
    )  # fmt: skip
    same = replace(figure, evidence=evidence(2, 2, "三百万"), text="三百万", subject="开发者")
    other = replace(figure, subject="用户")
    assert merged_figures([figure, same, other]) == (figure, other)
    work = WorkRecord(
        evidence=evidence(3, 1, "算力"),
        title="算力",
        kind="talk",
        by=None,
        person=None,
        organization=None,
        event=None,
    )
    assert merged_works([work, replace(work, evidence=evidence(4, 2, "算力"))]) == (work,)
