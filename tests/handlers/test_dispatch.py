"""Which updates are answered, by which row, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from app import EDITOR, GROUP, OWNER, READER, App, buttons, labels, spans

from handlers import commands
from handlers.callbacks import Press, pack
from handlers.pages import said
from handlers.reply import Reply
from handlers.request import Request
from handlers.services import Services


@pytest.fixture
def editors_row(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A row that only editors may use, in the table beside the real ones."""

    async def secret(services: Services, request: Request) -> Reply:
        return said("机密")

    row = replace(commands.BY_NAME["about"], name="secret", function=secret, role="editor", memo=False)
    monkeypatch.setitem(commands.BY_NAME, "secret", row)
    monkeypatch.setitem(commands.BY_ALIAS, "机密", row)
    yield


@pytest.mark.usefixtures("editors_row")
@pytest.mark.parametrize("words", ["/secret", "机密"])
async def test_permission_is_checked_for_what_is_typed(app: App, words: str) -> None:
    """A reader is refused the command and its alias; an editor and the owner are not."""
    assert "只有编辑" in (await app.ask(words))["text"]
    assert (await app.ask(words, user=EDITOR))["text"] == "机密"
    assert (await app.ask(words, user=OWNER))["text"] == "机密"


@pytest.mark.usefixtures("editors_row")
async def test_permission_is_checked_at_each_press(app: App) -> None:
    """A forged button is refused; a role that was taken away stops at the next press."""
    message = await app.ask("/about", user=EDITOR)
    data = pack(Press("secret"))
    assert not (await app.press_data(message, data, user=EDITOR))["text"]
    assert app.seen(EDITOR)["text"] == "机密"
    await app.bot.services.repositories.users.grant(EDITOR, "reader")
    refused = await app.press_data(message, data, user=EDITOR)
    assert "权限" in refused["text"]
    assert refused["show_alert"]


async def test_an_edited_message_is_not_answered_again(app: App) -> None:
    """Changing a sent command does not run it a second time."""
    await app.ask("/about")
    count = len(app.api.history(READER))
    sent = app.api.history(READER)[-2]
    app.api.edit(READER, READER, sent["message_id"], "/help")
    await app.settle()
    assert len(app.api.history(READER)) == count


@pytest.mark.parametrize("words", ["大家好", "林知远", "/help@other_bot", "/unknown_thing", "演讲人 林知远"])
async def test_groups_are_left_in_peace(app: App, words: str) -> None:
    """Plain text, unknown commands and commands for other bots are passed over in a group."""
    app.api.state.privacy = False
    assert await app.say(words, chat=GROUP) == []


@pytest.mark.parametrize(
    "words", ["/speaker 林知远", "/speaker@forum_briefing_bot 林知远", "@forum_briefing_bot 林知远"]
)
async def test_groups_are_answered_when_they_speak_to_the_bot(app: App, words: str) -> None:
    """A command, a command with our name, and a mention at the beginning are answered."""
    assert "星河研究院" in (await app.ask(words, chat=GROUP))["text"]


async def test_a_command_for_another_bot_is_ignored_in_private_too(app: App) -> None:
    """``/help@other_bot`` is not ours anywhere."""
    assert await app.say("/help@other_bot") == []


async def test_only_administrators_change_what_a_group_gets(app: App) -> None:
    """A member is refused the digest and the language of the group, an administrator is not."""
    assert "管理员" in (await app.ask("/subscribe", chat=GROUP))["text"]
    assert "管理员" in (await app.ask("/lang en", chat=GROUP))["text"]
    assert "08:30" in (await app.ask("/subscribe", chat=GROUP, user=OWNER))["text"]


async def test_a_topic_of_a_forum_is_answered_in_the_topic(app: App) -> None:
    """The reply goes into the topic that the question came from."""
    forum = GROUP - 1
    app.api.add_chat(forum, "supergroup", "论坛群", members=[READER], forum=True)
    app.api.state.chats[forum].threads.add(7)
    answer = (await app.say("/about", chat=forum, thread_id=7, is_topic_message=True))[0]
    assert answer["message_thread_id"] == 7


@pytest.mark.parametrize("data", ["x", "1:+:nothing:0:", "0:+:speaker:0:#1", "1:+:speaker:0:" + "9" * 45])
async def test_a_stale_or_forged_button_gets_a_helpful_notice(app: App, data: str) -> None:
    """Old and forged data is answered by a toast, or by the page of a miss; never by silence."""
    message = await app.ask("/about")
    answer = await app.press_data(message, data)
    assert "失效" in answer.get("text", "") or "没有找到" in app.seen()["text"]


async def test_a_button_for_something_gone_says_so(app: App) -> None:
    """The id of a deleted person leads to a polite miss, without showing the id as a name to search."""
    message = await app.ask("/about")
    await app.press_data(message, pack(Press("speaker", "#999999")))
    assert "没有" in app.seen()["text"]


async def test_the_same_page_twice_is_no_error(app: App) -> None:
    """Pressing the page number changes nothing, and Telegram is not asked to change nothing."""
    message = await app.ask("/topics")
    data = next(button["callback_data"] for button in buttons(message) if "1/" in button["text"])
    await app.press_data(message, data)
    assert app.now(message)["text"] == message["text"]


