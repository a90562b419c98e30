"""Runs the bot in the foreground."""

from __future__ import annotations

import asyncio
import sys


def run() -> int:
    """Run until SIGINT or SIGTERM; what keeps it from starting is said in one line each.

    Returns:
        0 after a stop by signal, 1 where the bot cannot start or go on, 2 where the settings are wrong.
    """
    from bot.settings import SettingsError, load_settings  # noqa: PLC0415 - timed by the caller's needs

    try:
        settings = load_settings()
        settings.require_token()
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the operator's line
        return 2
    from bot.application import build_application  # noqa: PLC0415 - heavy; not for wrong settings
    from bot.errors import StartError  # noqa: PLC0415 - likewise
    from bot.logs import configure  # noqa: PLC0415 - likewise

    configure(settings.log_level, settings.log_format)
    try:
        asyncio.run(build_application(settings).run())
    except StartError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the operator's line
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
