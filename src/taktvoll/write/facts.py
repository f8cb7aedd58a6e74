"""What a letter cannot be right without, and what a brief means for the choice of its parts."""

from __future__ import annotations

from datetime import datetime

from taktvoll.language.addressee import is_several
from taktvoll.language.words import is_yes
from taktvoll.model import (
    Brief,
    Channel,
    Formality,
    Greeting,
    Intent,
    Reason,
    Tell,
)
from taktvoll.write.german import by_first_name

_AFTER = frozenset({Intent.WITHDRAW_AFTER, Intent.DECLINE_OFFER})
_NAMES_THE_APPOINTMENT = frozenset(
    {
        Intent.RESCHEDULE,
        Intent.CHANGE_FORMAT,
        Intent.CANCEL,
        Intent.LATE,
        Intent.NO_SHOW_APOLOGY,
        Intent.INTERVIEWER_ABSENT,
    }
)


def missing_facts(brief: Brief, channel: Channel) -> tuple[str, ...]:
    """The ids of facts (``fact.<id>`` in the catalogues) that ``brief`` has to be asked for.

    ``appointment``: nothing says which interview or application is meant.
    """
    invitation, decision, sender = brief.invitation, brief.decision, brief.voice.sender
    missing = []
    if not sender.name.strip():
        missing.append("sender_name")
    if channel is Channel.PHONE and decision.intent is Intent.LATE:
        return tuple(missing)  # on the phone they can simply be asked
    if decision.intent is Intent.ACCEPT and not invitation.start:
        missing.append("start")
    elif not (invitation.start or invitation.position or invitation.company):
        missing.append("appointment")
    if decision.intent is Intent.LATE and not (decision.eta or sender.phone):
        missing.append("eta")
    if decision.intent is Intent.ASK_TIME:
        until = invitation.local(decision.until.at).date() if decision.until else None
        if until is None or until < employer_now(brief).date():
            missing.append("until")
    return tuple(missing)


def employer_now(brief: Brief) -> datetime:
    """``brief.now`` on the employer's clock."""
    return brief.invitation.local(brief.now)


def greeting_of(brief: Brief) -> Greeting:
    """The warmth of the letter: the employer's own, else what is usual."""
    if brief.invitation.greeting:
        return brief.invitation.greeting
    return Greeting.HELLO if brief.voice.formality is Formality.DU else Greeting.FORMAL


def name_of(brief: Brief) -> str | None:
    """Whom the letter speaks to by name; with du nobody whose first name is not known."""
    if brief.voice.formality is Formality.DU:
        return by_first_name(brief.invitation.contact)
    return brief.invitation.contact.name


def day_of(brief: Brief) -> str:
    """When the appointment is, seen from now: today, tomorrow, later, past or unknown."""
    start = brief.invitation.start
    if not start:
        return "unknown"
    days = (brief.invitation.local(start).date() - employer_now(brief).date()).days
    if days < 0 or (start < brief.now and not brief.invitation.all_day and days == 0):
        return "today" if days == 0 and brief.decision.intent is Intent.LATE else "past"
    return {0: "today", 1: "tomorrow"}.get(days, "later")


def conditions(brief: Brief, channel: Channel) -> dict[str, frozenset[str]]:
    """The value of each condition of ``content.packs.CONDITIONS`` for this letter."""
    invitation, decision, voice = brief.invitation, brief.decision, brief.voice
    told = decision.reason is not Reason.NONE and decision.tell is not Tell.NONE
    after = decision.intent in _AFTER or (
        decision.intent not in _NAMES_THE_APPOINTMENT and day_of(brief) == "past"
    )
    gender = invitation.contact.gender
    one = {
        "intent": decision.intent,
        "reason": decision.reason,
        "tell": decision.tell,
        "formality": voice.formality,
        "channel": channel,
        "country": voice.country,
        "told": "yes" if told else "no",
        "recipient": _recipient(name_of(brief)),
        "gender": gender or "unknown",
        "greeting": greeting_of(brief),
        "stage": "after" if after else "before",
        "day": day_of(brief),
        "format": invitation.format or "unknown",
    }
    values = {key: frozenset({str(value)}) for key, value in one.items()}
    values["duty"] = frozenset(
        str(duty) for duty, answer in decision.duties.items() if is_yes(answer)
    )
    values["situation"] = frozenset(map(str, decision.situations))
    return values


def _recipient(name: str | None) -> str:
    if not name:
        return "nobody"
    return "several" if is_several(name) else "person"
