"""Facts typed by the person: where there is no file, or where they correct what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from taktvoll.language.addressee import parse_addressee
from taktvoll.language.places import ZONE_OF
from taktvoll.model import (
    Contact,
    Country,
    DoubtCode,
    Evidence,
    InterviewFormat,
    Invitation,
    Language,
    Mailbox,
)

_ABOUT_START = frozenset(
    {
        DoubtCode.WEEKDAY_MISMATCH,
        DoubtCode.ICS_PROSE_CONFLICT,
        DoubtCode.MISSING_YEAR,
        DoubtCode.AMBIGUOUS_DATE,
        DoubtCode.UNKNOWN_TIMEZONE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the person typed; None is not typed.

    ``start`` may be naive: it is then on the employer's clock. At midnight without a time, it is
    the day that is known, not the hour.
    """

    company: str | None = None
    position: str | None = None
    contact: str | None = None
    email: str | None = None
    start: datetime | None = None
    whole_day: bool = False
    timezone: str | None = None
    country: Country | None = None
    phone: str | None = None
    reference: str | None = None
    format: InterviewFormat | None = None
    location: str | None = None
    meeting_url: str | None = None
    booking_url: str | None = None
    cleared: frozenset[str] = frozenset()  # names of the facts above that are not so


def typed_invitation(facts: Facts, language: Language | None) -> Invitation:
    """An invitation that nobody wrote down: a phone call, a messenger line, a screen."""
    if language is None:
        speaks_english = facts.country in (Country.GB, Country.US, Country.IE)
        language = Language.EN if speaks_english else Language.DE
    return with_facts(Invitation(language=language), facts)


def with_facts(invitation: Invitation, facts: Facts) -> Invitation:
    """``invitation`` with the typed facts in place of what was read."""
    invitation = _without(invitation, facts.cleared)
    zone = facts.timezone or _zone_of(facts.country) or invitation.timezone
    corrected = replace(
        invitation,
        company=facts.company or invitation.company,
        position=facts.position or invitation.position,
        reference=facts.reference or invitation.reference,
        country=facts.country or invitation.country,
        contact=_contact(invitation.contact, facts),
        format=facts.format or invitation.format,
        location=facts.location or invitation.location,
        meeting_url=facts.meeting_url or invitation.meeting_url,
        booking_url=facts.booking_url or invitation.booking_url,
    )
    if facts.email:
        corrected = replace(corrected, sender=Mailbox(email=facts.email))
    if facts.start is None:
        return _in_zone(corrected, facts.timezone) if facts.timezone else corrected
    start = facts.start
    if start.tzinfo is None:
        start = start.replace(tzinfo=ZoneInfo(zone or "Europe/Berlin"))
    length = _length(invitation)
    return replace(
        corrected,
        start=start,
        end=start + length if length else None,
        all_day=facts.whole_day,
        timezone=zone,
        doubts=tuple(doubt for doubt in invitation.doubts if doubt.code not in _ABOUT_START),
    )


def noted_as_typed(before: Invitation, after: Invitation) -> Invitation:
    """``after`` with the evidence of what differs from ``before``: the person typed it."""
    evidence = {fact: e for fact, e in after.evidence.items() if e.text != TYPED}
    values: dict[str, str] = {}
    for fact, read in _FACTS.items():
        noted = before.evidence.get(fact)
        if read(before) != read(after) or (noted is not None and noted.text == TYPED):
            evidence.pop(fact, None)
            if value := read(after):
                values[fact] = str(value)
    text = ""
    for fact, value in values.items():
        start, text = len(text), f"{text}{value}\n"
        evidence[fact] = Evidence(text=TYPED, quote=value, start=start, end=start + len(value))
    texts = {name: each for name, each in after.texts.items() if name != TYPED}
    return replace(after, evidence=evidence, texts=texts | ({TYPED: text} if text else {}))


TYPED = "typed"  # the text of ``Invitation.texts`` that holds what the person knows better

_FACTS: Mapping[str, Callable[[Invitation], object]] = {
    "start": lambda i: i.start and i.start.isoformat(),
    "company": lambda i: i.company,
    "position": lambda i: i.position,
    "reference": lambda i: i.reference,
    "contact.name": lambda i: i.contact.name,
    "contact.email": lambda i: i.contact.email,
    "contact.phone": lambda i: i.contact.phone,
    "format": lambda i: i.format,
    "location": lambda i: i.location,
    "timezone": lambda i: i.timezone,
    "country": lambda i: i.country,
    "meeting_url": lambda i: i.meeting_url,
    "booking_url": lambda i: i.booking_url,
}


def _without(invitation: Invitation, names: frozenset[str]) -> Invitation:
    gone: dict[str, Any] = {name: None for name in _CLEARED if name in names}
    if "start" in names:
        gone |= {"start": None, "end": None, "all_day": False}
    contact = invitation.contact
    if "contact" in names:
        contact = Contact(email=contact.email, phone=contact.phone)
    email = None if "email" in names else contact.email
    phone = None if "phone" in names else contact.phone
    return replace(invitation, **gone, contact=replace(contact, email=email, phone=phone))


_CLEARED = (
    "company",
    "position",
    "reference",
    "country",
    "format",
    "location",
    "meeting_url",
    "booking_url",
)


def _zone_of(country: Country | None) -> str | None:
    return ZONE_OF.get(country) if country else None


def _in_zone(invitation: Invitation, zone: str) -> Invitation:
    """The same hour on the clock of ``zone``, where the calendar left open what clock it meant."""
    if not any(doubt.code is DoubtCode.UNKNOWN_TIMEZONE for doubt in invitation.doubts):
        return invitation
    there = ZoneInfo(zone)
    return replace(
        invitation,
        start=invitation.start and invitation.start.replace(tzinfo=there),
        end=invitation.end and invitation.end.replace(tzinfo=there),
        timezone=zone,
        doubts=tuple(
            doubt for doubt in invitation.doubts if doubt.code is not DoubtCode.UNKNOWN_TIMEZONE
        ),
    )


def _contact(read: Contact, facts: Facts) -> Contact:
    contact = read
    if facts.contact:
        contact = parse_addressee(facts.contact)
        if contact.name == read.name:
            contact = replace(contact, phone=read.phone, email=read.email)
    return replace(contact, email=facts.email or contact.email, phone=facts.phone or contact.phone)


def _length(invitation: Invitation) -> timedelta | None:
    if invitation.start and invitation.end:
        return invitation.end - invitation.start
    return None
