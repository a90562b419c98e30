"""A question with what it names, and what every kind of answer is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from content.answers import points
from content.answers.model import Answer, Point, Section
from content.answers.pages import section, spoken
from content.answers.questions import (
    Question,
    covers,
)
from content.answers.quotations import quotations
from content.records import EntityKind, EntityRef, Evidence, StatementRecord
from handlers.links import COMMAND_OF
from handlers.pages import RECORDS, answered
from handlers.reply import Reply
from handlers.request import Request
from handlers.rich_text import shortened
from handlers.services import Services

FOCUS: tuple[EntityKind, ...] = ("person", "product", "organization", "event", "topic")
"""What a question with several names is about: the first of these."""


ANSWERS = 5
"""Facts that answer a question at most, each with its sentence."""


SPOKEN = 3_000
"""Statements that are looked through for a question that names nobody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it names."""

    services: Services
    request: Request
    question: Question
    named: tuple[EntityRef, ...]
    written: Mapping[str, str]
    """How the question writes each name, where that is not its own."""

    def of(self, *kinds: EntityKind) -> tuple[EntityRef, ...]:
        """What of some kinds it names."""
        return tuple(ref for ref in self.named if ref.kind in kinds)

    def words(self, *left_out: EntityRef) -> tuple[str, ...]:
        """All that the answer has to hold: the words, and the names but for those it is looked for under."""
        gone = {ref.name for ref in left_out}
        names = dict.fromkeys(
            f"{self.written[ref.name]}|{ref.name}" if ref.name in self.written else ref.name
            for ref in self.named
            if ref.name not in gone
        )
        return (*names, *self.question.words)


async def show(services: Services, request: Request, ref: EntityRef) -> Reply:
    """The page of anything that has a name."""
    from handlers.commands import BY_NAME  # noqa: PLC0415 - the table lists the commands of this module

    row = BY_NAME[COMMAND_OF[ref.kind]]
    return await row.function(services, replace(request, command=row.name, argument=f"#{ref.id}"))


async def sentences_of(services: Services, evidence: Iterable[Evidence]) -> list[Point]:
    """The sentences in which facts stand, each once."""
    quoted: dict[str, Point] = {}
    for one in evidence:
        view = await services.repositories.facts.source(one.fact_id)
        if view is not None:
            quoted.setdefault(view.sentence, Point(kind="quotation", text=view.sentence, citation=one))
    return list(quoted.values())


async def statements_with(
    asked: Asked, people: Sequence[EntityRef], words: Sequence[str]
) -> list[StatementRecord]:
    """The statements of some people, or of anybody, that hold all the words."""
    repositories = asked.services.repositories
    found: list[StatementRecord] = []
    if people:
        for person in people:
            found += (await repositories.people.statements(person.id, RECORDS))[0]
    else:
        found += (await repositories.facts.statements(SPOKEN))[0]
    return [record for record in found if covers(words, record.evidence.text)]


def spoken_answer(asked: Asked, found: Sequence[StatementRecord], words: Sequence[str]) -> Reply | None:
    """What was said, under its speakers; None where it is nothing."""
    if not found:
        return None
    marked, people = " ".join(words).replace("|", " "), {record.person for record in found}
    person = next(iter(people)) if len(people) == 1 else None
    sections: tuple[Section, ...] = (
        section("statements", quotations(found, marked), total=len(found))
        if person is not None
        else spoken(found, marked, len(found))
    )
    answer = Answer(
        label="speaker" if person else "answer",
        subject=person,
        words="" if person else shortened(asked.request.argument),
        sections=sections,
        onward=points.onward(record.person for record in found if person is None),
    )
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)
