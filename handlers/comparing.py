"""/compare: two people, organisations, products or years on a subject, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from content.answers import Answer, Point, Section
from content.answers import comparing as composed
from content.answers.comparing import Aspect, Pair, Side, compared, pairs
from content.answers.points import figure
from content.records import EntityRef, FigureRecord, StatementRecord
from handlers.callbacks import Press
from handlers.contenders import COMPARED, Contender, Wish, alike, read_wish
from handlers.i18n import Wording, wording
from handlers.keyboards import entity_button, entity_rows, press_button, rows
from handlers.links import short_name
from handlers.lookup import CHOICES, NAME_LIMIT, example, likeliest, too_long
from handlers.pages import RECORDS, context_of, laid_out, remark, worded
from handlers.paging import Block
from handlers.render import Context, blocks, figure_label
from handlers.reply import Button, Expectation, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, joined, shortened, words
from handlers.services import Services

QUOTATIONS = 6
"""Quotations of each side at most; the rest stands on its page."""
_BLOCK = 1_500
"""UTF-16 units that stay together on a page, under a heading of their own."""
_BLOCK_ENTITIES = 60
_MEMBERS = 40
"""People of an organisation whose words are looked through."""
_SHARED = 4
"""Subjects of both that are offered."""
_EVENTS = 20


async def compare(services: Services, request: Request) -> Reply:
    """Two side by side, from an argument such as ``王海峰 吴甜 开源``; ask for what is missing in it."""
    if len(request.argument) > NAME_LIMIT:
        return too_long(request)
    wish = await read_wish(services, request.argument)
    if len(wish.sides) == 2:
        wish = Wish(alike(*wish.sides), wish.words)
    asked = await _asked(services, request, wish)
    if asked is not None:
        return asked
    first, second = wish.sides
    if (first.refs, first.year) == (second.refs, second.year):
        return await _which_second(services, request, first, "compare.same")
    if (first.year is None) != (second.year is None):
        return worded(request, "compare.year_alone", entity_rows(wording(request.language), first.refs))
    return await _beside(services, request, first, second, wish.words)


async def _asked(services: Services, request: Request, wish: Wish) -> Reply | None:
    """A question where one of the two is missing, unknown or shared by several; None where both are clear."""
    if not wish.sides:
        return await _which_first(services, request)
    for place, side in enumerate(wish.sides):
        if not side.known:
            return await _miss(services, request, wish, place)
        if len(side.refs) > 1:
            return await _which_of(services, request, wish, place)
    return None if len(wish.sides) == 2 else await _which_second(services, request, wish.sides[0])


async def _beside(
    services: Services, request: Request, first: Contender, second: Contender, subject: str
) -> Reply:
    both: list[Pair] = []
    if first.year is not None and second.year is not None:
        sides, total, both = await _years(services, (first.year, second.year), subject)
    else:
        known = [await _side(services, side.refs[0], subject) for side in (first, second)]
        sides, total = [side for side, _ in known], max(count for _, count in known)
    context = context_of(services, request)
    keyboard = await _onward(services, request, first, second, subject)
    if not both and all(side.empty for side in sides):
        names = {"first": _name(context.t, sides[0]), "second": _name(context.t, sides[1])}
        return worded(request, "compare.nothing", keyboard, **names)
    body = _body(context, sides, both, subject)
    if total > RECORDS:
        body.append(
            remark(context.t("limited", shown=context.t.number(RECORDS), total=context.t.number(total)))
        )
    argument = " ".join(part for part in (first.written, second.written, subject) if part)
    return laid_out(context, request, _heading(context, sides, subject), body, argument, keyboard)


async def _side(services: Services, ref: EntityRef, subject: str) -> tuple[Side, int]:
    """What is known of one, and how many statements there are of which 300 are looked through."""
    repositories = services.repositories
    if ref.kind == "person":
        people = repositories.people
        said, total = await people.statements(ref.id, RECORDS)
        return composed.person_side(
            ref,
            posts=await people.posts(ref.id),
            statements=said,
            figures=await people.figures(ref.id),
            works=await people.works(ref.id),
            words=subject,
            limit=QUOTATIONS,
        ), total
    if ref.kind == "organization":
        organizations = repositories.organizations
        members = await organizations.members(ref.id)
        spoken: list[StatementRecord] = []
        total = 0
        for person in list(dict.fromkeys(post.person for post in members))[:_MEMBERS]:
            found, count = await repositories.people.statements(person.id, RECORDS)
            spoken, total = [*spoken, *found], total + count
        return composed.organization_side(
            ref,
            members=members,
            products=await organizations.products(ref.id),
            statements=spoken[:RECORDS],
            figures=await organizations.figures(ref.id),
            works=await organizations.works(ref.id),
            words=subject,
            limit=QUOTATIONS,
        ), total
    said, total = await repositories.products.statements(ref.id, RECORDS)
    return composed.product_side(
        ref,
        statements=said,
        figures=await repositories.products.figures(ref.id),
        milestones=await repositories.products.milestones(ref.id),
        words=subject,
        limit=QUOTATIONS,
    ), total


async def _years(
    services: Services, years: tuple[int, int], subject: str
) -> tuple[list[Side], int, list[Pair]]:
    """What is known of two years, how much at most there is, and the figures that both state."""
    store, events = services.repositories.years, services.repositories.events
    asked = subject or None
    figures, counts = zip(*[await store.figures(year, RECORDS, asked) for year in years], strict=True)
    both = list(pairs(*figures))
    taken = {record.evidence.fact_id for pair in both for record in (pair.first, pair.second)}
    sides = []
    for year, found in zip(years, figures, strict=True):
        dated, dates = await store.milestones(year, RECORDS, asked)
        said, spoken = await store.statements(year, RECORDS, asked) if subject else ((), 0)
        known = [await events.get(number) for number in await store.events(year, _EVENTS)]
        counts = (*counts, dates, spoken)
        side = composed.year_side(
            year,
            events=[event for event in known if event is not None],
            figures=[record for record in found if record.evidence.fact_id not in taken],
            milestones=dated,
            statements=said,
            words=subject,
            limit=QUOTATIONS,
            paired=bool(both),
        )
        sides.append(side)
    return sides, max(counts), both


def _heading(context: Context, sides: Sequence[Side], subject: str) -> Text:
    rich = RichText().own("⚖️ ").add(_name(context.t, sides[0]), "bold").own(" · ")
    rich.add(_name(context.t, sides[1]), "bold")
    if subject:
        rich.own(" — ").add(context.t("quoted", text=shortened(subject)))
    return rich.build()


def _name(t: Wording, side: Side) -> str:
    return t.date(str(side.subject)) if isinstance(side.subject, int) else side.subject.name


def _body(context: Context, sides: Sequence[Side], both: Sequence[Pair], subject: str) -> list[Block]:
    body = [Block(_paired(context, both))] if both else []
    aspects = compared(sides[0], sides[1])
    for aspect in aspects:
        body += _aspect(context, aspect, subject)
    if subject and not both and not {one.label for one in aspects} - {"posts", "members", "products"}:
        rich = RichText().compose(context.t.template("compare.nothing_about"), "italic", words=subject)
        body.append(Block(rich.build()))
    return body


def _aspect(context: Context, aspect: Aspect, subject: str) -> list[Block]:
    """One thing that the two are compared in, together where it is short."""
    about = subject if aspect.label == "statements" else ""
    key = "compare.aspect.statements_about" if about else f"compare.aspect.{aspect.label}"
    title = RichText().compose(context.t.template(key), "bold", words=about).build()
    texts = [
        joined([_place(context, side), *run], "\n")
        for side, found in aspect.places
        for run in _runs(_pieces(context, side, aspect, found))
    ]
    whole = joined([title, *texts], "\n\n")
    if whole.units <= _BLOCK and len(whole.entities) <= _BLOCK_ENTITIES:
        return [Block(joined([title, joined(texts, "\n\n")], "\n"))]
    # Whatever begins a page says what and whose it is.
    return [Block(joined([title, text], "\n")) for text in texts]


def _place(context: Context, side: Side) -> Text:
    t = context.t
    if isinstance(side.subject, int):
        return RichText().own("📅 ").add(_name(t, side), "bold").build()
    icon = t(f"icon.{side.subject.kind}")
    return RichText().own(f"{icon} ").add(side.subject.name, "bold", url=context.entity(side.subject)).build()


def _pieces(context: Context, side: Side, aspect: Aspect, found: Sequence[Point]) -> list[Text]:
    """What one side has to say, piece by piece; plain words where it is nothing."""
    if not found:
        return [words(context.t("compare.missing"), "italic")]
    subject = side.subject if isinstance(side.subject, EntityRef) else None
    answer = Answer(label="compare", subject=subject)
    if aspect.label == "statements":
        pieces = [_spoken(context, answer, point) for point in found]
    else:
        pieces = [block.text for block in blocks(context, _answer(answer, found))]
    if more := side.more.get(aspect.label):
        pieces.append(words(context.t("compare.more", count=context.t.number(more)), "italic"))
    return pieces


def _spoken(context: Context, answer: Answer, point: Point) -> Text:
    """A quotation, under who said it where that is not the one that is compared."""
    (block,) = blocks(context, _answer(answer, [point]))
    if point.entity == answer.subject and point.entity is not None:
        return block.text
    if point.entity is None:
        return joined([words(context.t("section.group")), block.text], "\n")
    return joined([words(point.entity.name, url=context.entity(point.entity)), block.text], "\n")


def _answer(answer: Answer, found: Sequence[Point]) -> Answer:
    section = Section(label="quantities", points=tuple(found))
    return Answer(label=answer.label, subject=answer.subject, sections=(section,))


def _runs(pieces: Sequence[Text]) -> list[list[Text]]:
    """Pieces in groups that each fit well on a page."""
    runs: list[list[Text]] = []
    units = entities = 0
    for piece in pieces:
        units, entities = units + piece.units, entities + len(piece.entities)
        if not runs or units > _BLOCK or entities > _BLOCK_ENTITIES:
            runs.append([])
            units, entities = piece.units, len(piece.entities)
        runs[-1].append(piece)
    return runs


def _paired(context: Context, both: Sequence[Pair]) -> Text:
    t = context.t
    lines = [words(t("compare.aspect.both"), "bold")]
    for pair in both:
        label = figure_label(t, pair.first.subject or "", pair.first.period, None)
        rich = RichText().own("• ").add(label).own(t("colon"))
        rich.append(_stated(context, pair.first)).own(" → ").append(_stated(context, pair.second))
        if pair.change is not None:
            key = "compare.change_points" if pair.in_points else "compare.change"
            number = t.number(round(pair.change, 1))
            change = number if pair.change <= 0 else f"+{number}"
            rich.own(" ").own(t(key, change=change), "italic")
        lines.append(rich.build())
    return joined(lines, "\n")


def _stated(context: Context, record: FigureRecord) -> Text:
    """A figure in the article's words, with the way to its sentence."""
    point = figure(record)
    quoted = context.t("quoted", text=point.text)
    return words(quoted, "bold", url=context.fact(point.citation))


