"""Records to the answers that go across people and events: figures, dates, works, search, one fact."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from content.answers import points
from content.answers.model import Answer, Section
from content.answers.pages import section
from content.records import EntityRef, FigureRecord, MilestoneRecord, SearchHit, WorkRecord


def figures(records: Sequence[FigureRecord], words: str = "") -> Answer:
    """Quantities: what of, per what, who gave them."""
    found = section("quantities", points.figures(records))
    onward = points.onward(record.person for record in records)
    return Answer(label="figures", words=words, sections=found, onward=onward)


def figures_in_sentences(records: Sequence[FigureRecord], subject: EntityRef | None, words: str) -> Answer:
    """Quantities each with the sentence it stands in: the answer to a question for a number."""
    found = section("quantities", [points.figure_in_sentence(record) for record in records])
    onward = points.onward([subject], (record.person for record in records))
    return Answer(label="figures", words=words, sections=found, onward=onward)


def timeline(records: Sequence[MilestoneRecord], words: str = "") -> Answer:
    """What the articles date, oldest first."""
    found = section("dates", [points.milestone(record) for record in records])
    return Answer(label="timeline", words=words, sections=found)


def works(records: Sequence[WorkRecord]) -> Answer:
    """Talks, reports and other titled works under their kinds."""
    kinds = ("talk", "report", "policy", "other")
    sections = (
        part
        for kind in kinds
        for part in section(
            f"work.{kind}", [points.work(record) for record in records if record.kind == kind]
        )
    )
    onward = points.onward(record.person or record.organization for record in records)
    return Answer(label="works", sections=tuple(sections), onward=onward)


def hits(records: Sequence[SearchHit], words: str, total: int, partial: Sequence[SearchHit] = ()) -> Answer:
    """Sentences with the words, each with who said it; apart from them those with some of the words."""
    found = (*_by_speaker(records, "hits", total), *_by_speaker(partial, "partial", len(partial)))
    onward = points.onward(record.person for record in (*records, *partial))
    return Answer(label="search", words=words, sections=found, onward=onward)


def _by_speaker(records: Sequence[SearchHit], label: str, total: int) -> tuple[Section, ...]:
    return tuple(
        Section(
            label="voice" if speaker and label == "hits" else label,
            entity=speaker,
            points=tuple(points.hit(record) for record in group),
            total=total,
        )
        for speaker, group in groupby(records, key=lambda record: record.person)
    )
