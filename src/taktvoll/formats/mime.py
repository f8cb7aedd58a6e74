"""Mails as bytes to records: tolerant of what real mail programs write, and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from taktvoll.errors import UnreadableInput
from taktvoll.formats.charsets import decode, plain_text
from taktvoll.formats.headers import (
    decode_words,
    is_automatic,
    mailboxes,
    message_ids,
    origin_headers,
    sent_at,
    text_header,
)
from taktvoll.model import Mailbox

MAX_BYTES = 25_000_000
_MAX_TEXT = 500_000  # characters of a body
_MAX_PARTS = 500
_MAX_DEPTH = 5  # of mails forwarded within mails
_MAX_LINES = 500_000  # 25 MB in base64 are fewer
_MAX_WORK = 20_000_000  # lines times boundaries: the parser compares each line with each boundary
_NOBODY = Mailbox()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says, decoded. Nothing in it is checked; nothing remote was loaded.

    ``text`` is the plain body (unflowed), or the HTML body as text where there is no plain one.
    ``html_links`` are ``(label, url)`` of the HTML body, http and https only.
    ``calendars`` are the calendar parts as text with ``\\n``; ``calendar_methods`` holds for each
    the ``method`` parameter of its Content-Type, or None.
    ``forwarded`` is the first mail attached to this one (in a bounce: the mail that came back).
    ``winmail`` tells that Outlook packed the mail into a winmail.dat, which nobody else reads.
    ``report`` is the machine-readable part of a bounce (RFC 3464) as text, ``receipt`` that of a
    disposition notification (RFC 8098): read, or deleted unread.
    ``origin`` holds the headers that tell how the mail came about, by their names in lower case.
    """

    subject: str | None = None
    sender: Mailbox = _NOBODY
    reply_to: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    delivered_to: tuple[str, ...] = ()  # Delivered-To, X-Original-To: bare addresses
    date: datetime | None = None  # aware
    message_id: str | None = None  # with its angle brackets
    in_reply_to: str | None = None  # the first id of the header
    references: tuple[str, ...] = ()
    auto_submitted: bool = False  # RFC 3834, and what older responders write
    text: str = ""
    html: str | None = None
    html_links: tuple[tuple[str, str], ...] = ()
    calendars: tuple[str, ...] = ()
    calendar_methods: tuple[str | None, ...] = ()
    forwarded: Mail | None = None
    report: str | None = None
    receipt: str | None = None
    winmail: bool = False
    origin: Mapping[str, str] = field(default_factory=dict)


