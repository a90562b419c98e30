"""Answers to messages: what each kind of point looks like on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from content.answers import Answer, Point, Section
from content.records import EntityRef, Evidence, Source
from handlers.i18n import Wording
from handlers.links import entity_link, fact_link
from handlers.paging import Block
from handlers.rich_text import RichText, Text, joined, words

_FOLDED = 160
"""UTF-16 units from which a quotation is folded: about five lines of a phone."""
_UNHEADED = frozenset({"posts", "facts", "hits", "mentions", "quantities", "dates"})
"""Sections that follow the heading without one of their own."""
_CLOSE = frozenset({"posts", "facts"})
"""Sections that stand right under the heading."""


_PERIODS = {"hour": "时時", "day": "日天", "week": "周週", "month": "月", "quarter": "季", "year": "年"}
"""The Chinese words of the periods, as they stand in a subject."""


class Context(NamedTuple):
    """What rendering needs besides the answer."""

    t: Wording
    bot_username: str

    def fact(self, evidence: Evidence) -> str:
        """The address of a fact."""
        return fact_link(self.bot_username, evidence.fact_id)

    def entity(self, ref: EntityRef) -> str:
        """The address of a page."""
        return entity_link(self.bot_username, ref)


def heading(context: Context, answer: Answer) -> Text:
    """The bold line on top of every page of an answer."""
    t = context.t
    rich = RichText()
    if answer.subject is not None:
        rich.own(t(f"icon.{answer.subject.kind}") + " ").add(answer.subject.name, "bold")
        if answer.of is not None:
            rich.own(" · ").add(answer.of.name)
    elif answer.words:
        rich.compose(t.template(f"heading.{answer.label}_words"), "bold", words=answer.words)
    else:
        rich.own(t(f"heading.{answer.label}"), "bold")
    return rich.build()


def blocks(context: Context, answer: Answer) -> list[Block]:
    """The body of an answer, piece by piece."""
    result: list[Block] = []
    for index, section in enumerate(answer.sections):
        later = {
            point.citation.source.article_id
            for following in answer.sections[index + 1 :]
            for point in following.points
        }
        result.extend(_section(context, section, answer, later))
    return result


def source_label(t: Wording, source: Source) -> str:
    """Where an article comes from in a few words: ``人民网（中国英才网转载）``."""
    names = {"publisher": source.publisher, "via": source.via}
    known = {key: value for key, value in names.items() if value}
    label = t("source." + "_".join(known), **known) if known else source.title or t("source.unknown")
    return f"{label} · {t.date(source.published)}" if source.published else label


def _section(context: Context, section: Section, answer: Answer, later: set[int]) -> Iterator[Block]:
    """The pieces of a section, the first under its title.

    Args:
        context: language and links.
        section: what to show.
        answer: of which it is a part.
        later: articles that later sections cite; a list of links leaves naming them to those.
    """
    layout, listed = _LAYOUTS[section.points[0].kind]
    pieces = [layout(context, point, answer) for point in section.points]
    if listed:
        linked = section.points[0].kind != "event"
        pieces[-1] = _with_sources(context, section, pieces[-1], later if linked else set())
    title = _title(context, section)
    if title.text:
        pieces[0] = joined([title, pieces[0]], "\n")
    for index, piece in enumerate(pieces):
        close = listed and (index > 0 or section.label in _CLOSE)
        yield Block(piece, "\n" if close else "\n\n")


def _title(context: Context, section: Section) -> Text:
    if section.label in _UNHEADED:
        return Text("")
    if section.label == "partial":
        return _partial_title(context, section)
    if section.entity is not None:
        return (
            RichText()
            .own(context.t("icon.person") + " ")
            .add(section.entity.name, "bold", url=context.entity(section.entity))
            .build()
        )
    count = context.t.number(section.total)
    return RichText().own(context.t(f"section.{section.label}", count=count), "bold").build()


def _partial_title(context: Context, section: Section) -> Text:
    """That a sentence holds only some of the words, and whose it is."""
    rich = RichText().own(context.t("section.partial"), "italic")
    if section.entity is not None:
        rich.own("\n").own(context.t("icon.person") + " ")
        rich.add(section.entity.name, "bold", url=context.entity(section.entity))
    return rich.build()


def _with_sources(context: Context, section: Section, last: Text, later: set[int]) -> Text:
    """The last line of a list with the sources of the whole list under it."""
    sources = {point.citation.source.article_id: point.citation for point in section.points}
    named = (citation for article_id, citation in sources.items() if article_id not in later)
    return joined([last, *(_source_line(context, citation) for citation in named)], "\n")


def _source_line(context: Context, citation: Evidence) -> Text:
    label = "— " + source_label(context.t, citation.source)
    return words(label, "italic", url=context.fact(citation))


def _quotation(context: Context, point: Point, answer: Answer) -> Text:  # noqa: ARG001 - all layouts are called alike
    inner = RichText().marked(point.text, point.marks).build()
    rich = RichText().quote(inner, expandable=inner.units > _FOLDED)
    for citation in (point.citation, *point.also):
        rich.own("\n").append(_source_line(context, citation))
    return rich.build()


def _post(context: Context, point: Point, answer: Answer) -> Text:
    label = " · ".join(value for value in (point.note("organization"), point.note("title")) if value)
    rich = RichText().add(label, url=context.fact(point.citation))
    # A post is what somebody was when the article was written: where there are several, each says when.
    if len(_articles(answer, "post")) > 1:
        rich.own(f"（{source_label(context.t, point.citation.source)}）", "italic")
    return rich.build()


def _articles(answer: Answer, kind: str) -> set[int]:
    """The articles that the points of a kind are from."""
    points = (point for section in answer.sections for point in section.points)
    return {point.citation.source.article_id for point in points if point.kind == kind}


def _member(context: Context, point: Point, answer: Answer) -> Text:  # noqa: ARG001 - as above
    rich = RichText().own("• ")
    if point.entity is None:
        rich.add(point.text)
    else:
        rich.add(point.text, url=context.entity(point.entity))
    labels = [note.value for note in point.notes if note.label in ("post", "title")]
    if labels:
        rich.own(" — ").add(context.t("list.posts").join(labels), url=context.fact(point.citation))
    return rich.build()


def _appearance(context: Context, point: Point, answer: Answer) -> Text:  # noqa: ARG001 - as above
    t = context.t
    rich = RichText().own("• ").own(t(f"did.{point.note('role')}"))
    if point.text:
        rich.own(t("colon")).add(point.text, url=context.fact(point.citation))
    for line in _particulars(t, point):
        rich.own("\n    ").append(line)
    return rich.build()


def _event(context: Context, point: Point, answer: Answer) -> Text:
    t = context.t
    lines = [] if answer.subject == point.entity else [words(point.text, "bold")]
    lines.extend(_particulars(t, point))
    hosts = [note.value for note in point.notes if note.label == "host"]
    if hosts:
        listed = t("list.separator").join(hosts)
        lines.append(RichText().compose(t.template("note.hosts"), hosts=listed).build())
    return joined(lines or [words(point.text)], "\n")


def _particulars(t: Wording, point: Point) -> Iterator[Text]:
    """When and where: only what the article says, a day without a month as its own words."""
    dated, told = point.note("date"), point.note("published_note")
    when = [t.date(dated)] if dated else []
    if told:
        when.append(t("note.published_note", note=told))
    if when:
        yield RichText().compose(t.template("note.when"), when=" · ".join(when)).build()
    places = [place for place in (point.note("venue"), point.note("city")) if place]
    if places:
        yield RichText().compose(t.template("note.where"), where=t("list.separator").join(places)).build()
    theme = point.note("theme")
    if theme:
        yield RichText().compose(t.template("note.theme"), theme=theme).build()


def _figure(context: Context, point: Point, answer: Answer) -> Text:
    rich = RichText().own("• ").append(figure_line(context, point))
    if point.entity is not None and point.entity != answer.subject:
        rich.own(" · ").add(point.entity.name, url=context.entity(point.entity))
    if point.note("disputed"):
        rich.own(f"（{source_label(context.t, point.citation.source)}）", "italic")
    return rich.build()


def figure_line(context: Context, point: Point) -> Text:
    """A quantity as the article writes it, in quotation marks, with what it is a quantity of."""
    t = context.t
    rich = RichText().add(t("quoted", text=point.text), "bold", url=context.fact(point.citation))
    label = figure_label(t, point.note("subject") or "", point.note("period"), point.note("as_of"))
    if label:
        rich.own(" ").add(label)
    if reading := _reading(t, point):
        rich.own(" ").own(reading, "italic")
    return rich.build()


def figure_label(t: Wording, subject: str, period: str | None, as_of: str | None) -> str:
    """What a quantity is of, per what, and as of when."""
    labels = [subject] if subject else []
    if period and not _says_period(t, period, subject):
        labels.append(t(f"period.{period}"))
    if as_of:
        labels.append(t("note.as_of", date=t.date(as_of)))
    return " · ".join(labels)


def _says_period(t: Wording, period: str, subject: str) -> bool:
    """Whether the subject itself says in the reader's own script that it is per day: ``每日调用量``."""
    letters = _PERIODS.get(period)
    said = letters and re.search(f"每[{letters}]|[{letters}]均|[{letters}]度", subject)
    return bool(said) and t.language != "en"


