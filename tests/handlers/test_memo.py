"""Remembered replies: as long as the content stays, and no more than fit."""

from __future__ import annotations

from handlers.memo import Memo
from handlers.reply import Reply

ONE, TWO = Reply(toast="一"), Reply(toast="二")


def test_a_reply_is_kept_until_the_content_changes() -> None:
    """The next revision of the content knows nothing of the last."""
    memo = Memo()
    assert memo.get(("a",), 1) is None
    memo.put(("a",), 1, ONE)
    assert memo.get(("a",), 1) is ONE
    assert memo.get(("a",), 2) is None
    assert memo.get(("a",), 1) is None


def test_a_reply_made_while_the_content_changed_is_not_kept() -> None:
    """What was read before a commit is not remembered as if it were read after."""
    memo = Memo()
    memo.get(("a",), 1)
    memo.get(("b",), 2)
    memo.put(("a",), 1, ONE)
    assert memo.get(("a",), 2) is None


def test_the_longest_unused_goes_first() -> None:
    """Beyond the capacity the reply that nobody asked for longest is forgotten."""
    memo = Memo(capacity=2)
    for key, reply in (("a", ONE), ("b", TWO)):
        memo.get((key,), 1)
        memo.put((key,), 1, reply)
    memo.get(("a",), 1)
    memo.put(("c",), 1, ONE)
    assert memo.get(("b",), 1) is None
    assert memo.get(("a",), 1) is ONE
