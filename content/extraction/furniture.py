"""Which sentences are the article, and which the web page around it: navigation, bylines, share buttons."""

from __future__ import annotations

import re

from content.document import Span
from content.extraction.analysis import Analysis
from content.lexicon import terms

_SHORT = 40
"""Code points: a longer line that begins like furniture is read as text (作者认为……)."""
_URL = re.compile(r"https?：?:?//|www\.")
_DATE_LINE = re.compile(
    r"[\s\d年月日时分秒：/.|\-—星期一二三四五六天上下午（）A-Za-z]*\d[\s\d年月日时分秒：/.|\-—星期一二三四五六天上下午（）]*"
)
_METADATA = re.compile(
    r"(?:来源|作者|编辑|责任编辑|责编|记者|通讯员|浏览|浏览次数|浏览量|阅读|阅读量|点击|点击量|字体|字号|发布时间|发布日期"
    r"|发布者|更新时间|日期|时间|网友评论|评论|打印|审核|摄影|供稿|撰稿)：?"
)
_DATED = re.compile(r"[^，。！？；]{0,6}[0-9]{4}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?[^，。！？]{0,80}")
_NOTICE = re.compile(
    r"版权(?:与|及|和)?(?:免责)?声明|免责声明|凡本[网站报台](?:注明|转载)|凡注明|未经[^，。]{0,8}(?:授权|许可|允许|同意)"
    r"|版权(?:均属|归)|不代表本[网站报平]|(?:谢绝|不得|禁止)转载|转载请注明|转载、摘编"
)
"""What a site says of its own rights, in lines of any length."""
_RULE = re.compile(r"[\W_]+")
"""A line without a letter: ----------."""
_CRUMBS = re.compile(r"[^，。！？；>＞»›]{1,20}(?:\s*[>＞»›]+\s*[^，。！？；>＞»›]{1,20}){1,8}[>＞»›]?")
_NOTE = re.compile(r"（[^（）。！？；]{1,40}）")
"""A sentence in brackets behind the text: who wrote it, who took the picture."""
_BYLINE = re.compile(
    r"[（(【]?(?:本报|本网|本刊|本台)?(?:[一-龥]{2,6}(?:网|报|社|台))?(?:特约|实习|见习|首席|驻[一-龥]{2,4})?(?:记者|通讯员)"
)


def find_body(analysis: Analysis) -> tuple[Span, ...]:
    """The sentences of the lines that are no furniture, in text order."""
    document, reading = analysis.document, analysis.reading
    sentences: list[Span] = []
    for line in document.lines:
        if not is_furniture(reading[line.start : line.end]):
            sentences.extend(
                sentence
                for sentence in document.sentences_in(line)
                if not _NOTE.fullmatch(reading, sentence.start, sentence.end)
            )
    return tuple(sentences)


def is_furniture(line: str) -> bool:
    """Whether a folded line is web furniture.

    来源：光明网 and 首页 > 新闻 are; 来源于生活的艺术更有力量。 is not.
    """
    if _URL.search(line) and len(line) < 200 and line.count("，") < 2:
        return True
    if _RULE.fullmatch(line) or _is_metadata(line) or _is_notice(line):
        return True
    if len(line) > _SHORT:
        return False
    return (
        bool(_DATE_LINE.fullmatch(line) or _CRUMBS.fullmatch(line)) or _is_labelled(line) or _is_byline(line)
    )


def _is_metadata(line: str) -> bool:
    """2017-12-20 13:19 来源：光明网 浏览：35 and 来源：光明网 作者：林某 责任编辑：周某."""
    if "。" in line or len(line) > 160:
        return False
    labels = len(_METADATA.findall(line))
    dated = labels > 0 and _DATED.fullmatch(line) is not None
    return dated or (labels > 1 and _METADATA.match(line) is not None)


def _is_notice(line: str) -> bool:
    """A notice of rights; the word alone in a sentence (发布了版权声明的范本。) is none."""
    said = len(_NOTICE.findall(line))
    return said > 1 or (said == 1 and len(line) <= _SHORT and "。" not in line)


def _is_labelled(line: str) -> bool:
    packed = line.replace(" ", "").lstrip("（【[|·•>-—▲△●■◆★图/")
    label = terms("furniture").at(packed, 0)
    if not label or packed.endswith(("。", "！", "？", "”")):
        return False
    rest = packed[label:]
    if packed[:label] in terms("furniture", "line"):
        return len(rest) <= 12 and "，" not in rest
    return not rest or rest[0] in "：/|｜丨" or (line[label : label + 1] == " " and len(rest) <= 8)


def _is_byline(line: str) -> bool:
    """本报记者 李某 通讯员 王某, a line of its own."""
    return bool(_BYLINE.match(line)) and not set(line) & set("，。！？：；")
