"""Calendar days as people write them: "Di., 9.12.", "December 9th", "Donnerstag in einer Woche".

A :class:`Day` is what is written; :func:`resolve` gives it a date, from a reference day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from taktvoll.language.words import (
    FULL_WEEKDAYS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    WEEKDAYS,
    any_of,
    number_of,
)
from taktvoll.model import Country, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One written day, ``text[start:end]``. What is not written is None.

    ``shift`` counts days from the reference day ("übermorgen": 2), ``weeks`` from its week
    ("Dienstag nächster Woche": 1), ``slash`` marks 09/12/2026, whose order is a custom.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    week: int | None = None  # ISO 8601 week number
    shift: int | None = None
    weeks: int | None = None
    slash: bool = False
    following: bool = False  # "nächsten Dienstag", which is never tomorrow

    @property
    def bare(self) -> bool:
        """Whether nothing but a weekday is written: no date, and no week that it lies in."""
        return self.weekday is not None and not any(
            part is not None for part in (self.day, self.week, self.shift, self.weeks)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The date of a :class:`Day`, and what may be wrong with it."""

    date: date
    weekday_conflict: bool = False
    ambiguous: bool = False
    settled: bool = True  # a year, a weekday that fits, or a relative word leaves no choice


_WEEKDAY = any_of(frozenset(WEEKDAYS))
_MONTH = any_of(frozenset(MONTHS))
_ORDINAL = any_of(frozenset(ORDINALS))
_NUMBER = r"(?:\d{1,2}|" + any_of(frozenset(NUMBERS)) + ")"
_DAYPART = r"(?:(?:vor|nach)?mittags?|abends?|morgens?|früh|morning|afternoon|evening)"
_YEAR = r"(?:\s?,?\s?(?P<year>(?:19|20)\d\d)(?!\d|[:.]\d\d|\s?(?:uhr|h\b)))?"
_SHORT_YEAR = r"(?:\s?(?P<year>(?:19|20)\d\d)(?!\d)|'?(?P<short>\d\d)(?![\d:.]|\s?(?:uhr|h\b)))?"

