"""German as the slots need it: salutations, titles, dates, positions, cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from taktvoll.language.addressee import is_several
from taktvoll.language.calendar import MONTH_NAMES, WEEKDAY_NAMES
from taktvoll.model import (
    Contact,
    Country,
    Formality,
    Gender,
    Greeting,
    InterviewFormat,
    Language,
    Slot,
)
from taktvoll.write.names import surname

_WEEKDAYS = WEEKDAY_NAMES[Language.DE]
_MONTHS = MONTH_NAMES[Language.DE]
_HOURS = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
    "zwanzig",
    "einundzwanzig",
    "zweiundzwanzig",
    "dreiundzwanzig",
]
_NEAR = 150  # days within which a date needs no year
_ARTICLES = {"der": "den", "ein": "einen", "Ihr": "Ihren", "euer": "euren", "dein": "deinen"}
_EXPERIENCE = re.compile(
    r"\b(?:(?:haus|werks|betriebs|labor)?führung(?! von\b)|\w*rundgang|rundfahrt|besuch|"
    r"besichtigung|hospitation|probearbeiten|probetag|schnuppertag|(?:mittag|abend)essen|kaffee|"
    r"vormittag|nachmittag|tag)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"\b(?:Frau|Herrn?) ")
_HERR = re.compile(r"\bHerr\b")
_DOCTOR = re.compile(r"\b(?:Dr|Doktor)\b", re.I)
_PROFESSOR = re.compile(r"\b(?:Prof|Professor(?:in)?)\b", re.I)


def salutation(
    contact: Contact, *, formality: Formality, greeting: Greeting, country: Country
) -> str:
    """The salutation with its comma; in Switzerland without one.

    The gender is never guessed from a first name: unknown gives "Guten Tag Alex Müller".
    """
    words = _greeting_words(contact, formality, greeting, country)
    return words if country is Country.CH else words + ","


def _greeting_words(
    contact: Contact, formality: Formality, greeting: Greeting, country: Country
) -> str:
    name, gender = contact.name, contact.gender
    if formality is Formality.DU:
        first = by_first_name(contact)
        if not first:
            return "Hallo zusammen"
        if greeting is Greeting.DEAR and gender and not is_several(first):
            return f"Liebe {first}" if gender is Gender.FEMALE else f"Lieber {first}"
        return f"Hallo {first}"
    if not name:
        friendly = greeting in (Greeting.GOOD_DAY, Greeting.HELLO, Greeting.GRUEZI, Greeting.DEAR)
        return "Guten Tag" if friendly else "Sehr geehrte Damen und Herren"
    if gender is None or is_several(name):
        hello = "Hallo" if greeting is Greeting.HELLO else "Guten Tag"
        if greeting is Greeting.GRUEZI and country is Country.CH:
            hello = "Grüezi"
        return f"{hello} {' '.join(filter(None, (_title(contact.title, country), name)))}"
    person = address(contact, country)
    female = gender is Gender.FEMALE
    match greeting:
        case Greeting.FORMAL:
            return f"Sehr geehrte{'' if female else 'r'} {person}"
        case Greeting.DEAR:
            return f"Liebe{'' if female else 'r'} {person}"
        case Greeting.HELLO:
            return f"Hallo {person}"
        case Greeting.GRUEZI if country is Country.CH:
            return f"Grüezi {person}"
        case _:
            return f"Guten Tag {person}"


def by_first_name(contact: Contact) -> str | None:
    """What a Du culture calls the person; None where no first name is known.

    Nobody says du to a Herr Lenz. One word after Herr, Frau or a title is a surname.
    """
    name = contact.name or ""
    if not name or _FORMAL.search(name):
        return None
    if is_several(name):
        return name
    first, _, surname_too = name.partition(" ")
    return first if surname_too or not (contact.title or contact.gender) else None


def is_addressed(contact: Contact) -> bool:
    """Whether one can speak of the person with Sie: of a bare "Jana" nobody says it."""
    return bool(contact.gender or contact.title or " " in (contact.name or ""))


def address(contact: Contact, country: Country, *, oblique: bool = False) -> str:
    """ "Frau Dr. Brandt", "Herr Klein", "Herrn Klein" (``oblique``), or the plain full name."""
    name = contact.name or ""
    title = _title(contact.title, country)
    if contact.gender is None or is_several(name):
        called = " ".join(filter(None, (title, name)))
        return _HERR.sub("Herrn", called) if oblique else called
    word = "Frau" if contact.gender is Gender.FEMALE else "Herrn" if oblique else "Herr"
    return " ".join(filter(None, (word, title, surname(name))))


def _title(title: str | None, country: Country) -> str:
    """The highest academic title as one addresses by it; Mag. and DI in Austria alone."""
    if not title:
        return ""
    if _PROFESSOR.search(title):
        return "Professor"
    if _DOCTOR.search(title):
        return "Dr."
    if country is Country.AT:
        if re.search(r"\bMag\b", title, re.I):
            return "Mag."
        if re.search(r"\bDI(?:in)?\b|\bDipl\.?-?\s?Ing", title):
            return "DI"
    return ""


def month(number: int, country: Country) -> str:
    """The name of a month; "Jänner" in Austria."""
    return "Jänner" if number == 1 and country is Country.AT else _MONTHS[number - 1]


def clock(moment: datetime, country: Country, *, short: bool = False) -> str:
    """ "10:00 Uhr", in Switzerland "10.00 Uhr"; ``short``: a full hour as "10 Uhr"."""
    return f"{_digits(moment, country, short)} Uhr"


def _digits(moment: datetime, country: Country, short: bool = False) -> str:
    if short and not moment.minute:
        return str(moment.hour)
    return f"{moment.hour}{'.' if country is Country.CH else ':'}{moment.minute:02}"


def long_date(day: date, country: Country) -> str:
    """ "9. Dezember 2026"."""
    return f"{day.day}. {month(day.month, country)} {day.year}"


def day(day: date, today: date, country: Country, *, preposition: str = "am") -> str:
    """ "heute", "am Mittwoch, den 9. Dezember", "für morgen": with the year only where far away.

    In Switzerland without "den". ``preposition``: am, für or bis.
    """
    distance = (day - today).days
    word = {-1: "gestern", 0: "heute", 1: "morgen"}.get(distance)
    if word:
        return word if preposition == "am" else f"{preposition} {word}"
    article = "" if country is Country.CH else "den "
    year = f" {day.year}" if abs(distance) > _NEAR else ""
    return (
        f"{preposition} {_WEEKDAYS[day.weekday()]}, {article}"
        f"{day.day}. {month(day.month, country)}{year}"
    )


def that_day(day: date | None, today: date) -> str:
    """The day of the appointment where it has been named before: "heute", else "an diesem Tag"."""
    return "heute" if day == today else "an diesem Tag"


def moment(
    at: datetime, today: date, country: Country, *, preposition: str = "am", whole_day: bool = False
) -> str:
    """ "am Mittwoch, den 9. Dezember, um 10:00 Uhr", "heute um 11 Uhr"."""
    when = day(at.date(), today, country, preposition=preposition)
    if whole_day:
        return when
    near = abs((at.date() - today).days) <= 1
    return (
        f"{when} um {clock(at, country, short=True)}"
        if near
        else (f"{when}, um {clock(at, country)}")
    )


def spoken(at: datetime, today: date, country: Country, *, whole_day: bool) -> str:
    """ "morgen um zehn Uhr", as one says it on the phone."""
    when = day(at.date(), today, country)
    if whole_day:
        return when
    hour = f"{_HOURS[at.hour]} Uhr" if not at.minute else clock(at, country)
    comma = "" if abs((at.date() - today).days) <= 1 else ","
    return f"{when}{comma} um {hour}"


def offered(slots: Sequence[Slot], today: date, country: Country) -> str:
    """Times to choose from, those of one day together, joined by "oder"."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.start.date(), []).append(slot)
    text = ""
    for of_day, times in days.items():
        if text:
            # a bare date is an apposition, "am Mittwoch, den 16. Dezember,": its comma closes it
            text += " oder " if text.endswith("Uhr") or "," not in text else ", oder "
        text += _offered_day(of_day, times, today, country)
    return text


