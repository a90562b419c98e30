"""When digests fall due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import MINUTES, due_ranges, instant

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.integers(631_152_000, 2_114_380_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
dates = st.dates(date(1990, 1, 1), date(2036, 12, 31))


def planned(zone: ZoneInfo, after: datetime, until: datetime) -> dict[tuple[date, int], float]:
    """Every minute that falls due, with its instant; twice the same is an error."""
    found: dict[tuple[date, int], float] = {}
    for due in due_ranges(zone, after, until):
        for minute in range(due.first, due.last + 1):
            key = (due.local_date, minute)
            assert key not in found
            found[key] = due.due_at + due.step * (minute - due.first)
    return found


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("Asia/Shanghai", date(2024, 5, 1), "08:30", "2024-05-01T00:30"),
        # The clock goes from 02:00 to 03:00: half past two is due at three.
        ("Europe/Berlin", date(2024, 3, 31), "02:30", "2024-03-31T01:00"),
        ("Europe/Berlin", date(2024, 3, 31), "03:00", "2024-03-31T01:00"),
        # Half past two comes twice: the first counts.
        ("Europe/Berlin", date(2024, 10, 27), "02:30", "2024-10-27T00:30"),
        # Midnight itself is left out.
        ("Africa/Cairo", date(2024, 4, 26), "00:00", "2024-04-25T22:00"),
        ("America/Havana", date(2024, 3, 10), "00:30", "2024-03-10T05:00"),
        ("America/Santiago", date(2024, 9, 8), "00:15", "2024-09-08T04:00"),
        # A gap of half an hour.
        ("Australia/Lord_Howe", date(2024, 10, 6), "02:15", "2024-10-05T15:30"),
    ],
)
def test_clock_changes(zone: str, day: date, clock: str, expected: str) -> None:
    """A gap moves a time to the first valid instant; of a repeat only the first counts."""
    minute = int(clock[:2]) * 60 + int(clock[3:])
    assert instant(day, minute, ZoneInfo(zone)) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_date_that_never_was_has_no_times() -> None:
    """Samoa went from 29 to 31 December 2011."""
    zone = ZoneInfo("Pacific/Apia")
    found = planned(zone, datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC))
    days = {day for day, _ in found}
    assert date(2011, 12, 30) not in days
    assert {date(2011, 12, 29), date(2011, 12, 31)} <= days


@given(zones, dates)
def test_instants_never_fall_within_a_day(zone: ZoneInfo, day: date) -> None:
    """The order that the search for the due minutes relies on."""
    times = [instant(day, minute, zone) for minute in range(0, MINUTES, 7)]
    assert times == sorted(times)


@given(zones, dates, st.integers(0, MINUTES - 1))
def test_an_instant_is_the_first_that_shows_the_time_or_a_later_one(
    zone: ZoneInfo, day: date, minute: int
) -> None:
    """At the instant the wall clock shows the time or has just jumped over it."""
    at = instant(day, minute, zone)
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    shown = at.astimezone(zone).replace(tzinfo=None)
    before = (at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown >= wall
    assert before < wall


@given(zones, instants, st.integers(0, 4 * MINUTES), st.lists(st.floats(0, 1), max_size=4))
def test_ticks_plan_every_minute_of_every_date_once(
    zone: ZoneInfo, start: datetime, minutes: int, cuts: list[float]
) -> None:
    """However a span is cut into ticks, together they plan what one tick over all of it plans."""
    end = start + timedelta(minutes=minutes)
    marks = [start, *sorted(start + (end - start) * cut for cut in cuts), end]
    whole = planned(zone, start, end)
    pieces: dict[tuple[date, int], float] = {}
    for after, until in pairwise(marks):
        piece = planned(zone, after, until)
        assert not pieces.keys() & piece.keys()
        pieces |= piece
    assert pieces == whole
    assert all(start.timestamp() < at <= end.timestamp() for at in whole.values())
    assert all(at == instant(day, minute, zone).timestamp() for (day, minute), at in whole.items())


@given(zones, instants)
def test_a_long_span_plans_every_minute_of_the_dates_inside(zone: ZoneInfo, start: datetime) -> None:
    """No date that lies wholly in the span misses a minute, whatever the clock does."""
    end = start + timedelta(days=4)
    found = planned(zone, start, end)
    day = start.astimezone(zone).date() + timedelta(days=2)
    if instant(day, 0, zone) != instant(day, MINUTES - 1, zone):
        assert all((day, minute) in found for minute in range(MINUTES))


def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """Noon UTC of the days from 2024 to 2030 on which the clock of a zone changes."""
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    days = [noon + timedelta(days=number) for number in range(7 * 366)]
    return tuple(
        day
        for before, day in pairwise(days)
        if before.astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset()
    )


def test_every_clock_change_of_every_zone_until_2030() -> None:
    """Around each of them every minute of every local date is due exactly once, in ticks of any length."""
    seen: set[tuple[object, ...]] = set()
    for name in ZONES:
        zone = ZoneInfo(name)
        for change in changes(zone):
            key = (
                change,
                change.astimezone(zone).utcoffset(),
                (change - timedelta(days=1)).astimezone(zone).utcoffset(),
            )
            if key in seen:
                continue  # Another zone changed alike.
            seen.add(key)
            start = change - timedelta(hours=36)
            marks = [start + timedelta(minutes=37 * number) for number in range(118)]
            found: dict[date, int] = {}
            for after, until in pairwise(marks):
                for due in due_ranges(zone, after, until):
                    found[due.local_date] = found.get(due.local_date, 0) + due.last - due.first + 1
            whole = sorted(found)[1:-1]
            assert whole, name
            assert all(found[day] == MINUTES for day in whole), (name, change)
    assert len(seen) > 100