# What the date itself looks like, tried in this order at a digit. Month and weekday names never
# touch a letter; numbers never touch a number that goes on.
_AT_DIGIT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d|-\w)",
        rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[\s\-]?(?:of\s|"
        rf"tag\sim\s)?(?P<name>{_MONTH})(?![^\W\d_])\.?-?{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.{_SHORT_YEAR}(?!\d|\.\d)",
        r"(?P<slash>\d{1,2})/(?P<month>\d{1,2})/(?:(?P<year>20\d\d)|(?P<short>\d\d))(?![\d/])",
        r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>20\d\d)(?![\d\-])",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?P<bare>)(?![\d.:,%€]|\s?(?:uhr|h\b|std|€|euro|"
        r"eur|%|km|[ap]\.?m\b))",
        r"(?P<slash>\d{1,2})/(?P<month>\d{1,2})(?P<bare>)(?![\d/.])",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?P<bare>)(?!\w)(?!\s?(?:floor|street|st\b|ave|round|"
        r"stage|interview))",
    )
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>{_MONTH})\.?(?:\s|-),?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|\.\d|"
    rf"\s?(?:[ap]\.?m\b|uhr)){_YEAR}"
)
_ORDINAL_DAY = re.compile(
    rf"(?P<ordinal>{_ORDINAL})\s(?:(?:of\s)?(?P<name>{_MONTH})(?!\w)|(?P<month>zehnten|"
    r"elften|zwölften|ersten|zweiten|dritten|vierten|fünften|sechsten|siebten|achten|"
    rf"neunten)(?!\w)){_YEAR}"
)
_CLOCK_AFTER = re.compile(
    r",?\s(?:um\s|gegen\s|ab\s|at\s|around\s)?(?:ca\.?\s)?(?:\d{1,2}[:.]\d\d(?![\d.])|"
    r"\d{1,2}\s?(?:uhr|h|am|pm)(?!\w))"
)
_HOUR_BEFORE = re.compile(r"(?<!\w)(?:um|gegen|at) $")  # "am Samstag um 10. Die Stelle …"
_DAY_ONLY = re.compile(
    r"(?P<day>\d{1,2})\.(?!\d|\s?[a-zäöü]*(?:straße|strasse|weg|allee|platz|stock|og\b|"
    r"stunde|klasse|semester|lehrjahr|etage|obergeschoss|lektion|schicht|runde|quartal|ebene))"
)
_MORE_DAYS = re.compile(
    r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?\s?(?P<sep>,|und|oder|bzw\.|and|or|&|/|-|–|"
    r"bis(?:\szum)?|to)\s?"
    r"(?:(?:am|dem|den|the)\s)?(?=\d)"
)
_ALSO_DAY = re.compile(
    r"(?:,\s?|\s?(?:or|and|&|/|-|–|to)\s?|,?\s(?:or|"
    r"and)\s)(?:the\s)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:.]|\s?(?:[ap]\.?m\b|uhr|"
    rf"o'clock|{_MONTH}))"
)

_WEEKDAY_AT = re.compile(rf"(?P<weekday>{_WEEKDAY})(?P<part>\s?{_DAYPART})?(?![^\W\d_])s?\.?")
_AFTER_SHORT = re.compile(
    rf",?\s?(?:um\s|at\s)?\d{{1,2}}(?:[:.]\d\d)?\s?(?:uhr|h\b|[ap]\.?m)|"
    rf"(?:\s(?:einfach|dann|mal|gleich))?\sum\s\d{{1,2}}(?!\d)|\s?(?:,|oder|und|"
    rf"or|and|/)\s?{_WEEKDAY}(?!\w)"
)
_SHORT_BEFORE = re.compile(rf"(?<!\w){_WEEKDAY}\.?\s?(?:,|oder|und|or|and|/)\s?$")
_AFTER_WEEKDAY = re.compile(
    r"\)?[\s,|:]{0,3}\(?(?:(?:den|dem|der|d\.|the|on the|am)\s)?(?:kw\s?\d{1,2}\W{1,3})?"
)
_TRAILING_WEEKDAY = re.compile(
    rf",?\s?(?P<open>\()?(?P<weekday>{_WEEKDAY})\.?(?(open)\)|(?![^\W\d_.]))"
)
_THIS = (
    r"(?:kommende[nrs]?|nächste[nrs]?|nächst|naechste[nrs]?|diese[nrs]?|dieser|coming|"
    r"this|upcoming)"
)
_BEFORE_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?P<next>next)|(?P<after>übernächste[nrs]?|uebernaechste[nrs]?)|{_THIS})\s+$"
)
_WEEK_WORD = (
    r"(?:(?P<after>übernächste[nr]?\s+woche|week\s+after\s+next)"
    r"|(?P<next>(?:nächste|kommende|naechste)[nr]?\s+woche|next\s+week)"
    r"|(?P<this>diese[rn]?\s+woche|this\s+week))"
)
_WEEK_BEFORE = re.compile(_WEEK_WORD + r"[^.!?\n]{0,60}$")
_WEEK_AFTER = re.compile(r"\s?,?\s?(?:in\s(?:der\s)?|der\s|of\s)?" + _WEEK_WORD)
_LATER = re.compile(
    rf"\s(?:in\s(?P<weeks>{_NUMBER})\swochen?(?!\w)|in\s(?P<days>{_NUMBER})\stagen(?!\w)|"
    r"(?P<week>week)(?!\w))"
)
_A_WEEK_ON = re.compile(rf"(?P<weeks>{_NUMBER})\sweeks?\s(?:on|from)\s(?:this\s)?$")
_CALENDAR_WEEK = re.compile(r"(?:kw|kalenderwoche|calendar week)\s?(?P<after>\d{1,2})(?!\d)")
_CALENDAR_WEEK_NEAR = re.compile(
    r"[\s,(]{1,3}(?:in\s)?(?:der\s)?(?:kw|kalenderwoche)\s?(?P<week>\d{1,2})(?!\d)\)?"
)
_CALENDAR_WEEK_BEFORE = re.compile(
    r"(?:kw|kalenderwoche)\s?(?P<week>\d{1,2})\W{1,3}(?:am\s)?$|"
    r"(?P<ordinal>\d{1,2})\.\skw\W{1,3}(?:am\s)?$"
)

