"""``parse_mode=MarkdownV2``: marks to entities, with the server's refusals."""

from __future__ import annotations

from dataclasses import dataclass

from bot.memory_api.errors import ApiError, unparsable
from bot.memory_api.links import link_entity
from bot.memory_api.utf16 import utf16_length
from bot.memory_api.wire import Json

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
"""Characters that must be escaped with a backslash where they do not mark anything up."""

_MARKS = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
_ENDS = {kind: mark for mark, kind in _MARKS.items()} | {"text_link": "]", "custom_emoji": "]"}
_NAMES = {
    "pre": "Pre",
    "underline": "Underline",
    "spoiler": "Spoiler",
    "custom_emoji": "CustomEmoji",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "code": "Code",
    "text_link": "TextUrl",
    "blockquote": "BlockQuote",
}
"""What the refusals call the entities."""


@dataclass(slots=True)
class _Open:
    """A mark that waits for its end."""

    kind: str
    offset: int
    at: int
    part: int
    language: str = ""


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Take the marks out of a text.

    Returns:
        The text and its entities.

    Raises:
        ApiError: the markup is wrong.
    """
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.line_start = True

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        self._close_quote()
        if self.open:
            raise self._unclosed(self.open[-1])
        return "".join(self.parts), sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))

    def _step(self) -> None:
        char = self.source[self.at]
        if char == "\\" and "\x00" < self.source[self.at + 1 : self.at + 2] <= "~":
            self._emit(self.source[self.at + 1])
            self.at += 2
        elif self._at_end():
            self._end()
        elif self.open and self.open[-1].kind in {"code", "pre"}:
            self._plain(char)
        elif char == "\n":
            self._new_line()
        elif char == ">" and self.line_start:
            self._quote()
        elif char in RESERVED:
            self._begin()
        else:
            self._plain(char)

    def _at_end(self) -> bool:
        """Whether the innermost mark ends here; two underscores never end an italic."""
        kind = self.open[-1].kind if self.open else ""
        if kind == "italic" and self.source.startswith("__", self.at):
            return False
        return self.source.startswith(_ENDS.get(kind, "\0"), self.at)

    def _emit(self, char: str) -> None:
        self.parts.append(char)
        self.offset += utf16_length(char)
        if char != "\r":
            self.line_start = char == "\n"

    def _plain(self, char: str) -> None:
        if char == "`":
            raise self._reserved(char)
        self._emit(char)
        self.at += 1

    def _new_line(self) -> None:
        if self._in_quote() and self.source[self.at + 1 : self.at + 2] != ">":
            self._close_quote()
        self._emit("\n")
        self.at += 1

    def _quote(self) -> None:
        if not self._in_quote():
            self.open.append(_Open("blockquote", self.offset, self.at, len(self.parts)))
        self.at += 1

    def _in_quote(self) -> bool:
        return any(mark.kind == "blockquote" for mark in self.open)

    def _close_quote(self) -> None:
        """End the quote at a line's or the text's end; a spoiler mark just before makes it expandable."""
        if not self._in_quote():
            return
        kind = "blockquote"
        last = self.open[-1]
        if last.kind == "spoiler" and last.offset == self.offset and last.at == self.at - 2:
            kind = "expandable_blockquote"
            self.open.pop()
        mark = self.open.pop()
        if mark.kind != "blockquote":
            raise self._unclosed(mark)
        self._add(mark, {"type": kind})

    def _begin(self) -> None:
        mark = next((mark for mark in _MARKS if self.source.startswith(mark, self.at)), None)
        if mark is None:
            raise self._reserved(self.source[self.at])
        opened = _Open(_MARKS[mark], self.offset, self.at, len(self.parts))
        self.at += len(mark)
        self.line_start = False
        if mark == "```":
            self._code_head(opened)
        self.open.append(opened)

    def _code_head(self, mark: _Open) -> None:
        """Take the language behind ``` and the line break behind it."""
        end = self.at
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        if self.at < end < len(self.source) and self.source[end] != "`":
            mark.language = self.source[self.at : end]
            self.at = end
        for line_break in ("\r\n", "\n\r", "\n", "\r"):
            if self.source.startswith(line_break, self.at):
                self.at += len(line_break)
                return

    def _end(self) -> None:
        mark = self.open.pop()
        self.at += len(_ENDS[mark.kind])
        if mark.kind == "text_link":
            self._link(mark)
        elif mark.kind == "custom_emoji":
            self._emoji(mark)
        else:
            self._add(mark, {"type": mark.kind, **({"language": mark.language} if mark.language else {})})

    def _link(self, mark: _Open) -> None:
        has_address = self.source.startswith("(", self.at)
        url = self._address() if has_address else "".join(self.parts[mark.part :])
        self._add(mark, link_entity(url, mark.offset, self.offset - mark.offset))

    def _emoji(self, mark: _Open) -> None:
        if not self.source.startswith("(", self.at):
            raise unparsable("The entity must contain a tg://emoji or tg://time URL")
        prefix, _, identifier = self._address().partition("=")
        if prefix != "tg://emoji?id" or not identifier.isdecimal():
            raise unparsable("Invalid tg://emoji or tg://time URL specified")
        self._add(mark, {"type": "custom_emoji", "custom_emoji_id": identifier})

    def _address(self) -> str:
        self.at += 1
        begin = self.at
        url = ""
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and "\x00" < self.source[self.at + 1 : self.at + 2] <= "~":
                self.at += 1
            url += self.source[self.at]
            self.at += 1
        if self.at == len(self.source):
            raise unparsable(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self.at += 1
        return url

    def _add(self, mark: _Open, entity: Json) -> None:
        length = self.offset - mark.offset
        if length:
            self.entities.append({**entity, "offset": mark.offset, "length": length})

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _unclosed(self, mark: _Open) -> ApiError:
        name = "PreCode" if mark.language else _NAMES[mark.kind]
        return unparsable(f"Can't find end of {name} entity at byte offset {self._byte(mark.at)}")

    @staticmethod
    def _reserved(char: str) -> ApiError:
        return unparsable(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
