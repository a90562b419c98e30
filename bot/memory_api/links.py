"""Addresses that entities and buttons may carry."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.memory_api.errors import FieldError
from bot.memory_api.wire import Json

_OWN_SCHEMES = frozenset({"tg", "ton", "tonsite"})


def user_of_link(url: str) -> int | None:
    """The user that a ``tg://user?id=…`` address names."""
    if not url.lower().startswith("tg:"):
        return None
    parts = urlsplit(url)
    if parts.scheme != "tg" or parts.netloc != "user":
        return None
    identifier = parse_qs(parts.query).get("id", [""])[0]
    return int(identifier) if identifier.isdecimal() else None


def checked_link(url: str) -> str:
    """The address in the form that the server keeps.

    Raises:
        FieldError: the server would refuse it; the text is the server's.
    """
    scheme, separator, rest = url.partition(":")
    scheme = scheme.lower()
    if separator and scheme in _OWN_SCHEMES:
        return f"{scheme}://{rest.removeprefix('//')}"
    if not separator or not rest.startswith("//"):
        scheme, rest = "http", f"//{url}"
    if scheme not in {"http", "https"}:
        raise _invalid(url, "Unsupported URL protocol")
    host, path = _split(rest[2:])
    name = host.rpartition("@")[2]
    if not name.startswith("[") and "." not in name.partition(":")[0]:
        raise _invalid(url, "Wrong HTTP URL")
    return f"{scheme}://{host.lower()}{path}"


def _split(address: str) -> tuple[str, str]:
    match = re.search(r"[/?#]", address)
    if match is None:
        return address, "/"
    path = address[match.start() :]
    return address[: match.start()], path if path.startswith("/") else f"/{path}"


def _invalid(url: str, reason: str) -> FieldError:
    return FieldError(f"URL '{url}' is invalid: {reason}")


def link_entity(url: str, offset: int, length: int) -> Json:
    """The entity for an address: the mention of a user, or a link that is still to be checked."""
    user_id = user_of_link(url)
    if user_id is not None:
        return {"type": "text_mention", "offset": offset, "length": length, "user": {"id": user_id}}
    return {"type": "text_link", "offset": offset, "length": length, "url": url}
