"""A megabyte of the worst text: read stays within two seconds, whatever is repeated in it."""

from __future__ import annotations

import pytest
from tests.clock import seconds

from taktvoll.read import read

MEGABYTE = 1_000_000
LIMIT = 2.0  # seconds of processor time

HEAD = (
    "From: Anke Brandt <brandt@firma.example>\nTo: mira@bewerbung.example\n"
    "Subject: Einladung zum Gespräch\nDate: Mon, 30 Nov 2026 10:00:00 +0100\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
)
EVENT = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTART:20261209T090000Z\n"
    "SUMMARY:Interview\nDESCRIPTION:{}\nEND:VEVENT\nEND:VCALENDAR\n"
)
# each a beginning of something that the reader looks for, or what may stand inside of it
WORST = [
    *("a", "A", "0", "0 ", "1.", "12.12.", "10:00 ", "9–", "9 - ", "_", "-", " ", "\n", " \n"),
    *("> ", "a@b.", "+49 (", "http://", "Aa ", "Ab-", "Ab-Cd ", "A & ", "GmbH & Co. ", "„"),
    *("Straße 1 ", "20457 Hamburg ", "SW1A 1AA ", "Tel.: ", "Durchwahl -", "Meeting-ID: 1 "),
    *("Montag, ", "am 9. oder ", "den 9. ", "viertel ", "half past ", "KW 50 ", "in einer "),
    *("Frau Dr. ", "Bei Fragen ", "Ansprechpartnerin ", "Sehr geehrte ", "LG\n", "im Auftrag "),
    *("Von: a\nGesendet: b\n", "Am 9.12.2026 schrieb ", "-----Ursprüngliche Nachricht-----\n"),
    *("Stelle als A", "als A und ", "interview for A", "A (m/w/d) ", "Kennziffer ", "the A "),
    *("lade Sie ", "falls ", "Gespräch nicht ", "ß", "İ", "\u202e", "University of "),
]


@pytest.mark.parametrize("unit", WORST)
@pytest.mark.parametrize("kind", ["mail", "calendar"])
def test_a_megabyte_of_it_is_read_at_once(unit: str, kind: str) -> None:
    text = unit * (MEGABYTE // len(unit))
    data = HEAD + text if kind == "mail" else EVENT.format(text.replace("\n", "\\n"))

    def work() -> None:
        assert len(read(data.encode())) == 1

    assert seconds(work, limit=LIMIT) < LIMIT
