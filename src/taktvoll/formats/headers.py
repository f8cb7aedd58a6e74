"""The headers of a mail (RFC 5322), decoded (RFC 2047) and read also where they are broken."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from taktvoll.formats.charsets import decode, plain_text
from taktvoll.model import Mailbox

_MAX_ADDRESSES = 500
_MAX_HEADERS = 2000
_MAX_REFERENCES = 200


def _raw_headers(message: Message, name: str) -> list[str]:
    """The values of a header, unfolded; bytes beyond ASCII as the text they most likely are."""
    values = []
    for key, value in islice(message.raw_items(), _MAX_HEADERS):
        if key.lower() == name.lower():
            raw = str(value)[:20_000].encode("utf-8", "surrogateescape")
            values.append(re.sub(r"[\r\n]+", " ", decode(raw, "utf-8")).strip())
    return values


def text_header(message: Message, name: str) -> str | None:
    """The first value of a header that says anything, decoded, on one line."""
    for value in _raw_headers(message, name):
        text = " ".join(plain_text(decode_words(value)).split())
        if text:
            return text[:1000]
    return None


def decode_words(value: str) -> str:
    """RFC 2047 encoded words undone; what is broken stays as it is."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        piece if isinstance(piece, str) else decode(piece, charset or "utf-8")
        for piece, charset in pieces
    )


_ADDRESS = re.compile(
    r"[^\s\x00-\x1f\x7f@<>\",;:()\[\]\\]{1,64}@[^\s\x00-\x1f\x7f@<>\",;:()\[\]\\]{1,255}"
)


def mailboxes(message: Message, name: str) -> tuple[Mailbox, ...]:
    """The people of an address header (RFC 5322 §3.4), read also where it is malformed."""
    found: list[Mailbox] = []
    for value in _raw_headers(message, name):
        try:
            pairs = getaddresses([value])
        except RecursionError:  # a nest of comments
            pairs = [("", "")]
        if not all(_ADDRESS.fullmatch(address.strip()) for _, address in pairs):
            # an unquoted comma in the name, a header encoded as a whole
            pairs = _addresses_by_hand(decode_words(value))
        found += [_mailbox(display, address.strip()) for display, address in pairs]
        if not found and value and name == "From":  # a sender without an address has a name
            found.append(Mailbox(name=_display_name(value)))
    return tuple(found[:_MAX_ADDRESSES])


def _addresses_by_hand(value: str) -> list[tuple[str, str]]:
    pairs = []
    position = 0
    for match in _ADDRESS.finditer(value):
        pairs.append((value[position : match.start()].strip(" ,;<>"), match[0]))
        position = match.end()
    return pairs


def _mailbox(display: str, address: str) -> Mailbox:
    name = _display_name(display)
    if name and name.lower() == address.lower():
        name = None
    return Mailbox(name=name, email=address)


def _display_name(value: str) -> str | None:
    name = " ".join(plain_text(decode_words(value)).split()).strip("\"' ,<>")
    return name[:200] or None


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The ids of a header (RFC 5322 §3.6.4), the last of very many."""
    ids: list[str] = []
    for value in _raw_headers(message, name):
        found = re.findall(r"<[^<>\s]{1,900}>", value)
        if not found and re.fullmatch(r"[^<>\s@]{1,400}@[^<>\s@]{1,400}", value):
            found = [f"<{value}>"]  # written without its brackets
        ids += found
    return tuple(dict.fromkeys(ids))[-_MAX_REFERENCES:]


def sent_at(message: Message) -> datetime | None:
    """The Date, or the time at which the last server took the mail."""
    values = _raw_headers(message, "Date")
    values += [line.rpartition(";")[2] for line in _raw_headers(message, "Received")[:1]]
    for value in values:
        try:
            date = parsedate_to_datetime(value.strip()[:200])
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        aware = date.replace(tzinfo=UTC) if date.tzinfo is None else date
        if 1970 <= aware.year < 2200:
            return aware
    return None


_ORIGIN = frozenset(
    {
        *("auto-submitted", "precedence", "x-autoreply", "x-autorespond", "x-auto-reply-from"),
        *("x-auto-response-suppress", "x-failed-recipients", "return-path", "content-type"),
        *("list-id", "list-unsubscribe", "feedback-id", "x-original-message-id"),
    }
)


def origin_headers(message: Message) -> dict[str, str]:
    """The headers that tell how a mail came about: the first of each, names in lower case."""
    names = {name.lower() for name in islice(message.keys(), _MAX_HEADERS)} & _ORIGIN
    values = ((name, text_header(message, name)) for name in sorted(names))
    return {name: value for name, value in values if value}


def is_automatic(message: Message) -> bool:
    """Whether a program sent it (RFC 3834 §5, and what older responders write)."""
    submitted = text_header(message, "Auto-Submitted")
    if submitted and submitted.partition(";")[0].strip().lower() != "no":
        return True
    if text_header(message, "X-Autoreply") or text_header(message, "X-Autorespond"):
        return True
    return (text_header(message, "Precedence") or "").lower() in ("auto_reply", "auto-reply")
