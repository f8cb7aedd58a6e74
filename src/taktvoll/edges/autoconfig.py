"""The servers of a mail address as its own domain publishes them, in the way that Thunderbird
asks for them (https://wiki.mozilla.org/Thunderbird:Autoconfiguration). By https alone."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from taktvoll.edges.http import Failed, Http
from taktvoll.errors import UnreadableInput
from taktvoll.formats.xml import parse
from taktvoll.model import Server, Tls

PATIENCE = 10.0  # seconds for each of the two places

_TLS = {"SSL": Tls.IMPLICIT, "STARTTLS": Tls.STARTTLS}
_PASSWORD = ("password-cleartext", "password-encrypted", "plain", "secure")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{4,253}}\Z){_LABEL}(?:\.{_LABEL})+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a domain says of its servers. ``foreign`` is whether one of them lies outside of the
    domain: then ask the person before any password goes there."""

    smtp: Server | None
    imap: Server | None
    foreign: bool


def look_up(
    address: str, *, ssl_context: ssl.SSLContext | None = None, longest: float = PATIENCE
) -> Suggestion | None:
    """What the domain of ``address`` publishes, None where that is nothing usable.

    The address itself is told to nobody. Never raises.
    """
    domain = address.rpartition("@")[2].lower()
    if not _HOST.match(domain):
        return None
    for url in (
        f"https://autoconfig.{domain}/mail/config-v1.1.xml",
        f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    ):
        try:
            with Http(url, ssl_context=ssl_context, longest=longest) as http:
                answer = http.ask("GET", url)
        except Failed:
            continue
        if answer.status == 200 and (found := read(answer.body, address)):
            return found
    return None


def read(document: bytes, address: str) -> Suggestion | None:
    """The best servers of a ``clientConfig`` document: those with TLS and a password, the first
    of each kind. None where there is none."""
    try:
        root = parse(document)
    except UnreadableInput:
        return None
    smtp = next(_servers(root, "outgoingServer", "smtp", address), None)
    imap = next(_servers(root, "incomingServer", "imap", address), None)
    if smtp is None and imap is None:
        return None
    domain = address.rpartition("@")[2].lower()
    hosts = [server.host for server in (smtp, imap) if server]
    foreign = any(not f".{host}".endswith(f".{domain}") for host in hosts)
    return Suggestion(smtp=smtp, imap=imap, foreign=foreign)


def _servers(root: Element, tag: str, kind: str, address: str) -> Iterator[Server]:
    for each in root.iterfind(f"emailProvider/{tag}"):
        tls = _TLS.get(_text(each, "socketType").upper())
        ways = [(way.text or "").strip().lower() for way in each.iterfind("authentication")]
        port = _text(each, "port")
        host = _filled(_text(each, "hostname"), address).lower()
        user = _filled(_text(each, "username") or "%EMAILADDRESS%", address)
        if (
            each.get("type") == kind
            and tls is not None
            and (not ways or any(way in _PASSWORD for way in ways))
            and re.fullmatch(r"[0-9]{1,5}", port)
            and 0 < int(port) < 65536
            and _HOST.match(host)
            and user.isprintable()
            and 0 < len(user) <= 254
        ):
            yield Server(host=host, port=int(port), tls=tls, user=user)


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _filled(text: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    return (
        text.replace("%EMAILADDRESS%", address)
        .replace("%EMAILLOCALPART%", local)
        .replace("%EMAILDOMAIN%", domain)
    )
