"""The library's client over a connection of ours, in the words of the house: names of folders with
``/``, places, and messages (RFC 9051 and 3501)."""

from __future__ import annotations

import contextlib
import imaplib
import logging
import socket
import ssl
from io import BufferedReader
from typing import Any, cast

from imapclient import IMAPClient

from taktvoll.edges.connection import Deadline, chain, connect, spoken
from taktvoll.model import Server, Tls
from taktvoll.ports import Folder, Outcome, Place, Unreachable

MB = 1024 * 1024
BEGINNING = MB  # of a mail that is too large to be read
LITERAL = 26 * MB  # the largest that we take in one piece, whatever the server has said before

# RFC 6154 where the server says it; else these names, of a folder at the top or within these
_USES = {Folder.DRAFTS: b"\\Drafts", Folder.SENT: b"\\Sent"}
USUAL = {
    Folder.DRAFTS: ("Drafts", "Entwürfe", "Draft", "Entwurf"),
    Folder.SENT: (
        *("Sent", "Gesendet", "Gesendete Objekte", "Gesendete Elemente", "Gesendete Nachrichten"),
        *("Sent Items", "Sent Messages", "Sent Mail"),
    ),
}
_WITHIN = ("", "INBOX/", "[Gmail]/", "[Google Mail]/")

Error = imaplib.IMAP4.error  # NO and BAD, and all below
Abort = imaplib.IMAP4.abort  # the connection is of no use any more

# the library would log whole letters at the level DEBUG
logging.getLogger("imapclient").setLevel(logging.CRITICAL)


def greeted(server: Server, context: ssl.SSLContext, deadline: Deadline, longest: float) -> Client:
    """A client that the server has greeted."""
    try:
        return Client(server, context, deadline, longest)
    except Abort as failure:
        lost = any(isinstance(each, OSError) for each in chain(failure))
        if deadline.passed or lost or "EOF" in str(failure):
            raise
        raise Unreachable(Outcome.permanent("not_a_mail_server")) from failure
    except Error as failure:  # BYE instead of a greeting
        welcome = failure.args[0]
        words = welcome.removeprefix(b"* BYE") if isinstance(welcome, bytes) else ""
        raise Unreachable(Outcome.temporary("not_now", spoken(words))) from failure


