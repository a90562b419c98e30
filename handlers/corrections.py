"""What a correction does to a message that is out: the words are struck through, and a line says why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handlers.i18n import Wording
from handlers.paging import ENTITY_LIMIT, MESSAGE_LIMIT
from handlers.reply import dumps
from handlers.rich_text import RichText, shortened, utf16_length
from storage.editions import Correction

_QUOTED = 200
"""Code points of the new wording that the line gives."""
Entity = Mapping[str, Any]


def corrected(
    t: Wording, parameters: Mapping[str, str], correction: Correction, today: str
) -> dict[str, str]:
    """The parameters of a message after a correction; nothing that was said disappears without a trace.

    Args:
        t: the wording of the message's language.
        parameters: of ``sendMessage``, as they were.
        correction: what was changed or taken back.
        today: ISO date of the correction.
    """
    text = parameters["text"]
    entities: list[Entity] = json.loads(parameters.get("entities", "[]"))
    struck = _place(text, entities, correction)
    if struck is not None and len(entities) < ENTITY_LIMIT:
        entities.append({"type": "strikethrough", "offset": struck[0], "length": struck[1]})
    line = _line(t, correction, today)
    if utf16_length(text) + 2 + utf16_length(line) <= MESSAGE_LIMIT:
        text += "\n\n" + line
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return {**parameters, "text": text, "entities": dumps(entities)}


def _line(t: Wording, correction: Correction, today: str) -> str:
    key = "correction.line_retracted" if correction.after is None else "correction.line_changed"
    rich = RichText().compose(
        t.template(key), date=t.date(today), after=shortened(correction.after or "", _QUOTED)
    )
    if correction.reason:
        rich.own(" ").compose(t.template("correction.reason"), reason=shortened(correction.reason, _QUOTED))
    return rich.build().text


def _place(text: str, entities: list[Entity], correction: Correction) -> tuple[int, int] | None:
    """Where the words of the fact stand, in UTF-16 units: before its link, or the link itself."""
    link = f"start=f_{correction.fact_id}"
    linked = next((entity for entity in entities if str(entity.get("url", "")).endswith(link)), None)
    limit = len(_upto(text, linked["offset"] + linked["length"])) if linked else len(text)
    start = text.rfind(correction.before, 0, limit)
    if start >= 0:
        return utf16_length(text[:start]), utf16_length(correction.before)
    if linked is None:
        return None
    return linked["offset"], linked["length"]


def _upto(text: str, units: int) -> str:
    """The beginning of a text, so many UTF-16 units long."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
