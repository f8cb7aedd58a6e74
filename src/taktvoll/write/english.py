"""English as the slots need it: salutations, titles, dates, roles; British, Irish and American."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from taktvoll.language.addressee import is_several
from taktvoll.language.calendar import MONTH_NAMES, WEEKDAY_NAMES
from taktvoll.model import Contact, Country, Gender, Greeting, InterviewFormat, Language, Slot
from taktvoll.write.names import surname

_WEEKDAYS = WEEKDAY_NAMES[Language.EN]
_MONTHS = MONTH_NAMES[Language.EN]
_HOURS = [
    "twelve",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
]
_NEAR = 150  # days within which a date needs no year
_SEX = re.compile(r"\s*\((?:[mwfdxi](?:/[mwfdxi])*)\)", re.IGNORECASE)
_NO_ROLE = re.compile(
    r"\b(?:role|position|post|job|internship|apprenticeship|traineeship|placement|scheme|"
    r"programme|program|vacancy)(?:\Z|\s(?:in|at|with)\b)",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"\b(?:tour|visit|walk|trial (?:day|shift)|taster day|lunch|coffee|morning|afternoon|day)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Mx|Dr)\.?(?=\s)")
_ARTICLE = re.compile(r"\A(?:the|an?|our|your|how|what|why|whether|that)\b", re.IGNORECASE)


def salutation(contact: Contact, *, greeting: Greeting, country: Country) -> str:
    """The salutation with its comma. A gender that nobody stated is never guessed."""
    name = contact.name
    first_names = greeting in (Greeting.HELLO,)
    if not name:
        return "Hello," if first_names else "Dear Hiring Team,"
    word = "Hi" if first_names else "Dear"
    if first_names and not is_several(name):
        return f"{word} {name.split()[0]},"
    return f"{word} {address(contact, country)},"


def address(contact: Contact, country: Country) -> str:
    """ "Ms Whitfield", "Dr Klein", "Ms. Lee" in the US, or the plain full name.

    Two people stay as they were typed, but for the full stops of their titles.
    """
    name = contact.name or ""
    stop = "." if country is Country.US else ""
    if is_several(name):
        return _TITLE.sub(rf"\1{stop}", name)
    title = contact.title or ""
    if re.search(r"\bProf", title, re.I):
        return f"Professor {surname(name)}"
    if re.search(r"\bDr|Doctor\b", title, re.I):
        return f"Dr{stop} {surname(name)}"
    if contact.gender is None:
        return name
    return f"{'Ms' if contact.gender is Gender.FEMALE else 'Mr'}{stop} {surname(name)}"


def clock(moment: datetime, country: Country) -> str:
    """ "10:00 am"; "10:00 a.m." in the US."""
    half = "am" if moment.hour < 12 else "pm"
    if country is Country.US:
        half = f"{half[0]}.m."
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {half}"


def long_date(day: date, country: Country) -> str:
    """ "9 December 2026"; "December 9, 2026" in the US."""
    name = _MONTHS[day.month - 1]
    if country is Country.US:
        return f"{name} {day.day}, {day.year}"
    return f"{day.day} {name} {day.year}"


def that_day(day: date | None, today: date) -> str:
    """The day of the appointment where it has been named before: "today", else "that day"."""
    return "today" if day == today else "that day"


def day(day: date, today: date, country: Country, *, preposition: str = "on") -> str:
    """ "today", "on Wednesday 9 December", "for tomorrow": with the year only where far away.

    ``preposition``: on, for or by.
    """
    distance = (day - today).days
    word = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(distance)
    if word:
        return word if preposition == "on" else f"{preposition} {word}"
    weekday, name = _WEEKDAYS[day.weekday()], _MONTHS[day.month - 1]
    far = abs(distance) > _NEAR
    if country is Country.US:
        year = f", {day.year}" if far else ""
        return f"{preposition} {weekday}, {name} {day.day}{year}"
    year = f" {day.year}" if far else ""
    return f"{preposition} {weekday} {day.day} {name}{year}"


def moment(
    at: datetime, today: date, country: Country, *, preposition: str = "on", whole_day: bool = False
) -> str:
    """ "on Wednesday 9 December at 10:00 am", "today at 11:00 am"."""
    when = day(at.date(), today, country, preposition=preposition)
    return when if whole_day else f"{when} at {clock(at, country)}"


def spoken(at: datetime, today: date, country: Country, *, whole_day: bool) -> str:
    """ "tomorrow at ten", as one says it on the phone."""
    when = day(at.date(), today, country)
    if whole_day:
        return when
    hour = _HOURS[at.hour % 12] if not at.minute else clock(at, country)
    return f"{when} at {hour}"


def offered(slots: Sequence[Slot], today: date, country: Country) -> str:
    """Times to choose from, those of one day together, joined by "or"."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.start.date(), []).append(slot)
    text = ""
    for of_day, times in days.items():
        if text:
            text += ", or " if " or " in text else " or "
        text += _offered_day(of_day, times, today, country)
    return text


def _offered_day(of_day: date, times: Sequence[Slot], today: date, country: Country) -> str:
    when = day(of_day, today, country)
    spans = []
    for slot in sorted(times, key=lambda slot: slot.start):
        if slot.end and slot.end.date() == of_day and slot.end > slot.start:
            spans.append(f"between {clock(slot.start, country)} and {clock(slot.end, country)}")
        elif slot.start.hour or slot.start.minute:
            spans.append(f"at {clock(slot.start, country)}")
    if not spans:
        return when
    *others, last = spans
    return f"{when} {', '.join(others)}{' or ' if others else ''}{last}"


def plain_position(position: str) -> str:
    """A position without "(m/f/d)", a leading article and closing punctuation."""
    plain = " ".join(_SEX.sub("", position).split()).strip(" .,;:")
    return re.sub(r"\A[Tt]he\s+", "", plain)


def position_forms(position: str) -> dict[str, str]:
    """The slots position_as, position_the and position_dat: "the Grants Officer role"."""
    the = f"the {position}" if _NO_ROLE.search(position) else f"the {position} role"
    return {"position_as": f"for {the}", "position_the": the, "position_dat": the}


def at_company(company: str) -> str:
    """ "at Example Ltd"."""
    return f"at {company}"


def at_client(client: str | None) -> str:
    """Where a headhunter sends one: "at Example Ltd", else "with your client"."""
    return at_company(client) if client else "with your client"


def times(number: int) -> str:
    """ "once", "twice", "three times"."""
    if number in (1, 2):
        return ("once", "twice")[number - 1]
    return f"{_HOURS[number] if 3 <= number <= 11 else number} times"


def is_experience(text: str) -> bool:
    """Whether it is something that one has seen or done, not a matter that was talked about."""
    return bool(_EXPERIENCE.search(text))


def talked_about(text: str) -> str:
    """What the person typed, as the object of "about"."""
    text = " ".join(text.split()).rstrip(" .!?;,:")
    text = re.sub(r"\Aabout\s+", "", text, flags=re.I)
    match = _ARTICLE.match(text)
    return text[0].lower() + text[1:] if match and text else text


def by_format(wish: InterviewFormat) -> str:
    """ "by video", "by phone", "in person"."""
    return {
        InterviewFormat.VIDEO: "by video",
        InterviewFormat.PHONE: "by phone",
        InterviewFormat.ONSITE: "in person",
    }[wish]
