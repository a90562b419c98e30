"""/events /speakers /orgs /topics /works /figures /timeline: what there is, to choose from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from content.answers import lists
from content.records import EntityKind, Page
from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import entity_rows, pager, press_button
from handlers.links import entity_link
from handlers.lookup import NAME_LIMIT, too_long
from handlers.pages import RECORDS, answered, worded
from handlers.reply import Keyboard, Message, Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services

_COUNTED = ("person", "topic")
"""Kinds whose lists show how many sentences stand behind a name."""
Listed = Callable[[int, int], Awaitable[Page]]
"""Gives a page of a list by its limit and its offset."""
NAMES = 10
"""Names on one page of a list."""


async def events(services: Services, request: Request) -> Reply:
    """The events, latest first."""
    return await _names(services, request, "event", services.repositories.events.list)


async def speakers(services: Services, request: Request) -> Reply:
    """The people, those first who said most."""
    return await _names(services, request, "person", services.repositories.people.list)


async def orgs(services: Services, request: Request) -> Reply:
    """The organisations, those first about which most is known."""
    return await _names(services, request, "organization", services.repositories.organizations.list)


async def topics(services: Services, request: Request) -> Reply:
    """The topics, those first that most was said about."""
    return await _names(services, request, "topic", services.repositories.topics.list)


async def works(services: Services, request: Request) -> Reply:
    """Talks, reports and other titled works."""
    records, total = await services.repositories.works.list(RECORDS)
    answer = lists.works(records)
    if answer.empty:
        return worded(request, "nothing_yet")
    return answered(services, request, answer, argument="", total=total)


async def figures(services: Services, request: Request) -> Reply:
    """Quantities, all of them or those whose sentence has the words."""
    words = request.argument
    if len(words) > NAME_LIMIT:
        return too_long(request)
    records, total = await services.repositories.figures.list(RECORDS, 0, words or None)
    answer = lists.figures(records, shortened(words))
    if answer.empty:
        return nothing(request, "figures")
    return answered(services, request, answer, argument=words, extra=_drawn(request, "chart"), total=total)


async def timeline(services: Services, request: Request) -> Reply:
    """What the articles date, all of it or what has the words."""
    words = request.argument
    if len(words) > NAME_LIMIT:
        return too_long(request)
    records, total = await services.repositories.milestones.list(RECORDS, 0, words or None)
    answer = lists.timeline(records, shortened(words))
    if answer.empty:
        return nothing(request, "timeline")
    drawn = _drawn(request, "chronicle")
    return answered(services, request, answer, argument=words, extra=drawn, total=total)


def _drawn(request: Request, command: str) -> Keyboard:
    """A button that draws the list, where a button can carry its words."""
    press = Press(command, request.argument)
    if not press.fits:
        return ()
    return ((press_button(wording(request.language)(f"button.{command}"), press),),)


def nothing(request: Request, command: str) -> Reply:
    """Say that nothing is known yet, or nothing with these words."""
    if not request.argument:
        return worded(request, "nothing_yet")
    return worded(request, f"miss.{command}", words=shortened(request.argument))


async def _names(services: Services, request: Request, kind: EntityKind, listed: Listed) -> Reply:
    """One page of names with their notes, and a button for each."""
    t = wording(request.language)
    number = request.page
    page = await listed(NAMES, number * NAMES)
    if not page.items and number:
        number = max(0, -(-page.total // NAMES) - 1)
        page = await listed(NAMES, number * NAMES)
    if not page.items:
        return worded(request, "nothing_yet")
    rich = RichText().own(t(f"heading.list_{kind}", count=t.number(page.total)), "bold").own("\n")
    for item in page.items:
        rich.own("\n• ").add(item.ref.name, url=entity_link(services.bot_username, item.ref))
        if item.note:
            rich.own(" — ").add(t.date(item.note) if kind == "event" else item.note)
        if kind in _COUNTED:
            rich.own(f" · {t.number(item.count)}")
    keyboard = (
        *pager(t, request.command, "", number, -(-page.total // NAMES)),
        *entity_rows(t, [item.ref for item in page.items]),
    )
    return Reply((Message(rich.build(), keyboard),))
