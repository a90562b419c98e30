"""The table of all methods that the server in memory knows, by lower-case name."""

from __future__ import annotations

from bot.memory_api.answers import ANSWERS
from bot.memory_api.connection import CONNECTION
from bot.memory_api.messages import MESSAGES

METHODS = {row.name.lower(): row for row in (*CONNECTION, *MESSAGES, *ANSWERS)}
