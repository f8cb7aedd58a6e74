"""Stretches of days: weeks, weekends, months, years, and parts of them; and moments from now.

A period runs from its first instant to the first instant behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from taktvoll.language.days import resolve
from taktvoll.language.phrases.days import day, month_of
from taktvoll.language.phrases.feasts import nth_weekday
from taktvoll.language.phrases.figures import MONTH_NAMES, day_in_month, year_at
from taktvoll.language.phrases.lengths import PLACES, UNITS, add_months
from taktvoll.language.phrases.numbers import ordinal, ordinal_figure, year_in_words
from taktvoll.language.phrases.text import Table, Text, remembered, words
from taktvoll.language.phrases.weekdays import week_number


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to before ``stop``; ``unit`` as in :data:`~.lengths.UNITS`."""

    start: datetime
    stop: datetime
    unit: str


Found = tuple[Period, int]


LEADING_ARTICLES = frozenset(words("the der die das den dem des im in on am an for during über"))


SEASONS: Table[int] = Table(
    dict.fromkeys(("spring", "frühling", "frühjahr"), 3),
    dict.fromkeys(("summer", "sommer"), 6),
    dict.fromkeys(("autumn", "fall", "herbst"), 9),
    {"winter": 12},
)


_WEEK_OF = re.compile(
    r"(?:the\s)?(?:w/c|week(?:end)?\s(?:of|beginning|commencing|starting|of\sthe)|woche\s(?:vom|ab|um\sden))"
    r"\s(?:on\s|the\s)?"
)


_MONTH_YEAR = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s?[-/]\s?(?P<m>0?[1-9]|1[0-2])(?![\d:/.\-]|\w)"),
    re.compile(r"(?P<m>0?[1-9]|1[0-2])\s?[-/]\s{0,2}(?P<y>(?:19|20)\d\d)(?![\d:/.\-])"),
    re.compile(r"(?P<m>0[1-9]|1[0-2])\.\s{0,2}(?P<y>(?:19|20)\d\d)(?![\d:/.\-])"),
)


_YEAR_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d),?\s(?=[^\W\d_])")


_YEAR = re.compile(r"(?:19|20)\d\d(?![\d:/\-–]|\.\d|\s?(?:uhr|h\b|euro|eur|€))")


_KW = re.compile(
    r"(?:kw|kalenderwoche|calendar\sweek|week)\s?(\d{1,2})(?![\d.:])(?:\s?/?\s?((?:19|20)\d\d))?"
)


_MIDNIGHT = time()


@remembered
def whole(t: Text, at: int, *, led: bool = False) -> Found | None:
    """A period without what says which part of it: "next week", "Dezember 2026", "KW 50"."""
    begin = t.without(at, LEADING_ARTICLES, 2)
    return (
        _week_of_day(t, begin)
        or _nth_week(t, begin)
        or _calendar_week(t, begin)
        or _quarter(t, begin)
        or _placed(t, begin, definite=begin > at)
        or month_named(t, begin, led=led or begin > at)
        or year_named(t, begin)
    )


def midnight_of(on: date) -> datetime:
    """The first instant of a day."""
    return datetime.combine(on, _MIDNIGHT)


def of_days(start: date, days: int, unit: str) -> Period:
    """So many days from ``start``."""
    return Period(midnight_of(start), midnight_of(start + timedelta(days=days)), unit)


def _of_month(year: int, month: int, months: int = 1, unit: str = "month") -> Period:
    start = midnight_of(date(year, month, 1))
    return Period(start, add_months(start, months), unit)


