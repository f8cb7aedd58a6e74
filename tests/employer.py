"""What an employer's people and servers write back, as the bytes that arrive.

The wordings stand in tests/corpus/employer, and half of them are taken from the sorted replies
beside it; greeting, closing, signature, what is quoted below, and the headers of the mail programs
and servers are put together anew for each mail, so that hardly two are alike.
"""

from __future__ import annotations

import base64
import json
import quopri
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from taktvoll.model import Intent, Language, ReplyClass

CORPUS = Path(__file__).parent / "corpus"
BERLIN = ZoneInfo("Europe/Berlin")


class Says(StrEnum):
    """What a mail really is, whatever it is taken for."""

    KNOWS = "knows"
    ASKS = "asks"
    PROPOSES = "proposes"
    KEEPS = "keeps"
    CALLS_OFF = "calls_off"
    UNAWARE = "unaware"  # whoever writes this has not read our mail
    ABSENCE = "absence"
    RECEIPT = "receipt"
    NEWS = "news"
    BOUNCE = "bounce"
    DELAYED = "delayed"


AWARE = frozenset({Says.KNOWS, Says.ASKS, Says.PROPOSES, Says.KEEPS, Says.CALLS_OFF})

CLASS_OF: Mapping[Says, ReplyClass] = {
    Says.KNOWS: ReplyClass.ACKNOWLEDGEMENT,
    Says.ASKS: ReplyClass.QUESTION,
    Says.PROPOSES: ReplyClass.NEW_TIME,
    Says.KEEPS: ReplyClass.COUNTER_DECLINED,
    Says.CALLS_OFF: ReplyClass.CANCELLED_BY_EMPLOYER,
    Says.UNAWARE: ReplyClass.OTHER,
    Says.ABSENCE: ReplyClass.AUTO_REPLY,
    Says.RECEIPT: ReplyClass.AUTO_REPLY,
    Says.NEWS: ReplyClass.OTHER,
    Says.BOUNCE: ReplyClass.BOUNCE,
    Says.DELAYED: ReplyClass.BOUNCE,
}

OUR_NAME = "Mira Sandner"


@dataclass(frozen=True)
class Letter:
    """The mail that is answered, as the other side has it. ``id`` is its Message-ID.

    ``in_thread`` where it answered the invitation, whose Message-ID is ``invitation``.
    """

    id: str
    sender: str
    to: str
    subject: str
    text: str
    left: datetime
    invitation: str
    in_thread: bool = True


@dataclass(frozen=True)
class Employer:
    """Who writes there, and about which appointment."""

    person: str
    address: str
    start: datetime
    position: str
    language: Language
    intent: Intent

    @property
    def domain(self) -> str:
        return self.address.partition("@")[2]


def mail_from(
    employer: Employer, says: Says, letter: Letter, at: datetime, dice: random.Random
) -> bytes:
    """A mail that says ``says`` about ``letter``, written ``at``."""
    if says in (Says.BOUNCE, Says.DELAYED):
        return _report(says, letter, at, dice)
    text = _text(employer, says, dice)
    if says not in (Says.NEWS, Says.UNAWARE):
        text += _quoted(letter, employer.language, dice)
    head = "".join(
        f"{name}: {value if value.isascii() else Header(value, 'utf-8').encode()}\n"
        for name, value in _head(employer, says, letter, at, dice)
    )
    return f"{head}MIME-Version: 1.0\n".encode() + _body(text, dice)


# --- the head -----------------------------------------------------------------------------------


