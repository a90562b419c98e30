"""Sentences of one speaker to quotations: what follows on in one article is shown in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from content.answers.model import Marks, Point
from content.folding import fold_text
from content.records import EntityRef, StatementRecord

_LINE_BREAK = 1
"""Code points between two sentences that can be nothing but one blank or line end."""


def quotations(
    statements: Iterable[StatementRecord], word: str = "", limit: int | None = None
) -> tuple[Point, ...]:
    """Quotations in the order of the statements, each cited by its first sentence.

    Args:
        statements: of one speaker, in text order within each article.
        word: what to mark in them.
        limit: code points up to which sentences that follow on make one quotation; any number where None.
    """
    return tuple(_quotation(run, word) for run in _runs(statements, limit))


def by_speaker(
    statements: Iterable[StatementRecord],
) -> tuple[tuple[EntityRef | None, tuple[StatementRecord, ...]], ...]:
    """Statements under their speakers, in order of first appearance; None is a group, and stands last."""
    groups: dict[EntityRef | None, list[StatementRecord]] = {}
    for statement in statements:
        groups.setdefault(statement.person, []).append(statement)
    ordered = sorted(groups.items(), key=lambda item: item[0] is None)
    return tuple((speaker, tuple(group)) for speaker, group in ordered)


def marks(text: str, word: str) -> Marks:
    """Where a word stands in a text, in either script, whatever its case and width.

    Every blank-separated part of the word is looked for, the longest first; marks do not overlap.
    """
    folded, offsets = fold_text.with_offsets(text)
    found: list[tuple[int, int]] = []
    for part in sorted(set(fold_text(word).split()), key=len, reverse=True):
        start = folded.find(part)
        while start >= 0:
            end = start + len(part)
            place = offsets[start], offsets[end - 1] + 1
            if all(place[1] <= first or last <= place[0] for first, last in found):
                found.append(place)
            start = folded.find(part, end)
    return tuple(sorted(found))


def _runs(statements: Iterable[StatementRecord], limit: int | None = None) -> Iterator[list[StatementRecord]]:
    run: list[StatementRecord] = []
    for statement in statements:
        full = run and limit is not None and statement.evidence.end - run[0].evidence.start > limit
        if run and (full or not _follows(run[-1], statement)):
            yield run
            run = []
        run.append(statement)
    if run:
        yield run


def _follows(before: StatementRecord, after: StatementRecord) -> bool:
    first, second = before.evidence, after.evidence
    same = first.source.article_id == second.source.article_id
    return same and 0 <= second.start - first.end <= _LINE_BREAK


def _quotation(run: list[StatementRecord], word: str) -> Point:
    text = run[0].evidence.text
    for before, after in pairwise(run):
        gap = after.evidence.start - before.evidence.end
        text += "\n" * gap + after.evidence.text
    return Point(
        kind="quotation",
        text=text,
        citation=run[0].evidence,
        marks=marks(text, word),
        entity=run[0].person,
    )
