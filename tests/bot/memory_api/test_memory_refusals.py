"""What the server refuses, and in which words: each through python-telegram-bot's own Bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from memory_world import CHANNEL, EDITOR, FORUM, GROUP, READER, STRANGER, refused
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChatAdministrators,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.error import Forbidden, TelegramError

from bot.memory_api import BotApi
from bot.memory_api.errors import NOT_MODIFIED

ENTITY = MessageEntity
Call = Callable[[Bot], Awaitable[Any]]


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])


def button(data: str = "x", text: str = "好") -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)


def say(text: str, **kwargs: Any) -> Call:
    return lambda bot: bot.send_message(READER, text, **kwargs)


def styled(text: str, kind: str, offset: int, length: int, **kwargs: Any) -> Call:
    return say(text, entities=[ENTITY(kind, offset, length, **kwargs)])


def raw(method: str, **params: Any) -> Call:
    """A request that the library itself would not make; the server does not mind the case of its name."""
    return lambda bot: bot.do_api_request(method, api_kwargs=params)


def article(result_id: str = "1", text: str = "好", title: str = "题") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(result_id, title, InputTextMessageContent(text))


REFUSALS: dict[str, tuple[Call, str]] = {
    # Texts
    "empty": (say(""), "Message text is empty"),
    "blank": (say(" \n "), "Text must be non-empty"),
    "one unit too long": (say("好" * 4097), "Message is too long"),
    "emoji count two units": (say("😀" * 2048 + "好"), "Message is too long"),
    "far too long": (say("好" * 11_000), "Text is too long"),
    # Entities
    "begins behind the end": (
        styled("好", "bold", 1, 1),
        "Entity begins after the end of the text at UTF-16 offset 1",
    ),
    "ends behind the end": (
        styled("你好", "bold", 1, 2),
        "Entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3",
    ),
    "begins in a pair": (
        styled("😀好", "bold", 1, 2),
        "Entity begins in a middle of a UTF-16 symbol at byte offset 4",
    ),
    "ends in a pair": (
        styled("好😀", "bold", 0, 2),
        "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 7",
    ),
    "negative offset": (styled("好", "bold", -1, 1), "Receive an entity with incorrect offset -1"),
    "negative length": (styled("好", "bold", 0, -1), "Receive an entity with incorrect length -1"),
    "unknown kind": (
        raw("sendmessage", chat_id=READER, text="好", entities=[{"type": "loud", "offset": 0, "length": 1}]),
        "Can't parse MessageEntity: Unsupported type specified",
    ),
    "no offset": (
        raw("sendmessage", chat_id=READER, text="好", entities=[{"type": "bold", "length": 1}]),
        "Can't parse MessageEntity: Can't find field \"offset\"",
    ),
    "offset is a list": (
        raw("sendmessage", chat_id=READER, text="好", entities=[{"type": "bold", "length": 1, "offset": []}]),
        'Can\'t parse MessageEntity: Field "offset" must be a Number',
    ),
    "link without a host": (
        styled("好", "text_link", 0, 1, url="文章"),
        "Entity URL '文章' is invalid: Wrong HTTP URL",
    ),
    "101 entities": (
        say("好 " * 101, entities=[ENTITY("bold", 2 * place, 1) for place in range(101)]),
        "Entities_too_long",
    ),
    # Markup
    "unknown parse mode": (say("好", parse_mode="Textile"), "Unsupported parse_mode"),
    "html: bare <": (
        say("1 < 2", parse_mode="HTML"),
        'Can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    "html: unknown tag": (
        say("好<h1>题</h1>", parse_mode="HTML"),
        'Can\'t parse entities: Unsupported start tag "h1" at byte offset 3',
    ),
    "html: never closed": (
        say("<b>好", parse_mode="HTML"),
        "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    "html: crossed": (
        say("<b><i>好</b></i>", parse_mode="HTML"),
        'Can\'t parse entities: Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
    ),
    "html: end without start": (
        say("好</b>", parse_mode="HTML"),
        "Can't parse entities: Unexpected end tag at byte offset 3",
    ),
    "html: start tag cut off": (
        say("好<a href='x", parse_mode="HTML"),
        "Can't parse entities: Unclosed start tag at byte offset 3",
    ),
    "html: plain span": (
        say("<span>好</span>", parse_mode="HTML"),
        'Can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    "html: half a character": (
        say("&#xD83D;", parse_mode="HTML"),
        (
            "Can't parse entities: Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        ),
    ),
    "markdown: bare dot": (
        say("3.5", parse_mode="MarkdownV2"),
        "Can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    "markdown: never closed": (
        say("好 *题", parse_mode="MarkdownV2"),
        "Can't parse entities: Can't find end of Bold entity at byte offset 4",
    ),
    "markdown: link cut off": (
        say("[好](http://a.cn", parse_mode="MarkdownV2"),
        "Can't parse entities: Can't find end of a URL at byte offset 6",
    ),
    # Chats
    "unknown chat": (lambda bot: bot.send_message(999, "好"), "Chat not found"),
    "unknown public name": (lambda bot: bot.send_message("@nobody", "好"), "Chat not found"),
    "no chat": (raw("sendmessage", text="好"), "Chat_id is empty"),
    "unknown topic": (
        lambda bot: bot.send_message(FORUM, "好", message_thread_id=77),
        "Message thread not found",
    ),
    "reply to nothing": (
        say("好", reply_parameters=ReplyParameters(99)),
        "Message to be replied not found",
    ),
    # Keyboards
    "data of 65 bytes": (say("好", reply_markup=keyboard(button("d" * 65))), "Button_data_invalid"),
    "data of 66 bytes in Chinese": (
        say("好", reply_markup=keyboard(button("数" * 22))),
        "Button_data_invalid",
    ),
    "empty button": (
        say("好", reply_markup=keyboard(button(text=""))),
        "Inline keyboard button text must be non-empty",
    ),
    "101 buttons": (
        say("好", reply_markup=InlineKeyboardMarkup([[button()] * 8] * 12 + [[button()] * 5])),
        "Reply markup is too long",
    ),
    "nine in a row": (
        say("好", reply_markup=InlineKeyboardMarkup([[button()] * 9])),
        "Reply markup is too long",
    ),
    "more than 10 kB": (
        say("好", reply_markup=keyboard(*[button("d" * 64, "字" * 40)] * 60)),
        "Reply markup is too long",
    ),
    "button that does nothing": (
        say("好", reply_markup=keyboard(InlineKeyboardButton("好"))),
        "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "button to nowhere": (
        say("好", reply_markup=keyboard(InlineKeyboardButton("好", url="文章"))),
        "Inline keyboard button URL '文章' is invalid: Wrong HTTP URL",
    ),
    "markup is a list": (
        raw("sendmessage", chat_id=READER, text="好", reply_markup=[1]),
        "Object expected as reply markup",
    ),
    "markup is no JSON": (
        raw("sendmessage", chat_id=READER, text="好", reply_markup="{"),
        "Can't parse reply keyboard markup JSON object",
    ),
    "preview options are a list": (
        raw("sendmessage", chat_id=READER, text="好", link_preview_options=[1]),
        "Object expected as link preview options",
    ),
    # Media
    "caption of 1025": (
        lambda bot: bot.send_document(READER, b"x", caption="好" * 1025),
        "Message caption is too long",
    ),
    "no document": (raw("senddocument", chat_id=READER), "There is no document in the request"),
    "photo that is none": (lambda bot: bot.send_photo(READER, b"hello"), "Image_process_failed"),
    "unknown file": (
        lambda bot: bot.send_document(READER, "nonsense"),
        "Wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ),
    "address that does not answer": (
        lambda bot: bot.send_document(READER, "http://a.cn/b.pdf"),
        "Failed to get HTTP URL content",
    ),
    "empty file": (lambda bot: bot.send_document(READER, b""), "File must be non-empty"),
    "getFile: unknown": (lambda bot: bot.get_file("nonsense"), "Invalid file_id"),
    # Edits and deletions
    "edit nothing": (lambda bot: bot.edit_message_text("好", READER, 99), "Message to edit not found"),
    "delete nothing": (lambda bot: bot.delete_message(READER, 99), "Message to delete not found"),
    "delete 101": (
        lambda bot: bot.delete_messages(READER, list(range(1, 102))),
        "Too many message identifiers specified",
    ),
    "edit by an inline id": (
        lambda bot: bot.edit_message_text("好", inline_message_id="1"),
        "Message_id_invalid",
    ),
    "react to nothing": (
        lambda bot: bot.set_message_reaction(READER, 99, ReactionTypeEmoji("👍")),
        "Message to react not found",
    ),
    "react with a flag": (
        lambda bot: bot.set_message_reaction(READER, 1, ReactionTypeEmoji("🇨🇳")),
        "Reaction_invalid",
    ),
    "unknown action": (
        lambda bot: bot.send_chat_action(READER, "dance"),
        "Wrong parameter action in request",
    ),
    # Queries
    "press too old": (
        lambda bot: bot.answer_callback_query("1"),
        "Query is too old and response timeout expired or query id is invalid",
    ),
    "notice of 201": (lambda bot: bot.answer_callback_query("1", "好" * 201), "Message_too_long"),
    "inline too old": (
        lambda bot: bot.answer_inline_query("1", [article()]),
        "Query is too old and response timeout expired or query id is invalid",
    ),
    "51 results": (
        lambda bot: bot.answer_inline_query("1", [article(str(i)) for i in range(51)]),
        "Too many inline query results specified",
    ),
    "doubled result": (lambda bot: bot.answer_inline_query("1", [article()] * 2), "Result_id_duplicate"),
    "result id of 65 bytes": (
        lambda bot: bot.answer_inline_query("1", [article("i" * 65)]),
        "Result_id_invalid",
    ),
    "result without a title": (
        lambda bot: bot.answer_inline_query("1", [article(title=" ")]),
        "Article_title_empty",
    ),
    "result without a text": (
        lambda bot: bot.answer_inline_query("1", [article(text="")]),
        "Message text is empty",
    ),
    "offset of 65 bytes": (
        lambda bot: bot.answer_inline_query("1", [], next_offset="9" * 65),
        "Next_offset_invalid",
    ),
    "start parameter with blanks": (
        lambda bot: bot.answer_inline_query(
            "1", [], button=InlineQueryResultsButton("好", start_parameter="a b")
        ),
        "Start_param_invalid",
    ),
    # The profile
    "command in capitals": (
        lambda bot: bot.set_my_commands([BotCommand("Start", "好")]),
        "Bot_command_invalid",
    ),
    "command in Chinese": (
        lambda bot: bot.set_my_commands([BotCommand("开始", "好")]),
        "Bot_command_invalid",
    ),
    "command of 33": (
        lambda bot: bot.set_my_commands([BotCommand("c" * 33, "好")]),
        "Command length must not exceed 32",
    ),
    "no description": (
        lambda bot: bot.set_my_commands([BotCommand("start", "")]),
        "Command description must be non-empty",
    ),
    "description of 257": (
        lambda bot: bot.set_my_commands([BotCommand("start", "好" * 257)]),
        "Command description length must not exceed 256",
    ),
    "101 commands": (
        lambda bot: bot.set_my_commands([BotCommand(f"c{i}", "好") for i in range(101)]),
        "Bot_commands_too_much",
    ),
    "more than 4 kB of commands": (
        lambda bot: bot.set_my_commands([BotCommand(f"c{i}", "好" * 200) for i in range(10)]),
        "Bot_commands_too_much",
    ),
    "language of three letters": (
        lambda bot: bot.set_my_commands([BotCommand("start", "好")], language_code="zho"),
        "Invalid language code specified",
    ),
    "administrators of a private chat": (
        lambda bot: bot.set_my_commands(
            [BotCommand("start", "好")], scope=BotCommandScopeChatAdministrators(READER)
        ),
        "Can't use specified scope in private chats",
    ),
    "name of 65": (lambda bot: bot.set_my_name("名" * 65), "Bot_title_invalid"),
    "administrators of a person": (
        lambda bot: bot.get_chat_administrators(READER),
        "There are no administrators in the private chat",
    ),
    "http webhook": (
        lambda bot: bot.set_webhook("http://a.cn/hook"),
        "Bad webhook: An HTTPS URL must be provided for webhook",
    ),
    "webhook secret": (
        lambda bot: bot.set_webhook("https://a.cn/hook", secret_token="秘密"),
        "Secret token contains unallowed characters",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_refused_in_the_words_of_the_real_server(bot: Bot, api: BotApi, name: str) -> None:
    """A request that the real server refuses is refused with 400 in its words, and kept as a violation."""
    call, wording = REFUSALS[name]
    with refused(wording):
        await call(bot)
    assert len(api.violations) == 1
    assert api.violations[0].lower().endswith(f": bad request: {wording.lower()}")


@pytest.mark.parametrize(
    "call",
    [
        say("好" * 4096),
        say("😀" * 2048),
        say("<b>" + "好" * 4096 + "</b>", parse_mode="HTML"),
        say("好", reply_markup=keyboard(button("d" * 64))),
        say("好", reply_markup=InlineKeyboardMarkup([[button()] * 8] * 12 + [[button()] * 4])),
        styled("好😀", "bold", 1, 2),
        say("好", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True)),
        say("好", link_preview_options=LinkPreviewOptions(is_disabled=True), disable_notification=True),
        lambda bot: bot.send_document(READER, b"x", caption="好" * 1024),
        lambda bot: bot.set_my_commands([BotCommand("c" * 32, "好" * 256)]),
        lambda bot: bot.send_message(CHANNEL, "好", protect_content=True),
    ],
)
async def test_the_limits_themselves_are_allowed(bot: Bot, api: BotApi, call: Call) -> None:
    """What just fits is accepted, without a word."""
    await call(bot)
    assert api.violations == []


async def test_not_modified(bot: Bot) -> None:
    """An edit to the same text, entities and keyboard is refused; to another keyboard it is not."""
    message = await bot.send_message(READER, "<b>好</b>", parse_mode="HTML", reply_markup=keyboard(button()))
    bold = [ENTITY("bold", 0, 1)]
    for _ in range(2):
        with refused(NOT_MODIFIED):
            await message.edit_text("好", entities=bold, reply_markup=keyboard(button()))
        message = await bot.send_message(READER, "好", entities=bold, reply_markup=keyboard(button()))
    await message.edit_text("好", entities=bold, reply_markup=keyboard(button("y")))
    await message.edit_text("好", reply_markup=keyboard(button("y")))
    with refused(NOT_MODIFIED):
        await message.edit_reply_markup(keyboard(button("y")))


async def test_editing_what_cannot_be_edited(bot: Bot, api: BotApi) -> None:
    """People's messages, texts without caption and media without text are refused, each in its words."""
    theirs = api.send(READER, READER, "我的")
    with refused("Message can't be edited"):
        await bot.edit_message_text("你的", READER, theirs["message_id"])
    text = await bot.send_message(READER, "好")
    with refused("There is no caption in the message to edit"):
        await text.edit_caption("题")
    document = await bot.send_document(READER, b"x")
    with refused("There is no text in the message to edit"):
        await document.edit_text("好")
    with refused("Image_process_failed"):
        await document.edit_media(InputMediaPhoto(b"no image"))


