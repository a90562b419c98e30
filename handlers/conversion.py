"""Articles in traditional characters, for those who asked for it; whoever shows it marks it as converted.

OpenCC's ``s2tw`` changes characters, never words, so that places in a text stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import cast

from content.answers import Answer, Note, Point, Section
from content.records import EntityRef


def converted(answer: Answer) -> Answer:
    """An answer whose words of articles are in traditional characters; itself where they are already."""
    return replace(
        answer,
        subject=_ref(answer.subject),
        of=_ref(answer.of),
        sections=tuple(_section(section) for section in answer.sections),
    )


def in_traditional(text: str) -> str:
    """A text in traditional characters, as long as it was."""
    changed = _converter()(text)
    return changed if len(changed) == len(text) else text


def _section(section: Section) -> Section:
    points = tuple(_point(point) for point in section.points)
    return replace(section, entity=_ref(section.entity), points=points)


def _point(point: Point) -> Point:
    notes = tuple(Note(note.label, in_traditional(note.value)) for note in point.notes)
    return replace(point, text=in_traditional(point.text), entity=_ref(point.entity), notes=notes)


def _ref(ref: EntityRef | None) -> EntityRef | None:
    return None if ref is None else replace(ref, name=in_traditional(ref.name))


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - needed only by those who asked for it

    return cast("Callable[[str], str]", OpenCC("s2tw").convert)
