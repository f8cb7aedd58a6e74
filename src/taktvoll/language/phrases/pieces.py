"""The pieces of a phrase: a day or two, a part of the day, and a time, in any order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from taktvoll.language.dates import Side
from taktvoll.language.days import Day
from taktvoll.language.phrases.days import day, named, of_period, starts_line
from taktvoll.language.phrases.figures import (
    MONTH_NAMES,
    WEEKDAY_NAMES,
    dated,
    day_in_month,
    with_weekday,
    year_at,
)
from taktvoll.language.phrases.hours import time_of_day
from taktvoll.language.phrases.lengths import PLACES, length
from taktvoll.language.phrases.parts import NAMED_PARTS, Part, part_of_day
from taktvoll.language.phrases.placing import Pieces
from taktvoll.language.phrases.text import Table, Text, remembered, words
from taktvoll.language.phrases.weekdays import exact, weekday
from taktvoll.language.words import FULL_WEEKDAYS

SIDES: Table[Side] = Table(
    dict.fromkeys(
        ("before", "until", "till", "til", "no later than", "not later than"), Side.BEFORE
    ),
    dict.fromkeys(("bis", "bis zum", "bis zu", "bis um", "bis spätestens", "vor"), Side.BEFORE),
    dict.fromkeys(("spätestens", "spätestens um", "spätestens bis", "vor dem"), Side.BEFORE),
    dict.fromkeys(
        ("as late as", "earlier than", "prior to", "up to", "bis einschließlich"), Side.BEFORE
    ),
    dict.fromkeys(
        ("kurz vor", "nicht später als", "nicht nach", "shortly before", "by"), Side.BEFORE
    ),
    dict.fromkeys(("kurz nach", "nicht vor", "shortly after", "not before"), Side.AFTER),
    dict.fromkeys(("after", "since", "later than", "as early as", "no earlier than"), Side.AFTER),
    dict.fromkeys(
        ("nach", "nach dem", "seit", "seit dem", "ab", "ab dem", "frühestens"), Side.AFTER
    ),
    dict.fromkeys(
        ("starting", "starting from", "starting on", "from", "von", "any time after"), Side.AFTER
    ),
)


_BETWEEN_NUMBERS = re.compile(
    r"\.?\s?(?:-|–|—|/|bis(?:\s(?:zum|den|dem))?|to|until|till|through|auf(?:\sden)?|und|and|&)\s?"
    r"(?:(?:dem|den|der|the|zum)\s)?"
)


_LINK = re.compile(
    r"[\s,;:()|/\-–—]{0,4}(?:(?:um|gegen|at|on|am(?=\s[^\W_]|\s?\d)|in\sthe|in\sder|of|the|den|dem|der|for|zwischen|between|"
    r"from|von|around|ca\.?|circa|by|immer|jeweils|dann|im|des|auf|starting|beginnend|also|uhrzeit:?|time:?|"
    r"beginn:?|start:?|earliest|möglichst|so)(?![^\W\d_])[\s,:]{0,2}){0,3}"
)


OPENING = frozenset(("zwischen", "between", "from", "von"))


TONIGHT = frozenset(("tonight", "tonite", "2nite"))


def glued_name(word: str) -> str | None:
    """The weekday that a part of the day is glued to: "dienstagabend"."""
    return next((name for name in _GLUED if word.startswith(name)), None)


_GLUED = tuple(sorted(name for name in FULL_WEEKDAYS if not name.endswith("day")))


@remembered
def pieces_at(t: Text, at: int, *, opened: bool = False) -> Pieces | None:
    """Day, part of the day and time as they stand together, in any order."""
    first = _one_more(t, at, Pieces(end=at), frozenset(("from",) if opened else ()))
    return more_pieces(t, first) if first else None


def more_pieces(t: Text, pieces: Pieces) -> Pieces:
    """``pieces`` with all that follows them and belongs to them."""
    for _ in range(5):
        link = _LINK.match(t.low, pieces.end)
        place = link.end() if link else pieces.end
        said = t.low[pieces.end : place]
        if place >= len(t.low) or (_TO_A_DAY.search(said) and _another_day(t, place)):
            break
        more = _one_more(t, place, pieces, frozenset(said.split()))
        if more is None:
            break
        pieces = more
    return pieces


_TO_A_DAY = re.compile(r"[-–—]|auf")


@remembered
def _another_day(t: Text, at: int) -> bool:
    """Whether behind the dash a day follows, which a stretch ends with: "10.9. – 14.9."."""
    found = dated(t, at, trusted=True) or weekday(t, at) or named(t, at)
    return found is not None


_DAYWARD = frozenset(("am", "on", "of", "des", "den", "dem", "der", "the"))


def _one_more(t: Text, at: int, pieces: Pieces, link: frozenset[str]) -> Pieces | None:
    """``pieces`` with what stands at ``at``, behind the words of ``link``."""
    opened, weak = bool(link & OPENING), "for" in link  # "for 8" may count guests
    if pieces.part is None and (found := _day_with_part(t, at, pieces.day)):
        return replace(pieces, day=found[0] or pieces.day, part=found[1], end=found[1].end)
    if pieces.day is None:
        on = dated(t, at, trusted=True) if pieces.time or pieces.part else None
        if on and (on[0].month or link & _DAYWARD):
            return replace(pieces, day=on[0], end=on[1])
        if pair := _two_days(t, at):
            return replace(pieces, day=pair[0], last=pair[1], end=pair[2])
        if one := day(t, at):
            return replace(pieces, day=one[0], end=one[1])
    elif pieces.last is None and (merged := _same_day(t, at, pieces.day)):
        return replace(pieces, day=merged[0], end=merged[1])
    if pieces.time is None:
        beside = (pieces.day is not None or pieces.part is not None) and not weak
        if clock := time_of_day(t, at, beside_day=beside, opened=opened):
            return replace(pieces, time=clock, end=clock.end)
        if beside and (sided := t.phrase(at, SIDES)):
            clock = time_of_day(t, t.skip(sided[1]), beside_day=True)
            later = part_of_day(t, t.skip(sided[1])) if sided[0] is Side.AFTER else None
            if later and not clock and pieces.part is None:
                return replace(pieces, part=later, end=later.end)  # "ab mittags"
            if clock:
                side = sided[0] if clock.until is None else None
                return replace(pieces, time=clock, side=side, end=clock.end)
    elif (
        pieces.time.until is None
        and pieces.side is not Side.BEFORE
        and (more := _ends_at(t, at, pieces))
    ):
        return more
    if (
        pieces.day
        and pieces.day.month
        and not pieces.day.year
        and (year := _YEAR_BEHIND.match(t.low, at))
    ):
        return replace(pieces, day=replace(pieces.day, year=int(year[0])), end=year.end())
    if pieces.part is None and (part := part_of_day(t, at)):
        return replace(pieces, part=part, end=part.end)
    return None


_YEAR_BEHIND = re.compile(r"(?:19|20)\d\d(?![\d:.]|[-–]\d)")


_ALSO_BEFORE = re.compile(r"(?:aber\s|and\s|but\s|und\s)?(?:vor|before|bis)\s")


def _ends_at(t: Text, at: int, pieces: Pieces) -> Pieces | None:
    """ "from 10 am for 3 hours", "nach 9:30 aber vor 11:00"."""
    assert pieces.time
    if (
        (lead := t.after(t.skip(pieces.end), "for", "für"))
        and (size := length(t, lead))
        and not size[0].in_days
    ):
        until = pieces.time.minute + int(size[0].rest.total_seconds()) // 60
        return replace(pieces, time=replace(pieces.time, until=until), end=size[1])
    if also := _ALSO_BEFORE.match(t.low, at):
        last = time_of_day(t, also.end(), beside_day=True)
        if last and last.until is None and last.minute > pieces.time.minute:
            return replace(
                pieces, time=replace(pieces.time, until=last.minute), side=None, end=last.end
            )
    return None


@remembered
def _day_with_part(t: Text, at: int, known: Day | None) -> tuple[Day | None, Part] | None:
    """ "this morning", "tonight", "an diesem Abend", "last night", "Dienstagabend"."""
    begin = t.without(at, frozenset(("an", "am", "in", "the", "der")), 2)
    today = t.now.date()
    word = t.word(begin)
    if word in TONIGHT:
        day_ = None if known else exact(today)
        return day_, Part(end=begin + len(word), start=20 * 60, stop=24 * 60)
    if (place := t.phrase(begin, PLACES)) and abs(place[0]) <= 1:
        part = part_of_day(t, t.skip(place[1]))
        if part is None or t.word(t.skip(place[1])) in ("am", "in", "lunch", "the"):
            return None
        return (None if known else exact(today + timedelta(days=place[0]))), part
    name = glued_name(word)
    if name and known is None and len(word) > len(name):
        glued = part_of_day(replace(t, low=" " + word[len(name) :], memo={}), 1)
        if glued is None or glued.end <= len(word) - len(name):
            glued = _shaded_word(word[len(name) :])
        if glued:
            return Day(start=0, end=0, weekday=WEEKDAY_NAMES[name]), replace(
                glued, end=begin + len(word)
            )
    return None


def _shaded_word(word: str) -> Part | None:

    for shade, late in (("spät", True), ("früh", False)):
        if word.startswith(shade) and word[len(shade) :] in NAMED_PARTS:
            first, last = (hour * 60 for hour in NAMED_PARTS[word[len(shade) :]])
            middle = (first + last) // 2
            return Part(end=0, start=middle if late else first, stop=last if late else middle)
    return None


def _same_day(t: Text, at: int, known: Day) -> tuple[Day, int] | None:
    """A second word for the day that is known: "9.12. (Mittwoch)", "Samstag Nachmittag, 27.5."."""
    begin = t.without(at, frozenset(("on", "am", "den", "dem", "the", "of")), 2)
    if known.weekday is None and known.day:
        found = weekday(t, begin)
        if found and found[0].bare:
            return with_weekday(known, found[0].weekday or 0, t.now.date()), found[1]
        return None
    if known.bare:
        found = dated(t, begin, trusted=True)
        if found and found[0].month:
            return with_weekday(found[0], known.weekday or 0, t.now.date()), found[1]
    return None


@remembered
def _two_days(t: Text, at: int) -> tuple[Day, Day, int] | None:
    """Two days that share a month: "9.–11. Dezember", "from 4 to 22 January", "Nov 18-19"."""
    begin = t.without(
        at, frozenset(words("from between von vom zwischen am den dem the on der im in")), 3
    )
    first = day_in_month(t, begin)
    if first:
        gap = _BETWEEN_NUMBERS.match(t.low, first[1])
        if gap is None or (gap[0] == "/" and not _numbered(t, begin)):
            return None
        last = dated(t, gap.end(), trusted=begin > at or starts_line(t, begin)) or None
        shared = of_period(t, gap.end())
        last = shared or last
        if last is None or last[0].day is None or last[0].slash:
            return None
        if last[0].month is None and not _numbered(t, begin):
            return None
        return (
            Day(start=0, end=0, day=first[0], month=last[0].month, year=last[0].year),
            last[0],
            last[1],
        )
    month_first = dated(t, begin, trusted=False)
    if month_first is None and (month := t.phrase(begin, MONTH_NAMES)):
        gap_at = t.without(
            t.skip(month[1]), frozenset(("zwischen", "between", "from", "vom", "von", "dem")), 2
        )
        one = day_in_month(t, gap_at) if gap_at > t.skip(month[1]) else None
        month_first = (Day(start=0, end=0, day=one[0], month=month[0]), one[1]) if one else None
    if month_first is None or month_first[0].month is None or t.low[begin].isdigit():
        return None
    gap = _BETWEEN_NUMBERS.match(t.low, month_first[1])
    second = day_in_month(t, gap.end()) if gap else None
    if second is None or re.compile(
        r"[:.]\d|\s?(?:[ap]\.?m\b|uhr|h\b|o'clock)|[-/]\d|\s?\d{1,2}:"
    ).match(t.low, second[1]):
        return None
    if dated(t, gap.end(), trusted=False) if gap else None:
        return None

    year, end = year_at(t, second[1])
    start = month_first[0]
    if second[0] <= (start.day or 0):
        return None
    year = year or start.year
    return replace(start, year=year), replace(start, year=year, day=second[0], weekday=None), end


def _numbered(t: Text, at: int) -> bool:
    """Whether the number at ``at`` says that it is a day: "3rd", "3."."""
    return bool(re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)").match(t.low, at))
