"""The catalogues: complete, without leftovers, agreeing in their places; and what is shown by Babel."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from opencc import OpenCC

from content.answers.comparing import AspectLabel
from content.fields import FIELDS, FieldType
from content.model import Period, Role, WorkKind
from content.records import EntityKind, FactKind
from handlers.commands import COMMANDS
from handlers.exports.paper import COLUMNS
from handlers.helping import STEPS, SUBJECTS
from handlers.i18n import LANGUAGES, LOCALES, language_of_client, wording
from handlers.links import COMMAND_OF
from handlers.request import ROLES
from handlers.reviewing import META
from storage.articles import ArticleState
from storage.broadcasts import BroadcastState
from storage.history import Action
from storage.operations import HELD
from storage.outbox import State
from storage.review import Disagreement
from storage.subscriptions import Cadence

ROOT = Path(__file__).parents[2]


def members(literal: object) -> tuple[str, ...]:
    return tuple(literal.__args__)  # type: ignore[attr-defined]  # a Literal


@cache
def catalogue(language: str) -> dict[str, str]:
    path = LOCALES / LANGUAGES[language] / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def literal_keys() -> set[str]:
    """Every string constant of the code that has the form of a key."""
    found: set[str] = set()
    for folder in ("handlers", "content/answers", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def composed_keys() -> set[str]:
    """Every key that the code puts together, with all its possible ends."""
    names = [row.name for row in COMMANDS if row.listed]
    ends: dict[str, tuple[str, ...]] = {
        "menu": tuple(names),
        "help": tuple(names),
        "subject": (*SUBJECTS, "editor", "owner"),
        "guide": tuple(str(step + 1) for step in range(STEPS)),
        "theme": ("light", "dark"),
        "icon": members(EntityKind),
        "did": members(Role),
        "fact": members(FactKind),
        "period": members(Period),
        "work": members(WorkKind),
        "ask": (*COMMAND_OF.values(), "unpublish", "delete"),
        "heading": (
            "draft",
            "published",
            "withdrawn",
            "answer_words",
            "search_words",
            "figures_words",
            "timeline_words",
            "figures",
            "timeline",
            "works",
        ),
        "compare.aspect": (*members(AspectLabel), "statements_about", "both"),
        "miss": ("figures", "timeline"),
        "toast": ("not_permitted", "admins_only"),
        "refused": ("not_permitted", "admins_only"),
        "weekday": tuple("0123456"),
        "subscribed": members(Cadence),
        "cadence": members(Cadence),
        "state": (*members(State), *members(ArticleState)),
        "field": (*(field.name for row in FIELDS.values() for field in row), *META),
        "action": members(Action),
        "role": (*ROLES, "given_editor", "given_owner"),
        "edit": (
            *(f"ask_{kind}" for kind in members(FieldType)),
            *("no_empty", "no_long", "no_words", "no_sentence", "no_number", "no_date", "no_choice"),
        ),
        "undo": ("gone", "undone", "changed", "never"),
        "review": (*members(Disagreement), "unsure", "right", "wrong"),
        "meta": ("no_url", "no_published"),
        "unpublish": ("why", "done"),
        "delete": ("why", "done"),
        "health": ("database", "updates", "articles"),
        "stats": HELD,
        "broadcast": members(BroadcastState),
        "settings": tuple(f"digest_{cadence}" for cadence in members(Cadence)),
        "source": ("publisher", "via", "publisher_via"),
        "button": (
            *("briefing", "speakers", "topics", "figures", "events", "help"),
            *("empty_on", "empty_off", "pause", "paused", "held", "failed", "blocked"),
            *("card", "chart", "network", "chronicle", "export", "light", "dark", "convert", "verbatim"),
            *("draft", "published", "withdrawn", "invite_editor", "invite_owner"),
        ),
        "export.column": tuple(COLUMNS),
    }
    keys = {f"{family}.{end}" for family, each in ends.items() for end in each}
    keys |= {f"heading.list_{kind}" for kind in members(EntityKind) if kind != "product"}
    keys |= {f"section.role.{role}" for role in members(Role)}
    keys |= {f"section.work.{kind}" for kind in members(WorkKind)}
    labels = (
        "appearances",
        "statements",
        "figures",
        "works",
        "members",
        "products",
        "milestones",
        "group",
        "others",
        "quotations",
    )
    return keys | {f"section.{label}" for label in labels}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_every_key_that_is_used(language: str) -> None:
    """Nothing that the code asks for is missing in a language."""
    assert composed_keys() - catalogue(language).keys() == set()
    assert catalogue(language).keys() == catalogue("zh-hans").keys()


def test_no_key_is_left_over() -> None:
    """Every key of the catalogues stands in the code or is put together there."""
    assert catalogue("zh-hans").keys() - composed_keys() - literal_keys() == set()


def test_keys_in_the_code_are_known() -> None:
    """A key that a handler names as a whole stands in the catalogues."""
    called = re.compile(r"(?:\bt|worded\(request,|template)\(?\s*\"([a-z_]+(?:\.[a-z_]+)*)\"")
    for path in (ROOT / "handlers").glob("*.py"):
        for key in called.findall(path.read_text(encoding="utf-8")):
            assert key in catalogue("zh-hans"), f"{path.name}: {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_agree(language: str) -> None:
    """A wording has the same places in every language, and none is empty."""
    for key, text in catalogue(language).items():
        assert text.strip(), key
        assert places(text) == places(catalogue("zh-hans")[key]), key


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_match(language: str) -> None:
    """The committed .mo is the .po (``pybabel compile -d handlers/locales -D messages``)."""
    with (LOCALES / LANGUAGES[language] / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = {str(message.id): str(message.string) for message in read_mo(file) if message.id}
    assert compiled == catalogue(language)


def test_traditional_is_not_merely_converted() -> None:
    """The Traditional catalogue holds no Simplified characters and uses the wording of Taiwan."""
    convert = OpenCC("s2tw").convert
    own = {"language.own", "lang.set", "ask.lang", "menu.lang"}
    for key, text in catalogue("zh-hant").items():
        if key not in own:
            assert convert(text) == text, key
    joined = "".join(catalogue("zh-hant").values())
    assert "搜尋" in joined
    assert "搜索" not in joined
    assert "「" in joined
    assert "“" not in "".join(text for key, text in catalogue("zh-hant").items() if key not in own)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh-hans"),
        ("zh-hans", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh_HK", "zh-hant"),
        ("zh-hant", "zh-hant"),
        ("en-GB", "en"),
        ("de", "en"),
        (None, None),
        ("", None),
    ],
)
def test_language_of_the_client(code: str | None, language: str | None) -> None:
    """Telegram's code decides; without one the default does."""
    assert language_of_client(code) == language


@pytest.mark.parametrize(
    ("partial", "zh", "en"),
    [
        ("2020", "2020年", "2020"),
        ("2020-09", "2020年9月", "Sep 2020"),
        ("2020-09-18", "2020年9月18日", "Sep 18, 2020"),
        ("18日", "18日", "18日"),
        ("2020-13", "2020-13", "2020-13"),
    ],
)
def test_partial_dates(partial: str, zh: str, en: str) -> None:
    """A date is shown as partial as it is known; what is no date stays as it is."""
    assert wording("zh-hans").date(partial) == zh
    assert wording("en").date(partial) == en


def test_numbers() -> None:
    """Numbers are written as the language writes them."""
    assert wording("en").compact(15_000_000_000) == "15B"
    assert wording("zh-hans").number(1234567) == "1,234,567"


def test_an_unknown_key_is_an_error() -> None:
    """A key without wording never reaches a reader."""
    with pytest.raises(KeyError):
        wording("zh-hans")("no.such.key")
