"""/add, /drafts, /publish, /unpublish, /delete: from what an editor sends to what readers see."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from handlers.callbacks import Press
from handlers.editing import deed_of, number_of, undo_row
from handlers.i18n import wording
from handlers.keyboards import pager, press_button
from handlers.pages import said, worded
from handlers.reading import SPLIT, progress
from handlers.render import source_label
from handlers.reply import SILENCE, Expectation, Message, Reply
from handlers.request import FileRef, Request
from handlers.rich_text import RichText, Text, shortened, utf16_length
from handlers.services import Services
from storage.articles import ArticleState
from storage.intakes import Intake, Part

_PAGE = 8


_PARTS = 200
"""Messages that may be collected to one article."""


_FILE_LIMIT = 20 * 1024 * 1024
"""Bytes; a bot cannot download a larger file."""


_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


_STEP = re.compile(r"#?(\d{1,18})(?: +(\S+)(?: +(.*))?)?", re.DOTALL)


async def add(services: Services, request: Request) -> Reply:
    """Take in an article: words, a file, a link, a message replied to, or several messages in a row."""
    if request.entry == "button":
        return await _add_step(services, request)
    part, whole = _sent(request)
    if isinstance(part, str):
        return worded(request, part)
    intakes = services.repositories.intakes
    known = await intakes.open_of(request.chat_id, request.user_id)
    if known is not None:
        return await _append(services, request, known, part)
    if part is not None and whole:
        intake = await intakes.begin(
            request.chat_id, request.user_id, request.language, (part,), state="reading", now=services.now()
        )
        return _begin(services, request, intake)
    parts = (part,) if part is not None else ()
    intake = await intakes.begin(
        request.chat_id, request.user_id, request.language, parts, state="open", now=services.now()
    )
    return _collected(services, request, intake)


def _sent(request: Request) -> tuple[Part | str | None, bool]:
    """What was sent, and whether it is sure to be all; a key of the catalogues where it cannot be taken."""
    file = request.document or request.reply_document
    if file is not None:
        too_large = file.size is not None and file.size > _FILE_LIMIT
        return ("intake.file_too_large" if too_large else _file(file)), True
    text = request.argument.strip()
    if not text and request.reply_text:
        return {"text": request.reply_text}, True
    if not text:
        return None, False
    if _LINK.fullmatch(text):
        return {"url": text}, True
    # A forwarded message may be the first of several, a long one is a part of something longer.
    return {"text": text}, request.entry == "command" and utf16_length(text) < SPLIT


def _file(file: FileRef) -> Part:
    return {"file": file.file_id, "name": file.name}


async def _append(services: Services, request: Request, known: Intake, part: Part | None) -> Reply:
    if part is None:
        return _collected(services, request, known)
    if len(known.parts) >= _PARTS:
        return worded(request, "intake.too_many", limit=wording(request.language).number(_PARTS))
    changed = await services.repositories.intakes.append(known.id, part, now=services.now())
    return SILENCE if changed is None else _collected(services, request, changed)


def _collected(services: Services, request: Request, intake: Intake) -> Reply:
    """Say what has come so far, below it; the message that said so before goes away."""
    t = wording(request.language)
    if intake.parts:
        count = sum(len(str(part.get("text", ""))) for part in intake.parts)
        text = t("add.collected", parts=t.number(len(intake.parts)), count=t.number(count))
    else:
        text = t("add.send")
    buttons = [press_button(t("button.cancel"), Press("add", f"#{intake.id} cancel", mode="="))]
    if intake.parts:
        buttons.insert(0, press_button(t("button.read"), Press("add", f"#{intake.id} read", mode="=")))

    async def sent(message_id: int) -> None:
        await services.repositories.intakes.set_message(intake.id, message_id)

    return Reply(
        (Message(Text(text), (tuple(buttons),)),),
        expects=Expectation("add"),
        removes=intake.message_id,
        sent=sent,
    )


def _begin(services: Services, request: Request, intake: Intake) -> Reply:
    """Have it read, and say so."""

    async def sent(message_id: int) -> None:
        await services.repositories.intakes.set_message(intake.id, message_id)
        services.reading.start(intake)

    text = wording(request.language)("reading.waiting")
    return Reply((progress(request.language, intake.id, text),), sent=sent)


async def _add_step(services: Services, request: Request) -> Reply:
    step = _STEP.fullmatch(request.argument)
    intakes = services.repositories.intakes
    known = await intakes.get(int(step[1])) if step else None
    if known is None or step is None or known.user_id != request.user_id:
        return Reply(toast=wording(request.language)("toast.stale"))
    if step[2] == "cancel":
        await services.reading.cancel(known.id)
        return worded(request, "add.cancelled")
    taken = await intakes.read(known.id, now=services.now())
    if taken is None:
        return Reply(toast=wording(request.language)("toast.stale"))
    return _begin(services, request, taken)


async def drafts(services: Services, request: Request) -> Reply:
    """What waits to be reviewed, newest first, and what was taken from readers."""
    t = wording(request.language)
    articles = services.repositories.articles
    wanted = request.argument if request.argument in {"withdrawn", "published"} else "draft"
    state = cast("ArticleState", wanted)
    total = await articles.count(state)
    listed = await articles.list(_PAGE, request.page * _PAGE, state)
    rich = RichText().own(t(f"heading.{state}", count=t.number(total)), "bold")
    if not listed:
        rich.own("\n\n").own(t("drafts.none"))
    buttons = []
    for source in listed:
        label = source.title or t("source.unknown")
        rich.own(f"\n\n{source.article_id}. ", "bold").add(shortened(label, 80))
        rich.own("\n").add(source_label(t, source), "italic")
        buttons.append(
            press_button(f"{source.article_id} · {label}", Press("review", f"#{source.article_id}"))
        )
    pages = max(1, -(-total // _PAGE))
    others = [
        press_button(t(f"button.{other}"), Press("drafts", other, mode="="))
        for other in ("draft", "published", "withdrawn")
        if other != state
    ]
    turn = pager(t, "drafts", state, request.page, pages)
    return said(rich.build(), (*((button,) for button in buttons), *turn, tuple(others)))


async def publish(services: Services, request: Request) -> Reply:
    """Show an article to readers: everything but what was called wrong, or only what was called right."""
    t = wording(request.language)
    number, _, how = request.argument.partition(" ")
    article_id = number_of(number)
    if article_id is None:
        return await drafts(services, _with(request, "drafts", ""))
    repositories = services.repositories
    accepted_only = how == "right"
    entry = await repositories.desk.publish(
        article_id, deed_of(services, request), accepted_only=accepted_only
    )
    sheet = await repositories.review.sheet(article_id)
    if sheet is None:
        return worded(request, "miss.article", id=shortened(number, 20))
    if entry is None:
        return worded(request, "publish.already" if sheet.state == "published" else "publish.deleted")
    services.wake()
    from handlers.reviewing import article_card  # noqa: PLC0415 - the review begins with the drafts

    card = article_card(t, sheet)
    rich = RichText().own(t("publish.done"), "bold").own("\n\n").append(card.text)
    return said(rich.build(), (undo_row(t, entry), *card.keyboard))


async def unpublish(services: Services, request: Request) -> Reply:
    """Take an article from readers; its facts stay."""
    return await _take_away(services, request, "unpublish")


async def delete(services: Services, request: Request) -> Reply:
    """Delete an article with its facts; for some weeks that can be taken back."""
    return await _take_away(services, request, "delete")


async def _take_away(services: Services, request: Request, command: str) -> Reply:
    t = wording(request.language)
    number, _, reason = request.argument.partition(" ")
    article_id = number_of(number)
    if article_id is None:
        return worded(request, f"ask.{command}")
    repositories = services.repositories
    sheet = await repositories.review.sheet(article_id)
    if sheet is None or sheet.state == "deleted" or (command == "unpublish" and sheet.state != "published"):
        return worded(request, "miss.article", id=shortened(number, 20))
    title = shortened(sheet.source.title or source_label(t, sheet.source), 60)
    if not reason:
        quiet = press_button(t("retract.no_reason"), Press(command, f"#{article_id} -", mode="="))
        back = press_button(t("button.back"), Press("review", f"#{article_id}", mode="="))
        reply = worded(request, f"{command}.why", ((quiet, back),), title=title)
        return Reply(reply.messages, expects=Expectation(command, f"#{article_id} "))
    act = repositories.desk.unpublish if command == "unpublish" else repositories.desk.delete
    why = None if reason.strip() == "-" else shortened(reason, 200)
    entry = await act(article_id, deed_of(services, request, why))
    if entry is None:
        return worded(request, "miss.article", id=shortened(number, 20))
    services.wake()
    return worded(request, f"{command}.done", (undo_row(t, entry),), title=title)


def _with(request: Request, command: str, argument: str) -> Request:
    return replace(request, command=command, argument=argument)
