"""An event on one page."""

from __future__ import annotations

from app import App, labels, spans


async def test_a_briefing_holds_the_event_in_short(app: App) -> None:
    """Date and place, one sentence of each speaker, the figures and the works, each with its source."""
    answer = await app.ask("/briefing 第三届星河开源论坛")
    text = answer["text"]
    assert "🗓 2021年9月18日" in text
    assert "📍 云州国际会议中心、云州" in text
    assert "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。" in spans(answer, "blockquote")
    assert "她指出,智算中心将占据70%的计算需求。" in spans(answer, "blockquote")
    assert "“超过300万”" in text
    assert "《算力与开源》" in text
    assert "🎤 第三届星河开源论坛" in labels(answer)


async def test_without_a_name_the_latest_event_is_meant(app: App) -> None:
    """/briefing alone shows the event with the latest date."""
    assert (await app.ask("/briefing"))["text"].startswith("🎤 2022春江智能大会")


async def test_those_who_are_not_quoted_are_listed(app: App) -> None:
    """The panel of the shipped article is listed with its posts, without words put into its mouth."""
    answer = await app.ask("/briefing 2020中关村论坛“AI开源创新与产业智能化”平行论坛")
    assert "廖军 — 中国联通研究院 · 人工智能总监" in answer["text"]


async def test_a_page_is_a_page(app: App) -> None:
    """The briefing of an event with eleven people fits into one message."""
    assert len(await app.say("/briefing 2020中关村论坛“AI开源创新与产业智能化”平行论坛")) == 1
