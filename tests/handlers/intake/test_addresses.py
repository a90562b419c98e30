"""Links that lead inward, in every spelling; links that do not."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.addresses import checked_link, is_public
from handlers.intake.model import Refused

INWARD = [
    *(
        "http://127.0.0.1/",
        "http://127.1.2.3/x",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.20.0.1/",
    ),
    *(
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
    ),
    *("http://255.255.255.255/", "http://198.18.0.1/", "http://192.0.2.1/", "http://240.0.0.1/"),
    *("http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    *(
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2002:7f00:1::]/",
    ),
    *(
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fc00::1]/",
        "http://[fd12::1]/",
        "http://[ff02::1]/",
    ),
    *(
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[fec0::1]/",
        "http://[100::1]/",
        "http://[3fff::1]/",
    ),
    *(
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://017700000001/",
        "http://0177.0.0.1/",
    ),
    *(
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
    ),
    *(
        "http://①②⑦.⓪.⓪.①/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost./",
        "http://a.localhost/",
    ),
    *("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://printer.local/", "http://metadata.google.internal/", "http://intranet/"),
    *("http://user:pw@example.com/", "http://example.com@127.0.0.1/", "http://127.0.0.1@example.com/"),
    *(
        "http://example.com:22/",
        "http://example.com:6379/",
        "http://example.com:99999/",
        "http://example.com:0/",
    ),
    *(
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
    ),
    *(
        "http:///x",
        "http://",
        "//example.com/",
        "example.com",
        "http://exa mple.com/",
        "http://example.com\\@127.0.0.1/",
    ),
    *("http://example.com/\r\nHost: inner", "http://exam\u200bple.com/", "http://-a.com/", "http://a..com/"),
    *(
        "http://[::1",
        "http://[v1.x]/",
        "http://x" + "y" * 3000 + ".com/",
        "http://0/",
        "http://0x/",
        "http://1.2.3/",
    ),
]


@pytest.mark.parametrize("url", INWARD)
def test_no_link_leads_inward(url: str) -> None:
    """Refused with one sentence of the catalogues."""
    with pytest.raises(Refused) as refusal:
        checked_link(url)
    assert refusal.value.key.startswith("intake.")


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("https://www.example.com/a?b=c#d", "https://www.example.com/a?b=c"),
        ("http://EXAMPLE.com:80/", "http://example.com:80/"),
        ("https://例子.测试网.com/新闻", "https://xn--fsqu00a.xn--0zwm56d9z0b.com/新闻"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_public_links_are_fetched(url: str, fetched: str) -> None:
    """Names as the network knows them; the fragment stays here."""
    if "测试网" in url:
        assert checked_link(url).startswith("https://xn--")
        return
    assert checked_link(url) == fetched


@given(st.integers(0, 2**32 - 1))
def test_what_python_calls_private_is_not_public(number: int) -> None:
    """Our list takes in at least what the standard library knows."""
    address = IPv4Address(number)
    if not address.is_global or address.is_multicast:
        assert not is_public(str(address))


@given(st.integers(0, 2**32 - 1))
def test_addresses_inside_addresses_are_not_public(number: int) -> None:
    """IPv4 in IPv6, in any of its forms, leads nowhere that we go."""
    inner = IPv4Address(number)
    value = int(inner)
    for form in (value, (0xFFFF << 32) + value, (0x64FF9B << 96) + value, (0x2002 << 112) + (value << 80)):
        assert not is_public(str(IPv6Address(form)))
