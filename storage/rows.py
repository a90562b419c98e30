"""From rows of the record views to records: one function a kind, none of them knows SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from content.records import (
    Counted,
    EntityKind,
    EntityRef,
    Evidence,
    FigureRecord,
    MilestoneRecord,
    Page,
    ParticipationRecord,
    PostRecord,
    ProductRecord,
    Source,
    StatementRecord,
    WorkRecord,
)
from storage.database import Database, Parameters, Row

_T = TypeVar("_T")


async def fetch(
    database: Database, sql: str, parameters: Parameters, record: Callable[[Row], _T]
) -> tuple[_T, ...]:
    """Every record of one statement."""
    return tuple(map(record, await database.fetch_all(sql, parameters)))


async def fetch_slice(
    database: Database, sql: str, parameters: Parameters, record: Callable[[Row], _T]
) -> tuple[tuple[_T, ...], int]:
    """A slice of a list (``:limit``, ``:offset``) and the list's length, each row's ``total``."""
    rows = await database.fetch_all(sql, parameters)
    if rows:
        return tuple(map(record, rows)), rows[0]["total"]
    if not parameters["offset"]:
        return (), 0
    # Beyond the end no row tells the length; the first one does.
    first = await database.fetch_one(sql, {**parameters, "limit": 1, "offset": 0})
    return (), first["total"] if first else 0


async def fetch_page(database: Database, sql: str, parameters: Parameters) -> Page:
    """A page of names with their counts."""
    items, total = await fetch_slice(database, sql, parameters, counted)
    return Page(items, total, parameters["offset"])


def first_of_each(records: Iterable[_T], key: Callable[[_T], object]) -> tuple[_T, ...]:
    """The records without those whose key came before."""
    firsts: dict[object, _T] = {}
    for record in records:
        firsts.setdefault(key(record), record)
    return tuple(firsts.values())


def ref(row: Row, kind: EntityKind, prefix: str | None = None) -> EntityRef | None:
    """The entity in the columns ``<prefix>_id`` and ``<prefix>_name``; the prefix is mostly the kind."""
    prefix = prefix or kind
    entity_id = row[f"{prefix}_id"]
    return None if entity_id is None else EntityRef(kind, entity_id, row[f"{prefix}_name"])


def required(row: Row, kind: EntityKind) -> EntityRef:
    """The entity that a row cannot be without."""
    return EntityRef(kind, row[f"{kind}_id"], row[f"{kind}_name"])


def counted(row: Row) -> Counted:
    """A line of a list."""
    return Counted(EntityRef(row["kind"], row["id"], row["name"]), row["count"], row["note"])


def source(row: Row) -> Source:
    """What is known about an article."""
    return Source(
        article_id=row["article_id"],
        title=row["article_title"],
        publisher=row["publisher"],
        via=row["via"],
        url=row["url"],
        published=row["published"],
        published_note=row["published_note"],
    )


def evidence(row: Row) -> Evidence:
    """A fact's own words and where they stand."""
    start, end, offset = row["span_start"], row["span_end"], row["passage_start"]
    return Evidence(
        fact_id=row["fact_id"],
        source=source(row),
        start=start,
        end=end,
        text=row["passage"][start - offset : end - offset],
    )


def passage(row: Row) -> Evidence:
    """A fact's whole passage as evidence."""
    start, text = row["passage_start"], row["passage"]
    return Evidence(fact_id=row["fact_id"], source=source(row), start=start, end=start + len(text), text=text)


def post(row: Row) -> PostRecord:
    """A row of ``post_records``."""
    return PostRecord(
        evidence=evidence(row),
        person=required(row, "person"),
        organization=ref(row, "organization"),
        title=row["title"],
    )


def participation(row: Row) -> ParticipationRecord:
    """A row of ``participation_records``; the posts are the caller's to add."""
    return ParticipationRecord(
        evidence=evidence(row), person=required(row, "person"), event=ref(row, "event"), role=row["role"]
    )


def statement(row: Row) -> StatementRecord:
    """A row of ``statement_records``."""
    return StatementRecord(evidence=evidence(row), person=ref(row, "person"), event=ref(row, "event"))


def figure(row: Row) -> FigureRecord:
    """A row of ``figure_records``."""
    return FigureRecord(
        evidence=evidence(row),
        sentence=row["passage"],
        text=row["text"],
        value=row["value"],
        value_max=row["value_max"],
        unit=row["unit"],
        comparator=row["comparator"],
        subject=row["subject"],
        period=row["period"],
        as_of=row["as_of"],
        person=ref(row, "person"),
        event=ref(row, "event"),
    )


def work(row: Row) -> WorkRecord:
    """A row of ``work_records``."""
    return WorkRecord(
        evidence=evidence(row),
        title=row["title"],
        kind=row["kind"],
        by=row["by_name"],
        person=ref(row, "person"),
        organization=ref(row, "organization"),
        event=ref(row, "event"),
    )


def product(row: Row) -> ProductRecord:
    """A row of ``product_records``."""
    return ProductRecord(
        evidence=evidence(row), product=required(row, "product"), organization=ref(row, "organization")
    )


def milestone(row: Row) -> MilestoneRecord:
    """A row of ``milestone_records``."""
    return MilestoneRecord(
        evidence=evidence(row), date=row["date"], text=row["text"], event=ref(row, "event")
    )
