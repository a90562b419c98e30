"""The outbox: one row per recipient and message part, and the state each is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.database import Database

State = Literal["pending", "sending", "sent", "held", "blocked", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message part on its way."""

    id: int
    chat_id: int
    method: str
    """Method of the Bot API: ``sendMessage``."""
    parameters: Mapping[str, Any]
    """Its parameters without the chat, as JSON values."""
    state: State
    attempts: int
    ambiguous: int
    """How often a send ended without our knowing whether it arrived."""


class Outbox:
    """Rows go pending → sending → sent | held | blocked | failed; each step is a commit of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
