"""The mail that leaves: the letter in its thread, with the calendar answer beside it.

RFC 5322 for the message, RFC 2047 for names, RFC 6047 for the calendar part.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from email.headerregistry import Address, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from urllib.parse import quote

from taktvoll.errors import WrongUse
from taktvoll.model import Brief, Draft, Language, Mailbox
from taktvoll.send.itip import CalendarAnswer

_MAX_SUBJECT = 300
_MAX_NAME = 120
_MAX_REFERENCES = 20


def recipients(brief: Brief, answer: CalendarAnswer | None) -> tuple[str, ...]:
    """The addresses that the mail goes to: the contact's, and the organizer's where it differs.

    Empty where nobody can be written to: the letter then goes another way.
    """
    return tuple(mailbox.email for mailbox in _recipients(brief, answer) if mailbox.email)


def recipient(brief: Brief) -> Mailbox | None:
    """Who gets the letter: the thread's Reply-To, the contact, the sender or the organizer.

    Never a no-reply address, which nobody reads, and never the person's own.
    """
    invitation = brief.invitation
    known = (
        Mailbox(name=invitation.contact.name, email=invitation.contact.email),
        invitation.sender,
        invitation.organizer,
    )
    candidates = (_split(invitation.thread.reply_to), *known)
    own = ascii_address(brief.voice.sender.email)
    for candidate in candidates:
        address = ascii_address(candidate.email)
        if address is None or address.lower() == (own or "").lower() or _NO_REPLY.match(address):
            continue
        same = (other.name for other in known if ascii_address(other.email) == address)
        return Mailbox(name=candidate.name or next(filter(None, same), None), email=address)
    return None


def compose(
    brief: Brief,
    draft: Draft,
    answer: CalendarAnswer | None,
    *,
    message_id: str | None = None,
    unsent: bool = False,
) -> bytes:
    """The message as it goes over the wire: ASCII headers, CRLF, text first, calendar beside it.

    Without ``message_id`` one is derived from the content, so that the same letter at the same
    moment is the same message. Where the person's address is unknown, From and Message-ID are
    left to the mail program that opens the file. ``unsent`` makes Outlook open it for editing
    (X-Unsent). Raises ``WrongUse("bad_sender")`` for a sender address that cannot stand in a mail.
    """
    message = EmailMessage(policy=_POLICY)
    sender = brief.voice.sender
    if sender.email:
        own = ascii_address(sender.email)
        if own is None:
            raise WrongUse("bad_sender", address=one_line(sender.email, 100))
        message["From"] = _address(Mailbox(name=sender.name, email=own))
    to = _recipients(brief, answer)
    if to:
        message["To"] = tuple(map(_address, to))
    message["Subject"] = subject_line(brief, draft)
    message["Date"] = format_datetime(brief.now)
    if sender.email:
        message["Message-ID"] = message_id or _message_id(brief, draft, recipients(brief, answer))
    _thread(message, brief)
    if unsent:
        message["X-Unsent"] = "1"
    text = draft.text.encode("utf-8", "replace").decode("utf-8")
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    if answer:
        _add_calendar(message, answer)
    return message.as_bytes()


def mailto(to: str, subject: str, text: str) -> str:
    """A ``mailto:`` address (RFC 6068) for the person's mail program: without thread and calendar.

    Nothing in ``subject`` or ``text`` can end a line or a field that it did not begin.
    """
    lines = ("".join(filter(_is_text, line)) for line in text.splitlines())
    line = _percent(one_line(subject, _MAX_SUBJECT))
    body = _percent("\r\n".join(lines))  # line breaks are CRLF (RFC 6068 §5)
    return f"mailto:{_percent(to, '@')}?subject={line}&body={body}"


def _percent(text: str, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")


def _is_text(char: str) -> bool:
    return char == "\t" or unicodedata.category(char) not in ("Cc", "Cs")


def message_id_of(message: bytes) -> str | None:
    """The Message-ID that ``compose`` gave to ``message``."""
    found = re.search(rb"^Message-ID:\s*(<[^>\s]+>)", message, re.MULTILINE | re.IGNORECASE)
    return found[1].decode() if found else None


def _recipients(brief: Brief, answer: CalendarAnswer | None) -> list[Mailbox]:
    first = recipient(brief)
    found = [first] if first else []
    if answer:  # the calendar part goes to the organizer (RFC 6047 §2.3)
        address = ascii_address(answer.recipient.email)
        if address and address.lower() not in [(known.email or "").lower() for known in found]:
            found.append(Mailbox(name=answer.recipient.name, email=address))
    return found


# --- headers ------------------------------------------------------------------------------------

_NO_REPLY = re.compile(r"[^@]*(?:no|not|nicht|donot|keine)[-_.]?(?:reply|antwort)", re.IGNORECASE)
_PREFIX = re.compile(r"\s*(?:re|aw|antw|antwort|sv)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}:", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63})*")


def subject_line(brief: Brief, draft: Draft) -> str:
    """In a thread the thread's subject with one prefix, so that it is found; else our own."""
    thread = one_line(brief.invitation.thread.subject, _MAX_SUBJECT)
    if not thread:
        return one_line(draft.subject, _MAX_SUBJECT)
    while match := _PREFIX.match(thread):
        thread = thread[match.end() :].strip()
    prefix = "AW" if brief.voice.language is Language.DE else "Re"
    return f"{prefix}: {thread}"


