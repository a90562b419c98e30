"""How a text is read: what no reader sees left out, script and punctuation folded one to one.

Two steps keep offsets true. ``visible`` drops invisible characters and markup, and says where the others
stood; ``fold`` then maps character to character, so that its offsets are the text's.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from content.lexicon import table

# Zero-width, control and filler characters, bidirectional controls, variation selectors, tags.
_INVISIBLE = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_HAN = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# An accent belongs to a Latin letter; on a Chinese character it only hides it.
_ACCENTS = f"(?<=[{_HAN}])[\u0300-\u036f\u20d0-\u20ff]+"
_TAG = r"</?(?P<tag>[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,500})?/?>|<!--.{0,500}?-->"
_ENTITY = r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});"
_UNSEEN = re.compile(f"(?:{_INVISIBLE})+|{_ACCENTS}|{_TAG}|{_ENTITY}")
_BLOCKS = re.compile("br|p|div|li|ul|ol|t[rdh]|table|h[1-6]|section|article|blockquote", re.IGNORECASE)
"""Tags at which a line ends."""
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_FULL_WIDTH_POINT = re.compile(r"(?<=[\uff10-\uff19])[·\uff0e](?=[\uff10-\uff19])")
_PUNCTUATION = str.maketrans(
    ",:;()?!「」『』﹁﹂﹃﹄‧・･•\u3000\xa0\r\t〔〕［］[]",
    "，：；（）？！“”‘’“”‘’····    （）（）（）",
)
_COMPATIBILITY = (
    *range(0x2E80, 0x2FE0),  # radicals: ⼯ for 工
    *range(0xF900, 0xFB00),  # compatibility ideographs
    *range(0xFF10, 0xFF1A),
    *range(0xFF21, 0xFF3B),
    *range(0xFF41, 0xFF5B),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the characters of a visible text stood in the given one."""

    starts: list[int]
    long: dict[int, int]
    """The end of each character that several gave (a tag, an entity), by its visible offset."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the given text of what stands between two visible offsets."""
        last = end - 1
        return self.starts[start], self.long.get(last) or self.starts[last] + 1


def visible(text: str) -> tuple[str, Origin | None]:
    """The text as a reader sees it, without invisible characters and stray markup.

    Returns:
        The visible text, and where its characters stood; None where nothing was changed.
    """
    if not _UNSEEN.search(text):
        return text, None
    parts: list[str] = []
    starts: list[int] = []
    long: dict[int, int] = {}
    at = 0
    for match in _UNSEEN.finditer(text):
        shown = _shown(match)
        if shown is None:
            continue
        parts.append(text[at : match.start()])
        starts.extend(range(at, match.start()))
        if shown:
            parts.append(shown)
            long[len(starts)] = match.end()
            starts.append(match.start())
        at = match.end()
    parts.append(text[at:])
    starts.extend(range(at, len(text)))
    return "".join(parts), Origin(starts, long)


def _shown(match: re.Match[str]) -> str | None:
    """What a reader sees in place of markup: a line end, a character, nothing; None for what is no markup."""
    if match.group().startswith("&"):
        character = html.unescape(match.group())
        if len(character) > 1:
            return None
        return "" if re.match(_INVISIBLE, character) else character
    return "\n" if match["tag"] and _BLOCKS.fullmatch(match["tag"]) else ""


def fold(text: str) -> str:
    """The text in simplified characters, full-width punctuation and plain digits, of the same length.

    王海峰表示,「開源」３·５％ → 王海峰表示，“开源”3.5％
    """
    pointed = _FULL_WIDTH_POINT.sub(".", text)
    return _STRAIGHT.sub(r"“\1”", pointed.translate(_folding()))


@cache
def _folding() -> dict[int, int]:
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBILITY}
    script = {ord(old): ord(new) for old, (new, *_) in table("traditional").items()}
    folded = {
        code: script.get(ord(character), ord(character))
        for code, character in plain.items()
        if len(character) == 1
    }
    return folded | script | _PUNCTUATION
