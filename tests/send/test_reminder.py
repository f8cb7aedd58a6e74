"""The reminder that rings in the person's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from taktvoll.formats.contentlines import read_whole
from taktvoll.send.reminder import reminder, reminder_file

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 12, 9, 8, 30, tzinfo=BERLIN)
NOW = datetime(2026, 12, 1, 12, tzinfo=BERLIN)
NAMES = {
    *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD"),
    *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE"),
    *("UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "DESCRIPTION", "URL", "CLASS", "TRANSP"),
    *("ACTION", "TRIGGER"),
}


def made(
    make: Callable[..., str] = reminder,
    *,
    title: str = "Anruf erledigen",
    number: str | None = "+49 561 12345-67",
    at: datetime = AT,
    uid: str = "r-1@taktvoll.example",
    zone: str = "Europe/Berlin",
) -> str:
    text = make(uid, at, title=title, number=number, now=NOW, zone=zone)
    assert all(len(line) <= 75 for line in text.encode("utf-8").split(b"\r\n"))
    root = read_whole(text)
    assert root is not None
    assert {line.name for line in root.content_lines()} <= NAMES
    return text


@pytest.mark.parametrize(("make", "method"), [(reminder, None), (reminder_file, "PUBLISH")])
def test_what_it_says(make: Callable[..., str], method: str | None) -> None:
    calendar = Calendar.from_ical(made(make))
    assert calendar.get("METHOD") == method
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == AT and event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DURATION"].dt == timedelta(minutes=15)
    assert event["DTSTAMP"].dt == NOW.astimezone(UTC)
    assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
    assert event["SUMMARY"] == "Anruf erledigen"
    assert event["DESCRIPTION"] == "+49 561 12345-67"
    assert event["URL"] == "tel:+495611234567"
    assert not {"ORGANIZER", "ATTENDEE"} & set(event)
    alarms = [(alarm["ACTION"], alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")]
    assert alarms == [("DISPLAY", timedelta()), ("DISPLAY", timedelta(minutes=-10))]
    assert calendar.walk("VTIMEZONE")


@pytest.mark.parametrize(
    ("number", "url"),
    [
        ("0561 / 123 45 67", "tel:05611234567"),
        ("+49 (0)561 1234", "tel:+495611234"),
        ("(+43) 1 2345678", "tel:+4312345678"),
        ("020 7946 0000 ext. 12", "tel:02079460000"),
        ("0561 1234 (Durchwahl 12)", "tel:05611234"),
        ("bitte am Empfang fragen", None),
        ("12", None),
        ("1" * 60, None),
        ("tel:110;evil=1", None),
    ],
)
def test_the_number_to_tap(number: str, url: str | None) -> None:
    (event,) = Calendar.from_ical(made(number=number)).walk("VEVENT")
    assert event["DESCRIPTION"] == number
    assert event.get("URL") == url


@pytest.mark.parametrize("number", [None, "", "  \n "])
def test_without_a_number(number: str | None) -> None:
    text = made(number=number)
    assert "URL" not in text and text.count("DESCRIPTION") == 2  # of the alarms


def test_the_hour_that_comes_twice_is_written_in_utc() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    text = made(at=second)
    assert "DTSTART:20261025T013000Z" in text and "VTIMEZONE" not in text
    assert "DTSTART:20261209T073000Z" in made(zone="UTC")


@pytest.mark.parametrize(
    "hostile",
    [
        "Anruf\r\nATTENDEE:mailto:a@b.example",
        "Anruf\nEND:VEVENT\nBEGIN:VEVENT",
        "Anruf\rORGANIZER:x",
        'a;b,c\\n\\;:"d"',
        "\x00\x07\x1b[31m\ud800\ufeff\u2028X:1\x85Y:1",
        "ä" * 1_000_000,
        "🦊" * 80,
        "BEGIN:VCALENDAR",
    ],
)
def test_no_text_gets_out_of_its_line(hostile: str) -> None:
    text = made(title=hostile, number=hostile, uid=hostile[:300])
    assert text.count("\r\nBEGIN:VEVENT") == 1 and len(text) < 10_000
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert not {"ORGANIZER", "ATTENDEE"} & set(event)
    if hostile.isprintable() and len(hostile) < 200 and "\ud800" not in hostile:
        assert event["SUMMARY"] == hostile


@given(st.text(), st.text(), st.text())
def test_whatever_is_written_it_is_sound(title: str, number: str, uid: str) -> None:
    Calendar.from_ical(made(title=title, number=number, uid=uid))
