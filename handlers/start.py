"""/start /help /about, and what is said to a command that there is not."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button, rows
from handlers.pages import said, worded
from handlers.reply import Button, Reply
from handlers.request import Request, permits
from handlers.rich_text import RichText, Text, shortened
from handlers.services import Services

if TYPE_CHECKING:
    from handlers.commands import Command

_FIRST_STEPS = ("briefing", "speakers", "topics", "figures", "events", "help")
_GROUPS = {"reader": "help.group_reader", "editor": "help.group_editor", "owner": "help.group_owner"}


async def start(services: Services, request: Request) -> Reply:
    """Greet, say in three lines what this is, and offer the first steps."""
    count = await services.repositories.articles.count()
    t = wording(request.language)
    keyboard = rows([*_steps(request, _FIRST_STEPS), press_button(t("button.lang"), Press("lang"))])
    text = (
        RichText()
        .own(t("start.title"), "bold")
        .own("\n\n")
        .own(t("start.text", articles=t.number(count)))
        .build()
    )
    if request.argument:
        text = RichText().own(t("start.unknown_link")).own("\n\n").append(text).build()
    return said(text, keyboard)


async def help_(services: Services, request: Request) -> Reply:
    """Every command that the reader may use, or one of them with an example."""
    from handlers.commands import BY_NAME, LISTED  # noqa: PLC0415 - the table lists this function

    name = request.argument.lstrip("/").lower()
    row = BY_NAME.get(name) or next((row for row in LISTED if name in row.aliases), None)
    if row is not None and permits(request.role, row.role):
        return said(_one(request, row))
    permitted = [row for row in LISTED if permits(request.role, row.role)]
    return said(_all(services, request, permitted), rows(_steps(request, _FIRST_STEPS[:-1])))


async def about(services: Services, request: Request) -> Reply:
    """What the bot promises, and how much it holds."""
    repositories = services.repositories
    t = wording(request.language)
    people = await repositories.people.list(1, 0)
    _, figures = await repositories.figures.list(1, 0)
    return worded(
        request,
        "about",
        articles=t.number(await repositories.articles.count()),
        people=t.number(people.total),
        figures=t.number(figures),
    )


def unknown(request: Request, name: str) -> Reply:
    """Say that there is no such command, with the nearest ones and the way to help."""
    from handlers.commands import LISTED  # noqa: PLC0415 - as above

    permitted = {row.name: row for row in LISTED if permits(request.role, row.role)}
    spoken = {alias: row.name for row in permitted.values() for alias in (row.name, *row.aliases)}
    near = dict.fromkeys(spoken[match] for match in get_close_matches(name.lower()[:32], spoken, 3, 0.6))
    keyboard = rows(_steps(request, tuple(near))) if near else ()
    key = "unknown.near" if near else "unknown.none"
    nearest = Text(" ".join(f"/{match}" for match in near))
    return worded(request, key, keyboard, command=shortened("/" + name, 24), nearest=nearest)


def _steps(request: Request, names: Sequence[str]) -> list[Button]:
    t = wording(request.language)
    return [
        press_button(t(f"button.{name}") if name in _FIRST_STEPS else f"/{name}", Press(name))
        for name in names
    ]


def _one(request: Request, row: Command) -> Text:
    t = wording(request.language)
    rich = RichText().own(f"/{row.name}", "bold").own("\n").own(t(f"menu.{row.name}")).own("\n\n")
    rich.own(t(f"help.{row.name}")).own("\n\n")
    return rich.compose(t.template("help.aliases"), aliases=t("list.separator").join(row.aliases)).build()


def _all(services: Services, request: Request, permitted: Sequence[Command]) -> Text:
    t = wording(request.language)
    rich = RichText().own(t("help.title"), "bold").own("\n").own(t("help.plain"))
    rich.own("\n").own(t("help.inline", bot=services.bot_username))
    for role, key in _GROUPS.items():
        mine = [row for row in permitted if row.role == role]
        if mine:
            rich.own("\n\n").own(t(key), "bold")
        for row in mine:
            rich.own(f"\n/{row.name} — ").own(t(f"menu.{row.name}"))
    return rich.own("\n\n").own(t("help.more")).build()
