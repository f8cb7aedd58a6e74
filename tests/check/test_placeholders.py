"""Slots that nobody filled in: every form of them, also behind the quick look for its mark."""

from __future__ import annotations

import re

import pytest

from taktvoll.check import whole
from taktvoll.check.letter import letter
from taktvoll.model import Language

FORMS = [
    *(
        "[Name]",
        "[[Firma]]",
        "[Ihr Name",
        "{position}",
        "{{name}}",
        "{Datum",
        "<Name>",
        "<<Firma>>",
    ),
    *("<Datum", "XX", "XXX.XX", "xx", "xx.xx.xxxx", "TT.MM.JJJJ", "DD.MM.", "MM/DD/YYYY"),
    *("DD/MM", "HH:MM", "____", "Herr/Frau", "Frau/Herr", "Mr/Ms", "Mr./Mrs.", "John Doe"),
    *(
        "Max Mustermann",
        "Musterfirma",
        "Firma XY",
        "Firma ABC",
        "Name einfügen",
        "Datum hier eintragen",
        "Date here",
    ),
    *("hier Ihren Namen einsetzen", "hier Datum", "insert your name", "enter the company", "????"),
    *("tbd", "TBA", "TODO"),
]
LED = ["Frau ...", "Herr …", "Frau N. N.", "Frau N.N."]


@pytest.mark.parametrize("form", [*FORMS, *LED])
def test_each_form_is_found(form: str) -> None:
    found = list(
        whole.placeholder_findings(letter(f"Ich komme als {form}\nund zwar."), Language.DE)
    )
    assert len(found) == 1
    assert found[0].quote
    assert found[0].quote in form


@pytest.mark.parametrize("pattern", [pattern for _, pattern in whole._PLACEHOLDERS])
def test_each_row_of_the_table_is_one_of_these_and_has_its_mark(pattern: str) -> None:
    [marks] = [marks for marks, same in whole._PLACEHOLDERS if same == pattern]
    own = [form for form in [*FORMS, *LED] if re.search(pattern, form)]
    assert own
    assert all(any(mark in form for mark in marks) for form in own)
