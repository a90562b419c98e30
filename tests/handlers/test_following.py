"""/follow /unfollow /following."""

from __future__ import annotations

from app import READER, App, labels


async def test_following_and_leaving(app: App) -> None:
    """Names are found by pinyin too; the list has a button that ends each."""
    assert "已关注 沈若琳" in (await app.ask("/follow shenruolin"))["text"]
    assert "已关注词语“量子”" in (await app.ask("/follow 量子"))["text"]
    board = await app.ask("/following")
    assert "关注 2 项" in board["text"]
    assert "👤 沈若琳" in board["text"]
    await app.press(board, "✖️ 沈若琳")
    assert "沈若琳" not in app.now(board)["text"]
    await app.press(app.now(board), "全部取消")
    assert "还没有关注" in app.now(board)["text"]


async def test_suggestions_and_pages_have_buttons(app: App) -> None:
    """/follow alone suggests; the page of a person can be followed from there."""
    board = await app.ask("/follow")
    assert any("开源" in label for label in labels(board))
    await app.press(board, "开源")
    assert "已关注" in app.now(board)["text"]
    page = await app.ask("/speaker 沈若琳")
    await app.press(page, "⭐ 关注")
    assert "已关注 沈若琳" in app.seen()["text"]
    followed = await app.bot.services.repositories.follows.of((READER, None))
    assert len(followed) == 2


async def test_namesakes_are_asked_about(app: App) -> None:
    """Two people of one name: which one is meant is chosen by a button."""
    answer = await app.ask("/follow 沈若琳")
    assert "沈若琳" in answer["text"]


async def test_what_is_not_followed_cannot_be_left(app: App) -> None:
    """The refusal shows what is followed."""
    await app.ask("/follow 开源")
    answer = await app.ask("/unfollow 没有的东西")
    assert "没有关注“没有的东西”" in answer["text"]
    assert any("开源" in label for label in labels(answer))


async def test_wrong_input_is_refused_politely(app: App) -> None:
    """A button of a name that is gone, an endless word, markup."""
    assert "重新发送 /follow" in (await app.ask("/follow #person:999999"))["text"]
    assert "重新发送 /follow" in (await app.ask("/follow #nonsense"))["text"]
    assert "80" in (await app.ask("/follow " + "长" * 300))["text"]
    assert "<b>词</b>" in (await app.ask("/follow <b>词</b>"))["text"]
