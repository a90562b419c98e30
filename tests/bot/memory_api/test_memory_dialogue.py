"""The interplay: people write and press, the bot polls, answers and edits, the watchers see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from memory_world import CHANNEL, EDITOR, FORUM, GROUP, NOW, READER, STRANGER, refused
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.error import ChatMigrated, Conflict, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.memory_api import DROP, HANG, LOSE, BotApi, Response, Upload, errors
from bot.memory_api.request import MemoryRequest


async def events(watcher: AsyncIterator[dict[str, Any]], count: int) -> list[str]:
    return [(await anext(watcher))["event"] for _ in range(count)]


async def test_a_question_and_its_answer(bot: Bot, api: BotApi) -> None:
    """A person writes, the bot polls, replies and edits, and the history holds both messages."""
    asked = api.send(READER, READER, "/start f_12")
    (update,) = await bot.get_updates()
    assert update.message.text == "/start f_12"
    assert update.message.entities[0].type == "bot_command"
    assert update.effective_user.language_code == "zh"
    answer = await bot.send_message(READER, "第一稿", reply_parameters=ReplyParameters(asked["message_id"]))
    assert answer.reply_to_message.text == "/start f_12"
    await answer.edit_text("第二稿")
    history = api.history(READER)
    assert [message["text"] for message in history] == ["/start f_12", "第二稿"]
    assert [message["message_id"] for message in history] == [1, 2]
    assert history[1]["edit_date"] == history[1]["date"] == NOW
    assert api.violations == []


async def test_offsets_confirm(bot: Bot, api: BotApi) -> None:
    """Update ids grow; an offset confirms what lies before it; a negative one keeps the newest."""
    for text in "甲乙丙":
        api.send(READER, READER, text)
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first] == ["甲", "乙"]
    assert first[1].update_id == first[0].update_id + 1
    again = await bot.get_updates(offset=first[1].update_id)
    assert [update.message.text for update in again] == ["乙", "丙"]
    assert len(await bot.get_updates(offset=-1)) == 1
    assert [update.message.text for update in await bot.get_updates()] == ["丙"]


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, api: BotApi) -> None:
    """A poll waits while there is nothing, and no longer."""
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0)
    api.send(READER, READER, "在吗")
    assert [update.message.text for update in await poll] == ["在吗"]


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    """Of two polls at once the earlier gets the conflict."""
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0)
    assert await bot.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one"):
        await first


async def test_polling_and_webhook_exclude_each_other(bot: Bot, api: BotApi) -> None:
    """A webhook ends the poll and refuses the next one, until it is deleted."""
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0)
    await bot.set_webhook("https://bot.example.cn/hook", allowed_updates=["message"])
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    api.send(READER, READER, "在吗")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://bot.example.cn/hook", 1)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_allowed_updates(bot: Bot, api: BotApi) -> None:
    """Kinds that were not asked for are not queued; the wish is remembered."""
    await bot.get_updates(allowed_updates=[Update.MESSAGE])
    sent = api.send(READER, READER, "甲")
    api.edit(READER, READER, sent["message_id"], "乙")
    assert [update.message.text for update in await bot.get_updates()] == ["甲"]
    await bot.get_updates(allowed_updates=[])
    api.edit(READER, READER, sent["message_id"], "丙")
    assert (await bot.get_updates(offset=-1))[0].edited_message.text == "丙"


async def test_a_press_waits_for_its_answer(bot: Bot, api: BotApi) -> None:
    """A press brings a callback query with the message; what the bot answers comes back to the person."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("下一页", callback_data="page:2")]])
    message = await bot.send_message(READER, "第一页", reply_markup=keyboard)
    watcher = api.watch()
    press = asyncio.create_task(api.press(READER, READER, message.message_id, "page:2"))
    (update,) = await bot.get_updates(timeout=1)
    query = update.callback_query
    assert (query.data, query.message.text, query.from_user.id) == ("page:2", "第一页", READER)
    await query.answer("好", show_alert=True)
    assert await press == {"text": "好", "show_alert": True, "url": "", "cache_time": 0}
    event = await anext(watcher)
    assert (event["event"], event["chat_id"], event["user_id"]) == ("callback_answer", READER, READER)


async def test_a_press_without_an_answer(bot: Bot, api: BotApi) -> None:
    """Nobody answers in time: the spinner ends, and the late answer is too old."""
    message = await bot.send_message(READER, "好")
    with pytest.raises(TimeoutError):
        await api.press(READER, READER, message.message_id, "x", timeout=0.01)
    (update,) = await bot.get_updates()
    with refused("Query is too old and response timeout expired or query ID is invalid"):
        await update.callback_query.answer()


