"""Answers to questions: each kind of question from its kind of fact; None where no report says it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from content.answers import lists, points
from content.answers.choosing import counts, figures_about, nearly
from content.answers.matching import covers, missing, needed, years
from content.answers.model import Answer, Point
from content.answers.pages import section
from content.folding import fold_text
from content.lexicon import table
from content.records import EntityRef, EventRecord, FigureRecord, PostRecord, SearchHit
from handlers.asked import (
    ANSWERS,
    FOCUS,
    Asked,
    sentence_answer,
    sentences_of,
    sentences_with,
    show,
    spoken_answer,
    statements_with,
)
from handlers.i18n import wording
from handlers.pages import RECORDS, answered
from handlers.reply import Reply
from handlers.rich_text import shortened
from handlers.services import Services


async def _number(asked: Asked) -> Reply | None:
    """The figures that count what was asked for, each with its sentence."""
    for records, left_out, ref in await _counted(asked):
        words = asked.needs(*left_out, counting=True)
        found = figures_about(records, words, asked.question.focus)
        if not found:
            scenes = await _scenes(asked, nearly(records, words, asked.question.focus))
            found = figures_about(records, words, asked.question.focus, scenes)
        if found:
            return _figure_answer(asked, found, ref)
    if not asked.question.words:
        return None
    words = asked.needs(*asked.of("event"), counting=True)
    told = await sentences_with(asked, words, lambda text: counts(asked.question.focus, text))
    return sentence_answer(asked, told)


async def _counted(
    asked: Asked,
) -> list[tuple[tuple[FigureRecord, ...], tuple[EntityRef, ...], EntityRef | None]]:
    """The figures of everything that a question names, what of its names they need not hold, and whose they are."""
    places: list[tuple[tuple[FigureRecord, ...], tuple[EntityRef, ...], EntityRef | None]] = []
    events = asked.of("event")
    for ref in sorted(asked.named, key=lambda ref: FOCUS.index(ref.kind)):
        same = tuple(other for other in asked.named if other.name == ref.name)
        records = await _figures(asked.services, ref)
        places.append((records, (*same, *(events if ref.kind == "event" else ())), ref))
    if asked.question.words:
        store = asked.services.repositories.figures
        everything = dict.fromkeys((await store.list(RECORDS, 0))[0])
        for word in asked.question.focus:
            everything |= dict.fromkeys((await store.list(RECORDS, 0, word))[0])
        places.append((tuple(everything), (), None))
    return places


async def _scenes(asked: Asked, records: Sequence[FigureRecord]) -> dict[int, tuple[str, str]]:
    """The first line of the article and the sentence before, of some figures."""
    facts = asked.services.repositories.facts
    views = [await facts.source(record.evidence.fact_id) for record in records[:_LOOKED_AT]]
    return {view.evidence.fact_id: (view.opening, view.before) for view in views if view is not None}


def _figure_answer(asked: Asked, found: Sequence[FigureRecord], ref: EntityRef | None) -> Reply:
    answer = lists.figures_in_sentences(found[:ANSWERS], ref, shortened(asked.request.argument))
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


async def _figures(services: Services, ref: EntityRef) -> tuple[FigureRecord, ...]:
    repositories = services.repositories
    match ref.kind:
        case "person":
            return await repositories.people.figures(ref.id)
        case "product":
            return await repositories.products.figures(ref.id)
        case "organization":
            return await repositories.organizations.figures(ref.id)
        case "event":
            return (await repositories.figures.list(RECORDS, 0, None, ref.id))[0]
        case "topic":
            return (await repositories.figures.list(RECORDS, 0, ref.name))[0]


async def _when(asked: Asked) -> Reply | None:
    """What the articles date, where it says all that was asked for; the date of an event."""
    milestones = asked.services.repositories.milestones
    events = asked.of("event")
    if events or not asked.named:
        known = await _of_event(asked, lambda one: one.date or one.evidence.source.published_note)
        if known is not None:
            return known
    words = asked.needs()
    records, _ = await milestones.list(RECORDS, 0)
    found = [record for record in records if not missing(words, f"{record.text} {record.date}")]
    if not found:
        words = asked.needs(*events)
        return sentence_answer(asked, await sentences_with(asked, words, _dated))
    answer = lists.timeline(found[:ANSWERS], shortened(asked.request.argument))
    quoted = await sentences_of(asked.services, [record.evidence for record in found[:ANSWERS]])
    answer = replace(answer, sections=(*answer.sections, *section("quotations", quoted)))
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


def _dated(text: str) -> bool:
    """Whether a sentence gives a date."""
    return bool(years(text)) or _DATE.search(text) is not None


async def _where(asked: Asked) -> Reply | None:
    """Where an event was, or for whom somebody works."""
    if asked.of("person"):
        return None if needed(asked.question.words) else await _post(asked)
    known = await _of_event(asked, lambda record: record.venue or record.city)
    if known is not None:
        return known
    words = asked.needs(*asked.of("event"))
    events = {ref.id for ref in asked.of("event")}
    found = await sentences_with(asked, words or ("在",), lambda text: _PLACE.search(text) is not None)
    if not words and not events:
        return None
    return sentence_answer(asked, [hit for hit in found if not events or await _is_of(asked, hit, events)])


async def _is_of(asked: Asked, hit: SearchHit, events: set[int]) -> bool:
    """Whether a sentence is from the report of one of some events."""
    for event in events:
        record = await asked.services.repositories.events.get(event)
        article = record.evidence.source.article_id if record is not None else None
        if article == hit.evidence.source.article_id:
            return True
    return False


async def _event_page(asked: Asked, events: Sequence[EntityRef], also: Sequence[Point] = ()) -> Reply | None:
    """The sentence that reports an event, with its date and place; the latest one where none is named."""
    store = asked.services.repositories.events
    refs = list(events) or [
        line.ref for line in (await store.list(RECORDS)).items if _is_such(line.ref, asked.request.argument)
    ]
    found = [await store.get(ref.id) for ref in refs[:ANSWERS]]
    records = [record for record in found if record is not None]
    if not records:
        return None
    quoted = await sentences_of(asked.services, [record.evidence for record in records])
    quoted += [point for point in also if point.text not in {one.text for one in quoted}]
    facts = [points.event(record) for record in records]
    sections = (*section("facts", facts), *section("quotations", quoted))
    subject = records[0].ref if len(records) == 1 else None
    words = "" if subject else shortened(asked.request.argument)
    answer = Answer(label="event" if subject else "answer", subject=subject, words=words, sections=sections)
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


def _is_such(event: EntityRef, text: str) -> bool:
    """Whether an event is of the kind that a question speaks of: 论坛在哪里 is not about a 大会."""
    kinds = [kind for kind in _EVENT_KINDS if kind in text]
    return not kinds or any(kind in event.name for kind in kinds)


async def _post(asked: Asked) -> Reply | None:
    """The posts of a person."""
    people = asked.of("person")
    if not people:
        return await _who(asked)
    words = asked.needs(*people, *asked.of("topic", "event"))
    found: list[PostRecord] = []
    for person in people:
        posts = await asked.services.repositories.people.posts(person.id)
        found += [post for post in posts if covers(words, points.post_label(post))]
    return await _post_answer(asked, found, people[0] if len(people) == 1 else None)


async def _post_answer(
    asked: Asked, found: Sequence[PostRecord], person: EntityRef | None = None, *, instead: bool = False
) -> Reply | None:
    """Posts, each with the sentence that gives it.

    Args:
        asked: the question.
        found: the posts.
        person: whose they are, where they are one person's.
        instead: whether they are what a report gives instead of what was asked.
    """
    if not found:
        return None
    kind = [points.post(post) if person else points.member(post) for post in found[:RECORDS]]
    quoted = await sentences_of(asked.services, [post.evidence for post in found[:ANSWERS]])
    sections = (*section("posts" if person else "members", kind), *section("quotations", quoted))
    onward = points.onward(post.person for post in found)
    answer = Answer(
        label="speaker" if person else "answer",
        subject=person,
        words="" if person else shortened(asked.request.argument),
        sections=sections,
        onward=onward,
    )
    lead = wording(asked.request.language)("ask.instead") if instead else ""
    return answered(asked.services, asked.request, answer, argument=asked.request.argument, lead=lead)


async def _title(asked: Asked) -> Reply | None:
    """The talks of a person; whose talk it is where its title is given."""
    people = asked.of("person")
    titles = _TITLE.findall(asked.request.argument)
    works = asked.services.repositories.works
    found = [one for person in people for one in await asked.services.repositories.people.works(person.id)]
    if not people and titles:
        found = [
            one
            for one in (await works.list(RECORDS))[0]
            if any(fold_text(title) in fold_text(one.title) for title in titles)
        ]
    if not found:
        return None
    answer = lists.works(found)
    quoted = await sentences_of(asked.services, [one.evidence for one in found[:ANSWERS]])
    answer = replace(answer, sections=(*answer.sections, *section("quotations", quoted)))
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


async def _list(asked: Asked) -> Reply | None:  # noqa: PLR0911 - one for each thing that can be listed
    """The things of a kind: who is of an organisation, which works there are."""
    from handlers.commands import BY_NAME  # noqa: PLC0415 - the table lists the commands of this module

    organizations = asked.of("organization")
    if asked.question.thing == "people" and organizations:
        return await _post_answer(asked, await _members(asked, organizations))
    events = asked.of("event")
    if asked.question.thing == "people" and events and not asked.needs(*events):
        return await _role(asked, ())
    if asked.question.thing == "people" and (asked.named or asked.question.words):
        return await _who(asked)
    if asked.question.thing == "works":
        return await (_title(asked) if asked.of("person") else _works(asked))
    if asked.question.thing == "products" and organizations:
        return await show(asked.services, asked.request, organizations[0])
    if asked.question.words or asked.of("person", "product", "topic"):
        return None
    row = BY_NAME[_LISTS[asked.question.thing or "people"]]
    event = next(iter(asked.of("event")), None)
    argument = f"#{event.id}" if event is not None and row.name == "briefing" else ""
    return await row.function(
        asked.services, replace(asked.request, command=row.name, argument=argument, page=0)
    )


async def _works(asked: Asked) -> Reply | None:
    works, _ = await asked.services.repositories.works.list(RECORDS)
    wanted = [word for word in asked.needs(*asked.of("event")) if word not in _WORK_WORDS]
    found = [one for one in works if covers(wanted, f"{one.title} {one.by or ''} {one.kind}")]
    if not found:
        return None
    return answered(asked.services, asked.request, lists.works(found), argument=asked.request.argument)


async def _members(asked: Asked, organizations: Sequence[EntityRef]) -> list[PostRecord]:
    """Who has a post in an organisation or a part of it, with all that was asked for besides."""
    names = asked.services.repositories.names
    parts: dict[EntityRef, None] = dict.fromkeys(organizations)
    for one in organizations:
        near = await names.complete(one.name, {"organization"})
        parts |= dict.fromkeys(ref for ref in near if ref.name.startswith(one.name))
    left_out = tuple(ref for ref in asked.named if ref.name in {one.name for one in organizations})
    words = asked.needs(*left_out, *asked.of("event"))
    found = [
        post
        for ref in parts
        for post in await asked.services.repositories.organizations.members(ref.id)
        if covers(words, points.post_label(post))
    ]
    return list({post.evidence.fact_id: post for post in found}.values())


async def _who(asked: Asked) -> Reply | None:
    """Who said something, gave a talk, holds a post, or did what a sentence tells of somebody."""
    if _TITLE.search(asked.request.argument) and (reply := await _title(asked)) is not None:
        return reply
    people, organizations = asked.of("person"), asked.of("organization")
    words = asked.question.words
    if not asked.question.saying and (organizations or _asks_for_post(words)):
        posts = await _posts_of(asked, people) if people else await _members(asked, organizations)
        exact = [post for post in posts if not words or _is_post(post, words)]
        if exact or not words or _asks_for_post(words):
            return await _post_answer(asked, exact)
    if people and not asked.question.saying and not words:
        return await show(asked.services, asked.request, people[0])
    needs = asked.needs(*people, *asked.of("event"))
    if not needs:
        return None
    told = await statements_with(asked, people, needs)
    if told or people:
        return spoken_answer(asked, told, needs)
    return sentence_answer(asked, await _of_somebody(asked, needs))


async def _of_somebody(asked: Asked, words: Sequence[str]) -> list[SearchHit]:
    """The sentences with all the words that name a person."""
    names = asked.services.repositories.names
    found = await sentences_with(asked, words, lambda _: True)
    return [
        hit
        for hit in found
        if hit.person is not None
        or any(ref.kind == "person" for ref, _, _ in await names.mentioned_in(hit.evidence.text))
    ]


async def _posts_of(asked: Asked, people: Sequence[EntityRef]) -> list[PostRecord]:
    store = asked.services.repositories.people
    return [post for person in people for post in await store.posts(person.id)]


def _is_post(post: PostRecord, words: Sequence[str]) -> bool:
    """Whether a post is the one asked for: 副总裁 is not 总裁."""
    title = fold_text(post.title or "")
    return any(
        title == word or fold_text(points.post_label(post)).endswith(word) for word in words
    ) and not any(
        title == f"{before}{word}" for word in words for before in ("副", "前", "原", "名誉", "助理")
    )


async def _said(asked: Asked) -> Reply | None:
    """What people, or the people of an organisation, said with all the words in it; else what a sentence says."""
    people = asked.of("person")
    if not people:
        members = [post.person for post in await _all_members(asked)]
        if not members and asked.of("topic") and not needed(asked.question.words):
            return await show(asked.services, asked.request, asked.of("topic")[0])
        people = tuple(dict.fromkeys(members))
    words = asked.needs(*people, *asked.of("organization", "event"))
    if not words and len(people) == 1:
        _, said = await asked.services.repositories.people.statements(people[0].id, 1)
        return await show(asked.services, asked.request, people[0]) if said else None
    if people and (told := await statements_with(asked, people, words)):
        return spoken_answer(asked, told, words)
    if not asked.of("person") and words and (told := await statements_with(asked, (), words)):
        return spoken_answer(asked, told, words)
    everything = asked.needs(*asked.of("event"))
    if len(everything) < _TELLING_WORDS or (asked.question.saying and asked.of("person")):
        return None
    found = await sentences_with(asked, everything, lambda _: True)
    return sentence_answer(
        asked, [hit for hit in found if not asked.of("person") or hit.person in {None, *asked.of("person")}]
    )


async def _all_members(asked: Asked) -> list[PostRecord]:
    plain = replace(asked, question=replace(asked.question, words=()), named=asked.of("organization"))
    return await _members(plain, asked.of("organization")) if asked.of("organization") else []


async def _confirm(asked: Asked) -> Reply | None:
    """Whether a report says so: its sentence, or what it says in that place instead; never a bare no."""
    people, organizations = asked.of("person"), asked.of("organization")
    if len(people) == 1 and (organizations or asked.question.words) and not asked.question.saying:
        posts = await asked.services.repositories.people.posts(people[0].id)
        words = asked.needs(people[0], *asked.of("event"))
        said = [post for post in posts if covers(words, points.post_label(post))]
        if said or (
            posts and _asks_for_post((*asked.question.words, *(ref.name for ref in asked.of("topic"))))
        ):
            return await _post_answer(asked, said or posts, people[0], instead=not said)
    return await _said(asked)


async def _what(asked: Asked) -> Reply | None:
    """Anything else: the page of the one thing that it names, or who said all the words."""
    names = {ref.name for ref in asked.named}
    if len(names) == 1 and not needed(asked.question.words) and not asked.of("event"):
        return await show(asked.services, asked.request, min(asked.named, key=lambda r: FOCUS.index(r.kind)))
    return await _said(asked)


def _asks_for_post(words: Sequence[str]) -> bool:
    """Whether words end like the title of a post."""
    titles = table("titles")
    return any(word[-size:] in titles for word in words for size in range(2, min(len(word), 6) + 1))


_DATE = re.compile(r"\d{1,2}\s*月|[上本去今明]年|[年世]代|世纪|\d{1,2}日|星期|周[一二三四五六日]")
_TITLE = re.compile(r"《([^《》]{2,60})》")
_PLACE = re.compile(r"[在于][^，,。；;]{2,30}(?:举行|举办|召开|开幕|隆重|拉开|进行|办)|(?:落户|走进|来到)")
_TELLING_WORDS = 2
"""Words that a sentence must hold at least to be the answer to anything."""
_LOOKED_AT = 10
"""Figures whose neighbouring sentences are read."""
_EVENT_KINDS = ("论坛", "論壇", "大会", "大會", "峰会", "峰會", "会议", "會議")


_WORK_WORDS = frozenset({"发布", "发表", "推出", "公布"})
"""What every work is, asks for none in particular."""


_LISTS = {
    "people": "speakers",
    "works": "works",
    "products": "orgs",
    "organizations": "orgs",
    "figures": "figures",
    "topics": "topics",
    "events": "events",
}
"""The list of each kind of thing."""


async def _of_event(asked: Asked, told: Callable[[EventRecord], object], *shown: str) -> Reply | None:
    """An event that a report tells something of: its theme, who holds it.

    Args:
        asked: the question.
        told: what the report has to tell.
        shown: words of the sentence that says so, where another than the one that reports the event does.
    """
    store = asked.services.repositories.events
    refs = asked.of("event") or tuple(
        line.ref for line in (await store.list(RECORDS)).items if _is_such(line.ref, asked.request.argument)
    )
    records = [await store.get(ref.id) for ref in refs[:ANSWERS]]
    known = [record.ref for record in records if record is not None and told(record)]
    if not known or _others(asked):
        return None
    articles = {record.evidence.source.article_id for record in records if record is not None}
    said = await sentences_with(asked, shown, lambda _: True) if shown else []
    also = [
        Point(kind="quotation", text=hit.evidence.text, citation=hit.evidence)
        for hit in said
        if hit.evidence.source.article_id in articles
    ]
    return await _event_page(asked, known, also)


def _others(asked: Asked) -> bool:
    """Whether a question about an event names anything besides it."""
    names = " ".join(ref.name for ref in asked.of("event"))
    words = (word for word in needed(asked.question.words, counting=True) if word not in _EVENT_KINDS)
    return bool(asked.of("person", "organization", "product")) or bool(missing(words, names))


async def _theme(asked: Asked) -> Reply | None:
    return await _of_event(asked, lambda record: record.theme)


async def _host(asked: Asked) -> Reply | None:
    return await _of_event(asked, lambda record: record.hosts, "主办")


async def _moderator(asked: Asked) -> Reply | None:
    """Who led an event."""
    return await _role(asked, ("moderator",))


async def _role(asked: Asked, roles: Sequence[str]) -> Reply | None:
    """Who took part in an event in some roles."""
    events = asked.of("event")
    store = asked.services.repositories.events
    refs = events or tuple(line.ref for line in (await store.list(ANSWERS)).items)
    found = [
        record
        for ref in refs[:ANSWERS]
        for record in await store.participants(ref.id)
        if not roles or record.role in roles
    ]
    words = asked.needs(*events)
    if not found or words:
        return None
    quoted = await sentences_of(asked.services, [one.evidence for one in found[:ANSWERS]])
    sections = (
        *section("members", [points.participant(one) for one in found[:RECORDS]]),
        *section("quotations", quoted),
    )
    answer = Answer(
        label="answer",
        words=shortened(asked.request.argument),
        sections=sections,
        onward=points.onward(one.person for one in found),
    )
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


ANSWERERS: dict[str, Callable[[Asked], Awaitable[Reply | None]]] = {
    "number": _number,
    "when": _when,
    "where": _where,
    "theme": _theme,
    "host": _host,
    "moderator": _moderator,
    "title": _title,
    "post": _post,
    "list": _list,
    "who": _who,
    "said": _said,
    "confirm": _confirm,
    "what": _what,
}
