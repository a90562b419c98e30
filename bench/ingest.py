"""From bytes to published, and answering from ten thousand articles.

Two things are measured. First how many reports a second go from bytes to published facts, in one process:
decoded, extracted, prepared, stored, indexed and linked; the peer is ``jieba.posseg``, the usual tool, only
cutting and tagging the same texts in the same run. Then the size of a database of many synthetic articles
(their facts are given, for they are not what is measured) and how long ``/speaker``, ``/topic`` and
``/search`` take to be answered from it, each through the whole dispatcher without the memory of earlier
replies; the peer of ``/search`` is a scan with ``LIKE`` over the same passages.

Usage: ``python bench/ingest.py [--articles 10000] [--extracted 100] [--queries 200] [--json]``
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import Any

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

from content.encodings import decode  # noqa: E402 - the path comes first
from content.model import Affiliation, Article, Event, Facts, Figure, Participant, Statement, Topic  # noqa: E402 - likewise
from content.preparation import prepare  # noqa: E402 - likewise
from handlers.dispatch import Dispatcher  # noqa: E402 - likewise
from handlers.services import Services  # noqa: E402 - likewise
from storage.repositories import Repositories, open_repositories  # noqa: E402 - likewise

SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "海峰甜伟芳娜敏静磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰",
)
FIELDS = [
    "开源",
    "芯片",
    "量子",
    "氢能",
    "储能",
    "云计算",
    "大模型",
    "机器人",
    "基因",
    "卫星",
    "港口",
    "农业",
    "医疗",
    "教育",
    "金融",
    "物流",
]
KINDS = ["大学", "科技", "集团", "研究院", "银行", "实验室", "学会", "协会"]
CITIES = ["云州", "江城", "海港", "北原", "南浦", "西岭"]
TITLES = ["董事长", "教授", "首席科学家", "院长", "总经理", "秘书长"]


class Writer:
    """Writes reports about a fixed world of people and organisations."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        names = {self._choice(SURNAMES) + self._choice(GIVEN) + self._choice(GIVEN) for _ in range(3_000)}
        self.people = sorted(names)
        self.organizations = sorted(
            {self._choice(CITIES) + self._choice(FIELDS) + kind for kind in KINDS for _ in range(60)}
        )

    def _choice(self, words: Any) -> Any:
        return self._rng.choice(words)

    def report(self, number: int) -> tuple[Article, Facts]:
        """One report of about 500 characters with its facts."""
        year, city, field = 2015 + number % 10, self._choice(CITIES), self._choice(FIELDS)
        name = f"{year}{city}{field}论坛"
        text = f"{name}于{year}年{1 + number % 12}月{1 + number % 28}日在{city}国际会议中心举行。"
        event = Event(
            name=name,
            date=f"{year}-{1 + number % 12:02}-{1 + number % 28:02}",
            city=city,
            start=0,
            end=len(name),
        )
        participants, statements, figures = [], [], []
        for person in self._rng.sample(self.people, 6):
            organization, title, other = (
                self._choice(self.organizations),
                self._choice(TITLES),
                self._choice(FIELDS),
            )
            value = self._rng.randrange(10, 900)
            begin = len(text)
            head = f"{organization}{title}"
            platform = f"{city}的{other}平台已凝聚{value}万开发者"
            sentence = f"{head}{person}表示，{field}与{other}正在融合，{platform}，编号{number}。"
            text += sentence
            place = begin + len(head)
            posts = (Affiliation(organization, title),)
            participants.append(
                Participant(
                    name=person, role="speaker", affiliations=posts, start=place, end=place + len(person)
                )
            )
            statements.append(Statement(speaker=person, start=begin, end=begin + len(sentence)))
            words = f"{value}万开发者"
            at = begin + sentence.index(words)
            figures.append(
                Figure(
                    text=words,
                    value=value * 1e4,
                    unit="开发者",
                    subject=f"{other}平台开发者",
                    start=at,
                    end=at + len(words),
                )
            )
        facts = Facts(
            event=event,
            participants=tuple(participants),
            statements=tuple(statements),
            figures=tuple(figures),
            topics=(Topic(field, 1.0),),
        )
        return Article(text=text, title=name, publisher="云州日报", published=f"{year}"), facts


class Listener:
    """A Bot API that hears everything and does nothing."""

    async def call(self, method: str, fields: Mapping[str, str], files: Any = None) -> Any:  # noqa: ARG002 - the signature of handlers.outgoing.Api
        """Take a message."""
        return {"message_id": 1}


