"""What is asked of a handler, and what it answers: the same for a page and for a program.

A handler takes an ``Ask`` and gives a ``Show``, a ``Go`` or a ``Give``. For a browser these become
a page, a redirect and a download; under ``/api/v1`` JSON with the record that each holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

from taktvoll.desk import Desk
from taktvoll.errors import MissingFacts, TaktvollError, WrongUse
from taktvoll.messages import say
from taktvoll.model import Language, Me
from taktvoll.web import views
from taktvoll.web.guard import csrf_token, is_csrf_token

API = "/api/v1"

_MAX_TEXT = 6_000_000  # bytes of a pasted invitation
_MAX_FIELDS = 90
_LANGUAGE_COOKIE = "taktvoll_language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: its fields, the file it brought along, and for whom the answer is."""

    form: Mapping[str, str]
    file: tuple[str, bytes] | None
    me: Me
    language: Language
    now: datetime
    api: bool
    path: str


@dataclass(frozen=True, slots=True)
class Show:
    """A page: a template with its values; for a program the ``record``."""

    template: str
    record: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    error: TaktvollError | None = None


@dataclass(frozen=True, slots=True)
class Go:
    """Done; a page goes on to ``path``, so that reloading repeats nothing."""

    path: str
    record: Any
    created: bool = False


@dataclass(frozen=True, slots=True)
class Give:
    """A file to keep."""

    name: str
    data: bytes | Iterator[bytes]
    inline: bool = False


Reply = Show | Go | Give

_MEDIA = {
    "eml": "message/rfc822",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


async def ask(request: Request, desk: Desk, token: str) -> Ask:
    """Read the request. A form that is not ours is refused with 403."""
    api = request.url.path.startswith(f"{API}/")
    file = None
    if request.method in ("GET", "HEAD"):
        form = dict(request.query_params)
    elif api:
        form = await _body(request)
    else:
        posted = await request.form(max_files=1, max_fields=_MAX_FIELDS, max_part_size=_MAX_TEXT)
        if not is_csrf_token(posted.get("csrf"), token):
            raise HTTPException(403)
        form = {name: value for name, value in posted.items() if isinstance(value, str)}
        upload = posted.get("file")
        if isinstance(upload, UploadFile) and upload.filename:
            file = (Path(upload.filename).name[:200], await upload.read())
    me = _me(desk)
    return Ask(
        form=form,
        file=file,
        me=me,
        language=_language(request, me),
        now=desk.clock.now(),
        api=api,
        path=request.url.path,
    )


async def _body(request: Request) -> dict[str, str]:
    """The fields of a JSON object; it must say that it is JSON, which no foreign form can."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    data = await request.body()
    if not data and request.method == "DELETE":
        return {}
    if kind != "application/json":
        raise WrongUse("api_not_json")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise WrongUse("api_not_json") from None
    if not isinstance(body, dict):
        raise WrongUse("api_not_json")
    return {str(name): _field(name, value) for name, value in body.items() if value is not None}


def _field(name: object, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str | int | float):
        return str(value).encode("utf-8", "replace").decode()  # half of a surrogate pair
    raise WrongUse("api_field", field=str(name)[:40])


def _me(desk: Desk) -> Me:
    try:
        return desk.me()
    except TaktvollError:
        return Me()  # the store says what is wrong when it is asked for a case


def _language(request: Request, me: Me) -> Language:
    """By switch, by what was set, by the browser."""
    chosen = request.query_params.get("lang") or request.cookies.get(_LANGUAGE_COOKIE)
    for code in (chosen, me.language):
        if code in list(Language):
            return Language(code)
    for accepted in request.headers.get("accept-language", "").split(","):
        code = accepted.strip()[:2].lower()
        if code in list(Language):
            return Language(code)
    return Language.EN


# --- answers ------------------------------------------------------------------------------------


def response(reply: Reply, asked: Ask, request: Request, token: str) -> Response:
    """What goes over the wire."""
    if isinstance(reply, Give):
        return _file(reply)
    if asked.api:
        return JSONResponse(reply.record, 201 if isinstance(reply, Go) and reply.created else 200)
    if isinstance(reply, Go):
        return RedirectResponse(reply.path, 303)
    page = _page(reply, asked, token)
    if request.query_params.get("lang") in list(Language):
        page.set_cookie(_LANGUAGE_COOKIE, asked.language, httponly=True, samesite="strict")
    return page


def _file(given: Give) -> Response:
    suffix = given.name.rpartition(".")[2]
    kind = "inline" if given.inline else "attachment"
    headers = {"content-disposition": f'{kind}; filename="{given.name}"'}
    media = _MEDIA.get(suffix, "text/plain; charset=utf-8")
    if isinstance(given.data, bytes):
        return Response(given.data, media_type=media, headers=headers)
    return StreamingResponse(given.data, media_type=media, headers=headers)


def _page(shown: Show, asked: Ask, token: str) -> Response:
    error = shown.error
    html = views.render(
        shown.template,
        asked.language,
        csrf=csrf_token(token),
        path=_page_of(asked.path),
        query=_query(asked),
        me=asked.me,
        problem=sentence(error, asked.language) if error else None,
        missing=error.facts if isinstance(error, MissingFacts) else (),
        **shown.values,
    )
    status = status_of(error) if error else 200
    return HTMLResponse(html, status, headers={"vary": "accept-language, cookie"})


def _page_of(path: str) -> str:
    """The page to which a form at ``path`` belongs: only a page can be asked for again."""
    parts = path.strip("/").split("/")
    return "/".join(["", *parts[:2]]) if parts[0] == "cases" else path


def _query(asked: Ask) -> str:
    """What the page was asked for beside its language, for the switch of languages."""
    kept = {name: asked.form[name] for name in _KEPT if asked.form.get(name)}
    return f"{urlencode(kept)}&" if kept else ""


_KEPT = ("step", "state", "page", "intent", "category")


def complaint(request: Request, error: TaktvollError, token: str, status: int = 0) -> Response:
    """The one clear sentence of ``error``: a page of its own, or JSON."""
    language = _language(request, Me())
    status = status or status_of(error)
    if request.url.path.startswith(f"{API}/"):
        record: dict[str, Any] = {"code": error.code, "message": sentence(error, language)}
        if isinstance(error, MissingFacts):
            record["facts"] = list(error.facts)
        return JSONResponse(record, status)
    html = views.render(
        "problem.html",
        language,
        csrf=csrf_token(token),
        path="/",
        query="",
        me=Me(),
        problem=sentence(error, language),
    )
    return HTMLResponse(html, status, headers={"vary": "accept-language, cookie"})


def sentence(error: TaktvollError, language: Language) -> str:
    """What a person reads of ``error``."""
    if isinstance(error, MissingFacts):
        names = ", ".join(say(f"fact.{fact}", language) for fact in error.facts)
        return say("error.missing_facts", language, facts=names)
    return say(f"error.{error.code}", language, **error.values)


def status_of(error: TaktvollError) -> int:
    """The HTTP status of ``error``: what is not there, what has changed, what cannot be."""
    return _STATUS.get(error.code, 422)


_STATUS = {
    "no_such_case": 404,
    "no_such_article": 404,
    "page_not_found": 404,
    "page_refused": 403,
    "case_changed_meanwhile": 409,
    "case_not_possible": 409,
    "nothing_written": 409,
    "too_late_to_undo": 409,
    "upload_too_large": 413,
    "store_locked": 503,
    "store_full": 507,
    "store_read_only": 500,
    "store_damaged": 500,
    "store_newer": 500,
    "unexpected": 500,
}
