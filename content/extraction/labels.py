"""Labels of a transcript: who the line that they open belongs to (记者：…, 答：…, 王海峰：…)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from content.document import Span
from content.extraction.analysis import Phrase

_LABEL = re.compile(r"[^，。！？；：“”\n]{1,40}：")
_QUESTION = re.compile(
    r".*(?:记者|主持人|提问|问|[Qq]|编者按|网友|观众|主编|编辑)(?:提问|追问|问)?[0-9]{0,2}："
)
_LONGEST_ASKER = 14
_CLOSINGS = frozenset("。！？…”）：.")
"""How a line ends that is no heading (李某：绿色是方向)."""
_ANSWER = re.compile(r"(?:答|[Aa]|回答|嘉宾|受访者)[0-9]{0,2}：")


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a line: whose words follow it."""

    kind: Literal["question", "answer", "name"]
    end: int
    """Offset behind the colon."""
    name: str | None = None


def find_labels(text: str, lines: Sequence[Span], phrases: Sequence[Phrase]) -> dict[int, Label]:
    """The labels of the lines that have one, by the offset of the line; empty where there is no transcript.

    Args:
        text: the folded text.
        lines: the lines of the body.
        phrases: the people named, in text order.
    """
    named = {phrase.start: phrase for phrase in phrases} | {p.mention.start: p for p in phrases}
    labels = dict(_labels(text, lines, named)) | _askers(text, lines, named)
    ends = {line.end for line in lines}
    kinds = [label.kind for label in labels.values()]
    spoken = len(kinds) - kinds.count("question")
    alone = {label.name for start, label in labels.items() if label.name and label.end in ends}
    is_transcript = len(kinds) > 2 or len(alone) > 1 or (kinds.count("question") and spoken)
    return labels if is_transcript else {}


def _labels(text: str, lines: Sequence[Span], named: dict[int, Phrase]) -> Iterator[tuple[int, Label]]:
    for line in lines:
        match = _LABEL.match(text, line.start, line.end)
        if match is None:
            continue
        phrase = named.get(line.start)
        if phrase and _is_label(text, phrase, match.end()) and text[line.end - 1] in _CLOSINGS:
            yield line.start, Label("name", match.end(), phrase.mention.name)
        elif _QUESTION.fullmatch(match.group()):
            yield line.start, Label("question", match.end())
        elif _ANSWER.fullmatch(match.group()) and match.end() < line.end:
            yield line.start, Label("answer", match.end())


def _askers(text: str, lines: Sequence[Span], named: dict[int, Phrase]) -> dict[int, Label]:
    """The lines of one who asks again and again under a name that is no person's (澎湃新闻：…？)."""
    asked: dict[str, list[tuple[int, Label]]] = defaultdict(list)
    for line in lines:
        match = _LABEL.match(text, line.start, min(line.end, line.start + _LONGEST_ASKER))
        if match and line.start not in named and text[line.end - 1] == "？":
            asked[match.group()].append((line.start, Label("question", match.end())))
    return {start: label for labels in asked.values() if len(labels) > 1 for start, label in labels}


def _is_label(text: str, phrase: Phrase, end: int) -> bool:
    """Whether nothing but a name and its posts stands before the colon."""
    between = text[phrase.end : end - 1].strip()
    return not between or (between[0] == "（" and between[-1] == "）")
