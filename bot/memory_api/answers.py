"""Answers to button presses and inline queries."""

from __future__ import annotations

from bot.memory_api.errors import QUERY_TOO_OLD, bad_request
from bot.memory_api.method import Request, method
from bot.memory_api.state import Query
from bot.memory_api.wire import Json


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
    if len(answer["text"]) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query = _settle(request, params.text("callback_query_id"), answer)
    request.state.tell(
        "callback_answer", query.chat_id, callback_query_id=query.id, user_id=query.user_id, **answer
    )
    return True


def answer_inline_query(request: Request) -> bool:
    """Show the results of an inline query."""
    params = request.params
    results = params.array("results", "inline query results", "inline query results")
    answer: Json = {
        "results": results,
        "cache_time": params.integer("cache_time", 300),
        "is_personal": params.flag("is_personal"),
        "next_offset": params.text("next_offset"),
        "button": params.value("button", "inline query results button JSON object"),
    }
    _settle(request, params.text("inline_query_id"), answer)
    return True


ANSWERS = (
    method("answerCallbackQuery", answer_callback_query, "callback_query_id text show_alert url cache_time"),
    method(
        "answerInlineQuery",
        answer_inline_query,
        "inline_query_id results cache_time is_personal next_offset button",
    ),
)
