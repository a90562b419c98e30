"""Named SQL: statements stand in ``storage/sql/<aggregate>.sql`` and are prepared once at the start.

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


@cache
def statements(aggregate: str) -> Mapping[str, str]:
    """The statements of one file by name.

    Args:
        aggregate: name of the file without its suffix: ``people``.

    Raises:
        FileNotFoundError: if there is no such file.
        aiosql.SQLParseException: if a statement has no name or two have the same.
    """
    import aiosql  # noqa: PLC0415 - 70 ms, and needed only where a database is opened

    path = FOLDER / f"{aggregate}.sql"
    if not path.exists():
        raise FileNotFoundError(path)
    # It would have names say what a statement does; they are run by other means here.
    logging.getLogger("aiosql").setLevel(logging.ERROR)
    queries = aiosql.from_path(path, "sqlite3", mandatory_parameters=False)
    # aiosql adds a ``…_cursor`` twin to every query.
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return MappingProxyType({name: getattr(queries, name).sql for name in names})


def all_statements() -> Mapping[str, str]:
    """Every statement of every file, as ``people.posts``."""
    return {
        f"{path.stem}.{name}": sql
        for path in sorted(FOLDER.glob("*.sql"))
        for name, sql in statements(path.stem).items()
    }
