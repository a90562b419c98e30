"""The table of all methods that the server in memory knows, by lower-case name."""

from __future__ import annotations

from bot.memory_api.answers import ANSWERS
from bot.memory_api.chats import CHATS
from bot.memory_api.connection import CONNECTION
from bot.memory_api.editing import EDITING
from bot.memory_api.messages import MESSAGES
from bot.memory_api.profile import PROFILE
from bot.memory_api.signals import SIGNALS

_FAMILIES = (CONNECTION, MESSAGES, SIGNALS, EDITING, ANSWERS, PROFILE, CHATS)

METHODS = {row.name.lower(): row for family in _FAMILIES for row in family}
