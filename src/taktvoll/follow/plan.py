"""What to do next, and when: until the employer is known to know.

Sent is not arrived, arrived is not read. So every plan that changes an appointment ends with the
moment at which to call if nobody has answered, early enough in the employer's office hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from taktvoll.messages import say
from taktvoll.model import Brief, Channel, Country, Intent, Invitation, Language
from taktvoll.regions import region_of
from taktvoll.times import (
    HORIZON,
    WORKING_DAY,
    Level,
    Office,
    TimeLeft,
    begins,
    office,
    time_left,
)

# An answer within two working days is usual; three office hours before the appointment there is
# still time to reach somebody and for them to tell the others.
USUAL_ANSWER = 2 * WORKING_DAY
STILL_TIME_TO_CALL = timedelta(hours=3)

# Where no appointment is near, nobody has to hurry.
UNHURRIED_ANSWER = 5 * WORKING_DAY

# Whoever calls needs somebody who is still there, not the minute in which the office closes.
ROOM_FOR_A_CALL = timedelta(hours=1)

# Offices that open with the appointment itself may be staffed a little earlier.
TRY_BEFORE = timedelta(hours=1)


class Way(Protocol):
    """By what way the message goes: the one that counts, and what goes along with it."""

    @property
    def first(self) -> Channel:
        """The way that counts."""

    @property
    def then(self) -> Channel | None:
        """What goes along with it."""

    @property
    def why(self) -> str:
        """The key of the sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. ``due`` is when, on the employer's clock; None: no particular time.

    ``text`` is a key of the message catalogues; ``values`` fill it, ``due`` fills ``{when}``.
    """

    code: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do after the message is written.

    ``time_left`` and ``start`` are None where no start is known; ``check_back`` is when to call
    or ask if nobody has answered, None where no answer is waited for.
    """

    channel: Channel
    then: Channel | None
    why: str
    start: datetime | None
    time_left: TimeLeft | None
    steps: tuple[Step, ...]
    check_back: datetime | None
    phone: str | None
    booking_url: str | None
    country: Country


def next_steps(brief: Brief, way: Way, *, calendar_answered: bool) -> Plan:
    """The plan for ``brief`` by ``way``, as of ``brief.now``, the steps in the order of time.

    ``calendar_answered`` is whether a calendar answer goes along with the mail.
    """
    invitation, now = brief.invitation, brief.now
    country = invitation.country or brief.voice.country
    start = begins(invitation)
    region = region_of(invitation.location, country)
    left = time_left(now, start, invitation.timezone, country, region) if start else None
    there = office(start or now, invitation.timezone, country, region)
    check_back = _check_back(brief, way, there, start, left)
    steps = [
        *_now_and_soon(invitation, way, there, start, left, now),
        *_afterwards(brief, way, calendar_answered, check_back, left),
    ]
    return Plan(
        channel=way.first,
        then=way.then,
        why=way.why,
        start=start,
        time_left=left,
        steps=tuple(steps),
        check_back=check_back,
        phone=invitation.contact.phone,
        booking_url=invitation.booking_url,
        country=country,
    )


