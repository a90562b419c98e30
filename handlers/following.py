"""/follow /unfollow /following: what a chat's digests are about."""

from __future__ import annotations

from content.news import Follow
from content.records import EntityRef
from handlers.callbacks import Press
from handlers.i18n import Wording, wording
from handlers.keyboards import press_button, rows
from handlers.lookup import NAME_LIMIT, likeliest, resolve, too_long
from handlers.pages import said, worded
from handlers.reply import Button, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, neutral, shortened
from handlers.services import Services
from storage.follows import MOST

_SUGGESTED = 4
"""Buttons of each kind that ``/follow`` suggests."""
_LISTED = 30
"""Buttons of ``/following`` at most; Telegram takes a hundred."""


async def follow(services: Services, request: Request) -> Reply:
    """Follow a person, organisation, topic, product, event, or a word that names none."""
    argument = " ".join(neutral(request.argument).split())
    if not argument:
        return await _suggest(services, request)
    if len(argument) > NAME_LIMIT:
        return too_long(request)
    chosen = await _chosen(services, argument)
    if chosen is None and argument.startswith("#"):
        return worded(request, "miss.follow")
    refs = (chosen,) if chosen else await resolve(services, argument)
    if len(refs) > 1:
        return await _ask_which(services, request, refs)
    what: EntityRef | str = refs[0] if refs else argument
    place = request.chat_id, request.thread_id
    added = await services.repositories.follows.add(place, what)
    followed = await services.repositories.follows.of(place)
    name = what if isinstance(what, str) else what.name
    if not added and len(followed) >= MOST:
        return worded(request, "follow.too_many", limit=wording(request.language).number(MOST))
    key = "follow.word" if isinstance(what, str) else "follow.done"
    subscribed = await services.repositories.subscriptions.get(*place) is not None
    return worded(
        request, key, _onward(wording(request.language), subscribed=subscribed), name=shortened(name)
    )


async def unfollow(services: Services, request: Request) -> Reply:
    """Follow something no longer; without an argument the list to choose from."""
    place = request.chat_id, request.thread_id
    follows = services.repositories.follows
    argument = " ".join(request.argument.split())
    if not argument:
        return await following(services, request)
    if argument == "*":
        await follows.clear(place)
        return await following(services, request)
    known = await follows.of(place)
    meant = [one for one in known if argument in {f"~{one.id}", _name(one)}] or [
        one for one in known if argument.lower() in _name(one).lower()
    ]
    if len(meant) != 1:
        return worded(
            request, "miss.unfollow", _buttons(wording(request.language), known), text=shortened(argument)
        )
    await follows.remove(place, meant[0].id)
    return await following(services, request)


async def following(services: Services, request: Request) -> Reply:
    """What this chat follows, each with a button that ends it."""
    known = await services.repositories.follows.of((request.chat_id, request.thread_id))
    t = wording(request.language)
    if not known:
        return worded(
            request, "following.everything", rows([press_button(t("button.follow"), Press("follow"))])
        )
    rich = RichText().own(t("heading.following", count=t.number(len(known))), "bold").own("\n")
    for one in known:
        icon = t(f"icon.{one.ref.kind}") if one.ref else t("icon.word")
        rich.own(f"\n{icon} ").add(_name(one))
    rich.own("\n\n").own(t("following.hint"), "italic")
    extra = [
        press_button(t("button.follow"), Press("follow")),
        press_button(t("button.unfollow_all"), Press("unfollow", "*", mode="=")),
        press_button(t("button.settings"), Press("settings", mode="=")),
    ]
    return said(rich.build(), (*_buttons(t, known), *rows(extra)))


def _buttons(t: Wording, known: tuple[Follow, ...]) -> Keyboard:
    return rows(
        press_button(t("button.unfollow", name=_name(one)), Press("unfollow", f"~{one.id}", mode="="))
        for one in known[:_LISTED]
    )


def _name(follow: Follow) -> str:
    return follow.ref.name if follow.ref is not None else follow.word or ""


def _onward(t: Wording, *, subscribed: bool) -> Keyboard:
    buttons = [press_button(t("button.following"), Press("following"))]
    if not subscribed:
        buttons.append(press_button(t("button.subscribe"), Press("subscribe")))
    return rows(buttons)


async def _chosen(services: Services, argument: str) -> EntityRef | None:
    """The entity of ``#person:12``, which a button carries."""
    kind, _, number = argument.removeprefix("#").partition(":")
    if not argument.startswith("#") or not number.isdecimal() or len(number) > 18:
        return None
    names = services.repositories.names
    return await names.get(kind, int(number))  # type: ignore[arg-type]  # an unknown kind has no names


async def _ask_which(services: Services, request: Request, refs: tuple[EntityRef, ...]) -> Reply:
    t, names = wording(request.language), services.repositories.names
    keyboard = []
    for ref in refs[:8]:
        note = await names.describe(ref)
        keyboard.append((_follow_button(t, ref, f"{ref.name} · {note}" if note else ref.name),))
    count = t.number(len(refs))
    return worded(request, "ask.which", tuple(keyboard), name=shortened(request.argument), count=count)


async def _suggest(services: Services, request: Request) -> Reply:
    t = wording(request.language)
    refs = [
        *await likeliest(services, "topic", _SUGGESTED),
        *await likeliest(services, "person", _SUGGESTED),
        *await likeliest(services, "organization", _SUGGESTED),
    ]
    return worded(request, "ask.follow", rows(_follow_button(t, ref, ref.name) for ref in refs))


def _follow_button(t: Wording, ref: EntityRef, label: str) -> Button:
    return press_button(
        t(f"icon.{ref.kind}") + " " + shortened(label, 24), Press("follow", f"#{ref.kind}:{ref.id}", mode="=")
    )
