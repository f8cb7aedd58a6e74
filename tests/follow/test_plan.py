import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.follow.plan import Plan, next_steps, plan_json
from taktvoll.model import (
    Brief,
    Channel,
    Contact,
    Country,
    Decision,
    Formality,
    Intent,
    Invitation,
    Language,
    Sender,
    Voice,
)
from taktvoll.times import Level, Office

BERLIN = ZoneInfo("Europe/Berlin")
C = Channel


@dataclass(frozen=True)
class Going:
    first: Channel
    then: Channel | None = None
    why: str = "channel.mail"


MAIL, CALL = Going(C.MAIL), Going(C.PHONE, C.MAIL)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def brief(
    now: datetime,
    start: datetime | None,
    intent: Intent = Intent.WITHDRAW_BEFORE,
    phone: str | None = "040 5550117",
    country: Country = Country.DE,
) -> Brief:
    return Brief(
        invitation=Invitation(
            start=start,
            timezone="Europe/Berlin",
            country=country,
            contact=Contact(phone=phone),
            booking_url="https://termin.example/x",
        ),
        decision=Decision(intent=intent),
        voice=Voice(
            sender=Sender(name="Mira Sandner"),
            language=Language.DE,
            country=country,
            formality=Formality.SIE,
        ),
        now=now,
    )


def plan(now: str, start: str | None, way: Going, intent: Intent = Intent.WITHDRAW_BEFORE) -> Plan:
    made = brief(at(now), at(start) if start else None, intent)
    return next_steps(made, way, calendar_answered=False)


@pytest.mark.parametrize(
    ("now", "start", "intent", "check_back"),
    [
        # far off: after two of their working days
        ("2026-12-01T10:00", "2026-12-16T10:00", Intent.RESCHEDULE, "2026-12-03T09:00"),
        ("2026-12-04T18:00", "2026-12-16T10:00", Intent.CANCEL, "2026-12-08T16:00"),
        # near: while three office hours are left
        ("2026-12-07T10:00", "2026-12-09T10:00", Intent.RESCHEDULE, "2026-12-08T15:00"),
        ("2026-12-04T09:00", "2026-12-07T12:00", Intent.CANCEL, "2026-12-07T09:00"),
        # over Christmas: while somebody is there
        ("2026-12-22T10:00", "2026-12-28T09:00", Intent.CANCEL, "2026-12-23T14:00"),
        # nothing near: after a week of theirs
        ("2026-12-07T10:00", "2026-12-04T10:00", Intent.WITHDRAW_AFTER, "2026-12-14T09:00"),
        ("2026-12-07T10:00", None, Intent.WITHDRAW_BEFORE, "2026-12-14T09:00"),
        # no answer is waited for
        ("2026-12-07T10:00", "2026-12-16T10:00", Intent.ACCEPT, None),
    ],
)
def test_when_to_check_back(now: str, start: str | None, intent: Intent, check_back: str) -> None:
    made = plan(now, start, MAIL, intent)
    assert made.check_back == (at(check_back) if check_back else None)
    due = [step.due for step in made.steps if step.code == "check_back"]
    assert due == ([made.check_back] if check_back else [])


@pytest.mark.parametrize(
    ("now", "start", "steps"),
    [
        # in office hours: call, then write
        ("2026-12-08T14:00", "2026-12-09T10:00",
         [("phone", "follow.call_now", "2026-12-08T14:00"),
          ("mail", "follow.mail_after_call", "2026-12-08T14:00")]),
        # two hours before, though nobody may be there yet: now all the same
        ("2026-12-09T07:30", "2026-12-09T09:00",
         [("phone", "follow.call_now", "2026-12-09T07:30"),
          ("mail", "follow.mail_after_call", "2026-12-09T07:30")]),
        # in the evening: write now, call when they open
        ("2026-12-08T20:00", "2026-12-09T14:00",
         [("mail", "follow.mail", "2026-12-08T20:00"),
          ("phone", "follow.call_at", "2026-12-09T09:00")]),
        # on Saturday for Monday 9:00: they open with the appointment, so try before
        ("2026-12-05T12:00", "2026-12-07T09:00",
         [("mail", "follow.mail", "2026-12-05T12:00"),
          ("phone", "follow.call_early", "2026-12-07T08:00")]),
    ],
)  # fmt: skip
def test_nobody_answers_a_phone_at_night(
    now: str, start: str, steps: list[tuple[str, str, str]]
) -> None:
    made = plan(now, start, CALL)
    assert [(step.code, step.text, step.due) for step in made.steps[:2]] == [
        (code, text, at(due)) for code, text, due in steps
    ]
    assert made.steps[2].code == "note_call"
    assert made.check_back is None


