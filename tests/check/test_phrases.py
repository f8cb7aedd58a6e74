"""The language of find lines: what it matches, and where a sentence ends."""

from __future__ import annotations

import pytest

from taktvoll.content.matching import Matcher, Text
from taktvoll.content.phrases import PhraseError, patterns

GROUPS = {"tier": ["Hund", "Katze"], "kreis": ["[kreis]"]}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Hund", 1),
        ("(Hund|Katze)", 1),
        ("(Hund|kleine Katze) bellt", 2),
        ("sehr? gut", 2),
        ("[tier] … laut", 1),
        ("Hund & (bellt|laut)", 1),
        ("(a|b c) (d|e f) g?", 8),
    ],
)
def test_a_line_stands_for_its_patterns(line: str, count: int) -> None:
    assert len(patterns(line, GROUPS)) == count


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("(Hund", "unclosed"),
        ("Hund)", "syntax"),
        ("[maus]", "unknown_group"),
        ("[kreis]", "too_deep"),
        ("", "empty"),
        ("Hund &", "empty"),
        ("Hund?", "empty"),
        (" ".join(["(a b|c d)"] * 12), "too_many"),
    ],
)
def test_a_broken_line_is_named(line: str, code: str) -> None:
    with pytest.raises(PhraseError) as caught:
        patterns(line, GROUPS)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ich komme. Bis dann!", 2),
        ("Frau Dr. Brandt kommt am 9. Dezember um 10.00 Uhr.", 1),
        ("Sehr geehrte Frau Amsel,\n\nich komme.", 2),
        ("Liebe Jana,\nich komme.", 2),
        ("Das ist z. B. so, bzw. anders.", 1),
        ("Am 9.12. passt es.", 1),
        ("Wirklich?! Ja.", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(Text(text).sentences) == sentences


def test_work_grows_with_the_text_and_no_faster() -> None:
    """Counted in steps, not in seconds: a hundred times the text, a hundred times the work."""
    steps = []
    for times in (1, 100):
        matcher = Matcher(
            words={"hu": "\nhund 0\n", "la": "\nlaut 1\n"},
            exact={},
            endings={},
            beginnings={},
            numbers=[],
            slips={},
            parts=[[[(0, 0), (1, 5)]], [[(0, 0)], [(1, 0)]]],
            rarity=[40, 40],
        )
        matcher.find(Text("der Hund ist sehr laut und " * 50 * times))
        steps.append(matcher.steps_taken)
    assert steps[0] > 0
    assert steps[1] <= steps[0] * 101
