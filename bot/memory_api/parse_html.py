"""``parse_mode=HTML``: tags to entities, with the server's refusals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.memory_api.errors import ApiError, unparsable
from bot.memory_api.links import link_entity
from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_TAGS = frozenset({*STYLES, "a", "code", "pre", "blockquote", "tg-emoji"})
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TEXT = re.compile(r"[^<&]+")
_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    argument: str
    offset: int
    part: int
    """How many pieces of text stand before it."""


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Take the tags out of a text.

    Returns:
        The text and its entities.

    Raises:
        ApiError: the markup is wrong.
    """
    return _Parser(source).run()


def decode(source: str) -> str:
    """The text with its character references resolved."""
    return _ENTITY.sub(_character, source)


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else match.group()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            else:
                self._text()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        text = "".join(self.parts)
        if _SURROGATE.search(text):
            raise unparsable(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # a language counts inside a pre only
        return text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _text(self) -> None:
        match = _TEXT.match(self.source, self.at) or _ENTITY.match(self.source, self.at)
        piece = decode(match.group()) if match else self.source[self.at]
        self.at = match.end() if match else self.at + 1
        self.parts.append(piece)
        self.offset += utf16_length(piece)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        assert match is not None  # noqa: S101 - each of the patterns matches the empty text
        self.at = match.end()
        return match.group()

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _error(self, reason: str, at: int) -> ApiError:
        return unparsable(f"{reason} at byte offset {len(self.source[:at].encode())}")

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self.at += 1
            self._end_tag(begin)
            return
        name = self._take(_NAME).lower()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        if name not in _TAGS:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        argument = self._attributes(name, begin)
        self.at += 1
        if name == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(name, argument, self.offset, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_SPACE)
            if self._peek() == ">":
                return argument
            name = self._take(_ATTRIBUTE)
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACE)
            value = None
            if self._peek() == "=":
                self.at += 1
                self._take(_SPACE)
                value = self._value(tag, begin)
            elif not self._peek():
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            argument = _argument(tag, name, value) or argument

    def _value(self, tag: str, begin: int) -> str:
        quote = self._peek()
        if not quote:
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if quote not in "'\"":
            start = self.at
            value = self._take(_TOKEN).lower()
            if self._peek() and not self._peek().isspace() and self._peek() != ">":
                raise self._error("Unexpected end of name token", start)
        else:
            end = self.source.find(quote, self.at + 1)
            end = len(self.source) if end < 0 else end
            value = decode(self.source[self.at + 1 : end])
            self.at = end + 1
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        return value

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        name = self._take(_NAME).lower()
        self._take(_SPACE)
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            at = len(self.source[:begin].encode())
            raise unparsable(
                f'Unmatched end tag at byte offset {at}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        length = self.offset - tag.offset
        if tag.name == "a":
            url = tag.argument or "".join(self.parts[tag.part :])
            self.entities.append(link_entity(url, tag.offset, length))
            return
        entity = {"type": STYLES.get(tag.name, tag.name), "offset": tag.offset, "length": length}
        if tag.name == "tg-emoji":
            if not tag.argument.isdecimal():
                raise unparsable("Invalid custom emoji identifier specified")
            entity |= {"type": "custom_emoji", "custom_emoji_id": tag.argument}
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name in {"pre", "code"}:
            entity = self._code(entity, tag.argument)
        self.entities.append(entity)

    def _code(self, entity: Json, language: str) -> Json:
        """A ``pre`` and a ``code`` around the same text are one ``pre``, with the code's language."""
        if self.entities:
            inner = self.entities[-1]
            same = (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
            if same and {inner["type"], entity["type"]} == {"pre", "code"}:
                self.entities.pop()
                language = inner.pop("language", language)
                entity["type"] = "pre"
        return {**entity, "language": language} if language else entity


def _argument(tag: str, name: str, value: str | None) -> str | None:
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return None
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return None
