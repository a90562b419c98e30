"""Name statistics tell names from ordinary text by their characters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from content.lexicon import make_name_tables as maker
from content.lexicon import table
from content.name_statistics import IMPOSSIBLE, name_score, surname_score, transliteration_score

LEXICON = Path(maker.__file__).parent
TABLES = ("surname_odds", "given_odds", "transliteration_odds", "name_words", "minority_names")

# 人名
NAMES = ("陆文彬", "王海燕", "李芳", "欧阳慧敏", "司马宏", "慕容德", "诸葛青", "张錋", "陈玉珍", "林嘉慧")
# 姓氏开头的普通词语
WORDS = (
    "高度",
    "方面",
    "方向",
    "时代",
    "严格",
    "金融",
    "安全",
    "任何",
    "马上",
    "华为",
    "白天",
    "程序",
    "和平",
)
# 姓名之后接动词，或姓氏之后接词语
RUNS = ("王发展", "李表示", "于今年", "和国家", "张公司", "时间内", "高速增")


@pytest.mark.parametrize("name", NAMES)
def test_names_score_above_zero(name: str) -> None:
    """A personal name is likelier as a name than as running text."""
    assert name_score(name) > 2


@pytest.mark.parametrize("word", WORDS + RUNS)
def test_ordinary_text_scores_below_zero(word: str) -> None:
    """A word or a run of words that begins with a surname is likelier as running text."""
    assert name_score(word) < 0


@pytest.mark.parametrize("text", ["", "王", "的确是", "王海峰说道", "ABC", "王A"])
def test_what_is_no_name_is_impossible_or_poor(text: str) -> None:
    """Strings without a surname, too long or too short never pass for a name."""
    assert name_score(text) <= 0


def test_no_surname_is_impossible() -> None:
    """A string that begins with no surname has the lowest score."""
    assert name_score("的确是") == surname_score("的") == IMPOSSIBLE
    assert transliteration_score("") == IMPOSSIBLE


def test_common_surnames_beat_function_words() -> None:
    """和 and 于 are surnames too, but stand for little; 王 stands for much."""
    assert surname_score("王") > surname_score("高") > surname_score("和")
    assert surname_score("欧阳") > surname_score("欧")


def test_a_name_that_is_also_a_word_ranks_between() -> None:
    """高明 is a word and a name: it scores below 高晓明 and above 高度, so that the context decides."""
    assert name_score("高晓明") > name_score("高明") > name_score("高度")


def test_a_cut_name_scores_less_than_the_whole() -> None:
    """欧阳昭 is read with its compound surname, better than as 欧 + 阳昭 cut short."""
    assert name_score("欧阳昭") > name_score("欧阳")


@pytest.mark.parametrize("part", ["奥卡福", "哈特曼", "马琳", "门多萨", "买买提", "卓玛", "巴特尔"])
def test_transliterated_names_score_above_zero(part: str) -> None:
    """Foreign names and those of China's peoples are written with characters of their own."""
    assert transliteration_score(part) > 1


@pytest.mark.parametrize("part", ["委员会", "研究院", "人工智能", "经济", "总经理"])
def test_ordinary_words_are_no_transliterations(part: str) -> None:
    """Ordinary words are written with other characters."""
    assert transliteration_score(part) < 0


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_small_and_say_where_they_come_from(name: str) -> None:
    """Each table is under 200 KB and names its source at its head."""
    text = (LEXICON / f"{name}.tsv").read_text("utf-8")
    head = "".join(line for line in text.splitlines() if line.startswith("#"))
    assert len(text.encode()) < 200_000
    assert "MIT licence" in head or "general knowledge" in head


def test_every_surname_has_a_share_and_odds() -> None:
    """Shares are percent of people and add up to no more than all of them."""
    rows = table("surname_odds")
    shares = [float(share) for share, _ in rows.values()]
    assert all(0 < share < 10 for share in shares)
    assert 90 < sum(shares) <= 100
    assert all(len(surname) in (1, 2) or surname in {"爱新觉罗", "叶赫那拉"} for surname in rows)


def test_loading_is_quick_and_imports_nothing_heavy() -> None:
    """The first score costs some milliseconds (five times the budget of 10 is allowed) and no jieba."""
    program = (
        "import sys, time, content.lexicon\n"
        "begin = time.perf_counter()\n"
        "from content.name_statistics import name_score\n"
        "name_score('王海燕')\n"
        "print(time.perf_counter() - begin, 'jieba' in sys.modules)"
    )
    root = LEXICON.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    seconds, jieba = done.stdout.split()
    assert float(seconds) < 0.05
    assert jieba == "False"


def test_counting_separates_names_from_words() -> None:
    """The maker sorts entries by tag, folds the script and counts odds that point the right way."""
    dictionary = maker.read_dictionary(
        ["發展 900 vn", "表示 900 v", "王海燕 3 nr", "李海燕 3 nr", "奧卡福 3 nrt"]
    )
    assert dictionary.words == {"发展": 900, "表示": 900}
    assert set(dictionary.people) == {"王海燕", "李海燕"}
    assert set(dictionary.foreign) == {"奥卡福"}
    text = maker.character_chances(dictionary.words)
    assert text["发"] == pytest.approx(0.25)
    surnames = maker.surname_odds({"王": 7.0, "李": 7.0}, text)
    _, first, last = maker.given_odds(dictionary.people, surnames, text)
    assert first["海"] > 0 > first["发"]
    assert last["燕"] > 0 > last["展"]


def test_rows_are_grouped_by_value() -> None:
    """A row of the compact tables holds all terms of one rounded value, without the uninformative."""
    rows = list(maker.by_odds({"海": 2.04, "燕": 1.96, "的": 0.1}, {"峰": 2.0}))
    assert rows == [["2.0", "海燕", "峰"]]
