"""/stats, /backup, /health: how much there is, a copy of it, and whether all is well."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from content.pictures import Tallies
from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button
from handlers.pages import said, worded
from handlers.pictures import draw
from handlers.reply import Message, Reply, Upload
from handlers.request import Request
from handlers.rich_text import RichText, Text
from handlers.services import Services

_DAYS = 7
_LARGEST = 49 * 1024 * 1024
"""Bytes of a file that a bot may send."""


async def stats(services: Services, request: Request) -> Reply:
    """What the bot holds and what it sent, as a picture with the numbers in words."""
    t = wording(request.language)
    now = services.now()
    operations = services.repositories.operations
    held = await operations.held()
    days = [(now - timedelta(days=_DAYS - 1 - day)).date().isoformat() for day in range(_DAYS)]
    sent = await operations.sent_by_day(since=now - timedelta(days=_DAYS))
    tallies = Tallies(
        date=days[-1],
        held=tuple(held.items()),
        sent=tuple((day, sent.get(day, 0)) for day in days),
    )
    rich = RichText().own(t("heading.stats"), "bold")
    for name, count in held.items():
        rich.own("\n" + t(f"stats.{name}") + t("colon") + t.number(count))
    rich.own("\n" + t("stats.sent", days=t.number(_DAYS), count=t.number(sum(sent.values()))))
    size = t.number(round(await operations.size() / 1024**2, 1))
    rich.own("\n" + t("stats.size", megabytes=size))
    picture = await services.studio.make(draw, tallies, request.language, "light", services.bot_username)
    onward = [press_button(f"/{name}", Press(name)) for name in ("health", "deliveries")]
    return Reply((Message(rich.build(), (tuple(onward),), Upload("stats.png", picture, photo=True)),))


async def backup(services: Services, request: Request) -> Reply:
    """Make a verified copy of the database now and send it, to its owner alone."""
    if not request.private:
        return worded(request, "role.in_private")
    t = wording(request.language)
    made = await services.back_up()
    if made is None:
        return worded(request, "backup.failed")
    size = made.stat().st_size
    note = t("backup.done", file=made.name, megabytes=t.number(round(size / 1024**2, 1)))
    if size > _LARGEST:
        return said(note + "\n" + t("backup.too_large"))
    data = await asyncio.to_thread(made.read_bytes)
    return Reply((Message(Text(note + "\n" + t("backup.restore")), upload=Upload(made.name, data)),))


async def health(services: Services, request: Request) -> Reply:
    """Whether all is well, in one look."""
    t = wording(request.language)
    state = await services.health()
    rich = RichText().own(t("heading.health"), "bold")
    for name, well in state.parts.items():
        rich.own(f"\n{'✅' if well else '❌'} " + t(f"health.{name}"))
    rich.own("\n\n")
    backlog = await services.repositories.operations.backlog(now=services.now())
    waiting = backlog.counts["pending"] + backlog.counts["sending"]
    rich.own(t("health.waiting", count=t.number(waiting), seconds=t.number(round(backlog.age))))
    held = backlog.counts["held"] + backlog.counts["failed"]
    rich.own("\n" + t("health.held", count=t.number(held)))
    size = await services.repositories.operations.size()
    rich.own("\n" + t("stats.size", megabytes=t.number(round(size / 1024**2, 1))))
    if state.last_backup is None:
        rich.own("\n" + t("health.no_backup"))
    else:
        hours = (services.now() - state.last_backup).total_seconds() / 3600
        rich.own("\n" + t("health.last_backup", hours=t.number(max(round(hours), 0))))
    if state.free_bytes is not None:
        rich.own("\n" + t("health.free", gigabytes=t.number(round(state.free_bytes / 1024**3, 1))))
    rich.own("\n" + t("health.up", hours=t.number(round(state.up_seconds / 3600, 1))))
    keyboard = (
        (
            press_button(t("button.refresh"), Press("health", mode="=")),
            press_button("/deliveries", Press("deliveries")),
            press_button("/stats", Press("stats")),
        ),
    )
    return said(rich.build(), keyboard)
