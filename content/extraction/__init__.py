"""From text to facts: a pipeline of components over one ``Document``."""

from content.extraction.pipeline import extract

__all__ = ["extract"]
