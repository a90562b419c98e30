"""Two people, organisations, products or years side by side: what the reports say of each, and no verdict.

A side has what is known of it under labels; ``compared`` puts the sides beside each other. What is missing on
one side stays an empty place, to be called missing; what neither has is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from content.answers import points
from content.answers.model import Point
from content.answers.quotations import by_speaker, marks, quotations
from content.folding import fold_text
from content.records import (
    EntityRef,
    EventRecord,
    FigureRecord,
    MilestoneRecord,
    PostRecord,
    ProductRecord,
    StatementRecord,
    WorkRecord,
)

AspectLabel = Literal[
    "posts", "members", "events", "products", "statements", "figures", "milestones", "works"
]
ORDER: tuple[AspectLabel, ...] = (
    "posts",
    "members",
    "events",
    "products",
    "statements",
    "figures",
    "milestones",
    "works",
)
"""In which what is compared stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: what it is, and what is known of it."""

    subject: EntityRef | int
    """A person, organisation or product; or a year."""
    known: Mapping[AspectLabel, tuple[Point, ...]]
    """What can be said of it at all, in places of which some are empty."""
    more: Mapping[AspectLabel, int] = field(default_factory=dict)
    """How many there are beyond those shown."""

    @property
    def empty(self) -> bool:
        """Whether nothing is known of it."""
        return not any(self.known.values())


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that two sides are compared in."""

    label: AspectLabel
    places: tuple[tuple[Side, tuple[Point, ...]], ...]
    """The sides of which it can be said, with what is known: nothing, where no report states it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same quantity in two years."""

    first: FigureRecord
    second: FigureRecord
    change: float | None
    """Second less first in per cent of the first, in points where both are per cent; None where either is no
    exact number."""

    @property
    def in_points(self) -> bool:
        """Whether the change is one of percentage points."""
        return self.first.unit == "%"


def compared(first: Side, second: Side) -> tuple[Aspect, ...]:
    """What either side has something to say about, in a fixed order."""
    return tuple(
        Aspect(label, tuple((side, side.known[label]) for side in (first, second) if label in side.known))
        for label in ORDER
        if first.known.get(label) or second.known.get(label)
    )


def with_words(text: str, words: str) -> bool:
    """Whether a text holds all the words; any text does where there are none."""
    return all(marks(text, word) for word in words.split())


def person_side(
    person: EntityRef,
    *,
    posts: Sequence[PostRecord],
    statements: Sequence[StatementRecord],
    figures: Sequence[FigureRecord],
    works: Sequence[WorkRecord],
    words: str = "",
    limit: int | None = None,
) -> Side:
    """A person's posts, and what they said about a subject, their figures about it, their works.

    Args:
        person: who it is.
        posts: all of their posts; a subject leaves them as they are.
        statements: all that they said, in text order within each article.
        figures: the figures that they gave.
        works: their titled works.
        words: the subject; everything where empty.
        limit: quotations shown at most.
    """
    known: dict[AspectLabel, tuple[Point, ...]] = {
        "posts": tuple(points.post(record) for record in posts),
        "figures": _figures(figures, words),
        "works": tuple(points.work(record) for record in works if with_words(record.title, words)),
    }
    return _side(person, known, _said(statements, words), limit)


def organization_side(  # noqa: PLR0913 - one argument for every kind of fact about an organisation
    organization: EntityRef,
    *,
    members: Sequence[PostRecord],
    products: Sequence[ProductRecord],
    statements: Sequence[StatementRecord],
    figures: Sequence[FigureRecord],
    works: Sequence[WorkRecord],
    words: str = "",
    limit: int | None = None,
) -> Side:
    """An organisation's people and products, what its people said about a subject, its figures and works.

    Args:
        organization: which it is.
        members: the posts in it.
        products: its products; a subject leaves both as they are.
        statements: what its people said, person by person.
        figures: the figures about it.
        works: its reports and other works.
        words: the subject; everything where empty.
        limit: quotations shown at most.
    """
    known: dict[AspectLabel, tuple[Point, ...]] = {
        "members": tuple(points.member(record) for record in members),
        "products": tuple(points.product(record) for record in products),
        "figures": _figures(figures, words),
        "works": tuple(points.work(record) for record in works if with_words(record.title, words)),
    }
    return _side(organization, known, _said(statements, words), limit)


