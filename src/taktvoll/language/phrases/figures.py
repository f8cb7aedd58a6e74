"""Dates with a day of the month: "9.12.", "Dec 9th", "der zwanzigste Mai", "2026-12-09"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from taktvoll.language.days import Day
from taktvoll.language.phrases.numbers import cardinal, ordinal, year_in_words
from taktvoll.language.phrases.text import Table, Text, remembered, words
from taktvoll.language.words import MONTHS, WEEKDAYS, any_of
from taktvoll.model import Country, Language

MONTH_NAMES: Table[int] = Table(MONTHS, {"sept": 9, "juno": 6, "julei": 7})
WEEKDAY_NAMES: Table[int] = Table(
    WEEKDAYS, {"thursady": 3, "wendesday": 2, "weds": 2, "tuesdays": 1}
)
"""With the two slips of the finger that no other word resembles."""

_MONTH = any_of(frozenset(MONTHS))
_ISO = re.compile(
    rf"(?P<y>(?:19|20)\d\d)(?P<s>[-/. ])(?P<m>\d{{1,2}}|{_MONTH})(?P=s)(?P<d>\d{{1,2}})(?![\d\w])"
)
_ISO_SWAPPED = re.compile(rf"(?P<y>(?:19|20)\d\d)/(?P<d>\d{{1,2}})/(?P<m>{_MONTH})(?!\w)")
_NUMERIC = re.compile(
    r"(?P<a>\d{1,2})(?P<s>[-/])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|'?\d\d)(?![\d/]|-\d)"
)
_DOTTED = re.compile(
    r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2}|[xvi]{1,4}(?=[.\s]))"
    r"(?:\.(?P<y>\s{0,2}(?:19|20)\d\d(?!\d|\s?[-–]\s?\d{4})|\s?'\d\d|\d\d(?![\d:.]|\s?(?:uhr|h)\b)))?(?P<dot>\.?)(?![\d:]|,\d)"
)
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/\-](?P<b>\d{1,2})(?![\d/.%]|\s?(?:uhr|h\b|[ap]\.?m\b))")
_DAY = re.compile(r"(?P<d>\d{1,2})(?P<th>\s?(?:st|nd|rd|th|te[nrs]?|ter)(?!\w)|\.(?!\d))?(?![\d:])")
_YEAR = re.compile(
    r"(?:\s?[,/]?\s?(?:of\s|in\s|im\sjahr\s)?|-|,\s)(?P<y>(?:19|20)\d\d)(?!\d|[:.]\d\d|[-–]\d{4}|\s?(?:uhr|h\b|hrs))|"
    r"\s?(?:of\s)?['’](?P<yy>\d\d)(?!\d)|\sof\s(?P<of>\d\d)(?!\d)"
)
_ROMAN = {roman: n for n, roman in enumerate(words("i ii iii iv v vi vii viii ix x xi xii"), 1)}
_BETWEEN = re.compile(r"\.?[\s\-/,]{0,2}(?:of\s(?:the\s)?|tag\sim\s|im\s|day\sof\s)?(?:[\s,])?")
_NO_DAY = re.compile(
    r"\s?(?:floor|street|st\b|ave|round|stage|interview|etage|stock|og\b|century|place|straße|"
    r"strasse|weg|allee|platz|grade|class|time|wave|anniversary|birthday|quarter|week|month|year|"
    r"woche|quartal|jahr|monat|prozent|percent|%|€)"
)


@remembered
def dated(t: Text, at: int, *, trusted: bool) -> tuple[Day, int] | None:
    """The day written with its number at ``at``.

    ``trusted``: what stands before or the whole text leaves no doubt that a day follows, so that
    "9.12" or "the 9th" is one.
    """
    if t.low[at : at + 1].isdigit():
        if at and (t.low[at - 1].isalnum() or t.low[at - 1] in "$€£#+"):
            return None
        return (
            _whole(t, at)
            or _day_then_month(t, at)
            or _dotted(t, at, trusted)
            or _slashed(t, at, trusted)
            or _alone(t, at, trusted)
        )
    return _month_first(t, at) or _in_words(t, at, trusted)


@remembered
def day_in_month(t: Text, at: int) -> tuple[int, int] | None:
    """The bare number of a day: "9.", "9th", "ninth", "9"."""
    if word := ordinal(t, at):
        return word
    found = _DAY.match(t.low, at)
    if not found or not 1 <= int(found["d"]) <= 31 or (at and t.low[at - 1].isalnum()):
        return None
    return int(found["d"]), found.end()


@remembered
def year_at(t: Text, at: int) -> tuple[int | None, int]:
    """The year behind a date, if one is written there, and where it ends."""
    if found := _YEAR.match(t.low, at):
        if found["y"]:
            return int(found["y"]), found.end()
        return full_year(found["yy"] or found["of"]), found.end()
    spelt = year_in_words(t, t.skip(at))
    return spelt or (None, at)


def full_year(written: str) -> int:
    """Two figures mean a year near ours: '26 is 2026, '87 was 1987."""
    value = int(written.strip(" '’"))
    if value >= 100:
        return value
    return value + (1900 if value > 60 else 2000)


def _day(d: int, m: int | None, y: int | None, *, slash: bool = False) -> Day | None:
    if not (1 <= d <= 31 and (m is None or 1 <= m <= 12)):
        return None
    if y and m:
        try:
            date(y, m, d)
        except ValueError:
            return None
    return Day(start=0, end=0, day=d, month=m, year=y, slash=slash)


def _told(day: Day | None, end: int) -> tuple[Day, int] | None:
    return (day, end) if day else None


def _whole(t: Text, at: int) -> tuple[Day, int] | None:
    """Day, month and year in figures."""
    if found := _ISO.match(t.low, at) or _ISO_SWAPPED.match(t.low, at):
        month = MONTHS.get(found["m"]) or int(found["m"])
        return _told(_day(int(found["d"]), month, int(found["y"])), found.end())
    if found := _NUMERIC.match(t.low, at):
        year = full_year(found["y"])
        return _told(_ordered(t, int(found["a"]), int(found["b"]), year), found.end())
    return None


def _ordered(t: Text, first: int, second: int, year: int | None) -> Day | None:
    """12/09: the month comes first in the US; the other way round where only that makes a date."""
    american = t.country is Country.US and t.language is not Language.DE
    day, month = (second, first) if american else (first, second)
    if month > 12:
        day, month = month, day
    open_ = first <= 12 and second <= 12 and first != second and t.language is not Language.DE
    return _day(day, month, year, slash=open_)


def _day_then_month(t: Text, at: int) -> tuple[Day, int] | None:
    """ "9. Dezember 2026", "9th of Dec", "04AUG", "28 Dec '26"."""
    found = re.compile(
        r"(\d{1,2})(?:\.(?:ten?r?(?!\w))?|\s?(?:st|nd|rd|th|te[nrs]?)(?!\w))?"
    ).match(t.low, at)
    if not found or not 1 <= int(found[1]) <= 31:
        return None
    gap = _BETWEEN.match(t.low, found.end())
    place = gap.end() if gap else found.end()
    month = _month_at(t, place, glued=place == found.end())
    if month is None and found[0].endswith(".") and (named := ordinal(t, place)):
        month = named if named[0] <= 12 else None  # "7. vierter"
    if month is None:
        return None
    year, end = year_at(t, month[1])
    if year is None and (short := _NEAR_YEAR.match(t.low, end)):
        near = 2000 + int(short[1]) - t.now.year
        year, end = (t.now.year + near, short.end()) if near in (0, 1) else (None, end)
    return _told(_day(int(found[1]), month[0], year), end)


_NEAR_YEAR = re.compile(r"\s(\d\d)(?![\d:.\-–]|\s?(?:uhr|h|[ap]\.?m))")


def _month_at(t: Text, at: int, *, glued: bool = False) -> tuple[int, int] | None:
    """A month's name, its dot taken in; ``glued``: a figure touches it."""
    word = re.compile(r"[^\W\d_]+").match(t.low, at) if glued else None
    name = word[0] if word else t.word(at)
    if name not in MONTH_NAMES:
        return None
    end = at + len(name)
    dotted = len(name) <= 4 and t.low[end : end + 1] == "." and t.low[end + 1 : end + 2] != "."
    return MONTH_NAMES[name], end + dotted


