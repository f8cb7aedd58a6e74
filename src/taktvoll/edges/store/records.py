"""Records to JSON and back. JSON keeps the offset of a moment; the zone is put back here."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from taktvoll.act import Act
from taktvoll.case import Case, Event, Round
from taktvoll.errors import UnreadableInput
from taktvoll.model import Decision, Invitation, Moment, Slot

M = TypeVar("M", Invitation, Decision, Invitation | None, Decision | None)


def encode(record: object) -> str:
    """``record`` as JSON text."""
    return msgspec.json.encode(record).decode()


def decode_case(text: str) -> Case:
    """The case that ``encode`` wrote, its appointment on the employer's clock."""
    case = msgspec.json.decode(text, type=Case)
    zone = _zone(case.invitation)
    return replace(
        case,
        invitation=_on_clock(case.invitation, zone),
        decision=_on_clock(case.decision, zone),
        earlier=tuple(_round(earlier) for earlier in case.earlier),
    )


def decode_event(text: str, case: Case) -> Event:
    """The event that ``encode`` wrote; without an invitation of its own, on ``case``'s clock."""
    event = msgspec.json.decode(text, type=Event)
    zone = _zone(event.invitation or case.invitation)
    return replace(
        event,
        invitation=_on_clock(event.invitation, zone),
        decision=_on_clock(event.decision, zone),
    )


class _Document(msgspec.Struct, frozen=True):
    """A case with what happened to it, as ``Store.export`` writes it."""

    case: msgspec.Raw
    events: list[msgspec.Raw]


def decode_document(document: bytes) -> tuple[Case, list[Event]]:
    """The case and the events of an exported ``document``.

    It may come from anywhere: raises ``UnreadableInput("import_unreadable")`` for what this
    program cannot have written.
    """
    try:
        read = msgspec.json.decode(document, type=_Document)
        case = decode_case(bytes(read.case).decode())
        happened = [decode_event(bytes(raw).decode(), case) for raw in read.events]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError) as broken:
        raise UnreadableInput("import_unreadable") from broken
    zone = case.invitation.timezone
    sound = (
        _ID.fullmatch(case.id)
        and len(happened) < case.version <= _MOST_EVENTS
        and (zone is None or _zone(case.invitation) is not None)
        and all(_sound(each) for each in (case, *happened))
    )
    if not sound:
        raise UnreadableInput("import_unreadable")
    return case, happened


_ID = re.compile(r"[a-z2-9]{4,32}")
_MOST_EVENTS = 100_000


def _sound(value: Any) -> bool:
    """Whether every moment in ``value`` says of what clock it is, and exists on every clock."""
    if isinstance(value, datetime):
        return value.tzinfo is not None and 1 < value.year < 9999
    if isinstance(value, tuple):
        return all(map(_sound, value))
    if is_dataclass(value) and not isinstance(value, type):
        return all(_sound(getattr(value, field.name)) for field in fields(value))
    return True


def decode_act(text: str) -> Act:
    """The act that ``encode`` wrote."""
    return msgspec.json.decode(text, type=Act)


def _round(earlier: Round) -> Round:
    zone = _zone(earlier.invitation)
    return replace(
        earlier,
        invitation=_on_clock(earlier.invitation, zone),
        decision=_on_clock(earlier.decision, zone),
    )


def _zone(invitation: Invitation) -> ZoneInfo | None:
    try:
        return ZoneInfo(invitation.timezone) if invitation.timezone else None
    except (KeyError, OSError, ValueError):  # all that ZoneInfo raises for a strange name
        return None


def _on_clock(record: M, zone: ZoneInfo | None) -> M:
    """``record`` with ``zone`` in every moment that was told on that clock.

    A fixed offset is right for the moment itself, but a day added to it across the change to
    summer time is an hour off.
    """
    return record if zone is None else _with_zone(record, zone)


def _with_zone(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return local if local.utcoffset() == value.utcoffset() else value
    if isinstance(value, tuple):
        return tuple(_with_zone(item, zone) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            name: restored
            for name, old in ((name, getattr(value, name)) for name in _moments(type(value)))
            if old is not None and (restored := _with_zone(old, zone)) is not old
        }
        return replace(value, **changed) if changed else value
    return value


@cache
def _moments(record: type) -> tuple[str, ...]:
    """The fields of ``record`` that can hold a moment: a list of cases reads thousands."""
    kinds = ("datetime", Slot.__name__, Moment.__name__)
    return tuple(f.name for f in fields(record) if any(kind in str(f.type) for kind in kinds))
