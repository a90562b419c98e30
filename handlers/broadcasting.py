"""/broadcast: a message of the owner to many chats, with a preview, a confirmation and its progress."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from content.records import EntityRef
from handlers.callbacks import Press
from handlers.i18n import LANGUAGES, Wording, wording
from handlers.keyboards import press_button, rows
from handlers.lookup import resolve
from handlers.pages import said, worded
from handlers.paging import MESSAGE_LIMIT
from handlers.reply import Button, Expectation, Keyboard, Message, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, neutral, shortened, utf16_length
from handlers.services import Services
from storage.broadcasts import Broadcast
from storage.editions import Edition, Part
from storage.outbox import State

_BAR = 10
"""Squares of the progress bar."""
_SHOWN: tuple[State, ...] = ("sent", "held", "blocked", "failed")
_STEP = re.compile(r"#(\d{1,18})(?: (\S.*))?", re.DOTALL)


async def broadcast(services: Services, request: Request) -> Reply:
    """Write, choose who gets it, confirm; ``#5 all`` and the like are the buttons' steps."""
    step = _STEP.fullmatch(request.argument)
    if step is None or request.entry != "button":
        return await _draft(services, request)
    known = await services.repositories.broadcasts.get(int(step[1]))
    if known is None or known.author_id != request.user_id:
        return Reply(toast=wording(request.language)("toast.stale"))
    word, _, rest = (step[2] or "").partition(" ")
    if word in _STEPS:
        return await _STEPS[word](services, request, known, rest)
    return await _confirm(services, request, known, f"{word} {rest}".strip())


async def _draft(services: Services, request: Request) -> Reply:
    """A new message, or the answer to whose followers are meant."""
    text = neutral(request.argument).strip()
    asked = re.fullmatch(r"followers #(\d{1,18}) (.+)", text, re.DOTALL)
    if asked and request.entry == "text":
        known = await services.repositories.broadcasts.get(int(asked[1]))
        if known is not None and known.author_id == request.user_id:
            return await _confirm(services, request, known, f"of {asked[2]}")
    if not text:
        return worded(request, "ask.broadcast")
    if utf16_length(text) > MESSAGE_LIMIT:
        number = wording(request.language).number(MESSAGE_LIMIT)
        return worded(request, "broadcast.too_long", limit=number)
    draft = await services.repositories.broadcasts.draft(request.user_id, text, now=services.now())
    t = wording(request.language)
    everybody = await _audience(services, "all")
    choices = [press_button(t("button.everybody", count=t.number(len(everybody))), _step(draft, "all"))]
    for language in LANGUAGES:
        count = t.number(len(await _audience(services, language)))
        label = f"{wording(language)('language.own')} ({count})"
        choices.append(press_button(label, _step(draft, language)))
    choices.append(press_button(t("button.followers_of"), _step(draft, "followers")))
    preview = RichText().own(t("broadcast.preview"), "bold").own("\n\n").own(text).build()
    return Reply(
        (
            Message(RichText().own(t("broadcast.preview"), "bold").build()),
            Message(Text(text)),
            Message(Text(t("broadcast.to_whom")), (*rows(choices), _cancel_row(t, draft))),
        )
        if preview.units > MESSAGE_LIMIT
        else (
            Message(preview),
            Message(Text(t("broadcast.to_whom")), (*rows(choices), _cancel_row(t, draft))),
        )
    )


async def _confirm(services: Services, request: Request, known: Broadcast, audience: str) -> Reply:
    """Say how many will get it, and ask once more."""
    chats = await _audience(services, audience)
    t = wording(request.language)
    if not chats:
        return worded(request, "broadcast.nobody", (_cancel_row(t, known),))
    press = _step(known, f"go {audience}")
    if not press.fits:
        return worded(request, "broadcast.nobody", (_cancel_row(t, known),))
    go = press_button(t("button.send_to", count=t.number(len(chats))), press)
    text = shortened(known.text, 60)
    return worded(
        request, "broadcast.confirm", ((go,), _cancel_row(t, known)), count=t.number(len(chats)), text=text
    )


