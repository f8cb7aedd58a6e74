"""The person's own entry after their answer: what changes, and that nothing else does."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.clock import seconds

from taktvoll.formats.contentlines import Component, read_components, read_whole
from taktvoll.send.own_calendar import answered

ME = ["jon.fink@post.example"]
ENTRY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Server//EN
METHOD:REQUEST
X-WR-CALNAME:Privat
BEGIN:VTIMEZONE
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
BEGIN:VEVENT
UID:vg-117@firma.example
SEQUENCE:3
DTSTAMP:20261120T080000Z
DTSTART;TZID=Europe/Berlin:20261209T100000
DTEND;TZID=Europe/Berlin:20261209T111500
SUMMARY:Vorstellungsgespräch\\, 1. Runde
ORGANIZER;CN="Amsel, Rita":mailto:r.amsel@firma.example
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Jon Fink:
 MAILTO:Jon.Fink@post.example
ATTENDEE;RSVP=TRUE;MEMBER="mailto:a@firma.example","mailto:b@firma.example":mailto:u.star@firma.example
X-PRIVATE;X-A=1:a\\;b
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
DESCRIPTION:Los
END:VALARM
END:VEVENT
END:VCALENDAR
"""
SERIES = ENTRY.replace(
    "SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20261223T100000\nSUMMARY"
)


def done(
    ics: str,
    partstat: str = "DECLINED",
    *,
    addresses: list[str] | None = None,
    recurrence_id: str | None = None,
    answer_by_server: bool = True,
) -> str:
    text = answered(
        ics,
        addresses or ME,
        partstat,
        recurrence_id=recurrence_id,
        answer_by_server=answer_by_server,
    )
    assert text is not None
    assert_sound(text)
    return text


def assert_sound(text: str) -> None:
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    calendar = Calendar.from_ical(text)
    assert not [error for part in calendar.walk() for error in part.errors]
    assert "METHOD" not in calendar


def events(text: str) -> list[Component]:
    root = read_components(text)
    assert root is not None
    return root.walk("VEVENT")


def value(event: Component, name: str) -> str | None:
    line = event.first(name)
    return line.value if line else None


def lines(ics: str) -> list[str]:
    root = read_components(ics)
    assert root is not None
    return [line.source or line.content() for line in root.content_lines()]


@pytest.mark.parametrize(
    ("partstat", "transp"),
    [("DECLINED", "TRANSPARENT"), ("ACCEPTED", "OPAQUE"), ("TENTATIVE", "OPAQUE")],
)
def test_only_the_answer_changes(partstat: str, transp: str) -> None:
    before, after = lines(ENTRY), lines(done(ENTRY, partstat))
    before.remove("METHOD:REQUEST")
    changed = [
        line
        for line in before
        if line not in after  # the order is held below
    ]
    assert len(changed) == 1 and "Jon.Fink" in changed[0]
    at = before.index(changed[0])
    assert after[at] == (
        f'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN="Jon Fink":'
        "MAILTO:Jon.Fink@post.example"
    )
    new = after.index(f"TRANSP:{transp}")
    assert [*before[:at], after[at], *before[at + 1 :]] == after[:new] + after[new + 1 :]


def test_a_changed_mind_leaves_no_trace_of_the_first() -> None:
    once = done(ENTRY, "ACCEPTED")
    assert done(done(ENTRY, "DECLINED"), "ACCEPTED") == once
    assert once.count("TRANSP") == 1


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE:mailto:jon.fink@post.example",
        "ATTENDEE:MAILTO:JON.FINK@POST.EXAMPLE",
        "ATTENDEE;EMAIL=jon.fink@post.example:/principals/jon/",
        "ATTENDEE;EMAIL=Jon.Fink@post.example:mailto:0815@calendar.example",
        "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=DELEGATED:mailto:jon.fink@post.example",
        "attendee;partstat=needs-action:mailto:jon%2Efink@post.example",
    ],
)
def test_the_person_is_found_however_they_are_written(line: str) -> None:
    others = ENTRY.replace("Jon.Fink", "john")
    text = done(others.replace("ATTENDEE;RSVP", f"{line}\nATTENDEE;RSVP"))
    assert text.count("DECLINED") == 1


