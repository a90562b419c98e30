"""What the bot can ask about chats and their members."""

from __future__ import annotations

from bot.memory_api.errors import bad_request
from bot.memory_api.messages import chat_of
from bot.memory_api.method import Request, method
from bot.memory_api.people import member, set_bot_status
from bot.memory_api.state import ADMINISTRATORS, PRESENT, Chat
from bot.memory_api.wire import Json


def get_chat(request: Request) -> Json:
    """A ChatFullInfo object."""
    chat = _readable(request)
    return {**chat.info, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


def get_chat_member(request: Request) -> Json:
    """One member of a chat."""
    chat = _readable(request)
    user_id = request.params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id not in request.state.users and user_id != request.state.bot_id:
        raise bad_request("member not found")
    return member(request.state, chat.members.get(user_id, "left"), user_id)


def get_chat_administrators(request: Request) -> list[Json]:
    """The administrators of a group; ``return_bots`` changes nothing, as no other bot is ever there."""
    chat = _readable(request)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = {user_id: status for user_id, status in chat.members.items() if status in ADMINISTRATORS}
    return [member(request.state, status, user_id) for user_id, status in admins.items()]


def get_chat_member_count(request: Request) -> int:
    """How many people and bots are in a chat."""
    return sum(status in PRESENT for status in _readable(request).members.values())


def leave_chat(request: Request) -> bool:
    """Leave a group."""
    chat = chat_of(request)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    set_bot_status(request.state, request.state.bot_id, chat, "left")
    return True


def _readable(request: Request) -> Chat:
    """The chat of a request: a private one though it blocked the bot, a group only from inside."""
    chat = chat_of(request, write=False)
    return chat if chat.type == "private" else request.state.writable_chat(str(chat.id))


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}

CHATS = (
    method("getChat", get_chat, "chat_id"),
    method("getChatMember", get_chat_member, "chat_id user_id"),
    method("getChatAdministrators", get_chat_administrators, "chat_id return_bots"),
    method("getChatMemberCount", get_chat_member_count, "chat_id"),
    method("leaveChat", leave_chat, "chat_id"),
)
