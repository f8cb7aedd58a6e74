"""The calendar answer: the table of the design, and what RFC 5546 §3.2.3 and §3.2.7 ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from taktvoll.formats.charsets import decode
from taktvoll.formats.ical import parse_calendar
from taktvoll.messages import has
from taktvoll.model import (
    Brief,
    CalendarMethod,
    Country,
    Decision,
    Formality,
    Intent,
    Invitation,
    Language,
    Mailbox,
    Sender,
    Slot,
    Voice,
)
from taktvoll.send.itip import CalendarAnswer, NoAnswer, calendar_answer

CORPUS = Path(__file__).parents[1] / "formats" / "corpus"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 2, 9, 30, tzinfo=BERLIN)
SLOT = Slot(start=datetime(2026, 12, 10, 14, tzinfo=BERLIN))
SUMMER_SLOT = Slot(start=datetime(2027, 7, 1, 14, tzinfo=BERLIN))

ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
X-EVIL:1
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
EVENT = """BEGIN:VEVENT
UID:vg-117@firma.example
SEQUENCE:3
DTSTAMP:20261120T080000Z
DTSTART;TZID=W. Europe Standard Time:20261209T100000
DTEND;TZID=W. Europe Standard Time:20261209T111500
SUMMARY:Vorstellungsgespräch\\, 1. Runde
LOCATION:Gartenweg 3\\, Kassel
DESCRIPTION:Bitte am Empfang melden.
ORGANIZER;CN="Amsel, Rita":mailto:r.amsel@firma.example
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Jon Fink:
 MAILTO:Jon.Fink@post.example
