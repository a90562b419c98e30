"""New facts of one event to an answer: headlines with their speakers, figures, works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.answers import points
from content.answers.model import Answer, Section
from content.answers.pages import section
from content.answers.quotations import by_speaker, quotations
from content.news import Told
from content.records import EntityRef, FigureRecord, StatementRecord, WorkRecord


def headlines(
    event: EntityRef | None,
    words: str,
    told: Sequence[Told],
    figures: Sequence[FigureRecord],
    works: Sequence[WorkRecord],
) -> Answer:
    """What stands for the news of an event, or of an article that reports none (``words`` is its title)."""
    voices = (
        Section(
            label="voice" if one.record.person else "group",
            entity=one.record.person,
            points=tuple(replace(point, also=one.also) for point in quotations([one.record])),
            total=1,
        )
        for one in told
    )
    return _answer(event, words, voices, figures, works)


def everything(
    event: EntityRef | None,
    words: str,
    statements: Sequence[StatementRecord],
    figures: Sequence[FigureRecord],
    works: Sequence[WorkRecord],
) -> Answer:
    """All the news of an event, speaker by speaker."""
    voices = (
        Section(
            label="voice" if speaker else "group",
            entity=speaker,
            points=quotations(group),
            total=len(group),
        )
        for speaker, group in by_speaker(statements)
    )
    return _answer(event, words, voices, figures, works)


def _answer(
    event: EntityRef | None,
    words: str,
    voices: Iterable[Section],
    figures: Sequence[FigureRecord],
    works: Sequence[WorkRecord],
) -> Answer:
    sections = (
        *voices,
        *section("figures", points.figures(figures)),
        *section("works", [points.work(record) for record in works]),
    )
    return Answer(label="digest", subject=event, words=words, sections=sections)