_RELATIVE = {
    "heute": 0,
    "heut": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "übermorgen": 2,
    "uebermorgen": 2,
    "gestern": -1,
    "yesterday": -1,
    "vorgestern": -2,
    "tonight": 0,
}
_RELATIVE_AT = re.compile(rf"(?P<word>{any_of(frozenset(_RELATIVE))})(?!\w)")
_NOT_TOMORROW = re.compile(r"(?:guten|schönen|am|jeden|diesen|gegen|heute|bis zum|den)\s$")
_IN_DAYS_BEFORE = re.compile(rf"(?:^|\W)in\s(?P<count>{_NUMBER})\s$")
_AM_BEFORE = re.compile(
    r"(?:^|[\s(>|:,])(?:am|den|dem|vom|bis zum|ab dem|on the|on|the|der|zum|until|by|bis|"
    r"datum|date|wann|tag|day|termin)[:\s]\s*$"
)

ANCHORS = frozenset(
    set(WEEKDAYS)
    | set(MONTHS)
    | set(_RELATIVE)
    | set(ORDINALS)
    | {"tagen", "wochen", "woche", "days", "weeks", "kw", "kalenderwoche"}
)
"""Words at which a day may begin. Digits are the other anchors."""


def days_at(
    low: str, text: str, at: int, country: Country | None, language: Language | None
) -> list[Day]:
    """The days written at ``at`` of the lowered text ``low``; several for "am 8. oder 9. Dezember".

    ``text`` is the text in its own case: "So" is a Sunday, "so" is not.
    """
    if low[at].isdigit():
        return _listed(low, at, language) or _single(
            _dated(low, at, country, language, trusted=False)
        )
    return _single(_weekday(low, text, at, country, language)) or _single(
        _month_word(low, at)
        or _relative(low, text, at)
        or _in_days(low, at)
        or _calendar_week(low, at)
    ) + _also(low, at)


def _single(day: Day | None) -> list[Day]:
    return [day] if day else []


def _listed(low: str, at: int, language: Language | None) -> list[Day]:
    """Days that share the month and year of the last: "8., 9. oder 10. Dezember 2026"."""
    found: list[tuple[int, int, int]] = []
    position = at
    while len(found) < 12 and (more := _MORE_DAYS.match(low, position)):
        found.append((more.start(), more.end("day"), int(more["day"])))
        position = more.end()
    if not found:
        return []
    last = _dated(low, position, None, language, trusted=False)
    if last is None or last.month is None or last.slash or last.year == last.day:
        return []
    if last.day is None or not all(1 <= day <= 31 for _, _, day in found):
        return []
    return [
        Day(start=start, end=end, day=day, month=last.month, year=last.year)
        for start, end, day in found
    ] + [last]


def _also(low: str, at: int) -> list[Day]:
    """English days that follow the first: "December 8, 9 or 10"."""
    first = _month_word(low, at)
    if first is None or first.year is not None:
        return []
    days: list[Day] = []
    position = first.end
    while len(days) < 12 and (more := _ALSO_DAY.match(low, position)):
        if not 1 <= int(more["day"]) <= 31:
            break
        days.append(
            Day(start=more.start("day"), end=more.end(), day=int(more["day"]), month=first.month)
        )
        position = more.end()
    return days