async def _onward(
    services: Services, request: Request, first: Contender, second: Contender, subject: str
) -> Keyboard:
    """Subjects that both spoke about, and the pages of the two."""
    t = wording(request.language)
    refs = (*first.refs, *second.refs)
    buttons: list[Button] = []
    if not subject and {ref.kind for ref in refs} == {"person"}:
        people = services.repositories.people
        mine, theirs = [await people.topics(ref.id, 50) for ref in refs]
        shared = {topic.ref for topic in theirs}
        for topic in [topic.ref for topic in mine if topic.ref in shared]:
            press = Press("compare", f"{first.written} {second.written} {topic.name}")
            if press.fits and len(buttons) < _SHARED:
                buttons.append(press_button(f"⚖️ {topic.name}", press))
    return (*rows(buttons), *entity_rows(t, refs))


def _choices(
    t: Wording, refs: Sequence[EntityRef], before: str = "", after: str = "", notes: Sequence[str | None] = ()
) -> Keyboard:
    """A button for each that goes on with the comparison; what it cannot carry is left to be written."""
    buttons: list[Button] = []
    for index, ref in enumerate(refs):
        label = entity_button(t, ref, note=notes[index] if notes else None).text
        whole = " ".join(part for part in (before, short_name(ref), after) if part)
        brief = " ".join(part for part in (before, short_name(ref)) if part)
        press = next(
            (press for text in (whole, brief) if (press := Press("compare", text, mode="=")).fits),
            Press("compare", short_name(ref), mode="="),
        )
        buttons.append(press_button(label, press))
    return rows(buttons) if not notes else tuple((button,) for button in buttons)


