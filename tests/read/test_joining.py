"""Days that a text names in two places, and their hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from taktvoll.language.dates import Precision, find_dates
from taktvoll.model import Country, Kind, Language
from taktvoll.read.appointment import Appointment, appointment_of
from taktvoll.read.joining import joined

NOW = datetime(2027, 1, 11, 9, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday


def _appointment(text: str, kind: Kind = Kind.INVITATION) -> Appointment:
    mentions = find_dates(text, now=NOW, country=Country.DE, language=Language.DE)
    return appointment_of(text, mentions, now=NOW, kind=kind)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Wir haben in KW 4 Zeit, und zwar am Mittwoch um 7:00 Uhr.", "2027-01-27T07:00"),
        ("Kommen Sie am 2.3., das ist ein Dienstag, 7 Uhr.", "2027-03-02T07:00"),
        ("Gern am Montag (18.1.) um 16:30 Uhr.", "2027-01-18T16:30"),
        ("Donnerstag, 14.1.2027\nEinlass ab 8:30 Uhr\nBeginn 9:00 Uhr", "2027-01-14T09:00"),
        ("Passt dir Dienstag, der 2. Februar? Wir haben 14:00–14:45 Uhr frei.", "2027-02-02T14:00"),
        (
            "Komm am 20. Januar. Du darfst um 5 Uhr anfangen, um 11 Uhr ist Schluss.",
            "2027-01-20T05",
        ),
        ("Magst am Samstag schnuppern? Von 8 bis 12, dann reden wir.", "2027-01-16T08:00"),
        ("Wie besprochen: heut 15h.", "15:00"),
        (
            "We'd love you to worship with us a week from tomorrow. We sit down at 12:30 pm.",
            "12:30",
        ),
        ("Hinfahrt am 10. Februar, 7:38 Uhr ab Kassel. Los geht es um 11 Uhr.", "2027-02-10"),
        ("Am Mittwoch, 3. Februar, einladen wir Sie. Sie kämen um 15 Uhr.", "2027-02-03T15:00"),
        ("am Freitag, also 22.1., früh um 6:30 Uhr", "2027-01-22T06:30"),
        ("Montag drauf (18.01.) um 9 Uhr", "2027-01-18T09:00"),
        ("nächsten Dienstag um 10 Uhr", "2027-01-19T10:00"),
        ("Komm am Sa einfach um 9 in die Werkstatt.", "2027-01-16T09:00"),
        ("am Samstag um 10. Die Stelle ist noch frei.", "2027-01-16T10:00"),
    ],
)
def test_one_appointment(text: str, start: str) -> None:
    found = _appointment(text).start
    assert found is not None
    assert start in found.start.isoformat()


def test_a_weekday_that_does_not_fit_its_date_is_a_conflict() -> None:
    mentions = find_dates("am Montag (19.1.)", now=NOW, country=Country.DE, language=Language.DE)
    (mention,) = joined("am Montag (19.1.)", mentions)
    assert mention.weekday_conflict
    assert (mention.precision, mention.start.day) == (Precision.DAY, 19)


@pytest.mark.parametrize(
    "text",
    [
        "Prima, dann bis Freitag um halb zwei.",
        "Das passt.\n\nBis Montag\nRegine Krusche",
        "Bis Dienstag, mit lieben Grüßen\n\nBernhard Zöhrer",
    ],
)
def test_a_farewell_is_no_deadline(text: str) -> None:
    assert _appointment(text, Kind.CONFIRMATION).reply_by is None


def test_a_deadline_beside_an_offered_day_of_the_same_name_is_the_coming_one() -> None:
    text = (
        "Es ginge am Di, 19.1. um 12 Uhr oder am Do, 21.1. um 17 Uhr. "
        "Sagen Sie mir bis Donnerstag Bescheid."
    )
    found = _appointment(text)
    assert [slot.start.day for slot in found.slots] == [19, 21]
    assert found.reply_by is not None and found.reply_by.start.day == 14


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (
            "In Frage kommen der 23., 24. oder 25. Februar, jeweils um 18.30 Uhr.",
            ["2027-02-23T18:30", "2027-02-24T18:30", "2027-02-25T18:30"],
        ),
        (
            "Das Gespräch ist am Mittwoch, 3. Februar. Noch frei sind 13.30, 14.45 und 16.00 Uhr.",
            ["2027-02-03T13:30", "2027-02-03T14:45", "2027-02-03T16:00"],
        ),
        (
            "In KW 5 hätte ich frei:\n\nMontag 8-10 Uhr\nMittwoch 15.30-17 Uhr\n\nWählen Sie aus.",
            ["2027-02-01T08:00", "2027-02-03T15:30"],
        ),
    ],
)
def test_times_to_choose(text: str, starts: list[str]) -> None:
    slots = _appointment(text).slots
    assert [slot.start.isoformat()[:16] for slot in slots] == starts


def test_what_is_put_off_until_a_day_is_no_deadline() -> None:
    text = "Can we leave it till Friday? Eleven again."
    mentions = find_dates(text, now=NOW, country=Country.IE, language=Language.EN)
    found = appointment_of(text, mentions, now=NOW, kind=Kind.RESCHEDULE)
    assert found.reply_by is None


def test_a_day_that_is_nearly_as_good_is_a_rival() -> None:
    found = _appointment("Gespräch am 29.1.2027 um 15 Uhr. Infoabend am 21.1.2027 um 18 Uhr.")
    assert found.rivalled
    assert not _appointment("Gespräch am 29.1.2027 um 15 Uhr.").rivalled


def test_hours_of_a_list_are_each_of_that_day() -> None:
    text = "Would you choose: Wednesday 20 January at 9.30, 11.00 or 2.15?"
    mentions = find_dates(text, now=NOW, country=Country.GB, language=Language.EN)
    found = appointment_of(text, mentions, now=NOW, kind=Kind.INVITATION)
    assert [f"{slot.start:%H:%M}" for slot in found.slots] == ["09:30", "11:00", "14:15"]
