"""Answers to questions for a number: the figures that count what is asked for, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from content.answers import lists
from content.answers.choosing import counts, figures_about, nearly
from content.records import EntityRef, FigureRecord
from handlers.answering.events import from_events
from handlers.asked import (
    ANSWERS,
    FOCUS,
    Asked,
    sentence_answer,
    sentences_with,
)
from handlers.pages import RECORDS
from handlers.reply import Reply
from handlers.rich_text import shortened
from handlers.services import Services

_LOOKED_AT = 10
"""Figures whose neighbouring sentences are read."""


async def number(asked: Asked) -> Reply | None:
    """The figures that count what was asked for, each with its sentence."""
    focus, share = asked.question.focus, asked.question.share
    for records, left_out, ref in await _holders(asked):
        words = asked.needs(*left_out, counting=True)
        if not words and ref is not None and ref.kind == "event":
            continue  # any figure of the event would do
        found = figures_about(records, words, focus, share=share)
        if not found:
            scenes = await _scenes(asked, nearly(records, words, focus))
            found = figures_about(records, words, focus, scenes, share=share)
        if found:
            return _figure_answer(asked, found, ref)
    if not asked.question.words:
        return None
    words = asked.needs(*asked.of("event"), counting=True)
    told = await sentences_with(asked, words, lambda text: counts(focus, text))
    return sentence_answer(asked, await from_events(asked, told))


class _Holder(NamedTuple):
    """Something that has figures."""

    figures: tuple[FigureRecord, ...]
    names: tuple[EntityRef, ...]
    """What of the names in the question its figures need not hold."""
    ref: EntityRef | None


async def _holders(asked: Asked) -> list[_Holder]:
    """Everything that a question names, with its figures; at last all figures."""
    holders = []
    events = asked.of("event")
    for ref in sorted(asked.named, key=lambda ref: FOCUS.index(ref.kind)):
        same = tuple(other for other in asked.named if other.name == ref.name)
        records = await _figures(asked.services, ref)
        holders.append(_Holder(records, (*same, *(events if ref.kind == "event" else ())), ref))
    if asked.question.words:
        store = asked.services.repositories.figures
        everything = dict.fromkeys((await store.list(RECORDS, 0))[0])
        for word in asked.question.focus:
            everything |= dict.fromkeys((await store.list(RECORDS, 0, word))[0])
        holders.append(_Holder(tuple(everything), (), None))
    return holders


async def _scenes(asked: Asked, records: Sequence[FigureRecord]) -> dict[int, tuple[str, str]]:
    """The first line of the article and the sentence before, of some figures."""
    facts = asked.services.repositories.facts
    views = [await facts.source(record.evidence.fact_id) for record in records[:_LOOKED_AT]]
    return {view.evidence.fact_id: (view.opening, view.before) for view in views if view is not None}


def _figure_answer(asked: Asked, found: Sequence[FigureRecord], ref: EntityRef | None) -> Reply:
    answer = lists.figures_in_sentences(found[:ANSWERS], ref, shortened(asked.request.argument))
    return asked.reply(answer)


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
