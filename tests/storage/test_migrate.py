"""Migrations: complete or not at all, from every older schema, by one program at a time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from storage import migrate as migrations
from storage.errors import BackupError, DatabaseTooNewError, MigrationError
from storage.migrate import FOLDER, copy_before, migrate, pending
from storage.snapshots import verify
from storage.yoyo_sqlite import AtomicSQLiteBackend

FILES = sorted(FOLDER.glob("*.sql"))

# One row or more for each table that readers' data depend on, as each schema could hold it.
ROWS = {
    "0001.content": """
        INSERT INTO articles (sha256, text, state, shown_at)
        VALUES ('a', '林知远说:开源。', 'published', 1.0);
        INSERT INTO entities (kind, name, weight, visible) VALUES ('person', '林知远', 1, 1);
        INSERT INTO aliases (entity_id, name, folded, pinyin, initials)
        VALUES (1, '林知远', '林知远', 'linzhiyuan', 'lzy');
        INSERT INTO passages (article_id, span_start, span_end, text, words, grams)
        VALUES (1, 0, 8, '林知远说:开源。', '开源', '开源');
        INSERT INTO facts
        (article_id, ordinal, passage_id, kind, span_start, span_end, confidence, rule, state)
        VALUES (1, 0, 1, 'statement', 0, 8, 1.0, '', 'published');
        INSERT INTO statements (fact_id, person_id) VALUES (1, 1);
    """,
    "0002.delivery": """
        INSERT INTO chats (chat_id, type) VALUES (1, 'private');
        INSERT INTO roles (user_id, role) VALUES (1, 'owner');
        INSERT INTO subscriptions
        (id, chat_id, thread_id, minute_of_day, zone, cadence, weekday, covered_until, changed_at)
        VALUES (7, 1, 0, 510, 'Asia/Shanghai', 'weekly', 2, 2.0, 1.0);
        INSERT INTO digest_slots (subscription_id, local_date, due_at, state)
        VALUES (7, '2024-05-01', 3.0, 'composed');
        INSERT INTO outbox
        (chat_id, subscription_id, local_date, part, method, parameters, state, created_at, changed_at)
        VALUES (1, 7, '2024-05-01', 0, 'sendMessage', '{"text": "一"}', 'sent', 3.0, 4.0);
    """,
    "0003.outbox": "UPDATE outbox SET run = 'r';",
    "0004.digests": """
        INSERT INTO follows (chat_id, thread_id, word, folded) VALUES (1, 0, '开源', '开源');
    """,
    "0007.updates": """
        INSERT INTO updates (update_id, content, received_at) VALUES (1, '{"update_id": 1}', 1.0);
    """,
    "0008.broadcasts": """
        INSERT INTO broadcasts (author_id, text, state, created_at) VALUES (1, '一', 'done', 1.0);
    """,
    "0011.desk": """
        INSERT INTO history (made_at, user_id, action, article_id, before, after)
        VALUES (1.0, 1, 'add', 1, '{}', '{}');
        INSERT INTO intakes (user_id, chat_id, language, state, parts, created_at, changed_at)
        VALUES (1, 1, 'zh-hans', 'open', '[]', 1.0, 1.0);
        INSERT INTO sketches (hash, article_id) VALUES (1, 1);
        INSERT INTO feeds (url) VALUES ('https://a.example/feed');
        INSERT INTO feed_entries (feed_id, entry) VALUES (1, 'e');
        INSERT INTO invitations (token_hash, role, made_by, expires_at) VALUES ('h', 'editor', 1, 2.0);
    """,
    "0012.search": """
        INSERT INTO passages (article_id, span_start, span_end, text, words, grams, indexed)
        VALUES (1, 90, 92, '算力', '算力', '算力 力', 1);
        INSERT INTO passage_index (rowid, words, grams)
        SELECT id, words, grams FROM passages WHERE span_start = 90;
    """,
    "0014.display": """
        UPDATE chats SET theme = 'dark', converted = 1;
    """,
}


def _schema(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [
            row[0]
            for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        ]


def _applied(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [
            row[0] for row in connection.execute(f"SELECT migration_id FROM {migrations.TABLE} ORDER BY 1")
        ]


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of two small migrations."""
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001.one.sql").write_text("CREATE TABLE one (id INTEGER PRIMARY KEY);")
    (made / "0002.two.sql").write_text(
        "CREATE TABLE two (id INTEGER PRIMARY KEY);\nINSERT INTO two VALUES (1);"
    )
    return made


@pytest.mark.parametrize("count", range(1, len(FILES)), ids=lambda count: FILES[count - 1].stem)
def test_upgrade_from_each_older_schema_keeps_the_rows(tmp_path: Path, count: int) -> None:
    """A database of any older version becomes the same as a new one, with its rows."""
    older = tmp_path / "older"
    older.mkdir()
    path, fresh = tmp_path / "old.db", tmp_path / "new.db"
    for file in FILES[:count]:
        copy(file, older)
        migrate(path, older)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(ROWS[file.stem])
    with closing(sqlite3.connect(path)) as connection:
        before = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in _tables(path)
        }
    assert migrate(path) == tuple(file.stem for file in FILES[count:])
    migrate(fresh)
    assert _schema(path) == _schema(fresh)
    with closing(sqlite3.connect(path)) as connection:
        for table, count_before in before.items():
            if "yoyo" not in table and table != "sqlite_sequence":
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == count_before, table
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_migration_has_rows_to_be_tested_with() -> None:
    """A new migration brings rows of its own to the test above."""
    assert set(ROWS) >= {file.stem for file in FILES}


