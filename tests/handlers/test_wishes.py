"""What somebody writes behind /subscribe and /settings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.wishes import Wish, clock, days_of, known_zone, minute_of, parse_wish, quiet_of, zone_of
from storage.subscriptions import EVERY_DAY, Quiet


@pytest.mark.parametrize(
    ("argument", "wish"),
    [
        ("", Wish()),
        ("18:05", Wish(minute=1085)),
        ("8：30", Wish(minute=510)),
        ("8点半", Wish(minute=510)),
        ("21點", Wish(minute=1260)),
        ("weekly 18:00 Asia/Tokyo", Wish("weekly", EVERY_DAY, 1080, "Asia/Tokyo")),
        ("每周 europe/berlin 07:00", Wish("weekly", EVERY_DAY, 420, "Europe/Berlin")),
        ("周一四 18:00 东京", Wish("weekly", 0b0001001, 1080, "Asia/Tokyo")),
        ("mon,wed New York 7:15", Wish("weekly", 0b0000101, 435, "America/New_York")),
        ("工作日 08:00", Wish("weekly", 0b0011111, 480)),
        ("即时", Wish("instant")),
        ("utc", Wish(zone="UTC")),
        ("25:00", "25:00"),
        ("明天", "明天"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)
async def test_wishes(argument: str, wish: Wish | str) -> None:
    """Cadence, days, time and zone in any order; anything else is named."""
    assert await parse_wish(argument) == wish


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("22:00-07:00", Quiet(1320, 420)),
        ("22:30 – 6:45", Quiet(1350, 405)),
        ("晚上", None),
        ("23点到7点", Quiet(1380, 420)),
        ("08:00-08:00", None),
        ("25:00-07:00", None),
    ],
)
def test_quiet_hours(text: str, quiet: Quiet | None) -> None:
    """Two times of day with a dash between."""
    assert quiet_of(text) == quiet


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("asia/hong_kong", "Asia/Hong_Kong"),
        ("深圳", "Asia/Shanghai"),
        ("石家庄市", "Asia/Shanghai"),
        ("舊金山", "America/Los_Angeles"),
        ("Paris", "Europe/Paris"),
        ("52.5200,13.4050", "Europe/Berlin"),
        ("-48.8767,-123.3933", None),
        ("没有这个城市", None),
        ("", None),
        ("a\x00b", None),
        ("东" * 500, None),
    ],
)
async def test_places(text: str, zone: str | None) -> None:
    """A zone, a city in either script or in Latin letters, or a place on the globe."""
    assert await zone_of(text) == zone


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("asia/hong_kong", "Asia/Hong_Kong"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("", None),
        ("/etc/passwd", None),
        ("../x", None),
        ("A" * 300, None),
        ("a\x00b", None),
    ],
)
def test_zones(name: str, zone: str | None) -> None:
    """However the case is written; a path is no zone."""
    assert known_zone(name) == zone


@given(st.integers(0, 1439))
def test_a_clock_reads_back(minute: int) -> None:
    """What is shown can be typed."""
    assert minute_of(clock(minute)) == minute


@given(st.text(max_size=60))
async def test_nothing_that_is_written_fails(text: str) -> None:
    """Any text is a wish or is named as no wish."""
    assert isinstance(await parse_wish(text), Wish | str)
    assert 0 <= days_of(text) <= EVERY_DAY
