"""Cases that others wrote down: what an attendee sends, and what a message does to an entry.

Each case either comes out as it is written there, or stands in a table below with the reason why
it is not ours. A case that is neither fails.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from taktvoll.formats.contentlines import Component, Line, read_components
from taktvoll.formats.ical import attendee_line
from taktvoll.formats.icaltimes import zone_key
from taktvoll.model import (
    Brief,
    Country,
    Decision,
    Formality,
    Intent,
    Invitation,
    Language,
    Sender,
    Voice,
)
from taktvoll.send.itip import CalendarAnswer, NoAnswer, calendar_answer
from taktvoll.send.own_calendar import answered
from taktvoll.send.own_updates import Effect, updated

CASES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "cases"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not CASES.is_dir(), reason="../shared/samples is not here"),
]

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    path = CASES / name
    return json.loads(path.read_text())["cases"] if path.exists() else []


def answers(before: str, after: str | None, address: str) -> dict[str | None, str]:
    """The person's answers that made ``after`` of ``before``, by instance as it is written."""
    old = participation(before, address)
    if after is None:
        return dict.fromkeys(old, "DECLINED")
    new = participation(after, address)
    removed = {
        value: "DECLINED"
        for event in events(after)
        for line in event.all("EXDATE")
        for value in line.value.split(",")
    }
    usual = old.get(None, "NEEDS-ACTION")
    return {which: now for which, now in new.items() if now != old.get(which, usual)} | removed


def participation(ics: str, address: str) -> dict[str | None, str]:
    found: dict[str | None, str] = {}
    for event in events(ics):
        line, which = attendee_line(event, [address]), event.first("RECURRENCE-ID")
        if line:
            found[which.value if which else None] = line.params.get("PARTSTAT", "NEEDS-ACTION")
    return found


def events(ics: str | None) -> list[Component]:
    root = read_components(ics or "")
    return root.walk("VEVENT") if root else []


# --- what an attendee sends -----------------------------------------------------------------------

INTENTS = {"ACCEPTED": Intent.ACCEPT, "DECLINED": Intent.CANCEL}

# Nothing is sent here, and that is right.
NOTHING_TO_SEND = {
    "BrokerAttendeeReplyTest::testNoChangeForceSend": (
        "NEEDS-ACTION is no answer: nobody is told that the person has not decided yet"
    ),
    "BrokerAttendeeReplyTest::testPartyCrasher": (
        "nobody is answered for by an address that was not invited (design, the calendar answer)"
    ),
}
# Part of these cases: an answer that no intent of the program gives.
NO_INTENT = {"BrokerAttendeeReplyTest::testRecurringAllDay": {"TENTATIVE"}}


@pytest.mark.parametrize("case", cases("sabre_attendee_reply.json"), ids=lambda case: case["id"])
def test_what_an_attendee_sends(case: Case) -> None:
    address = case["current_user"].removeprefix("mailto:")
    wanted = [
        {**fact, "dtstart": fact["dtstart"].rpartition(":")[2]}  # cut at the first colon there
        for message in case["expected_messages"]
        for fact in message["facts"]["events"]
        if fact["partstat"] not in NO_INTENT.get(case["id"], set())
    ]
    sent = []
    for which, partstat in answers(case["before"], case["after"], address).items():
        if partstat in INTENTS:
            answer = calendar_answer(brief(case["before"], which, INTENTS[partstat], address))
            sent += facts(answer) if isinstance(answer, CalendarAnswer) else []
            reason = answer.reason if isinstance(answer, NoAnswer) else None
            assert reason in (None, "cancel", "not_invited")
        else:
            assert partstat in NO_INTENT.get(case["id"], set())
    if case["id"] in NOTHING_TO_SEND:
        assert wanted and not sent
    else:
        assert sorted(sent, key=str) == sorted(wanted, key=str)


def brief(calendar: str, which: str | None, intent: Intent, address: str) -> Brief:
    """The decision about the invitation that lay in the mail: the same with its METHOD."""
    return Brief(
        invitation=Invitation(
            calendar=calendar.replace("BEGIN:VEVENT", "METHOD:REQUEST\nBEGIN:VEVENT", 1),
            uid=next((line.text() for e in events(calendar) if (line := e.first("UID"))), None),
            recurrence_id=which,
        ),
        decision=Decision(intent=intent),
        voice=Voice(
            sender=Sender(name="One", email=address),
            language=Language.EN,
            country=Country.GB,
            formality=Formality.NEUTRAL,
        ),
        now=datetime(2014, 7, 1, tzinfo=UTC),
    )


