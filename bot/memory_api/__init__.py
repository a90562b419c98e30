"""A Bot API in memory: what the tests and the local chat talk to instead of Telegram.

It checks what the real server checks and refuses in the real server's wording, and it plays the people
on the other side. ``request.py`` connects python-telegram-bot to it, ``http.py`` serves it on loopback.
"""

from bot.memory_api.api import BotApi
from bot.memory_api.errors import ApiError, ConnectionDroppedError
from bot.memory_api.faults import DROP, HANG, LOSE, Fault
from bot.memory_api.wire import Response, Upload

__all__ = [
    "DROP",
    "HANG",
    "LOSE",
    "ApiError",
    "BotApi",
    "ConnectionDroppedError",
    "Fault",
    "Response",
    "Upload",
]
