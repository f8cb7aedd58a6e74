"""What a page shows of the records: words, days and hours as the person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from taktvoll.case import Case
from taktvoll.desk import Answer
from taktvoll.messages import say
from taktvoll.model import Contact, Gender, Intent, Invitation, Language, Moment
from taktvoll.times import begins

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of what was understood. ``url`` is an https link that may be followed by hand."""

    label: str
    value: str
    url: str | None = None


def render(template: str, language: Language, **values: Any) -> str:
    """A page. ``t`` in it says sentences of the catalogues."""

    def t(key: str, /, **slots: object) -> str:
        return say(key, language, **slots)

    return _environment().get_template(template).render(t=t, language=language, **values)


def understood(invitation: Invitation, language: Language) -> list[Fact]:
    """What was read, a row a fact, the appointment first; nothing that is not known."""
    return [
        Fact(label=say(f"fact.{name}", language), value=value, url=url)
        for name, value, url in _facts(invitation, language)
        if value
    ]


def _facts(
    invitation: Invitation, language: Language
) -> Iterator[tuple[str, str | None, str | None]]:
    yield "start", _appointment(invitation, language), None
    slots = [moment_text(invitation.local(s.start), language) for s in invitation.proposed_slots]
    yield "proposed_slots", " · ".join(slots), None
    yield "company", invitation.company, None
    yield "position", invitation.position, None
    yield "reference", invitation.reference, None
    yield "contact", " · ".join(_contact_parts(invitation)), None
    if invitation.format:
        yield "format", say(f"web.format.{invitation.format}", language), None
    yield "location", invitation.location, None
    yield "timezone", invitation.timezone if invitation.start else None, None
    for name, url in (
        ("meeting_url", invitation.meeting_url),
        ("booking_url", invitation.booking_url),
    ):
        yield name, url, url if url and urlsplit(url).scheme == "https" else None
    if invitation.reply_by:
        yield "reply_by", day_or_moment(invitation.reply_by, language), None


def _appointment(invitation: Invitation, language: Language) -> str | None:
    if invitation.start is None:
        return None
    start = invitation.local(invitation.start)
    if invitation.all_day:
        return day_text(start, language)
    if invitation.end is None:
        return moment_text(start, language)
    hours = (
        _written(start, "hours", language),
        _written(invitation.local(invitation.end), "time", language),
    )
    return f"{day_text(start, language)}, {hours[0]}–{hours[1]}"


def _contact_parts(invitation: Invitation) -> Iterator[str]:
    contact = invitation.contact
    for part in (contact_text(contact, invitation.language), contact.email, contact.phone):
        if part:
            yield part


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
    return {
        "company": invitation.company or "",
        "position": invitation.position or "",
        "contact": contact_text(invitation.contact, invitation.language),
        "email": invitation.contact.email or invitation.sender.email or "",
        "day": f"{start:%Y-%m-%d}" if start else "",
        "hour": f"{start:%H:%M}" if start and not invitation.all_day else "",
        "timezone": invitation.timezone or "",
        "country": invitation.country or "",
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
    from babel.dates import format_datetime

    locale, pattern = _PATTERNS[language, what]
    # babel would turn the moment into UTC without tzinfo
    return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=locale)


_PATTERNS = {
    (Language.DE, "day"): ("de", "EEEE, d. MMMM y"),
    (Language.DE, "time"): ("de", "H:mm 'Uhr'"),
    (Language.DE, "hours"): ("de", "H:mm"),
    (Language.EN, "day"): ("en_GB", "EEEE d MMMM y"),
    (Language.EN, "time"): ("en_GB", "h:mm a"),
    (Language.EN, "hours"): ("en_GB", "h:mm a"),
}


def case_text(case: Case, language: Language) -> str:
    """A case in one line: what, where, when."""
    invitation = case.invitation
    start = begins(invitation)
    parts = (
        invitation.company,
        invitation.position,
        day_text(invitation.local(start), language) if start else None,
    )
    return " · ".join(part for part in parts if part)


def intents(invitation: Invitation, now: datetime) -> tuple[tuple[Intent, ...], tuple[Intent, ...]]:
    """The intents that are likely now, and the others."""
    start = begins(invitation)
    likely = _AFTER if start is not None and start <= now else _BEFORE
    if start is not None and abs(start - now) < _SAME_DAY:
        likely = (Intent.LATE, *likely)
    return likely, tuple(intent for intent in Intent if intent not in likely)


_SAME_DAY = timedelta(hours=6)  # before that nobody knows that they will be late

_BEFORE = (
    Intent.RESCHEDULE,
    Intent.CANCEL,
    Intent.WITHDRAW_BEFORE,
    Intent.ACCEPT,
)

_AFTER = (
    Intent.WITHDRAW_AFTER,
    Intent.NO_SHOW_APOLOGY,
    Intent.INTERVIEWER_ABSENT,
    Intent.DECLINE_OFFER,
    Intent.ASK_TIME,
)


def mailto(answer: Answer) -> str:
    """The letter as a link for the mail program (RFC 6068): plain text, without the thread."""
    to = ",".join(quote(address, safe="@") for address in answer.recipients[:1])
    body = quote(answer.letter.text.replace("\n", "\r\n"), safe="")
    return f"mailto:{to}?subject={quote(answer.letter.subject or '', safe='')}&body={body}"


def tel(phone: str | None) -> str:
    """A number as a link for the telephone (RFC 3966): digits and a leading plus."""
    number = (phone or "").strip()
    return "tel:" + "+" * number.startswith("+") + "".join(re.findall(r"[0-9]", number))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("taktvoll.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
