"""Text with entities counted in UTF-16 units, the only way text reaches Telegram.

``parse_mode`` is never used, so article text cannot become markup. What Telegram would turn into a
link, a mention, a hashtag or a command by itself is set in monospace: the server finds nothing inside
``code``, and the words stay exactly as the article has them.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

EntityType = Literal[
    "bold", "italic", "underline", "code", "text_link", "blockquote", "expandable_blockquote"
]


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
    """A finished piece of text with its entities in order."""

    text: str
    entities: tuple[Entity, ...] = ()
