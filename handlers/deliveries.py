"""/deliveries: what went out, who got what and why not, and what the owner does about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from handlers.callbacks import Press
from handlers.i18n import Wording, wording
from handlers.keyboards import pager, press_button, rows
from handlers.pages import said, worded
from handlers.reply import Button, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, shortened
from handlers.services import Services
from storage.outbox import Batch, LogLine, State

_PAGE = 5
_LOG = 20
_BATCHES = 8
Trouble = Literal["held", "failed", "blocked"]
_TROUBLES: tuple[Trouble, ...] = ("held", "failed", "blocked")
_ENDS: tuple[State, ...] = ("sent", "held", "blocked", "failed")


async def deliveries(services: Services, request: Request) -> Reply:
    """The overview; ``held``, ``failed`` or ``blocked`` lists rows, a number is a chat.

    ``+12`` sends a row again, ``-12`` drops it, ``+held`` and ``-held`` do so with all of them.
    """
    argument = request.argument.strip()
    if request.entry == "button" and argument[:1] in {"+", "-"}:
        return await _act(services, request, argument)
    if argument in _TROUBLES:
        return await _rows(services, request, argument)
    number = argument.removeprefix("-")
    if argument and not (number.isdecimal() and len(number) < 19):
        return worded(
            request, "miss.deliveries", _overview_row(wording(request.language)), text=shortened(argument, 20)
        )
    if argument:
        return await _chat(services, request, int(argument))
    return await _overview(services, request)


async def _overview(services: Services, request: Request) -> Reply:
    t = wording(request.language)
    counts = await services.repositories.outbox.counts()
    rich = RichText().own(t("heading.deliveries"), "bold").own("\n\n")
    waiting = counts.get("pending", 0) + counts.get("sending", 0)
    shown = {state: t.number(counts.get(state, 0)) for state in _ENDS}
    rich.own(t("deliveries.counts", waiting=t.number(waiting), **shown))
    for batch in await services.repositories.outbox.batches(_BATCHES):
        rich.own("\n\n").own(_called(t, batch), "bold").own("\n").own(_counted(t, batch))
    buttons = [
        press_button(f"{t(f'button.{state}')} ({shown[state]})", Press("deliveries", state, mode="="))
        for state in _TROUBLES
        if counts.get(state)
    ]
    buttons.append(press_button(t("button.refresh"), Press("deliveries", mode="=")))
    return said(rich.build(), rows(buttons))


async def _rows(services: Services, request: Request, state: Trouble) -> Reply:
    t = wording(request.language)
    outbox = services.repositories.outbox
    lines, total = await outbox.troubles(state, _PAGE, request.page * _PAGE)
    rich = RichText().own(t(f"button.{state}") + f" ({t.number(total)})", "bold")
    for line in lines:
        rich.own("\n\n").append(_line(t, line))
    if not lines:
        rich.own("\n\n").own(t("deliveries.none"))
    pages = max(1, -(-total // _PAGE))
    keyboard: Keyboard = pager(t, "deliveries", state, request.page, pages)
    if state != "blocked":
        keyboard = (*keyboard, *(_choices(t, line, state) for line in lines))
        if total:
            keyboard = (*keyboard, _all(t, state))
    return said(rich.build(), (*keyboard, *_overview_row(t)))


async def _chat(services: Services, request: Request, chat_id: int) -> Reply:
    """The last rows of a chat: what it got, and why not the rest."""
    t = wording(request.language)
    lines = await services.repositories.outbox.log_of_chat(chat_id, _LOG)
    chat = await services.repositories.chats.get(chat_id)
    rich = RichText().own(t("heading.deliveries_of", chat=chat_id), "bold")
    if chat is not None and not chat.active:
        rich.own("\n").own(t("deliveries.inactive"))
    for line in lines:
        rich.own("\n").append(_line(t, line))
    if not lines:
        rich.own("\n\n").own(t("deliveries.none"))
    return said(rich.build(), _overview_row(t))


async def _act(services: Services, request: Request, argument: str) -> Reply:
    outbox, now = services.repositories.outbox, services.now()
    target = argument[1:]
    state: Trouble = "failed" if target.startswith("f") else "held"
    ids: Iterable[int]
    if target in _TROUBLES:
        ids = await outbox.in_state(target)
    elif target.removeprefix("f").isdecimal() and len(target) < 19:
        ids = [int(target.removeprefix("f"))]
    else:
        return Reply(toast=wording(request.language)("toast.stale"))
    if argument[0] == "+":
        await outbox.resend(ids, now=now)
        services.wake()
    else:
        await outbox.drop(ids, now=now)
    return await _rows(services, request, state)


def _choices(t: Wording, line: LogLine, state: Trouble) -> tuple[Button, ...]:
    mark = "f" if state == "failed" else ""
    again = press_button(t("button.resend", id=line.id), Press("deliveries", f"+{mark}{line.id}", mode="="))
    if state == "failed":
        return (again,)
    return again, press_button(t("button.drop", id=line.id), Press("deliveries", f"-{line.id}", mode="="))


def _all(t: Wording, state: Trouble) -> tuple[Button, ...]:
    again = press_button(t("button.resend_all"), Press("deliveries", f"+{state}", mode="="))
    if state == "failed":
        return (again,)
    return again, press_button(t("button.drop_all"), Press("deliveries", f"-{state}", mode="="))


def _overview_row(t: Wording) -> Keyboard:
    return ((press_button(t("button.back"), Press("deliveries", mode="=")),),)


def _called(t: Wording, batch: Batch) -> str:
    if batch.name.startswith("e"):
        return t(
            "deliveries.edition", number=batch.name[1:], date=t.date(batch.created_at.date().isoformat())
        )
    return t("deliveries.digest", date=t.date(batch.name))


def _counted(t: Wording, batch: Batch) -> str:
    return t(
        "deliveries.counts",
        waiting=t.number(batch.waiting),
        sent=t.number(batch.sent),
        held=t.number(batch.held),
        blocked=t.number(batch.blocked),
        failed=t.number(batch.failed),
    )


def _line(t: Wording, line: LogLine) -> Text:
    rich = (
        RichText().own(f"#{line.id} · ").add(str(line.chat_id), "code").own(f" · {t(f'state.{line.state}')}")
    )
    rich.own(f" · {line.changed_at:%m-%d %H:%M} UTC")
    if line.error:
        rich.own("\n").add(line.error, "italic")
    return rich.build()
