"""Reply markup: inline keyboards and the keyboards below the text field."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.memory_api.errors import FieldError, bad_request
from bot.memory_api.fields import flag, mapping, string
from bot.memory_api.links import checked_link, user_of_link
from bot.memory_api.params import Params
from bot.memory_api.wire import Json

MAX_BUTTONS = 100
MAX_ROW = 8
"""Inline buttons in one row; clients show no more."""
MAX_REPLY_BUTTONS = 300
MAX_BYTES = 10_000
"""Bytes of the markup as JSON."""
DATA_BYTES = 64
"""Bytes of a button's callback data."""

_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_KINDS = (
    *(
        "callback_game",
        "pay",
        *_SWITCHES,
        "switch_inline_query_chosen_chat",
        "login_url",
        "web_app",
        "copy_text",
    ),
)


def read_markup(raw: object) -> Json:
    """Read a reply markup.

    Raises:
        ApiError: it has a wrong form.
    """
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    for row in _rows(raw, "keyboard", 'Field "keyboard"'):
        for button in row:
            _read(button, _reply_button, "keyboard button")
    for row in _rows(raw, "inline_keyboard", 'Field "inline_keyboard" of the InlineKeyboardMarkup'):
        for button in row:
            _read(button, _inline_button, "inline keyboard button")
    return raw


def markup_of(params: Params) -> Json:
    """The reply markup of a request; empty where it has none."""
    return read_markup(params.value("reply_markup", "reply keyboard markup JSON object"))


def _rows(raw: Json, name: str, what: str) -> list[list[object]]:
    rows = raw.get(name, [])
    if not isinstance(rows, (list, tuple)):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, (list, tuple)) for row in rows):
        raise bad_request(f"{what[0].lower()}{what[1:]} must be an Array of Arrays")
    return [list(row) for row in rows]


def _read(button: object, check: Callable[[object], None], what: str) -> None:
    try:
        check(button)
    except FieldError as error:
        raise bad_request(f"can't parse {what}: {error}") from None


def _reply_button(button: object) -> None:
    if isinstance(button, dict):
        string(button, "text")
    elif not isinstance(button, str):
        raise FieldError("KeyboardButton must be a String or an Object")


def _inline_button(button: object) -> None:
    if not isinstance(button, dict):
        raise FieldError("InlineKeyboardButton must be an Object")
    string(button, "text")
    if button.get("url") or button.get("callback_data"):
        return
    kind = next((kind for kind in _KINDS if kind in button), None)
    if kind is None:
        raise FieldError("Text buttons are unallowed in the inline keyboard")
    if kind in _SWITCHES:
        string(button, kind)


def check_markup(markup: Json, *, only_inline: bool = False) -> Json | None:
    """Check the contents of a markup, once the chat is known to be writable.

    Returns:
        The markup as the Message shows it; None where it shows none.

    Raises:
        ApiError: a button is wrong, or there are too many.
    """
    if markup.get("keyboard"):
        _check_reply_keyboard(markup)
    if only_inline and markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    if not rows:
        return None
    for row in rows:
        for button in row:
            _check_inline(button)
    shown: Json = {"inline_keyboard": rows}
    too_many = sum(map(len, rows)) > MAX_BUTTONS or max(map(len, rows)) > MAX_ROW
    if too_many or len(json.dumps(shown, ensure_ascii=False).encode()) > MAX_BYTES:
        raise bad_request("reply markup is too long")
    return shown


def _check_reply_keyboard(markup: Json) -> None:
    flag(markup, "resize_keyboard")
    buttons = [button for row in markup["keyboard"] for button in row]
    if not all(string(button, "text") if isinstance(button, dict) else button for button in buttons):
        raise bad_request("keyboard button text must be non-empty")
    if len(buttons) > MAX_REPLY_BUTTONS:
        raise bad_request("reply markup is too long")


def _check_inline(button: Json) -> None:
    if not string(button, "text").strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("url"):
        _check_url(string(button, "url"), "inline keyboard button")
    elif button.get("callback_data"):
        if len(string(button, "callback_data").encode()) > DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "copy_text" in button and not 1 <= len(string(mapping(button, "copy_text"), "text")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str, what: str) -> None:
    if user_of_link(url) is not None:
        return
    try:
        checked_link(url)
    except FieldError as error:
        raise bad_request(f"{what} {error}") from None
