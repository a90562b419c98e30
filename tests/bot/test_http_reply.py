"""Reading HTTP replies."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http_reply import HEAD_LIMIT, MalformedReplyError, Reply

LIMIT = 1000
LENGTH = b'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nX-A: b\r\n\r\n{"a":1}'
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'3;name=value\r\n{"a\r\n4\r\n":1}\r\n0\r\nTrailer: x\r\n\r\n'
)
UNTIL_CLOSE = b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>"
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n" + LENGTH
EMPTY = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"
WHOLE = {LENGTH: b'{"a":1}', CHUNKED: b'{"a":1}', INTERIM: b'{"a":1}', EMPTY: b""}


def read(*pieces: bytes, limit: int = LIMIT) -> Reply:
    """A reply from its pieces."""
    reply = Reply(limit)
    for piece in pieces:
        reply.feed(piece)
    return reply


@pytest.mark.parametrize(("data", "body"), WHOLE.items())
def test_every_split_gives_the_same_reply(data: bytes, body: bytes) -> None:
    """Cut at any one place, or into single bytes, it is complete exactly with its last byte."""
    for cut in range(len(data) + 1):
        reply = read(data[:cut], data[cut:])
        assert (reply.complete, reply.body, reply.keep_alive) == (True, body, True)
    single = Reply(LIMIT)
    for number, byte in enumerate(data):
        assert not single.complete, number
        single.feed(bytes((byte,)))
    assert (single.complete, single.body) == (True, body)


@pytest.mark.parametrize("data", [*WHOLE, UNTIL_CLOSE])
def test_an_end_before_the_end_is_an_error(data: bytes) -> None:
    """A connection that closes early gives no half reply; one without a length ends by closing."""
    for cut in range(len(data)):
        reply = read(data[:cut])
        if data is UNTIL_CLOSE and cut >= data.index(b"\r\n\r\n") + 4:
            continue
        with pytest.raises(MalformedReplyError):
            reply.feed_eof()
    if data is UNTIL_CLOSE:
        reply = read(data)
        assert not reply.complete
        reply.feed_eof()
        assert (reply.status, reply.body, reply.keep_alive) == (502, b"<html>", False)


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 19 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\r\n folded: c\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 2000,
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * HEAD_LIMIT,
        b"x" * (HEAD_LIMIT + 1),
    ],
)
def test_what_is_no_reply_is_refused(data: bytes) -> None:
    """Wrong lengths, other protocols, contradictions and sizes beyond the limits."""
    with pytest.raises(MalformedReplyError):
        read(data)


def test_chunks_together_may_not_pass_the_limit() -> None:
    """The limit is on the whole body, not on a chunk."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with pytest.raises(MalformedReplyError):
        read(head, *(b"100\r\n" + b"x" * 256 + b"\r\n" for _ in range(4)))


def test_a_body_without_length_may_not_pass_the_limit() -> None:
    """Nor does a server that never closes fill the memory."""
    with pytest.raises(MalformedReplyError):
        read(b"HTTP/1.1 200 OK\r\n\r\n", *(b"x" * 256 for _ in range(5)))


def test_endless_trailers_are_refused() -> None:
    """Trailers have the headers' limit."""
    with pytest.raises(MalformedReplyError):
        read(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            *(b"A: " + b"b" * 1000 + b"\r\n" for _ in range(80)),
        )


@pytest.mark.parametrize(
    ("head", "keep"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n", False),
        (b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", False),
    ],
)
def test_when_a_connection_may_be_used_again(head: bytes, keep: bool) -> None:
    """Only where the server keeps it and nothing unasked for followed."""
    reply = read(head)
    assert (reply.complete, reply.keep_alive) == (True, keep)


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_noise_is_refused_or_waited_on_but_never_taken_for_a_reply(noise: bytes, cuts: list[int]) -> None:
    """Whatever comes, and however it is cut, there is no other exception and no reply without a status."""
    marks = sorted({0, len(noise), *(cut for cut in cuts if cut < len(noise))})
    reply = Reply(LIMIT)
    try:
        for begin, end in pairwise(marks):
            reply.feed(noise[begin:end])
    except MalformedReplyError:
        return
    assert not reply.complete or noise.startswith(b"HTTP/1.")


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=8), st.integers(1, 40))
def test_chunked_bodies_are_put_together(chunks: list[bytes], size: int) -> None:
    """Any body in any chunks, fed in pieces of any size."""
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    data += b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    reply = read(*(data[at : at + size] for at in range(0, len(data), size)))
    assert (reply.complete, reply.body) == (True, b"".join(chunks))
