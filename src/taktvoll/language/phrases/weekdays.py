"""Weekdays with what tells their week: "next Tuesday", "Mittwoch in acht Tagen", "Monday week"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from taktvoll.language.days import Day
from taktvoll.language.phrases.figures import (
    WEEKDAY_NAMES,
    dated,
    with_weekday,
)
from taktvoll.language.phrases.lengths import PLACES, length
from taktvoll.language.phrases.text import Text, remembered, words
from taktvoll.language.words import FULL_WEEKDAYS, any_of
from taktvoll.model import Language

_DATE_LEADS = frozenset(words("den dem der the on am of"))


_GERMAN_SHORT = frozenset(("mo", "di", "mi", "do", "fr", "sa", "so", "son", "sam", "don", "fre"))


def exact(on: date) -> Day:
    """A day that leaves nothing open."""
    return Day(start=0, end=0, day=on.day, month=on.month, year=on.year)


def today_of(t: Text) -> date:
    """The day on which the text was written."""
    return t.now.date()


@remembered
def weekday(t: Text, at: int) -> tuple[Day, int] | None:
    """A weekday with what tells its date or its week."""
    place = t.phrase(at, PLACES)
    name_at = t.skip(place[1]) if place else at
    number, end = weekday_name(t, name_at)
    if number is None:
        return None
    if (not place or place[0] >= 0) and (found := _date_behind(t, end, number)):
        return found
    if place:
        return exact(_placed_weekday(t, place[0], t.word(at), number)), end
    rest = t.skip(end)
    if t.low[rest : rest + 1] == ",":
        rest = t.skip(rest + 1)
    if week := _week(t, t.without(rest, frozenset(("in", "der", "of", "die")), 2)):
        return exact(week[0] + timedelta(days=number)), week[1]
    if t.word(rest) == "in" and (later := length(t, t.skip(rest + 2))) and later[0].in_days:
        days = 7 if later[0].rest == timedelta(days=8) else later[0].rest.days
        if days >= 7:
            return Day(start=0, end=0, weekday=number, shift=days), later[1]
    if t.low.startswith("after next", rest):
        ahead = (number - today_of(t).weekday()) % 7 or 7
        return exact(today_of(t) + timedelta(days=ahead + 7)), rest + len("after next")
    if t.word(rest) == "week" and t.low[end] == " ":
        return Day(start=0, end=0, weekday=number, shift=7), rest + 4
    return Day(start=0, end=0, weekday=number), end


def weekday_name(t: Text, at: int) -> tuple[int | None, int]:
    """The weekday at ``at`` and where its name ends; a short one needs company."""
    word = t.word(at)
    if word.endswith("s") and word[:-1] in FULL_WEEKDAYS and not word.endswith("days"):
        return WEEKDAY_NAMES[word[:-1]], at + len(word)
    if word not in WEEKDAY_NAMES:
        return None, at
    end = at + len(word)
    if word in FULL_WEEKDAYS or len(word) > 5:
        return WEEKDAY_NAMES[word], end
    dot = t.low[end : end + 1] == "."
    company = _COMPANY.match(t.low, end) or (dot and t.skip(end + 1) >= len(t.low))
    shown = t.cased[at].isupper()
    if word in _GERMAN_SHORT:
        if t.language is Language.EN or not company or not (shown or dot):
            return None, at
    elif not company and (not shown or word in ("sun", "sat")):
        return None, at
    end += dot
    return WEEKDAY_NAMES[word], end


_COMPANY = re.compile(
    r"\.?\s?[,:]?\s?(?:\(?(?:den\s|the\s|um\s|at\s)?\d|(?:[-–/,+&]|und\s|oder\s|or\s|and\s|to\s|bis\s)\s?"
    + any_of(frozenset(WEEKDAY_NAMES))
    + r"(?![^\W\d_])|(?:morning|afternoon|evening|night|noon|vorm|nachm|abend|früh|mittag))"
    r"|[,.]?\s*$|\.?\)"
)
"""What must stand by a short name: "Mi" and "so" are words, "Mi 9." and "So-Mo" are days."""


def _date_behind(t: Text, at: int, number: int) -> tuple[Day, int] | None:
    """The date that follows a weekday: "Mittwoch, den 9.12.", "Thursday the 21st"."""
    gap = re.compile(r"[ \t\u00a0\n]{0,3}[,:)|.\-–]?[ \t\u00a0\n]{0,3}\(?").match(t.low, at)
    place = t.without(gap.end() if gap else at, _DATE_LEADS)
    found = dated(t, place, trusted=True)
    return (with_weekday(found[0], number, t.now.date()), found[1]) if found else None


def _placed_weekday(t: Text, place: int, word: str, number: int) -> date:
    """ "this Friday" is the coming one, "next Friday" next week's, "last Friday" the one just past.

    German "nächsten Freitag" and "kommenden Freitag" are the next that comes.
    """
    today = today_of(t)
    ahead = (number - today.weekday()) % 7
    if word == "previous":
        return today - timedelta(days=today.weekday() + 7 - number)
    if place < 0:
        return (
            today
            - timedelta(days=(today.weekday() - number) % 7 or 7)
            + timedelta(days=7 * (place + 1))
        )
    if word in ("next", "following") or place > 1:
        return today - timedelta(days=today.weekday()) + timedelta(days=7 * place + number)
    if place == 0:
        return today + timedelta(days=ahead)
    return today + timedelta(days=ahead or 7)


_WEEK = frozenset(("woche", "week"))


_WEEK_NUMBER = re.compile(r"(?:kw|kalenderwoche|calendar week|week)\s?(\d{1,2})(?![\d.:])")


@remembered
def _week(t: Text, at: int) -> tuple[date, int] | None:
    """The Monday of the week named at ``at``: "next week", "der übernächsten Woche", "KW 50"."""
    today = today_of(t)
    monday = today - timedelta(days=today.weekday())
    if t.low.startswith("week after next", at):
        return monday + timedelta(days=14), at + len("week after next")
    if (found := _WEEK_NUMBER.match(t.low, at)) and 1 <= int(found[1]) <= 53:
        return week_number(int(found[1]), today), found.end()
    place = t.phrase(at, PLACES)
    word_at = t.skip(place[1]) if place else at
    if place is None or t.word(word_at) not in _WEEK:
        return None
    return monday + timedelta(days=7 * place[0]), word_at + len(t.word(word_at))


def week_number(week: int, today: date) -> date:
    """The Monday of an ISO week: this year's, or next year's where that one is long past."""
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            continue
        if monday >= today - timedelta(days=28):
            return monday
    return date.fromisocalendar(today.year, min(max(week, 1), 52), 1)


def week_then_day(t: Text, at: int) -> tuple[Day, int] | None:
    """ "nächste Woche am Dienstag", "next week Mon"."""
    week = _week(t, at)
    if week is None:
        return None
    gap = t.skip(week[1])
    if t.low[gap : gap + 1] == ",":
        gap = t.skip(gap + 1)
    number, end = weekday_name(t, t.without(gap, frozenset(("am", "on", "den", "the")), 2))
    return (exact(week[0] + timedelta(days=number)), end) if number is not None else None
