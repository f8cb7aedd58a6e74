"""What is wrong with the content is named once, each thing at its place."""

from __future__ import annotations

from pathlib import Path

from taktvoll.library import content_problems


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
