"""The blackboard of one article: the document and the layers that components have written so far."""

from __future__ import annotations

from dataclasses import dataclass

from content.document import Document, Span
from content.extraction.reading import fold
from content.model import (
    Affiliation,
    Event,
    Fact,
    Figure,
    Milestone,
    Participant,
    Product,
    Statement,
    Topic,
    Work,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Fact):
    """A place where the text names a person or an organisation."""

    name: str
    """The canonical name: 黄晓玫 where the text has 黄校长, 她."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention of a person with the posts around it."""

    mention: Mention
    start: int
    end: int
    posts: tuple[Affiliation, ...]


@dataclass(slots=True)
class Analysis:
    """What is known of an article; each layer is written by the component that gives it, in text order."""

    document: Document
    reading: str
    """The text folded one to one (simplified script, full-width punctuation); offsets are the document's."""
    body: tuple[Span, ...] = ()
    """The sentences that are the article, not web furniture."""
    people: tuple[Mention, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    """The mentions of people, each with its posts: 中国工程院院士王恩东."""
    organizations: tuple[Mention, ...] = ()
    participants: tuple[Participant, ...] = ()
    statements: tuple[Statement, ...] = ()
    event: Event | None = None
    figures: tuple[Figure, ...] = ()
    works: tuple[Work, ...] = ()
    products: tuple[Product, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    topics: tuple[Topic, ...] = ()

    @classmethod
    def of(cls, text: str) -> Analysis:
        """An analysis in which nothing has been found yet."""
        return cls(Document(text), fold(text))
