"""Entities that a request gives: their form, their place in the text, how they may nest.

The real server refuses a wrong form and a wrong place; illegal nesting it repairs silently. Here it is
repaired too, and noted, because a bot that relies on the repair has a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from bot.memory_api.errors import FieldError, bad_request
from bot.memory_api.fields import integer, mapping, string
from bot.memory_api.links import checked_link, user_of_link
from bot.memory_api.wire import Json

MAX_ENTITIES = 100
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
"""They may overlap: the server cuts them where they do."""
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
LAYERS = QUOTES.union(STYLES)
"""They may lie around other entities."""
CODES = frozenset({"code", "pre"})
FOUND = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
"""Kinds that the server finds by itself and never takes from a request."""


def parse_entities(raw: object) -> list[Json]:
    """The entities of a request; those that the server finds by itself are left out.

    Raises:
        ApiError: one has a wrong form.
    """
    if not isinstance(raw, (list, tuple)):
        return []
    try:
        return [entity for entity in map(_parse, raw) if entity["type"] not in FOUND]
    except FieldError as error:
        raise bad_request(f"can't parse MessageEntity: {error}") from None


def _parse(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise FieldError("expected an Object")
    entity: Json = {
        "type": string(raw, "type"),
        "offset": integer(raw, "offset"),
        "length": integer(raw, "length"),
    }
    if not entity["type"]:
        raise FieldError("Type is not specified")
    return entity | _argument(entity["type"], raw)


def _argument(kind: str, raw: Json) -> Json:
    if kind in QUOTES or kind in STYLES or kind in FOUND or kind == "code":
        return {}
    if kind == "pre":
        return {"language": string(raw, "language")} if raw.get("language") else {}
    if kind == "text_link":
        return _link(string(raw, "url"))
    if kind == "text_mention":
        return {"user": {"id": integer(mapping(raw, "user"), "id")}}
    if kind == "custom_emoji":
        return {"custom_emoji_id": string(raw, "custom_emoji_id")}
    raise FieldError("Unsupported type specified")


def _link(url: str) -> Json:
    user_id = user_of_link(url)
    return {"url": url} if user_id is None else {"type": "text_mention", "user": {"id": user_id}}


def check_places(text: str, entities: Iterable[Json]) -> None:
    """Check that the entities lie in the text and split no surrogate pair.

    Raises:
        ApiError: one does not.
    """
    inner = set(_inside_pairs(text))
    length = len(text) + len(inner)
    for entity in entities:
        start, size = entity["offset"], entity["length"]
        if not 0 <= start <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect offset {start}")
        if not 0 <= size <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect length {size}")
        if start > length or (start == length and size):
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
        if start in inner:
            raise bad_request(
                f"entity begins in a middle of a UTF-16 symbol at byte offset {_byte(text, start)}"
            )
        if start + size > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start}"
                f" ends after the end of the text at UTF-16 offset {start + size}"
            )
        if start + size in inner:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start}"
                f" ends in a middle of a UTF-16 symbol at byte offset {_byte(text, start + size)}"
            )


def resolve(entities: list[Json], users: Mapping[int, Json], *, lenient: bool) -> Iterator[Json]:
    """The entities with the addresses in the server's form, and the users whom mentions name.

    Args:
        entities: the entities.
        users: everybody whom the server knows.
        lenient: leave out what is wrong, as the server does where the entity was markup.

    Raises:
        ApiError: an address is none, or a user is unknown.
    """
    for entity in entities:
        try:
            yield entity | _resolved(entity, users)
        except FieldError as error:
            if not lenient:
                raise bad_request(str(error)) from None


def _resolved(entity: Json, users: Mapping[int, Json]) -> Json:
    if entity["type"] == "text_mention":
        user = users.get(entity["user"]["id"])
        if user is None:
            raise FieldError("user not found")
        return {"user": user}
    if entity["type"] == "text_link":
        try:
            return {"url": checked_link(entity["url"])}
        except FieldError as error:
            raise FieldError(f"entity {error}") from None
    return {}


def _inside_pairs(text: str) -> Iterator[int]:
    """The UTF-16 offsets between the two halves of surrogate pairs."""
    if text.isascii():
        return
    offset = 0
    for char in text:
        if char > "\uffff":
            yield offset + 1
            offset += 1
        offset += 1


def _byte(text: str, offset: int) -> int:
    """The byte offset of the character behind the one that a UTF-16 offset splits."""
    head = text.encode("utf-16-le")[: (offset + 1) * 2]
    return len(head.decode("utf-16-le").encode())


def nesting_fault(entities: list[Json]) -> str:
    """What the rules of nesting forbid in the entities; empty where all is well."""
    stack: list[Json] = []
    for entity in sorted(entities, key=_order):
        while stack and _end(stack[-1]) <= entity["offset"]:
            stack.pop()
        for outer in stack:
            if _end(entity) > _end(outer):
                return f"{entity['type']} overlaps {outer['type']}"
            if not _may_hold(outer["type"], entity["type"]):
                return f"{entity['type']} inside {outer['type']}"
        stack.append(entity)
    return ""


def _may_hold(outer: str, inner: str) -> bool:
    if outer in CODES or (outer in QUOTES and inner in QUOTES):
        return False
    if outer in STYLES:
        return inner not in CODES and inner != outer
    return outer in QUOTES or inner in STYLES


def repair(entities: list[Json]) -> list[Json]:
    """The entities as the server keeps them: nothing overlaps, styles are cut at the others' borders."""
    entities = sorted((entity for entity in entities if entity["length"]), key=_order)
    quotes = _apart(entity for entity in entities if entity["type"] in QUOTES)
    others = _apart(
        entity for entity in entities if entity["type"] not in QUOTES and entity["type"] not in STYLES
    )
    fixed = quotes + [entity for entity in others if not any(_cross(entity, quote) for quote in quotes)]
    codes = [entity for entity in fixed if entity["type"] in CODES]
    cuts = {border for entity in fixed for border in (entity["offset"], _end(entity))}
    styles = [
        piece
        for style in STYLES
        for piece in _pieces([entity for entity in entities if entity["type"] == style], cuts)
        if not any(code["offset"] <= piece["offset"] < _end(code) for code in codes)
    ]
    return sorted(fixed + _uncrossed(styles), key=_order)


