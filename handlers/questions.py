"""Plain messages: an alias of a command, a name, a question that names something known, or a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.answers import lists
from content.answers.questions import Question, figures_about, read_question
from content.records import EntityKind, EntityRef, FigureRecord
from handlers.entities import said_about
from handlers.i18n import wording
from handlers.keyboards import entity_rows
from handlers.links import COMMAND_OF
from handlers.listings import timeline
from handlers.lookup import NAME_LIMIT, example, likeliest, miss, resolve, too_long, which_of
from handlers.pages import RECORDS, answered, worded
from handlers.reply import Reply
from handlers.request import Request
from handlers.rich_text import shortened
from handlers.searching import search
from handlers.services import Services

_FOCUS: tuple[EntityKind, ...] = ("person", "product", "organization", "event", "topic")
"""What a question with several names is about: the first of these."""
_ANSWERS = 5
"""Figures that answer a question at most with their sentences."""


async def ask(services: Services, request: Request) -> Reply:
    """Answer a question, or anything else that names something known or can be searched for."""
    text = request.argument
    if not text:
        return worded(request, "ask.ask", example=example("ask", await _known(services)))
    if len(text) > NAME_LIMIT:
        return too_long(request)
    refs = await resolve(services, text)
    if not refs:
        return await _answer_question(services, request)
    if len({ref.kind for ref in refs}) < len(refs):
        return await which_of(services, request, refs)
    # A product and a subject of one name are one thing to a reader; only namesakes have to be asked about.
    first, *others = sorted(refs, key=lambda ref: _FOCUS.index(ref.kind))
    return _beside(await show(services, request, first), request, others)


def _beside(reply: Reply, request: Request, others: Sequence[EntityRef]) -> Reply:
    """A reply with buttons to the other things of the same name."""
    if not others:
        return reply
    *before, last = reply.messages
    onward = entity_rows(wording(request.language), others)
    return replace(reply, messages=(*before, replace(last, keyboard=(*last.keyboard, *onward))))


async def show(services: Services, request: Request, ref: EntityRef) -> Reply:
    """The page of anything that has a name."""
    from handlers.commands import BY_NAME  # noqa: PLC0415 - the table lists the commands of this module

    row = BY_NAME[COMMAND_OF[ref.kind]]
    return await row.function(services, replace(request, command=row.name, argument=f"#{ref.id}"))


async def _answer_question(services: Services, request: Request) -> Reply:
    mentions = await services.repositories.names.mentioned_in(request.argument)
    question = read_question(request.argument, [(start, end) for _, start, end in mentions])
    named = [ref for ref, _, _ in mentions]
    focus = min(named, key=lambda ref: _FOCUS.index(ref.kind), default=None)
    if question.wanted == "number":
        reply = await _numbers(services, request, question, named)
    elif question.wanted == "when":
        reply = await _dates(services, request, question, named)
    elif focus is not None and focus.kind == "person":
        reply = await _words_of(services, request, question, focus, named)
    elif focus is not None and not question.words and len(named) == 1:
        reply = await show(services, request, focus)
    else:
        reply = None
    return reply or await _searched(services, request, question, focus, named)


async def _numbers(
    services: Services, request: Request, question: Question, named: Sequence[EntityRef]
) -> Reply | None:
    """The figures that answer ``飞桨有多少开发者``, each with its sentence."""
    # A subject alone may be counted; beside a name it only says what of: another's figure is no answer.
    holders = [ref for ref in named if ref.kind != "topic"] or named
    for ref in sorted(holders, key=lambda ref: _FOCUS.index(ref.kind)):
        others = tuple(other.name for other in named if other != ref and other.kind == "topic")
        found = figures_about(await _figures(services, ref), (*question.words, *others))
        if found:
            answer = lists.figures_in_sentences(found[:_ANSWERS], ref, shortened(request.argument))
            return answered(services, request, answer, argument=request.argument)
    return None


async def _figures(services: Services, ref: EntityRef) -> tuple[FigureRecord, ...]:
    repositories = services.repositories
    match ref.kind:
        case "person":
            return await repositories.people.figures(ref.id)
        case "product":
            return await repositories.products.figures(ref.id)
        case "organization":
            return await repositories.organizations.figures(ref.id)
        case "event":
            return (await repositories.figures.list(RECORDS, 0, None, ref.id))[0]
        case "topic":
            return (await repositories.figures.list(RECORDS, 0, ref.name))[0]


async def _dates(
    services: Services, request: Request, question: Question, named: Sequence[EntityRef]
) -> Reply | None:
    words = " ".join([*(ref.name for ref in named), *question.words])
    found, _ = await services.repositories.milestones.list(1, 0, words)
    if found:
        return await timeline(services, replace(request, command="timeline", argument=words))
    event = next((ref for ref in named if ref.kind == "event"), None)
    return await show(services, request, event) if event else None


async def _words_of(
    services: Services, request: Request, question: Question, person: EntityRef, named: Sequence[EntityRef]
) -> Reply | None:
    """What a person said about the rest of the question."""
    about = (*(ref.name for ref in named if ref != person), *question.words)
    if not about:
        return await show(services, request, person)
    return await said_about(services, request, person, about)


async def _searched(
    services: Services,
    request: Request,
    question: Question,
    focus: EntityRef | None,
    named: Sequence[EntityRef],
) -> Reply:
    """Sentences with all that is left of the question; the page of what it names, failing that."""
    words = " ".join([*(ref.name for ref in named), *question.words]) or request.argument
    for attempt in dict.fromkeys((words, request.argument)):
        _, total = await services.repositories.search.search(attempt, 1)
        if total:
            return await search(services, replace(request, command="search", argument=attempt))
    if focus is not None:
        return await show(services, request, focus)
    return await miss(services, request, None)


async def _known(services: Services) -> str:
    people = await likeliest(services, "person", 1)
    topics = await likeliest(services, "topic", 1)
    return " ".join(ref.name for ref in (*people, *topics))
