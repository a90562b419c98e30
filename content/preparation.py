"""The CPU-heavy part of storing an article: pure and picklable, so that a worker process can do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.aliases import aliases
from content.document import Document, Span
from content.duplicates import Sketch, sketch
from content.model import GROUP, Affiliation, Article, Fact, Facts, Participant, Topic
from content.names import NameKeys, keys
from content.records import EntityKind, FactKind
from content.tokens import IndexTerms, index_terms


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence, or run of sentences, that holds a fact."""

    span: Span
    text: str
    terms: IndexTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Fact):
    """One of a participant's posts, with the words that give it as its evidence."""

    person: str
    affiliation: Affiliation


@dataclass(frozen=True, slots=True)
class PreparedFact:
    """A fact and the passage that holds it."""

    kind: FactKind
    fact: Fact
    passage: int
    """Place in ``PreparedArticle.passages``."""


@dataclass(frozen=True, slots=True)
class PreparedName:
    """A name that facts use, with its keys and its other names."""

    kind: EntityKind
    name: str
    keys: NameKeys
    aliases: tuple[tuple[str, NameKeys], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedArticle:
    """An article ready to be stored."""

    article: Article
    facts: tuple[PreparedFact, ...]
    """In text order within each kind."""
    passages: tuple[Passage, ...]
    names: tuple[PreparedName, ...]
    topics: tuple[Topic, ...]
    sketch: Sketch
    """What reprints of it are known by."""


def prepare(article: Article, facts: Facts | None = None) -> PreparedArticle:
    """Extract an article's facts and compute everything that is stored beside them.

    Args:
        article: the article as it came.
        facts: facts that are known already (an import, a test); extracted where not given.

    Raises:
        ValueError: a fact's span is empty or reaches outside the text.
    """
    if facts is None:
        from content.extraction.pipeline import extract  # noqa: PLC0415 - the lexicon takes time to read

        facts = extract(article.text)
    document = Document(article.text)
    listed = list(_listed(facts, document))
    spans = [_passage(document, fact) for _, fact in listed]
    places = {span: place for place, span in enumerate(dict.fromkeys(spans))}
    return PreparedArticle(
        article=article,
        facts=tuple(
            PreparedFact(kind, fact, places[span]) for (kind, fact), span in zip(listed, spans, strict=True)
        ),
        passages=tuple(Passage(span, document[span], index_terms(document[span])) for span in places),
        names=tuple(_prepared(kind, name, article.text) for kind, name in dict.fromkeys(_named(facts))),
        topics=facts.topics,
        sketch=sketch(article.text),
    )


def _listed(facts: Facts, document: Document) -> Iterator[tuple[FactKind, Fact]]:
    if facts.event:
        yield "event", facts.event
    for participant in facts.participants:
        yield "participant", participant
        for affiliation in participant.affiliations:
            yield "affiliation", _post(document, participant, affiliation)
    yield from (("statement", fact) for fact in facts.statements)
    yield from (("figure", fact) for fact in facts.figures)
    yield from (("work", fact) for fact in facts.works)
    yield from (("product", fact) for fact in facts.products)
    yield from (("milestone", fact) for fact in facts.milestones)


def _named(facts: Facts) -> Iterator[tuple[EntityKind, str]]:
    if facts.event:
        yield "event", facts.event.name
        yield from (("organization", host) for host in facts.event.hosts)
    for participant in facts.participants:
        yield "person", participant.name
        for affiliation in participant.affiliations:
            if affiliation.organization:
                yield "organization", affiliation.organization
    yield from (("person", fact.speaker) for fact in facts.statements if fact.speaker != GROUP)
    for product in facts.products:
        yield "product", product.name
        if product.organization:
            yield "organization", product.organization
    yield from (("topic", topic.name) for topic in facts.topics)


def _prepared(kind: EntityKind, name: str, text: str) -> PreparedName:
    person = kind == "person"
    others = () if kind == "event" else aliases(name, text, person=person)
    return PreparedName(
        kind, name, keys(name, person=person), tuple((other, keys(other, person=person)) for other in others)
    )


def _passage(document: Document, fact: Fact) -> Span:
    """The shortest run of whole sentences that holds a fact."""
    if not 0 <= fact.start < fact.end <= len(document.text):
        raise ValueError(f"{fact.rule or type(fact).__name__}: no such span: {fact.start}–{fact.end}")
    first, last = document.sentence_at(fact.start), document.sentence_at(fact.end - 1)
    return Span(first.start if first else fact.start, last.end if last else fact.end)


def _post(document: Document, participant: Participant, affiliation: Affiliation) -> Post:
    span = _post_span(document, participant, affiliation)
    return Post(
        start=span.start,
        end=span.end,
        confidence=participant.confidence,
        rule=participant.rule,
        person=participant.name,
        affiliation=affiliation,
    )


def _post_span(document: Document, participant: Participant, affiliation: Affiliation) -> Span:
    """From the first to the last of name, organisation and title, in the sentence that names the person.

    百度首席技术官王海峰表示 → 百度首席技术官王海峰
    """
    name = Span(participant.start, participant.end)
    sentence = document.sentence_at(name.start) or name
    parts = [name]
    for term in (affiliation.title, affiliation.organization):
        if term and (place := _nearest_place(document.text, term, sentence, parts[-1])):
            parts.append(place)
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _nearest_place(text: str, term: str, within: Span, beside: Span) -> Span | None:
    """Where a term stands last before a span, else first after it."""
    start = text.rfind(term, within.start, beside.start)
    if start < 0:
        start = text.find(term, beside.start, within.end)
    return Span(start, start + len(term)) if start >= 0 else None
