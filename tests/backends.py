"""What the tests of all backends share."""

from __future__ import annotations

import sqlite3

from storage.errors import ConstraintError, QueryError

BACKENDS = ("sqlite", "postgresql")
"""Every backend passes the same tests."""
REFUSED = (sqlite3.IntegrityError, ConstraintError)
"""What each backend raises for a row that would break a rule of the schema."""
READ_ONLY = (sqlite3.OperationalError, QueryError)
"""What each backend raises for a reader that writes."""
