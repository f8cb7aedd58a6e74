"""The person's own calendar entry after their answer, as text for a CalDAV server.

What is not touched goes out line by line as it came in; an entry that we cannot read to its end
is never written.
"""

from __future__ import annotations

from collections.abc import Sequence

from taktvoll.formats.contentlines import Component, Line, read_whole, write
from taktvoll.formats.ical import attendee_line, zone_definitions
from taktvoll.formats.icaltimes import When, read_when
from taktvoll.formats.series import (
    find_instance,
    make_instance,
    named_instance,
    series_master,
    without_exception,
)

# Who does not go is free at that time (RFC 5545 §3.8.2.7).
_TRANSP = {"DECLINED": "TRANSPARENT", "ACCEPTED": "OPAQUE", "TENTATIVE": "OPAQUE"}


def answered(
    ics: str,
    addresses: Sequence[str],
    partstat: str,
    *,
    recurrence_id: str | None = None,
    answer_by_server: bool,
) -> str | None:
    """The entry after the person's answer; None where there is nothing of theirs to answer.

    ``ics`` is an object of the person's calendar, ``addresses`` are theirs (the one that was
    invited first); ``partstat`` is ACCEPTED, DECLINED or TENTATIVE. ``recurrence_id`` (ISO 8601,
    as ``Event.recurrence_id``) means one instance of a series, None the whole entry.
    ``answer_by_server``: whether the server that takes the entry is to answer the organizer
    (RFC 6638 §3.2.2.3); False tells it not to.
    """
    root = read_whole(ics)
    if root is None:
        return None
    if recurrence_id is None:
        events = root.walk("VEVENT")
    else:
        wanted = named_instance(root, recurrence_id)
        instance = instance_in(root, wanted) if wanted else None
        events = [instance] if instance else []
    theirs = [event for event in events if _answer(event, addresses, partstat)]
    if not theirs:
        return None
    leave_scheduling_to(root, server=answer_by_server)
    return stored(root)


def instance_in(root: Component, wanted: When) -> Component | None:
    """The event of that one instance; added to the entry where it only has the series."""
    found = find_instance(root, wanted)
    if found is not None:
        return found
    master = series_master(root)
    if master is None:
        return None
    made = make_instance(root, wanted)
    if made is not None:
        without_exception(master, wanted, zone_definitions(root))
        root.children.append(made)
        return made
    start = master.first("DTSTART")
    single = read_when(start, zone_definitions(root)) if start else None
    return master if single and single.same(wanted) else None


def _answer(event: Component, addresses: Sequence[str], partstat: str) -> bool:
    """Write the answer into ``event``; whether the person is invited to it."""
    invited = attendee_line(event, addresses)
    if invited is None:
        return False
    # an RSVP has been answered (RFC 5545 §3.2.17)
    params = {key: value for key, value in invited.params.items() if key != "RSVP"}
    line = invited.but(params=params | {"PARTSTAT": partstat})
    event.lines = [line if old is invited else old for old in event.lines]
    set_property(event, "TRANSP", _TRANSP[partstat])
    return True


def leave_scheduling_to(root: Component, *, server: bool) -> None:
    """SCHEDULE-AGENT, which an attendee sets on every ORGANIZER alike (RFC 6638 §3.2.2.2, §7.1)."""
    agent = {} if server else {"SCHEDULE-AGENT": "CLIENT"}

    def marked(line: Line) -> Line:
        params = {key: value for key, value in line.params.items() if key != "SCHEDULE-AGENT"}
        return line if params | agent == line.params else line.but(params=params | agent)

    for event in root.walk("VEVENT"):
        event.lines = [marked(line) if line.name == "ORGANIZER" else line for line in event.lines]


def set_property(event: Component, name: str, value: str) -> None:
    """Give ``event`` this property once: in its old place, else at the end."""
    new = Line(name, value)
    old = event.first(name)
    kept = [line for line in event.lines if line.name != name or line is old]
    event.lines = [new if line is old else line for line in kept] if old else [*kept, new]


def stored(root: Component) -> str:
    """The calendar as it lies on a server: without METHOD (RFC 4791 §4.1)."""
    root.lines = [line for line in root.lines if line.name != "METHOD"]
    return write(root.content_lines())
