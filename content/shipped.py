"""The articles that come with the product: ``articles/<name>.txt``, and what is known of each in TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path

from content.model import Article

_FOLDER = Path(__file__).parent / "articles"


def shipped_articles() -> tuple[Article, ...]:
    """The shipped articles, by file name."""
    return tuple(_read(path) for path in sorted(_FOLDER.glob("*.toml")))


def _read(path: Path) -> Article:
    known = tomllib.loads(path.read_text("utf-8"))
    # Bytes, not text mode: offsets count every character of the file, a carriage return too.
    return Article(text=path.with_suffix(".txt").read_bytes().decode("utf-8"), **known)