async def _send(services: Services, request: Request, known: Broadcast, audience: str) -> Reply:
    """Into the outbox, once, however often the button is pressed."""
    repositories = services.repositories
    chats = await _audience(services, audience)
    if not await repositories.broadcasts.move(known.id, "draft", "sending"):
        return await _progress(services, request, known)
    edition = Edition((Part(Message(Text(known.text)).payload),), request.language)
    edition_id = await repositories.editions.publish(
        edition, [(chat, None) for chat in chats], now=services.now()
    )
    await repositories.broadcasts.set_edition(known.id, edition_id)
    if request.message_id is not None:
        await repositories.broadcasts.set_message(known.id, request.chat_id, request.message_id)
    services.wake()
    return await _progress(services, request, known)


async def _ask_followers(services: Services, request: Request, known: Broadcast, _: str) -> Reply:  # noqa: ARG001 - all steps are called alike
    question = worded(request, "broadcast.ask_followers", (_cancel_row(wording(request.language), known),))
    return Reply(question.messages, expects=Expectation("broadcast", f"followers #{known.id} "))


async def _cancel(services: Services, request: Request, known: Broadcast, _: str) -> Reply:
    repositories = services.repositories
    if await repositories.broadcasts.move(known.id, "draft", "cancelled"):
        return worded(request, "broadcast.dropped")
    if known.edition_id is not None:
        await repositories.outbox.cancel(known.edition_id, now=services.now())
    await repositories.broadcasts.move(known.id, "sending", "cancelled")
    return await _progress(services, request, known)


async def _progress(services: Services, request: Request, known: Broadcast, _: str = "") -> Reply:
    fresh = await services.repositories.broadcasts.get(known.id) or known
    message = await progress_message(services, wording(request.language), fresh)
    return said(message.text, message.keyboard)


async def progress_message(services: Services, t: Wording, known: Broadcast) -> Message:
    """How far a broadcast has come, with the way to end it."""
    counts: Mapping[State, int] = {}
    if known.edition_id is not None:
        counts = await services.repositories.outbox.progress(known.edition_id)
    total = sum(counts.values())
    waiting = counts.get("pending", 0) + counts.get("sending", 0)
    done = total - waiting
    filled = _BAR * done // total if total else 0
    rich = RichText().own(t(f"broadcast.{known.state}"), "bold").own("\n")
    rich.own("▰" * filled + "▱" * (_BAR - filled) + f" {t.number(done)}/{t.number(total)}\n")
    rich.own(
        t(
            "deliveries.counts",
            **{state: t.number(counts.get(state, 0)) for state in _SHOWN},
            waiting=t.number(waiting),
        )
    )
    keyboard: Keyboard = ()
    if known.state == "sending":
        look = press_button(t("button.refresh"), _step(known, "look"))
        keyboard = ((look, *_cancel_row(t, known)),)
    return Message(rich.build(), keyboard)


async def _audience(services: Services, audience: str) -> Sequence[int]:
    """The chats behind ``all``, a language, or ``of NAME``."""
    broadcasts = services.repositories.broadcasts
    word, _, name = audience.partition(" ")
    if word == "of":
        refs: tuple[EntityRef, ...] = await resolve(services, name)
        return await broadcasts.followers(refs[0] if len(refs) == 1 else name)
    language = word if word in LANGUAGES else None
    return await broadcasts.audience(language, default_language=services.default_language)


def _step(known: Broadcast, step: str) -> Press:
    return Press("broadcast", f"#{known.id} {step}", mode="=")


def _cancel_row(t: Wording, known: Broadcast) -> tuple[Button, ...]:
    return (press_button(t("button.cancel"), _step(known, "cancel")),)


_Step = Callable[[Services, Request, Broadcast, str], Awaitable[Reply]]
_STEPS: dict[str, _Step] = {"cancel": _cancel, "look": _progress, "followers": _ask_followers, "go": _send}
