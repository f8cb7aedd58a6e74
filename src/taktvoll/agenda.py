"""When a case wants to be looked at again, and why: towards the interview, not away from the mail.

Every known tool counts from the sending. Here the last moments at which somebody can still be
reached are counted back from the interview, in the employer's office hours; only the friendly
question whether a message arrived counts from the sending.

``agenda`` is pure: the moments follow from the case alone, so that nothing has to run in between.
What was missed while the machine slept is not made up for: the most pressing of it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from taktvoll.case import Case, CaseState, Event, apply
from taktvoll.decide.duties import consequences
from taktvoll.follow.plan import (
    NO_ANSWER_NEEDED,
    ROOM_FOR_A_CALL,
    STILL_TIME_TO_CALL,
    UNHURRIED_ANSWER,
    USUAL_ANSWER,
)
from taktvoll.model import Country, Duty, Intent
from taktvoll.regions import region_of
from taktvoll.times import CALL_ONLY, WORKING_DAY, Office, begins, office


class Reminder(StrEnum):
    """What the person is told. The sentence of each is ``reminder.<value>``."""

    REPLY_BY = "reply_by"  # they want an answer soon
    NOTHING_SAID = "nothing_said"  # the interview is near, and they have not been told
    WAS_IT_SENT = "was_it_sent"  # handed over: did you send it?
    LOOK_IN_SENT = "look_in_sent"  # it may have left or not
    ASK = "ask"  # nobody has answered: ask whether it arrived
    CALL_TOMORROW = "call_tomorrow"  # for whoever looks in only in the evening
    CALL = "call"  # with the script
    CALL_NOW = "call_now"  # the last moment at which somebody can be reached
    NEW_DATE = "new_date"  # they know, but have named no other day
    HOW_WAS_IT = "how_was_it"  # went there to find out: and?
    OUTCOME = "outcome"  # what became of the application?
    DATA = "data"  # the month in which they answer about the documents is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A moment (aware) at which the person is told of ``reminder``."""

    at: datetime
    reminder: Reminder


# Long enough to come back from the mail program, short enough to remember.
JUST_HANDED_OVER = timedelta(minutes=10)

# Whoever said something less than this ago knows it: no reminder yet.
JUST_SAID = timedelta(minutes=30)

# When people sit down at their own machine.
EVENING = time(18)

# Until a firm has told what became of an application, or named another day.
UNTIL_THE_OUTCOME = 10 * WORKING_DAY

# One may forget a call for a day, hardly for a week; no case rings for ever.
_MOST_CALLS = 10


def agenda(case: Case) -> tuple[Due, ...]:
    """All moments of ``case`` in its present state, the earliest first.

    They change only with an event: store the first that is still to come with it.
    """
    if case.state in _SILENT:
        return ()
    return tuple(sorted(_moments(case), key=lambda due: (due.at, _PRESSING.index(due.reminder))))


def reminder_at(case: Case, now: datetime) -> Reminder | None:
    """What the person should be told at ``now``: the most pressing that has come since they were
    last told something. None where nothing has."""
    told = case.reminded_at
    come = [due for due in agenda(case) if due.at <= now and (told is None or due.at > told)]
    return max((due.reminder for due in come), key=_PRESSING.index, default=None)


def next_due(case: Case, now: datetime) -> datetime | None:
    """When ``case`` wants to be looked at from ``now`` on; None: not by itself."""
    if reminder_at(case, now) is not None:
        return now
    return next((due.at for due in agenda(case) if due.at > now), None)


def follow_on(case: Case, event: Event) -> tuple[Case, Event]:
    """``apply``, with the moment at which the case wants to be looked at after ``event``."""
    after = apply(case, event)
    due_at = next_due(after, event.at)
    return replace(after, due_at=due_at), replace(event, due_at=due_at)


# From the mildest to the most pressing.
_PRESSING = (
    Reminder.OUTCOME,
    Reminder.DATA,
    Reminder.HOW_WAS_IT,
    Reminder.NEW_DATE,
    Reminder.REPLY_BY,
    Reminder.WAS_IT_SENT,
    Reminder.ASK,
    Reminder.LOOK_IN_SENT,
    Reminder.NOTHING_SAID,
    Reminder.CALL_TOMORROW,
    Reminder.CALL,
    Reminder.CALL_NOW,
)

_SILENT = frozenset({CaseState.CLOSED, CaseState.CALLED_OFF})

_NOT_SAID = frozenset({CaseState.RECEIVED, CaseState.DECIDED, CaseState.WRITTEN})

_LOST = frozenset({CaseState.UNCERTAIN, CaseState.NOT_DELIVERED})

_WITHDRAWN = frozenset({Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER, Intent.DECLINE_OFFER})

_ASKS_FOR_ANOTHER_DAY = frozenset({Intent.RESCHEDULE, Intent.CHANGE_FORMAT})


def _moments(case: Case) -> Iterator[Due]:
    invitation = case.invitation
    since = case.since or case.changed
    start = begins(invitation)
    country = _country(case)
    region = region_of(invitation.location, country)
    there = office(start or since, invitation.timezone, country, region)
    ahead = start if start is not None and start > since else None
    intent = case.decision.intent if case.decision else None
    if case.state is CaseState.ACKNOWLEDGED:
        yield from _afterwards(case, there, since, start)
    elif case.state in _NOT_SAID:
        yield from _before_anything_is_said(case, there, since, ahead)
    elif case.state in _LOST:
        yield from _lost(case, there, since, ahead)
    else:
        if case.state is CaseState.HANDED_OVER:
            yield from _was_it_sent(there, since)
        if intent not in NO_ANSWER_NEEDED:
            yield from _unanswered(case, there, since, ahead)
        elif case.state is CaseState.SENDING:
            yield from _last_calls(there, since, ahead)
        else:
            yield from _afterwards(case, there, since, start)


