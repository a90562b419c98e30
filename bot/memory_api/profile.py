"""What the bot says of itself: command menus, names, descriptions, menu buttons."""

from __future__ import annotations

import re

from bot.memory_api.errors import FieldError, bad_request
from bot.memory_api.fields import integer, mapping, string
from bot.memory_api.links import checked_link
from bot.memory_api.method import Request, method
from bot.memory_api.scopes import Scope
from bot.memory_api.wire import Json

MAX_COMMANDS = 100
MAX_COMMAND_BYTES = 4096
"""Bytes of all names and descriptions of a list; the server refuses about as much as this as too many."""
NAME_LIMIT = 64
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def set_my_commands(request: Request) -> bool:
    """Set the list of commands of one scope and language."""
    raw = request.params.array("commands", "commands JSON object", "BotCommand")
    try:
        commands = [_read_command(command) for command in raw]
    except FieldError as error:
        raise bad_request(f"can't parse BotCommand: {error}") from None
    scope, language = _scope(request), _language(request)
    for command in commands:
        _check_command(command["command"], command["description"])
    size = sum(len((command["command"] + command["description"]).encode()) for command in commands)
    if len(commands) > MAX_COMMANDS or size > MAX_COMMAND_BYTES:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    request.state.menu.set(scope, language, commands)
    request.state.tell("commands", 0)
    return True


def _read_command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise FieldError("expected an Object")
    name, description = string(raw, "command"), string(raw, "description")
    return {"command": name.strip().removeprefix("/"), "description": description.strip()}


def _check_command(name: str, description: str) -> None:
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")


def get_my_commands(request: Request) -> list[Json]:
    """The list of exactly one scope and language."""
    return request.state.menu.get(_scope(request), _language(request))


def delete_my_commands(request: Request) -> bool:
    """Forget the list of exactly one scope and language."""
    request.state.menu.delete(_scope(request), _language(request))
    request.state.tell("commands", 0)
    return True


def _scope(request: Request) -> Scope:
    raw = request.params.value("scope", "BotCommandScope JSON object")
    if raw is None:
        return ("default", 0, 0)
    try:
        kind, chat_id, user_id = _read_scope(raw)
    except FieldError as error:
        raise bad_request(f"can't parse BotCommandScope: {error}") from None
    if not chat_id:
        return (kind, 0, 0)
    chat = request.state.known_chat(chat_id)
    if chat.type == "private" and kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    if chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    return (kind, chat.id, user_id)


def _read_scope(raw: object) -> tuple[str, str, int]:
    if not isinstance(raw, dict):
        raise FieldError("BotCommandScope must be an Object")
    kind = string(raw, "type")
    if kind in {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}:
        return kind, "", 0
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise FieldError("Unsupported type specified")
    chat_id = string(raw, "chat_id")
    if not chat_id:
        raise FieldError("Empty chat_id specified")
    user_id = integer(raw, "user_id") if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise FieldError("Invalid user_id specified")
    return kind, chat_id, user_id


def _language(request: Request) -> str:
    language = request.params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def set_my_name(request: Request) -> bool:
    """Set the bot's name in one language."""
    _set_text(request, request.state.profile.names, "name", NAME_LIMIT, "BOT_TITLE_INVALID")
    return True


def set_my_description(request: Request) -> bool:
    """Set what an empty chat with the bot shows."""
    texts = request.state.profile.descriptions
    _set_text(request, texts, "description", DESCRIPTION_LIMIT, "DESCRIPTION_TOO_LONG")
    return True


def set_my_short_description(request: Request) -> bool:
    """Set what the bot's profile page shows."""
    texts = request.state.profile.short_descriptions
    _set_text(request, texts, "short_description", SHORT_DESCRIPTION_LIMIT, "ABOUT_TOO_LONG")
    return True


def _set_text(request: Request, texts: dict[str, str], name: str, limit: int, refusal: str) -> None:
    text = request.params.text(name)
    if len(text) > limit:
        raise bad_request(refusal)
    texts[_language(request)] = text


def get_my_name(request: Request) -> Json:
    """The bot's name in a language."""
    return {"name": _text(request, request.state.profile.names)}


def get_my_description(request: Request) -> Json:
    """What an empty chat with the bot shows in a language."""
    return {"description": _text(request, request.state.profile.descriptions)}


def get_my_short_description(request: Request) -> Json:
    """What the bot's profile page shows in a language."""
    return {"short_description": _text(request, request.state.profile.short_descriptions)}


def _text(request: Request, texts: dict[str, str]) -> str:
    return texts.get(_language(request)) or texts.get("", "")


def set_chat_menu_button(request: Request) -> bool:
    """Set the button beside the text field, in one private chat or by default."""
    button = request.params.value("menu_button", "menu button JSON object") or {"type": "default"}
    try:
        _check_menu_button(button)
    except FieldError as error:
        raise bad_request(f"can't parse menu button: {error}") from None
    request.state.profile.menu_buttons[_private_chat(request)] = button
    return True


def _check_menu_button(button: object) -> None:
    if not isinstance(button, dict):
        raise FieldError("MenuButton must be an Object")
    kind = string(button, "type")
    if kind not in {"default", "commands", "web_app"}:
        raise FieldError("MenuButton has unsupported type")
    if kind == "web_app":
        string(button, "text")
        checked_link(string(mapping(button, "web_app"), "url"))


def get_chat_menu_button(request: Request) -> Json:
    """The button beside the text field."""
    buttons = request.state.profile.menu_buttons
    return buttons.get(_private_chat(request)) or buttons.get(0) or {"type": "commands"}


def _private_chat(request: Request) -> int:
    if "chat_id" not in request.params:
        return 0
    chat_id = request.params.integer("chat_id")
    if chat_id not in request.state.users:
        raise bad_request("user not found")
    return chat_id


PROFILE = (
    method("setMyCommands", set_my_commands, "commands scope language_code"),
    method("getMyCommands", get_my_commands, "scope language_code"),
    method("deleteMyCommands", delete_my_commands, "scope language_code"),
    method("setMyName", set_my_name, "name language_code"),
    method("getMyName", get_my_name, "language_code"),
    method("setMyDescription", set_my_description, "description language_code"),
    method("getMyDescription", get_my_description, "language_code"),
    method("setMyShortDescription", set_my_short_description, "short_description language_code"),
    method("getMyShortDescription", get_my_short_description, "language_code"),
    method("setChatMenuButton", set_chat_menu_button, "chat_id menu_button"),
    method("getChatMenuButton", get_chat_menu_button, "chat_id"),
)
