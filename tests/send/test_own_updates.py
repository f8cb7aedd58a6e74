"""What a message of the organizer makes of the person's entry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.clock import seconds

from taktvoll.formats.contentlines import Component, read_components
from taktvoll.send.own_calendar import answered
from taktvoll.send.own_updates import Effect, updated

ME = ["jon.fink@post.example"]
EVENT = """BEGIN:VEVENT
UID:vg-117@firma.example
SEQUENCE:3
DTSTAMP:20261120T080000Z
DTSTART;TZID=Europe/Berlin:20261209T100000
DTEND;TZID=Europe/Berlin:20261209T110000
SUMMARY:Vorstellungsgespräch
LOCATION:Kassel
ORGANIZER:mailto:r.amsel@firma.example
ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Jon:mailto:Jon.Fink@post.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:u.star@firma.example
BEGIN:VALARM
TRIGGER:-PT5M
ACTION:DISPLAY
DESCRIPTION:Des Arbeitgebers
END:VALARM
END:VEVENT
"""
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=5\n"


def message(event: str = EVENT, method: str = "REQUEST") -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:{method}\n{ZONE}{event}END:VCALENDAR\n"


def entry(event: str = EVENT, partstat: str | None = "ACCEPTED") -> str:
    """The invitation as it lies in the calendar, with an alarm and notes of the person's own."""
    text, effect = updated(None, message(event), ME)
    assert text and effect is Effect.ADDED
    if partstat:
        text = answered(text, ME, partstat, answer_by_server=False)
        assert text
    own = (
        "X-MOZ-LASTACK:20261201T080000Z\r\nCATEGORIES:Bewerbung\r\nBEGIN:VALARM\r\nUID:1\r\n"
        "TRIGGER:-PT1H\r\nACTION:DISPLAY\r\nDESCRIPTION:Eigener\r\nEND:VALARM\r\nEND:VEVENT"
    )
    return text.replace("END:VEVENT", own, 1)


def later(event: str = EVENT, **changes: str) -> str:
    """A newer revision; each change is ``NAME="the whole new line"``."""
    event = event.replace("SEQUENCE:3", "SEQUENCE:4").replace("20261120T08", "20261125T08")
    for name, line in changes.items():
        old = next(one for one in event.splitlines() if one.startswith(name))
        event = event.replace(old + "\n", f"{line}\n" if line else "", 1)
    return event


MOVED = later(
    DTSTART="DTSTART;TZID=Europe/Berlin:20261210T140000",
    DTEND="DTEND;TZID=Europe/Berlin:20261210T150000",
)


def change(
    old: str | None, new: str, expected: Effect, *, addresses: list[str] | None = None
) -> list[Component]:
    """The events after the message, the effect as expected."""
    text, effect = updated(old, new, addresses or ME)
    assert effect is expected
    assert text is not None
    calendar = Calendar.from_ical(text)
    assert not [error for part in calendar.walk() for error in part.errors]
    assert "METHOD" not in calendar
    assert text.count("BEGIN:VTIMEZONE") == 1
    root = read_components(text)
    assert root is not None
    return root.walk("VEVENT")


def no_change(old: str | None, new: str, expected: Effect) -> None:
    assert updated(old, new, ME) == (None, expected)


def value(event: Component, name: str) -> str | None:
    line = event.first(name)
    return line.value if line else None


def partstat(event: Component) -> str | None:
    return event.all("ATTENDEE")[0].params.get("PARTSTAT")


def alarms(event: Component) -> list[str | None]:
    return [value(child, "DESCRIPTION") for child in event.children]


def test_a_new_invitation_is_kept_without_the_alarms_of_others() -> None:
    (event,) = change(None, message(), Effect.ADDED)
    assert partstat(event) == "NEEDS-ACTION" and alarms(event) == []
    assert event.all("ATTENDEE")[0].params["RSVP"] == "TRUE"


def test_what_a_server_wants_is_added() -> None:
    text, _ = updated(None, message().replace("VERSION:2.0\nPRODID:x\n", ""), ME)
    assert text and "VERSION:2.0" in text and "PRODID:-//taktvoll" in text


