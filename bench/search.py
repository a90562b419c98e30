"""Search: quality beside BM25 over jieba's words, recall beside a scan, time at a million statements.

    python bench/search.py [--statements 1000000] [--questions cmrc2018_dev.json]

The questions are CMRC 2018 (Cui et al., *A Span-Extraction Dataset for Chinese Machine Reading
Comprehension*, EMNLP 2019; github.com/ymcui/cmrc2018, ``squad-style-data``), not part of the repository.
Every sentence of its passages is stored as a statement; the one with the answer is to be found. The odd
questions may be used for tuning; what is printed are the even ones. The million statements are drawn from
jieba's dictionary by the frequencies of its words.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import math
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY)]

from content.folding import fold_text  # noqa: E402  # the path is set above
from content.tokens import grams, index_terms  # noqa: E402  # the path is set above
from storage.repositories import Repositories, open_repositories  # noqa: E402  # the path is set above
from storage.search import WINDOW, Filters  # noqa: E402  # the path is set above

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_BATCH = 20_000
_PEOPLE = 1_000
_TOP = 100
_ARTICLE = """
    INSERT INTO articles (id, sha256, text, state, published)
    VALUES (:id, :sha256, '', 'published', :published) ON CONFLICT (id) DO NOTHING
"""
_ROWS = (
    """
    INSERT INTO passages (id, article_id, span_start, span_end, text, words, grams, indexed)
    VALUES (:id, :article, :start, :end, :text, :words, :grams, 1)
    """,
    "INSERT INTO passage_index (rowid, words, grams) VALUES (:id, :words, :grams)",
    """
    INSERT INTO facts
    (id, article_id, ordinal, passage_id, kind, span_start, span_end, confidence, rule, state)
    VALUES (:id, :article, :start, :id, 'statement', :start, :end, 1.0, 'bench', 'published')
    """,
    "INSERT INTO statements (fact_id, person_id) VALUES (:id, :person)",
)
Sentence = tuple[str, str, str]
"""A text with its words and its pairs of characters, as they are indexed."""


class BM25:
    """The peer: BM25 (k1 1.5, b 0.75) over the words that jieba cuts for search, every sentence scored."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._lengths = [len(words.split()) for _, words, _ in sentences]
        self._mean = sum(self._lengths) / len(self._lengths)
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (_, words, _) in enumerate(sentences):
            for word, count in Counter(words.split()).items():
                self._postings[word].append((number, count))

    def best(self, query: str, limit: int) -> list[int]:
        """The numbers of the sentences that fit best."""
        scores: dict[int, float] = defaultdict(float)
        for word in set(index_terms(query).words.split()):
            found = self._postings.get(word, ())
            weight = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                length = 1.5 * (0.25 + 0.75 * self._lengths[number] / self._mean)
                scores[number] += weight * count * 2.5 / (count + length)
        return sorted(scores, key=lambda number: (-scores[number], number))[:limit]


async def fill(repositories: Repositories, sentences: Iterable[Sentence]) -> None:
    """Store sentences as published statements, a thousand to an article, by a thousand people."""
    numbers = itertools.count(1)
    async with repositories.database.write() as transaction:
        await transaction.execute_many(
            "INSERT INTO entities (id, kind, name, visible) VALUES (:id, 'person', :name, 1)",
            [{"id": number, "name": f"人{number}"} for number in range(1, _PEOPLE + 1)],
        )
    remaining = iter(sentences)
    while batch := list(itertools.islice(remaining, _BATCH)):
        rows = [
            {
                "id": number,
                "article": number // 1_000 + 1,
                "start": number % 1_000 * 1_000,
                "end": number % 1_000 * 1_000 + len(text),
                "text": text,
                "words": words,
                "grams": pairs,
                "person": number % _PEOPLE + 1,
            }
            for number, (text, words, pairs) in zip(numbers, batch, strict=False)
        ]
        articles = [
            {"id": article, "sha256": str(article), "published": f"{2000 + article % 25}-01-01"}
            for article in sorted({row["article"] for row in rows})
        ]
        async with repositories.database.write() as transaction:
            transaction.changes_content = True
            await transaction.execute_many(_ARTICLE, articles)
            for sql in _ROWS:
                await transaction.execute_many(sql, rows)


def questions(path: Path) -> tuple[list[Sentence], list[tuple[str, set[int]]]]:
    """The sentences of a SQuAD-like file, and each question with the numbers of those that answer it."""
    sentences: list[Sentence] = []
    asked: list[tuple[str, set[int]]] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            spans = []
            for match in _SENTENCE.finditer(paragraph["context"]):
                terms = index_terms(match.group())
                spans.append((match.start(), match.end(), len(sentences)))
                sentences.append((match.group(), terms.words, terms.grams))
            for question in paragraph["qas"]:
                starts = {answer["answer_start"] for answer in question["answers"]}
                gold = {n for first, last, n in spans for start in starts if first <= start < last}
                asked.append((question["question"], gold))
    return sentences, [one for one in asked if one[1]]


def judged(found: Sequence[int], gold: set[int]) -> tuple[float, float, float]:
    """NDCG at 10, recall at 10 and at 100."""
    gains = (1 / math.log2(place + 2) for place, number in enumerate(found[:10]) if number in gold)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(gold))))
    recalls = (len(gold.intersection(found[:size])) / len(gold) for size in (10, 100))
    return (sum(gains) / ideal, *recalls)


