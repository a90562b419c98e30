"""Entities that clients and the server find in plain text: commands, mentions, hashtags, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json

# In the order of precedence: what begins inside an earlier find is not found again.
_PATTERN = re.compile(
    r"""(?P<url>(?:https?|ftp|tg|ton)://[^\s<>"'“”‘’「」《》（），。；！？、]+)
    |(?P<email>(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,10}(?!\w))
    |(?P<bare>(?<![\w@.\-/])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+
        (?:com|cn|org|net|edu|gov|io|me|info|dev|app|ai|tv|uk|de|fr|ru|jp|hk|tw)(?![A-Za-z0-9])
        (?:[/?][^\s<>"'“”‘’「」《》（），。；！？、]*)?)
    |(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))
    |(?P<mention>(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w))
    |(?P<hashtag>(?<!\w)\#(?=\w*[^\W\d])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?(?!\w*\#))
    |(?P<cashtag>(?<![\w$])\$[A-Z]{1,8}(?![\w$]))""",
    re.VERBOSE,
)
_MARKS = re.compile(r"[/@#$.:]")
"""No entity can be found without one of these."""


def find_entities(text: str) -> list[Json]:
    """The entities in plain text, as MessageEntity objects in text order."""
    return list(_found(text)) if _MARKS.search(text) else []


def _found(text: str) -> Iterator[Json]:
    offset = position = 0
    for match in _PATTERN.finditer(text):
        kind = str(match.lastgroup)
        found = match.group().rstrip(".,:;!?)…") if kind in {"url", "bare"} else match.group()
        offset += utf16_length(text[position : match.start()])
        position = match.start()
        yield {
            "type": "url" if kind == "bare" else kind,
            "offset": offset,
            "length": utf16_length(found),
        }
