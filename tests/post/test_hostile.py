"""What a hostile invitation puts into any field gets into no header, no recipient, no property of a
calendar, no mailto address, no notification and no terminal."""

from __future__ import annotations

import email
import email.policy
import io
import re
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.post.conftest import ACCOUNT, CALENDAR_USER, MIRA, NOW
from tests.world import Drawer, SetClock, Shelf, World

from taktvoll.act import ActKind
from taktvoll.case import Case, Event, EventKind, open_case
from taktvoll.cli import sending
from taktvoll.cli.screen import Screen
from taktvoll.edges import notify
from taktvoll.errors import UnreadableInput, WrongUse
from taktvoll.formats.contentlines import read_components
from taktvoll.formats.mime import parse_mail
from taktvoll.model import (
    Channel,
    Contact,
    Country,
    Decision,
    Draft,
    Formality,
    Intent,
    Invitation,
    Language,
    Mailbox,
    Sender,
    Slot,
    Thread,
    Voice,
)
from taktvoll.post import Post
from taktvoll.read import read
from taktvoll.send.itip import CalendarAnswer
from taktvoll.send.note import note

NASTY = (
    "\r\nBcc: opfer@boese.example",
    "\nBcc: opfer@boese.example\n\nText",
    "\rBcc: opfer@boese.example",
    "\u2028Bcc: opfer@boese.example",
    "\u2029",
    "\x85Bcc: opfer@boese.example",
    "\x0b\x0c\x1c\x1d\x1e",
    "\0",
    "\x1b]0;rm -rf\x07\x1b[2J",
    "\x9b31m",
    "\u202egpj.exe\u202c",
    "\u2066\u2069\u200f\u061c",
    "=?utf-8?q?=0D=0ABcc=3A_opfer=40boese.example?=",
    "=?utf-8?b?DQpCY2M6IG9wZmVyQGJvZXNlLmV4YW1wbGU=?=",
    "%0D%0ABcc:opfer@boese.example",
    "?cc=opfer@boese.example&bcc=opfer@boese.example#",
    '", <opfer@boese.example>, "',
    "<opfer@boese.example>",
    ",opfer@boese.example",
    ";opfer@boese.example",
    "opfer@boese.example",
    "k.behrens@nordlicht.example",
    "<a@b.example>",
    "<a@b\r\n\tBcc: opfer@boese.example>",
    "\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:opfer@boese.example",
    "\\nATTENDEE:mailto:opfer@boese.example",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2",
    "^n^'",
    "&lt;<b>fett</b><img src=http://boese.example>",
    "$(reboot)`reboot`",
    "-e",
    "Öhm, Ute (\u00a0GmbH)",
    "\ud800",
    "\U000e0041",
    "x" * 100_000,
)