def facts(answer: CalendarAnswer) -> list[dict[str, str | None]]:
    def value(event: Component, name: str) -> str | None:
        line = event.first(name)
        return line.value if line else None

    return [
        {
            "uid": value(event, "UID"),
            "sequence": value(event, "SEQUENCE"),
            "recurrence_id": value(event, "RECURRENCE-ID"),
            "dtstart": value(event, "DTSTART"),
            "attendee": value(event, "ATTENDEE"),
            "partstat": event.all("ATTENDEE")[0].params["PARTSTAT"],
        }
        for event in events(answer.ics.decode())
    ]


# --- what a message does to an entry --------------------------------------------------------------

ORGANIZERS_SIDE = {
    "BrokerProcessReplyTest::testReplyRequestStatus",
    "BrokerProcessReplyTest::testReplyNewException",
    "BrokerProcessReplyTest::testReplyPartyCrashCreateException",
    "BrokerProcessReplyTest::testReplyAcceptUpdateRSVP",
    "BrokerProcessReplyTest::testReplyNewExceptionFirstOccurrence",
}  # a REPLY goes to the organizer (RFC 5546 §3.2.3); an attendee's entry is not changed by one


@pytest.mark.parametrize("case", cases("sabre_process_incoming.json"), ids=lambda case: case["id"])
def test_what_a_message_does(case: Case) -> None:
    text, effect = updated(case["existing_calendar"], case["itip_message"], ["foo@example.org"])
    if case["id"] in ORGANIZERS_SIDE:
        assert (text, effect) == (None, Effect.NOT_FOR_ATTENDEES)
        return
    # beyond the case: whoever need not come is free (TRANSP)
    result = case["existing_calendar"] if text is None else text
    assert alike(result, but={"TRANSP"}) == alike(case["expected_calendar"], but={"TRANSP"})


def alike(ics: str | None, *, but: Collection[str] = ()) -> list[Any]:
    """The events of a calendar as they can be compared, whatever the order in which they stand."""
    return sorted(
        (
            sorted(compared(line) for line in event.lines if line.name not in but),
            sorted(compared(line) for child in event.children for line in child.lines),
        )
        for event in events(ics)
    )


def compared(line: Line) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    params = {
        key: zone_key(text)
        for key, text in line.params.items()
        # a note of that server; and RSVP is gone here once it has been answered
        if key not in ("X-CALENDARSERVER-DTSTAMP", "RSVP")
    }
    if line.name == "ATTENDEE":
        params.setdefault("PARTSTAT", "NEEDS-ACTION")  # RFC 5545 §3.2.12
    value = ";".join(sorted(line.value.split(";"))) if line.name == "RRULE" else line.value
    return line.name, value.strip(), tuple(sorted(params.items()))


# --- the calendar server's cases ------------------------------------------------------------------

_ORGANIZER = "the organizer's side"
_OTHER_SUITES = {
    "test_itip.py::test_processReply": f"{_ORGANIZER}: a REPLY arrives there",
    "test_itip.py::test_processReply_XDash": f"{_ORGANIZER}: a REPLY arrives there",
    "test_itip.py::test_update_attendee_partstat": f"{_ORGANIZER}: a REPLY arrives there",
    "test_itip.py::test_processPollStatus": "VPOLL, a draft that no invitation uses",
    "test_itip.py::test_request": f"{_ORGANIZER}: writes the REQUEST",
    "test_itip.py::test_cancel": f"{_ORGANIZER}: writes the CANCEL",
    "test_itip.py::test_prepareSchedulingMessage": (
        "which private X- lines that server's settings let through; our messages hold none"
    ),
    "test_icaldiff.py::test_organizer_diff": f"{_ORGANIZER}: its own change of its own event",
    "test_icaldiff.py::test_organizer_smart_merge": f"{_ORGANIZER}: two of its programs at once",
    "test_icaldiff.py::test_what_is_different": f"{_ORGANIZER}: lists what it changed",
    "test_icaldiff.py::test_attendee_merge_vpoll": "VPOLL, a draft that no invitation uses",
}
_MERGE = "test_icaldiff.py::test_attendee_merge_"
_NOT_ANSWERED = "the person answers nothing; how a server mends what a program stored is its own"
_OTHER_CASES = {
    f"{_MERGE}simple / #1.1 Simple component, no change": _NOT_ANSWERED,
    f"{_MERGE}simple / #1.3 Simple component, bad change": _NOT_ANSWERED,
    f"{_MERGE}simple / #1.5 Simple component, vcalendar props change ok": _NOT_ANSWERED,
    f"{_MERGE}simple / #1.7 Simple component, vtimezone no change": _NOT_ANSWERED,
    f"{_MERGE}simple / #1.9 Simple component, vtimezone substitute": _NOT_ANSWERED,
    f"{_MERGE}complex / #1.1 Complex component, no change": _NOT_ANSWERED,
    f"{_MERGE}complex / #1.3 Complex component, missing override": _NOT_ANSWERED,
    f"{_MERGE}cancelled / #1.1 Remove EXDATE add CANCELLED": _NOT_ANSWERED,
    f"{_MERGE}cancelled / #1.3 Removed CANCELLED no master": _NOT_ANSWERED,
    f"{_MERGE}cancelled / #1.5 Add cancelled component, no master": _NOT_ANSWERED,
    f"{_MERGE}dropbox / #1.1 Remove dropbox": _NOT_ANSWERED,
    f"{_MERGE}dropbox / #1.3 Different dropbox": _NOT_ANSWERED,
    f"{_MERGE}dropbox / #1.5 Change dropbox - add ATTACH": _NOT_ANSWERED,
    f"{_MERGE}forceTRANSP / #1.1 Simple component, no change": _NOT_ANSWERED,
    f"{_MERGE}forceTRANSP / #1.7 Simple component, remain as ACCEPTED change TRANSP": _NOT_ANSWERED,
}


