"""The fault matrix: whatever a server does, the state afterwards and the sentence a person reads.

Each row is run against a scripted server. The whole table is ``docs/faults.md``, which
``--update-golden`` writes anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.edges.conftest import Strike
from tests.rigs.faulty_http import FaultyHttp, reply
from tests.rigs.faulty_imap import FaultyImap
from tests.rigs.faulty_smtp import FaultySmtp
from tests.rigs.process import PASSWORD
from tests.rigs.scripted import DROP, HANG, RESET, Drip, Flood, Scripted

from taktvoll.edges.caldav import CalDav
from taktvoll.edges.imap import ImapMailbox
from taktvoll.edges.smtp import SmtpCourier
from taktvoll.messages import say
from taktvoll.model import ActState, Language, Server, Tls
from taktvoll.ports import Entry, Folder, Outcome, Place, Unreachable

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"

ACCEPTED, TEMPORARY = ActState.ACCEPTED, ActState.TEMPORARY
PERMANENT, UNKNOWN = ActState.PERMANENT, ActState.UNKNOWN

MAIL = b"Subject: Absage\r\nMessage-ID: <one@b.test>\r\n\r\nhi\r\n"
ICS = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@dataclass(frozen=True)
class Row:
    """What a server does, and what becomes of the act. ``also`` goes to the scripted server."""

    what: str
    script: dict[str, list[Any]]
    state: ActState
    code: str
    also: dict[str, Any] = field(default_factory=dict)
    tls: Tls = Tls.NONE
    slow: str | None = None  # the stage at which our time is over
    delivered: int | None = None  # mails that the server has got in full


SMTP = [
    Row("all is well", {}, ACCEPTED, "sent", delivered=1),
    Row("greets with 554", {"CONNECT": ["554 go away"]}, PERMANENT, "server_refused"),
    Row("greets with 421", {"CONNECT": ["421 too busy"]}, TEMPORARY, "not_now"),
    Row("greets as something else", {"CONNECT": ["HTTP/1.1 400 Bad"]}, PERMANENT,
        "not_a_mail_server"),
    Row("hangs up instead of greeting", {"CONNECT": [DROP]}, TEMPORARY, "connection_lost"),
    Row("never greets", {"CONNECT": [HANG]}, TEMPORARY, "timeout", slow="CONNECT"),
    Row("greets one byte at a time, for ever", {"CONNECT": [Drip(b"220-hi\r\n")]}, TEMPORARY,
        "timeout", slow="CONNECT"),
    Row("never ends its greeting", {"CONNECT": [Flood(b"220-hi\r\n")]}, TEMPORARY,
        "connection_lost"),
    Row("refuses EHLO", {"EHLO": ["502 no"]}, PERMANENT, "server_refused"),
    Row("does not offer STARTTLS", {}, PERMANENT, "tls_not_offered", tls=Tls.STARTTLS),
    Row("refuses STARTTLS for now", {"STARTTLS": ["454 no"]}, TEMPORARY, "not_now",
        also={"offers": ("STARTTLS", "AUTH PLAIN")}, tls=Tls.STARTTLS),
    Row("refuses STARTTLS", {"STARTTLS": ["501 no"]}, PERMANENT, "tls_not_offered",
        also={"offers": ("STARTTLS", "AUTH PLAIN")}, tls=Tls.STARTTLS),
    Row("speaks no TLS on a port for TLS", {}, TEMPORARY, "tls_failed", tls=Tls.IMPLICIT),
    Row("shows a certificate that nobody vouches for", {}, TEMPORARY, "certificate_untrusted",
        also={"implicit": True, "tls": "untrusted"}, tls=Tls.IMPLICIT),
    Row("takes no passwords", {}, PERMANENT, "login_not_offered", also={"offers": ("SIZE 9999",)}),
    Row("refuses the password", {"AUTH": ["535 5.7.8 no"]}, PERMANENT, "login_refused"),
    Row("asks for an app password", {"AUTH": ["534 5.7.9 app password needed"]}, PERMANENT,
        "login_app_password"),
    Row("cannot check the password now", {"AUTH": ["454 4.7.0 later"]}, TEMPORARY, "not_now"),
    Row("refuses the sender", {"MAIL": ["550 5.7.1 not yours"]}, PERMANENT, "sender_refused"),
    Row("asks for a login after all", {"MAIL": ["530 5.7.0 log in"]}, PERMANENT, "login_refused"),
    Row("says at MAIL that it is too busy", {"MAIL": ["421 4.3.2 closing"]}, TEMPORARY, "not_now"),
    Row("takes no mail of that size", {}, PERMANENT, "message_too_large",
        also={"offers": ("AUTH PLAIN", "SIZE 10")}),
    Row("refuses the employer's address", {"RCPT": ["550 5.1.1 unknown"]}, PERMANENT,
        "recipient_refused"),
    Row("says that the employer's mailbox is full", {"RCPT": ["552 5.2.2 full"]}, PERMANENT,
        "recipient_refused"),
    Row("does not take the employer's address now", {"RCPT": ["450 4.2.0 greylisted"]}, TEMPORARY,
        "not_now"),
    Row("refuses the second of two addresses", {"RCPT": ["250 ok", "550 unknown"]}, ACCEPTED,
        "sent_in_part", delivered=1),
    Row("hangs up before the text", {"DATA": [DROP]}, TEMPORARY, "connection_lost"),
    Row("resets the connection before the text", {"DATA": [RESET]}, TEMPORARY, "connection_lost"),
    Row("refuses the text before it comes", {"DATA": ["554 5.7.1 no"]}, PERMANENT,
        "message_refused"),
    Row("does not take the text now", {"DATA": ["451 4.3.0 later"]}, TEMPORARY, "not_now"),
    Row("never asks for the text", {"DATA": [HANG]}, TEMPORARY, "timeout", slow="DATA"),
    Row("refuses the text as spam", {"DOT": ["554 5.7.1 spam"]}, PERMANENT, "message_refused",
        delivered=1),
    Row("has no room for the text", {"DOT": ["452 4.3.1 no room"]}, TEMPORARY, "not_now",
        delivered=1),
    Row("finds the text too large", {"DOT": ["552 5.3.4 too large"]}, PERMANENT,
        "message_too_large", delivered=1),
    Row("hangs up after the end of the text", {"DOT": [DROP]}, UNKNOWN, "perhaps_sent",
        delivered=1),
    Row("resets the connection after the end of the text", {"DOT": [RESET]}, UNKNOWN,
        "perhaps_sent", delivered=1),
    Row("never answers the end of the text", {"DOT": [HANG]}, UNKNOWN, "perhaps_sent",
        slow="DOT", delivered=1),
    Row("answers the end of the text with nonsense", {"DOT": ["what?"]}, UNKNOWN, "perhaps_sent",
        delivered=1),
    Row("says something strange before", {"MAIL": ["999 what?"]}, TEMPORARY, "not_understood"),
    Row("never says goodbye", {"QUIT": [HANG]}, ACCEPTED, "sent", slow="QUIT", delivered=1),
]  # fmt: skip

IMAP = [
    Row("all is well", {}, ACCEPTED, "kept"),
    Row("knows neither UIDPLUS nor IDLE nor special folders", {}, ACCEPTED, "kept",
        also={"offers": "IMAP4rev1"}),
    Row("greets with BYE", {"CONNECT": ["* BYE too busy"]}, TEMPORARY, "not_now"),
    Row("greets as something else", {"CONNECT": ["220 an SMTP server"]}, PERMANENT,
        "not_a_mail_server"),
    Row("hangs up instead of greeting", {"CONNECT": [DROP]}, TEMPORARY, "connection_lost"),
    Row("never greets", {"CONNECT": [HANG]}, TEMPORARY, "timeout", slow="CONNECT"),
    Row("does not offer STARTTLS", {}, PERMANENT, "tls_not_offered", tls=Tls.STARTTLS),
    Row("takes no passwords", {}, PERMANENT, "login_not_offered",
        also={"offers": "IMAP4rev1 LOGINDISABLED"}),
    Row("refuses the password",
        {"AUTHENTICATE": ["{tag} NO [AUTHENTICATIONFAILED] wrong password"]}, PERMANENT,
        "login_refused"),
    Row("refuses the password without a code", {"AUTHENTICATE": ["{tag} NO sorry"]}, PERMANENT,
        "login_refused"),
    Row("asks for an app password",
        {"AUTHENTICATE": ["{tag} NO [ALERT] Application-specific password required"]}, PERMANENT,
        "login_app_password"),
    Row("cannot check the password now", {"AUTHENTICATE": ["{tag} NO [UNAVAILABLE] later"]},
        TEMPORARY, "not_now"),
    Row("says goodbye at the login", {"AUTHENTICATE": ["* BYE closing"]}, TEMPORARY, "not_now"),
    Row("hangs up at the login", {"AUTHENTICATE": [DROP]}, TEMPORARY, "connection_lost"),
    Row("has no such folder", {"APPEND": ["{tag} NO [TRYCREATE] none"]}, PERMANENT,
        "folder_missing"),
    Row("lets nobody write there", {"APPEND": ["{tag} NO [NOPERM] no"]}, PERMANENT,
        "folder_refused"),
    Row("has a full mailbox", {"LITERAL": ["{tag} NO [OVERQUOTA] full"]}, PERMANENT,
        "mailbox_full"),
    Row("refuses without a code", {"LITERAL": ["{tag} NO for no reason"]}, PERMANENT,
        "server_refused"),
    Row("calls it BAD", {"APPEND": ["{tag} BAD what?"]}, PERMANENT, "server_refused"),
    Row("hangs up before the text", {"APPEND": [DROP]}, TEMPORARY, "connection_lost"),
    Row("hangs up after the text", {"LITERAL": [DROP]}, UNKNOWN, "perhaps_kept"),
    Row("never answers the text", {"LITERAL": [HANG]}, UNKNOWN, "perhaps_kept", slow="LITERAL"),
    Row("answers with nonsense", {"LIST": ["\x01\x02"]}, TEMPORARY, "not_understood"),
    Row("answers without end", {"LIST": ["* " + "x" * 1_100_000]}, TEMPORARY, "not_understood"),
]  # fmt: skip

READING = [
    Row("announces a mail of 100 MB",
        {"UID FETCH": ["* 1 FETCH (UID 1 BODY[] {104857600}\r\n"]}, TEMPORARY, "not_understood"),
    Row("hangs up while a mail comes", {"UID FETCH": [DROP]}, TEMPORARY, "connection_lost"),
    Row("says goodbye while it is read", {"EXAMINE": ["* BYE closing"]}, TEMPORARY, "not_now"),
    Row("has no such folder", {"EXAMINE": ["{tag} NO [NONEXISTENT] none"]}, PERMANENT,
        "folder_missing"),
]  # fmt: skip

CALDAV = [
    Row("all is well", {"PUT": [reply(201)]}, ACCEPTED, "calendar_written"),
    Row("refuses the password", {"PUT": [reply(401)]}, PERMANENT, "login_refused"),
    Row("lets nobody write there", {"PUT": [reply(403)]}, PERMANENT, "calendar_refused"),
    Row("has another object of that UID", {"PUT": [reply(403, "<C:no-uid-conflict/>")]}, PERMANENT,
        "calendar_changed"),
    Row("has no such calendar", {"PUT": [reply(409)]}, PERMANENT, "calendar_missing"),
    Row("says that the entry has changed", {"PUT": [reply(412)]}, PERMANENT, "calendar_changed"),
    Row("has no room", {"PUT": [reply(507)]}, PERMANENT, "calendar_full"),
    Row("is too busy", {"PUT": [reply(503)]}, TEMPORARY, "not_now"),
    Row("is broken", {"PUT": [reply(500)]}, TEMPORARY, "not_now"),
    Row("sends us to a strange host", {"PUT": [reply(302, Location="https://evil.test/")]},
        PERMANENT, "redirected_elsewhere"),
    Row("sends us in circles", {"PUT": [reply(302, Location="/")] * 9}, PERMANENT,
        "redirected_elsewhere"),
    Row("answers with nonsense", {"PUT": ["220 an SMTP server\r\n\r\n"]}, UNKNOWN,
        "perhaps_written"),
    Row("hangs up without an answer", {"PUT": [DROP]}, UNKNOWN, "perhaps_written"),
    Row("never answers", {"PUT": [HANG]}, UNKNOWN, "perhaps_written", slow="PUT"),
]  # fmt: skip

FINDING = [
    Row("refuses the password", {"REPORT": [reply(401)]}, PERMANENT, "login_refused"),
    Row("is no calendar server", {"REPORT": [reply(405)]}, PERMANENT, "calendar_missing"),
    Row("sends XML with entities",
        {"REPORT": [reply(207, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')]}, TEMPORARY,
        "not_understood"),
    Row("sends more than 5 MB", {"REPORT": [reply(207, "x" * 5_300_000)]}, PERMANENT,
        "answer_too_large"),
    Row("hangs up without an answer", {"REPORT": [DROP]}, TEMPORARY, "connection_lost"),
    Row("never answers", {"REPORT": [HANG]}, TEMPORARY, "timeout", slow="REPORT"),
]  # fmt: skip


def rows(table: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", table, ids=lambda row: row.what)


def server(row: Row, port: int) -> Server:
    host = "127.0.0.1" if row.tls is Tls.NONE else "localhost"
    return Server(host=host, port=port, tls=row.tls, user="me")


def begin(scripted: Scripted, row: Row, strike: Strike) -> None:
    if row.slow:
        strike(scripted, row.slow)


def mailbox_at(imap: FaultyImap, row: Row) -> ImapMailbox:
    return ImapMailbox(server(row, imap.port), PASSWORD)


def expect(outcome: Outcome, row: Row) -> None:
    assert (outcome.state, outcome.code) == (row.state, row.code), outcome


@rows(SMTP)
def test_smtp(row, authority, strike):
    also = {**row.also, "tls": authority.server() if row.also.get("tls") else None}
    with FaultySmtp(row.script, **also) as smtp:
        begin(smtp, row, strike)
        courier = SmtpCourier(server(row, smtp.port), PASSWORD)
        outcome = courier.send(MAIL, sender="me@b.test", recipients=["a@b.test", "c@b.test"])
    expect(outcome, row)
    assert len(smtp.mails) == (row.delivered or 0)


@rows(IMAP)
def test_imap(row, strike):
    with FaultyImap(row.script, **row.also) as imap, mailbox_at(imap, row) as mailbox:
        begin(imap, row, strike)
        expect(mailbox.append(Folder.SENT, MAIL, seen=True), row)


@rows(READING)
def test_reading_imap(row):
    with FaultyImap(row.script, mails=[MAIL]) as imap, mailbox_at(imap, row) as mailbox:
        expect(_failure(lambda: mailbox.fresh(Place(folder="INBOX", validity=1, uid=0))), row)


@rows(CALDAV)
def test_caldav(row, strike):
    with FaultyHttp(row.script) as http:
        begin(http, row, strike)
        calendar = CalDav(f"{http.url}job/", "me", PASSWORD)
        entry = Entry(url=f"{http.url}job/u1.ics", etag='"1"', schedule_tag=None, ics=ICS)
        expect(calendar.put(ICS, replacing=entry), row)
    assert http.asked[0].headers["if-match"] == '"1"'


@rows(FINDING)
def test_finding_by_caldav(row, strike):
    with FaultyHttp(row.script) as http:
        begin(http, row, strike)
        calendar = CalDav(f"{http.url}job/", "me", PASSWORD)
        expect(_failure(lambda: calendar.find("u1")), row)


def test_where_nothing_listens():
    with FaultySmtp() as gone:
        pass
    nobody = Server(host="127.0.0.1", port=gone.port, tls=Tls.NONE, user="me")
    refused = Outcome.temporary("connection_refused")
    assert SmtpCourier(nobody, PASSWORD).try_out() == refused
    assert ImapMailbox(nobody, PASSWORD).try_out() == refused
    assert CalDav(f"http://127.0.0.1:{gone.port}/", "me", PASSWORD).try_out() == refused


@pytest.mark.parametrize("host", ["nothing.invalid", "two..dots.test", "a" * 70 + ".test"])
def test_where_there_is_no_such_host(host):
    there = Server(host=host, port=993, tls=Tls.IMPLICIT, user="me")
    for outcome in (
        SmtpCourier(there, PASSWORD, longest=20).try_out(),
        ImapMailbox(there, PASSWORD, longest=20).try_out(),
        CalDav(f"https://{host}/", "me", PASSWORD, longest=20).try_out(),
    ):
        # a machine without a network cannot tell whether there is such a host
        assert outcome.code in ("host_unknown", "no_network", "address_of_server_malformed")


def test_the_table_in_the_manual_is_this_one(update_golden):
    page = _page()
    if update_golden:
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def _failure(act: Callable[[], object]) -> Outcome:
    with pytest.raises(Unreachable) as raised:
        act()
    return raised.value.outcome


def _page() -> str:
    lines = [
        "# When a server fails",
        "",
        "Whatever a mail or calendar server does, the act has one of four states afterwards, and",
        "the person reads one sentence. Each row is a test (`tests/edges/test_faults.py`), which",
        "also keeps this page.",
        "",
        "`temporary` is tried again while it can still arrive in time. `unknown` is never blindly",
        "done again.",
    ]
    for title, table in (
        ("Sending (SMTP)", SMTP),
        ("Keeping a copy or a draft (IMAP)", IMAP),
        ("Reading (IMAP)", READING),
        ("Writing to a calendar (CalDAV)", CALDAV),
        ("Finding in a calendar (CalDAV)", FINDING),
    ):
        lines += ["", f"## {title}", "", "| The server … | state | German | English |"]
        lines += ["|---|---|---|---|"]
        for row in table:
            said = (say(f"outcome.{row.code}", language) for language in Language)
            lines.append(f"| {row.what} | {row.state} | {' | '.join(said)} |")
    return "\n".join(lines) + "\n"
