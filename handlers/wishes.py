"""What somebody writes behind /subscribe and /settings: cadence, days, a time of day, a zone or a city."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from content.places import city_named, city_near
from storage.subscriptions import EVERY_DAY, Cadence, Quiet

_CADENCES: dict[str, Cadence] = {
    "daily": "daily", "每天": "daily", "每日": "daily",
    "weekly": "weekly", "每周": "weekly", "每週": "weekly", "每星期": "weekly",
    "instant": "instant", "now": "instant", "即时": "instant", "即時": "instant", "实时": "instant",
    "實時": "instant", "立即": "instant", "马上": "instant", "馬上": "instant",
}  # fmt: skip
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKDAYS, _WEEKEND = 0b0011111, 0b1100000
_SETS = {
    "weekdays": _WORKDAYS, "workdays": _WORKDAYS, "工作日": _WORKDAYS,
    "weekends": _WEEKEND, "weekend": _WEEKEND, "周末": _WEEKEND, "週末": _WEEKEND,
}  # fmt: skip
_CHINESE_DAYS = re.compile("(?:每?[周週]|每?星期|每?礼拜|每?禮拜)([一二三四五六日天、,，和及]+)")
_TIME = re.compile(r"(\d{1,2})(?:[:：](\d{2})|[点點时時](?:(半)|(\d{1,2})分?)?)")
_SPAN = re.compile(r"(.+?)\s*(?:[-–—~～到至]|to)\s*(.+)")
_COORDINATES = re.compile(r"(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What ``/subscribe`` was asked for; None for what was not said."""

    cadence: Cadence | None = None
    days: int = EVERY_DAY
    minute: int | None = None
    zone: str | None = None


async def parse_wish(argument: str) -> Wish | str:
    """The wish behind ``weekly 周一 18:00 东京`` in any order; the word that means nothing otherwise."""
    cadence: Cadence | None = None
    days, minute, zone = 0, None, None
    words = argument.split()
    while words:
        word = words.pop(0)
        if word.lower() in _CADENCES:
            cadence = _CADENCES[word.lower()]
        elif (found := minute_of(word)) is not None:
            minute = found
        elif given := days_of(word):
            days |= given
        elif named := await zone_of(word):
            zone = named
        elif words and (named := await zone_of(f"{word} {words[0]}")):
            zone = named
            del words[0]
        else:
            return word
    if days and cadence in {None, "daily"}:
        cadence = "weekly"
    return Wish(cadence, days or EVERY_DAY, minute, zone)


def minute_of(word: str) -> int | None:
    """The minute of the day of ``18:00``, ``18点半``; None for anything else."""
    match = _TIME.fullmatch(word)
    if match is None:
        return None
    hour, minute = int(match[1]), 30 if match[3] else int(match[2] or match[4] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def days_of(word: str) -> int:
    """The weekdays of ``周一三五``, ``mon,wed`` or ``工作日`` as bits; 0 for anything else."""
    lower = word.lower()
    if lower in _SETS:
        return _SETS[lower]
    if match := _CHINESE_DAYS.fullmatch(word):
        return sum(
            1 << place for place in {"一二三四五六日".find(c.replace("天", "日")) for c in match[1]} - {-1}
        )
    parts = lower.split(",")
    if all(part[:3] in _DAY_NAMES and len(part) <= len("wednesday") for part in parts):
        return sum(1 << place for place in {_DAY_NAMES.index(part[:3]) for part in parts})
    return 0


def quiet_of(text: str) -> Quiet | None:
    """The hours of ``22:00-07:00``; None for anything else."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    start, until = minute_of(match[1].strip()), minute_of(match[2].strip())
    return Quiet(start, until) if start is not None and until is not None and start != until else None


async def zone_of(text: str) -> str | None:
    """The IANA name behind a zone, a city, or ``latitude,longitude``; None where there is none."""
    if match := _COORDINATES.fullmatch(text.strip()):
        # In a thread: the table of cities is read when it is first asked for.
        city = await asyncio.to_thread(city_near, float(match[1]), float(match[2]))
        return city.zone if city else None
    if zone := known_zone(text):
        return zone
    city = await asyncio.to_thread(city_named, text[:40])
    return city.zone if city else None


def known_zone(name: str) -> str | None:
    """The IANA name of a zone however its case is written; None where there is none of this name."""
    wanted = name.strip().replace(" ", "_")
    if not wanted or len(wanted) > 40 or not wanted.isascii():
        return None
    proper = "/".join(
        "_".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in wanted.split("/")
    )
    for candidate in (wanted, proper, wanted.upper()):
        try:
            return ZoneInfo(candidate).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def clock(minute: int) -> str:
    """A minute of the day as ``08:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"
