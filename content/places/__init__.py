"""Where a reader is: the time zone of a city by its name, or of a place on the globe by the nearest city."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from content.folding import fold_text

_CITIES = Path(__file__).with_name("cities.tsv")
_EARTH = 6371.0
"""Mean radius in kilometres."""
FAR = 300.0
"""Kilometres: no city within them says too little of a place's time."""


@dataclass(frozen=True, slots=True)
class City:
    """A city with its time zone."""

    name: str
    """Its first name in the table, in Latin letters."""
    zone: str
    """IANA name."""
    latitude: float
    """Degrees, north is positive."""
    longitude: float
    """Degrees, east is positive."""


def city_named(name: str) -> City | None:
    """The largest city of a name, in Chinese (either script) or Latin letters; None where there is none."""
    wanted = fold_text(name).strip()
    return _by_name().get(wanted) or _by_name().get(wanted.removesuffix("市")) if wanted else None


def city_near(latitude: float, longitude: float) -> City | None:
    """The nearest city to a place; None where none is within ``FAR``.

    Args:
        latitude: degrees, -90 to 90.
        longitude: degrees, -180 to 180.
    """
    nearest = min(_cities(), key=lambda city: _kilometres(city, latitude, longitude))
    return nearest if _kilometres(nearest, latitude, longitude) <= FAR else None


def _kilometres(city: City, latitude: float, longitude: float) -> float:
    """Great-circle distance, by the haversine formula."""
    north, other = radians(city.latitude), radians(latitude)
    half = sin((other - north) / 2) ** 2
    half += cos(north) * cos(other) * sin(radians(longitude - city.longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


@cache
def _cities() -> tuple[City, ...]:
    return tuple(city for city, _ in _rows())


@cache
def _by_name() -> dict[str, City]:
    found: dict[str, City] = {}
    for city, names in _rows():
        for name in names:
            found.setdefault(fold_text(name), city)
    return found


@cache
def _rows() -> tuple[tuple[City, tuple[str, ...]], ...]:
    rows = []
    for line in _CITIES.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        zone, latitude, longitude, names = line.split("\t")
        first, *others = names.split("|")
        rows.append((City(first, zone, float(latitude), float(longitude)), (first, *others)))
    return tuple(rows)
