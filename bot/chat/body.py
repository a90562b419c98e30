"""Reading what the page sends, within limits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.http_server import read_bytes

JSON_LIMIT = 256 * 1024
FILE_LIMIT = 20 * 1024 * 1024
"""Bytes; what a bot may download at most."""

_DIGITS = re.compile(r"-?[0-9]{1,18}")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can carry and UTF-8 cannot."""


async def read_json(request: Request) -> Fields:
    """The fields of a JSON object.

    Raises:
        HTTPException: 400 where it is none, 413 where it is too long, 415 for another content type.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "只收 application/json")
    try:
        body = json.loads(await read_bytes(request, JSON_LIMIT))
    except (ValueError, RecursionError):
        raise HTTPException(400, "不是 JSON") from None
    if not isinstance(body, dict):
        raise HTTPException(400, "不是 JSON 对象")
    return Fields(body)


class Fields:
    """The fields of a request by type; a wrong one is answered with 400."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or _SURROGATE.search(value):
            raise self._wrong(name)
        return value

    def integer(self, name: str) -> int:
        """A whole number, as a number or (in an address) as digits."""
        value = self.optional_integer(name)
        if value is None:
            raise self._wrong(name)
        return value

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or None where it is absent."""
        value = self.values.get(name)
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            return int(value)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._wrong(name)

    def flag(self, name: str) -> bool:
        """A truth value."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise self._wrong(name)
        return value

    @staticmethod
    def _wrong(name: str) -> HTTPException:
        return HTTPException(400, f"{name} 缺少或不对")
