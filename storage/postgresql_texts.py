"""Texts on their way to PostgreSQL and back: it takes every character but NUL, which articles may hold.

A NUL is written as U+FDD0, a code point that Unicode keeps free for such uses and that no text has. Offsets
stay what they are, for one character stands for one.
"""

from __future__ import annotations

from typing import Any

_STAND_IN = "\ufdd0"
_STAND_IN_BYTES = _STAND_IN.encode()


def written(text: str) -> bytes:
    """A text as the server gets it.

    Raises:
        ValueError: it holds U+FDD0, and would come back as another.
    """
    if _STAND_IN in text:
        raise ValueError("a text holds U+FDD0, which is no character")
    return text.replace("\0", _STAND_IN).encode()


def read(data: bytes) -> str:
    """A text as it was before it was written."""
    text = str(data, "utf-8")
    return text.replace(_STAND_IN, "\0") if _STAND_IN_BYTES in data else text


async def prepare_connection(connection: Any) -> None:
    """Have a connection of asyncpg write and read texts so."""
    await connection.set_type_codec(
        "text", schema="pg_catalog", encoder=written, decoder=read, format="binary"
    )
