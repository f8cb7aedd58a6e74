"""By what way the message reaches somebody there in time: the second guideline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from taktvoll.decide.duties import refusal
from taktvoll.decide.hours import time_left_for
from taktvoll.decide.intents import CHANGES_APPOINTMENT
from taktvoll.model import Channel, Decision, Intent, Invitation
from taktvoll.times import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAdvice:
    """The way that counts, what goes along with it, and the key of the sentence that says why."""

    first: Channel
    then: Channel | None
    why: str


def channel(invitation: Invitation, decision: Decision, now: datetime) -> ChannelAdvice:
    """The right way for ``decision`` as of ``now``.

    Less than two hours before: call. The employer's own booking link comes before a mail. Less
    than a working day before: call and write. A signed contract: never by mail.
    """
    if refusal(decision.duties, decision.intent):
        return _advice(Channel.PAPER, Channel.PHONE, "contract")
    level = _level(invitation, now)
    if decision.intent in _NOW_IN_THE_ROOM:
        return _advice(Channel.PHONE, Channel.MAIL, "call_now")
    if decision.intent not in _IN_TIME or level is Level.PAST:
        return _advice(Channel.MAIL, None, "mail")
    return _before_the_appointment(invitation, decision.intent, level)


def _before_the_appointment(
    invitation: Invitation, intent: Intent, level: Level | None
) -> ChannelAdvice:
    if level is Level.LESS_THAN_TWO_HOURS:
        return _advice(Channel.PHONE, Channel.MAIL, "call_now")
    short = level is Level.LESS_THAN_A_WORKING_DAY
    if invitation.booking_url and intent in _BY_BOOKING_LINK:
        then = Channel.PHONE if short else Channel.MAIL
        return _advice(Channel.BOOKING_LINK, then, "booking_link")
    if short:
        return _advice(Channel.PHONE, Channel.MAIL, "call_and_write")
    return _advice(Channel.MAIL, None, "mail")


# What has to arrive before the appointment; a nudge asks whether such a message did.
_IN_TIME = CHANGES_APPOINTMENT | {Intent.NUDGE}

_NOW_IN_THE_ROOM = frozenset({Intent.LATE, Intent.INTERVIEWER_ABSENT})

_BY_BOOKING_LINK = frozenset({Intent.RESCHEDULE, Intent.CANCEL, Intent.WITHDRAW_BEFORE})


def _level(invitation: Invitation, now: datetime) -> Level | None:
    left = time_left_for(invitation, now)
    return left.level if left else None


def _advice(first: Channel, then: Channel | None, why: str) -> ChannelAdvice:
    return ChannelAdvice(first=first, then=then, why=f"channel.{why}")