def parse_mail(data: bytes) -> Mail:
    """The mail in ``data``, read as far as it goes.

    Raises ``UnreadableInput("mail_too_large")`` beyond 25 MB; broken MIME is never an error.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("mail_too_large", megabytes=MAX_BYTES // 1_000_000)
    return _parse(data, depth=0)


def _parse(data: bytes, *, depth: int) -> Mail:
    data = _outdented(data)
    lines = data.count(b"\n") + 1
    work = lines * max(data.lower().count(b"boundary="), _MAX_WORK // _MAX_LINES)
    if work > _MAX_WORK:
        data = data[: len(data) * _MAX_WORK // work]
    try:
        message = message_from_bytes(data, policy=compat32)
    except RecursionError:
        message = BytesHeaderParser(policy=compat32).parsebytes(data)
    return _mail(message, depth=depth)


def _mail(message: Message, *, depth: int) -> Mail:
    found = _Found()
    _collect(message, found, depth=depth)
    text, html, links = _body(found.segments)
    return replace(
        _headers(message),
        text=text,
        html=html,
        html_links=links,
        calendars=tuple(found.calendars),
        calendar_methods=tuple(found.calendars.values()),
        forwarded=found.forwarded,
        report=found.report,
        receipt=found.receipt,
        winmail=found.winmail,
    )


def _headers(message: Message) -> Mail:
    reply_to = mailboxes(message, "Reply-To")
    in_reply_to = message_ids(message, "In-Reply-To")
    message_id = message_ids(message, "Message-ID")
    sender = mailboxes(message, "From") or mailboxes(message, "Sender")
    delivered = [
        mailbox.email
        for name in ("Delivered-To", "X-Original-To")
        for mailbox in mailboxes(message, name)
        if mailbox.email
    ]
    return Mail(
        subject=text_header(message, "Subject"),
        sender=sender[0] if sender else _NOBODY,
        reply_to=reply_to[0] if reply_to else None,
        to=mailboxes(message, "To"),
        cc=mailboxes(message, "Cc"),
        delivered_to=tuple(dict.fromkeys(delivered)),
        date=sent_at(message),
        message_id=message_id[0] if message_id else None,
        in_reply_to=in_reply_to[0] if in_reply_to else None,
        references=message_ids(message, "References"),
        auto_submitted=is_automatic(message),
        origin=origin_headers(message),
    )


# --- parts --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Segment:
    """A stretch of the body: plain, HTML, or both as alternatives."""

    plain: str | None = None
    html: str | None = None


@dataclass(slots=True)
class _Found:
    """What the walk through the parts gathers."""

    segments: list[_Segment] = field(default_factory=list)
    calendars: dict[str, str | None] = field(default_factory=dict)  # text: method parameter
    forwarded: Mail | None = None
    report: str | None = None
    receipt: str | None = None
    winmail: bool = False
    parts: int = 0


_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_MAIL_TYPES = frozenset({"message/rfc822", "message/global", "message/global-headers"})
_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RECEIPT_TYPES = frozenset(
    {"message/disposition-notification", "message/global-disposition-notification"}
)
_OPAQUE_TYPES = frozenset({"application/octet-stream", "text/plain", "application/x-unknown"})


def _collect(part: Message, found: _Found, *, depth: int) -> None:
    found.parts += 1
    if found.parts > _MAX_PARTS:
        return
    kind = part.get_content_type()
    if kind in _MAIL_TYPES:
        if depth < _MAX_DEPTH and found.forwarded is None:
            found.forwarded = _embedded(part, depth=depth + 1)
    elif kind in _STATUS_TYPES:
        found.report = found.report or _fields(part)
    elif kind in _RECEIPT_TYPES:
        found.receipt = found.receipt or _fields(part)
    elif kind == "multipart/alternative":
        _collect_alternatives(part, found, depth=depth)
    elif part.is_multipart():
        for child in _children(part):
            _collect(child, found, depth=depth)
    else:
        _collect_leaf(part, kind, found, depth=depth)


def _collect_alternatives(part: Message, found: _Found, *, depth: int) -> None:
    """The alternatives become one segment (RFC 2046 §5.1.4)."""
    inner = _Found(parts=found.parts)
    for child in _children(part):
        _collect(child, inner, depth=depth)
    plain = [segment.plain for segment in inner.segments if (segment.plain or "").strip()]
    html = [segment.html for segment in inner.segments if segment.html]
    found.segments.append(
        _Segment(plain="\n".join(filter(None, plain)) or None, html="\n".join(filter(None, html)))
    )
    found.parts = inner.parts
    found.calendars |= inner.calendars
    found.forwarded = found.forwarded or inner.forwarded
    found.report = found.report or inner.report
    found.receipt = found.receipt or inner.receipt
    found.winmail = found.winmail or inner.winmail


def _collect_leaf(part: Message, kind: str, found: _Found, *, depth: int) -> None:
    name = _file_name(part)
    if _is_calendar(part, kind, name):
        text = decode(_payload(part), _charset(part) or "utf-8").replace("\r\n", "\n")
        method = part.get_param("method")
        found.calendars.setdefault(text, method.upper() if isinstance(method, str) else None)
    elif kind == "text/rfc822-headers" or name.endswith(".eml"):
        payload = _payload(part)
        if looks_like_mail(payload) and depth < _MAX_DEPTH and found.forwarded is None:
            found.forwarded = _parse(payload, depth=depth + 1)
    elif kind in _TNEF_TYPES or name == "winmail.dat":
        found.winmail = True
    elif part.get_content_disposition() == "attachment":
        return
    elif kind == "text/html":
        found.segments.append(_Segment(html=_text(part)))
    elif kind.startswith("text/"):
        found.segments.append(_Segment(plain=_unflowed(part, _text(part))))


def _is_calendar(part: Message, kind: str, name: str) -> bool:
    if kind in _CALENDAR_TYPES or name.endswith((".ics", ".vcs", ".ical")):
        return True
    return kind in _OPAQUE_TYPES and looks_like_calendar(_payload(part)[:4000])


def _fields(part: Message) -> str | None:
    """The groups of fields of a report, a blank line between them, whoever parsed the part."""
    groups = [str(child) for child in _children(part)]
    text = "\n".join(groups) if groups else _text(part)
    return plain_text(text)[:_MAX_TEXT].strip() or None


def _embedded(part: Message, *, depth: int) -> Mail | None:
    """The mail inside a message/rfc822 part, even if it is (wrongly) in base64."""
    children = _children(part)
    if not children:
        return None
    inner = children[0]
    if inner.keys() or inner.is_multipart():
        return _mail(inner, depth=depth)
    inner["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", ""))
    payload = _payload(inner)
    return _parse(payload, depth=depth) if looks_like_mail(payload) else None


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if part.is_multipart() else []


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    return plain_text(decode(_payload(part), _charset(part) or "utf-8"))[:_MAX_TEXT]


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError):
        return None


def _file_name(part: Message) -> str:
    """The file name in lower case (RFC 2231, or RFC 2047 as many programs write it)."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError):
        return ""
    return decode_words(str(name or ""))[:300].strip().lower()


