"""/edit, /retract, /merge, /alias: mending what is known, the evidence shown, every step to be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from content.fields import FIELDS, Field, Ground, NoEvidenceError, field_of, read_value
from content.records import EntityKind, EntityRef
from handlers.callbacks import Press
from handlers.cards import choice_label, fact_card, value_text
from handlers.i18n import Wording, wording
from handlers.keyboards import entity_button, press_button, rows
from handlers.lookup import NAME_LIMIT, resolve, too_long, which_of
from handlers.pages import said, worded
from handlers.reply import Button, Expectation, Keyboard, Message, Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services
from storage.amendments import ENTITY_FIELDS, StoredFact
from storage.history import Deed

_REASON = 200
"""Code points of a reason at most: it stands in messages to readers."""
_SUGGESTED = 6


def deed_of(services: Services, request: Request, reason: str | None = None) -> Deed:
    """Who does something now."""
    return Deed(by=request.user_id, reason=reason, now=services.now())


def number_of(text: str) -> int | None:
    """The number in ``12``, ``#12``, ``f_12``; None for anything else."""
    digits = text.removeprefix("f_").removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None


def undo_row(t: Wording, entry: int) -> tuple[Button, ...]:
    """The button that takes an entry of the history back."""
    return (press_button(t("button.undo"), Press("undo", f"#{entry}", mode="=")),)


async def edit(services: Services, request: Request) -> Reply:
    """Show a fact's fields; ask for a new value of one; put it in its place if the article bears it out."""
    number, _, rest = request.argument.partition(" ")
    if not number:
        return worded(request, "ask.edit")
    fact_id = number_of(number)
    fact = await services.repositories.facts.any_state(fact_id) if fact_id is not None else None
    if fact is None:
        return worded(request, "miss.source", id=shortened(number, 20))
    name, _, written = rest.strip().partition(" ")
    if not name:
        return _fields(services, request, fact)
    field = field_of(fact.kind, name)
    if field is None:
        return _fields(services, request, fact)
    if not written:
        return await _ask_value(services, request, fact, field)
    return await _change(services, request, fact, field, written.strip())


def _fields(services: Services, request: Request, fact: StoredFact, note: str | None = None) -> Reply:
    t = wording(request.language)
    rich = RichText()
    if note:
        rich.own(note, "bold").own("\n\n")
    rich.append(fact_card(t, fact, services.bot_username)).own("\n\n").own(t("edit.which"))
    buttons = [
        press_button("✎ " + t(f"field.{field.name}"), Press("edit", f"#{fact.id} {field.name}"))
        for field in FIELDS[fact.kind]
    ]
    onward = [press_button(t("button.history"), Press("history", f"#{fact.id}"))]
    if fact.state == "published":
        onward.insert(0, press_button(t("button.retract"), Press("retract", f"#{fact.id}")))
    onward.append(press_button(t("button.review"), Press("review", f"#{fact.article_id}")))
    return said(rich.build(), (*rows(buttons), tuple(onward)))


async def _ask_value(services: Services, request: Request, fact: StoredFact, field: Field) -> Reply:
    t = wording(request.language)
    rich = RichText().own(t(f"fact.{fact.kind}") + " · " + t(f"field.{field.name}"), "bold").own("\n")
    rich.own(t("edit.now")).append(value_text(t, field, fact.values.get(field.name))).own("\n\n")
    start = fact.start - fact.passage_start
    rich.quote(RichText().marked(fact.passage, ((start, start + len(fact.text)),), "underline").build())
    rich.own("\n").own(t(f"edit.ask_{field.type}"))
    buttons = [
        press_button(choice_label(t, field, choice), _value_press(fact, field, choice))
        for choice in field.choices
        if choice != fact.values.get(field.name)
    ]
    buttons += await _candidates(services, t, fact, field)
    if not field.required:
        buttons.append(press_button(t("edit.clear"), _value_press(fact, field, "-")))
    back = (press_button(t("button.back"), Press("edit", f"#{fact.id}", mode="=")),)
    expects = Expectation("edit", f"#{fact.id} {field.name} ")
    return Reply((Message(rich.build(), (*rows(buttons), back)),), expects=expects)


async def _candidates(services: Services, t: Wording, fact: StoredFact, field: Field) -> list[Button]:
    """Who or what else of the kind the article names, one tap away."""
    kind = ENTITY_FIELDS[fact.kind].get(field.name)
    if kind is None:
        return []
    refs = await services.repositories.review.names(fact.article_id, kind, _SUGGESTED)
    known = fact.values.get(field.name)
    return [
        press_button(t(f"icon.{kind}") + " " + ref.name, _value_press(fact, field, f"#{ref.id}"))
        for ref in refs
        if ref.name != known
    ]


