"""Fields of JSON objects, with the server's words for those that are missing or wrong."""

from __future__ import annotations

from bot.memory_api.errors import FieldError
from bot.memory_api.wire import Json


def string(raw: Json, name: str) -> str:
    """A field that must be a text; a number counts as one.

    Raises:
        FieldError: it is missing or something else.
    """
    value = raw.get(name)
    if value is None:
        raise FieldError(f'Can\'t find field "{name}"')
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise FieldError(f'Field "{name}" must be of type String')
    return str(value)


def integer(raw: Json, name: str) -> int:
    """A field that must be a number; a text of digits counts as one.

    Raises:
        FieldError: it is missing or something else.
    """
    value = raw.get(name)
    if value is None:
        raise FieldError(f'Can\'t find field "{name}"')
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise FieldError(f'Field "{name}" must be a Number')
    try:
        return int(value)
    except ValueError:
        raise FieldError(f'Field "{name}" must be a valid Number') from None


def mapping(raw: Json, name: str) -> Json:
    """A field that must be an object.

    Raises:
        FieldError: it is missing or something else.
    """
    value = raw.get(name)
    if value is None:
        raise FieldError(f'Can\'t find field "{name}"')
    if not isinstance(value, dict):
        raise FieldError(f'Field "{name}" must be of type Object')
    return value


def optional(raw: Json, name: str) -> str:
    """A field that may be a text; empty where it is missing.

    Raises:
        FieldError: it is something else.
    """
    return "" if raw.get(name) is None else string(raw, name)


def flag(raw: Json, name: str) -> bool:
    """A field that may be a truth value; false where it is missing.

    Raises:
        FieldError: it is something else.
    """
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise FieldError(f'Field "{name}" must be of type Boolean')
    return value
