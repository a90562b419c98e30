"""/grant, /revoke, /editors: who may look after the content. A role counts at the moment of each press."""

from __future__ import annotations

import re
from typing import Literal, cast

from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button
from handlers.links import invitation_link
from handlers.pages import said, worded
from handlers.reply import Button, ChatMenu, Reply
from handlers.request import Request, Role
from handlers.rich_text import RichText, Text, shortened
from handlers.services import Services
from storage.errors import LastOwnerError
from storage.users import INVITATION_LASTS, Member

_GRANTED = ("editor", "owner")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_WORDS: dict[str, Role] = {
    "editor": "editor",
    "编辑": "editor",
    "編輯": "editor",
    "owner": "owner",
    "主人": "owner",
    "reader": "reader",
    "读者": "reader",
    "讀者": "reader",
}


async def grant(services: Services, request: Request) -> Reply:
    """Give a role: to whom was replied to, to a number, or by an invitation for a name or for anybody."""
    words = request.argument.split()
    role = next((_WORDS[word.lower()] for word in words if word.lower() in _WORDS), None)
    others = [word for word in words if word.lower() not in _WORDS]
    if role is None or len(others) > 1:
        return _ask(request)
    if role == "reader":
        return await revoke(services, request)
    if others:
        return await _give_to(services, request, others[0], role)
    if request.reply_user is not None:
        user_id, known_as = request.reply_user
        return await _give(services, request, user_id, known_as, role)
    return await _invite(services, request, role, None)


async def _give_to(services: Services, request: Request, whom: str, role: Role) -> Reply:
    """To a number, to somebody known, or by an invitation: Telegram tells nobody's number by the name."""
    if whom.isascii() and whom.isdecimal() and len(whom) < 19:
        return await _give(services, request, int(whom), None, role)
    name = whom.lstrip("@")
    member = services.repositories.users.named(name)
    if member is not None:
        return await _give(services, request, member.user_id, member.name, role)
    return await _invite(services, request, role, name) if _NAME.fullmatch(name) else _ask(request)


def _ask(request: Request) -> Reply:
    t = wording(request.language)
    buttons = tuple(press_button(t(f"button.invite_{role}"), Press("grant", role)) for role in _GRANTED)
    return worded(request, "ask.grant", (buttons,))


async def _give(services: Services, request: Request, user_id: int, name: str | None, role: Role) -> Reply:
    users = services.repositories.users
    try:
        await users.grant(user_id, role, name)
    except LastOwnerError:
        return worded(request, "role.last_owner")
    shown = name or str(user_id)
    menu = await _menu(services, user_id)
    key = "role.taken" if role == "reader" else f"role.given_{role}"
    reply = worded(request, key, name=shortened(shown))
    return Reply(reply.messages, menus=(menu,))


async def _menu(services: Services, user_id: int) -> ChatMenu:
    chat = await services.repositories.chats.get(user_id)
    language = (chat.language if chat else None) or services.default_language
    return ChatMenu(user_id, services.access.role(user_id), language)


async def _invite(services: Services, request: Request, role: Role, name: str | None) -> Reply:
    """A link that gives the role once, to be passed on."""
    if not request.private:
        return worded(request, "role.in_private")
    t = wording(request.language)
    granted = cast("Literal['editor', 'owner']", role)
    token = await services.repositories.users.invite(granted, request.user_id, name, now=services.now())
    link = invitation_link(services.bot_username, token)
    key = "role.invitation_for" if name else "role.invitation"
    hours = t.number(int(INVITATION_LASTS.total_seconds() // 3600))
    values: dict[str, Text | str] = {
        "role": t(f"role.{role}"),
        "hours": hours,
        "link": RichText().own(link, "code").build(),
    }
    if name:
        values["name"] = "@" + name
    return worded(request, key, ((Button(t("button.copy_link"), copy=link),),), **values)


async def accept(services: Services, request: Request) -> Reply:
    """Somebody opens an invitation; used, stale and foreign ones all say the same."""
    users = services.repositories.users
    token = request.argument
    name = request.user_name or request.first_name
    accepted = await users.accept(token, request.user_id, request.user_name, name, now=services.now())
    if accepted is None:
        return worded(request, "role.no_invitation")
    t = wording(request.language)
    menu = ChatMenu(request.chat_id, users.role(request.user_id), request.language)
    buttons = (
        press_button(t("button.help"), Press("help")),
        press_button(t("menu.drafts"), Press("drafts")),
    )
    reply = worded(request, "role.welcome", (buttons,), role=t(f"role.{accepted.role}"))
    return Reply(reply.messages, menus=(menu,))


async def revoke(services: Services, request: Request) -> Reply:
    """Take a role away; what its holder presses next is refused."""
    words = [word for word in request.argument.split() if word.lower() not in _WORDS]
    users = services.repositories.users
    member: Member | None = None
    if words:
        number = words[0].lstrip("#")
        by_id = {one.user_id: one for one in users.members()}
        member = by_id.get(int(number)) if number.isdecimal() and len(number) < 19 else users.named(number)
    elif request.reply_user is not None:
        member = next((one for one in users.members() if one.user_id == request.reply_user[0]), None)
    else:
        return await editors(services, request)
    if member is None:
        return worded(request, "role.nobody", name=shortened(request.argument or "—"))
    return await _give(services, request, member.user_id, member.name, "reader")


async def editors(services: Services, request: Request) -> Reply:
    """Everybody with a role, each with the way to take it away."""
    t = wording(request.language)
    rich = RichText().own(t("heading.editors"), "bold")
    keyboard: list[tuple[Button, ...]] = []
    for member in services.repositories.users.members():
        rich.own("\n").own(t(f"role.{member.role}")).own(t("colon"))
        rich.add(member.name or "—").own(f" ({member.user_id})")
        if member.user_id != request.user_id:
            label = t("button.revoke", name=shortened(member.name or str(member.user_id), 16))
            keyboard.append((press_button(label, Press("revoke", f"#{member.user_id}", mode="=")),))
    keyboard.append(
        tuple(press_button(t(f"button.invite_{role}"), Press("grant", role)) for role in _GRANTED)
    )
    return said(rich.build(), tuple(keyboard))