def _reading(t: Wording, point: Point) -> str:
    """The number in the reader's own notation where the article's is foreign to the reader."""
    value, most = point.note("value"), point.note("value_max")
    if value is None or t.language != "en":
        return ""
    numbers = "–".join(t.compact(float(number)) for number in (value, most) if number is not None)
    sign = {">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "~": "≈ "}.get(point.note("comparator") or "", "")
    return f"({sign}{numbers}{'%' if point.note('unit') == '%' else ''})"


def _figure_in_sentence(context: Context, point: Point, answer: Answer) -> Text:
    rich = RichText().append(figure_line(context, point))
    if point.entity is not None and point.entity != answer.subject:
        rich.own(" · ").add(point.entity.name, url=context.entity(point.entity))
    sentence = point.note("sentence") or point.text
    inner = RichText().marked(sentence, point.marks).build()
    rich.own("\n").quote(inner, expandable=inner.units > _FOLDED)
    return rich.own("\n").append(_source_line(context, point.citation)).build()


def _work(context: Context, point: Point, answer: Answer) -> Text:
    t = context.t
    rich = RichText().own("• ").add(f"《{point.text}》", url=context.fact(point.citation))
    if answer.label != "works":
        rich.own(" — ").own(t(f"work.{point.note('work_kind')}"))
    by = point.note("by") or (point.entity.name if point.entity else None)
    if by and not (answer.subject and by == answer.subject.name):
        rich.own(" · ").add(by)
    return rich.build()


def _product(context: Context, point: Point, answer: Answer) -> Text:
    rich = RichText().own("• ").add(point.text, url=context.fact(point.citation))
    owner = point.note("organization")
    if owner and not (answer.subject and owner == answer.subject.name):
        rich.own(" — ").add(owner)
    return rich.build()


def _milestone(context: Context, point: Point, answer: Answer) -> Text:
    date = context.t.date(point.note("date") or "")
    return RichText().own(date, "bold").own("\n").append(_quotation(context, point, answer)).build()


_Layout = Callable[[Context, Point, Answer], Text]
_LAYOUTS: dict[str, tuple[_Layout, bool]] = {
    # kind of point: how it is set, and whether it is a line of a list with the sources under the list
    "post": (_post, True),
    "member": (_member, True),
    "appearance": (_appearance, True),
    "quotation": (_quotation, False),
    "figure": (_figure, True),
    "figure_in_sentence": (_figure_in_sentence, False),
    "work": (_work, True),
    "product": (_product, True),
    "milestone": (_milestone, False),
    "event": (_event, True),
    "hit": (_quotation, False),
}