def _value_press(fact: StoredFact, field: Field, value: str) -> Press:
    return Press("edit", f"#{fact.id} {field.name} {value}")


async def _change(
    services: Services, request: Request, fact: StoredFact, field: Field, written: str
) -> Reply:
    t = wording(request.language)
    repositories = services.repositories
    try:
        value, shown = await _value(services, request, fact, field, written)
    except NoEvidenceError as refusal:
        back = (press_button(t("button.back"), Press("edit", f"#{fact.id}", mode="=")),)
        reply = worded(
            request,
            f"edit.no_{refusal.cause}",
            (back,),
            field=t(f"field.{field.name}"),
            value=shortened(written, 60),
        )
        return Reply(reply.messages, expects=Expectation("edit", f"#{fact.id} {field.name} "))
    told = f"{shown or t('card.group')}：{fact.text}" if fact.kind == "statement" else str(shown or "—")
    entry = await repositories.desk.edit(
        fact.id, {field.name: value}, deed_of(services, request), shown=shortened(told, _REASON)
    )
    changed = await repositories.facts.any_state(fact.id)
    if entry is None or changed is None:
        return _fields(services, request, changed or fact, t("edit.same"))
    reply = _fields(services, request, changed, t("edit.done", field=t(f"field.{field.name}")))
    (message,) = reply.messages
    return Reply((Message(message.text, (undo_row(t, entry), *message.keyboard)),))


async def _value(
    services: Services, request: Request, fact: StoredFact, field: Field, written: str
) -> tuple[Any, str | None]:
    """The value to store, and how it is shown; a button may carry an entity's number.

    Raises:
        NoEvidenceError: the article does not bear it out.
    """
    kind = ENTITY_FIELDS[fact.kind].get(field.name)
    repositories = services.repositories
    if kind is not None and request.entry == "button" and written.startswith("#"):
        number = number_of(written)
        refs = await repositories.review.names(fact.article_id, kind, 10**6)
        chosen = next((ref for ref in refs if ref.id == number), None)
        if chosen is None:
            raise NoEvidenceError("words")
        return f"#{chosen.id}", chosen.name
    sheet = await repositories.review.sheet(fact.article_id)
    if sheet is None:
        raise NoEvidenceError("words")
    ground = Ground(article=sheet.text, sentence=fact.passage, published=sheet.source.published)
    value = read_value(field, written, ground)
    return value, "、".join(value) if isinstance(value, list) else None if value is None else str(value)


async def retract(services: Services, request: Request) -> Reply:
    """Take a published fact back, with a reason that readers are told."""
    t = wording(request.language)
    number, _, reason = request.argument.partition(" ")
    if not number:
        return worded(request, "ask.retract")
    fact_id = number_of(number)
    fact = await services.repositories.facts.any_state(fact_id) if fact_id is not None else None
    if fact is None or fact.state != "published":
        return worded(request, "miss.source", id=shortened(number, 20))
    reason = shortened(reason, _REASON)
    if not reason:
        rich = RichText().append(fact_card(t, fact, services.bot_username)).own("\n\n").own(t("retract.why"))
        quiet = press_button(t("retract.no_reason"), Press("retract", f"#{fact.id} -", mode="="))
        back = press_button(t("button.back"), Press("edit", f"#{fact.id}", mode="="))
        return Reply(
            (Message(rich.build(), ((quiet, back),)),), expects=Expectation("retract", f"#{fact.id} ")
        )
    deed = deed_of(services, request, None if reason == "-" else reason)
    entry = await services.repositories.desk.retract(fact.id, deed)
    if entry is None:
        return worded(request, "miss.source", id=shortened(number, 20))
    services.wake()
    words = shortened(fact.text, 80)
    return worded(request, "retract.done", (undo_row(t, entry),), text=words)


async def merge(services: Services, request: Request) -> Reply:
    """Two names of one thing: which two, then which name stays, then done."""
    t = wording(request.language)
    if not request.argument:
        return worded(request, "ask.merge")
    words = request.argument.split()
    if words[0].startswith("#") and all(number_of(word) for word in words):
        return await _merge_numbers(services, request, [number_of(word) or 0 for word in words])
    if len(request.argument) > 2 * NAME_LIMIT:
        return too_long(request)
    pairs = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    for one, other in pairs:
        first, second = await resolve(services, one), await resolve(services, other)
        if first and second:
            return await _which_two(services, request, first, second)
    missing = words[0] if not pairs or not await resolve(services, words[0]) else words[-1]
    near = await services.repositories.names.nearest(missing)
    keyboard = rows([entity_button(t, ref) for ref in near])
    return worded(request, "miss.near" if near else "miss.none", keyboard, name=shortened(missing))


