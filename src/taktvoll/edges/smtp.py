"""Hands a mail to the person's provider by SMTP (RFC 5321), as submission asks (RFC 6409)."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence

from taktvoll.edges.connection import (
    Deadline,
    connect,
    explain,
    forms,
    is_this_machine,
    plain,
    spoken,
)
from taktvoll.model import Server, Tls
from taktvoll.ports import LONGEST_ACT, Outcome

# What we call ourselves. An address literal is well formed (RFC 5321 §4.1.3) and, unlike the
# name of the machine, tells nobody anything.
HELLO = "[127.0.0.1]"

GOODBYE = 2.0  # seconds that we wait for the answer to QUIT: by then all is decided

REPLY = 64 * 1024  # bytes that one reply may have

# RFC 5321 §4.1.2 without quoted local parts, and §4.5.3.1.3 for the length
_ADDRESS = re.compile(r"(?=.{3,254}\Z)[!#-;=?A-Z^-~]+@[A-Za-z0-9.:\[\]-]+\Z")

# A CR or LF alone is a line's end to some servers and not to others: between the two, a text
# could smuggle a second mail (RFC 5321 §2.3.8 forbids it)
_LONE = re.compile(rb"\r(?!\n)|(?<!\r)\n|\0")


class SmtpCourier:
    """``ports.Courier`` at ``server``; without ``server.user`` nobody logs in.

    ``ssl_context`` replaces the machine's own trust in certificates; ``longest`` is how many
    seconds an attempt may take in all.
    """

    def __init__(
        self,
        server: Server,
        password: str | None,
        *,
        ssl_context: ssl.SSLContext | None = None,
        longest: float = LONGEST_ACT,
    ) -> None:
        self._server = server
        self._password = password
        self._context = ssl_context
        self._longest = longest

    def send(self, message: bytes, *, sender: str, recipients: Sequence[str]) -> Outcome:
        """See ``ports.Courier.send``. The first recipient is the one that matters: where that
        one is refused, nothing is sent to the others."""
        if not recipients or not all(_ADDRESS.match(each) for each in (sender, *recipients)):
            return Outcome.permanent("address_malformed")
        if not message.isascii() or _LONE.search(message) or not message.endswith(b"\r\n"):
            return Outcome.permanent("message_malformed")
        return self._in_session(lambda session: session.deliver(message, sender, recipients))

    def try_out(self) -> Outcome:
        """See ``ports.Courier.try_out``."""
        return self._in_session(lambda session: Outcome.accepted("connected"))

    def _in_session(self, act: Callable[[_Session], Outcome]) -> Outcome:
        server = self._server
        if server.tls is Tls.NONE and not is_this_machine(server.host):
            return Outcome.permanent("tls_missing")
        if server.user and not self._password:
            return Outcome.permanent("no_password")
        with Deadline(self._longest) as deadline:
            session = _Session(deadline)
            try:
                session.open(server, self._context or ssl.create_default_context())
                if server.user and self._password:
                    session.log_in(server.user, self._password)
                return act(session)
            except _Refused as refused:
                return refused.outcome
            except (smtplib.SMTPException, OSError) as failure:
                if session.ended:
                    return Outcome.unknown("perhaps_sent")
                if isinstance(failure, smtplib.SMTPResponseException):  # a line without an end
                    return Outcome.temporary("not_understood")
                return explain(failure, deadline)
            finally:
                session.leave()


class _Refused(Exception):
    """The server has answered, and not as we need it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


