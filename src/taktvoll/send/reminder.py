"""A reminder for the person's own calendar: it rings even where this machine is off.

Its title is neutral and the caller's; beside it stands nothing but the number to call.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from taktvoll.formats.contentlines import Line, write
from taktvoll.formats.icaltimes import at_moment
from taktvoll.formats.icalzones import zone_lines
from taktvoll.send.itip import PRODID

_LONGEST_TITLE = 200
_LONGEST_NUMBER = 60
_MOST_DIGITS = 20  # E.164 has 15; a German number with its extension may have a few more
_ALARMS = ("PT0S", "-PT10M")  # at the start, and ten minutes before


def reminder(
    uid: str, at: datetime, *, title: str, number: str | None, now: datetime, zone: str
) -> str:
    """A calendar object for a CalDAV server: 15 minutes from ``at`` (aware) on, private, ringing.

    ``zone`` (IANA) is the person's, in which the time is written; ``now`` (aware) becomes its
    DTSTAMP. ``number`` is one to call, as somebody wrote it.
    """
    return _object([], uid, at, title=title, number=number, now=now, zone=zone)


def reminder_file(
    uid: str, at: datetime, *, title: str, number: str | None, now: datetime, zone: str
) -> str:
    """The same as an ``.ics`` to hand out: with METHOD, so that Outlook offers to keep it."""
    method = [Line("METHOD", "PUBLISH")]
    return _object(method, uid, at, title=title, number=number, now=now, zone=zone)


def _object(
    method: list[Line],
    uid: str,
    at: datetime,
    *,
    title: str,
    number: str | None,
    now: datetime,
    zone: str,
) -> str:
    title = title[:_LONGEST_TITLE]
    start = at_moment("DTSTART", at, tzid=zone, iana=zone, definitions={})
    return write(
        [
            Line("BEGIN", "VCALENDAR"),
            Line("VERSION", "2.0"),
            Line("PRODID", PRODID),
            Line("CALSCALE", "GREGORIAN"),
            *method,
            *zone_lines([start]),
            Line("BEGIN", "VEVENT"),
            Line.of_text("UID", uid),
            Line("DTSTAMP", f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
            start,
            Line("DURATION", "PT15M"),
            Line.of_text("SUMMARY", title),
            *_to_call(number or ""),
            Line("CLASS", "PRIVATE"),
            Line("TRANSP", "TRANSPARENT"),
            *(line for trigger in _ALARMS for line in _alarm(trigger, title)),
            Line("END", "VEVENT"),
            Line("END", "VCALENDAR"),
        ]
    )


def _to_call(number: str) -> list[Line]:
    """The number to read, and to tap where it can be dialled (RFC 3966 §3)."""
    number = " ".join(number.split())[:_LONGEST_NUMBER]
    if not number:
        return []
    lines = [Line.of_text("DESCRIPTION", number)]
    # what follows in words ("ext. 12") is for people; "(0)" is not dialled after a country code
    dialled = re.match(r"[\d\s+()./\-\u2010-\u2015]*", number.replace("(0)", ""))
    digits = re.sub(r"[^0-9]", "", dialled[0] if dialled else "")
    if 3 <= len(digits) <= _MOST_DIGITS:
        plus = "+" if number.lstrip("(").startswith("+") else ""
        lines.append(Line("URL", f"tel:{plus}{digits}"))
    return lines


def _alarm(trigger: str, title: str) -> list[Line]:
    return [
        Line("BEGIN", "VALARM"),
        Line("ACTION", "DISPLAY"),
        Line.of_text("DESCRIPTION", title),
        Line("TRIGGER", trigger),
        Line("END", "VALARM"),
    ]
