"""The one sentence that a message is for, in the many ways in which people say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.check.rows import rows

from taktvoll.check import check
from taktvoll.model import Country, Formality, Intent, Known, Language

ROWS = rows("statements")
LETTERS = {
    Language.DE: "Sehr geehrte Frau Amsel,\n\nvielen Dank für Ihre Nachricht. {}\n\n"
    "Mit freundlichen Grüßen\nMira Sandner",
    Language.EN: "Dear Ms Amsel,\n\nThank you for your message. {}\n\nKind regards,\nMira Sandner",
}


@pytest.mark.parametrize(
    ("language", "intent", "sentence"), ROWS, ids=[f"{row[1]}-{row[2][:40]}" for row in ROWS]
)
def test_a_letter_that_says_it_lacks_nothing(
    language: Language, intent: str, sentence: str, cache: Path
) -> None:
    german = language is Language.DE
    known = Known(
        language=language,
        intent=Intent(intent),
        country=Country.DE if german else Country.GB,
        formality=Formality.SIE if german else Formality.NEUTRAL,
        name="Mira Sandner",
    )
    found = {
        each.category.value
        for each in check(LETTERS[language].format(sentence), known, cache=cache)
    }
    assert found.isdisjoint({"missing_statement", "ambiguous_intent"})


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("intent", list(Intent))
def test_a_letter_that_says_nothing_lacks_it(
    language: Language, intent: Intent, cache: Path
) -> None:
    known = Known(language=language, intent=intent)
    text = LETTERS[language].format(
        "Ihre Anzeige hat acht Zeilen."
        if language is Language.DE
        else "Your advert has eight lines."
    )
    assert "missing_statement" in {each.category.value for each in check(text, known, cache=cache)}