def test_another_time_asks_anew() -> None:
    (event,) = change(entry(partstat="DECLINED"), message(MOVED), Effect.MOVED)
    assert (partstat(event), value(event, "TRANSP")) == ("NEEDS-ACTION", None)
    assert value(event, "DTSTART") == "20261210T140000" and value(event, "SEQUENCE") == "4"
    assert alarms(event) == ["Eigener"]
    assert value(event, "CATEGORIES") == "Bewerbung" and value(event, "X-MOZ-LASTACK")
    organizer = event.first("ORGANIZER")
    assert organizer and organizer.params == {"SCHEDULE-AGENT": "CLIENT"}


@pytest.mark.parametrize(
    ("answer", "transp"), [("ACCEPTED", "OPAQUE"), ("DECLINED", "TRANSPARENT")]
)
@pytest.mark.parametrize(
    "new",
    [
        later(LOCATION="LOCATION:Marburg"),
        later(
            LOCATION="LOCATION:Marburg",
            DTSTART="DTSTART:20261209T090000Z",
            DTEND="DURATION:PT1H",
        ),
    ],
)
def test_another_place_keeps_the_answer(new: str, answer: str, transp: str) -> None:
    (event,) = change(entry(partstat=answer), message(new), Effect.CHANGED)
    assert (partstat(event), value(event, "TRANSP")) == (answer, transp)
    assert value(event, "LOCATION") == "Marburg" and alarms(event) == ["Eigener"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (EVENT.replace("SEQUENCE:3", "SEQUENCE:2"), Effect.OLDER),
        (MOVED.replace("SEQUENCE:4", "SEQUENCE:2"), Effect.OLDER),
        (MOVED.replace("SEQUENCE:4\n", ""), Effect.OLDER),
        (EVENT.replace("DTSTAMP:20261120", "DTSTAMP:20261119"), Effect.OLDER),
        (EVENT.replace("vg-117", "vg-118"), Effect.UNKNOWN_EVENT),
        (EVENT.replace("SEQUENCE", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261209\nSEQUENCE"), None),
        (EVENT.replace("SEQUENCE", "RECURRENCE-ID:bald\nSEQUENCE"), Effect.UNKNOWN_EVENT),
        ("", Effect.UNKNOWN_EVENT),
    ],
)
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_what_is_out_of_date_or_of_another_event(
    new: str, expected: Effect | None, method: str
) -> None:
    no_change(entry(), message(new, method), expected or Effect.NOT_SUPPORTED)


def test_the_same_again_changes_nothing() -> None:
    no_change(entry(), message(), Effect.SAME)
    text, _ = updated(entry(), message(MOVED), ME)
    no_change(text, message(MOVED), Effect.SAME)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("DECLINECOUNTER", Effect.COUNTER_DECLINED),
        ("REPLY", Effect.NOT_FOR_ATTENDEES),
        ("COUNTER", Effect.NOT_FOR_ATTENDEES),
        ("REFRESH", Effect.NOT_FOR_ATTENDEES),
        ("ADD", Effect.NOT_SUPPORTED),
        ("PUBLISH", Effect.NOT_SUPPORTED),
        ("", Effect.NOT_SUPPORTED),
        ("DELETE-ALL", Effect.NOT_SUPPORTED),
    ],
)
def test_other_methods_change_nothing(method: str, expected: Effect) -> None:
    no_change(entry(), message(MOVED, method), expected)
    no_change(None, message(MOVED, method), expected)


def test_who_schedules_is_said_by_the_person_and_not_by_a_message() -> None:
    leaked = MOVED.replace("ORGANIZER:", "ORGANIZER;SCHEDULE-AGENT=NONE:").replace(
        "RSVP=TRUE", "SCHEDULE-STATUS=2.0"
    )
    for server, expected in ((True, 0), (False, 1)):
        text, _ = updated(None, message(leaked), ME, answer_by_server=server)
        assert text and text.count("SCHEDULE-") == expected


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("organizer", ["ORGANIZER:mailto:evil@other.example", "X-ORG:x", ""])
def test_nobody_else_moves_or_cancels_it(method: str, organizer: str) -> None:
    no_change(entry(), message(later(MOVED, ORGANIZER=organizer), method), Effect.OTHER_ORGANIZER)


