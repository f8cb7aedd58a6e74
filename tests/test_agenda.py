"""Reminders are counted back from the interview, fall into office hours, and come to an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.agenda import Due, Reminder, agenda, follow_on, next_due, reminder_at
from taktvoll.case import Case, CaseState, Event, EventKind, open_case
from taktvoll.model import (
    Country,
    Decision,
    Duty,
    Formality,
    Intent,
    Invitation,
    Language,
    Moment,
    Sender,
    Voice,
)
from taktvoll.times import CLOSES, OPENS, Office

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Office(zone=BERLIN, country=Country.DE)
VOICE = Voice(
    sender=Sender(name="Mira Sandner"),
    language=Language.DE,
    country=Country.DE,
    formality=Formality.SIE,
)
R = Reminder


def berlin(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def standing(
    state: CaseState,
    since: datetime,
    start: datetime | None,
    decision: Decision | None = Decision(intent=Intent.CANCEL),  # noqa: B008
    **invited: object,
) -> Case:
    invitation = Invitation(
        start=start, timezone="Europe/Berlin", country=Country.DE, company="Kranwerk", **invited
    )  # type: ignore[arg-type]
    opened = open_case("c", invitation, 7, at=since)
    return replace(opened, state=state, decision=decision, voice=VOICE)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # Wednesday 2 December; the interview is on Wednesday, 9 December, at 10
        (
            standing(CaseState.SENT, berlin(2, 10), berlin(9, 10)),
            [
                (R.ASK, berlin(4, 9)),
                (R.CALL_TOMORROW, berlin(7, 18)),
                (R.CALL, berlin(8, 10)),
                (R.CALL_NOW, berlin(8, 15)),
            ],
        ),
        # sent on Friday evening, the interview is on Monday at noon: no working day is left
        (
            standing(CaseState.SENT, berlin(4, 19), berlin(7, 12)),
            [(R.CALL_NOW, berlin(7, 9))],
        ),
        # a public holiday in between: Christmas, and the quiet days around it
        (
            standing(CaseState.SENT, berlin(22, 16), berlin(28, 11)),
            [
                (R.CALL_TOMORROW, berlin(22, 18)),
                (R.CALL, berlin(23, 11)),
                (R.CALL_NOW, berlin(23, 16)),
            ],
        ),
        # an hour before it: right away
        (
            standing(CaseState.SENT, berlin(9, 9), berlin(9, 10)),
            [(R.CALL_NOW, berlin(9, 9))],
        ),
        (
            standing(CaseState.HANDED_OVER, berlin(2, 10), berlin(9, 10)),
            [
                (R.WAS_IT_SENT, berlin(2, 10, 10)),
                (R.WAS_IT_SENT, berlin(3, 9)),
                (R.ASK, berlin(4, 9)),
                (R.CALL_TOMORROW, berlin(7, 18)),
                (R.CALL, berlin(8, 10)),
                (R.CALL_NOW, berlin(8, 15)),
            ],
        ),
        (
            standing(CaseState.NOT_DELIVERED, berlin(7, 18), berlin(9, 10)),
            [(R.CALL, berlin(8, 9)), (R.CALL_NOW, berlin(8, 15)), (R.CALL, berlin(9, 9))],
        ),
        (
            standing(CaseState.UNCERTAIN, berlin(8, 14), berlin(9, 9)),
            [
                (R.LOOK_IN_SENT, berlin(8, 14)),
                (R.CALL, berlin(8, 14)),
                (R.CALL_NOW, berlin(8, 14, 30)),
            ],
        ),
        (
            standing(CaseState.RECEIVED, berlin(2, 10), berlin(9, 10), None),
            [(R.NOTHING_SAID, berlin(7, 10))],
        ),
        (
            standing(
                CaseState.RECEIVED, berlin(2, 10), None, None,
                reply_by=Moment(at=berlin(7, 0), whole_day=True),
            ),
            [(R.REPLY_BY, berlin(4, 9))],
        ),
        (
            standing(
                CaseState.ACKNOWLEDGED, berlin(2, 10), berlin(9, 10),
                Decision(intent=Intent.RESCHEDULE),
            ),
            [(R.NEW_DATE, berlin(9, 10))],
        ),
        (
            standing(
                CaseState.ACKNOWLEDGED, berlin(2, 10), berlin(9, 10),
                Decision(intent=Intent.ACCEPT, find_out=True),
            ),
            [(R.HOW_WAS_IT, berlin(10, 10)), (R.OUTCOME, berlin(23, 10))],
        ),
        (
            standing(
                CaseState.ACKNOWLEDGED, berlin(2, 10), berlin(9, 10),
                Decision(intent=Intent.WITHDRAW_BEFORE, duties={Duty.DELETE_DATA: "yes"}),
            ),
            [(R.DATA, datetime(2027, 1, 2, 10, tzinfo=BERLIN))],
        ),
        (standing(CaseState.CLOSED, berlin(2, 10), berlin(9, 10)), []),
        (standing(CaseState.CALLED_OFF, berlin(2, 10), berlin(9, 10)), []),
        (
            standing(CaseState.SENT, berlin(2, 10), berlin(9, 10), Decision(intent=Intent.LATE)),
            [],
        ),
    ],
)  # fmt: skip
def test_the_moments(case: Case, expected: list[tuple[Reminder, datetime]]) -> None:
    assert [(due.reminder, due.at) for due in agenda(case)] == expected


def test_the_region_of_the_place_counts_its_own_holidays() -> None:
    """6 January is a holiday in Munich, and none in Berlin."""
    start = datetime(2027, 1, 7, 10, tzinfo=BERLIN)
    since = datetime(2027, 1, 4, 9, tzinfo=BERLIN)
    munich = standing(CaseState.SENT, since, start, location="Marienplatz 1, 80331 München")
    berliner = standing(CaseState.SENT, since, start, location="Torstraße 1, 10119 Berlin")
    call = [next(d.at for d in agenda(c) if d.reminder is R.CALL) for c in (munich, berliner)]
    assert call == [
        datetime(2027, 1, 5, 10, tzinfo=BERLIN),
        datetime(2027, 1, 6, 10, tzinfo=BERLIN),
    ]


def test_what_was_missed_is_not_made_up_for() -> None:
    case = standing(CaseState.SENT, berlin(2, 10), berlin(9, 10))
    assert reminder_at(case, berlin(3, 10)) is None
    assert reminder_at(case, berlin(8, 16)) is R.CALL_NOW
    told = replace(case, reminded_at=berlin(8, 16))
    assert reminder_at(told, berlin(9, 9)) is None
    assert next_due(told, berlin(8, 16)) is None


MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(
    state=st.sampled_from(CaseState),
    since=MOMENTS,
    ahead=st.timedeltas(timedelta(days=-3), timedelta(days=40)),
    intent=st.sampled_from(Intent),
)
def test_reminders_come_to_an_end_and_calls_can_reach_somebody(
    state: CaseState, since: datetime, ahead: timedelta, intent: Intent
) -> None:
    start = since + ahead
    case = standing(state, since, start, Decision(intent=intent))
    told: list[Due] = []
    now = since
    while (due := next_due(case, now)) is not None:
        now = max(now, due)
        reminder = reminder_at(case, now)
        assert reminder is not None  # never woken for nothing
        told.append(Due(at=now, reminder=reminder))
        event = Event(kind=EventKind.REMINDED, at=now, data={"reminder": reminder})
        case, _ = follow_on(case, event)
        assert len(told) < 20
    for each in told:
        if each.reminder is R.CALL:
            local = each.at.astimezone(BERLIN)
            assert OFFICE.works_on(local.date())
            assert OPENS <= local.time() <= CLOSES
        if each.reminder in (R.CALL, R.CALL_NOW) and start > since:
            assert each.at < start


@given(since=MOMENTS, ahead=st.timedeltas(timedelta(minutes=31), timedelta(days=40)))
def test_an_unanswered_cancellation_always_leads_to_a_last_call(
    since: datetime, ahead: timedelta
) -> None:
    case = standing(CaseState.SENT, since, since + ahead)
    [last] = [due for due in agenda(case) if due.reminder is R.CALL_NOW]
    assert since <= last.at < since + ahead
    office_time_is_left = OFFICE.working_time(last.at, since + ahead) > timedelta(0)
    was_left = OFFICE.working_time(since + timedelta(minutes=31), since + ahead) > timedelta(0)
    assert office_time_is_left or not was_left
