"""The documentation says what there is: no command, setting or module is missing, and none is made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.settings import Settings
from handlers.commands import LISTED, Command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CODE = re.compile(r"`([^`]+)`")
FOLDERS = sorted(
    {
        path.parent.relative_to(ROOT).as_posix()
        for top in ("content", "storage", "handlers", "bot", "bench")
        for path in (ROOT / top).rglob("*.py")
    }
)


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"there is no section {title}"
    return found[1]


def rows(title: str) -> list[list[str]]:
    """The rows of the table in a section of the README, without its head; an escaped bar is no border."""
    lines = [line for line in section(README, title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def command_rows() -> dict[str, str]:
    """Each command of the README with its Chinese word."""
    pairs: dict[str, str] = {}
    for commands, words, _ in rows("Commands"):
        names = [name.split()[0].removeprefix("/") for name in CODE.findall(commands)]
        pairs |= dict(zip(names, words.split(", "), strict=True))
    return pairs


def test_the_readme_names_every_bot_command_and_no_other() -> None:
    """One row or half a row for each of the table's."""
    assert sorted(command_rows()) == sorted(row.name for row in LISTED)


@pytest.mark.parametrize("row", LISTED, ids=lambda row: row.name)
def test_the_readme_gives_a_word_that_works(row: Command) -> None:
    """The Chinese word beside a command is one of its aliases."""
    assert command_rows()[row.name] in row.aliases


def test_the_readme_names_every_word_of_the_command_line_and_no_other() -> None:
    """As typer knows them."""
    named = [code.split()[0] for first, _ in rows("Command line") for code in CODE.findall(first)]
    group = typer.main.get_command(app)
    assert sorted(named) == sorted(group.commands)  # type: ignore[attr-defined]  # a group has commands


def test_the_readme_shows_options_that_exist() -> None:
    """``digest --preview`` takes ``--preview``."""
    group = typer.main.get_command(app)
    for first, meaning in rows("Command line"):
        commands = [group.commands[code.split()[0]] for code in CODE.findall(first)]  # type: ignore[attr-defined]  # as above
        known = {option for command in commands for each in command.params for option in each.opts}
        assert set(re.findall(r"--[a-z]+", first + meaning)) <= known


def test_the_readme_names_every_setting_with_its_default() -> None:
    """Both ways; a dash stands for none."""
    shown: dict[str, str] = {}
    for names, defaults, _ in rows("Settings"):
        settings = CODE.findall(names)
        values = CODE.findall(defaults) or [""] * len(settings)
        shown |= dict(zip(settings, values, strict=True))
    expected = {
        name.upper(): "" if field.default in (None, ()) else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert shown == expected


def test_the_licences_are_those_of_the_lock() -> None:
    """Each package that runs everywhere has its licence in docs/licences.md."""
    lock = re.findall(
        r"^([a-z0-9._-]+)==\S+ \\$", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    table = (ROOT / "docs" / "licences.md").read_text("utf-8")
    licences = dict(re.findall(r"^\| ([A-Za-z0-9._-]+) *\| \S+ *\| (\S.*?) *\|", table, re.MULTILINE))
    known = {re.sub(r"[._]", "-", name).lower() for name, licence in licences.items() if licence != "UNKNOWN"}
    assert len(lock) > 20
    assert [name for name in lock if name not in known] == []


def test_the_readme_names_targets_that_make_has() -> None:
    """Each ``make …`` of the README is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`|  )", README)) <= targets


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "docs/architecture.md", "docs/decisions.md", "docs/extraction.md"),
        *("docs/operations.md", "docs/pictures.md"),
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    """Every relative link of a document is a file."""
    page = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_map_names_every_module_and_no_other(folder: str) -> None:
    """Under the folder's heading."""
    entries = re.findall(r"^- .*(?:\n  .*)*", section(ARCHITECTURE, f"{folder}/"), re.MULTILINE)
    names = [name for entry in entries for name in CODE.findall(entry) if re.fullmatch(r"[a-z_0-9]+", name)]
    modules = [path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"]
    assert sorted(set(names) & set(modules)) == sorted(modules), "a module is missing"
    assert [name for name in names if not (ROOT / folder / f"{name}.py").exists()] == [], "made up"
