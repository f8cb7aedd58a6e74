"""The desk in the browser: which address leads to which handler, for pages and for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from taktvoll import __version__
from taktvoll.desk import Desk
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.web import records
from taktvoll.web.api import QUERIES, described
from taktvoll.web.asking import API, Reply, ask, complaint, response
from taktvoll.web.cases import Cases
from taktvoll.web.guard import HEADERS, Guard, csrf_token
from taktvoll.web.own import FEED, Own
from taktvoll.web.reader import Reader
from taktvoll.web.settings import Settings
from taktvoll.web.shelf import Shelf

Handler = Callable[..., Reply]


def create_app(desk: Desk, *, token: str, host: str, reader: Reader | None = None) -> FastAPI:
    """The app. ``token`` lets in; ``host`` is ``address:port``, as the browser names it."""
    reader = reader or Reader()
    cases, shelf = Cases(desk, reader), Shelf(desk)
    own, settings = Own(desk, host), Settings(desk)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        reader.start()
        yield
        reader.close()

    app = FastAPI(
        title="taktvoll",
        version=__version__,
        docs_url=None,  # generated documentation loads scripts from elsewhere
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        lifespan=lifespan,
    )
    routes = _Routes(app, desk, token)

    routes.page("GET", "/", cases.start)
    routes.page("GET", "/start/{door}", cases.door)
    routes.both("GET", "/cases", cases.list, list[records.CaseLine])
    routes.both("POST", "/cases", cases.receive, records.CaseOut, created=True)
    routes.both("GET", "/cases/{case_id}", cases.show, records.CaseOut)
    routes.both("POST", "/cases/{case_id}/facts", cases.correct, records.CaseOut)
    routes.page("POST", "/cases/{case_id}/advice", cases.advise)
    routes.both("POST", "/cases/{case_id}/answer", cases.answer, records.CaseOut)
    routes.both("POST", "/cases/{case_id}/letter", cases.letter, records.CaseOut)
    routes.both("POST", "/cases/{case_id}/sending", cases.send, records.CaseOut)
    routes.both("POST", "/cases/{case_id}/nudge", cases.nudge, records.CaseOut)
    routes.both("POST", "/cases/{case_id}/undo", cases.undo, records.CaseOut)
    routes.both("POST", "/cases/{case_id}/events", cases.happened, records.CaseOut)
    routes.page("POST", "/cases/{case_id}/paper", cases.print)
    routes.page("POST", "/cases/{case_id}/deletion", cases.delete)
    routes.data("DELETE", "/cases/{case_id}", cases.delete, records.Deleted)
    routes.file("/cases/{case_id}/files/{name}", cases.file)
    routes.data("POST", "/check", cases.check, records.Findings)

    routes.both("GET", "/templates", shelf.templates, list[records.TemplateOut])
    routes.both("GET", "/guide", shelf.guide, list[records.ArticleOut])
    routes.both("GET", "/guide/{article_id}", shelf.article, records.ArticleOut)
    routes.both("GET", "/rules", shelf.rules, list[records.RuleOut])

    routes.both("GET", "/overview", own.overview, records.OverviewOut)
    routes.file("/export/{name}", own.export)
    routes.page("POST", "/import", own.take_in)
    routes.data("POST", "/import", own.take_in, records.TakenIn)
    routes.page("POST", "/calendar", own.feed)
    routes.file(f"{FEED}/{{secret}}", own.calendar)
    routes.page("POST", "/deletion", own.forget)
    routes.page("POST", "/accounts", settings.add_account)
    routes.page("POST", "/accounts/{account_id}/test", settings.try_out)
    routes.page("POST", "/accounts/{account_id}/calendars", settings.calendars)
    routes.page("POST", "/accounts/{account_id}/removal", settings.remove_account)
    routes.page("POST", "/reminders", settings.remind)
    routes.both("GET", "/settings", settings.show, records.MeOut)
    routes.both("POST", "/settings", settings.set, records.MeOut)

    async def session(_: Request) -> Response:
        """That the desk is there, and what its forms carry: they outlive a new start."""
        return JSONResponse({"csrf": csrf_token(token)})

    app.add_api_route(f"{API}/session", session, include_in_schema=False, response_model=None)

    async def complain(request: Request, error: Exception) -> Response:
        assert isinstance(error, TaktvollError)
        return complaint(request, error, token)

    async def not_here(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 404)
        problem = WrongUse(_CODES.get(status, "page_not_found"))
        answer = complaint(request, problem, token, status)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer

    async def broken(request: Request, error: Exception) -> Response:
        """Our mistake: it goes to the terminal, and the person can go on."""
        page = complaint(request, TaktvollError("unexpected"), token, 500)
        page.headers.update(HEADERS)  # what answers here stands outside the guard
        return page

    app.mount("/static", StaticFiles(directory=Path(str(files("taktvoll.web") / "static"))))
    app.add_exception_handler(TaktvollError, complain)
    app.add_exception_handler(HTTPException, not_here)
    app.add_exception_handler(Exception, broken)
    app.add_middleware(Guard, token=token, host=host)
    return app


class _Routes:
    """Puts a handler at its address, as a page, as data, or as both."""

    def __init__(self, app: FastAPI, desk: Desk, token: str) -> None:
        self._app = app
        self._desk = desk
        self._token = token

    def both(
        self, method: str, path: str, handler: Handler, model: Any, *, created: bool = False
    ) -> None:
        """One handler for the page and for ``/api/v1``."""
        self.page(method, path, handler)
        self.data(method, path, handler, model, created=created)

    def page(self, method: str, path: str, handler: Handler) -> None:
        """A page, or a form that leads to one: nothing of the API."""
        self._add(method, path, handler, HTMLResponse)

    def file(self, path: str, handler: Handler) -> None:
        """Something to keep."""
        self._add("GET", path, handler, Response)

    def _add(self, method: str, path: str, handler: Handler, kind: type[Response]) -> None:
        self._app.add_api_route(
            path,
            self._endpoint(handler),
            methods=[method],
            response_model=None,
            response_class=kind,
            include_in_schema=False,
        )

    def data(
        self, method: str, path: str, handler: Handler, model: Any, *, created: bool = False
    ) -> None:
        """JSON under ``/api/v1``, described in the OpenAPI document."""
        query = QUERIES.get(handler.__name__, {}) if method == "GET" else {}
        problem = {"model": records.Problem}
        errors: dict[int | str, dict[str, Any]] = {
            code: {**problem, "description": said} for code, said in _ERRORS.items()
        }
        self._app.add_api_route(
            API + path,
            self._endpoint(handler),
            methods=[method],
            response_model=None,
            responses={(201 if created else 200): {"model": model}, **errors},
            status_code=201 if created else 200,
            summary=(handler.__doc__ or "").partition("\n")[0],
            operation_id=f"{handler.__name__}_{type(getattr(handler, '__self__', 0)).__name__}",
            openapi_extra=described(handler.__name__, path, query),
        )

    def _endpoint(self, handler: Handler) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            asked = await ask(request, self._desk, self._token)
            reply = await run_in_threadpool(handler, asked, **request.path_params)
            return response(reply, asked, request, self._token)

        return endpoint


_CODES = {400: "form_unreadable", 403: "page_refused", 405: "page_method"}

_ERRORS = {
    403: "Not from this page, or without the token",
    404: "Not here",
    409: "Changed meanwhile, or not possible as the case stands",
    413: "Too large",
    422: "One clear sentence on what is wrong",
    503: "Another program holds the store",
}
