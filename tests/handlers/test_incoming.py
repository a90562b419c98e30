"""What an update says, read raw."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.incoming import by_a_person

PERSON = {"id": 5, "is_bot": False}
ANONYMOUS = {"id": 1087968824, "is_bot": True}
TELEGRAM = {"id": 777000, "is_bot": False}
GROUP = {"id": -100, "type": "supergroup"}
CHANNEL = {"id": -200, "type": "channel"}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"from": PERSON}, True),
        ({"from": ANONYMOUS, "sender_chat": GROUP}, True),
        ({"from": {"id": 6, "is_bot": True}}, False),
        ({"sender_chat": CHANNEL}, False),
        ({"from": TELEGRAM, "sender_chat": CHANNEL, "is_automatic_forward": True}, False),
    ],
)
def test_only_people_are_answered(message: dict[str, Any], expected: bool) -> None:
    """An anonymous administrator is one; a bot, a channel and what it posts into its group are not."""
    assert by_a_person(message) is expected