def _dotted(t: Text, at: int, trusted: bool) -> tuple[Day, int] | None:
    found = _DOTTED.match(t.low, at)
    if not found:
        return None
    closed = t.low[found.end("m") : found.end("m") + 1] == "."
    if not (closed or trusted or found["y"]):
        return None
    if _NO_DAY.match(t.low, found.end()) or re.match(
        r"\s?(?:uhr|h\b)|[ap]\.?m\b", t.low[found.end() : found.end() + 5]
    ):
        return None
    month = int(found["m"]) if found["m"].isdigit() else _ROMAN.get(found["m"], 0)
    if month > 12 and t.country is Country.US and trusted and not closed:
        return _told(_day(month, int(found["d"]), None), found.end("m"))  # "on 4.22"
    year = full_year(found["y"]) if found["y"] else None
    end = found.end("y") if found["y"] else found.end("m") + closed
    if not year and (after := _YEAR.match(t.low, end)) and after["y"]:
        year, end = int(after["y"]), after.end()
    return _told(_day(int(found["d"]), month, year), end) if month else None


def _slashed(t: Text, at: int, trusted: bool) -> tuple[Day, int] | None:
    found = _SLASHED.match(t.low, at)
    if not found or not trusted or ("-" in found[0] and t.low[max(0, at - 3) : at] != "on "):
        return None
    return _told(_ordered(t, int(found["a"]), int(found["b"]), None), found.end())


