"""Doubts about the message as a whole: what is broken in its calendar, who really sent it."""

from __future__ import annotations

import re

from taktvoll.language.domains import PLATFORM, registered
from taktvoll.model import DoubtCode, Invitation, Kind
from taktvoll.read.message import Message

_SERVICE = re.compile(
    r"(?:no-?_?\.?reply|notifications?|calendar|scheduling|invites?|mailer|do-?not-?reply)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")


def doubt_calendar(invitation: Invitation, message: Message) -> None:
    """Doubts where the calendar part is cut off, or holds several appointments."""
    if message.calendar and message.calendar.truncated:
        message.doubt(DoubtCode.TRUNCATED_CALENDAR, "calendar")
    if message.calendar and (count := len({event.uid for event in message.calendar.events})) > 1:
        message.doubt(DoubtCode.SEVERAL_EVENTS, "uid", count=str(count))


def doubt_sender(invitation: Invitation, message: Message) -> None:
    """A doubt where the mail comes from elsewhere than it says, unless a service carried it."""
    sender = message.sender.email
    if invitation.kind in (Kind.OTHER, Kind.REPLY) or not sender:
        return
    if PLATFORM.search(sender) or _SERVICE.match(sender) or message.is_carried_by(sender):
        return
    shown = _ADDRESS.search(message.sender.name or "")
    for claimed in (invitation.organizer.email, shown[0] if shown else None):
        if claimed and not PLATFORM.search(claimed) and registered(claimed) != registered(sender):
            message.doubt(DoubtCode.SENDER_MISMATCH, "organizer", sender=sender, organizer=claimed)
            return
