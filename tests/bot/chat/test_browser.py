"""Messages in a real browser: what is shown, pressed, typed, sent."""

from __future__ import annotations

import re

import pytest
from chat_bot import png
from chat_browser import ChatPage
from chat_support import Served
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
GROUP = "论坛观察群"
BOT = "论坛简报"
READER = 1001


def test_empty_chat_begins_with_start(chat: ChatPage) -> None:
    """A new chat shows what the bot says of itself and one button, which sends /start."""
    expect(chat.page.locator(".welcome")).to_contain_text("把论坛报道变成有出处的事实。")
    expect(chat.page.locator("#input")).to_be_hidden()
    chat.page.get_by_role("button", name="开始").click()
    chat.answered("欢迎使用论坛简报。")
    expect(chat.messages.first).to_contain_text("/start")
    expect(chat.page.locator("#input")).to_be_visible()


def test_formatting_is_shown(chat: ChatPage) -> None:
    """Every entity has its element at the right place, after an emoji of two UTF-16 units too."""
    chat.say("/format")
    text = chat.answered("粗体").locator(".text")
    for tag, words in {
        "strong": "粗体",
        "em": "斜体",
        "u": "下划线",
        "s": "删除线",
        "pre code": "print('你好')",
    }.items():
        expect(text.locator(tag).first).to_have_text(words)
    expect(text.locator("strong em, em strong")).to_have_text("粗斜体")
    expect(text.locator(":scope > code")).to_have_text("pip install")
    expect(text.get_by_role("link", name="原文")).to_have_attribute("href", "https://example.org/a?b=1")
    expect(text.locator("blockquote").first).to_have_text("短引文。")


def test_text_never_becomes_markup(chat: ChatPage) -> None:
    """Tags in a text stay text."""
    chat.say("/format")
    text = chat.answered("粗体").locator(".text")
    expect(text).to_contain_text("<img src=x onerror=alert(1)>")
    expect(text.locator("img, script")).to_have_count(0)


def test_hostile_entities_do_no_harm(chat: ChatPage, served: Served) -> None:
    """What no server would let through: a script as a link, entities that cross, that lie outside."""
    words = "坏链接 交叉的 粗体 与 斜体"
    entities = [
        {"type": "text_link", "offset": 0, "length": 3, "url": "javascript:alert(1)"},
        {"type": "text_link", "offset": 0, "length": 3, "url": "data:text/html,x"},
        {"type": "bold", "offset": 4, "length": 7},
        {"type": "italic", "offset": 8, "length": 99},
        {"type": "code", "offset": -4, "length": 2},
        {"type": "underline", "offset": 50, "length": 2},
        {"type": "constructor", "offset": 0, "length": 2},
    ]
    chat.say("/start")
    state = served.api.state
    content = {"text": words, "entities": entities}
    served.loop.call_soon_threadsafe(state.add_message, state.chats[READER], state.me, content)
    text = chat.answered(words).locator(".text")
    expect(text.locator("a")).to_have_count(0)
    assert "".join(text.locator("strong").all_text_contents()) == words[4:11]
    assert "".join(text.locator("em").all_text_contents()) == words[8:]


def test_spoiler_opens(chat: ChatPage) -> None:
    """A spoiler is hidden until it is asked for, by mouse or by key."""
    chat.say("/format")
    spoiler = chat.answered("粗体").locator(".spoiler")
    expect(spoiler).to_have_attribute("aria-expanded", "false")
    spoiler.focus()
    spoiler.press("Enter")
    expect(spoiler).to_have_attribute("aria-expanded", "true")


def test_long_quotation_opens_and_closes(chat: ChatPage) -> None:
    """An expandable quotation shows its beginning, and all of it on demand."""
    chat.say("/speaker 林知远")
    quotation = chat.answered("林知远").locator(".fold")
    folded = quotation.bounding_box()
    chat.page.get_by_role("button", name="展开引文").click()
    opened = quotation.bounding_box()
    assert folded is not None
    assert opened is not None
    assert opened["height"] > folded["height"] * 1.6
    chat.page.get_by_role("button", name="收起引文").click()
    expect(chat.page.get_by_role("button", name="展开引文")).to_be_visible()