def test_a_second_run_does_nothing_and_does_not_load_yoyo(tmp_path: Path) -> None:
    """Where nothing is pending the start does not pay for the library."""
    path = tmp_path / "forum.db"
    assert migrate(path) == tuple(file.stem for file in FILES)
    program = (
        "import sys; from pathlib import Path; from storage.migrate import migrate;"
        "assert migrate(Path(sys.argv[1])) == (); assert 'yoyo' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, cwd=FOLDER.parents[1])


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path, folder: Path) -> None:
    """The statements before the broken one are undone; the migrations before it stay, and are recorded."""
    (folder / "0003.three.sql").write_text(
        "CREATE TABLE three (id INTEGER);\nINSERT INTO nowhere VALUES (1);"
    )
    path = tmp_path / "forum.db"
    with pytest.raises(MigrationError, match="nowhere"):
        migrate(path, folder)
    assert {"one", "two"} <= _tables(path)
    assert "three" not in _tables(path)
    assert pending(path, folder) == ("0003.three",)
    (folder / "0003.three.sql").write_text("CREATE TABLE three (id INTEGER);")
    assert migrate(path, folder) == ("0003.three",)


def test_a_database_in_use_is_copied_before_it_is_migrated(tmp_path: Path, folder: Path) -> None:
    """The copy is whole and has the old schema, also where the migration fails; a new database needs none."""
    path = tmp_path / "forum.db"
    migrate(path, folder)
    assert not copy_before(path).exists()
    (folder / "0003.three.sql").write_text("DELETE FROM two;\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(MigrationError, match="before-migration"):
        migrate(path, folder)
    for whole in (path, copy_before(path)):
        verify(whole)
        assert _applied(whole) == ["0001.one", "0002.two"]
        with closing(sqlite3.connect(whole)) as connection:
            assert connection.execute("SELECT id FROM two").fetchall() == [(1,)]


def test_what_cannot_be_copied_is_not_migrated(tmp_path: Path, folder: Path) -> None:
    """A folder stands where the copy goes: nothing is changed."""
    path = tmp_path / "forum.db"
    migrate(path, folder)
    copy_before(path).mkdir()
    (folder / "0003.three.sql").write_text("CREATE TABLE three (id INTEGER);")
    with pytest.raises(BackupError):
        migrate(path, folder)
    assert pending(path, folder) == ("0003.three",)
    assert not list(tmp_path.glob("*.part"))


def test_a_migration_and_its_record_commit_together(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the record cannot be written, the migration is not there either."""
    path = tmp_path / "forum.db"
    mark = AtomicSQLiteBackend.mark_one

    def fail_at_two(self: AtomicSQLiteBackend, migration: object, log: bool = True) -> None:
        if "two" in str(migration):
            raise OSError("no space left")
        mark(self, migration, log)

    monkeypatch.setattr(AtomicSQLiteBackend, "mark_one", fail_at_two)
    with pytest.raises(MigrationError, match="no space"):
        migrate(path, folder)
    assert _applied(path) == ["0001.one"]
    assert "two" not in _tables(path)
    monkeypatch.undo()
    assert migrate(path, folder) == ("0002.two",)


def test_a_migration_that_breaks_references_is_undone(tmp_path: Path, folder: Path) -> None:
    """Foreign keys are checked before the commit."""
    (folder / "0003.three.sql").write_text(
        "CREATE TABLE three (one INTEGER REFERENCES one (id));\nINSERT INTO three VALUES (99);"
    )
    path = tmp_path / "forum.db"
    with pytest.raises(MigrationError, match="references"):
        migrate(path, folder)
    assert "three" not in _tables(path)


def test_a_killed_migration_leaves_no_lock(tmp_path: Path, folder: Path) -> None:
    """A process that dies in the middle of a migration neither changes the database nor bars it."""
    path = tmp_path / "forum.db"
    program = (
        "import os, sys; from pathlib import Path; from storage.migrate import migrate;"
        "from storage.yoyo_sqlite import AtomicSQLiteBackend as Backend;"
        "Backend.mark_one = lambda *arguments, **options: os._exit(9);"
        "migrate(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    arguments = [sys.executable, "-c", program, str(path), str(folder)]
    assert subprocess.run(arguments, check=False, cwd=FOLDER.parents[1]).returncode == 9
    assert "one" not in _tables(path)
    assert migrate(path, folder) == ("0001.one", "0002.two")


def test_programs_that_start_together_migrate_once(tmp_path: Path, folder: Path) -> None:
    """Several starts at the same time end with each migration applied once and no error."""
    path = tmp_path / "forum.db"
    errors: list[BaseException] = []

    def start() -> None:
        try:
            migrate(path, folder)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert _applied(path) == ["0001.one", "0002.two"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM two").fetchone() == (1,)


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path, folder: Path) -> None:
    """An unknown migration in the database stops the start."""
    path = tmp_path / "forum.db"
    migrate(path, folder)
    (folder / "0002.two.sql").unlink()
    with pytest.raises(DatabaseTooNewError, match=r"0002\.two"):
        migrate(path, folder)


def test_a_path_is_a_path(tmp_path: Path, folder: Path) -> None:
    """Characters that mean something in a URI do not mean it in a file name."""
    path = tmp_path / "a b" / "50%? #1.db"
    migrate(path, folder)
    assert "two" in _tables(path)
