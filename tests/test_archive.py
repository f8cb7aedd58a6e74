"""All cases in one file: what is taken along can be brought back, and others can read it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from taktvoll import archive
from taktvoll.desk import Asked, Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.errors import UnreadableInput
from taktvoll.model import Decision, Intent, Invitation, Language, Me

NOW = datetime(2026, 12, 2, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))
EXAMPLES = Path(__file__).parents[1] / "examples"


class Standing:
    def now(self) -> datetime:
        return NOW


def a_desk(folder: Path) -> Desk:
    store = SqliteStore(folder / "cases.db")
    return Desk(clock=Standing(), store=lambda: store, cache=folder / "cache", overlay=None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = a_desk(tmp_path / "here")
    for name in ("einladung.eml", "gespraech.ics"):
        (read,) = made.read((EXAMPLES / name).read_bytes())
        made.write(made.receive(read).id, Asked(decision=Decision(intent=Intent.CANCEL)))
    made.receive(Invitation(company="Ohne Tag; Komma, AG"))
    made.set_me(Me(name="Mira Sandner"))
    return made


def test_what_is_taken_along_comes_back_whole(desk: Desk, tmp_path: Path) -> None:
    document = b"".join(archive.as_json(desk))
    other = a_desk(tmp_path / "there")
    assert archive.take_in(other, document) == archive.TakenIn(new=3, known=0)
    for case in desk.cases():
        assert other.case(case.id) == case
        assert other.timeline(case.id) == desk.timeline(case.id)
    assert other.me() == desk.me()
    assert b"".join(archive.as_json(other)) == document
    # a message of the employer still finds its case
    (read,) = desk.read((EXAMPLES / "einladung.eml").read_bytes())
    assert other.receive(read) in desk.cases()


def test_what_is_here_stays_as_it_is(desk: Desk) -> None:
    document = b"".join(archive.as_json(desk))
    changed = desk.decide(desk.cases()[0].id, Decision(intent=Intent.LATE, eta=NOW))
    desk.set_me(Me(name="Ada"))
    assert archive.take_in(desk, document) == archive.TakenIn(new=0, known=3)
    assert desk.case(changed.id) == changed
    assert desk.me().name == "Ada"


def test_a_later_format_is_left_alone(desk: Desk) -> None:
    later = json.loads(b"".join(archive.as_json(desk))) | {"taktvoll": archive.FORMAT + 1}
    with pytest.raises(UnreadableInput, match="import_newer"):
        archive.take_in(desk, json.dumps(later).encode())


@pytest.mark.parametrize("language", list(Language))
def test_the_table_has_a_row_a_case(desk: Desk, language: Language) -> None:
    table = b"".join(archive.as_csv(desk, language)).decode("utf-8-sig").splitlines()
    assert len(table) == 4
    assert any("Nordlicht Logistik GmbH" in row and "2026-12-09 10:00" in row for row in table)


def test_the_calendar_can_be_read_and_calls_are_neutral(desk: Desk) -> None:
    ics = archive.as_ics(desk, Language.DE, NOW)
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
    events = Calendar.from_ical(ics).walk("VEVENT")
    titles = {str(event["SUMMARY"]) for event in events}
    assert "Gespräch: Nordlicht Logistik GmbH (Termin absagen)" in titles
    calls = [event for event in events if str(event["UID"]).split("@")[0].endswith("-call")]
    assert {str(event["SUMMARY"]) for event in calls} == {"Anruf erledigen"}
    assert len({str(event["UID"]) for event in events}) == len(events)
    start = next(e for e in events if "Nordlicht" in str(e["SUMMARY"]))["DTSTART"].dt
    assert start == datetime(2026, 12, 9, 10, tzinfo=ZoneInfo("Europe/Berlin"))


def test_separators_in_a_name_break_no_line(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    name = "A;B,C\\D\nBEGIN:VEVENT\r\n" + "ü" * 200
    desk.receive(Invitation(company=name, start=NOW + timedelta(days=2)))
    (event,) = [
        each
        for each in Calendar.from_ical(archive.as_ics(desk, Language.DE, NOW)).walk("VEVENT")
        if "Gespräch" in str(each["SUMMARY"])
    ]
    assert str(event["SUMMARY"]) == f"Gespräch: {' '.join(name.split())}"
