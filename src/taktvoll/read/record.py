"""The JSON form of an invitation: the keys of ``taktvoll read --json``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from taktvoll.model import Contact, Invitation, Mailbox, Moment

Say = Callable[..., str]
"""``say(key, **values)`` gives the sentence of the message catalogue in the person's language."""


def to_json(invitation: Invitation, say: Say) -> dict[str, Any]:
    """What was read, as plain JSON values with stable keys; unknown is None.

    Moments are ISO 8601 with the offset of their day; an all-day event has dates. ``say`` words
    the doubts (``doubt.<code>``).
    """
    day = invitation.all_day
    return {
        "file": invitation.file,
        "kind": invitation.kind.value,
        "method": invitation.method,
        "language": invitation.language.value,
        "formality": invitation.formality.value,
        "start": _iso(invitation.start, day),
        "end": _iso(invitation.end, day),
        "all_day": day,
        "timezone": invitation.timezone,
        "proposed_slots": [
            {"start": _iso(slot.start), "end": _iso(slot.end)} for slot in invitation.proposed_slots
        ],
        "reply_by": _moment(invitation.reply_by),
        "company": invitation.company,
        "position": invitation.position,
        "reference": invitation.reference,
        "contact": _contact(invitation.contact),
        "organizer": _mailbox(invitation.organizer),
        "attendee": _mailbox(invitation.attendee),
        "format": invitation.format.value if invitation.format else None,
        "location": invitation.location,
        "meeting_url": invitation.meeting_url,
        "booking_url": invitation.booking_url,
        "uid": invitation.uid,
        "sequence": invitation.sequence,
        "recurrence_id": invitation.recurrence_id,
        "thread": {
            "message_id": invitation.thread.message_id,
            "references": list(invitation.thread.references),
            "subject": invitation.thread.subject,
            "reply_to": invitation.thread.reply_to,
        },
        "doubts": [
            {
                "code": doubt.code.value,
                "message": say(f"doubt.{doubt.code.value}", **doubt.detail),
                "fact": doubt.fact,
            }
            for doubt in invitation.doubts
        ],
        "texts": dict(invitation.texts),
        "evidence": {
            fact: {"text": e.text, "quote": e.quote, "start": e.start, "end": e.end}
            for fact, e in invitation.evidence.items()
        },
    }


def _iso(moment: datetime | None, day: bool = False) -> str | None:
    if moment is None:
        return None
    return moment.date().isoformat() if day else moment.isoformat(timespec="seconds")


def _moment(moment: Moment | None) -> str | None:
    return _iso(moment.at, moment.whole_day) if moment else None


def _contact(contact: Contact) -> dict[str, str | None]:
    return {
        "name": contact.name,
        "title": contact.title,
        "gender": contact.gender.value if contact.gender else None,
        "email": contact.email,
        "phone": contact.phone,
    }


def _mailbox(mailbox: Mailbox) -> dict[str, str | None]:
    return {"name": mailbox.name, "email": mailbox.email}
