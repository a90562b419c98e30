"""Read models: published facts as the database gives them back, each with its source.

Storage fills them, ``content.answers`` turns them into answers. Nothing here knows SQL or Telegram.
``fact_id`` is permanent: a deep link ``f_<fact_id>`` stays good for as long as the database lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.model import Comparator, Period, Role, WorkKind

EntityKind = Literal["person", "organization", "event", "topic", "product"]
FactKind = Literal[
    "event", "participant", "affiliation", "statement", "figure", "work", "product", "milestone"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was read: the article, and what is known about it."""

    article_id: int
    title: str | None
    publisher: str | None
    via: str | None
    url: str | None
    published: str | None
    published_note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A fact's place in its article: ``text`` is the article's own words from ``start`` to ``end``."""

    fact_id: int
    source: Source
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A known person, organisation, event, topic or product by its canonical name."""

    kind: EntityKind
    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRecord:
    """A post that an article gives a person."""

    evidence: Evidence
    person: EntityRef
    organization: EntityRef | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRecord:
    """A person at an event, with the posts that the same article gives."""

    evidence: Evidence
    person: EntityRef
    event: EntityRef | None
    role: Role
    posts: tuple[PostRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """One sentence and who said it; ``person`` is None where a group said it (众嘉宾表示)."""

    evidence: Evidence
    person: EntityRef | None
    event: EntityRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord:
    """A quantity, the sentence it stands in, and who gave it where a statement holds it."""

    evidence: Evidence
    sentence: str
    text: str
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    subject: str | None
    period: Period | None
    as_of: str | None
    person: EntityRef | None
    event: EntityRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRecord:
    """A talk, report, policy or other titled work."""

    evidence: Evidence
    title: str
    kind: WorkKind
    by: str | None
    person: EntityRef | None
    organization: EntityRef | None
    event: EntityRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRecord:
    """A product as one article names it."""

    evidence: Evidence
    product: EntityRef
    organization: EntityRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRecord:
    """Something an article dates."""

    evidence: Evidence
    date: str
    text: str
    event: EntityRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """A forum, conference or session."""

    evidence: Evidence
    ref: EntityRef
    date: str | None
    venue: str | None
    city: str | None
    theme: str | None
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """What ``/source`` shows: a fact in its sentence, with the sentences around it."""

    kind: FactKind
    evidence: Evidence
    before: str
    sentence: str
    after: str
    opening: str
    """The headline that the article's text begins with; empty where it begins with a sentence."""
    fact_start: int
    """Offset of the fact inside ``sentence``, code points."""
    fact_end: int
    subject: EntityRef | None
    """The person, event or product that the fact is about, for the button onward."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a list: a name and how many facts stand behind it."""

    ref: EntityRef
    count: int
    note: str | None = None
    """What tells namesakes apart in the list: the first post of a person, the date of an event."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic that a person spoke about at one event, with the number of statements."""

    person: EntityRef
    topic: EntityRef
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a longer list."""

    items: tuple[Counted, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A sentence that a search found; the evidence is the whole sentence."""

    kind: FactKind
    evidence: Evidence
    person: EntityRef | None
    marks: tuple[tuple[int, int], ...]
    """What matched: code-point ranges inside ``evidence.text``, in order, not overlapping."""
