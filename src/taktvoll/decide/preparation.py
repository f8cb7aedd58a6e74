"""Go and find out: one sheet with three open questions, one deal-breaker and a day to decide by."""

from __future__ import annotations

from datetime import date, datetime

from taktvoll.decide.hours import office_of
from taktvoll.messages import say
from taktvoll.model import Country, Invitation, Language, Reason
from taktvoll.times import HORIZON, begins

# Long enough to sleep on it twice, short enough for the employer.
WORKING_DAYS_TO_DECIDE = 2

# Which questions help whom; the rest ask about the work, the team and the first months.
_QUESTIONS = {
    Reason.CONDITIONS: ("hours", "pay", "first_months"),
    Reason.REQUIREMENTS_CHANGED: ("hours", "pay", "first_months"),
    Reason.RELOCATION: ("place", "hours", "first_months"),
    Reason.CARE: ("hours", "place", "team"),
}
_USUAL = ("day", "team", "first_months")


def preparation(invitation: Invitation, reason: Reason, now: datetime, language: Language) -> str:
    """The sheet as plain text, to print or to take along."""
    questions = _QUESTIONS.get(reason, _USUAL)
    lines = [
        say("preparation.title", language),
        ", ".join(fact for fact in (invitation.position, invitation.company) if fact),
        "",
        say("preparation.why", language),
        "",
        say("preparation.questions", language),
        *(
            f"{number}. {say(f'preparation.question.{name}', language)}"
            for number, name in enumerate(questions, 1)
        ),
        "",
        say("preparation.deal_breaker", language),
        "   ________________________________________",
        "",
        say(
            "preparation.decide_by",
            language,
            day=_spoken(decide_by(invitation, now), language, invitation.country),
        ),
        say(
            "preparation.comes_back",
            language,
            day=_spoken(comes_back(invitation, now), language, invitation.country),
        ),
        say("preparation.after", language),
    ]
    return "\n".join(lines) + "\n"


def comes_back(invitation: Invitation, now: datetime) -> date:
    """The day on which the sheet comes back as a question: their working day after the talk."""
    return _working_days_after(invitation, now, 1)


def decide_by(invitation: Invitation, now: datetime) -> date:
    """Two of the employer's working days after the talk, or after now where no day is known."""
    return _working_days_after(invitation, now, WORKING_DAYS_TO_DECIDE)


def _working_days_after(invitation: Invitation, now: datetime, count: int) -> date:
    start = min(max(begins(invitation) or now, now), now + HORIZON)
    there = office_of(invitation, start)
    day = start.astimezone(there.zone).date()
    for _ in range(count):
        day = there.next_working_day(day)
    return day


def _spoken(day: date, language: Language, country: Country | None) -> str:
    from babel.dates import format_date

    if language is Language.DE:
        locale = f"de_{country}" if country in (Country.AT, Country.CH) else "de"
        return format_date(day, "EEEE, d. MMMM", locale=locale)
    if country is Country.US:
        return format_date(day, "EEEE, MMMM d", locale="en_US")
    return format_date(day, "EEEE d MMMM", locale="en_GB")
