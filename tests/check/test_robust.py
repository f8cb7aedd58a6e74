"""Any text, any knowledge: no crash, spans that fit, work that grows with the text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taktvoll.check import apply_fixes, check
from taktvoll.check.lines import known_from_line
from taktvoll.content.rules import load
from taktvoll.errors import WrongUse
from taktvoll.model import Channel, Contact, Country, Formality, Intent, Known, Language

PIECES = st.sampled_from(
    [
        *(
            "Sehr geehrte Frau",
            "Brandt",
            "[",
            "]",
            "{x",
            "XX",
            "am 9. Dezember",
            "31.02.",
            "um 25:99",
        ),
        *(
            "ich",
            "Fieber",
            "Sie",
            "du",
            "tut mir leid",
            "> zitiert\n",
            "Von: a\nAn: b\n",
            "\n\n",
            ", ",
        ),
        *(
            "ß",
            "İ",
            "\u202f",
            "Mit freundlichen Grüßen\n",
            "bei der",
            "GmbH",
            "Stelle als",
            "!!",
            ".",
        ),
        *("Dear Mr", "withdraw", "December 40", "– „", "“", "halb", "€", "😀", "\x00", "Bewerbung"),
    ]
)
KNOWNS = st.builds(
    Known,
    language=st.sampled_from([None, *Language]),
    intent=st.sampled_from([None, *Intent]),
    country=st.sampled_from([None, *Country]),
    formality=st.sampled_from([None, *Formality]),
    channel=st.sampled_from(Channel),
    name=st.sampled_from([None, "", "Mira Sandner", "."]),
    company=st.sampled_from([None, "Hansewerk GmbH", "&", "GmbH"]),
    contact=st.sampled_from([Contact(), Contact(name="Brandt"), Contact(name="-")]),
    position=st.sampled_from([None, "Disponentin", "(m/w/d)", "R"]),
    start=st.sampled_from([None, datetime(2026, 12, 9, 9, tzinfo=UTC)]),
    timezone=st.sampled_from([None, "Europe/Berlin", "Nowhere/Land", "../etc"]),
    now=st.sampled_from([None, datetime(2026, 12, 1, tzinfo=UTC)]),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.text(max_size=8), max_size=30), KNOWNS)
def test_no_text_breaks_the_check(cache: Path, pieces: list[str], known: Known) -> None:
    text = " ".join(pieces)
    findings = check(text, known, cache=cache)
    for finding in findings:
        if finding.start is not None:
            assert text[finding.start : finding.end] == finding.quote
    apply_fixes(text, findings)
    assert check(text, known, cache=cache) == findings


@pytest.mark.parametrize(
    "unit",
    [
        *("a", "[", "9.", "<", "-", "ich ", " \n", "\n> ", "„", "Sehr geehrte ", "A.A.", "bei "),
        *(
            "Frau ",
            "am 9. Dezember ",
            "Ich habe Fieber. ",
            "Stelle als ",
            "Mit freundlichen Grüßen\n",
        ),
    ],
)
def test_a_megabyte_is_no_burden(unit: str, cache: Path) -> None:
    """The matcher's steps are counted; a pattern that backtracks would not come to an end here."""
    matcher = load(Language.DE, cache, None).matcher
    known = Known(language=Language.DE, name="Mira Sandner", company="Hansewerk GmbH")
    steps = []
    for size in (10_000, 100_000):
        before = matcher.steps_taken
        check(unit * (size // len(unit)), known, cache=cache)
        steps.append(matcher.steps_taken - before)
    assert steps[1] <= max(steps[0], 1) * 10.5


def test_safe_fixes_are_applied_and_then_nothing_is_left(cache: Path) -> None:
    known = Known(language=Language.DE, country=Country.CH, formality=Formality.SIE)
    text = (
        "Guten Tag Frau Zgraggen\n\nIch danke ihnen für die Mühe. Ich heiße Reto."
        " Man liest ja wenig Gutes über Sie.\n\nMfG\nReto Kälin"
    )
    mended = apply_fixes(text, check(text, known, cache=cache))
    assert mended == (
        "Guten Tag Frau Zgraggen\n\nIch danke Ihnen für die Mühe. Ich heisse Reto."
        "\n\nMit freundlichen Grüßen\nReto Kälin"
    )


def test_a_sentence_that_carries_the_message_is_left_to_the_person(cache: Path) -> None:
    text = "Ich ziehe meine Bewerbung zurück und man liest ja wenig Gutes über Ihren Termin."
    findings = check(text, Known(language=Language.DE), cache=cache)
    assert any(f.category == "blame" for f in findings)
    assert apply_fixes(text, findings) == text


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"text": 7},
        {"text": "x", "lang": "fr"},
        {"text": "x", "intent": "go"},
        {"text": "x", "context": []},
        {"text": "x", "context": {"start": "gestern"}},
        {"text": "x", "context": {"name": 7}},
        {"text": "x", "context": {"slots": ["morgen"]}},
    ],
)
def test_a_line_that_makes_no_sense_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(WrongUse):
        known_from_line(line)
