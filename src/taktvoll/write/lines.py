"""The lines of ``taktvoll write --jsonl``: from a line to a brief, from a draft to a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from taktvoll.errors import WrongUse
from taktvoll.language.addressee import parse_addressee
from taktvoll.language.places import ZONE_OF
from taktvoll.model import (
    Brief,
    Channel,
    Contact,
    Country,
    Decision,
    Draft,
    Duty,
    Formality,
    Gender,
    Greeting,
    Intent,
    InterviewFormat,
    Invitation,
    Language,
    Moment,
    Reason,
    Sender,
    Situation,
    Slot,
    Tell,
    Voice,
)

_E = TypeVar("_E", bound=StrEnum)
_ZONES = {**ZONE_OF, Country.US: "America/New_York"}
_PAST = frozenset(
    {
        Intent.WITHDRAW_AFTER,
        Intent.DECLINE_OFFER,
        Intent.NO_SHOW_APOLOGY,
        Intent.INTERVIEWER_ABSENT,
        Intent.NUDGE,
        Intent.REOPEN,
        Intent.ASK_TIME,
    }
)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def brief_from_line(line: Mapping[str, Any]) -> tuple[Brief, Channel, str]:
    """The brief, the channel and the seed of one line.

    Without ``now`` no day is called today or tomorrow: letters about what lies ahead are taken to
    be written a week before, those about what has been three days after; only the late are on
    their way. Raises WrongUse for a value that is not in its closed list.
    """
    context = line.get("context", {})
    if not isinstance(context, Mapping):
        raise WrongUse("line_value", key="context", value=context)
    language = _one(Language, line, "lang", None) or Language.DE
    in_german = language is Language.DE
    country = _one(Country, line, "country", None) or (Country.DE if in_german else Country.GB)
    du = _one(Formality, line, "formality", None) is Formality.DU
    formality = Formality.NEUTRAL
    if in_german:
        formality = Formality.DU if du else Formality.SIE
    intent = _one(Intent, line, "intent", None)
    if intent is None:
        raise WrongUse("line_value", key="intent", value="")
    zone = _zone(context.get("timezone") or _ZONES[country])
    start, all_day = _moment(context, "start", zone)
    eta, _ = _moment(context, "eta", zone)
    now = _moment(line, "now", zone)[0] or _assumed_now(intent, start, eta)
    slots = _slots(context.get("slots"), zone)
    decision = Decision(
        intent=intent,
        reason=_one(Reason, line, "reason", Reason.NONE) or Reason.NONE,
        tell=_one(Tell, line, "tell", Tell.GENERAL) or Tell.GENERAL,
        slots=slots,
        about=_text(context, "about"),
        eta=eta,
        until=_until(context, intent, slots, eta, zone),
        earlier=_day_or_moment(context, "earlier", zone),
        wish=_one(InterviewFormat, context, "wish", None),
        sentence=_text(line, "sentence") or _text(context, "sentence"),
        duties=_answers(Duty, line, "duties"),
        situations=_answers(Situation, line, "situations"),
    )
    invitation = Invitation(
        language=language,
        formality=formality,
        greeting=_one(Greeting, context, "greeting", None),
        country=country,
        start=start,
        all_day=all_day,
        timezone=zone.key,
        company=_text(context, "company"),
        position=_text(context, "position"),
        reference=_text(context, "reference"),
        contact=_contact(context, du=formality is Formality.DU),
        format=_one(InterviewFormat, context, "format", None),
        location=_text(context, "location"),
    )
    sender = Sender(
        name=_text(context, "name") or "",
        email=_text(context, "sender_email"),
        phone=_text(context, "sender_phone"),
    )
    voice = Voice(sender=sender, language=language, country=country, formality=formality)
    channel = _one(Channel, line, "channel", Channel.MAIL) or Channel.MAIL
    seed = str(line.get("seed", line.get("id", "")))
    return Brief(invitation=invitation, decision=decision, voice=voice, now=now), channel, seed


def line_out(identity: object, draft: Draft) -> dict[str, Any]:
    """The answer to the line ``identity``: its subject, text and the ids of its parts."""
    return {
        "id": identity,
        "subject": draft.subject,
        "text": draft.text,
        "parts": list(draft.parts),
    }


def _one(kind: type[_E], holder: Mapping[str, Any], key: str, default: _E | None) -> _E | None:
    value = holder.get(key)
    if value is None or value == "":
        return default
    try:
        return kind(value)
    except ValueError:
        raise WrongUse("line_value", key=key, value=value) from None


def _text(holder: Mapping[str, Any], key: str) -> str | None:
    value = holder.get(key)
    if value is None:
        return None
    if not isinstance(value, str | int | float):
        raise WrongUse("line_value", key=key, value=value)
    return str(value).strip() or None


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongUse("line_value", key="timezone", value=name) from None


def _moment(holder: Mapping[str, Any], key: str, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    """An ISO moment, taken on the employer's clock where it has no offset; a date alone: True."""
    value = holder.get(key)
    if value is None or value == "":
        return None, False
    return _parsed(value, key, zone)