def _head(
    employer: Employer, says: Says, letter: Letter, at: datetime, dice: random.Random
) -> Iterator[tuple[str, str]]:
    german = employer.language is Language.DE
    name, address = employer.person, employer.address
    if says in (Says.RECEIPT, Says.NEWS) or (says is not Says.ABSENCE and dice.random() < 0.15):
        name = "Personalabteilung" if german else "People Team"
        address = f"{'personal' if german else 'people'}@{employer.domain}"
    host = f"mail.{employer.domain}"
    yield "Return-Path", f"<{address}>"
    yield (
        "Received",
        f"from {host} ({host} [192.0.2.25]) by mx.posteo.example with ESMTPS "
        f"id {dice.randrange(16**8):08X}; {format_datetime(at)}",
    )
    sender = name if name.isascii() else Header(name, "utf-8").encode()
    yield "From", f"{sender} <{address}>" if dice.random() < 0.9 else address
    yield "To", f"{OUR_NAME} <{letter.sender}>"
    yield "Date", format_datetime(at.astimezone(BERLIN))
    yield "Message-ID", f"<{dice.randrange(16**16):016x}@{employer.domain}>"
    if says not in (Says.NEWS, Says.UNAWARE):
        yield "In-Reply-To", letter.id
        thread = [letter.invitation] if letter.in_thread else []
        yield "References", " ".join([*thread, letter.id])
    elif says is Says.UNAWARE and dice.random() < 0.5:  # goes on in their own thread
        yield "In-Reply-To", letter.invitation
        yield "References", letter.invitation
    yield "Subject", _subject(says, letter, german, dice)
    if says in (Says.ABSENCE, Says.RECEIPT):
        yield from dice.choice(_OF_MACHINES).items()
    if says is Says.NEWS:
        yield "List-Unsubscribe", f"<https://{employer.domain}/out>"
        yield "Precedence", "bulk"
    if dice.random() < 0.5:
        yield "X-Mailer", dice.choice(_PROGRAMS)


