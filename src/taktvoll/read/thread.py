"""Which part of a mail counts: the newest, and in a forwarded mail the inner one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from taktvoll.language.dates import Precision, find_dates
from taktvoll.language.quoting import header_block, split_quoted, without_marks
from taktvoll.model import Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The ``newest`` text and what is ``quoted`` under it, both without quote marks.

    Where the mail was forwarded, ``sender``, ``recipient``, ``subject``, ``date`` are those
    of the inner mail, as far as its header lines say them.
    """

    newest: str
    quoted: str = ""
    forwarded: bool = False
    sender: Mailbox | None = None
    reply_to: Mailbox | None = None
    copies: tuple[str, ...] = ()  # addresses
    recipient: Mailbox | None = None
    subject: str | None = None
    date: datetime | None = None


_FORWARD_MARK = re.compile(
    r"^[ \t>]{0,6}(?:-{2,}\s?(?:forwarded message|weitergeleitete nachricht|"
    r"weitergeleitete e-?mail|message transféré)\s?-{2,}|"
    r"(?:anfang der weitergeleiteten (?:nachricht|e-mail)|begin forwarded message|"
    r"weitergeleitete nachricht)\s?:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGINAL_MARK = re.compile(
    r"^[ \t>]{0,6}-{2,}\s?(?:original message|ursprüngliche nachricht|originalnachricht|"
    r"original-nachricht|original appointment|ursprünglicher termin)\s?-{2,}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(
    r"^[ \t>*]{0,6}(?P<name>von|from|gesendet|datum|date|sent|an|to|cc|kopie|betreff|subject|"
    r"antwort an|reply-to|priorität|importance|anlagen|"
    r"attachments)\*?[ \t]?:\*?[ \t]*(?P<value>[^\n]*)\n?",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARD_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*)?(?:wg|fwd?|weitergeleitet|tr|i)\s*:", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")


def split_thread(text: str, subject: str | None, zone: tzinfo, now: datetime) -> Parts:
    """Cut a mail's ``text`` where the quoted or forwarded part begins."""
    forwarded = bool(subject and _FORWARD_SUBJECT.match(subject))
    mark = _FORWARD_MARK.search(text)
    if mark is None and forwarded:
        mark = _ORIGINAL_MARK.search(text)
    above, start = mark.span() if mark else _first_header(text) if forwarded else (0, 0)
    if forwarded or (mark and len(text[:above].split()) < 60):
        return _inner(text[start:], text[:above], zone, now)
    cut = split_quoted(text)
    return Parts(newest=cut.newest, quoted=cut.quoted)


def _first_header(text: str) -> tuple[int, int]:
    """Where the text above a forwarded mail's header lines ends, and where they begin."""
    lines = text.split("\n")[:400]
    at = 0
    for number, line in enumerate(lines):
        if header_block(lines, number):
            return at, at
        at += len(line) + 1
    return 0, 0


def _inner(inner: str, above: str, zone: tzinfo, now: datetime) -> Parts:
    inner = without_marks(inner.lstrip("\n"))
    headers: dict[str, str] = {}
    position = len(inner) - len(inner.lstrip())
    while found := _HEADER_LINE.match(inner, position):
        headers.setdefault(found["name"].lower(), found["value"].strip(" *"))
        position = found.end()
        if position >= len(inner):
            break
        while inner[position : position + 1] == "\n" and _HEADER_LINE.match(inner, position + 1):
            position += 1
    below = split_quoted(inner[position:].lstrip("\n"))
    sender = headers.get("von") or headers.get("from")
    to = headers.get("an") or headers.get("to")
    sent = (
        headers.get("gesendet")
        or headers.get("datum")
        or headers.get("date")
        or headers.get("sent")
    )
    return Parts(
        newest=below.newest,
        quoted=below.quoted or above,
        forwarded=True,
        sender=_mailbox(sender),
        reply_to=_mailbox(headers.get("antwort an") or headers.get("reply-to")),
        copies=tuple(_ADDRESS.findall(headers.get("cc") or headers.get("kopie") or ""))[:10],
        recipient=_mailbox(to),
        subject=headers.get("betreff") or headers.get("subject"),
        date=_date(sent, zone, now),
    )


def _mailbox(value: str | None) -> Mailbox | None:
    if not value:
        return None
    address = _ADDRESS.search(value)
    name = re.sub(r"[<\[(].*$", "", value).strip(" \"'*")
    return Mailbox(
        name=name if name and "@" not in name else None, email=address[0] if address else None
    )


def _date(value: str | None, zone: tzinfo, now: datetime) -> datetime | None:
    if not value:
        return None
    for mention in find_dates(value, now=now.astimezone(zone)):
        if mention.precision in (Precision.MINUTE, Precision.DAY) and mention.start <= now:
            return mention.start
    return None
