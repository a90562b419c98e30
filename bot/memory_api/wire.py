"""What crosses the wire: uploads in, responses out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
"""A JSON object: a Message, an Update, a User… Never changed once stored; an edit stores a new one."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way to the server."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the server: the HTTP status and the JSON body."""

    status: int
    payload: Json

    @classmethod
    def ok(cls, result: object) -> Response:
        """The answer to a request that was carried out."""
        return cls(200, {"ok": True, "result": result})
