"""Which appointments a reply names: ours, one that we offered, or another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from taktvoll.follow.reply import Said
from taktvoll.language.dates import Mention, Precision, find_dates

_LONGEST = 2_500  # code points of a reply in which dates count


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The appointments that a reply names, beside those that we know.

    ``agreed`` is one that we offered, ``named`` another one with day and hour that lies ahead;
    ``old`` tells whether the appointment of the case is named, by its day at least. ``spans`` are
    where days ahead stand in the text.
    """

    spans: tuple[tuple[int, int], ...] = ()
    agreed: datetime | None = None
    named: datetime | None = None
    old: bool = False


def times_in(text: str, said: Said, written: datetime | None) -> Times:
    """What ``text`` names of days and hours ahead of ``written`` (aware; None: unknown)."""
    if written is None:
        return Times()
    start = said.invitation.start
    now = said.invitation.local(written)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = [
        mention
        for mention in find_dates(text[:_LONGEST], now=now, country=said.invitation.country)
        if mention.start >= today
        and mention.precision in (Precision.DAY, Precision.PART, Precision.MINUTE)
    ]
    offered = [_offered(mention, text, said) for mention in ahead]
    named = (
        mention.start
        for mention, slot in zip(ahead, offered, strict=True)
        if mention.precision is Precision.MINUTE and mention.side is None and slot is None
        if start is None or mention.start != start
    )
    return Times(
        spans=tuple(mention.span for mention in ahead),
        agreed=next((slot for slot in offered if slot), None),
        named=next(named, None),
        old=any(_is_old(mention, start, said) for mention in ahead),
    )


def _offered(mention: Mention, text: str, said: Said) -> datetime | None:
    """The time of ours that ``mention`` is; by its day alone where only one of ours is on it.

    Whoever answers "Dienstag um 14 Uhr" means the Tuesday that was offered, and not the next.
    """
    slots = [said.invitation.local(slot.start) for slot in said.decision.slots]
    start, end = mention.day_span or mention.span
    if any(figure.isdigit() for figure in text[start:end]):
        slots = [slot for slot in slots if slot.date() == mention.start.date()]
    else:
        slots = [slot for slot in slots if slot.weekday() == mention.start.weekday()]
    if mention.precision is Precision.MINUTE:
        slots = [slot for slot in slots if slot.time() == mention.start.time()]
    return slots[0] if len(slots) == 1 else None


def _is_old(mention: Mention, start: datetime | None, said: Said) -> bool:
    if start is None or mention.start.date() != said.invitation.local(start).date():
        return False
    return mention.precision is not Precision.MINUTE or mention.start == start