def test_the_date_stays_in_the_calendar_until_they_answer() -> None:
    for intent in Intent:
        made = plan("2026-12-01T10:00", "2026-12-09T10:00", MAIL, intent)
        codes = {step.code for step in made.steps}
        assert ("keep_date" in codes) == (
            intent
            in {
                Intent.RESCHEDULE,
                Intent.CHANGE_FORMAT,
                Intent.CANCEL,
                Intent.WITHDRAW_BEFORE,
                Intent.WITHDRAW_AFTER,
            }
        )
        assert ("go" in codes) == (intent is Intent.ACCEPT)


def test_the_calendar_answer_is_mentioned_where_there_is_one() -> None:
    made = brief(at("2026-12-01T10:00"), at("2026-12-09T10:00"))
    with_answer = next_steps(made, MAIL, calendar_answered=True)
    without = next_steps(made, MAIL, calendar_answered=False)
    assert [step.code for step in with_answer.steps if step not in without.steps] == ["calendar"]


def test_the_json_holds_the_plan() -> None:
    made = plan("2026-12-08T14:00", "2026-12-09T10:00", CALL)
    record = json.loads(
        json.dumps(plan_json(made, Language.DE, recipients=["a@b.example"], notes=["Gut."]))
    )
    assert record["channel"] == "phone"
    assert record["then"] == "mail"
    assert record["start"] == "2026-12-09T10:00:00+01:00"
    assert record["time_left"] == {
        "seconds": 20 * 3600,
        "working_seconds": 4 * 3600,
        "level": "less_than_a_working_day",
    }
    assert record["steps"][0]["due"] == "2026-12-08T14:00:00+01:00"
    assert "040 5550117" in record["steps"][0]["text"]
    assert record["phone"] == "040 5550117"
    assert record["recipients"] == ["a@b.example"]
    assert record["notes"] == ["Gut."]
    unknown = plan_json(plan("2026-12-08T14:00", None, MAIL), Language.EN)
    assert (unknown["start"], unknown["time_left"]) == (None, None)


@pytest.mark.parametrize(
    ("country", "language", "words"),
    [
        (Country.DE, Language.DE, "Donnerstag, 14. Januar, 9:00 Uhr"),
        (Country.AT, Language.DE, "Donnerstag, 14. Jänner, 9:00 Uhr"),
        (Country.CH, Language.DE, "Donnerstag, 14. Januar, 9.00 Uhr"),
        (Country.GB, Language.EN, "Thursday 14 January, 9:00"),
        (Country.US, Language.EN, "Thursday, January 14, 9:00"),
    ],
)
def test_days_and_hours_as_they_are_written_there(
    country: Country, language: Language, words: str
) -> None:
    now, start = at("2027-01-12T10:00"), at("2027-01-28T10:00")
    made = next_steps(brief(now, start, country=country), MAIL, calendar_answered=False)
    steps = plan_json(made, language)["steps"]
    assert isinstance(steps, list)
    assert words in steps[-1]["text"]


WAYS = (MAIL, CALL, Going(C.BOOKING_LINK, C.PHONE), Going(C.BOOKING_LINK, C.MAIL),
        Going(C.PAPER, C.PHONE))  # fmt: skip


def test_every_step_can_be_said() -> None:
    nows = ("2026-12-01T10:00", "2026-12-05T12:00", "2026-12-07T08:00", "2026-12-09T10:00")
    for now, way, intent, phone in product(nows, WAYS, Intent, (None, "040 5550117")):
        made = brief(at(now), at("2026-12-07T09:00"), intent, phone)
        for language in Language:
            record = plan_json(next_steps(made, way, calendar_answered=True), language)
            text = json.dumps(record)
            assert "follow." not in text
            assert '"channel.' not in text
            assert "{phone}" not in text
            assert "{when}" not in text


@given(
    st.integers(0, 500 * 24 * 60).map(lambda n: at("2026-01-01T00:00") + timedelta(minutes=n)),
    st.timedeltas(timedelta(minutes=-600), timedelta(days=30)),
    st.sampled_from(WAYS),
    st.sampled_from(Intent),
)
def test_a_plan_is_in_time(now: datetime, ahead: timedelta, way: Going, intent: Intent) -> None:
    start = now + ahead
    made = next_steps(brief(now, start, intent), way, calendar_answered=False)
    assert made.time_left
    level = made.time_left.level
    due = [step.due for step in made.steps if step.due]
    assert due == sorted(due)
    assert all(moment >= now for moment in due)
    if level is not Level.PAST:
        assert all(moment < start for moment in due)
    if made.check_back and level is Level.PLENTY:
        there = Office(zone=BERLIN, country=Country.DE)
        assert there.working_time(made.check_back, start) >= timedelta(hours=3)
        assert there.next_opening(made.check_back) == made.check_back


def test_a_hostile_year_is_no_trouble() -> None:
    far = datetime.max.replace(tzinfo=UTC)
    made = next_steps(brief(at("2026-12-01T10:00"), far), MAIL, calendar_answered=False)
    assert made.check_back == at("2026-12-03T09:00")
