"""All cases in one file, to take along and to bring back: a table, JSON, a calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from taktvoll.case import OPEN_STATES, Case, CaseState
from taktvoll.desk import Desk
from taktvoll.errors import UnreadableInput
from taktvoll.messages import say
from taktvoll.model import Language, Me

FORMAT = 1  # of the JSON document

_PAGE = 200  # cases that are in memory at once
_IN_CALENDAR = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What an import brought: so many new cases, and so many that were here already."""

    new: int
    known: int


def as_json(desk: Desk) -> Iterator[bytes]:
    """Everything, a case after the other: what ``take_in`` reads again."""
    me = msgspec.json.encode(asdict(desk.me()))
    yield b'{"taktvoll":%d,"me":%s,"cases":[' % (FORMAT, me)
    for number, document in enumerate(desk.store().exported()):
        yield (b",\n" if number else b"\n") + document.strip()
    yield b"\n]}\n"


class _Document(msgspec.Struct):
    taktvoll: int
    cases: list[msgspec.Raw]
    me: dict[str, str] = {}


def take_in(desk: Desk, data: bytes) -> TakenIn:
    """Keep the cases of an exported document that are not here yet.

    Nothing that is here changes. Raises ``UnreadableInput("import_unreadable")`` for anything
    else than our own JSON, and ``import_newer`` for that of a later program.
    """
    try:
        document = msgspec.json.decode(data, type=_Document)
    except (msgspec.MsgspecError, RecursionError) as broken:
        raise UnreadableInput("import_unreadable") from broken
    if document.taktvoll != FORMAT:
        raise UnreadableInput("import_newer")
    taken = [desk.store().take_in(bytes(raw)) for raw in document.cases]
    if desk.me() == Me():
        desk.set_me(Me(**{name: document.me[name] for name in asdict(Me()) if name in document.me}))
    new = sum(case_id is not None for case_id in taken)
    return TakenIn(new=new, known=len(taken) - new)


# --- a table ------------------------------------------------------------------------------------

_COLUMNS = ("id", "state", "company", "position", "start", "contact", "intent", "changed")

# What a spreadsheet would take for a formula, also behind blanks (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def as_csv(desk: Desk, language: Language) -> Iterator[bytes]:
    """A row a case, for a spreadsheet: with the separator that it expects in ``language``."""
    yield "\ufeff".encode()
    separator = ";" if language is Language.DE else ","
    yield _row([say(f"archive.{name}", language) for name in _COLUMNS], separator)
    for case in _all(desk):
        yield _row(_cells(case, language), separator)


def _cells(case: Case, language: Language) -> list[str]:
    invitation = case.invitation
    start = invitation.start and invitation.local(invitation.start)
    form = "%Y-%m-%d" if invitation.all_day else "%Y-%m-%d %H:%M"
    return [
        case.id,
        say(f"case.state.{case.state}", language),
        invitation.company or "",
        invitation.position or "",
        start.strftime(form) if start else "",
        invitation.contact.name or "",
        say(f"intent.{case.decision.intent}", language) if case.decision else "",
        f"{case.changed.astimezone():%Y-%m-%d %H:%M}",
    ]


def _row(cells: list[str], separator: str) -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=separator, quoting=csv.QUOTE_ALL).writerow(map(_cell, cells))
    return line.getvalue().encode("utf-8", "replace")


def _cell(value: str) -> str:
    """``value`` as text: an apostrophe before what would be computed."""
    flat = " ".join(value.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def _all(desk: Desk) -> Iterator[Case]:
    offset = 0
    while page := desk.page(tuple(CaseState), _PAGE, offset):
        yield from page
        offset += _PAGE


# --- a calendar ---------------------------------------------------------------------------------


def as_ics(desk: Desk, language: Language, now: datetime, *, limit: int = 1000) -> bytes:
    """The interviews of the open cases, and when to call, as a calendar (RFC 5545).

    Where a call is due, the title says nothing of applications: others may see the calendar.
    """
    lines = ["BEGIN:VCALENDAR", "PRODID:-//taktvoll//DE", "VERSION:2.0", "METHOD:PUBLISH"]
    near = desk.store().beginning(OPEN_STATES, now - _IN_CALENDAR, now + _IN_CALENDAR, limit=limit)
    for case in near:
        lines += _interview(case, language, now)
    for case in desk.cases(limit):
        if case.due_at is not None:
            title = say("archive.call", language)
            lines += _event(f"{case.id}-call", _utc(case.due_at), title, "", now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _interview(case: Case, language: Language, now: datetime) -> Iterator[str]:
    invitation = case.invitation
    if invitation.start is None:
        return
    company = invitation.company or say("web.cases.nameless", language)
    title = say("archive.interview", language, company=company)
    if case.decision and case.state is not CaseState.RECEIVED:
        said = say(f"intent.{case.decision.intent}", language)
        title = f"{title} ({said})"
    if invitation.all_day:
        when = f";VALUE=DATE:{invitation.local(invitation.start):%Y%m%d}"
    else:
        when = _utc(invitation.start)
    yield from _event(case.id, when, title, invitation.location or "", now)


def _utc(moment: datetime) -> str:
    return f":{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _event(uid: str, when: str, title: str, place: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@taktvoll.invalid"
    yield f"DTSTAMP{_utc(now)}"
    yield f"DTSTART{when}"
    yield f"SUMMARY:{_text(title)}"
    if place:
        yield f"LOCATION:{_text(place)}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """TEXT (RFC 5545 §3.3.11): one line, its separators escaped."""
    flat = " ".join(value.split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """At most 75 octets a line, never within a character (RFC 5545 §3.1)."""
    parts, octets = [""], 0
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if octets + size > 74:
            parts.append("")
            octets = 0
        parts[-1] += character
        octets += size
    return "\r\n ".join(parts)


def record(taken: TakenIn) -> dict[str, Any]:
    """The JSON form of what an import brought."""
    return {"new": taken.new, "known": taken.known}
