"""The calendar answer of an attendee (iTIP: RFC 5546 §3.2.3 REPLY, §3.2.7 COUNTER).

It repeats the invitation's own lines, so that the organizer's calendar recognises its event, and
says nothing that the letter does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from taktvoll.formats.contentlines import Component, Line, read_components
from taktvoll.formats.ical import Event, mailbox, read_event, zone_definitions, zone_key
from taktvoll.formats.zones import iana_name, parse_local, zone_at
from taktvoll.messages import say
from taktvoll.model import Brief, CalendarMethod, Intent, Mailbox

_PRODID = "-//taktvoll//taktvoll//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAnswer:
    """An answer to send. ``ics`` is UTF-8 with CRLF; it goes to ``recipient``, the organizer.

    ``attendee`` is the invited address it speaks for; ``partstat`` is None in a COUNTER.
    """

    method: CalendarMethod
    partstat: str | None
    ics: bytes
    recipient: Mailbox
    attendee: Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """Why there is none: the sentence is ``send.no_answer.<reason>`` of the catalogues."""

    reason: str


_PARTSTATS = {
    Intent.ACCEPT: "ACCEPTED",
    Intent.CANCEL: "DECLINED",
    Intent.WITHDRAW_BEFORE: "DECLINED",
    Intent.WITHDRAW_AFTER: "DECLINED",
}


def calendar_answer(brief: Brief) -> CalendarAnswer | NoAnswer:
    """The calendar answer that belongs to the decision, or why there is none.

    Built from ``brief.invitation.calendar``. The person's address has to be one that was invited.
    """
    intent = brief.decision.intent
    if intent not in _PARTSTATS and intent is not Intent.RESCHEDULE:
        return NoAnswer(reason="not_for_this_intent")
    root = read_components(brief.invitation.calendar or "")
    if root is None:
        return NoAnswer(reason="no_calendar")
    if reason := _unanswerable_method(root):
        return NoAnswer(reason=reason)
    found = _invited_event(root, brief)
    if found is None:
        return NoAnswer(reason="no_event")
    component, event = found
    invited = _own_line(component, brief.voice.sender.email)
    if reason := _unanswerable_event(component, event, invited, brief):
        return NoAnswer(reason=reason)
    assert invited is not None
    if intent is Intent.RESCHEDULE:
        return _counter(root, component, event, invited, brief)
    return _reply(root, component, event, invited, brief)


def _unanswerable_method(root: Component) -> str | None:
    """Only a REQUEST asks for an answer; a file without METHOD is a copy (RFC 5546 §1.4)."""
    line = root.first("METHOD")
    method = line.value.strip().upper() if line else ""
    if method == "REQUEST":
        return None
    return {"": "no_method", "PUBLISH": "publish", "CANCEL": "cancel"}.get(method, "not_a_request")


def _invited_event(root: Component, brief: Brief) -> tuple[Component, Event] | None:
    """The event that the invitation speaks of, else the first."""
    definitions = zone_definitions(root)
    events = [(component, read_event(component, definitions)) for component in root.walk("VEVENT")]
    wanted = (brief.invitation.uid, brief.invitation.recurrence_id)
    for component, event in events:
        if (event.uid, event.recurrence_id) == wanted:
            return component, event
    return events[0] if events else None


def _own_line(component: Component, email: str | None) -> Line | None:
    """The ATTENDEE line of the person; never that of a list, a room or a resource."""
    for line in component.all("ATTENDEE"):
        address = mailbox(line).email
        if email and address and address.lower() == email.strip().lower():
            kind = line.params.get("CUTYPE", "INDIVIDUAL").upper()
            return line if kind in ("INDIVIDUAL", "UNKNOWN") else None
    return None


def _unanswerable_event(
    component: Component, event: Event, invited: Line | None, brief: Brief
) -> str | None:
    organizer = event.organizer.email
    unknown_instance = component.first("RECURRENCE-ID") and event.recurrence_id is None
    if event.uid is None or unknown_instance:
        return "no_event"
    if organizer is None:
        return "no_organizer"
    if invited is None or organizer.lower() == (mailbox(invited).email or "").lower():
        return "not_invited"
    if event.status == "CANCELLED":
        return "cancel"
    intent = brief.decision.intent
    if intent is Intent.WITHDRAW_AFTER and not _is_ahead(event, brief):
        return "interview_over"
    return _no_counter(event, brief) if intent is Intent.RESCHEDULE else None


def _is_ahead(event: Event, brief: Brief) -> bool:
    """Whether the booked time is still to come: the event's own, or what was read from the mail."""
    start = event.start or brief.invitation.start
    return start is not None and start > brief.now


