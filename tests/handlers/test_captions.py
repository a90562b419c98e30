"""What is said beside a picture: all of it, within Telegram's limit, with the way to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import PICTURES, bar, card, dated, evidence, member

from content.pictures import Chart, Chronicle, Network, Panel, Picture
from handlers.captions import caption
from handlers.i18n import LANGUAGES, wording
from handlers.render import Context

WORDS = st.text("云溪开源A1😀", max_size=560)


def context(language: str = "zh-hans") -> Context:
    return Context(wording(language), "forum_briefing_bot")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_every_caption_cites_its_source(name: str, language: str) -> None:
    """The last line names the article and links to the fact in it."""
    text = caption(context(language), PICTURES[name])
    assert text.units <= 1024
    assert "云溪日报" in text.text.splitlines()[-1]
    last = [entity for entity in text.entities if entity.url][-1]
    assert str(last.url).startswith("https://t.me/forum_briefing_bot?start=f_")
    assert last.end == text.units


def test_a_card_is_told_in_its_own_order() -> None:
    """Who, in which posts, the words as a quotation, where and when, from where."""
    text = caption(context(), card("开源是土壤。"))
    assert text.text.splitlines() == [
        "👤 林知远",
        "云溪大学 · 教授",
        "星河研究院 · 院长",
        "开源是土壤。",
        "第三届松城开源论坛 · 2031年9月18日",
        "— 云溪日报第1版（松城网转载） · 2031年9月19日",
    ]
    assert [entity.type for entity in text.entities] == ["bold", "blockquote", "italic", "text_link"]


def test_an_excerpt_is_called_one() -> None:
    """Where the picture has only the beginning of a passage the caption says so."""
    whole, cut = (caption(context(), card("甲" * 560, cut=cut)).text for cut in (False, True))
    assert "节选" in cut
    assert "节选" not in whole


def test_each_figure_leads_to_its_own_fact() -> None:
    """A link for every quantity, and one for each article."""
    bars = (bar("70%", 70, "比重", citation=evidence(3)), bar("9%", 9, "占比", citation=evidence(4, 2)))
    chart = Chart(title="论坛", words="", panels=(Panel(unit="%", period=None, bars=bars),))
    text = caption(context(), chart)
    urls = [entity.url.rsplit("_", 1)[1] for entity in text.entities if entity.url]
    assert urls == ["3", "4", "3", "4"]


@given(
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=9), st.sampled_from(["chart", "dates", "people"])
)
def test_no_caption_is_too_long(parts: list[tuple[str, str]], kind: str) -> None:
    """Whatever the entries hold: what does not fit is shortened, and that is said."""
    picture: Picture
    if kind == "chart":
        bars = tuple(
            bar(one or "1", 1, other, other, citation=evidence(3, number))
            for number, (one, other) in enumerate(parts[:8])
        )
        picture = Chart(title="论坛", words="", panels=(Panel(unit=None, period="day", bars=bars),))
    elif kind == "dates":
        entries = tuple(dated("2031-01-01", one, other) for one, other in parts[:6])
        picture = Chronicle(words="开源", entries=entries)
    else:
        people = tuple(
            member(one[:80] or "林", (other, other), topics=((one, 1), (other, 2))) for one, other in parts
        )
        picture = Network(event="论坛", date=None, members=people, citation=evidence())
    text = caption(context(), picture)
    assert text.units <= 1024
    longest = max(len(part) for pair in parts for part in pair)
    assert longest <= 600 or "节选" in text.text