class _Session(smtplib.SMTP):
    """One connection, step by step. ``ended`` is whether the end of a mail may have left: from
    then on only the server's answer says what became of it."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(local_hostname=HELLO)
        self._deadline = deadline
        self._secrets: tuple[str, ...] = ()
        self.ended = False

    def open(self, server: Server, context: ssl.SSLContext) -> None:
        """Connect, securely, and introduce ourselves."""
        self.sock = connect(server.host, server.port, self._deadline)
        if server.tls is Tls.IMPLICIT:
            self._secure(server.host, context)
        self._greeted(*self.getreply())
        self._need(250, self.ehlo(), or_else="server_refused")
        if server.tls is Tls.STARTTLS:
            if not self.has_extn("starttls"):
                raise _Refused(Outcome.permanent("tls_not_offered"))
            self._need(220, self.docmd("STARTTLS"), or_else="tls_not_offered")
            self._secure(server.host, context)
            # what was said before may be somebody else's word (RFC 3207 §4.2)
            self._need(250, self.ehlo(), or_else="server_refused")

    def log_in(self, user: str, password: str) -> None:
        """By PLAIN (RFC 4616), else by LOGIN; one try alone, since some servers count them."""
        offered = self.esmtp_features.get("auth", "").upper().split()
        self._secrets = forms(user, password)
        if "PLAIN" in offered:
            reply = self.docmd("AUTH", f"PLAIN {plain(user, password)}")
        elif "LOGIN" in offered:
            reply = self.docmd("AUTH", "LOGIN")
            for answer in (user, password):
                if reply[0] == 334:
                    reply = self.docmd(b64encode(answer.encode()).decode("ascii"))
        else:
            raise _Refused(Outcome.permanent("login_not_offered"))
        self._need(235, reply, or_else="login_refused")

    def deliver(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """One mail, whose end leaves apart from all before it."""
        limit = self.esmtp_features.get("size", "")
        sized = f" SIZE={len(message)}" if self.has_extn("size") else ""  # RFC 1870 §3
        if limit.isdecimal() and 0 < int(limit[:18]) < len(message):
            return Outcome.permanent("message_too_large")
        reply = self.docmd("MAIL", f"FROM:<{sender}>{sized}")
        self._need(250, reply, or_else="sender_refused")
        refused = self._name(recipients)
        self._need(354, self.docmd("DATA"), or_else="message_refused")
        self.send(re.sub(rb"(?m)^\.", b"..", message))  # RFC 5321 §4.5.2
        self.ended = True
        self.send(b".\r\n")
        code, words = self.getreply()
        if 400 <= code <= 599:
            self._need(250, (code, words), or_else="message_refused")
        elif not 200 <= code <= 299:
            return Outcome.unknown("perhaps_sent")
        return Outcome.accepted("sent_in_part" if refused else "sent", refused=refused)

    def _name(self, recipients: Sequence[str]) -> tuple[str, ...]:
        """Name the recipients; those that were refused, none of which is the first."""
        refused = []
        for number, each in enumerate(recipients):
            reply = self.docmd("RCPT", f"TO:<{each}>")
            if reply[0] in (250, 251):  # 251: not local, will forward
                continue
            if number == 0 or reply[0] == 421:
                self._need(250, reply, or_else="recipient_refused")
            refused.append(each)
        return tuple(refused)

    def leave(self) -> None:
        """Say goodbye where there still is a connection, and close it."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if self.sock:
                self.sock.settimeout(GOODBYE)
                self.docmd("QUIT")
        self.close()

    def getreply(self) -> tuple[int, bytes]:
        """A reply of bounded length: a server could go on with its lines for ever."""
        assert self.sock is not None
        if self.file is None:
            self.file = _Replies(self.sock)
        self.file.left = REPLY
        return super().getreply()

    def _secure(self, host: str, context: ssl.SSLContext) -> None:
        assert self.sock is not None
        self.sock = context.wrap_socket(self.sock, server_hostname=host)
        self.file = None  # whatever was read ahead without TLS is not to be trusted

    def _greeted(self, code: int, words: bytes) -> None:
        if not 200 <= code <= 599:
            raise _Refused(Outcome.permanent("not_a_mail_server", spoken(words)))
        self._need(220, (code, words), or_else="server_refused")

    def _need(self, code: int, reply: tuple[int, bytes], *, or_else: str) -> None:
        """Go on where the reply is ``code``; a 5xx is called ``or_else``."""
        got, words = reply
        if got == code:
            return
        said = spoken(words, *self._secrets)
        if 400 <= got <= 499:
            raise _Refused(Outcome.temporary("not_now", said))
        if not 500 <= got <= 599:
            raise _Refused(Outcome.temporary("not_understood", said))
        if not words.startswith(b"5.2.2"):  # RFC 3463 §3.3: their mailbox is full
            or_else = _BY_CODE.get(got, or_else)
        raise _Refused(Outcome.permanent(or_else, said))


# RFC 4954 §6 and RFC 5321 §4.2.3: these mean the same at every step
_BY_CODE = {
    530: "login_refused",
    534: "login_app_password",
    535: "login_refused",
    538: "login_refused",
    552: "message_too_large",
}


class _Replies:
    """The server's lines, ``left`` bytes of them."""

    def __init__(self, connection: socket.socket) -> None:
        self._file = connection.makefile("rb")
        self.left = REPLY

    def readline(self, size: int) -> bytes:
        line = self._file.readline(size)
        self.left -= len(line)
        if self.left < 0:
            raise ConnectionError("the reply does not end")
        if line and len(line) < size and not line.endswith(b"\n"):
            raise ConnectionError("the reply was cut off")
        return line

    def close(self) -> None:
        self._file.close()