def _thread(message: EmailMessage, brief: Brief) -> None:
    """In-Reply-To and References (RFC 5322 §3.6.4): the parent's references, then its own id."""
    thread = brief.invitation.thread
    parent = thread.message_id
    if not parent or not _MESSAGE_ID.fullmatch(parent):
        return
    earlier = [one for one in thread.references if _MESSAGE_ID.fullmatch(one) and one != parent]
    # the first names the thread, the last are nearest
    kept = dict.fromkeys([*earlier[:1], *earlier[1:][-_MAX_REFERENCES:], parent])
    message["In-Reply-To"] = parent
    message["References"] = " ".join(kept)


def _message_id(brief: Brief, draft: Draft, to: Iterable[str]) -> str:
    """An id at the sender's own domain: no name of this machine leaks."""
    sender = ascii_address(brief.voice.sender.email) or ""
    content = "\0".join(
        (sender, *to, brief.now.isoformat(), draft.subject or "", draft.text, *_ids(brief))
    )
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{digest[:32]}@{sender.rpartition('@')[2]}>"


def _ids(brief: Brief) -> tuple[str, ...]:
    invitation = brief.invitation
    return invitation.thread.message_id or "", invitation.uid or "", brief.decision.intent


def _address(mailbox: Mailbox) -> Address:
    local, _, domain = (mailbox.email or "").rpartition("@")
    return Address(one_line(mailbox.name, _MAX_NAME), username=local, domain=domain)


def _split(value: str | None) -> Mailbox:
    """``Name <address>`` or a bare address."""
    match = re.fullmatch(r"(.{0,200}?)<([^<>]{1,320})>\s*", value or "", re.DOTALL)
    if match:
        return Mailbox(name=one_line(match[1], _MAX_NAME).strip('" ') or None, email=match[2])
    return Mailbox(email=value)


def ascii_address(address: str | None) -> str | None:
    """The address as it stands in a header, its domain in A-labels (RFC 5890); None if it cannot.

    A local part beyond ASCII would need SMTPUTF8 all the way (RFC 6531): not sendable.
    """
    local, _, domain = (address or "").strip().rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or "=?" in local or len(local) > 64 or len(domain) > 253:
        return None
    labels = unicodedata.normalize("NFC", domain.rstrip(".")).lower().split(".")
    domain = ".".join(map(_a_label, labels))
    return f"{local}@{domain}" if _DOMAIN.fullmatch(domain) else None


def _a_label(label: str) -> str:
    # not the "idna" codec: that is IDNA 2003 and would make of ß another domain, with ss
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode", "replace").decode("ascii")


def one_line(text: str | None, limit: int) -> str:
    """``text`` without anything that ends a header line or hides in one."""
    visible = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
        for char in (text or "")[: 4 * limit]
    )
    # "=?" would be read as the beginning of an encoded word (RFC 2047 §2)
    return " ".join(visible.replace("=?", " ").split())[:limit].strip()


# --- parts --------------------------------------------------------------------------------------


def _add_calendar(message: EmailMessage, answer: CalendarAnswer) -> None:
    """The answer as an alternative of the text (RFC 6047 §2.4), its method said in both places."""
    message.add_alternative(
        answer.ics.decode("utf-8"),
        subtype="calendar",
        charset="utf-8",
        cte="quoted-printable",
        params={"method": str(answer.method)},
    )
    for part in message.iter_parts():
        del part["MIME-Version"]  # only the message itself has one (RFC 2045 §4)
    # not a random one, so that the same letter is the same bytes
    message.set_boundary(f"=_{hashlib.sha256(answer.ics).hexdigest()[:32]}")


class _MessageIds(UnstructuredHeader):
    """Message-IDs, folded between them only: the default would encode long ones as words."""

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        ids = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {ids}{policy.linesep}"  # type: ignore[attr-defined]


class _Addresses(UniqueAddressHeader):
    """Addresses, one on a line. The default loses the quotes of a name in a header that it folds:
    a comma or an address in the name would become a recipient."""

    def fold(self, *, policy: Policy) -> str:
        written = f",{policy.linesep} ".join(map(_written, self.addresses))
        return f"{self.name}: {written}{policy.linesep}"  # type: ignore[attr-defined]


def _written(address: Address) -> str:
    """``name <address>`` (RFC 5322 §3.4), a name beyond ASCII in encoded words."""
    name = address.display_name
    if not name:
        return address.addr_spec
    if not name.isascii():  # the address on a line of its own: 76 is the limit for such lines
        return "\r\n ".join((*_encoded_words(name), f"<{address.addr_spec}>"))
    if _ATOMS.fullmatch(name):
        return f"{name} <{address.addr_spec}>"
    quoted = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{quoted}" <{address.addr_spec}>'


def _encoded_words(text: str) -> Iterator[str]:
    """RFC 2047 §2: words in lines of at most 76 characters, none of which splits a character.

    In a name only letters, digits and a few marks stand as they are (§5).
    """
    word = ""
    for character in text:
        coded = "_" if character == " " else character
        if character != " " and not _AS_IT_IS.fullmatch(character):
            coded = "".join(f"={byte:02X}" for byte in character.encode("utf-8", "replace"))
        if len(word) + len(coded) > _LONGEST_WORD:
            yield f"=?utf-8?q?{word}?="
            word = ""
        word += coded
    yield f"=?utf-8?q?{word}?="


_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_AS_IT_IS = re.compile(r"[A-Za-z0-9!*+/-]")
_LONGEST_WORD = 69 - len("=?utf-8?q??=")  # after "From: " the line still fits

_REGISTRY = HeaderRegistry()
for _name in ("message-id", "in-reply-to", "references"):
    _REGISTRY.map_to_type(_name, _MessageIds)  # type: ignore[arg-type]
for _name in ("from", "to"):
    _REGISTRY.map_to_type(_name, _Addresses)  # type: ignore[arg-type]
_POLICY = SMTP.clone(header_factory=_REGISTRY)
