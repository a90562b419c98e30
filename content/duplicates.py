"""Whether two articles are the same report: reprinted, with another heading, shortened.

Each text is cut into overlapping runs of characters (shingles), and the smallest hashes of them are kept.
What of the smallest hashes of two texts together is in both tells how much they share (bottom-k sketches:
Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from content.document import Document
from content.folding import fold_name

KEPT = 64
"""Hashes of a sketch; the likeness is right to about a sixth of its root, 0.06 at a half."""
_RUN = 6
"""Characters of a shingle: longer than names and set phrases, shorter than a clause."""
NEAR, WITHIN = 0.5, 0.8
"""Likeness, or share of the shorter text, from which two articles are called the same report."""
_FEW = 8
"""Hashes in common from which a share says anything."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text, in order, and how many there were."""

    hashes: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common."""

    resemblance: float
    """Share of what either says that both say, 0–1."""
    containment: float
    """Share of the shorter one that the other says too, 0–1."""

    @property
    def near(self) -> bool:
        """Whether they are the same report."""
        return self.resemblance >= NEAR or self.containment >= WITHIN


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage in which two texts differ; one side may be empty."""

    here: str
    there: str


def sketch(text: str) -> Sketch:
    """The sketch of a text; script, width, punctuation and blanks make no difference."""
    runs = set(_shingles(fold_name(text)))
    return Sketch(tuple(heapq.nsmallest(KEPT, map(_hash, runs))), len(runs))


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """How much two texts have in common, by their sketches."""
    together = heapq.nsmallest(KEPT, {*one.hashes, *other.hashes})
    common = set(one.hashes) & set(other.hashes)
    shared = sum(one in common for one in together)
    if not together or (shared < _FEW and len(together) >= KEPT):
        return Likeness(shared / max(len(together), 1), 0.0)
    resemblance = shared / len(together)
    both = resemblance / (1 + resemblance) * (one.size + other.size)
    return Likeness(resemblance, min(both / max(min(one.size, other.size), 1), 1.0))


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """Where two texts differ, sentence by sentence, in the order of the first."""
    mine, theirs = list(_sentences(here)), list(_sentences(there))
    matcher = SequenceMatcher(
        None, [fold_name(one) for one in mine], [fold_name(one) for one in theirs], False
    )
    return tuple(
        Difference("".join(mine[a:b]), "".join(theirs[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    )


def _shingles(text: str) -> Iterator[str]:
    if 0 < len(text) < _RUN:
        yield text
    for start in range(len(text) - _RUN + 1):
        yield text[start : start + _RUN]


def _hash(run: str) -> int:
    """63 bits, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def _sentences(text: str) -> Iterator[str]:
    document = Document(text)
    for sentence in document.sentences:
        yield document[sentence]
