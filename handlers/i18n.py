"""Wording from the catalogues, numbers and dates by Babel."""

from __future__ import annotations

import gettext
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"
LANGUAGES: dict[str, str] = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant", "en": "en"}
"""The languages of the settings and their locales."""
DEFAULT = "zh-hans"
_TRADITIONAL = ("hant", "tw", "hk", "mo")
_SKELETONS = {1: "y", 2: "yMMM", 3: "yMMMd"}


class Wording:
    """The catalogue of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = LANGUAGES[language]
        self._catalogue = gettext.translation("messages", LOCALES, [self.locale])

    def __call__(self, key: str, **values: object) -> str:
        """The wording of a key with values in its places.

        Raises:
            KeyError: the catalogue has no such key, or the wording wants another value.
        """
        text = self.template(key)
        return text.format(**values) if values else text

    def template(self, key: str) -> str:
        """The wording of a key with its places left open."""
        text = self._catalogue.gettext(key)
        if text == key:
            raise KeyError(key)
        return text

    def number(self, value: float) -> str:
        """A number as the language writes it: ``15,000``."""
        return _number(value, self.locale)

    def compact(self, value: float) -> str:
        """A number in short: ``15B``, ``150亿``."""
        return _compact(value, self.locale)

    def date(self, partial: str) -> str:
        """A partial ISO date as the language writes it; what is no date stays as it is."""
        return _date(partial, self.locale)


@cache
def wording(language: str) -> Wording:
    """The wording of a language, the default's for one that is not known."""
    return Wording(language if language in LANGUAGES else DEFAULT)


@lru_cache(maxsize=256)
def language_of_client(code: str | None) -> str | None:
    """The language nearest to a Telegram client's ``language_code``; None where there is no telling."""
    parts = (code or "").lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "zh-hant" if any(part in _TRADITIONAL for part in parts) else "zh-hans"
    return "en" if parts[0] else None


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - heavy; only where a number is shown

    return str(format_decimal(value, locale=locale))


@lru_cache(maxsize=4096)
def _compact(value: float, locale: str) -> str:
    from babel.numbers import format_compact_decimal  # noqa: PLC0415 - as above

    return str(format_compact_decimal(value, locale=locale, fraction_digits=2))


@lru_cache(maxsize=4096)
def _date(partial: str, locale: str) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415 - as above

    try:
        numbers = [int(part) for part in partial.split("-")]
        day = date(*[*numbers, 1, 1][:3])
        return str(format_skeleton(_SKELETONS[len(numbers)], day, locale=locale))
    except (ValueError, KeyError, TypeError):
        return partial
