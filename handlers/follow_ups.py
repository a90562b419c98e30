"""Questions that go on from the last one (那吴甜呢, and what about 2019), remembered a while."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.records import EntityRef
from handlers.reply import Reply
from handlers.request import Request
from handlers.services import Services

LASTS = timedelta(minutes=10)
_REMEMBERED = 10_000
_GOES_ON = re.compile(
    r"\s*(?:那么|那|and what about|what about|how about|and)\s*"
    r"(?P<rest>[^?？]{1,40}?)\s*(?:呢|怎么样)?\s*[?？]?\s*",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?<!其)[他她](?!们)|(?<![a-z])(?:he|she|his|her|him)(?![a-z])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?")


@dataclass(frozen=True, slots=True)
class _Last:
    """The last question, when it was asked, and the one person whom it and its answer were about."""

    text: str
    at: datetime
    person: EntityRef | None


class FollowUps:
    """The last question of each person in each chat."""

    def __init__(self) -> None:
        self._last: OrderedDict[tuple[int, int], _Last] = OrderedDict()

    async def completed(self, services: Services, request: Request) -> Request:
        """The question itself, or what a question that goes on from the last one means in full."""
        key, now = (request.chat_id, request.user_id), services.now()
        last = self._last.pop(key, None)
        text = request.argument
        if last is not None and now - last.at <= LASTS:
            text = await self._in_full(services, last.text, text) or _named(last, text)
        else:
            last = None
        people = {
            ref for ref, _, _ in await services.repositories.names.mentioned_in(text) if ref.kind == "person"
        }
        person = next(iter(people)) if len(people) == 1 else last.person if last and not people else None
        self._last[key] = _Last(text, now, person)
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        return replace(request, argument=text)

    def answered(self, request: Request, reply: Reply) -> None:
        """Remember whom the answer to a question was about, so that 他 can mean them."""
        key = request.chat_id, request.user_id
        last = self._last.get(key)
        if last is not None and reply.about is not None:
            self._last[key] = replace(last, person=reply.about)

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


def _named(last: _Last, text: str) -> str:
    """A question with the person of the last one in the place of 他, unless it names somebody itself."""
    return with_person(text, last.person.name) if last.person is not None else text


def with_person(text: str, name: str) -> str:
    """A question with a name in the place of 他."""
    return _PRONOUN.sub(name, text, count=1)


def asks_for_somebody(text: str) -> bool:
    """Whether a question leaves open whom it means: 他说了什么."""
    return _PRONOUN.search(text) is not None


def _is(ref: EntityRef, others: Sequence[EntityRef]) -> bool:
    return any(ref.id == other.id and ref.kind == other.kind for other in others)
