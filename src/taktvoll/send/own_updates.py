"""What a message of the organizer makes of the entry in the person's calendar.

iTIP as the attendee receives it (RFC 5546 §3.2), text to text. The organizer decides about the
event, the person about their answer, their alarms and their own notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from taktvoll.formats.contentlines import Component, Line, read_whole, write
from taktvoll.formats.ical import (
    Event,
    attendee_line,
    mailbox,
    read_event,
    without_scheduling,
    zone_definitions,
)
from taktvoll.formats.icaltimes import When, read_when, when, zone_key
from taktvoll.formats.series import (
    instances,
    make_instance,
    only_uid,
    series_master,
    without_exception,
)
from taktvoll.send.itip import PRODID
from taktvoll.send.own_calendar import instance_in, leave_scheduling_to, set_property, stored

_MAX_EVENTS = 200  # instances of one series that have an event of their own


class Effect(StrEnum):
    """What a message made of the entry. Only the first four come with a text to store."""

    ADDED = "added"
    MOVED = "moved"  # another time, or on again after it was off: the person has to answer anew
    CHANGED = "changed"  # something else; the person's answer stands
    CANCELLED = "cancelled"
    SAME = "same"  # it is in the entry already
    OLDER = "older"  # a newer one has been taken in (RFC 5546 §2.1.5)
    COUNTER_DECLINED = "counter_declined"  # the old time stands (§3.2.8)
    UNKNOWN_EVENT = "unknown_event"  # not the event of this entry, or not in the calendar
    OTHER_ORGANIZER = "other_organizer"  # somebody else speaks: not believed (§6.1.1)
    NOT_MEANT = "not_meant"  # others were uninvited
    NOT_FOR_ATTENDEES = "not_for_attendees"  # what attendees say to the organizer
    NOT_SUPPORTED = "not_supported"  # another method, or a range of instances
    UNREADABLE = "unreadable"


_WITHOUT_EFFECT = {
    "DECLINECOUNTER": Effect.COUNTER_DECLINED,
    "REPLY": Effect.NOT_FOR_ATTENDEES,
    "COUNTER": Effect.NOT_FOR_ATTENDEES,
    "REFRESH": Effect.NOT_FOR_ATTENDEES,
}


def updated(
    entry_ics: str | None,
    message_ics: str,
    addresses: Sequence[str],
    *,
    answer_by_server: bool | None = None,
) -> tuple[str | None, Effect]:
    """The entry after a message of the organizer, and what the message did.

    ``entry_ics`` is the object with the message's UID in the person's calendar, None where there
    is none; ``message_ics`` the calendar part of a mail. The text is None where nothing is to be
    stored. A REQUEST keeps the person's answer where the time stays, and resets it to
    NEEDS-ACTION where it changes. A CANCEL keeps the entry and marks it. ``answer_by_server`` as
    in ``answered``; None leaves it as the entry has it. On a server that schedules it has to be
    False, or the server tells the organizer of the reset as of an answer (RFC 6638 §3.2.2.3).
    """
    message = read_whole(message_ics)
    entry = None if entry_ics is None else read_whole(entry_ics)
    if message is None or (entry is None and entry_ics is not None):
        return None, Effect.UNREADABLE
    line = message.first("METHOD")
    method = line.value.strip().upper() if line else ""
    if method not in ("REQUEST", "CANCEL"):
        return None, _WITHOUT_EFFECT.get(method, Effect.NOT_SUPPORTED)
    message = only_uid(message, _uid(entry or message))
    news = _news(message)
    if not news or (entry is None and method == "CANCEL"):
        return None, Effect.UNKNOWN_EVENT
    if any(one.ranged for one in news):
        return None, Effect.NOT_SUPPORTED
    before = None if entry is None else write(entry.content_lines())
    if entry is None:
        root, effect = _new_entry(message, news), Effect.ADDED
    else:
        root, effect = entry, _applied(entry, message, method, news, addresses)
    if effect not in (Effect.ADDED, Effect.MOVED, Effect.CHANGED, Effect.CANCELLED):
        return None, effect
    if answer_by_server is not None:
        leave_scheduling_to(root, server=answer_by_server)
    text = stored(root)
    return (None, Effect.SAME) if text == before else (text, effect)


def _uid(root: Component) -> str | None:
    """That of the first event: one object holds one UID (RFC 4791 §4.1, RFC 5546 §3.2.2)."""
    events = root.walk("VEVENT")
    line = events[0].first("UID") if events else None
    return line.text() if line else None


@dataclass(frozen=True, slots=True)
class _New:
    """An event of the message; ``which`` instance it is, None for the event as a whole."""

    event: Component
    which: When | None
    ranged: bool  # RANGE=THISANDFUTURE (RFC 5545 §3.2.13)


def _news(message: Component) -> list[_New]:
    """The events of the message, the first where one is there twice."""
    definitions = zone_definitions(message)
    news: list[_New] = []
    for event in message.walk("VEVENT")[:_MAX_EVENTS]:
        line = event.first("RECURRENCE-ID")
        which = read_when(line, definitions) if line else None
        if line is not None and which is None:
            continue
        if not any(_same(one.which, which) for one in news):
            news.append(_New(event, which, line is not None and "RANGE" in line.params))
    return news


def _same(one: When | None, other: When | None) -> bool:
    return one is other if one is None or other is None else one.same(other)


def _new_entry(message: Component, news: list[_New]) -> Component:
    lines = list(message.lines)
    # both must be there (RFC 5545 §3.6), and a server refuses an entry without
    lines += [
        Line(name, value)
        for name, value in (("VERSION", "2.0"), ("PRODID", PRODID))
        if message.first(name) is None
    ]
    events = [_of_the_organizer(one.event) for one in news]
    return Component(message.name, lines, [*message.walk("VTIMEZONE"), *events], closed=True)


def _applied(
    entry: Component, message: Component, method: str, news: list[_New], addresses: Sequence[str]
) -> Effect:
    """Write the message into the entry."""
    if len(entry.walk("VEVENT")) > _MAX_EVENTS:
        return Effect.NOT_SUPPORTED
    known = _Known(entry)
    news = [one for one in news if not _is_older(one, known)]
    if not news:
        return Effect.OLDER
    organizer = _organizer(known.master or entry.walk("VEVENT")[0])
    if organizer and any(_organizer(one.event) != organizer for one in news):
        return Effect.OTHER_ORGANIZER
    if method == "REQUEST":
        return _request(entry, message, news, known, addresses)
    return _cancel(entry, news, addresses)


class _Known:
    """The entry as it was before the message, looked up once."""

    def __init__(self, entry: Component) -> None:
        self.master = series_master(entry)
        self.instances = instances(entry)

    def counterpart(self, one: _New) -> Component | None:
        """The event of the entry that a new one takes the place of."""
        which = one.which
        if which is None:
            return self.master
        return next((event for found, event in self.instances if found.same(which)), None)


def _organizer(event: Component) -> str | None:
    line = event.first("ORGANIZER")
    return (mailbox(line).email or line.value.strip()).lower() if line else None


def _is_older(one: _New, known: _Known) -> bool:
    """Whether the entry has a newer revision already (RFC 5546 §2.1.5)."""
    counterpart = known.counterpart(one)
    against = counterpart or known.master
    if against is None or _sequence(one.event) != _sequence(against):
        return against is not None and _sequence(one.event) < _sequence(against)
    stamps = _stamp(one.event), _stamp(counterpart) if counterpart else None
    return stamps[0] is not None and stamps[1] is not None and stamps[0] < stamps[1]


def _sequence(event: Component) -> int:
    line = event.first("SEQUENCE")
    value = line.value.strip() if line else ""
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else 0


def _stamp(event: Component) -> datetime | None:
    line = event.first("DTSTAMP")
    stamp = when(line.value, None, {}) if line else None
    return stamp.moment if stamp else None


# --- REQUEST ------------------------------------------------------------------------------------

# The person's, whatever the organizer's calendar has in its place: how they sort it, and, as long
# as their answer stands, how busy they are (RFC 6638 §3.2.2.1); what their programs note.
_PERSONAL = frozenset({"CATEGORIES", "COLOR"})
_PERSONAL_NOTES = ("X-APPLE-TRAVEL-", "X-CALENDARSERVER-", "X-MOZ-")
_ALARM_IDENTITY = ("UID", "X-WR-ALARMUID", "ACKNOWLEDGED", "RELATED-TO")  # RFC 9074 §4 to §6


def _request(
    entry: Component,
    message: Component,
    news: list[_New],
    known: _Known,
    addresses: Sequence[str],
) -> Effect:
    in_place: dict[int, Component] = {}  # by the id of the event whose place it takes
    added: list[Component] = []
    effect, master, series_moved = Effect.CHANGED, known.master, False
    for one in news:
        old = known.counterpart(one)
        base = old or (make_instance(entry, one.which) if one.which else None)
        moved = base is not None and _is_moved(one.event, message, base, entry)
        merged = _merged(one.event, base, addresses, moved=moved)
        merged.children += _alarms(old) if old else _alarms_for_one(known.master)
        if old:
            in_place.setdefault(id(old), merged)
        else:
            added.append(merged)
        if one.which is None:
            master, series_moved = merged, moved
        if moved:
            effect = Effect.MOVED
    # what else was agreed for single instances was agreed for the old times
    gone = {id(event) for _, event in known.instances} - set(in_place) if series_moved else set()
    kept = [in_place.get(id(child), child) for child in entry.children if id(child) not in gone]
    entry.children = kept + added
    _take_zones(entry, message)
    for one in news:
        if master and one.which:
            without_exception(master, one.which, zone_definitions(entry))
    return effect


def _is_moved(new: Component, message: Component, old: Component, entry: Component) -> bool:
    """Whether the person has to say anew whether they come."""
    after = read_event(new, zone_definitions(message))
    before = read_event(old, zone_definitions(entry))
    if before.status == "CANCELLED" and after.status != "CANCELLED":
        return True
    return _times(after) != _times(before) or _rules(new) != _rules(old)


def _times(event: Event) -> tuple[datetime | None, ...]:
    """Begin and end as moments, and by the clock where it has no moment (a day, floating)."""
    return tuple(
        moment.astimezone(UTC) if moment else local
        for moment, local in ((event.start, event.start_local), (event.end, event.end_local))
    )


def _rules(event: Component) -> set[str]:
    """The rhythm of a series; that it ends sooner or later moves no instance."""
    parts = {part.upper() for line in event.all("RRULE") for part in line.value.split(";")}
    return {part for part in parts if not part.startswith(("COUNT=", "UNTIL="))}


def _merged(
    new: Component, old: Component | None, addresses: Sequence[str], *, moved: bool
) -> Component:
    """The organizer's event with what is the person's own in ``old``."""
    merged = _of_the_organizer(new)
    if old is None:
        return merged
    personal = _PERSONAL if moved else _PERSONAL | {"TRANSP"}
    invited, before = attendee_line(merged, addresses), attendee_line(old, addresses)
    lines: list[Line] = []
    for line in merged.lines:
        if line is invited and before is not None:
            anew = line.but(params={**line.params, "PARTSTAT": "NEEDS-ACTION"})
            lines.append(anew if moved else before)
        elif line.name == "ORGANIZER":
            lines.append(_scheduled_as(old.first("ORGANIZER"), line))
        elif line.name not in personal:
            lines.append(line)
    lines += [
        line for line in old.lines if line.name in personal or line.name.startswith(_PERSONAL_NOTES)
    ]
    merged.lines = lines
    return merged


def _of_the_organizer(event: Component) -> Component:
    """The event as a message may hold it: no alarm and no note of somebody else's programs."""
    lines = [
        without_scheduling(line)
        for line in event.lines
        if not line.name.startswith(_PERSONAL_NOTES)
    ]
    children = [child for child in event.children if child.name != "VALARM"]
    return Component(event.name, lines, children, closed=True)


