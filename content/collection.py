"""Facts gathered to be exported: all, or those of one person or event; and the sections they are read in."""

from __future__ import annotations

from dataclasses import dataclass

from content.answers import points
from content.answers.model import Point, Section
from content.answers.pages import section
from content.answers.quotations import quotations
from content.records import (
    EntityRef,
    EventRecord,
    FigureRecord,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    ProductRecord,
    Source,
    StatementRecord,
    WorkRecord,
)

_KINDS = {"quotation", "milestone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """An event and who took part."""

    event: EventRecord
    participants: tuple[ParticipationRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A person with posts and words."""

    person: EntityRef
    posts: tuple[PostRecord, ...]
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Published facts with their evidence."""

    subject: EntityRef | None
    """The person or event that they are about; None where it is everything."""
    gatherings: tuple[Gathering, ...] = ()
    voices: tuple[Voice, ...] = ()
    groups: tuple[StatementRecord, ...] = ()
    """What several said together."""
    figures: tuple[FigureRecord, ...] = ()
    works: tuple[WorkRecord, ...] = ()
    products: tuple[ProductRecord, ...] = ()
    milestones: tuple[MilestoneRecord, ...] = ()
    left_out: int = 0
    """Facts beyond the limit."""

    @property
    def facts(self) -> int:
        """How many facts it holds."""
        lists = (self.groups, self.figures, self.works, self.products, self.milestones)
        taking_part = sum(1 + len(one.participants) for one in self.gatherings)
        said = sum(len(one.posts) + len(one.statements) for one in self.voices)
        return taking_part + said + sum(map(len, lists))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The facts as they are read: events, voices, then what was counted, presented and dated."""
        return (
            *map(_gathering, self.gatherings),
            *(part for one in self.voices for part in _voice(one)),
            *section("group", quotations(self.groups), total=len(self.groups)),
            *section("figures", [points.figure(record) for record in self.figures]),
            *section("works", [points.work(record) for record in self.works]),
            *section("products", [points.product(record) for record in self.products]),
            *section("milestones", [points.milestone(record) for record in self.milestones]),
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Each article that a fact is from, in the order in which the sections cite them."""
        cited = (point.citation.source for part in self.sections for point in part.points)
        return tuple({source.article_id: source for source in cited}.values())


def verbatim(point: Point) -> bool:
    """Whether the text of a point is a sentence of the article, and not a name or a quantity from it."""
    return point.kind in _KINDS


def _gathering(one: Gathering) -> Section:
    found = (points.event(one.event), *map(points.participant, one.participants))
    return Section(label="facts", points=found, entity=one.event.ref, total=len(found))


def _voice(one: Voice) -> tuple[Section, ...]:
    found = (*map(points.post, one.posts), *quotations(one.statements))
    if not found:
        return ()
    return (Section(label="voice", points=found, entity=one.person, total=len(one.statements)),)
