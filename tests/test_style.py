"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for top in ("content", "storage", "handlers", "bot", "bench") for path in (ROOT / top).rglob("*.py")
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
IGNORE = re.compile(r"# (?:noqa: [A-Z0-9]+(?:, ?[A-Z0-9]+)*|type: ignore\[[a-z, -]+\])(.*)$", re.MULTILINE)
LINES_OF_A_MODULE, LINES_OF_A_FUNCTION = 400, 60


def name(path: Path) -> str:
    """The path as a test's id."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name)
def test_every_ignore_has_its_reason_beside_it(path: Path) -> None:
    """``# noqa: X - why``, ``# type: ignore[x]  # why``."""
    bare = [match[0] for match in IGNORE.finditer(path.read_text("utf-8")) if not re.search(r"\w", match[1])]
    assert bare == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    """Nobody has to scroll far."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LINES_OF_A_MODULE
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > LINES_OF_A_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", [path for path in TESTS if path.name.startswith("test_")], ids=name)
def test_every_test_states_its_claim(path: Path) -> None:
    """In its docstring."""
    tests = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    assert [test.name for test in tests if not ast.get_docstring(test)] == []


def test_the_locks_name_no_index() -> None:
    """They serve whatever index a machine uses, and hold nothing without a hash."""
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text("utf-8")
        assert "://" not in text
        assert not re.search(r"^--(?:index|extra|find)", text, re.MULTILINE)
        requirements = re.findall(r"^[a-z].*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert all("--hash=sha256:" in requirement for requirement in requirements)
