"""Facts as files: Markdown, Word, PDF, Excel, JSON. ``write`` takes its time: call it in a worker."""

from __future__ import annotations

from importlib import import_module
from typing import Literal, cast

from handlers.exports.paper import Paper

Format = Literal["word", "pdf", "excel", "markdown"]
SUFFIXES = {"word": "docx", "pdf": "pdf", "excel": "xlsx", "markdown": "md", "json": "json"}
"""The formats in the order in which they are offered, and the ends of their files' names."""


def write(paper: Paper, form: Format) -> bytes:
    """A paper as a file; each format's module and its libraries are loaded when they are needed."""
    return cast("bytes", import_module(f"handlers.exports.{form}").write(paper))
