"""Answers to questions: each kind of question from its kind of fact; None where no report says it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from content.answers import lists, points
from content.answers.model import Answer
from content.answers.pages import section
from content.answers.questions import (
    counts,
    covers,
    figures_about,
    figures_called,
)
from content.records import EntityRef, FigureRecord, PostRecord
from handlers.asked import (
    ANSWERS,
    FOCUS,
    SPOKEN,
    Asked,
    sentences_of,
    show,
    spoken_answer,
    statements_with,
)
from handlers.pages import RECORDS, answered
from handlers.reply import Reply
from handlers.rich_text import shortened
from handlers.services import Services


async def _number(asked: Asked) -> Reply | None:
    """The figures that count what was asked for, each with its sentence."""
    holders = asked.of("person", "product", "organization", "event") or asked.named
    for ref in sorted(holders, key=lambda ref: FOCUS.index(ref.kind)):
        found = figures_about(await _figures(asked.services, ref), asked.words(*_same(asked, ref)))
        if found:
            return _figure_answer(asked, found, ref)
    if not asked.question.words:
        return None
    records, _ = await asked.services.repositories.figures.list(RECORDS, 0)
    if asked.named:
        names = asked.words()[: -len(asked.question.words)]
        found = figures_called(records, names, asked.question.words)
    else:
        found = figures_about(records, asked.question.words)
    if found:
        return _figure_answer(asked, found, None)
    words = asked.words(*asked.of("event"))
    told, _ = await asked.services.repositories.facts.statements(SPOKEN)
    return spoken_answer(asked, [one for one in told if counts(words, one.evidence.text)][:ANSWERS], words)


def _figure_answer(asked: Asked, found: Sequence[FigureRecord], ref: EntityRef | None) -> Reply:
    answer = lists.figures_in_sentences(found[:ANSWERS], ref, shortened(asked.request.argument))
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


def _same(asked: Asked, ref: EntityRef) -> tuple[EntityRef, ...]:
    """Everything of the name of one thing: a product is often a subject too."""
    return tuple(other for other in asked.named if other.name == ref.name)


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
    if not asked.question.words and (events or not asked.named):
        return await _event_page(asked, events)
    words = asked.words()
    records, _ = await milestones.list(RECORDS, 0)
    found = [record for record in records if covers(words, f"{record.text} {record.date}")]
    if not found:
        return None
    answer = lists.timeline(found[:ANSWERS], shortened(asked.request.argument))
    quoted = await sentences_of(asked.services, [record.evidence for record in found[:ANSWERS]])
    answer = replace(answer, sections=(*answer.sections, *section("quotations", quoted)))
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


async def _where(asked: Asked) -> Reply | None:
    """Where an event was, or for whom somebody works."""
    if asked.question.words:
        return None
    return await _post(asked) if asked.of("person") else await _event_page(asked, asked.of("event"))


async def _event_page(asked: Asked, events: Sequence[EntityRef]) -> Reply | None:
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
    words = asked.words(*people, *asked.of("topic", "event"))
    found: list[PostRecord] = []
    for person in people:
        posts = await asked.services.repositories.people.posts(person.id)
        found += [post for post in posts if covers(words, points.post_label(post))]
    return await _post_answer(asked, found, people[0] if len(people) == 1 else None)


async def _post_answer(
    asked: Asked, found: Sequence[PostRecord], person: EntityRef | None = None
) -> Reply | None:
    """Posts, each with the sentence that gives it."""
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
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


async def _title(asked: Asked) -> Reply | None:
    """The talks of a person."""
    found = [
        work
        for person in asked.of("person")
        for work in await asked.services.repositories.people.works(person.id)
    ]
    if not found:
        return None
    answer = lists.works(found)
    return answered(asked.services, asked.request, answer, argument=asked.request.argument)


async def _list(asked: Asked) -> Reply | None:  # noqa: PLR0911 - one for each thing that can be listed
    """The things of a kind: who is of an organisation, which works there are."""
    from handlers.commands import BY_NAME  # noqa: PLC0415 - the table lists the commands of this module

    organizations = asked.of("organization")
    if asked.question.thing == "people" and organizations:
        return await _post_answer(asked, await _members(asked, organizations))
    if asked.question.thing == "people" and (asked.named or asked.question.words):
        return await _who(asked)
    if asked.question.thing == "works":
        works, _ = await asked.services.repositories.works.list(RECORDS)
        words = asked.words(*asked.of("event"))
        wanted = [word for word in words if word not in _WORK_WORDS]
        found = [one for one in works if covers(wanted, f"{one.title} {one.by or ''} {one.kind}")]
        if not found:
            return None
        return answered(asked.services, asked.request, lists.works(found), argument=asked.request.argument)
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
    wanted = [word for word in asked.words(*asked.of("event")) if word not in _WORK_WORDS]
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
    words = asked.words(*left_out, *asked.of("event"))
    found = [
        post
        for ref in parts
        for post in await asked.services.repositories.organizations.members(ref.id)
        if covers(words, points.post_label(post))
    ]
    return list({post.evidence.fact_id: post for post in found}.values())


async def _who(asked: Asked) -> Reply | None:
    """Who said something, or who holds a post."""
    organizations = asked.of("organization")
    if organizations and not asked.question.saying:
        exact = [
            post
            for post in await _members(asked, organizations)
            if not asked.question.words or _is_post(post, asked.question.words)
        ]
        if exact:
            return await _post_answer(asked, exact)
        return None
    if asked.of("person") and not asked.question.saying and not asked.question.words:
        return await show(asked.services, asked.request, asked.of("person")[0])
    if not asked.question.saying:
        return None
    people = asked.of("person")
    words = asked.words(*people, *asked.of("event"))
    if not words:
        return None
    return spoken_answer(asked, await statements_with(asked, people, words), words)


def _is_post(post: PostRecord, words: Sequence[str]) -> bool:
    """Whether a post is the one asked for: 副总裁 is not 总裁."""
    from content.folding import fold_text  # noqa: PLC0415 - loads a table

    title = fold_text(post.title or "")
    return any(
        title == word or fold_text(points.post_label(post)).endswith(word) for word in words
    ) and not any(
        title == f"{before}{word}" for word in words for before in ("副", "前", "原", "名誉", "助理")
    )


async def _said(asked: Asked) -> Reply | None:
    """What people, or the people of an organisation, said with all the words in it."""
    people = asked.of("person")
    if not people:
        members = [post.person for post in await _all_members(asked)]
        people = tuple(dict.fromkeys(members))
        if not people and asked.of("topic") and not asked.question.words:
            return await show(asked.services, asked.request, asked.of("topic")[0])
        if not people and not asked.words():
            return None
    words = asked.words(*asked.of("person", "organization", "event"))
    if not words and len(people) == 1:
        _, said = await asked.services.repositories.people.statements(people[0].id, 1)
        return await show(asked.services, asked.request, people[0]) if said else None
    if not people and not words:
        return None
    return spoken_answer(asked, await statements_with(asked, people, words), words)


async def _all_members(asked: Asked) -> list[PostRecord]:
    plain = replace(asked, question=replace(asked.question, words=()), named=asked.of("organization"))
    return await _members(plain, asked.of("organization")) if asked.of("organization") else []


async def _confirm(asked: Asked) -> Reply | None:
    """Whether a report says so: its sentence, or what it says in that place instead; never a bare no."""
    people, organizations = asked.of("person"), asked.of("organization")
    if len(people) == 1 and (organizations or asked.question.words) and not asked.question.saying:
        posts = await asked.services.repositories.people.posts(people[0].id)
        words = asked.words(people[0], *asked.of("topic", "event"))
        said = [post for post in posts if covers(words, points.post_label(post))]
        if said or (posts and _asks_for_post(asked.question.words)):
            return await _post_answer(asked, said or posts, people[0])
    words = asked.words(*people, *asked.of("event"))
    if not words:
        return None
    return spoken_answer(asked, await statements_with(asked, people, words), words)


async def _what(asked: Asked) -> Reply | None:
    """Anything else: the page of the one thing that it names, or who said all the words."""
    names = {ref.name for ref in asked.named}
    if len(names) == 1 and not asked.question.words:
        return await show(asked.services, asked.request, min(asked.named, key=lambda r: FOCUS.index(r.kind)))
    return await _said(asked)


def _asks_for_post(words: Sequence[str]) -> bool:
    """Whether words end like the title of a post."""
    from content.lexicon import table  # noqa: PLC0415 - only here

    titles = table("titles")
    return any(word[-size:] in titles for word in words for size in range(2, min(len(word), 6) + 1))


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


ANSWERERS: dict[str, Callable[[Asked], Awaitable[Reply | None]]] = {
    "number": _number,
    "when": _when,
    "where": _where,
    "title": _title,
    "post": _post,
    "list": _list,
    "who": _who,
    "said": _said,
    "confirm": _confirm,
    "what": _what,
}