def _before_anything_is_said(
    case: Case, there: Office, since: datetime, start: datetime | None
) -> Iterator[Due]:
    deadline = case.invitation.reply_by
    if deadline is not None and deadline.at > since and case.state is CaseState.RECEIVED:
        at = there.moment_before(deadline.at, WORKING_DAY)
        yield Due(at=max(at, since + JUST_SAID), reminder=Reminder.REPLY_BY)
    if start is None:
        return
    for left in (2 * WORKING_DAY, WORKING_DAY, STILL_TIME_TO_CALL):
        at = there.moment_before(start, left)
        if at > since + JUST_SAID:
            yield Due(at=at, reminder=Reminder.NOTHING_SAID)
            break
    if case.decision is not None and case.decision.intent is not Intent.ACCEPT:
        yield from _last_calls(there, since, start)


def _was_it_sent(there: Office, since: datetime) -> Iterator[Due]:
    yield Due(at=since + JUST_HANDED_OVER, reminder=Reminder.WAS_IT_SENT)
    again = there.next_opening(since + timedelta(hours=12))
    yield Due(at=again, reminder=Reminder.WAS_IT_SENT)


def _unanswered(
    case: Case, there: Office, since: datetime, start: datetime | None
) -> Iterator[Due]:
    if start is None:
        if case.state is not CaseState.SENDING:
            unhurried = there.moment_after(since, UNHURRIED_ANSWER)
            yield Due(at=there.moment_before(unhurried, ROOM_FOR_A_CALL), reminder=Reminder.ASK)
        return
    call = there.moment_before(start, WORKING_DAY)
    ask = there.moment_before(there.moment_after(since, USUAL_ANSWER), ROOM_FOR_A_CALL)
    if ask < call and case.state is not CaseState.SENDING:
        yield Due(at=ask, reminder=Reminder.ASK)
    if call > since + JUST_SAID:
        yield from _the_evening_before(call, since)
        yield Due(at=call, reminder=Reminder.CALL)
    yield from _last_calls(there, since, start)


def _the_evening_before(call: datetime, since: datetime) -> Iterator[Due]:
    """Many a machine runs only in the evening, when nobody is there to be called."""
    evening = datetime.combine(call.date() - timedelta(days=1), EVENING, call.tzinfo)
    at = max(evening, since + JUST_SAID)
    if at.date() == evening.date():
        yield Due(at=at, reminder=Reminder.CALL_TOMORROW)


def _last_calls(there: Office, since: datetime, start: datetime | None) -> Iterator[Due]:
    """The last office hours in which a call still helps; right away where they are nearly over."""
    if start is None:
        return
    last = there.moment_before(start, STILL_TIME_TO_CALL)
    if last <= since + JUST_SAID:  # late, at night, at the weekend: when somebody is there
        last = min(there.next_opening(since + JUST_SAID), max(since, start - CALL_ONLY))
    yield Due(at=last, reminder=Reminder.CALL_NOW)


def _lost(case: Case, there: Office, since: datetime, start: datetime | None) -> Iterator[Due]:
    """Nobody there knows: at once, and on each working day until it is too late."""
    at = there.next_opening(since)
    if start is not None and at >= start:
        yield Due(at=since, reminder=Reminder.CALL_NOW)
        return
    if case.state is CaseState.UNCERTAIN:
        yield Due(at=since, reminder=Reminder.LOOK_IN_SENT)
    for _ in range(_MOST_CALLS):
        if start is not None and at >= start:
            break
        yield Due(at=at, reminder=Reminder.CALL)
        at = there.next_opening(
            datetime.combine(there.next_working_day(at.date()), time(), there.zone)
        )
    yield from _last_calls(there, since, start)


def _afterwards(
    case: Case, there: Office, since: datetime, start: datetime | None
) -> Iterator[Due]:
    """They know. What is left is the new date, the question after the visit, the outcome."""
    decision = case.decision
    if decision is None:
        return
    if decision.intent in _ASKS_FOR_ANOTHER_DAY and start in {s.start for s in decision.slots}:
        if start is not None:  # they have agreed to one of ours
            yield Due(at=there.moment_after(start, UNTIL_THE_OUTCOME), reminder=Reminder.OUTCOME)
    elif decision.intent in _ASKS_FOR_ANOTHER_DAY:
        yield Due(at=there.moment_after(since, UNHURRIED_ANSWER), reminder=Reminder.NEW_DATE)
    elif decision.intent is Intent.ACCEPT and start is not None:
        if decision.find_out:
            day_after = start.astimezone(there.zone).date() + timedelta(days=1)
            morning = datetime.combine(day_after, time(10), there.zone)
            yield Due(at=morning, reminder=Reminder.HOW_WAS_IT)
        yield Due(at=there.moment_after(start, UNTIL_THE_OUTCOME), reminder=Reminder.OUTCOME)
    elif decision.intent is Intent.CANCEL:
        yield Due(at=there.moment_after(since, UNTIL_THE_OUTCOME), reminder=Reminder.OUTCOME)
    elif decision.intent in _WITHDRAWN:
        for note in consequences(decision, _country(case), since):
            if note.duty is Duty.DELETE_DATA and note.due is not None:
                morning = datetime.combine(note.due, time(10), there.zone)
                yield Due(at=morning, reminder=Reminder.DATA)


def _country(case: Case) -> Country:
    return case.invitation.country or (case.voice.country if case.voice else Country.DE)
