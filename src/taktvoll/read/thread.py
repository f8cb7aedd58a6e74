"""Which part of a mail counts: the newest, and in a forwarded mail the inner one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from taktvoll.language.dates import Precision, find_dates
from taktvoll.model import Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The ``newest`` text and what is ``quoted`` under it, both without quote marks.

    Where the mail was forwarded, ``sender``, ``recipient``, ``subject`` and ``date`` are those
    of the inner mail, as far as its header lines say them.
    """

    newest: str
    quoted: str = ""
    forwarded: bool = False
    sender: Mailbox | None = None
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
_HEADER_BLOCK = re.compile(
    r"^[ \t>*]{0,6}(?:von|from)\*?:[^\n]{1,300}\n(?:[^\n]{0,300}\n){0,3}?[ "
    r"\t>*]{0,6}(?:gesendet|datum|date|sent|an|to)\*?:",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(
    r"^[ \t]{0,3}(?:(?:Am|On|Den|Le)\s[^\n]{3,200}(?:\n[^\n>]{0,120})?(?:schrieb|wrote|"
    r"geschrieben|a écrit)[^\n:]{0,160}:?|"
    r"[^\n]{3,100}(?:schrieb am|wrote on)\s[^\n]{3,80}:|\d{4}-\d\d-\d\d[^\n]{3,100}:)[ \t]*$",
    re.MULTILINE,
)
_HEADER_LINE = re.compile(
    r"^[ \t>*]{0,6}(?P<name>von|from|gesendet|datum|date|sent|an|to|cc|kopie|betreff|"
    r"subject|antwort an|reply-to|priorität|importance|anlagen|"
    r"attachments)\*?[ \t]?:\*?[ \t]*(?P<value>[^\n]*)\n?",
    re.IGNORECASE | re.MULTILINE,
)
# What must be in a text at all before a pattern is tried on its every line.
_STEMS = {
    _FORWARD_MARK: ("--", "achricht", "essage"),
    _ORIGINAL_MARK: ("--",),
    _HEADER_BLOCK: ("Von", "From", "von:", "from:"),
    _WROTE: ("schrieb", "wrote", "écrit", ">:"),
}
_FORWARD_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*)?(?:wg|fwd?|weitergeleitet|tr|i)\s*:", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")


def split_thread(text: str, subject: str | None, zone: tzinfo, now: datetime) -> Parts:
    """Cut a mail's ``text`` where the quoted or forwarded part begins."""
    forwarded = bool(subject and _FORWARD_SUBJECT.match(subject))
    mark = _search(_FORWARD_MARK, text)
    if mark is None and forwarded:
        mark = _search(_ORIGINAL_MARK, text) or _search(_HEADER_BLOCK, text)
        start = (
            mark.start()
            if mark and _HEADER_LINE.match(text, mark.start())
            else mark.end()
            if mark
            else 0
        )
    else:
        start = mark.end() if mark else 0
    if mark and (forwarded or len(text[: mark.start()].split()) < 60):
        return _inner(text[start:], text[: mark.start()], zone, now)
    return _cut_quote(text)


def _inner(inner: str, above: str, zone: tzinfo, now: datetime) -> Parts:
    inner = _without_marks(inner.lstrip("\n"))
    headers: dict[str, str] = {}
    position = len(inner) - len(inner.lstrip())
    while found := _HEADER_LINE.match(inner, position):
        headers.setdefault(found["name"].lower(), found["value"].strip(" *"))
        position = found.end()
        if position >= len(inner):
            break
        while inner[position : position + 1] == "\n" and _HEADER_LINE.match(inner, position + 1):
            position += 1
    below = _cut_quote(inner[position:].lstrip("\n"))
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
        recipient=_mailbox(to),
        subject=headers.get("betreff") or headers.get("subject"),
        date=_date(sent, zone, now),
    )


def _cut_quote(text: str) -> Parts:
    cuts = [
        found.start()
        for pattern in (_ORIGINAL_MARK, _HEADER_BLOCK, _WROTE)
        if (found := _search(pattern, text)) and text[: found.start()].strip()
    ]
    cut = min(cuts, default=len(text))
    above, below = text[:cut], text[cut:]
    if not _quote_lines(above) and not below:
        return Parts(newest=text)
    kept: list[str] = []
    quoted: list[str] = []
    for line in above.split("\n"):
        (quoted if line.lstrip().startswith(">") else kept).append(line)
    newest = "\n".join(kept)
    if cut == len(text) and not newest.strip():
        return Parts(newest=_without_marks(text))
    return Parts(newest=newest.rstrip(), quoted=_without_marks("\n".join(quoted) + below))


def _search(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return pattern.search(text) if any(stem in text for stem in _STEMS[pattern]) else None


def _quote_lines(text: str) -> bool:
    return text.startswith(">") or "\n>" in text or "\n >" in text


def _without_marks(text: str) -> str:
    return re.sub(r"^(?:[ \t]?>){1,8}[ \t]?", "", text, flags=re.MULTILINE)


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
