"""The people's side: what Telegram clients do, and the updates that come of it."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.memory_api.autolink import find_entities
from bot.memory_api.errors import NOT_MODIFIED
from bot.memory_api.images import image_size
from bot.memory_api.state import PRESENT, Chat, State
from bot.memory_api.wire import Json, Upload

SERVICE = frozenset({"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"})
NOT_FORWARDED = frozenset(
    {
        "message_id",
        "from",
        "sender_chat",
        "chat",
        "date",
        "edit_date",
        "reply_to_message",
        "reply_markup",
        "message_thread_id",
        "is_topic_message",
    }
)
"""Fields that belong to a message's place, not to its content."""


def text_fields(text: str | None, *, caption: bool = False) -> Json:
    """The text or caption of a message with the entities that a client finds in it."""
    if not text:
        return {}
    prefix, key = ("caption_", "caption") if caption else ("", "text")
    entities = find_entities(text)
    return {key: text, **({f"{prefix}entities": entities} if entities else {})}


def attachment(state: State, document: Upload | None, photo: Upload | None) -> Json:
    """The fields of a message for a file that it carries."""
    if document is not None:
        return state.files.add("document", document).content
    if photo is not None:
        return state.files.add("photo", photo, size=image_size(photo.data) or (0, 0)).content
    return {}


def compose(
    state: State, text: str | None, document: Upload | None, photo: Upload | None, forward_of: Json | None
) -> Json:
    """The content of a new message: what is forwarded, or a file with its caption, or a text."""
    if forward_of is not None:
        return forwarded(forward_of)
    content = attachment(state, document, photo)
    return {**content, **text_fields(text, caption=bool(content))}


def placed(chat: Chat, reply_to: int | None, thread_id: int | None) -> Json:
    """The fields of a message for what it answers and the topic it stands in."""
    fields: Json = {}
    if reply_to is not None:
        fields["reply_to_message"] = without_reply(chat.messages[reply_to])
    if thread_id is not None:
        chat.threads.add(thread_id)
        fields |= {"message_thread_id": thread_id, "is_topic_message": True}
    return fields


def without_reply(message: Json) -> Json:
    """A message as it is shown inside another one; replies are never shown two deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def forwarded(message: Json) -> Json:
    """The content of a forward: that of the original, and where it comes from."""
    content = {key: value for key, value in message.items() if key not in NOT_FORWARDED}
    return {**content, "forward_origin": message.get("forward_origin") or _origin(message)}


def _origin(message: Json) -> Json:
    if "sender_chat" in message:
        channel = {"chat": message["chat"], "message_id": message["message_id"]}
        return {"type": "channel", "date": message["date"], **channel}
    return {"type": "user", "date": message["date"], "sender_user": message["from"]}


def send(state: State, user_id: int, chat_id: int, content: Json) -> Json:
    """Store a person's message and queue the update, if the bot gets to see it."""
    chat = state.chats[chat_id]
    message = state.add_message(chat, state.users[user_id], content)
    if sees(state, chat, message):
        state.updates.push("channel_post" if chat.type == "channel" else "message", message)
    return message


def sees(state: State, chat: Chat, message: Json) -> bool:
    """Whether the bot gets a message, by membership and by privacy mode."""
    status = chat.members.get(state.bot_id)
    if status not in PRESENT:
        return False
    if chat.type == "private" or status == "administrator" or not state.privacy:
        return True
    if any(key in message for key in SERVICE):
        return True
    if message.get("via_bot") == state.me:
        return True
    reply = message.get("reply_to_message", {})
    return reply.get("from", {}).get("id") == state.bot_id or _addresses(state, message)


def _addresses(state: State, message: Json) -> bool:
    """Whether a group message names the bot or is a command that may be meant for it."""
    text = message.get("text") or message.get("caption") or ""
    encoded = text.encode("utf-16-le")
    name = "@" + str(state.me["username"]).lower()
    for entity in message.get("entities", []) + message.get("caption_entities", []):
        start = entity["offset"] * 2
        found = encoded[start : start + entity["length"] * 2].decode("utf-16-le").lower()
        if entity["type"] == "mention" and found == name:
            return True
        if entity["type"] == "bot_command" and ("@" not in found or found.endswith(name)):
            return True
    return False


