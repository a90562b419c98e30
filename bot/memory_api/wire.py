"""What crosses the wire: uploads in, responses out, and the faults that a test can put between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


Fault = Callable[[str, Mapping[str, Any]], Response | None]
"""Given the method and its parameters, the answer to give instead, or None to let the request through."""

HANG = Response(0, {"fault": "hang"})
"""A fault: the request is not carried out and never answered."""
DROP = Response(0, {"fault": "drop"})
"""A fault: the connection breaks before the request is carried out."""
LOSE = Response(0, {"fault": "lose"})
"""A fault: the request is carried out, then the connection breaks before the answer."""
