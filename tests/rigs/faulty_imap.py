"""An IMAP server with every fault: one mailbox, as much of the protocol as a client of ours uses.

Stages: CONNECT, then each command's own name (for UID commands "UID FETCH"), LITERAL when an
APPEND's text has come, IDLING once the client waits. An action that is a string is sent
instead of the usual answer; ``{tag}`` in it is the command's tag.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence

from tests.rigs.scripted import Action, Scripted, Wire

FOLDERS = (r'(\HasNoChildren) "/" "INBOX"', r'(\Drafts) "/" "Drafts"', r'(\Sent) "/" "Sent"')


class FaultyImap(Scripted):
    """Takes any password; ``INBOX`` holds ``mails``; ``appended`` is what came by APPEND,
    ``said`` are all its commands."""

    def __init__(
        self,
        script: Mapping[str, Sequence[Action]] | None = None,
        *,
        offers: str = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE UIDPLUS SPECIAL-USE",
        folders: Sequence[str] = FOLDERS,
        mails: Sequence[bytes] = (),
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
    ) -> None:
        super().__init__(script, tls=tls, implicit=implicit)
        self._offers = offers
        self._folders = folders
        self.mails = list(mails)
        self.appended: list[bytes] = []
        self.said: list[str] = []

    def talk(self, wire: Wire) -> None:
        instead = self.reach(wire, "CONNECT")
        wire.write(f"{instead or '* OK faulty'}\r\n".encode())
        while True:
            tag, _, rest = wire.line().decode().partition(" ")
            self.said.append(rest)
            command = rest.partition(" ")[0].upper()
            if command == "UID":
                command = " ".join(rest.split()[:2]).upper()
            instead = self.reach(wire, command)
            if instead is None and command == "APPEND":
                instead = self._take(wire, rest)
            if instead is not None:
                wire.write((instead.replace("{tag}", tag) + "\r\n").encode())
                if instead.startswith("* BYE"):
                    return
                continue
            lines = self._usual(wire, command, rest)
            for line in lines:
                wire.write(f"* {line}\r\n".encode())
            wire.write(f"{tag} OK done\r\n".encode())
            if command == "LOGOUT":
                return
            if command == "STARTTLS" and self.tls:
                wire.wrap(self.tls)

    def _take(self, wire: Wire, rest: str) -> str | None:
        """Take what is appended; what is answered instead of OK."""
        size = int(re.search(r"\{(\d+)\+?\}$", rest)[1])  # type: ignore[index]
        wire.write(b"+ go on\r\n")
        self.appended.append(wire.read(size))
        wire.line()
        return self.reach(wire, "LITERAL")

    def _usual(self, wire: Wire, command: str, rest: str) -> list[str]:
        match command:
            case "CAPABILITY":
                return [f"CAPABILITY {self._offers}"]
            case "LIST":
                return [f"LIST {each}" for each in self._folders]
            case "SELECT" | "EXAMINE":
                count = len(self.mails)
                return [
                    f"{count} EXISTS",
                    "0 RECENT",
                    "OK [UIDVALIDITY 1] fine",
                    f"OK [UIDNEXT {count + 1}] fine",
                ]
            case "STATUS":
                return [f'STATUS "INBOX" (UIDVALIDITY 1 UIDNEXT {len(self.mails) + 1})']
            case "UID SEARCH":
                uids = " ".join(str(number) for number in range(1, len(self.mails) + 1))
                return [f"SEARCH {uids}".rstrip()]
            case "UID FETCH":
                return self._fetched(rest)
            case "AUTHENTICATE" if len(rest.split()) < 3:
                wire.write(b"+ \r\n")
                wire.line()
            case "IDLE":
                instead = self.reach(wire, "IDLING")
                news = f"{instead}\r\n" if instead else ""  # with the go-ahead in one packet
                wire.write(f"+ idling\r\n{news}".encode())
                wire.line()
            case "LOGOUT":
                return ["BYE see you"]
        return []

    def _fetched(self, rest: str) -> list[str]:
        wanted = {int(number) for number in re.findall(r"\d+", rest.split()[2])}
        lines = []
        for uid, mail in enumerate(self.mails, 1):
            if uid not in wanted:
                continue
            if "RFC822.SIZE" in rest:
                lines.append(f"{uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})")
            else:
                lines.append(f"{uid} FETCH (UID {uid} BODY[] {{{len(mail)}}}\r\n{mail.decode()})")
        return lines