def _no_counter(event: Event, brief: Brief) -> str | None:
    slots = brief.decision.slots
    if event.disallow_counter:
        return "counter_forbidden"
    if len(slots) != 1:
        return "several_slots" if slots else "no_slot"
    if event.start_local is None or event.recurring:  # one new time does not move a series
        return "no_single_time"
    return None


# --- REPLY and COUNTER --------------------------------------------------------------------------

# As invited, so that the organizer finds the event and sees which one is meant. All of them are
# "0 or 1" or "1" in RFC 5546 §3.2.3; the rest of the invitation has no business in a reply.
_REPEATED_IN_REPLY = (
    *("ORGANIZER", "UID", "RECURRENCE-ID", "SEQUENCE"),
    *("DTSTART", "DTEND", "DURATION", "SUMMARY"),
)
# RFC 5546 §3.2.7: the whole event as it is proposed; no alarm, no attachment, no private X-.
_REPEATED_IN_COUNTER = (
    *("ORGANIZER", "UID", "RECURRENCE-ID", "SUMMARY", "LOCATION", "DESCRIPTION", "ATTENDEE"),
    *("CLASS", "CATEGORIES", "CONTACT", "RESOURCES", "STATUS", "TRANSP", "URL"),
)
_MANY = frozenset({"ATTENDEE", "CATEGORIES", "CONTACT", "RESOURCES"})


def _reply(
    root: Component, component: Component, event: Event, invited: Line, brief: Brief
) -> CalendarAnswer:
    intent = brief.decision.intent
    partstat = _PARTSTATS[intent]
    # exactly one ATTENDEE, the one who answers, as invited but for the answer (§3.2.3)
    kept = {key: invited.params[key] for key in ("CN", "EMAIL") if invited.params.get(key)}
    lines = [
        *_repeated(component, _REPEATED_IN_REPLY),
        Line("ATTENDEE", invited.value.strip(), {"PARTSTAT": partstat} | kept),
        Line("REQUEST-STATUS", "2.0;Success"),
    ]
    comment = "accept" if intent is Intent.ACCEPT else "decline"
    return CalendarAnswer(
        method=CalendarMethod.REPLY,
        partstat=partstat,
        ics=_calendar(root, CalendarMethod.REPLY, lines, comment, brief),
        recipient=event.organizer,
        attendee=mailbox(invited),
    )


def _counter(
    root: Component, component: Component, event: Event, invited: Line, brief: Brief
) -> CalendarAnswer:
    lines = _repeated(component, _REPEATED_IN_COUNTER)
    if component.first("SUMMARY") is None:  # must be there, may be empty (§3.2.7)
        lines.append(Line("SUMMARY", ""))
    # the SEQUENCE is that of the REQUEST, 0 where it had none (RFC 5545 §3.8.7.4)
    lines.append(Line("SEQUENCE", str(event.sequence or 0)))
    lines += _proposed_times(root, component, event, brief.decision.slots[0].start)
    return CalendarAnswer(
        method=CalendarMethod.COUNTER,
        partstat=None,
        ics=_calendar(root, CalendarMethod.COUNTER, lines, "counter", brief),
        recipient=event.organizer,
        attendee=mailbox(invited),
    )


def _repeated(component: Component, names: Iterable[str]) -> list[Line]:
    lines = []
    for name in names:
        found = [sound for line in component.all(name) if (sound := _sound(line))]
        lines += found if name in _MANY else found[:1]
    return lines


def _sound(line: Line) -> Line | None:
    """``line`` as the organizer's calendar can read it; None for what is broken."""
    value = line.value.strip()
    if line.name == "SEQUENCE":
        return line if re.fullmatch(r"[0-9]{1,9}", value) else None
    if line.name == "STATUS":
        return line if value.upper() in ("TENTATIVE", "CONFIRMED") else None
    if line.name not in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        return line
    local = parse_local(value)
    if local is None:
        return None
    if len(value) <= len("2026-12-09"):
        return replace(line, value=f"{local:%Y%m%d}", params={"VALUE": "DATE"})
    params = dict(line.params)
    in_utc = value.upper().endswith("Z") or params.get("TZID", "").upper() == "UTC"
    if in_utc:  # the Z says it, and a TZID must not stand beside it (RFC 5545 §3.2.19)
        params.pop("TZID", None)
    return replace(line, value=f"{local:%Y%m%dT%H%M%S}{'Z' if in_utc else ''}", params=params)


