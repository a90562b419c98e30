"""Inline mode: ``@bot 王海峰`` in any chat shows people, subjects, figures and quotations as cards to send.

Everything comes from what is published, whoever asks. The results stand on shelves, one behind the other; an
offset is a place on them, so that a page costs what is on it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from content.answers import Answer
from content.answers import pages as answers
from content.answers.choosing import figures_about
from content.answers.comparing import with_words
from content.answers.points import post_label
from content.answers.questions import Question, read_question
from content.records import EntityRef, StatementRecord
from handlers.asked import FOCUS
from handlers.i18n import wording
from handlers.inline_cards import Card, entity_card, figure_card, quotation_card, word_marks
from handlers.links import COMMAND_OF, INLINE_PAYLOAD
from handlers.lookup import NAME_LIMIT, likeliest, resolve
from handlers.pages import RECORDS
from handlers.render import Context
from handlers.reply import dumps
from handlers.request import Request
from handlers.rich_text import neutral
from handlers.services import Services

PAGE = 20
"""Results at once; Telegram takes 50."""
CACHED = 60
"""Seconds that Telegram may show the same again: what is retracted is soon gone everywhere."""
_DEEPEST = 5_000
_OFFSET = re.compile(r"[1-9][0-9]{0,3}")
_NAMES = 8
"""Names that one query can mean at most."""
_SHOWN = 5
"""Facts of a kind on the card of a name."""
_NEWEST = 3
"""Names of a kind that an empty query shows."""

Take = Callable[[int, int], Awaitable[tuple[Sequence[Card | None], int]]]
"""Gives the cards from a place on, so many at most, and how many there are altogether; None stands for what
another shelf shows."""


Permits = Callable[[str], bool]
_T = TypeVar("_T")


async def results(services: Services, request: Request, offset: str, permits: Permits) -> dict[str, str]:
    """The fields of ``answerInlineQuery`` but for the query's number.

    Args:
        services: everything shared.
        request: who asks what, in which language.
        offset: where the last page ended, as Telegram gives it back; anything else has no results.
        permits: whether the person may use a row of the command table; what shows the same as a row that
            they may not use is left out.
    """
    t = wording(request.language)
    context = Context(t, services.bot_username)
    begin = 0 if not offset else int(offset) if _OFFSET.fullmatch(offset) else None
    page = _Page((), 0, more=False)
    if begin is not None:
        query = " ".join(neutral(request.argument).split())
        shelves = await (_found if query else _newest)(services, context, query, permits)
        page = await _page(shelves, begin)
        while page.more and not page.cards and begin < _DEEPEST:
            begin += page.taken
            page = await _page(shelves, begin)
    more = begin is not None and page.more and begin + page.taken < _DEEPEST
    fields = {
        "results": dumps([card.payload(context) for card in page.cards]),
        "cache_time": str(CACHED if services.ready.is_set() else 0),
        # The wording is in the person's language, so no answer is good for anybody else.
        "is_personal": "true",
        "next_offset": str((begin or 0) + page.taken) if more else "",
    }
    if not page.cards and not begin:
        button = {"text": t("inline.nothing"), "start_parameter": INLINE_PAYLOAD}
        fields["button"] = dumps(button)
    return fields


@dataclass(frozen=True, slots=True)
class _Page:
    cards: Sequence[Card]
    taken: int
    """Places on the shelves that it stands for; what came before under another heading is not shown twice."""
    more: bool


async def _page(shelves: Sequence[Take], begin: int) -> _Page:
    """The cards from a place on."""
    cards: dict[str, Card] = {}
    before, taken = begin, 0
    for take in shelves:
        if taken == PAGE:
            _, total = await take(0, 1)
            if total:
                return _Page(tuple(cards.values()), taken, more=True)
            continue
        found, total = await take(before, PAGE - taken)
        for card in found:
            if card is not None:
                cards.setdefault(card.id, card)
        taken += len(found)
        if before + len(found) < total:
            return _Page(tuple(cards.values()), taken, more=True)
        before = max(0, before - total)
    return _Page(tuple(cards.values()), taken, more=False)


async def _newest(services: Services, context: Context, _query: str, permits: Permits) -> list[Take]:
    """What to show to somebody who has typed nothing yet: the likeliest names, the newest facts."""
    repositories = services.repositories
    names = [
        ref
        for kind in ("event", "person", "topic", "organization")
        if permits(COMMAND_OF[kind])
        for ref in await likeliest(services, kind, _NEWEST)
    ]
    shelves = [_names(services, context, names)]
    if permits("figures"):
        figures, _ = await repositories.figures.list(_SHOWN)
        shelves.append(_ready(figures, partial(figure_card, context)))
    if permits("search"):

        async def said(offset: int, limit: int) -> tuple[list[Card | None], int]:
            found, total = await repositories.facts.statements(limit, offset)
            return [quotation_card(context, one.evidence, one.person, said=True) for one in found], total

        shelves.append(said)
    return shelves


async def _found(services: Services, context: Context, query: str, permits: Permits) -> list[Take]:
    """Names, then what their people said, then figures and sentences that hold the words."""
    mentions = await services.repositories.names.mentioned_in(query)
    question = read_question(query, [(start, end) for _, start, end in mentions])
    people = {ref: (start, end) for ref, start, end in mentions if ref.kind == "person"}
    others = [query[start:end] for _, start, end in mentions if (start, end) not in people.values()]
    rest = " ".join(dict.fromkeys((*others, *question.words)))
    written = dict.fromkeys(query[start:end] for _, start, end in mentions)
    words = " ".join((*written, *question.words)) if question.wanted else query
    named = await _named(services, query, [ref for ref, _, _ in mentions])
    if question.wanted and any(ref.kind != "topic" for ref in named):
        # 开发 in 飞桨有多少开发者 is no subject of the question.
        named = [ref for ref in named if ref.kind != "topic"]
    shelves = [_names(services, context, [ref for ref in named if permits(COMMAND_OF[ref.kind])])]
    if permits("speaker"):
        for person in list(people)[:_SHOWN]:
            shelves += await _of_person(services, context, person, rest, figures=permits("figures"))
    told = set(people) if permits("speaker") else set()
    texts = [_sentences(services, context, words or query, told, rest)] if permits("search") else []
    counts = [_figures(services, context, words or query)] if permits("figures") else []
    if question.wanted == "number":
        answer = [await _counted(services, context, words or query, question)] if counts else []
        return [*answer, *shelves, *counts, *texts]
    return [*shelves, *texts, *counts]


async def _counted(services: Services, context: Context, words: str, question: Question) -> Take:
    """The figures that count what was asked for: they come before whatever else stands in such sentences."""
    found, _ = await services.repositories.figures.list(RECORDS, 0, words)
    exact = figures_about(found, question.words, question.focus, share=question.share)
    return _ready(exact, partial(figure_card, context))


async def _named(services: Services, query: str, mentioned: Sequence[EntityRef]) -> list[EntityRef]:
    """What a query may name: exactly, within it, by its beginning; or else what comes near."""
    names = services.repositories.names
    if len(query) > NAME_LIMIT:
        return list(dict.fromkeys(mentioned))[:_NAMES]
    exact = sorted(await resolve(services, query), key=lambda ref: FOCUS.index(ref.kind))
    begun = await names.complete(query, limit=_NAMES)
    found = dict.fromkeys((*exact, *mentioned, *begun)) or dict.fromkeys(await names.nearest(query))
    return list(found)[:_NAMES]


async def _of_person(
    services: Services, context: Context, person: EntityRef, words: str, *, figures: bool
) -> list[Take]:
    """What somebody said, and the figures that they gave, with the words in it."""
    people = services.repositories.people
    statements, _ = await people.statements(person.id, RECORDS)
    said = [one for one in statements if with_words(one.evidence.text, words)]
    given = await people.figures(person.id) if figures else ()
    counted = [one for one in given if with_words(one.sentence, words)]

    def quoted(one: StatementRecord) -> Card:
        marks = word_marks(one.evidence.text, words.split())
        return quotation_card(context, one.evidence, person, said=True, marks=marks)

    return [_ready(said, quoted), _ready(counted, partial(figure_card, context))]


def _sentences(
    services: Services, context: Context, words: str, told: Collection[EntityRef], rest: str
) -> Take:
    """Sentences with the words, without those that came before: some people's, with the rest of the words."""

    async def take(offset: int, limit: int) -> tuple[list[Card | None], int]:
        found, total = await services.repositories.search.search(words, limit, offset)
        return [
            None
            if hit.person in told and with_words(hit.evidence.text, rest)
            else quotation_card(
                context, hit.evidence, hit.person, said=hit.kind == "statement", marks=hit.marks
            )
            for hit in found
        ], total

    return take


