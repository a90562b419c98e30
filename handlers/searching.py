"""/search and /source: sentences by their words, and a fact in its article."""

from __future__ import annotations

from content.answers import lists
from content.records import SourceView
from handlers.i18n import wording
from handlers.keyboards import entity_button, entity_rows
from handlers.links import fact_link
from handlers.lookup import NAME_LIMIT, example, likeliest, miss, too_long
from handlers.pages import RECORDS, answered, context_of, laid_out, worded
from handlers.paging import Block
from handlers.render import source_label
from handlers.reply import Button, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, joined, shortened
from handlers.services import Services

_BUTTON_URL = ("http://", "https://")


async def search(services: Services, request: Request) -> Reply:
    """Sentences that hold all the words."""
    t = wording(request.language)
    if not request.argument:
        topics = await likeliest(services, "topic")
        name = topics[0].name if topics else "…"
        return worded(
            request, "ask.search", entity_rows(t, topics, mode="="), example=example("search", name)
        )
    if len(request.argument) > NAME_LIMIT:
        return too_long(request)
    found, total = await services.repositories.search.search(request.argument, RECORDS)
    if not found:
        return await miss(services, request, None)
    answer = lists.hits(found, shortened(request.argument), total)
    return answered(services, request, answer, argument=request.argument, total=total)


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
