"""The session's sense of time and language."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.chat.sessions import Session, two_letters
from bot.memory_api import BotApi


@pytest.mark.parametrize(
    ("zone", "now", "hours"),
    [
        ("Asia/Shanghai", datetime(2025, 11, 24, 0, 30, tzinfo=UTC), 24),
        ("Asia/Shanghai", datetime(2025, 11, 24, 15, 30, tzinfo=UTC), 9),
        ("Asia/Shanghai", datetime(2025, 11, 24, 16, 0, tzinfo=UTC), 32.5),
        ("America/New_York", datetime(2025, 11, 1, 12, 30, tzinfo=UTC), 25),
        ("America/New_York", datetime(2025, 3, 8, 13, 30, tzinfo=UTC), 23),
    ],
)
def test_tomorrow_is_the_next_local_day(zone: str, now: datetime, hours: float) -> None:
    """Tomorrow 08:30 follows the zone's midnight and its changes of the clock."""
    session = Session(BotApi(), advance_clock=None, now=now.timestamp, zone=ZoneInfo(zone))
    assert session.seconds_until_tomorrow(time(8, 30)) == hours * 3600


@pytest.mark.parametrize(("language", "menu"), [("zh-hans", "zh"), ("zh-hant", "zh"), ("en", "en")])
def test_menus_are_looked_up_by_two_letters(language: str, menu: str) -> None:
    """Bots set their commands for two-letter languages."""
    assert two_letters(language) == menu