def _parsed(value: object, key: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise WrongUse("line_value", key=key, value=value) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment, len(str(value).strip()) <= len("2026-12-09")


def _day_or_moment(holder: Mapping[str, Any], key: str, zone: ZoneInfo) -> Moment | None:
    at, whole_day = _moment(holder, key, zone)
    return Moment(at=at, whole_day=whole_day) if at else None


def _until(
    context: Mapping[str, Any],
    intent: Intent,
    slots: tuple[Slot, ...],
    eta: datetime | None,
    zone: ZoneInfo,
) -> Moment | None:
    """By when they decide: ``until``; lines without it name the day as the one slot or the eta."""
    if intent is not Intent.ASK_TIME:
        return None
    if until := _day_or_moment(context, "until", zone):
        return until
    if eta:
        return Moment(at=eta, whole_day=True)
    return Moment(at=slots[0].start, whole_day=True) if slots else None


def _slots(value: object, zone: ZoneInfo) -> tuple[Slot, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise WrongUse("line_value", key="slots", value=value)
    made = []
    for entry in value:
        times = entry if isinstance(entry, Mapping) else {"start": entry}
        start, _ = _moment(times, "start", zone)
        if start is None:
            raise WrongUse("line_value", key="slots", value=entry)
        made.append(Slot(start=start, end=_moment(times, "end", zone)[0]))
    return tuple(made)


def _answers(kind: type[_E], line: Mapping[str, Any], key: str) -> dict[_E, str]:
    value = line.get(key)
    if not value:
        return {}
    if not isinstance(value, Mapping):
        raise WrongUse("line_value", key=key, value=value)
    try:
        return {kind(name): str(answer) for name, answer in value.items()}
    except ValueError:
        raise WrongUse("line_value", key=key, value=value) from None


def _contact(context: Mapping[str, Any], *, du: bool) -> Contact:
    """A person as a table, or as one writes them: "Frau Dr. Brandt", "Ms Whitfield", "Jana".

    With du a first name that stands alone goes without its gender: one word that has a gender is
    the surname of a Frau or a Herr.
    """
    value = context.get("contact")
    gender = _one(Gender, context, "gender", None)
    if isinstance(value, Mapping):
        written = _text(value, "name")
        contact = Contact(
            name=written,
            title=_text(value, "title"),
            gender=_one(Gender, value, "gender", gender),
        )
    else:
        written = _text(context, "contact")
        contact = parse_addressee(written or "", gender)
    alone = written and contact.name == written and " " not in written
    return replace(contact, gender=None) if du and alone and not contact.title else contact


def _assumed_now(intent: Intent, start: datetime | None, eta: datetime | None) -> datetime:
    if start is None:
        return eta or _LONG_AGO
    if intent is Intent.LATE:
        return start - timedelta(minutes=30)
    return start + timedelta(days=3) if intent in _PAST else start - timedelta(days=7)
