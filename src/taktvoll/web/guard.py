"""Who may talk to the desk in the browser: this person, on this machine, from its own pages."""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taktvoll.errors import UnreadableInput

MAX_UPLOAD = 25_000_000  # bytes; the largest mail that common providers pass on

# Nothing inline, nothing from elsewhere, no other page around ours.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # not no-referrer: browsers would then send "Origin: null" with our own forms
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware around the whole app.

    ``token`` is the secret in the address that the program opens; it is turned into a cookie at
    the first request. ``host`` is ``address:port`` as the browser names it: any other Host header
    is a foreign name that was made to point here (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, token: str, host: str) -> None:
        self._app = app
        self._token = token
        self._hosts = {host, f"localhost:{host.rpartition(':')[2]}"}
        # browsers share cookies among the ports of a host: two desks must not overwrite theirs
        self._cookie = f"taktvoll_{host.rpartition(':')[2]}"
        self._session = _derived(token, "session")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, let in, or pass on with all security headers and a bounded body."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._entrance(scope) or self._app
        await answer(scope, _bounded(scope, receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        hosts = _headers(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return PlainTextResponse("Wrong host.", 421)
        origins = _headers(scope, b"origin")
        if any(origin != f"http://{hosts[0]}" for origin in origins):
            return PlainTextResponse("Not from this page.", 403)
        sites = _headers(scope, b"sec-fetch-site")
        if scope["method"] != "GET" and any(s not in ("same-origin", "none") for s in sites):
            return PlainTextResponse("Not from this page.", 403)
        return None

    def _entrance(self, scope: Scope) -> ASGIApp | None:
        """Turn the token into the cookie; without either there is only one sentence.

        A program sends the token with each request (RFC 6750 §2.1). The calendar's address is a
        secret of its own, as a calendar program brings neither.
        """
        if scope["path"].startswith(("/static/", "/calendar/")):
            return None
        bearer = [h.removeprefix("Bearer ") for h in _headers(scope, b"authorization")]
        if scope["path"].startswith("/api/") and any(_same(b, self._token) for b in bearer):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and _same(given, self._token):
            entered = RedirectResponse("/", 303)
            entered.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
            return entered
        if any(_same(value, self._session) for value in self._cookies(scope)):
            return None
        return PlainTextResponse(
            "Bitte öffne die Adresse, die taktvoll beim Start nennt.\n"
            "Please open the address that taktvoll names when it starts.\n",
            403,
        )

    def _cookies(self, scope: Scope) -> list[str]:
        found = []
        for header in _headers(scope, b"cookie"):
            try:
                morsel = SimpleCookie(header).get(self._cookie)
            except CookieError:
                continue
            if morsel:
                found.append(morsel.value)
        return found


def csrf_token(token: str) -> str:
    """What every form of ours carries and no foreign page can know."""
    return _derived(token, "csrf")


def is_csrf_token(given: object, token: str) -> bool:
    """Whether a form brought along what ``csrf_token`` gave it."""
    return isinstance(given, str) and _same(given, csrf_token(token))


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _same(given: str, known: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), known.encode())


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """``receive`` that raises ``UnreadableInput("upload_too_large")`` beyond ``MAX_UPLOAD``.

    What was announced and what really comes are both held to it. The rest is taken in and thrown
    away first: a browser shows no answer to a request that it could not finish.
    """
    announced = [int(n) if n.isdecimal() else 0 for n in _headers(scope, b"content-length")]
    received = 0

    async def bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if max([received, *announced]) > MAX_UPLOAD:
            while message.get("more_body"):
                message = await receive()
            raise UnreadableInput("upload_too_large", megabytes=MAX_UPLOAD // 1_000_000)
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", []), *ours]
        await send(message)

    return sending
