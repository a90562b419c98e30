"""The Bot API in memory: one server, one bot, and the people it talks to."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import Any

from bot.memory_api import people
from bot.memory_api.errors import ApiError, FieldError, bad_request, not_found
from bot.memory_api.faults import LOSE, Fault, injected, lost
from bot.memory_api.method import Request
from bot.memory_api.methods import METHODS
from bot.memory_api.params import Params
from bot.memory_api.state import ADMINISTRATORS, Chat, State, Watcher
from bot.memory_api.wire import Json, Response, Upload


class BotApi:
    """A Bot API server with one bot, and its users' clients."""

    def __init__(
        self,
        *,
        token: str = "1:LOCAL",  # noqa: S107 - opens nothing but this object
        username: str = "forum_briefing_bot",
        name: str = "论坛简报",
        now: Callable[[], float] = time.time,
    ) -> None:
        """Start an empty server.

        Args:
            token: the bot's token; the number before the colon is its user id.
            username: the bot's username, without the ``@``.
            name: the bot's name.
            now: the server's clock, in seconds since 1970.
        """
        self.state = State(token, username, name, now)
        self.violations: list[str] = []
        """Every request that the real server would refuse, as ``method: its wording``."""
        self.fault: Fault | None = None
        """Test hook: the answer to give instead of carrying a request out."""

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.token

    async def call(self, method: str, params: Mapping[str, Any], files: Mapping[str, Upload]) -> Response:
        """Answer a request of the bot.

        Args:
            method: name of the method, in any case, as the real server takes it.
            params: the parameters, as JSON values or as the text that a form carries.
            files: the uploads by the name of their form field.

        Raises:
            ConnectionDroppedError: a fault broke the connection.
        """
        response = self.respond(method, params, files)
        return response if isinstance(response, Response) else await response

    def respond(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, Upload]
    ) -> Response | Awaitable[Response]:
        """Answer a request as ``call`` does, at once where nothing has to be waited for."""
        fault = self.fault(method, params) if self.fault else None
        if fault is not None and fault is not LOSE:
            return injected(fault)
        response = self._answer(method, params, files)
        return lost(response) if fault is LOSE else response

    def _answer(
        self, name: str, params: Mapping[str, Any], files: Mapping[str, Upload]
    ) -> Response | Awaitable[Response]:
        method = METHODS.get(name.lower())
        if method is None:
            return self._refused(name, not_found("method not found"))
        notes = [f"unknown parameter {parameter}" for parameter in sorted(params.keys() - method.parameters)]
        try:
            result = method.run(Request(self.state, Params(params), files, notes))
        except ApiError as error:
            return self._refused(name, error)
        except FieldError as error:
            return self._refused(name, bad_request(f"{str(error)[0].lower()}{str(error)[1:]}"))
        finally:
            self.violations.extend(f"{name}: {note}" for note in notes)
        return self._awaited(name, result) if isinstance(result, Awaitable) else Response.ok(result)

    async def _awaited(self, name: str, result: Awaitable[object]) -> Response:
        try:
            return Response.ok(await result)
        except ApiError as error:
            return self._refused(name, error)

    def _refused(self, name: str, error: ApiError) -> Response:
        self.violations.append(f"{name}: {error.description}")
        return error.response()

    # The people's side: what Telegram clients do.

    def add_user(
        self, user_id: int, first_name: str, *, username: str | None = None, language_code: str | None = None
    ) -> Json:
        """Let a person exist who has opened the chat with the bot; the chat's id is the user's.

        Returns:
            The User object.
        """
        user: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
        info: Json = {"id": user_id, "type": "private", "first_name": first_name}
        if username:
            user["username"] = info["username"] = username
        if language_code:
            user["language_code"] = language_code
        self.state.users[user_id] = user
        members = {user_id: "member", self.state.bot_id: "member"}
        self.state.chats[user_id] = Chat(user_id, "private", info, members)
        return user

    def add_chat(
        self,
        chat_id: int,
        type: str,  # noqa: A002 - the API's own word
        title: str,
        *,
        members: Iterable[int] = (),
        admins: Iterable[int] = (),
        forum: bool = False,
    ) -> Json:
        """Let a group or channel exist that the bot belongs to; no update tells of it.

        Args:
            chat_id: its id; negative.
            type: ``group``, ``supergroup`` or ``channel``.
            title: its title.
            members: ids of the people in it.
            admins: ids of its administrators, the first of them its creator; the bot may be one.
            forum: whether it has topics.

        Returns:
            The Chat object.
        """
        info: Json = {"id": chat_id, "type": type, "title": title}
        if forum:
            info["is_forum"] = True
        everyone = dict.fromkeys([self.state.bot_id, *members], "member")
        people_first = sorted(admins, key=lambda user_id: user_id == self.state.bot_id)
        everyone |= dict.fromkeys(people_first, "administrator")
        if people_first and people_first[0] != self.state.bot_id:
            everyone[people_first[0]] = "creator"
        self.state.chats[chat_id] = Chat(chat_id, type, info, everyone)
        return info

    def send(  # noqa: PLR0913 - each is a thing that a person can do to a message
        self,
        user_id: int,
        chat_id: int,
        text: str | None = None,
        *,
        document: Upload | None = None,
        photo: Upload | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
        forward_of: Json | None = None,
        **extra: object,
    ) -> Json:
        """Send a message as a person; the text of a file is its caption.

        Args:
            user_id: who sends it.
            chat_id: where.
            text: the text, or the caption of the file.
            document: a file to attach.
            photo: a photo to attach.
            reply_to: id of the message that it answers.
            thread_id: the topic it is written in.
            forward_of: the Message that is forwarded, its content included.
            extra: further fields of the Message.

        Returns:
            The Message.

        Raises:
            KeyError: no such user, chat or message.
        """
        content = people.compose(self.state, text, document, photo, forward_of)
        content |= people.placed(self.state.chats[chat_id], reply_to, thread_id)
        return people.send(self.state, user_id, chat_id, {**content, **extra})

    def edit(self, user_id: int, chat_id: int, message_id: int, text: str) -> Json:
        """Change the text or caption of a person's own message.

        Raises:
            KeyError: no such chat or message.
            PermissionError: it is somebody else's.
            ValueError: the text is the same.
        """
        return people.edit(self.state, user_id, chat_id, message_id, text)

    async def press(
        self,
        user_id: int,
        chat_id: int,
        message_id: int,
        data: str,
        timeout: float = 10,  # noqa: ASYNC109 - how long the client shows its spinner
    ) -> Json:
        """Press a button, or send any data as a changed client could, and wait for the answer.

        Returns:
            The parameters of ``answerCallbackQuery``.

        Raises:
            KeyError: no such user, chat or message.
            TimeoutError: the bot did not answer within ``timeout`` seconds; a later answer is too old.
        """
        return await people.press(self.state, user_id, chat_id, message_id, data, timeout)

    async def inline(
        self,
        user_id: int,
        query: str,
        offset: str = "",
        timeout: float = 10,  # noqa: ASYNC109 - how long the client waits
    ) -> Json:
        """Type an inline query and wait for its results.

        Returns:
            The parameters of ``answerInlineQuery``.

        Raises:
            TimeoutError: the bot did not answer within ``timeout`` seconds.
        """
        return await people.inline(self.state, user_id, query, offset, timeout)

    def block(self, user_id: int) -> None:
        """Block the bot: the bot is told, and may no longer write."""
        people.set_bot_status(self.state, user_id, self.state.chats[user_id], "kicked")

    def unblock(self, user_id: int) -> None:
        """Unblock the bot."""
        people.set_bot_status(self.state, user_id, self.state.chats[user_id], "member")

    def kick(self, user_id: int, chat_id: int) -> None:
        """Throw the bot out of a group: it is told, and may no longer write there."""
        people.set_bot_status(self.state, user_id, self.state.chats[chat_id], "kicked")

    def upgrade(self, chat_id: int, new_id: int) -> Json:
        """Turn a group into the supergroup with another id, as Telegram does when a group grows.

        Returns:
            The new Chat object.
        """
        return people.upgrade(self.state, self.state.chats[chat_id], new_id).info

    def choose(self, user_id: int, chat_id: int, result: Json, query: str = "") -> Json:
        """Send one of the results that ``inline`` returned.

        Returns:
            The Message.
        """
        return people.choose(self.state, user_id, chat_id, result, query)

    def history(self, chat_id: int) -> list[Json]:
        """The messages of a chat in order, as Message objects."""
        return list(self.state.chats[chat_id].messages.values())

    def menu(self, chat_id: int, user_id: int, language_code: str = "") -> list[Json]:
        """The commands that a person is offered in a chat, after scope and language."""
        chat = self.state.chats[chat_id]
        admin = chat.members.get(user_id) in ADMINISTRATORS
        private = chat.type == "private"
        return self.state.menu.resolve(chat_id, user_id, language_code, private=private, admin=admin)

    def file(self, file_id: str) -> bytes:
        """The bytes of a file.

        Raises:
            ApiError: there is none with this id.
        """
        return self.state.files.get(file_id).upload.data

    def watch(self) -> AsyncIterator[Json]:
        """Events from now on, each with ``event`` and ``chat_id``, for as long as the iterator is held.

        ``message`` and ``edited`` carry ``message``; ``deleted`` a ``message_id``; ``reaction`` that and a
        ``reaction`` list; ``chat_action`` an ``action``; ``callback_answer`` a ``callback_query_id``, a
        ``user_id`` and the parameters of the answer; ``commands`` nothing, with ``chat_id`` 0; ``keyboard``
        the ``reply_markup`` for below the text field; ``draft`` a ``draft_id``, ``text`` and ``entities``.
        """
        watcher = Watcher()
        self.state.watchers.add(watcher)
        return watcher
