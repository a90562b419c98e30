"""How fast extraction is, against part-of-speech tagging by jieba alone, and as a whole process.

    python bench/extraction.py [ARTICLES]

ARTICLES is a folder of ``*.txt`` files; ``../shared/facts/articles`` beside the repository by default.
Both are warm when they are timed; peak memory is that of a process of its own, the interpreter included.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))
ROUNDS = 3
WHOLE_PROCESS_ARTICLES = 50


def extraction() -> Callable[[str], object]:
    """The extractor, imported where it is measured."""
    from content.extraction import extract  # noqa: PLC0415  # its import is part of what is measured

    return extract


def tagging() -> Callable[[str], object]:
    """Part-of-speech tagging by jieba."""
    from jieba import posseg  # noqa: PLC0415  # likewise

    return posseg.lcut


def measure(load: Callable[[], Callable[[str], object]], texts: list[str], answer: Connection) -> None:
    """Send the best seconds over all texts, and the peak resident memory in KiB."""
    run = load()
    best = float("inf")
    run(texts[0])
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            run(text)
        best = min(best, time.perf_counter() - start)
    answer.send((best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def in_a_process(load: Callable[[], Callable[[str], object]], texts: list[str]) -> tuple[float, int]:
    """Run ``measure`` in a fresh process, so that memory is its own.

    Raises:
        EOFError: if that process dies.
    """
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    worker = multiprocessing.get_context("spawn").Process(target=measure, args=(load, texts, send))
    worker.start()
    send.close()  # Else a dead worker's pipe would stay open and be waited for.
    seconds, kibibytes = receive.recv()
    worker.join()
    return seconds, kibibytes


def whole_process(paths: list[Path]) -> float:
    """Seconds of ``python -m bot extract`` over so many articles, start-up included."""
    files = [str(paths[index % len(paths)]) for index in range(WHOLE_PROCESS_ARTICLES)]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "extract", *files],
        cwd=REPOSITORY,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main() -> int:
    """Print both measures and their ratios; 0 also where there is nothing to measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="?", type=Path, default=REPOSITORY.parent / "shared/facts/articles")
    folder: Path = parser.parse_args().articles
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        print(f"skipped: no *.txt in {folder}")
        return 0
    texts = [path.read_text("utf-8") for path in paths]
    characters = sum(map(len, texts))
    results = {}
    for name, load in (("extract", extraction), ("jieba.posseg", tagging)):
        seconds, kibibytes = results[name] = in_a_process(load, texts)
        print(f"{name:13} {characters / seconds:10,.0f} characters/s  peak {kibibytes / 1024:6.1f} MiB")
    (ours, memory), (theirs, their_memory) = results.values()
    print(f"{'ratio':13} time {ours / theirs:.2f}  memory {memory / their_memory:.2f}")
    print(f"{WHOLE_PROCESS_ARTICLES} articles, whole process: {whole_process(paths):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
