"""``python -m bot``: the bot itself, or one of the commands of ``bot.cli``."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run what the command line asks for.

    Returns:
        The exit code.
    """
    # Straight to the work: making out a whole command line takes longer than connecting to Telegram.
    match sys.argv[1:]:
        case [] | ["run"]:
            from bot.run import run  # noqa: PLC0415 - only what is asked for

            return run()
        case ["extract", *files] if files and not any(name.startswith("-") for name in files):
            from bot.extract import extract_files  # noqa: PLC0415 - only what is asked for

            return extract_files([Path(name) for name in files])
    from bot.cli import app  # noqa: PLC0415 - only what is asked for

    app(prog_name="python -m bot")
    return 0


if __name__ == "__main__":  # A worker process imports this file too.
    sys.exit(main())
