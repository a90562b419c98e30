"""What the server remembers: people, chats, messages, files, and who is watching."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from weakref import WeakSet

from bot.memory_api.errors import bad_request, forbidden, migrated
from bot.memory_api.files import FileStore
from bot.memory_api.scopes import CommandMenu
from bot.memory_api.updates import UpdateQueue
from bot.memory_api.wire import Json

ADMINISTRATORS = frozenset({"creator", "administrator"})
PRESENT = ADMINISTRATORS | {"member", "restricted"}


@dataclass(slots=True)
class Chat:
    """A chat as the bot knows it."""

    id: int
    type: str
    info: Json
    """The Chat object of the Bot API."""
    members: dict[int, str] = field(default_factory=dict)
    """Status of each person, the bot included: ``creator``, ``administrator``, ``member``, ``left``…"""
    messages: dict[int, Json] = field(default_factory=dict)
    """Messages in order, as Message objects of the Bot API."""
    threads: set[int] = field(default_factory=set)
    """Ids of the topics that exist."""
    last_id: int = 0
    keyboard: Json | None = None
    """The reply keyboard that the bot has put below the text field."""
    upgraded_to: int | None = None

    def next_id(self) -> int:
        """The id of the next message; ids grow in each chat on its own."""
        self.last_id += 1
        return self.last_id


@dataclass(frozen=True, slots=True)
class Query:
    """A button press or an inline query that waits for the bot's answer."""

    id: str
    user_id: int
    chat_id: int
    answer: asyncio.Future[Json]


class Watcher:
    """One listener to the events; it unsubscribes when nobody holds it any more."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Json] = asyncio.Queue()

    def __aiter__(self) -> AsyncIterator[Json]:
        return self

    async def __anext__(self) -> Json:
        return await self.queue.get()


@dataclass(slots=True)
class Profile:
    """What the bot says of itself; the texts are by language, ``""`` for all others."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    """Menu button of each private chat; 0 stands for the default one."""


class State:
    """The whole memory of one server."""

    def __init__(self, token: str, username: str, name: str, now: Callable[[], float] = time.time) -> None:
        self.token = token
        self.now = now
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue()
        self.menu = CommandMenu()
        self.profile = Profile(names={"": name})
        self.webhook: Json = {"url": "", "has_custom_certificate": False}
        self.privacy = True
        """In groups the bot, unless an administrator, sees only what is meant for it."""
        self.queries: dict[str, Query] = {}
        """Button presses and inline queries that wait for their answer."""
        self.watchers: WeakSet[Watcher] = WeakSet()
        self._last_query = 0

    @property
    def bot_id(self) -> int:
        """The bot's own user id, the number before the colon of its token."""
        return int(self.me["id"])

    def date(self) -> int:
        """The server's clock in whole seconds since 1970."""
        return int(self.now())

    def tell(self, event: str, chat_id: int, **details: object) -> None:
        """Give an event to everyone who watches."""
        for watcher in self.watchers:
            watcher.queue.put_nowait({"event": event, "chat_id": chat_id, **details})

    def open_query(self, user_id: int, chat_id: int) -> Query:
        """A new query whose answer can be waited for."""
        self._last_query += 1
        query_id = str(7_000_000_000_000_000_000 + self._last_query)
        query = Query(query_id, user_id, chat_id, asyncio.get_running_loop().create_future())
        self.queries[query_id] = query
        return query

    def known_chat(self, chat_id: str) -> Chat:
        """The chat with an id or a public ``@name``.

        Raises:
            ApiError: there is none, or the bot has never met it.
        """
        if chat_id.startswith("@"):
            name = chat_id[1:].lower()
            found = (chat for chat in self.chats.values() if chat.info.get("username", "").lower() == name)
            chat = next((chat for chat in found if chat.type != "private"), None)
        else:
            try:
                chat = self.chats.get(int(chat_id))
            except ValueError:
                chat = None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: str) -> Chat:
        """The chat with an id or a public name, which the bot may write to.

        Raises:
            ApiError: no such chat, blocked, thrown out, not a member, or upgraded to a supergroup.
        """
        chat = self.known_chat(chat_id)
        if chat.upgraded_to is not None:
            raise migrated(chat.upgraded_to)
        status = chat.members.get(self.bot_id, "left")
        if chat.type == "channel" and status == "member":
            raise bad_request("need administrator rights in the channel chat")
        if status == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")
        if status in PRESENT:
            return chat
        if chat.type == "private":
            raise forbidden("bot was blocked by the user")
        verb = "was kicked from" if status == "kicked" else "is not a member of"
        raise forbidden(f"bot {verb} the {chat.type} chat")

    def add_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Store a message and tell the watchers.

        Args:
            chat: where it appears.
            sender: the User who wrote it.
            content: the fields of the Message beside the id, the sender, the chat and the date.

        Returns:
            The Message.
        """
        author = {"sender_chat": chat.info} if chat.type == "channel" else {"from": sender}
        head = {"message_id": chat.next_id(), **author, "chat": chat.info, "date": self.date()}
        message = {**head, **content}
        chat.messages[message["message_id"]] = message
        self.tell("message", chat.id, message=message)
        return message

    def replace_message(self, chat: Chat, message: Json) -> Json:
        """Store the edited form of a message and tell the watchers."""
        chat.messages[message["message_id"]] = message
        self.tell("edited", chat.id, message=message)
        return message

    def remove_message(self, chat: Chat, message_id: int) -> None:
        """Forget a message and tell the watchers."""
        del chat.messages[message_id]
        self.tell("deleted", chat.id, message_id=message_id)
