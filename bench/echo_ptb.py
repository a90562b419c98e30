"""The comparison: python-telegram-bot's echo bot with its default transport.

Usage: ``python bench/echo_ptb.py BASE_URL``.
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until killed."""
    application = Application.builder().token("1:BENCH").base_url(f"{sys.argv[1]}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


main()
