"""The table of methods against python-telegram-bot's own."""

from __future__ import annotations

import inspect
import re

import pytest
from telegram import Bot

from bot.memory_api.method import Method
from bot.memory_api.methods import METHODS

CONVENIENCES = {
    *("read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "self", "filename"),
    *("reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview", "current_offset"),
}
"""Parameters of the library that do not go over the wire under their own name."""


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_the_table_knows_what_the_library_sends(method: Method) -> None:
    """Every parameter that the library can send with a method is one that the method knows."""
    python_name = re.sub(r"(?<!^)(?=[A-Z])", "_", method.name).lower()
    parameters = set(inspect.signature(getattr(Bot, python_name)).parameters) - CONVENIENCES
    assert parameters - method.parameters == set()
