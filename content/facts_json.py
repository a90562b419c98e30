"""Facts as the JSON object that ``extract`` prints, and back.

The keys are those of the contract; each fact also has ``confidence`` (0–1) and ``rule``, which a reader
of the JSON may leave out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from content.model import (
    Affiliation,
    Event,
    Facts,
    Figure,
    Milestone,
    Participant,
    Product,
    Statement,
    Topic,
    Work,
)

T = TypeVar("T")


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """The facts as dictionaries and lists for ``json.dumps``; whole numbers are integers."""
    plain: dict[str, Any] = asdict(facts, dict_factory=_plain)
    return plain


def facts_from_json(data: Mapping[str, Any]) -> Facts:
    """The facts of such an object; keys that the contract does not name are ignored.

    Raises:
        ValueError: if a list or a fact is missing, or a fact lacks a key that it needs.
    """
    try:
        event = data["event"]
        return Facts(
            event=None if event is None else _event(event),
            participants=tuple(_participant(item) for item in data["participants"]),
            statements=tuple(_fact(Statement, item) for item in data["statements"]),
            figures=tuple(_fact(Figure, item) for item in data["figures"]),
            works=tuple(_fact(Work, item) for item in data["works"]),
            products=tuple(_fact(Product, item) for item in data["products"]),
            milestones=tuple(_fact(Milestone, item) for item in data["milestones"]),
            topics=tuple(_fact(Topic, item) for item in data["topics"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the JSON of an article's facts: {error}") from error


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Nobody knows a probability to the third decimal.
    return {key: round(value, 2) if key == "confidence" else _shown(value) for key, value in pairs}


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) > 1 else value


def _event(item: Mapping[str, Any]) -> Event:
    return _fact(Event, {**item, "hosts": tuple(item.get("hosts", ()))})


def _participant(item: Mapping[str, Any]) -> Participant:
    posts = tuple(_fact(Affiliation, post) for post in item.get("affiliations", ()))
    return _fact(Participant, {**item, "affiliations": posts})


def _fact(kind: type[T], item: Mapping[str, Any]) -> T:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every kind is a dataclass
    return kind(**{key: value for key, value in item.items() if key in known})