async def quality(path: Path) -> None:
    """Print how well both find the sentences that answer."""
    sentences, asked = questions(path)
    peer = BM25(sentences)
    repositories = await open_repositories("sqlite:///:memory:")
    try:
        await fill(repositories, sentences)
        ours, theirs = [], []
        for question, gold in asked[::2]:
            found = await repositories.search.find(question, _TOP)
            hits = [*found.hits, *found.partial]
            ours.append(judged([hit.evidence.fact_id - 1 for hit in hits], gold))
            theirs.append(judged(peer.best(question, _TOP), gold))
    finally:
        await repositories.database.close()
    print(f"{len(sentences):,} sentences, {len(ours):,} questions held out: nDCG@10, recall@10, recall@100")
    for name, figures in (("search", ours), ("BM25 over jieba", theirs)):
        print(f"  {name:16}", *(f"{sum(one) / len(one):.3f}" for one in zip(*figures, strict=True)))


def drawn(count: int) -> Iterator[Sentence]:
    """Sentences of 8 to 22 words, drawn from jieba's dictionary by their frequency."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        sys.exit("jieba is needed.")
    lines = Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    entries = [line.split() for line in lines]
    words = [entry[0] for entry in entries]
    frequencies = list(itertools.accumulate(int(entry[1]) for entry in entries))
    source = random.Random(7)
    for _ in range(count):
        chosen = source.choices(words, cum_weights=frequencies, k=source.randint(8, 22))
        yield "".join(chosen), " ".join(chosen), " ".join(grams(fold_text("".join(chosen))))


async def timed(repositories: Repositories, label: str, queries: Sequence[str], **how: object) -> None:
    """Print the 50th and 95th percentile of some queries, in milliseconds."""
    seconds = []
    for query in queries:
        begun = time.perf_counter()
        await repositories.search.find(query, 50, **how)  # type: ignore[arg-type]  # the arguments of find
        seconds.append(time.perf_counter() - begun)
    seconds.sort()
    middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    print(f"  {label:34} p50 {1000 * middle:6.2f} ms   p95 {1000 * late:6.2f} ms")


async def speed(count: int) -> None:
    """Print recall beside a scan, and the times of every path."""
    repositories = await open_repositories("sqlite:///:memory:")
    try:
        begun = time.perf_counter()
        await fill(repositories, drawn(count))
        print(f"{count:,} statements stored in {time.perf_counter() - begun:.0f} s")
        source = random.Random(3)
        texts = [text for text, _, _ in itertools.islice(drawn(count), 2_000)]
        by_length = {size: [_piece(source, texts, size) for _ in range(100)] for size in (1, 2, 3, 4, 6, 8)}
        await _recall(repositories, by_length, count)
        for size, queries in by_length.items():
            await timed(repositories, f"newest first, {size} characters", queries, newest=True)
        pairs = [" ".join(_piece(source, texts, 2) for _ in range(2)) for _ in range(100)]
        await timed(repositories, "newest first, two words", pairs, newest=True)
        for size in (1, 2, 3, 4):
            await timed(repositories, f"ranked, {size} characters", by_length[size])
        same = [" ".join(source.choice(texts)[at : at + 2] for at in (0, 4)) for _ in range(100)]
        await timed(repositories, "ranked, two words", same)
        await timed(repositories, "ranked, questions", [_piece(source, texts, 14) for _ in range(100)])
        one = Filters(people=(7,))
        await timed(repositories, "a speaker's, ranked", by_length[2], filters=one)
        await timed(
            repositories, "a year's, newest first", by_length[2], filters=Filters(years=(2020,)), newest=True
        )
    finally:
        await repositories.database.close()


def _piece(source: random.Random, texts: Sequence[str], size: int) -> str:
    text = source.choice([text for text in texts[:200] if len(text) > size])
    start = source.randrange(len(text) - size)
    return text[start : start + size]


async def _recall(repositories: Repositories, by_length: dict[int, list[str]], count: int) -> None:
    """Print how much of what a scan of every sentence finds is found, of the newest ``WINDOW``."""
    wanted = {
        query: [] for queries in by_length.values() for query in queries[:20] if fold_text(query) == query
    }
    for number, (text, _, _) in enumerate(drawn(count), 1):
        folded = fold_text(text)
        for query, numbers in wanted.items():
            if query in folded:
                numbers.append(number)
    for size, queries in by_length.items():
        shares = []
        for query in queries[:20]:
            found = await repositories.search.find(query, WINDOW, newest=True)
            numbers = {hit.evidence.fact_id for hit in found.hits}
            # What is older than the oldest of a full window is not looked at.
            oldest = min(numbers, default=0) if found.more else 0
            expected = {number for number in wanted.get(query, []) if number >= oldest}
            shares.append(len(expected & numbers) / len(expected) if expected else 1.0)
        print(
            f"  recall beside a scan, {size} characters  {min(shares):.3f} at least, of {len(shares)} queries"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--questions", type=Path, help="cmrc2018_dev.json, in SQuAD's form")
    given = parser.parse_args()
    if given.questions is None:
        print("quality: not measured; give --questions cmrc2018_dev.json (github.com/ymcui/cmrc2018)")
    else:
        asyncio.run(quality(given.questions))
    if given.statements:
        asyncio.run(speed(given.statements))


if __name__ == "__main__":
    main()
