"""``ports.Mailbox`` by IMAP: each act in its time, and what a failure is called."""

from __future__ import annotations

import contextlib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from imapclient.exceptions import LoginError

from taktvoll.edges.connection import (
    Deadline,
    chain,
    explain,
    forms,
    is_this_machine,
    spoken,
)
from taktvoll.edges.imap.client import MB, USUAL, Abort, Client, Error, TooMuch, greeted
from taktvoll.model import Server, Tls
from taktvoll.ports import LONGEST_ACT, Arrived, Folder, Outcome, Place, Unreachable

LARGEST = 25 * MB  # of a larger mail only the beginning is read
TOGETHER = 50 * MB  # of mails in one answer
RECEIVED = TOGETHER + 2 * LARGEST  # bytes that a server may send during one act

IDLING = 9 * 60.0  # seconds; RFC 2177 says 29 minutes at most, routers forget us sooner
GOODBYE = 2.0  # seconds that we wait for the answer to LOGOUT
POLLING = 30.0  # seconds between looks where the server knows no IDLE

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

# what the library puts before the server's words
_LIBRARY = re.compile(r"\A[\w ]+ failed: |\Acommand: \w+ => |\A\w+ command error: ")


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
        self._client: Client | None = None

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
                name = client.find(folder) or client.make(USUAL[folder][0])
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
    def _acting(self, seconds: float | None = None) -> Iterator[Client]:
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

    def _open(self, deadline: Deadline) -> Client:
        server, context = self._server, self._context or ssl.create_default_context()
        if server.tls is Tls.NONE and not is_this_machine(server.host):
            raise Unreachable(Outcome.permanent("tls_missing"))
        if not self._password:
            raise Unreachable(Outcome.permanent("no_password"))
        client = greeted(server, context, deadline, self._longest)
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
            or any(isinstance(each, TooMuch) for each in causes)
            or "unexpected response" in words
        ):
            return Outcome.temporary("not_understood")
        secrets = forms(self._server.user, self._password)
        said = spoken(_LIBRARY.sub("", words), *secrets)
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
