"""/speaker /org /event /topic /product: everything that is known about one name."""

from __future__ import annotations

from dataclasses import replace

from content.answers import Answer
from content.answers import pages as answers
from content.answers.quotations import marks
from content.records import EntityRef
from handlers.callbacks import Press
from handlers.exporting import EXPORTED as _EXPORTED
from handlers.i18n import wording
from handlers.keyboards import press_button, rows
from handlers.links import short_name
from handlers.lookup import miss, show_named
from handlers.pages import RECORDS, answered, worded
from handlers.reply import Keyboard, Reply
from handlers.request import Request
from handlers.searching import search
from handlers.services import Services


async def speaker(services: Services, request: Request) -> Reply:
    """Who somebody is, where they spoke, what they said, which figures they gave."""

    async def show(ref: EntityRef) -> Reply:
        return await show_speaker(services, request, ref)

    return await show_named(services, request, "person", show)


async def said_about(
    services: Services, request: Request, ref: EntityRef, words: tuple[str, ...]
) -> Reply | None:
    """What a person said with these words in it, the words marked; None where that is nothing."""
    people = services.repositories.people
    statements, _ = await people.statements(ref.id, RECORDS)
    found = [record for record in statements if all(marks(record.evidence.text, word) for word in words)]
    if not found:
        return None
    answer = answers.about_person(
        ref, posts=await people.posts(ref.id), statements=found, total=len(found), word=" ".join(words)
    )
    return answered(services, request, answer, argument=request.argument)


async def show_speaker(services: Services, request: Request, ref: EntityRef) -> Reply:
    """The page of a person."""
    repositories = services.repositories
    people = repositories.people
    statements, total = await people.statements(ref.id, RECORDS)
    records = await people.participations(ref.id)
    events = {record.event.id for record in records if record.event}
    known = {event_id: await repositories.events.get(event_id) for event_id in events}
    answer = answers.about_person(
        ref,
        posts=await people.posts(ref.id),
        appearances=[(record, known[record.event.id] if record.event else None) for record in records],
        statements=statements,
        total=total,
        figures=await people.figures(ref.id),
        works=await people.works(ref.id),
        topics=await people.topics(ref.id),
    )
    pictures = _onward(request, ref, *(("card",) if statements else ()), "compare", "export")
    return _shown(services, request, answer, ref, total, pictures)


async def org(services: Services, request: Request) -> Reply:
    """Who belongs to an organisation, its products, figures and works."""

    async def show(ref: EntityRef) -> Reply:
        organizations = services.repositories.organizations
        answer = answers.about_organization(
            ref,
            members=await organizations.members(ref.id),
            products=await organizations.products(ref.id),
            figures=await organizations.figures(ref.id),
            works=await organizations.works(ref.id),
        )
        return _shown(services, request, answer, ref)

    return await show_named(services, request, "organization", show)


async def event(services: Services, request: Request) -> Reply:
    """When and where an event was, and who took part."""

    async def show(ref: EntityRef) -> Reply:
        events = services.repositories.events
        record = await events.get(ref.id)
        if record is None:
            return await miss(services, request, "event")
        answer = answers.about_event(
            record, participants=await events.participants(ref.id), topics=await events.topics(ref.id)
        )
        _, figures = await services.repositories.figures.list(1, 0, None, ref.id)
        _, dates = await services.repositories.milestones.list(1, 0, None, ref.id)
        ways = {
            "briefing": True,
            "network": bool(answer.sections[1:]),
            "chart": figures > 0,
            "chronicle": dates > 0,
            "export": True,
        }
        return _shown(
            services,
            request,
            answer,
            ref,
            extra=_onward(request, ref, *(command for command, there in ways.items() if there)),
        )

    return await show_named(services, request, "event", show)


async def topic(services: Services, request: Request) -> Reply:
    """What was said about a topic, speaker by speaker; a word that is no topic is searched for."""

    async def show(ref: EntityRef) -> Reply:
        statements, total = await services.repositories.topics.statements(ref.id, RECORDS)
        answer = answers.about_topic(ref, statements=statements, total=total)
        speakers = [one for one in answer.onward if one.kind == "person"][:2]
        press = Press("compare", " ".join((*map(short_name, speakers), ref.name)))
        two = len(speakers) > 1 and press.fits
        extra = ((press_button(wording(request.language)("button.side_by_side"), press),),) if two else ()
        return _shown(services, request, answer, ref, total, extra)

    async def missed() -> Reply:
        return await search(services, replace(request, command="search"))

    return await show_named(services, request, "topic", show, missed)


async def product(services: Services, request: Request) -> Reply:
    """Whose product it is, its figures and dates, and what was said about it."""

    async def show(ref: EntityRef) -> Reply:
        products = services.repositories.products
        statements, total = await products.statements(ref.id, RECORDS)
        answer = answers.about_product(
            ref,
            mentions=await products.mentions(ref.id),
            figures=await products.figures(ref.id),
            milestones=await products.milestones(ref.id),
            statements=statements,
            total=total,
        )
        return _shown(services, request, answer, ref, total)

    return await show_named(services, request, "product", show)


def _onward(request: Request, ref: EntityRef, *commands: str) -> Keyboard:
    """Buttons for what else can be done with the thing that a page is about."""
    t = wording(request.language)
    argument = {"compare": short_name(ref)}
    if ref.kind in _EXPORTED:
        argument["export"] = f"{_EXPORTED[ref.kind]}{ref.id}"
    return rows(
        [
            press_button(
                t("button.side_by_side" if command == "compare" else f"button.{command}"),
                Press(command, argument.get(command, f"#{ref.id}")),
            )
            for command in commands
        ]
    )


def _shown(
    services: Services, request: Request, answer: Answer, ref: EntityRef, total: int = 0, extra: Keyboard = ()
) -> Reply:
    if answer.empty:
        return worded(request, "known_by_name", name=ref.name)
    follow = press_button(
        wording(request.language)("button.follow_this"), Press("follow", f"#{ref.kind}:{ref.id}")
    )
    extra = (*extra, (follow,))
    return answered(services, request, answer, argument=f"#{ref.id}", extra=extra, total=total)
