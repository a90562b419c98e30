"""A question with what it names, and what every kind of answer is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from content.answers import lists, points
from content.answers.choosing import in_its_year
from content.answers.matching import covers, needed
from content.answers.model import Answer, Point, Section
from content.answers.pages import section, spoken
from content.answers.questions import Question
from content.answers.quotations import quotations
from content.lexicon import table
from content.records import EntityKind, EntityRef, Evidence, SearchHit, StatementRecord
from handlers.links import COMMAND_OF
from handlers.pages import RECORDS, answered
from handlers.reply import Reply
from handlers.request import Request
from handlers.rich_text import shortened
from handlers.services import Services

FOCUS: tuple[EntityKind, ...] = ("person", "product", "organization", "event", "topic")
"""What a question with several names is about: the first of these."""


_TELLING = frozenset({"who", "said", "confirm", "what", "list"})
"""Questions in which a word for saying is no word of what was said."""


ANSWERS = 5
"""Facts that answer a question at most, each with its sentence."""


_TRIES = 4
"""Words of a question that are searched for one by one where no sentence is found with all as they stand."""


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

    def needs(self, *left_out: EntityRef, counting: bool = False) -> tuple[str, ...]:
        """What an answer has to hold, word by word; of the names those that it is not looked for under."""
        gone = {ref.name for ref in left_out}
        names = (
            f"{self.written[ref.name]}|{ref.name}" if ref.name in self.written else ref.name
            for ref in self.named
            if ref.name not in gone
        )
        words = dict.fromkeys((*names, *needed(self.question.words, counting=counting)))
        if self.question.wanted not in _TELLING:
            return tuple(words)
        verbs = table("speech_verbs")
        return tuple(word for word in words if word not in verbs)

    def reply(self, answer: Answer, lead: str = "") -> Reply:
        """An answer as the page that was asked for."""
        return answered(self.services, self.request, answer, argument=self.request.argument, lead=lead)


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


async def with_sentences(asked: Asked, answer: Answer, evidence: Iterable[Evidence]) -> Answer:
    """An answer with the sentences that its facts stand in."""
    quoted = await sentences_of(asked.services, evidence)
    return replace(answer, sections=(*answer.sections, *section("quotations", quoted)))


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
    return [
        record
        for record in found
        if covers(words, record.evidence.text) and in_its_year(words, record.evidence.text)
    ]


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
    return asked.reply(answer)


def _anything(_text: str) -> bool:
    return True


async def sentences_with(
    asked: Asked, words: Sequence[str], fits: Callable[[str], bool] = _anything
) -> list[SearchHit]:
    """The sentences of any kind of fact that hold all the words, and what else is demanded of them."""
    if not words:
        return []
    search = asked.services.repositories.search
    plain = [word.split("|")[-1] for word in words]
    narrowing = dict.fromkeys((" ".join(plain), *sorted(plain, key=len, reverse=True)[:_TRIES]))
    found: dict[str, SearchHit] = {}
    for query in narrowing:
        hits, _ = await search.search(query, RECORDS)
        for hit in hits:
            text = hit.evidence.text
            if covers(words, text) and in_its_year(words, text) and fits(text):
                found.setdefault(text, hit)
        if found:
            break
    return list(found.values())[:ANSWERS]


def sentence_answer(asked: Asked, found: Sequence[SearchHit]) -> Reply | None:
    """Sentences under whoever said them; None where there are none."""
    if not found:
        return None
    answer = replace(lists.hits(found, shortened(asked.request.argument), len(found)), label="answer")
    return asked.reply(answer)
