"""HTTP as caldav and autoconfig need it: in time, bounded, and never to a strange host with a
password. Like ``connection`` this is ground, and no edge itself."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from taktvoll.edges.connection import CONNECTING, Deadline, chain, explain, is_this_machine
from taktvoll.ports import Outcome

MB = 1024 * 1024
LARGEST = 5 * MB  # of a body
WORDS = 16 * 1024  # of a body that only says why not
REDIRECTS = 5

# the libraries would log addresses at INFO and headers at DEBUG
for name in ("httpx", "httpcore"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered; ``url`` is where it did, after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Failed(Exception):
    """There is no answer. ``sent`` is whether the server may have done what was asked."""

    def __init__(self, outcome: Outcome, *, sent: bool = False) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome
        self.sent = sent


class Http:
    """Requests to the server of ``home`` within ``longest`` seconds in all; used in a ``with``.

    Follows redirects there and to its relatives alone (``related``), by https or on this machine.
    """

    def __init__(
        self,
        home: str,
        *,
        auth: tuple[str, str] | None = None,
        ssl_context: ssl.SSLContext | None = None,
        longest: float,
    ) -> None:
        self._home = home
        self._deadline = Deadline(longest)
        self._sent = False
        # neither proxies nor a .netrc: the environment must not lead the password elsewhere
        self._client = httpx.Client(
            auth=httpx.BasicAuth(*auth) if auth else None,
            verify=ssl_context or ssl.create_default_context(),
            trust_env=False,
            headers={"Accept-Encoding": "identity", "User-Agent": "taktvoll"},
        )

    def __enter__(self) -> Self:
        self._deadline.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()
        self._deadline.__exit__(kind, error, trace)

    def ask(
        self,
        method: str,
        url: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, whatever its status. Raises ``Failed``."""
        for _ in range(REDIRECTS + 1):
            self._allow(url)
            self._sent = False
            try:
                answer = self._once(method, url, content, headers or {})
            except (httpx.InvalidURL, UnicodeError) as failure:
                # also a host whose labels are too long for a name
                malformed = Outcome.permanent("address_of_server_malformed")
                raise Failed(malformed) from failure
            except (httpx.HTTPError, httpx.StreamError, OSError) as failure:
                if "location" in str(failure):  # a redirect to what is no address
                    raise Failed(Outcome.permanent("redirected_elsewhere")) from failure
                raise Failed(self._explain(failure), sent=self._sent) from failure
            if answer.status not in (301, 302, 307, 308):
                return answer
            # the method stays: a REPORT that became a GET would be another question
            url = join(url, answer.headers.get("location", ""))
        raise Failed(Outcome.permanent("redirected_elsewhere"))

    def _allow(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError as broken:
            raise Failed(Outcome.permanent("address_of_server_malformed")) from broken
        if not host or parts.scheme not in ("http", "https"):
            raise Failed(Outcome.permanent("address_of_server_malformed"))
        if parts.scheme == "http" and not is_this_machine(host):
            raise Failed(Outcome.permanent("tls_missing"))
        if not related(self._home, url):
            raise Failed(Outcome.permanent("redirected_elsewhere"))

    def _once(self, method: str, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        timeout = httpx.Timeout(self._deadline.left(), connect=CONNECTING)
        with self._client.stream(
            method,
            url,
            content=content,
            headers=dict(headers),
            timeout=timeout,
            extensions={"trace": self._trace},
        ) as response:
            return Answer(
                url=url,
                status=response.status_code,
                headers=response.headers,
                body=self._read(response),
            )

    def _read(self, response: httpx.Response) -> bytes:
        """The body, or the beginning of one that only says why not."""
        wanted = response.is_success
        if wanted and response.headers.get("content-encoding", "identity") != "identity":
            raise Failed(Outcome.temporary("not_understood"), sent=True)
        body = bytearray()
        try:
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > (LARGEST if wanted else WORDS):
                    break
        except httpx.HTTPError:
            if wanted:
                raise
        if wanted and len(body) > LARGEST:
            raise Failed(Outcome.permanent("answer_too_large"), sent=True)
        return bytes(body)

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._deadline.watch(info["return_value"].get_extra_info("socket"))
        elif event == "http11.send_request_body.complete":
            self._sent = True

    def _explain(self, failure: Exception) -> Outcome:
        garbled = isinstance(failure, httpx.ProtocolError) and "disconnect" not in str(failure)
        lost = any(isinstance(each, OSError) for each in chain(failure))
        if garbled and not lost and not self._deadline.passed and "peer" not in str(failure):
            return Outcome.temporary("not_understood")
        return explain(failure, self._deadline)


def join(base: str, reference: str) -> str:
    """Where ``reference`` leads from ``base``; empty where it is no address."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""


# below these a name is registered, so who stands beside it is a stranger
_REGISTRIES = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "gv", "or", "ne", "go"))


def related(home: str, other: str) -> bool:
    """Whether ``other`` may be shown the password for ``home``: the same host and port, or by
    https a host beside or below it, as ``caldav.provider.test`` and ``p7-caldav.provider.test``.
    """
    a, b = urlsplit(home), urlsplit(other)
    host, its = (a.hostname or "").lower(), (b.hostname or "").lower()
    if host == its:
        # on this machine every port is somebody else
        return _port(a.scheme, a.port) == _port(b.scheme, b.port) or (
            b.scheme == "https" and not is_this_machine(host)
        )
    if b.scheme != "https" or is_this_machine(its) or ":" in its or its[-1:].isdigit():
        return False
    labels = host.split(".")
    parent = labels[1:] if len(labels) > 2 else labels
    if len(parent) == 2 and parent[0] in _REGISTRIES and len(parent[1]) == 2:
        parent = labels
    return len(parent) > 1 and f".{its}".endswith("." + ".".join(parent))


def _port(scheme: str, port: int | None) -> int:
    return port or (443 if scheme == "https" else 80)
