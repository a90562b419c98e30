"""What of the new facts somebody wants to hear: what is followed, and what stands for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from content.folding import fold_text
from content.records import EntityRef, Evidence, FigureRecord, StatementRecord, WorkRecord

_ALIKE = 92.0
"""Similarity (0–100) from which two sentences of one speaker are one statement, printed twice."""
_GREETING = 20
"""Code points: what is shorter seldom says anything by itself."""
_SHORTEST_NAME = 2
"""Code points: a shorter name stands in too many words to be looked for in texts."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Something that a chat follows: an entity, or a word where there is no entity."""

    id: int
    ref: EntityRef | None
    word: str | None
    names: tuple[str, ...]
    """The folded names by which texts may mention it."""


@dataclass(frozen=True, slots=True)
class Interest:
    """What a chat wants to hear of, in a form that can be compared: two chats alike get one edition."""

    entities: frozenset[int] = frozenset()
    terms: frozenset[str] = frozenset()

    @classmethod
    def of(cls, follows: Iterable[Follow]) -> Interest:
        """The interest behind what is followed."""
        follows = tuple(follows)
        return cls(
            frozenset(follow.ref.id for follow in follows if follow.ref is not None),
            frozenset(name for follow in follows for name in follow.names if len(name) >= _SHORTEST_NAME),
        )

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.entities and not self.terms

    def takes(self, fact: NewFact) -> bool:
        """Whether a fact is about something that is followed, or names it."""
        return (
            self.everything
            or not self.entities.isdisjoint(fact.about)
            or fact.event_id in self.entities
            or any(term in fact.words for term in self.terms)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A fact that readers saw for the first time, with what it can be followed by."""

    fact_id: int
    kind: Literal["statement", "figure", "work"]
    revision: int
    """The content revision that brought it."""
    article_id: int
    event_id: int | None
    about: frozenset[int]
    """Entities that it is about, the organisations of its speaker included."""
    words: str
    """Its passage as texts are compared."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record, and the other articles that say the same."""

    record: StatementRecord
    also: tuple[Evidence, ...] = ()


def merged_statements(records: Sequence[StatementRecord]) -> tuple[Told, ...]:
    """Statements without repetitions: what several articles report of one speaker stands once."""
    kept: list[Told] = []
    for record in records:
        at = next((place for place, told in enumerate(kept) if _same(told.record, record)), None)
        if at is None:
            kept.append(Told(record))
        else:
            kept[at] = Told(kept[at].record, (*kept[at].also, record.evidence))
    return tuple(kept)


def headlines(told: Sequence[Told], most: int) -> tuple[Told, ...]:
    """The statements that stand for the rest: one of each speaker, in text order.

    Of a speaker's sentences the first with a number counts, else the first that is no mere greeting.
    """
    by_speaker: dict[EntityRef | None, list[Told]] = {}
    for one in told:
        by_speaker.setdefault(one.record.person, []).append(one)
    return tuple(max(ones, key=_weight) for ones in by_speaker.values())[:most]


def _weight(told: Told) -> int:
    text = told.record.evidence.text
    return 2 * any(character.isdigit() for character in text) + (len(text) >= _GREETING)


def merged_figures(records: Sequence[FigureRecord]) -> tuple[FigureRecord, ...]:
    """Figures without those that give the same quantity of the same thing again."""
    seen: dict[tuple[object, ...], FigureRecord] = {}
    for record in records:
        seen.setdefault(
            (record.value, record.value_max, record.unit, fold_text(record.subject or "")), record
        )
    return tuple(seen.values())


def merged_works(records: Sequence[WorkRecord]) -> tuple[WorkRecord, ...]:
    """Works without those that have the same title."""
    seen: dict[str, WorkRecord] = {}
    for record in records:
        seen.setdefault(fold_text(record.title), record)
    return tuple(seen.values())


def _same(one: StatementRecord, other: StatementRecord) -> bool:
    if one.person != other.person or one.evidence.source.article_id == other.evidence.source.article_id:
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415 - only where several articles have news of one speaker

    first, second = _bare(one.evidence.text), _bare(other.evidence.text)
    return fuzz.ratio(first, second, score_cutoff=_ALIKE) > 0


def _bare(text: str) -> str:
    return "".join(character for character in fold_text(text) if character.isalnum())
