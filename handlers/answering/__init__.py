"""Answers to questions: each kind of question from its kind of fact; None where no report says it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers.answering import events, numbers, people, sayings
from handlers.asked import Asked
from handlers.reply import Reply

ANSWERERS: dict[str, Callable[[Asked], Awaitable[Reply | None]]] = {
    "number": numbers.number,
    "when": events.when,
    "where": events.where,
    "theme": events.theme,
    "host": events.host,
    "moderator": events.moderator,
    "title": people.title,
    "post": people.post,
    "list": people.list_,
    "who": people.who,
    "said": sayings.said,
    "confirm": sayings.confirm,
    "what": sayings.what,
}
"""The function that answers each kind of question."""
