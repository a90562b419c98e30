"""Rendered replies, remembered until the content changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import TypeVar

from handlers.reply import Reply

Key = tuple[Hashable, ...]
_T = TypeVar("_T")
CAPACITY = 2_000
"""Replies kept; one takes about 5 kB."""


class Memo:
    """A bounded cache of replies, emptied when the content's revision moves."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._revision = -1
        self._replies: OrderedDict[Key, Reply] = OrderedDict()

    def get(self, key: Key, revision: int) -> Reply | None:
        """The reply kept under a key at this revision of the content."""
        if revision != self._revision:
            self._replies.clear()
            self._revision = revision
            return None
        reply = self._replies.get(key)
        if reply is not None:
            self._replies.move_to_end(key)
        return reply

    def put(self, key: Key, revision: int, reply: Reply) -> None:
        """Keep a reply, unless the content changed while it was made."""
        if revision != self._revision:
            return
        self._replies[key] = reply
        if len(self._replies) > self._capacity:
            self._replies.popitem(last=False)
