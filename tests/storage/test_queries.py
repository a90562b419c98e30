"""Every named statement fits the schema, and lists are read through indexes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import asyncpg
import pytest
from postgres_server import Server

from storage.dialect import translate
from storage.errors import StatementError
from storage.forgetting import PLACES
from storage.migrate import migrate
from storage.queries import FOLDER, all_statements, statements
from storage.repositories import Repositories

WHOLE_TABLES = {
    "search.filtered",  # from the newest on, until there are enough
    "names.visible",  # all names are kept in memory
    "users.roles",  # so are the roles, which are few
    "outbox.of_chat",  # never on a reader's way
    "outbox.log_of_chat",  # the owner's look at one chat
    "broadcasts.audience",  # everybody is who it asks for
    "feeds.list",  # a hundred at most
    "users.owners",  # a handful
    "users.withdraw_invitations",  # likewise
    "history.all",  # the newest entries, for editors
    "operations.held",  # the owner's look at everything
    *(f"forgetting.{name}" for name in (*PLACES, "people")),  # seldom: a wish to be forgotten
    "integrity.articles",  # `check` and the restore drill read everything
    "integrity.displaced_passages",
    "integrity.displaced_facts",
    "integrity.counts",
    "subscriptions.forget_future",  # seldom: after a clock that ran ahead
}
"""Statements that may read a table from end to end."""
WHOLE_TABLES_OF_POSTGRESQL = {
    "desk.note_restored",  # corrections are few; SQLite reads all of them too, under an alias
}
"""Likewise over PostgreSQL."""
TABLES = re.compile(r"^SCAN (\w+)(?! VIRTUAL)(?!.*USING (?:COVERING )?INDEX)")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("queries") / "forum.db"
    migrate(path)
    with closing(sqlite3.connect(path)) as opened:
        yield opened


class _Nulls(dict[str, None]):
    def __missing__(self, _name: str) -> None:
        return None


def _plan(connection: sqlite3.Connection, sql: str) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", _Nulls())]


@pytest.mark.parametrize("name", sorted(all_statements()))
def test_every_statement_fits_the_schema(connection: sqlite3.Connection, name: str) -> None:
    """SQLite can explain each of them."""
    connection.execute(f"EXPLAIN {all_statements()[name]}", _Nulls())


@pytest.mark.parametrize("name", sorted(set(all_statements()) - WHOLE_TABLES))
def test_no_statement_reads_a_whole_table(connection: sqlite3.Connection, name: str) -> None:
    """Each table is searched by an index or a key, or read in the order of an index."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    scanned = {
        match[1] for step in _plan(connection, all_statements()[name]) if (match := TABLES.match(step))
    }
    assert scanned.isdisjoint(tables - {"content_revision", "digest_cursor"})


async def test_no_statement_reads_a_whole_table_of_postgresql(postgres: Server) -> None:
    """Without leave to read tables from end to end the server has another way for each statement."""
    connection = await asyncpg.connect(postgres.new_database())
    await connection.execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")
    small = {"content_revision", "digest_cursor"}
    scanned: dict[str, set[str]] = {}
    for name in sorted(set(all_statements()) - WHOLE_TABLES - WHOLE_TABLES_OF_POSTGRESQL):
        statement = translate(all_statements()[name])
        await connection.execute(f"PREPARE one AS {statement.sql}")
        nulls = f"({', '.join(['NULL'] * len(statement.names))})" if statement.names else ""
        plan = await connection.fetch(f"EXPLAIN EXECUTE one{nulls}")
        await connection.execute("DEALLOCATE one")
        if found := set(re.findall(r"Seq Scan on (\w+)", "\n".join(row[0] for row in plan))) - small:
            scanned[name] = found
    await connection.close()
    assert scanned == {}


@pytest.mark.parametrize("name", ["entities.listed", "events.listed", "articles.listed"])
def test_lists_come_sorted_from_their_index(connection: sqlite3.Connection, name: str) -> None:
    """A page of a list is read off its index: nothing is sorted, however long the list is."""
    plan = _plan(connection, all_statements()[name])
    assert any(step.startswith("SEARCH") and "INDEX" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize("name", ["figures.listed", "works.listed", "milestones.listed"])
def test_lists_of_facts_find_their_page_in_an_index(connection: sqlite3.Connection, name: str) -> None:
    """The page is cut by a covering index before anything else is read."""
    plan = _plan(connection, all_statements()[name])
    assert "USING COVERING INDEX" in plan[1]


async def test_a_typo_stops_the_start(repositories: Repositories, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that does not fit the schema is named in the error."""
    broken: Mapping[str, str] = {"people.listed": "SELECT nmae FROM entities"}
    for backend in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"storage.{backend}.all_statements", lambda: broken)
    with pytest.raises(StatementError, match=r"people\.listed: .*column.*nmae"):
        await repositories.database.prepare_statements()


def test_every_file_is_loaded() -> None:
    """Each file gives at least one statement, and an unknown one is an error."""
    files = {path.stem for path in FOLDER.glob("*.sql")}
    assert {name.partition(".")[0] for name in all_statements()} == files
    with pytest.raises(FileNotFoundError):
        statements("nobody")


def test_every_statement_is_used() -> None:
    """No statement outlives the code that ran it."""
    folder = FOLDER.parent
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(r'\["(\w+)"\]|"(\w+)"', code))
    words = {word for pair in used for word in pair if word}
    kinds = {f"{verb}_{kind}" for kind in words for verb in ("insert", "of", "set")}
    unused = {name for name in all_statements() if name.partition(".")[2] not in words | kinds}
    assert unused == set()
