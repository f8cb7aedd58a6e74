"""Every real REQUEST beside the checkout, answered for each of the people it invites."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from taktvoll.formats.charsets import decode
from taktvoll.formats.ical import parse_calendar
from taktvoll.formats.mime import looks_like_mail, parse_mail
from taktvoll.model import (
    Brief,
    Country,
    Decision,
    Formality,
    Intent,
    Invitation,
    Language,
    Sender,
    Slot,
    Voice,
)
from taktvoll.send.itip import NoAnswer, calendar_answer

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.exists(), reason="../shared/samples is not here"),
]

NOW = datetime(2001, 1, 1, tzinfo=UTC)
SLOT = Slot(start=datetime(2026, 7, 1, 12, tzinfo=UTC))


def requests() -> Iterator[str]:
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if "REQUEST" in row["kind"]:
                data = (SAMPLES / row["path"]).read_bytes()
                yield from (
                    parse_mail(data).calendars if looks_like_mail(data) else [decode(data, "utf-8")]
                )


@pytest.mark.parametrize("intent", [Intent.CANCEL, Intent.RESCHEDULE])
def test_each_answer_is_sound_and_names_one_person(intent: Intent) -> None:
    answered = 0
    for text in requests():
        events = parse_calendar(text).events
        for attendee in events[0].attendees[:5] if events else ():
            answer = calendar_answer(
                Brief(
                    invitation=Invitation(
                        calendar=text, uid=events[0].uid, recurrence_id=events[0].recurrence_id
                    ),
                    decision=Decision(intent=intent, slots=(SLOT,)),
                    voice=Voice(
                        sender=Sender(name="Robin Test", email=attendee.email),
                        language=Language.EN,
                        country=Country.GB,
                        formality=Formality.NEUTRAL,
                    ),
                    now=NOW,
                )
            )
            if isinstance(answer, NoAnswer):
                continue
            answered += 1
            assert all(len(line) <= 75 for line in answer.ics.split(b"\r\n"))
            calendar = Calendar.from_ical(answer.ics)
            assert not [error for part in calendar.walk() for error in part.errors]
            (event,) = calendar.walk("VEVENT")
            assert str(event["UID"]) == events[0].uid
            zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
            (again,) = parse_calendar(answer.ics.decode()).events
            if intent is Intent.CANCEL:
                assert not isinstance(event["ATTENDEE"], list)
                assert again.start == events[0].start
                assert again.recurrence_id == events[0].recurrence_id
                # a zone that nobody defined cannot be defined by us
                assert again.tzid in zones or not again.tzid or again.start is None
            else:
                assert again.start == SLOT.start
    assert answered > 70
