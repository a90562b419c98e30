"""Plain messages: an alias of a command, a name, a question that a fact answers, or a search.

A question is answered by a fact or not at all: what a report does not say is said to be not stated, with the
nearest that it does say a tap away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.answers.matching import stands_alone
from content.answers.questions import read_question
from content.records import EntityRef
from handlers.answering import ANSWERERS
from handlers.asked import FOCUS, Asked, show
from handlers.entities import said_about
from handlers.follow_ups import asks_for_somebody, with_person
from handlers.i18n import wording
from handlers.keyboards import entity_rows
from handlers.lookup import NAME_LIMIT, example, likeliest, miss, resolve, too_long, which_of
from handlers.pages import worded
from handlers.reply import Reply
from handlers.request import Request
from handlers.rich_text import shortened
from handlers.searching import search
from handlers.services import Services

_NEAREST = 4
_ENDS = re.compile(r"[，,；;？?。！!]+")
_WHICH = re.compile(r"[哪什][家个所间么位座]?$")
_PARTS = 3
"""Questions that one message may ask."""


_LATIN = re.compile(r"[A-Za-z]+")


_NAME_WORDS = 3
"""Words of a name in pinyin at most."""


async def ask(services: Services, request: Request) -> Reply:
    """Answer a question, or anything else that names something known or can be searched for."""
    text = request.argument
    if not text:
        return worded(request, "ask.ask", example=example("ask", await _known(services)))
    if len(text) > NAME_LIMIT:
        return too_long(request)
    parts = await _parts(services, text)
    if len(parts) == 1:
        return await _ask_one(services, request)
    replies = [await _ask_one(services, replace(request, argument=part)) for part in parts]
    return replace(replies[0], messages=tuple(one for reply in replies for one in reply.messages))


async def _ask_one(services: Services, request: Request) -> Reply:
    """Answer one question."""
    if asks_for_somebody(request.argument):
        return worded(request, "ask.whom", question=shortened(request.argument, 60))
    refs = await resolve(services, request.argument)
    if not refs:
        return await _answer_question(services, request)
    if len({ref.kind for ref in refs}) < len(refs):
        return await which_of(services, request, refs)
    # A product and a subject of one name are one thing to a reader; only namesakes have to be asked about.
    first, *others = sorted(refs, key=lambda ref: FOCUS.index(ref.kind))
    return _beside(await show(services, request, first), request, others)


async def _parts(services: Services, text: str) -> tuple[str, ...]:
    """The questions of one message, each with the person whom the first names in the place of 他."""
    pieces = [piece.strip() for piece in _ENDS.split(text) if piece.strip()]
    if not 1 < len(pieces) <= _PARTS:
        return (text,)
    people: list[str] = []
    parts = []
    for piece in pieces:
        mentions = await services.repositories.names.mentioned_in(piece)
        question = read_question(piece, [(start, end) for _, start, end in mentions])
        if question.wanted is None:
            return (text,)
        named = [ref.name for ref, _, _ in mentions if ref.kind == "person"]
        if people and not mentions and not asks_for_somebody(piece):
            parts.append(people[0] + piece)
        else:
            parts.append(with_person(piece, people[0]) if people else piece)
        people = named or people
    return tuple(parts)


def _beside(reply: Reply, request: Request, others: Sequence[EntityRef]) -> Reply:
    """A reply with buttons to the other things of the same name."""
    if not others:
        return reply
    *before, last = reply.messages
    onward = entity_rows(wording(request.language), others)
    return replace(reply, messages=(*before, replace(last, keyboard=(*last.keyboard, *onward))))


async def _answer_question(services: Services, request: Request) -> Reply:
    asked = await _read(services, request)
    if asked.question.wanted is None:
        return await _plain(asked)
    if not asked.question.negated:
        reply = await ANSWERERS[asked.question.wanted](asked)
        if reply is not None:
            return reply
    return await _not_stated(asked)


async def _read(services: Services, request: Request) -> Asked:
    """Take the question apart: known names in any script, then what it asks."""
    text, names = request.argument, services.repositories.names
    written = await names.mentioned_in(text)
    found = [(mention.start, mention.end, mention.events) for mention in await names.events_meant(text)]
    inside = {place for start, end, _ in found for place in range(start, end)}
    mentions = [(ref, start, end) for start, end, refs in found for ref in refs]
    # What an event is called holds other names, and so may any longer word: 移动 in 中国移动.
    mentions += [
        (ref, start, end)
        for ref, start, end in written
        if inside.isdisjoint(range(start, end))
        and (ref.kind != "topic" or (stands_alone(text, start, end) and not _WHICH.search(text[:start])))
    ]
    taken = {place for _, start, end in mentions for place in range(start, end)}
    mentions += await _spelled(services, text, taken)
    question = read_question(text, [(start, end) for _, start, end in mentions])
    named = tuple(dict.fromkeys(ref for ref, _, _ in mentions))
    spelled = {ref.name: text[start:end] for ref, start, end in mentions if text[start:end] != ref.name}
    return Asked(services, request, question, named, spelled)


async def _spelled(services: Services, text: str, taken: set[int]) -> list[tuple[EntityRef, int, int]]:
    """Names in pinyin, the longest first: ``what did Wang Haifeng say``."""
    words = [match.span() for match in _LATIN.finditer(text)]
    found: list[tuple[EntityRef, int, int]] = []
    for size in range(min(_NAME_WORDS, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            begin, stop = words[first][0], words[first + size - 1][1]
            if taken.isdisjoint(range(begin, stop)) and (refs := await resolve(services, text[begin:stop])):
                taken |= set(range(begin, stop))
                found += [(ref, begin, stop) for ref in refs]
    return found


async def _plain(asked: Asked) -> Reply:
    """Names and words that ask nothing: somebody's words about something, a figure, a page, or a search."""
    services, request = asked.services, asked.request
    focus = min(asked.named, key=lambda ref: FOCUS.index(ref.kind), default=None)
    others = {ref.name for ref in asked.named if focus is None or ref.name != focus.name}
    if focus is not None and not others and not asked.question.words:
        return await show(services, request, focus)
    if focus is not None and focus.kind == "person":
        about = (*others, *asked.question.words)
        reply = await said_about(services, request, focus, about) or await ANSWERERS["said"](asked)
        return reply or await _not_stated(asked)
    if asked.question.words and (reply := await ANSWERERS["number"](asked)) is not None:
        return reply
    words = " ".join((*dict.fromkeys(ref.name for ref in asked.named), *asked.question.words))
    words = words or request.argument
    for attempt in dict.fromkeys((words, request.argument)):
        _, total = await services.repositories.search.search(attempt, 1)
        if total:
            return await search(services, replace(request, command="search", argument=attempt))
    return await (miss(services, request, None) if focus is None else _not_stated(asked))


async def _not_stated(asked: Asked) -> Reply:
    """Say that no report says so, with the nearest that is known of what the question names."""
    near = tuple({ref.name: ref for ref in reversed(asked.named)}.values())[::-1]
    keyboard = entity_rows(wording(asked.request.language), near[:_NEAREST])
    key = "ask.not_stated_near" if keyboard else "ask.not_stated"
    return worded(asked.request, key, keyboard, question=shortened(asked.request.argument, 60))


async def _known(services: Services) -> str:
    people = await likeliest(services, "person", 1)
    topics = await likeliest(services, "topic", 1)
    return " ".join(ref.name for ref in (*people, *topics))
