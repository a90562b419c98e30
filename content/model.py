"""What an article says: facts, each a span of the article with a confidence and the rule that found it.

Offsets are Unicode code points into the article text exactly as it was given, so that
``text[fact.start:fact.end]`` is the evidence. The classes are frozen: a correction is a new fact.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["speaker", "moderator", "panelist", "attendee"]
WorkKind = Literal["talk", "report", "policy", "other"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Period = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]

GROUP = "*"
"""The speaker of a sentence said by a group (众嘉宾表示)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The evidence every fact carries."""

    start: int
    end: int
    confidence: float = 1.0
    """Probability, 0–1, that an editor would accept the fact unchanged."""
    rule: str = ""
    """Name of the rule that found it, for the editors and the error analysis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """The forum, conference or session that the article reports."""

    name: str
    date: str | None = None
    """ISO date as partial as the text: ``2020``, ``2020-09``, ``2020-09-18``; None where it is not fixed."""
    venue: str | None = None
    city: str | None = None
    theme: str | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One post: where the organisation ends and the position begins."""

    organization: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Fact):
    """A named person who takes part in the event; the span is the first full mention of the name."""

    name: str
    role: Role
    affiliations: tuple[Affiliation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """One sentence that the article attributes to one speaker (a name, or ``GROUP``)."""

    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Fact):
    """A quantity that the article states."""

    text: str
    value: float
    value_max: float | None = None
    unit: str | None = None
    comparator: Comparator = "="
    subject: str | None = None
    period: Period | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Fact):
    """A title in 《》 and who gives or releases it."""

    title: str
    kind: WorkKind
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Fact):
    """A named product, platform, project or system; the span is its first mention."""

    name: str
    organization: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Fact):
    """Something that the text dates."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that statements are about, with its weight in the article (the heaviest has 1.0)."""

    name: str
    weight: float
    confidence: float = 1.0
    """Probability, 0–1, that an editor would keep it."""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything one article says, each list in text order."""

    event: Event | None = None
    participants: tuple[Participant, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    works: tuple[Work, ...] = ()
    products: tuple[Product, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it came, and what is known about where it came from (never guessed)."""

    text: str
    title: str | None = None
    publisher: str | None = None
    """Who reported it: ``人民网``."""
    via: str | None = None
    """Who passed it on: ``中国英才网``."""
    url: str | None = None
    published: str | None = None
    """Partial ISO date, where it is known."""
    published_note: str | None = None
    """What the text says of its date where no ISO date follows from it: ``18日``."""
    sha256: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode()).hexdigest())
