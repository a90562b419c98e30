"""Who and what the server of these tests holds, and how a refusal is asserted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from telegram.error import BadRequest, TelegramError

READER, EDITOR, STRANGER = 101, 102, 103
GROUP, FORUM, CHANNEL = -201, -100202, -100203
NOW = 1_780_000_000


@contextmanager
def refused(words: str, error: type[TelegramError] = BadRequest) -> Iterator[None]:
    """The request inside is refused with these words, which the library begins with a capital."""
    with pytest.raises(error) as caught:
        yield
    assert caught.value.message.lower() == words.lower()
