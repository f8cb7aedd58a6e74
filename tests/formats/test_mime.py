"""Mails as they come: each corpus file is named by what is odd about it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.clock import seconds

from taktvoll.errors import UnreadableInput
from taktvoll.formats.ical import parse_calendar
from taktvoll.formats.mime import (
    MAX_BYTES,
    Mail,
    looks_like_calendar,
    looks_like_mail,
    parse_mail,
    split_mbox,
)
from taktvoll.model import Mailbox

CORPUS = Path(__file__).parent / "corpus"


def mail(name: str) -> Mail:
    return parse_mail((CORPUS / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("calendar-as-octet-stream.eml", (None,)),
        ("calendar-named-by-rfc2231.eml", (None,)),
        ("calendar-is-whole-body.eml", ("REQUEST",)),
        ("calendar-twice.eml", ("REQUEST",)),
        ("calendar-base64-cut.eml", ("REQUEST",)),
        ("calendar-old-type.eml", (None,)),
    ],
)
def test_calendars_are_found_wherever_they_hide(name: str, methods: tuple[str | None, ...]) -> None:
    found = mail(name)
    assert found.calendar_methods == methods
    (event,) = parse_calendar(found.calendars[0]).events
    assert event.uid == "ab-1@firma.example"
    assert event.summary == "Vorstellungsgespräch"
    assert found.text in ("Grüezi", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("body-flowed.eml", "Wir laden Sie herzlich ein.\n\n> Ihre Frage von gestern\n\n-- \n"),
        ("body-flowed-delsp.eml", "Wir laden Sie herzlich ein."),
        ("body-unknown-charset.eml", "Schöne Grüße"),
        ("body-charset-is-a-codec.eml", "Schöne Grüße"),
        ("body-wrong-charset.eml", "Schöne Grüße"),
        ("body-no-last-boundary.eml", "Grüezi"),
        ("header-indented.eml", "Hallo"),
        ("body-alternative-plain-is-excuse.eml", "Wir laden Sie herzlich zum Gespräch ein."),
    ],
)
def test_bodies(name: str, text: str) -> None:
    assert mail(name).text.replace("--\n", "-- \n").startswith(text)


def test_html_is_read_as_a_reader_sees_it() -> None:
    found = mail("body-html-with-hidden-preheader.eml")
    assert "Versteckter" not in found.text and "Titel" not in found.text
    assert "Datum" in found.text and "9. Dezember 2026" in found.text
    assert "10:00 Uhr" in found.text and "wählen Sie" in found.text
    assert found.html_links == (("wählen Sie", "https://firma.example/termin?a=1&b=2"),)


@pytest.mark.parametrize(
    ("name", "sender", "subject"),
    [
        ("header-raw-latin1.eml", "Rita Größe", "Einladung zum Gespräch"),
        ("header-encoded-words.eml", "Größe, Rita", "Einladung zum Gespräch am 9.12."),
        ("header-indented.eml", "Rita Amsel", "Einladung"),
        ("header-comma-without-quotes.eml", "Amsel, Rita", "Einladung"),
    ],
)
def test_names_and_subjects(name: str, sender: str, subject: str) -> None:
    found = mail(name)
    assert found.sender == Mailbox(name=sender, email="r.amsel@firma.example")
    assert found.subject == subject
    assert found.to == (Mailbox(name="Jon Fink", email="jon.fink@post.example"),)


def test_the_thread() -> None:
    found = parse_mail(
        b"From: a@b.example\r\nMessage-ID: 7@b.example\r\nIn-Reply-To: <6@c.example> (gestern)\r\n"
        b"References: <4@c.example>\r\n <5@b.example> <6@c.example>\r\n"
        b"Reply-To: Team <team@b.example>\r\nDelivered-To: ich@post.example\r\n\r\nHallo"
    )
    assert found.message_id == "<7@b.example>"
    assert found.in_reply_to == "<6@c.example>"
    assert found.references == ("<4@c.example>", "<5@b.example>", "<6@c.example>")
    assert found.reply_to == Mailbox(name="Team", email="team@b.example")
    assert found.delivered_to == ("ich@post.example",)


def test_a_broken_date_gives_way_to_the_last_server() -> None:
    assert mail("header-date-broken.eml").date == datetime(2026, 12, 1, 9, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["forwarded-as-attachment.eml", "forwarded-in-base64.eml", "forwarded-as-eml-file.eml"],
)
def test_a_forwarded_mail_is_found(name: str) -> None:
    inner = mail(name).forwarded
    assert inner
    assert inner.subject == "Die eigentliche Einladung"
    assert inner.text == "Wir möchten Sie kennenlernen."


def test_a_bounce_brings_its_report_and_the_mail() -> None:
    found = mail("bounce.eml")
    assert found.auto_submitted
    assert found.report and "Status: 5.1.1" in found.report
    assert found.forwarded and found.forwarded.message_id == "<2@post.example>"


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: auto-generated; x=1", True),
        ("Auto-Submitted: no", False),
        ("X-Autoreply: yes", True),
        ("Precedence: bulk", False),
    ],
)
def test_automatic_mail(header: str, automatic: bool) -> None:
    assert parse_mail(f"{header}\n\nHallo".encode()).auto_submitted is automatic


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir()))
def test_files_are_told_apart(name: str) -> None:
    data = (CORPUS / name).read_bytes()
    nothing = name in ("photo-named.eml", "zeros.eml")
    assert looks_like_calendar(data) is (name.endswith(".ics"))
    assert looks_like_mail(data) is (name.endswith(".eml") and not nothing)


@pytest.mark.parametrize(
    "text",
    [
        "Betreff: Einladung\nVon: Rita\n\nHallo",
        "Hallo: du\nSubject: x\n",
        "Subject: x\n\nHallo",
        "",
    ],
)
def test_pasted_text_is_no_mail(text: str) -> None:
    assert not looks_like_mail(text.encode())


def test_an_mbox_is_split() -> None:
    one = b"From: a@b.example\nSubject: eins\n\nHallo\n>From hier\nFrom dort\n"
    two = b"From: a@b.example\nSubject: zwei\n\nHallo\n"
    box = (
        b"From a@b Tue Dec  1 10:00:00 2026\n"
        + one
        + b"\nFrom a@b Tue Dec  1 10:00:01 2026\n"
        + two
    )
    messages = split_mbox(box)
    assert [parse_mail(message).subject for message in messages] == ["eins", "zwei"]
    assert "\nFrom hier\nFrom dort" in parse_mail(messages[0]).text
    assert split_mbox(one) == [one]


# --- bounds -------------------------------------------------------------------------------------


def test_a_mail_too_large_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="mail_too_large"):
        parse_mail(b"x" * (MAX_BYTES + 1))


@pytest.mark.parametrize("depth", [20, 5000])
def test_a_nest_of_multiparts_ends(depth: int) -> None:
    nest = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(depth)
    )
    data = ("From: a@b.example\nSubject: x\n" + nest + "\nText\n" * 2000).encode()
    assert seconds(lambda: parse_mail(data), limit=10) < 10


def test_mails_within_mails_end() -> None:
    message = "From: a@b.example\nSubject: innen\n\nText"
    for _ in range(40):
        message = f"From: a@b.example\nSubject: x\nContent-Type: message/rfc822\n\n{message}"
    found: Mail | None = parse_mail(message.encode())
    depth = 0
    while found:
        found, depth = found.forwarded, depth + 1
    assert depth <= 7


@pytest.mark.parametrize(
    "data",
    [
        b"From: " + b"(" * 20_000 + b"\n\nx",
        b"From: a@b.example\nSubject: x\n" + b"\n" * 5_000_000,
        b"To: a@b.example\n" * 100_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\n\n<table><td>%s%s" % (b"x " * 50_000, b"<tr><td>x" * 10_000),
        b"Content-Type: text/html\n\n" + b"<p" * 200_000,
    ],
    ids=["comments", "lines", "headers", "elements", "wide_table", "open_tags"],
)
def test_a_flood_ends(data: bytes) -> None:
    assert seconds(lambda: parse_mail(data), limit=10) < 10


def test_many_parts_end() -> None:
    parts = "".join("--g\nContent-Type: text/plain\n\nx\n" for _ in range(5000))
    found = parse_mail(f'Content-Type: multipart/mixed; boundary="g"\n\n{parts}--g--'.encode())
    assert 0 < found.text.count("x") <= 500


@settings(max_examples=200)
@given(
    st.text(max_size=60),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200),
    st.sampled_from(["utf-8", "iso-8859-1", "windows-1252"]),
    st.sampled_from(["base64", "quoted-printable"]),
)
def test_what_a_mail_program_writes_is_read(
    subject: str, text: str, charset: str, encoding: str
) -> None:
    assume(not text.startswith(("ï»¿", "ÿþ", "þÿ")))  # a byte order mark, whatever the label says
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return
    message = EmailMessage(policy=policy.SMTP)
    line = " ".join("".join(c if c.isprintable() else " " for c in subject).split())
    message["Subject"] = line
    message.set_content(text, charset=charset, cte=encoding)
    found = parse_mail(message.as_bytes())
    assert found.text.split() == text.replace("\ufeff", "").split()


@settings(max_examples=200)
@given(st.sampled_from(sorted(CORPUS.iterdir())), st.data())
def test_no_mutation_is_an_exception(path: Path, data: st.DataObject) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
    for calendar in parse_mail(bytes(raw)).calendars:
        parse_calendar(calendar)
    parse_calendar(bytes(raw).decode("utf-8", "replace"))


def test_the_headers_that_tell_how_a_mail_came_about() -> None:
    mail = parse_mail(
        b"Return-Path: <>\nFrom: a@b.example\nAuto-Submitted: auto-replied\nX-Secret: no\n"
        b"X-Failed-Recipients: c@d.example\nauto-submitted: no\nSubject: x\n\n"
    )
    assert mail.origin == {
        "return-path": "<>",
        "auto-submitted": "auto-replied",
        "x-failed-recipients": "c@d.example",
    }


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("message/delivery-status", "report"),
        ("message/global-delivery-status", "report"),
        ("message/disposition-notification", "receipt"),
    ],
)
def test_the_part_of_a_report_that_machines_read(kind: str, field: str) -> None:
    mail = parse_mail(
        b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSorry.\n'
        b"--b\nContent-Type: " + kind.encode() + b"\n\nReporting-UA: a\n\nFinal-Recipient: "
        b"rfc822;a@b.example\n--b--\n"
    )
    found = getattr(mail, field)
    assert "Reporting-UA: a" in found
    assert "Final-Recipient: rfc822;a@b.example" in found
    assert mail.text == "Sorry."