hostile = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=4).map("".join)
maybe = st.none() | hostile
mailboxes = st.builds(
    Mailbox, name=maybe, email=st.sampled_from(["k.behrens@nordlicht.example", None]) | hostile
)

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//DE
METHOD:REQUEST
BEGIN:VEVENT
UID:{}
DTSTAMP:20261201T090000Z
DTSTART:20261209T090000Z
DTEND:20261209T100000Z
SEQUENCE:1
SUMMARY:{}
LOCATION:{}
DESCRIPTION:{}
ORGANIZER;CN="{}":mailto:{}
ATTENDEE;CN={};PARTSTAT=NEEDS-ACTION:mailto:mira.sandner@posteo.example
END:VEVENT
END:VCALENDAR
"""


@st.composite
def invitations(draw: Any) -> Invitation:
    calendar = CALENDAR.format(*(draw(hostile) for _ in range(7))).replace("\n", "\r\n")
    return Invitation(
        company=draw(maybe),
        position=draw(maybe),
        location=draw(maybe),
        start=NOW + timedelta(days=7),
        end=NOW + timedelta(days=7, hours=1),
        timezone="Europe/Berlin",
        country=Country.DE,
        contact=Contact(
            name=draw(maybe), email=draw(st.just("k.behrens@nordlicht.example") | maybe),
            phone=draw(maybe),
        ),
        sender=draw(mailboxes),
        organizer=draw(mailboxes),
        attendee=Mailbox(name=draw(maybe), email=MIRA),
        uid=draw(maybe),
        thread=Thread(
            message_id=draw(maybe),
            references=tuple(draw(st.lists(hostile, max_size=3))),
            subject=draw(maybe),
            reply_to=draw(maybe),
        ),
        calendar=draw(st.none() | st.just(calendar)),
    )  # fmt: skip


@st.composite
def cases(draw: Any) -> Case:
    """A case whose letter is written, from a hostile invitation and by a careless person."""
    invitation = draw(invitations())
    intent = draw(st.sampled_from([Intent.CANCEL, Intent.ACCEPT, Intent.RESCHEDULE]))
    slot = Slot(start=NOW + timedelta(days=9))
    voice = Voice(
        sender=Sender(name=draw(hostile), email=draw(st.sampled_from([MIRA, None]))),
        language=Language.DE,
        country=Country.DE,
        formality=Formality.SIE,
    )
    draft = Draft(channel=Channel.MAIL, subject=draw(maybe), text=draw(hostile), parts=())
    case = open_case("case01", invitation, 1, at=NOW)
    decision = Decision(intent=intent, slots=(slot,))
    for event in (
        Event(kind=EventKind.DECIDED, at=NOW, decision=decision, voice=voice),
        Event(kind=EventKind.WRITTEN, at=NOW, drafts=(draft,)),
    ):
        from taktvoll.agenda import follow_on

        case, _ = follow_on(case, event)
    return case


def office(case: Case) -> tuple[Post, World]:
    clock, shelf = SetClock(NOW), Shelf()
    world = World(clock)
    post = Post(
        clock=clock, store=lambda: shelf, reach=world, secrets=Drawer(), notifier=world,
        directory=world,
    )  # fmt: skip
    post.add_account(replace(ACCOUNT, calendar_url=CALENDAR_USER), {})
    shelf.add(case)
    return post, world


HEADERS = {
    "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "x-unsent",
    "mime-version", "content-type", "content-transfer-encoding", "auto-submitted",
}  # fmt: skip
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
thorough = settings(max_examples=150, suppress_health_check=list(HealthCheck))


def is_sound(message: bytes) -> email.message.EmailMessage:
    """The message, after everything was looked at that a server or a program might trip over."""
    assert message.isascii()
    assert b"\0" not in message
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", message)
    assert all(len(line) <= 998 for line in message.split(b"\r\n"))  # RFC 5322 §2.1.1
    head = message.partition(b"\r\n\r\n")[0]
    fields = re.sub(rb"\r\n[ \t]", b" ", head).split(b"\r\n")
    names = [field.partition(b":")[0].decode().lower() for field in fields]
    assert set(names) <= HEADERS
    assert len(names) == len(set(names))
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    for name, value in parsed.items():
        assert not {unicodedata.category(char) for char in str(value)} & HIDDEN, name
    assert isinstance(parsed, email.message.EmailMessage)
    return parsed


def addresses(parsed: email.message.EmailMessage, name: str) -> list[str]:
    return [each.addr_spec for each in parsed[name].addresses] if parsed[name] else []


def allowed(case: Case, calendar: object) -> set[str]:
    """Whom the invitation names as a whole address: only they may be written to."""
    invitation = case.invitation
    named = {invitation.contact.email, invitation.sender.email, invitation.organizer.email}
    reply_to = invitation.thread.reply_to or ""
    bare = re.fullmatch(r"(?s).{0,200}?<([^<>]{1,320})>\s*", reply_to)
    named.add(bare[1] if bare else reply_to)
    if isinstance(calendar, CalendarAnswer):
        named.add(calendar.recipient.email)
    return {each.strip().lower() for each in named if each}


@thorough
@given(cases())
def test_what_leaves_is_one_sound_mail_to_whom_it_shows(case: Case) -> None:
    post, world = office(case)
    try:
        leaving = post.leaving(case)
    except WrongUse as nobody:
        assert nobody.code == "no_recipient"
        return
    parsed = is_sound(leaving.message)
    assert addresses(parsed, "from") == [MIRA]
    assert addresses(parsed, "to") == list(leaving.recipients)
    assert len(leaving.recipients) <= 2
    assert all(PLAIN_ADDRESS.fullmatch(each) for each in leaving.recipients)
    named = allowed(case, leaving.calendar)
    ascii_named = {each for each in named if each.isascii()}
    assert {each.lower() for each in leaving.recipients if "xn--" not in each} <= ascii_named
    kinds = [part.get_content_type() for part in parsed.walk() if not part.is_multipart()]
    assert kinds in (["text/plain"], ["text/plain", "text/calendar"])
    ids = [*(parsed["references"] or "").split(), *(parsed["in-reply-to"] or "").split()]
    assert all(re.fullmatch(r"<[!-;=?-~]{1,250}>", each) for each in ids)

    post.approve(case)
    world.clock.pass_(seconds=61)
    post.tick(collect=False)
    for act in post.acts(case.id):
        if act.kind is ActKind.MAIL:
            assert act.recipients == leaving.recipients
        if act.kind is ActKind.REMINDER:
            assert set(re.findall(r"^BEGIN:(.*)\r$", act.payload.decode(), re.M)) <= {
                "VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT",
            }  # fmt: skip
            assert len(re.findall(rb"^BEGIN:VEVENT\r$", act.payload, re.M)) == 1
            assert b"boese" not in re.sub(rb"\r\n ", b"", act.payload).partition(b"DESCRIPTION")[0]
    for _, message, recipients in world.arrived:
        assert recipients == leaving.recipients
        is_sound(message)
    for message in world.folders.get("sent", []):
        is_sound(message)


@thorough
@given(cases())
def test_the_file_for_the_persons_own_program_is_as_sound(case: Case) -> None:
    post, _ = office(case)
    parsed = is_sound(post.unsent(case))
    assert addresses(parsed, "from") in ([], [MIRA])
    assert all(PLAIN_ADDRESS.fullmatch(each) for each in addresses(parsed, "to"))


PROPERTIES = {
    "REPLY": "ORGANIZER UID RECURRENCE-ID SEQUENCE DTSTART DTEND DURATION SUMMARY ATTENDEE "
    "REQUEST-STATUS DTSTAMP COMMENT",
    "COUNTER": "ORGANIZER UID RECURRENCE-ID SEQUENCE DTSTART DTEND DURATION SUMMARY ATTENDEE "
    "LOCATION DESCRIPTION CLASS CATEGORIES CONTACT RESOURCES STATUS TRANSP URL DTSTAMP COMMENT",
}


@thorough
@given(cases())
def test_the_calendar_answer_holds_one_event_and_only_what_belongs_there(case: Case) -> None:
    post, _ = office(case)
    try:
        leaving = post.leaving(case)
    except WrongUse:
        return
    if not isinstance(leaving.calendar, CalendarAnswer):
        return
    ics = leaving.calendar.ics
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", ics)
    root = read_components(ics.decode())
    assert root is not None
    [event] = root.walk("VEVENT")
    names = [line.name for line in event.lines]
    assert set(names) <= set(PROPERTIES[leaving.calendar.method].split())
    for once in ("UID", "ORGANIZER", "SEQUENCE", "DTSTART", "DTSTAMP", "SUMMARY"):
        assert names.count(once) <= 1
    assert [line.value for line in root.all("METHOD")] == [leaving.calendar.method]
    if leaving.calendar.method == "REPLY":
        [attendee] = event.all("ATTENDEE")
        assert attendee.value.lower() == f"mailto:{MIRA}"
        assert attendee.params["PARTSTAT"] in ("ACCEPTED", "DECLINED")


@thorough
@given(cases())
def test_a_mailto_address_has_one_recipient_a_subject_and_a_text(case: Case) -> None:
    post, _ = office(case)
    try:
        address = post.mailto(case)
    except WrongUse as nobody:
        assert nobody.code == "no_recipient"
        return
    assert re.fullmatch(r"[!-~]+", address)
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("mailto", "", "")
    assert PLAIN_ADDRESS.fullmatch(unquote(parts.path))
    assert not set(parts.path) & set(",;?&<> ")
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    assert names == ["subject", "body"]
    fields = dict(field.split("=", 1) for field in parts.query.split("&"))
    subject, body = unquote(fields["subject"]), unquote(fields["body"])
    assert not {unicodedata.category(char) for char in subject} & HIDDEN
    assert not re.search(r"\r(?!\n)|(?<!\r)\n|\0", body)


@thorough
@given(hostile)
def test_the_note_into_the_inbox_goes_to_nobody_but_oneself(problem: str) -> None:
    message = note(MIRA, problem, problem, key="n1", now=NOW)
    parsed = is_sound(message)
    assert addresses(parsed, "from") == addresses(parsed, "to") == [MIRA]
    assert [part.get_content_type() for part in parsed.walk()] == ["text/plain"]


@thorough
@given(hostile)
@example("-e\x1b[2J<b>\u202e")
def test_a_notification_is_one_plain_line(company: str) -> None:
    shown: list[list[str]] = []

    def runs(command: Any) -> bool:
        shown.append(list(command))
        return False  # so that each program is tried

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notify, "_runs", runs)
        notify.DesktopNotifier().notify(f"taktvoll: {company}", company, pressing=True)
    for command in shown:
        if command[0] == "notify-send":
            assert command[-3] == "--"
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", command[-1])
        for word in command:
            assert word.isprintable()
            assert len(word) < 4000


@thorough
@given(cases())
def test_nothing_steers_the_terminal(case: Case) -> None:
    post, _ = office(case)
    try:
        leaving = post.leaving(case)
    except WrongUse:
        return
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        screen = Screen(Language.DE)
        sending._show(leaving, screen)
        screen.json({"company": case.invitation.company, "text": leaving.text})
        screen.heading("cli.doctor.account", address=case.invitation.company or "")
    said = out.getvalue() + err.getvalue()
    steering = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
    assert not steering.search(said), ascii(steering.findall(said))
    said.encode("utf-8")


# --- whole mails as they come in, into everything that goes out ----------------------------------

INCOMING = (
    "From: {} <k.behrens@nordlicht.example>\r\nReply-To: {}\r\nTo: {}\r\nSubject: {}\r\n"
    "Message-ID: {}\r\nReferences: {}\r\nDate: Wed, 02 Dec 2026 10:00:00 +0100\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Wir laden Sie zum Vorstellungsgespräch am 9. Dezember 2026 um 10 Uhr ein.\r\n{}\r\n"
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(hostile, min_size=7, max_size=7))
def test_a_hostile_mail_is_answered_by_a_sound_one(values: list[str]) -> None:
    raw = INCOMING.format(*values).encode("utf-8", "replace")
    parse_mail(raw)
    try:
        [invitation, *_] = read(raw, now=NOW, interview=True)
    except UnreadableInput:  # says so, and writes nothing
        return
    case = open_case("case02", replace(invitation, attendee=Mailbox(email=MIRA)), 1, at=NOW)
    voice = Voice(
        sender=Sender(name="Mira", email=MIRA), language=Language.DE, country=Country.DE,
        formality=Formality.SIE,
    )  # fmt: skip
    draft = Draft(channel=Channel.MAIL, subject=invitation.thread.subject, text="Ab.\n", parts=())
    case = replace(case, decision=Decision(intent=Intent.CANCEL), voice=voice, drafts=(draft,))
    post, _ = office(case)
    is_sound(post.unsent(case))
    try:
        leaving = post.leaving(case)
    except WrongUse:
        return
    parsed = is_sound(leaving.message)
    assert addresses(parsed, "to") == list(leaving.recipients)
