"""From what editors send to the text of an article; every byte of it is hostile."""

from __future__ import annotations

from handlers.intake.fetching import Fetcher
from handlers.intake.model import Intaken, Refused

__all__ = ["Fetcher", "Intaken", "Refused"]