def _scheduled_as(before: Line | None, line: Line) -> Line:
    """A message says nothing of who schedules (RFC 6638 §7.1): that stays as it was."""
    params = before.params if before else {}
    kept = {key: value for key, value in params.items() if key.startswith("SCHEDULE-")}
    return line.but(params={**line.params, **kept}) if kept else line


def _alarms(event: Component) -> list[Component]:
    return [child for child in event.children if child.name == "VALARM"]


def _alarms_for_one(master: Component | None) -> list[Component]:
    """The alarms of the series for an instance with a time of its own: copies, so no identity."""
    return [
        Component(
            alarm.name,
            [line for line in alarm.lines if line.name not in _ALARM_IDENTITY],
            alarm.children,
            closed=True,
        )
        for alarm in (_alarms(master) if master else [])
    ]


def _take_zones(entry: Component, message: Component) -> None:
    """The message's VTIMEZONEs, in place of those of the same name."""
    theirs = zone_definitions(message)
    kept = []
    for child in entry.children:
        line = child.first("TZID") if child.name == "VTIMEZONE" else None
        kept.append(theirs.pop(zone_key(line.text()), child) if line else child)
    entry.children = [*theirs.values(), *kept]


# --- CANCEL -------------------------------------------------------------------------------------


def _cancel(entry: Component, news: list[_New], addresses: Sequence[str]) -> Effect:
    effect = Effect.UNKNOWN_EVENT
    for one in news:
        if _uninvites_others(one.event, addresses):
            effect = Effect.NOT_MEANT if effect is Effect.UNKNOWN_EVENT else effect
            continue
        if one.which is None:
            off = entry.walk("VEVENT")
        else:
            instance = instance_in(entry, one.which)
            off = [instance] if instance else []
        for event in off:
            set_property(event, "STATUS", "CANCELLED")
            set_property(event, "TRANSP", "TRANSPARENT")
            for name in ("SEQUENCE", "DTSTAMP"):
                if line := one.event.first(name):
                    set_property(event, name, line.value.strip())
            effect = Effect.CANCELLED
    return effect


def _uninvites_others(event: Component, addresses: Sequence[str]) -> bool:
    """Without STATUS:CANCELLED, only those who are named need not come (RFC 5546 §3.2.5)."""
    status = event.first("STATUS")
    if status and status.value.strip().upper() == "CANCELLED":
        return False
    return bool(event.all("ATTENDEE")) and attendee_line(event, addresses) is None
