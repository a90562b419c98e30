"""Facts gathered to be exported: the order they are read in, and what they are counted as."""

from __future__ import annotations

from pictures import evidence, source

from content.collection import Collection, Gathering, Voice, verbatim
from content.records import (
    EntityRef,
    EventRecord,
    Evidence,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    StatementRecord,
)

LIN = EntityRef("person", 1, "林知远")
FORUM = EntityRef("event", 2, "松城开源论坛")
EVENT = EventRecord(evidence=evidence(1), ref=FORUM, date=None, venue=None, city=None, theme=None, hosts=())
PARTICIPATION = ParticipationRecord(evidence=evidence(2), person=LIN, event=FORUM, role="speaker")
POST = PostRecord(evidence=evidence(3), person=LIN, organization=None, title="教授")


def said(start: int, person: EntityRef | None = LIN, article: int = 1) -> StatementRecord:
    place = Evidence(fact_id=start, source=source(article), start=start, end=start + 2, text=f"第{start}")
    return StatementRecord(evidence=place, person=person, event=FORUM)


COLLECTION = Collection(
    subject=None,
    gatherings=(Gathering(event=EVENT, participants=(PARTICIPATION,)),),
    voices=(
        Voice(person=LIN, posts=(POST,), statements=(said(10), said(12), said(40, article=2))),
        Voice(person=EntityRef("person", 9, "周牧之"), posts=(), statements=()),
    ),
    groups=(said(50, None, 3),),
    milestones=(MilestoneRecord(evidence=evidence(6, 2), date="2031", text="开放。", event=FORUM),),
    left_out=4,
)


def test_facts_are_read_event_by_event_and_voice_by_voice() -> None:
    """Who has nothing to show has no section; sentences that follow on are one quotation."""
    assert [(part.label, part.entity and part.entity.name) for part in COLLECTION.sections] == [
        ("facts", "松城开源论坛"),
        ("voice", "林知远"),
        ("group", None),
        ("milestones", None),
    ]
    _, voice, *_ = COLLECTION.sections
    assert [point.text for point in voice.points] == ["林知远", "第10第12", "第40"]


def test_every_fact_is_counted_once() -> None:
    """Sentences that are shown as one quotation are several facts still."""
    assert COLLECTION.facts == 2 + 1 + 3 + 1 + 1


def test_sources_come_in_the_order_of_their_citation() -> None:
    """Each article once."""
    assert [one.article_id for one in COLLECTION.sources] == [1, 2, 3]


def test_what_is_verbatim() -> None:
    """Quotations and dated sentences are the article's; names and posts are read from it."""
    told = {point.kind: verbatim(point) for part in COLLECTION.sections for point in part.points}
    assert told == {"event": False, "member": False, "post": False, "quotation": True, "milestone": True}