def test_the_organizer_may_be_written_otherwise() -> None:
    other = 'ORGANIZER;CN="Amsel";SENT-BY="mailto:x@firma.example":MAILTO:R.Amsel@firma.example'
    change(entry(), message(later(MOVED, ORGANIZER=other)), Effect.MOVED)


def test_an_event_that_comes_twice_is_taken_once() -> None:
    (event,) = change(None, message(EVENT + MOVED), Effect.ADDED)
    assert value(event, "DTSTART") == "20261209T100000"
    assert len(change(entry(SERIES), message(ONE + ONE_MOVED), Effect.CHANGED)) == 2


# --- cancelled ------------------------------------------------------------------------------------

OFF = later(SUMMARY="STATUS:CANCELLED")


def test_a_cancelled_event_stays_and_is_marked() -> None:
    (event,) = change(entry(), message(OFF, "CANCEL"), Effect.CANCELLED)
    assert (value(event, "STATUS"), value(event, "TRANSP")) == ("CANCELLED", "TRANSPARENT")
    assert (value(event, "SEQUENCE"), partstat(event)) == ("4", "ACCEPTED")
    assert value(event, "SUMMARY") == "Vorstellungsgespräch"


def test_on_again_asks_anew_also_at_the_old_time() -> None:
    off, _ = updated(entry(), message(OFF, "CANCEL"), ME)
    again = EVENT.replace("SEQUENCE:3", "SEQUENCE:5")
    (event,) = change(off, message(again), Effect.MOVED)
    assert (partstat(event), value(event, "STATUS")) == ("NEEDS-ACTION", None)
    no_change(off, message(later(LOCATION="LOCATION:x").replace("CE:4", "CE:3")), Effect.OLDER)


def test_an_unknown_event_is_not_cancelled() -> None:
    no_change(None, message(OFF, "CANCEL"), Effect.UNKNOWN_EVENT)


def test_others_may_be_uninvited() -> None:
    others = later(ATTENDEE="ATTENDEE:mailto:other@post.example")
    no_change(entry(), message(others, "CANCEL"), Effect.NOT_MEANT)
    change(entry(), message(later(), "CANCEL"), Effect.CANCELLED)


# --- series ---------------------------------------------------------------------------------------

SERIES = EVENT.replace("SUMMARY", f"{WEEKLY}SUMMARY")
ONE = later(
    DTSTART="RECURRENCE-ID:20261216T090000Z\nDTSTART;TZID=Europe/Berlin:20261216T100000",
    DTEND="DTEND;TZID=Europe/Berlin:20261216T110000",
)
ONE_MOVED = ONE.replace("20261216T100000", "20261217T080000").replace(
    "20261216T110000", "20261217T090000"
)


def test_one_instance_is_moved() -> None:
    master, instance = change(entry(SERIES), message(ONE_MOVED), Effect.MOVED)
    assert (partstat(master), partstat(instance)) == ("ACCEPTED", "NEEDS-ACTION")
    assert value(master, "SEQUENCE") == "3" and value(instance, "DTSTART") == "20261217T080000"
    assert alarms(instance) == ["Eigener"]
    assert value(instance.children[0], "UID") is None and value(master.children[0], "UID") == "1"


def test_one_instance_changes_and_the_answer_to_the_series_stands() -> None:
    new = ONE.replace("LOCATION:Kassel", "LOCATION:Marburg")
    _, instance = change(entry(SERIES), message(new), Effect.CHANGED)
    assert (partstat(instance), value(instance, "LOCATION")) == ("ACCEPTED", "Marburg")


def test_an_old_instance_of_a_newer_series() -> None:
    no_change(entry(later(SERIES)), message(ONE.replace("CE:4", "CE:3")), Effect.OLDER)


def test_one_instance_is_cancelled() -> None:
    once, effect = updated(entry(SERIES), message(ONE, "CANCEL"), ME)
    assert effect is Effect.CANCELLED
    root = read_components(once or "")
    assert root is not None
    master, instance = root.walk("VEVENT")
    assert value(master, "STATUS") is None and value(instance, "STATUS") == "CANCELLED"
    assert value(instance, "RECURRENCE-ID") == value(instance, "DTSTART") == "20261216T100000"
    no_change(once, message(ONE, "CANCEL"), Effect.SAME)