async def _which_two(
    services: Services, request: Request, first: Sequence[EntityRef], second: Sequence[EntityRef]
) -> Reply:
    pairs = [(one, other) for one in first for other in second if one.kind == other.kind and one != other]
    if not pairs:
        return worded(request, "merge.impossible")
    if len(pairs) == 1:
        return await _merge_numbers(services, request, [pairs[0][0].id, pairs[0][1].id])
    t = wording(request.language)
    review = services.repositories.review
    buttons = []
    for one, other in pairs[:_SUGGESTED]:
        notes = [(await review.entity(ref.id) or (ref, None))[1] for ref in (one, other)]
        label = " ⇄ ".join(
            f"{ref.name} {note or ''}".strip() for ref, note in zip((one, other), notes, strict=True)
        )
        buttons.append((press_button(label, Press("merge", f"#{one.id} #{other.id}", mode="=")),))
    return worded(request, "merge.which_two", tuple(buttons), count=t.number(len(pairs)))


async def _merge_numbers(services: Services, request: Request, numbers: list[int]) -> Reply:
    """``#1`` asks into what, ``#1 #2`` asks which name stays, ``#1 #2 #2`` merges into the last."""
    t = wording(request.language)
    review = services.repositories.review
    found = [await review.entity(number) for number in numbers[:2]]
    known = [one for one in found if one is not None]
    if len(known) < len(numbers[:2]):
        return worded(request, "merge.impossible")
    if len(known) == 1:
        return await _ask_other(services, request, known[0][0])
    (one, one_note), (other, other_note) = known
    if one.kind != other.kind or one == other:
        return worded(request, "merge.impossible")
    if len(numbers) == 2:
        rich = RichText().own(t("merge.title"), "bold")
        for ref, note in ((one, one_note), (other, other_note)):
            rich.own("\n" + t(f"icon.{ref.kind}") + " ").add(ref.name, "bold")
            if note:
                rich.own(" · ").add(shortened(note, 60))
        rich.own("\n\n").own(t("merge.confirm"))
        choices = tuple(
            (
                press_button(
                    t("merge.keep", name=keep.name),
                    Press("merge", f"#{lose.id} #{keep.id} #{keep.id}", mode="="),
                ),
            )
            for lose, keep in ((one, other), (other, one))
        )
        return said(rich.build(), choices)
    entry = await services.repositories.desk.merge(one.id, other.id, deed_of(services, request))
    if entry is None:
        return worded(request, "merge.impossible")
    keyboard: Keyboard = ((entity_button(t, other), *undo_row(t, entry)),)
    return worded(request, "merge.done", keyboard, old=one.name, new=other.name)


async def _ask_other(services: Services, request: Request, ref: EntityRef) -> Reply:
    names = services.repositories.names
    near = [one for one in await names.nearest(ref.name, (ref.kind,)) if one != ref]
    buttons = [press_button(one.name, Press("merge", f"#{ref.id} #{one.id}")) for one in near]
    reply = worded(request, "merge.with_whom", rows(buttons), name=ref.name)
    return Reply(reply.messages, expects=Expectation("merge", f"{ref.name} "))


async def alias(services: Services, request: Request) -> Reply:
    """One more name for something that is known."""
    words = request.argument.split()
    if len(words) < 2:
        return worded(request, "ask.alias")
    if len(request.argument) > 2 * NAME_LIMIT:
        return too_long(request)
    for cut in range(len(words) - 1, 0, -1):
        known, name = " ".join(words[:cut]), " ".join(words[cut:])
        refs = await _meant(services, known)
        if not refs:
            continue
        if len(refs) > 1:
            return await which_of(services, request, refs)
        return await _add_alias(services, request, refs[0], name)
    return worded(request, "miss.none", name=shortened(words[0]))


async def _meant(services: Services, name: str) -> Sequence[EntityRef]:
    number = number_of(name) if name.startswith("#") else None
    if number is None:
        return await resolve(services, name)
    found = await services.repositories.review.entity(number)
    return (found[0],) if found else ()


async def _add_alias(services: Services, request: Request, ref: EntityRef, name: str) -> Reply:
    t = wording(request.language)
    kind: EntityKind = ref.kind
    others = [other for other in await resolve(services, name) if other.kind == kind and other != ref]
    if others:
        # The name is somebody's already: then the two are one, or they are namesakes.
        return await _merge_numbers(services, request, [others[0].id, ref.id])
    entry = await services.repositories.desk.add_alias(ref.id, name, deed_of(services, request))
    if entry is None:
        return worded(request, "alias.known", name=ref.name, alias=shortened(name))
    keyboard: Keyboard = ((entity_button(t, ref), *undo_row(t, entry)),)
    return worded(request, "alias.done", keyboard, name=ref.name, alias=shortened(name))