def _offered_day(of_day: date, times: Sequence[Slot], today: date, country: Country) -> str:
    when = day(of_day, today, country)
    spans = []
    for slot in sorted(times, key=lambda slot: slot.start):
        if slot.end and slot.end.date() == of_day and slot.end > slot.start:
            spans.append(
                f"zwischen {_digits(slot.start, country)} und {_digits(slot.end, country)} Uhr"
            )
        elif slot.start.hour or slot.start.minute:
            spans.append(f"um {clock(slot.start, country)}")
    if not spans:
        return when
    comma = "" if abs((of_day - today).days) <= 1 else ","
    *others, last = spans
    return f"{when}{comma} {', '.join(others)}{' oder ' if others else ''}{last}"


def times(number: int) -> str:
    """ "einmal", "zweimal"; from thirteen on "13-mal"."""
    return f"{_HOURS[number]}mal" if 1 <= number <= 12 else f"{number}-mal"


def is_experience(text: str) -> bool:
    """Whether it is something that one has seen or done, not a matter that was talked about."""
    return bool(_EXPERIENCE.search(text))


def talked_about(text: str) -> str:
    """What the person typed, in the accusative: "der neue Plan" becomes "den neuen Plan".

    A clause ("wie Sie planen") gets a noun before it and its comma behind.
    """
    text = " ".join(text.split()).rstrip(" .!?;,:")
    text = re.sub(r"\A(?:über|um|an)\s+", "", text, flags=re.I)
    first, _, rest = text.partition(" ")
    if first.lower() in ("wie", "was", "warum", "ob", "wo", "wer"):
        return f"die Frage, {first.lower()} {rest},"
    if first.lower() == "dass":
        return f"den Punkt, dass {rest},"
    plain = first if first[:1].isupper() and first.lower() in ("ihr", "ihre") else first.lower()
    if plain in ("die", "das", "der", "den", "ein", "eine", "einen", "euer", "eure", "dein"):
        first = plain
    accusative = _ARTICLES.get(first)
    if not accusative:
        return f"{first} {rest}".strip()
    words = rest.split(" ")
    for number, word in enumerate(words):
        if not word.islower():
            break
        if re.search(r"er\Z", word) and first != "der":
            words[number] = word[:-1] + "n"
        elif word.endswith("e"):
            words[number] = word + "n"
    else:
        return f"{first} {rest}".strip()  # no noun: leave it as it is
    if first in ("ein", "Ihr", "euer", "dein") and not _is_masculine(rest.split(" ")):
        return f"{first} {rest}"
    return f"{accusative} {' '.join(words)}"


def _is_masculine(words: Sequence[str]) -> bool:
    """After ein, Ihr, euer, dein: an adjective in -er says masculine; without one, unknown."""
    return bool(words) and words[0].islower() and words[0].endswith("er")


def by_format(wish: InterviewFormat) -> str:
    """ "per Video", "telefonisch", "vor Ort"."""
    return {
        InterviewFormat.VIDEO: "per Video",
        InterviewFormat.PHONE: "telefonisch",
        InterviewFormat.ONSITE: "vor Ort",
    }[wish]
