"""What editors see of an article in any state: how much was found, how sure it is, what disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from content.records import (
    EntityKind,
    EntityRef,
    FactKind,
    FigureRecord,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    Source,
    StatementRecord,
    WorkRecord,
)
from storage import rows
from storage.articles import ArticleState
from storage.database import Database, Row
from storage.duplicates import Alike, Duplicates
from storage.queries import statements

SURE, UNSURE = 0.9, 0.7
"""A fact this likely to be right is called sure; one less likely than the other unsure."""
_CONFLICTS = 5
Disagreement = Literal["other_titles", "other_figures", "other_dates", "namesakes"]
_DISAGREEMENTS: tuple[Disagreement, ...] = ("other_dates", "other_titles", "other_figures", "namesakes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many facts of a kind were found, and what is thought of them."""

    found: int
    sure: int
    unsure: int
    right: int
    wrong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something in an article that published ones say otherwise."""

    kind: Disagreement
    name: str
    this: str | None
    that: str | None
    fact_id: int | None = None
    """The published fact that says otherwise."""
    entities: tuple[int, int] | None = None
    """The person of the article and the namesake, who may be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An article on the editors' desk."""

    source: Source
    state: ArticleState
    text: str
    added_by: int | None
    added_at: datetime | None
    event: str | None
    date: str | None
    place: str | None
    tallies: Mapping[FactKind, Tally]
    conflicts: tuple[Conflict, ...]
    alike: tuple[Alike, ...]
    """Articles that are nearly the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What readers would see of an article."""

    participants: tuple[ParticipationRecord, ...]
    statements: tuple[StatementRecord, ...]
    figures: tuple[FigureRecord, ...]
    works: tuple[WorkRecord, ...]
    milestones: tuple[MilestoneRecord, ...]


class Review:
    """Articles as editors see them, in any state."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("review")
        self._duplicates = Duplicates(database)

    async def sheet(self, article_id: int) -> Sheet | None:
        """All about one article; None where there is none."""
        if not 0 < article_id < 1 << 63:
            return None
        row = await self._database.fetch_one(self._sql["article"], {"id": article_id})
        if row is None:
            return None
        parameters = {"id": article_id, "sure": SURE, "unsure": UNSURE}
        tallies = {
            counted["kind"]: Tally(
                found=counted["found"],
                sure=counted["sure"],
                unsure=counted["unsure"],
                right=counted["right"],
                wrong=counted["wrong"],
            )
            for counted in await self._database.fetch_all(self._sql["counts"], parameters)
        }
        return Sheet(
            source=rows.source(row),
            state=row["state"],
            text=row["text"],
            added_by=row["added_by"],
            added_at=None if row["added_at"] is None else datetime.fromtimestamp(row["added_at"], UTC),
            event=row["event_name"],
            date=row["date"],
            place=row["venue"] or row["city"],
            tallies=tallies,
            conflicts=await self._conflicts(article_id),
            alike=await self._duplicates.of(article_id),
        )

    async def facts(
        self, article_id: int, kind: FactKind | None = None
    ) -> tuple[tuple[int, str | None], ...]:
        """The facts of an article with their verdicts, the least certain first."""
        found = await self._database.fetch_all(self._sql["order_of_facts"], {"id": article_id, "kind": kind})
        return tuple((row["id"], row["verdict"]) for row in found)

    async def preview(self, article_id: int) -> Preview:
        """What readers would see of an article if it were published now."""
        parameters = {"id": article_id}
        posts: dict[int, list[PostRecord]] = defaultdict(list)
        for post in await rows.fetch(self._database, self._sql["posts"], parameters, rows.post):
            posts[post.person.id].append(post)
        participants = await rows.fetch(
            self._database, self._sql["participations"], parameters, rows.participation
        )
        return Preview(
            participants=tuple(replace(one, posts=tuple(posts[one.person.id])) for one in participants),
            statements=await rows.fetch(self._database, self._sql["statements"], parameters, rows.statement),
            figures=await rows.fetch(self._database, self._sql["figures"], parameters, rows.figure),
            works=await rows.fetch(self._database, self._sql["works"], parameters, rows.work),
            milestones=await rows.fetch(self._database, self._sql["milestones"], parameters, rows.milestone),
        )

    async def names(self, article_id: int, kind: EntityKind, limit: int = 8) -> tuple[EntityRef, ...]:
        """What of a kind an article names, in its order."""
        parameters = {"id": article_id, "kind": kind, "limit": limit}
        found = await self._database.fetch_all(self._sql["names_in_article"], parameters)
        return tuple(EntityRef(row["kind"], row["id"], row["name"]) for row in found)

    async def entity(self, entity_id: int) -> tuple[EntityRef, str | None] | None:
        """An entity whether readers may see it or not, with what tells it from namesakes."""
        row = await self._database.fetch_one(self._sql["entity"], {"id": entity_id})
        if row is None or row["merged_into"] is not None:
            return None
        return EntityRef(row["kind"], row["id"], row["name"]), row["note"]

    async def person_of(self, fact_id: int) -> int | None:
        """The person that a fact speaks of."""
        row = await self._database.fetch_one(self._sql["person_of"], {"id": fact_id})
        return row["person_id"] if row else None

    async def _conflicts(self, article_id: int) -> tuple[Conflict, ...]:
        found: list[Conflict] = []
        for kind in _DISAGREEMENTS:
            parameters = {"id": article_id, "limit": _CONFLICTS}
            disagreeing = await self._database.fetch_all(self._sql[kind], parameters)
            found += [_namesake(row) if kind == "namesakes" else _conflict(kind, row) for row in disagreeing]
        return tuple(found)


def _conflict(kind: Disagreement, row: Row) -> Conflict:
    organization = row["organization"] if kind == "other_titles" else ""
    name = f"{row['name']}（{organization}）" if organization else row["name"]
    return Conflict(kind=kind, name=name, this=row["this"], that=row["that"], fact_id=row["fact_id"])


def _namesake(row: Row) -> Conflict:
    entities = row["own_id"], row["entity_id"]
    return Conflict(kind="namesakes", name=row["name"], this=None, that=row["that"], entities=entities)