async def test_pages_are_turned_in_place(app: App) -> None:
    """‹ and › change the message of the button."""
    message = await app.ask("/topics")
    count = len(app.api.history(READER))
    await app.press(message, "›")
    second = app.now(message)
    assert second["text"] != message["text"]
    assert any(label.startswith("2/") for label in labels(second))
    await app.press(second, "‹")
    assert app.now(message)["text"] == message["text"]
    assert len(app.api.history(READER)) == count


async def test_deep_links_lead_to_facts_and_names(app: App) -> None:
    """Every link in an answer is one of ours, and following it shows the fact or the page."""
    answer = await app.ask("/speaker 林知远")
    links = {entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"}
    assert len(links) > 5
    for link in links:
        payload = link.removeprefix("https://t.me/forum_briefing_bot?start=")
        shown = await app.ask(f"/start {payload}")
        assert "没有" not in shown["text"]
        assert shown["text"] != answer["text"] or payload.startswith("s_")


async def test_an_unknown_deep_link_greets_and_says_so(app: App) -> None:
    """A payload that we never gave out is answered by the greeting."""
    assert (await app.ask("/start zzz"))["text"].startswith("这个链接已经失效")


async def test_answers_are_remembered_until_the_content_changes(app: App) -> None:
    """The same question is answered from memory; an article that is taken back is gone at once."""
    first = await app.ask("/speaker 林知远")
    assert (await app.ask("/speaker 林知远"))["text"] == first["text"]
    repositories = app.bot.services.repositories
    source = await repositories.articles.list(10)
    for article in source:
        if article.publisher == "春江晚报":
            await repositories.desk.unpublish(article.article_id)
    assert "春江" not in (await app.ask("/speaker 林知远"))["text"]


async def test_language_follows_the_client_until_it_is_chosen(app: App) -> None:
    """Telegram's language counts at first, then what the chat has set."""
    app.api.add_user(2001, "Reader", language_code="en")
    app.api.add_user(2002, "讀者", language_code="zh-hant")
    assert (await app.ask("/start", user=2001))["text"].startswith("Forum briefing")
    assert "論壇簡報" in spans(await app.ask("/start", user=2002), "bold")
    await app.ask("/lang zh-hans", user=2001)
    assert (await app.ask("/start", user=2001))["text"].startswith("论坛简报")


async def test_a_group_that_moved_keeps_its_settings(app: App) -> None:
    """After the upgrade to a supergroup the language is still the chosen one."""
    old, new = -55, GROUP - 5
    app.api.add_chat(old, "group", "小群", members=[READER], admins=[OWNER])
    await app.ask("/lang en", chat=old, user=OWNER)
    app.api.upgrade(old, new)
    await app.settle()
    assert "Articles" in (await app.ask("/about", chat=new))["text"]


async def test_being_blocked_is_noted(app: App) -> None:
    """A chat that blocked the bot is inactive until it comes back."""
    await app.ask("/lang en")
    app.api.block(READER)
    await app.settle()
    chats = app.bot.services.repositories.chats
    known = await chats.get(READER)
    assert known is not None
    assert not known.active
    app.api.unblock(READER)
    await app.settle()
    known = await chats.get(READER)
    assert known is not None
    assert known.active


async def test_other_bots_are_not_answered(app: App) -> None:
    """Two bots in a group do not talk to each other for ever."""
    app.api.state.users[READER]["is_bot"] = True
    assert await app.say("/help", chat=GROUP) == []


CHANNEL = -1_000_000_000_777


async def test_a_channel_is_set_up_by_its_posts(app: App) -> None:
    """Only administrators can post; a subscriber's press of a button is refused, news is no command."""
    bot = app.api.state.bot_id
    app.api.add_chat(CHANNEL, "channel", "频道", members=[READER], admins=[OWNER, bot])
    (answer,) = await app.say("/subscribe 18:00", user=OWNER, chat=CHANNEL)
    assert "18:00" in answer["text"]
    subscription = await app.bot.services.repositories.subscriptions.get(CHANNEL)
    assert subscription is not None
    refused = await app.press(answer, "07:30", user=READER)
    assert refused["show_alert"]
    await app.press(answer, "07:30", user=OWNER)
    assert "07:30" in app.now(answer)["text"]
    assert await app.say("今天的论坛很精彩。", user=OWNER, chat=CHANNEL) == []
    assert await app.say("/speaker 林知远", user=OWNER, chat=CHANNEL) == []


async def test_a_forwarded_command_is_nobodys_wish(app: App) -> None:
    """In a group nothing happens; in private it is read as words, not carried out."""
    original = app.api.send(OWNER, GROUP, "/subscribe 18:00")
    await app.settle()
    repositories = app.bot.services.repositories
    await repositories.subscriptions.unsubscribe(GROUP)
    app.api.send(OWNER, GROUP, forward_of=original)
    await app.settle()
    assert await repositories.subscriptions.get(GROUP) is None
    await app.say("", user=READER, forward_of=original)
    assert await repositories.subscriptions.get(READER) is None
