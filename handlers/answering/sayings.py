"""Answers from what was said, or what a sentence says: opinions, yes and no, anything else."""

from __future__ import annotations

from content.answers import points
from content.answers.matching import covers, needed
from handlers.answering.people import all_members, asks_for_post, is_post, post_answer
from handlers.asked import (
    FOCUS,
    Asked,
    sentence_answer,
    sentences_with,
    show,
    spoken_answer,
    statements_with,
)
from handlers.reply import Reply

_TELLING_WORDS = 2
"""Words that a sentence must hold at least to be the answer to anything."""


async def said(asked: Asked) -> Reply | None:
    """What people, or the people of an organisation, said with all the words; else what a sentence says."""
    people = asked.of("person")
    if not people:
        members = [post.person for post in await all_members(asked)]
        if not members and asked.of("topic") and not needed(asked.question.words):
            return await show(asked.services, asked.request, asked.of("topic")[0])
        people = tuple(dict.fromkeys(members))
    words = asked.needs(*people, *asked.of("event", *(() if asked.of("person") else ("organization",))))
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
    found = await sentences_with(asked, everything)
    return sentence_answer(
        asked, [hit for hit in found if not asked.of("person") or hit.person in {None, *asked.of("person")}]
    )


async def confirm(asked: Asked) -> Reply | None:
    """Whether a report says so: its sentence, or what it says in that place instead; never a bare no."""
    people, organizations = asked.of("person"), asked.of("organization")
    if len(people) == 1 and (organizations or asked.question.words) and not asked.question.saying:
        posts = await asked.services.repositories.people.posts(people[0].id)
        words = asked.needs(people[0], *asked.of("event"))
        told = [post for post in posts if covers(words, points.post_label(post))]
        titled = (*asked.question.words, *(ref.name for ref in asked.of("topic")))
        if asks_for_post(titled):
            told = [post for post in told if is_post(post, titled)]
        if told or (posts and asks_for_post(titled)):
            return await post_answer(asked, told or posts, people[0], instead=not told)
    return await said(asked)


async def what(asked: Asked) -> Reply | None:
    """Anything else: the page of the one thing that it names, or who said all the words."""
    names = {ref.name for ref in asked.named}
    if len(names) == 1 and not needed(asked.question.words) and not asked.of("event"):
        return await show(asked.services, asked.request, min(asked.named, key=lambda r: FOCUS.index(r.kind)))
    return await said(asked)
