"""From the fields of a form, or of a JSON body, to the records of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from taktvoll.case import Case
from taktvoll.decide.options import Answers
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
    Me,
    Moment,
    Option,
    Reason,
    Situation,
    Slot,
    Sureness,
    Tell,
)
from taktvoll.read.typed import Facts
from taktvoll.times import zone_named

E = TypeVar("E", bound=StrEnum)

Form = Mapping[str, str]

SLOTS = ("slot1", "slot2", "slot3")
FACTS = (
    "company",
    "position",
    "reference",
    "contact",
    "email",
    "phone",
    "day",
    "hour",
    "timezone",
    "country",
    "format",
    "location",
    "meeting_url",
    "booking_url",
)
_LONGEST = 1000  # characters of a field
_LONGEST_VERSION = 9  # digits


def typed_facts(form: Form) -> Facts:
    """The facts of an invitation, as far as they are filled in.

    The hour is on the employer's clock; without one the day alone is known.
    """
    day, hour = text(form, "day"), text(form, "hour")
    try:
        start = datetime.combine(date.fromisoformat(day), _hour(hour)) if day else None
    except ValueError:
        raise WrongUse("not_a_moment", value=f"{day} {hour or ''}".strip()[:40]) from None
    if hour and not day:
        raise WrongUse("hour_without_day")
    if start is not None and not _FIRST_YEAR < start.year < _LAST_YEAR:
        raise WrongUse("not_a_moment", value=str(day)[:40])
    return Facts(
        company=text(form, "company"),
        position=text(form, "position"),
        reference=text(form, "reference"),
        contact=text(form, "contact"),
        email=text(form, "email"),
        phone=text(form, "phone"),
        start=start,
        whole_day=start is not None and not hour,
        timezone=_timezone(form),
        country=word(form, "country", Country),
        format=word(form, "format", InterviewFormat),
        location=text(form, "location"),
        meeting_url=text(form, "meeting_url"),
        booking_url=text(form, "booking_url"),
    )


_FIRST_YEAR, _LAST_YEAR = 1970, 2200


def changed_facts(shown: Form, form: Form) -> Facts:
    """What somebody changed in the fields as they were ``shown``; what they emptied is cleared."""
    different = {
        name: value.strip()
        for name, value in form.items()
        if name in FACTS and value.strip() != shown.get(name, "")
    }
    cleared = {name for name, value in different.items() if not value}
    if "day" in cleared:
        cleared.add("start")
    kept = {name: value for name, value in different.items() if value}
    if different.keys() & {"day", "hour", "timezone"} and (day := form.get("day", shown["day"])):
        # the day and the hour belong together
        kept |= {"day": day, "hour": form.get("hour", shown["hour"])}
    facts = typed_facts(kept)
    return Facts(
        **{name: getattr(facts, name) for name in Facts.__dataclass_fields__ if name != "cleared"},
        cleared=frozenset(cleared),
    )


def answers(form: Form) -> Answers:
    """How sure somebody is, and what else the advice depends on."""
    moved = text(form, "moved_by_person") or ""
    return Answers(
        sureness=word(form, "sureness", Sureness) or Sureness.UNSURE,
        reason=word(form, "reason", Reason) or Reason.NONE,
        afraid=bool(form.get("afraid")),
        confirmed=True if form.get("confirmed") else None,
        moved_by_person=int(bool(moved)),
        duties=_duties(form),
    )


def intent(form: Form) -> Intent:
    """What the person wants to say. Going to find out says that one comes."""
    if form.get("intent") == Option.GO_AND_FIND_OUT:
        return Intent.ACCEPT
    chosen = word(form, "intent", Intent)
    if chosen is None:
        raise WrongUse("intent_missing")
    return chosen


def decision(form: Form, invitation: Invitation, here: tzinfo | None) -> Decision:
    """What the person wants to say. ``here`` is their own clock, where the employer's is unknown.

    Fields that do not belong to the chosen intent are left aside.
    """
    zone = ZoneInfo(invitation.timezone) if invitation.timezone else here
    chosen = intent(form)
    belongs = FIELDS.get(chosen, frozenset())

    def mine(name: str) -> Form:
        return form if name in belongs else {}

    return Decision(
        intent=chosen,
        reason=word(form, "reason", Reason) or Reason.NONE,
        tell=word(form, "tell", Tell) or Tell.GENERAL,
        slots=tuple(_slots(mine("slots"), zone)),
        about=text(mine("about"), "about"),
        eta=_eta(mine("eta"), invitation, zone),
        until=_day(mine("until"), "until", zone),
        earlier=_day(mine("earlier"), "earlier", zone),
        wish=word(mine("wish"), "wish", InterviewFormat),
        sentence=text(form, "sentence"),
        duties=_duties(form),
        situations=_situations(form),
        find_out=form.get("intent") == Option.GO_AND_FIND_OUT,
    )


def asked(form: Form, invitation: Invitation, here: tzinfo | None) -> Asked:
    """The decision, and what the person says about themselves and the letter's manner."""
    return Asked(
        decision=decision(form, invitation, here),
        name=text(form, "name"),
        address=text(form, "address"),
        phone=text(form, "own_phone"),
        language=word(form, "language", Language),
        country=word(form, "letter_country", Country),
        formality=word(form, "formality", Formality),
    )


