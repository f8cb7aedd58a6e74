"""The servers of the tests are what they say: a broken rig must not look like a broken edge."""

from __future__ import annotations

import smtplib
import socket

import httpx
import pytest
from tests.rigs.faulty_smtp import FaultySmtp
from tests.rigs.process import DOMAIN, PASSWORD, Missing, need, wait_until
from tests.rigs.scripted import DROP, HANG

MAIL = b"Subject: hi\r\n\r\n.one dot\r\n"


def test_each_mailbox_is_fresh_and_takes_mail(dovecot_server):
    user, other = dovecot_server.user(), dovecot_server.user()
    dovecot_server.deliver(MAIL, user)
    assert [mail.endswith(MAIL) for mail in dovecot_server.mails(user)] == [True]
    assert dovecot_server.mails(other) == []


def test_who_has_no_mailbox_gets_no_mail(dovecot_server):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        dovecot_server.deliver(MAIL, f"ghost@{DOMAIN}")


def test_submission_asks_for_the_password_and_hands_over(dovecot_server, submission_server):
    user = dovecot_server.user()
    with smtplib.SMTP("127.0.0.1", submission_server.port, local_hostname="here") as client:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(user, "wrong")
        client.login(user, PASSWORD)
        client.sendmail(user, [user], MAIL)
    assert submission_server.handed[-1].message == MAIL
    assert dovecot_server.mails(user)[0].endswith(MAIL)


def test_submission_takes_no_password_before_tls(submission_tls, authority):
    with smtplib.SMTP("localhost", submission_tls.port, local_hostname="here") as client:
        with pytest.raises(smtplib.SMTPException):
            client.login("a@example.test", PASSWORD)
        client.starttls(context=authority.trusted())
        client.login("a@example.test", PASSWORD)


def test_postfix_relays_for_who_logs_in_alone(dovecot_server, postfix_port, authority):
    user = dovecot_server.user()
    with smtplib.SMTP("localhost", postfix_port, local_hostname="here") as client:
        client.starttls(context=authority.trusted())
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail(user, [user], MAIL)
        client.login(user, PASSWORD)
        client.sendmail(user, [user], MAIL)


def test_radicale_keeps_users_apart_and_does_not_schedule(radicale_server):
    user, other = radicale_server.user(), radicale_server.user()
    url = radicale_server.calendar(user)
    assert httpx.request("PROPFIND", url, auth=(other, PASSWORD)).status_code == 403
    offers = httpx.options(url, auth=(user, PASSWORD)).headers["DAV"]
    assert "calendar-access" in offers
    assert "calendar-auto-schedule" not in offers


def test_cyrus_schedules_and_asks_for_the_password(cyrus_server):
    user = cyrus_server.user()
    url = cyrus_server.calendar(user)
    assert httpx.options(url, auth=(user, "wrong")).status_code == 401
    offers = httpx.options(url, auth=(user, PASSWORD)).headers["DAV"]
    assert "calendar-auto-schedule" in offers


def test_what_a_machine_lacks_is_named():
    with pytest.raises(Missing, match=r"^/no/such/program$"):
        need("/bin/sh", "/no/such/program")


def test_a_script_is_followed_stage_by_stage_and_then_all_is_well():
    with FaultySmtp({"RCPT": ["550 no", DROP]}) as server:
        for expected in (smtplib.SMTPRecipientsRefused, smtplib.SMTPServerDisconnected):
            with pytest.raises(expected):
                _send(server.port)
        assert _send(server.port) == {}
        assert [(mail.message, mail.acknowledged) for mail in server.mails] == [(MAIL, True)]


def test_what_hangs_is_let_go_at_the_end():
    with FaultySmtp({"CONNECT": [HANG]}) as server:
        client = socket.create_connection(("127.0.0.1", server.port), 5)
        wait_until(lambda: server.log == ["CONNECT"])
    with client:
        assert client.recv(1) == b""


def _send(port: int) -> dict[str, tuple[int, bytes]]:
    client = smtplib.SMTP("127.0.0.1", port, local_hostname="here", timeout=5)
    try:
        return client.sendmail("a@b.test", ["c@d.test"], MAIL)
    finally:
        client.close()