def _dated(
    low: str, at: int, country: Country | None, language: Language | None, *, trusted: bool
) -> Day | None:
    """A day in figures. ``trusted``: a weekday stands before it, so that 9.12 is a day too."""
    for pattern in _AT_DIGIT:
        found = pattern.match(low, at)
        if not found:
            continue
        groups = found.groupdict()
        if "bare" in groups and not (
            trusted
            or _AM_BEFORE.search(low, max(0, at - 14), at)
            or _CLOCK_AFTER.match(low, found.end())
        ):
            continue
        if day := _from_figures(found, groups, country, language):
            return _with_trailing_weekday(low, day)
    if (trusted or _AM_BEFORE.search(low, max(0, at - 14), at)) and (
        found := None if _HOUR_BEFORE.search(low, max(0, at - 8), at) else _DAY_ONLY.match(low, at)
    ):
        number = int(found["day"])
        return Day(start=at, end=found.end(), day=number) if 1 <= number <= 31 else None
    return None


def _from_figures(
    found: re.Match[str],
    groups: dict[str, str | None],
    country: Country | None,
    language: Language | None,
) -> Day | None:
    first = int(groups.get("day") or groups.get("slash") or 0)
    name = groups.get("name")
    written = groups.get("month")
    month = MONTHS[name] if name else int(written) if written else None
    year = int(groups.get("year") or 0) or (
        2000 + int(groups["short"] or 0) if groups.get("short") else None
    )
    slash = bool(groups.get("slash"))
    if (
        slash
        and month is not None
        and (month > 12 or (first <= 12 and country is Country.US and language is not Language.DE))
    ):
        first, month = month, first
    if not (1 <= first <= 31 and (month is None or 1 <= month <= 12)):
        return None
    swappable = slash and month is not None and first <= 12
    return Day(
        start=found.start(),
        end=found.end(),
        day=first,
        month=month,
        year=year,
        slash=swappable and first != month,
    )


def _with_trailing_weekday(low: str, day: Day) -> Day:
    found = _TRAILING_WEEKDAY.match(low, day.end)
    if not found or not (found["open"] or found["weekday"] in FULL_WEEKDAYS):
        return day
    after = low[found.end() : found.end() + 8].lstrip(" ,.")
    if (
        not found["open"]
        and after[:1].isdigit()
        and not re.match(r"\d{1,2}(?::\d\d|\s?(?:uhr|h\b|[ap]\.?m))", after)
    ):
        return day  # that weekday belongs to the next day of a list
    return replace(day, weekday=WEEKDAYS[found["weekday"]], end=found.end())


def _weekday(
    low: str, text: str, at: int, country: Country | None, language: Language | None
) -> Day | None:
    found = _WEEKDAY_AT.match(low, at)
    if not found:
        return None
    name, weekday = found["weekday"], WEEKDAYS[found["weekday"]]
    full = name in FULL_WEEKDAYS
    if not full and not text[at].isupper():
        return None
    gap = _AFTER_WEEKDAY.match(low, found.end())
    core_at = gap.end() if gap else found.end()
    if core_at < len(low):
        core = (
            _dated(low, core_at, country, language, trusted=True)
            if low[core_at].isdigit()
            else _month_word(low, core_at)
        )
        if core and (core.month or full):
            if core.slash and core.month and core.day and core.year:
                core = _fit_order(core, weekday)
            return replace(core, start=at, weekday=weekday)
    if not full and not (
        low[found.end() - 1] == "."
        or _AFTER_SHORT.match(low, found.end())
        or _SHORT_BEFORE.search(low, max(0, at - 14), at)
    ):
        return None
    return _relative_weekday(
        low, at, found.end("part") if found["part"] else found.end("weekday"), weekday
    )


def _fit_order(day: Day, weekday: int) -> Day:
    """The order of 09/12/2026 that the weekday beside it proves, if it proves one."""
    assert day.day and day.month and day.year
    if date(day.year, day.month, day.day).weekday() == weekday:
        return replace(day, slash=False)
    if date(day.year, day.day, day.month).weekday() == weekday:
        return replace(day, slash=False, day=day.month, month=day.day)
    return day