def test_a_series_that_moves_takes_nothing_of_the_old_times_along() -> None:
    old = answered(
        entry(SERIES), ME, "DECLINED", recurrence_id="2026-12-16T10:00:00", answer_by_server=False
    )
    moved = MOVED.replace("SUMMARY", f"{WEEKLY}SUMMARY")
    (master,) = change(old, message(moved), Effect.MOVED)
    assert partstat(master) == "NEEDS-ACTION"
    elsewhere = later(SERIES, LOCATION="LOCATION:Marburg")
    _, instance = change(old, message(elsewhere), Effect.CHANGED)
    assert partstat(instance) == "DECLINED"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", Effect.CHANGED),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270101T000000Z", Effect.CHANGED),
        ("RRULE:FREQ=WEEKLY;BYDAY=WE,TH", Effect.MOVED),
        ("", Effect.MOVED),
    ],
)
def test_the_rhythm_of_a_series(rule: str, expected: Effect) -> None:
    change(entry(SERIES), message(later(SERIES, RRULE=rule)), expected)


# --- hostile --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "Kein Kalender",
        message().replace("END:VCALENDAR\n", ""),
        message().replace("END:VALARM\n", ""),
        message() + message(),
        message(EVENT.replace("SUMMARY", "X-A" * 700_000 + ":1\nSUMMARY")),
        message(EVENT.replace("BEGIN:VALARM", "BEGIN:X-A\n" * 9 + "BEGIN:VALARM")),
    ],
)
def test_what_cannot_be_read_to_its_end_changes_nothing(broken: str) -> None:
    no_change(entry(), broken, Effect.UNREADABLE)
    no_change(None, broken, Effect.UNREADABLE)
    no_change(broken, message(), Effect.UNREADABLE)


def test_many_instances_take_no_time() -> None:
    zone = ZONE.replace("Europe/Berlin", "X")  # a name that has to be found by its rules
    one = ONE.replace("Europe/Berlin", "X").replace("KEN", "")
    many = "".join(
        one.replace("20261216T0", f"20{n:02}1216T0") for n in range(27, 90) for _ in "ab"
    )
    series = entry(SERIES)
    bare = message("BEGIN:VEVENT\nUID:vg-117@firma.example\nEND:VEVENT\n" * 6_000)

    def work() -> None:
        updated(series, message(many).replace("END:VTIMEZONE\n", f"END:VTIMEZONE\n{zone}", 1), ME)
        updated(series, bare, ME)
        updated(None, bare, ME)

    assert seconds(work, limit=20) < 20


_ODD = st.text(max_size=20)
_LINES = st.lists(
    st.sampled_from([line for line in SERIES.splitlines() if "VEVENT" not in line])
    | _ODD
    | _ODD.map(lambda text: f"DTSTART;TZID={text}:20261209T100000")
    | _ODD.map(lambda text: f"RECURRENCE-ID:{text}")
    | st.sampled_from(["RECURRENCE-ID:20261216T090000Z", "STATUS:CANCELLED", "SEQUENCE:9"]),
    max_size=20,
)


@settings(max_examples=300, deadline=None)
@given(_LINES, _LINES, st.sampled_from(["REQUEST", "CANCEL"]))
def test_whatever_a_message_holds_the_entry_stays_sound(
    some: list[str], more: list[str], method: str
) -> None:
    uid = "UID:vg-117@firma.example"
    news = "\n".join(
        line
        for lines in (some, more)
        for line in ["BEGIN:VEVENT", uid, "X-A:1", *lines, "END:VEVENT"]
    )
    old = entry(SERIES)
    text, effect = updated(old, message(f"{news}\n", method), ME)
    assert (text is None) is (effect not in list(Effect)[:4])
    if text:
        Calendar.from_ical(text)
        again, second = updated(text, message(f"{news}\n", method), ME)
        assert again is None or second is not Effect.ADDED
