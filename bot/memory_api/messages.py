"""Sending: texts, photos, documents, copies, chat actions, drafts, reactions."""

from __future__ import annotations

from bot.memory_api.errors import bad_request
from bot.memory_api.fields import integer, string
from bot.memory_api.formatting import CAPTION_LIMIT, TEXT_LIMIT, Draft, read, settle
from bot.memory_api.keyboards import check_markup, markup_of
from bot.memory_api.media import content_of
from bot.memory_api.method import Request, method
from bot.memory_api.people import forwarded, without_reply
from bot.memory_api.state import Chat
from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json


def chat_of(request: Request, *, write: bool = True) -> Chat:
    """The chat that a request names.

    Args:
        request: the request.
        write: whether the bot must be allowed to write there.

    Raises:
        ApiError: it names none, or one that the bot cannot reach.
    """
    chat_id = request.params.text("chat_id")
    if not chat_id:
        raise bad_request("chat_id is empty")
    state = request.state
    return state.writable_chat(chat_id) if write else state.known_chat(chat_id)


def read_text(request: Request) -> Draft:
    """The text of a request that must have one.

    Raises:
        ApiError: it has none, or wrong markup.
    """
    text = request.params.text("text")
    if not text:
        raise bad_request("message text is empty")
    return read_formatted(request, text, "entities")


def read_caption(request: Request) -> Draft:
    """The caption of a request, which may be empty.

    Raises:
        ApiError: it has wrong markup.
    """
    return read_formatted(request, request.params.text("caption"), "caption_entities")


def read_formatted(request: Request, text: str, entities: str) -> Draft:
    """A text of a request, by its parse mode or its entities.

    Args:
        request: the request.
        text: the text.
        entities: the parameter that holds the entities.

    Raises:
        ApiError: the markup or an entity is wrong.
    """
    params = request.params
    return read(text, params.text("parse_mode"), params.lenient(entities))


def text_content(request: Request, draft: Draft) -> Json:
    """A settled text as fields of the Message.

    Raises:
        ApiError: nothing is left of it, it is too long, or an entity is wrong.
    """
    text, entities = settle(draft, request.state.users, request.notes)
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text, **({"entities": entities} if entities else {})}
    preview = request.params.mapping(
        "link_preview_options", "link preview options JSON object", "link preview options"
    )
    return {**content, **({"link_preview_options": preview} if preview else {})}


def caption_content(request: Request, draft: Draft) -> Json:
    """A settled caption as fields of the Message; none where it is empty.

    Raises:
        ApiError: it is too long, or an entity is wrong.
    """
    caption, entities = settle(draft, request.state.users, request.notes)
    if utf16_length(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not caption:
        return {}
    return {"caption": caption, **({"caption_entities": entities} if entities else {})}


def markup_content(markup: Json, *, only_inline: bool = False) -> Json:
    """A reply markup as a field of the Message; none where the Message shows none.

    Raises:
        ApiError: a button is wrong, or there are too many.
    """
    shown = check_markup(markup, only_inline=only_inline)
    return {"reply_markup": shown} if shown else {}


def send_message(request: Request) -> Json:
    """Send a text."""
    draft = read_text(request)
    markup = markup_of(request.params)
    chat, place = _place(request)
    content = text_content(request, draft)
    return _post(request, chat, {**place, **content, **markup_content(markup)}, markup)


def send_photo(request: Request) -> Json:
    """Send a photo."""
    return _send_media(request, "photo")


def send_document(request: Request) -> Json:
    """Send a document."""
    return _send_media(request, "document")


def _send_media(request: Request, kind: str) -> Json:
    draft = read_caption(request)
    markup = markup_of(request.params)
    chat, place = _place(request)
    caption = caption_content(request, draft)
    shown = markup_content(markup)
    return _post(request, chat, {**place, **content_of(request, kind), **caption, **shown}, markup)


def _place(request: Request) -> tuple[Chat, Json]:
    """The chat, and the fields of a Message for its topic and what it answers."""
    reply = request.params.mapping("reply_parameters", "reply parameters JSON object", "reply parameters")
    chat = chat_of(request)
    place: Json = {}
    thread = request.params.integer("message_thread_id")
    if thread:
        if thread not in chat.threads:
            raise bad_request("message thread not found")
        place = {"message_thread_id": thread, "is_topic_message": True}
    if request.params.flag("protect_content"):
        place["has_protected_content"] = True
    return chat, {**place, **_answered(request, chat, reply)}


def _answered(request: Request, chat: Chat, reply: Json) -> Json:
    if not reply:
        return {}
    there = request.state.known_chat(string(reply, "chat_id")) if reply.get("chat_id") else chat
    message = there.messages.get(integer(reply, "message_id"))
    if message is not None:
        return {"reply_to_message": without_reply(message)}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _post(request: Request, chat: Chat, content: Json, markup: Json) -> Json:
    message = request.state.add_message(chat, request.state.me, content)
    if markup and "inline_keyboard" not in markup:
        chat.keyboard = None if markup.get("remove_keyboard") else markup
        request.state.tell("keyboard", chat.id, reply_markup=markup)
    return message


def copy_message(request: Request) -> Json:
    """Send the content of a message again, without saying where it comes from."""
    original = _original(request, "message to copy not found")
    content = {key: value for key, value in forwarded(original).items() if key != "forward_origin"}
    if "caption" in request.params and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= caption_content(request, read_caption(request))
    markup = markup_of(request.params)
    chat, place = _place(request)
    return {
        "message_id": _post(request, chat, {**place, **content, **markup_content(markup)}, markup)[
            "message_id"
        ]
    }


def forward_message(request: Request) -> Json:
    """Forward a message."""
    original = _original(request, "message to forward not found")
    chat, place = _place(request)
    return _post(request, chat, {**place, **forwarded(original)}, {})


def _original(request: Request, missing: str) -> Json:
    source = request.state.known_chat(request.params.text("from_chat_id"))
    message = source.messages.get(request.params.integer("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


PLACE = (
    "chat_id message_thread_id direct_messages_topic_id disable_notification protect_content"
    " message_effect_id suggested_post_parameters"
)
SEND = f"{PLACE} business_connection_id allow_paid_broadcast reply_parameters reply_markup"
CAPTION = "caption parse_mode caption_entities"
MESSAGES = (
    method("sendMessage", send_message, f"{SEND} text parse_mode entities link_preview_options"),
    method("sendPhoto", send_photo, f"{SEND} {CAPTION} photo show_caption_above_media has_spoiler"),
    method(
        "sendDocument", send_document, f"{SEND} {CAPTION} document thumbnail disable_content_type_detection"
    ),
    method(
        "copyMessage",
        copy_message,
        f"{PLACE} {CAPTION} allow_paid_broadcast reply_parameters reply_markup from_chat_id message_id"
        " show_caption_above_media video_start_timestamp",
    ),
    method("forwardMessage", forward_message, f"{PLACE} from_chat_id message_id video_start_timestamp"),
)
