"""Sending through real servers: what arrives is what was handed over, and nobody else listens."""

from __future__ import annotations

import ssl
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rigs.faulty_smtp import FaultySmtp
from tests.rigs.process import DOMAIN, PASSWORD, wait_until
from tests.rigs.scripted import HANG, Drip, Flood

from taktvoll.edges.connection import Deadline, connect, spoken
from taktvoll.edges.smtp import HELLO, SmtpCourier
from taktvoll.model import ActState, Server, Tls
from taktvoll.ports import Outcome

# a dot at the start of lines, lines of dots, spaces at their ends, an empty line at the end
MAIL = (
    b"From: mira@example.test\r\nTo: employer@example.test\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <one@example.test>\r\n"
    b"Date: Wed, 2 Dec 2026 09:00:00 +0100\r\n\r\n"
    b".\r\n..\r\n.hidden\r\nends with a space \r\n\ttab\t\r\n\r\n"
)


def plain(port: int, user: str = "candidate-1@example.test") -> Server:
    return Server(host="127.0.0.1", port=port, tls=Tls.NONE, user=user)


def send(courier: SmtpCourier, to: str, message: bytes = MAIL) -> Outcome:
    return courier.send(message, sender=f"mira@{DOMAIN}", recipients=[to])


def test_what_arrives_is_byte_for_byte_what_was_handed_over(dovecot_server, submission_server):
    employer = dovecot_server.user("employer")
    courier = SmtpCourier(plain(submission_server.port), PASSWORD)
    assert send(courier, employer) == Outcome.accepted("sent")
    assert submission_server.handed[-1].message == MAIL
    assert submission_server.handed[-1].recipients == (employer,)
    stored = dovecot_server.mails(employer)
    assert len(stored) == 1
    trace, _, _ = stored[0].partition(b"From:")  # what the servers on the way put on top
    assert stored[0] == trace + MAIL


def test_nobody_learns_the_name_of_the_machine(dovecot_server, submission_server):
    send(
        SmtpCourier(plain(submission_server.port), PASSWORD),
        dovecot_server.user("employer"),
    )
    assert submission_server.handed[-1].hello == HELLO


def test_by_starttls(dovecot_server, submission_tls, authority):
    employer = dovecot_server.user("employer")
    server = Server(host="localhost", port=submission_tls.port, tls=Tls.STARTTLS, user="a@b.test")
    courier = SmtpCourier(server, PASSWORD, ssl_context=authority.trusted())
    assert send(courier, employer).state is ActState.ACCEPTED
    assert submission_tls.handed[-1].message == MAIL


def test_by_tls_from_the_first_byte(authority):
    with FaultySmtp(tls=authority.server(), implicit=True) as server:
        courier = SmtpCourier(
            Server(host="localhost", port=server.port, tls=Tls.IMPLICIT, user="me"),
            "päßwort",
            ssl_context=authority.trusted(),
        )
        assert send(courier, "a@b.test").code == "sent"
    assert server.mails[0].message == MAIL


def test_through_postfix(dovecot_server, postfix_port, authority):
    candidate, employer = dovecot_server.user(), dovecot_server.user("employer")
    server = Server(host="localhost", port=postfix_port, tls=Tls.STARTTLS, user=candidate)
    courier = SmtpCourier(server, PASSWORD, ssl_context=authority.trusted())
    assert send(courier, employer).code == "sent"
    wait_until(lambda: bool(dovecot_server.mails(employer)))
    assert dovecot_server.mails(employer)[0].endswith(MAIL[MAIL.index(b"Subject") :])


def test_an_untrusted_certificate_gets_no_password(submission_tls):
    server = Server(host="localhost", port=submission_tls.port, tls=Tls.STARTTLS, user="a@b.test")
    before = len(submission_tls.handed)
    assert SmtpCourier(server, PASSWORD).try_out() == Outcome.temporary("certificate_untrusted")
    assert len(submission_tls.handed) == before


def test_a_certificate_of_somebody_else_gets_no_password(authority):
    with FaultySmtp(tls=authority.server(), implicit=True) as server:
        # 127.0.0.2 is this machine too, and not in the certificate
        courier = SmtpCourier(
            Server(host="127.0.0.1", port=server.port, tls=Tls.IMPLICIT, user="me"),
            PASSWORD,
            ssl_context=_for_another(authority.trusted()),
        )
        assert courier.try_out() == Outcome.temporary("certificate_other_host")
    assert server.log == []


