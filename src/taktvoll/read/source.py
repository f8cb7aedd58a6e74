"""From the bytes of a file to the messages in it: mail, calendar, pasted text, or a mailbox."""

from __future__ import annotations

import re
from dataclasses import replace

from taktvoll.errors import UnreadableInput
from taktvoll.formats.mime import (
    Mail,
    looks_like_calendar,
    looks_like_mail,
    parse_mail,
    split_mbox,
)

MAX_BYTES = 25 * 1024 * 1024
MAX_TEXT = 200_000  # code points of one text; no invitation is longer
MAX_MESSAGES = 2_000

_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"{\\rtf",
    b"\x7fELF",
)
_HEADER = re.compile(
    rb"(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|"
    rb"content-type|von|an|betreff)[ \t]*:",
    re.IGNORECASE,
)


def sources(data: bytes) -> list[Mail]:
    """The messages in ``data``, in their order.

    Raises ``UnreadableInput`` with ``empty_file``, ``not_text``, ``too_large`` (over 25 MB) or
    ``winmail_dat``: a mail that stands only in Outlook's own packing.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", megabytes=MAX_BYTES // (1024 * 1024))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableInput("not_text" if b"\x00" in data else "empty_file")
    if data.startswith(_BINARY):
        raise UnreadableInput("not_text")
    if looks_like_calendar(data):
        return [Mail(calendars=(_text(data),), calendar_methods=(None,))]
    if looks_like_mail(data) or (data.startswith(b"From ") and _HEADER.search(data[:2000])):
        messages = split_mbox(data)[:MAX_MESSAGES] if data.startswith(b"From ") else [data]
        if not messages:
            raise UnreadableInput("empty_file")
        return [_readable(parse_mail(message)) for message in messages]
    return [Mail(text=_text(data)[:MAX_TEXT])]


def _readable(mail: Mail) -> Mail:
    if mail.winmail and not (mail.text.strip() or mail.calendars or mail.forwarded):
        raise UnreadableInput("winmail_dat")
    return replace(mail, text=mail.text[:MAX_TEXT]) if len(mail.text) > MAX_TEXT else mail


def _text(data: bytes) -> str:
    """Text in UTF-8, UTF-16 or Windows-1252; ``not_text`` where it is none of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    sample = text[:4000]
    strange = sum(1 for c in sample if (c < " " and c not in "\t\r\n\f\x1b") or c == "\ufffd")
    letters = sum(1 for c in sample if c.isalpha())
    if strange > len(sample) // 50 or not letters:
        raise UnreadableInput("not_text")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
