"""Bodies of HTTP requests: URL-encoded forms, JSON objects, multipart forms with files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from bot.memory_api.wire import Upload

Form = tuple[Mapping[str, Any], Mapping[str, Upload]]
"""Parameters, and uploads by the name of their field."""

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
    params: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    files: dict[str, Upload] = {}
    if content_type.startswith("application/x-www-form-urlencoded"):
        params |= parse_qsl(body.decode(), keep_blank_values=True)
    elif content_type.startswith("application/json"):
        params |= json.loads(body)
    elif content_type.startswith("multipart/form-data"):
        _read_parts(content_type, body, params, files)
    return params, files


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