_AT_TIME = re.compile(r"\s(?:at|um)\s\d")


def _alone(t: Text, at: int, trusted: bool) -> tuple[Day, int] | None:
    """ "the 9th", "am 9.": the month is the next that has such a day."""
    found = _DAY.match(t.low, at)
    if trusted and found and not found["th"] and not _AT_TIME.match(t.low, found.end()):
        said = t.low[max(0, at - 7) : at].endswith(("on ", "on the "))
        if not said or t.word(t.skip(found.end())):
            return None
    if not found or not trusted or _NO_DAY.match(t.low, found.end()):
        return None
    if not 1 <= int(found["d"]) <= 31:
        return None
    return _day(int(found["d"]), None, None), found.end()  # type: ignore[return-value]


_MONTH_DAY = re.compile(
    r"[\s\-/,.]{0,2}(?:the\s)?(?P<d>\d{1,2})(?:\s?(?:st|nd|rd|th)(?!\w))?(?![\d:]|[.h]\d|\s?(?:[ap]\.?\s?m\b|uhr|o'?clock))"
)
_MONTH_YEAR_DAY = re.compile(r"-(?P<y>(?:19|20)\d\d)-(?P<d>\d{1,2})(?!\d)")


def _month_first(t: Text, at: int) -> tuple[Day, int] | None:
    """ "December 9, 2026", "Dec. 9th", "Dec31", "September-2020-23", "march fifteenth"."""
    month = _month_at(t, at)
    if month is None:
        return None
    if found := _MONTH_YEAR_DAY.match(t.low, month[1]):
        return _told(_day(int(found["d"]), month[0], int(found["y"])), found.end())
    if found := _MONTH_DAY.match(t.low, month[1]):
        year, end = year_at(t, found.end())
        return _told(_day(int(found["d"]), month[0], year), end)
    place = t.skip(month[1])
    word = ordinal(t, t.after(place, "the") or place)
    if word is None:
        return None
    year, end = year_at(t, word[1])
    return _told(_day(word[0], month[0], year), end)


def _in_words(t: Text, at: int, trusted: bool) -> tuple[Day, int] | None:
    """ "second of August", "der zwanzigste Mai", "twenty five January", "am dritten 11."."""
    number = ordinal(t, at)
    spoken = number is not None
    number = number or cardinal(t, at)
    if number is None or not 1 <= number[0] <= 31 or t.word(at) in ("a", "an", "ein", "eine"):
        return None
    gap = _BETWEEN.match(t.low, number[1])
    place = gap.end() if gap else number[1]
    month = _month_at(t, place)
    if month is None and spoken and (named := ordinal(t, place)) and named[0] <= 12:
        month = named if t.language is Language.DE or trusted else None
    if (
        month is None
        and spoken
        and trusted
        and (digits := re.compile(r"/?(\d{1,2})\.?(?![\d:])").match(t.low, place))
    ):
        month = (int(digits[1]), digits.end()) if 1 <= int(digits[1]) <= 12 else None
    if month is None:
        following = t.word(t.skip(number[1]))
        if spoken and trusted and (not following or following in _AFTER_DAY):
            return _told(_day(number[0], None, None), number[1])
        return None
    year, end = year_at(t, month[1])
    return _told(_day(number[0], month[0], year), end)


_AFTER_DAY = frozenset(words("um at gegen ab von zwischen between from in bis oder or und and"))


def with_weekday(day: Day, weekday: int, today: date) -> Day:
    """``day`` with the weekday beside it, which may prove the order of 09/12."""
    if day.slash and day.month and day.day:
        years = (day.year,) if day.year else (today.year, today.year + 1)
        swapped = replace(day, day=day.month, month=day.day)
        for each in (day, swapped):
            dates = [date(year, each.month or 1, each.day or 1) for year in years]
            if any(one.weekday() == weekday for one in dates if day.year or one >= today):
                day = each
                break
        day = replace(day, slash=False)
    return replace(day, weekday=weekday)
