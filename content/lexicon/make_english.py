"""Makes ``english.tsv``: what an English word is called in Chinese, from CC-CEDICT and jieba's frequencies.

Run as ``python -m content.lexicon.make_english CEDICT``, the dictionary's text file (CC BY-SA 4.0, MDBG;
the table made from it carries the same licence). A word's renderings are those entries one of whose meanings
is the word itself, the ones that Chinese texts use most first.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

_ENTRY = re.compile(r"\S+ (\S+) \[[^\]]*\] /(.*)/")
_NOTE = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"(to )?([a-z]+(?: [a-z]+)?)")
_RENDERINGS = 5
_LENGTH = 4
_RARE = 30
"""Frequency in jieba's dictionary below which a rendering is left out."""
_HEAD = """\
# What English words are called in Chinese, the renderings most used first; verb: the word is mostly a verb.
# Made by make_english.py from CC-CEDICT (MDBG, https://cc-cedict.org), under CC BY-SA 4.0, as is this table.
"""


def main() -> None:
    """Make the table."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        sys.exit("jieba is needed: its dictionary tells how often words are used.")
    lines = Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    used = {line.split()[0]: int(line.split()[1]) for line in lines}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    verbs: dict[str, int] = defaultdict(int)
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        entry = _ENTRY.match(line)
        if entry is None or line.startswith("#") or len(entry[1]) > _LENGTH or used.get(entry[1], 0) < _RARE:
            continue
        for meaning in re.split(r"[/;]", entry[2]):
            gloss = _WORD.fullmatch(_NOTE.sub("", meaning).strip())
            if gloss is not None and len(gloss[2]) > 2:
                found[gloss[2]][entry[1]] = used[entry[1]]
                verbs[gloss[2]] += 1 if gloss[1] else -1
    rows = []
    for word, renderings in sorted(found.items()):
        # One character means too much, where longer words say the same.
        longer = {one: count for one, count in renderings.items() if len(one) > 1} or renderings
        best = sorted(longer, key=longer.__getitem__, reverse=True)[:_RENDERINGS]
        rows.append("\t".join((word, "verb" if verbs[word] > 0 else "noun", *best)))
    (Path(__file__).parent / "english.tsv").write_text(_HEAD + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
