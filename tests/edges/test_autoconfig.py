"""What a domain says of its servers: taken over TLS alone, and never more than it may."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rigs.faulty_http import FaultyHttp, reply
from tests.rigs.scripted import DROP

from taktvoll.edges.autoconfig import Suggestion, look_up, read
from taktvoll.model import Server, Tls

ADDRESS = "mira.sandner@example.test"


def server(tag: str, kind: str, host: str, port: object, tls: str, *ways: str) -> str:
    authentication = "".join(f"<authentication>{way}</authentication>" for way in ways)
    return (
        f'<{tag} type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
        f"<socketType>{tls}</socketType><username>%EMAILADDRESS%</username>{authentication}</{tag}>"
    )


def config(*servers: str) -> str:
    provider = f'<emailProvider id="example.test">{"".join(servers)}</emailProvider>'
    return f'<?xml version="1.0"?><clientConfig version="1.1">{provider}</clientConfig>'


SMTP = server("outgoingServer", "smtp", "smtp.%EMAILDOMAIN%", 465, "SSL", "password-cleartext")
IMAP = server("incomingServer", "imap", "imap.example.test", 143, "STARTTLS", "password-cleartext")
GOOD = config(SMTP, IMAP)

FOUND = Suggestion(
    smtp=Server(host="smtp.example.test", port=465, tls=Tls.IMPLICIT, user=ADDRESS),
    imap=Server(host="imap.example.test", port=143, tls=Tls.STARTTLS, user=ADDRESS),
    foreign=False,
)


@pytest.fixture
def domain(monkeypatch, authority):
    """Lets every host of example.test be a scripted server of this machine."""

    def serve(scripted: FaultyHttp) -> None:
        def here(host, port, *_, **__):
            assert port == 443
            if not f".{host}".endswith(".example.test"):
                raise AssertionError(f"{host} was asked")
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", scripted.port))]

        monkeypatch.setattr(socket, "getaddrinfo", here)

    return serve


FIRST, SECOND = "GET /mail/config-v1.1.xml", "GET /.well-known/autoconfig/mail/config-v1.1.xml"


@pytest.mark.parametrize("place", [FIRST, SECOND])
def test_the_servers_are_found_in_either_place(domain, authority, place):
    with FaultyHttp(always={place: reply(200, GOOD)}, tls=authority.server()) as scripted:
        domain(scripted)
        assert look_up(ADDRESS, ssl_context=authority.trusted()) == FOUND
    assert not any("mira" in str(asked) for asked in scripted.asked)
    assert "authorization" not in scripted.asked[0].headers


def test_without_a_trusted_certificate_nothing_is_believed(domain, authority):
    with FaultyHttp(always={"GET": reply(200, GOOD)}, tls=authority.server()) as scripted:
        domain(scripted)
        assert look_up(ADDRESS) is None
    assert scripted.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        reply(302, Location="https://evil.test/config.xml"),
        reply(302, Location="http://autoconfig.example.test/config.xml"),
        reply(500), reply(404), reply(200, "nothing"), DROP, "nonsense\r\n\r\n",
        reply(200, "x" * 6_000_000),
    ],
    ids=lambda answer: str(answer)[:60],
)  # fmt: skip
def test_a_domain_that_answers_otherwise_is_asked_in_the_second_place(domain, authority, answer):
    script = {FIRST: [answer]}
    always = {SECOND: reply(200, GOOD)}
    with FaultyHttp(script, always=always, tls=authority.server()) as scripted:
        domain(scripted)
        assert look_up(ADDRESS, ssl_context=authority.trusted()) == FOUND


@pytest.mark.parametrize(
    "address",
    ["", "mira", "mira@", "mira@localhost", "mira@a b.test", "mira@127.0.0.1/x",
     "mira@evil.test/x?", "mira@-.test"],
)  # fmt: skip
def test_what_is_no_domain_is_not_asked(monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("asked"))
    assert look_up(address) is None


@pytest.mark.parametrize("host", ["mail.hoster.test", "example.test.evil.test", "evilexample.test"])
def test_a_server_outside_of_the_domain_is_called_foreign(host):
    other = server("outgoingServer", "smtp", host, 465, "SSL", "password-cleartext")
    found = read(config(other, IMAP).encode(), ADDRESS)
    assert found.foreign
    assert found.smtp.host == host


@pytest.mark.parametrize(
    "bad",
    [
        server("outgoingServer", "smtp", "smtp.example.test", 25, "plain", "password-cleartext"),
        server("outgoingServer", "smtp", "smtp.example.test", 465, "SSL", "OAuth2"),
        server("outgoingServer", "smtp", "smtp.example.test", 0, "SSL"),
        server("outgoingServer", "smtp", "smtp.example.test", 65536, "SSL"),
        server("outgoingServer", "smtp", "smtp.example.test", "4" * 5000, "SSL"),
        server("outgoingServer", "smtp", "smtp.example.test", "٤٦٥", "SSL"),
        server("outgoingServer", "smtp", "localhost", 465, "SSL"),
        server("outgoingServer", "smtp", "a b.example.test", 465, "SSL"),
        server("outgoingServer", "smtp", "-.example.test", 465, "SSL"),
        server("outgoingServer", "smtp", "x" * 300 + ".test", 465, "SSL"),
        server("outgoingServer", "lmtp", "smtp.example.test", 465, "SSL"),
        "<outgoingServer type='smtp'/>",
    ],
)
def test_a_server_that_cannot_be_used_is_passed_over(bad):
    good = config(bad, SMTP, IMAP).encode()
    assert read(good, ADDRESS) == FOUND
    assert read(config(bad).encode(), ADDRESS) is None


def test_entities_are_not_read():
    hostile = '<!DOCTYPE a [<!ENTITY h "smtp.example.test">]>' + GOOD.partition("?>")[2]
    assert read(hostile.encode(), ADDRESS) is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_document_fails(document):
    assert read(document, ADDRESS) is None
