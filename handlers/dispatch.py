"""From an update to a row of the table and back: the one place where requests are made.

Every entry (typed command, button, deep link, plain message) becomes a ``Request`` and goes through
``_perform``, where the row's permission is checked. Edited messages and whatever else asks nothing of the
bot are passed over.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Message

from handlers import callbacks, links, outgoing
from handlers.admins import Admins
from handlers.commands import BY_NAME, Command
from handlers.i18n import language_of_client, wording
from handlers.menus import chat_menu
from handlers.pages import worded
from handlers.reading import addressed, file_of, spoken_command, typed_command
from handlers.reply import SILENCE, Reply
from handlers.request import Entry, Request, permits
from handlers.services import Services
from handlers.start import unknown

if TYPE_CHECKING:
    from telegram import Bot, CallbackQuery, ChatMemberUpdated, MaybeInaccessibleMessage, Update, User

log = logging.getLogger(__name__)
_SEEDING = 20
"""Seconds that a first question waits at most for the shipped articles."""
_ABSENT = ("left", "kicked")


class Dispatcher:
    """Finds the row that an update asks for, checks its permission and sends the reply."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._admins = Admins(services.now)

    async def __call__(self, update: Update, bot: Bot) -> None:
        """Answer one update; an update that asks nothing of the bot is passed over.

        Raises:
            TelegramError: the reply could not be sent.
        """
        if update.message is not None:
            await self._message(update.message, bot)
        elif update.callback_query is not None:
            await self._press(update.callback_query, bot)
        elif update.my_chat_member is not None:
            await self._membership(update.my_chat_member)

    async def _message(self, message: Message, bot: Bot) -> None:
        if message.migrate_to_chat_id is not None:
            await self._services.repositories.chats.migrate(message.chat.id, message.migrate_to_chat_id)
            return
        if message.from_user is None or (message.from_user.is_bot and message.sender_chat is None):
            return
        request = await self._request(message, message.from_user)
        reply = await self._answer(message, request, bot)
        for part in reply.messages:
            await outgoing.send(bot, request.chat_id, part, request.thread_id)
        await self._refresh_menu(reply, request, bot)

    async def _answer(self, message: Message, request: Request, bot: Bot) -> Reply:
        """The reply to a message: silence in a group that does not speak to the bot."""
        text = message.text or message.caption or ""
        typed = typed_command(text)
        if typed is not None:
            if typed.addressee and typed.addressee.lower() != self._services.bot_username.lower():
                return SILENCE
            row = BY_NAME.get(typed.name)
            if row is None:
                quiet = not request.private and not typed.addressee
                return SILENCE if quiet else unknown(request, typed.name)
            row, request = _linked(row, replace(request, argument=typed.argument))
            return await self._perform(row, request, bot)
        if not request.private:
            said = addressed(text, self._services.bot_username)
            if not said:
                return SILENCE
            text = said
        return await self._plain(text.strip(), request, bot)

    async def _plain(self, text: str, request: Request, bot: Bot) -> Reply:
        if not text:
            row = BY_NAME.get("add") if request.document else None
            if row is None or not permits(request.role, row.role):
                return worded(request, "only_text")
            return await self._perform(row, replace(request, command=row.name), bot)
        spoken = spoken_command(text)
        row, argument = spoken or (BY_NAME["ask"], text)
        entry: Entry = "text"
        return await self._perform(row, replace(request, argument=argument, entry=entry), bot)

    async def _press(self, query: CallbackQuery, bot: Bot) -> None:
        press = callbacks.parse(query.data or "")
        row = BY_NAME.get(press.command) if press else None
        message = query.message
        if press is None or row is None or message is None:
            language = language_of_client(query.from_user.language_code) or self._services.default_language
            await outgoing.answer_press(bot, query.id, wording(language)("toast.stale"))
            return
        request = await self._request(message, query.from_user)
        request = replace(
            request, argument=press.argument, page=press.page, entry="button", callback_id=query.id
        )
        reply = await self._perform(row, request, bot)
        await outgoing.answer_press(bot, query.id, reply.toast, alert=reply.alert)
        for index, part in enumerate(reply.messages):
            if press.mode == "=" and index == 0 and part.upload is None:
                await outgoing.edit(bot, request.chat_id, message.message_id, part, request.thread_id)
            else:
                await outgoing.send(bot, request.chat_id, part, request.thread_id)
        await self._refresh_menu(reply, request, bot)

    async def _perform(self, row: Command, request: Request, bot: Bot) -> Reply:
        """Run a row for somebody, if they may; a reply that the content alone decides is remembered."""
        request = replace(request, command=row.name)
        if not permits(request.role, row.role):
            return self._refused(request, "not_permitted")
        if row.group_admin and not request.private and not await self._admins.includes(bot, request):
            return self._refused(request, "admins_only")
        if not row.memo:
            return await row.function(self._services, request)
        if not self._services.ready.is_set():
            await self._seeded()
        revision = self._services.repositories.database.content_revision
        key = (row.name, request.argument, request.page, request.language)
        reply = self._services.memo.get(key, revision)
        if reply is None:
            reply = await row.function(self._services, request)
            self._services.memo.put(key, revision, reply)
        return reply

    def _refused(self, request: Request, key: str) -> Reply:
        if request.entry == "button":
            return Reply(toast=wording(request.language)(f"toast.{key}"), alert=True)
        return worded(request, f"refused.{key}")

    async def _seeded(self) -> None:
        try:
            await asyncio.wait_for(self._services.ready.wait(), _SEEDING)
        except TimeoutError:
            log.warning("the shipped articles are not in yet; answering without them")

    async def _request(self, message: MaybeInaccessibleMessage, user: User) -> Request:
        """What is known about a call before it is known what it asks for."""
        services = self._services
        chat = message.chat
        known = await services.repositories.chats.get(chat.id)
        language = (known.language if known else None) or language_of_client(user.language_code)
        accessible = message if isinstance(message, Message) else None
        answered = accessible.reply_to_message if accessible else None
        return Request(
            command="",
            chat_id=chat.id,
            chat_type=chat.type,  # type: ignore[arg-type]  # a ChatType string
            thread_id=accessible.message_thread_id if accessible and accessible.is_topic_message else None,
            user_id=user.id,
            message_id=message.message_id,
            role=services.access.role(user.id),
            language=language or services.default_language,
            zone=(known.zone if known else None) or services.default_zone,
            document=file_of(accessible),
            reply_text=(answered.text or answered.caption) if answered else None,
            reply_document=file_of(answered),
        )

    async def _membership(self, change: ChatMemberUpdated) -> None:
        """Note where the bot may write: it was blocked, unblocked, added or thrown out."""
        active = change.new_chat_member.status not in _ABSENT
        await self._services.repositories.chats.set_active(change.chat.id, active)

    async def _refresh_menu(self, reply: Reply, request: Request, bot: Bot) -> None:
        if reply.menu_language is not None:
            menu = chat_menu(
                request.chat_id, request.role if request.private else "reader", reply.menu_language
            )
            await outgoing.call(bot, "setMyCommands", menu.parameters())


def _linked(row: Command, request: Request) -> tuple[Command, Request]:
    """The row behind a deep link; any other command as it is."""
    target = links.parse_payload(request.argument) if row.name == "start" else None
    if target is None:
        return row, request
    command, argument = target
    return BY_NAME[command], replace(request, argument=argument, entry="link")
