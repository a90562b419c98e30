"""Reading one HTTP/1.1 reply from bytes that come in any pieces; no I/O of its own."""

from __future__ import annotations

import re

HEAD_LIMIT = 64 * 1024
"""Bytes that a reply's status line and headers, or its trailers, may have."""

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: [^\r\n]*)?")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?")
_LINE_LIMIT = 1024
_BODILESS = frozenset({204, 304})


class MalformedReplyError(ValueError):
    """What came is no HTTP/1.1 reply, or more than the limits allow."""


class Reply:
    """One reply while it comes in: ``feed`` it bytes until it is ``complete``."""

    __slots__ = (
        "_body_limit",
        "_buffer",
        "_chunks",
        "_need",
        "_read",
        "body",
        "complete",
        "headers",
        "keep_alive",
        "status",
    )

    def __init__(self, body_limit: int) -> None:
        """Start before the first byte.

        Args:
            body_limit: bytes that the body may have.
        """
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        """Names in small letters."""
        self.body = b""
        self.complete = False
        self.keep_alive = False
        self._body_limit = body_limit
        self._buffer = bytearray()
        self._chunks: list[bytes] = []
        self._need = 0
        self._read = self._read_head

    @property
    def started(self) -> bool:
        """Whether any byte of it has come."""
        return bool(self.status or self._buffer)

    def feed(self, data: bytes) -> None:
        """Take the next bytes.

        Raises:
            MalformedReplyError: they cannot belong to a reply.
        """
        self._buffer += data
        while not self.complete and self._read():
            pass
        if self.complete and self._buffer:
            self.keep_alive = False  # Nobody asked for more: what follows is not to be trusted.

    def feed_eof(self) -> None:
        """Take the end of the connection, which completes a reply without a length.

        Raises:
            MalformedReplyError: the reply is cut off.
        """
        if self._read != self._read_until_close:
            raise MalformedReplyError("the reply is cut off")
        self._finish(bytes(self._buffer))

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if (end if end >= 0 else len(self._buffer)) > HEAD_LIMIT:
            raise MalformedReplyError("the headers are too long")
        if end < 0:
            return False
        status_line, *lines = bytes(self._buffer[:end]).split(b"\r\n")
        del self._buffer[: end + 4]
        match = _STATUS_LINE.fullmatch(status_line)
        if match is None:
            raise MalformedReplyError("no HTTP/1.1 status line")
        status = int(match[2])
        if status < 200:
            return True  # An interim reply (100 Continue); the real one follows.
        self.status = status
        self.headers = _headers(lines)
        self._choose_body(self.headers, http_1_1=match[1] == b"1")
        return True

    def _choose_body(self, headers: dict[bytes, bytes], *, http_1_1: bool) -> None:
        connection = headers.get(b"connection", b"").lower()
        self.keep_alive = b"close" not in connection and (http_1_1 or b"keep-alive" in connection)
        coding = headers.get(b"transfer-encoding")
        if headers.get(b"content-encoding", b"identity").lower() != b"identity":
            raise MalformedReplyError("the body is compressed, which was not asked for")
        if self.status in _BODILESS:
            self._finish(b"")
        elif coding is not None:
            if coding.lower() != b"chunked":
                raise MalformedReplyError("unknown transfer coding")
            self.keep_alive = self.keep_alive and b"content-length" not in headers
            self._read = self._read_chunk_size
        elif b"content-length" in headers:
            self._expect(_length(headers[b"content-length"]))
            self._read = self._read_body
        else:
            self.keep_alive = False
            self._read = self._read_until_close

    def _expect(self, length: int) -> None:
        if sum(map(len, self._chunks)) + length > self._body_limit:
            raise MalformedReplyError("the body is too long")
        self._need = length

    def _read_body(self) -> bool:
        if len(self._buffer) < self._need:
            return False
        self._finish(bytes(self._buffer[: self._need]))
        del self._buffer[: self._need]
        return True

    def _read_until_close(self) -> bool:
        self._expect(len(self._buffer))
        return False

    def _take_line(self) -> bytes | None:
        end = self._buffer.find(b"\r\n")
        if (end if end >= 0 else len(self._buffer)) > _LINE_LIMIT:
            raise MalformedReplyError("a line is too long")
        if end < 0:
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        return line

    def _read_chunk_size(self) -> bool:
        line = self._take_line()
        if line is None:
            return False
        match = _CHUNK_SIZE.fullmatch(line)
        if match is None:
            raise MalformedReplyError("no chunk size")
        self._expect(int(match[1], 16))
        self._read = self._read_chunk if self._need else self._read_trailer
        return True

    def _read_chunk(self) -> bool:
        if len(self._buffer) < self._need + 2:
            return False
        if self._buffer[self._need : self._need + 2] != b"\r\n":
            raise MalformedReplyError("a chunk is longer than it says")
        self._chunks.append(bytes(self._buffer[: self._need]))
        del self._buffer[: self._need + 2]
        self._read = self._read_chunk_size
        return True

    def _read_trailer(self) -> bool:
        line = self._take_line()
        if line is None:
            return False
        self._need += len(line)
        if self._need > HEAD_LIMIT:
            raise MalformedReplyError("the trailers are too long")
        if not line:
            self._finish(b"".join(self._chunks))
        return True

    def _finish(self, body: bytes) -> None:
        self.body = body
        self.complete = True


def _headers(lines: list[bytes]) -> dict[bytes, bytes]:
    headers: dict[bytes, bytes] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name or name != name.strip():
            raise MalformedReplyError("a header without a name")
        name = name.lower()
        value = value.strip(b" \t")
        if headers.get(name, value) != value and name in {b"content-length", b"transfer-encoding"}:
            raise MalformedReplyError("two headers contradict each other")
        headers[name] = value
    return headers


def _length(value: bytes) -> int:
    if not value.isdigit() or len(value) > 18:
        raise MalformedReplyError("no content length")
    return int(value)
