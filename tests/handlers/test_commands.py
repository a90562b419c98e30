"""The table: every command has its wording, its menu text, an alias, and does something."""

from __future__ import annotations

import json
import re

import pytest
from app import EDITOR, READER, App

from handlers.commands import BY_ALIAS, BY_NAME, LISTED
from handlers.i18n import LANGUAGES, wording
from handlers.incoming import spoken_command, text_of
from handlers.menus import chat_menu, descriptions, menus
from handlers.request import permits

READERS = [row for row in LISTED if row.role == "reader"]
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", LISTED, ids=lambda row: row.name)
def test_every_command_is_described(row: object, language: str) -> None:
    """Name, menu text and help fit what Telegram takes, in each language."""
    t = wording(language)
    name = row.name  # type: ignore[attr-defined]  # a Command
    assert NAME.fullmatch(name)
    assert 1 <= len(t(f"menu.{name}")) <= 256
    assert t(f"help.{name}")


@pytest.mark.parametrize("row", LISTED, ids=lambda row: row.name)
def test_every_command_has_a_chinese_name(row: object) -> None:
    """Each row can be called in Chinese, and no word calls two rows."""
    aliases = row.aliases  # type: ignore[attr-defined]  # a Command
    assert any("\u4e00" <= character <= "\u9fff" for alias in aliases for character in alias)
    assert len(BY_ALIAS) == sum(len(other.aliases) + 1 for other in LISTED)


@pytest.mark.parametrize("row", READERS, ids=lambda row: row.name)
async def test_every_command_answers(app: App, row: object) -> None:
    """Without an argument each command answers in one message: it shows something, or asks what for."""
    answer = await app.ask(f"/{row.name}")  # type: ignore[attr-defined]  # a Command
    assert len(text_of(answer)) > 3
    assert "编号告诉" not in text_of(answer)


@pytest.mark.parametrize("row", READERS, ids=lambda row: row.name)
async def test_every_command_answers_in_chinese(app: App, row: object) -> None:
    """The first Chinese word for a command does the same as the command."""
    by_name = await app.ask(f"/{row.name}")  # type: ignore[attr-defined]  # a Command
    by_alias = await app.ask(row.aliases[0])  # type: ignore[attr-defined]  # a Command
    assert text_of(by_alias) == text_of(by_name)


@pytest.mark.parametrize("row", READERS, ids=lambda row: row.name)
async def test_every_command_has_help(app: App, row: object) -> None:
    """``/help NAME`` explains each command a reader may use."""
    name = row.name  # type: ignore[attr-defined]  # a Command
    assert wording("zh-hans")(f"help.{name}") in (await app.ask(f"/help {name}"))["text"]


async def test_help_shows_what_the_reader_may_use(app: App) -> None:
    """Each role sees its commands, and no more."""
    for user, role in ((READER, "reader"), (EDITOR, "editor")):
        shown = "\n".join(message["text"] for message in await app.say("/help", user=user))
        for row in LISTED:
            named = re.search(rf"/{row.name}(?![a-z_])", shown) is not None
            assert named == permits(role, row.role), row.name  # type: ignore[arg-type]  # a Role


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("演讲人 林知远", "speaker", "林知远"),
        ("演講人：林知遠", "speaker", "林知遠"),
        ("话题　开源", "topic", "开源"),
        ("/帮助", "help", ""),
        ("ＨＥＬＰ", "help", ""),
        ("数据", "figures", ""),
        ("搜索 云州 数据", "search", "云州 数据"),
    ],
)
def test_spoken_commands(text: str, name: str, argument: str) -> None:
    """Aliases are understood in both scripts, in full width, with any separator."""
    assert spoken_command(text) == (BY_NAME[name], argument)


@pytest.mark.parametrize("text", ["林知远", "数据中心", "演讲人林知远是谁", "", "   "])
def test_what_is_no_command(text: str) -> None:
    """A name or a sentence that merely begins like an alias is none."""
    assert spoken_command(text) is None


async def test_the_menu_is_what_the_table_says(app: App) -> None:
    """Telegram shows the readers' commands in the language of the client."""
    shown = [row for row in READERS if row.menu]
    for each in menus("zh-hans"):
        await app.bot.api.call("setMyCommands", each.parameters())
    for code, language in (("zh", "zh-hans"), ("en", "en"), ("de", "zh-hans")):
        menu = {entry["command"]: entry["description"] for entry in app.api.menu(READER, READER, code)}
        assert menu == {row.name: wording(language)(f"menu.{row.name}") for row in shown}


async def test_the_menu_follows_the_language_of_the_chat(app: App) -> None:
    """After /lang the menu of the chat is in that language."""
    await app.ask("/lang zh-hant")
    menu = {entry["command"]: entry["description"] for entry in app.api.menu(READER, READER, "zh")}
    assert menu["search"] == "搜尋原文"


async def test_the_profile_says_what_the_bot_does(app: App) -> None:
    """The empty chat and the profile are described in each language, within Telegram's limits."""
    for each in descriptions("zh-hans"):
        assert len(each.fields.get("description", "")) <= 512
        assert len(each.fields.get("short_description", "")) <= 120
        await app.bot.api.call(each.method, each.parameters())


def test_menus_fit_telegram() -> None:
    """At most 100 commands in a menu, with every command once."""
    for menu in (*menus("zh-hans"), chat_menu(1, "owner", "en")):
        names = [entry["command"] for entry in json.loads(menu.fields["commands"])]
        assert len(names) == len(set(names)) <= 100
