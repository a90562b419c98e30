"""The page in a real browser: identities, chats, the clock, themes, phones, the lost server."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from chat_bot import ChatBot
from chat_browser import ChatPage
from chat_support import Clock, Served
from playwright.sync_api import expect

from bot.chat import GROUP_ID, build_chat
from bot.memory_api import BotApi

pytestmark = pytest.mark.browser
READER = 1001
GROUP = "论坛观察群"
OpenChat = Callable[..., ChatPage]


def test_draft_is_kept_for_each_chat(chat: ChatPage) -> None:
    """Words not yet sent wait in their chat, over switching and over a reload."""
    chat.say("/start")
    chat.page.locator("#input").fill("还没写完")
    chat.open_chat(GROUP)
    expect(chat.page.locator("#input")).to_have_value("")
    expect(chat.page.locator(".draft")).to_have_text("草稿：")
    chat.page.reload()
    expect(chat.page.locator("#input")).to_have_value("还没写完")


def test_identities_have_their_own_chats(chat: ChatPage) -> None:
    """Each identity has its private chat; the group is one, with names."""
    chat.say("甲")
    chat.answered("收到：甲")
    chat.become("编辑")
    expect(chat.messages).to_have_count(0)
    chat.open_chat(GROUP)
    chat.say("编辑的话")
    chat.become("读者")
    expect(chat.last.locator(".sender")).to_have_text("编辑")
    expect(chat.last).not_to_have_class(re.compile(r"\bown\b"))


def test_unread_messages_are_counted(chat: ChatPage, served: Served) -> None:
    """What arrives elsewhere is counted at the chat, at the identity and in the title, until it is seen."""
    chat.say("/start")
    served.loop.call_soon_threadsafe(served.api.send, 1002, GROUP_ID, "有人吗")
    expect(chat.page.get_by_role("button", name=f"{GROUP}，1 条未读")).to_be_visible()
    expect(chat.page).to_have_title(re.compile(r"^\(1\)"))
    expect(chat.page.get_by_role("radio", name="主人，1 条未读")).to_be_visible()
    chat.open_chat(GROUP)
    expect(chat.page).not_to_have_title(re.compile(r"^\("))
    expect(chat.page.get_by_role("button", name=GROUP, exact=True)).to_be_visible()


def test_new_messages_wait_below(chat: ChatPage, served: Served) -> None:
    """Who reads further up is not pulled away; the button below counts and leads down."""
    chat.say("/long")
    chat.say("/long")
    chat.answered("1. 这一条")
    expect(chat.page.locator("#to-bottom")).to_be_visible()
    chat.page.locator("#timeline").evaluate("list => { list.scrollTop = 0 }")
    served.run(ChatBot(served.api).call("sendMessage", chat_id=READER, text="新的简报"))
    button = chat.page.get_by_role("button", name=re.compile("回到最新消息，2 条未读"))
    button.click()
    expect(chat.last).to_be_in_viewport()
    expect(button).to_be_hidden()


def test_edit_out_of_sight_is_announced(chat: ChatPage, served: Served) -> None:
    """When the bot changes a message that is out of sight, a note leads to it."""
    chat.say("/start")
    chat.say("/long")
    chat.answered("1. 这一条")
    first = served.api.history(READER)[1]
    served.run(ChatBot(served.api).edit(first, "换了内容。"))
    chat.page.locator(".toast").get_by_role("button", name="查看").click()
    expect(chat.messages.nth(1)).to_be_in_viewport()
    expect(chat.messages.nth(1)).to_contain_text("换了内容。")


def test_bot_at_work_is_shown(chat: ChatPage) -> None:
    """A chat action shows in the head and leaves with the answer."""
    chat.say("/slow")
    expect(chat.page.locator("#chat-status")).to_have_text("正在输入…")
    expect(chat.page.locator(".typing")).to_be_visible()
    chat.answered("想好了。")
    expect(chat.page.locator("#chat-status")).to_have_text("机器人")


def test_language_changes_the_menu(chat: ChatPage) -> None:
    """Setting an identity's language shows the commands of that language."""
    chat.say("/start")
    chat.page.get_by_label("此人的界面语言").select_option("en")
    chat.page.get_by_role("button", name="菜单").click()
    expect(chat.options).to_have_text(["/startBegin here"])
    chat.become("编辑")
    expect(chat.page.get_by_label("此人的界面语言")).to_have_value("zh-hans")


def test_clock_is_moved(chat: ChatPage, clock: Clock) -> None:
    """The clock shows the server's time and moves on by a button."""
    expect(chat.page.locator("#clock")).to_have_text("11月15日 周三 06:13")
    chat.page.get_by_role("button", name="+1 小时").click()
    expect(chat.page.locator("#clock")).to_have_text("11月15日 周三 07:13")
    chat.page.get_by_role("button", name="到明天 08:30").click()
    expect(chat.page.locator("#clock")).to_have_text("11月16日 周四 08:30")
    assert len(clock.steps) == 2