def decided(case: Case) -> dict[str, str]:
    """The fields of the form in which ``case`` was decided, to go on from there."""
    form: dict[str, str | None] = {}
    invitation = case.invitation
    if decision := case.decision:
        form |= {
            "intent": Option.GO_AND_FIND_OUT if decision.find_out else decision.intent,
            "reason": decision.reason,
            "tell": decision.tell,
            "about": decision.about,
            "sentence": decision.sentence,
            "wish": decision.wish,
            "eta": _field(invitation, decision.eta, "%Y-%m-%dT%H:%M"),
            "until": _field(invitation, decision.until, "%Y-%m-%d"),
            "earlier": _field(invitation, decision.earlier, "%Y-%m-%d"),
            **{f"duty_{duty}": said for duty, said in decision.duties.items()},
            **{f"situation_{each}": said for each, said in decision.situations.items()},
            **{
                name: f"{invitation.local(slot.start):%Y-%m-%dT%H:%M}"
                for name, slot in zip(SLOTS, decision.slots, strict=False)
            },
        }
    if voice := case.voice:
        form |= {
            "name": voice.sender.name,
            "address": voice.sender.email,
            "own_phone": voice.sender.phone,
            "language": voice.language,
            "letter_country": voice.country,
            "formality": voice.formality,
        }
    return {name: value for name, value in form.items() if value}


def _field(invitation: Invitation, moment: datetime | Moment | None, pattern: str) -> str | None:
    if moment is None:
        return None
    at = moment.at if isinstance(moment, Moment) else moment
    return invitation.local(at).strftime(pattern)


def merged(case: Case, form: Form) -> dict[str, str]:
    """``form`` over what was decided before: a small form changes what it shows, and no more.

    ``shows`` names the groups of boxes that the form holds: none that is not ticked stays.
    """
    before = decided(case)
    for group in form.get("shows", "").split():
        before = {name: value for name, value in before.items() if not name.startswith(group)}
    if "language" in form and form["language"] != before.get("language"):
        # customs and address belong to a language: they are chosen anew
        before = {n: v for n, v in before.items() if n not in ("letter_country", "formality")}
        form = {n: v for n, v in form.items() if n not in ("letter_country", "formality")}
    return {**before, **form}


def me(form: Form, before: Me) -> Me:
    """What the person says about themselves; what the form does not hold stays."""
    given = {
        name: (_lines(form[name]) if name in ("signature", "postal") else form[name].strip())
        for name in Me.__dataclass_fields__
        if name in form
    }
    for name, value in given.items():
        if len(value) > _LONGEST:
            raise WrongUse("field_too_long", limit=_LONGEST)
        closed = _CLOSED.get(name)
        if closed and value and value not in closed:
            raise WrongUse("no_such_choice")
    return Me(**{name: given.get(name, getattr(before, name)) for name in Me.__dataclass_fields__})


_CLOSED: Mapping[str, tuple[str, ...]] = {
    "country": tuple(Country),
    "language": tuple(Language),
    "look": ("light", "dark"),
}


def _lines(value: str) -> str:
    return "\n".join(line.strip() for line in value.replace("\r\n", "\n").strip().split("\n"))


def version(form: Form) -> int | None:
    """Which state of the case the person saw; None where the form does not say."""
    number = form.get("version", "")
    plain = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_VERSION
    if number and not plain:
        raise WrongUse("no_such_choice")
    return int(number) if number else None


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


def text(form: Form, name: str) -> str | None:
    """A field's text without its margins; None where it is empty."""
    value = form.get(name, "").strip()
    if len(value) > _LONGEST:
        raise WrongUse("field_too_long", limit=_LONGEST)
    return value or None


def word(form: Form, name: str, kind: type[E]) -> E | None:
    """A word of a closed list; None where nothing is chosen."""
    value = text(form, name)
    try:
        return kind(value) if value else None
    except ValueError:
        raise WrongUse("no_such_choice") from None


def _duties(form: Form) -> dict[Duty, str]:
    return {duty: said for duty in Duty if (said := text(form, f"duty_{duty}"))}


def _situations(form: Form) -> dict[Situation, str]:
    """The ticked ones, each with the word beside it where there is one."""
    found = {}
    for each in Situation:
        if said := text(form, f"situation_{each}"):
            found[each] = text(form, f"about_{each}") or said
    return found


def _timezone(form: Form) -> str | None:
    name = text(form, "timezone")
    return zone_named(name).key if name else None


def _hour(value: str | None) -> time:
    return time.fromisoformat(value).replace(tzinfo=None) if value else time()


def _slots(form: Form, zone: tzinfo | None) -> Iterator[Slot]:
    for name in SLOTS:
        if (start := _moment(form, name, zone)) is not None:
            yield Slot(start=start)


def _eta(form: Form, invitation: Invitation, zone: tzinfo | None) -> datetime | None:
    """When somebody arrives: a moment, or an hour on the day of the appointment."""
    value = text(form, "eta") or ""
    if invitation.start is None or len(value) != len("10:20"):
        return _moment(form, "eta", zone)
    day = invitation.local(invitation.start).date()
    return _moment({"eta": f"{day}T{value}"}, "eta", zone)


def _day(form: Form, name: str, zone: tzinfo | None) -> Moment | None:
    at = _moment(form, name, zone)
    return Moment(at=at, whole_day=True) if at else None


def _moment(form: Form, name: str, zone: tzinfo | None) -> datetime | None:
    value = text(form, name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise WrongUse("not_a_moment", value=value[:40]) from None
    if not _FIRST_YEAR < moment.year < _LAST_YEAR:
        raise WrongUse("not_a_moment", value=value[:40])
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
