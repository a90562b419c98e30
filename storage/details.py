"""What each kind of fact says beside its place: one row of the kind's own table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from content.model import Event, Figure, Milestone, Participant, Product, Statement, Work
from content.names import name_key
from content.preparation import Post
from content.records import FactKind
from storage.naming import NameIds

Detail = dict[str, Any]
"""Parameters of the statement ``insert_<kind>``, without the fact's id."""


def _event(fact: Event, names: NameIds) -> Detail:
    return {
        "event_id": names.find("event", fact.name),
        "date": fact.date,
        "venue": fact.venue,
        "city": fact.city,
        "theme": fact.theme,
    }


def _participant(fact: Participant, names: NameIds) -> Detail:
    return {"person_id": names.find("person", fact.name), "role": fact.role}


def _affiliation(fact: Post, names: NameIds) -> Detail:
    return {
        "person_id": names.find("person", fact.person),
        "organization_id": names.find("organization", fact.affiliation.organization),
        "title": fact.affiliation.title,
    }


def _statement(fact: Statement, names: NameIds) -> Detail:
    return {"person_id": names.find("person", fact.speaker)}


def _figure(fact: Figure, _names: NameIds) -> Detail:
    return {
        "text": fact.text,
        "value": fact.value,
        "value_max": fact.value_max,
        "unit": fact.unit,
        "comparator": fact.comparator,
        "subject": fact.subject,
        "period": fact.period,
        "as_of": fact.as_of,
    }


def _work(fact: Work, names: NameIds) -> Detail:
    person = names.find("person", fact.by)
    return {
        "title": fact.title,
        "kind": fact.kind,
        "by_name": fact.by,
        "by_folded": name_key(fact.by) if fact.by else None,
        "person_id": person,
        "organization_id": names.find("organization", fact.by) if person is None else None,
    }


def _product(fact: Product, names: NameIds) -> Detail:
    return {
        "product_id": names.find("product", fact.name),
        "organization_id": names.find("organization", fact.organization),
    }


def _milestone(fact: Milestone, _names: NameIds) -> Detail:
    return {"date": fact.date, "text": fact.text}


DETAILS: Mapping[FactKind, Callable[[Any, NameIds], Detail]] = {
    "event": _event,
    "participant": _participant,
    "affiliation": _affiliation,
    "statement": _statement,
    "figure": _figure,
    "work": _work,
    "product": _product,
    "milestone": _milestone,
}


def entities_of(detail: Detail) -> set[int]:
    """The entities that a row refers to; the fact is about them."""
    return {value for name, value in detail.items() if name.endswith("_id") and value is not None}
