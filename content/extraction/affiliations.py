"""The posts that stand around a name, each split where the organisation ends and the position begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from content.extraction.analysis import Analysis, Mention, Phrase
from content.extraction.reading import fold
from content.extraction.titles import before_gap, kind, title_at, title_before
from content.lexicon import Terms, table, terms
from content.model import Affiliation

_JOINTS = "、，；兼暨/& -—–"
_STOPS = frozenset("\n。！？：“”‘’【】…|｜丨•●■◆▲△▼▽◎○□※★☆*")
_OFFICES = frozenset("处局部院所司厅委科馆系校")
"""Suffixes of one character that end an organisation even where no title follows."""
_OURS = frozenset("我本该")
"""我校|党委书记: whose post it is stands outside the article; 院|党委书记 is one title."""
_LONGEST = 120
"""Code points before a name that its posts may take."""
_SEATS = ("委员", "常委", "成员", "理事", "代表", "会员", "监事")
_FIELD = 10
"""Code points of the longest field between an organisation and a head (人工智能|总监)."""


def find_phrases(analysis: Analysis) -> tuple[Phrase, ...]:
    """Every mention of a person with the posts before and behind it.

    中国工程院院士、浪潮首席科学家王恩东 → 中国工程院 + 院士, 浪潮 + 首席科学家
    """
    phrases: list[Phrase] = []
    starts = [mention.start for mention in analysis.people[1:]] + [len(analysis.reading)]
    for mention, ceiling in zip(analysis.people, starts, strict=False):
        floor = phrases[-1].end if phrases else 0
        phrases.append(_phrase(analysis, mention, floor, ceiling))
    shared = reversed(list(_with_shared_titles(analysis.reading, phrases)))
    return tuple(_with_listed_posts(analysis.reading, list(shared)))


def _with_listed_posts(text: str, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """中国科学院院士|张俊、刘怡、陈平教授: a post that many hold, before the first of a list, is everybody's.

    An office (院长) is one person's; whoever has a post before the own name ends the list.
    """
    listed: tuple[Affiliation, ...] = ()
    last: Phrase | None = None
    for phrase in phrases:
        own = phrase.posts
        bare = phrase.start == phrase.mention.start and all(post.organization is None for post in own)
        if last is None or not bare or text[last.end : phrase.start] not in {"、", "和", "与", "及"}:
            listed = () if bare else tuple(post for post in own if _is_held_by_many(post))
        elif listed and phrase.mention.rule != "short form":
            last = replace(phrase, posts=tuple(unite((*listed, *own))))
            yield last
            continue
        last = phrase
        yield phrase


def _is_held_by_many(post: Affiliation) -> bool:
    """Whether several hold the same post: a rank (院士), a seat (委员), a deputy's office (副主席)."""
    title = fold(post.title or "")
    many = title.startswith("副") or title.endswith(_SEATS) or kind(title) == "rank"
    return post.organization is not None and many


