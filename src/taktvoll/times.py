"""Time at the employer's: office hours, public holidays, and how much time is left.

A mail reaches somebody only in their working time: sent on Saturday for Monday, 9:00, it has had
no reader. So the time left is counted twice, on the clock and in their office hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from taktvoll.errors import WrongUse
from taktvoll.model import Country, Invitation

# When somebody reads mail and answers the phone in offices of all our countries, Monday to
# Friday. Many start earlier or stay longer; nobody should have to count on that.
OPENS = time(9)
CLOSES = time(17)
WEEKEND = (5, 6)  # date.weekday() of Saturday and Sunday

# Half or whole days off by collective agreement or custom, though no public holidays: whoever
# writes on 23 December for the 28th finds hardly a reader in between.
QUIET_DAYS = ((12, 24), (12, 31))

# message-rules §1.2: below one working day a mail alone is not enough, below two hours only a
# call is quick enough.
WORKING_DAY = timedelta(hours=CLOSES.hour - OPENS.hour)
CALL_ONLY = timedelta(hours=2)

# Working time is counted for at most a year: beyond, nothing depends on it, and a hostile date
# in the year 9999 costs no more than any other.
HORIZON = timedelta(days=366)


class Clock(Protocol):
    """Where the program gets the time; the pure steps take it as an argument."""

    def now(self) -> datetime:
        """The present moment, aware."""


class Level(StrEnum):
    """How urgent it is."""

    PLENTY = "plenty"
    LESS_THAN_A_WORKING_DAY = "less_than_a_working_day"
    LESS_THAN_TWO_HOURS = "less_than_two_hours"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """The time between now and the start: on the clock, and in the employer's office hours.

    Both are zero once the appointment has begun.
    """

    total: timedelta
    working: timedelta
    level: Level


def time_left(
    now: datetime,
    start: datetime,
    timezone: str | None,
    country: Country | None,
    subdivision: str | None = None,
) -> TimeLeft:
    """How much time is left before ``start``.

    ``timezone`` is the employer's (IANA; None: the offset of ``start``), ``subdivision`` the
    ISO 3166-2 code of the region within ``country``, as "BY". Raises ``unknown_timezone``.
    """
    there = office(start, timezone, country, subdivision)
    now, start = _utc(now), _utc(start)
    if start <= now:
        return TimeLeft(total=timedelta(0), working=timedelta(0), level=Level.PAST)
    total = start - now
    working = there.working_time(now, start)
    if total < CALL_ONLY:
        level = Level.LESS_THAN_TWO_HOURS
    elif working < WORKING_DAY:
        level = Level.LESS_THAN_A_WORKING_DAY
    else:
        level = Level.PLENTY
    return TimeLeft(total=total, working=working, level=level)


def begins(invitation: Invitation) -> datetime | None:
    """When the appointment begins; one that is known to the day only, at opening time."""
    if invitation.start is None or not invitation.all_day:
        return invitation.start
    return invitation.start.replace(hour=OPENS.hour, minute=OPENS.minute, second=0, microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The employer's office hours and days, on their own clock."""

    zone: tzinfo
    country: Country | None
    subdivision: str | None = None

    def working_time(self, now: datetime, start: datetime) -> timedelta:
        """Office time between ``now`` and ``start``, counted for at most a year."""
        now, start = _utc(now), _utc(start)
        end = min(start, now + HORIZON)
        left = timedelta(0)
        for opens, closes in self._hours(now):
            if opens >= end:
                break
            left += max(min(closes, end) - max(opens, now), timedelta(0))
        return left

    def next_opening(self, now: datetime) -> datetime:
        """The earliest moment from ``now`` on at which somebody is there, on their clock."""
        now = _utc(now)
        opens = next(max(opens, now) for opens, closes in self._hours(now) if closes > now)
        return opens.astimezone(self.zone)

    def moment_after(self, now: datetime, working: timedelta) -> datetime:
        """When ``working`` hours of their time (more than none) have gone by from ``now`` on."""
        now = _utc(now)
        for opens, closes in self._hours(now):
            there = max(closes - max(opens, now), timedelta(0))
            if working <= there:
                return (max(opens, now) + working).astimezone(self.zone)
            working -= there
        raise AssertionError("there is always another working day")

    def moment_before(self, start: datetime, working: timedelta = timedelta(0)) -> datetime:
        """The last moment at which somebody is there and ``working`` is left up to ``start``."""
        start = _utc(start)
        day = start.astimezone(self.zone).date()
        while True:
            opens, closes = self._at(day, OPENS), min(self._at(day, CLOSES), start)
            if self.works_on(day) and opens < closes:
                if working <= closes - opens:
                    return (closes - working).astimezone(self.zone)
                working -= closes - opens
            day -= timedelta(days=1)

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        day += timedelta(days=1)
        while not self.works_on(day):
            day += timedelta(days=1)
        return day

    def works_on(self, day: date) -> bool:
        """Whether somebody is in the office on ``day``."""
        if day.weekday() in WEEKEND or (day.month, day.day) in QUIET_DAYS:
            return False
        return day not in _holidays(self.country, self.subdivision, day.year)

    def _hours(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = now.astimezone(self.zone).date()
        while True:
            if self.works_on(day):
                yield self._at(day, OPENS), self._at(day, CLOSES)
            day += timedelta(days=1)

    def _at(self, day: date, hour: time) -> datetime:
        return _utc(datetime.combine(day, hour, self.zone))


def office(
    start: datetime,
    timezone: str | None,
    country: Country | None,
    subdivision: str | None = None,
) -> Office:
    """The employer's office; without a zone, on the clock of ``start``. ``unknown_timezone``."""
    return Office(
        zone=zone_named(timezone) if timezone else (start.tzinfo or UTC),
        country=country,
        subdivision=subdivision,
    )


def _utc(moment: datetime) -> datetime:
    # Python subtracts and compares two moments of one zone by the hands of the clock, and is an
    # hour off when the clocks have changed in between; in UTC it is right.
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day that there is
        return moment.replace(tzinfo=UTC)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone ``name``. Raises ``WrongUse("unknown_timezone")``."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, a path that leads out, a name too long
        raise WrongUse("unknown_timezone", timezone=name[:60]) from None


@lru_cache(maxsize=64)
def _holidays(country: Country | None, subdivision: str | None, year: int) -> frozenset[date]:
    """Public holidays; where the region is not known, the days off in most of the country."""
    if country is None:
        return frozenset()
    from holidays import country_holidays, list_supported_countries

    regions = list_supported_countries()[country.value]
    if subdivision in regions:
        return frozenset(country_holidays(country.value, subdiv=subdivision, years=year))
    counted = Counter(
        day
        for region in regions
        for day in country_holidays(country.value, subdiv=region, years=year)
    )
    nationwide = country_holidays(country.value, years=year)
    return frozenset(nationwide) | {day for day, n in counted.items() if 2 * n > len(regions)}
