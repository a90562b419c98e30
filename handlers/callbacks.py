"""What a button carries: one request for one row of the command table, in at most 64 bytes.

``1:+:speaker:0:#12`` – version, mode, row, page, argument. A button is nothing but a command that need not
be typed, so its permission is the row's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

VERSION = "1"
LIMIT = 64
"""Bytes of callback data that Telegram takes."""
Mode = Literal["+", "="]
"""``+`` answers with a new message, ``=`` changes the message of the button."""

_FORM = re.compile(r"1:([+=]):([a-z_]{1,32}):(0|[1-9][0-9]{0,3}):([^\x00-\x1f\x7f]*)")


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button."""

    command: str
    argument: str = ""
    page: int = 0
    mode: Mode = "+"

    @property
    def fits(self) -> bool:
        """Whether a button can carry it; a long search cannot be turned over by buttons."""
        return len(_data(self).encode()) <= LIMIT


def pack(press: Press) -> str:
    """Callback data for a press.

    Raises:
        ValueError: it takes more than 64 bytes; ask ``fits`` first where the argument is a person's.
    """
    if not press.fits:
        raise ValueError(f"no button can carry {press.command} with this argument")
    return _data(press)


def parse(data: str) -> Press | None:
    """The press that data stands for; None for data that this version never packs."""
    match = _FORM.fullmatch(data)
    if match is None or len(data.encode("utf-8", "replace")) > LIMIT:
        return None
    return Press(match[2], match[4], int(match[3]), "=" if match[1] == "=" else "+")


def _data(press: Press) -> str:
    return f"{VERSION}:{press.mode}:{press.command}:{press.page}:{press.argument}"
