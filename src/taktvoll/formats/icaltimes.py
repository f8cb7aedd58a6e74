"""The times of calendar lines: read, compared, and written in the form that a line has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from taktvoll.formats.contentlines import Component, Line
from taktvoll.formats.zones import parse_local, zone_at

YEARS = range(1970, 2200)  # of an appointment; wide enough, and safe to reckon with


@dataclass(frozen=True, slots=True)
class When:
    """The value of a DTSTART, RECURRENCE-ID or the like.

    ``local`` is the wall clock as written (naive; a day is its midnight); ``moment`` the same in
    UTC, None for a day, a floating time and an unknown zone.
    """

    local: datetime
    moment: datetime | None
    all_day: bool

    def same(self, other: When) -> bool:
        """Whether both mean the same time: as moments where both are known, else by the clock."""
        if self.all_day or other.all_day:
            return self.local.date() == other.local.date()
        if self.moment and other.moment:
            return self.moment == other.moment
        return self.local == other.local


def read_when(line: Line, definitions: Mapping[str, Component]) -> When | None:
    """The time that ``line`` holds, or None. ``definitions`` as ``zone_definitions`` gives them."""
    return when(line.value, line.params.get("TZID"), definitions)


def when(value: str, tzid: str | None, definitions: Mapping[str, Component]) -> When | None:
    """The time of a DATE or DATE-TIME value, also as ISO 8601 writes it."""
    local = parse_local(value)
    if local is None or local.year not in YEARS:
        return None
    if is_day(value):
        return When(local, None, all_day=True)
    if is_utc(value):
        return When(local, local.replace(tzinfo=UTC), all_day=False)
    if not tzid:
        return When(local, None, all_day=False)
    zone = zone_at(tzid, definitions.get(zone_key(tzid)), local).tz
    moment = local.replace(tzinfo=zone).astimezone(UTC) if zone else None
    return When(local, moment, all_day=False)


def is_day(value: str) -> bool:
    """Whether the value is a date without a time: 20261209 or 2026-12-09."""
    return len(value.strip()) <= len("2026-12-09")


def is_utc(value: str) -> bool:
    """Whether the value says that it is in UTC (RFC 5545 §3.3.5, form 2)."""
    return value.strip().upper().endswith("Z")


def zone_key(tzid: str) -> str:
    """A TZID as it can be compared: escaped in the VTIMEZONE, quoted in the parameter."""
    return tzid.replace("\\", "").strip().strip('"').strip()


def with_clock(line: Line, local: datetime) -> Line:
    """``line`` in its own form and zone, with ``local`` as its wall clock."""
    if is_day(line.value) or line.params.get("VALUE", "").upper() == "DATE":
        return line.but(value=f"{local:%Y%m%d}", params={"VALUE": "DATE"})
    params = dict(line.params)
    in_utc = is_utc(line.value) or params.get("TZID", "").upper() == "UTC"
    if in_utc:  # the Z says it, and a TZID must not stand beside it (RFC 5545 §3.2.19)
        params.pop("TZID", None)
    return line.but(value=f"{local:%Y%m%dT%H%M%S}{'Z' if in_utc else ''}", params=params)


def at_moment(
    name: str,
    moment: datetime,
    *,
    tzid: str | None,
    iana: str | None,
    definitions: Mapping[str, Component],
) -> Line:
    """A line with ``moment`` (aware) in the zone ``tzid``, if that names this very moment there.

    ``iana`` is what ``tzid`` stands for. Else in UTC, which is never mistaken.
    """
    moment = moment.astimezone(UTC)
    if tzid and iana and tzid.upper() != "UTC":
        local = moment.astimezone(ZoneInfo(iana)).replace(tzinfo=None)
        written = when(f"{local:%Y%m%dT%H%M%S}", tzid, definitions)
        if written and written.moment == moment:
            return Line(name, f"{local:%Y%m%dT%H%M%S}", {"TZID": tzid})
    return Line(name, f"{moment:%Y%m%dT%H%M%SZ}")
