"""/forget_me: everything that is kept about a person goes away, also from what a backup brings back."""

from __future__ import annotations

from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button
from handlers.pages import worded
from handlers.reply import ChatMenu, Reply
from handlers.request import Request
from handlers.services import Services

_SURE = "yes"


async def forget_me(services: Services, request: Request) -> Reply:
    """Say what is kept and ask once; then delete it."""
    if not request.private:
        return worded(request, "role.in_private")
    t = wording(request.language)
    users = services.repositories.users
    if users.role(request.user_id) == "owner" and len(users.having("owner")) == 1:
        return worded(request, "forget.last_owner")
    if request.entry != "button" or request.argument != _SURE:
        button = press_button(t("button.forget"), Press("forget_me", _SURE, mode="="))
        return worded(request, "forget.ask", ((button,),))
    await services.forget(request.user_id)
    menu = ChatMenu(request.chat_id, "reader", services.default_language)
    return Reply(worded(request, "forget.done").messages, menus=(menu,))
