"""Editing and deleting messages."""

from __future__ import annotations

from bot.memory_api.errors import NOT_MODIFIED, bad_request
from bot.memory_api.fields import optional
from bot.memory_api.formatting import read
from bot.memory_api.keyboards import markup_of
from bot.memory_api.media import media_content
from bot.memory_api.messages import (
    caption_content,
    chat_of,
    markup_content,
    read_caption,
    read_text,
    text_content,
)
from bot.memory_api.method import Request, method
from bot.memory_api.state import ADMINISTRATORS, Chat
from bot.memory_api.wire import Json

TEXT = frozenset({"text", "entities", "link_preview_options"})
CAPTION = frozenset({"caption", "caption_entities"})
MEDIA = frozenset({"photo", "document"})
DELETE_SECONDS = 48 * 3600
"""How long after its sending a message can be deleted."""


def edit_text(request: Request) -> Json:
    """Change the text of one of the bot's messages."""
    draft = read_text(request)
    markup = markup_of(request.params)
    chat, old = _editable(request)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    new = {**text_content(request, draft), **markup_content(markup, only_inline=True)}
    return _replace(request, chat, old, TEXT, new)


def edit_caption(request: Request) -> Json:
    """Change the caption of one of the bot's messages."""
    draft = read_caption(request)
    markup = markup_of(request.params)
    chat, old = _editable(request)
    if MEDIA.isdisjoint(old):
        raise bad_request("there is no caption in the message to edit")
    new = {**caption_content(request, draft), **markup_content(markup, only_inline=True)}
    return _replace(request, chat, old, CAPTION, new)


def edit_markup(request: Request) -> Json:
    """Change or take away the keyboard of one of the bot's messages."""
    markup = markup_of(request.params)
    chat, old = _editable(request)
    return _replace(request, chat, old, frozenset(), markup_content(markup, only_inline=True))


def edit_media(request: Request) -> Json:
    """Put another photo or document into one of the bot's messages."""
    media = request.params.mapping("media", "input media JSON object", "input media")
    kind = str(media.get("type", ""))
    if kind not in MEDIA:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    caption = read(optional(media, "caption"), optional(media, "parse_mode"), media.get("caption_entities"))
    markup = markup_of(request.params)
    chat, old = _editable(request)
    content = media_content(request.state.files, kind, optional(media, "media"), request.files)
    new = {**content, **caption_content(request, caption), **markup_content(markup, only_inline=True)}
    return _replace(request, chat, old, TEXT | CAPTION | MEDIA, new)


def _editable(request: Request) -> tuple[Chat, Json]:
    params = request.params
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = chat_of(request)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    own = chat.type == "channel" or message["from"]["id"] == request.state.bot_id
    if not own or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(request: Request, chat: Chat, old: Json, changed: frozenset[str], new: Json) -> Json:
    """Store the message with other content; a keyboard that is not given again goes away."""
    kept = {key: value for key, value in old.items() if key not in changed and key != "reply_markup"}
    message = {**kept, **new}
    if message == {key: value for key, value in old.items() if key != "edit_date"} | _edit_date(message):
        raise bad_request(NOT_MODIFIED)
    return request.state.replace_message(chat, {**message, "edit_date": request.state.date()})


def _edit_date(message: Json) -> Json:
    return {"edit_date": message["edit_date"]} if "edit_date" in message else {}


def delete_message(request: Request) -> bool:
    """Delete a message."""
    params = request.params
    if "chat_id" not in params:
        raise bad_request("chat identifier is not specified")
    message_id = params.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    chat = chat_of(request)
    if message_id not in chat.messages:
        raise bad_request("message to delete not found")
    _delete(request, chat, message_id)
    return True


def delete_messages(request: Request) -> bool:
    """Delete up to 100 messages; those that do not exist are skipped."""
    ids = request.params.array("message_ids", "message identifiers JSON object", "message identifiers")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if not all(isinstance(message_id, int) for message_id in ids):
        raise bad_request("message identifier must be a Number")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    chat = chat_of(request)
    for message_id in ids:
        if message_id in chat.messages:
            _delete(request, chat, message_id)
    return True


def _delete(request: Request, chat: Chat, message_id: int) -> None:
    state = request.state
    message = chat.messages[message_id]
    own = message.get("from", {}).get("id") == state.bot_id
    admin = chat.members.get(state.bot_id) in ADMINISTRATORS
    if not (own or admin or chat.type == "private"):
        raise bad_request("message can't be deleted")
    if state.now() - message["date"] > DELETE_SECONDS and not admin:
        raise bad_request("message can't be deleted for everyone")
    state.remove_message(chat, message_id)


TARGET = "business_connection_id chat_id message_id inline_message_id reply_markup"
EDITING = (
    method("editMessageText", edit_text, f"{TARGET} text parse_mode entities link_preview_options"),
    method(
        "editMessageCaption",
        edit_caption,
        f"{TARGET} caption parse_mode caption_entities show_caption_above_media",
    ),
    method("editMessageReplyMarkup", edit_markup, TARGET),
    method("editMessageMedia", edit_media, f"{TARGET} media"),
    method("deleteMessage", delete_message, "chat_id message_id"),
    method("deleteMessages", delete_messages, "chat_id message_ids"),
)
