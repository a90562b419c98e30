"""Text with entities counted in UTF-16 units, the only way text reaches Telegram.

``parse_mode`` is never used, so article text cannot become markup. What Telegram would turn into a
link, a mention, a hashtag or a command by itself is set in monospace: the server looks for nothing
inside ``code``, and the words stay exactly as the article has them.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Any, Literal, NamedTuple, Self

EntityType = Literal[
    "bold", "italic", "underline", "strikethrough", "code", "text_link", "blockquote", "expandable_blockquote"
]
QUOTES = frozenset({"blockquote", "expandable_blockquote"})


class Entity(NamedTuple):
    """A MessageEntity; ``offset`` and ``length`` count UTF-16 units."""

    type: EntityType
    offset: int
    length: int
    url: str | None = None

    @property
    def end(self) -> int:
        """The first unit after it."""
        return self.offset + self.length

    def payload(self) -> dict[str, Any]:
        """The object that crosses the wire."""
        fields: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.url is not None:
            fields["url"] = self.url
        return fields


class Text(NamedTuple):
    """A finished piece of text with its entities, outer ones before the inner."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def units(self) -> int:
        """Length in UTF-16 units."""
        return utf16_length(self.text)


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: an emoji outside the basic plane counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


# What Telegram's server looks for in plain text (a little more than it, which does no harm):
# links with and without scheme, addresses, commands, mentions, hashtags, cashtags, telephone numbers.
# Each alternative begins where a run of its characters begins, so that long runs are read once.
_AUTOMATIC = re.compile(
    r"""(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://\S+
    |(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    |(?<![\w-])(?<!\w\.)(?:[\w-]+\.)+(?:[A-Za-z]{2,}|xn--[\w-]+)(?![A-Za-z0-9])
        (?::\d+)?(?:[/?#][^\s<>"'“”‘’「」《》（），。；！？、]*)?
    |(?<![\w-])(?:[\w-]*[^\W\d_]\.[^\W\d_a-zA-Z]{2,}
        |[\w-]+\.(?:中国|中國|公司|网络|網絡|网址|香港|台湾|台灣|新加坡|集团|在线))
    |(?<![\w.])\d+(?:\.\d+){3}(?::\d+)?
    |(?<![\w/<>])/[A-Za-z0-9_]+(?:@\w+)?
    |(?<!\w)@[A-Za-z0-9_]{2,}
    |(?<!\w)[\#＃][\w·\u200c]+
    |(?<![\w$])\$(?:1INCH|[A-Z]+)
    |\+\d[\d()-]{5,}\d|(?<![\w.])\d[\d()-]{9,}\d(?![.\d])""",
    re.VERBOSE,
)
_MARKS = re.compile(r"[./@#＃$]|[\d()-]{11}|\+\d")
"""Nothing above is found without one of these."""

_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        0x00AD,  # soft hyphen
        0x061C,  # Arabic letter mark
        0x180E,
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),  # bidirectional embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, bidirectional isolates, deprecated controls
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),  # tags
    ]
) | {0x09: " ", 0x2028: "\n", 0x2029: "\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def neutral(text: str) -> str:
    """The text without control, bidirectional and other invisible characters."""
    return _SURROGATE.sub("\ufffd", text.translate(_INVISIBLE))


def shortened(text: str, limit: int = 40) -> str:
    """A person's own words as one short line, fit to be shown back.

    Args:
        text: anything at all.
        limit: code points at most; what is longer ends in ``…``.
    """
    line = " ".join(neutral(text[: limit * 8]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


class RichText:
    """Builds a ``Text`` piece by piece."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._entities: list[Entity] = []
        self._units = 0

    def own(self, text: str, style: EntityType | None = None) -> Self:
        """Add wording of ours, in which a ``/command`` may become a link."""
        self._put(text, style)
        return self

    def add(self, text: str, style: EntityType | None = None, *, url: str | None = None) -> Self:
        """Add words of an article or of a person; nothing in them can become active.

        Args:
            text: the words.
            style: how they look.
            url: what they link to; Telegram finds no other link inside a link.
        """
        text = neutral(text)
        if url is not None:
            if style is not None and text:
                self._entities.append(Entity(style, self._units, utf16_length(text)))
            self._put(text, "text_link", url)
            return self
        position = 0
        for match in _AUTOMATIC.finditer(text) if _MARKS.search(text) else ():
            self._put(text[position : match.start()], style)
            self._put(match.group(), "code")
            position = match.end()
        self._put(text[position:], style)
        return self

    def append(self, text: Text) -> Self:
        """Add a finished piece."""
        self._entities.extend(entity._replace(offset=entity.offset + self._units) for entity in text.entities)
        self._put(text.text, None)
        return self

    def marked(self, text: str, marks: tuple[tuple[int, int], ...], style: EntityType = "bold") -> Self:
        """Add words of an article with some of them marked.

        Args:
            text: the words.
            marks: half-open ranges of code points, in order and apart.
            style: how the marked words look.
        """
        position = 0
        for start, end in marks:
            self.add(text[position:start]).add(text[start:end], style)
            position = end
        return self.add(text[position:])

    def quote(self, inner: Text, *, expandable: bool = False) -> Self:
        """Add a block quotation; a long one can be folded."""
        kind: EntityType = "expandable_blockquote" if expandable else "blockquote"
        self._entities.append(Entity(kind, self._units, inner.units))
        return self.append(inner)

    def compose(self, template: str, style: EntityType | None = None, /, **parts: Text | str) -> Self:
        """Add wording of ours with words of others in its ``{places}``.

        Args:
            template: wording from a catalogue.
            style: how the wording and the plain parts look.
            parts: what stands in the places: finished pieces, or plain words that are kept inactive.
        """
        for literal, name, _, _ in Formatter().parse(template):
            self.own(literal, style)
            if name is None:
                continue
            part = parts[name]
            if isinstance(part, Text):
                self.append(part)
            else:
                self.add(part, style)
        return self

    def build(self) -> Text:
        """The finished piece."""
        ordered = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return Text("".join(self._parts), tuple(ordered))

    def _put(self, text: str, style: EntityType | None, url: str | None = None) -> None:
        if not text:
            return
        units = utf16_length(text)
        if style is not None:
            self._entities.append(Entity(style, self._units, units, url))
        self._parts.append(text)
        self._units += units


def plain(text: str) -> Text:
    """A piece of wording of ours."""
    return Text(text)


def words(text: str, style: EntityType | None = None, *, url: str | None = None) -> Text:
    """A piece with words of an article or of a person."""
    return RichText().add(text, style, url=url).build()


def joined(pieces: list[Text], separator: str) -> Text:
    """Pieces one after the other."""
    rich = RichText()
    for index, piece in enumerate(pieces):
        if index:
            rich.own(separator)
        rich.append(piece)
    return rich.build()
