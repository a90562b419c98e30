"""/review: an article on the editors' desk, and every step of looking it through."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import get_args

from content.answers import drafts as drafted
from content.duplicates import differences
from content.records import FactKind
from handlers.callbacks import Press
from handlers.cards import fact_card
from handlers.drafts import drafts
from handlers.editing import deed_of, merge, number_of, undo_row
from handlers.i18n import Wording, wording
from handlers.keyboards import press_button, rows
from handlers.pages import context_of, laid_out, said, worded
from handlers.paging import Block
from handlers.render import blocks, source_label
from handlers.reply import Button, Expectation, Keyboard, Message, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, neutral, shortened
from handlers.services import Services
from storage.review import Conflict, Sheet

_ALIKE = 3
"""Articles that a card calls nearly the same, at most."""


_STEP = re.compile(r"#?(\d{1,18})(?: +(\S+)(?: +(.*))?)?", re.DOTALL)
META = ("title", "publisher", "via", "url", "published")
"""What is known of where an article comes from."""


KINDS: tuple[FactKind, ...] = get_args(FactKind)


async def review(services: Services, request: Request) -> Reply:
    """An article on the editors' desk, and every step of looking it through."""
    t = wording(request.language)
    if not request.argument:
        return await drafts(services, replace(request, command="drafts"))
    step = _STEP.fullmatch(request.argument)
    sheet = await services.repositories.review.sheet(int(step[1])) if step else None
    if step is None or sheet is None:
        return worded(request, "miss.article", id=shortened(request.argument, 20))
    act = _STEPS.get(step[2] or "")
    if act is None:
        return Reply((article_card(t, sheet),))
    return await act(services, request, sheet, step[3] or "")


def article_card(t: Wording, sheet: Sheet) -> Message:
    """What was found in an article, how sure it is, what disagrees, and what can be done."""
    number = sheet.source.article_id
    rich = RichText().own(t(f"state.{sheet.state}") + f" {number}", "bold")
    if sheet.source.title:
        rich.own("\n").add(shortened(sheet.source.title, 100), "bold")
    known = sheet.source.publisher or sheet.source.via
    label = source_label(t, sheet.source) if known else t("source.unknown")
    rich.own("\n").add(label, "italic")
    rich.own(" · ").own(t("review.length", count=t.number(len(sheet.text))))
    rich.own("\n\n" + t("fact.event") + t("colon"))
    if sheet.event:
        rich.add(sheet.event)
        details = [t.date(sheet.date) if sheet.date else None, sheet.place]
        known = " · ".join(one for one in details if one)
        if known:
            rich.own("（").add(known).own("）")
    else:
        rich.own(t("settings.none"))
    for kind in KINDS:
        tally = sheet.tallies.get(kind)
        if tally is None or kind == "event":
            continue
        rich.own("\n" + t(f"fact.{kind}") + f" {t.number(tally.found)}")
        notes = [("unsure", tally.unsure), ("right", tally.right), ("wrong", tally.wrong)]
        shown = [t(f"review.{name}", count=t.number(count)) for name, count in notes if count]
        if shown:
            rich.own("（" + "，".join(shown) + "）")
    for conflict in sheet.conflicts:
        rich.own("\n⚠️ ").append(_disagreement(t, conflict))
    for alike in sheet.alike[:_ALIKE]:
        share = t.number(round(alike.share * 100))
        rich.own("\n🔁 ").own(t("review.alike", id=alike.article_id, percent=share))
    total = sum(tally.found for tally in sheet.tallies.values())
    if not total:
        rich.own("\n\n").own(t("review.nothing"))
    return Message(rich.build(), _card_buttons(t, sheet, total))


def _disagreement(t: Wording, conflict: Conflict) -> Text:
    return (
        RichText()
        .compose(
            t.template(f"review.{conflict.kind}"),
            name=shortened(conflict.name, 60),
            this=shortened(conflict.this or "—", 60),
            that=shortened(conflict.that or "—", 60),
        )
        .build()
    )


