"""Which addresses on the network an editor's link may lead to: none that is not public.

A link is fetched from where the bot runs, so that it could reach what only that machine may: its own
services, its network, the metadata of its cloud (server-side request forgery). The rules are by allow-list
where there is one: IPv4 without IANA's special-purpose blocks, IPv6 global unicast (2000::/3) without those
that carry another address in them or lead nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import idna

from handlers.intake.model import Refused

LONGEST = 2_000
"""Characters of a link at most."""
_SPECIAL_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
"""IANA's registry of special-purpose IPv4 addresses, and multicast."""
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
)
"""Of those: protocols (Teredo among them), documentation, 6to4."""
_PORTS = (None, 80, 443)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_INNER = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "test",
    "onion",
)
"""Names that lead nowhere public."""


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach an address, and nothing else is meant by it."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _SPECIAL_4)
    return found in _GLOBAL_6 and not any(found in network for network in _SPECIAL_6)


def checked_link(url: str) -> str:
    """A link as it may be fetched, its name in the form that the network knows.

    Raises:
        Refused: it is no link to a public place; what a name leads to is checked when it is connected.
    """
    if len(url) > LONGEST or any(one.isspace() or unicodedata.category(one)[0] == "C" for one in url):
        raise Refused("intake.bad_link")
    if "\\" in url:
        raise Refused("intake.bad_link")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname
    except ValueError:
        raise Refused("intake.bad_link") from None
    if parts.scheme not in {"http", "https"}:
        raise Refused("intake.other_scheme")
    if not host or "@" in parts.netloc or ("[" in parts.netloc and ":" not in host):
        raise Refused("intake.bad_link")
    if port not in _PORTS:
        raise Refused("intake.other_port")
    name = _host(host)
    shown = f"[{name}]" if ":" in name else name
    return parts._replace(netloc=shown if port is None else f"{shown}:{port}", fragment="").geturl()


def _host(host: str) -> str:
    """A host as the network knows it.

    Raises:
        Refused: it is an address that is not public, or one in an odd spelling, or no name.
    """
    literal = _literal(host)
    if literal is not None:
        if not is_public(str(literal)):
            raise Refused("intake.inner_address")
        return str(literal)
    name = host.lower()
    if not name.isascii():
        if unicodedata.normalize("NFKC", name).isascii():
            # １２７.０.０.１ and ⓛocalhost are written so by nobody who means well.
            raise Refused("intake.bad_link")
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise Refused("intake.bad_link") from None
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused("intake.bad_link")
    # 2130706433, 0x7f.1 and 017700000001 are addresses to some; no name ends in a number.
    if labels[-1][0].isdigit() or re.fullmatch(r"0x[0-9a-f]*", labels[-1]):
        raise Refused("intake.bad_link")
    if len(labels) == 1 or any(name == inner or name.endswith(f".{inner}") for inner in _INNER):
        raise Refused("intake.inner_address")
    return name


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is, in its one regular spelling; with a zone it is none that is public."""
    if "%" in host:
        raise Refused("intake.inner_address")
    try:
        return ip_address(host)
    except ValueError:
        if ":" in host:
            raise Refused("intake.bad_link") from None
        return None
