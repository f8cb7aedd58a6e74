"""The calendar answer of an attendee (iTIP: RFC 5546 §3.2.3 REPLY, §3.2.7 COUNTER).

It repeats the invitation's own lines, so that the organizer's calendar recognises its event, and
says nothing that the letter does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from taktvoll.formats.contentlines import Component, Line, read_components, write
from taktvoll.formats.ical import (
    Event,
    attendee_line,
    length,
    mailbox,
    read_event,
    without_scheduling,
    zone_definitions,
)
from taktvoll.formats.icaltimes import at_moment, with_clock
from taktvoll.formats.icalzones import zone_lines
from taktvoll.formats.series import find_instance, make_instance, named_instance, only_uid
from taktvoll.formats.zones import parse_local
from taktvoll.messages import say
from taktvoll.model import Brief, CalendarMethod, Intent, Mailbox

PRODID = "-//taktvoll//taktvoll//EN"


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


def calendar_answer(brief: Brief, *, own: Iterable[str] = ()) -> CalendarAnswer | NoAnswer:
    """The calendar answer that belongs to the decision, or why there is none.

    Built from ``brief.invitation.calendar``. The person's address has to be one that was invited;
    ``own`` are further ones that the person has confirmed as theirs. Where the invitation's
    ``recurrence_id`` names one instance of a series, that one is answered and not the series.
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
    invited = attendee_line(component, [*filter(None, [brief.voice.sender.email]), *own])
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
    uid, recurrence_id = brief.invitation.uid, brief.invitation.recurrence_id
    for component, event in events:
        if (event.uid, event.recurrence_id) == (uid, recurrence_id):
            return component, event
    if recurrence_id is None:
        return events[0] if events else None
    series = only_uid(root, uid)
    wanted = named_instance(series, recurrence_id)
    if wanted is None:
        return None
    instance = find_instance(series, wanted) or make_instance(series, wanted)
    return (instance, read_event(instance, definitions)) if instance else None


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
    # (a delegate names who sent them, §4.2.6)
    repeated = ("CN", "EMAIL", "DELEGATED-FROM")
    kept = {key: invited.params[key] for key in repeated if invited.params.get(key)}
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
        return line.but() if re.fullmatch(r"[0-9]{1,9}", value) else None
    if line.name == "STATUS":
        return line.but() if value.upper() in ("TENTATIVE", "CONFIRMED") else None
    if line.name not in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        return without_scheduling(line).but()
    local = parse_local(value)
    return with_clock(line, local) if local else None


def _proposed_times(
    root: Component, component: Component, event: Event, start: datetime
) -> list[Line]:
    """DTSTART at the proposed time, and the end shifted alike: as long as it was meant to be."""
    definitions = zone_definitions(root)

    def moved(line: Line, moment: datetime) -> Line:
        tzid = line.params.get("TZID")
        zone = event.timezone
        return at_moment(line.name, moment, tzid=tzid, iana=zone, definitions=definitions)

    original = component.first("DTSTART")
    assert original is not None
    lines = [moved(original, start)]
    end_line = component.first("DTEND")
    if end_line is None:
        return lines + [line.but() for line in component.all("DURATION")[:1]]
    lasts = length(event)  # a whole day becomes a time on a day: how long, nobody has said
    if lasts:
        lines.append(moved(end_line, start.astimezone(UTC) + lasts))
    return lines


def _calendar(
    root: Component, method: CalendarMethod, lines: list[Line], comment: str, brief: Brief
) -> bytes:
    """The calendar object as bytes."""
    sentence = say(f"send.comment.{comment}", brief.voice.language)
    calendar = [
        Line("BEGIN", "VCALENDAR"),
        Line("PRODID", PRODID),
        Line("VERSION", "2.0"),
        Line("CALSCALE", "GREGORIAN"),
        Line("METHOD", method),
        *zone_lines(lines, root),
        Line("BEGIN", "VEVENT"),
        *lines,
        Line("DTSTAMP", f"{brief.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
        Line.of_text("COMMENT", sentence, {"LANGUAGE": brief.voice.language}),
        Line("END", "VEVENT"),
        Line("END", "VCALENDAR"),
    ]
    return write(calendar).encode()
