"""Driving the page with a headless Chromium."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def find_chromium() -> str | None:
    """Path of the installed Chromium: `CHROMIUM`, else the first of the usual names; None without one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


@dataclass
class ChatPage:
    """The open page and what a person does on it; collects what went wrong in the console."""

    page: Page
    url: str
    problems: list[str]
    strangers: list[str]

    @classmethod
    def open(cls, page: Page, url: str) -> ChatPage:
        """Load the page and wait for its state; requests to other hosts are noted and refused."""
        chat = cls(page, url, [], [])
        page.on("pageerror", lambda error: chat.problems.append(str(error)))
        page.on("console", lambda line: chat._note(line.type, line.text))
        page.context.route(lambda address: not address.startswith((url, "blob:")), chat._refuse)
        page.goto(url)
        expect(page.locator("#chat-title")).not_to_be_empty()
        return chat

    def _note(self, kind: str, text: str) -> None:
        # Refusals and a server that is away are part of the tests, and the browser notes each.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.problems.append(text)

    def _refuse(self, route: Route) -> None:
        self.strangers.append(route.request.url)
        route.abort()

    def say(self, text: str) -> None:
        """Type a text and send it."""
        box = self.page.locator("#input")
        if not box.is_visible():
            self.page.get_by_role("button", name="开始").click()
            expect(self.messages).to_have_count(2)
            if text == "/start":
                return
        box.fill(text)
        if text.startswith("/"):
            box.press("Escape")  # closes the commands that fit
        box.press("Enter")
        expect(box).to_have_value("")

    @property
    def messages(self) -> Locator:
        """All message bubbles."""
        return self.page.locator("article.message")

    @property
    def options(self) -> Locator:
        """What the panel above the input offers."""
        return self.page.locator("#panel").get_by_role("option")

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.messages.last

    def answered(self, text: str | re.Pattern[str]) -> Locator:
        """Wait for the newest message to be the bot's and to hold a text."""
        expect(self.last).to_contain_text(text)
        expect(self.last).not_to_have_class(re.compile(r"\bown\b"))
        return self.last

    def become(self, name: str) -> None:
        """Switch to another identity."""
        pattern = re.compile(f"^{name}(，|$)")
        self.page.get_by_role("radio", name=pattern).click()
        expect(self.page.get_by_role("radio", name=pattern)).to_be_checked()

    def open_chat(self, title: str) -> None:
        """Open a chat of the list."""
        self.page.get_by_role("navigation").get_by_role("button", name=re.compile(f"^{title}")).click()
        expect(self.page.locator("#chat-title")).to_have_text(title)

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.page.evaluate(script)
