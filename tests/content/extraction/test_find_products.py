"""Products: what counts as a name, and whose it is."""

from __future__ import annotations

import re

import pytest

from content.extraction.analysis import Analysis, Mention
from content.extraction.products import find_products


def products(text: str, organization: str = "") -> list[tuple[str, str | None]]:
    analysis = Analysis.of(text)
    if organization:
        analysis.organizations = tuple(
            Mention(start=match.start(), end=match.end(), name=organization)
            for match in re.finditer(organization, text)
        )
    return [(product.name, product.organization) for product in find_products(analysis)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("松果开放了松果翻译API，很受欢迎。", [("松果翻译API", "松果")]),
        ("松果语音每日调用量很高。", [("松果语音", "松果")]),
        ("松果首席技术官到场，松果将语音技术开放。", []),
        ("松果集团的员工到场。", []),
    ],
)
def test_owned(text: str, found: list[tuple[str, str]]) -> None:
    """An organisation's name with its own word for a product, when it is used as a product is."""
    assert products(text, "松果") == found


def test_described() -> None:
    """A coined name that is told again and said to be a platform, system or framework."""
    text = "杪杪作为国内首个造林开放平台，很受欢迎。大家使用杪杪。杪杪还在成长。"
    assert products(text) == [("杪杪", None)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("公司推出“松鼠”造林机器人。", ["松鼠"]),
        ("他们做了名为“松鼠”的造林系统。", ["松鼠"]),
        ("开源项目（PineData、AcornMQ）很活跃。", ["PineData", "AcornMQ"]),
        ("PineDB 数据库很活跃。", ["PineDB"]),
        ("大家高呼“松鼠万岁”。", []),
        ("AI平台与API系统很多。", []),
        ("开源深度学习框架是基础，智算中心以系统为平台。", []),
        ("“松与光”平台论坛开幕。", []),
    ],
)
def test_quoted_and_latin(text: str, names: list[str]) -> None:
    """Quoted and mixed-case Latin names beside the kind of product they are; generic words are no names."""
    assert [name for name, _ in products(text)] == names


def test_paragraph_tells_the_owner() -> None:
    """A product belongs to the organisation that its paragraph has been speaking of."""
    text = "松果种树。松果造林。松果育苗，“松鼠”平台上线。"
    assert products(text, "松果") == [("松鼠", "松果")]
    assert products("松果种树。\n“松鼠”平台上线。", "松果") == [("松鼠", None)]
