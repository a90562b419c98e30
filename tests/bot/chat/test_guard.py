"""Other web sites do not reach the chat, and foreign code does not reach its page."""

from __future__ import annotations

import httpx
import pytest

from bot.chat.guard import is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:9", "LOCALHOST", "[::1]:8080"])
def test_this_machine_is_loopback(host: str) -> None:
    """Every name of this machine is let in."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8080",
        "127.0.0.1@evil.example",
        "user@127.0.0.1",
        "127.0.0.1/x",
        "127.0.0.1:8080#",
        "[::1",
        "192.168.1.5:8080",
        "0.0.0.0",
    ],
)
def test_other_names_are_not_loopback(host: str) -> None:
    """A name that resolves to 127.0.0.1 is still a foreign name."""
    assert not is_loopback(host)


async def test_foreign_host_is_refused(client: httpx.AsyncClient) -> None:
    """A rebound name reads nothing, not even the page."""
    for path in ("/", "/api/state", "/static/app.js"):
        response = await client.get(path, headers={"Host": "evil.example"})
        assert response.status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8080", "http://127.0.0.1:1"]
)
async def test_foreign_origin_cannot_write(client: httpx.AsyncClient, origin: str) -> None:
    """A page of another origin, another scheme or another port cannot send as the person."""
    message = {"user": 1001, "chat": 1001, "text": "你好"}
    response = await client.post("/api/messages", json=message, headers={"Origin": origin})
    assert response.status_code == 403


async def test_write_without_origin_is_refused(client: httpx.AsyncClient) -> None:
    """Browsers name the origin of every write; a request that does not is refused."""
    del client.headers["Origin"]
    response = await client.post("/api/messages", json={"user": 1001, "chat": 1001, "text": "你好"})
    assert response.status_code == 403


async def test_form_cannot_write(client: httpx.AsyncClient) -> None:
    """Only JSON is read, which a foreign form cannot send without asking first."""
    body = '{"user": 1001, "chat": 1001, "text": "你好"}'
    response = await client.post("/api/messages", content=body, headers={"Content-Type": "text/plain"})
    assert response.status_code == 415


async def test_page_runs_its_own_scripts_only(client: httpx.AsyncClient) -> None:
    """The policy allows no inline script, no foreign address and no HTML from strings."""
    policy = (await client.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_refusals_carry_the_headers_too(client: httpx.AsyncClient) -> None:
    """No answer is without the security headers."""
    for response in (await client.get("/nothing"), await client.get("/", headers={"Host": "x"})):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cross-origin-resource-policy"] == "same-origin"
