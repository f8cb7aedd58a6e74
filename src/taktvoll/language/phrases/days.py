"""Days that are not told by a date: "übermorgen", "Tuesday week", "the second Monday in May"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from taktvoll.language.days import Day, resolve
from taktvoll.language.phrases.feasts import FEASTS, Rule, nth_weekday
from taktvoll.language.phrases.figures import (
    MONTH_NAMES,
    dated,
    day_in_month,
    year_at,
)
from taktvoll.language.phrases.lengths import PLACES, UNITS, Length, length
from taktvoll.language.phrases.numbers import ordinal, ordinal_figure
from taktvoll.language.phrases.text import Table, Text, remembered, words
from taktvoll.language.phrases.weekdays import exact, today_of, week_then_day, weekday, weekday_name

NAMED: Table[int] = Table(
    dict.fromkeys(("heute", "today", "this day", "heutigen tag"), 0),
    dict.fromkeys(("morgen", "tomorrow", "tmrw", "tmr", "the next day", "next day"), 1),
    dict.fromkeys(("the day after", "the following day", "am nächsten tag", "nächsten tag"), 1),
    dict.fromkeys(("am folgetag", "am tag darauf", "tags darauf"), 1),
    dict.fromkeys(("übermorgen", "uebermorgen", "the day after tomorrow"), 2),
    dict.fromkeys(("day after tomorrow", "overmorrow"), 2),
    dict.fromkeys(("gestern", "yesterday", "the day before", "last day", "am vortag"), -1),
    dict.fromkeys(("the previous day", "previous day", "the last day"), -1),
    dict.fromkeys(("vorgestern", "the day before yesterday", "day before yesterday"), -2),
)


_LEADS = frozenset(words("am an on den dem der the des for auf zum vom im in bis ab"))


_TRUSTED_LEADS = frozenset(
    words("am on den dem der the zum vom by until bis ab datum date termin from for")
)


_BACK: Table[int] = Table(
    dict.fromkeys(("ago", "before now", "zuvor", "her", "earlier"), -1),
    dict.fromkeys(("from now", "from today", "hence", "from this day", "today"), 1),
    dict.fromkeys(("later", "darauf", "danach", "ab heute", "von heute an"), 1),
)


_BESIDE: Table[int] = Table(
    dict.fromkeys(("before", "vor", "vor dem", "prior to"), -1),
    dict.fromkeys(("after", "from", "on", "nach", "nach dem", "ab", "following"), 1),
)


_MORNING_BEFORE = re.compile(r"(?:guten|schönen|jeden|diesen|diesem|am|gegen|den|der)\s$")


@remembered
def day(t: Text, at: int) -> tuple[Day, int] | None:
    """The day that is named at ``at``, its prepositions taken in."""
    begin = t.without(at, _LEADS)
    led = begin > at and t.word(at) in _TRUSTED_LEADS
    return (
        _shifted(t, at)
        or _feast(t, begin)
        or _beside(t, begin)
        or of_period(t, begin)
        or _nth_weekday(t, begin)
        or week_then_day(t, begin)
        or weekday(t, begin)
        or dated(t, begin, trusted=led or starts_line(t, begin))
        or _placed_date(t, begin)
        or named(t, at)
        or named(t, begin)
    )


_HEADING = re.compile(
    r"\d{1,2}(?:\.\d\d)?\.?\s(?!am|um|at|in|morg|nachm|vorm|abend|früh|mitt|ab|gegen|auf|bis)[^\W\d_]"
)


def starts_line(t: Text, at: int) -> bool:
    """Whether the text, or a line of it, begins with this figure: "25.07" in a cell."""
    if not t.low[at : at + 1].isdigit() or _HEADING.match(t.low, at):
        return False
    return at == 0 or t.low[at - 1] in "\n|([,;:" or not t.low[:at].strip()


@remembered
def named(t: Text, at: int) -> tuple[Day, int] | None:
    """ "heute", "the day after tomorrow"; "morgen" where it is no morning."""
    found = t.phrase(at, NAMED)
    if found is None or (t.word(at) == "morgen" and _is_morning(t, at)):
        return None
    on, end = today_of(t) + timedelta(days=found[0]), found[1]
    rest = t.skip(end)
    before = length(t, t.skip(rest + 3)) if t.word(rest) == "vor" else None
    if before and before[0].in_days:
        return exact(before[0].added(datetime.combine(on, t.now.time()), -1).date()), before[1]
    later = length(t, t.after(rest, "in") or at) if t.word(rest) == "in" else None
    if later and later[0].in_days:
        days = 7 if later[0].rest == timedelta(days=8) else later[0].rest.days
        return exact(on + timedelta(days=days)), later[1]
    if t.word(rest) == "week" and t.word(at) in ("today", "tomorrow"):
        return exact(on + timedelta(days=7)), rest + 4
    return exact(on), end


def _is_morning(t: Text, at: int) -> bool:
    if _MORNING_BEFORE.search(t.low, max(0, at - 10), at):
        return True
    inside = (
        at > 1 and t.cased[at] == "M" and t.low[at - 1] == " " and t.low[at - 2] not in ".:!?|>"
    )
    return bool(inside)


@remembered
def _shifted(t: Text, at: int) -> tuple[Day, int] | None:
    """ "in zwei Wochen", "vor drei Tagen", "three weeks ago", "2 days from now"."""
    now = t.now
    if lead := t.after(at, "in", "vor", "within"):
        about = t.without(lead, frozenset(("ca", "circa", "zirka", "etwa", "about", "rund")), 1)
        found = length(t, about)
        if not found or not found[0].in_days or t.word(at) == "within":
            return None
        following = t.skip(found[1])
        if t.word(at) == "in" and t.phrase(following, _BESIDE):
            return None
        if t.word(at) == "in" and (late := _TIME.match(t.low, found[1])):
            return exact(found[0].added(now).date()), late.end()
        sign = -1 if t.word(at) == "vor" else 1
        return exact(found[0].added(now, sign).date()), found[1]
    found = length(t, at)
    if found is None or not found[0].in_days:
        return None
    sign_at = t.phrase(t.skip(found[1]), _BACK)
    return (exact(found[0].added(now, sign_at[0]).date()), sign_at[1]) if sign_at else None


_TIME = re.compile(r"['’]?\stime(?!\w)")


_ONE = {"week": 7, "day": 1, "tag": 1, "tags": 1, "fortnight": 14}


@remembered
def _beside(t: Text, at: int) -> tuple[Day, int] | None:
    """ "two days before yesterday", "eine Woche nach Ostern", "a week on Tuesday"."""
    found = length(t, at)
    if found is None and t.word(at) in _ONE:
        found = Length(0, timedelta(days=_ONE[t.word(at)]), "day"), at + len(t.word(at))
    if found is None or not found[0].in_days or found[0].unit == "weekend":
        return None
    sign = t.phrase(t.skip(found[1]), _BESIDE)
    if sign is None:
        return None
    place = t.without(t.skip(sign[1]), frozenset(("the", "this", "dem", "der", "den")), 1)
    base = weekday(t, place) or _feast(t, place) or named(t, place) or dated(t, place, trusted=True)
    if base is None:
        return None
    if base[0].bare and sign[0] > 0 and found[0].months:
        moved = found[0].added(t.now).date()
        resolved = resolve(base[0], moved - timedelta(days=1))
    else:
        resolved = resolve(base[0], today_of(t))
        if resolved is None:
            return None
        noon = datetime.combine(resolved.date, t.now.time())
        return exact(found[0].added(noon, sign[0]).date()), base[1]
    return (exact(resolved.date), base[1]) if resolved else None


@remembered
def of_period(t: Text, at: int) -> tuple[Day, int] | None:
    """ "20th of next month", "am 3. des nächsten Monats", "the 21st this month"."""
    number = day_in_month(t, at)
    if number is None:
        return None
    place_at = t.without(t.skip(number[1]), frozenset(("of", "in", "des", "im", "the")), 2)
    place = t.phrase(place_at, PLACES)
    word_at = t.skip(place[1]) if place else place_at
    if place_at == t.skip(number[1]) and not (place and _ORDINAL.match(t.low, at)):
        return None
    unit = t.phrase(word_at, UNITS)
    if not unit or unit[0] != "month":
        return None
    year, month = _month_on(today_of(t), place[0] if place else 0)
    try:
        return exact(date(year, month, number[0])), unit[1]
    except ValueError:
        return None


_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)")


def _month_on(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def _nth_weekday(t: Text, at: int) -> tuple[Day, int] | None:
    """ "the second Monday of next month", "letzter Freitag im November", "third Tuesday"."""
    nth = ordinal(t, at) or ordinal_figure(t, at)
    if nth is None and (german := re.compile(r"([1-5])\.\s").match(t.low, at)):
        nth = int(german[1]), german.end()
    if nth is None and (place := t.phrase(at, PLACES)) and place[0] == -1:
        nth = -1, place[1]
    if nth is None or nth[0] > 5:
        return None
    unit = t.phrase(t.skip(nth[1]), UNITS)
    if unit and unit[0] == "day":
        return _nth_day(t, nth[0], unit[1])
    number, end = weekday_name(t, t.skip(nth[1]))
    if number is None:
        return None
    gap = t.without(t.skip(end), frozenset(("of", "in", "im", "des", "the", "dem", "diesem")), 2)
    today = today_of(t)
    said = month_of(t, gap)
    if said is None:
        if nth[0] < 0 or gap > t.skip(end):
            return None
        found = nth_weekday(today.year, today.month, number, nth[0])
        return (exact(found), end) if found else None
    (year, month, open_year), end = said
    found = nth_weekday(year, month, number, nth[0])
    if found and open_year and found < today:
        found = nth_weekday(year + 1, month, number, nth[0])
    return (exact(found), end) if found else None


def _nth_day(t: Text, nth: int, at: int) -> tuple[Day, int] | None:
    """ "the last day of October", "dritter Tag im Oktober"."""
    place = t.without(t.skip(at), frozenset(("of", "in", "im", "des", "the", "dem", "diesem")), 2)
    said = month_of(t, place) if place > t.skip(at) else None
    if said is None:
        return None
    (year, month, open_year), end = said
    for tried in (year, year + 1):
        first = date(tried, month, 1)
        following = date(tried + month // 12, month % 12 + 1, 1)
        on = (first if nth > 0 else following) + timedelta(days=nth - 1 if nth > 0 else nth)
        if not open_year or on >= today_of(t):
            break
    return exact(on), end


@remembered
def month_of(t: Text, at: int) -> tuple[tuple[int, int, bool], int] | None:
    """Year and month named at ``at``, and whether the year was left open."""
    today = today_of(t)
    if name := t.phrase(at, MONTH_NAMES):
        year, end = year_at(t, name[1])
        return ((year or today.year, name[0], year is None), end)
    place = t.phrase(at, PLACES)
    unit = t.phrase(t.skip(place[1]) if place else at, UNITS)
    if not unit or unit[0] != "month":
        return None
    year, month = _month_on(today, place[0] if place else 0)
    return ((year, month, False), unit[1])


@remembered
def _feast(t: Text, at: int) -> tuple[Day, int] | None:
    """A feast with or without its year: "Ostermontag", "next Christmas", "Silvester 2026"."""
    place = t.phrase(at, PLACES)
    begin = t.skip(place[1]) if place else at
    found = t.phrase(begin, FEASTS) or _numbered_feast(t, begin)
    if found is None:
        return None
    rule, end = found
    year, end = year_at(t, end)
    today = today_of(t)
    if year is None:
        year = today.year + (1 if rule(today.year) < today else 0)
        if place and place[0] < 0:
            year = today.year - (0 if rule(today.year) < today else 1)
    return (exact(rule(year)), end) if 1583 <= year <= 4000 else None


_NUMBERED = re.compile(r"([1-4])\.\s(weihnachts(?:feier)?tag|advent)(?!\w)")


def _numbered_feast(t: Text, at: int) -> tuple[Rule, int] | None:
    """ "1. Advent", "2. Weihnachtsfeiertag"."""
    found = _NUMBERED.match(t.low, at)
    if found is None:
        return None
    name = f"{('erster', 'zweiter', 'dritter', 'vierter')[int(found[1]) - 1]} {found[2]}"
    return (FEASTS[name], found.end()) if name in FEASTS else None


def _placed_date(t: Text, at: int) -> tuple[Day, int] | None:
    """ "next 6th of April", "kommenden 9. Dezember"."""
    place = t.phrase(at, PLACES)
    if place is None or place[0] < 0:
        return None
    found = dated(t, t.skip(place[1]), trusted=True)
    return found if found and found[0].month else None
