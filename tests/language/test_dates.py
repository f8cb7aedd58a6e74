"""The grammar of dates and times, told as tables: what is written, and what it means."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taktvoll.language.dates import Precision, find_dates
from taktvoll.language.durations import find_durations
from taktvoll.model import Country, Language

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)  # a Monday

GERMAN = {
    "Mi., 9.12., 10 Uhr": "2026-12-09 10:00",
    "Mittwoch, den 9. Dezember 2026, von 10:00 bis 11:30 Uhr": "2026-12-09 10:00–11:30",
    "Mittwoch, dem 9. Dezember 2026, um 10.00 Uhr": "2026-12-09 10:00",
    "am 9. Dezember 10 Uhr s.t.": "2026-12-09 10:00",
    "am 9. Dezember 10 Uhr c.t.": "2026-12-09 10:15",
    "am 9.12. 14h00": "2026-12-09 14:00",
    "Mi 9.12.26 um halb drei": "2026-12-09 14:30",
    "Freitag um viertel drei": "2026-11-27 14:15",
    "Freitag um dreiviertel drei": "2026-11-27 14:45",
    "Viertel nach zwei am Donnerstag": "2026-11-26 14:15",
    "Viertel vor elf am Donnerstag": "2026-11-26 10:45",
    "Donnerstag, fünf vor halb elf": "2026-11-26 10:25",
    "Dienstag in einer Woche": "2026-12-01",
    "Dienstag in acht Tagen um 9 Uhr": "2026-12-01 09:00",
    "kommenden Donnerstag": "2026-11-26",
    "Dienstag nächster Woche um 10 Uhr": "2026-12-01 10:00",
    "nächste Woche Dienstag": "2026-12-01",
    "übermorgen um 9": "2026-11-25 09:00",
    "morgen Nachmittag um drei": "2026-11-24 15:00",
    "am 9. um zehn": "2026-12-09 10:00",
    "am Freitag zwischen 9 und 12 Uhr": "2026-11-27 09:00–12:00",
    "15. Jänner 2027, 9 Uhr": "2027-01-15 09:00",
    "3. Feber 2027": "2027-02-03",
    "am neunten Dezember um zehn Uhr": "2026-12-09 10:00",
    "Dienstag in KW 50 um 10 Uhr": "2026-12-08 10:00",
    "Datum: 9.12.2026\nUhrzeit: 10:00 - 11:00 Uhr": "2026-12-09 10:00–11:00",
    "Datum: 9.12.2026\nOrt: Hafenstraße 12\nUhrzeit: 10:00 Uhr": "2026-12-09 10:00",
    "10 Uhr am Mittwoch, den 9.12.": "2026-12-09 10:00",
    "9. Dezember 2026, 10.30": "2026-12-09 10:30",
    "Dienstagnachmittag um drei": "2026-11-24 15:00",
    "2026-12-09T10:00": "2026-12-09 10:00",
    "Am 9. Dezember (Mittwoch) um 10 Uhr": "2026-12-09 10:00",
    "Mittwoch, 9.12.2026, 10.00–11.30 Uhr": "2026-12-09 10:00–11:30",
    "Mittwoch, 9.12., 9-12 Uhr": "2026-12-09 09:00–12:00",
    "9.12.2026 | 10 - 11 Uhr": "2026-12-09 10:00–11:00",
    "15. März um 14:00 Uhr": "2027-03-15 14:00",
    "heute um 16 Uhr": "2026-11-23 16:00",
}
BRITISH = {
    "Wed Dec 9th, 2pm": "2026-12-09 14:00",
    "Wednesday 9 December 2026 at 10:00 am": "2026-12-09 10:00",
    "half past two on Wednesday": "2026-11-25 14:30",
    "quarter to three on Wednesday 9 December": "2026-12-09 14:45",
    "tomorrow at noon": "2026-11-24 12:00",
    "on Friday 11th December, 2-3pm": "2026-12-11 14:00–15:00",
    "between 2 and 4 pm on Friday 11th December": "2026-12-11 14:00–16:00",
    "Friday, December 11, 11-1pm": "2026-12-11 11:00–13:00",
    "the ninth of December at 10am": "2026-12-09 10:00",
    "next Tuesday at 3": "2026-12-01 15:00",
    "a week on Tuesday": "2026-12-01",
    "the day after tomorrow, 9.30am": "2026-11-25 09:30",
    "09/12/2026 at 10:00": "2026-12-09 10:00",
    "9 December 2026 at 1400 hrs": "2026-12-09 14:00",
    "in two weeks": "2026-12-07",
}
NOTHING = (
    "Tel. 0221 4567-89, Fax 0221 4567-90",
    "Raum 3.12, Version 10.2, § 15 Abs. 4, 3.50 Euro, 80331 München",
    "Meeting-ID: 812 3456 7890, Kenncode: 334455",
    "IBAN DE02 1203 0000 0000 2020 51",
    "https://example.org/2026/12/09/termin?id=10:00",
    "Kennziffer 10-2026/44",
    "Guten Morgen Frau Sandner, so ist das. Do your best.",
    "+49 69 5550 1234,,31244590#",
    "Hafenstraße 12, 20457 Hamburg",
    "ein Angebot von 40 Stunden, 30 Tage Urlaub, 14,50 € je Stunde",
)


def _told(text: str, country: Country, language: Language) -> list[str]:
    told = []
    for mention in find_dates(text, now=NOW, country=country, language=language):
        exact = mention.precision is Precision.MINUTE
        start = f"{mention.start:%Y-%m-%d %H:%M}" if exact else f"{mention.start:%Y-%m-%d}"
        told.append(f"{start}–{mention.end:%H:%M}" if mention.end and exact else start)
    return told


@pytest.mark.parametrize(("text", "meant"), GERMAN.items())
def test_german(text: str, meant: str) -> None:
    assert _told(text, Country.DE, Language.DE) == [meant]


@pytest.mark.parametrize(("text", "meant"), BRITISH.items())
def test_british(text: str, meant: str) -> None:
    assert _told(text, Country.GB, Language.EN) == [meant]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date(text: str) -> None:
    assert _told(text, Country.DE, Language.DE) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "am 8., 9. oder 10. Dezember jeweils um 10 Uhr",
            ["2026-12-08 10:00", "2026-12-09 10:00", "2026-12-10 10:00"],
        ),
        ("Dienstag, 8.12., 10 Uhr oder 14 Uhr", ["2026-12-08 10:00", "2026-12-08 14:00"]),
        ("nächste Woche Dienstag oder Mittwoch", ["2026-12-01", "2026-12-02"]),
        (
            "Termin: 8.12. um 9 Uhr, Rückmeldung bis 1.12.",
            ["2026-12-08 09:00", "2026-12-01"],
        ),
    ],
)
def test_several_dates(text: str, meant: list[str]) -> None:
    assert _told(text, Country.DE, Language.DE) == meant


def test_slashes_are_a_custom_of_the_country() -> None:
    text = "your interview on 12/09/2026"
    assert _told(text, Country.US, Language.EN) == ["2026-12-09"]
    assert _told(text, Country.GB, Language.EN) == ["2026-09-12"]


def test_a_weekday_proves_the_order_of_a_slash_date() -> None:
    (mention,) = find_dates(
        "Wednesday 12/09/2026", now=NOW, country=Country.GB, language=Language.EN
    )
    assert mention.start.date().isoformat() == "2026-12-09"
    assert not mention.ambiguous


def test_ambiguous_only_where_both_readings_lie_ahead() -> None:
    early = datetime(2026, 8, 1, tzinfo=BERLIN)
    (open_,) = find_dates("on 12/09/2026", now=early, country=Country.US, language=Language.EN)
    (settled,) = find_dates("on 12/09/2026", now=NOW, country=Country.US, language=Language.EN)
    assert open_.ambiguous
    assert not settled.ambiguous


def test_weekday_conflict_and_missing_year() -> None:
    (conflict,) = find_dates("Dienstag, 9.12.2026", now=NOW, language=Language.DE)
    (settled,) = find_dates("Mittwoch, 9.12.", now=NOW, language=Language.DE)
    (bare,) = find_dates("am 9. Dezember", now=NOW, language=Language.DE)
    assert conflict.weekday_conflict
    assert settled.has_year and not settled.weekday_conflict
    assert not bare.has_year


@pytest.mark.parametrize(
    ("text", "zone", "offset"),
    [
        ("December 9 at 2pm ET", "America/New_York", "-0500"),
        ("9 December at 2pm GMT", "Europe/London", "+0000"),
        ("9 December at 2pm (UTC+2)", "UTC+02:00", "+0200"),
        ("9 December at 2pm (Berlin time)", "Europe/Berlin", "+0100"),
        ("15 June 2027, 2pm BST", "Europe/London", "+0100"),
    ],
)
def test_stated_zones(text: str, zone: str, offset: str) -> None:
    (mention,) = find_dates(text, now=NOW, language=Language.EN)
    assert mention.zone == zone
    assert f"{mention.start:%H:%M%z}" == f"14:00{offset}"


def test_summer_and_winter_keep_the_wall_clock() -> None:
    for text, offset in (("24.10.2026, 9 Uhr", "+0200"), ("26.10.2026, 9 Uhr", "+0100")):
        (mention,) = find_dates(text, now=NOW, language=Language.DE)
        assert f"{mention.start:%H:%M%z}" == f"09:00{offset}"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("etwa 90 Minuten", [90]),
        ("eine Stunde", [60]),
        ("1,5 Stunden", [90]),
        ("45 bis 60 Minuten", [None]),
        ("a 30-minute call", [30]),
        ("half an hour", [30]),
    ],
)
def test_durations(text: str, minutes: list[int | None]) -> None:
    assert [duration.minutes for duration in find_durations(text)] == minutes


_PIECES = st.sampled_from(
    [
        "9.",
        "12.",
        "2026",
        "10",
        ":",
        "30",
        " Uhr",
        "Mi., ",
        "Dienstag ",
        "bis ",
        " - ",
        "/",
        "\n",
        "um ",
        "halb ",
        "drei",
        "morgen ",
        "Dec ",
        "9th",
        " pm",
        "31.2.",
        "KW 53",
        "0",
        "\x00",
        "İ",
    ]
)


@settings(max_examples=300)
@example("9.Dec bis 9.")  # a range of one day has no end of its own
@given(st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_anything_goes_in_and_spans_come_out(text: str) -> None:
    for mention in find_dates(text, now=NOW):
        begin, end = mention.span
        assert 0 <= begin < end <= len(text)
        assert mention.start.tzinfo is not None
        assert mention.end is None or mention.end > mention.start
