"""The pictures: what is in them, and how long answers took."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from taktvoll.agenda import follow_on
from taktvoll.case import CaseState, Event, EventKind, open_case
from taktvoll.desk import Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.model import Channel, Decision, Draft, Intent, Invitation
from taktvoll.overview import SHOWN, overview

NOW = datetime(2026, 12, 2, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))


class Standing:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = SqliteStore(tmp_path / "cases.db")
    return Desk(clock=Standing(), store=lambda: store, cache=tmp_path, overlay=None)


def told(desk: Desk, case_id: str, hours: float | None, days: int = 5) -> None:
    """A case that was sent, and where ``hours`` are given, answered after them."""
    case = open_case(case_id, Invitation(start=NOW + timedelta(days=days)), 1, at=NOW)
    desk.store().add(case)
    draft = Draft(channel=Channel.MAIL, subject=None, text="x", parts=())
    events = [
        Event(kind=EventKind.DECIDED, at=NOW, decision=Decision(intent=Intent.CANCEL)),
        Event(kind=EventKind.WRITTEN, at=NOW, drafts=(draft,)),
        Event(kind=EventKind.CONFIRMED_BY_PERSON, at=NOW),
    ]
    if hours is not None:
        events.append(Event(kind=EventKind.ACKNOWLEDGED, at=NOW + timedelta(hours=hours)))
    for event in events:
        case, event = follow_on(case, event)
        desk.store().save(case, event)


def test_how_long_answers_take(desk: Desk) -> None:
    for name, hours in (("a", 1), ("b", 30), ("c", 2), ("d", None)):
        told(desk, name, hours)
    seen = overview(desk, NOW)
    assert {wait.case.id: wait.length for wait in seen.waits} == {
        "a": timedelta(hours=1), "b": timedelta(hours=30), "c": timedelta(hours=2),
    }  # fmt: skip
    assert seen.usual_wait == timedelta(hours=2)
    assert seen.counts == {CaseState.ACKNOWLEDGED: 3, CaseState.CONFIRMED_BY_PERSON: 1}
    assert seen.total == 4


def test_the_interviews_around_now_in_order(desk: Desk) -> None:
    for number, days in enumerate((60, 3, -30, -2, 20)):
        told(desk, f"c{number}", None, days)
    assert [case.id for case in overview(desk, NOW).interviews] == ["c3", "c1", "c4"]


def test_no_more_is_shown_than_fits(desk: Desk) -> None:
    for number in range(SHOWN + 5):
        told(desk, f"c{number}", None, days=1 + number)
    assert len(overview(desk, NOW).interviews) == SHOWN


def test_an_empty_desk_has_empty_pictures(desk: Desk) -> None:
    seen = overview(desk, NOW)
    assert (seen.total, seen.usual_wait, list(seen.interviews)) == (0, None, [])
