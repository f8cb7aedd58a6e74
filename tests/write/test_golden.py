"""Chosen letters, read aloud. `--update-golden` writes them anew; what does not sound right is
mended in the content, not in the file."""

import tomllib
from pathlib import Path

import pytest

from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = tomllib.loads((GOLDEN / "letters.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_golden_letters(name, update_golden):
    brief, channel, _ = brief_from_line(CASES[name])
    draft = write(brief, channel, seed=name)
    text = "\n\n".join(filter(None, (draft.subject, draft.text))) + "\n"
    path = GOLDEN / "letters" / f"{name}.txt"
    if update_golden:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_no_golden_letter_is_left_over():
    assert {path.stem for path in (GOLDEN / "letters").glob("*.txt")} == CASES.keys()
