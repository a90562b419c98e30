"""The command menu and the other texts about the bot."""

from __future__ import annotations

import pytest
from memory_world import EDITOR, GROUP, READER
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeDefault,
    MenuButtonCommands,
)

from bot.memory_api import BotApi

NARROWING_IN_PRIVATE = [
    BotCommandScopeDefault(),
    BotCommandScopeAllPrivateChats(),
    BotCommandScopeChat(READER),
]
NARROWING_FOR_ADMINS = [
    BotCommandScopeDefault(),
    BotCommandScopeAllGroupChats(),
    BotCommandScopeAllChatAdministrators(),
    BotCommandScopeChat(GROUP),
    BotCommandScopeChatAdministrators(GROUP),
    BotCommandScopeChatMember(GROUP, EDITOR),
]


async def menu_after(bot: Bot, api: BotApi, scopes: list[BotCommandScope], chat: int, user: int) -> list[str]:
    shown = []
    for number, scope in enumerate(scopes):
        await bot.set_my_commands([BotCommand(f"c{number}", "好")], scope=scope)
        shown.append(api.menu(chat, user, "zh")[0]["command"])
    return shown


@pytest.mark.parametrize(
    ("scopes", "chat", "user"),
    [(NARROWING_IN_PRIVATE, READER, READER), (NARROWING_FOR_ADMINS, GROUP, EDITOR)],
)
async def test_the_narrowest_scope_wins(
    bot: Bot, api: BotApi, scopes: list[BotCommandScope], chat: int, user: int
) -> None:
    """Each narrower list takes the place of the wider one."""
    assert await menu_after(bot, api, scopes, chat, user) == [f"c{number}" for number in range(len(scopes))]


async def test_members_do_not_see_the_lists_of_administrators(bot: Bot, api: BotApi) -> None:
    """A plain member sees the lists for everybody only."""
    shown = await menu_after(bot, api, NARROWING_FOR_ADMINS, GROUP, READER)
    assert shown == ["c0", "c1", "c1", "c3", "c3", "c3"]


async def test_the_own_language_first(bot: Bot, api: BotApi) -> None:
    """In one scope the list in the person's language goes before the one for all others."""
    await bot.set_my_commands([BotCommand("any", "any")])
    await bot.set_my_commands([BotCommand("zh", "好")], language_code="zh")
    assert api.menu(READER, READER, "zh")[0]["command"] == "zh"
    assert api.menu(READER, READER, "en")[0]["command"] == "any"
    await bot.set_my_commands([BotCommand("narrow", "好")], scope=BotCommandScopeChat(READER))
    assert api.menu(READER, READER, "zh")[0]["command"] == "narrow"
    await bot.delete_my_commands(scope=BotCommandScopeChat(READER))
    assert api.menu(READER, READER, "zh")[0]["command"] == "zh"
    assert [command.command for command in await bot.get_my_commands(language_code="zh")] == ["zh"]
    assert await bot.get_my_commands(language_code="fr") == ()


async def test_texts_by_language(bot: Bot) -> None:
    """Name, description and short description fall back to those for all languages."""
    await bot.set_my_name("Forum briefing", language_code="en")
    assert (await bot.get_my_name("en")).name == "Forum briefing"
    assert (await bot.get_my_name("fr")).name == "论坛简报"
    await bot.set_my_description("长说明")
    await bot.set_my_short_description("短说明")
    assert (await bot.get_my_description("zh")).description == "长说明"
    assert (await bot.get_my_short_description()).short_description == "短说明"


async def test_menu_button(bot: Bot) -> None:
    """The menu button of one chat goes before the default."""
    await bot.set_chat_menu_button(READER, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(READER)).type == "commands"
