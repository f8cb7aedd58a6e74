"""What a page shows of the records: words, days and hours as the person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from taktvoll.agenda import Reminder, reminder_at
from taktvoll.case import Case, CaseState
from taktvoll.desk import Answer
from taktvoll.messages import say
from taktvoll.model import Contact, Gender, Invitation, Language, Moment
from taktvoll.send import letter
from taktvoll.times import CALL_ONLY, Level, begins

Say = Callable[..., str]


def render(template: str, language: Language, **values: Any) -> str:
    """A page. ``t`` in it says sentences of the catalogues."""

    def t(key: str, /, **slots: object) -> str:
        return say(key, language, **slots)

    return _environment().get_template(template).render(t=t, language=language, **values)


def appointment_text(invitation: Invitation, language: Language) -> str | None:
    """ "Mittwoch, 9. Dezember 2026, 10:00–11:00 Uhr"; None where no day is known."""
    return _appointment(invitation, language)


def link(url: str | None) -> str | None:
    """``url`` where it may be followed by hand: https, and nothing else."""
    return url if url and urlsplit(url).scheme == "https" else None


def start_text(invitation: Invitation, start: datetime, language: Language) -> str:
    """``start`` in place of when ``invitation`` begins: the day, and the hour if it is known."""
    return (day_text if invitation.all_day else moment_text)(start, language)


def _appointment(invitation: Invitation, language: Language) -> str | None:
    if invitation.start is None:
        return None
    start = invitation.local(invitation.start)
    if invitation.all_day or invitation.end is None:
        return start_text(invitation, start, language)
    hours = (
        _written(start, "hours", language),
        _written(invitation.local(invitation.end), "time", language),
    )
    return f"{day_text(start, language)}, {hours[0]}–{hours[1]}"


def contact_text(contact: Contact, language: Language) -> str:
    """Somebody as one says it: "Frau Dr. Katrin Behrens"."""
    word = _GENDER_WORDS[language][contact.gender] if contact.gender and contact.name else ""
    return " ".join(part for part in (word, contact.title, contact.name) if part)


_GENDER_WORDS: Mapping[Language, Mapping[Gender, str]] = {
    Language.DE: {Gender.FEMALE: "Frau", Gender.MALE: "Herr"},
    Language.EN: {Gender.FEMALE: "Ms", Gender.MALE: "Mr"},
}


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


def moment_text(moment: datetime, language: Language) -> str:
    """ "Mittwoch, 9. Dezember 2026, 10:00 Uhr"."""
    return f"{day_text(moment, language)}, {_written(moment, 'time', language)}"


def day_text(moment: datetime, language: Language) -> str:
    """ "Mittwoch, 9. Dezember 2026"."""
    return _written(moment, "day", language)


def day_or_moment(moment: Moment, language: Language) -> str:
    """The day, and the hour where it is known."""
    return (day_text if moment.whole_day else moment_text)(moment.at, language)


def _written(moment: datetime, what: str, language: Language) -> str:
    # the words depend on the hands of the clock alone; equal moments may stand on different clocks
    return _formatted(moment.replace(tzinfo=None), what, language)


@lru_cache(maxsize=4096)
def _formatted(on_the_clock: datetime, what: str, language: Language) -> str:
    from babel.dates import format_datetime

    locale, pattern = _PATTERNS[language, what]
    return format_datetime(on_the_clock, pattern, locale=locale)


_PATTERNS = {
    (Language.DE, "day"): ("de", "EEEE, d. MMMM y"),
    (Language.DE, "time"): ("de", "H:mm 'Uhr'"),
    (Language.DE, "short"): ("de", "d. MMM y, H:mm 'Uhr'"),
    (Language.EN, "short"): ("en_GB", "d MMM y, h:mm a"),
    (Language.DE, "axis"): ("de", "d. MMM"),
    (Language.EN, "axis"): ("en_GB", "d MMM"),
    (Language.DE, "hours"): ("de", "H:mm"),
    (Language.EN, "day"): ("en_GB", "EEEE d MMMM y"),
    (Language.EN, "time"): ("en_GB", "h:mm a"),
    (Language.EN, "hours"): ("en_GB", "h:mm a"),
}


def case_text(case: Case, language: Language) -> str:
    """What a case is about, in a few words: "Nordlicht Logistik GmbH · Disponentin"."""
    invitation = case.invitation
    parts = (invitation.company, invitation.position)
    return " · ".join(part for part in parts if part) or say("web.cases.nameless", language)


def when_text(case: Case, language: Language) -> str | None:
    """When the interview of a case is."""
    return _appointment(case.invitation, language)


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


def short_text(moment: datetime, language: Language) -> str:
    """A moment on this machine's clock, briefly: "2. Dez., 18:30"."""
    return _written(moment.astimezone(), "short", language)


def axis_text(moment: datetime, language: Language) -> str:
    """A day at the edge of a picture: "7. Dez."."""
    return _written(moment, "axis", language)


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
