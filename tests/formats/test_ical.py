"""Calendars as they come: each corpus file is named by what is odd about it."""

# ruff: noqa: DTZ001 - wall clocks are naive

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taktvoll.formats.charsets import decode
from taktvoll.formats.ical import Event, parse_calendar
from taktvoll.model import Mailbox

CORPUS = Path(__file__).parent / "corpus"
BERLIN = "2026-12-09T10:00:00+01:00"


def text_of(name: str) -> str:
    return decode((CORPUS / name).read_bytes(), "utf-8")


def event_of(name: str) -> Event:
    return parse_calendar(text_of(name)).events[0]


@pytest.mark.parametrize(
    ("name", "start", "timezone", "problem"),
    [
        ("zone-exact.ics", BERLIN, "Europe/Zurich", False),
        ("zone-windows-name.ics", BERLIN, "Europe/Berlin", False),
        ("zone-windows-name-undefined.ics", BERLIN, "Europe/Berlin", False),
        ("zone-display-name-escaped.ics", BERLIN, "Europe/Berlin", False),
        ("zone-display-name-undefined.ics", BERLIN, "Europe/Berlin", False),
        ("zone-vendor-prefix.ics", BERLIN, "Europe/Berlin", False),
        ("zone-underscore.ics", BERLIN, "Europe/Berlin", False),
        ("zone-customized.ics", BERLIN, "Europe/Berlin", False),
        ("zone-cut-out-of-longer.ics", BERLIN, "Europe/Berlin", False),
        ("zone-customized-odd-offset.ics", "2026-12-09T10:00:00+01:20", None, True),
        # the rules win over the name, and the doubt is told
        ("zone-standard-name-other-rules.ics", "2026-12-09T10:00:00+02:00", "Europe/Athens", True),
        ("zone-unknown-undefined.ics", None, None, True),
        ("time-utc.ics", "2026-12-09T09:00:00+00:00", "UTC", False),
        ("time-floating.ics", None, None, False),
        ("time-duration.ics", BERLIN, "Europe/Berlin", False),
        ("time-iso-punctuation.ics", BERLIN, "Europe/Berlin", False),
        ("broken-cut-in-a-line.ics", BERLIN, "Europe/Berlin", False),
        ("broken-no-ends.ics", BERLIN, "Europe/Berlin", False),
        ("broken-event-in-event.ics", BERLIN, "Europe/Berlin", False),
        ("broken-raw-line-break.ics", BERLIN, "Europe/Berlin", False),
        ("broken-lower-case.ics", BERLIN, "Europe/Berlin", False),
        ("broken-byte-order-mark.ics", BERLIN, "Europe/Berlin", False),
        ("broken-bare-carriage-returns.ics", BERLIN, "Europe/Berlin", False),
        ("broken-comma-without-quotes.ics", BERLIN, "Europe/Berlin", False),
        ("broken-quote-never-closed.ics", BERLIN, "Europe/Berlin", False),
        ("broken-property-values.ics", BERLIN, "Europe/Berlin", False),
        ("broken-latin1.ics", BERLIN, "Europe/Berlin", False),
        ("broken-no-calendar-around.ics", BERLIN, "Europe/Berlin", False),
        ("old-vcalendar-quoted-printable.ics", "2026-12-09T09:00:00+00:00", "UTC", False),
    ],
)
def test_the_start_is_right_or_open(
    name: str, start: str | None, timezone: str | None, problem: bool
) -> None:
    event = event_of(name)
    assert (event.start.isoformat() if event.start else None) == start
    assert (event.timezone, event.zone_problem) == (timezone, problem)
    assert event.uid == "ab-1@firma.example"
    if "utc" not in name and "vcalendar" not in name:
        assert event.start_local == datetime(2026, 12, 9, 10)


@pytest.mark.parametrize(
    "name",
    [path.name for path in sorted(CORPUS.glob("*.ics")) if "cut" not in path.name[:10]],
)
def test_the_end_is_an_hour_later(name: str) -> None:
    event = event_of(name)
    if event.start and event.end:
        assert event.end - event.start == timedelta(hours=1)


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.glob("broken-*.ics")))
def test_a_broken_calendar_keeps_its_people(name: str) -> None:
    event = event_of(name)
    if "cut-in-a-line" in name:
        return
    assert event.organizer.email == "r.amsel@firma.example"
    assert event.attendees == (
        Mailbox(name="jon fink" if "lower" in name else "Jon Fink", email="jon.fink@post.example"),
    )
    assert event.summary == "Vorstellungsgespräch"


def test_what_is_cut_is_told() -> None:
    truncated = {
        path.name for path in CORPUS.glob("*.ics") if parse_calendar(text_of(path.name)).truncated
    }
    assert truncated == {
        "broken-cut-in-a-line.ics",
        "broken-no-ends.ics",
        "broken-event-in-event.ics",
        "broken-no-calendar-around.ics",
    }