def test_button_press_shows_toast_and_edit(chat: ChatPage) -> None:
    """Pressing a callback button shows the answer, and the message changes in place."""
    chat.say("/start")
    chat.answered("欢迎").get_by_role("button", name="看第二页").click()
    expect(chat.page.locator(".toast")).to_have_text("第 2 页")
    chat.answered("第二页：周闻笛谈到数据要素。")
    expect(chat.last).to_contain_text("已编辑")


def test_alert_waits_for_ok(chat: ChatPage) -> None:
    """An answer with show_alert is a dialog."""
    chat.say("/start")
    chat.answered("欢迎").get_by_role("button", name="提示框").click()
    dialog = chat.page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("请注意")
    dialog.get_by_role("button", name="好").click()
    expect(dialog).to_have_count(0)


def test_unanswered_button_is_busy_then_reported(chat: ChatPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button turns until the bot fails to answer, and then says so."""
    monkeypatch.setattr("bot.chat.endpoints.ANSWER_SECONDS", 0.6)
    chat.say("/start")
    button = chat.answered("欢迎").get_by_role("button", name="闷声")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    expect(chat.page.locator(".toast")).to_have_text("机器人没有回应")
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_deep_link_and_command_are_sent(chat: ChatPage) -> None:
    """A link to the bot sends /start with its payload, a command in a text sends itself."""
    chat.say("/format")
    chat.answered("粗体").get_by_role("link", name="第七条").click()
    chat.answered("带来的参数：f_7")
    chat.page.get_by_role("button", name="/speaker_7").click()
    chat.answered("收到：/speaker_7")


def test_deep_link_from_the_group_opens_the_private_chat(chat: ChatPage) -> None:
    """The payload goes to the bot in private."""
    chat.open_chat(GROUP)
    chat.say("/format")
    chat.answered("粗体").get_by_role("link", name="第七条").click()
    expect(chat.page.locator("#chat-title")).to_have_text(BOT)
    chat.answered("带来的参数：f_7")


def test_commands_complete_while_typing(chat: ChatPage) -> None:
    """After / the fitting commands are offered; Tab completes for an argument, Enter sends."""
    chat.say("/start")
    box = chat.page.get_by_role("combobox", name="输入消息")
    box.press_sequentially("/sp")
    expect(chat.options).to_have_text(["/speaker查一位演讲人", "/speakers全部演讲人"])
    box.press("ArrowDown")
    expect(chat.page.locator("#panel [aria-selected=true]")).to_contain_text("/speakers")
    box.press("ArrowUp")
    box.press("Tab")
    expect(box).to_have_value("/speaker ")
    box.press_sequentially("周闻笛")
    box.press("Enter")
    chat.answered("周闻笛")
    box.press_sequentially("/spe")
    box.press("Enter")
    chat.answered("某人")


def test_menu_button_lists_all_commands(chat: ChatPage) -> None:
    """The menu button opens the commands; one is sent by a click, Escape closes."""
    chat.say("/start")
    menu = chat.page.get_by_role("button", name="菜单")
    menu.click()
    expect(chat.options).to_have_count(8)
    chat.page.locator("#input").press("Escape")
    expect(chat.page.get_by_role("listbox")).to_be_hidden()
    menu.click()
    chat.options.filter(has_text="/speakers").click()
    chat.answered("收到：/speakers")


def test_composing_chinese_is_not_sent(chat: ChatPage) -> None:
    """Enter that ends an input method's composition sends nothing."""
    chat.say("/start")
    chat.page.locator("#input").fill("wanghaifeng")
    chat.page.locator("#input").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(chat.page.locator("#input")).to_have_value("wanghaifeng")


def test_reply_keyboard_comes_and_goes(chat: ChatPage) -> None:
    """The bot's keys stand below the input, send their text, hide on demand, and leave."""
    chat.say("/keys")
    keys = chat.page.get_by_role("group", name="快捷回复")
    expect(keys.get_by_role("button")).to_have_text(["嘉宾", "数字", "新近的论坛"])
    chat.answered("按键在下面。")
    expect(chat.last).to_be_in_viewport()
    keys.get_by_role("button", name="数字").click()
    chat.answered("收到：数字")
    chat.page.get_by_role("button", name="收起按键").click()
    expect(keys).to_be_hidden()
    chat.say("/unkeys")
    chat.answered("按键收起了。")
    expect(chat.page.locator("#keys")).to_be_hidden()


def test_forced_reply_opens_a_reply(chat: ChatPage) -> None:
    """A question of the bot with force_reply is answered as a reply to it."""
    chat.say("/ask")
    expect(chat.page.locator("#context")).to_contain_text("想问什么？")
    chat.say("开源")
    chat.answered("收到：开源")
    expect(chat.page.locator(".own .quoted")).to_contain_text("想问什么？")


def test_photo_opens_large(chat: ChatPage) -> None:
    """A photo stands in the chat with its caption and opens over the page."""
    chat.say("/photo")
    picture = chat.answered("各年的数字").get_by_role("button", name="放大图片：各年的数字")
    assert picture.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    picture.click()
    viewer = chat.page.get_by_role("dialog", name="图片")
    expect(viewer).to_contain_text("各年的数字")
    chat.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def test_document_comes_down(chat: ChatPage) -> None:
    """A document of the bot is downloaded whole, under its name."""
    chat.say("/file")
    link = chat.answered("导出好了").get_by_role("link", name=re.compile("下载 简报.csv"))
    with chat.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "简报.csv"
    assert download.value.path().read_text(encoding="utf-8").startswith("姓名,机构")


def test_document_goes_up_with_a_caption(chat: ChatPage) -> None:
    """A chosen file is shown before it is sent."""
    chat.say("/start")
    file = {"name": "报道.txt", "mimeType": "text/plain", "buffer": "开源".encode()}
    chat.page.locator("#file").set_input_files(file)  # type: ignore[arg-type]  # a dictionary is a file too
    dialog = chat.page.get_by_role("dialog", name="发送文件")
    expect(dialog).to_contain_text("6 B")
    dialog.get_by_label("说明").fill("请看")
    dialog.get_by_role("button", name="发送").click()
    chat.answered("收到文件 报道.txt，6 字节")
    expect(chat.page.locator(".own .document")).to_contain_text("报道.txt")
    expect(dialog).to_have_count(0)


def test_dropped_picture_goes_up_as_photo(chat: ChatPage) -> None:
    """A picture that is dropped on the chat is offered as a photo, with a preview."""
    chat.say("/start")
    chat.page.evaluate(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "图.png", {type: "image/png"}));
          for (const name of ["dragover", "drop"]) {
            const event = new DragEvent(name, {dataTransfer: data, bubbles: true, cancelable: true});
            document.querySelector(".chat").dispatchEvent(event);
          }
        }""",
        list(png()),
    )
    dialog = chat.page.get_by_role("dialog", name="发送文件")
    expect(dialog.get_by_label("作为图片发送")).to_be_checked()
    chat.page.keyboard.press("Enter")
    chat.answered("收到图片")
    expect(chat.page.locator("#drop")).to_be_hidden()


def test_arrow_up_edits_the_last_own_message(chat: ChatPage) -> None:
    """Arrow up in an empty input takes up one's last words; the bot sees the change."""
    chat.say("开原")
    chat.answered("收到：开原")
    box = chat.page.locator("#input")
    box.press("ArrowUp")
    expect(box).to_have_value("开原")
    box.fill("开源")
    box.press("Enter")
    chat.answered("改成了：开源")
    expect(chat.page.locator(".own").last).to_contain_text("已编辑")


def test_reply_from_the_message_menu(chat: ChatPage) -> None:
    """The menu of a message is reached by keys, and a reply shows what it answers."""
    chat.say("甲")
    chat.answered("收到：甲")
    chat.last.get_by_role("button", name="消息选项").press("Enter")
    chat.page.get_by_role("menuitem", name="回复").press("Enter")
    chat.say("乙")
    chat.answered("收到：乙")
    expect(chat.page.locator(".own").last.locator(".quoted")).to_contain_text("收到：甲")


def test_message_is_forwarded(chat: ChatPage) -> None:
    """A message goes to another chat with its origin."""
    chat.say("值得一读")
    chat.answered("收到：值得一读")
    chat.last.get_by_role("button", name="消息选项").press("Enter")
    chat.page.get_by_role("menuitem", name="转发").click()
    chat.page.get_by_role("dialog", name="转发到").get_by_role("button", name=GROUP).click()
    expect(chat.page.locator("#chat-title")).to_have_text(GROUP)
    expect(chat.last.locator(".forwarded")).to_have_text(f"转发自 {BOT}")
