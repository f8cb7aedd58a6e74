"""Phone numbers: as they are written, and which of them one calls."""

from __future__ import annotations

import pytest

from taktvoll.language.phones import Line, find_phones


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("erreichbar unter 01/000 00 10 DW 33", "01/000 00 10 DW 33"),
        ("Tel.: (+43 7600) 600-4417", "(+43 7600) 600-4417"),
        ("Tel: 01632 960 590 ext 4", "01632 960 590 ext 4"),
        ("text me back here, 555-0182", "555-0182"),
        ("T 041 000 77 03  6099 Rüttihof", "041 000 77 03"),
        ("geben Sie uns Bescheid: 0345 9995-117", "0345 9995-117"),
    ],
)
def test_a_number(text: str, number: str) -> None:
    assert [phone.number for phone in find_phones(text)] == [number]


@pytest.mark.parametrize(
    "text",
    ["registered charity 0000000", "02.12.2026 14:19", "Kennziffer 2026-117", "ZVR 000000000",
     "IBAN DE00 0000 0000"],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert not find_phones(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Fax 040 66969-499", Line.NEVER),
        ("notfalls Einwahl per Telefon +49 69 90009 4471", Line.NEVER),
        ("Telefonisch teilnehmen\n(AT) +43 1 000000 99\nPIN: 884", Line.NEVER),
        ("Leon ruft dich unter der Nummer aus deinem CV an (0171 3920 873)", Line.NEVER),
        ("Ist die 0171 3920 455 noch aktuell?", Line.NEVER),
        ("Deine Antworten\nHandynummer: +49 171 3920019", Line.NEVER),
        ("rufen Sie mich bitte an: 07399 / 50 60-12", Line.GENERAL),
        ("Rezeption +43 5299 000 14-0", Line.SWITCHBOARD),
        ("04699 840-0 (Zentrale)", Line.SWITCHBOARD),
        ("Mobil 0171 3920041", Line.MOBILE),
        ("Durchwahl 040 66969-412", Line.DIRECT),
    ],
)
def test_what_a_number_reaches(text: str, line: Line) -> None:
    (phone,) = find_phones(text)
    assert phone.line is line
