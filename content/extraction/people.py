"""Where the article names its people: full names everywhere, and later short forms of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.document import Span
from content.extraction.analysis import Analysis, Mention
from content.extraction.coreference import find_short_forms
from content.extraction.foreign import find_foreign_names
from content.extraction.name_slots import find_slot_names, is_word, stands_as_name
from content.extraction.names import Name, find_names
from content.lexicon import Terms, terms


def find_people(analysis: Analysis) -> tuple[Mention, ...]:
    """Every mention of a person in the body, in text order, under the person's full name.

    Who only made the article (记者, 编辑) is left out.
    """
    text = analysis.reading
    found = find_foreign_names(text) | find_names(text)
    found |= find_slot_names(text, found)
    names = {name: known for name, known in found.items() if not known.press}
    full = list(_full_mentions(analysis, names))
    mentions = sorted([*full, *find_short_forms(text, full)], key=lambda mention: mention.start)
    return tuple(_inside(mentions, analysis.body))


def _full_mentions(analysis: Analysis, names: dict[str, Name]) -> Iterator[Mention]:
    """The places of full names; of a doubled name (王恩东王恩东) the first only."""
    if not names:
        return
    text, known = analysis.reading, Terms(names)
    heads = re.compile(f"[{''.join(sorted({re.escape(name[0]) for name in names}))}]")
    written: dict[str, str] = {}
    done = 0
    for match in heads.finditer(text):
        start = match.start()
        length = known.at(text, start) if start >= done else 0
        if not length or _runs_into_a_word(text, start, start + length) or _is_eponym(text, start + length):
            continue
        name, end = text[start : start + length], start + length
        if names[name].rule == "slot" and is_word(name) and not stands_as_name(text, start, end):
            continue
        canonical = written.setdefault(name, analysis.document.text[start:end])
        yield Mention(
            start=start, end=end, name=canonical, confidence=names[name].confidence, rule=names[name].rule
        )
        done = end + length if text.startswith(name, end) else end


_EPONYM = re.compile(
    "(?:科学|科技|技术|文学|教育|艺术|医学|数学|物理学?|化学|经济学|新闻|电影|建筑)*(?:奖学金|奖教金|奖(?!励))"
    "|基金会|纪念馆|故居|图书馆|实验室|中学|大学|书院|工作室"
)


def _is_eponym(text: str, end: int) -> bool:
    """Whether a name is the beginning of another one: 霍英东|基金会, 唐敖庆|科学奖."""
    return _EPONYM.match(text, end) is not None


def _runs_into_a_word(text: str, start: int, end: int) -> bool:
    """李|强调 and not 李强|调: a word begins inside the name and ends behind it."""
    if not "一" <= text[start] <= "鿿":
        return text[end : end + 1].isascii() and text[end : end + 1].isalpha()
    return end - start == 2 and terms("words").at(text, start + 1) > 1 and terms("words").at(text, end) < 2


def _inside(mentions: Iterable[Mention], body: tuple[Span, ...]) -> Iterator[Mention]:
    """The mentions that stand in the sentences of the body."""
    sentences = iter(body)
    sentence = next(sentences, None)
    for mention in mentions:
        while sentence is not None and sentence.end <= mention.start:
            sentence = next(sentences, None)
        if sentence is not None and sentence.start <= mention.start:
            yield mention
