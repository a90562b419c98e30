"""From an update to a row of the table and back: the one place where requests are made.

Every entry (typed command, button, deep link, plain message) becomes a ``Request`` and goes through
``_perform``, where the row's permission is checked; an inline query shows what rows would show, and asks each
row's permission. Edited messages, what was chosen of inline results and whatever else asks nothing of the
bot are passed over.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta

from telegram.error import TelegramError

from handlers import callbacks, incoming, inline, links, outgoing
from handlers.admins import Admins
from handlers.commands import BY_NAME, Command
from handlers.follow_ups import FollowUps
from handlers.i18n import language_of_client, wording
from handlers.incoming import Json
from handlers.menus import chat_menu
from handlers.outgoing import Api
from handlers.pages import worded
from handlers.reply import SILENCE, ChatMenu, Expectation, Reply
from handlers.request import Request, permits
from handlers.services import Services
from handlers.start import unknown

log = logging.getLogger(__name__)
_SEEDING = 20
"""Seconds that a first question waits at most for the shipped articles."""
_TYPING = 5
"""Seconds that the first inline query waits for them: Telegram's clients do not wait long."""
_ABSENT = ("left", "kicked")
_IN_CHANNELS = frozenset(
    {"subscribe", "unsubscribe", "settings", "follow", "unfollow", "following", "lang", "digest"}
)
"""What a channel's administrators set up by a post; whatever else is posted there is not for the bot."""
_ANSWERED = timedelta(minutes=10)
"""How long a question waits for its answer; later a message is taken as any other."""
_QUESTIONS = 10_000


