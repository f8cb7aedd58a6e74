"""What a person can do, and what we recommend: the first of the three guidelines.

Be sure first. Whoever is not certain goes, to find out; whoever is certain does not go for show;
whoever cannot come moves the appointment. The person decides, we give reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from taktvoll.decide.duties import OFFICES, YES
from taktvoll.decide.hours import time_left_for
from taktvoll.model import Duty, InterviewFormat, Invitation, Option, Reason, Sureness
from taktvoll.times import Level, TimeLeft, begins

# Cannot come then, and says nothing on whether they want the job.
CLASHES = frozenset(
    {
        Reason.SCHEDULE_CONFLICT,
        Reason.ILLNESS,
        Reason.CARE,
        Reason.FAMILY_EMERGENCY,
        Reason.BEREAVEMENT,
        Reason.TRAVEL,
        Reason.EXAM,
        Reason.NO_LEAVE,
    }
)

# Facts that settle it, however sure somebody feels.
SETTLED = frozenset({Reason.OTHER_OFFER, Reason.STAYING})

# How long after the start "I am still on my way" makes sense.
STILL_ON_THE_WAY = timedelta(hours=1)

# Before that, nobody knows that they will be late.
LATE_FROM = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the person told us. ``confirmed``: they have accepted the appointment before."""

    sureness: Sureness = Sureness.UNSURE
    reason: Reason = Reason.NONE
    afraid: bool = False
    confirmed: bool | None = None
    moved_by_employer: int = 0
    moved_by_person: int = 0
    duties: Mapping[Duty, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One sentence of the message catalogues, with its values."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that the person can do, and what speaks for it or is worth knowing."""

    option: Option
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The choices, the recommended one first. ``notes`` are for the person, whatever they choose.

    ``time_left`` is None where no start is known.
    """

    choices: tuple[Choice, ...]
    recommended: Option
    notes: tuple[Why, ...]
    time_left: TimeLeft | None


def options(invitation: Invitation, answers: Answers, now: datetime) -> Advice:
    """What the person can do about ``invitation`` as of ``now``, with reasons."""
    start = begins(invitation)
    left = time_left_for(invitation, now)
    level = left.level if left else None
    if start is not None and level is Level.PAST:
        possible = _possible_after(start, now)
        recommended = _recommend_after(answers)
    else:
        possible = _possible_before(invitation, left)
        recommended = _recommend_before(invitation, answers, level)
    order = [recommended, *(option for option in possible if option is not recommended)]
    return Advice(
        choices=tuple(
            Choice(option=option, why=tuple(_why(option, invitation, answers, level)))
            for option in order
        ),
        recommended=recommended,
        notes=tuple(_notes(answers, past=level is Level.PAST)),
        time_left=left,
    )


def _possible_before(invitation: Invitation, left: TimeLeft | None) -> Iterator[Option]:
    yield from (Option.GO, Option.GO_AND_FIND_OUT, Option.MOVE)
    if invitation.format in (None, InterviewFormat.ONSITE):
        yield Option.CHANGE_FORMAT
    if left is not None and left.total < LATE_FROM:
        yield Option.LATE
    yield from (Option.CANCEL, Option.WITHDRAW)


def _recommend_before(invitation: Invitation, answers: Answers, level: Level | None) -> Option:
    if answers.reason in CLASHES:
        return _around_a_clash(invitation, answers.reason, level)
    if answers.reason in SETTLED and answers.sureness is not Sureness.RATHER_YES:
        return Option.WITHDRAW
    if answers.afraid:
        return Option.GO_AND_FIND_OUT
    if answers.sureness is Sureness.SURELY_NOT:
        return Option.WITHDRAW
    if answers.sureness is Sureness.RATHER_YES:
        return Option.GO
    return Option.GO_AND_FIND_OUT


def _around_a_clash(invitation: Invitation, reason: Reason, level: Level | None) -> Option:
    # Even who surely does not want to go moves first: that can be taken back, leaving cannot.
    if reason is Reason.TRAVEL and level is Level.LESS_THAN_TWO_HOURS:
        return Option.LATE
    if reason is Reason.TRAVEL and invitation.format is InterviewFormat.ONSITE:
        return Option.CHANGE_FORMAT
    return Option.MOVE


def _possible_after(start: datetime, now: datetime) -> Iterator[Option]:
    if now - start < STILL_ON_THE_WAY:
        yield Option.LATE
    yield from (Option.GO, Option.MOVE, Option.WITHDRAW)


def _recommend_after(answers: Answers) -> Option:
    if answers.reason is Reason.MISTAKE or answers.reason in CLASHES:
        return Option.MOVE  # it was missed: apologise, and ask for another date
    settled = answers.reason in SETTLED and answers.sureness is not Sureness.RATHER_YES
    sure = answers.sureness is Sureness.SURELY_NOT
    return Option.WITHDRAW if sure or settled else Option.GO


def _why(
    option: Option, invitation: Invitation, answers: Answers, level: Level | None
) -> Iterator[Why]:
    past = level is Level.PAST
    yield Why(key=f"options.{option}.after" if past else f"options.{option}.why")
    if past:
        return
    if option is Option.GO and invitation.start is None and _has_choice(invitation):
        yield Why(key="options.go.choose_time")
    if option in (Option.MOVE, Option.CANCEL) and invitation.booking_url:
        yield Why(key="options.booking_link")
    if option is Option.MOVE and answers.moved_by_person:
        yield Why(key="options.move.again")
    if option is Option.WITHDRAW and answers.moved_by_employer > 1:
        yield Why(key="options.moved_often", values={"count": str(answers.moved_by_employer)})
    if option in _CHANGES:
        if answers.confirmed:
            yield Why(key="options.confirmed")
        if level is Level.LESS_THAN_TWO_HOURS:
            yield Why(key="options.call_now")
        elif level is Level.LESS_THAN_A_WORKING_DAY:
            yield Why(key="options.call_and_write")
    if option is Option.WITHDRAW and answers.duties.get(Duty.CONTRACT) == YES:
        yield Why(key="options.contract")
    if option in _SAYS_NO and any(answers.duties.get(office) == YES for office in OFFICES):
        yield Why(key="options.office")


_CHANGES = (Option.MOVE, Option.CHANGE_FORMAT, Option.CANCEL, Option.WITHDRAW)
_SAYS_NO = (Option.CANCEL, Option.WITHDRAW)


_OPEN = (Sureness.UNSURE, Sureness.RATHER_NOT)


def _has_choice(invitation: Invitation) -> bool:
    return bool(invitation.proposed_slots or invitation.booking_url)


def _notes(answers: Answers, *, past: bool) -> Iterator[Why]:
    yield Why(key="options.calm")
    if past and answers.sureness in _OPEN:
        yield Why(key="options.found_out")  # who went to find out is asked what they found
    if answers.afraid:
        yield Why(key="options.afraid")
