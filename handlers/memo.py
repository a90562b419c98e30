"""What was rendered, remembered until the content changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = tuple[Hashable, ...]
_T = TypeVar("_T")
CAPACITY = 2_000
"""Replies kept; one takes about 5 kB."""


class Memo(Generic[_T]):
    """A bounded cache of replies, emptied when the content's revision moves."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._revision = -1
        self._replies: OrderedDict[Key, _T] = OrderedDict()

    def get(self, key: Key, revision: int) -> _T | None:
        """The reply kept under a key at this revision of the content."""
        if revision != self._revision:
            self._replies.clear()
            self._revision = revision
            return None
        reply = self._replies.get(key)
        if reply is not None:
            self._replies.move_to_end(key)
        return reply

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._replies)

    def put(self, key: Key, revision: int, reply: _T) -> None:
        """Keep a reply, unless the content changed while it was made."""
        if revision != self._revision:
            return
        self._replies[key] = reply
        if len(self._replies) > self._capacity:
            self._replies.popitem(last=False)
