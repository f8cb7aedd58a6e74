"""What the desk promises: one case an interview, nothing half done, a letter that stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from taktvoll.case import CaseState, EventKind
from taktvoll.desk import Asked, Desk, make_brief
from taktvoll.edges.store import SqliteStore
from taktvoll.errors import MissingFacts, WrongUse
from taktvoll.model import (
    Category,
    Country,
    Decision,
    Duty,
    Formality,
    Intent,
    Invitation,
    Language,
    Reason,
)
from taktvoll.send.itip import NoAnswer

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = datetime(2026, 12, 2, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))
CANCEL = Asked(decision=Decision(intent=Intent.CANCEL, reason=Reason.PRIVATE))


@dataclass
class Standing:
    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = SqliteStore(tmp_path / "cases.db")
    return Desk(clock=Standing(), store=lambda: store, cache=tmp_path / "cache", overlay=None)


@pytest.fixture
def invitation(desk: Desk) -> Invitation:
    return desk.read((EXAMPLES / "einladung.eml").read_bytes())[0]


def test_the_thread_and_the_uid_lead_to_the_same_case(desk: Desk, invitation: Invitation) -> None:
    first = desk.answer(invitation, CANCEL)
    by_thread = replace(invitation, uid=None)
    by_uid = replace(invitation, thread=replace(invitation.thread, message_id="<other@x.example>"))
    assert desk.answer(by_thread, CANCEL).case.id == first.case.id
    assert desk.answer(by_uid, CANCEL).case.id == first.case.id
    assert len(desk.cases()) == 1


def test_typed_facts_open_one_case_however_often(desk: Desk) -> None:
    invitation = Invitation(company="Muster GmbH", start=NOW + timedelta(days=9))
    asked = replace(CANCEL, name="Mira Sandner")
    assert desk.answer(invitation, asked).case.id == desk.answer(invitation, asked).case.id
    assert len(desk.cases()) == 1


def test_what_is_missing_is_asked_for_and_nothing_is_stored(desk: Desk) -> None:
    with pytest.raises(MissingFacts) as missing:
        desk.answer(Invitation(company="Muster GmbH"), CANCEL)
    assert missing.value.facts == ("sender_name",)
    assert desk.cases() == []


def test_new_content_changes_no_letter_of_a_case(
    desk: Desk, invitation: Invitation, tmp_path: Path
) -> None:
    first = desk.answer(invitation, CANCEL)
    parts = tmp_path / "content" / "de" / "parts"
    parts.mkdir(parents=True)
    new = "".join(
        f'[[part]]\nid = "thanks.own.{number}"\ntext = "danke, dass Sie an mich gedacht haben."\n'
        for number in range(300)
    )
    (parts / "thanks.own.toml").write_text('kind = "thanks"\n' + new, "utf-8")
    richer = replace(desk, overlay=tmp_path / "content")
    assert richer.answer(invitation, CANCEL).letter == first.letter
    stranger = replace(CANCEL, name="Jonas Petri", address="jonas@example.org")
    other = replace(invitation, uid="another", thread=replace(invitation.thread, message_id="<n>"))
    assert "an mich gedacht" in richer.answer(other, stranger).letter.text


def test_every_step_is_in_the_timeline(desk: Desk, invitation: Invitation) -> None:
    case = desk.answer(invitation, CANCEL).case
    assert [event.kind for event in desk.timeline(case.id)] == [
        EventKind.DECIDED,
        EventKind.WRITTEN,
    ]
    assert case.state is CaseState.WRITTEN
    assert case.due_at is not None
    assert NOW < case.due_at < invitation.start  # type: ignore[operator]


def test_an_own_wording_is_checked_composed_and_kept(desk: Desk, invitation: Invitation) -> None:
    answer = desk.answer(invitation, CANCEL)
    text = answer.letter.text.replace(
        "Mit freundlichen", "Ich hatte Durchfall.\n\nMit freundlichen"
    )
    revised = desk.revise(answer, text)
    assert Category.OVERSHARE_HEALTH in {finding.category for finding in revised.findings}
    assert revised.message is not None
    assert b"Durchfall" in revised.message
    assert desk.case(answer.case.id).drafts[0].text == text


def test_a_signed_contract_gives_paper_and_no_calendar_answer(
    desk: Desk, invitation: Invitation
) -> None:
    decision = Decision(intent=Intent.WITHDRAW_BEFORE, duties={Duty.CONTRACT: "yes"})
    answer = desk.answer(invitation, Asked(decision=decision, postal=("Weg 4", "21335 Lüneburg")))
    assert answer.refusal == "contract_signed"
    assert answer.message is None
    assert answer.paper is not None
    revised = desk.revise(answer, answer.letter.text.replace("Dank", "herzlichen Dank"))
    assert revised.paper not in (None, answer.paper)
    assert desk.answer(invitation, CANCEL).paper is None
    assert isinstance(answer.calendar, NoAnswer)


def test_a_deleted_case_is_gone(desk: Desk, invitation: Invitation) -> None:
    case = desk.answer(invitation, CANCEL).case
    desk.delete(case.id)
    with pytest.raises(WrongUse, match="no_such_case"):
        desk.case(case.id)


@pytest.mark.parametrize(
    ("language", "country", "zone", "asked", "expected"),
    [
        (Language.DE, Country.CH, "Europe/Zurich", None, Country.CH),
        (Language.DE, None, "Europe/Vienna", None, Country.AT),
        (Language.DE, None, None, None, Country.DE),
        (Language.DE, Country.US, "America/New_York", None, Country.DE),
        (Language.EN, Country.DE, "Europe/Berlin", None, Country.GB),
        (Language.EN, None, "America/Chicago", None, Country.US),
        (Language.EN, None, "Europe/Dublin", None, Country.IE),
        (Language.EN, Country.GB, "Europe/London", Country.US, Country.US),
    ],
)
def test_whose_customs_the_letter_follows(
    language: Language,
    country: Country | None,
    zone: str | None,
    asked: Country | None,
    expected: Country,
) -> None:
    invitation = Invitation(language=language, country=country, timezone=zone)
    voice = make_brief(invitation, replace(CANCEL, country=asked), NOW).voice
    assert voice.country is expected
    assert (voice.formality is Formality.NEUTRAL) == (language is Language.EN)