def _unflowed(part: Message, text: str) -> str:
    """Paragraphs put together again where the part is format=flowed (RFC 3676 §4)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    delete_space = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[list[str]] = []
    open_depth: int | None = None  # the quote depth of a line that goes on
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flowed = content.endswith(" ") and content != "-- "
        piece = content[:-1] if flowed and delete_space else content
        if open_depth == depth and content != "-- ":
            lines[-1].append(piece)
        else:
            lines.append(["> " * depth + piece])
        open_depth = depth if flowed else None
    return "\n".join("".join(pieces).rstrip() for pieces in lines)


def _body(segments: Iterable[_Segment]) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
    """The text, the HTML and its links."""
    from taktvoll.formats.html import html_links, html_text

    texts: list[str] = []
    pages: list[str] = []
    for segment in segments:
        if segment.html:
            pages.append(segment.html)
        plain = (segment.plain or "").strip("\n")
        if segment.html and len(plain) < 200:
            rendered = html_text(segment.html)
            if len(rendered) > 3 * len(plain):  # "your mail program cannot show this mail"
                plain = rendered
        if plain.strip():
            texts.append(plain)
    html = "\n".join(pages) or None
    links = tuple(link for page in pages for link in html_links(page))
    return "\n\n".join(texts)[:_MAX_TEXT], html, links


# --- files --------------------------------------------------------------------------------------

_HEADER_LINE = re.compile(rb"[!-9;-~]{1,76}[ \t]?:")
_KNOWN_HEADERS = re.compile(
    rb"(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|"
    rb"delivered-to|reply-to|sender|cc|references|in-reply-to|x-[a-z-]{1,40})[ \t]?:",
    re.IGNORECASE,
)
_MBOX_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,300}\n(?=[!-9;-~]{1,76}:)")


def split_mbox(data: bytes) -> list[bytes]:
    """The messages of an mbox file (RFC 4155); a single mail gives a list of one."""
    starts = [match.span() for match in _MBOX_SEPARATOR.finditer(data)]
    if not starts:
        return [data]
    ends = [start for start, _ in starts[1:]] + [len(data)]
    return [
        re.sub(rb"(?m)^>(>*From )", rb"\1", data[begin:end])
        for (_, begin), end in zip(starts, ends, strict=True)
    ]


def looks_like_mail(data: bytes) -> bool:
    """Whether ``data`` begins like a mail (at least two header lines) or an mbox."""
    head = _outdented(data[:8000])
    if b"\0" in head or looks_like_calendar(head):
        return False
    lines = head.splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    known = 0
    for line in lines:
        if not line.strip():
            break
        if line[0] in b" \t":
            continue
        if not _HEADER_LINE.match(line):
            return False
        known += bool(_KNOWN_HEADERS.match(line))
    return known >= 2


def _outdented(data: bytes) -> bytes:
    """``data`` without what stands before the first header: mark, blank lines, an indentation."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    indentation = re.match(rb"[ \t]{1,16}", data)
    if indentation is None:
        return data
    return data.removeprefix(indentation[0]).replace(b"\n" + indentation[0], b"\n")


def looks_like_calendar(data: bytes) -> bool:
    """Whether ``data`` begins like an iCalendar object (RFC 5545)."""
    head = data[:4000]
    text = head.decode("utf-16", "ignore") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    if text is None:
        text = head.decode("latin-1").removeprefix("\xef\xbb\xbf")
    return (
        re.match(r"\s*BEGIN[ \t]{0,8}:[ \t]{0,8}V(?:CALENDAR|EVENT)", text, re.IGNORECASE)
        is not None
    )