async def _which_first(services: Services, request: Request) -> Reply:
    t = wording(request.language)
    people = await likeliest(services, "person", CHOICES - 2)
    refs = (*people, *await likeliest(services, "organization", 2))
    if not refs:
        return worded(request, "nothing_yet")
    names = " ".join(ref.name for ref in (refs[:2] if len(people) > 1 else refs[-2:]))
    reply = worded(request, "ask.compare", _choices(t, refs), example=example("compare", names))
    return Reply(reply.messages, expects=Expectation("compare", yields=True))


async def _which_second(
    services: Services, request: Request, first: Contender, key: str = "ask.compare_second"
) -> Reply:
    """Ask beside whom, with buttons of those who share the most with the first."""
    t = wording(request.language)
    if first.year is not None:
        years = [year for year in await services.repositories.years.list(CHOICES + 1) if year != first.year]
        buttons = [
            press_button(t.date(str(year)), Press("compare", f"{first.year} {year}", mode="="))
            for year in years[:CHOICES]
        ]
        name, keyboard = t.date(str(first.year)), rows(buttons)
    else:
        ref = first.refs[0]
        found: dict[EntityRef, None] = {}
        if ref.kind == "person":
            for topic in await services.repositories.people.topics(ref.id, 5):
                found |= {one.ref: None for one in await services.repositories.topics.people(topic.ref.id)}
        found |= dict.fromkeys(await likeliest(services, ref.kind, CHOICES + 1))
        found.pop(ref, None)
        name, keyboard = ref.name, _choices(t, list(found)[:CHOICES], first.written)
    reply = worded(request, key, keyboard, name=name)
    return Reply(reply.messages, expects=Expectation("compare", f"{first.written} ", yields=True))


