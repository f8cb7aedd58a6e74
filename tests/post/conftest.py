"""A person with an account, an invitation and a letter, in a world of servers in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.world import Drawer, SetClock, World

from taktvoll.case import Case
from taktvoll.desk import Asked, Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.model import Account, Decision, Intent, Invitation, Reason, Server, Tls
from taktvoll.post import Post

EXAMPLES = Path(__file__).parents[2] / "examples"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 2, 10, 30, tzinfo=BERLIN)
MIRA = "mira.sandner@posteo.example"
SERVER = Server(host="mail.posteo.example", port=465, tls=Tls.IMPLICIT, user=MIRA)
CALENDAR_USER = "https://dav.posteo.example/mira/"
ACCOUNT = Account(id="mira", address=MIRA, smtp=SERVER, imap=SERVER)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def world(clock: SetClock) -> World:
    return World(clock)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "cases.db")


@pytest.fixture
def post(clock: SetClock, world: World, store: SqliteStore) -> Post:
    post = Post(
        clock=clock, store=lambda: store, reach=world, secrets=Drawer(), notifier=world,
        directory=world,
    )  # fmt: skip
    post.add_account(ACCOUNT, {"smtp": "geheim"})
    return post


@pytest.fixture
def desk(clock: SetClock, store: SqliteStore, tmp_path: Path) -> Desk:
    return Desk(clock=clock, store=lambda: store, cache=tmp_path / "cache", overlay=None)


@pytest.fixture
def invitation(desk: Desk) -> Invitation:
    found = desk.read((EXAMPLES / "einladung.eml").read_bytes())[0]
    return replace(found, attendee=replace(found.attendee, email=MIRA))


@pytest.fixture
def written(desk: Desk, invitation: Invitation) -> Case:
    asked = Asked(
        decision=Decision(intent=Intent.CANCEL, reason=Reason.PRIVATE),
        name="Mira Sandner", address=MIRA,
    )  # fmt: skip
    return desk.answer(invitation, asked).case