ATTENDEE;ROLE=REQ-PARTICIPANT;CN=Uwe Star:mailto:u.star@firma.example
ATTENDEE;CUTYPE=GROUP:mailto:alle@firma.example
X-SECRET:1
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
END:VALARM
END:VEVENT
"""


def invitation_text(event: str = EVENT, method: str = "METHOD:REQUEST\n", zone: str = ZONE) -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{method}{zone}{event}END:VCALENDAR\n"


def brief(
    intent: Intent = Intent.CANCEL,
    *,
    calendar: str | None = None,
    slots: tuple[Slot, ...] = (),
    email: str | None = "jon.fink@post.example",
    now: datetime = NOW,
    language: Language = Language.DE,
) -> Brief:
    text = invitation_text() if calendar is None else calendar
    events = parse_calendar(text).events
    first = events[0] if events else None
    return Brief(
        invitation=Invitation(
            calendar=text or None,
            uid=first.uid if first else None,
            recurrence_id=first.recurrence_id if first else None,
            start=first.start if first else None,
        ),
        decision=Decision(intent=intent, slots=slots),
        voice=Voice(
            sender=Sender(name="Jon Fink", email=email),
            language=language,
            country=Country.DE,
            formality=Formality.SIE,
        ),
        now=now,
    )


def answered(the_brief: Brief) -> tuple[CalendarAnswer, Component]:
    answer = calendar_answer(the_brief)
    assert isinstance(answer, CalendarAnswer), answer
    calendar = Calendar.from_ical(answer.ics)
    assert str(calendar["METHOD"]) == answer.method
    (event,) = calendar.walk("VEVENT")
    return answer, event


@pytest.mark.parametrize(
    ("intent", "slots", "expected"),
    [
        (Intent.ACCEPT, (), ("REPLY", "ACCEPTED")),
        (Intent.CANCEL, (), ("REPLY", "DECLINED")),
        (Intent.WITHDRAW_BEFORE, (), ("REPLY", "DECLINED")),
        (Intent.WITHDRAW_AFTER, (), ("REPLY", "DECLINED")),
        (Intent.RESCHEDULE, (SLOT,), ("COUNTER", None)),
        (Intent.RESCHEDULE, (), "no_slot"),
        (Intent.RESCHEDULE, (SLOT, SUMMER_SLOT), "several_slots"),
        *(
            (intent, (), "not_for_this_intent")
            for intent in Intent
            if intent
            not in (
                *(Intent.ACCEPT, Intent.CANCEL, Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER),
                Intent.RESCHEDULE,
            )
        ),
    ],
)
def test_the_table(
    intent: Intent, slots: tuple[Slot, ...], expected: tuple[str, str | None] | str
) -> None:
    answer = calendar_answer(brief(intent, slots=slots))
    if isinstance(answer, NoAnswer):
        assert answer.reason == expected
    else:
        assert (answer.method, answer.partstat) == expected


@pytest.mark.parametrize("intent", [Intent.ACCEPT, Intent.CANCEL])
def test_a_reply_repeats_the_invitation(intent: Intent) -> None:
    answer, event = answered(brief(intent))
    assert str(event["UID"]) == "vg-117@firma.example"
    assert event["SEQUENCE"] == 3
    assert event["DTSTART"].params["TZID"] == "W. Europe Standard Time"
    assert event["DTSTART"].dt == datetime(2026, 12, 9, 10, tzinfo=BERLIN)
    assert event["DTSTAMP"].dt == NOW.astimezone(UTC)
    assert str(event["ORGANIZER"]) == "mailto:r.amsel@firma.example"
    assert event["ORGANIZER"].params["CN"] == "Amsel, Rita"
    assert not isinstance(event["ATTENDEE"], list)  # exactly one (RFC 5546 §3.2.3)
    assert str(event["ATTENDEE"]) == "MAILTO:Jon.Fink@post.example"
    assert dict(event["ATTENDEE"].params) == {"PARTSTAT": answer.partstat, "CN": "Jon Fink"}
    assert event["REQUEST-STATUS"] == "2.0;Success"
    assert "\n" not in str(event["COMMENT"])
    assert {"LOCATION", "DESCRIPTION", "X-SECRET"}.isdisjoint(event)
    assert answer.recipient == Mailbox(name="Amsel, Rita", email="r.amsel@firma.example")
    assert answer.attendee == Mailbox(name="Jon Fink", email="Jon.Fink@post.example")


def test_a_counter_holds_the_event_at_its_new_time() -> None:
    answer, event = answered(brief(Intent.RESCHEDULE, slots=(SLOT,)))
    assert (answer.method, answer.partstat) == (CalendarMethod.COUNTER, None)
    assert event["DTSTART"].dt == SLOT.start
    assert event["DTEND"].dt == SLOT.start + timedelta(minutes=75)
    assert event["DTSTART"].params["TZID"] == "W. Europe Standard Time"
    assert event["SEQUENCE"] == 3
    assert str(event["SUMMARY"]) == "Vorstellungsgespräch, 1. Runde"
    assert str(event["LOCATION"]) == "Gartenweg 3, Kassel"
    assert len(event["ATTENDEE"]) == 3
    assert {"REQUEST-STATUS", "X-SECRET"}.isdisjoint(event) and "COMMENT" in event
    assert b"VALARM" not in answer.ics


def test_a_slot_in_summer_keeps_its_clock() -> None:
    _, event = answered(brief(Intent.RESCHEDULE, slots=(SUMMER_SLOT,)))
    assert event["DTSTART"].to_ical() == b"20270701T140000"
    assert event["DTSTART"].dt == SUMMER_SLOT.start


@pytest.mark.parametrize("field", ["SEQUENCE", "SUMMARY"])
def test_a_counter_has_what_must_be_there(field: str) -> None:
    lines = [line for line in EVENT.splitlines(True) if not line.startswith(field)]
    text = invitation_text("".join(lines))
    _, event = answered(brief(Intent.RESCHEDULE, slots=(SLOT,), calendar=text))
    assert event[field] in (0, "")


def test_a_reply_invents_no_sequence() -> None:
    _, event = answered(brief(calendar=invitation_text(EVENT.replace("SEQUENCE:3\n", ""))))
    assert "SEQUENCE" not in event


def test_a_duration_stays() -> None:
    event_text = EVENT.replace(
        "DTEND;TZID=W. Europe Standard Time:20261209T111500", "DURATION:PT1H"
    )
    _, event = answered(
        brief(Intent.RESCHEDULE, slots=(SLOT,), calendar=invitation_text(event_text))
    )
    assert event["DURATION"].dt == timedelta(hours=1)
    assert "DTEND" not in event


def test_a_counter_across_the_change_of_clocks_is_as_long() -> None:
    event_text = EVENT.replace("20261209T100000", "20261025T013000").replace(
        "20261209T111500", "20261025T033000"
    )
    _, event = answered(
        brief(Intent.RESCHEDULE, slots=(SLOT,), calendar=invitation_text(event_text))
    )
    length = event["DTEND"].dt.astimezone(UTC) - event["DTSTART"].dt.astimezone(UTC)
    assert length == timedelta(hours=3)  # 01:30 to 03:30 of that night


def test_only_the_zones_that_are_named_are_written() -> None:
    other = ZONE.replace("W. Europe Standard Time", "Other")
    answer, _ = answered(brief(calendar=invitation_text(zone=other + ZONE)))
    assert answer.ics.count(b"BEGIN:VTIMEZONE") == 1
    assert b"TZID:W. Europe Standard Time" in answer.ics
    assert b"X-EVIL" not in answer.ics


def test_a_zone_without_its_definition_gets_one() -> None:
    text = invitation_text(EVENT.replace("W. Europe Standard Time", "Europe/Berlin"), zone="")
    answer, event = answered(brief(calendar=text))
    assert b"TZID:Europe/Berlin" in answer.ics
    assert parse_calendar(answer.ics.decode()).events[0].start == event["DTSTART"].dt


@pytest.mark.parametrize("broken", ["BEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\n", ""])
def test_an_empty_definition_is_replaced(broken: str) -> None:
    zone = f"BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\n{broken}END:VTIMEZONE\n"
    answer, event = answered(brief(calendar=invitation_text(zone=zone)))
    assert b"TZOFFSETTO:+0100" in answer.ics
    assert event["DTSTART"].dt == datetime(2026, 12, 9, 10, tzinfo=BERLIN)


def test_a_time_in_utc_needs_no_zone() -> None:
    text = EVENT.replace(
        "DTSTART;TZID=W. Europe Standard Time:20261209T100000", "DTSTART:20261209T090000Z"
    ).replace("DTEND;TZID=W. Europe Standard Time:20261209T111500", "DTEND:20261209T100000Z")
    answer, event = answered(
        brief(Intent.RESCHEDULE, slots=(SLOT,), calendar=invitation_text(text, zone=""))
    )
    assert b"VTIMEZONE" not in answer.ics
    assert event["DTSTART"].to_ical() == b"20261210T130000Z"


@pytest.mark.parametrize("intent", [Intent.CANCEL, Intent.RESCHEDULE])
def test_a_zone_called_utc_is_written_as_utc(intent: Intent) -> None:
    text = invitation_text(EVENT.replace("W. Europe Standard Time", "UTC"), zone="")
    answer, event = answered(brief(intent, slots=(SLOT,), calendar=text))
    expected = b"20261209T100000Z" if intent is Intent.CANCEL else b"20261210T130000Z"
    assert event["DTSTART"].to_ical() == expected
    assert b"TZID" not in answer.ics


def test_an_all_day_event_is_answered_by_its_day() -> None:
    text = EVENT.replace(
        "DTSTART;TZID=W. Europe Standard Time:20261209T100000", "DTSTART;VALUE=DATE:20261209"
    ).replace("DTEND;TZID=W. Europe Standard Time:20261209T111500\n", "")
    _, event = answered(brief(calendar=invitation_text(text, zone="")))
    assert event["DTSTART"].dt == date(2026, 12, 9)


def test_an_instance_is_answered_as_that_instance() -> None:
    master = EVENT.replace("SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY")
    instance = EVENT.replace(
        "SEQUENCE", "RECURRENCE-ID;TZID=W. Europe Standard Time:20261216T100000\nSEQUENCE"
    )
    the_brief = brief(calendar=invitation_text(master + instance))
    _, event = answered(the_brief)
    assert "RECURRENCE-ID" not in event
    wanted = replace(the_brief.invitation, recurrence_id="2026-12-16T10:00:00")
    _, event = answered(replace(the_brief, invitation=wanted))
    assert event["RECURRENCE-ID"].dt == datetime(2026, 12, 16, 10, tzinfo=BERLIN)
    assert event["RECURRENCE-ID"].params["TZID"] == "W. Europe Standard Time"


WEEKLY = EVENT.replace("SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY")


@pytest.mark.parametrize("which", ["2026-12-16T10:00:00", "2026-12-16T09:00:00Z"])
@pytest.mark.parametrize(
    ("intent", "start"),
    [(Intent.CANCEL, "20261216T100000"), (Intent.RESCHEDULE, "20261210T140000")],
)
def test_one_instance_of_a_series_that_came_as_a_series(
    which: str, intent: Intent, start: str
) -> None:
    the_brief = brief(intent, calendar=invitation_text(WEEKLY), slots=(SLOT,))
    wanted = replace(the_brief.invitation, recurrence_id=which)
    answer, event = answered(replace(the_brief, invitation=wanted))
    assert event["RECURRENCE-ID"].to_ical() == b"20261216T100000"
    assert event["DTSTART"].to_ical().decode() == start
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=75)
    assert event["SEQUENCE"] == 3
    assert b"RRULE:FREQ=WEEKLY" not in answer.ics


def test_no_other_event_is_answered_in_its_place() -> None:
    other = WEEKLY.replace("vg-117", "vg-118")
    the_brief = brief(calendar=invitation_text(EVENT + other))
    wanted = replace(the_brief.invitation, recurrence_id="2026-12-16T10:00:00")
    answer = calendar_answer(replace(the_brief, invitation=wanted))
    assert answer == NoAnswer(reason="no_event")


def test_a_changed_mind_is_the_later_answer_to_the_same_revision() -> None:
    _, first = answered(brief(Intent.CANCEL))
    _, second = answered(brief(Intent.ACCEPT, now=NOW + timedelta(hours=1)))
    assert first["SEQUENCE"] == second["SEQUENCE"]
    assert first["DTSTAMP"].dt < second["DTSTAMP"].dt  # RFC 5546 §2.1.5
    assert second["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_an_address_that_is_confirmed_as_ones_own_answers() -> None:
    the_brief = brief(email="jon@post.example")
    answer = calendar_answer(the_brief, own=["other@post.example", "JON.FINK@post.example"])
    assert isinstance(answer, CalendarAnswer)
    assert answer.attendee.email == "Jon.Fink@post.example"


def test_a_delegate_names_who_sent_them() -> None:
    text = EVENT.replace(
        "RSVP=TRUE", 'RSVP=TRUE;DELEGATED-FROM="mailto:a@post.example","mailto:b@post.example"'
    )
    answer, _ = answered(brief(calendar=invitation_text(text)))
    unfolded = answer.ics.decode().replace("\r\n ", "")
    assert ';DELEGATED-FROM="mailto:a@post.example","mailto:b@post.example":' in unfolded


@pytest.mark.parametrize("intent", [Intent.CANCEL, Intent.RESCHEDULE])
def test_what_a_server_notes_about_its_scheduling_is_not_sent(intent: Intent) -> None:
    text = EVENT.replace("ORGANIZER;", "ORGANIZER;SCHEDULE-AGENT=CLIENT;").replace(
        "ATTENDEE;", "ATTENDEE;SCHEDULE-STATUS=2.0;"
    )
    answer, _ = answered(brief(intent, slots=(SLOT,), calendar=invitation_text(text)))
    assert b"SCHEDULE-" not in answer.ics


@pytest.mark.parametrize(
    ("calendar", "reason"),
    [
        ("", "no_calendar"),
        ("Kein Kalender", "no_calendar"),
        (invitation_text(method=""), "no_method"),
        (invitation_text(method="METHOD:PUBLISH\n"), "publish"),
        (invitation_text(method="METHOD:CANCEL\n"), "cancel"),
        (invitation_text(method="METHOD:REPLY\n"), "not_a_request"),
        (invitation_text(""), "no_event"),
        (invitation_text(EVENT.replace("UID:", "X-UID:")), "no_event"),
        (invitation_text(EVENT.replace("SUMMARY", "RECURRENCE-ID:bald\nSUMMARY")), "no_event"),
        (invitation_text(EVENT.replace("ORGANIZER", "X-ORG")), "no_organizer"),
        (invitation_text(EVENT.replace("mailto:r.amsel@firma.example", "x:y")), "no_organizer"),
        (invitation_text(EVENT.replace("Jon.Fink@", "John.Fink@")), "not_invited"),
        (invitation_text(EVENT.replace("RSVP=TRUE", "CUTYPE=GROUP")), "not_invited"),
        (invitation_text(EVENT.replace("r.amsel@firma", "jon.fink@post")), "not_invited"),
        (invitation_text(EVENT.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY")), "cancel"),
    ],
)
def test_where_there_is_nobody_or_nothing_to_answer(calendar: str, reason: str) -> None:
    assert calendar_answer(brief(calendar=calendar)) == NoAnswer(reason=reason)


@pytest.mark.parametrize("email", [None, "", "jon@post.example", "alle@firma.example"])
def test_only_the_invited_address_answers(email: str | None) -> None:
    assert calendar_answer(brief(email=email)) == NoAnswer(reason="not_invited")


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("X-MICROSOFT-DISALLOW-COUNTER:TRUE\n", "counter_forbidden"),
        ("RRULE:FREQ=WEEKLY\n", "no_single_time"),
    ],
)
def test_where_no_counter_may_go(extra: str, reason: str) -> None:
    text = invitation_text(EVENT.replace("SUMMARY", f"{extra}SUMMARY", 1))
    answer = calendar_answer(brief(Intent.RESCHEDULE, slots=(SLOT,), calendar=text))
    assert answer == NoAnswer(reason=reason)
    assert isinstance(calendar_answer(brief(calendar=text)), CalendarAnswer)


def test_an_interview_that_was_attended_is_not_declined() -> None:
    later = datetime(2026, 12, 9, 12, tzinfo=BERLIN)
    answer = calendar_answer(brief(Intent.WITHDRAW_AFTER, now=later))
    assert answer == NoAnswer(reason="interview_over")


REASONS = {
    *("not_for_this_intent", "no_calendar", "no_event", "publish", "cancel", "no_method"),
    *("not_a_request", "no_organizer", "not_invited", "several_slots", "no_slot"),
    *("counter_forbidden", "no_single_time", "interview_over", "refused"),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "key",
    [
        *(f"send.no_answer.{reason}" for reason in sorted(REASONS)),
        *("send.comment.accept", "send.comment.decline", "send.comment.counter"),
    ],
)
def test_every_reason_has_its_sentence(key: str, language: Language) -> None:
    assert has(key, language)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.ics")), ids=lambda path: path.stem)
@pytest.mark.parametrize("intent", [Intent.ACCEPT, Intent.RESCHEDULE])
def test_odd_invitations_get_sound_answers(path: Path, intent: Intent) -> None:
    the_brief = brief(intent, slots=(SLOT,), calendar=decode(path.read_bytes(), "utf-8"))
    answer = calendar_answer(the_brief)
    if isinstance(answer, NoAnswer):
        assert answer.reason in REASONS
        return
    _assert_sound(answer)
    (event,) = parse_calendar(answer.ics.decode()).events
    (invited, *_) = parse_calendar(the_brief.invitation.calendar or "").events
    if intent is Intent.ACCEPT:
        assert (event.start, event.start_local) == (invited.start, invited.start_local)
    else:
        assert event.start == SLOT.start


def _assert_sound(answer: CalendarAnswer) -> None:
    assert answer.ics.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in answer.ics.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in answer.ics.split(b"\r\n"))  # RFC 5545 §3.1
    calendar = Calendar.from_ical(answer.ics)
    assert not [error for part in calendar.walk() for error in part.errors]


LINES = st.lists(
    st.sampled_from([line for line in EVENT.splitlines() if "VEVENT" not in line])
    | st.text(max_size=40).map(lambda text: f"SUMMARY:{text}")
    | st.text(max_size=40).map(lambda text: f"ORGANIZER;CN={text}:mailto:r@firma.example"),
    max_size=20,
)


@settings(max_examples=200)
@given(LINES, st.sampled_from([Intent.CANCEL, Intent.RESCHEDULE]))
def test_whatever_is_invited_the_answer_is_sound(lines: list[str], intent: Intent) -> None:
    event = "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT\n"])
    answer = calendar_answer(brief(intent, slots=(SLOT,), calendar=invitation_text(event)))
    if isinstance(answer, CalendarAnswer):
        _assert_sound(answer)
        assert answer.ics.count(b"BEGIN:VEVENT") == 1
        if intent is Intent.CANCEL:
            assert answer.ics.count(b"\r\nATTENDEE") == 1
