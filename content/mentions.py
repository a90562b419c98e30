"""Which known names a fact is about, judged by where they stand in its passage."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeVar

from content.gazetteer import Gazetteer, Mention

_T = TypeVar("_T")
_CLAUSE_ENDS = "，,；;。：:！!？?"
_GROUP_ENDS = "；;。！!？?"


def in_passage(passage: str, names: Gazetteer[_T]) -> set[_T]:
    """Everything that a passage names."""
    return _values(names.find(passage))


def in_figure(passage: str, start: int, end: int, subject: str | None, names: Gazetteer[_T]) -> set[_T]:
    """What a figure is a figure of, among the known names.

    Named in its subject or its clause; failing that, named last before it in the same group of clauses:
    开放了百度翻译API，目前每天翻译量已达千亿字符.

    Args:
        passage: the passage that holds the figure.
        start: offset of the figure in the passage, code points.
        end: where it ends.
        subject: what the text names as the subject.
        names: the known names.
    """
    found = list(names.find(passage))
    clause = _between(passage, start, end, _CLAUSE_ENDS)
    near = [mention for mention in found if _inside(mention, clause)]
    if named := _values(chain(near, names.find(subject or ""))):
        return named
    group_start, _ = _between(passage, start, end, _GROUP_ENDS)
    before = [mention for mention in found if _inside(mention, (group_start, start))]
    if not before:
        return set()
    last = max(mention.end for mention in before)
    return _values(mention for mention in before if mention.end == last)


def _between(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    """The stretch of text around a span up to the nearest of the marks."""
    while start > 0 and text[start - 1] not in marks:
        start -= 1
    while end < len(text) and text[end] not in marks:
        end += 1
    return start, end


def _inside(mention: Mention[_T], span: tuple[int, int]) -> bool:
    return span[0] <= mention.start and mention.end <= span[1]


def _values(mentions: Iterable[Mention[_T]]) -> set[_T]:
    return {value for mention in mentions for value in mention.values}
