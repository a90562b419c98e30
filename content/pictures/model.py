"""What a picture shows, before it is worded and drawn. Equal pictures are drawn once."""

from __future__ import annotations

from dataclasses import dataclass

from content.model import Period
from content.records import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A quotation with who said it where: sentences of the article that follow on."""

    text: str
    cut: bool
    """Whether the text is the beginning of a longer passage, ended by ``…``."""
    speaker: str
    posts: tuple[str, ...]
    """``百度 · 首席技术官``, as the article of the quotation gives them."""
    event: str | None
    date: str | None
    """When the event was: partial ISO date."""
    citation: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One quantity of a chart."""

    text: str
    """The quantity in the article's own words: ``超过300万``."""
    value: float
    value_max: float | None
    subject: str
    as_of: str | None
    speaker: str | None
    citation: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Quantities of one unit and period, which alone may be compared by length."""

    unit: str | None
    period: Period | None
    bars: tuple[Bar, ...]

    @property
    def scaled(self) -> bool:
        """Whether a length says something: beside another one, or of a share beside the whole."""
        return len(self.bars) > 1 or self.unit == "%"

    @property
    def most(self) -> float:
        """The value at the end of the scale, which begins at nought; a share is measured on the whole."""
        highest = max(bar.value if bar.value_max is None else bar.value_max for bar in self.bars)
        return max(highest, 100.0) if self.unit == "%" else highest


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures by unit; those that nothing can be compared with stand alone."""

    title: str | None
    """The event that the figures are of."""
    words: str
    """What the sentences of the figures hold, where that was asked for."""
    panels: tuple[Panel, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every quantity in the order of the panels."""
        return tuple(bar for panel in self.panels for bar in panel.bars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One entry of a chronicle."""

    date: str
    text: str
    cut: bool
    """As above."""
    event: str | None
    citation: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """What articles date, oldest first."""

    words: str
    entries: tuple[Dated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a network with what links them to others."""

    name: str
    posts: tuple[str, ...]
    """As they are said in words: ``百度 · 首席技术官``."""
    titles: tuple[str, ...]
    organizations: tuple[str, ...]
    topics: tuple[tuple[str, int], ...]
    """Topics with the number of statements, those first that most was said about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Organisations, people and topics of one event."""

    event: str
    date: str | None
    members: tuple[Member, ...]
    citation: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """What the bot itself holds and does, for its owner."""

    date: str
    """ISO date of the counting."""
    held: tuple[tuple[str, int], ...]
    """How many there are, by the last part of the wording's key: ``statement``."""
    sent: tuple[tuple[str, int], ...]
    """Digest messages by ISO date, the latest last."""


Picture = Card | Chart | Chronicle | Network
"""What is made of facts."""
Drawable = Picture | Tallies
