"""From what a reader calls something to the one thing that is meant, or to a helpful question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from content.records import EntityKind, EntityRef
from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import entity_button, entity_rows, press_button, rows
from handlers.links import COMMAND_OF
from handlers.pages import worded
from handlers.reply import Button, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, neutral, shortened
from handlers.services import Services

NAME_LIMIT = 80
"""Code points that a name or a search may have."""
CHOICES = 8
"""Buttons of a question at most."""

_SEARCHED = ("search", "ask")
"""Commands that have searched already when they find nothing."""

Show = Callable[[EntityRef], Awaitable[Reply]]
Missed = Callable[[], Awaitable[Reply]]


async def show_named(
    services: Services, request: Request, kind: EntityKind, show: Show, missed: Missed | None = None
) -> Reply:
    """Show the entity that the argument names; ask where it names none, several or nothing.

    Args:
        services: everything shared.
        request: the call; its argument is a name or ``#id``.
        kind: what is looked for.
        show: makes the page of the entity.
        missed: answers a name that nothing has; the nearest names where None.
    """
    if not request.argument:
        return await which(services, request, kind)
    if len(request.argument) > NAME_LIMIT:
        return too_long(request)
    refs = await resolve(services, request.argument, kind)
    if not refs:
        return await (missed() if missed else miss(services, request, kind))
    if len(refs) > 1:
        return await which_of(services, request, refs, request.command)
    return await show(refs[0])


async def resolve(services: Services, argument: str, kind: EntityKind | None = None) -> tuple[EntityRef, ...]:
    """The entities that ``#id``, a name or its full pinyin stands for; of any kind where None is given."""
    names = services.repositories.names
    if argument.startswith("#") and kind is not None:
        number = argument[1:]
        ref = await names.get(kind, int(number)) if number.isdecimal() and len(number) < 19 else None
        return (ref,) if ref else ()
    kinds = (kind,) if kind else None
    found = await names.resolve(argument, kinds)
    return found or await _spelled(services, argument, kinds)


async def which(services: Services, request: Request, kind: EntityKind) -> Reply:
    """Ask for the missing name, with buttons of the likeliest."""
    t = wording(request.language)
    refs = await likeliest(services, kind)
    if not refs:
        return worded(request, "nothing_yet")
    return worded(
        request,
        f"ask.{COMMAND_OF[kind]}",
        entity_rows(t, refs, mode="=", command=request.command),
        example=example(request.command, refs[0].name),
    )


async def which_of(
    services: Services, request: Request, refs: Sequence[EntityRef], command: str | None = None
) -> Reply:
    """Ask which of several things of one name is meant, each with what tells it apart.

    Args:
        services: everything shared.
        request: whose argument names them all.
        refs: the things.
        command: what is to be done with the one that is chosen; its page is opened where None.
    """
    t = wording(request.language)
    names = services.repositories.names
    notes = [await names.describe(ref) for ref in refs[:CHOICES]]
    buttons = [entity_button(t, ref, "=", note, command) for ref, note in zip(refs, notes, strict=False)]
    keyboard = tuple((button,) for button in buttons)
    return worded(request, "ask.which", keyboard, name=shortened(request.argument), count=t.number(len(refs)))


async def miss(services: Services, request: Request, kind: EntityKind | None) -> Reply:
    """Say that nothing has this name, with the nearest names and a search."""
    t = wording(request.language)
    kinds = (kind,) if kind else None
    names = services.repositories.names
    near = await names.nearest(request.argument, kinds) or await names.complete(request.argument, kinds)
    if not near and kind:
        near = await names.nearest(request.argument)
    asked = None if request.command in _SEARCHED else request.command
    buttons = [entity_button(t, ref, "=", command=asked if ref.kind == kind else None) for ref in near]
    again = () if request.command in _SEARCHED else _search(request)
    keyboard: Keyboard = (*rows(buttons), *((button,) for button in again))
    key = "miss.near" if near else "miss.none"
    return worded(request, key, keyboard, name=shortened(request.argument))


def too_long(request: Request, limit: int = NAME_LIMIT) -> Reply:
    """Ask for something shorter."""
    t = wording(request.language)
    return worded(request, "too_long", limit=t.number(limit), text=shortened(request.argument, 20))


def example(command: str, argument: str) -> Text:
    """A command to be copied by a tap."""
    return RichText().own(f"/{command} {neutral(argument)}", "code").build()


async def likeliest(services: Services, kind: EntityKind, limit: int = CHOICES) -> tuple[EntityRef, ...]:
    """The entities of a kind that most is known about."""
    repositories = services.repositories
    lists = {
        "person": repositories.people.list,
        "organization": repositories.organizations.list,
        "event": repositories.events.list,
        "topic": repositories.topics.list,
        "product": repositories.products.list,
    }
    page = await lists[kind](limit, 0)
    return tuple(item.ref for item in page.items)


async def _spelled(
    services: Services, argument: str, kinds: tuple[EntityKind, ...] | None
) -> tuple[EntityRef, ...]:
    """The entities whose full pinyin the argument is."""
    compact = argument.replace(" ", "").replace("'", "").lower()
    if not (compact.isascii() and compact.isalpha() and len(compact) > 3):
        return ()
    from content.names import keys  # noqa: PLC0415 - loads the pinyin tables

    near = await services.repositories.names.nearest(argument, kinds)
    return tuple(ref for ref in near if keys(ref.name).pinyin == compact)


def _search(request: Request) -> list[Button]:
    """A button that searches for the argument, where a button can carry it."""
    press = Press("search", request.argument, mode="=")
    label = wording(request.language)("button.search", words=shortened(request.argument, 14))
    return [press_button(label, press)] if press.fits and "\n" not in request.argument else []
