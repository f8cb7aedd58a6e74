"""From the fields of a form to the records of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from taktvoll.case import Case
from taktvoll.desk import Asked
from taktvoll.errors import WrongUse
from taktvoll.model import (
    Country,
    Decision,
    Duty,
    Formality,
    Intent,
    InterviewFormat,
    Invitation,
    Language,
    Moment,
    Reason,
    Slot,
    Tell,
)
from taktvoll.read.typed import Facts
from taktvoll.times import zone_named

E = TypeVar("E", bound=StrEnum)

Form = Mapping[str, str]

SLOTS = ("slot1", "slot2", "slot3")
_LONGEST = 1000  # characters of a field


def typed_facts(form: Form) -> Facts:
    """The facts of an invitation, as far as they are filled in.

    The hour is on the employer's clock; without one the day alone is known.
    """
    day, hour = _text(form, "day"), _text(form, "hour")
    try:
        start = datetime.combine(date.fromisoformat(day), _hour(hour)) if day else None
    except ValueError:
        raise WrongUse("not_a_moment", value=f"{day} {hour or ''}".strip()[:40]) from None
    if hour and not day:
        raise WrongUse("hour_without_day")
    return Facts(
        company=_text(form, "company"),
        position=_text(form, "position"),
        contact=_text(form, "contact"),
        email=_text(form, "email"),
        start=start,
        whole_day=start is not None and not hour,
        timezone=_timezone(form),
        country=word(form, "country", Country),
    )


def changed(shown: Form, form: Form) -> Form:
    """The fields that somebody changed; the day and the hour belong together."""
    different = {name: value for name, value in form.items() if value != shown.get(name, "")}
    if different.keys() & {"day", "hour", "timezone"} and form.get("day"):
        different |= {name: form.get(name, "") for name in ("day", "hour")}
    return different


def asked(form: Form, invitation: Invitation, here: tzinfo | None) -> Asked:
    """What the person wants to say. ``here`` is their own clock, where the employer's is unknown.

    Fields that do not belong to the chosen intent are left aside.
    """
    zone = ZoneInfo(invitation.timezone) if invitation.timezone else here
    intent = word(form, "intent", Intent)
    if intent is None:
        raise WrongUse("intent_missing")
    belongs = FIELDS.get(intent, frozenset())

    def mine(name: str) -> Form:
        return form if name in belongs else {}

    decision = Decision(
        intent=intent,
        reason=word(form, "reason", Reason) or Reason.NONE,
        tell=word(form, "tell", Tell) or Tell.GENERAL,
        slots=tuple(_slots(mine("slots"), zone)),
        about=_text(mine("about"), "about"),
        eta=_moment(mine("eta"), "eta", zone),
        until=_day(mine("until"), "until", zone),
        earlier=_day(mine("earlier"), "earlier", zone),
        wish=word(mine("wish"), "wish", InterviewFormat),
        sentence=_text(form, "sentence"),
        duties={duty: "yes" for duty in Duty if form.get(f"duty_{duty}")},
    )
    return Asked(
        decision=decision,
        name=_text(form, "name"),
        address=_text(form, "address"),
        phone=_text(form, "phone"),
        language=word(form, "language", Language),
        country=word(form, "letter_country", Country),
        formality=word(form, "formality", Formality),
        variant=variant(form),
    )


def variant(form: Form) -> int:
    """Which wording is asked for; 0 is the first."""
    number = form.get("variant", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0


def decided(case: Case) -> dict[str, str]:
    """The fields of the form in which ``case`` was decided, to go on from there."""
    form: dict[str, str | None] = {}
    if decision := case.decision:
        form |= {
            "intent": decision.intent,
            "reason": decision.reason,
            "tell": decision.tell,
            "about": decision.about,
            "sentence": decision.sentence,
            "wish": decision.wish,
            **{f"duty_{duty}": "yes" for duty, said in decision.duties.items() if said == "yes"},
            **{
                name: f"{case.invitation.local(slot.start):%Y-%m-%dT%H:%M}"
                for name, slot in zip(SLOTS, decision.slots, strict=False)
            },
        }
    if voice := case.voice:
        form |= {
            "name": voice.sender.name,
            "address": voice.sender.email,
            "phone": voice.sender.phone,
        }
    return {name: value for name, value in form.items() if value}


# Which field asks something only where this is said; the page shows and hides by the same list.
FIELDS: Mapping[Intent, frozenset[str]] = {
    Intent.RESCHEDULE: frozenset({"slots"}),
    Intent.NO_SHOW_APOLOGY: frozenset({"slots"}),
    Intent.INTERVIEWER_ABSENT: frozenset({"slots"}),
    Intent.CHANGE_FORMAT: frozenset({"wish"}),
    Intent.WITHDRAW_AFTER: frozenset({"about"}),
    Intent.DECLINE_OFFER: frozenset({"about"}),
    Intent.ASK_TIME: frozenset({"until", "about"}),
    Intent.LATE: frozenset({"eta"}),
    Intent.NUDGE: frozenset({"earlier"}),
    Intent.REOPEN: frozenset({"earlier"}),
}


def _text(form: Form, name: str) -> str | None:
    value = form.get(name, "").strip()
    if len(value) > _LONGEST:
        raise WrongUse("field_too_long", limit=_LONGEST)
    return value or None


def word(form: Form, name: str, kind: type[E]) -> E | None:
    """A word of a closed list; None where nothing is chosen."""
    value = _text(form, name)
    try:
        return kind(value) if value else None
    except ValueError:
        raise WrongUse("no_such_choice") from None


def _timezone(form: Form) -> str | None:
    name = _text(form, "timezone")
    return zone_named(name).key if name else None


def _hour(text: str | None) -> time:
    return time.fromisoformat(text).replace(tzinfo=None) if text else time()


def _slots(form: Form, zone: tzinfo | None) -> Iterator[Slot]:
    for name in SLOTS:
        if (start := _moment(form, name, zone)) is not None:
            yield Slot(start=start)


def _day(form: Form, name: str, zone: tzinfo | None) -> Moment | None:
    at = _moment(form, name, zone)
    return Moment(at=at, whole_day=True) if at else None


def _moment(form: Form, name: str, zone: tzinfo | None) -> datetime | None:
    value = _text(form, name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise WrongUse("not_a_moment", value=value[:40]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