def test_inline_mode_from_the_group(chat: ChatPage) -> None:
    """Typing @bot and a query shows the results; the chosen one is sent by way of the bot."""
    chat.open_chat(GROUP)
    chat.page.locator("#input").press_sequentially("@chat_test_bot 开源")
    chat.options.filter(has_text="查“开源”").click()
    expect(chat.last).to_contain_text("关于开源：开放协作。")
    expect(chat.last.locator(".forwarded")).to_have_text("通过 @chat_test_bot")
    expect(chat.page.locator("#input")).to_have_value("")


def test_long_text_goes_out_in_parts(chat: ChatPage, served: Served) -> None:
    """A pasted article is split at line ends, nothing is lost."""
    chat.say("/start")
    article = "\n".join(f"第{number}段。" + "字" * 90 for number in range(60))
    chat.say(article)
    expect(chat.page.locator(".own")).to_have_count(3)
    expect(chat.messages).to_have_count(6)
    sent = [message["text"] for message in served.api.history(READER) if message["from"]["id"] == READER][1:]
    assert len(sent) == 2
    assert "\n".join(sent) == article


def test_blocked_bot_leaves_no_input(chat: ChatPage) -> None:
    """Blocking hides the input until it is taken back."""
    chat.say("/start")
    chat.page.get_by_role("button", name="聊天选项").click()
    chat.page.get_by_role("menuitem", name="屏蔽机器人").click()
    expect(chat.page.locator("#input")).to_be_hidden()
    expect(chat.page.locator("#chat-status")).to_have_text("已屏蔽")
    chat.page.get_by_role("button", name="取消屏蔽").click()
    expect(chat.page.locator("#input")).to_be_visible()


def test_theme_follows_the_system_and_the_switch(open_chat: OpenChat) -> None:
    """Dark where the system is dark; the switch holds over a reload."""
    chat = open_chat(color_scheme="dark")
    background = "getComputedStyle(document.querySelector('.side')).backgroundColor"
    dark = chat.evaluate(background)
    chat.page.get_by_role("button", name="换成浅色").click()
    assert chat.evaluate(background) != dark
    chat.page.reload()
    expect(chat.page.get_by_role("button", name="换成深色")).to_be_visible()
    assert chat.evaluate(background) == "rgb(255, 255, 255)"


def test_fits_a_phone(open_chat: OpenChat) -> None:
    """At 360 px nothing is cut off; the list and the chat are two screens."""
    chat = open_chat(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    for command in ("/format", "/speaker 林知远", "/file", "/photo", "/keys"):
        chat.say(command)
    chat.answered("按键在下面。")
    assert chat.evaluate("document.documentElement.scrollWidth") == 360
    assert (
        chat.evaluate("(list => list.scrollWidth - list.clientWidth)(document.getElementById('timeline'))")
        == 0
    )
    expect(chat.last).to_be_in_viewport()
    chat.page.reload()
    expect(chat.last).to_be_in_viewport()
    chat.page.get_by_role("button", name="返回聊天列表").tap()
    expect(chat.page.locator("#timeline")).to_be_hidden()
    chat.page.get_by_role("navigation").get_by_role("button", name=GROUP).tap()
    expect(chat.page.locator("#chat-title")).to_have_text(GROUP)


def test_everything_has_a_name(chat: ChatPage) -> None:
    """A screen reader finds a name on every control, and the landmarks."""
    chat.say("/start")
    chat.say("/photo")
    chat.answered("各年的数字")
    nameless = chat.evaluate(
        """[...document.querySelectorAll("button, a, input:not([type=file]), select, textarea, dialog")]
          .filter(node => node.checkVisibility())
          .filter(node => !node.getAttribute("aria-label") && !node.textContent.trim())
          .filter(node => !node.labels?.length)
          .map(node => node.outerHTML)"""
    )
    assert nameless == []
    for role in ("main", "navigation", "complementary", "log", "radiogroup"):
        expect(chat.page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]  # one of the page's roles


def test_identities_are_walked_with_arrows(chat: ChatPage) -> None:
    """The identities are one stop of the Tab key, walked by arrows."""
    chat.page.get_by_role("radio", name="读者", exact=True).press("ArrowRight")
    expect(chat.page.get_by_role("radio", name="编辑")).to_be_checked()
    expect(chat.page.get_by_role("radio", name="编辑")).to_be_focused()
    chat.page.keyboard.press("ArrowLeft")
    chat.page.keyboard.press("ArrowLeft")
    expect(chat.page.get_by_role("radio", name="读者乙")).to_be_checked()


def test_lost_server_is_told_and_found_again(chat: ChatPage, served: Served) -> None:
    """Without the server the page says so and keeps one's words; a new server is taken up by itself."""
    chat.say("/start")
    served.stop()
    expect(chat.page.get_by_role("alert")).to_contain_text("连接断了")
    chat.page.locator("#input").fill("还在吗")
    chat.page.locator("#input").press("Enter")
    expect(chat.page.locator(".toast").filter(has_text="连不上本地服务")).to_be_visible()
    expect(chat.page.locator("#input")).to_have_value("还在吗")
    api = BotApi(username="chat_test_bot")
    successor = Served(build_chat(api, now=api.state.now), api, served.port).start()
    try:
        expect(chat.page.get_by_role("alert")).to_be_hidden(timeout=15_000)
        expect(chat.page.locator(".welcome")).to_be_visible()
    finally:
        successor.stop()
