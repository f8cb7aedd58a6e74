"""Single sentences as nervous people write them: one category each, or none ("-")."""

from __future__ import annotations

from pathlib import Path

import pytest

from taktvoll.check import check
from taktvoll.model import Country, Formality, Known, Language

TABLE = Path(__file__).parent.parent / "corpus" / "check" / "sentences.de.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("category", "sentence"), ROWS, ids=[row[1][:30] for row in ROWS])
def test_the_meaning_is_found(category: str, sentence: str, cache: Path) -> None:
    du = " dir" in sentence or "Hast du" in sentence
    known = Known(
        language=Language.DE,
        country=Country.DE,
        formality=Formality.DU if du else Formality.SIE,
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
