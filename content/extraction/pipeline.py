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
from content.extraction.reading import visible
from content.extraction.topics import find_topics
from content.extraction.works import find_works
from content.model import Fact, Facts


@dataclass(frozen=True, slots=True)
class Component:
    """One step: a function that reads the layers it needs and returns the one layer it gives."""

    gives: str
    run: Callable[[Analysis], object]
    needs: tuple[str, ...] = ()


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
    layers: dict[str, Any] = {field.name: getattr(analysis, field.name) for field in fields(Facts)}
    if origin is not None:
        layers = {name: _rebased(layer, origin) for name, layer in layers.items()}
    return Facts(**layers)


def _rebased(layer: Any, origin: list[int]) -> Any:
    """A layer with the offsets of the text as it was given."""
    if isinstance(layer, tuple):
        return tuple(_moved(fact, origin) for fact in layer)
    return _moved(layer, origin)


def _moved(fact: Any, origin: list[int]) -> Any:
    if not isinstance(fact, Fact) or fact.end <= fact.start:
        return fact
    return replace(fact, start=origin[fact.start], end=origin[fact.end - 1] + 1)


check(PIPELINE)