def server_cases() -> list[Any]:
    found = []
    path = CASES / "ccs_itip_cases.json"
    suites = json.loads(path.read_text())["suites"] if path.exists() else {}
    for suite, content in suites.items():
        for number, case in enumerate(content["cases"]):
            title = case[0] if "\n" not in case[0] else f"#{number}"
            name = f"{suite} / {title}"
            found.append(pytest.param(suite, name, case, id=name))
    return found


@pytest.mark.parametrize(("suite", "name", "case"), server_cases())
def test_the_cases_of_a_calendar_server(suite: str, name: str, case: list[Any]) -> None:
    if suite.startswith("test_itip.py::test_processRequest"):
        the_request_is_taken_in(case)
    elif suite == "test_itip.py::test_sequenceComparison":
        the_older_one_is_told(case)
    elif suite == "test_icaldiff.py::test_attendee_needs_action":
        only_what_has_moved_is_asked_anew(case)
    elif suite.startswith(_MERGE) and suite not in _OTHER_SUITES and name not in _OTHER_CASES:
        the_answer_is_written_as_there(case)
    else:
        reason = _OTHER_SUITES.get(suite) or _OTHER_CASES.get(name)
        assert reason, "neither passed nor named"
        if reason == _NOT_ANSWERED:
            assert not answers(case[1], case[4][3], case[3].removeprefix("mailto:"))
        pytest.skip(reason)


def the_request_is_taken_in(case: list[Any]) -> None:
    _, entry, message, expected = case[:4]
    # that server schedules by itself: its store knows no other agent
    text, _ = updated(entry, message, ["user02@example.com"], answer_by_server=True)
    # an invitation without an answer blocks its time here, as its organizer wrote it; there not
    unanswered = "PARTSTAT=NEEDS-ACTION" in expected
    but = {"TRANSP"} if unanswered else set()
    assert alike(text or entry, but=but) == alike(expected, but=but)


def the_older_one_is_told(case: list[Any]) -> None:
    _, entry, message, is_newer = case
    message = message.replace("METHID", "METHOD")  # as it is misspelt there
    text, effect = updated(entry, message, ["user02@example.com"])
    assert (effect is not Effect.OLDER) is is_newer
    assert is_newer or text is None


def only_what_has_moved_is_asked_anew(case: list[Any]) -> None:
    _, before, after, moved, _ = case
    address = "user2@example.com"
    entry = before.replace(
        f"ATTENDEE:mailto:{address}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{address}"
    )
    message = after.replace("BEGIN:VEVENT", "METHOD:REQUEST\nBEGIN:VEVENT", 1)
    text, _ = updated(entry, message, [address])
    for which, partstat in participation(text or entry, address).items():
        assert (partstat == "NEEDS-ACTION") is (repr(which) in moved)


def the_answer_is_written_as_there(case: list[Any]) -> None:
    _, before, _, user, (_, _, _, expected) = case
    address = user.removeprefix("mailto:")
    decided = answers(before, expected, address)
    assert decided
    entry = before
    for which, partstat in decided.items():
        text = answered(entry, [address], partstat, recurrence_id=which, answer_by_server=True)
        assert text is not None
        entry = text
    # TRANSP:OPAQUE is what it is without the line too; an EXDATE hides its instance there
    but = {"X-CALENDARSERVER-HIDDEN-INSTANCE", "TRANSP"}
    assert alike(entry, but=but) == alike(expected, but=but)
    # whoever does not go is free here, also where their program forgot to say so there
    declined = {which for which, answer in decided.items() if answer == "DECLINED"}
    assert free(entry) == free(expected) | declined


def free(ics: str) -> set[str | None]:
    """The instances that leave their time free."""
    return {
        which.value if (which := event.first("RECURRENCE-ID")) else None
        for event in events(ics)
        if (line := event.first("TRANSP")) and line.value == "TRANSPARENT"
    }
