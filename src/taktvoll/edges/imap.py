"""The person's mail on the server, by IMAP (RFC 9051 and 3501)."""

from __future__ import annotations

import contextlib
import imaplib
import logging
import re
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from types import TracebackType
from typing import Any, Self, cast

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from taktvoll.edges.connection import (
    Deadline,
    chain,
    connect,
    explain,
    is_this_machine,
    spoken,
)
from taktvoll.model import Server, Tls
from taktvoll.ports import LONGEST_ACT, Arrived, Folder, Outcome, Place, Unreachable

MB = 1024 * 1024
LARGEST = 25 * MB  # of a larger mail only the beginning is read
BEGINNING = MB
TOGETHER = 50 * MB  # of mails in one answer
RECEIVED = TOGETHER + 2 * LARGEST  # bytes that a server may send during one act

IDLING = 9 * 60.0  # seconds; RFC 2177 says 29 minutes at most, routers forget us sooner
GOODBYE = 2.0  # seconds that we wait for the answer to LOGOUT
POLLING = 30.0  # seconds between looks where the server knows no IDLE

# RFC 6154 where the server says it; else these names, of a folder at the top or within these
_USES = {Folder.DRAFTS: b"\\Drafts", Folder.SENT: b"\\Sent"}
_USUAL = {
    Folder.DRAFTS: ("Drafts", "Entwürfe", "Draft", "Entwurf"),
    Folder.SENT: (
        *("Sent", "Gesendet", "Gesendete Objekte", "Gesendete Elemente", "Gesendete Nachrichten"),
        *("Sent Items", "Sent Messages", "Sent Mail"),
    ),
}
_WITHIN = ("", "INBOX/", "[Gmail]/", "[Google Mail]/")

# RFC 5530 §3: what the server's response codes mean to a person
_BY_CODE = {
    "AUTHENTICATIONFAILED": Outcome.permanent("login_refused"),
    "AUTHORIZATIONFAILED": Outcome.permanent("login_refused"),
    "EXPIRED": Outcome.permanent("login_refused"),
    "PRIVACYREQUIRED": Outcome.permanent("tls_missing"),
    "UNAVAILABLE": Outcome.temporary("not_now"),
    "INUSE": Outcome.temporary("not_now"),
    "LIMIT": Outcome.temporary("not_now"),
    "OVERQUOTA": Outcome.permanent("mailbox_full"),
    "TRYCREATE": Outcome.permanent("folder_missing"),
    "NONEXISTENT": Outcome.permanent("folder_missing"),
    "CANNOT": Outcome.permanent("folder_missing"),
    "NOPERM": Outcome.permanent("folder_refused"),
}

# What the library raises where a server's answer has not the form that it expects
_GARBLED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)

# the library would log whole letters at the level DEBUG
logging.getLogger("imapclient").setLevel(logging.CRITICAL)


Error = imaplib.IMAP4.error  # NO and BAD, and all below
Abort = imaplib.IMAP4.abort  # the connection is of no use any more