async def _which_of(services: Services, request: Request, wish: Wish, place: int) -> Reply:
    """Ask which of several of one name is meant, each with what tells it apart."""
    refs = wish.sides[place].refs[:CHOICES]
    notes = [await services.repositories.names.describe(ref) or "" for ref in refs]
    keyboard = _choices(wording(request.language), refs, *_around(wish, place), notes)
    return _asked_again(request, "ask.which", wish, place, keyboard, count=str(len(wish.sides[place].refs)))


async def _miss(services: Services, request: Request, wish: Wish, place: int) -> Reply:
    """Say that one name is not known, with the nearest, or that such a thing cannot be compared."""
    side, t = wish.sides[place], wording(request.language)
    if side.other is not None:
        return worded(request, "compare.not_comparable", entity_rows(t, [side.other]), name=side.other.name)
    names = services.repositories.names
    near = await names.nearest(side.text, COMPARED) or await names.complete(side.text, COMPARED)
    key = "miss.near" if near else "miss.none"
    return _asked_again(request, key, wish, place, _choices(t, near[:CHOICES], *_around(wish, place)))


def _around(wish: Wish, place: int) -> tuple[str, str]:
    """What stands before and after a side in the argument."""
    before = [side.written for side in wish.sides[:place]]
    after = [side.written for side in wish.sides[place + 1 :]]
    return " ".join(before), " ".join((*after, wish.words)).strip()


def _asked_again(
    request: Request, key: str, wish: Wish, place: int, keyboard: Keyboard, **parts: str
) -> Reply:
    """A question about one side; it says where its buttons cannot carry the subject."""
    before, after = _around(wish, place)
    reply = worded(request, key, keyboard, name=shortened(wish.sides[place].text), **parts)
    longest = Press("compare", " ".join(part for part in (before, "#s9999999", after) if part))
    if not keyboard or longest.fits:
        return reply
    note = (
        RichText()
        .own("\n")
        .compose(wording(request.language).template("compare.write_again"), words=shortened(after))
    )
    message = reply.messages[0]
    text = RichText().append(message.text).append(note.build()).build()
    return Reply((type(message)(text, message.keyboard),))