def test_the_first_of_ones_own_addresses_that_is_invited_answers() -> None:
    both = ENTRY.replace("u.star@firma", "jf@other")
    text = done(both, addresses=["nobody@post.example", "JF@other.example", *ME])
    (event,) = events(text)
    assert [line.params.get("PARTSTAT") for line in event.all("ATTENDEE")] == [
        "NEEDS-ACTION",
        "DECLINED",
    ]


@pytest.mark.parametrize(
    ("ics", "addresses"),
    [
        (ENTRY, ["u.star@firma"]),
        (ENTRY, []),
        (ENTRY, [""]),
        (ENTRY.replace("RSVP=TRUE;CN", "CUTYPE=GROUP;CN"), ME),
        ("", ME),
        ("Kein Kalender", ME),
        (ENTRY.replace("END:VCALENDAR", ""), ME),
        (ENTRY.replace("END:VALARM\n", ""), ME),
        (ENTRY + ENTRY, ME),
        (ENTRY.replace("BEGIN:VALARM", "BEGIN:X-A\n" * 9), ME),
        (ENTRY.replace("Vorst", "Vorst" * 400_000), ME),
        (ENTRY.replace("X-PRIVATE", "X-A:1\n" * 20_000 + "X-PRIVATE"), ME),
    ],
)
def test_nothing_is_written_where_nothing_is_theirs_or_not_all_was_read(
    ics: str, addresses: list[str]
) -> None:
    assert answered(ics, addresses, "DECLINED", answer_by_server=True) is None


def test_two_megabytes_take_no_time() -> None:
    many = "".join(f"ATTENDEE;CN=N{n}:mailto:n{n}@firma.example\n" for n in range(19_000))

    def work() -> None:
        done(ENTRY.replace("X-PRIVATE", f"{many}X-PRIVATE"))
        answered("BEGIN:VEVENT\n" * 150_000, ME, "DECLINED", answer_by_server=True)
        answered('ATTENDEE;A="' * 160_000, ME, "DECLINED", answer_by_server=True)
        answered("BEGIN:VCALENDAR\nX" + ';A="b",' * 280_000, ME, "DECLINED", answer_by_server=True)

    assert seconds(work, limit=15) < 15


def test_half_a_character_breaks_nothing() -> None:
    assert "SUMMARY:?orst" in done(ENTRY.replace("SUMMARY:V", "SUMMARY:\ud800"))


# --- who answers the organizer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "server", "after"),
    [
        ("ORGANIZER;", True, None),
        ("ORGANIZER;", False, "CLIENT"),
        ("ORGANIZER;SCHEDULE-AGENT=CLIENT;", True, None),
        ("ORGANIZER;SCHEDULE-AGENT=NONE;", False, "CLIENT"),
        ("ORGANIZER;SCHEDULE-AGENT=CLIENT;", False, "CLIENT"),
    ],
)
def test_the_server_answers_or_not(before: str, server: bool, after: str | None) -> None:
    """The parameter stands on every ORGANIZER alike (RFC 6638 §7.1), and nowhere else."""
    instance = SERIES[SERIES.index("BEGIN:VEVENT") : SERIES.index("END:VCALENDAR")].replace(
        "RRULE:FREQ=WEEKLY;COUNT=5", "RECURRENCE-ID;TZID=Europe/Berlin:20261216T100000"
    )
    ics = SERIES.replace("END:VCALENDAR", f"{instance}END:VCALENDAR").replace("ORGANIZER;", before)
    text = done(ics, recurrence_id="2026-12-16T10:00:00", answer_by_server=server)
    organizers = [line for event in events(text) for line in event.all("ORGANIZER")]
    assert [line.params.get("SCHEDULE-AGENT") for line in organizers] == [after] * 2
    assert text.count("SCHEDULE-AGENT") == (2 if after else 0)


