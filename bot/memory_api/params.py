"""Reading a request's parameters, which come as text (forms) or as JSON values (in memory)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.memory_api.errors import ApiError, bad_request
from bot.memory_api.wire import Json


class Params:
    """The parameters of one request, read by the type that the method expects."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    def __contains__(self, name: str) -> bool:
        return self.raw.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; empty where the parameter is absent."""
        value = self.raw.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A number, kept between the bounds; the default where it is absent or not a number."""
        try:
            value = int(self.raw.get(name, default))
        except (TypeError, ValueError):
            value = default
        if low is not None:
            value = max(low, value)
        return value if high is None else min(high, value)

    def flag(self, name: str) -> bool:
        """A truth value; the server takes ``true``, ``yes`` and ``1`` as true."""
        return str(self.raw.get(name, "")).lower() in {"true", "yes", "1"}

    def value(self, name: str, what: str) -> Any:
        """A JSON value, or None where it is absent.

        Args:
            name: the parameter.
            what: what the refusal calls it: ``reply keyboard markup JSON object``.

        Raises:
            ApiError: the text is not JSON.
        """
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what}") from None

    def lenient(self, name: str) -> Any:
        """A JSON value, or None where it is absent or no JSON at all, as the server takes entities."""
        try:
            return self.value(name, name)
        except ApiError:
            return None

    def array(self, name: str, what: str, expected: str) -> list[Any]:
        """A JSON array; empty where it is absent.

        Raises:
            ApiError: it is not an array (``expected an Array of …``) or not JSON.
        """
        value = self.value(name, what)
        if value is None:
            return []
        if not isinstance(value, (list, tuple)):
            raise bad_request(f"expected an Array of {expected}")
        return list(value)

    def mapping(self, name: str, what: str, expected: str) -> Json:
        """A JSON object; empty where it is absent.

        Raises:
            ApiError: it is not an object (``object expected as …``) or not JSON.
        """
        value = self.value(name, what)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {expected}")
        return value
