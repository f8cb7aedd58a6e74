"""What every connection to a server shares: it ends in time, it is private, and what fails has
a name. This is the ground under smtp, imap, caldav and autoconfig, and no edge itself."""

from __future__ import annotations

import contextlib
import errno
import re
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from ipaddress import ip_address
from types import TracebackType
from typing import Self

from taktvoll.ports import Outcome

CONNECTING = 20.0  # seconds for each address of a server, of which the first may be dead
SAID = 200  # characters of a server's words that are kept


class Deadline:
    """Ends connections that take longer than ``seconds`` in all, used in a ``with``.

    A timeout on a socket starts anew with each byte, so a server that drips could hold us for
    ever. Here a second thread shuts the sockets down; whoever waits on them gets an error then,
    and ``passed`` says why.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self.strike)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._twins: list[socket.socket] = []
        self.passed = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for twin in self._twins:
                twin.close()
            self._twins.clear()

    def watch(self, plain: socket.socket) -> None:
        """Watch a connection. ``plain`` is the socket before TLS; shutting a duplicate of it
        down also ends the TLS connection that is made of it later."""
        with self._lock:
            if self.passed:
                raise TimeoutError
            self._twins.append(plain.dup())

    def left(self) -> float:
        """Seconds that are left, never 0, which would mean to a socket not to wait at all."""
        return max(self._until - time.monotonic(), 0.001)

    def strike(self) -> None:
        """The time is over."""
        with self._lock:
            self.passed = True
            for twin in self._twins:
                with contextlib.suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)


def connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first address of ``host`` that answers. Raises ``OSError``."""
    failure: OSError | None = None
    for family, kind, protocol, _, address in _addresses(host, port):
        plain = socket.socket(family, kind, protocol)
        try:
            deadline.watch(plain)
            plain.settimeout(min(CONNECTING, deadline.left()))
            plain.connect(address)
            # what is small is sent at once: the dot that ends a mail must not wait for an ACK
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.settimeout(deadline.left())
        except OSError as error:
            plain.close()
            failure = failure or error
            continue
        return plain
    raise failure or OSError(errno.EHOSTUNREACH, host)


def _addresses(host: str, port: int) -> Iterator[tuple[int, int, int, str, tuple[object, ...]]]:
    try:
        yield from socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, host) from error


def is_this_machine(host: str) -> bool:
    """Whether ``host`` surely means this machine: what is said to it crosses no network."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def explain(failure: BaseException, deadline: Deadline) -> Outcome:
    """What a failure of the network, of TLS or of time is called. Nothing has been done then."""
    causes = list(chain(failure))
    if deadline.passed or any(isinstance(each, TimeoutError) for each in causes):
        return Outcome.temporary("timeout")
    for each in causes:
        match each:
            case ssl.SSLCertVerificationError():
                return Outcome.temporary(
                    _CERTIFICATE.get(each.verify_code, "certificate_untrusted")
                )
            case ssl.SSLEOFError():
                return Outcome.temporary("connection_lost")
            case ssl.SSLError():
                return Outcome.temporary("tls_failed")
            case socket.gaierror() if each.errno == socket.EAI_NONAME:
                return Outcome.temporary("host_unknown")
            case ConnectionRefusedError():
                return Outcome.temporary("connection_refused")
            case socket.gaierror():
                return Outcome.temporary("no_network")
            case OSError() if each.errno in _NO_NETWORK:
                return Outcome.temporary("no_network")
    return Outcome.temporary("connection_lost")


# X509_V_ERR_… of OpenSSL, x509_vfy.h
_CERTIFICATE = {
    9: "certificate_expired",  # not yet valid: mostly a clock that is wrong
    10: "certificate_expired",
    62: "certificate_other_host",
    64: "certificate_other_host",  # an address instead of a name
}
_NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EHOSTDOWN)


def chain(failure: BaseException) -> Iterator[BaseException]:
    """The failure and what it was raised from: smtplib and imaplib wrap what the socket said."""
    each: BaseException | None = failure
    for _ in range(10):
        if each is None:
            return
        yield each
        each = each.__cause__ or each.__context__


def plain(user: str, password: str) -> str:
    """What the mechanism PLAIN says (RFC 4616), in base64."""
    return b64encode(b"\0" + user.encode() + b"\0" + password.encode()).decode("ascii")


def forms(user: str, password: str | None) -> tuple[str, ...]:
    """The password in every form in which a server may echo it."""
    if not password:
        return ()
    return password, b64encode(password.encode()).decode("ascii"), plain(user, password)


def spoken(words: bytes | str, *secrets: str) -> str | None:
    """The server's words as one line that may be shown and kept; None where nothing is left.

    Where they hold one of ``secrets``, all of them is left out.
    """
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if any(secret and secret in text for secret in secrets):
        return None
    line = "".join(each if each.isprintable() else " " for each in text[: SAID * 4])
    return re.sub(r" {2,}", " ", line).strip()[:SAID].strip() or None