# --- one instance of a series ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "which", ["2026-12-16T10:00:00", "2026-12-16T09:00:00Z", "20261216T090000Z", "2026-12-16"]
)
def test_one_instance_gets_an_event_of_its_own(which: str) -> None:
    text = done(SERIES, recurrence_id=which)
    master, instance = Calendar.from_ical(text).walk("VEVENT")
    assert master["ATTENDEE"][0].params["PARTSTAT"] == "NEEDS-ACTION" and "TRANSP" not in master
    assert master.walk("VALARM") and not instance.walk("VALARM")
    for name in ("RECURRENCE-ID", "DTSTART"):
        assert instance[name].to_ical() == b"20261216T100000"
        assert instance[name].params["TZID"] == "Europe/Berlin"
    assert instance["DTEND"].to_ical() == b"20261216T111500"
    assert not {"RRULE", "RDATE", "EXDATE"} & set(instance)
    assert instance["ATTENDEE"][0].params["PARTSTAT"] == "DECLINED"
    assert instance["TRANSP"] == "TRANSPARENT"
    assert instance["SUMMARY"] == "Vorstellungsgespräch, 1. Runde" and "X-PRIVATE" in instance


def test_a_changed_mind_about_one_instance() -> None:
    once = done(SERIES, recurrence_id="2026-12-16T10:00:00")
    again = done(once, "ACCEPTED", recurrence_id="2026-12-16T09:00:00Z")
    master, instance = events(again)
    assert value(instance, "TRANSP") == "OPAQUE" and value(master, "TRANSP") is None
    assert again.count("RECURRENCE-ID") == 1


def test_an_instance_that_was_taken_out_comes_back_with_its_answer() -> None:
    text = done(SERIES, "ACCEPTED", recurrence_id="2026-12-23T10:00:00")
    assert "EXDATE" not in text
    several = SERIES.replace(":20261223T100000", ":20261216T100000,20261223T100000")
    text = done(several, "ACCEPTED", recurrence_id="2026-12-23T10:00:00")
    assert "EXDATE;TZID=Europe/Berlin:20261216T100000\r\n" in text


def test_the_whole_series_means_its_instances_too() -> None:
    text = done(done(SERIES, "ACCEPTED", recurrence_id="2026-12-16T10:00:00"), "DECLINED")
    assert [value(event, "TRANSP") for event in events(text)] == ["TRANSPARENT"] * 2


@pytest.mark.parametrize(
    ("start", "end", "which", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261209", "DTEND;VALUE=DATE:20261211", "2026-12-16", "20261218"),
        ("DTSTART:20261209T090000Z", "DTEND:20261209T100000Z", "2026-12-16T09:00:00Z", None),
        ("DTSTART:20261209T100000", "DTEND:20261209T110000", "2026-12-16T10:00:00", None),
        ("DTSTART;TZID=Nirgends:20261209T100000", "DURATION:PT1H", "2026-12-16T10:00:00", "PT1H"),
    ],
)
def test_times_of_every_form(start: str, end: str, which: str, expected: str | None) -> None:
    ics = SERIES.replace("DTSTART;TZID=Europe/Berlin:20261209T100000", start).replace(
        "DTEND;TZID=Europe/Berlin:20261209T111500", end
    )
    _, instance = events(done(ics, recurrence_id=which))
    begin, original = instance.first("DTSTART"), instance.first("RECURRENCE-ID")
    assert begin and original and (begin.value, begin.params) == (original.value, original.params)
    assert begin.value == start.rpartition(":")[2].replace("20261209", "20261216")
    shifted = end.rpartition(":")[2].replace("20261209", "20261216")
    assert (value(instance, "DTEND") or value(instance, "DURATION")) == (expected or shifted)


