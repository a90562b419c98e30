"""The state behind the page: the people at the keyboard, the events, the clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.cast import CAST, LANGUAGES, enter
from bot.chat.events import EventLog
from bot.memory_api import BotApi
from bot.memory_api.wire import Json

PAGE = 80
"""Messages that are loaded at once."""

AdvanceClock = Callable[[float], Awaitable[None]]


class Session:
    """One run of the local chat over one Bot API in memory."""

    def __init__(
        self, api: BotApi, *, advance_clock: AdvanceClock | None, now: Callable[[], float], zone: ZoneInfo
    ) -> None:
        self.api = api
        self.advance_clock = advance_clock
        self.now = now
        self.zone = zone
        self.log = EventLog()
        self.reactions: dict[int, dict[int, list[Json]]] = {}
        """The bot's reactions by chat and message."""
        self.offered: dict[int, tuple[str, dict[str, Json]]] = {}
        """The last inline query of each identity with its results by id."""
        self.languages = {person.id: LANGUAGES[0] for person in CAST}
        self.blocked: set[int] = set()
        enter(api)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Follow the Bot API's events for as long as the server runs."""
        follower = asyncio.create_task(self._follow(self.api.watch()))
        try:
            yield
        finally:
            follower.cancel()
            await asyncio.wait([follower])

    async def _follow(self, events: AsyncIterator[Json]) -> None:
        async for event in events:
            if event["event"] == "reaction":
                self.reactions.setdefault(event["chat_id"], {})[event["message_id"]] = event["reaction"]
            self.log.add(event)

    async def snapshot(self) -> Json:
        """Everything that a page needs to begin, as of the event named in ``last``."""
        bot = await self.describe_bot()
        chats = self.api.state.chats.values()
        return {
            "bot": bot,
            "epoch": self.log.epoch,
            "last": self.log.last_id,
            "now": self.now(),
            "zone": self.zone.key,
            "clock": self.advance_clock is not None,
            "identities": self.people(),
            "chats": [
                {
                    "id": chat.id,
                    "type": chat.type,
                    "title": chat.info.get("title"),
                    "members": list(chat.members),
                }
                for chat in chats
            ],
            "histories": {chat.id: self.page(chat.id) for chat in chats},
            "keyboards": {chat.id: chat.keyboard for chat in chats if chat.keyboard},
            "reactions": self.reactions,
        }

    async def describe_bot(self) -> Json:
        """The bot's User with the description that an empty chat shows."""
        answer = await self.api.call("getMyDescription", {}, {})
        result = answer.payload.get("result") or {}
        return {**self.api.state.me, "description": result.get("description", "")}

    def people(self) -> list[Json]:
        """The identities with what was set for each."""
        return [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role,
                "language": self.languages[person.id],
                "blocked": person.id in self.blocked,
            }
            for person in CAST
        ]

    def page(self, chat_id: int, before: int | None = None) -> Json:
        """A stretch of a chat: the newest messages, or those before one; ``complete`` at the beginning."""
        history = self.api.history(chat_id)
        if before is not None:
            history = [message for message in history if message["message_id"] < before]
        return {"messages": history[-PAGE:], "complete": len(history) <= PAGE}

    def menu(self, chat_id: int, user_id: int) -> list[Json]:
        """The commands that an identity is offered in a chat, in its app's language."""
        return self.api.menu(chat_id, user_id, two_letters(self.languages[user_id]))

    async def inline(self, user_id: int, query: str, offset: str, seconds: float) -> Json:
        """A page of an inline query's results; all its pages can be chosen from until the next query.

        Returns:
            ``results``, ``next_offset`` and the ``button`` over them, as the bot gave them.

        Raises:
            TimeoutError: the bot did not answer in time.
        """
        answer = await self.api.inline(user_id, query, offset, timeout=seconds)
        results = {result["id"]: result for result in answer["results"]}
        before = self.offered.get(user_id)
        known = before[1] if before and offset and before[0] == query else {}
        self.offered[user_id] = (query, known | results)
        return {name: answer[name] for name in ("results", "next_offset", "button")}

    def choose(self, user_id: int, chat_id: int, result_id: str) -> Json:
        """Send one of the offered inline results.

        Raises:
            KeyError: it is not among those offered last.
        """
        query, results = self.offered[user_id]
        return self.api.choose(user_id, chat_id, results[result_id], query)

    def set_language(self, user_id: int, language: str) -> None:
        """Set the language of an identity's app; the bot sees it in the next update."""
        self.languages[user_id] = language
        users = self.api.state.users
        users[user_id] = {**users[user_id], "language_code": language}
        self._tell_people()

    def set_blocked(self, user_id: int, *, blocked: bool) -> None:
        """Let an identity block the bot, or take it back."""
        if blocked == (user_id in self.blocked):
            return
        if blocked:
            self.blocked.add(user_id)
            self.api.block(user_id)
        else:
            self.blocked.discard(user_id)
            self.api.unblock(user_id)
        self._tell_people()

    def _tell_people(self) -> None:
        self.log.add({"event": "people", "chat_id": 0, "identities": self.people()})

    async def move_clock(self, seconds: float) -> float:
        """Move the clock forward by some seconds; returns the new time.

        Raises:
            RuntimeError: this chat runs on the machine's own clock.
        """
        if self.advance_clock is None:
            raise RuntimeError("no clock to move")
        await self.advance_clock(seconds)
        self.log.add({"event": "clock", "chat_id": 0, "now": self.now()})
        return self.now()

    def seconds_until_tomorrow(self, clock: time) -> float:
        """Seconds from now to a time of the next local day."""
        today = datetime.fromtimestamp(self.now(), self.zone).date()
        target = datetime.combine(today + timedelta(days=1), clock, self.zone)
        return target.timestamp() - self.now()


def two_letters(language: str) -> str:
    """The language as command menus name it: ``zh`` for ``zh-hans``."""
    return language.partition("-")[0]
