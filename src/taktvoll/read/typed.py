"""Facts typed by the person: where there is no file, or where they correct what was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from taktvoll.language.addressee import parse_addressee
from taktvoll.language.places import ZONE_OF
from taktvoll.model import Contact, Country, DoubtCode, Invitation, Language, Mailbox

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


def typed_invitation(facts: Facts, language: Language | None) -> Invitation:
    """An invitation that nobody wrote down: a phone call, a messenger line, a screen."""
    if language is None:
        speaks_english = facts.country in (Country.GB, Country.US, Country.IE)
        language = Language.EN if speaks_english else Language.DE
    return with_facts(Invitation(language=language), facts)


def with_facts(invitation: Invitation, facts: Facts) -> Invitation:
    """``invitation`` with the typed facts in place of what was read."""
    zone = facts.timezone or _zone_of(facts.country) or invitation.timezone
    corrected = replace(
        invitation,
        company=facts.company or invitation.company,
        position=facts.position or invitation.position,
        country=facts.country or invitation.country,
        contact=_contact(invitation.contact, facts),
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
    return replace(contact, email=facts.email) if facts.email else contact


def _length(invitation: Invitation) -> timedelta | None:
    if invitation.start and invitation.end:
        return invitation.end - invitation.start
    return None
