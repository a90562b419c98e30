"""Files that were uploaded or sent, by id and by path."""

from __future__ import annotations

from dataclasses import dataclass

from bot.memory_api.errors import bad_request
from bot.memory_api.wire import Json, Upload

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes that a bot may download at most."""

_PREFIX = {"photo": "AgACAgUAAxkBAAM", "document": "BQACAgUAAxkBAAM"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the server keeps."""

    id: str
    kind: str
    """``photo`` or ``document``; a file of one kind cannot be sent as the other."""
    upload: Upload
    path: str
    content: Json
    """The field of a message that shows it: a Document, or the list of PhotoSize."""
    identity: Json
    """The ids and the size in bytes, which every File object carries."""


class FileStore:
    """All files of one server."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload, *, size: tuple[int, int] = (0, 0)) -> StoredFile:
        """Keep a file.

        Args:
            kind: ``photo`` or ``document``.
            upload: the file.
            size: width and height of a photo in pixels.
        """
        number = len(self._by_id) + 1
        file_id = f"{_PREFIX[kind]}{number:06d}"
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        common: Json = {
            "file_id": file_id,
            "file_unique_id": f"AQAD{number:06d}",
            "file_size": len(upload.data),
        }
        if kind == "photo":
            content: Json = {"photo": [{**common, "width": size[0], "height": size[1]}]}
        else:
            content = {"document": {**common, "file_name": upload.name, "mime_type": upload.mime}}
        stored = StoredFile(file_id, kind, upload, f"{kind}s/file_{number}.{suffix}", content, common)
        self._by_id[file_id] = self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file with an id.

        Raises:
            ApiError: there is none.
        """
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            ) from None

    def at(self, path: str) -> bytes | None:
        """The bytes behind a ``file_path``, or None."""
        stored = self._by_path.get(path)
        return stored.upload.data if stored else None