def test_an_instance_lasts_as_long_as_the_series_also_when_the_clocks_change() -> None:
    nightly = SERIES.replace("20261209T100000", "20261018T013000").replace(
        "20261209T111500", "20261018T033000"
    )
    instance = Calendar.from_ical(done(nightly, recurrence_id="2026-10-25T01:30:00")).walk(
        "VEVENT"
    )[1]
    begin, end = instance["DTSTART"].dt, instance["DTEND"].dt
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=2)


@pytest.mark.parametrize("which", ["2026-12-16T10:00:00", "bald", "", "9999-12-31", "0001-01-01"])
def test_a_single_event_has_no_other_instance(which: str) -> None:
    assert answered(ENTRY, ME, "DECLINED", recurrence_id=which, answer_by_server=True) is None


def test_a_single_event_is_its_own_instance() -> None:
    assert len(events(done(ENTRY, recurrence_id="2026-12-09T09:00:00Z"))) == 1


def test_an_entry_of_single_instances_alone() -> None:
    alone = ENTRY.replace("SUMMARY", "RECURRENCE-ID:20261209T090000Z\nSUMMARY")
    assert "DECLINED" in done(alone, recurrence_id="2026-12-09T09:00:00Z")
    assert (
        answered(alone, ME, "DECLINED", recurrence_id="2026-12-16T09:00:00Z", answer_by_server=True)
        is None
    )


# --- whatever comes in ----------------------------------------------------------------------------

_ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_LINES = st.lists(
    st.sampled_from(
        [
            line
            for line in SERIES[SERIES.index("UID:") :].splitlines()
            if not line.endswith(("VEVENT", "VCALENDAR"))
        ]
    )
    | _ODD
    | _ODD.map(lambda text: f"X-A;{text}:1")
    | _ODD.map(lambda text: f"ATTENDEE;CN={text}:mailto:jon.fink@post.example")
    | _ODD.map(lambda text: f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:{text}"),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(_LINES, _LINES, st.sampled_from(["ACCEPTED", "DECLINED"]), st.booleans(), st.booleans())
def test_at_most_one_attendee_changes_and_no_line_is_lost(
    some: list[str], more: list[str], partstat: str, server: bool, single: bool
) -> None:
    invited = "ATTENDEE;RSVP=TRUE:mailto:jon.fink@post.example"
    inside = ["BEGIN:VEVENT", "UID:1", *some, invited, "X-A:1", *more, "END:VEVENT"]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *inside, "END:VCALENDAR\n"])
    which = "2026-12-16T10:00:00" if single else None
    after = answered(text, ME, partstat, recurrence_id=which, answer_by_server=server)
    if after is None:
        assert single or read_whole(text) is None
        return
    if readable(text):
        Calendar.from_ical(after)
    assert read_whole(after) is not None
    for before, event in zip(events(text), events(after), strict=False):
        gone = Counter(shape(before)) - Counter(shape(event))
        come = Counter(shape(event)) - Counter(shape(before))
        # each of them stands there again, with what was to be changed
        assert {name for name, *_ in gone} <= {"ATTENDEE", "TRANSP", "ORGANIZER", "EXDATE"}
        assert {name for name, *_ in come} <= {"ATTENDEE", "TRANSP", "ORGANIZER", "EXDATE"}
        assert [name for name, *_ in come.elements()].count("ATTENDEE") <= 1
        for name in ("ATTENDEE", "ORGANIZER"):
            assert len(event.all(name)) == len(before.all(name))


def readable(text: str) -> bool:
    """Whether the library reads it: of a broken alarm it gives up all."""
    try:
        Calendar.from_ical(text)
    except ValueError:
        return False
    return True


def shape(event: Component) -> list[tuple[str, str, str]]:
    return [
        (line.name, line.value, str(sorted(line.params.items())))
        for child in [event, *event.children]
        for line in child.lines
    ]
