"""The whole product as a newcomer meets it: the real process of ``python -m bot chat`` in a real browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_browser import ChatPage
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("real_bot")]
ROOT = Path(__file__).parents[3]
SCREENSHOTS = ROOT / "build" / "screenshots"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def address(browser: Browser) -> Iterator[str]:
    """The address that the started process prints; it must end well when it is told to stop."""
    command = [sys.executable, "-m", "bot", "chat", "--port", "8180"]
    silent = {"env": {**os.environ, "PYTHONUNBUFFERED": "1"}, "cwd": ROOT}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **silent
    ) as process:
        assert process.stdout is not None
        found: re.Match[str] | None = None
        while found is None:
            line = process.stdout.readline()
            assert line, "the chat ended before it served"
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
        yield found[0]
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in errors


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., ChatPage]]:
    """Opens the page; no page may err or ask a stranger."""
    opened: list[ChatPage] = []

    def open_page(**options: Any) -> ChatPage:
        context = browser.new_context(**({"viewport": {"width": 1200, "height": 850}} | options))
        context.set_default_timeout(10_000)
        opened.append(ChatPage.open(context.new_page(), address))
        return opened[-1]

    yield open_page
    for chat in opened:
        chat.page.context.close()
    assert [problem for chat in opened for problem in chat.problems] == []
    assert [stranger for chat in opened for stranger in chat.strangers] == []


def shoot(chat: ChatPage, name: str) -> None:
    """Keep a picture for whoever wants to look: ``build/screenshots`` is not part of the repository."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    chat.page.wait_for_timeout(400)  # new messages fade in
    chat.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_who_is_wang_haifeng(visit: Callable[..., ChatPage]) -> None:
    """``/speaker 王海峰`` shows both posts, the event, his words as a quotation and his figures."""
    chat = visit()
    chat.say("/start")
    chat.say("/speaker 王海峰")
    answer = chat.answered("首席技术官")
    expect(answer).to_contain_text("深度学习技术及应用国家工程实验室")
    for words in ("中关村国家自主创新示范区展示中心", "人民网", "230万开发者"):
        expect(answer).to_contain_text(words)
    expect(answer.locator("blockquote").first).to_contain_text("人工智能高速发展")
    shoot(chat, "speaker")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("/topic 开源", "众嘉宾表示"),
        ("飞桨", "230万开发者"),
        ("wanghaifeng", "首席技术官"),
        ("王海锋", "您是不是要找"),
        ("/figures", "超过1万亿次"),
        ("/briefing", "飞腾芯算力"),
    ],
)
def test_the_first_things_a_newcomer_tries(visit: Callable[..., ChatPage], said: str, answered: str) -> None:
    """Each of them is answered rightly; a typing error is answered with the name to tap."""
    chat = visit(color_scheme="dark")
    chat.say(said)
    answer = chat.answered(answered)
    if said == "王海锋":
        answer.get_by_role("button", name="王海峰").click()
        expect(chat.last).to_contain_text("首席技术官")
    shoot(chat, re.sub(r"\W", "", said))


def test_a_quotation_leads_to_its_sentence(visit: Callable[..., ChatPage]) -> None:
    """The source line of a quotation opens the sentence in its article, on a phone too."""
    chat = visit(**PHONE)
    chat.say("/topic 智算")
    answer = chat.answered("人民网")
    answer.get_by_role("link", name=re.compile("人民网")).first.click()
    expect(chat.last).to_contain_text("出处")
    shoot(chat, "source")


def test_a_newcomer_sees_the_digest_arrive(visit: Callable[..., ChatPage]) -> None:
    """After /subscribe the clock is moved to the next morning, and the digest is there."""
    chat = visit()
    chat.become("读者乙")
    chat.say("/start")
    chat.say("/subscribe 08:30")
    chat.answered("08:30")
    count = chat.messages.count()
    chat.page.get_by_role("button", name=re.compile("08:30")).first.click()
    expect(chat.messages).to_have_count(count + 1, timeout=15_000)
    expect(chat.last).to_contain_text("中关村论坛")
    shoot(chat, "digest")


def test_inline_results_are_sent_to_a_group(visit: Callable[..., ChatPage]) -> None:
    """Typing @bot and words lists cards, more on demand; a tap sends one with its source and buttons."""
    chat = visit()
    chat.say("/start")
    chat.open_chat("论坛观察群")
    box = chat.page.locator("#input")
    box.press_sequentially("@forum_briefing_bot 开源")
    expect(chat.options.first).to_contain_text("开源")
    shoot(chat, "inline")
    box.fill("@forum_briefing_bot ")
    chat.options.filter(has_text="更多结果").click()
    expect(chat.options).not_to_have_count(21)  # a page of twenty, and the way to the next
    assert chat.options.count() > 21
    box.fill("@forum_briefing_bot 飞桨有多少开发者")
    chat.options.filter(has_text="230万开发者").first.click()
    expect(chat.last).to_contain_text("共同开发各种智能技术及应用")
    expect(chat.last.locator("blockquote")).to_be_visible()
    expect(chat.last.get_by_role("button", name="复制引用")).to_be_visible()
    shoot(chat, "inline_sent")
    chat.last.get_by_role("link", name="在机器人里打开").click()
    expect(chat.last).to_contain_text("出处")


def test_inline_without_results_opens_the_bot(visit: Callable[..., ChatPage]) -> None:
    """A sentence stands in place of the results; a tap on it leads to the bot's greeting."""
    chat = visit(**PHONE)
    chat.say("/start")
    chat.page.locator("#input").press_sequentially("@forum_briefing_bot zzzxyz")
    expect(chat.options).to_have_count(1)
    chat.options.filter(has_text="没有找到").click()
    chat.answered("论坛简报")


def test_two_people_side_by_side(visit: Callable[..., ChatPage]) -> None:
    """``/compare`` sets both under each heading; on a phone the names stay in sight."""
    chat = visit(**PHONE)
    chat.say("/start")
    chat.say("比较 王海峰和吴甜 开源")
    answer = chat.answered("首席技术官")
    expect(answer).to_contain_text("⚖️ 王海峰 · 吴甜")
    expect(answer.locator("blockquote")).to_have_count(3)
    shoot(chat, "compare")
