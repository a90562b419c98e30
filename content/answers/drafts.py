"""Records of one article to what readers would see of it, all on one page."""

from __future__ import annotations

from collections.abc import Sequence

from content.answers import points
from content.answers.model import Answer
from content.answers.pages import section, spoken
from content.records import FigureRecord, MilestoneRecord, ParticipationRecord, StatementRecord, WorkRecord


def article(
    *,
    participants: Sequence[ParticipationRecord] = (),
    statements: Sequence[StatementRecord] = (),
    figures: Sequence[FigureRecord] = (),
    works: Sequence[WorkRecord] = (),
    milestones: Sequence[MilestoneRecord] = (),
) -> Answer:
    """Who took part, who said what, which figures, works and dates."""
    return Answer(
        label="draft",
        sections=(
            *section("members", [points.participant(record) for record in participants]),
            *spoken(statements, total=len(statements)),
            *section("figures", points.figures(figures)),
            *section("works", [points.work(record) for record in works]),
            *section("milestones", [points.milestone(record) for record in milestones]),
        ),
    )
