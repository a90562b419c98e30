"""Which local times of day fall due in a span of time; pure, and aware of clock changes.

A time of day that a clock gap leaves out is due at the first valid instant after it, one that comes twice
only the first time. A local date that a zone left out altogether (Samoa's 30 December 2011) has no times.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.subscriptions import DueRange

MINUTES = 24 * 60
_DAY = timedelta(days=1)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When a local time of day comes.

    Args:
        day: the local date.
        minute: minutes since local midnight, 0–1439.
        zone: the time zone.

    Returns:
        The instant in UTC; it never falls as ``minute`` grows.
    """
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    first = wall.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return first
    return _end_of_gap(wall.replace(fold=1).astimezone(UTC), first, zone)


def due_ranges(zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[DueRange]:
    """The times of day that fall due after one instant and not after another.

    Args:
        zone: the time zone.
        after: the instant (UTC) up to which all is planned already.
        until: the instant (UTC) up to which to plan.

    Yields:
        Minutes of one local date with the instants at which they are due, in order of the dates.
    """
    day = after.astimezone(zone).date() - _DAY
    last = until.astimezone(zone).date() + _DAY
    while day <= last:
        yield from _ranges_of_day(day, zone, after, until)
        day += _DAY


def _ranges_of_day(day: date, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[DueRange]:
    begin, end = instant(day, 0, zone), instant(day, MINUTES - 1, zone)
    if begin > until or end <= after or begin == end:
        return
    minutes = range(MINUTES)
    first = bisect_right(minutes, after, key=lambda minute: instant(day, minute, zone))
    beyond = bisect_right(minutes, until, key=lambda minute: instant(day, minute, zone))
    if first < beyond:
        yield from _even_ranges(day, first, beyond - 1, zone)


def _even_ranges(day: date, first: int, last: int, zone: ZoneInfo) -> Iterator[DueRange]:
    """Split a range until in each part the instants grow evenly."""
    begin = instant(day, first, zone)
    length = (instant(day, last, zone) - begin).total_seconds()
    if length == 60 * (last - first):
        yield DueRange(day, first, last, begin.timestamp(), 60)
    elif length == 0:
        yield DueRange(day, first, last, begin.timestamp(), 0)
    else:
        middle = (first + last) // 2
        yield from _even_ranges(day, first, middle, zone)
        yield from _even_ranges(day, middle + 1, last, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after a gap that lies between two instants, to the second."""
    offset = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)
