"""The desk in the browser: what was handed in, what it says, what to answer, the letter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from taktvoll.case import Event, EventKind, possible
from taktvoll.desk import Desk
from taktvoll.errors import MissingFacts, TaktvollError, UnreadableInput, WrongUse
from taktvoll.follow.plan import step_text
from taktvoll.messages import say
from taktvoll.model import (
    Channel,
    Country,
    Formality,
    Intent,
    InterviewFormat,
    Invitation,
    Language,
    Reason,
    Severity,
    Tell,
)
from taktvoll.read.typed import Facts
from taktvoll.records import answer_files
from taktvoll.send.itip import CalendarAnswer
from taktvoll.web import forms, views
from taktvoll.web.guard import HEADERS, Guard, csrf_token, is_csrf_token
from taktvoll.web.reader import Reader
from taktvoll.web.work import Work, Works

_MAX_TEXT = 500_000  # bytes of a pasted invitation or an edited letter
_SHOWN = 8  # open cases on the first page
_LANGUAGE_COOKIE = "taktvoll_language"
_MEDIA = {
    "eml": "message/rfc822",
    "ics": "text/calendar",
    "json": "application/json",
    "pdf": "application/pdf",
}


def create_app(desk: Desk, *, token: str, host: str) -> FastAPI:
    """The app. ``token`` lets in; ``host`` is ``address:port``, as the browser names it."""
    pages = _Pages(desk, token)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pages.reader.start()
        yield
        pages.reader.close()

    # no generated documentation: its pages load scripts from elsewhere
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    for method, path, page in (
        ("GET", "/", pages.start),
        ("POST", "/invitations", pages.receive),
        ("POST", "/cases/{case_id}", pages.reopen),
        ("POST", "/cases/{case_id}/deletion", pages.delete),
        ("GET", "/invitations/{key}", pages.invitation),
        ("POST", "/invitations/{key}/facts", pages.correct),
        ("POST", "/invitations/{key}/answer", pages.answer),
        ("GET", "/invitations/{key}/answer", pages.letter),
        ("POST", "/invitations/{key}/answer/text", pages.revise),
        ("POST", "/invitations/{key}/answer/events", pages.happened),
        ("GET", "/invitations/{key}/answer/{name}", pages.download),
    ):
        app.add_api_route(path, page, methods=[method], response_model=None)
    app.mount("/static", StaticFiles(directory=Path(str(files("taktvoll.web") / "static"))))
    app.add_exception_handler(TaktvollError, pages.complain)
    app.add_exception_handler(HTTPException, pages.not_here)
    app.add_exception_handler(Exception, pages.broken)
    app.add_middleware(Guard, token=token, host=host)
    return app


class _Pages:
    """One method a page or a form. Forms answer with a redirect: reloading repeats nothing."""

    def __init__(self, desk: Desk, token: str) -> None:
        self.desk = desk
        self.token = token
        self.reader = Reader()
        self.works = Works()
        self.about_me: dict[str, str] = {}

    # --- read -----------------------------------------------------------------------------------

    async def start(self, request: Request) -> Response:
        return await self._start(request, {})

    async def _start(
        self, request: Request, form: dict[str, str], error: TaktvollError | None = None
    ) -> Response:
        cases = await run_in_threadpool(self.desk.cases, _SHOWN)
        return self._page(
            request, "start.html", step="read", cases=cases, form=form, error=error,
            case_text=views.case_text, countries=list(Country),
        )  # fmt: skip

    async def receive(self, request: Request) -> Response:
        """A file or a pasted text, or facts that somebody typed."""
        posted = await self._posted(request)
        form = _texts(posted)
        try:
            if "text" in form:
                invitation = await self._read(posted, form["text"])
            else:
                facts = forms.typed_facts(form)
                if facts == Facts(country=facts.country):
                    raise WrongUse("nothing_typed")
                language = forms.word(form, "letter_language", Language)
                invitation = self.desk.typed(facts, language or self._language(request))
        except TaktvollError as error:
            return await self._start(request, form, error)
        work = self.works.open(invitation)
        return _see(f"/invitations/{work.key}")

    async def _read(self, posted: FormData, text: str) -> Invitation:
        upload = posted.get("file")
        data, name = text.encode("utf-8", "replace"), None
        if isinstance(upload, UploadFile) and upload.filename:
            data, name = await upload.read(), Path(upload.filename).name[:200]
        if not data.strip():
            raise UnreadableInput("nothing_handed_in")
        now = self.desk.clock.now()
        found = await run_in_threadpool(self.reader.read, data, file=name, now=now)
        if not found:
            raise UnreadableInput("upload_unreadable")
        return found[0]

    # --- decide ---------------------------------------------------------------------------------

    async def reopen(self, request: Request, case_id: str) -> Response:
        """Go on with a case that is in the store."""
        await self._posted(request)
        case = await run_in_threadpool(self.desk.case, case_id)
        work = self.works.open(case.invitation)
        self.works.keep(replace(work, form=forms.decided(case)))
        return _see(f"/invitations/{work.key}")

    async def delete(self, request: Request, case_id: str) -> Response:
        await self._posted(request)
        await run_in_threadpool(self.desk.delete, case_id)
        return _see("/")

    async def invitation(self, request: Request, key: str) -> Response:
        return self._invitation(request, self.works.get(key))

    def _invitation(
        self, request: Request, work: Work, error: TaktvollError | None = None
    ) -> Response:
        invitation, now = work.invitation, self.desk.clock.now()
        language = self._language(request)
        likely, others = views.intents(invitation, now)
        own = {
            "name": invitation.attendee.name or "",
            "address": invitation.attendee.email or "",
        }
        return self._page(
            request, "invitation.html", step="decide", work=work, error=error,
            facts=views.understood(invitation, language), fields=views.fields(invitation),
            likely=likely, others=others, form={**own, **self.about_me, **work.form},
            reasons=list(Reason), tells=list(Tell), countries=list(Country),
            formalities=[Formality.SIE, Formality.DU], formats=list(InterviewFormat),
            duties=self._duties(invitation), said=_intents_of_fields(), slots=forms.SLOTS,
        )  # fmt: skip

    def _duties(self, invitation: Invitation) -> dict[str, tuple[str, list[Intent]]]:
        """Each question of duty, with the intents that it belongs to."""
        asked: dict[str, tuple[str, list[Intent]]] = {}
        for intent in Intent:
            for question in self.desk.questions(invitation, intent):
                for each in (question, *question.follow_ups):
                    if each.duty:
                        asked.setdefault(each.duty, (each.key, []))[1].append(intent)
        return asked

    async def correct(self, request: Request, key: str) -> Response:
        """Facts that the person knows better."""
        form = _texts(await self._posted(request))
        work = self.works.get(key)
        facts = forms.typed_facts(forms.changed(views.fields(work.invitation), form))
        corrected = self.desk.corrected(work.invitation, facts)
        self.works.keep(replace(work, invitation=corrected, answer=None))
        return _see(f"/invitations/{key}")

    # --- write and check ------------------------------------------------------------------------

    async def answer(self, request: Request, key: str) -> Response:
        """Write the answer; where a fact is missing, ask for it beside what is filled in."""
        form = _texts(await self._posted(request))
        work = self.works.keep(replace(self.works.get(key), form=form, answer=None))
        now = self.desk.clock.now()
        try:
            asked = forms.asked(form, work.invitation, now.tzinfo)
            answer = await run_in_threadpool(self.desk.answer, work.invitation, asked, now)
        except TaktvollError as error:
            return self._invitation(request, work, error)
        self.about_me = {name: form.get(name, "") for name in ("name", "address", "phone")}
        self.works.keep(replace(work, answer=answer))
        return _see(f"/invitations/{key}/answer")

    async def letter(self, request: Request, key: str) -> Response:
        work = self.works.get(key)
        if work.answer is None:
            return _see(f"/invitations/{key}")
        answer, language = work.answer, self._language(request)
        case = await run_in_threadpool(self.desk.case, answer.case.id)
        return self._page(
            request, "letter.html", step="write", work=work, answer=answer,
            severe=Severity.ERROR, phone_first=answer.advice.first is Channel.PHONE,
            calendar=isinstance(answer.calendar, CalendarAnswer),
            mailto=views.mailto(answer), tel=views.tel(answer.plan.phone),
            possible=possible(case), happens=EventKind,
            next_variant=forms.variant(work.form) + 1, form=work.form, case=case,
            steps=[step_text(step, language, answer.plan.country) for step in answer.plan.steps],
        )  # fmt: skip

    async def revise(self, request: Request, key: str) -> Response:
        """Check the letter in the person's own wording."""
        form = _texts(await self._posted(request))
        work, text = self.works.get(key), form.get("text", "").replace("\r\n", "\n")
        if work.answer is not None and text.strip():
            answer = await run_in_threadpool(self.desk.revise, work.answer, text)
            self.works.keep(replace(work, answer=answer))
        return _see(f"/invitations/{key}/answer#letter")

    # --- send and follow ------------------------------------------------------------------------

    async def download(self, request: Request, key: str, name: str) -> Response:
        work = self.works.get(key)
        made = answer_files(work.answer, self._language(request)) if work.answer else {}
        if name not in made:
            raise HTTPException(404)
        media = _MEDIA.get(name.rpartition(".")[2], "text/plain")
        return Response(
            made[name],
            media_type=f"{media}; charset=utf-8" if media.startswith("text/") else media,
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    async def happened(self, request: Request, key: str) -> Response:
        """What the person says that they did: sent it, or spoke to somebody."""
        form = _texts(await self._posted(request))
        work, kind = self.works.get(key), forms.word(form, "kind", EventKind)
        if work.answer is not None and kind in _SAID_BY_PERSON:
            whom = form.get("whom", "").strip()[:200]
            event = Event(
                kind=kind,
                at=self.desk.clock.now(),
                data={"whom": whom} if whom else {},
                due_at=None if kind is EventKind.SPOKEN else work.answer.plan.check_back,
            )
            await run_in_threadpool(self.desk.note, work.answer.case.id, event)
        return _see(f"/invitations/{key}/answer#next")

    # --- every page -----------------------------------------------------------------------------

    async def complain(self, request: Request, error: Exception) -> Response:
        """The one clear sentence of an error, on a page of its own."""
        return self._page(request, "problem.html", step=None, error=error, status=400)

    async def not_here(self, request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 404)
        problem = WrongUse("page_refused" if status == 403 else "page_not_found")
        return self._page(request, "problem.html", step=None, error=problem, status=status)

    async def broken(self, request: Request, error: Exception) -> Response:
        """Our mistake: it goes to the terminal, and the person can go on."""
        problem = TaktvollError("unexpected")
        page = self._page(request, "problem.html", step=None, error=problem, status=500)
        page.headers.update(HEADERS)  # what answers here stands outside the guard
        return page

    async def _posted(self, request: Request) -> FormData:
        """The form, if it is one of ours."""
        posted = await request.form(max_files=1, max_fields=60, max_part_size=_MAX_TEXT)
        if not is_csrf_token(posted.get("csrf"), self.token):
            raise HTTPException(403)
        return posted

    def _language(self, request: Request) -> Language:
        chosen = request.query_params.get("lang") or request.cookies.get(_LANGUAGE_COOKIE)
        if chosen in list(Language):
            return Language(chosen)
        for accepted in request.headers.get("accept-language", "").split(","):
            code = accepted.strip()[:2].lower()
            if code in list(Language):
                return Language(code)
        return Language.EN

    def _page(
        self,
        request: Request,
        template: str,
        *,
        error: object = None,
        status: int = 200,
        **values: Any,
    ) -> Response:
        language = self._language(request)
        problem = _problem(error, language) if isinstance(error, TaktvollError) else None
        html = views.render(
            template, language, csrf=csrf_token(self.token), path=request.url.path,
            problem=problem, missing=error.facts if isinstance(error, MissingFacts) else (),
            **values,
        )  # fmt: skip
        status = 422 if problem and status == 200 else status
        response = HTMLResponse(html, status, headers={"vary": "accept-language, cookie"})
        if request.query_params.get("lang") in list(Language):
            response.set_cookie(_LANGUAGE_COOKIE, language, httponly=True, samesite="strict")
        return response


_SAID_BY_PERSON = (EventKind.CONFIRMED_BY_PERSON, EventKind.SPOKEN, EventKind.NOT_SENT)


def _problem(error: TaktvollError, language: Language) -> str:
    if isinstance(error, MissingFacts):
        names = ", ".join(say(f"fact.{fact}", language) for fact in error.facts)
        return say("error.missing_facts", language, facts=names)
    return say(f"error.{error.code}", language, **error.values)


def _intents_of_fields() -> dict[str, list[Intent]]:
    said: dict[str, list[Intent]] = {}
    for intent, names in forms.FIELDS.items():
        for name in names:
            said.setdefault(name, []).append(intent)
    return said


def _texts(posted: FormData) -> dict[str, str]:
    return {name: value for name, value in posted.items() if isinstance(value, str)}


def _see(path: str) -> Response:
    return RedirectResponse(path, 303)
