"""Cities and their time zones."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.places import FAR, city_named, city_near


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("北京", "Asia/Shanghai"),
        ("乌鲁木齐", "Asia/Shanghai"),
        ("臺北", "Asia/Taipei"),
        ("台北", "Asia/Taipei"),
        ("東京", "Asia/Tokyo"),
        ("  london ", "Europe/London"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
    ],
)
def test_a_city_by_its_name(name: str, zone: str) -> None:
    """In either script, with and without accents; all of China keeps Beijing time."""
    city = city_named(name)
    assert city is not None
    assert city.zone == zone


def test_the_largest_city_of_a_name_is_meant() -> None:
    """San Francisco is the one in California."""
    city = city_named("San Francisco")
    assert city is not None
    assert city.zone == "America/Los_Angeles"


@pytest.mark.parametrize("name", ["", " ", "没有这个城市", "x" * 1000])
def test_no_city(name: str) -> None:
    """What no city is called."""
    assert city_named(name) is None


def test_the_middle_of_the_ocean_is_near_no_city() -> None:
    """Point Nemo is further than the limit from everywhere."""
    assert FAR > 0
    assert city_near(-48.88, -123.39) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_has_a_known_zone_or_none(latitude: float, longitude: float) -> None:
    """Poles and the date line included."""
    city = city_near(latitude, longitude)
    assert city is None or ZoneInfo(city.zone)
