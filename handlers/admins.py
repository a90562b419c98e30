"""Who administers a group, asked of Telegram and remembered for a minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from telegram.error import BadRequest, Forbidden

from handlers.outgoing import Api
from handlers.request import Request

_LASTS = timedelta(minutes=1)
_REMEMBERED = 1_000
_ANONYMOUS = 1087968824
"""The user that stands for a group's anonymous administrators."""
_STATUSES = ("creator", "administrator")


class Admins:
    """Answers whether the person behind a request administers its group."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[tuple[int, int], tuple[datetime, bool]] = {}

    async def includes(self, api: Api, request: Request) -> bool:
        """Whether the person may speak for the group.

        Raises:
            TelegramError: Telegram could not be asked.
        """
        if request.user_id == _ANONYMOUS:
            return True
        key = (request.chat_id, request.user_id)
        asked, known = self._known.get(key, (None, False))
        if asked is not None and self._now() - asked < _LASTS:
            return known
        answer = await self._ask(api, request)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = (self._now(), answer)
        return answer

    async def _ask(self, api: Api, request: Request) -> bool:
        fields = {"chat_id": str(request.chat_id), "user_id": str(request.user_id)}
        try:
            member = await api.call("getChatMember", fields)
        except (BadRequest, Forbidden):
            return False
        return member["status"] in _STATUSES
