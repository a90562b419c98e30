"""The pipeline: components in a visible order, each one idea, each saying what it needs and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from content.document import Document
from content.model import Facts


@dataclass(slots=True)
class Analysis:
    """The blackboard of one article: the document and the layers that components have written so far."""

    document: Document
    layers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Component:
    """One step: a function that reads the layers it needs and returns the one layer it gives."""

    gives: str
    run: Callable[[Analysis], Any]
    needs: tuple[str, ...] = ()


PIPELINE: tuple[Component, ...] = ()


def extract(text: str) -> Facts:
    """Find every fact of an article.

    Args:
        text: the article exactly as it was given; offsets of the facts are code points into it.

    Returns:
        The facts, each list in text order; an article that reports no forum has no event.
    """
    analysis = Analysis(Document(text))
    for component in PIPELINE:
        analysis.layers[component.gives] = component.run(analysis)
    return Facts()
