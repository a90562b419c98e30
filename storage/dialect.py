"""From shared SQL with ``:name`` to what asyncpg takes: ``$1``, ``$2`` and values in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from storage.database import Parameters
from storage.matching import Expression
from storage.queries import Statement, postgresql_statements

# FTS5's condition; PostgreSQL has a function for it (see its schema), whose rows take the name of the index.
_FULL_TEXT = re.compile(r"FROM passage_index\s+WHERE\s+passage_index MATCH (:[a-z_]\w*)")
_HOLDING = r"FROM passages_holding(\1) AS passage_index (rowid) WHERE true"
# What stands in quotes or in a comment, and casts (``::text``), are left as they are.
_PARTS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|::|:(?P<name>[a-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Translated:
    """A statement for asyncpg."""

    sql: str
    names: tuple[str, ...]
    """The parameters in the order of their numbers."""

    def values(self, parameters: Parameters | None) -> list[Any]:
        """The values to send.

        Raises:
            KeyError: a parameter has no value.
        """
        given = parameters or {}
        return [_value(given[name]) for name in self.names]


def translate(sql: str) -> Translated:
    """A statement in PostgreSQL's words; a named one in those that stand apart, where there are any."""
    if isinstance(sql, Statement):
        sql = postgresql_statements().get(sql.name, sql)
    return _translate(sql)


@lru_cache(maxsize=1024)
def _translate(sql: str) -> Translated:
    numbers: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        name = match["name"]
        return match[0] if name is None else f"${numbers.setdefault(name, len(numbers) + 1)}"

    return Translated(_PARTS.sub(numbered, _FULL_TEXT.sub(_HOLDING, sql)), tuple(numbers))


def _value(value: Any) -> Any:
    return value.tokens() if isinstance(value, Expression) else value
