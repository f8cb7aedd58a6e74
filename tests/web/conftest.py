"""A desk with a clock that stands still and a store of its own, served on a free port."""

from __future__ import annotations

import html
import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from taktvoll.desk import Desk
from taktvoll.edges.caldav import Found
from taktvoll.edges.presets import Preset, preset_of
from taktvoll.edges.store import SqliteStore
from taktvoll.model import Account, Language, Server, Tls
from taktvoll.ports import Outcome
from taktvoll.post import Post
from taktvoll.web.app import create_app
from taktvoll.web.guard import csrf_token
from taktvoll.web.reader import Reader

NOW = datetime(2026, 12, 2, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TOKEN = "a-token-of-this-test"
EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass
class Standing:
    """A clock that stands where it is put."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class Served:
    """A running server, and a browser of the simplest kind that is let in."""

    host: str
    client: httpx.Client
    desk: Desk
    app: FastAPI

    def csrf(self) -> str:
        return csrf_token(TOKEN)

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data={"csrf": self.csrf(), **fields})

    def hand_in(self, content: bytes, name: str = "einladung.eml", **fields: str) -> httpx.Response:
        fields = {"csrf": self.csrf(), **fields}
        return self.client.post("/cases", data=fields, files={"file": (name, content)})

    def typed(self, **fields: str) -> httpx.Response:
        return self.post("/cases", **fields)

    def api(self, method: str, path: str, **fields: object) -> httpx.Response:
        return self.client.request(method, f"/api/v1{path}", json=fields or None)


def problem(page: httpx.Response) -> str:
    """The one clear sentence of a page; empty where there is none."""
    found = re.search(r'<p class="problem" role="alert">(.*?)</p>', page.text, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def editor(page: httpx.Response) -> str:
    """The letter in the editor of a page."""
    return html.unescape(
        re.search(r'<textarea id="letter-text".*?>(.*?)</textarea>', page.text, re.DOTALL)[1]
    )


def version(page: httpx.Response) -> str:
    """Which state of the case a page shows."""
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


ACCOUNT = Account(
    id="mira",
    address="mira.sandner@example.org",
    smtp=Server(host="smtp.example.org", port=465, tls=Tls.IMPLICIT, user="mira"),
)


class Nobody:
    """No keyring, no screen to tell something on, and a server that takes everything."""

    def courier(self, _: str) -> Nobody:
        return self

    def try_out(self) -> Outcome:
        return Outcome.accepted("login_fine")

    def send(self, *_: object, **__: object) -> Outcome:
        return Outcome.accepted("sent")

    def provider(self, address: str) -> Preset | None:
        return preset_of(address)

    def published(self, _: str) -> None:
        return None

    def calendars(self, url: str, user: str, password: str) -> list[Found]:
        names = ("Privat", "Bewerbungen") if password == "several" else ("Privat",)
        return [
            Found(name=name, url=f"https://{url}/{user}/{name}/", writable=True, schedules=True)
            for name in names
        ]

    def get(self, *_: object) -> None:
        return None

    def set(self, *_: object, **__: object) -> None:
        pass

    def forget(self, _: str) -> None:
        pass

    def notify(self, *_: object, **__: object) -> bool:
        return False


def desk_on(store: SqliteStore, cache: Path, outside: Nobody | None = None, **more: object) -> Desk:
    """A desk on ``store`` that reaches nobody, or what ``outside`` reaches."""
    clock, nobody = Standing(), outside or Nobody()
    post = Post(
        clock=clock,
        store=lambda: store,
        reach=nobody,
        secrets=nobody,
        notifier=nobody,
        directory=nobody,
    )
    more = {"overlay": None, **more}
    return Desk(clock=clock, store=lambda: store, cache=cache, sending=lambda: post, **more)


@pytest.fixture(scope="session")
def rules(tmp_path_factory):
    """Where compiled rules are kept from test to test."""
    return tmp_path_factory.mktemp("rules")


@pytest.fixture(scope="module")
def served(tmp_path_factory, rules):
    """A running desk with a store of its own, a module."""
    home = tmp_path_factory.mktemp("home")
    store = SqliteStore(home / "cases.db")
    desk = desk_on(store, rules, home=home)
    with serving(desk) as running:
        yield running
    store.close()


@contextmanager
def serving(desk: Desk, reader: Reader | None = None, port: int = 0) -> Iterator[Served]:
    """``desk`` on a free port, and a browser of the simplest kind that is let in."""
    listener = socket.create_server(("127.0.0.1", port))
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    app = create_app(desk, token=TOKEN, host=host, reader=reader)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    german = {"accept-language": "de-AT,de;q=0.9,en;q=0.8"}
    with httpx.Client(
        base_url=f"http://{host}", headers=german, follow_redirects=True, timeout=60
    ) as client:
        client.get("/", params={"token": TOKEN})
        yield Served(host=host, client=client, desk=desk, app=app)
    server.should_exit = True
    thread.join(10)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def chromium():
    """A real browser."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is missing")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, served):
    """Makes a person who is let in: with ``screen``, ``language``, and ``scripts`` or not."""
    from tests.web.visitor import LOCALES, SCREENS, Visitor

    contexts = []

    def make(
        *, screen: str = "large", language: Language = Language.DE, scripts: bool = True,
        host: str = "", **options: object,
    ) -> Visitor:  # fmt: skip
        context = chromium.new_context(
            locale=LOCALES[language],
            viewport=SCREENS[screen],
            java_script_enabled=scripts,
            **options,
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), host or served.host, language, scripts)
        visitor.go(f"/?token={TOKEN}")
        return visitor

    yield make
    for context in contexts:
        context.close()