def _for_another(context: ssl.SSLContext) -> ssl.SSLContext:
    """Trusts the authority, and asks for the name of a server that is not this one."""

    class Elsewhere(ssl.SSLContext):
        def wrap_socket(self, sock, server_hostname):
            return context.wrap_socket(sock, server_hostname="mail.elsewhere.test")

    return Elsewhere(ssl.PROTOCOL_TLS_CLIENT)


def test_a_password_goes_to_no_other_machine_in_the_clear():
    courier = SmtpCourier(Server(host="192.0.2.1", port=25, tls=Tls.NONE, user="me"), PASSWORD)
    assert courier.try_out() == Outcome.permanent("tls_missing")


def test_where_starttls_is_not_offered_nothing_is_said_in_the_clear():
    with FaultySmtp() as server:
        courier = SmtpCourier(
            Server(host="localhost", port=server.port, tls=Tls.STARTTLS, user="me"), PASSWORD
        )
        assert send(courier, "a@b.test") == Outcome.permanent("tls_not_offered")
    assert [line.split(" ")[0].upper() for line in server.said] == ["EHLO", "QUIT"]


def test_the_second_recipient_may_be_refused_the_first_may_not():
    both = ["employer@b.test", "assistant@b.test"]
    with FaultySmtp({"RCPT": ["550 no such user"]}) as server:
        courier = SmtpCourier(plain(server.port), PASSWORD)
        outcome = courier.send(MAIL, sender="me@b.test", recipients=both)
        assert outcome == Outcome.permanent("recipient_refused", "no such user")
        assert server.mails == []
    with FaultySmtp({"RCPT": ["250 ok", "550 no such user"]}) as server:
        courier = SmtpCourier(plain(server.port), PASSWORD)
        outcome = courier.send(MAIL, sender="me@b.test", recipients=both)
        assert outcome == Outcome.accepted("sent_in_part", refused=("assistant@b.test",))
        assert len(server.mails) == 1


def test_a_server_that_never_comes_to_an_end_is_left_in_time():
    with FaultySmtp({"CONNECT": [Drip(b"220-still here\r\n")]}) as server:
        begun = time.monotonic()
        outcome = send(SmtpCourier(plain(server.port), PASSWORD, longest=0.2), "a@b.test")
        assert outcome == Outcome.temporary("timeout")
        assert 0.2 <= time.monotonic() - begun < 10


