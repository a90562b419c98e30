"""What a picture shows, in words: its caption says all of it, with the way to each source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.pictures import Bar, Card, Chart, Chronicle, Member, Network, Panel, Picture
from content.pictures.compose import TOPICS
from content.records import Evidence
from handlers.render import Context, figure_label, source_label
from handlers.rich_text import RichText, Text, joined, shortened, words

LIMIT = 960
"""UTF-16 units of a caption at most; Telegram takes 1024, the rest is for a remark."""
_NAME = 120
"""Code points of the name of a picture's subject at most."""
_WHOLE = 600
"""Code points of an entry that fit in any case; where they do not, every entry is shortened."""


def caption(context: Context, picture: Picture) -> Text:
    """The text alternative of a picture; where it is too long, entries are shortened, and it says so."""
    for room in (_WHOLE, 160, 80, 48, 32, 20, 10):
        text = _caption(context, picture, room)
        if text.units <= LIMIT:
            return text
    raise AssertionError("a picture holds more than the words of its caption")  # pages bound the entries


def _caption(context: Context, picture: Picture, room: int) -> Text:
    if isinstance(picture, Card):
        return _card(context, picture, room)
    if isinstance(picture, Chart):
        return _chart(context, picture, room)
    if isinstance(picture, Chronicle):
        return _chronicle(context, picture, room)
    return _network(context, picture, room)


def _card(context: Context, card: Card, room: int) -> Text:
    head = RichText().own(context.t("icon.person") + " ").add(shortened(card.speaker, _NAME), "bold").build()
    lines = [head, *(words(shortened(post, room)) for post in card.posts)]
    event = " · ".join(
        part for part in (card.event, context.t.date(card.date) if card.date else None) if part
    )
    quotation = RichText().quote(words(shortened(card.text, room))).build()
    tail = [words(shortened(event, _NAME))] if event else []
    cut = card.cut or len(card.text) > room
    return joined([*lines, quotation, *tail, *_sources(context, [card.citation], room, cut=cut)], "\n")


def _chart(context: Context, chart: Chart, room: int) -> Text:
    t = context.t
    head = t("picture.chart_words", words=chart.words) if chart.words else chart.title or t("picture.figures")
    entries = [_bar(context, bar, panel, room) for panel in chart.panels for bar in panel.bars]
    cut = any(len(bar.subject) > room or len(bar.text) > room for bar in chart.bars)
    return joined(
        [
            RichText().own("📊 ").add(shortened(head, _NAME), "bold").build(),
            *entries,
            *_sources(context, [bar.citation for bar in chart.bars], room, cut=cut),
        ],
        "\n",
    )


def _bar(context: Context, bar: Bar, panel: Panel, room: int) -> Text:
    rich = (
        RichText()
        .own("• ")
        .add(context.t("quoted", text=shortened(bar.text, room)), "bold", url=context.fact(bar.citation))
    )
    parts = (
        shortened(figure_label(context.t, bar.subject, panel.period, bar.as_of), room),
        shortened(bar.speaker or "", room),
    )
    line = " · ".join(part for part in parts if part)
    return rich.own(" ").add(line).build() if line else rich.build()


def _chronicle(context: Context, chronicle: Chronicle, room: int) -> Text:
    t = context.t
    head = RichText().own(
        t("heading.timeline_words", words=chronicle.words) if chronicle.words else t("heading.timeline"),
        "bold",
    )
    events = {entry.event for entry in chronicle.entries}
    several = len(events) > 1
    tail = [words(shortened(event, room)) for event in events if event and not several]
    entries = []
    for entry in chronicle.entries:
        rich = RichText().add(t.date(entry.date), "bold", url=context.fact(entry.citation))
        rich.own(" ").add(shortened(entry.text, room))
        if entry.event and several:
            rich.own(" — ").add(shortened(entry.event, room), "italic")
        entries.append(rich.build())
    cut = any(entry.cut or len(entry.text) > room for entry in chronicle.entries)
    citations = [entry.citation for entry in chronicle.entries]
    return joined([head.build(), *entries, *tail, *_sources(context, citations, room, cut=cut)], "\n")


def _network(context: Context, network: Network, room: int) -> Text:
    rich = RichText().own("🕸 ").add(shortened(network.event, _NAME), "bold")
    if network.date:
        rich.own(" · ").own(context.t.date(network.date))
    lines = [_member(context, member, room) for member in network.members]
    note = words(context.t("picture.network_top", most=context.t.number(TOPICS)), "italic")
    cut = any(len(part) > room for member in network.members for part in _parts(member))
    return joined([rich.build(), *lines, note, *_sources(context, [network.citation], room, cut=cut)], "\n")


def _member(context: Context, member: Member, room: int) -> Text:
    t = context.t
    rich = RichText().own("• ").add(shortened(member.name, max(room, 24)), "bold")
    posts = t("list.posts").join(shortened(post, room) for post in member.posts)
    if posts:
        rich.own(" — ").add(posts)
    topics = t("list.separator").join(
        f"{shortened(name, room)} ×{t.number(count)}" for name, count in member.topics
    )
    return rich.own(t("colon")).add(topics).build() if topics else rich.build()


def _parts(member: Member) -> Iterator[str]:
    yield from member.posts
    yield from (name for name, _ in member.topics)


def _sources(context: Context, citations: Sequence[Evidence], room: int, *, cut: bool) -> Iterator[Text]:
    """Whether something was shortened; each article once, linked to the first fact from it."""
    if cut:
        yield words(context.t("picture.excerpt"), "italic")
    firsts: dict[int, Evidence] = {}
    for citation in citations:
        firsts.setdefault(citation.source.article_id, citation)
    for citation in firsts.values():
        label = shortened(source_label(context.t, citation.source), max(room, 24))
        yield words(f"— {label}", "italic", url=context.fact(citation))
