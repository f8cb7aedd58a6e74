"""Calendar parts (RFC 5545) as text to records: tolerant, and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import unquote

from taktvoll.formats.contentlines import Component, Line, read_components
from taktvoll.formats.icaltimes import YEARS, is_day, is_utc, zone_key
from taktvoll.formats.zones import Zone, iana_name, parse_local, zone_at
from taktvoll.model import Mailbox

_MAX_EVENTS = 200
_MAX_ATTENDEES = 500
_NOBODY = Mailbox()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One VEVENT.

    ``start`` and ``end`` are aware, in ``ZoneInfo(timezone)`` where that is known, else in the
    fixed offset that the calendar's own VTIMEZONE gives; None where the zone is unknown or the
    time floats. ``start_local`` and ``end_local`` are the wall clock as written (always, if any).
    An all-day event has midnight in ``start_local``, ``end_local`` is exclusive, ``start`` None.
    A time in UTC has ``timezone`` "UTC" and no ``tzid``.
    """

    uid: str | None = None
    sequence: int | None = None
    recurrence_id: str | None = None  # ISO 8601 as written: 2026-12-09T10:00:00[Z] or 2026-12-09
    start: datetime | None = None
    start_local: datetime | None = None  # naive
    end: datetime | None = None
    end_local: datetime | None = None  # naive
    all_day: bool = False
    tzid: str | None = None  # as written
    timezone: str | None = None  # IANA
    zone_problem: bool = False  # unknown TZID, or a VTIMEZONE that contradicts its own name
    floating: bool = False
    summary: str | None = None
    description: str | None = None
    html_description: str | None = None  # X-ALT-DESC
    location: str | None = None
    url: str | None = None
    status: str | None = None  # upper case
    organizer: Mailbox = _NOBODY
    attendees: tuple[Mailbox, ...] = ()
    recurring: bool = False
    disallow_counter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One VCALENDAR. ``truncated``: it ends before its END, or an event of it does.

    ``timezone`` is the IANA zone of the calendar as a whole (X-WR-TIMEZONE, or its only
    VTIMEZONE): a hint for times in UTC and for floating ones.
    """

    method: str | None = None  # upper case
    prodid: str | None = None
    timezone: str | None = None
    events: tuple[Event, ...] = ()
    truncated: bool = False


def parse_calendar(text: str) -> Calendar:
    """The calendar in ``text``, read as far as it goes; never an error, at worst no events."""
    root = read_components(text)
    if root is None:
        return Calendar()
    definitions = zone_definitions(root)
    events = root.walk("VEVENT")[:_MAX_EVENTS]
    method = _text(root, "METHOD")
    return Calendar(
        method=method.upper() if method else None,
        prodid=_text(root, "PRODID"),
        timezone=_calendar_zone(root),
        events=tuple(read_event(event, definitions) for event in events),
        truncated=not root.closed or not all(event.closed for event in events),
    )


def zone_definitions(root: Component) -> dict[str, Component]:
    """The VTIMEZONEs of a calendar by their TZID, as ``zone_key`` writes it."""
    found: dict[str, Component] = {}
    for zone in root.walk("VTIMEZONE"):
        line = zone.first("TZID")
        if line:
            found.setdefault(zone_key(line.text()), zone)
    return found


def _calendar_zone(root: Component) -> str | None:
    stated = _text(root, "X-WR-TIMEZONE")
    if stated:
        return iana_name(stated)
    zones = {iana_name(tzid) for tzid in zone_definitions(root)}
    return zones.pop() if len(zones) == 1 else None


def read_event(component: Component, definitions: dict[str, Component]) -> Event:
    """The event of a VEVENT component, its zones looked up in ``definitions``."""
    sequence = _text(component, "SEQUENCE") or ""
    recurrence = component.first("RECURRENCE-ID")
    status = _text(component, "STATUS")
    html = component.first("X-ALT-DESC")
    event = Event(
        uid=_text(component, "UID"),
        sequence=int(sequence) if re.fullmatch(r"\d{1,9}", sequence) else None,
        recurrence_id=_iso(recurrence.value) if recurrence else None,
        summary=_text(component, "SUMMARY"),
        description=_text(component, "DESCRIPTION"),
        html_description=html.text() if html else None,
        location=_text(component, "LOCATION"),
        url=_text(component, "URL"),
        status=status.upper() if status else None,
        organizer=_first_mailbox(component),
        attendees=tuple(map(mailbox, component.all("ATTENDEE")[:_MAX_ATTENDEES])),
        recurring=bool(component.all("RRULE", "RDATE")),
        disallow_counter=(_text(component, "X-MICROSOFT-DISALLOW-COUNTER") or "").upper() == "TRUE",
    )
    return _with_times(event, component, definitions)


def length(event: Event) -> timedelta | None:
    """How long it lasts in real time; by the clock where no zone is known, None for whole days."""
    if event.start and event.end:
        return event.end.astimezone(UTC) - event.start.astimezone(UTC)
    if event.start_local and event.end_local and not event.all_day:
        return event.end_local - event.start_local
    return None


def attendee_line(component: Component, addresses: Iterable[str]) -> Line | None:
    """The ATTENDEE line of the person who has ``addresses``; of the first one that is invited.

    Never that of a list, a room or a resource (CUTYPE, RFC 5545 §3.2.3).
    """
    people = [
        (line, [address.lower() for address in _addresses(line)])
        for line in component.all("ATTENDEE")
        if line.params.get("CUTYPE", "INDIVIDUAL").upper() in ("INDIVIDUAL", "UNKNOWN")
    ]
    for own in addresses:
        for line, found in people:
            if own.strip().lower() in found:
                return line
    return None


def without_scheduling(line: Line) -> Line:
    """``line`` as a message may hold it: how a server schedules is between it and its user.

    RFC 6638 §7.1 to §7.3: SCHEDULE-AGENT, -FORCE-SEND and -STATUS are never sent.
    """
    kept = {key: text for key, text in line.params.items() if not key.startswith("SCHEDULE-")}
    return line if len(kept) == len(line.params) else line.but(params=kept)


def mailbox(line: Line) -> Mailbox:
    """The calendar user of an ORGANIZER or ATTENDEE line (RFC 5545 §3.3.3).

    The address is the ``mailto:``, else the EMAIL parameter (RFC 7986 §6.2); an Exchange or
    other internal name gives none.
    """
    email = next(iter(_addresses(line)), None)
    name = " ".join(line.params.get("CN", "").replace("\\", "").strip("\"' ").split())
    if email and name.lower() == email.lower():
        name = ""
    return Mailbox(name=name[:200] or None, email=email)


def _addresses(line: Line) -> list[str]:
    value = unquote(line.value.strip())
    scheme, colon, rest = value.partition(":")
    candidates = [rest if colon and scheme.lower() == "mailto" else value]
    candidates.append(line.params.get("EMAIL", ""))
    return [found for found in map(_address, candidates) if found]


def _address(text: str) -> str | None:
    text = text.strip().strip("<>\"' ").partition("?")[0]
    return text if re.fullmatch(r"[^\s@<>\",;:]{1,64}@[^\s@<>\",;:/]{1,255}", text) else None


def _first_mailbox(component: Component) -> Mailbox:
    line = component.first("ORGANIZER")
    return mailbox(line) if line else _NOBODY


def _text(component: Component, name: str) -> str | None:
    """The first value of ``name`` that is not empty."""
    return next((text for line in component.all(name) if (text := line.text())), None)


def _iso(value: str) -> str | None:
    local = parse_local(value)
    if local is None:
        return None
    if is_day(value):
        return local.date().isoformat()
    return local.isoformat() + ("Z" if is_utc(value) else "")


# --- times --------------------------------------------------------------------------------------


def _with_times(event: Event, component: Component, definitions: dict[str, Component]) -> Event:
    start = _first_time(component, "DTSTART")
    if start is None:
        return event
    line, start_local = start
    all_day = line.params.get("VALUE", "").upper() == "DATE" or is_day(line.value)
    zone = Zone(None, None) if all_day else _zone(line, start_local, definitions)
    stated_end = _first_time(component, "DTEND")
    if stated_end:
        end_local: datetime | None = stated_end[1]
        end_zone = Zone(None, None) if all_day else _zone(*stated_end, definitions)
        end = _aware(stated_end[1], end_zone.tz)
    else:
        length = _duration(component, all_day=all_day)
        end_local = None if length is None else start_local + length
        end = _after(_aware(start_local, zone.tz), length)
    return replace(
        event,
        start=_aware(start_local, zone.tz),
        start_local=start_local,
        end=end,
        end_local=end_local,
        all_day=all_day,
        tzid=line.params.get("TZID") or None,
        timezone=zone.iana,
        zone_problem=zone.problem,
        floating=not all_day and zone.tz is None and not zone.problem,
    )


def _first_time(component: Component, name: str) -> tuple[Line, datetime] | None:
    """The first line called ``name`` that holds a time, with its wall clock."""
    for line in component.all(name):
        local = parse_local(line.value)
        if local and local.year in YEARS:
            return line, local
    return None


def _zone(line: Line, local: datetime, definitions: dict[str, Component]) -> Zone:
    if is_utc(line.value):
        return Zone(UTC, "UTC")
    tzid = line.params.get("TZID")
    if not tzid:
        return Zone(None, None)
    return zone_at(tzid, definitions.get(zone_key(tzid)), local)


def _duration(component: Component, *, all_day: bool) -> timedelta | None:
    """DURATION (RFC 5545 §3.3.6); an all-day event without one lasts its day (§3.6.1)."""
    from icalendar import vDuration

    line = component.first("DURATION")
    if line is None:
        return timedelta(days=1) if all_day else None
    try:
        length: timedelta = vDuration.from_ical(line.value.strip()[:40])  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return length if timedelta() < length < timedelta(days=366) else None


def _after(start: datetime | None, length: timedelta | None) -> datetime | None:
    """``length`` of real time after ``start``, on the same clock."""
    if start is None or length is None:
        return None
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def _aware(local: datetime, tz: tzinfo | None) -> datetime | None:
    return None if tz is None else local.replace(tzinfo=tz)