def product_side(
    product: EntityRef,
    *,
    statements: Sequence[StatementRecord],
    figures: Sequence[FigureRecord],
    milestones: Sequence[MilestoneRecord],
    words: str = "",
    limit: int | None = None,
) -> Side:
    """What was said about a product, its figures and dates."""
    dated = tuple(points.milestone(one) for one in milestones if with_words(one.text, words))
    known: dict[AspectLabel, tuple[Point, ...]] = {
        "figures": _figures(figures, words),
        "milestones": dated,
    }
    return _side(product, known, _said(statements, words), limit)


def year_side(  # noqa: PLR0913 - one argument for every kind of fact of a year
    year: int,
    *,
    events: Sequence[EventRecord],
    figures: Sequence[FigureRecord],
    milestones: Sequence[MilestoneRecord],
    statements: Sequence[StatementRecord],
    words: str = "",
    limit: int | None = None,
    paired: bool = False,
) -> Side:
    """The events of a year, the figures of its reports, what is dated in it, what was said with the words.

    Args:
        year: which it is.
        events: its events; a subject leaves them out, for a name of an event says nothing about it.
        figures: the figures of its reports, of the subject already.
        milestones: what is dated in it, of the subject already.
        statements: what its reports quote, of the subject already; left out without a subject.
        words: the subject; everything where empty.
        limit: quotations shown at most.
        paired: whether other figures of the year stand beside those of another one.
    """
    known: dict[AspectLabel, tuple[Point, ...]] = {
        **({} if words else {"events": tuple(points.event(event) for event in events)}),
        **({} if paired and not figures else {"figures": tuple(points.figures(figures))}),
        "milestones": tuple(points.milestone(record) for record in milestones),
    }
    if not words:
        return Side(subject=year, known=known)
    return _side(year, known, _quoted(statements, words), limit)


def _side(
    subject: EntityRef | int,
    known: Mapping[AspectLabel, tuple[Point, ...]],
    said: tuple[Point, ...],
    limit: int | None,
) -> Side:
    """A side with as many of its quotations as are shown."""
    shown = said[:limit]
    more: dict[AspectLabel, int] = {"statements": len(said) - len(shown)}
    return Side(subject=subject, known={**known, "statements": shown}, more=more)


def pairs(first: Sequence[FigureRecord], second: Sequence[FigureRecord]) -> tuple[Pair, ...]:
    """The figures of one subject, unit and period that both years state, the newest report's of each."""
    later = _by_subject(second)
    return tuple(
        Pair(record, later[key], _change(record, later[key]))
        for key, record in _by_subject(first).items()
        if key in later
    )


def _by_subject(records: Sequence[FigureRecord]) -> dict[tuple[object, ...], FigureRecord]:
    found: dict[tuple[object, ...], FigureRecord] = {}
    for record in records:
        if record.subject:
            key = fold_text(record.subject), fold_text(record.unit or ""), record.period
            found.setdefault(key, record)
    return found


def _change(first: FigureRecord, second: FigureRecord) -> float | None:
    """How much more the second is; None where that is not what the reports state."""
    exact = all(one.comparator == "=" and one.value_max is None for one in (first, second))
    if not exact or not (math.isfinite(first.value) and math.isfinite(second.value)):
        return None
    if first.unit == "%":
        return second.value - first.value
    return (second.value - first.value) / first.value * 100 if first.value > 0 else None


def _said(statements: Sequence[StatementRecord], words: str) -> tuple[Point, ...]:
    return _quoted([one for one in statements if with_words(one.evidence.text, words)], words)


def _quoted(statements: Sequence[StatementRecord], words: str) -> tuple[Point, ...]:
    """What each speaker said; words of two speakers never become one quotation."""
    groups = by_speaker(statements)
    return tuple(point for _, group in groups for point in quotations(group, words))


def _figures(records: Sequence[FigureRecord], words: str) -> tuple[Point, ...]:
    return tuple(points.figures([one for one in records if with_words(one.sentence, words)]))
