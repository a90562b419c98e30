"""From what editors send to the text of an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Intaken:
    """The text of an article, and what its page or file says of itself."""

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    """ISO date."""
    site: str | None = None


class Refused(Exception):  # noqa: N818 - what the editor is told
    """Nothing can be read; ``key`` and ``values`` word it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


async def fetch_article(url: str) -> Intaken:
    raise Refused("intake.no_link")


async def parse_document(data: bytes, name: str | None) -> Intaken:
    return Intaken(text=data.decode("utf-8"))
