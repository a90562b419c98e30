"""/start /about, and what is said to a command that there is not."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button, rows
from handlers.pages import said, worded
from handlers.reply import Button, Reply
from handlers.request import Request, permits
from handlers.rich_text import RichText, Text, shortened
from handlers.services import Services

_FIRST_STEPS = ("briefing", "speakers", "topics", "figures", "events", "help")


async def start(services: Services, request: Request) -> Reply:
    """Greet, say in three lines what this is, and offer the first steps."""
    count = await services.repositories.articles.count()
    t = wording(request.language)
    guide = (press_button(t("button.guide"), Press("guide", "1")),)
    steps = rows([*_steps(request, _FIRST_STEPS), press_button(t("button.lang"), Press("lang"))])
    keyboard = (guide, *steps)
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
