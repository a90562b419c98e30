"""What chats follow."""

from __future__ import annotations

from content.news import Follow
from content.records import EntityRef
from storage.follows import MOST
from storage.repositories import Repositories


async def person(repositories: Repositories) -> EntityRef:
    (found,) = await repositories.names.resolve("沈若琳", ("person",))
    return found


async def test_names_and_words_are_followed_once(filled: Repositories) -> None:
    """By chat and topic, oldest first, a word in either script the same word."""
    ref = await person(filled)
    assert await filled.follows.add((1, None), ref)
    assert await filled.follows.add((1, None), "開源")
    assert not await filled.follows.add((1, None), ref)
    assert not await filled.follows.add((1, None), "开源")
    assert await filled.follows.add((1, 9), "算力")
    known = await filled.follows.of((1, None))
    assert [(one.ref, one.word) for one in known] == [(ref, None), (None, "開源")]
    assert "沈若琳" in known[0].names
    assert known[1].names == ("开源",)
    assert set(await filled.follows.of_all([(1, None), (1, 9), (2, None)])) == {(1, None), (1, 9)}
    assert await filled.follows.followers(ref.id) == 1


async def test_following_ends(filled: Repositories) -> None:
    """One by one, and all at once; another chat's is not touched."""
    await filled.follows.add((1, None), "开源")
    await filled.follows.add((1, None), "算力")
    await filled.follows.add((2, None), "开源")
    first, _ = await filled.follows.of((1, None))
    assert not await filled.follows.remove((2, None), first.id)
    assert await filled.follows.remove((1, None), first.id)
    assert await filled.follows.clear((1, None)) == 1
    assert await filled.follows.of((1, None)) == ()
    assert [follow.word for follow in await filled.follows.of((2, None))] == ["开源"]


async def test_a_chat_follows_only_so_much(repositories: Repositories) -> None:
    """A reader cannot fill the disk."""
    for number in range(MOST):
        assert await repositories.follows.add((1, None), f"词{number}")
    assert not await repositories.follows.add((1, None), "再多一个")


async def test_a_group_takes_along_what_it_follows(repositories: Repositories) -> None:
    """When it becomes a supergroup; and a chat that is forgotten follows nothing."""
    await repositories.follows.add((-5, None), "开源")
    await repositories.chats.migrate(-5, -1005)
    (follow,) = await repositories.follows.of((-1005, None))
    assert isinstance(follow, Follow)
    assert await repositories.follows.of((-5, None)) == ()
    await repositories.forgetting.forget(-1005)
    assert await repositories.follows.of((-1005, None)) == ()
