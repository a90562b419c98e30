"""Logs without secrets: no token and no message text can reach them, whatever happens.

Our own events name what happened and carry ids. Of exceptions only the classes and the places are logged,
never their words, which may quote a message or the token. Of the libraries' own records only the place that
logged is told: their texts hold addresses with the token (httpx) and whole updates (python-telegram-bot).
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    EventDict = MutableMapping[str, Any]

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{30,}")
_ROOT = Path(__file__).parent.parent
_OWN = frozenset({"bot", "handlers", "storage", "content"})
_LIBRARIES_FROM = logging.WARNING
_NOISY = ("aiosql",)
"""Warns of every statement with RETURNING as of a mistake."""
_FRAMES = 12


def configure(level: str = "INFO", style: Literal["console", "json"] = "console") -> None:
    """Send all logs of the process to standard error.

    Args:
        level: our own events from this level on; the libraries' only from WARNING on.
        style: ``console`` for people, ``json`` for machines.
    """
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _explain_exception,
            redact,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # The stream of the moment.
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_LibraryHandler()]
    root.setLevel(_LIBRARIES_FROM)
    for name in list(logging.root.manager.loggerDict):
        library = logging.getLogger(name)
        library.handlers.clear()  # jieba brings a DEBUG handler of its own.
        library.propagate = True
        library.setLevel(logging.NOTSET)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def explain(error: BaseException) -> list[str]:
    """An exception and its causes by class and place: ``["KeyError at handlers/pages.py:31 listing", …]``."""
    return [f"{type(link).__qualname__} {_places(link)}".rstrip() for link in _chain(error)]


def redact(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Cut what looks like a bot token out of every value."""
    for key, value in event.items():
        event[key] = _redacted(value)
    return event


def _redacted(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_redacted(item) for item in value]
    if isinstance(value, int | float | None):
        return value
    return _TOKEN.sub("***", str(value))


def _explain_exception(_logger: object, _method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = explain(error)
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-2:])


class _LibraryHandler(logging.Handler):
    """Tells that a library has logged something, and where; not what. Our own words are constants."""

    def emit(self, record: logging.LogRecord) -> None:
        own = record.name.partition(".")[0] in _OWN
        error = record.exc_info[1] if record.exc_info else None
        log(record.name).log(
            record.levelno,
            str(record.msg) if own else "library_record",  # Unformatted: the values stay out.
            place=f"{record.module}:{record.lineno}",
            exc_info=error,
        )


def log(name: str) -> Any:
    """A logger; events are words with underscores, values are ids and numbers, never texts of messages."""
    return structlog.get_logger(source=name)