class Client(IMAPClient):  # type: ignore[misc]  # it has no types
    """The library's client over a connection of ours. Names of folders have ``/`` here."""

    def __init__(
        self, server: Server, context: ssl.SSLContext, deadline: Deadline, longest: float
    ) -> None:
        self._connecting = (server, context, deadline)
        implicit = server.tls is Tls.IMPLICIT
        super().__init__(server.host, server.port, ssl=implicit, timeout=longest)
        self._root: tuple[str, str] | None = None
        self._raw: dict[str, str] = {}  # what the server calls the folders that it has named
        self._found: dict[Folder, str] = {}
        self.count = 0  # mails in the folder that was last looked into

    def _create_IMAP4(self) -> _Wire:  # noqa: N802  # the library asks for it here
        return _Wire(*self._connecting)

    @property
    def wire(self) -> _Wire:
        """The connection."""
        assert isinstance(self._imap, _Wire)
        return self._imap

    def secure(self, context: ssl.SSLContext) -> None:
        """STARTTLS, required. Who is logged in before it was greeted by somebody else."""
        if self.wire.state != "NONAUTH" or not self.has_capability("STARTTLS"):
            raise Unreachable(Outcome.permanent("tls_not_offered"))
        try:
            self.starttls(context)
        except Abort:
            raise
        except Error as refused:
            raise Unreachable(Outcome.permanent("tls_not_offered")) from refused

    def enter(self, user: str, password: str) -> None:
        """Log in, by AUTHENTICATE PLAIN where the server knows it: LOGIN knows ASCII alone."""
        if self.has_capability("AUTH=PLAIN"):
            self.plain_login(user, password)
        elif self.has_capability("LOGINDISABLED"):
            raise Unreachable(Outcome.permanent("login_not_offered"))
        elif not all(each.isascii() and each.isprintable() for each in (user, password)):
            raise Unreachable(Outcome.permanent("login_refused"))
        else:
            self.login(user, password)

    def find(self, folder: Folder) -> str | None:
        """The name of a folder by its use, None where there is none."""
        if folder is Folder.INBOX:
            return "INBOX"
        if folder not in self._found:
            listed = self.listed()
            used = [name for flags, name in listed if _USES[folder] in flags]
            names = {name.casefold(): name for _, name in listed}
            usual = (
                names.get(f"{within}{each}".casefold())
                for each in USUAL[folder]
                for within in _WITHIN
            )
            found = next(iter(used), None) or next(filter(None, usual), None)
            if found is None:
                return None
            self._found[folder] = found
        return self._found[folder]

    def where(self, folder: Folder | str) -> str:
        """The name of ``folder``, which has to be there."""
        name = self.find(folder) if isinstance(folder, Folder) else folder
        if name is None:
            raise Unreachable(Outcome.permanent("folder_missing"))
        return name

    def listed(self) -> list[tuple[tuple[bytes, ...], str]]:
        """All folders that hold mail: their flags and names."""
        prefix, separator = self._rooted()
        listed = []
        for flags, _, raw in self.list_folders():
            name = str(raw).removeprefix(prefix).replace(separator, "/")
            self._raw[name] = raw
            if not {b"\\noselect", b"\\nonexistent"} & {flag.lower() for flag in flags}:
                listed.append((flags, name))
        return listed

    def make(self, name: str) -> str:
        """Make a folder with its parents, subscribe them, and give back the name."""
        there = {each for _, each in self.listed()}
        levels = name.split("/")
        for depth in range(1, len(levels) + 1):
            each = "/".join(levels[:depth])
            if each not in there:
                try:
                    self.create_folder(self.raw(each))
                except Abort:
                    raise
                except Error as refused:
                    # somebody else was quicker, or a parent that only holds folders is there
                    if each != name or "ALREADYEXISTS" in str(refused):
                        continue
                    raise
            self.subscribe_folder(self.raw(each))
        return name

    def raw(self, name: str) -> str:
        """What the server calls the folder ``name``."""
        if name == "INBOX":
            return name
        prefix, separator = self._rooted()
        return self._raw.get(name) or prefix + name.replace("/", separator)

    def look(self, name: str) -> Place:
        """Look into a folder: the place behind its last mail."""
        said = self.select_folder(self.raw(name), readonly=True)
        self.count = int(said.get(b"EXISTS", 0))
        following = said.get(b"UIDNEXT")
        if following is None and self.count:  # RFC 3501 lets old servers leave it out
            following = max(self.search(["UID", "*"]), default=0) + 1
        validity = int(said.get(b"UIDVALIDITY", 0))
        return Place(folder=name, validity=validity, uid=int(following or 1) - 1)

    def behind(self, since: Place, now: Place, limit: int) -> list[int]:
        """The UIDs of what lies behind ``since`` in the folder that was just looked into."""
        if since.validity != now.validity:
            first = max(1, self.count - limit + 1)
            return sorted(self.search([f"{first}:*"])) if self.count else []
        if now.uid <= since.uid:
            return []
        # * is the last mail even where that one is older
        uids = self.search(["UID", f"{since.uid + 1}:*"])
        return sorted(uid for uid in uids if uid > since.uid)[:limit]

    def begin_idle(self) -> bool:
        """Wait for news from now on, where the server can and will tell them."""
        if not self.has_capability("IDLE"):
            return False
        try:
            self.idle()
        except Abort:
            raise
        except Error:
            return False
        return True

    def message(self, uid: int, *, whole: bool) -> bytes | None:
        """A mail or its beginning, unread as before; None where it has gone meanwhile."""
        part = "BODY.PEEK[]" if whole else f"BODY.PEEK[]<0.{BEGINNING}>"
        found = self.fetch([uid], [part]).get(uid, {})
        values = [value for key, value in found.items() if key.startswith(b"BODY[]")]
        return values[0] if values and isinstance(values[0], bytes) else None

    def drop(self) -> None:
        """Close the connection without a word."""
        with contextlib.suppress(OSError):
            self.shutdown()
        self.wire.twin.close()

    def _rooted(self) -> tuple[str, str]:
        """What the server puts before the person's own folders, and between their levels."""
        if self._root is None:
            prefix, separator = "", None
            if self.has_capability("NAMESPACE"):
                personal = self.namespace().personal
                prefix, separator = personal[0] if personal else ("", None)
            else:
                separator = next((each for _, each, _ in self.list_folders("", "")), None)
            if isinstance(separator, bytes):
                separator = separator.decode("ascii")
            self._root = (prefix or "", separator or "/")
        return self._root

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Any:
        # what was read ahead already would not wake the poll: a mail that came just before
        with contextlib.suppress(ssl.SSLWantReadError, BlockingIOError):
            if cast(BufferedReader, self.wire.file).peek(1):
                return [sock]
        return super()._poll_socket(sock, timeout)


class TooMuch(Abort):
    """The server sends more than an act can need."""


class _Wire(imaplib.IMAP4):
    """The connection: made in time, private, and bounded. ``twin`` is what a deadline watches,
    ``left`` how many bytes the server may still send."""

    def __init__(self, server: Server, context: ssl.SSLContext, deadline: Deadline) -> None:
        self._server = server
        self._context = context
        self._deadline = deadline
        self.left = MB
        self.literal_gone = False
        self._goodbye = ""
        super().__init__(server.host, server.port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        plain = connect(self._server.host, self._server.port, self._deadline)
        self.twin = plain.dup()
        if self._server.tls is not Tls.IMPLICIT:
            return plain
        try:
            return self._context.wrap_socket(plain, server_hostname=self._server.host)
        except BaseException:
            plain.close()
            self.twin.close()
            raise

    def read(self, size: int) -> bytes:
        if size > LITERAL:
            raise TooMuch("a literal that is too large")
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        try:
            line = super().readline()
        except Error as endless:
            raise TooMuch("a line without an end") from endless
        self._count(len(line))
        if line[:5].upper() == b"* BYE":
            self._goodbye = line[5:].decode("utf-8", "replace")
        elif not line and self._goodbye:  # else the library would only say that the end has come
            raise Abort(self._goodbye)
        return line

    def send(self, data: Any) -> None:
        # the library ends a command with a literal by this line alone: from then on it is whole
        self.literal_gone = self.literal_gone or data == b"\r\n"
        super().send(data)

    def _count(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch("too much")
