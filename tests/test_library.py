"""What is wrong with the content is named once, each thing at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from taktvoll.library import content_problems
from taktvoll.messages import say
from taktvoll.model import Intent, Language


def test_the_built_in_content_is_sound() -> None:
    assert content_problems(None) == []


def test_every_problem_of_a_persons_own_content_is_named_once(tmp_path: Path) -> None:
    rules, guide = tmp_path / "de" / "rules", tmp_path / "de" / "guide"
    rules.mkdir(parents=True)
    guide.mkdir()
    (rules / "own.toml").write_text('[[rule]]\nid = "own.rule"\nkind = "avoid"\n', "utf-8")
    (guide / "a.md").write_text("no head", "utf-8")
    (guide / "b.md").write_text("no head either", "utf-8")
    found = [(Path(problem.path).name, problem.code) for problem in content_problems(tmp_path)]
    assert found == [
        ("a.md", "guide_no_head"),
        ("b.md", "guide_no_head"),
        ("own.toml", "content_key_missing"),
    ]


OWN = 'kind = "wish"\n\n[[part]]\nid = "wish.own"\n{rest}\n'


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ('text = "ich wünsche Ihnen alles Gute für die Suche."', None),
        ('text = "alles Gute, {sender_nam}."', "content_unknown_slot"),
        ('text = "bitte, bitte verzeihen Sie mir noch einmal."', "content_letter_checked"),
        ('text = "gut."\nwhen = { country = ["IE"] }', "content_part_unused"),
    ],
)
def test_own_parts_are_written_and_checked(rest: str, code: str | None, tmp_path: Path) -> None:
    folder = tmp_path / "de" / "parts"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(OWN.replace("{rest}", rest), "utf-8")
    found = content_problems(tmp_path)
    assert {problem.code for problem in found} == ({code} if code else set())
    assert all(problem.path.endswith("own.toml") and problem.line >= 4 for problem in found)
    if code == "content_unknown_slot":
        assert found[0].values["suggestion"] == "sender_name"


def test_an_example_of_ones_own_is_written_and_checked(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    example = '[[example]]\nid = "example.own"\nintent = "cancel"\nnow = "2026-12-01T09:00"\n'
    (folder / "examples.toml").write_text(example + "[example.context]\n", "utf-8")
    found = content_problems(tmp_path)
    assert {problem.code for problem in found} == {"content_example_unwritten"}
    assert {(problem.line, problem.column) for problem in found} == {(2, 1)}


@pytest.mark.parametrize("intent", Intent)
def test_every_kind_of_letter_says_when_to_use_it_and_when_not(intent: Intent) -> None:
    for language in Language:
        assert say(f"intent.{intent}.when", language)
        assert say(f"intent.{intent}.when_not", language)
