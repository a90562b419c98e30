"""An editor at work in the real local chat: from link, file and paste to published facts and back."""

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

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]
ROOT = Path(__file__).parents[3]
SCREENSHOTS = ROOT / "build" / "screenshots"
ARTICLE = (
    "第{n}届星河开源论坛于202{n}年9月18日在云州国际会议中心举行，由云州大学主办。"
    "云州大学教授林知远表示，第{n}年的开源是人工智能的土壤。"
    "远帆科技首席技术官沈若琳指出，平台已有{n}00万开发者。"
)

# The local chat, but for the one site that its links lead to.
PROGRAM = """
import sys
from handlers.intake.fetching import Fetched, Fetcher

async def fetch(self, url, headers=None):
    head = "<head><title>星河论坛</title></head>"
    page = f"<html>{head}<body><article><p>{sys.argv[-1]}</p></article></body></html>"
    return Fetched(url=url, data=page.encode(), type="text/html", charset="utf-8")

if __name__ == "__main__":
    Fetcher.fetch = fetch
    from bot.cli import app
    sys.argv = ["bot", "chat", "--port", "8181"]
    app()
"""


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a started local chat."""
    script = tmp_path_factory.mktemp("editor") / "local.py"
    script.write_text(PROGRAM.replace("sys.argv[-1]", repr(ARTICLE.format(n=3))), "utf-8")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        found: re.Match[str] | None = None
        while found is None:
            line = process.stdout.readline()
            assert line, "the chat ended before it served"
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
        yield found[0]
        process.send_signal(signal.SIGTERM)
        process.wait(20)


class Editor:
    """An editor at the page, whose taps are counted."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        self.taps = 0

    def tap(self, label: str) -> None:
        """Press a button under the newest message that has it."""
        self.taps += 1
        self.chat.page.get_by_role("button", name=re.compile(re.escape(label))).last.click()

    def send(self, text: str) -> None:
        """Write a message; sending it is a tap."""
        self.taps += 1
        self.chat.say(text)

    def sees(self, text: str) -> None:
        """Wait until the newest message says so."""
        expect(self.chat.last).to_contain_text(text, timeout=20_000)

    def shoot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.chat.page.wait_for_timeout(400)
        self.chat.page.screenshot(path=SCREENSHOTS / f"editor-{name}.png")


@pytest.fixture
def editor(browser: Browser, address: str) -> Iterator[Editor]:
    """The editor's page, which must not err."""
    context = browser.new_context(viewport={"width": 1200, "height": 850})
    context.set_default_timeout(15_000)
    chat = ChatPage.open(context.new_page(), address)
    chat.become("编辑")
    chat.say("/start")
    yield Editor(chat)
    context.close()
    assert chat.problems == []
    assert chat.strangers == []


def _by_link(editor: Editor, _number: int) -> None:
    editor.send("/add https://news.example.com/3")


def _by_paste(editor: Editor, number: int) -> None:
    editor.send(f"/add {ARTICLE.format(n=number)}")


def _by_file(editor: Editor, number: int) -> None:
    data = ARTICLE.format(n=number).encode("gb18030")
    file: Any = {"name": "报道.txt", "mimeType": "text/plain", "buffer": data}
    editor.chat.page.locator("#file").set_input_files(file)
    editor.taps += 2
    editor.chat.page.get_by_role("dialog", name="发送文件").get_by_role("button", name="发送").click()


@pytest.mark.parametrize(
    ("way", "number"), [(_by_link, 3), (_by_paste, 4), (_by_file, 5)], ids=["link", "paste", "file"]
)
def test_from_source_to_published_and_back(
    editor: Editor, way: Callable[[Editor, int], None], number: int
) -> None:
    """Seen, checked fact by fact, published, found by a reader's question, undone; in under ten taps."""
    way(editor, number)
    editor.sees("草稿")
    editor.sees(f"第{number}届星河开源论坛")
    editor.shoot(f"card-{way.__name__[4:]}")
    editor.tap("逐条审核")
    editor.sees("把握")
    editor.shoot("fact")
    editor.tap("✓ 对")
    editor.tap("‹ 返回")
    editor.tap("📢 发布")
    editor.sees("已发布")
    editor.shoot("published")
    editor.tap("↩ 撤销")
    editor.sees("已撤销")
    assert editor.taps < 10


def test_an_edit_with_its_evidence(editor: Editor) -> None:
    """A field of a fact is mended; what the article does not say is refused."""
    editor.send("/edit 3")
    editor.sees("要改哪一项")
    editor.tap("✎ 职务或题目")
    editor.sees("现在是")
    editor.shoot("edit")
    editor.send("宇宙主席")
    editor.sees("文章里没有“宇宙主席”")
    editor.shoot("refused")
    editor.send("部长")
    editor.sees("没有变化")
    editor.send("/history")
    editor.sees("修改记录")
    editor.shoot("history")


def test_the_owner_looks_at_everything(editor: Editor) -> None:
    """Statistics as a picture, health, who has which role."""
    editor.chat.become("主人")
    editor.chat.say("/start")
    editor.send("/stats")
    expect(editor.chat.last.locator("img")).to_be_visible(timeout=30_000)
    editor.shoot("stats")
    editor.send("/health")
    editor.sees("数据库可写")
    editor.send("/editors")
    editor.sees("编辑与主人")
    editor.shoot("owner")
