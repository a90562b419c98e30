"""/export: the facts of an event, of a person or all of them as a file; whatever is missing is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from content.collection import Collection
from content.records import EntityKind, EntityRef
from handlers.callbacks import Press
from handlers.exports import SUFFIXES, write
from handlers.exports.data import to_json
from handlers.exports.gather import collect
from handlers.exports.paper import limited, paper_of
from handlers.i18n import wording
from handlers.keyboards import press_button, rows
from handlers.links import entity_link
from handlers.lookup import CHOICES, NAME_LIMIT, likeliest, resolve, too_long
from handlers.pages import worded
from handlers.reply import Button, Message, Reply, Upload
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services

EXPORTED: dict[EntityKind, str] = {"person": "s", "event": "e"}
"""The kinds of which files are made, and what stands before an id in a button."""
_KINDS: dict[str, EntityKind] = {letter: kind for kind, letter in EXPORTED.items()}
_SPOKEN = {
    word: form
    for form, words in (
        ("word", "word docx doc"),
        ("pdf", "pdf"),
        ("excel", "excel xlsx xls 表格"),
        ("markdown", "markdown md"),
        ("json", "json"),
    )
    for word in words.split()
}
_ALL = frozenset(["all", "everything", "全部", "所有", "全部内容", "全部內容"])
_ID = re.compile(r"([se])([1-9]\d{0,17})")
_FORMAT = re.compile(r"\.?[A-Za-z]{2,8}")
"""What may be meant as the name of a format."""
_UNSAFE = re.compile(r"[^\w·—-]+")
_OFFERED = 3
"""People and events each that have a button."""


class Wish(NamedTuple):
    """What is to be exported, as far as it was said."""

    form: str | None
    subjects: tuple[EntityRef | None, ...]
    """What the words can mean; None is everything."""
    unknown: str
    """Words that mean nothing."""


async def export(services: Services, request: Request) -> Reply:
    """A file, or the question for what is missing."""
    if len(request.argument) > NAME_LIMIT:
        return too_long(request)
    wish = await _understood(services, request.argument)
    if wish.unknown:
        return await _unknown(services, request, wish)
    if len(wish.subjects) != 1:
        return await _which(services, request, wish)
    (subject,) = wish.subjects
    if wish.form is None:
        name = _name(request, subject)
        return worded(request, "ask.export_format", rows(_formats(subject)), name=name)
    return await _file(services, request, subject, wish.form)


async def _understood(services: Services, argument: str) -> Wish:
    """The format and the subject that words name, in this order; each may be missing."""
    if found := await _subjects(services, argument):
        return Wish(None, found, "")
    first, _, rest = argument.strip().partition(" ")
    form = _SPOKEN.get(first.lower().removeprefix("."))
    rest = rest.strip()
    if form is None and _FORMAT.fullmatch(first):
        found = await _subjects(services, rest)
        return Wish(None, found, first if found or not rest else argument)
    if form is None:
        return Wish(None, (), argument)
    found = await _subjects(services, rest)
    return Wish(form, found, rest if rest and not found else "")


async def _subjects(services: Services, words: str) -> tuple[EntityRef | None, ...]:
    if not words:
        return ()
    if words.lower() in _ALL:
        return (None,)
    if match := _ID.fullmatch(words):
        ref = await services.repositories.names.get(_KINDS[match[1]], int(match[2]))
        return (ref,) if ref else ()
    return tuple([ref for kind in EXPORTED for ref in await resolve(services, words, kind)])


async def _unknown(services: Services, request: Request, wish: Wish) -> Reply:
    if wish.form is None and _FORMAT.fullmatch(wish.unknown):
        subject = wish.subjects[0] if wish.subjects else None
        buttons = _formats(subject) if wish.subjects else [_form(form) for form in SUFFIXES]
        return worded(request, "miss.export_format", rows(buttons), text=shortened(wish.unknown, 20))
    buttons = await _offered(services, request, wish.form)
    return worded(request, "miss.export", rows(buttons), text=shortened(wish.unknown))


async def _which(services: Services, request: Request, wish: Wish) -> Reply:
    """Ask what; where a name means several things, which of them."""
    if not wish.subjects:
        return worded(request, "ask.export", rows(await _offered(services, request, wish.form)))
    t = wording(request.language)
    refs = [ref for ref in wish.subjects if ref is not None]
    describe = services.repositories.names.describe
    buttons = [_subject(request, ref, wish.form, await describe(ref)) for ref in refs[:CHOICES]]
    keyboard = tuple((button,) for button in buttons)
    return worded(request, "ask.which", keyboard, name=refs[0].name, count=t.number(len(refs)))


async def _offered(services: Services, request: Request, form: str | None) -> list[Button]:
    """Buttons for the likeliest events and people, and for everything."""
    refs: list[EntityRef | None] = [
        *await likeliest(services, "event", _OFFERED),
        *await likeliest(services, "person", _OFFERED),
        None,
    ]
    return [_subject(request, ref, form) for ref in refs]


def _subject(request: Request, ref: EntityRef | None, form: str | None, note: str | None = None) -> Button:
    t = wording(request.language)
    name = _name(request, ref)
    label = f"{t(f'icon.{ref.kind}')} {name}" if ref else f"🗂 {name}"
    press = Press("export", f"{form or ''} {_code(ref)}".strip(), mode="=")
    return press_button(f"{label} · {note}" if note else label, press)


def _formats(ref: EntityRef | None) -> list[Button]:
    return [_form(form, _code(ref)) for form in SUFFIXES]


def _form(form: str, code: str = "") -> Button:
    label = f"{form.capitalize() if len(form) > 4 or form == 'word' else form.upper()} (.{SUFFIXES[form]})"
    return press_button(label, Press("export", f"{form} {code}".strip(), mode="="))


def _code(ref: EntityRef | None) -> str:
    return f"{EXPORTED[ref.kind]}{ref.id}" if ref else "all"


def _name(request: Request, ref: EntityRef | None) -> str:
    return ref.name if ref else wording(request.language)("export.all")


async def _file(services: Services, request: Request, subject: EntityRef | None, form: str) -> Reply:
    collection = await collect(services.repositories, subject)
    if not collection.facts:
        return worded(request, "nothing_yet")
    t = wording(request.language)
    made = services.now().astimezone(ZoneInfo(request.zone))
    if form == "json":
        data = await services.bindery.make(to_json, collection)
    else:
        data = await services.bindery.make(write, paper_of(collection, t, services.bot_username, made), form)
    name = file_name((_name(request, subject), made.date().isoformat()), SUFFIXES[form])
    return Reply((Message(_caption(services, request, collection).build(), (), Upload(name, data)),))


def _caption(services: Services, request: Request, collection: Collection) -> RichText:
    t = wording(request.language)
    subject = collection.subject
    name = RichText()
    if subject:
        name.add(subject.name, "bold", url=entity_link(services.bot_username, subject))
    else:
        name.own(t("export.all"), "bold")
    rich = RichText().compose(
        t.template("export.caption"),
        name=name.build(),
        facts=t.number(collection.facts),
        articles=t.number(len(collection.sources)),
    )
    if cut := limited(collection, t):
        rich.own("\n").own(cut, "italic")
    return rich


def file_name(parts: Sequence[str], suffix: str) -> str:
    """A name that every file system takes and people can read: ``王海峰-2020-09-18.pdf``."""
    safe = (_UNSAFE.sub("-", unicodedata.normalize("NFC", part)).strip("-.") for part in parts)
    return "-".join(part[:60] for part in safe if part) + f".{suffix}"