def plan_json(
    plan: Plan,
    language: Language,
    *,
    recipients: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> dict[str, object]:
    """The plan as ``next.json`` holds it; ``notes`` are sentences that belong to it."""
    left = plan.time_left
    return {
        "channel": plan.channel,
        "then": plan.then,
        "why": say(plan.why, language),
        "start": plan.start.isoformat() if plan.start else None,
        "time_left": left
        and {
            "seconds": int(left.total.total_seconds()),
            "working_seconds": int(left.working.total_seconds()),
            "level": left.level,
        },
        "steps": [
            {
                "code": step.code,
                "text": step_text(step, language, plan.country),
                "due": step.due.isoformat() if step.due else None,
            }
            for step in plan.steps
        ],
        "check_back": plan.check_back.isoformat() if plan.check_back else None,
        "phone": plan.phone,
        "booking_url": plan.booking_url,
        "recipients": list(recipients),
        "notes": list(notes),
    }


def step_text(step: Step, language: Language, country: Country | None = None) -> str:
    """What a person reads of ``step``: weekday, day and hour as ``country`` writes them."""
    when = _spoken(step.due, language, country) if step.due else ""
    return say(step.text, language, when=when, **step.values)


def _check_back(
    brief: Brief, way: Way, there: Office, start: datetime | None, left: TimeLeft | None
) -> datetime | None:
    if brief.decision.intent in NO_ANSWER_NEEDED:
        return None
    if left is None or start is None or left.level is Level.PAST:
        unhurried = there.moment_after(brief.now, UNHURRIED_ANSWER)
        return there.moment_before(unhurried, ROOM_FOR_A_CALL)
    if Channel.PHONE in (way.first, way.then):
        return None  # they call anyway; whoever has spoken to somebody need not ask again
    if left.level is not Level.PLENTY:
        return _when_somebody_is_there(there, start, brief.now)
    usual = there.moment_before(there.moment_after(brief.now, USUAL_ANSWER), ROOM_FOR_A_CALL)
    latest = there.moment_before(min(start, brief.now + HORIZON), STILL_TIME_TO_CALL)
    return min(usual, latest)


NO_ANSWER_NEEDED = frozenset({Intent.ACCEPT, Intent.LATE})


def _now_and_soon(
    invitation: Invitation,
    way: Way,
    there: Office,
    start: datetime | None,
    left: TimeLeft | None,
    now: datetime,
) -> Iterator[Step]:
    """The ways in the order in which they can be gone: nobody answers a phone at night."""
    steps = []
    for channel in (way.first, way.then):
        if channel is Channel.PHONE:
            steps.append(_call(invitation, there, start, left, now))
        elif channel is not None:
            values = {"url": invitation.booking_url or ""}
            steps.append(Step(code=channel, text=f"follow.{channel}", values=values, due=now))
    called = False
    for step in sorted(steps, key=lambda step: step.due or now):
        called = called or step.code == Channel.PHONE
        said_already = called and step.code == Channel.MAIL
        yield replace(step, text="follow.mail_after_call") if said_already else step
    if called:
        yield Step(code="note_call", text="follow.note_call")


def _call(
    invitation: Invitation,
    there: Office,
    start: datetime | None,
    left: TimeLeft | None,
    now: datetime,
) -> Step:
    phone = invitation.contact.phone
    values = {"phone": phone} if phone else {}
    suffix = "" if phone else "_no_number"
    ahead = start if start and start > now else None
    due = _when_somebody_is_there(there, ahead, now)
    if due <= now or (left and left.level is Level.LESS_THAN_TWO_HOURS):
        return Step(code="phone", text=f"follow.call_now{suffix}", values=values, due=now)
    early = ahead is not None and due < there.next_opening(now)
    text = f"follow.call_early{suffix}" if early else f"follow.call_at{suffix}"
    return Step(code="phone", text=text, values=values, due=due)


def _when_somebody_is_there(there: Office, start: datetime | None, now: datetime) -> datetime:
    """The next opening; where they open no earlier than ``start``, a little before it."""
    opens = there.next_opening(now)
    if start is None or opens < start:
        return opens
    return max(now, start - TRY_BEFORE).astimezone(there.zone)


def _afterwards(
    brief: Brief,
    way: Way,
    calendar_answered: bool,
    check_back: datetime | None,
    left: TimeLeft | None,
) -> Iterator[Step]:
    if calendar_answered:
        yield Step(code="calendar", text="follow.calendar_answered")
    ahead = left is not None and left.level is not Level.PAST
    if ahead and brief.decision.intent in _TAKES_AWAY:
        yield Step(code="keep_date", text="follow.keep_date")
    if brief.decision.intent is Intent.ACCEPT and ahead:
        yield Step(code="go", text="follow.go")
    if check_back is None:
        return
    phone = brief.invitation.contact.phone
    if not ahead:
        yield Step(code="check_back", text="follow.ask_again", due=check_back)
    elif phone:
        text, values = "follow.check_back", {"phone": phone}
        yield Step(code="check_back", text=text, values=values, due=check_back)
    else:
        yield Step(code="check_back", text="follow.check_back_no_number", due=check_back)


_TAKES_AWAY = frozenset(
    {
        Intent.RESCHEDULE,
        Intent.CHANGE_FORMAT,
        Intent.CANCEL,
        Intent.WITHDRAW_BEFORE,
        Intent.WITHDRAW_AFTER,
    }
)


def _spoken(moment: datetime, language: Language, country: Country | None) -> str:
    from babel.dates import format_datetime

    # the moment carries the employer's zone; babel would turn it into UTC without tzinfo
    locale, pattern = _WRITTEN.get((language, country)) or _WRITTEN[language, None]
    return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=locale)


_WRITTEN: Mapping[tuple[Language, Country | None], tuple[str, str]] = {
    (Language.DE, None): ("de", "EEEE, d. MMMM, H:mm 'Uhr'"),
    (Language.DE, Country.AT): ("de_AT", "EEEE, d. MMMM, H:mm 'Uhr'"),
    (Language.DE, Country.CH): ("de_CH", "EEEE, d. MMMM, H.mm 'Uhr'"),
    (Language.EN, None): ("en_GB", "EEEE d MMMM, h:mm a"),
    (Language.EN, Country.US): ("en_US", "EEEE, MMMM d, h:mm a"),
}
