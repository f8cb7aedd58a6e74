"""Time zones as calendars name and define them, brought to IANA zones.

Names come from Windows, Exchange, Lotus, Zimbra and others; rules come in VTIMEZONE components
(RFC 5545 §3.6.5). Where both are there and disagree, the rules win and the doubt is told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from taktvoll.formats.contentlines import Component

_MAX_ONSETS = 200
_STALE = timedelta(days=400)  # a yearly rule has an onset within each 371 days


@dataclass(frozen=True, slots=True)
class Zone:
    """What a TZID means at one moment.

    ``tz`` is None where nothing is known. ``problem``: the name is unknown, or contradicts the
    rules that came with it.
    """

    tz: tzinfo | None
    iana: str | None
    problem: bool = False


def zone_at(tzid: str, definition: Component | None, local: datetime) -> Zone:
    """The zone of ``tzid`` with its VTIMEZONE, if there is one, at the wall clock ``local``."""
    name, certain = _zone_name(tzid)
    offset = None if definition is None else offset_at(definition, local)
    if definition is None or offset is None:  # no rules, or none for this year
        return Zone(ZoneInfo(name), name) if name else Zone(None, None, problem=True)
    if name and ZoneInfo(name).utcoffset(local) == offset:
        return Zone(ZoneInfo(name), name)
    same = _zone_with_rules(definition, local)
    fallback = timezone(offset)
    return Zone(ZoneInfo(same) if same else fallback, same, problem=certain or same is None)


def iana_name(tzid: str) -> str | None:
    """The IANA name that ``tzid`` stands for, or None."""
    return _zone_name(tzid)[0]


# --- names --------------------------------------------------------------------------------------

_ZONES_BY_CITY = {
    # the cities of the Windows display names, German and English, with what CLDR gives the zone
    "Europe/Berlin": "amsterdam, berlin, bern, rom, rome, stockholm, wien, vienna",
    "Europe/Paris": "brüssel, brussels, kopenhagen, copenhagen, madrid, paris",
    "Europe/Warsaw": "sarajevo, skopje, warschau, warsaw, zagreb",
    "Europe/Budapest": "belgrad, belgrade, bratislava, budapest, ljubljana, prag, prague",
    "Europe/London": "dublin, edinburgh, lissabon, lisbon, london",
    "Europe/Kiev": "helsinki, kiew, kiev, kyiv, kyjiw, riga, sofia, tallinn, vilnius, wilna",
    "Europe/Bucharest": "athen, athens, bukarest, bucharest",
    "Europe/Istanbul": "istanbul",
    "Europe/Moscow": "moskau, moscow",
    "Asia/Jerusalem": "jerusalem",
    "Asia/Dubai": "abu dhabi, muscat, maskat",
    "Asia/Calcutta": "new delhi, neu-delhi, chennai, kolkata, mumbai",
    "Asia/Shanghai": "beijing, peking, chongqing",
    "Asia/Singapore": "kuala lumpur, singapore, singapur",
    "Asia/Tokyo": "osaka, sapporo, tokyo, tokio",
    "Australia/Sydney": "canberra, melbourne, sydney",
    "America/New_York": "eastern time, ostküste, eastern",
    "America/Chicago": "central time",
    "America/Denver": "mountain time",
    "America/Los_Angeles": "pacific time",
    "UTC": "coordinated universal time, koordinierte weltzeit, utc, gmt, z, zulu",
}
_GERMAN_NAMES = {
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "mitteleuropäische zeit": "Europe/Berlin",
    "mitteleuropäische sommerzeit": "Europe/Berlin",
    "mitteleuropäische normalzeit": "Europe/Berlin",
    "westeuropäische zeit": "Europe/London",
    "osteuropäische zeit": "Europe/Bucharest",
    "cest": "Europe/Berlin",
    "bst": "Europe/London",
}
# An IANA name as it is written; posix/ and right/ are folders of the database, not zones.
_PLAIN_NAME = re.compile(r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/[\w/+-]{1,60}")
_OFFSET_PREFIX = re.compile(r"^\((?:UTC|GMT)[^)]{0,12}\)\s*", re.IGNORECASE)


def _zone_name(tzid: str) -> tuple[str | None, bool]:
    """The IANA name, and whether ``tzid`` is a standard name rather than a likeness of one."""
    clean = tzid.strip().strip('"').replace("\\", "").strip().strip("/")[:200]
    lowered = clean.lower()
    usual = _windows_names().get(lowered, clean)
    if _PLAIN_NAME.fullmatch(usual) and _exists(usual):
        return usual, True
    known = _known_names()  # 50 ms once: every zone there is
    standard = known.get(lowered) or known.get(lowered.replace("daylight time", "standard time"))
    if standard:
        return standard, True
    return _guessed(lowered, known), False


def _guessed(lowered: str, known: dict[str, str]) -> str | None:
    if lowered in _GERMAN_NAMES:
        return _GERMAN_NAMES[lowered]
    parts = lowered.split("/")
    # "/softwarestudio.org/Olson_20011030_5/Europe/Berlin", "Europe_Berlin", "US-Eastern",
    # Lotus' "W. Europe"
    candidates = ["/".join(parts[start:]) for start in range(1, len(parts) - 1)]
    candidates += [lowered.replace(mark, "/", 1) for mark in "_-"]
    candidates += [f"{lowered} standard time", "/".join(parts[-2:]).replace("_", "/", 1)]
    for candidate in candidates:
        if candidate in known:
            return known[candidate]
    display = re.sub(r"[()&]", " ", _OFFSET_PREFIX.sub("", lowered))
    places = [" ".join(place.split()) for place in re.split(r"[,/;]", display)]
    for place in places:
        for length in (len(place.split()), 2):
            city = " ".join(place.split()[:length])
            if city in _cities():
                return _cities()[city]
    return None


@cache
def _windows_names() -> dict[str, str]:
    """Lower-case Windows names (Unicode CLDR windowsZones, as icalendar ships them)."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {windows.lower(): olson for windows, olson in WINDOWS_TO_OLSON.items()}