class ImapMailbox:
    """``ports.Mailbox`` at ``server``.

    ``ssl_context`` replaces the machine's own trust in certificates; ``longest`` is how many
    seconds one act may take, ``polling`` how many lie between looks where there is no IDLE.
    """

    def __init__(
        self,
        server: Server,
        password: str | None,
        *,
        ssl_context: ssl.SSLContext | None = None,
        longest: float = LONGEST_ACT,
        polling: float = POLLING,
    ) -> None:
        self._server = server
        self._password = password
        self._context = ssl_context
        self._longest = longest
        self._polling = polling
        self._client: _Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client:
            with contextlib.suppress(Unreachable), self._acting(GOODBYE) as client:
                client.logout()
        self._drop()

    def append(self, folder: Folder, message: bytes, *, seen: bool) -> Outcome:
        """See ``ports.Mailbox.append``."""
        if b"\0" in message:  # RFC 9051 §4.3: no literal holds it
            return Outcome.permanent("message_malformed")
        flags = [rb"\Seen"] * seen + [rb"\Draft"] * (folder is Folder.DRAFTS)
        gone = False
        try:
            with self._acting() as client:
                name = client.find(folder) or client.make(_USUAL[folder][0])
                client.wire.literal_gone = False
                try:
                    client.append(client.raw(name), message, flags)
                except (Abort, OSError):
                    gone = client.wire.literal_gone
                    raise
        except Unreachable as failure:
            return Outcome.unknown("perhaps_kept") if gone else failure.outcome
        return Outcome.accepted("kept")

    def holds(self, folder: Folder, message_id: str) -> bool:
        """See ``ports.Mailbox.holds``."""
        if not (message_id.isascii() and message_id.isprintable()):
            return False
        with self._acting() as client:
            name = client.find(folder)
            if name is None:
                return False
            client.look(name)
            return bool(client.search(["HEADER", "Message-ID", message_id]))

    def folders(self, below: str) -> Sequence[str]:
        """See ``ports.Mailbox.folders``."""
        with self._acting() as client:
            return [name for _, name in client.listed() if name.startswith(f"{below}/")]

    def make(self, name: str) -> None:
        """See ``ports.Mailbox.make``."""
        with self._acting() as client:
            client.make(name)

    def end(self, folder: Folder | str) -> Place:
        """See ``ports.Mailbox.end``."""
        with self._acting() as client:
            return client.look(client.where(folder))

    def fresh(self, since: Place, *, limit: int = 50) -> Sequence[Arrived]:
        """See ``ports.Mailbox.fresh``."""
        with self._acting() as client:
            now = client.look(since.folder)
            uids = client.behind(since, now, limit)
            sizes = client.fetch(uids, ["RFC822.SIZE"])
            arrived: list[Arrived] = []
            total = 0
            for uid in uids:
                size = int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0))
                total += min(size, LARGEST)
                if arrived and total > TOGETHER:
                    break
                message = client.message(uid, whole=size <= LARGEST)
                if message is not None:
                    place = Place(folder=since.folder, validity=now.validity, uid=uid)
                    arrived.append(Arrived(message=message, place=place))
            return arrived

    def wait(self, since: Place, seconds: float) -> bool:
        """See ``ports.Mailbox.wait``."""
        until = time.monotonic() + seconds
        while True:
            with self._acting() as client:
                now = client.look(since.folder)
                if client.behind(since, now, 1):
                    return True
                idles = client.begin_idle()
            left = until - time.monotonic()
            if idles:
                self._idle(min(max(left, 0), IDLING))
            elif left > 0:
                time.sleep(min(left, self._polling))
            if left <= 0:
                return False

    def try_out(self) -> Outcome:
        """See ``ports.Mailbox.try_out``."""
        try:
            self.end(Folder.INBOX)
        except Unreachable as failure:
            return failure.outcome
        return Outcome.accepted("connected")

    def _idle(self, seconds: float) -> None:
        """Until the server has something to tell, at most ``seconds``."""
        until = time.monotonic() + seconds
        client = self._client
        assert client is not None
        while (left := until - time.monotonic()) > 0:
            with self._acting(left + self._longest):
                heard = client.idle_check(left)
                if not heard and time.monotonic() < until:
                    raise ConnectionError("the server is gone")
            if any(len(each) > 1 and each[1] in (b"EXISTS", b"RECENT") for each in heard):
                break
        with self._acting():
            client.idle_done()

    @contextmanager
    def _acting(self, seconds: float | None = None) -> Iterator[_Client]:
        """The client, logged in, for one act that ends in time. Raises ``Unreachable``."""
        with Deadline(seconds or self._longest) as deadline:
            try:
                if self._client is None:
                    self._client = self._open(deadline)
                else:
                    deadline.watch(self._client.wire.twin)
                self._client.wire.left = RECEIVED
                yield self._client
            except Unreachable:
                self._drop()
                raise
            except (Error, OSError, *_GARBLED) as failure:
                outcome = self._explain(failure, deadline)
                if isinstance(failure, (Abort, OSError, *_GARBLED)):
                    self._drop()  # nobody knows what the server says next
                raise Unreachable(outcome) from failure

    def _open(self, deadline: Deadline) -> _Client:
        server, context = self._server, self._context or ssl.create_default_context()
        if server.tls is Tls.NONE and not is_this_machine(server.host):
            raise Unreachable(Outcome.permanent("tls_missing"))
        if not self._password:
            raise Unreachable(Outcome.permanent("no_password"))
        client = _greeted(server, context, deadline, self._longest)
        try:
            if server.tls is Tls.STARTTLS:
                client.secure(context)
            client.enter(server.user, self._password)
        except BaseException:
            client.drop()
            raise
        return client

    def _explain(self, failure: Exception, deadline: Deadline) -> Outcome:
        # the library wraps what the socket said, and at the login also that the server left
        causes = list(chain(failure))
        words = str(failure)
        if deadline.passed or any(isinstance(each, OSError) for each in causes) or "EOF" in words:
            return explain(failure, deadline)
        if (
            isinstance(failure, _GARBLED)
            or any(isinstance(each, _TooMuch) for each in causes)
            or "unexpected response" in words
        ):
            return Outcome.temporary("not_understood")
        said = spoken(_LIBRARY.sub("", words), self._password)
        code = re.search(r"\[([A-Z-]+)[\] ]", words)
        if code and (known := _BY_CODE.get(code[1])):
            return Outcome(state=known.state, code=known.code, said=said)
        if any(isinstance(each, Abort) for each in causes):  # BYE
            return Outcome.temporary("not_now", said)
        if "application-specific password" in words.lower():
            return Outcome.permanent("login_app_password", said)
        refused = "login_refused" if isinstance(failure, LoginError) else "server_refused"
        return Outcome.permanent(refused, said)

    def _drop(self) -> None:
        if self._client:
            self._client.drop()
            self._client = None


# what the library puts before the server's words
_LIBRARY = re.compile(r"\A[\w ]+ failed: |\Acommand: \w+ => |\A\w+ command error: ")


def _greeted(
    server: Server, context: ssl.SSLContext, deadline: Deadline, longest: float
) -> _Client:
    """A client that the server has greeted."""
    try:
        return _Client(server, context, deadline, longest)
    except Abort as failure:
        lost = any(isinstance(each, OSError) for each in chain(failure))
        if deadline.passed or lost or "EOF" in str(failure):
            raise
        raise Unreachable(Outcome.permanent("not_a_mail_server")) from failure
    except Error as failure:  # BYE instead of a greeting
        welcome = failure.args[0]
        words = welcome.removeprefix(b"* BYE") if isinstance(welcome, bytes) else ""
        raise Unreachable(Outcome.temporary("not_now", spoken(words))) from failure


class _Client(IMAPClient):  # type: ignore[misc]  # it has no types
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
                for each in _USUAL[folder]
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


class _TooMuch(Abort):
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
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        try:
            line = super().readline()
        except Error as endless:
            raise _TooMuch("a line without an end") from endless
        self._count(len(line))
        return line

    def send(self, data: Any) -> None:
        # the library ends a command with a literal by this line alone: from then on it is whole
        self.literal_gone = self.literal_gone or data == b"\r\n"
        super().send(data)

    def _count(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _TooMuch("too much")