def _with_shared_titles(text: str, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """董俊敏、吴绍靖|副院长: the title behind the last of a list is everybody's."""
    shared: tuple[Affiliation, ...] = ()
    for phrase, following in zip(reversed(phrases), (None, *reversed(phrases)), strict=False):
        joined = following and text[phrase.end : following.start] in {"、", "和", "与", "及"}
        if not joined or following is None or phrase.posts or following.start != following.mention.start:
            shared = (
                phrase.posts
                if phrase.end > phrase.mention.end and phrase.start == phrase.mention.start
                else ()
            )
            yield phrase
        else:
            yield replace(phrase, posts=shared)


def _phrase(analysis: Analysis, mention: Mention, floor: int, ceiling: int) -> Phrase:
    """A mention with its posts, which stand between the mentions before and behind it."""
    text, original = analysis.reading, analysis.document.text
    if mention.rule == "short form":
        return Phrase(mention, mention.start, mention.end, ())
    end = mention.end
    if text.startswith(text[mention.start : end], end):
        end += end - mention.start
    opening, before = posts_before(text, mention.start, max(floor, mention.start - _LONGEST))
    closing, behind = _posts_behind(text, mention.start, end, ceiling)
    if behind and all(post.title is None for post in before):
        opening, behind = _held_before(text, mention.start, max(floor, mention.start - _LONGEST), behind)
    posts = unite(_cut(original, post) for post in (*before, *behind))
    told = [
        post for post in posts if post.organization or fold(post.title or "") not in terms("titles", "plain")
    ]
    return Phrase(mention, opening, closing, tuple(told if len(posts) > 1 else posts))


def unite(posts: Iterable[Affiliation | None]) -> list[Affiliation]:
    """The posts without those that another one says more fully (党委书记 beside 宣武医院 + 党委书记)."""
    kept: list[Affiliation] = []
    for post in posts:
        if post is None or any(_says(other, post) for other in kept):
            continue
        kept = [other for other in kept if not _says(post, other)]
        kept.append(post)
    return kept


def _says(fuller: Affiliation, post: Affiliation) -> bool:
    title, full = post.title or "", fuller.title or ""
    if not title:
        return (post.organization or "") in (fuller.organization or "")
    if post.organization is None:
        return full.endswith(title) or (
            title.endswith(full) and title[: -len(full)] in terms("generic_holders")
        )
    if fuller.organization is None:
        return False
    mine, other = post.organization + title, fuller.organization + full
    return title[-2:] == full[-2:] and len(mine) <= len(other) and _within(mine, other)


def _within(short: str, long: str) -> bool:
    """Whether the characters of one string stand in the other in their order (北大 in 北京大学)."""
    letters = iter(long)
    return all(letter in letters for letter in short)


@dataclass(frozen=True, slots=True)
class _Post:
    organization: tuple[int, int] | None
    title: tuple[int, int] | None
    shared: tuple[int, int] | None = None


def _cut(original: str, post: _Post) -> Affiliation | None:
    organization = original[slice(*post.organization)].strip() if post.organization else None
    title = original[slice(*post.title)].strip() if post.title else None
    return Affiliation(organization or None, title or None) if organization or title else None


def posts_before(text: str, start: int, floor: int | None = None) -> tuple[int, list[_Post]]:
    """The chain of posts that ends at a name, from right to left: each ends with a title.

    Args:
        text: the folded text.
        start: where the name begins.
        floor: where the posts may begin at the earliest; as far back as posts reach if ``None``.
    """
    floor = max(0, start - _LONGEST) if floor is None else floor
    floor = max(floor, 1 + max((text.rfind(mark, floor, start) for mark in _STOPS), default=-1))
    found: list[tuple[int, int, int]] = []
    end = start
    while end > floor:
        stop = before_gap(text, end)
        head = title_before(text, stop, floor)
        if head == stop or kind(text[head:stop]) == "press":
            break
        opening = _opening(text, head, floor)
        if _is_double(text, opening, head):
            opening = head
        found.append((opening, head, stop))
        end = _joint(text, opening, floor)
        if end == opening and opening < head:
            break
    if not found:
        return _bare_organization(text, start, floor)
    return found[-1][0], _shared(text, [_split(text, *post) for post in reversed(found)])


def _is_double(text: str, opening: int, head: int) -> bool:
    """Whether another title stands right before a head: 创始人|CEO."""
    inner = title_before(text, head, opening)
    latin = text[head : head + 1].isascii() or text[head - 1].isascii()
    return opening < inner < head and latin


def _joint(text: str, opening: int, floor: int) -> int:
    """Where the post before a joint (、 ， 兼) ends; the opening itself where there is no joint."""
    end = opening
    while end > floor and text[end - 1] in _JOINTS:
        end -= 1
    return end


def _opening(text: str, head: int, floor: int) -> int:
    """Where the organisation and field before the head of a title begin."""
    start = head
    while start > floor and text[start - 1] not in "，；、兼暨（）/&·":
        start -= 1
        if text[start] == "》":
            start = max(floor, text.rfind("《", floor, start))
        if text[start] == " " and _ends_a_post(text, start, floor):
            start += 1
            break
    if start > floor and text[start - 1] == "）":
        start = _over_brackets(text, start, floor)
    return trim(text, start, head)


def _ends_a_post(text: str, end: int, floor: int) -> bool:
    return title_before(text, end, floor) < end


def _over_brackets(text: str, start: int, floor: int) -> int:
    """Gartner（高德纳）|研究咨询 → where Gartner begins."""
    bracket = text.rfind("（", floor, start)
    if bracket <= floor or text[bracket - 1] in "电讯" or "记者" in text[bracket:start]:
        return start
    opening = bracket
    while opening > floor and text[opening - 1] not in "，；、兼（）/。 ":
        opening -= 1
    return opening


def trim(text: str, start: int, head: int) -> int:
    """Leave out the words that lead into a noun phrase: 来自, 邀请到, 由, 会上."""
    leads, cut = terms("noun_leads"), start
    for offset in range(start, head):
        length = leads.at(text, offset)
        if length > 1:
            cut = offset + length
    while cut < head and (length := leads.at(text, cut)) and terms("words").at(text, cut) <= length:
        cut += length
    if text[cut:head].startswith("的"):
        return cut + 1
    if text[head - 1 : head] in {"由", "被"}:
        return head
    mark = text.rfind("的", cut + 2, head)
    return mark + 1 if mark >= 0 else cut


def _split(text: str, opening: int, head: int, stop: int) -> _Post:
    """Where the organisation ends and the position begins."""
    title = text[head:stop]
    if kind(title) in {"chair", "address"}:
        return _Post(None, None)
    opening += len(text[opening:head]) - len(text[opening:head].lstrip())
    end = _organization_end(text, opening, head)
    if end == opening:
        end = head if head - opening > 1 or text[opening:head] not in terms("generic_holders") else opening
        if (holder := text[opening:end]) in terms("generic_holders"):
            return _Post(None, (end if holder[0] in _OURS else opening, stop))
    elif head - end > _FIELD:
        end = head
    if text[opening:end] in terms("generic_holders"):
        return _Post(None, (head, stop))
    return _Post((opening, end) if end > opening else None, (end, stop))


def _organization_end(text: str, opening: int, head: int) -> int:
    """Where the organisation before the head of a title ends; the opening where no ending is found."""
    suffixes = terms("organization_suffixes")
    last = suffixes.before(text, head, opening)
    if last and text[head - last : head] not in terms("organization_suffixes", "weak"):
        return head
    for end in range(head - 1, max(opening + 1, head - _FIELD - 1), -1):
        length = suffixes.before(text, end, opening)
        if text[end - length : end] in strong_suffixes() and terms("words").at(text, end - 1) < 2:
            return _behind_alias(text, end, head) if last != 1 else head
    alias = text.rfind("）", opening, head)
    if not last and alias > 0 and head - alias - 1 <= _FIELD:
        return alias + 1
    return head if last else opening


def _behind_alias(text: str, end: int, head: int) -> int:
    """全球移动通信系统协会（GSMA）|大中华区总裁: the alias belongs to the organisation."""
    bracket = text.find("）", end, head) if text[end] == "（" else -1
    return bracket + 1 if bracket > 0 else end


@cache
def strong_suffixes() -> Terms:
    """The endings that show an organisation wherever they stand."""
    suffixes = table("organization_suffixes")
    return Terms(suffix for suffix, attributes in suffixes.items() if "weak" not in attributes)


def _shared(text: str, posts: Sequence[_Post]) -> list[_Post]:
    """A title without an organisation shares the one before it; an occupation (律师) does not."""
    result: list[_Post] = []
    last: tuple[int, int] | None = None
    for post in posts:
        if post.title is None:
            continue
        title = text[slice(*post.title)]
        if post.organization is None and title in terms("titles", "front") and kind(title) == "rank":
            result.append(post)
            continue
        last = _seat(text, post, last)
        result.append(_Post(last, post.title))
    return result


def _seat(text: str, post: _Post, last: tuple[int, int] | None) -> tuple[int, int] | None:
    """Where a post is held: 南浦市委副书记、|市长 is mayor of 南浦市."""
    if post.organization or not last or post.title is None:
        return post.organization or last
    start, end = last
    if text[end : end + 2] == "院士" and "院" not in text[slice(*post.title)]:
        return None  # 中国科学院院士、|校长: an academy has members and no such office.
    party = text[end - 2 : end] in {"省委", "市委", "县委", "区委", "州委", "镇委"}
    if party and text[post.title[1] - 2 : post.title[1]] == text[end - 2] + "长":
        return start, end - 1
    return last


def _held_before(text: str, start: int, floor: int, behind: list[_Post]) -> tuple[int, list[_Post]]:
    """省教育厅高教处|王文森|处长: the organisation before the name holds the title behind it."""
    floor = max(floor, 1 + max((text.rfind(mark, floor, start) for mark in _STOPS), default=-1))
    opening = _opening(text, start, floor)
    suffix = terms("organization_suffixes").before(text, start, opening)
    if not suffix or (suffix == 1 and text[start - 1] not in _OFFICES):
        return start, behind
    return opening, [_Post((opening, start), behind[0].title), *behind[1:]]


def _bare_organization(text: str, start: int, floor: int) -> tuple[int, list[_Post]]:
    """来自小米的|崔宝秋 → 小米."""
    stop = before_gap(text, start)
    suffix = terms("organization_suffixes").before(text, stop, floor)
    if suffix > 1 and text[stop - suffix : stop] in strong_suffixes():
        return (opening := _opening(text, stop, floor)), _untitled(opening, stop)
    end = start - 1 if text[start - 1 : start] == "的" else start
    opening = text.rfind("来自", max(floor, end - 40), end)
    if opening < 0 or set(text[opening:end]) & set("，、。；"):
        return start, []
    return opening, _untitled(opening + 2, end)


def _untitled(opening: int, end: int) -> list[_Post]:
    return [_Post((opening, end), None)] if end > opening else []


def _posts_behind(text: str, start: int, end: int, ceiling: int) -> tuple[int, list[_Post]]:
    """The title right behind a name (王陇德|院士), or the posts in brackets, behind a comma or a space.

    Behind a colon they fill the line that the name opens (徐明：松城市副市长).
    """
    closing = title_at(text, end)
    if closing > end:
        named = kind(text[end:closing]) not in {"address", "press", "chair"}
        return closing, [_Post(None, (end, closing))] if named else []
    following = text[end : end + 1]
    if following == "（":
        bracket = text.find("）", end, end + 60)
        suffix = terms("organization_suffixes").before(text, bracket, end + 2) if bracket > 0 else 0
        if text[bracket - suffix : bracket] in strong_suffixes():
            return bracket + 1, _untitled(end + 1, bracket)
        return _apposed(text, end, bracket, bracket + 1)
    if following == "，":
        stop = _first_of(text, "，。；：\n", end + 1)
    elif (following == "：" and text[start - 1 : start] in {"", "\n"}) or following == " ":
        stop = _first_of(text, "\n", end + 1)
    else:
        return end, []
    return _apposed(text, end, stop, 0) if stop <= ceiling else (end, [])


def _apposed(text: str, end: int, stop: int, closing: int) -> tuple[int, list[_Post]]:
    """The posts from a mark behind a name to where they stop, if that is all that stands there."""
    if not end + 2 < stop <= end + 70 or title_before(text, stop, end + 1) == stop:
        return end, []
    opening, posts = posts_before(text, stop, end + 1)
    whole = opening <= end + 2 and any(post.organization for post in posts)
    return (closing or stop, posts) if whole else (end, [])


def _first_of(text: str, marks: str, start: int) -> int:
    return next(
        (i for i in range(start, min(len(text), start + 72)) if text[i] in marks), min(len(text), start + 72)
    )
