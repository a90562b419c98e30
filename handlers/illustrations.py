"""/card /chart /network /chronicle: pictures with their words beside them, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from content.pictures import compose
from content.records import EntityRef
from handlers.callbacks import Press
from handlers.captions import caption
from handlers.i18n import wording
from handlers.keyboards import pager, press_button
from handlers.listings import nothing
from handlers.lookup import NAME_LIMIT, miss, show_named, too_long
from handlers.pages import RECORDS, context_of, worded
from handlers.pictures import draw
from handlers.reply import Keyboard, Message, Reply, Upload
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services

if TYPE_CHECKING:
    from content.pictures import Picture
    from handlers.pictures.themes import ThemeName

_SPOKEN: dict[str, ThemeName] = {
    **dict.fromkeys(("light", "浅色", "淺色"), "light"),
    **dict.fromkeys(("dark", "深色"), "dark"),
}


async def card(services: Services, request: Request) -> Reply:
    """What somebody said, a quotation on each card."""
    theme, request = _themed(request)

    async def show(ref: EntityRef) -> Reply:
        people = services.repositories.people
        statements, total = await people.statements(ref.id, RECORDS)
        if not statements:
            return worded(request, "miss.card", name=ref.name)
        refs = {record.event.id for record in statements if record.event}
        events = [await services.repositories.events.get(event_id) for event_id in refs]
        known = [event for event in events if event is not None]
        cards = compose.cards(ref, statements, await people.posts(ref.id), known)
        return await _shown(services, request, theme, cards, f"#{ref.id}", (len(statements), total))

    return await show_named(services, request, "person", show)


async def chart(services: Services, request: Request) -> Reply:
    """Figures as a chart: all, those with words, or those of the event ``#id``."""
    theme, request = _themed(request)
    words, event_id, title = request.argument, None, None
    if len(words) > NAME_LIMIT:
        return too_long(request)
    if event := await _event(services, words):
        words, event_id, title = "", event.id, event.name
    records, total = await services.repositories.figures.list(RECORDS, 0, words or None, event_id)
    if not records:
        return nothing(request, "figures")
    charts = compose.charts(records, title, shortened(words))
    return await _shown(services, request, theme, charts, request.argument, (len(records), total))


async def network(services: Services, request: Request) -> Reply:
    """Who spoke at an event, for whom, about what."""
    theme, request = _themed(request)

    async def show(ref: EntityRef) -> Reply:
        events = services.repositories.events
        record, participants = await events.get(ref.id), await events.participants(ref.id)
        if record is None:
            return await miss(services, request, "event")
        if not participants:
            return worded(request, "miss.network", name=ref.name)
        networks = compose.networks(record, participants, await events.subjects(ref.id))
        return await _shown(services, request, theme, networks, f"#{ref.id}")

    return await show_named(services, request, "event", show)


async def chronicle(services: Services, request: Request) -> Reply:
    """What the articles date, as a timeline: all, what has the words, or what the event ``#id`` is of."""
    theme, request = _themed(request)
    words, event_id = request.argument, None
    if len(words) > NAME_LIMIT:
        return too_long(request)
    if event := await _event(services, words):
        words, event_id = "", event.id
    records, total = await services.repositories.milestones.list(RECORDS, 0, words or None, event_id)
    if not records:
        return nothing(request, "timeline")
    chronicles = compose.chronicles(records, shortened(words))
    return await _shown(services, request, theme, chronicles, request.argument, (len(records), total))


def _themed(request: Request) -> tuple[ThemeName, Request]:
    """The theme that the first word asks for, the chat's where it asks for none; the request without it."""
    first, _, rest = request.argument.partition(" ")
    theme = _SPOKEN.get(first.lower())
    return (theme, replace(request, argument=rest.strip())) if theme else (request.theme, request)


async def _event(services: Services, argument: str) -> EntityRef | None:
    number = argument.removeprefix("#")
    known = argument.startswith("#") and number.isascii() and number.isdecimal() and len(number) < 19
    return await services.repositories.names.get("event", int(number)) if known else None


async def _shown(
    services: Services,
    request: Request,
    theme: ThemeName,
    pictures: Sequence[Picture],
    argument: str,
    extent: tuple[int, int] = (0, 0),
) -> Reply:
    """The picture of the page that was asked for, with its words and the way to the others."""
    context = context_of(services, request)
    t = context.t
    page = min(request.page, len(pictures) - 1)
    picture = pictures[page]
    data = await services.studio.make(draw, picture, request.language, theme, services.bot_username)
    rich = RichText().append(caption(context, picture))
    if extent[0] < extent[1] and page == len(pictures) - 1:
        note = t("picture.limited", shown=t.number(extent[0]), total=t.number(extent[1]))
        rich.own("\n").own(note, "italic")
    name = f"{request.command}-{page + 1}-{theme}.png"
    keyboard = _keyboard(request, theme, argument, page, len(pictures))
    return Reply((Message(rich.build(), keyboard, Upload(name, data, photo=True)),))


def _keyboard(request: Request, theme: ThemeName, argument: str, page: int, pages: int) -> Keyboard:
    """The pager and the other theme, where a button can carry the words."""
    t = wording(request.language)
    other: ThemeName = "light" if theme == "dark" else "dark"
    switch = Press(request.command, f"{other} {argument}".strip(), page, "=")
    kept = argument if theme == request.theme else f"{theme} {argument}".strip()
    if not switch.fits or not Press(request.command, kept, pages, "=").fits:
        return ()
    return (
        *pager(t, request.command, kept, page, pages),
        (press_button(t(f"button.{other}"), switch),),
    )
