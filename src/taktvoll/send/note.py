"""A mail to oneself: laid into the person's own INBOX, so that no other wire sees it."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from taktvoll.send.letter import one_line

_LONGEST_SUBJECT = 200
_DOMAIN = "note.taktvoll.invalid"


def note(address: str, subject: str, text: str, *, key: str, now: datetime) -> bytes:
    """The bytes of a note from ``address`` to itself; ``key`` makes its Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = message["To"] = address
    message["Subject"] = one_line(subject, _LONGEST_SUBJECT)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = note_id(key)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: nobody's responder answers it
    sound = text.encode("utf-8", "replace").decode()
    message.set_content(sound, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def note_id(key: str) -> str:
    """The Message-ID of the note ``key``."""
    return f"<{key}@{_DOMAIN}>"


def is_note(message_id: str | None) -> bool:
    """Whether a mail is a note of ours: nothing that an employer says."""
    return (message_id or "").endswith(f"@{_DOMAIN}>")