def _relative_weekday(low: str, at: int, end: int, weekday: int) -> Day:
    """A weekday without a date, with what is said of its week before and after it."""
    before = low[max(0, at - 90) : at]
    if later := _LATER.match(low, end):
        weeks = 1 if later["week"] else number_of(later["weeks"]) if later["weeks"] else None
        days = number_of(later["days"]) if later["days"] else None
        if days in (7, 8):  # "in acht Tagen" counts today: a week
            weeks = 1
        if weeks is not None:
            return Day(start=at, end=later.end(), weekday=weekday, shift=7 * weeks)
    if near := _CALENDAR_WEEK_NEAR.match(low, end):
        return Day(start=at, end=near.end(), weekday=weekday, week=int(near["week"]))
    if near := _CALENDAR_WEEK_BEFORE.search(before):
        return Day(start=at, end=end, weekday=weekday, week=int(near["week"] or near["ordinal"]))
    if on := _A_WEEK_ON.search(before):
        return Day(
            start=at - len(before) + on.start(),
            end=end,
            weekday=weekday,
            shift=7 * (number_of(on["weeks"]) or 0),
        )
    after = _WEEK_AFTER.match(low, end)
    week = after or _WEEK_BEFORE.search(before)
    if week:
        weeks = 2 if week["after"] else 1 if week["next"] else 0
        return Day(start=at, end=after.end() if after else end, weekday=weekday, weeks=weeks)
    if this := _BEFORE_WEEKDAY.search(before):
        start = at - len(before) + this.start()
        if this["after"]:
            return Day(start=start, end=end, weekday=weekday, shift=7)
        return Day(
            start=start,
            end=end,
            weekday=weekday,
            weeks=1 if this["next"] else None,
            following=low.startswith(("nächst", "naechst"), start),
        )
    return Day(start=at, end=end, weekday=weekday)


def _month_word(low: str, at: int) -> Day | None:
    found = _MONTH_FIRST.match(low, at)
    if found and 1 <= int(found["day"]) <= 31:
        year = int(found["year"]) if found["year"] else None
        day = Day(
            start=at, end=found.end(), day=int(found["day"]), month=MONTHS[found["name"]], year=year
        )
        return _with_trailing_weekday(low, day)
    if found := _ORDINAL_DAY.match(low, at):
        month = MONTHS[found["name"]] if found["name"] else ORDINALS[found["month"]]
        year = int(found["year"]) if found["year"] else None
        return Day(
            start=at, end=found.end(), day=ORDINALS[found["ordinal"]], month=month, year=year
        )
    return None


def _relative(low: str, text: str, at: int) -> Day | None:
    found = _RELATIVE_AT.match(low, at)
    if not found:
        return None
    if found["word"] == "morgen" and (
        _NOT_TOMORROW.search(low, max(0, at - 10), at)
        or (text[at] == "M" and at and text[at - 1] != "\n" and low[at - 2] not in ".:!?|>")
    ):
        return None  # "Guten Morgen", "am Morgen"
    shift = _RELATIVE[found["word"]]
    end = found.end()
    if on := _A_WEEK_ON.search(low, max(0, at - 30), at):
        return Day(start=on.start(), end=end, shift=shift + 7 * (number_of(on["weeks"]) or 0))
    if low.startswith("the day after ", max(0, at - 14)) and found["word"] == "tomorrow":
        return Day(start=at - 14, end=end, shift=2)
    if later := _LATER.match(low, end):
        weeks = number_of(later["weeks"]) if later["weeks"] else None
        days = number_of(later["days"]) if later["days"] else None
        if weeks or days:
            extra = 7 * weeks if weeks else 7 if days == 8 else 14 if days == 15 else days or 0
            return Day(start=at, end=later.end(), shift=shift + extra)
    return Day(start=at, end=end, shift=shift)