def unit_on(t: Text, unit: str, places: int) -> Period | None:
    """The present unit of the calendar, or the one so many on."""
    today = t.now.date()
    monday = today - timedelta(days=today.weekday())
    if unit == "week":
        return of_days(monday + timedelta(days=7 * places), 7, unit)
    if unit == "weekend":
        return of_days(monday + timedelta(days=7 * places + 5), 2, unit)
    if unit == "day":
        return of_days(today + timedelta(days=places), 1, unit)
    if unit == "hour":
        start = t.now + timedelta(hours=places - 1) if places else t.now
        return Period(start, start + timedelta(hours=1), unit)
    first = midnight_of(today.replace(day=1))
    if unit == "month":
        first = add_months(first, places)
        return _of_month(first.year, first.month)
    if unit == "quarter":
        first = add_months(first.replace(month=(first.month - 1) // 3 * 3 + 1), 3 * places)
        return _of_month(first.year, first.month, 3, unit)
    if unit == "year" and 1 < today.year + places < 9000:
        return _of_month(today.year + places, 1, 12, unit)
    return None


_QUARTER = re.compile(r"q([1-4])(?:[\s/\-]{1,2}((?:19|20)\d\d))?(?!\w)")


def _quarter(t: Text, at: int) -> Found | None:
    """ "Q3 2026", "third quarter", "4. Quartal 2026": of the present year where none is told."""
    if found := _QUARTER.match(t.low, at):
        number, year, end = int(found[1]), found[2], found.end()
        return _of_month(int(year or t.now.year), 3 * number - 2, 3, "quarter"), end
    nth = day_in_month(t, at)
    unit = t.phrase(t.skip(nth[1]), UNITS) if nth and nth[0] <= 4 else None
    if nth is None or unit is None or unit[0] != "quarter":
        return None
    year_told, end = year_at(t, unit[1])
    return _of_month(year_told or t.now.year, 3 * nth[0] - 2, 3, "quarter"), end


def _placed(t: Text, at: int, *, definite: bool) -> Found | None:
    """ "next week", "dieses Wochenende", "the month", "nächsten März", "this summer"."""
    if t.low.startswith(
        tuple(f"{unit} after next" for unit in ("week", "weekend", "month", "year")), at
    ):
        unit = t.word(at)
        found = unit_on(t, unit, 2)
        return (found, at + len(unit) + len(" after next")) if found else None
    place = t.phrase(at, PLACES)
    word_at = t.skip(place[1]) if place else at
    unit_found = t.phrase(word_at, UNITS)
    if unit_found and t.word(word_at) not in ("tags", "min", "sec", "h", "std"):
        unit, end = unit_found
        if unit == "weekend" or place or (definite and _ends_phrase(t, end, unit)):
            if unit in ("day", "second", "minute", "weekday") or (place is None and unit == "hour"):
                return None
            if place is None and t.word(word_at).endswith("s"):
                return None  # "the months"
            found = unit_on(t, unit, place[0] if place else 0)
            return (found, end) if found else None
        return None
    if place and (month := t.phrase(word_at, MONTH_NAMES)) and not _is_verb(t, word_at):
        return _placed_month(t, place[0], month[0], t.word(at)), month[1]
    if t.word(word_at) == "fall" and not place and not t.low.startswith("the fall", at - 4):
        return None
    if (place or definite) and (season := t.phrase(word_at, SEASONS)):
        year, end = year_at(t, season[1])
        return _season(t, season[0], place[0] if place else 0, year), end
    if not definite and (season := t.phrase(at, SEASONS)):
        year, end = year_at(t, season[1])
        return (_season(t, season[0], 0, year), end) if year else None
    return None


def _is_verb(t: Text, at: int) -> bool:
    """ "this may", "they march": months are written with a capital."""
    return t.word(at) in ("may", "march", "mar") and not t.cased[at].isupper()


def _ends_phrase(t: Text, end: int, unit: str) -> bool:
    """ "in the week", "for the month" at a phrase's end; "the day I came" names none."""
    rest = t.skip(end)
    return unit in ("week", "month", "year") and (
        rest >= len(t.low) or t.low[rest] in ".,;:!?)\n" or t.word(rest) in ("of",)
    )


def _placed_month(t: Text, place: int, month: int, word: str) -> Period:
    today = t.now.date()
    year = today.year
    if place > 0 and month <= today.month:
        year += 1
    if place < 0 and month >= today.month:
        year -= 1
    return _of_month(year, month)


def _season(t: Text, month: int, place: int, year: int | None) -> Period:
    """By the almanac: each season begins on the 21st of its month."""
    today = midnight_of(t.now.date())

    def of(year: int) -> Period:
        start = midnight_of(date(year, month, 21))
        return Period(start, add_months(start, 3), "season")

    if year:
        return of(year)
    around = [of(year) for year in range(today.year - 2, today.year + 4)]
    coming = next(at for at, each in enumerate(around) if each.stop > today)
    running = around[coming].start <= today
    if place > 0 and running:
        coming += 1
    elif place < 0:
        coming -= 1
    return around[coming]


def month_named(t: Text, at: int, *, led: bool) -> Found | None:
    """ "Dezember 2026", "im Mai", "2016-05", "05/2016"; a bare "May" or "March" is no month."""
    for pattern in _MONTH_YEAR:
        if found := pattern.match(t.low, at):
            if at and (t.low[at - 1].isalnum() or t.low[at - 1] in ".-/"):
                return None
            return _of_month(int(found["y"]), int(found["m"])), found.end()
    if found := _YEAR_MONTH.match(t.low, at):
        named = t.phrase(found.end(), MONTH_NAMES)
        return (_of_month(int(found["y"]), named[0]), named[1]) if named else None
    named = t.phrase(at, MONTH_NAMES)
    if named is None:
        return None
    month, end = named
    if t.low[end : end + 1] == "." and t.word(at) not in ("may", "mai", "march", "august"):
        end += 1
    place = re.compile(r"[\s/\-]").match(t.low, end)
    year, year_end = year_at(t, end)
    if (
        year is None
        and place
        and (slashed := re.compile(r"/((?:19|20)\d\d)(?!\d)").match(t.low, end))
    ):
        year, year_end = int(slashed[1]), slashed.end()
    if year is not None:
        return (_of_month(year, month), year_end) if 1 <= year < 9000 else None
    if not led:
        return None
    if _is_verb(t, at):
        return None
    first = _of_month(t.now.year, month)
    if first.stop <= midnight_of(t.now.date()):
        first = _of_month(t.now.year + 1, month)
    return first, end


def year_named(t: Text, at: int, *, led: bool = False) -> Found | None:
    """ "2009", "jahr 2009", "year 2012"; a number alone is one only where a word leads to it."""
    word = t.word(at)
    begin = (
        t.after(at, "jahr", "jahre", "jahres", "year")
        if word in ("jahr", "jahre", "year")
        else None
    )
    if begin and t.word(begin) == "of":
        begin = t.skip(begin + 2)
    before = t.low[max(0, at - 8) : at]
    led = led or bool(
        re.search(
            r"(?:\bin|\bim|\bsince|\bseit|\bvor|\bbefore|\bof|\bfrom|\bto|\bbis|\bund|\band|\bnach)\s$",
            before,
        )
    )
    place = begin or at
    if (found := _YEAR.match(t.low, place)) and (begin or led):
        return _of_month(int(found[0]), 1, 12, "year"), found.end()
    if (spelt := year_in_words(t, place)) and spelt[0] >= 1000:
        return _of_month(spelt[0], 1, 12, "year"), spelt[1]
    return None


def _week_of_day(t: Text, at: int) -> Found | None:
    """ "the week of the 18th", "week commencing February 4", "w/c Feb 4"."""
    lead = _WEEK_OF.match(t.low, at)
    if lead is None:
        return None
    found = day(t, lead.end()) or day(
        t, lead.end() - 4 if t.low[: lead.end()].endswith("the ") else lead.end()
    )
    resolved = resolve(found[0], t.now.date()) if found else None
    if not found or not resolved:
        return None
    monday = resolved.date - timedelta(days=resolved.date.weekday())
    if "weekend" in lead[0]:
        return of_days(monday + timedelta(days=5), 2, "weekend"), found[1]
    return of_days(monday, 7, "week"), found[1]


def _nth_week(t: Text, at: int) -> Found | None:
    """ "first week of October 2014", "die letzte Woche im Juli", "the last weekend of May"."""
    nth = ordinal(t, at) or ordinal_figure(t, at)
    if nth is None and (place := t.phrase(at, PLACES)) and place[0] == -1:
        nth = -1, place[1]
    if nth is None or nth[0] > 5:
        return None
    unit = t.phrase(t.skip(nth[1]), UNITS)
    if unit is None or unit[0] not in ("week", "weekend"):
        return None
    gap = t.without(t.skip(unit[1]), frozenset(("of", "in", "im", "des", "the", "vom")), 2)
    said = month_of(t, gap) if gap > t.skip(unit[1]) else None
    if said is None:
        return None
    (year, month, open_year), end = said
    for tried in (year, year + 1) if open_year else (year,):
        on = _week_in_month(tried, month, nth[0])
        start = on + timedelta(days=5) if unit[0] == "weekend" else on
        found = of_days(start, 2 if unit[0] == "weekend" else 7, unit[0])
        if found.stop > midnight_of(t.now.date()):
            break
    return found, end


def _week_in_month(year: int, month: int, nth: int) -> date:
    """The Monday of the nth week that lies in the month as a whole."""
    if nth > 0:
        return nth_weekday(year, month, 0, nth) or date(year, month, 28)
    return (nth_weekday(year, month, 6, nth) or date(year, month, 28)) - timedelta(days=6)


def _calendar_week(t: Text, at: int) -> Found | None:
    found = (
        _KW.match(t.low, at) if t.word(at) in ("kw", "kalenderwoche", "calendar", "week") else None
    )
    if found is None or not 1 <= int(found[1]) <= 53:
        return None
    today = t.now.date()
    if found[2]:
        try:
            monday = date.fromisocalendar(int(found[2]), int(found[1]), 1)
        except ValueError:
            return None
    else:
        monday = week_number(int(found[1]), today)
    return of_days(monday, 7, "calendar week"), found.end()
