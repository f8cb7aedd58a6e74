"""Choosing a calendar on the page, at a real calendar server."""

from __future__ import annotations

import html
import re

import pytest
from tests.rigs.process import PASSWORD
from tests.web.conftest import ACCOUNT, Nobody, desk_on, problem, serving

from taktvoll.edges.caldav import discover
from taktvoll.edges.store import SqliteStore


class Outside(Nobody):
    """A real calendar server, and a place for passwords."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {"smtp": "of the mail"}

    def calendars(self, url: str, user: str, password: str) -> object:
        return discover(url, user, password)

    def get(self, account: str, service: str) -> str | None:
        return self.kept.get(service)

    def set(self, account: str, service: str, secret: str, **_: object) -> None:
        self.kept[service] = secret


@pytest.fixture
def outside():
    return Outside()


@pytest.fixture
def connected(tmp_path, rules, outside):
    """A desk with a mail account and without a calendar."""
    store = SqliteStore(tmp_path / "cases.db")
    with serving(desk_on(store, rules, outside)) as running:
        running.desk.post.add_account(ACCOUNT, {})
        yield running
    store.close()


def look(connected, radicale_server, user, **fields):
    fields = {"calendar_url": radicale_server.url, "calendar_user": user, **fields}
    return connected.post(f"/accounts/{ACCOUNT.id}/calendars", **fields)


def chosen(connected):
    return connected.desk.post.account().calendar_url


def test_one_of_several_is_chosen_and_another_and_none(connected, radicale_server, outside):
    user = radicale_server.user()
    work, private = (radicale_server.calendar(user, name) for name in ("work", "private"))
    page = look(connected, radicale_server, user, calendar_password=PASSWORD)
    offered = re.findall(r'name="calendar" value="([^"]+)"', page.text)
    assert sorted(map(html.unescape, offered)) == sorted([private, work])
    assert chosen(connected) is None
    # the password is not carried along in the page
    assert PASSWORD not in page.text
    page = look(connected, radicale_server, user, calendar="https://elsewhere.example/")
    assert chosen(connected) is None
    page = look(connected, radicale_server, user, calendar_password=PASSWORD, calendar=work)
    assert chosen(connected) == work
    assert outside.kept["caldav"] == PASSWORD
    assert work in page.text
    # whoever is connected there needs no password to choose another
    look(connected, radicale_server, user, calendar=private)
    assert chosen(connected) == private
    connected.post(f"/accounts/{ACCOUNT.id}/calendars", none="yes")
    assert chosen(connected) is None


def test_the_only_one_is_taken_at_once(connected, radicale_server):
    user = radicale_server.user()
    only = radicale_server.calendar(user)
    look(connected, radicale_server, user, calendar_password=PASSWORD)
    assert chosen(connected) == only


def test_what_is_missing_or_wrong_is_one_sentence(connected, radicale_server, outside):
    user = radicale_server.user()
    radicale_server.calendar(user)
    # the password of the mail goes to no other server
    assert "Passwort" in problem(look(connected, radicale_server, user))
    assert "Server" in problem(look(connected, radicale_server, user, calendar_url=""))
    refused = look(connected, radicale_server, user, calendar_password="wrong")
    assert (refused.status_code, bool(problem(refused))) == (422, True)
    assert chosen(connected) is None
    assert "caldav" not in outside.kept
