"""``extract``: the facts of article files as JSON Lines. Loads neither Telegram nor settings."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.files import UnreadableFileError, read_article
from content.extraction.pipeline import extract
from content.facts_json import facts_to_json


def extract_files(paths: list[Path]) -> int:
    """Print one object a file to standard output, and a line for each unreadable file to standard error.

    Returns:
        0, or 1 where a file was unreadable; the others are done all the same.
    """
    code = 0
    for path in paths:
        try:
            facts = extract(read_article(path, keep_mark=True))
        except UnreadableFileError as error:
            print(f"{path}: {error}", file=sys.stderr)  # noqa: T201 - the user's line
            code = 1
        else:
            _print_line({"file": str(path), **facts_to_json(facts)})
    return code


def _print_line(value: object) -> None:
    """Write a line of JSON in UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