def edit(state: State, user_id: int, chat_id: int, message_id: int, text: str) -> Json:
    """Change the text or caption of a person's own message and queue the update."""
    chat = state.chats[chat_id]
    old = chat.messages[message_id]
    if old.get("from", {}).get("id") != user_id:
        raise PermissionError("people edit their own messages only")
    caption = "text" not in old
    if old.get("caption" if caption else "text") == text:
        raise ValueError(NOT_MODIFIED)
    gone = {"text", "entities", "caption", "caption_entities"}
    kept = {key: value for key, value in old.items() if key not in gone}
    new = {**kept, "edit_date": state.date(), **text_fields(text, caption=caption)}
    state.replace_message(chat, new)
    if sees(state, chat, new):
        state.updates.push("edited_message", new)
    return new


async def ask(state: State, kind: str, query: Json, chat_id: int, seconds: float) -> Json:
    """Queue a query and wait for the bot's answer to it.

    Raises:
        TimeoutError: no answer came; an answer that comes later is refused as too old.
    """
    waiting = state.open_query(query["from"]["id"], chat_id)
    state.updates.push(kind, {"id": waiting.id, **query})
    try:
        async with asyncio.timeout(seconds):
            return await waiting.answer
    finally:
        del state.queries[waiting.id]


async def press(state: State, user_id: int, chat_id: int, message_id: int, data: str, seconds: float) -> Json:
    """Press a button and wait for the answer.

    Raises:
        KeyError: no such chat or message.
        TimeoutError: the bot did not answer the query in time.
    """
    query = {
        "from": state.users[user_id],
        "message": state.chats[chat_id].messages[message_id],
        "chat_instance": str(1_000_000_000 + chat_id),
        "data": data,
    }
    return await ask(state, "callback_query", query, chat_id, seconds)


async def inline(state: State, user_id: int, text: str, offset: str, seconds: float) -> Json:
    """Type an inline query and wait for the results.

    Raises:
        TimeoutError: the bot did not answer the query in time.
    """
    query = {"from": state.users[user_id], "query": text, "offset": offset, "chat_type": "sender"}
    return await ask(state, "inline_query", query, user_id, seconds)


def set_bot_status(state: State, actor: int, chat: Chat, status: str) -> None:
    """Change the bot's membership of a chat and queue the update."""
    old = chat.members.get(state.bot_id, "left")
    chat.members[state.bot_id] = status
    change: dict[str, Any] = {
        "chat": chat.info,
        "from": state.me if actor == state.bot_id else state.users[actor],
        "date": state.date(),
        "old_chat_member": member(state, old),
        "new_chat_member": member(state, status),
    }
    state.updates.push("my_chat_member", change)


def upgrade(state: State, chat: Chat, chat_id: int) -> Chat:
    """Turn a group into a supergroup: two service messages, and the old id only says where to go."""
    info = {**chat.info, "id": chat_id, "type": "supergroup"}
    new = Chat(chat_id, "supergroup", info, dict(chat.members))
    state.chats[chat_id] = new
    actor = next(user_id for user_id in chat.members if user_id != state.bot_id)
    send(state, actor, chat.id, {"migrate_to_chat_id": chat_id})
    send(state, actor, chat_id, {"migrate_from_chat_id": chat.id})
    chat.upgraded_to = chat_id
    return new


def choose(state: State, user_id: int, chat_id: int, result: Json, query: str) -> Json:
    """Send a result of an inline query as a person, by way of the bot."""
    text = result.get("input_message_content", {})
    content: Json = {"via_bot": state.me}
    if "message_text" in text:
        content |= {"text": text["message_text"], "entities": text.get("entities", [])}
    if result.get("reply_markup"):
        content["reply_markup"] = result["reply_markup"]
    chosen = {"result_id": result["id"], "from": state.users[user_id], "query": query}
    state.updates.push("chosen_inline_result", chosen)
    return send(state, user_id, chat_id, content)


def member(state: State, status: str, user_id: int | None = None) -> Json:
    """A ChatMember object; the bot's own where no user is named."""
    user = state.me if user_id is None or user_id == state.bot_id else state.users[user_id]
    if status == "kicked":
        return {"user": user, "status": status, "until_date": 0}
    if status == "creator":
        return {"user": user, "status": status, "is_anonymous": False}
    if status == "administrator":
        return {"user": user, "status": status, **_RIGHTS}
    return {"user": user, "status": status}


_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": True,
    "can_edit_stories": True,
    "can_delete_stories": True,
    "can_pin_messages": True,
    "can_manage_topics": True,
}