@pytest.mark.parametrize("stage", ["CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", [HANG, Drip(b"250-still here\r\n"), Drip(b"x")])
def test_where_time_is_over_before_the_end_nothing_was_sent(stage, fault, strike):
    with FaultySmtp({stage: [fault]}) as server:
        strike(server, stage)
        outcome = send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test")
    assert outcome == Outcome.temporary("timeout")
    assert server.mails == []


@pytest.mark.parametrize("fault", [HANG, Drip(b"250-still here\r\n")])
def test_where_time_is_over_after_the_end_it_is_left_open(fault, strike):
    with FaultySmtp({"DOT": [fault]}) as server:
        strike(server, "DOT")
        outcome = send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test")
    assert outcome == Outcome.unknown("perhaps_sent")
    assert [mail.message for mail in server.mails] == [MAIL]


def test_a_slow_goodbye_changes_nothing(strike):
    with FaultySmtp({"QUIT": [HANG]}) as server:
        strike(server, "QUIT")
        courier = SmtpCourier(plain(server.port), PASSWORD)
        assert send(courier, "a@b.test") == Outcome.accepted("sent")


@pytest.mark.parametrize("reply", ["200 fine", "251 forwarded", "259 thanks"])
def test_any_yes_after_the_end_is_a_yes(reply):
    with FaultySmtp({"DOT": [reply]}) as server:
        assert send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test").code == "sent"


@pytest.mark.parametrize("reply", ["354 go on", "hello", "", "999 what", "250", "2x0 ok"])
def test_what_is_no_answer_after_the_end_is_never_a_no(reply):
    with FaultySmtp({"DOT": [reply]}) as server:
        outcome = send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test")
    assert outcome.state in (ActState.UNKNOWN, ActState.ACCEPTED)
    assert (outcome.state is ActState.ACCEPTED) == (reply == "250")


def test_too_large_is_known_before_it_is_sent():
    with FaultySmtp(offers=("AUTH PLAIN", "SIZE 20")) as server:
        outcome = send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test")
    assert outcome == Outcome.permanent("message_too_large")
    assert "MAIL" not in server.log


@pytest.mark.parametrize("size", ["", "0", "lots", "9" * 400])
def test_a_size_that_says_nothing_holds_nothing_up(size):
    with FaultySmtp(offers=("AUTH PLAIN", f"SIZE {size}")) as server:
        assert send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test").code == "sent"


def test_by_login_where_plain_is_not_offered():
    with FaultySmtp(offers=("AUTH LOGIN CRAM-MD5",)) as server:
        assert SmtpCourier(plain(server.port), PASSWORD).try_out().code == "connected"
    with FaultySmtp(offers=("AUTH XOAUTH2",)) as server:
        outcome = SmtpCourier(plain(server.port), PASSWORD).try_out()
        assert outcome == Outcome.permanent("login_not_offered")


def test_without_a_user_nobody_logs_in():
    with FaultySmtp() as server:
        assert send(SmtpCourier(plain(server.port, user=""), None), "a@b.test").code == "sent"
    assert "AUTH" not in server.log


def test_without_a_password_nothing_is_tried():
    with FaultySmtp() as server:
        outcome = SmtpCourier(plain(server.port), None).try_out()
    assert outcome == Outcome.permanent("no_password")
    assert server.log == []


@pytest.mark.parametrize(
    "address",
    ["a@b.test>\r\nRCPT TO:<x@y.test", "a@b.test\n", "a b@c.test", "<a@b.test>", "jürgen@b.test",
     "@b.test", "a@", "a", "", "a@b.test\0", "a" * 250 + "@b.test", "a@b@c.test"],
)  # fmt: skip
def test_what_is_no_address_reaches_no_server(address):
    with FaultySmtp() as server:
        courier = SmtpCourier(plain(server.port), PASSWORD)
        for sender, recipient in ((address, "a@b.test"), ("a@b.test", address)):
            outcome = courier.send(MAIL, sender=sender, recipients=[recipient])
            assert outcome == Outcome.permanent("address_malformed")
    assert server.log == []


@pytest.mark.parametrize(
    "message",
    [b"", b"a", b"a\n", b"a\r", b"a\n.\r\nMAIL FROM:<x@y.test>\r\n", b"a\r.\r\n", b"\0\r\n",
     "ü\r\n".encode()],
)  # fmt: skip
def test_a_text_that_could_smuggle_a_second_mail_reaches_no_server(message):
    with FaultySmtp() as server:
        outcome = send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test", message)
    assert outcome == Outcome.permanent("message_malformed")
    assert server.log == []


def test_the_servers_words_never_hold_the_password():
    echo = "500 what is AUTH PLAIN AGNhbmRpZGF0ZS0xQGV4YW1wbGUudGVzdABzZWNyZXQ= ?"
    for said in (echo, f"535 {PASSWORD} is wrong", "535 c2VjcmV0 is wrong"):
        with FaultySmtp({"AUTH": [said]}) as server:
            outcome = SmtpCourier(plain(server.port), PASSWORD).try_out()
        assert outcome.state is ActState.PERMANENT
        assert outcome.said is None


@given(st.text() | st.binary())
def test_what_a_server_says_is_one_short_line(words):
    said = spoken(words)
    assert said is None or (said.isprintable() and said == said.strip() and 0 < len(said) <= 200)


def test_a_reply_without_end_is_given_up():
    with FaultySmtp({"EHLO": [Flood(b"250-more\r\n")]}) as server:
        outcome = SmtpCourier(plain(server.port), PASSWORD).try_out()
    assert outcome.state is ActState.TEMPORARY
    with FaultySmtp({"DOT": [Flood(b"x" * 100)]}) as server:
        outcome = send(SmtpCourier(plain(server.port), PASSWORD), "a@b.test")
    assert outcome == Outcome.unknown("perhaps_sent")


def test_a_deadline_that_has_passed_lets_nobody_connect():
    with FaultySmtp() as server, Deadline(0.001) as deadline:
        wait_until(lambda: deadline.passed)
        with pytest.raises(TimeoutError):
            connect("127.0.0.1", server.port, deadline)
