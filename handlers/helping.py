"""/help by subject with examples to tap, and the guide in three steps for who is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.records import EntityKind
from handlers.callbacks import Press
from handlers.i18n import Wording, wording
from handlers.keyboards import press_button, rows
from handlers.lookup import likeliest
from handlers.pages import said
from handlers.reply import Button, Reply
from handlers.request import ROLES, Request, permits
from handlers.rich_text import RichText, Text
from handlers.services import Services

if TYPE_CHECKING:
    from handlers.commands import Command

SUBJECTS: dict[str, tuple[str, ...]] = {
    "people": ("speaker", "speakers", "org", "orgs", "compare", "card"),
    "subjects": ("topic", "topics", "product", "search", "ask", "source"),
    "numbers": ("figures", "chart", "timeline", "chronicle", "works"),
    "forums": ("events", "event", "briefing", "network", "export"),
    "news": ("subscribe", "unsubscribe", "digest", "follow", "unfollow", "following"),
    "bot": ("start", "settings", "lang", "help", "about", "forget_me"),
}
"""The commands of readers by what they are about; those of editors and owners are subjects of their own."""
_EXAMPLES: dict[str, tuple[EntityKind, tuple[str, ...]]] = {
    "people": ("person", ("speaker", "card")),
    "subjects": ("topic", ("topic",)),
    "forums": ("event", ("briefing", "network")),
}
"""Commands of a subject that are shown with a name of a kind."""
_PLAIN = {"numbers": ("figures", "chart", "timeline"), "news": ("digest", "settings"), "bot": ("about",)}
"""Commands of a subject that are shown as they are."""
STEPS = 3
"""Steps of the guide."""


async def help_(services: Services, request: Request) -> Reply:
    """Every command that the reader may use by subject; a subject with examples; one command."""
    from handlers.commands import BY_NAME, LISTED  # noqa: PLC0415 - the table lists this function

    name = request.argument.lstrip("/").lower()
    permitted = {row.name: row for row in LISTED if permits(request.role, row.role)}
    if name in _subjects(permitted):
        return await _subject(services, request, name, permitted)
    row = BY_NAME.get(name) or next((row for row in LISTED if name in row.aliases), None)
    if row is not None and row.name in permitted:
        return said(_one(request, row))
    return _overview(services, request, permitted)


async def guide(services: Services, request: Request) -> Reply:
    """One step of the guide: a name, a question, the digest; each with something to tap."""
    t = wording(request.language)
    step = min(max(int(request.argument), 1), STEPS) if request.argument in {"1", "2", "3"} else 1
    text = (
        RichText()
        .own(t("guide.title", step=t.number(step), steps=t.number(STEPS)), "bold")
        .own("\n\n")
        .own(t(f"guide.{step}"))
        .build()
    )
    tried = await _tried(services, t, step)
    onward = [press_button(t("pager.back"), Press("guide", str(step - 1), mode="="))] if step > 1 else []
    last = press_button(t("button.help"), Press("help"))
    onward.append(
        press_button(t("pager.forward"), Press("guide", str(step + 1), mode="=")) if step < STEPS else last
    )
    return said(text, (*rows(tried), tuple(onward)))


async def _tried(services: Services, t: Wording, step: int) -> list[Button]:
    """What can be tried in a step."""
    people = await likeliest(services, "person", 2)
    topics = await likeliest(services, "topic", 2)
    if step == 1:
        known = [(ref.name, "speaker", ref.id) for ref in people]
        known += [(ref.name, "topic", ref.id) for ref in topics[:1]]
        return [press_button(name, Press(command, f"#{number}")) for name, command, number in known]
    if step == 2:
        questions = [t("guide.who_said", topic=ref.name) for ref in topics[:1]]
        questions += [t("guide.what_post", person=ref.name) for ref in people[:1]]
        presses = [(question, Press("ask", question)) for question in questions]
        return [press_button(question, press) for question, press in presses if press.fits]
    return [
        press_button(t("button.subscribe"), Press("subscribe")),
        press_button(t("button.following"), Press("following")),
        press_button(t("button.settings"), Press("settings")),
    ]


def _subjects(permitted: dict[str, Command]) -> dict[str, tuple[str, ...]]:
    """The subjects with the commands that may be used."""
    found = dict(SUBJECTS)
    for role in ROLES[1:]:
        mine = tuple(name for name, row in permitted.items() if row.role == role)
        found |= {role: mine} if mine else {}
    return found


def _overview(services: Services, request: Request, permitted: dict[str, Command]) -> Reply:
    t = wording(request.language)
    rich = RichText().own(t("help.title"), "bold").own("\n").own(t("help.plain"))
    rich.own("\n").own(t("help.inline", bot=services.bot_username))
    subjects = _subjects(permitted)
    for subject, names in subjects.items():
        rich.own("\n\n").own(t(f"subject.{subject}"), "bold").own("\n")
        rich.own("  ".join(f"/{name}" for name in names))
    buttons = [press_button(t(f"subject.{name}"), Press("help", name, mode="=")) for name in subjects]
    buttons.append(press_button(t("button.guide"), Press("guide", "1")))
    return said(rich.own("\n\n").own(t("help.more")).build(), rows(buttons))


async def _subject(
    services: Services, request: Request, subject: str, permitted: dict[str, Command]
) -> Reply:
    """The commands of a subject, each in a line, and examples of them as buttons."""
    t = wording(request.language)
    rich = RichText().own(t(f"subject.{subject}"), "bold")
    for name in _subjects(permitted)[subject]:
        rich.own(f"\n/{name} — ").own(t(f"menu.{name}"))
    examples = await _examples(services, t, subject)
    back = press_button(t("button.back"), Press("help", mode="="))
    return said(rich.build(), (*rows(examples), (back,)))


async def _examples(services: Services, t: Wording, subject: str) -> list[Button]:
    """Commands of a subject with a name that is really known."""
    kind, commands = _EXAMPLES.get(subject, (None, ()))
    if kind is None:
        return [press_button(f"/{name}", Press(name)) for name in _PLAIN.get(subject, ())]
    refs = await likeliest(services, kind, 1)
    buttons = [
        press_button(f"/{command} {ref.name}", Press(command, f"#{ref.id}"))
        for ref in refs
        for command in commands
    ]
    if kind == "topic" and refs:
        question = t("guide.who_said", topic=refs[0].name)
        press = Press("ask", question)
        buttons += [press_button(question, press)] if press.fits else []
    return buttons


def _one(request: Request, row: Command) -> Text:
    t = wording(request.language)
    rich = RichText().own(f"/{row.name}", "bold").own("\n").own(t(f"menu.{row.name}")).own("\n\n")
    rich.own(t(f"help.{row.name}")).own("\n\n")
    return rich.compose(t.template("help.aliases"), aliases=t("list.separator").join(row.aliases)).build()
