"""The kind ``weigh``: signs that add up in a sentence, and what is expected in a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from taktvoll.check.kinds import rule_findings
from taktvoll.check.letter import letter
from taktvoll.content import rules
from taktvoll.model import Channel, Finding, Formality, Known, Language

RULE = """
[[rule]]
id = "own.weather"
category = "drama"
kind = "weigh"
least = 4
why = "Kein Wetter."
sign = [
  { name = "Wetter", weight = 2, find = ["Hagel", "Orkan"] },
  { name = "Ort", weight = 2, find = ["Himalaya"] },
  { name = "Trost", weight = -3, find = ["Regenbogen"] },
  { name = "sonst nichts", weight = 1, lacks = "Bekanntes" },
]
wrong = ["[[Hagel im Himalaya]].", "Der [[Orkan im Himalaya]].", "Im [[Himalaya war Hagel]]."]
right = ["Im Himalaya.", "Nur Hagel.", "Ein Orkan."]

[[rule]]
id = "own.mountain"
category = "vague"
kind = "weigh"
least = 1
why = "Kein Berg."
sign = [{ name = "Berg", weight = 2, find = ["Himalaya"] }]
wrong = ["Der [[Himalaya]].", "Im [[Himalaya]].", "Ein [[Himalaya]]."]
right = ["Nur Hagel.", "Ein Orkan.", "Ein Regenbogen."]
"""
WORDS = '[expected]\nBekanntes = ["Gruß", "(danken|bitten)"]\n'


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    _write(folder / "de" / "rules" / "own.toml", RULE)
    _write(folder / "de" / "words" / "own.toml", WORDS)
    return folder


@pytest.fixture(scope="module")
def compiled(overlay: Path) -> rules.CompiledRules:
    return rules.build(Language.DE, overlay)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Hagel im Himalaya.", "Hagel im Himalaya"),
        ("Hagel und Orkan.", None),  # one sign, counted once
        ("Hagel. Im Himalaya.", None),  # two sentences
        ("Hagel im Himalaya, dann der Regenbogen.", None),  # something speaks against it
        ("Ein Regenbogen.", None),
    ],
)
def test_signs_add_up_within_a_sentence(
    compiled: rules.CompiledRules, text: str, quote: str | None
) -> None:
    found = [f.quote for f in _found(compiled, text, "own.weather")]
    assert found == ([quote] if quote else [])


@pytest.mark.parametrize(
    ("text", "heavy"),
    [
        ("Gestern kamen wieder drei schwere Hagel.", 3),
        ("Gestern kamen, mit Gruß, wieder drei Hagel.", 2),
        ("Drei Hagel.", 2),  # too short to miss anything in it
    ],
)
def test_a_sentence_without_anything_expected_weighs_more(
    compiled: rules.CompiledRules, text: str, heavy: int
) -> None:
    seen = letter(text)
    expected = {
        match.sentence
        for match in compiled.matcher.find(seen.words)
        for rule, name, _ in compiled.of_pattern[match.pattern]
        if (rule, name) == (rules.EXPECTED, "Bekanntes")
    }
    assert 2 + len(seen.telling - expected) == heavy


def test_a_sentence_is_what_it_is_most(compiled: rules.CompiledRules) -> None:
    beside = {f.rule for f in _found(compiled, "Ein Himalaya.")}
    assert beside == {"own.mountain"}
    both = {f.rule for f in _found(compiled, "Hagel im Himalaya.")}
    assert both == {"own.mountain"}  # one beyond its threshold; the weather only reaches its own


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("weight = -3", 'weight = "heavy"'), "content_value"),
        (('name = "Trost", ', ""), "content_value"),
        (('name = "Trost"', 'name = "find"'), "content_value"),
        (('lacks = "Bekanntes"', 'lacks = "Unbekanntes"'), "content_phrase_unknown_group"),
        (('lacks = "Bekanntes"', 'lacks = "Bekanntes", find = ["Hut"]'), "content_value"),
        (('find = ["Regenbogen"]', "find = 7"), "content_value"),
        (('find = ["Regenbogen"]', 'find = ["(Regenbogen"]'), "content_phrase_unclosed"),
    ],
)
def test_a_broken_sign_is_named_and_its_rule_left_out(
    tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    assert change[0] in RULE
    _write(tmp_path / "de" / "rules" / "own.toml", RULE.replace(*change))
    _write(tmp_path / "de" / "words" / "own.toml", WORDS)
    [problem] = rules.problems(Language.DE, tmp_path)
    assert problem.code == code
    ids = {rule.id for rule in rules.rule_sources(Language.DE, tmp_path)}
    assert "own.weather" not in ids
    assert "own.mountain" in ids


def test_a_question_is_no_word_of_the_length(compiled: rules.CompiledRules) -> None:
    found = _found(compiled, "Passt das? " * 85)
    assert "length.words" not in {f.rule for f in found}


def test_what_is_said_on_the_phone_runs_over_lines() -> None:
    script = (
        "Mailbox von Frau Amsel:\nnicht zu sehen\n"
        "„Guten Tag, hier ist Mira.\nIch komme später.\nDanke.“\nAuch nicht zu sehen.\n"
        "– „Worum geht es?“ – „Um heute.“\n"
    )
    text = letter(script, Channel.PHONE).text
    assert "Ich komme später." in text
    assert "Um heute." in text
    assert "nicht zu sehen" not in text
    assert "Worum" not in text


def _found(compiled: rules.CompiledRules, text: str, only: str | None = None) -> list[Finding]:
    known = Known(language=Language.DE, formality=Formality.SIE)
    return rule_findings(letter(text), compiled, known, only)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
