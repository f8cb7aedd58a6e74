"""The dates, weekdays and times that a letter writes out, as mentions with their spans.

Only what is explicit: the check compares with what is known and need not resolve "next week".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from taktvoll.language.pattern import Pattern
from taktvoll.model import Country, Language

_MONTHS = {
    "januar": 1,
    "jänner": 1,
    "jaenner": 1,
    "january": 1,
    "jan": 1,
    "februar": 2,
    "feber": 2,
    "february": 2,
    "feb": 2,
    "märz": 3,
    "maerz": 3,
    "march": 3,
    "mar": 3,
    "mrz": 3,
    "april": 4,
    "apr": 4,
    "mai": 5,
    "may": 5,
    "juni": 6,
    "june": 6,
    "jun": 6,
    "juli": 7,
    "july": 7,
    "jul": 7,
    "august": 8,
    "aug": 8,
    "september": 9,
    "sept": 9,
    "sep": 9,
    "oktober": 10,
    "october": 10,
    "okt": 10,
    "oct": 10,
    "november": 11,
    "nov": 11,
    "dezember": 12,
    "december": 12,
    "dez": 12,
    "dec": 12,
}
_DAYS = {
    Language.DE: {
        "montag": 0,
        "dienstag": 1,
        "mittwoch": 2,
        "donnerstag": 3,
        "freitag": 4,
        "samstag": 5,
        "sonnabend": 5,
        "sonntag": 6,
        "mo": 0,
        "di": 1,
        "mi": 2,
        "do": 3,
        "fr": 4,
        "sa": 5,
        "so": 6,
    },
    Language.EN: {
        "monday": 0,
        "tuesday": 1,
        "wednesday": 2,
        "thursday": 3,
        "friday": 4,
        "saturday": 5,
        "sunday": 6,
        "mon": 0,
        "tue": 1,
        "tues": 1,
        "wed": 2,
        "thu": 3,
        "thur": 3,
        "thurs": 3,
        "fri": 4,
        "sat": 5,
        "sun": 6,
    },
}
_HOURS = {
    "ein": 1,
    "eins": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
    "zwölfe": 12,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTH2 = _MONTH.replace("<month>", "<month2>")
_H = "(?:" + "|".join(sorted(_HOURS.keys() - {"ein"}, key=len, reverse=True)) + ")"
_SOME_DE = r"(?:fünf|zehn|zwanzig|[1-5]?\d)"  # minutes before or after an hour: zehn vor vier
_FEW = r"(?:five|ten|twenty|twenty-five)"
_SOME_EN = (  # "five to ten people" is no time of day
    rf"(?:(?:{_FEW}|[1-5]?\d)(?=\s+past)|(?:(?<=\bat )|(?<=\bby )|(?<=\babout )){_FEW})"
)
_MINUTES = {"fünf": 5, "zehn": 10, "zwanzig": 20, "twenty": 20, "twenty-five": 25} | _HOURS
_YEAR = r"(?P<year>\d{4}|\d{2}(?!\d|[:.]\d|\s*uhr))"


def _weekday(language: Language) -> str:
    names = sorted(_DAYS[language], key=len, reverse=True)
    full = [n for n in names if len(n) > 5]
    short = [n for n in names if len(n) <= 5]
    return rf"(?P<weekday>(?:{'|'.join(full)})(?=\b)|(?:{'|'.join(short)})(?=\.|,|\s+\d|\s+den\s))"


_WD_DE = _weekday(Language.DE)
_GERMAN_DATE = Pattern(
    rf"\b(?:{_WD_DE}s?(?:\.?,|\.)?\s*(?:(?:den|dem|der|am|de[rmn]\s+kommenden)\s+)?)?"
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})\.?\s*{_MONTH}(?:\s*(?P<year_a>\d{{4}}))?"
    r"|(?P<day2>\d{1,2})\.\s?(?P<month_n>\d{1,2})\.(?:\s?(?P<year_b>\d{4}|\d\d)(?![\d:.]|\s*uhr))?"
    r"|(?P<day3>(?<=am )\d{1,2}|(?<=dem )\d{1,2}|(?<=den )\d{1,2}|(?<=vom )\d{1,2}"
    r"|(?<=zum )\d{1,2})\.(?=\s|,|\)|$)(?!\s?\d))(?![\w])"
)
_GERMAN_WEEKDAY = Pattern(
    r"\b(?:am|für|vom|auf|bis|ab|diesen|nächsten|kommenden|letzten|zum|den)\s+"
    r"(?:(?:kommenden|nächsten|letzten)\s+)?"
    r"(?P<weekday>montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)(?=\w*\b)"
)
_WD_EN = _weekday(Language.EN)
_ENGLISH_DATE = Pattern(
    rf"\b(?:{_WD_EN}\.?,?\s+(?:the\s+)?)?"
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year_a>\d{{4}}))?"
    rf"|{_MONTH2}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?:,?\s+(?P<year_b>\d{{4}}))?"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
    r"|(?P<day3>\d{1,2})(?:st|nd|rd|th)(?=\s|,|\.|$))(?!\w)"
)
_ENGLISH_WEEKDAY = Pattern(
    r"\b(?:on|for|next|this|last|by|until|from|to)\s+(?:(?:next|this|last|coming)\s+)?"
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_GERMAN_TIME = Pattern(
    rf"\b(?:(?P<h>\d{{1,2}})(?::(?P<m>\d\d)|\.(?P<m2>\d\d)(?=\s*(?:uhr|h)\b))(?:\s*(?:uhr|h)\b)?"
    r"|(?P<h2>\d{1,2})\s*uhr(?:\s+(?P<m3>\d\d)\b)?"
    rf"|(?P<some>{_SOME_DE})(?:\s+minuten)?\s+(?P<side>vor|nach)\s+(?P<half>halb\s+)?"
    rf"(?P<h7>{_H}|\d{{1,2}}(?!\d*\s?[.:]))\b"
    r"|(?<=\bum )(?P<h3>\d{1,2})(?![\d.:/]|\s*(?:uhr|euro|€|%|\w*minuten|tage|stunden))"
    rf"|(?P<part>halb|viertel nach|viertel vor|dreiviertel|viertel)\s+(?P<h4>{_H}|\d{{1,2}})\b"
    rf"|(?<=\bum )(?P<h5>{_H})(?:\s+uhr)?\b(?!\s+(?:\w*minuten|stunden|tage|wochen|jahre"
    rf"|\w+e[nr]?\b))"
    rf"|(?P<h6>{_H}|ein)\s+uhr\b)"
)
# "at 12 Quay Street" is an address; "at 12 on Quay Street" is a time
_STREET = (
    r"\s+(?!(?:on|in|at|to|for|with|from|by|and|or|the|o[’']clock|noon|sharp)\b)"
    r"[\w'’.-]+(?:\s+[\w'’.-]+){0,2}?\s+(?:street|st|road|rd|avenue|ave|lane|ln|drive|square|place"
    r"|court|quay|row|terrace|crescent|gardens|boulevard|blvd|park|mews|parade|wharf|way)\b"
)
_ENGLISH_TIME = Pattern(
    r"\b(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s*(?P<ap>[ap]\.?m\b\.?)"
    r"|(?P<h2>\d{1,2}):(?P<m2>\d\d)"
    rf"|(?P<some>{_SOME_EN})\s+(?P<side>past|to)\s+(?P<h7>{_H}|\d{{1,2}}(?!\d*[.:]))\b"
    r"|(?<=\bat )(?P<h3>\d{1,2})(?![\d.:/%]|\s*(?:minutes|days|hours|weeks))"
    rf"(?!{_STREET})"
    rf"|(?P<part>half past|quarter past|quarter to)\s+(?P<h4>{_H}|\d{{1,2}})\b"
    rf"|(?<=\bat )(?P<h5>{_H})(?:\s+o[’']clock)?\b|(?P<h6>{_H})\s+o[’']clock\b|(?P<noon>noon)\b)"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written; ``start``/``end`` without its weekday, which has its own span.

    ``other`` is the (day, month) it may mean as well: 3/4 in English without a known country.
    """

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    weekday: int | None
    weekday_span: tuple[int, int] | None
    other: tuple[int, int] | None = None

    @property
    def whole(self) -> tuple[int, int]:
        """From the weekday, where there is one, to the end."""
        if self.weekday_span is None:
            return self.start, self.end
        return min(self.start, self.weekday_span[0]), max(self.end, self.weekday_span[1])


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of day in minutes; ``vague`` where morning or afternoon is left open."""

    start: int
    end: int
    minutes: int
    vague: bool

    def is_at(self, minutes: int) -> bool:
        """Whether this mention can mean ``minutes`` after midnight."""
        return self.minutes == minutes or (self.vague and (self.minutes - minutes) % 720 == 0)


def dates(text: str, language: Language, country: Country | None) -> list[DateMention]:
    """The dates and lone weekdays of ``text`` in their order."""
    low = _lowered(text)
    pattern = _GERMAN_DATE if language is Language.DE else _ENGLISH_DATE
    found = [m for hit in pattern.finditer(low) if (m := _date(hit, language, country))]
    covered = [mention.whole for mention in found]
    lone = _GERMAN_WEEKDAY if language is Language.DE else _ENGLISH_WEEKDAY
    for hit in lone.finditer(low):
        start, end = hit.span("weekday")
        if all(end <= a or start >= b for a, b in covered):
            day = _DAYS[language][hit["weekday"]]
            found.append(DateMention(start, start, None, None, None, day, (start, end)))
    return sorted(found, key=lambda m: m.whole)


def times(text: str, language: Language) -> list[TimeMention]:
    """The times of day of ``text`` in their order."""
    low = _lowered(text)
    pattern = _GERMAN_TIME if language is Language.DE else _ENGLISH_TIME
    return [m for hit in pattern.finditer(low) if (m := _time(hit, language))]


@lru_cache(maxsize=2)  # dates and times of one letter
def _lowered(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("\n", " ").replace("\u00a0", " ").replace("\u202f", " ")


def _date(hit: re.Match[str], language: Language, country: Country | None) -> DateMention | None:
    group = hit.groupdict()
    day: int | None
    month: int | None = None
    year: int | None = None
    other: tuple[int, int] | None = None
    if group["iso"]:
        year, month, day = (int(part) for part in group["iso"].split("-"))
    elif group.get("slash"):
        numbers = [int(part) for part in group["slash"].split("/")]
        day, month = numbers[0], numbers[1]
        if country is Country.US or (month > 12 >= day):
            day, month = month, day
        elif country is None and month <= 12:
            other = (month, day)
        year = _full_year(numbers[2]) if len(numbers) > 2 else None
    else:
        day = int(group["day"] or group["day2"] or group["day3"])
        name = group["month"] or group.get("month2")
        if name:
            month = _MONTHS[name]
        elif group.get("month_n"):
            month = int(group["month_n"])
        written = group.get("year_a") or group.get("year_b")
        year = _full_year(int(written)) if written else None
    if not 1 <= day <= 31 or (month is not None and not 1 <= month <= 12):
        return None
    weekday, span = None, None
    if group["weekday"]:
        weekday, span = _DAYS[language][group["weekday"]], hit.span("weekday")
    first = next(
        hit.start(name)
        for name in ("iso", "slash", "day", "month2", "day2", "day3")
        if group.get(name) is not None
    )
    end = hit.end()
    return DateMention(first, end, day, month, year, weekday, span, other)


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def _time(hit: re.Match[str], language: Language) -> TimeMention | None:
    group = hit.groupdict()
    if group.get("noon"):
        return TimeMention(*hit.span(), 720, False)
    minute = int(group["m"] or group["m2"] or group.get("m3") or 0)
    vague = False
    spoken = group["h4"] or group["h5"] or group["h6"] or group["h7"]
    written = group["h"] or group["h2"] or group["h3"] or spoken
    hour = _HOURS.get(written) or int(written)
    if some := group["some"]:
        shift = _MINUTES.get(some) or int(some)
        half = 30 if group.get("half") else 0
        total = hour * 60 - half + (shift if group["side"] in ("nach", "past") else -shift)
        return TimeMention(*hit.span(), total % 1440, True)
    if part := group["part"]:
        back = 60 if language is Language.DE or part.endswith("to") else 0
        shifts = {"halb": 30, "half past": 30, "dreiviertel": 45, "viertel": 15}
        if part in ("viertel nach", "quarter past"):
            back, minute = 0, 15
        elif part in ("viertel vor", "quarter to"):
            minute = 45
        else:
            minute = shifts[part]
        total = hour * 60 + minute - back
        return TimeMention(*hit.span(), total % 1440, True)
    if ap := group.get("ap"):
        hour = hour % 12 + (12 if ap[0] == "p" else 0)
    else:
        vague = hour <= 12 and (
            bool(spoken) or not (group["m"] or group["m2"]) or language is Language.EN
        )
    if hour > 24 or minute > 59:
        return None
    return TimeMention(*hit.span(), (hour * 60 + minute) % 1440, vague)
