"""An SMTP server with every fault. Stages: CONNECT EHLO STARTTLS AUTH MAIL RCPT DATA BODY DOT
QUIT; BODY is before the text is read, DOT when all of it has come."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tests.rigs.scripted import Action, Ended, Scripted, Wire


@dataclass(frozen=True)
class Mail:
    """What came in whole, and whether the server said so."""

    sender: str
    recipients: tuple[str, ...]
    message: bytes
    acknowledged: bool = False


class FaultySmtp(Scripted):
    """Takes any password. ``mails`` are those whose end has come, ``said`` all its commands."""

    def __init__(
        self,
        script: Mapping[str, Sequence[Action]] | None = None,
        *,
        offers: Sequence[str] = ("AUTH PLAIN LOGIN", "SIZE 100000"),
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
    ) -> None:
        super().__init__(script, tls=tls, implicit=implicit)
        self._offers = offers
        self.mails: list[Mail] = []
        self.said: list[str] = []

    def talk(self, wire: Wire) -> None:
        sender, recipients = "", list[str]()
        self._answer(wire, "CONNECT", "220 faulty ESMTP")
        while True:
            line = wire.line().decode("latin-1")
            self.said.append(line)
            command = line.partition(" ")[0].upper()
            match command:
                case "EHLO":
                    offers = [f"250-{each}" for each in ("faulty", *self._offers)]
                    self._answer(wire, "EHLO", "\r\n".join([*offers, "250 ENHANCEDSTATUSCODES"]))
                case "STARTTLS":
                    if self._answer(wire, "STARTTLS", "220 go ahead") and self.tls:
                        wire.wrap(self.tls)
                case "AUTH":
                    if line.upper() == "AUTH LOGIN":
                        for challenge in (b"334 VXNlcm5hbWU6\r\n", b"334 UGFzc3dvcmQ6\r\n"):
                            wire.write(challenge)
                            wire.line()
                    self._answer(wire, "AUTH", "235 welcome")
                case "MAIL":
                    if self._answer(wire, "MAIL", "250 ok"):
                        sender, recipients = line, []
                case "RCPT":
                    if self._answer(wire, "RCPT", "250 ok"):
                        recipients.append(line)
                case "DATA":
                    if self._answer(wire, "DATA", "354 go on"):
                        self._take(wire, Mail(sender, tuple(recipients), b""))
                case "QUIT":
                    self._answer(wire, "QUIT", "221 bye")
                    return
                case _:
                    self._answer(wire, command, "250 ok")

    def _take(self, wire: Wire, mail: Mail) -> None:
        self.reach(wire, "BODY")
        lines = []
        while (line := wire.line()) != b".":
            lines.append(line.removeprefix(b".") + b"\r\n")
        mail = replace(mail, message=b"".join(lines))
        self.mails.append(mail)
        if not self._instead_of(wire, "DOT"):
            self.mails[-1] = replace(mail, acknowledged=True)
            wire.write(b"250 2.0.0 queued\r\n")

    def _answer(self, wire: Wire, stage: str, usual: str) -> bool:
        """Whether the stage was answered as usual."""
        if self._instead_of(wire, stage):
            return False
        wire.write(f"{usual}\r\n".encode())
        return True

    def _instead_of(self, wire: Wire, stage: str) -> bool:
        """Whether something else was answered, as the script says."""
        instead = self.reach(wire, stage)
        if instead is None:
            return False
        wire.write(f"{instead}\r\n".encode("latin-1"))
        if instead.startswith("421"):
            raise Ended  # RFC 5321 §3.8: the server closes the channel
        return True