async def test_deleting(bot: Bot, api: BotApi) -> None:
    """In a group a plain member deletes only what is its own; after 48 hours not even that."""
    theirs = api.send(READER, GROUP, "/start")
    with refused("Message can't be deleted"):
        await bot.delete_message(GROUP, theirs["message_id"])
    own = await bot.send_message(GROUP, "好")
    api.state.now = lambda: own.date.timestamp() + 48 * 3600 + 1
    with refused("Message can't be deleted for everyone"):
        await own.delete()


async def test_blocked_kicked_upgraded(bot: Bot, api: BotApi) -> None:
    """Where the bot may no longer write, the answer says why."""
    api.block(READER)
    with refused("Forbidden: bot was blocked by the user", Forbidden):
        await bot.send_message(READER, "好")
    api.unblock(READER)
    await bot.send_message(READER, "好")
    api.kick(EDITOR, FORUM)
    with refused("Forbidden: bot was kicked from the supergroup chat", Forbidden):
        await bot.send_message(FORUM, "好")
    await bot.leave_chat(GROUP)
    with refused("Forbidden: bot is not a member of the group chat", Forbidden):
        await bot.send_message(GROUP, "好")
    kinds = [update.my_chat_member.new_chat_member.status for update in await bot.get_updates()]
    assert kinds == ["kicked", "member", "kicked", "left"]


async def test_unknown_method_and_parameter(bot: Bot, api: BotApi) -> None:
    """An unknown method is 404; an unknown parameter passes, as on the real server, but is noted."""
    with pytest.raises(TelegramError):
        await bot.do_api_request("sendCarrierPigeon")
    await bot.send_message(STRANGER, "好", api_kwargs={"colour": "red"})
    assert api.violations == [
        "sendCarrierPigeon: Not Found: method not found",
        "sendMessage: unknown parameter colour",
    ]
