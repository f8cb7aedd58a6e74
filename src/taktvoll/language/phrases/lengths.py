"""Lengths of time and the words that place them: "two weeks and a day", "this", "übernächste"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from taktvoll.language.phrases.numbers import count
from taktvoll.language.phrases.text import Table, Text, remembered, words

UNITS: Table[str] = Table(
    dict.fromkeys(words("sekunde sekunden sek second seconds sec secs"), "second"),
    dict.fromkeys(words("minute minuten min minutes mins"), "minute"),
    dict.fromkeys(words("stunde stunden std hour hours hr hrs h"), "hour"),
    dict.fromkeys(words("tag tage tagen tages tags day days"), "day"),
    dict.fromkeys(words("werktag werktage werktagen arbeitstage arbeitstagen"), "weekday"),
    dict.fromkeys(("working days", "business days", "working day", "business day"), "weekday"),
    dict.fromkeys(words("woche wochen week weeks"), "week"),
    dict.fromkeys(("fortnight", "fortnights"), "fortnight"),
    dict.fromkeys(words("monat monate monaten monats month months"), "month"),
    dict.fromkeys(words("quartal quartale quartals quartalen quarter quarters"), "quarter"),
    dict.fromkeys(words("jahr jahre jahren jahres year years"), "year"),
    dict.fromkeys(words("wochenende wochenendes wochenenden weekend weekends"), "weekend"),
)


def _inflected(*stems: str) -> tuple[str, ...]:
    return tuple(stem + ending for stem in stems for ending in ("", "e", "en", "er", "es", "em"))


PLACES: Table[int] = Table(
    dict.fromkeys(("this", "current", "the current", *_inflected("dies", "aktuell")), 0),
    dict.fromkeys(("this coming", "this upcoming", "the coming", "the upcoming"), 1),
    dict.fromkeys(("next", "the next", "coming", "upcoming", "following", "the following"), 1),
    dict.fromkeys(_inflected("nächst", "naechst", "kommend", "folgend"), 1),
    dict.fromkeys(_inflected("übernächst", "uebernaechst"), 2),
    dict.fromkeys(("last", "the last", "past", "the past", "previous", "the previous"), -1),
    dict.fromkeys(_inflected("letzt", "vergangen", "vorig"), -1),
    dict.fromkeys(_inflected("vorletzt"), -2),
)
"""How many units on from the present one."""

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_DELTAS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "weekday": timedelta(days=1),
    "week": timedelta(days=7),
    "fortnight": timedelta(days=14),
    "weekend": timedelta(days=7),
}


@dataclass(frozen=True, slots=True)
class Length:
    """Whole months and a rest; ``working``: the days are working days."""

    months: int
    rest: timedelta
    unit: str
    working: int = 0

    @property
    def in_days(self) -> bool:
        """Whether it moves days and keeps no hour of its own."""
        return self.rest % timedelta(days=1) == timedelta() and self.unit not in _CLOCK_UNITS

    def added(self, to: datetime, sign: int = 1) -> datetime:
        """``to`` moved on by this length, or back; months keep the day where they have it."""
        if self.working:
            return _working_days(to, sign * self.working)
        return add_months(to, sign * self.months) + sign * self.rest


_MOST_MONTHS = 12_000
_CLOCK_UNITS = ("second", "minute", "hour")


def add_months(moment: datetime, months: int) -> datetime:
    """The same day ``months`` on, or the last day of that month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _working_days(moment: datetime, days: int) -> datetime:
    step = timedelta(days=1 if days > 0 else -1)
    left = min(abs(days), 400)
    while left:
        moment += step
        left -= moment.weekday() < 5
    return moment


@remembered
def length(t: Text, at: int) -> tuple[Length, int] | None:
    """ "3 days", "ein paar Stunden", "1 month, 2 days and 3 hours"."""
    found = _one(t, at)
    if found is None:
        return None
    total, end = found
    for _ in range(5):
        rest = t.skip(end)
        if t.low[rest : rest + 1] == ",":
            rest = t.skip(rest + 1)
        more = _one(t, t.after(rest, "and", "und") or rest)
        if more is None or total.months + more[0].months > _MOST_MONTHS:
            break
        total = Length(total.months + more[0].months, total.rest + more[0].rest, more[0].unit)
        end = more[1]
    return total, end


def _one(t: Text, at: int) -> tuple[Length, int] | None:
    number = count(t, at)
    if number is None or number[0] > 1000:
        return None
    place = t.skip(number[1])
    if t.low[place : place + 1] == "-":
        place += 1
    unit = t.phrase(place, UNITS)
    if unit is None:
        return None
    if unit[0] in _MONTHS_IN:
        months = round(number[0] * _MONTHS_IN[unit[0]])
        return Length(months, timedelta(), unit[0]), unit[1]
    working = int(number[0]) if unit[0] == "weekday" else 0
    return Length(0, number[0] * _DELTAS[unit[0]], unit[0], working), unit[1]