async def extracted(repositories: Repositories, writer: Writer, count: int) -> tuple[float, float]:
    """Seconds that reports take from bytes to published, and that tagging them alone takes."""
    import jieba.posseg  # noqa: PLC0415 - the peer alone

    reports = [writer.report(10**6 + number)[0].text.encode("gb18030") for number in range(count)]
    prepare(Article(text=decode(reports[0])))  # loads the tables
    list(jieba.posseg.cut("热身"))
    ours = peer = 0.0
    for data in reports:
        begun = time.perf_counter()
        await repositories.articles.add(prepare(Article(text=decode(data))))
        ours += time.perf_counter() - begun
        begun = time.perf_counter()
        list(jieba.posseg.cut(decode(data)))
        peer += time.perf_counter() - begun
    return ours, peer


async def fill(repositories: Repositories, writer: Writer, count: int) -> float:
    """Store articles whose facts are known; gives the seconds."""
    begun = time.perf_counter()
    for number in range(count):
        await repositories.articles.add(prepare(*writer.report(number)))
        if number % 1000 == 999:
            print(f"  {number + 1} articles, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return time.perf_counter() - begun


async def timed(action: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds that something takes."""
    begun = time.perf_counter()
    await action()
    return (time.perf_counter() - begun) * 1000


async def answered(repositories: Repositories, texts: list[str]) -> list[float]:
    """Milliseconds that each message takes to be answered."""
    services = Services(repositories=repositories, access=repositories.users, bot_username="bench_bot")
    services.ready.set()
    dispatcher, listener = Dispatcher(services), Listener()
    person = {"id": 1, "is_bot": False, "first_name": ""}
    chat = {"id": 1, "type": "private"}
    times = []
    for number, text in enumerate(texts):
        services.memo.put(("nothing",), -2, None)  # type: ignore[arg-type]  # drops what was remembered
        message = {"message_id": number, "date": 1, "from": person, "chat": chat, "text": text}
        times.append(await timed(lambda: dispatcher({"update_id": number, "message": message}, listener)))  # noqa: B023 - awaited at once
    return times


async def measure(articles: int, reports: int, queries: int) -> dict[str, Any]:
    """All figures of one run."""
    writer = Writer(1)
    rng = random.Random(2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "forum.db")
        repositories = await open_repositories(f"sqlite:///{path}")
        try:
            ours, peer = await extracted(repositories, writer, reports)
            stored = await fill(repositories, writer, articles)
            found: dict[str, Any] = {
                "reports_a_second": reports / ours,
                "times_of_posseg": ours / peer,
                "stored_a_second": articles / stored,
                "megabytes": repositories.operations.size() / 1024**2,
            }
            people = rng.sample(writer.people, queries)
            wanted = {
                "speaker": [f"/speaker {name}" for name in people],
                "topic": [f"/topic {FIELDS[n % len(FIELDS)]}" for n in range(queries)],
                "search": [f"/search {rng.choice(FIELDS)} {rng.choice(CITIES)}" for _ in range(queries)],
                "search_rare": [f"/search 编号{rng.randrange(articles)}" for _ in range(queries)],
            }
            await answered(repositories, ["/speaker 王海峰"])
            for name, texts in wanted.items():
                times = await answered(repositories, list(dict.fromkeys(texts)))
                found[name] = {
                    "p50": median(times),
                    "p95": quantiles(times, n=20)[-1] if len(times) > 1 else times[0],
                }
            scans = [
                await timed(
                    lambda: repositories.database.fetch_all(
                        "SELECT id FROM passages WHERE text LIKE :w ORDER BY id DESC LIMIT 300",
                        {"w": f"%编号{rng.randrange(articles)}%"},
                    )
                )
                for _ in range(min(queries, 30))
            ]
            found["like_scan"] = {"p50": median(scans), "p95": quantiles(scans, n=20)[-1]}
        finally:
            await repositories.database.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--extracted", type=int, default=100)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = asyncio.run(measure(options.articles, options.extracted, options.queries))
    if options.json:
        print(json.dumps(found))
        return
    share = f"{found['times_of_posseg']:.2f} of posseg's time"
    print(f"bytes to published   {found['reports_a_second']:.1f} reports a second ({share})")
    print(f"stored               {found['stored_a_second']:.0f} articles a second, facts given")
    print(f"database             {found['megabytes']:.0f} MB of {options.articles} articles")
    for name in ("speaker", "topic", "search", "search_rare", "like_scan"):
        print(f"{name:20} p50 {found[name]['p50']:.2f} ms, p95 {found[name]['p95']:.2f} ms")


if __name__ == "__main__":
    main()