async def test_an_inline_query_and_the_chosen_result(bot: Bot, api: BotApi) -> None:
    """Results reach the person with their texts settled, and the chosen one is sent by way of the bot."""
    asking = asyncio.create_task(api.inline(READER, "开源"))
    (update,) = await bot.get_updates(timeout=1)
    content = InputTextMessageContent("<b>开源</b>", parse_mode="HTML")
    await update.inline_query.answer([InlineQueryResultArticle("1", "题", content)], next_offset="50")
    answer = await asking
    assert answer["next_offset"] == "50"
    sent = api.choose(READER, STRANGER, answer["results"][0], "开源")
    assert (sent["text"], sent["entities"][0]["type"]) == ("开源", "bold")
    kinds = await bot.get_updates(offset=update.update_id + 1)
    assert kinds[0].chosen_inline_result.query == "开源"
    assert kinds[1].message.via_bot.username == "forum_briefing_bot"


async def test_privacy_mode(bot: Bot, api: BotApi) -> None:
    """In a group the bot sees commands, mentions and replies to it; as an administrator everything."""
    own = await bot.send_message(GROUP, "大家好")
    api.send(READER, GROUP, "闲聊")
    api.send(READER, GROUP, "/help")
    api.send(READER, GROUP, "/help@other_bot")
    api.send(READER, GROUP, "问 @Forum_Briefing_Bot 开源")
    api.send(READER, GROUP, "同意", reply_to=own.message_id)
    assert [update.message.text for update in await bot.get_updates()] == [
        "/help",
        "问 @Forum_Briefing_Bot 开源",
        "同意",
    ]
    api.state.privacy = False
    api.send(READER, GROUP, "闲聊")
    assert (await bot.get_updates(offset=-1))[0].message.text == "闲聊"
    api.send(EDITOR, CHANNEL, "公告")
    assert (await bot.get_updates(offset=-1))[0].channel_post.text == "公告"


async def test_channels(bot: Bot, api: BotApi) -> None:
    """A channel's posts have the channel for a sender; only an administrator may post."""
    post = await bot.send_message(CHANNEL, "简报")
    assert (post.from_user, post.sender_chat.id) == (None, CHANNEL)
    assert (await post.edit_text("简报二")).text == "简报二"
    forwarded = api.send(READER, READER, forward_of=api.history(CHANNEL)[0])
    assert forwarded["forward_origin"]["chat"]["title"] == "论坛频道"
    api.state.chats[CHANNEL].members[api.state.bot_id] = "member"
    with refused("Need administrator rights in the channel chat"):
        await bot.send_message(CHANNEL, "简报")


async def test_muted_in_a_group(bot: Bot, api: BotApi) -> None:
    """A bot that may not write in a group is told so."""
    api.state.chats[GROUP].members[api.state.bot_id] = "restricted"
    with refused("Not enough rights to send text messages to the chat"):
        await bot.send_message(GROUP, "好")


async def test_reply_keyboards(bot: Bot, api: BotApi) -> None:
    """A reply keyboard is kept for the chat, not in the message, until it is removed; edits take none."""
    watcher = api.watch()
    message = await bot.send_message(READER, "好", reply_markup=ReplyKeyboardMarkup([["简报", "帮助"]]))
    assert message.reply_markup is None
    assert api.state.chats[READER].keyboard["keyboard"] == [[{"text": "简报"}, {"text": "帮助"}]]
    assert await events(watcher, 2) == ["message", "keyboard"]
    with refused("Inline keyboard expected"):
        await bot.edit_message_text("更好", READER, message.message_id, reply_markup=ForceReply())
    await bot.send_message(READER, "好", reply_markup=ReplyKeyboardRemove())
    assert api.state.chats[READER].keyboard is None


async def test_drafts(bot: Bot, api: BotApi) -> None:
    """A draft is shown and not kept."""
    watcher = api.watch()
    await bot.send_message_draft(READER, 7, "正在写")
    event = await anext(watcher)
    assert (event["event"], event["draft_id"], event["text"]) == ("draft", 7, "正在写")
    assert api.history(READER) == []


async def test_a_poll_that_runs_out_is_empty(bot: Bot) -> None:
    """A poll without updates ends with nothing, before the transport loses patience."""
    assert await bot.get_updates(timeout=1) == ()


async def test_topics(bot: Bot, api: BotApi) -> None:
    """What is written in a topic can be answered there."""
    asked = api.send(READER, FORUM, "/help", thread_id=7)
    answer = await bot.send_message(FORUM, "好", message_thread_id=7)
    assert (asked["message_thread_id"], answer.message_thread_id, answer.is_topic_message) == (7, 7, True)


async def test_a_group_becomes_a_supergroup(bot: Bot, api: BotApi) -> None:
    """The old id answers with the new one; the new one works."""
    api.upgrade(GROUP, -100999)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(GROUP, "好")
    assert caught.value.new_chat_id == -100999
    await bot.send_message(-100999, "好")
    moves = [update.message.migrate_to_chat_id for update in await bot.get_updates()]
    assert moves == [-100999, None]


