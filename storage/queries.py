"""Named SQL: statements stand in ``storage/sql/<aggregate>.sql`` and are prepared once at the start.

They are written so that SQLite and PostgreSQL both take them, with ``:name`` for parameters. Where PostgreSQL
needs other words, ``storage/sql/postgresql/<aggregate>.sql`` holds the statements of the same names; the
condition of full text, which many share, ``storage.dialect`` translates.

aiosql reads the files; ``Database`` runs the text, for that takes one hop to the connection's thread
where aiosql's own adapter takes three.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent / "sql"
POSTGRESQL_FOLDER = FOLDER / "postgresql"


class Statement(str):
    """The text of a named statement, which knows its name: a backend may have other words for it."""

    __slots__ = ("name",)
    name: str

    @classmethod
    def of(cls, name: str, sql: str) -> Statement:
        """Name a text, ``people.posts``."""
        made = cls(sql)
        made.name = name
        return made


@cache
def statements(aggregate: str) -> Mapping[str, Statement]:
    """The statements of one file by name.

    Args:
        aggregate: name of the file without its suffix: ``people``.

    Raises:
        FileNotFoundError: if there is no such file.
        aiosql.SQLParseException: if a statement has no name or two have the same.
    """
    return _read(FOLDER / f"{aggregate}.sql")


@cache
def postgresql_statements() -> Mapping[str, Statement]:
    """What PostgreSQL needs other words for, as ``people.posts``."""
    return {
        statement.name: statement
        for path in sorted(POSTGRESQL_FOLDER.glob("*.sql"))
        for statement in _read(path).values()
    }


def all_statements() -> Mapping[str, Statement]:
    """Every statement of every file, as ``people.posts``."""
    return {
        f"{path.stem}.{name}": sql
        for path in sorted(FOLDER.glob("*.sql"))
        for name, sql in statements(path.stem).items()
    }


def _read(path: Path) -> Mapping[str, Statement]:
    import aiosql  # noqa: PLC0415 - 70 ms, and needed only where a database is opened

    if not path.exists():
        raise FileNotFoundError(path)
    # It would have names say what a statement does; they are run by other means here.
    logging.getLogger("aiosql").setLevel(logging.ERROR)
    queries = aiosql.from_path(path, "sqlite3", mandatory_parameters=False)
    # aiosql adds a ``…_cursor`` twin to every query.
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return MappingProxyType(
        {name: Statement.of(f"{path.stem}.{name}", getattr(queries, name).sql) for name in names}
    )
