"""The pipeline: components in a visible order, each one idea, each saying what it needs and gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from content.extraction.affiliations import find_phrases
from content.extraction.analysis import Analysis
from content.extraction.attribution import find_statements
from content.extraction.events import find_event
from content.extraction.figures import find_figures
from content.extraction.furniture import find_body
from content.extraction.milestones import find_milestones
from content.extraction.organizations import find_organizations
from content.extraction.participants import find_participants
from content.extraction.people import find_people
from content.extraction.products import find_products
from content.extraction.reading import Origin, visible
from content.extraction.topics import find_topics
from content.extraction.works import find_works
from content.model import Event, Fact, Facts, Figure, Milestone, Participant, Statement, Work


@dataclass(frozen=True, slots=True)
class Component:
    """One step: a function that reads the layers it needs and returns the one layer it gives."""

    gives: str
    run: Callable[[Analysis], object]
    needs: tuple[str, ...] = ()


_LONGEST_NAME = 100
"""Code points that a fact and each of its texts may have: the longest real names have about sixty."""
_OWN_TEXT = ("text", "title", "name")
_LONGEST: dict[type, int] = {Statement: 4000, Milestone: 400, Work: 200, Event: 200}
"""The same for facts that are sentences, titles and double names."""

PIPELINE = (
    Component("body", find_body),
    Component("event", find_event, needs=("body",)),
    Component("people", find_people, needs=("body",)),
    Component("phrases", find_phrases, needs=("people",)),
    Component("organizations", find_organizations, needs=("body", "phrases")),
    Component("statements", find_statements, needs=("body", "phrases")),
    Component("participants", find_participants, needs=("body", "event", "phrases", "statements")),
    Component("works", find_works, needs=("body", "people", "organizations")),
    Component("products", find_products, needs=("body", "organizations")),
    Component("figures", find_figures, needs=("body", "people", "organizations", "products")),
    Component("milestones", find_milestones, needs=("body",)),
    Component("topics", find_topics, needs=("body", "event", "participants")),
)


def check(pipeline: Sequence[Component]) -> None:
    """Hold the order of components to what they need.

    Raises:
        ValueError: if a layer is unknown, given twice, or needed before it is given.
    """
    layers = {field.name for field in fields(Analysis)}
    given = {"document", "reading"}
    for component in pipeline:
        if component.gives not in layers or component.gives in given:
            raise ValueError(f"{component.gives} is no layer of its own")
        if missing := set(component.needs) - given:
            raise ValueError(f"{component.gives} needs {', '.join(sorted(missing))} earlier")
        given.add(component.gives)


def analyse(text: str, pipeline: Sequence[Component] = PIPELINE) -> Analysis:
    """Run the components over a text without invisible characters; every layer stays open to inspection."""
    analysis = Analysis.of(text)
    for component in pipeline:
        setattr(analysis, component.gives, component.run(analysis))
    return analysis


def extract(text: str) -> Facts:
    """Find every fact of an article.

    Args:
        text: the article exactly as it was given; offsets of the facts are code points into it.

    Returns:
        The facts, each list in text order; an article that reports no forum has no event.
    """
    shown, origin = visible(text)
    analysis = analyse(shown)
    layers: dict[str, Any] = {field.name: _bounded(getattr(analysis, field.name)) for field in fields(Facts)}
    if origin is not None:
        layers = {name: _rebased(layer, origin, text) for name, layer in layers.items()}
    return Facts(**layers)


def _bounded(layer: Any) -> Any:
    """A layer without the facts that are longer than any real one: nothing is cut, they are left out."""
    if isinstance(layer, tuple):
        return tuple(_with_short_posts(fact) for fact in layer if not _is_endless(fact))
    return None if _is_endless(layer) else layer


def _with_short_posts(fact: Any) -> Any:
    if not isinstance(fact, Participant):
        return fact
    posts = tuple(
        post
        for post in fact.affiliations
        if max(len(post.organization or ""), len(post.title or "")) <= _LONGEST_NAME
    )
    return fact if posts == fact.affiliations else replace(fact, affiliations=posts)


def _is_endless(fact: Any) -> bool:
    if not isinstance(fact, Fact):
        return False
    longest = _LONGEST.get(type(fact), _LONGEST_NAME)
    texts = ((field.name, getattr(fact, field.name)) for field in fields(fact))
    return fact.end - fact.start > longest or any(
        isinstance(text, str) and len(text) > (longest if name in _OWN_TEXT else _LONGEST_NAME)
        for name, text in texts
    )


def _rebased(layer: Any, origin: Origin, text: str) -> Any:
    """A layer with the offsets of the text as it was given."""
    if isinstance(layer, tuple):
        return tuple(_moved(fact, origin, text) for fact in layer)
    return _moved(layer, origin, text)


def _moved(fact: Any, origin: Origin, text: str) -> Any:
    if not isinstance(fact, Fact) or fact.end <= fact.start:
        return fact
    start, end = origin.span(fact.start, fact.end)
    if isinstance(fact, Figure | Milestone):
        # What is quoted is quoted as it stands, with all that is hidden in it.
        return replace(fact, start=start, end=end, text=text[start:end])
    return replace(fact, start=start, end=end)


check(PIPELINE)
