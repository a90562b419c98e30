"""An answer before it is worded: points with their citations, under labels that the catalogues word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from content.records import EntityRef, Evidence

PointKind = Literal[
    "post",
    "member",
    "appearance",
    "quotation",
    "figure",
    "figure_in_sentence",
    "work",
    "product",
    "milestone",
    "event",
    "hit",
]
Marks = tuple[tuple[int, int], ...]
"""Half-open ranges of code points, in order and apart."""


class Note(NamedTuple):
    """A particular of a point: its label and the value, verbatim (``venue``) or coded (``role``)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One fact of an answer."""

    kind: PointKind
    text: str
    """The article's own words, or the canonical name that the fact is about."""
    citation: Evidence
    marks: Marks = ()
    """What to mark in ``text``: the word that was asked for."""
    entity: EntityRef | None = None
    """Whom or what the point leads to: the person who gave a figure, the event of an appearance."""
    notes: tuple[Note, ...] = ()
    also: tuple[Evidence, ...] = ()
    """Where other articles say the same."""

    def note(self, label: str) -> str | None:
        """The value under a label."""
        return next((note.value for note in self.notes if note.label == label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Points under one label, or under the person who is behind them."""

    label: str
    points: tuple[Point, ...]
    entity: EntityRef | None = None
    """The person whose words these are; None for a group or where the label says all."""
    total: int = 0
    """How many there are altogether; more than shown where the list was limited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said to a question. Without sections nothing is known that answers it."""

    label: str
    """What kind of answer it is: ``speaker``, ``figures``."""
    subject: EntityRef | None = None
    words: str = ""
    """The words that were asked for, where there is no subject."""
    sections: tuple[Section, ...] = ()
    onward: tuple[EntityRef, ...] = ()
    """Where the reader may want to go next."""
    of: EntityRef | None = None
    """What a product or an event belongs to."""

    @property
    def empty(self) -> bool:
        """Whether nothing is known that answers the question."""
        return not self.sections
