"""Text on its way into a message: markup parsed, entities checked, blanks trimmed, links found.

Two steps, as on the real server: ``read`` looks at the request alone, ``settle`` at the text once the
chat is known to be writable. Which refusal a request with two mistakes gets follows from that order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.memory_api.autolink import find_entities
from bot.memory_api.entities import (
    LAYERS,
    MAX_ENTITIES,
    check_places,
    nesting_fault,
    parse_entities,
    repair,
    resolve,
)
from bot.memory_api.errors import bad_request
from bot.memory_api.parse_html import parse_html
from bot.memory_api.parse_markdown import parse_markdown
from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json

TEXT_LIMIT = 4096
"""UTF-16 units of a message's text."""
CAPTION_LIMIT = 1024
"""UTF-16 units of a caption."""
REQUEST_LIMIT = 32768
"""Bytes of a text before its markup is looked at."""

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown}
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = " \n"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and its entities, before they are settled."""

    text: str
    entities: list[Json] = field(default_factory=list)
    marked: bool = False
    """Whether the entities were markup; then those that name nothing are left out."""


def read(text: str, parse_mode: str = "", entities: object = None) -> Draft:
    """Read the text of a request.

    Args:
        text: the text, with its markup.
        parse_mode: ``HTML``, ``MarkdownV2`` or empty.
        entities: the MessageEntity objects, taken where there is no parse mode.

    Raises:
        ApiError: the text is far too long, or its markup or an entity is wrong.
    """
    if len(text.encode("utf-8", "replace")) > REQUEST_LIMIT:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if not text or mode in {"", "none"}:
        return Draft(text, parse_entities(entities))
    if mode not in _PARSERS:
        raise bad_request("unsupported parse_mode")
    return Draft(*_PARSERS[mode](text), marked=True)


def settle(draft: Draft, users: Mapping[int, Json], notes: list[str]) -> tuple[str, list[Json]]:
    """Check and clean a text the way the server does before it stores it.

    Args:
        draft: the text.
        users: everybody whom the server knows, for mentions.
        notes: takes what the real server would put right in silence.

    Returns:
        The text, empty where nothing visible is left, and its entities with those found in it.

    Raises:
        ApiError: an entity lies outside the text or splits a character, or there are too many.
    """
    text, entities = draft.text, [entity for entity in draft.entities if entity["length"] != 0]
    if entities:
        check_places(text, entities)
        resolved = list(resolve(entities, users, lenient=draft.marked))
        if len(resolved) < len(entities):
            notes.append("a link or mention that leads nowhere was left out")
        entities = resolved
        fault = nesting_fault(entities)
        if fault:
            notes.append(f"illegal nesting of entities: {fault}")
        entities = repair(entities)
    text, entities = _clean(text, entities)
    text, entities = _trim(text, entities)
    if len(entities) > MAX_ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG")
    return text, _with_found(text, entities)


def _clean(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Blank out control characters, and take out carriage returns and what turns the writing around."""
    if not _UNWANTED.search(text):
        return text, entities
    removed: list[int] = []
    kept: list[str] = []
    offset = 0
    for char in text:
        if _UNWANTED.match(char):
            char = " " if char < " " and char != "\r" else ""  # noqa: PLW2901 - the cleaned character
        if not char:
            removed.append(offset)
        kept.append(char)
        offset += utf16_length(char) or 1

    def moved(place: int) -> int:
        return place - bisect_left(removed, place)

    return "".join(kept), [
        entity
        | {
            "offset": moved(entity["offset"]),
            "length": moved(entity["offset"] + entity["length"]) - moved(entity["offset"]),
        }
        for entity in entities
    ]


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take the blanks off both ends; in front only as far as no entity begins there."""
    stripped = text.rstrip(_BLANK)
    lead = len(stripped) - len(stripped.lstrip(_BLANK))
    if not entities:
        return stripped[lead:], entities
    lead = min(lead, *(entity["offset"] for entity in entities))
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        start, stop = entity["offset"], min(entity["offset"] + entity["length"], end)
        if stop > start:
            kept.append({**entity, "offset": start - lead, "length": stop - start})
    return stripped[lead:], kept


def _with_found(text: str, entities: list[Json]) -> list[Json]:
    """Add the entities found in the text where no given one lies; styles are cut around them."""
    found = find_entities(text)
    if not found or not entities:
        return (entities or found)[:MAX_ENTITIES]
    solid = [entity for entity in entities if entity["type"] not in LAYERS]
    free = [
        entity
        for entity in found
        if all(
            entity["offset"] + entity["length"] <= other["offset"]
            or other["offset"] + other["length"] <= entity["offset"]
            for other in solid
        )
    ]
    return repair(entities + free)[:MAX_ENTITIES]
