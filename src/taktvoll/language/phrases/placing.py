"""What stands together in a phrase, put on the calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from taktvoll.language.dates import Side
from taktvoll.language.days import Day, Resolved, resolve
from taktvoll.language.phrases.hours import Time
from taktvoll.language.phrases.parts import Part, in_part
from taktvoll.language.phrases.text import Text
from taktvoll.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What was read: wall-clock times without a zone, and how exactly they are told.

    ``grain``: day, time (without a day), minute, part, week, month, period. ``day`` is how the
    first day was written, ``resolved`` what became of it.
    """

    begin: int
    end: int
    start: datetime
    stop: datetime | None = None
    grain: str
    side: Side | None = None
    zone: str | None = None
    day: Day | None = None
    resolved: Resolved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What stands together before it is put on the calendar."""

    end: int
    day: Day | None = None
    last: Day | None = None
    part: Part | None = None
    time: Time | None = None
    side: Side | None = None


def on_calendar(t: Text, at: int, pieces: Pieces, base: date) -> Phrase | None:
    """The pieces on the calendar; what has no day is the next that comes."""
    resolved = date_of(t, pieces.day, base) if pieces.day else None
    if pieces.day and resolved is None:
        return None
    on = midnight(resolved.date if resolved else base)
    common = Phrase(
        begin=at,
        end=pieces.end,
        start=on,
        grain="day",
        zone=pieces.time.zone if pieces.time else None,
        day=pieces.day,
        resolved=resolved,
    )
    if pieces.time:
        return _with_time(t, common, on, pieces)
    if pieces.part:
        start, stop = (on + timedelta(minutes=m) for m in (pieces.part.start, pieces.part.stop))
        return replace(common, start=start, stop=stop, grain="part")
    if pieces.last and resolved:
        last = resolve(pieces.last, resolved.date)
        if last and last.date > resolved.date:
            return replace(common, stop=midnight(last.date))
    return common


def _with_time(t: Text, common: Phrase, on: datetime, pieces: Pieces) -> Phrase:
    assert pieces.time
    clock, part = pieces.time, pieces.part
    minute, until = clock.minute, clock.until
    if part and clock.guessed:
        minute -= 12 * 60
    if part and clock.half not in ("a", "p", "24"):
        minute = in_part(minute, part) if minute < 12 * 60 else minute
        if until is not None:
            until = in_part(until, part)
            until += 12 * 60 if until <= minute else 0
    start = on + timedelta(minutes=minute, seconds=clock.second)
    stop = on + timedelta(minutes=until) if until is not None else None
    if pieces.day is None and part is None and start < _this_hour(t) and clock.zone is None:
        start += timedelta(days=1)
        stop = stop + timedelta(days=1) if stop else None
    if pieces.day and pieces.day.bare and on.date() == t.now.date() and start < t.now:
        start, stop = start + _WEEK, stop + _WEEK if stop else None
    grain = "minute" if pieces.day or part else "time"
    return replace(common, start=start, stop=stop, grain=grain, side=pieces.side)


_WEEK = timedelta(days=7)


def _this_hour(t: Text) -> datetime:
    return t.now.replace(minute=0, second=0)


def date_of(t: Text, day_: Day, base: date) -> Resolved | None:
    """The date of a day; "Sunday the 14th" is the nearest month's where that is a Sunday."""
    if day_.weekday is not None and day_.day and not day_.month:
        for ahead in (*range(-10, 0), *range(430)):
            on = base + timedelta(days=ahead)
            if on.day == day_.day and on.weekday() == day_.weekday:
                return Resolved(date=on)
    if (
        day_.bare
        and base == t.now.date()
        and day_.weekday == base.weekday()
        and t.language is not Language.DE
    ):
        return Resolved(date=base)  # in English "Monday" may be today; a German says "heute"
    return resolve(day_, base)


def midnight(on: date) -> datetime:
    """The first instant of a day."""
    return datetime.combine(on, time())
