"""What can go wrong in storage.

StorageError
├── DatabaseURLError     the address names no database that this program can open
├── DatabaseTooNewError  a newer program has migrated the database
├── DatabaseFullError    the disk takes no more; nothing was written
├── DatabaseDamagedError the file is damaged
├── BackupError          a copy cannot be made, or is no good
├── MoveError            data cannot be moved to another database
├── MigrationError       a migration failed; what it did was undone
├── DatabaseUnavailableError  the server cannot be reached, or ended the connection
├── ConstraintError      a row would break a rule of the schema
├── QueryError           the server refused a statement for any other reason
├── StatementError       a named statement does not fit the schema
├── NestedTransactionError  a task that already writes began a second transaction
└── StaleEditionError    the content has changed since an edition was composed
"""

from __future__ import annotations


class StorageError(Exception):
    """Anything the storage layer raises of itself."""


class DatabaseURLError(StorageError):
    """The address names no database that this program can open."""


class DatabaseTooNewError(StorageError):
    """The database carries a migration that this program does not know."""


class DatabaseFullError(StorageError):
    """The disk takes no more; the transaction was rolled back, reading goes on."""


class DatabaseDamagedError(StorageError):
    """The data is damaged; the text says what the database found."""


class BackupError(StorageError):
    """A copy of a database cannot be made or is no good; the text is one clear line."""


class MoveError(StorageError):
    """Data cannot be moved to another database; nothing was changed there."""


class MigrationError(StorageError):
    """A migration failed and was rolled back; the text says where the copy of the state before is."""


class DatabaseUnavailableError(StorageError):
    """The server cannot be reached or ended the connection; the transaction in hand was rolled back."""


class ConstraintError(StorageError):
    """A row would break a rule of the schema; SQLite raises ``sqlite3.IntegrityError`` for it."""


class QueryError(StorageError):
    """The server refused a statement, such as a value of a wrong type."""


class StatementError(StorageError):
    """A named statement does not fit the schema; raised at the start."""


class NestedTransactionError(StorageError):
    """A task that already holds the writer began a second transaction, which could only wait for itself."""


class StaleEditionError(StorageError):
    """The content has changed since an edition was composed."""


class NotUndoableError(StorageError):
    """An entry of the history cannot be taken back; ``cause`` says why.

    ``gone``: it is not there, or what it is about is not; ``undone``: it is taken back already; ``changed``:
    what it left was changed since; ``never``: it is of a kind that is not taken back.
    """

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class LastOwnerError(StorageError):
    """Nobody would be left to give roles."""
