"""The guide articles: both languages complete, short, and errors that say where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taktvoll.content.guide import SITUATIONS, articles, parse_article
from taktvoll.errors import ContentError
from taktvoll.messages import has
from taktvoll.model import Duty, Intent, Language

GOOD = """+++
id = "pause"
title = "A pause"
order = 3
situations = ["cancel"]
sources = []
date = "2026-11"
+++
Breathe once.
"""


def own(folder: Path, text: str, name: str = "pause.md") -> Path:
    path = folder / "en" / "guide" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_both_languages_tell_the_same_ten() -> None:
    german, english = articles(Language.DE), articles(Language.EN)
    assert len(german) == 10
    assert [a.id for a in german] == [a.id for a in english]
    assert [a.order for a in german] == list(range(1, 11))
    assert [a.situations for a in german] == [a.situations for a in english]
    for one, other in zip(german, english, strict=True):
        assert one.title != other.title
        assert one.body != other.body


@pytest.mark.parametrize("language", Language)
def test_short_calm_and_without_stiffness(language: Language) -> None:
    for article in articles(language):
        words = len(article.body.split())
        assert 150 <= words <= 400, (article.id, words)
        assert not re.search(r"</?\w+|https?://|^\s*[-*] |!!", article.body, re.M), article.id
        if language is Language.DE:
            outside = re.sub(r"„[^“]*“", "", article.body)
            assert not re.search(r"\b(Ihr|Ihre[nmrs]?|Ihnen)\b", outside), article.id


@pytest.mark.parametrize("language", Language)
def test_every_duty_has_an_article_and_the_law_names_its_sources(language: Language) -> None:
    told = {situation for article in articles(language) for situation in article.situations}
    assert {duty.value for duty in Duty} <= told
    assert told <= SITUATIONS
    without = {Intent.NUDGE.value, Intent.REOPEN.value}
    assert {intent.value for intent in Intent} - without <= told
    law = next(article for article in articles(language) if article.id == "law")
    assert len(law.sources) >= 5
    assert "2026" in law.body


def test_own_article_overlays_by_id_and_adds(tmp_path: Path) -> None:
    own(tmp_path, GOOD)
    own(tmp_path, GOOD.replace('"pause"', '"calm"').replace("A pause", "Mine"), "other.md")
    mixed = articles(Language.EN, tmp_path)
    assert len(mixed) == 11
    assert {a.id: a.title for a in mixed}["calm"] == "Mine"
    assert {a.id: a.body for a in mixed}["pause"] == "Breathe once.\n"
    assert [a.order for a in mixed] == sorted(a.order for a in mixed)
    assert len(articles(Language.DE, tmp_path)) == 10


BROKEN = [
    ("no head at all\n", "guide_no_head", 1),
    ("+++\nid = 'x'\nno end\n", "guide_no_head", 1),
    (GOOD.replace("order = 3", "order = = 3"), "content_syntax", 4),
    (GOOD.replace("order = 3\n", ""), "guide_key_missing", 1),
    (GOOD.replace("order = 3", 'order = "3"'), "guide_value", 4),
    (GOOD.replace("order = 3", "order = true"), "guide_value", 4),
    (GOOD.replace('["cancel"]', '["cancel", 4]'), "guide_value", 5),
    (GOOD.replace('"A pause"', '""'), "guide_value", 3),
    (GOOD.replace('["cancel"]', '["dance"]'), "guide_situation", 5),
    (GOOD.replace("2026-11", "2026-13"), "guide_value", 7),
    (GOOD.replace("order = 3", "order = 3\nmood = 'calm'"), "guide_key_unknown", 5),
    (GOOD.replace("Breathe once.\n", "\n"), "guide_empty", 10),
]


@pytest.mark.parametrize(("text", "code", "line"), BROKEN)
def test_broken_article_says_where(tmp_path: Path, text: str, code: str, line: int) -> None:
    path = own(tmp_path, text)
    with pytest.raises(ContentError) as raised:
        articles(Language.EN, tmp_path)
    assert (raised.value.code, raised.value.path, raised.value.line) == (code, str(path), line)
    collected: list[ContentError] = []
    assert len(articles(Language.EN, tmp_path, collected)) == 10
    assert [error.code for error in collected] == [code]
    for language in Language:
        assert has(f"error.{code}", language), code


def test_hostile_bytes_are_an_error_with_a_line(tmp_path: Path) -> None:
    path = own(tmp_path, GOOD)
    path.write_bytes(GOOD.encode() + b"\n\xff\n")
    with pytest.raises(ContentError) as raised:
        parse_article(path)
    assert (raised.value.code, raised.value.line) == ("content_not_utf8", 11)
    path.write_bytes(b"+" * 1_000_001)
    with pytest.raises(ContentError) as raised:
        parse_article(path)
    assert raised.value.code == "content_too_large"
