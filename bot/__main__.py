"""``python -m bot``: the bot itself, or one of the commands of ``bot.cli``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the command line asks for.

    Returns:
        The exit code.
    """
    if sys.argv[1:] in ([], ["run"]):
        # Straight to the bot: reading the other commands takes longer than connecting to Telegram.
        from bot.run import run  # noqa: PLC0415 - only what is asked for

        return run()
    from bot.cli import app  # noqa: PLC0415 - only what is asked for

    app(prog_name="python -m bot")
    return 0


if __name__ == "__main__":  # A worker process imports this file too.
    sys.exit(main())