def test_the_other_properties() -> None:
    calendar = parse_calendar(text_of("zone-exact.ics"))
    assert (calendar.method, calendar.prodid) == ("REQUEST", "-//Musterkalender//DE")
    event = calendar.events[0]
    assert event.sequence == 2
    assert event.organizer == Mailbox(name="Amsel, Rita", email="r.amsel@firma.example")
    assert not event.recurring and not event.all_day and not event.floating


def test_an_all_day_event_has_a_date_and_no_moment() -> None:
    event = event_of("time-all-day.ics")
    assert event.all_day and event.start is None and not event.floating
    assert event.start_local == datetime(2026, 12, 9)
    assert event.end_local == datetime(2026, 12, 10)


def test_a_floating_time_is_told_as_such() -> None:
    assert event_of("time-floating.ics").floating


def test_a_raw_line_break_stays_in_the_description() -> None:
    event = event_of("broken-raw-line-break.ics")
    assert event.description == "Erster Satz.\nzweiter Satz ohne Einzug\ndritter Satz"
    assert event.location == "Gartenweg 3"


def test_a_broken_value_loses_only_itself() -> None:
    assert event_of("broken-property-values.ics").sequence is None


def test_quoted_printable_of_the_old_format() -> None:
    summary = event_of("old-vcalendar-quoted-printable.ics").summary
    assert summary == "Vorstellungsgespräch mit Frau Amsel"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ORGANIZER:mailto:a@b.example", Mailbox(email="a@b.example")),
        ("ORGANIZER:MAILTO:a@b.example", Mailbox(email="a@b.example")),
        ("ORGANIZER;CN=a@b.example:mailto:A@b.example", Mailbox(email="A@b.example")),
        ("ORGANIZER;CN=Rita:mailto:%22a%22", Mailbox(name="Rita")),
        ("ORGANIZER;CN=Rita:a@b.example", Mailbox(name="Rita", email="a@b.example")),
        ("ORGANIZER;EMAIL=a@b.example:/aBc/principal/", Mailbox(email="a@b.example")),
        ("ORGANIZER;CN=Rita:invalid:nomail", Mailbox(name="Rita")),
        ("ORGANIZER:mailto:a@b.example?subject=x", Mailbox(email="a@b.example")),
    ],
)
def test_calendar_users(line: str, expected: Mailbox) -> None:
    calendar = parse_calendar(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{line}\nEND:VEVENT\nEND:VCALENDAR")
    assert calendar.events[0].organizer == expected


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("RECURRENCE-ID:20261209T090000Z", "2026-12-09T09:00:00Z"),
        ("RECURRENCE-ID;TZID=Europe/Berlin:20261209T100000", "2026-12-09T10:00:00"),
        ("RECURRENCE-ID;VALUE=DATE:20261209", "2026-12-09"),
        ("RECURRENCE-ID:morgen", None),
    ],
)
def test_recurrence_id(value: str, iso: str | None) -> None:
    calendar = parse_calendar(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{value}\nEND:VEVENT\nEND:VCALENDAR")
    assert calendar.events[0].recurrence_id == iso


def test_the_definition_of_one_calendar_does_not_reach_into_the_next() -> None:
    assert event_of("zone-standard-name-other-rules.ics").timezone == "Europe/Athens"
    assert event_of("zone-cut-out-of-longer.ics").timezone == "Europe/Berlin"


def test_a_flood_of_events_is_bounded() -> None:
    flood = "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 30_000
    assert len(parse_calendar(flood).events) <= 200


PIECES = st.sampled_from(
    [
        *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE"),
        *("TZID:X", "BEGIN:STANDARD", "END:STANDARD", "TZOFFSETTO:+0100", "TZOFFSETTO:-9999"),
        *("DTSTART;TZID=X:20261209T100000", "DTSTART:00010101T000000Z", "DTSTART;TZID=:20261209"),
        *("DURATION:P9999999999D", "DURATION:-PT1H", "DTEND:99991231T235959Z", "SEQUENCE:٣"),
        *("RRULE:FREQ=YEARLY;BYMONTH=99;BYDAY=99XX", "RRULE:FREQ=SECONDLY", "RRULE:;;==,"),
        *('ATTENDEE;CN="a:b;c', "ORGANIZER;;=:;", ";:", "\\", " ", "=0A=", "X;ENCODING=B:%%%"),
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES | st.text(max_size=30), max_size=25))
def test_nothing_a_calendar_holds_is_an_exception(pieces: list[str]) -> None:
    calendar = parse_calendar("BEGIN:VCALENDAR\n" + "\n".join(pieces))
    for event in calendar.events:
        assert event.start is None or event.start.astimezone(UTC)