class Dispatcher:
    """Finds the row that an update asks for, checks its permission and sends the reply."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._admins = Admins(services.now)
        self._follow_ups = FollowUps()
        self._expected: OrderedDict[tuple[int, int], tuple[Expectation, datetime]] = OrderedDict()
        """By chat and person what was asked last, and until when; lost by a restart, which does no harm."""

    async def __call__(self, update: Json, api: Api) -> None:
        """Answer one update; an update that asks nothing of the bot is passed over.

        Args:
            update: the Update object as it came.
            api: where the reply goes.

        Raises:
            TelegramError: the reply could not be sent.
        """
        if message := update.get("message"):
            await self._message(message, api)
        elif post := update.get("channel_post"):
            await self._channel_post(post, api)
        elif query := update.get("callback_query"):
            await self._press(query, api)
        elif asked := update.get("inline_query"):
            await self._inline(asked, api)
        elif change := update.get("my_chat_member"):
            await self._membership(change)

    async def _message(self, message: Json, api: Api) -> None:
        if new_id := message.get("migrate_to_chat_id"):
            await self._services.repositories.chats.migrate(message["chat"]["id"], new_id)
            return
        if not incoming.by_a_person(message) or incoming.is_own_card(message, self._services.bot_username):
            return
        request = await self._request(message, message["from"])
        await self._services.repositories.users.learn_name(
            request.user_id, request.user_name or request.first_name
        )
        # Who writes can be written to again: a block that was lifted is not always told.
        await self._services.repositories.chats.reach(request.chat_id)
        reply = await self._answer(message, request, api)
        self._expect(reply, request)
        for index, part in enumerate(reply.messages):
            result = await outgoing.send(api, request.chat_id, part, request.thread_id)
            if index == 0 and reply.sent is not None:
                await reply.sent(result["message_id"])
        await self._afterwards(reply, request, api)

    async def _channel_post(self, post: Json, api: Api) -> None:
        """A command that stands in a channel: only its administrators can post there."""
        typed = incoming.typed_command(incoming.text_of(post))
        if typed is None or incoming.is_forwarded(post) or typed.name not in _IN_CHANNELS:
            return
        request = await self._request(post, {"id": post["chat"]["id"]})
        reply = await self._typed(typed, request, api)
        for part in reply.messages:
            await outgoing.send(api, request.chat_id, part)

    async def _answer(self, message: Json, request: Request, api: Api) -> Reply:
        """The reply to a message: silence in a group that does not speak to the bot."""
        text = incoming.text_of(message)
        expected = self._take_expected(request)
        typed = None if incoming.is_forwarded(message) else incoming.typed_command(text)
        if typed is not None:
            return await self._typed(typed, request, api)
        if request.private:
            return await self._told(message, text.strip(), expected, request, api)
        said = incoming.addressed(text, self._services.bot_username)
        return await self._plain(said, request, api) if said else SILENCE

    async def _told(
        self, message: Json, text: str, expected: Expectation | None, request: Request, api: Api
    ) -> Reply:
        """The reply to what a person says in private without a command."""
        if place := incoming.place_of(message):
            return await self._perform(BY_NAME["settings"], replace(request, argument=f"zone {place}"), api)
        if permits(request.role, "editor"):
            taken = await self._taken_in(message, text, expected, request, api)
            if taken is not None:
                return taken
        if incoming.is_forwarded(message) and text:
            # Another's words may ask something; they command nothing.
            return await self._perform(BY_NAME["ask"], replace(request, argument=text, entry="text"), api)
        if expected is not None and text and not (expected.yields and incoming.spoken_command(text)):
            row, argument = BY_NAME[expected.command], expected.prefix + text
            return await self._perform(row, replace(request, argument=argument, entry="text"), api)
        if text or incoming.shows_something(message):
            return await self._plain(text, request, api)
        return SILENCE

    async def _taken_in(
        self, message: Json, text: str, expected: Expectation | None, request: Request, api: Api
    ) -> Reply | None:
        """What an editor passes on or goes on sending is an article; None where it is anything else."""
        sends = incoming.is_forwarded(message) or request.document is not None
        if not sends and text and (expected is None or expected.command == "add"):
            intakes = self._services.repositories.intakes
            sends = await intakes.open_of(request.chat_id, request.user_id) is not None
        if not sends or not (text or request.document):
            return None
        row = BY_NAME["add"]
        return await self._perform(row, replace(request, argument=text, entry="text"), api)

    async def _typed(self, typed: incoming.Typed, request: Request, api: Api) -> Reply:
        if typed.addressee and typed.addressee.lower() != self._services.bot_username.lower():
            return SILENCE
        row = BY_NAME.get(typed.name)
        if row is None:
            quiet = not request.private and not typed.addressee
            return SILENCE if quiet else unknown(request, typed.name)
        target = links.parse_payload(typed.argument) if row.name == "start" else None
        if target is not None:
            command, argument = target
            return await self._perform(
                BY_NAME[command], replace(request, argument=argument, entry="link"), api
            )
        return await self._perform(row, replace(request, argument=typed.argument), api)

    async def _plain(self, text: str, request: Request, api: Api) -> Reply:
        if not text:
            return worded(request, "only_text") if request.private else SILENCE
        row, argument = incoming.spoken_command(text) or (BY_NAME["ask"], text)
        return await self._perform(row, replace(request, argument=argument, entry="text"), api)

    async def _press(self, query: Json, api: Api) -> None:
        press = callbacks.parse(query.get("data") or "")
        row = BY_NAME.get(press.command) if press else None
        message = query.get("message")
        if press is None or row is None or message is None:
            language = (
                language_of_client(query["from"].get("language_code")) or self._services.default_language
            )
            await outgoing.answer_press(api, query["id"], wording(language)("toast.stale"))
            return
        request = await self._request(message, query["from"])
        request = replace(
            request, argument=press.argument, page=press.page, entry="button", callback_id=query["id"]
        )
        reply = await self._perform(row, request, api)
        self._expect(reply, request)
        await outgoing.answer_press(api, query["id"], reply.toast, alert=reply.alert)
        for index, part in enumerate(reply.messages):
            shown = message["message_id"]
            if press.mode == "=" and index == 0:
                if not part.shown_in(message):
                    await outgoing.edit(api, request.chat_id, shown, part, request.thread_id)
            else:
                result = await outgoing.send(api, request.chat_id, part, request.thread_id)
                shown = result["message_id"]
            if index == 0 and reply.sent is not None:
                await reply.sent(shown)
        await self._afterwards(reply, request, api)

    async def _inline(self, query: Json, api: Api) -> None:
        """Answer what is typed after ``@bot`` in any chat; nothing of it is kept."""
        services, user = self._services, query["from"]
        known = await services.repositories.chats.get(user["id"])
        language = (known.language if known else None) or language_of_client(user.get("language_code"))
        request = Request(
            command="inline",
            argument=str(query.get("query") or ""),
            entry="inline",
            chat_id=user["id"],
            user_id=user["id"],
            role=services.access.role(user["id"]),
            language=language or services.default_language,
        )
        if not services.ready.is_set():
            await self._seeded(_TYPING)
        begun, offset = time.perf_counter(), str(query.get("offset") or "")
        revision = services.repositories.database.content_revision
        key = (request.argument, offset, request.language, request.role, services.ready.is_set())
        fields = services.results.get(key, revision)
        if fields is None:
            fields = await inline.results(
                services, request, offset, lambda command: permits(request.role, BY_NAME[command].role)
            )
            services.results.put(key, revision, fields)
        services.performed("inline", time.perf_counter() - begun)
        await outgoing.answer_inline(api, query["id"], fields)

    async def _perform(self, row: Command, request: Request, api: Api) -> Reply:
        """Run a row for somebody, if they may."""
        request = replace(request, command=row.name)
        if not permits(request.role, row.role):
            return _refused(request, "not_permitted")
        posted = request.chat_type == "channel" and request.entry == "command"
        speaks_for_all = request.private or posted or not row.group_admin
        if not speaks_for_all and not await self._admins.includes(api, request):
            return _refused(request, "admins_only")
        if row.name == "ask" and request.argument:
            request = await self._follow_ups.completed(self._services, request)
        if row.action is not None:
            await outgoing.show_action(api, request.chat_id, row.action, request.thread_id)
        begun = time.perf_counter()
        try:
            reply = await self._reply(row, request)
        finally:
            self._services.performed(row.name, time.perf_counter() - begun)
        if row.name == "ask":
            self._follow_ups.answered(request, reply)
        if row.name == "start" and request.private and request.role != "reader":
            # Telegram takes the menu of a chat only once the person has begun it.
            return replace(reply, menus=(ChatMenu(request.chat_id, request.role, request.language),))
        return reply

    async def _reply(self, row: Command, request: Request) -> Reply:
        """Make the reply, or take it from memory."""
        if not row.memo:
            return await row.function(self._services, request)
        if not self._services.ready.is_set():
            await self._seeded()
        revision = self._services.repositories.database.content_revision
        # Editors see more on a page than readers do.
        edits = permits(request.role, "editor")
        key = (row.name, request.argument, request.page, request.language, request.converted, edits)
        reply = self._services.memo.get(key, revision)
        if reply is None:
            reply = await row.function(self._services, request)
            self._services.memo.put(key, revision, reply)
        return reply

    def _take_expected(self, request: Request) -> Expectation | None:
        """What the person was asked last, once."""
        expected, until = self._expected.pop((request.chat_id, request.user_id), (None, None))
        return expected if until is not None and self._services.now() <= until else None

    def _expect(self, reply: Reply, request: Request) -> None:
        key = request.chat_id, request.user_id
        self._expected.pop(key, None)
        if reply.expects is None or not request.private:
            return
        self._expected[key] = reply.expects, self._services.now() + _ANSWERED
        if len(self._expected) > _QUESTIONS:
            self._expected.popitem(last=False)

    async def _seeded(self, seconds: float = _SEEDING) -> None:
        try:
            await asyncio.wait_for(self._services.ready.wait(), seconds)
        except TimeoutError:
            log.warning("the shipped articles are not in yet; answering without them")

    async def _request(self, message: Json, user: Json) -> Request:
        """What is known about a call before it is known what it asks for."""
        services = self._services
        chat = message["chat"]
        known = await services.repositories.chats.get(chat["id"])
        language = (known.language if known else None) or language_of_client(user.get("language_code"))
        answered = message.get("reply_to_message")
        return Request(
            command="",
            chat_id=chat["id"],
            chat_type=chat["type"],
            thread_id=incoming.thread_of(message),
            user_id=user["id"],
            user_name=user.get("username"),
            first_name=user.get("first_name"),
            message_id=message["message_id"],
            role=services.access.role(user["id"]),
            language=language or services.default_language,
            zone=(known.zone if known else None) or services.default_zone,
            theme=(known.theme if known else None) or "light",
            converted=known.converted if known else False,
            document=incoming.file_of(message),
            reply_text=incoming.text_of(answered) or None,
            reply_document=incoming.file_of(answered),
            reply_user=incoming.author_of(answered),
        )

    async def _membership(self, change: Json) -> None:
        """Note where the bot may write: it was blocked, unblocked, added or thrown out."""
        active = change["new_chat_member"]["status"] not in _ABSENT
        await self._services.repositories.chats.set_active(change["chat"]["id"], active)

    async def _afterwards(self, reply: Reply, request: Request, api: Api) -> None:
        """What a reply wants done beside being shown; that it cannot be is no error."""
        for menu in reply.menus:
            with contextlib.suppress(TelegramError):  # Somebody who has never written to the bot has none.
                parameters = chat_menu(menu.chat_id, menu.role, menu.language).parameters()
                await api.call("setMyCommands", parameters)
        if reply.removes is not None:
            with contextlib.suppress(TelegramError):
                gone = {"chat_id": str(request.chat_id), "message_id": str(reply.removes)}
                await api.call("deleteMessage", gone)


def _refused(request: Request, key: str) -> Reply:
    if request.entry == "button":
        return Reply(toast=wording(request.language)(f"toast.{key}"), alert=True)
    return worded(request, f"refused.{key}")