def _proposed_times(
    root: Component, component: Component, event: Event, start: datetime
) -> list[Line]:
    """DTSTART at the proposed time, and the end shifted alike: as long as it was meant to be."""
    original = component.first("DTSTART")
    assert original is not None
    lines = [_at(root, original, event, start)]
    end_line = component.first("DTEND")
    if end_line is None:
        return lines + component.all("DURATION")[:1]
    length = _length(event)
    if length:
        lines.append(_at(root, end_line, event, start.astimezone(UTC) + length))
    return lines


def _length(event: Event) -> timedelta | None:
    if event.start and event.end:
        return event.end.astimezone(UTC) - event.start.astimezone(UTC)
    if event.start_local and event.end_local and not event.all_day:
        return event.end_local - event.start_local
    return None  # a whole day becomes a time on a day: how long, nobody has said


def _at(root: Component, original: Line, event: Event, moment: datetime) -> Line:
    """``moment`` in the zone of the original line, if that names this very moment, else in UTC."""
    tzid = original.params.get("TZID")
    if tzid and event.timezone and tzid.upper() != "UTC":
        local = moment.astimezone(ZoneInfo(event.timezone)).replace(tzinfo=None)
        zone = zone_at(tzid, zone_definitions(root).get(zone_key(tzid)), local)
        if zone.tz and local.replace(tzinfo=zone.tz).astimezone(UTC) == moment.astimezone(UTC):
            return replace(original, value=f"{local:%Y%m%dT%H%M%S}", params={"TZID": tzid})
    return Line(original.name, f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}")


def _calendar(
    root: Component, method: CalendarMethod, lines: list[Line], comment: str, brief: Brief
) -> bytes:
    """The calendar object as bytes, folded by the library (RFC 5545 §3.1)."""
    from icalendar import vText
    from icalendar.parser import Contentline, Contentlines

    sentence = say(f"send.comment.{comment}", brief.voice.language)
    event = [
        Line("BEGIN", "VEVENT"),
        *lines,
        Line("DTSTAMP", f"{brief.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
        Line("COMMENT", vText(sentence).to_ical().decode(), {"LANGUAGE": brief.voice.language}),
        Line("END", "VEVENT"),
    ]
    calendar = [
        Line("BEGIN", "VCALENDAR"),
        Line("PRODID", _PRODID),
        Line("VERSION", "2.0"),
        Line("CALSCALE", "GREGORIAN"),
        Line("METHOD", method),
        *_zones(root, lines),
        *event,
        Line("END", "VCALENDAR"),
    ]
    contents = [Contentline(line.content()) for line in calendar]  # type: ignore[no-untyped-call]
    ics: bytes = Contentlines(contents).to_ical()  # type: ignore[no-untyped-call]
    return ics


# --- the zones that the answer names ------------------------------------------------------------

_OBSERVANCE_LINES = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME")


def _zones(root: Component, lines: list[Line]) -> list[Line]:
    """A VTIMEZONE for each TZID in ``lines`` (§3.2.3, §3.2.7): the invitation's, else our own."""
    definitions = zone_definitions(root)
    named = {zone_key(line.params["TZID"]): line for line in lines if line.params.get("TZID")}
    written: list[Line] = []
    for key, line in named.items():
        zone = definitions.get(key)
        if zone is None or not _observances(zone):
            zone = _defined(line)
        if zone:
            written += _zone_lines(line.params["TZID"], zone)
    return written


def _defined(line: Line) -> Component | None:
    """The rules of a zone that the invitation names without defining it, around its time."""
    from icalendar import Timezone

    tzid = line.params["TZID"]
    name, local = iana_name(tzid), parse_local(line.value)
    if name is None or local is None:
        return None
    first, last = date(local.year - 1, 1, 1), date(local.year + 2, 1, 1)
    zone = Timezone.from_tzinfo(ZoneInfo(name), tzid, first, last)
    tree = read_components(f"BEGIN:VCALENDAR\n{zone.to_ical().decode()}")
    return tree.walk("VTIMEZONE")[0] if tree else None


def _zone_lines(tzid: str, zone: Component) -> list[Line]:
    """The definition under the very name that the times use."""
    from icalendar import vText

    lines = [Line("BEGIN", "VTIMEZONE"), Line("TZID", vText(tzid).to_ical().decode())]
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
