"""The results that answer an inline query."""

from __future__ import annotations

from bot.memory_api.errors import ApiError, FieldError, bad_request
from bot.memory_api.fields import optional, string
from bot.memory_api.formatting import CAPTION_LIMIT, TEXT_LIMIT, read, settle
from bot.memory_api.keyboards import check_markup, read_markup
from bot.memory_api.method import Request
from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json

MAX_RESULTS = 50
ID_BYTES = 64

_REQUIRED = {
    "article": ("title",),
    "photo": ("photo_url|photo_file_id",),
    "document": ("title", "document_url|document_file_id"),
}
"""Fields that a kind of result must have; a bar stands between alternatives."""


def read_results(request: Request) -> list[Json]:
    """The results of a request, as a client receives them: with settled texts.

    Raises:
        ApiError: too many, a wrong form, an id that is doubled or too long, a wrong text or keyboard.
    """
    raw = request.params.array("results", "inline query results", "inline query results")
    if len(raw) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    for result in raw:
        try:
            _read(result)
        except FieldError as error:
            raise bad_request(f"can't parse inline query result: {error}") from None
    ids = [string(result, "id") for result in raw]
    if not all(1 <= len(result_id.encode()) <= ID_BYTES for result_id in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    return [_settled(result, request) for result in raw]


def _read(result: object) -> None:
    if not isinstance(result, dict):
        raise FieldError("Inline query result must be an object")
    kind = string(result, "type")
    string(result, "id")
    if kind not in _REQUIRED:
        raise FieldError(f'type "{kind}" is unsupported for the inline query result')
    if kind == "article" and not isinstance(result.get("input_message_content"), dict):
        string(result, "message_text")
    for field in _REQUIRED[kind]:
        names = field.split("|")
        if not any(name in result for name in names):
            raise FieldError(f'Can\'t find field "{names[-1]}"')


def _settled(result: Json, request: Request) -> Json:
    settled = dict(result)
    if result["type"] == "article" and not string(result, "title").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if content and "message_text" in content:
        text = _text(content, "message_text", "entities", TEXT_LIMIT, request)
        if not text["message_text"]:
            raise bad_request(
                "message text is empty" if not content["message_text"] else "text must be non-empty"
            )
        settled["input_message_content"] = _without_mode(content) | text
    if result.get("caption"):
        settled = _without_mode(settled) | _text(
            result, "caption", "caption_entities", CAPTION_LIMIT, request
        )
    if "reply_markup" in result:
        settled["reply_markup"] = check_markup(read_markup(result["reply_markup"]), only_inline=True)
    return settled


def _text(raw: Json, name: str, entities: str, limit: int, request: Request) -> Json:
    try:
        draft = read(optional(raw, name), optional(raw, "parse_mode"), raw.get(entities))
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise bad_request(f"can't parse inline query result: {reason[0].upper()}{reason[1:]}") from None
    text, found = settle(draft, request.state.users, request.notes)
    if utf16_length(text) > limit:
        raise bad_request("message caption is too long" if name == "caption" else "MESSAGE_TOO_LONG")
    return {name: text, entities: found}


def _without_mode(raw: Json) -> Json:
    return {key: value for key, value in raw.items() if key != "parse_mode"}
