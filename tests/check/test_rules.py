"""Every rule's own examples, the form of the rule files, and what happens to broken ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taktvoll.check.examples import problems
from taktvoll.content import rules
from taktvoll.messages import has
from taktvoll.model import Category, Language

RULE = """
id = "own.podcast"
category = "informal"
kind = "avoid"
why = "Kein Podcast."
find = ["{find}"]
wrong = ["Ihr [[Podcast]] ist gut.", "Der [[Podcast]] fehlt.", "Ein [[Podcast]]."]
right = ["Ihr Haus ist gut.", "Der Termin passt.", "Ich komme gern."]
"""


@pytest.mark.parametrize("language", list(Language))
def test_every_example_of_every_rule_holds(language: Language) -> None:
    assert [str(p) for p in problems(language)] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_category_that_needs_words_has_a_rule(language: Language) -> None:
    have = {rule.category for rule in rules.rule_sources(language)}
    by_words = {
        *(Category.OVERSHARE_HEALTH, Category.OVERSHARE_PRIVATE, Category.OVERSHARE_OFFER),
        *(Category.GROVEL, Category.BLAME, Category.DRAMA, Category.OVERJUSTIFY, Category.VAGUE),
        *(Category.INFORMAL, Category.MISSING_STATEMENT, Category.MISSING_THANKS),
        *(Category.MISSING_CONTACT, Category.MISSING_CLOSING, Category.AMBIGUOUS_INTENT),
        Category.TOO_LONG,
    }
    if language is Language.DE:
        by_words |= {Category.MT_GERMAN, Category.FORMAL_CASE}
    assert by_words <= have


def test_a_rule_of_the_person_is_used(tmp_path: Path) -> None:
    _write(tmp_path, RULE.format(find="Podcast"))
    compiled = rules.build(Language.DE, tmp_path)
    assert "own.podcast" in {rule.id for rule in compiled.rules}
    assert problems(Language.DE, tmp_path) == []


def test_a_broken_rule_of_the_person_is_named_and_left_out(tmp_path: Path) -> None:
    path = _write(tmp_path, RULE.format(find="(Podcast"))
    compiled = rules.build(Language.DE, tmp_path)
    assert "own.podcast" not in {rule.id for rule in compiled.rules}
    [problem] = rules.problems(Language.DE, tmp_path)
    assert (problem.path, problem.line, problem.code) == (str(path), 6, "content_phrase_unclosed")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('category = "informal"', 'category = "nice"'), "content_value"),
        (('kind = "avoid"', 'kind = "forbid"'), "content_value"),
        (('why = "Kein Podcast."', ""), "content_key_missing"),
        (('why = "Kein', 'wy = "Kein'), "content_key_missing"),
        (('find = ["Podcast"]', 'find = ["[podcasts]"]'), "content_phrase_unknown_group"),
        (('find = ["Podcast"]', 'find = ["…"]'), "content_phrase_empty"),
        (('find = ["Podcast"]', "find = [7]"), "content_value"),
        (('find = ["Podcast"]', 'find = ["Podcast"]\nregex = ["("]'), "content_regex"),
        (('find = ["Podcast"]', 'find = ["Podcast"]\ncolour = "red"'), "content_key_unknown"),
        (('"Der [[Podcast]] fehlt.", ', ""), "content_examples"),
        (('"Der [[Podcast]] fehlt."', '"Der Podcast fehlt."'), "content_mark"),
        (('find = ["Podcast"]', 'find = ["Podcast"'), "content_syntax"),
        (('"Der [[Podcast]] fehlt."', '"[[Der Podcast]] fehlt."'), "content_example_missed"),
        (('"Der Termin passt."', '"Der Podcast passt."'), "content_example_right"),
    ],
)
def test_each_fault_of_a_rule_is_named(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    _write(tmp_path, RULE.format(find="Podcast").replace(*change))
    found = problems(Language.DE, tmp_path)
    assert code in {problem.code for problem in found}
    assert all(has(f"error.{problem.code}", Language.DE) for problem in found)


def test_the_cache_is_written_once_and_read_again(tmp_path: Path) -> None:
    compiled = rules.build(Language.EN)
    path = tmp_path / rules.cache_name(Language.EN)
    compiled.save(path)
    again = rules._read(path)
    assert again is not None
    assert again.pack == json.loads(json.dumps(compiled.pack))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"language": "de"}'])
def test_a_broken_cache_is_not_trusted(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.json"
    path.write_bytes(content)
    assert rules._read(path) is None


def _write(folder: Path, text: str) -> Path:
    path = folder / "de" / "rules" / "own.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path
