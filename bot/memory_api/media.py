"""Photos and documents that the bot sends, by upload or by ``file_id``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.memory_api.errors import bad_request
from bot.memory_api.files import FileStore
from bot.memory_api.images import image_size
from bot.memory_api.method import Request
from bot.memory_api.wire import Json, Upload

PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024
PHOTO_SIDES = 10_000
"""Width and height of a photo together, in pixels."""
PHOTO_RATIO = 20
"""How many times longer one side may be than the other."""


def content_of(request: Request, kind: str) -> Json:
    """The photo or document of a request, as a field of the Message.

    Args:
        request: the request.
        kind: ``photo`` or ``document``, also the name of the parameter.

    Raises:
        ApiError: there is none, or it cannot be sent as that kind.
    """
    source = request.params.text(kind)
    return media_content(request.state.files, kind, source, request.files, field=kind)


def media_content(
    store: FileStore, kind: str, source: str, files: Mapping[str, Upload], *, field: str = ""
) -> Json:
    """A photo or document, as a field of the Message.

    Args:
        store: where uploads are kept.
        kind: ``photo`` or ``document``.
        source: a ``file_id``, ``attach://`` and the name of an upload, an address, or empty.
        files: the uploads.
        field: the upload that is meant where the source is empty.

    Raises:
        ApiError: there is none, or it cannot be sent as that kind.
    """
    upload = files.get(source.removeprefix("attach://") if source else field)
    if upload is not None:
        return _stored(store, kind, upload)
    if not source or source.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        # The server in memory fetches nothing, which looks like an address that does not answer.
        raise bad_request("failed to get HTTP URL content")
    stored = store.get(source)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored.content


def _stored(store: FileStore, kind: str, upload: Upload) -> Json:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return store.add("photo", upload, size=_photo_size(upload)).content
    if len(upload.data) > DOCUMENT_BYTES:
        raise bad_request("file is too big")
    return store.add("document", replace(upload, name=upload.name or "file")).content


def _photo_size(upload: Upload) -> tuple[int, int]:
    if len(upload.data) > PHOTO_BYTES:
        raise bad_request(f"too big photo: {len(upload.data)} bytes, the limit is {PHOTO_BYTES}")
    size = image_size(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > PHOTO_SIDES or min(size) == 0 or max(size) > PHOTO_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size
