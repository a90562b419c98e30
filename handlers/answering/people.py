"""Answers about people: posts, talks, who they are and who did what; lists of them and of what they made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.answers import lists, points
from content.answers.matching import covers
from content.answers.model import Answer
from content.answers.pages import section
from content.folding import fold_text
from content.lexicon import table
from content.records import EntityRef, PostRecord, SearchHit
from handlers.asked import (
    ANSWERS,
    Asked,
    sentence_answer,
    sentences_of,
    sentences_with,
    show,
    spoken_answer,
    statements_with,
    with_sentences,
)
from handlers.i18n import wording
from handlers.pages import RECORDS
from handlers.reply import Reply
from handlers.rich_text import shortened

_TITLE = re.compile(r"《([^《》]{2,60})》")


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


async def post(asked: Asked) -> Reply | None:
    """The posts of a person."""
    people = asked.of("person")
    if not people:
        return await who(asked)
    words = asked.needs(*people, *asked.of("topic", "event"))
    posts = await posts_of(asked, people)
    found = [post for post in posts if covers(words, points.post_label(post))]
    return await post_answer(asked, found, people[0] if len(people) == 1 else None)


async def post_answer(
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
    return asked.reply(answer, lead)


async def title(asked: Asked) -> Reply | None:
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
    return asked.reply(await with_sentences(asked, answer, [one.evidence for one in found[:ANSWERS]]))


async def list_(asked: Asked) -> Reply | None:  # noqa: PLR0911 - one for each thing that can be listed
    """The things of a kind: who is of an organisation, which works there are."""
    from handlers.commands import BY_NAME  # noqa: PLC0415 - the table lists the commands of this module

    organizations = asked.of("organization")
    if asked.question.thing == "people" and organizations:
        return await post_answer(asked, await members(asked, organizations))
    events = asked.of("event")
    if asked.question.thing == "people" and events and not asked.needs(*events):
        return await role(asked, ())
    if asked.question.thing == "people" and (asked.named or asked.question.words):
        return await who(asked)
    if asked.question.thing == "works":
        return await (title(asked) if asked.of("person") else _works(asked))
    if asked.question.thing == "products" and organizations:
        return await show(asked.services, asked.request, organizations[0])
    if asked.question.words or asked.of("person", "product", "topic"):
        return None
    row = BY_NAME[_LISTS[asked.question.thing or "people"]]
    return await row.function(asked.services, replace(asked.request, command=row.name, argument="", page=0))


async def _works(asked: Asked) -> Reply | None:
    works, _ = await asked.services.repositories.works.list(RECORDS)
    wanted = [word for word in asked.needs(*asked.of("event")) if word not in _WORK_WORDS]
    found = [one for one in works if covers(wanted, f"{one.title} {one.by or ''} {one.kind}")]
    if not found:
        return None
    return asked.reply(lists.works(found))


async def role(asked: Asked, roles: Sequence[str]) -> Reply | None:
    """Who took part in an event in some roles."""
    events = asked.of("event")
    if asked.needs(*events):
        return None
    store = asked.services.repositories.events
    refs = events or tuple(line.ref for line in (await store.list(ANSWERS)).items)
    found = [
        record
        for ref in refs[:ANSWERS]
        for record in await store.participants(ref.id)
        if not roles or record.role in roles
    ]
    if not found:
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
    return asked.reply(answer)


async def members(asked: Asked, organizations: Sequence[EntityRef]) -> list[PostRecord]:
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


async def all_members(asked: Asked) -> list[PostRecord]:
    """Everybody who has a post in the organisations that a question names."""
    plain = replace(asked, question=replace(asked.question, words=()), named=asked.of("organization"))
    return await members(plain, asked.of("organization")) if asked.of("organization") else []


async def who(asked: Asked) -> Reply | None:
    """Who said something, gave a talk, holds a post, or did what a sentence tells of somebody."""
    if _TITLE.search(asked.request.argument) and (reply := await title(asked)) is not None:
        return reply
    people, organizations = asked.of("person"), asked.of("organization")
    words = asked.question.words
    if not asked.question.saying and (organizations or asks_for_post(words)):
        posts = await posts_of(asked, people) if people else await members(asked, organizations)
        exact = [post for post in posts if not words or is_post(post, words)]
        if exact or not words or asks_for_post(words):
            return await post_answer(asked, exact)
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
    found = await sentences_with(asked, words)
    return [
        hit
        for hit in found
        if hit.person is not None
        or any(ref.kind == "person" for ref, _, _ in await names.mentioned_in(hit.evidence.text))
    ]


async def posts_of(asked: Asked, people: Sequence[EntityRef]) -> list[PostRecord]:
    """The posts of some people."""
    store = asked.services.repositories.people
    return [post for person in people for post in await store.posts(person.id)]


def is_post(post: PostRecord, words: Sequence[str]) -> bool:
    """Whether a post is the one asked for: 副总裁 is not 总裁."""
    title = fold_text(post.title or "")
    return any(
        title == word or fold_text(points.post_label(post)).endswith(word) for word in words
    ) and not any(
        title == f"{before}{word}" for word in words for before in ("副", "前", "原", "名誉", "助理")
    )


def asks_for_post(words: Sequence[str]) -> bool:
    """Whether words end like the title of a post."""
    titles = table("titles")
    return any(word[-size:] in titles for word in words for size in range(2, min(len(word), 6) + 1))
