"""What passes by: chat actions, drafts that are still being written, reactions."""

from __future__ import annotations

from bot.memory_api.errors import bad_request
from bot.memory_api.fields import string
from bot.memory_api.formatting import TEXT_LIMIT, settle
from bot.memory_api.messages import chat_of, read_formatted
from bot.memory_api.method import Request, method
from bot.memory_api.utf16 import utf16_length

ACTIONS = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    }
)
_EMOJI = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯"
    " 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄"
    " ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
REACTIONS = frozenset(_EMOJI.split())
"""The emoji that anybody may react with."""


def send_chat_action(request: Request) -> bool:
    """Show that the bot is busy."""
    action = request.params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    request.state.tell("chat_action", chat_of(request).id, action=action)
    return True


def send_message_draft(request: Request) -> bool:
    """Show a text that is still being written."""
    draft = read_formatted(request, request.params.text("text"), "entities")
    chat = chat_of(request)
    draft_id = request.params.integer("draft_id")
    if not draft_id:
        raise bad_request("RANDOM_ID_EMPTY")
    if chat.type != "private":
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    text, entities = settle(draft, request.state.users, request.notes)
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    request.state.tell("draft", chat.id, draft_id=draft_id, text=text, entities=entities)
    return True


def set_message_reaction(request: Request) -> bool:
    """React to a message."""
    params = request.params
    chosen = params.array("reaction", "reaction types JSON object", "ReactionType")
    if any(_emoji(reaction) not in REACTIONS for reaction in chosen):
        raise bad_request("REACTION_INVALID")
    chat = chat_of(request, write=False)
    message_id = params.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    if len(chosen) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    request.state.tell("reaction", chat.id, message_id=message_id, reaction=chosen)
    return True


def _emoji(reaction: object) -> str:
    if not isinstance(reaction, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    return string(reaction, "emoji") if reaction.get("type") == "emoji" else ""


SIGNALS = (
    method("sendChatAction", send_chat_action, "chat_id message_thread_id action business_connection_id"),
    method(
        "sendMessageDraft", send_message_draft, "chat_id message_thread_id draft_id text parse_mode entities"
    ),
    method("setMessageReaction", set_message_reaction, "chat_id message_id reaction is_big"),
)