def _apart(entities: Iterable[Json]) -> list[Json]:
    kept: list[Json] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _cross(entity: Json, quote: Json) -> bool:
    """Whether an entity lies neither wholly inside nor wholly outside a quote."""
    apart = _end(entity) <= quote["offset"] or _end(quote) <= entity["offset"]
    return not apart and not (quote["offset"] <= entity["offset"] and _end(entity) <= _end(quote))


def _pieces(entities: list[Json], cuts: set[int]) -> Iterator[Json]:
    """One style's entities, merged where they touch, then cut."""
    merged: list[tuple[int, int]] = []
    for entity in entities:
        if merged and entity["offset"] <= merged[-1][1]:
            start, end = merged.pop()
            merged.append((start, max(end, _end(entity))))
        else:
            merged.append((entity["offset"], _end(entity)))
    for start, end in merged:
        borders = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
        for left, right in pairwise(borders):
            yield {"type": entities[0]["type"], "offset": left, "length": right - left}


def _uncrossed(styles: list[Json]) -> list[Json]:
    """Cut each style where another begins inside it and ends behind it."""
    done: list[Json] = []
    for style in styles:
        cuts = {
            other["offset"]
            for other in styles
            if style["offset"] < other["offset"] < _end(style) < _end(other)
        }
        done.extend(_pieces([style], cuts))
    return done


def _end(entity: Json) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _order(entity: Json) -> tuple[int, int, int, str]:
    """Outer before inner; of two with the same place the quote is the outer and the style the inner."""
    kind = entity["type"]
    rank = 0 if kind in QUOTES else 2 if kind in STYLES else 1
    return entity["offset"], -entity["length"], rank, kind
