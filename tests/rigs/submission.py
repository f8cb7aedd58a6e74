"""A mail provider's submission server: aiosmtpd with AUTH before Dovecot. Ready in 5 ms."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.rigs.process import DOMAIN, PASSWORD, free_port


@dataclass(frozen=True)
class Handed:
    """A mail as it came in: by whom, for whom, and its exact bytes."""

    login: str
    hello: str
    sender: str
    recipients: tuple[str, ...]
    message: bytes


@dataclass
class Submission:
    """A running server, and what it was handed. Relays for addresses of ``DOMAIN`` alone."""

    port: int
    lmtp: int
    handed: list[Handed] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not address.endswith(f"@{DOMAIN}"):
            return "550 5.7.1 relaying denied"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        sender, recipients = str(envelope.mail_from), tuple(envelope.rcpt_tos)
        message = envelope.original_content
        assert isinstance(message, bytes)
        login: Any = session.auth_data
        self.handed.append(
            Handed(login.login.decode(), str(session.host_name), sender, recipients, message)
        )
        return await asyncio.to_thread(self._pass_on, sender, recipients, message)

    def _pass_on(self, sender: str, recipients: tuple[str, ...], message: bytes) -> str:
        try:
            with smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="localhost") as lmtp:
                lmtp.sendmail(sender, recipients, message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            return f"{code} {text.decode()}"
        return "250 2.0.0 queued"


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    right = data.password == PASSWORD.encode()
    # where ``handled`` is false, aiosmtpd answers 535 by itself
    return AuthResult(success=right, handled=right, auth_data=data if right else None)


@contextmanager
def submission(
    lmtp: int, *, tls: ssl.SSLContext | None = None, kind: type[Submission] = Submission
) -> Iterator[Submission]:
    """Run one that hands over to ``lmtp``; with ``tls`` it asks for STARTTLS before AUTH."""
    server = kind(port=free_port(), lmtp=lmtp)
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        server_hostname="submission.example.test",
        authenticator=_authenticate,
        auth_required=True,
        auth_require_tls=tls is not None,
        tls_context=tls,
        require_starttls=tls is not None,
        data_size_limit=2**20,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