def _card_buttons(t: Wording, sheet: Sheet, total: int) -> Keyboard:
    number = sheet.source.article_id
    keyboard: list[tuple[Button, ...]] = []
    if total and sheet.state != "deleted":
        keyboard.append(
            (
                press_button(
                    t("button.step", count=t.number(total)), Press("review", f"#{number} step all", mode="=")
                ),
                press_button(t("button.kinds"), Press("review", f"#{number} kinds", mode="=")),
            )
        )
        keyboard.append((press_button(t("button.preview"), Press("review", f"#{number} see")),))
    if sheet.state in {"draft", "withdrawn"}:
        accepted = sum(tally.right for tally in sheet.tallies.values())
        publish = [press_button(t("button.publish"), Press("publish", f"#{number}", mode="="))]
        if accepted:
            label = t("button.publish_right", count=t.number(accepted))
            publish.append(press_button(label, Press("publish", f"#{number} right", mode="=")))
        keyboard.append(tuple(publish))
    last = [press_button(t("button.meta"), Press("review", f"#{number} meta"))]
    if sheet.state == "published":
        last.append(press_button(t("button.unpublish"), Press("unpublish", f"#{number}")))
    last.append(press_button(t("button.history"), Press("history", f"{number}")))
    if sheet.state != "deleted":
        last.append(press_button(t("button.delete"), Press("delete", f"#{number}")))
    keyboard.append(tuple(last))
    keyboard += [
        (
            press_button(
                t("button.compare", id=alike.article_id),
                Press("review", f"#{number} like {alike.article_id}"),
            ),
        )
        for alike in sheet.alike[:_ALIKE]
    ]
    namesakes = [one for one in sheet.conflicts if one.entities is not None]
    for conflict in namesakes[:3]:
        own, other = conflict.entities or (0, 0)
        label = t("button.merge_namesake", name=conflict.name)
        keyboard.append((press_button(label, Press("merge", f"#{own} #{other}")),))
    return tuple(keyboard)


