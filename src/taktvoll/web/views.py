"""What a page shows of the records: words, days and hours as the person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from taktvoll.agenda import Reminder, reminder_at
from taktvoll.case import Case, CaseState
from taktvoll.desk import Answer
from taktvoll.in_words import appointment_text, contact_text
from taktvoll.messages import say
from taktvoll.model import Invitation, Language
from taktvoll.send import letter
from taktvoll.times import CALL_ONLY, Level, begins

Say = Callable[..., str]


def render(template: str, language: Language, **values: Any) -> str:
    """A page. ``t`` in it says sentences of the catalogues."""

    def t(key: str, /, **slots: object) -> str:
        return say(key, language, **slots)

    return _environment().get_template(template).render(t=t, language=language, **values)


def link(url: str | None) -> str | None:
    """``url`` where it may be followed by hand: https, and nothing else."""
    return url if url and urlsplit(url).scheme == "https" else None


def fields(invitation: Invitation) -> dict[str, str]:
    """The facts as the fields of the form in which they are corrected."""
    start = invitation.start and invitation.local(invitation.start)
    contact = invitation.contact
    return {
        "company": invitation.company or "",
        "position": invitation.position or "",
        "reference": invitation.reference or "",
        "contact": contact_text(contact, invitation.language),
        "email": contact.email or invitation.sender.email or "",
        "phone": contact.phone or "",
        "day": f"{start:%Y-%m-%d}" if start else "",
        "hour": f"{start:%H:%M}" if start and not invitation.all_day else "",
        "timezone": invitation.timezone or "",
        "country": invitation.country or "",
        "format": invitation.format or "",
        "location": invitation.location or "",
        "meeting_url": invitation.meeting_url or "",
        "booking_url": invitation.booking_url or "",
    }


def case_text(case: Case, language: Language) -> str:
    """What a case is about, in a few words: "Nordlicht Logistik GmbH · Disponentin"."""
    invitation = case.invitation
    parts = (invitation.company, invitation.position)
    return " · ".join(part for part in parts if part) or say("web.cases.nameless", language)


def when_text(case: Case, language: Language) -> str | None:
    """When the interview of a case is."""
    return appointment_text(case.invitation, language)


@dataclass(frozen=True, slots=True)
class Left:
    """The time left before an interview: in words, and as a part of two weeks."""

    words: str
    part: float
    level: Level


def left(invitation: Invitation, now: datetime, language: Language) -> Left | None:
    """How much time is left before the interview; None where no start is known."""
    start = begins(invitation)
    if start is None:
        return None
    if start <= now:
        ago = duration_text(now - start, language)
        return Left(say("web.left.past", language, time=ago), 0.0, Level.PAST)
    total = start - now
    if total < CALL_ONLY:
        level = Level.LESS_THAN_TWO_HOURS
    elif total < timedelta(days=1):
        level = Level.LESS_THAN_A_WORKING_DAY
    else:
        level = Level.PLENTY
    words = say("web.left", language, time=duration_text(total, language))
    # the root gives the last day as much room as the ten before it
    return Left(words, min(total / _FULL_BAR, 1.0) ** 0.5, level)


_FULL_BAR = timedelta(days=14)


def duration_text(length: timedelta, language: Language) -> str:
    """ "6 Tage", "3 Stunden", "1 Stunde 40 Minuten"."""
    from babel.dates import format_timedelta

    locale = _LOCALES[language]
    if length < timedelta(hours=2):
        length = timedelta(minutes=max(1, round(length.total_seconds() / 60)))
        hours, minutes = divmod(int(length.total_seconds() // 60), 60)
        parts = (timedelta(hours=hours), timedelta(minutes=minutes))
        return " ".join(format_timedelta(p, threshold=1, locale=locale) for p in parts if p)
    threshold = 2 if length < timedelta(days=21) else 1.2
    return format_timedelta(length, threshold=threshold, locale=locale)


_LOCALES = {Language.DE: "de", Language.EN: "en_GB"}


def next_step(case: Case, now: datetime) -> tuple[str, str]:
    """The step to go on with, and the key of what its button says."""
    doubtful = bool(case.invitation.doubts) or begins(case.invitation) is None
    step, word = {
        CaseState.RECEIVED: ("read", "settle") if doubtful else ("decide", "decide"),
        CaseState.CALLED_OFF: ("follow", "look"),
        CaseState.DECIDED: ("write", "write"),
        CaseState.WRITTEN: ("send", "send"),
        CaseState.SENDING: ("send", "look"),
        CaseState.SENT: ("follow", "look"),
        CaseState.UNCERTAIN: ("follow", "sent"),
        CaseState.NOT_DELIVERED: ("write", "call"),
        CaseState.HANDED_OVER: ("follow", "sent"),
        CaseState.CONFIRMED_BY_PERSON: ("follow", "look"),
        CaseState.ACKNOWLEDGED: ("follow", "look"),
        CaseState.CLOSED: ("follow", "look"),
    }[case.state]
    if word == "look" and pressing(case, now) in _TO_BE_ASKED:
        word = "ask"
    start = begins(case.invitation)
    if word == "send" and start is not None and now < start < now + CALL_ONLY:
        step, word = "write", "call"
    return step, f"web.next.{word}"


LOOK = "web.next.look"  # nothing has to be done


def pressing(case: Case, now: datetime) -> Reminder | None:
    """What ``case`` needs now: also what the person has been told already and has not done."""
    return reminder_at(replace(case, reminded_at=None), now)


def mailto(answer: Answer) -> str:
    """The letter as a link for the mail program; without a recipient the person fills that in."""
    to = answer.recipients[0] if answer.recipients else ""
    return letter.mailto(to, answer.letter.subject or "", answer.letter.text)


def tel(phone: str | None) -> str:
    """A number as a link for the telephone (RFC 3966): digits and a leading plus."""
    number = (phone or "").strip()
    return "tel:" + "+" * number.startswith("+") + "".join(re.findall(r"[0-9]", number))


def _plain(value: object) -> object:
    """Without the characters that turn the direction of a line around, whoever brought them."""
    if isinstance(value, str) and _TURNING.search(value):
        return type(value)(_TURNING.sub("", value))
    return value


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


_TO_BE_ASKED = frozenset(
    {Reminder.ASK, Reminder.CALL, Reminder.CALL_NOW, Reminder.CALL_TOMORROW, Reminder.NEW_DATE}
)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("taktvoll.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=_plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