def _in_days(low: str, at: int) -> Day | None:
    """ "in zwei Wochen", "in 3 days": anchored at the unit."""
    unit = (
        1
        if low.startswith(("tagen", "days"), at)
        else 7
        if low.startswith(("woche", "week"), at)
        else 0
    )
    found = _IN_DAYS_BEFORE.search(low, max(0, at - 20), at) if unit else None
    if not found:
        return None
    count = number_of(found["count"]) or 0
    end = re.compile(r"[a-z]+").match(low, at)
    return Day(start=found.start("count"), end=end.end() if end else at, shift=unit * count)


def _calendar_week(low: str, at: int) -> Day | None:
    found = _CALENDAR_WEEK.match(low, at)
    if not found or not 1 <= int(found["after"]) <= 53:
        return None
    return Day(start=at, end=found.end(), week=int(found["after"]))


def resolve(day: Day, today: date) -> Resolved | None:
    """The date that ``day`` means in a message of ``today``; None where there is no such date."""
    try:
        return _resolve(day, today)
    except (ValueError, OverflowError):
        return None


def _resolve(day: Day, today: date) -> Resolved | None:
    if day.day is not None and day.month is not None and day.year is not None:
        return _with_year(day, today)
    if day.day is not None and day.month is not None:
        return _without_year(day, today)
    if day.day is not None:
        return _day_of_month(day, today)
    if day.week is not None:
        return Resolved(date=_iso_day(day.week, day.weekday or 0, today))
    if day.weekday is None:
        return Resolved(date=today + timedelta(days=day.shift or 0))
    if day.weeks is not None:
        monday = today - timedelta(days=today.weekday())
        return Resolved(date=monday + timedelta(days=7 * day.weeks + day.weekday))
    ahead = (day.weekday - today.weekday()) % 7 or 7
    ahead += 7 if day.following and ahead == 1 else 0
    return Resolved(date=today + timedelta(days=ahead + (day.shift or 0)))


def _with_year(day: Day, today: date) -> Resolved:
    assert day.day and day.month and day.year
    written = date(day.year, day.month, day.day)
    ambiguous = day.slash and min(written, date(day.year, day.day, day.month)) >= today
    return Resolved(
        date=written,
        weekday_conflict=day.weekday is not None and written.weekday() != day.weekday,
        ambiguous=ambiguous,
    )


def _without_year(day: Day, today: date) -> Resolved:
    """The next such day, or the last one where only that one fits the weekday."""
    assert day.day and day.month
    years = [
        year for year in range(today.year - 8, today.year + 9) if _exists(year, day.month, day.day)
    ]
    dates = [date(year, day.month, day.day) for year in years]
    coming = min(found for found in dates if found >= today)
    if day.weekday is None:
        return Resolved(date=coming, ambiguous=day.slash, settled=False)
    past = max((found for found in dates if found < today), default=coming)
    if (
        coming.weekday() != day.weekday
        and past.weekday() == day.weekday
        and (today - past).days < 180
    ):
        return Resolved(date=past)
    conflict = coming.weekday() != day.weekday
    return Resolved(date=coming, weekday_conflict=conflict, settled=not conflict)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day_of_month(day: Day, today: date) -> Resolved | None:
    """ "am 9.": the next ninth, in this month or a later one; a weekday beside it must fit."""
    assert day.day
    first = None
    for ahead in range(14):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        if not _exists(year, month + 1, day.day):
            continue
        found = date(year, month + 1, day.day)
        if found < today:
            continue
        first = first or found
        if day.weekday is None or found.weekday() == day.weekday:
            return Resolved(date=found if ahead < 3 else first, weekday_conflict=ahead >= 3)
    return Resolved(date=first, weekday_conflict=True) if first else None


def _iso_day(week: int, weekday: int, today: date) -> date:
    """The day of an ISO week: this year's, or next year's where that week is long past."""
    found = date.fromisocalendar(today.year, week, weekday + 1)
    if found < today - timedelta(days=28):
        found = date.fromisocalendar(today.year + 1, week, weekday + 1)
    return found
