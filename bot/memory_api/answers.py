"""Answers to button presses and inline queries."""

from __future__ import annotations

import re

from bot.memory_api.errors import QUERY_TOO_OLD, FieldError, bad_request
from bot.memory_api.fields import string
from bot.memory_api.inline_results import read_results
from bot.memory_api.method import Request, method
from bot.memory_api.state import Query
from bot.memory_api.wire import Json

NOTICE_LIMIT = 200
"""Characters of the notice that answers a button press."""
OFFSET_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _settle(request: Request, query_id: str, answer: Json) -> Query:
    query = request.state.queries.get(query_id)
    if query is None:
        raise bad_request(QUERY_TOO_OLD)
    if not query.answer.done():
        query.answer.set_result(answer)
    return query


def answer_callback_query(request: Request) -> bool:
    """Stop the spinner on a button, with a notice if one is given."""
    params = request.params
    answer: Json = {
        "text": params.text("text"),
        "show_alert": params.flag("show_alert"),
        "url": params.text("url"),
        "cache_time": params.integer("cache_time"),
    }
    if len(answer["text"]) > NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = _settle(request, params.text("callback_query_id"), answer)
    request.state.tell(
        "callback_answer", query.chat_id, callback_query_id=query.id, user_id=query.user_id, **answer
    )
    return True


def answer_inline_query(request: Request) -> bool:
    """Show the results of an inline query."""
    params = request.params
    button = params.value("button", "inline query results button JSON object")
    if button is not None:
        _check_button(button)
    answer: Json = {
        "results": read_results(request),
        "cache_time": params.integer("cache_time", 300, 0, 24 * 3600),
        "is_personal": params.flag("is_personal"),
        "next_offset": params.text("next_offset"),
        "button": button,
    }
    if len(answer["next_offset"].encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _settle(request, params.text("inline_query_id"), answer)
    return True


def _check_button(button: object) -> None:
    try:
        start = _start_parameter(button)
    except FieldError as error:
        raise bad_request(f"can't parse inline query results button: {error}") from None
    if start is not None and not START_PARAMETER.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")


def _start_parameter(button: object) -> str | None:
    if not isinstance(button, dict):
        raise FieldError("InlineQueryResultsButton must be an Object")
    string(button, "text")
    if "start_parameter" in button:
        return string(button, "start_parameter")
    if "web_app" in button:
        return None
    raise FieldError("InlineQueryResultsButton must have exactly one optional field")


ANSWERS = (
    method("answerCallbackQuery", answer_callback_query, "callback_query_id text show_alert url cache_time"),
    method(
        "answerInlineQuery",
        answer_inline_query,
        "inline_query_id results cache_time is_personal next_offset button",
    ),
)