async def test_forwards_and_copies(bot: Bot, api: BotApi) -> None:
    """A forward says where it comes from, a copy does not."""
    article = api.send(EDITOR, EDITOR, "记者报道：论坛开幕")
    forwarded = api.send(READER, READER, forward_of=article)
    assert forwarded["text"] == article["text"]
    assert (await bot.get_updates(offset=-1))[0].message.forward_origin.sender_user.first_name == "编辑"
    assert (await bot.forward_message(READER, EDITOR, article["message_id"])).forward_origin is not None
    copy = await bot.copy_message(READER, EDITOR, article["message_id"])
    assert "forward_origin" not in api.history(READER)[-1]
    assert api.history(READER)[-1]["message_id"] == copy.message_id
    with refused("Message to copy not found"):
        await bot.copy_message(READER, EDITOR, 99)


async def test_files_up_and_down(bot: Bot, api: BotApi) -> None:
    """Uploads of both sides keep their bytes; a file_id sends again, but not as another kind."""
    sent = api.send(EDITOR, EDITOR, "请看", document=Upload("论坛.txt", "开幕".encode(), "text/plain"))
    assert sent["caption"] == "请看"
    (update,) = await bot.get_updates()
    file = await bot.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == "开幕".encode()
    mine = await bot.send_document(READER, b"PDF", filename="简报.pdf", caption="简报")
    assert api.file(mine.document.file_id) == b"PDF"
    assert (mine.document.file_name, mine.document.mime_type) == ("简报.pdf", "application/pdf")
    again = await bot.send_document(READER, mine.document.file_id)
    assert again.document.file_unique_id == mine.document.file_unique_id
    with refused("Can't use file of type Document as Photo"):
        await bot.send_photo(READER, mine.document.file_id)


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4) + b"\x08\2\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\4\0\0\xff\xc0\0\x11\x08" + (480).to_bytes(2) + (640).to_bytes(2) + b"\3"


@pytest.mark.parametrize("data", [PNG, JPEG])
async def test_photos_have_a_size(bot: Bot, data: bytes) -> None:
    """The size of a photo is read from its file."""
    message = await bot.send_photo(READER, data)
    assert (message.photo[-1].width, message.photo[-1].height) == (640, 480)


@pytest.mark.parametrize("sides", [(5001, 5000), (2100, 100)])
async def test_photos_of_impossible_size(bot: Bot, sides: tuple[int, int]) -> None:
    """Too large or too narrow photos are refused."""
    data = PNG[:16] + sides[0].to_bytes(4) + sides[1].to_bytes(4)
    with refused("Photo_invalid_dimensions"):
        await bot.send_photo(READER, data)


async def test_faults(bot: Bot, api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test can put any answer, a broken or a hanging connection in place of the truth."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns of the old type otherwise
    faults: list[Response] = []
    api.fault = lambda method, params: faults.pop() if faults else None
    cases: list[tuple[Response, type[Exception]]] = [
        (errors.flood(7).response(), RetryAfter),
        (errors.migrated(-5).response(), ChatMigrated),
        (errors.internal().response(), NetworkError),
        (DROP, NetworkError),
        (HANG, TimedOut),
    ]
    for fault, error in cases:
        faults.append(fault)
        with pytest.raises(error):
            await bot.send_message(READER, "好", read_timeout=0.01)
    assert api.history(READER) == []
    faults.append(LOSE)
    with pytest.raises(NetworkError):
        await bot.send_message(READER, "好")
    assert len(api.history(READER)) == 1
    assert api.violations == []


async def test_wrong_tokens(api: BotApi) -> None:
    """A wrong token is 401, a malformed one 404."""
    for token, words in (("2:WRONG", "Unauthorized"), ("nonsense", "Not Found")):
        with pytest.raises(InvalidToken, match=words):
            await Bot(token, request=MemoryRequest(api)).get_me()


async def test_watchers_see_everything_from_now_on(bot: Bot, api: BotApi) -> None:
    """Each watcher gets every event after its beginning; one that is dropped gets nothing more."""
    api.send(READER, READER, "以前")
    watcher = api.watch()
    message = await bot.send_message(READER, "好")
    await bot.send_chat_action(READER, "typing")
    await bot.set_message_reaction(READER, message.message_id, "👍")
    await message.edit_text("更好")
    await message.delete()
    await bot.set_my_commands([])
    assert await events(watcher, 6) == ["message", "chat_action", "reaction", "edited", "deleted", "commands"]
    del watcher
    assert len(api.state.watchers) == 0


async def test_who_is_in_a_chat(bot: Bot) -> None:
    """Membership can be asked for."""
    assert (await bot.get_chat_member(GROUP, EDITOR)).status == "creator"
    assert (await bot.get_chat_member(GROUP, READER)).status == "member"
    assert (await bot.get_chat_member(FORUM, STRANGER)).status == "left"
    assert [admin.user.id for admin in await bot.get_chat_administrators(GROUP)] == [EDITOR]
    assert await bot.get_chat_member_count(GROUP) == 4
    assert (await bot.get_chat(READER)).username == "reader"
    assert (await bot.get_me()).first_name == "论坛简报"