async def _step(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:
    """One fact after another, the least certain first."""
    kind = rest if rest in KINDS else None
    order = await services.repositories.review.facts(sheet.source.article_id, kind)
    if request.page >= len(order):
        return Reply((article_card(wording(request.language), sheet),))
    return await _shown_fact(services, request, sheet, order, kind, request.page)


async def _shown_fact(
    services: Services,
    request: Request,
    sheet: Sheet,
    order: tuple[tuple[int, str | None], ...],
    kind: FactKind | None,
    place: int,
) -> Reply:
    t = wording(request.language)
    fact = await services.repositories.facts.any_state(order[place][0])
    if fact is None:
        return Reply((article_card(t, sheet),))
    number, word = sheet.source.article_id, kind or "all"
    where = t("pager.place", page=t.number(place + 1), pages=t.number(len(order)))

    def to(step: str, page: int) -> Press:
        return Press("review", f"#{number} {step}", page, "=")

    judge = (
        press_button(t("button.right"), to(f"right {fact.id} {word}", place)),
        press_button(t("button.wrong"), to(f"wrong {fact.id} {word}", place)),
        press_button(t("button.edit"), Press("edit", f"#{fact.id}")),
    )
    turn = [press_button(t("button.back"), Press("review", f"#{number}", mode="="))]
    if place > 0:
        turn.insert(0, press_button(t("pager.back"), to(f"step {word}", place - 1)))
    if place + 1 < len(order):
        turn.append(press_button(t("pager.forward"), to(f"step {word}", place + 1)))
    keyboard: list[tuple[Button, ...]] = [judge]
    if fact.kind in {"participant", "statement", "affiliation"} and fact.values.get("person"):
        keyboard.append(
            (press_button(t("button.merge_person"), Press("review", f"#{number} who {fact.id}")),)
        )
    keyboard.append(tuple(turn))
    return Reply((Message(fact_card(t, fact, services.bot_username, where), tuple(keyboard)),))


async def _judge(services: Services, request: Request, sheet: Sheet, rest: str, verdict: str) -> Reply:
    """Note what the editor thinks, and go on to the next that nobody has looked at."""
    number, _, word = rest.partition(" ")
    fact_id = number_of(number)
    kind = word if word in KINDS else None
    review_ = services.repositories.review
    order = await review_.facts(sheet.source.article_id, kind)
    places = {fact: place for place, (fact, _) in enumerate(order)}
    if fact_id is None or fact_id not in places:
        return Reply(toast=wording(request.language)("toast.stale"))
    desk, deed = services.repositories.desk, deed_of(services, request)
    await desk.judge(fact_id, "right" if verdict == "right" else "wrong", deed)
    services.wake()
    order = await review_.facts(sheet.source.article_id, kind)
    following = [*range(places[fact_id] + 1, len(order)), *range(places[fact_id])]
    place = next((one for one in following if order[one][1] is None), None)
    fresh = await review_.sheet(sheet.source.article_id) or sheet
    if place is None:
        return Reply((article_card(wording(request.language), fresh),))
    return await _shown_fact(services, request, fresh, order, kind, place)


async def _right(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:
    return await _judge(services, request, sheet, rest, "right")


async def _wrong(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:
    return await _judge(services, request, sheet, rest, "wrong")


async def _kinds(services: Services, request: Request, sheet: Sheet, _rest: str) -> Reply:  # noqa: ARG001 - all steps are called alike
    """By kind: one after another, or all of a kind at once."""
    t = wording(request.language)
    number = sheet.source.article_id
    keyboard: list[tuple[Button, ...]] = [
        (
            press_button(
                f"{t(f'fact.{kind}')} {t.number(tally.found)}",
                Press("review", f"#{number} step {kind}", mode="="),
            ),
            press_button(t("button.all_right"), Press("review", f"#{number} all {kind}", mode="=")),
        )
        for kind, tally in sheet.tallies.items()
    ]
    keyboard.append((press_button(t("button.back"), Press("review", f"#{number}", mode="=")),))
    return worded(request, "review.kinds", tuple(keyboard))


async def _all_right(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:
    """Everything of a kind that nobody has judged is right."""
    if rest not in KINDS:
        return Reply(toast=wording(request.language)("toast.stale"))
    repositories = services.repositories
    order = await repositories.review.facts(sheet.source.article_id, rest)
    for fact_id, verdict in order:
        if verdict is None:
            await repositories.desk.judge(fact_id, "right", deed_of(services, request))
    fresh = await repositories.review.sheet(sheet.source.article_id) or sheet
    return await _kinds(services, request, fresh, "")


async def _who(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:  # noqa: ARG001 - all steps are called alike
    """The person of a fact, to be made one with somebody known."""
    fact_id = number_of(rest)
    person = await services.repositories.review.person_of(fact_id) if fact_id else None
    if person is None:
        return Reply(toast=wording(request.language)("toast.stale"))
    return await merge(services, replace(request, command="merge", argument=f"#{person}"))


async def _see(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:  # noqa: ARG001 - as above
    """What readers will see."""
    preview = await services.repositories.review.preview(sheet.source.article_id)
    answer = drafted.article(
        participants=preview.participants,
        statements=preview.statements,
        figures=preview.figures,
        works=preview.works,
        milestones=preview.milestones,
    )
    context = context_of(services, request)
    if answer.empty:
        return worded(request, "review.nothing")
    title = RichText().own(context.t("review.preview", id=sheet.source.article_id), "bold").build()
    argument = f"#{sheet.source.article_id} see"
    back = press_button(context.t("button.review"), Press("review", f"#{sheet.source.article_id}"))
    return laid_out(context, request, title, blocks(context, answer), argument, ((back,),))


async def _like(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:
    """Two articles side by side: what only the one says, what only the other."""
    t = wording(request.language)
    number = number_of(rest)
    other = await services.repositories.review.sheet(number) if number is not None else None
    if other is None:
        return Reply(toast=t("toast.stale"))
    found = differences(sheet.text, other.text)
    here, there = t("history.article", id=sheet.source.article_id), t("history.article", id=number)
    body = []
    for one in found:
        rich = RichText()
        for label, text in ((here, one.here), (there, one.there)):
            rich.own(label + t("colon"), "bold").add(shortened(text or "—", 300)).own("\n")
        body.append(Block(rich.build()))
    context = context_of(services, request)
    title = RichText().own(t("review.differences", count=t.number(len(found))), "bold").build()
    back = press_button(t("button.review"), Press("review", f"#{sheet.source.article_id}"))
    argument = f"#{sheet.source.article_id} like {number}"
    return laid_out(context, request, title, body or [Block(Text("="))], argument, ((back,),))


async def _meta(services: Services, request: Request, sheet: Sheet, rest: str) -> Reply:
    """Where the article comes from: title, publisher, link, date."""
    t = wording(request.language)
    name, _, written = rest.partition(" ")
    number = sheet.source.article_id
    if name not in META:
        rich = RichText().own(t("button.meta"), "bold")
        for field in META:
            value = getattr(sheet.source, field)
            rich.own("\n" + t(f"field.{field}") + t("colon")).add(shortened(value or "—", 120))
        buttons = [
            press_button("✎ " + t(f"field.{field}"), Press("review", f"#{number} meta {field}"))
            for field in META
        ]
        return said(rich.build(), rows(buttons))
    if not written:
        reply = worded(request, "meta.ask", field=t(f"field.{name}"))
        return Reply(reply.messages, expects=Expectation("review", f"#{number} meta {name} "))
    value = None if written.strip() in {"-", "—"} else neutral(written).strip()[:300]
    if value is not None and not _fits(name, value):
        reply = worded(request, f"meta.no_{name}", value=shortened(value, 60))
        return Reply(reply.messages, expects=Expectation("review", f"#{number} meta {name} "))
    entry = await services.repositories.desk.describe(number, {name: value}, deed_of(services, request))
    fresh = await services.repositories.review.sheet(number) or sheet
    card = article_card(t, fresh)
    undo = (undo_row(t, entry),) if entry is not None else ()
    return Reply((Message(card.text, (*undo, *card.keyboard)),))


def _fits(name: str, value: str) -> bool:
    if name == "url":
        return re.fullmatch(r"https?://[^\s<>\"]{3,290}", value) is not None
    if name == "published":
        return re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value) is not None
    return True


_Act = Callable[[Services, Request, Sheet, str], Awaitable[Reply]]


_STEPS: dict[str, _Act] = {
    "step": _step,
    "right": _right,
    "wrong": _wrong,
    "kinds": _kinds,
    "all": _all_right,
    "who": _who,
    "see": _see,
    "meta": _meta,
    "like": _like,
}
