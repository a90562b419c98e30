"""The local chat: a page on loopback that looks like Telegram and talks to the Bot API in memory."""

from bot.chat.cast import CAST, GROUP_ID, Identity
from bot.chat.server import build_chat, chat_server

__all__ = ["CAST", "GROUP_ID", "Identity", "build_chat", "chat_server"]
