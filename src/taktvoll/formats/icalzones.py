"""The VTIMEZONEs that go along with calendar lines (RFC 5545 §3.6.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from taktvoll.formats.contentlines import Component, Line, read_components
from taktvoll.formats.ical import zone_definitions
from taktvoll.formats.icaltimes import YEARS, zone_key
from taktvoll.formats.zones import iana_name, parse_local

_OBSERVANCE_LINES = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME")


def zone_lines(lines: Iterable[Line], root: Component | None = None) -> list[Line]:
    """A VTIMEZONE for each TZID in ``lines``: the one of the calendar ``root``, else our own."""
    definitions = zone_definitions(root) if root else {}
    named = {zone_key(line.params["TZID"]): line for line in lines if line.params.get("TZID")}
    written: list[Line] = []
    for key, line in named.items():
        zone = definitions.get(key)
        if zone is None or not _observances(zone):
            zone = _defined(line)
        if zone:
            written += _definition(line.params["TZID"], zone)
    return written


def _defined(line: Line) -> Component | None:
    """The rules of a zone that a calendar names without defining it, around its time."""
    from icalendar import Timezone

    tzid = line.params["TZID"]
    name, local = iana_name(tzid), parse_local(line.value)
    if name is None or local is None or local.year not in YEARS:
        return None
    first, last = date(local.year - 1, 1, 1), date(local.year + 2, 1, 1)
    zone = Timezone.from_tzinfo(ZoneInfo(name), tzid, first, last)
    tree = read_components(f"BEGIN:VCALENDAR\n{zone.to_ical().decode()}")
    return tree.walk("VTIMEZONE")[0] if tree else None


def _definition(tzid: str, zone: Component) -> list[Line]:
    """The definition under the very name that the times use."""
    lines = [Line("BEGIN", "VTIMEZONE"), Line.of_text("TZID", tzid)]
    for observance in _observances(zone):
        lines.append(Line("BEGIN", observance.name))
        lines += observance.all(*_OBSERVANCE_LINES)
        lines.append(Line("END", observance.name))
    return [*lines, Line("END", "VTIMEZONE")]


def _observances(zone: Component) -> list[Component]:
    """Those with all that they must have (RFC 5545 §3.6.5)."""
    return [
        child
        for child in zone.children
        if child.name in ("STANDARD", "DAYLIGHT") and all(map(child.first, _OBSERVANCE_LINES[:3]))
    ]