def _figures(services: Services, context: Context, words: str) -> Take:
    async def take(offset: int, limit: int) -> tuple[list[Card | None], int]:
        found, total = await services.repositories.figures.list(limit, offset, words)
        return [figure_card(context, record) for record in found], total

    return take


def _ready(records: Sequence[_T], card: Callable[[_T], Card]) -> Take:
    """Records at hand, of which only those that are shown become cards."""

    async def take(offset: int, limit: int) -> tuple[list[Card | None], int]:
        return [card(record) for record in records[offset : offset + limit]], len(records)

    return take


def _names(services: Services, context: Context, refs: Sequence[EntityRef]) -> Take:
    async def take(offset: int, limit: int) -> tuple[list[Card | None], int]:
        return [await _card(services, context, ref) for ref in refs[offset : offset + limit]], len(refs)

    return take


async def _card(services: Services, context: Context, ref: EntityRef) -> Card:
    """The card of a name: the first that its page says."""
    repositories, total = services.repositories, 0
    description = await repositories.names.describe(ref) or ""
    match ref.kind:
        case "person":
            posts = await repositories.people.posts(ref.id)
            statements, total = await repositories.people.statements(ref.id, 1)
            total += len(posts) - len(statements)
            answer = answers.about_person(ref, posts=posts[:_SHOWN], statements=statements, total=total)
            description = "; ".join(map(post_label, posts[:_SHOWN])) or description
        case "organization":
            members = await repositories.organizations.members(ref.id)
            products = await repositories.organizations.products(ref.id)
            answer = answers.about_organization(ref, members=members[:_SHOWN], products=products[:_SHOWN])
            total = len(members) + len(products)
            description = ", ".join(one.person.name for one in members[:_SHOWN])
        case "event":
            event = await repositories.events.get(ref.id)
            answer = answers.about_event(event) if event else Answer(label="event", subject=ref)
            places = (event.venue, event.city) if event else ()
            when = context.t.date(description) if description else ""
            description = ", ".join(part for part in (when, *places) if part)
        case "topic":
            statements, total = await repositories.topics.statements(ref.id, 2)
            answer = answers.about_topic(ref, statements=statements, total=total)
            description = statements[0].evidence.text if statements else description
        case "product":
            mentions = await repositories.products.mentions(ref.id)
            figures = await repositories.products.figures(ref.id)
            answer = answers.about_product(ref, mentions=mentions[:1], figures=figures[:_SHOWN])
            total = max(len(figures), 1)
            description = mentions[0].organization.name if mentions and mentions[0].organization else ""
    return entity_card(context, ref, answer, description, total)