@cache
def _known_names() -> dict[str, str]:
    """Lower-case IANA and Windows names."""
    names = {name.lower(): name for name in _windows_names().values()}
    names |= _windows_names()
    names |= {name.lower(): name for name in available_timezones()}
    return {name: olson for name, olson in names.items() if _exists(olson)}


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def _cities() -> dict[str, str]:
    return {city: zone for zone, names in _ZONES_BY_CITY.items() for city in names.split(", ")}


# --- rules --------------------------------------------------------------------------------------

_CANDIDATES = (
    *("Europe/Berlin", "Europe/London", "Europe/Athens", "Europe/Dublin", "Europe/Moscow"),
    *("Europe/Istanbul", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"),
    *("America/Sao_Paulo", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo"),
    *("Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland", "UTC"),
    *(f"Etc/GMT{hours:+d}" for hours in range(-14, 13) if hours),
)


@dataclass(frozen=True, slots=True)
class _Onset:
    """From ``at`` on, on the clock that was valid before, ``after`` holds."""

    at: datetime
    before: timedelta
    after: timedelta


def offset_at(definition: Component, local: datetime) -> timedelta | None:
    """The UTC offset that a VTIMEZONE gives for the wall clock ``local``, or None.

    None before its first onset, long after its last where it knows summer time (such a component
    was cut out of a longer one), and where it contradicts itself. A time that occurs twice is the
    first of both, one that never occurs has the offset before the gap (RFC 5545 §3.3.5).
    """
    return _offset(_onsets(definition, (local.year - 1, local.year)), local)


def _offset(onsets: list[_Onset], local: datetime) -> timedelta | None:
    passed = [onset for onset in onsets if onset.at <= local]
    if not passed:
        return None
    last = max(passed, key=lambda onset: onset.at)
    if len({onset.after for onset in passed if onset.at == last.at}) > 1:
        return None
    if local - last.at > _STALE and len({onset.after for onset in onsets}) > 1:
        return None
    in_gap = local < last.at + (last.after - last.before)
    return last.before if in_gap else last.after


def _zone_with_rules(definition: Component, local: datetime) -> str | None:
    """The first known zone with the offsets of ``definition`` on every day of that year."""
    onsets = _onsets(definition, (local.year - 1, local.year))
    noons = [datetime(local.year, 1, 1, 12) + timedelta(days=day) for day in range(365)]  # noqa: DTZ001
    offsets = [_offset(onsets, noon) for noon in (local, *noons)]
    for name in _CANDIDATES:
        zone = ZoneInfo(name)
        pairs = zip((local, *noons), offsets, strict=True)
        if all(zone.utcoffset(noon) == offset for noon, offset in pairs):
            return name
    return None


def _onsets(definition: Component, years: tuple[int, ...]) -> list[_Onset]:
    onsets: list[_Onset] = []
    for observance in definition.children:
        if observance.name not in ("STANDARD", "DAYLIGHT"):
            continue
        values = {line.name: line.value for line in reversed(observance.lines)}
        start = parse_local(values.get("DTSTART", ""))
        after = _utc_offset(values.get("TZOFFSETTO", ""))
        if start is None or after is None:
            continue
        before = _utc_offset(values.get("TZOFFSETFROM", ""))
        moments = [start]
        for line in observance.all("RDATE"):
            moments += filter(None, map(parse_local, line.value.split(",")))
        for line in observance.all("RRULE"):
            moments += _yearly(line.value[:500], start, years)
        onsets += [_Onset(at, after if before is None else before, after) for at in moments]
        if len(onsets) > _MAX_ONSETS:
            break
    return onsets


@lru_cache(maxsize=256)  # the same few rules stand in all invitations
def _yearly(rule: str, start: datetime, years: tuple[int, ...]) -> list[datetime]:
    """The onsets of a yearly rule in ``years``; time zones have no other kind of rule."""
    parts = {
        key.strip().upper(): value.strip().upper()
        for key, _, value in (part.partition("=") for part in rule.split(";"))
    }
    if parts.get("FREQ") != "YEARLY":
        return []
    until = parse_local(parts.get("UNTIL", ""))
    months = _numbers(parts.get("BYMONTH", "")) or [start.month]
    month_days = set(_numbers(parts.get("BYMONTHDAY", "")))
    weekdays = [_weekday(value) for value in parts.get("BYDAY", "").split(",") if value]
    if not month_days and not weekdays:
        month_days = {start.day}
    found = []
    for year in years:
        for month in months[:12]:
            found += [
                datetime.combine(day, start.time())
                for day in _days(year, month)
                if (not month_days or day.day in month_days)
                and (not weekdays or any(_is_weekday(day, wanted) for wanted in weekdays))
            ]
    # an UNTIL in UTC is within a day of the wall clock
    limit = until + timedelta(days=1) if until else None
    return [at for at in found if at >= start and (limit is None or at <= limit)][:_MAX_ONSETS]


def _days(year: int, month: int) -> list[date]:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return []
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}


def _weekday(value: str) -> tuple[int, int]:
    """``-1SU`` as (ordinal, weekday); ordinal 0 is every one of the month."""
    value = value.strip()
    ordinal = value[:-2]
    number = int(ordinal) if re.fullmatch(r"[+-]?\d", ordinal) else 0
    return number, _WEEKDAYS.get(value[-2:], -1)


def _is_weekday(day: date, wanted: tuple[int, int]) -> bool:
    ordinal, weekday = wanted
    if day.weekday() != weekday:
        return False
    if ordinal > 0:
        return (day.day - 1) // 7 + 1 == ordinal
    if ordinal < 0:
        left = (monthrange(day.year, day.month)[1] - day.day) // 7
        return -(left + 1) == ordinal
    return True


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if re.fullmatch(r"\s*\d{1,2}\s*", number)]


def _utc_offset(text: str) -> timedelta | None:
    match = re.fullmatch(r"\s*([+-]?)(\d{2}):?(\d{2})(?::?(\d{2}))?\s*", text)
    if match is None:
        return None
    sign = -1 if match[1] == "-" else 1
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return sign * offset if offset < timedelta(hours=24) else None


_DATE_TIME = re.compile(
    r"\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?)?Z?\s*", re.IGNORECASE
)


def parse_local(value: str) -> datetime | None:
    """The wall clock of a DATE or DATE-TIME value (a DATE is midnight), or None."""
    match = _DATE_TIME.fullmatch(value[:40])
    if match is None:
        return None
    numbers = [int(number or 0) for number in match.groups()]
    numbers[5] = min(numbers[5], 59)  # a leap second
    try:
        return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
