"""The mail that leaves, read again by two other parsers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import fast_mail_parser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taktvoll.errors import WrongUse
from taktvoll.formats.mime import parse_mail
from taktvoll.model import (
    Brief,
    CalendarMethod,
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
    Thread,
    Voice,
)
from taktvoll.send.itip import CalendarAnswer
from taktvoll.send.letter import compose, recipient, recipients

DRAFT = Draft(
    channel=Channel.MAIL,
    subject="Absage Vorstellungsgespräch am 9. Dezember 2026 – Jon Fink",
    text="Sehr geehrte Frau Amsel,\n\nvielen Dank für die Einladung. Grüße\n\nJon Fink\n",
    parts=(),
)
THREAD = Thread(
    message_id="<2@firma.example>",
    references=("<0@firma.example>", "<1@post.example>"),
    subject="Einladung zum Gespräch",
)
ANSWER = CalendarAnswer(
    method=CalendarMethod.REPLY,
    partstat="DECLINED",
    ics="BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nCOMMENT:Grüße\r\nEND:VCALENDAR\r\n".encode(),
    recipient=Mailbox(name="Amsel, Rita", email="r.amsel@firma.example"),
    attendee=Mailbox(email="jon.fink@post.example"),
)


def brief(
    *,
    sender: Sender | None = None,
    language: Language = Language.DE,
    thread: Thread = THREAD,
    contact: Contact | None = None,
    writer: Mailbox | None = None,
    organizer: Mailbox | None = None,
) -> Brief:
    return Brief(
        invitation=Invitation(
            thread=thread,
            contact=contact or Contact(),
            sender=writer or Mailbox(name="Rita Amsel", email="r.amsel@firma.example"),
            organizer=organizer or Mailbox(),
        ),
        decision=Decision(intent=Intent.CANCEL),
        voice=Voice(
            sender=sender or Sender(name="Jon Fink", email="jon.fink@post.example"),
            language=language,
            country=Country.DE,
            formality=Formality.SIE,
        ),
        now=datetime(2026, 12, 2, 9, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    )


def read(data: bytes) -> EmailMessage:
    """The message as the standard library and a second parser read it; both must agree."""
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    assert data.isascii() and max(map(len, data.split(b"\r\n"))) <= 998  # RFC 5322 §2.1.1
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage) and not message.defects
    second = fast_mail_parser.parse_email(data)
    assert second.subject.split() == str(message["Subject"]).split()
    body = message.get_body(("plain",))
    assert body
    assert second.text_plain[0].split() == body.get_content().split()
    return message


def test_the_headers() -> None:
    message = read(compose(brief(), DRAFT, None))
    assert message["From"] == "Jon Fink <jon.fink@post.example>"
    assert message["To"] == "Rita Amsel <r.amsel@firma.example>"
    assert message["Subject"] == "AW: Einladung zum Gespräch"
    assert message["In-Reply-To"] == "<2@firma.example>"
    assert message["References"] == "<0@firma.example> <1@post.example> <2@firma.example>"
    assert message["Date"] == "Wed, 02 Dec 2026 09:30:00 +0100"
    assert message["Message-ID"].endswith("@post.example>")
    assert message["X-Unsent"] is None
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == DRAFT.text


def test_the_same_letter_is_the_same_bytes() -> None:
    assert compose(brief(), DRAFT, ANSWER) == compose(brief(), DRAFT, ANSWER)
    other = replace(DRAFT, text="Anders\n")
    ids = {read(compose(brief(), draft, None))["Message-ID"] for draft in (DRAFT, other)}
    assert len(ids) == 2


def test_what_the_caller_sets() -> None:
    message = read(compose(brief(), DRAFT, None, message_id="<x@post.example>", unsent=True))
    assert (message["Message-ID"], message["X-Unsent"]) == ("<x@post.example>", "1")


def test_the_calendar_part_stands_beside_the_text() -> None:
    message = read(compose(brief(), DRAFT, ANSWER))
    assert message.get_content_type() == "multipart/alternative"
    text, calendar = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == DRAFT.text
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params == {"method": "REPLY", "charset": "utf-8"}
    assert calendar.get_payload(decode=True) == ANSWER.ics
    found = parse_mail(compose(brief(), DRAFT, ANSWER))
    assert found.calendar_methods == ("REPLY",)
    assert found.text + "\n" == DRAFT.text


def test_an_unknown_sender_is_left_to_the_mail_program() -> None:
    message = read(compose(brief(sender=Sender(name="Jon Fink")), DRAFT, None))
    assert message["From"] is None and message["Message-ID"] is None


@pytest.mark.parametrize(
    ("subject", "language", "expected"),
    [
        ("Einladung", Language.DE, "AW: Einladung"),
        ("AW: Einladung", Language.DE, "AW: Einladung"),
        ("Re: AW: Re[2]: Einladung", Language.DE, "AW: Einladung"),
        ("RE: Interview", Language.EN, "Re: Interview"),
        ("Interview", Language.EN, "Re: Interview"),
        ("Regarding: Interview", Language.EN, "Re: Regarding: Interview"),
        ("Einladung\r\nBcc: alle@x.example", Language.DE, "AW: Einladung Bcc: alle@x.example"),
        (None, Language.DE, DRAFT.subject),
        ("  ", Language.DE, DRAFT.subject),
    ],
)
def test_subjects(subject: str | None, language: Language, expected: str) -> None:
    thread = replace(THREAD, subject=subject)
    assert (
        read(compose(brief(thread=thread, language=language), DRAFT, None))["Subject"] == expected
    )


def test_a_letter_outside_a_thread() -> None:
    message = read(compose(brief(thread=Thread()), DRAFT, None))
    assert message["Subject"] == DRAFT.subject
    assert message["In-Reply-To"] is None and message["References"] is None


def test_long_threads_are_bounded_and_long_ids_stay_whole() -> None:
    ids = tuple(f"<{n}-{'x' * 120}@firma.example>" for n in range(300))
    thread = Thread(message_id=f"<{'y' * 200}@firma.example>", references=ids, subject="Einladung")
    data = compose(brief(thread=thread), DRAFT, None)
    kept = parse_mail(data).references
    assert kept[0] == ids[0] and kept[-2:] == (ids[-1], thread.message_id)
    assert len(kept) == 22
    assert b"=?" not in data[data.index(b"References") : data.index(b"MIME-Version")]


@pytest.mark.parametrize(
    "broken", ["<a b@x>", "kein", "<a@x>\r\nBcc: y@z", "<ä@x>", "<" + "a" * 400 + ">"]
)
def test_a_broken_parent_id_is_not_repeated(broken: str) -> None:
    message = read(compose(brief(thread=replace(THREAD, message_id=broken)), DRAFT, None))
    assert message["In-Reply-To"] is None and message["Bcc"] is None


R = Mailbox(name="Rita Amsel", email="r.amsel@firma.example")


@pytest.mark.parametrize(
    ("thread", "contact", "writer", "organizer", "expected"),
    [
        ("jobs@firma.example", "r@firma.example", R, Mailbox(), "jobs@firma.example"),
        ("Jobs <jobs@firma.example>", None, R, Mailbox(), "jobs@firma.example"),
        (None, "r@firma.example", R, Mailbox(), "r@firma.example"),
        (None, None, R, Mailbox(), "r.amsel@firma.example"),
        ("noreply@firma.example", None, R, Mailbox(), "r.amsel@firma.example"),
        (None, None, Mailbox(email="no-reply@ats.example"), R, "r.amsel@firma.example"),
        (None, None, Mailbox(email="jon.fink@post.example"), R, "r.amsel@firma.example"),
        (None, None, Mailbox(email="kein"), Mailbox(), None),
        ("a@b.example\r\nBcc: c@d.example", None, R, Mailbox(), "r.amsel@firma.example"),
        (None, None, Mailbox(email="r@straße.example"), Mailbox(), "r@xn--strae-oqa.example"),
        (None, None, Mailbox(email="r@MÜNCHEN.example"), Mailbox(), "r@xn--mnchen-3ya.example"),
        (None, None, Mailbox(email="rüdiger@firma.example"), R, "r.amsel@firma.example"),
    ],
)
def test_who_gets_the_letter(
    thread: str | None,
    contact: str | None,
    writer: Mailbox,
    organizer: Mailbox,
    expected: str | None,
) -> None:
    the_brief = brief(
        thread=replace(THREAD, reply_to=thread),
        contact=Contact(email=contact),
        writer=writer,
        organizer=organizer,
    )
    found = recipient(the_brief)
    assert (found.email if found else None) == expected
    message = read(compose(the_brief, DRAFT, None))
    to = message["To"].addresses if message["To"] else ()
    assert [address.addr_spec for address in to] == ([expected] if expected else [])


def test_the_organizer_gets_the_calendar_part_too() -> None:
    the_brief = brief(thread=replace(THREAD, reply_to="jobs@firma.example"))
    expected = ("jobs@firma.example", "r.amsel@firma.example")
    assert recipients(the_brief, ANSWER) == expected
    assert recipients(the_brief, None) == expected[:1]
    message = read(compose(the_brief, DRAFT, ANSWER))
    assert tuple(address.addr_spec for address in message["To"].addresses) == expected


def test_one_person_is_written_to_once() -> None:
    answer = replace(ANSWER, recipient=Mailbox(email="R.Amsel@firma.example"))
    assert recipients(brief(), answer) == ("r.amsel@firma.example",)


@pytest.mark.parametrize(
    "address", ["kein", "a@b@c", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "ä@b.example"]
)
def test_a_sender_that_cannot_stand_in_a_mail_is_refused(address: str) -> None:
    with pytest.raises(WrongUse, match="bad_sender"):
        compose(brief(sender=Sender(name="Jon Fink", email=address)), DRAFT, None)


NASTY = st.text(max_size=80) | st.sampled_from(
    [
        "Jon\r\nBcc: alle@x.example",
        "Jon\n\nText",
        '"Fink", Jon <x@y.example>',
        "Müller, Jörg (Köln) <a@b.example>, c@d.example",
        "=?utf-8?q?a=0D=0ABcc:_x@y.example?=",
        "\u2028Bcc: x@y.example\x85",
        "李小龍" * 30,
        "\\",
        '"',
        "\ud800",
        "a\x00b",
    ]
)
KNOWN_HEADERS = {
    *("from", "to", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type", "content-transfer-encoding"),
}


@settings(max_examples=200)
@given(name=NASTY, subject=NASTY, draft_subject=NASTY, contact=NASTY, address=NASTY, parent=NASTY)
def test_nothing_can_be_injected(
    name: str, subject: str, draft_subject: str, contact: str, address: str, parent: str
) -> None:
    the_brief = brief(
        sender=Sender(name=name, email="jon.fink@post.example"),
        thread=Thread(
            subject=subject, message_id=f"<{parent}@x>", reply_to=address, references=(parent,)
        ),
        contact=Contact(name=contact, email="r@firma.example"),
    )
    draft = replace(DRAFT, subject=draft_subject)
    data = compose(
        the_brief, draft, replace(ANSWER, recipient=Mailbox(name=contact, email="o@firma.example"))
    )
    message = message_from_bytes(data, policy=policy.default)
    assert {key.lower() for key in message} <= KNOWN_HEADERS
    assert len(message.keys()) == len(set(message.keys()))
    assert data.isascii() and b"\n" not in data.replace(b"\r\n", b"")
    found = parse_mail(data)
    assert found.sender.email == "jon.fink@post.example"
    to = (*recipients(the_brief, None), "o@firma.example")
    assert tuple(mailbox.email for mailbox in found.to) == to
    assert found.text + "\n" == DRAFT.text


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=300))
def test_the_text_arrives_as_written(text: str) -> None:
    message = message_from_bytes(compose(brief(), replace(DRAFT, text=text), None))
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
