"""Questions that go on from the last one (那吴甜呢, and what about 2019), remembered a while."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from content.records import EntityRef
from handlers.request import Request
from handlers.services import Services

LASTS = timedelta(minutes=10)
_REMEMBERED = 10_000
_GOES_ON = re.compile(
    r"\s*(?:那么|那|and what about|what about|how about|and)\s*"
    r"(?P<rest>[^?？]{1,40}?)\s*(?:呢|怎么样)?\s*[?？]?\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?")


class FollowUps:
    """The last question of each person in each chat."""

    def __init__(self) -> None:
        self._last: OrderedDict[tuple[int, int], tuple[str, datetime]] = OrderedDict()

    async def completed(self, services: Services, request: Request) -> Request:
        """The question itself, or what a question that goes on from the last one means in full."""
        key, now = (request.chat_id, request.user_id), services.now()
        last, asked_at = self._last.pop(key, (None, None))
        text = request.argument
        if last is not None and asked_at is not None and now - asked_at <= LASTS:
            text = await self._in_full(services, last, text) or text
        self._last[key] = text, now
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        return replace(request, argument=text)

    async def _in_full(self, services: Services, last: str, text: str) -> str | None:
        """The last question with the new name or year in the place of its own; None where neither fits."""
        match = _GOES_ON.fullmatch(text)
        if match is None:
            return None
        rest = match["rest"].strip()
        if _YEAR.fullmatch(rest) and _YEAR.search(last):
            return _YEAR.sub(rest, last, count=1)
        names = services.repositories.names
        new = await names.resolve(rest)
        old = await names.mentioned_in(last)
        for kind in dict.fromkeys(ref.kind for ref in new):
            places = [(start, end) for ref, start, end in old if ref.kind == kind and not _is(ref, new)]
            if places:
                start, end = places[0]
                return last[:start] + rest + last[end:]
        return None


def _is(ref: EntityRef, others: Sequence[EntityRef]) -> bool:
    return any(ref.id == other.id and ref.kind == other.kind for other in others)
