"""Sending: texts, photos, documents, chat actions, drafts."""

from __future__ import annotations

from bot.memory_api.errors import bad_request
from bot.memory_api.formatting import message_text
from bot.memory_api.method import Request, method
from bot.memory_api.state import Chat
from bot.memory_api.wire import Json


def target(request: Request) -> Chat:
    """The chat that a request writes to."""
    chat_id = request.params.raw.get("chat_id", "")
    if chat_id in ("", None):
        raise bad_request("chat_id is empty")
    return request.state.writable_chat(chat_id)


def send_message(request: Request) -> Json:
    """Send a text."""
    text, entities = message_text(request.params)
    markup = request.params.mapping("reply_markup", "reply keyboard markup JSON object", "reply markup")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if "inline_keyboard" in markup:
        content["reply_markup"] = markup
    return request.state.add_message(target(request), request.state.me, content)


SEND = (
    "chat_id message_thread_id disable_notification protect_content reply_parameters reply_markup"
    " message_effect_id business_connection_id allow_paid_broadcast direct_messages_topic_id"
    " suggested_post_parameters"
)
MESSAGES = (method("sendMessage", send_message, f"{SEND} text parse_mode entities link_preview_options"),)
