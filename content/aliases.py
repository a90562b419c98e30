"""Second names that an article gives in brackets: Gartner(高德纳), 飞桨（PaddlePaddle）."""

from __future__ import annotations

import re

from content.folding import fold_name

_BRACKET = r"[（(]([^（）()\n]{2,40})[）)]"
_INSIDE = re.compile(rf"(.+?){_BRACKET}(.*)")
_SHORT_FOR = re.compile(
    r"(?:以下)?(?:统称|简称|又称|亦称|英文名)[:：为]?\s*[“\"「]?([^”\"」，。；]{2,20})[”\"」]?$"
)
# Such a bracket explains or cites: 纳斯达克：BIDU, 2020, 左三, 德国, 美籍.
_NO_NAME = re.compile(r"[\d：:；;，,。、？！…%]|^[图左右中前后]|[国洲省市籍排]$")
_TITLE_LIKE = re.compile(r"[A-Z]{2,4}")


def aliases(name: str, text: str, *, person: bool = False) -> tuple[str, ...]:
    """Other names that a text gives for a name, in brackets behind it or inside it.

    A bracket is taken for a name where it is written in the other script (Latin for Chinese and the reverse)
    or is introduced as a short form: （以下简称“量研院”）.

    Args:
        name: the name as the article writes it.
        text: the article.
        person: a person's bracket in capitals is a post (王海峰（CTO）), not a name.
    """
    found = [_as_name(name, match[1], person) for match in re.finditer(re.escape(name) + _BRACKET, text)]
    if inside := _INSIDE.fullmatch(name):
        before, bracket, behind = inside.groups()
        if second := _as_name(before, bracket, person):
            # Gartner(高德纳)研究咨询 is also called 高德纳, Gartner and Gartner研究咨询.
            found += [second, before, before + behind]
    named = {fold_name(alias): alias for alias in found if alias}
    return tuple(alias for folded, alias in named.items() if folded not in {"", fold_name(name)})


def _as_name(name: str, bracket: str, person: bool) -> str | None:
    bracket = bracket.strip()
    if short := _SHORT_FOR.match(bracket):
        return short[1]
    if _NO_NAME.search(bracket) or (person and _TITLE_LIKE.fullmatch(bracket)):
        return None
    return bracket if fold_name(bracket).isascii() != fold_name(name).isascii() else None
