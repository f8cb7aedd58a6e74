"""Doubts about the message as a whole: what is broken in its calendar, who really sent it."""

from __future__ import annotations

import re

from taktvoll.model import DoubtCode, Invitation, Kind
from taktvoll.read.message import PLATFORM, Message

_SERVICE = re.compile(
    r"(?:no-?_?\.?reply|notifications?|calendar|scheduling|invites?|mailer|do-?not-?reply)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
_CARRIED_BY = r"(?:powered by|sent (?:by|via|with)|versendet (?:mit|über|von))\W{1,3}"


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
    if PLATFORM.search(sender) or _SERVICE.match(sender) or _says_it_carries(message, sender):
        return
    shown = _ADDRESS.search(message.sender.name or "")
    for claimed in (invitation.organizer.email, shown[0] if shown else None):
        if claimed and not PLATFORM.search(claimed) and _registered(claimed) != _registered(sender):
            message.doubt(DoubtCode.SENDER_MISMATCH, "organizer", sender=sender, organizer=claimed)
            return


def _says_it_carries(message: Message, sender: str) -> bool:
    """ "Powered by Slotly", in a mail from slotly.example."""
    name = re.escape(_registered(sender).split(".")[0])
    return bool(re.search(_CARRIED_BY + name, message.texts.get(message.main, "").lower()))


def _registered(address: str) -> str:
    """The part of a mail domain that somebody registered: example.de, example.co.uk."""
    parts = address.rsplit("@", 1)[-1].lower().split(".")
    long = len(parts) > 2 and parts[-2] in ("co", "com", "org", "ac", "gov")
    return ".".join(parts[-3 if long else -2 :])
