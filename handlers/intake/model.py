"""What comes of something that was sent: an article's text, or a sentence that says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Intaken:
    """The text of an article, and what its page or file says of itself."""

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    """ISO date."""
    site: str | None = None


class Refused(Exception):  # noqa: N818 - it is what the editor is told
    """Nothing can be read; ``key`` and ``values`` word it. It crosses from a worker process."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the values too."""
        return _refused, (self.key, self.values)


def _refused(key: str, values: dict[str, Any]) -> Refused:
    return Refused(key, **values)
