"""Text on its way into a message: markup parsed, entities checked, blanks trimmed, links found."""

from __future__ import annotations

from bot.memory_api.autolink import find_entities
from bot.memory_api.errors import bad_request
from bot.memory_api.params import Params
from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json

TEXT_LIMIT = 4096
"""UTF-16 units of a message's text."""
CAPTION_LIMIT = 1024
"""UTF-16 units of a caption."""


def message_text(params: Params) -> tuple[str, list[Json]]:
    """The text and entities of a request that must have a text."""
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, find_entities(text)
