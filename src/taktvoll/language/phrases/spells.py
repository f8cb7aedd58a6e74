"""Parts of periods, and spells from now on: "Ende nächster Woche", "within two hours", "jetzt"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from taktvoll.language.days import resolve
from taktvoll.language.phrases.days import day
from taktvoll.language.phrases.lengths import PLACES, UNITS, Length, add_months, length
from taktvoll.language.phrases.periods import (
    LEADING_ARTICLES,
    SEASONS,
    Found,
    Period,
    midnight_of,
    month_named,
    of_days,
    unit_on,
    whole,
    year_named,
)
from taktvoll.language.phrases.text import Table, Text, remembered, words

_SHADES: Table[str] = Table(
    dict.fromkeys(("earlier", "earlier in"), "earlier"),
    dict.fromkeys(("later", "later in"), "later"),
    dict.fromkeys(("early", "the beginning of", "beginning of", "start of"), "early"),
    dict.fromkeys(("early in", "the start of", "anfang", "am anfang"), "early"),
    dict.fromkeys(("zu beginn", "beginn", "zu anfang", "the first half of", "begin of"), "early"),
    dict.fromkeys(("mid", "the middle of", "middle of", "mitte", "in the middle of"), "mid"),
    dict.fromkeys(("late", "the end of", "end of", "ende", "am ende"), "late"),
    dict.fromkeys(("zu ende", "gegen ende", "late in", "zum ende", "the end"), "late"),
    dict.fromkeys(("bis ende", "the second half of", "the late", "the later", "end"), "late"),
    dict.fromkeys(("rest of", "the rest of", "rest", "restliche", "der rest", "den rest"), "rest"),
    dict.fromkeys(("remainder of", "the remainder of", "rest der", "rest des", "rest von"), "rest"),
)


_COMPOUNDS: Table[tuple[str, str]] = Table(
    {"monatsende": ("month", "late"), "monatsanfang": ("month", "early")},
    {"jahresende": ("year", "late"), "jahresanfang": ("year", "early")},
    {"wochenanfang": ("week", "early"), "wochenbeginn": ("week", "early")},
    {"wochenmitte": ("week", "mid"), "monatsmitte": ("month", "mid")},
)


_WITHIN: Table[int] = Table(
    dict.fromkeys(("within", "within the next", "within next", "innerhalb von", "innerhalb"), 1),
    dict.fromkeys(
        ("binnen", "innert", "innerhalb der nächsten", "in the next", "over the next"), 1
    ),
    dict.fromkeys(("within the coming", "in the coming", "in the upcoming"), 1),
)


@remembered
def period(t: Text, at: int, *, led: bool = False) -> Found | None:
    """The period named at ``at``, with the articles before it.

    ``led``: a word before it leaves no doubt that "May" is a month.
    """
    if _has_no_bounds(t, at):
        return None
    begin = t.without(at, LEADING_ARTICLES, 2)
    return (
        _part_of_period(t, at)
        or (_part_of_period(t, begin) if begin > at else None)
        or _next_units(t, begin)
        or _starting(t, begin)
        or whole(t, at, led=led)
    )


def _has_no_bounds(t: Text, at: int) -> bool:
    """ "have a great week", "a day": wishes and counts name no period."""
    return t.word(at) in ("a", "an", "ein", "eine", "einen") and not _counts(t, at)


def _counts(t: Text, at: int) -> bool:
    return length(t, at) is not None


def _part_of_period(t: Text, at: int) -> Found | None:
    """ "early next week", "Ende des Monats", "Mitte Dezember", "the rest of the day"."""
    if compound := t.phrase(at, _COMPOUNDS):
        (unit_name, part_name), end = compound
        whole_unit = unit_on(t, unit_name, 0)
        part = _cut(t, whole_unit, part_name) if whole_unit else None
        return (part, end) if part else None
    shade = t.phrase(at, _SHADES)
    if shade is None:
        return None
    rest = t.skip(shade[1])
    if t.low[rest : rest + 1] == "-":
        rest += 1
    rest = t.without(rest, frozenset(("of", "the", "der", "des", "dieses", "in")), 2)
    found = (
        _unit_alone(t, rest)
        or month_named(t, rest, led=True)
        or year_named(t, rest, led=True)
        or whole(t, rest)
    )
    if found is None and shade[0] in ("early", "late") and t.word(at) not in ("early", "late"):
        found = _one_day(t, rest)
    if found is None:
        return None
    part = _cut(t, found[0], shade[0])
    return (part, found[1]) if part else None


def _unit_alone(t: Text, at: int) -> Found | None:
    """The present one: "end of month", "Ende des Tages"."""
    unit = t.phrase(at, UNITS)
    if unit is None or unit[0] in ("second", "minute", "hour", "weekday", "fortnight"):
        return None
    found = unit_on(t, unit[0], 0)
    return (found, unit[1]) if found else None


def _one_day(t: Text, at: int) -> Found | None:
    """The day of "end of tomorrow"."""
    found = day(t, at)
    resolved = resolve(found[0], t.now.date()) if found else None
    return (of_days(resolved.date, 1, "day"), found[1]) if found and resolved else None


def _cut(t: Text, whole_: Period, shade: str) -> Period | None:
    """The part: halves of weeks and months, thirds of years; a rest begins today or now."""
    start, stop = whole_.start, whole_.stop
    today = midnight_of(t.now.date())
    if shade in ("earlier", "later"):
        half = _cut(t, whole_, "early" if shade == "earlier" else "late")
        if half and shade == "earlier" and half.start < today < half.stop:
            return replace(half, stop=today)
        if half and shade == "later":
            return replace(half, start=max(half.start, min(today, stop)))
        return half
    if shade == "rest":
        begun = t.now if whole_.unit == "day" else today
        return Period(min(max(start, begun), stop), stop, "rest")
    if whole_.unit == "day" and shade == "mid":
        return None
    if whole_.unit == "day":
        return Period(stop, stop, "moment") if shade == "late" else Period(start, start, "moment")
    if whole_.unit in ("week", "calendar week"):
        early, late = start + timedelta(days=3), start + timedelta(days=3)
        middle = (start + timedelta(days=2), start + timedelta(days=4))
    elif whole_.unit == "month":
        early = late = start.replace(day=16)
        middle = (start.replace(day=11), start.replace(day=21))
    elif whole_.unit == "year":
        early, late = add_months(start, 4), add_months(start, 8)
        middle = (early, late)
    else:
        centre = start + (stop - start) / 2
        early = late = centre.replace(hour=0, minute=0, second=0)
        middle = (early, late)
    if shade == "mid":
        return Period(*middle, "part")
    return Period(start, early, "part") if shade == "early" else Period(late, stop, "part")


def _next_units(t: Text, at: int) -> Found | None:
    """ "the next 3 days", "die nächsten zwei Wochen", "past few days", "within 2 hours"."""
    if within := t.phrase(at, _WITHIN):
        found = length(t, t.skip(within[1]))
        if found is None and "next" in t.low[at : within[1]]:
            found = _one_unit(t, t.skip(within[1]))
        if found is None:
            return None
        stop = found[0].added(midnight_of(t.now.date()) if found[0].in_days else t.now)
        return Period(t.now, stop, "stretch" if found[0].in_days else "moment"), found[1]
    place = t.phrase(at, PLACES)
    if place is None or place[0] not in (1, -1) or _LASTING.search(t.low, max(0, at - 8), at):
        return None
    word_at = t.skip(place[1])
    found = length(t, word_at)
    if found is None:
        return _plural(t, word_at, place[0])
    if t.low[word_at : word_at + 2] in ("a ", "an"):
        return None
    size, end = found
    if not size.in_days:
        start, stop = sorted((t.now, size.added(t.now, place[0])))
        return Period(start, stop, "moment"), end
    return _units_from_now(t, size, place[0]), end


_LASTING = re.compile(r"(?:will|to|would|should|can|may)\s$")
"""Before these "last" is a verb: "it will last 45 minutes"."""


def _one_unit(t: Text, at: int) -> tuple[Length, int] | None:
    unit = t.phrase(at, UNITS)
    sizes = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
    return (Length(0, sizes[unit[0]], unit[0]), unit[1]) if unit and unit[0] in sizes else None


def _plural(t: Text, at: int, sign: int) -> Found | None:
    """ "in den nächsten Tagen", "the coming weeks": three, as "a few"; of hours one."""
    word = t.word(at)
    if word not in ("tage", "tagen", "days", "wochen", "weeks", "stunden", "hours"):
        return None
    unit = UNITS[word]
    if unit == "hour":
        start, stop = sorted((t.now, t.now + sign * timedelta(hours=1)))
        return Period(start, stop, "moment"), at + len(word)
    many = timedelta(days=3 if unit == "day" else 21)
    return _units_from_now(t, Length(0, many, unit), sign), at + len(word)


def _units_from_now(t: Text, size: Length, sign: int) -> Period:
    """Days from tomorrow on, or up to today; the others as moved from today."""
    today = midnight_of(t.now.date())
    if sign < 0:
        return Period(size.added(today, -1), today, "stretch")
    start = today + timedelta(days=1)
    return Period(start, size.added(start), "stretch")


def _starting(t: Text, at: int) -> Found | None:
    """ "3 days starting from next Monday", "zwei Wochen ab Montag"."""
    size = length(t, at)
    if size is None or not size[0].in_days:
        return None
    rest = t.skip(size[1])
    lead = re.compile(r"(?:starting|beginning|ab|from|commencing)\s(?:from\s|on\s|dem\s)?").match(
        t.low, rest
    )
    if lead is None or not lead[0].startswith(("start", "begin", "ab", "comm")):
        return None
    found = day(t, lead.end())
    resolved = resolve(found[0], t.now.date()) if found else None
    if found is None or resolved is None:
        return None
    start = midnight_of(resolved.date)
    return Period(start, size[0].added(start), "stretch"), found[1]


NOW: Table[int] = Table(
    dict.fromkeys(("now", "right now", "jetzt", "genau jetzt", "gerade jetzt", "just now"), 0),
    dict.fromkeys(("gerade eben", "sofort", "ab sofort", "asap", "as soon as possible"), 0),
    dict.fromkeys(("immediately", "umgehend", "straight away", "at the moment"), 0),
)


@remembered
def moment(t: Text, at: int) -> tuple[datetime, int] | None:
    """ "jetzt", "in zwei Stunden", "3 minutes ago", "half an hour from now"."""
    if found := t.phrase(at, NOW):
        return t.now, found[1]
    lead = t.after(at, "in", "vor")
    place = (
        t.without(lead, frozenset(words("ca circa zirka etwa ungefähr about around rund")), 1)
        if lead
        else at
    )
    size = length(t, place)
    if size is None or size[0].in_days:
        return None
    if lead:
        if t.word(at) == "in" and t.word(t.skip(size[1])) == "time":
            return size[0].added(t.now), t.skip(size[1]) + 4
        return size[0].added(t.now, -1 if t.word(at) == "vor" else 1), size[1]
    way = t.phrase(t.skip(size[1]), _FROM_NOW)
    return (size[0].added(t.now, way[0]), way[1]) if way else None


_FROM_NOW: Table[int] = Table(
    dict.fromkeys(("ago", "before now", "her"), -1),
    dict.fromkeys(("from now", "later", "hence", "ab jetzt"), 1),
)


SPELL_TABLES: tuple[Table[object], ...] = (_SHADES, SEASONS, _WITHIN, _COMPOUNDS)  # type: ignore[assignment]
"""Tables whose words may begin a period."""
