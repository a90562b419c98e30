"""/search and /source: sentences by their words, and a fact in its article."""

from __future__ import annotations

from dataclasses import replace

from content.answers import lists
from content.folding import fold_text
from content.query import SearchQuery, read_query, unsorted
from content.records import EntityKind, EntityRef, SourceView
from handlers.callbacks import Press
from handlers.i18n import Wording, wording
from handlers.keyboards import entity_button, entity_rows, press_button
from handlers.links import fact_link
from handlers.lookup import example, likeliest, miss, resolve, too_long
from handlers.pages import RECORDS, answered, context_of, laid_out, worded
from handlers.paging import Block
from handlers.render import source_label
from handlers.reply import Button, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, joined, shortened
from handlers.services import Services
from storage.search import Filters

QUERY_LIMIT = 200
"""Code points of a search at most."""
_PARTIAL = 20
"""Sentences with some of the words that are shown at most."""
_RUNS, _NAMES = 6, 4
"""Runs of a search that are looked up as names, and names of each thing that are looked for."""
_BUTTON_URL = ("http://", "https://")


async def search(services: Services, request: Request) -> Reply:
    """Sentences that hold all the words and pass all the filters, the best first or the newest."""
    t = wording(request.language)
    if not request.argument:
        topics = await likeliest(services, "topic")
        name = topics[0].name if topics else "…"
        return worded(
            request, "ask.search", entity_rows(t, topics, mode="="), example=example("search", name)
        )
    if len(request.argument) > QUERY_LIMIT:
        return too_long(request, QUERY_LIMIT)
    query = read_query(request.argument)
    if query.refused:
        return worded(request, "search.refused", filter=shortened(query.refused[0], 30))
    filters = await _filters(services, request, query)
    return filters if isinstance(filters, Reply) else await _found(services, request, query, filters)


async def _found(services: Services, request: Request, query: SearchQuery, filters: Filters | None) -> Reply:
    t = wording(request.language)
    found = await services.repositories.search.find(
        query.words,
        RECORDS,
        filters=filters,
        newest=query.newest,
        alike=await _alike(services, query.words),
    )
    if not found.hits and not found.partial:
        return await miss(services, request, None)
    answer = lists.hits(found.hits, shortened(request.argument), found.total, found.partial[:_PARTIAL])
    return answered(
        services,
        request,
        answer,
        argument=request.argument,
        extra=_orders(t, request.argument, query) if len(found.hits) > 1 else (),
        total=found.total,
        lead="" if found.hits else t("search.partial_only"),
        more=found.more,
    )


def _orders(t: Wording, argument: str, query: SearchQuery) -> Keyboard:
    """A button to the other order, where it can carry the words."""
    if not query.words:
        return ()
    other = unsorted(argument) if query.newest else f"{argument} sort:new"
    press = Press("search", other, mode="=")
    label = t("button.ranked" if query.newest else "button.newest")
    return ((press_button(label, press),),) if press.fits else ()


async def _filters(services: Services, request: Request, query: SearchQuery) -> Filters | Reply | None:
    """What the filters stand for; the nearest names where one names nothing."""
    if not query.filtered:
        return None
    found: dict[EntityKind, tuple[int, ...] | None] = {}
    wanted: tuple[tuple[EntityKind, tuple[str, ...]], ...] = (
        ("person", query.speakers),
        ("organization", query.organizations),
        ("event", query.events),
    )
    for kind, names in wanted:
        meant = {name: await _meant(services, kind, name) for name in names}
        missed = next((name for name, refs in meant.items() if not refs), None)
        if missed is not None:
            return await miss(services, replace(request, argument=missed), kind)
        found[kind] = tuple(ref.id for refs in meant.values() for ref in refs) if names else None
    return Filters(
        people=found["person"],
        organizations=found["organization"],
        events=found["event"],
        years=query.years or None,
        figure=query.figures[0] if query.figures else None,
    )


async def _meant(services: Services, kind: EntityKind, name: str) -> tuple[EntityRef, ...]:
    """What the value of a filter names; of organisations their parts too, of events also short names."""
    names = services.repositories.names
    refs = await resolve(services, name, kind)
    if kind == "event" and not refs:
        refs = tuple(ref for mention in await names.events_meant(name) for ref in mention.events)
    if kind == "organization":
        near = await names.complete(name, {"organization"})
        refs = tuple(dict.fromkeys((*refs, *(ref for ref in near if ref.name.startswith(name)))))
    return refs


async def _alike(services: Services, words: str) -> dict[str, tuple[str, ...]]:
    """The other names of what a run of the words names: 飞桨 and PaddlePaddle, wanghaifeng and 王海峰."""
    names = services.repositories.names
    found: dict[str, tuple[str, ...]] = {}
    for run in words.split()[:_RUNS]:
        folded = fold_text(run)
        called = [alias for ref in await resolve(services, run) for alias in await names.called(ref)]
        others = dict.fromkeys(alias for alias in called if fold_text(alias) != folded)
        if others:
            found[folded] = tuple(others)[:_NAMES]
    return found


async def source(services: Services, request: Request) -> Reply:
    """A fact marked in its sentence, with the sentences around it and what is known of the article."""
    number = request.argument.removeprefix("f_").removeprefix("#").strip()
    if not number:
        return worded(request, "ask.source")
    known = number.isascii() and number.isdecimal() and len(number) < 19
    view = await services.repositories.facts.source(int(number)) if known else None
    if view is None:
        return worded(request, "miss.source", id=shortened(request.argument, 20))
    return _shown(services, request, view)


def _shown(services: Services, request: Request, view: SourceView) -> Reply:
    context = context_of(services, request)
    t = context.t
    title = RichText().own(t("heading.source", kind=t(f"fact.{view.kind}")), "bold").build()
    body = [Block(_quoted(view)), Block(_article(t.language, view))]
    address = fact_link(services.bot_username, view.evidence.fact_id)
    buttons = [Button(t("button.copy_link"), copy=address)]
    url = view.evidence.source.url
    if url and url.startswith(_BUTTON_URL):
        buttons.insert(0, Button(t("button.article"), url=url))
    onward: Keyboard = ((entity_button(t, view.subject),),) if view.subject else ()
    fact = f"#{view.evidence.fact_id}"
    return laid_out(context, request, title, body, fact, (*onward, tuple(buttons)))


def _quoted(view: SourceView) -> Text:
    inner = RichText()
    if view.before:
        inner.add(view.before).own("\n")
    inner.marked(view.sentence, ((view.fact_start, view.fact_end),), "underline")
    if view.after:
        inner.own("\n").add(view.after)
    return RichText().quote(inner.build()).build()


def _article(language: str, view: SourceView) -> Text:
    t = wording(language)
    article = view.evidence.source
    lines = []
    if article.title:
        lines.append(RichText().compose(t.template("source.title"), title=article.title).build())
    lines.append(RichText().compose(t.template("source.from"), source=source_label(t, article)).build())
    if article.published_note:
        note = RichText().compose(t.template("source.published_note"), note=article.published_note)
        lines.append(note.build())
    place = {"start": t.number(view.evidence.start + 1), "end": t.number(view.evidence.end)}
    lines.append(RichText().own(t("source.place", **place)).build())
    return joined(lines, "\n")