# RFC 3834 §5 is heeded by some, older customs by others, and nothing at all by the rest.
_OF_MACHINES: tuple[Mapping[str, str], ...] = (
    {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    {"Auto-Submitted": "auto-generated"},
    {"X-Autoreply": "yes", "Precedence": "auto_reply"},
    {"X-Autorespond": "", "Precedence": "bulk"},
    {},
)
_PROGRAMS = ("Microsoft Outlook 16.0", "Apple Mail (2.3774)", "iPhone Mail (21E219)", "Roundcube")


def _subject(says: Says, letter: Letter, german: bool, dice: random.Random) -> str:
    answer = dice.choice(["AW", "Re", "Antw", "RE"] if german else ["Re", "RE"])
    absent = "Automatische Antwort" if german else "Automatic reply"
    if says is Says.ABSENCE:
        away = "Abwesenheitsnotiz" if german else "Out of office"
        return f"{dice.choice([absent, away, answer])}: {letter.subject}"
    if says is Says.RECEIPT:
        ours = "Ihre Nachricht an uns" if german else "We have received your message"
        return dice.choice([ours, f"{answer}: {letter.subject}", f"[88123] {letter.subject}"])
    if says is Says.NEWS:
        return "Karriere-News" if german else "Careers newsletter"
    if says is Says.UNAWARE:
        own = "Ihr Vorstellungsgespräch" if german else "Your interview"
        return dice.choice([own, f"{answer}: {letter.subject}", letter.subject])
    return letter.subject if letter.subject.startswith(answer) else f"{answer}: {letter.subject}"


# --- the words ----------------------------------------------------------------------------------


@cache
def _wordings(language: Language) -> dict[str, list[str]]:
    return tomllib.loads((CORPUS / "employer" / f"{language}.toml").read_text("utf-8"))


@cache
def _sorted_texts(language: Language, intent: Intent, kind: ReplyClass) -> tuple[str, ...]:
    """Replies of the corpus to the same letter that name no day of their own."""
    name = "german" if language is Language.DE else "english"
    rows = [
        json.loads(line)
        for file in sorted((CORPUS / "replies").glob(f"{name}*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    return tuple(
        row["text"]
        for row in rows
        if (row["kind"], row["intent"]) == (kind, intent)
        and "slots" not in row
        and not _NAMES_A_DAY.search(row["text"])
    )


_NAMES_A_DAY = re.compile(r"[\d/]|tag\b|day\b|morgen|tomorrow", re.IGNORECASE)


def _text(employer: Employer, says: Says, dice: random.Random) -> str:
    known = _sorted_texts(employer.language, employer.intent, CLASS_OF[says])
    if known and says is not Says.NEWS and dice.random() < 0.5:
        return dice.choice(known)
    words = _wordings(employer.language)
    kind = says.value
    if says is Says.KNOWS:
        kind = "knows_move" if employer.intent is Intent.RESCHEDULE else "knows_off"
    other = employer.start + timedelta(days=dice.randint(1, 9))
    values = {
        "sender": employer.person,
        "position": employer.position,
        "day": _day(employer.start, employer.language, dice),
        "hour": _hour(employer.start, employer.language),
        "other_day": _day(other, employer.language, dice),
        "other_hour": dice.choice(["9", "11", "14", "16"])
        + ("" if employer.language is Language.DE else dice.choice([":00", ":30"])),
    }
    greeting = dice.choice(words["greetings"])
    body = dice.choice(words[kind])
    if not greeting.endswith(",") or employer.language is Language.EN:
        body = body[0].upper() + body[1:]
    parts = (greeting, body, dice.choice(words["closings"]), dice.choice(words["signatures"]))
    return "\n\n".join(filter(None, parts)).format(**values) + "\n"


_DAYS = {
    Language.DE: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    Language.EN: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_MONTHS = {
    Language.DE: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    Language.EN: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def _day(moment: datetime, language: Language, dice: random.Random) -> str:
    there = moment.astimezone(BERLIN)
    weekday, month = _DAYS[language][there.weekday()], _MONTHS[language][there.month - 1]
    if language is Language.DE:
        short = f"{there.day:02}.{there.month:02}."
        return dice.choice([f"{weekday}, {there.day}. {month}", short, f"{weekday}, {short}"])
    return dice.choice([f"{weekday} {there.day} {month}", f"{there.day} {month}"])


def _hour(moment: datetime, language: Language) -> str:
    there = moment.astimezone(BERLIN)
    if language is Language.DE:
        return f"{there.hour}:{there.minute:02}" if there.minute else str(there.hour)
    return f"{there:%I:%M %p}".lstrip("0").lower()


def _quoted(letter: Letter, language: Language, dice: random.Random) -> str:
    """Our letter below, as mail programs quote it; one in five quotes nothing."""
    there, german = letter.left.astimezone(BERLIN), language is Language.DE
    marked = "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines())
    when = f"{there:%d.%m.%y}" if german else f"{there:%d/%m/%Y}"
    wrote = (
        f"Am {when} um {there:%H:%M} schrieb {OUR_NAME}:"
        if german
        else f"On {when} {there:%H:%M}, {OUR_NAME} wrote:"
    )
    head = (
        f"Von: {OUR_NAME} <{letter.sender}>\nGesendet: {there:%d.%m.%Y %H:%M}\n"
        f"An: {letter.to}\nBetreff: {letter.subject}"
        if german
        else f"From: {OUR_NAME} <{letter.sender}>\nSent: {there:%d %B %Y %H:%M}\n"
        f"To: {letter.to}\nSubject: {letter.subject}"
    )
    original = "-----Ursprüngliche Nachricht-----" if german else "-----Original Message-----"
    below = f"{head}\n\n{letter.text}"
    styles = ("", f"{wrote}\n{marked}", below, f"{original}\n{below}")
    chosen = dice.choices(styles, weights=(1, 2, 1, 1))[0]
    return f"\n\n{chosen}\n" if chosen else ""


def _body(text: str, dice: random.Random) -> bytes:
    """The text in one of the ways in which programs write it, some with HTML beside it."""
    plain = _part("plain", text, dice)
    if dice.random() < 0.7:
        return plain
    lines = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>\n")
    style = "<style>p {margin:0}</style>"
    html = _part("html", f"<html><head>{style}</head><body><div>{lines}</div></body></html>", dice)
    return (
        b'Content-Type: multipart/alternative; boundary="=_b"\n\n'
        b"--=_b\n" + plain + b"\n--=_b\n" + html + b"\n--=_b--\n"
    )


def _part(kind: str, text: str, dice: random.Random) -> bytes:
    charset, way = dice.choice(("utf-8", "iso-8859-1", "windows-1252")), dice.choice(_WAYS)
    content = text.encode(charset, "replace")
    if way == "quoted-printable":
        content = quopri.encodestring(content)
    elif way == "base64":
        content = base64.encodebytes(content)
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {way}\n\n"
    return head.encode() + content


_WAYS = ("8bit", "quoted-printable", "base64")


# --- reports of servers -------------------------------------------------------------------------


def _report(says: Says, letter: Letter, at: datetime, dice: random.Random) -> bytes:
    """A bounce or a warning: by RFC 3464 as most servers write it, or in prose as the rest do."""
    failed = says is Says.BOUNCE
    host = dice.choice(["mx.posteo.example", "mail.kranwerk.example", "smtp.out.example"])
    sender = dice.choice([f"MAILER-DAEMON@{host}", f"Mail Delivery System <postmaster@{host}>"])
    status, said = dice.choice(_REASONS[failed])
    outcome = _PROSE[failed].format(to=letter.to, said=said)
    original = f"From: {letter.sender}\nTo: {letter.to}\nMessage-ID: {letter.id}\n"
    head = (
        f"Return-Path: <>\nFrom: {sender}\nTo: {letter.sender}\n"
        f"Subject: {dice.choice(_SUBJECTS[failed])}\n"
        f"Date: {format_datetime(at.astimezone(BERLIN))}\n"
        f"Message-ID: <{dice.randrange(16**12):012x}@{host}>\n"
    )
    if dice.random() < 0.8:
        head += "Auto-Submitted: auto-replied\n"
    if dice.random() < 0.3:
        return f"{head}\n{outcome}\n--- original headers ---\n\n{original}".encode()
    parts = (
        f"Content-Type: text/plain; charset=utf-8\n\n{outcome}",
        "Content-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; {host}\n\nFinal-Recipient: rfc822; {letter.to}\n"
        f"Action: {'failed' if failed else 'delayed'}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {said}\n",
        f"Content-Type: text/rfc822-headers\n\n{original}Subject: {letter.subject}\n",
    )
    body = "".join(f"--b\n{part}\n" for part in parts)
    report = 'multipart/report; report-type=delivery-status; boundary="b"'
    return f"{head}MIME-Version: 1.0\nContent-Type: {report}\n\n{body}--b--\n".encode()


_SUBJECTS = {
    True: [
        "Undelivered Mail Returned to Sender",
        "Mail delivery failed: returning message to sender",
        "Delivery Status Notification (Failure)",
        "Unzustellbar: Ihre Nachricht",
    ],
    False: [
        "Delayed Mail (still being retried)",
        "Warning: message delayed 4 hours",
        "Delivery Status Notification (Delay)",
    ],
}
_REASONS = {
    True: [
        ("5.1.1", "550 5.1.1 User unknown"),
        ("5.2.2", "552 5.2.2 Mailbox full"),
        ("5.7.1", "554 5.7.1 Service refused"),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
    ],
    False: [
        ("4.4.1", "connect to mx.kranwerk.example: Connection timed out"),
        ("4.2.0", "451 4.2.0 Greylisted, try again later"),
    ],
}
_PROSE = {
    True: "This is the mail system. I'm sorry to have to inform you that your message could not be "
    "delivered to one or more recipients.\n\n<{to}>: {said}\n",
    False: "This is the mail system. Your message could not be delivered for 4 hours. It will be "
    "retried until it is 5 days old. You do not need to resend it.\n\n<{to}>: {said}\n",
}
