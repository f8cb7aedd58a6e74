"""A desk with a clock that stands still and a store of its own, served on a free port."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import httpx
import pytest
import uvicorn

from taktvoll.desk import Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.web.app import create_app

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

    def csrf(self) -> str:
        return re.search(r'name="csrf" value="(\w+)"', self.client.get("/").text)[1]

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data={"csrf": self.csrf(), **fields})

    def hand_in(self, content: bytes, name: str = "einladung.eml") -> httpx.Response:
        fields = {"csrf": self.csrf(), "text": ""}
        return self.client.post("/invitations", data=fields, files={"file": (name, content)})

    def typed(self, **fields: str) -> httpx.Response:
        return self.post("/invitations", **fields)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    store = SqliteStore(tmp_path_factory.mktemp("store") / "cases.db")
    cache = tmp_path_factory.mktemp("rules")
    desk = Desk(clock=Standing(), store=lambda: store, cache=cache, overlay=None)
    listener = socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    app = create_app(desk, token=TOKEN, host=host)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    german = {"accept-language": "de-AT,de;q=0.9,en;q=0.8"}
    with httpx.Client(
        base_url=f"http://{host}", headers=german, follow_redirects=True, timeout=60
    ) as client:
        client.get("/", params={"token": TOKEN})
        yield Served(host=host, client=client, desk=desk)
    server.should_exit = True
    thread.join(10)
    store.close()
