"""What the desk promises: one case an interview, nothing half done, a letter that stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from taktvoll.case import CaseState, Event, EventKind, apply
from taktvoll.desk import Asked, Desk, make_brief
from taktvoll.edges.store import SqliteStore
from taktvoll.errors import MissingFacts, WrongUse
from taktvoll.model import (
    Category,
    Country,
    Decision,
    DoubtCode,
    Duty,
    Formality,
    Intent,
    Invitation,
    Language,
    Me,
    Reason,
)
from taktvoll.read.typed import TYPED, Facts
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
    revised = desk.revise(answer.case.id, text)
    assert Category.OVERSHARE_HEALTH in {finding.category for finding in revised.findings}
    assert desk.case(answer.case.id).drafts[0].text == text
    composed = desk.answered(desk.case(answer.case.id), made=True)
    assert composed is not None
    assert composed.message is not None
    assert b"Durchfall" in composed.message


def test_a_signed_contract_gives_paper_and_no_calendar_answer(
    desk: Desk, invitation: Invitation
) -> None:
    decision = Decision(intent=Intent.WITHDRAW_BEFORE, duties={Duty.CONTRACT: "yes"})
    answer = desk.answer(invitation, Asked(decision=decision, postal=("Weg 4", "21335 Lüneburg")))
    assert answer.refusal == "contract_signed"
    assert answer.message is None
    assert answer.paper is not None
    desk.revise(answer.case.id, answer.letter.text.replace("Dank", "herzlichen Dank"))
    revised = desk.answered(desk.case(answer.case.id), made=True)
    assert revised is not None
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


# --- a case from its beginning ------------------------------------------------------------------


def test_a_case_begins_with_its_invitation_and_is_found_again(
    desk: Desk, invitation: Invitation
) -> None:
    case = desk.receive(invitation)
    assert case.state is CaseState.RECEIVED
    assert desk.case(case.id).invitation == invitation
    assert desk.receive(invitation) == case
    assert desk.answer(invitation, CANCEL).case.id == case.id


def test_a_new_date_in_the_thread_is_news_and_the_same_mail_is_none(
    desk: Desk, invitation: Invitation
) -> None:
    case = desk.receive(invitation)
    corrected = desk.correct(case.id, Facts(company="Nordlicht SE"))
    assert desk.receive(invitation) == corrected  # what the person knows better stays
    later = replace(
        invitation,
        start=invitation.start + timedelta(days=1),
        texts={"body": "Neuer Termin"},
        sequence=1,
    )
    assert desk.receive(later).invitation.start == later.start
    assert [e.kind for e in desk.timeline(case.id)] == [EventKind.CORRECTED, EventKind.MOVED]


def test_what_is_corrected_is_noted_as_the_persons(desk: Desk, invitation: Invitation) -> None:
    case = desk.receive(invitation)
    facts = Facts(company="Nordlicht SE", phone="0421 1", cleared=frozenset({"reference"}))
    after = desk.correct(case.id, facts).invitation
    assert (after.company, after.contact.phone, after.reference) == ("Nordlicht SE", "0421 1", None)
    for fact, value in (("company", "Nordlicht SE"), ("contact.phone", "0421 1")):
        evidence = after.evidence[fact]
        assert evidence.text == TYPED
        assert after.texts[TYPED][evidence.start : evidence.end] == evidence.quote == value
    assert "reference" not in after.evidence
    assert after.evidence["position"] == invitation.evidence["position"]
    # a second edit keeps the first one noted
    again = desk.correct(case.id, Facts(position="Leiterin")).invitation
    assert {again.evidence[fact].text for fact in ("company", "position")} == {TYPED}
    version = desk.case(case.id).version
    assert desk.correct(case.id, Facts(position="Leiterin")).version == version  # nothing new


def test_a_doubt_is_settled_by_the_person(desk: Desk) -> None:
    (read,) = desk.read((EXAMPLES / "einladung.txt").read_bytes())
    case = desk.receive(read)
    assert [doubt.code for doubt in case.invitation.doubts] == [DoubtCode.MISSING_YEAR]
    assert desk.settle(case.id, DoubtCode.MISSING_YEAR).invitation.doubts == ()


def test_what_is_written_is_there_again_from_the_store(desk: Desk, invitation: Invitation) -> None:
    case = desk.receive(invitation)
    assert desk.answered(case) is None
    written = desk.write(case.id, CANCEL)
    again = desk.answered(desk.case(case.id))
    assert again is not None
    assert replace(again, case=written.case) == written


def test_every_wording_is_another_one_and_they_are_kept(desk: Desk, invitation: Invitation) -> None:
    case = desk.receive(invitation)
    texts = [desk.write(case.id, CANCEL).letter.text]
    texts += [desk.reword(case.id).letter.text for _ in range(3)]
    assert len(set(texts)) == 4
    kept = {d.text for event in desk.timeline(case.id) for d in event.drafts}
    assert set(texts) <= kept
    with pytest.raises(WrongUse, match="nothing_written"):
        desk.reword(desk.receive(Invitation(company="Leer AG")).id)


def test_the_later_of_two_windows_is_told(desk: Desk, invitation: Invitation) -> None:
    seen = desk.write(desk.receive(invitation).id, CANCEL).case
    desk.revise(seen.id, "Erster Text", version=seen.version)
    for late in (
        lambda: desk.revise(seen.id, "Zweiter Text", version=seen.version),
        lambda: desk.correct(seen.id, Facts(company="X"), version=seen.version),
        lambda: desk.write(seen.id, CANCEL, version=seen.version),
        lambda: desk.decide(seen.id, CANCEL.decision, version=seen.version),
        lambda: desk.revise(seen.id, "Dritter Text", version=seen.version + 99),
    ):
        with pytest.raises(WrongUse, match="case_changed_meanwhile"):
            late()


def test_a_reminder_makes_no_window_out_of_date(desk: Desk, invitation: Invitation) -> None:
    seen = desk.write(desk.receive(invitation).id, CANCEL).case
    reminded = apply(seen, Event(kind=EventKind.REMINDED, at=NOW))
    desk.store().save(reminded, Event(kind=EventKind.REMINDED, at=NOW))
    assert desk.revise(seen.id, "Text", version=seen.version).letter.text == "Text"


def test_what_was_said_once_is_said_in_every_letter(desk: Desk) -> None:
    assert desk.me() == Me()
    desk.set_me(Me(name="Mira Sandner", phone="0151 2", signature="Weg 1\n28195 Bremen"))
    case = desk.receive(Invitation(company="Muster GmbH", start=NOW + timedelta(days=9)))
    answer = desk.write(case.id, CANCEL)
    assert answer.letter.text.endswith("Mira Sandner\nWeg 1\n28195 Bremen")
    assert answer.brief.voice.sender.phone == "0151 2"
    assert desk.write(case.id, replace(CANCEL, name="Ada")).brief.voice.sender.name == "Ada"
    desk.forget_everything()
    assert desk.me() == Me()
    assert desk.cases() == []


def test_what_is_near_and_unsaid_stands_first(desk: Desk) -> None:
    def case(name: str, hours: int) -> str:
        start = NOW + timedelta(hours=hours)
        return desk.receive(Invitation(company=name, start=start, timezone="Europe/Berlin")).id

    far, near, past, long_past = (
        case("Fern", 2000), case("Nah", 3), case("Eben", -3), case("Lange", -300),
    )  # fmt: skip
    found = [each.id for each in desk.pressing(NOW)]
    assert found.index(past) < found.index(near) < found.index(far)
    assert [each.id for each in desk.pressing(NOW, 2)] == found[:2]
    assert long_past in found
