"""The fields of each kind of fact, and whether an article bears out what an editor writes into one.

The law of the product holds for editors too: what a fact says stands in its article. Words are taken over
as the article writes them, a number must be one that the fact's sentence gives, a date one whose parts the
article or its own date gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import Any, Literal, get_args

from content.dates import find_dates
from content.folding import fold_text
from content.model import Comparator, Period, Role, WorkKind
from content.numerals import find_numbers
from content.records import FactKind

FieldType = Literal["name", "names", "words", "number", "date", "choice"]
LONGEST = 200
"""Code points of a value at most."""
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SEPARATORS = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a kind of fact."""

    name: str
    type: FieldType = "words"
    required: bool = False
    nearby: bool = False
    """Whether the fact's own sentence has to say it, not just the article."""
    choices: tuple[str, ...] = ()


FIELDS: Mapping[FactKind, tuple[Field, ...]] = {
    "event": (
        Field(name="name", type="name", required=True),
        Field(name="date", type="date"),
        Field(name="venue"),
        Field(name="city"),
        Field(name="theme"),
        Field(name="hosts", type="names"),
    ),
    "participant": (
        Field(name="person", type="name", required=True),
        Field(name="role", type="choice", required=True, choices=get_args(Role)),
    ),
    "affiliation": (
        Field(name="person", type="name", required=True),
        Field(name="organization", type="name"),
        Field(name="title"),
    ),
    "statement": (Field(name="person", type="name"),),
    "figure": (
        Field(name="text", required=True, nearby=True),
        Field(name="value", type="number", required=True, nearby=True),
        Field(name="value_max", type="number", nearby=True),
        Field(name="unit", nearby=True),
        Field(name="comparator", type="choice", required=True, choices=get_args(Comparator)),
        Field(name="subject"),
        Field(name="period", type="choice", choices=get_args(Period)),
        Field(name="as_of", type="date"),
    ),
    "work": (
        Field(name="title", required=True, nearby=True),
        Field(name="kind", type="choice", required=True, choices=get_args(WorkKind)),
        Field(name="by", type="name"),
    ),
    "product": (
        Field(name="name", type="name", required=True),
        Field(name="organization", type="name"),
    ),
    "milestone": (
        Field(name="date", type="date", required=True),
        Field(name="text", required=True, nearby=True),
    ),
}
"""What can be edited, in the order in which it is shown."""


class NoEvidenceError(ValueError):
    """The article does not bear a value out; ``cause`` says how.

    ``empty``: a value has to be given; ``long``: it is longer than any; ``choice``: it is none of the
    choices; ``words``, ``sentence``: the article, or the fact's sentence, does not say so; ``number``: it is
    no number, or not one of the sentence; ``date``: it is no date, or not one of the article.
    """

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a value has to be borne out by."""

    article: str
    sentence: str
    published: str | None = None
    """ISO date of the article, as partial as it is known."""


def field_of(kind: FactKind, name: str) -> Field | None:
    """The field of a kind by its name."""
    return next((field for field in FIELDS[kind] if field.name == name), None)


def read_value(field: Field, written: str, ground: Ground) -> Any:
    """The value that an editor means, as the article writes it.

    Args:
        field: which field it is for.
        written: what the editor wrote; nothing or ``-`` leaves the field empty.
        ground: what has to bear it out.

    Raises:
        NoEvidenceError: it does not, or no such value is possible.
    """
    written = written.strip()
    if written in {"", "-", "—", "无", "無"}:
        if field.required:
            raise NoEvidenceError("empty")
        return [] if field.type == "names" else None
    if len(written) > LONGEST:
        raise NoEvidenceError("long")
    return _READERS[field.type](field, written, ground)


def _words(field: Field, written: str, ground: Ground) -> str:
    found = as_written(written, ground.sentence if field.nearby else ground.article)
    if found is None:
        raise NoEvidenceError("sentence" if field.nearby else "words")
    return found


def as_written(words: str, text: str) -> str | None:
    """How a text writes some words, whatever their script and width; None where it does not."""
    if words in text:
        return words
    wanted = fold_text(words).strip()
    folded, offsets = fold_text.with_offsets(text)
    place = folded.find(wanted) if wanted else -1
    return None if place < 0 else text[offsets[place] : offsets[place + len(wanted)]]


def _names(field: Field, written: str, ground: Ground) -> list[str]:
    parts = [part.strip() for part in _SEPARATORS.split(written)]
    return [_words(field, part, ground) for part in parts if part]


def _number(_field: Field, written: str, ground: Ground) -> float:
    given = {number.value for number in find_numbers(fold_text(written), 0, len(fold_text(written)))}
    reading = fold_text(ground.sentence)
    said = {
        value
        for number in find_numbers(reading, 0, len(reading))
        for value in (number.value, number.value_max)
        if value is not None
    }
    for value in given:
        if any(isclose(value, one, rel_tol=1e-9) for one in said):
            return value
    raise NoEvidenceError("number")


def _date(_field: Field, written: str, ground: Ground) -> str:
    iso = _ISO.fullmatch(written)
    found = find_dates(written) if iso is None else ()
    year, month, day = (
        (int(iso[1]), int(iso[2] or 0), int(iso[3] or 0))
        if iso
        else (found[0].year or 0, found[0].month or 0, found[0].day or 0)
        if found
        else (0, 0, 0)
    )
    if not year or (day and not month):
        raise NoEvidenceError("date")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise NoEvidenceError("date") from None
    own = [int(part) for part in (ground.published or "").split("-") if part.isdecimal()]
    said = [(one.year, one.month, one.day) for one in find_dates(ground.article)]
    said.append((*own, None, None, None)[:3])  # type: ignore[arg-type] # three of them, whatever is known
    # A report names the year once and days by themselves: each part has to be said, not all in one place.
    if year not in {one[0] for one in said} or (month and month not in {one[1] for one in said}):
        raise NoEvidenceError("date")
    if day and day not in {one[2] for one in said}:
        raise NoEvidenceError("date")
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
    return "-".join(parts)


def _choice(field: Field, written: str, _ground: Ground) -> str:
    if written not in field.choices:
        raise NoEvidenceError("choice")
    return written


_READERS: Mapping[FieldType, Callable[[Field, str, Ground], Any]] = {
    "name": _words,
    "names": _names,
    "words": _words,
    "number": _number,
    "date": _date,
    "choice": _choice,
}
