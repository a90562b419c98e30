"""Bodies of HTTP requests: URL-encoded forms, JSON objects, multipart forms with files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.memory_api.wire import Upload

Form = tuple[Mapping[str, Any], Mapping[str, Upload]]
"""Parameters, and uploads by the name of their field."""

_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_BOUNDARY = re.compile(r'boundary="?([^";]+)')
_NAME = re.compile(r'[; ]name="([^"]*)"')
_FILE_NAME = re.compile(r'filename="([^"]*)"')
_FILE_NAME_UTF8 = re.compile(r"filename\*=utf-8''([^;\r]*)", re.IGNORECASE)
_MIME = re.compile(r"content-type: *([^\r;]+)", re.IGNORECASE)


def read_form(content_type: str, body: bytes, query: str = "") -> Form:
    """Read the parameters of a request.

    Args:
        content_type: what the body is; unknown kinds are taken as empty.
        body: the body.
        query: the part of the address behind the question mark.

    Raises:
        ValueError: the body is not what it says it is.
    """
    params: dict[str, Any] = _decode_form(query.encode("latin-1")) if query else {}
    files: dict[str, Upload] = {}
    if content_type.startswith("application/x-www-form-urlencoded"):
        params |= _decode_form(body)
    elif content_type.startswith("application/json"):
        values = json.loads(body)
        if not isinstance(values, dict):
            raise ValueError("a JSON body must be an object")
        params |= values
    elif content_type.startswith("multipart/form-data"):
        _read_parts(content_type, body, params, files)
    return params, files


def _decode_form(form: bytes) -> dict[str, str]:
    """The fields of a URL-encoded form; runs of escapes at once, as Chinese text is nothing else."""
    pairs = (pair.partition(b"=") for pair in form.split(b"&") if pair)
    return {_decode(name): _decode(value) for name, _, value in pairs}


def _decode(text: bytes) -> str:
    text = text.replace(b"+", b" ")
    return (_ESCAPES.sub(_unescape, text) if b"%" in text else text).decode()


def _unescape(run: re.Match[bytes]) -> bytes:
    return bytes.fromhex(run.group().replace(b"%", b"").decode())


def _read_parts(content_type: str, body: bytes, params: dict[str, Any], files: dict[str, Upload]) -> None:
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise ValueError("multipart form without a boundary")
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.group(1).encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        header = head.decode("utf-8", "replace")
        name = _NAME.search(header)
        if name is None:
            continue
        file_name = _FILE_NAME.search(header) or _FILE_NAME_UTF8.search(header)
        if file_name is None:
            params[name.group(1)] = content.decode()
        else:
            mime = _MIME.search(header)
            kind = mime.group(1) if mime else "application/octet-stream"
            files[name.group(1)] = Upload(file_name.group(1), content, kind)
