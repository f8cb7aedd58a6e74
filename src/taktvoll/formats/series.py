"""One instance of a series, found or made (RFC 5545 §3.8.4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from taktvoll.formats.contentlines import Component, Line
from taktvoll.formats.ical import Event, length, read_event, zone_definitions
from taktvoll.formats.icaltimes import (
    When,
    at_moment,
    is_utc,
    read_when,
    when,
    with_clock,
    zone_key,
)
from taktvoll.formats.zones import zone_at

_RULES = ("RRULE", "RDATE", "EXDATE", "EXRULE")


def only_uid(root: Component, uid: str | None) -> Component:
    """The calendar with the events of that UID alone."""
    kept = [
        child
        for child in root.children
        if child.name != "VEVENT" or uid == (line.text() if (line := child.first("UID")) else None)
    ]
    return Component(root.name, root.lines, kept, root.closed)


def series_master(root: Component) -> Component | None:
    """The event of the calendar that is no single instance of one."""
    return next((event for event in root.walk("VEVENT") if not is_instance(event)), None)


def is_instance(event: Component) -> bool:
    """Whether it stands for one instance of a series."""
    return event.first("RECURRENCE-ID") is not None


def named_instance(root: Component, recurrence_id: str) -> When | None:
    """What ``recurrence_id`` (ISO 8601 as ``Event.recurrence_id``) means in this calendar.

    A time without a zone is one of the series' own clock.
    """
    master = series_master(root)
    start = master.first("DTSTART") if master else None
    tzid = start.params.get("TZID") if start else None
    if start and is_utc(start.value) and "T" in recurrence_id and not is_utc(recurrence_id):
        recurrence_id += "Z"
    return when(recurrence_id, tzid, zone_definitions(root))


def find_instance(root: Component, wanted: When) -> Component | None:
    """The event that stands for that one instance already."""
    return next((event for found, event in instances(root) if found.same(wanted)), None)


def instances(root: Component) -> list[tuple[When, Component]]:
    """The events that stand for one instance each, with which one it is."""
    definitions = zone_definitions(root)
    found = [
        (read_when(line, definitions), event)
        for event in root.walk("VEVENT")
        if (line := event.first("RECURRENCE-ID"))
    ]
    return [(which, event) for which, event in found if which]


def make_instance(root: Component, wanted: When) -> Component | None:
    """The instance of the series as an event of its own, before anything about it is changed.

    DTSTART and RECURRENCE-ID in the form and zone of the series' DTSTART, the end shifted alike,
    no rules and no alarms. None where the calendar holds no series. Whether the rules give that
    instance is not looked at.
    """
    master = series_master(root)
    if master is None or not master.all("RRULE", "RDATE"):
        return None
    definitions = zone_definitions(root)
    event = read_event(master, definitions)
    original = next((line for line in master.all("DTSTART") if read_when(line, definitions)), None)
    if original is None or event.start_local is None:
        return None
    local = _on_clock_of(original, event, wanted, root)
    start = with_clock(original, local)
    ends = [
        _end(line, event, start, local, root)
        for line in master.all("DTEND")[:1]
        if read_when(line, definitions)
    ]
    made = Component("VEVENT", closed=True)
    for line in master.lines:
        if line is original:
            made.lines += [Line("RECURRENCE-ID", start.value, start.params), start, *ends]
        elif line.name not in (*_RULES, "DTSTART", "DTEND"):
            made.lines.append(line)
    made.children = [child for child in master.children if child.name != "VALARM"]
    return made


def _on_clock_of(original: Line, event: Event, wanted: When, root: Component) -> datetime:
    """The wall clock of ``wanted`` as the series' DTSTART counts it."""
    assert event.start_local is not None
    if event.all_day:
        return datetime.combine(wanted.local.date(), datetime.min.time())
    if wanted.all_day:
        return datetime.combine(wanted.local.date(), event.start_local.time())
    if wanted.moment is None:
        return wanted.local
    if is_utc(original.value):
        return wanted.moment.replace(tzinfo=None)
    tzid = original.params.get("TZID", "")
    definition = zone_definitions(root).get(zone_key(tzid))
    zone = zone_at(tzid, definition, wanted.local).tz if tzid else None
    return wanted.moment.astimezone(zone).replace(tzinfo=None) if zone else wanted.local


def _end(line: Line, event: Event, start: Line, local: datetime, root: Component) -> Line:
    """DTEND: as long in real time as the series is (RFC 5545 §3.8.5.3)."""
    definitions = zone_definitions(root)
    new = read_when(start, definitions)
    real = length(event)
    if new and new.moment and real and event.end:
        return at_moment(
            "DTEND",
            new.moment + real,
            tzid=line.params.get("TZID"),
            iana=event.timezone,
            definitions=definitions,
        )
    assert event.start_local is not None and event.end_local is not None
    return with_clock(line, event.end_local + (local - event.start_local))


def without_exception(
    master: Component, instance: When, definitions: Mapping[str, Component]
) -> None:
    """Take ``instance`` out of the EXDATEs of the series: it has an event of its own now."""
    kept = []
    for line in master.lines:
        if line.name != "EXDATE":
            kept.append(line)
            continue
        values = line.value.split(",")
        left = [
            value
            for value in values
            if not (
                (found := when(value, line.params.get("TZID"), definitions))
                and found.same(instance)
            )
        ]
        if left:
            kept.append(line if left == values else line.but(value=",".join(left)))
    master.lines = kept
