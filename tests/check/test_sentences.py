"""Single sentences as nervous people write them: one category each, or none ("-")."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.check.rows import rows

from taktvoll.check import check
from taktvoll.model import Country, Formality, Known, Language

ROWS = rows("sentences")
DU = re.compile(r"\b(?:du|dir|dich|euch|ihr|Dir|Euch)\b")


@pytest.mark.parametrize(
    ("language", "category", "sentence"), ROWS, ids=[f"{row[0]}-{row[2][:30]}" for row in ROWS]
)
def test_the_meaning_is_found(
    language: Language, category: str, sentence: str, cache: Path
) -> None:
    german = language is Language.DE
    known = Known(
        language=language,
        country=Country.DE if german else Country.GB,
        formality=(Formality.DU if DU.search(sentence) else Formality.SIE)
        if german
        else Formality.NEUTRAL,
    )
    findings = check(sentence, known, cache=cache)
    found = {f.category.value for f in findings if f.start is not None}
    if category == "-":
        assert found == set()
    else:
        assert category in found


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("Ich habe einen Bandscheibenvorfal.", "overshare_health"),
        ("Ich habe Rükenschmerzen.", "overshare_health"),
        ("Das war unprofesionell.", "blame"),
        ("Ich habe Rueckenschmerzen.", "overshare_health"),
    ],
)
def test_slips_of_spelling_hide_nothing(sentence: str, category: str, cache: Path) -> None:
    findings = check(sentence, Known(language=Language.DE), cache=cache)
    assert category in {f.category.value for f in findings}
