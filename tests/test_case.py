from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.case import (
    OPEN_STATES,
    TRANSITIONS,
    Case,
    CaseState,
    Event,
    EventKind,
    apply,
    arrival,
    drawing,
    open_case,
    possible,
)
from taktvoll.errors import WrongUse
from taktvoll.messages import has
from taktvoll.model import (
    Channel,
    Country,
    Decision,
    Draft,
    Formality,
    Intent,
    Invitation,
    Kind,
    Language,
    Sender,
    Thread,
    Voice,
)

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
INVITATION = Invitation(
    company="Spedition Lüders",
    start=NOW + timedelta(days=8),
    uid="luders-1",
    sequence=1,
    thread=Thread(message_id="<a@lueders.example>"),
)
DECISION = Decision(intent=Intent.WITHDRAW_BEFORE)
VOICE = Voice(
    sender=Sender(name="Mira Sandner"),
    language=Language.DE,
    country=Country.DE,
    formality=Formality.SIE,
)
DRAFT = Draft(channel=Channel.MAIL, subject="Absage", text="Guten Tag", parts=("a",))


def event(kind: EventKind, **more: object) -> Event:
    """An event that brings whatever its kind needs."""
    brings: dict[EventKind, dict[str, object]] = {
        EventKind.CORRECTED: {"invitation": INVITATION},
        EventKind.MOVED: {"invitation": replace(INVITATION, start=NOW + timedelta(days=9))},
        EventKind.CALLED_OFF: {"invitation": replace(INVITATION, kind=Kind.CANCELLATION)},
        EventKind.DECIDED: {"decision": DECISION, "voice": VOICE},
        EventKind.WRITTEN: {"drafts": (DRAFT,)},
        EventKind.HANDED_OVER: {"channel": Channel.MAIL},
        EventKind.SPOKEN: {"data": {"whom": "Frau Amsel"}},
    }
    return Event(kind=kind, at=NOW, **{**brings.get(kind, {}), **more})  # type: ignore[arg-type]


def led(*kinds: EventKind, decision: Decision = DECISION) -> Case:
    case = open_case("c1", INVITATION, 7, at=NOW)
    for kind in kinds:
        more = {"decision": decision} if kind is EventKind.DECIDED else {}
        case = apply(case, event(kind, **more))
    return case


D, W, A, H, C = (
    EventKind.DECIDED,
    EventKind.WRITTEN,
    EventKind.APPROVED,
    EventKind.HANDED_OVER,
    EventKind.CONFIRMED_BY_PERSON,
)


@pytest.mark.parametrize(
    ("way", "state"),
    [
        ((), CaseState.RECEIVED),
        ((D,), CaseState.DECIDED),
        ((D, W), CaseState.WRITTEN),
        ((D, W, H), CaseState.HANDED_OVER),
        ((D, W, H, EventKind.NOT_SENT), CaseState.WRITTEN),
        ((D, W, H, C), CaseState.CONFIRMED_BY_PERSON),
        ((D, W, H, C, EventKind.ACKNOWLEDGED), CaseState.ACKNOWLEDGED),
        ((D, EventKind.SPOKEN), CaseState.ACKNOWLEDGED),
        ((D, EventKind.SPOKEN, W, H, C), CaseState.ACKNOWLEDGED),
        ((D, W, EventKind.CORRECTED), CaseState.DECIDED),
        ((D, W, H, C, EventKind.CORRECTED), CaseState.CONFIRMED_BY_PERSON),
        ((D, W, EventKind.MOVED), CaseState.RECEIVED),
        ((EventKind.CALLED_OFF,), CaseState.CALLED_OFF),
        ((EventKind.CALLED_OFF, D), CaseState.DECIDED),
        ((D, W, H, EventKind.CLOSED), CaseState.CLOSED),
        ((D, W, A), CaseState.SENDING),
        ((D, W, A, EventKind.UNDONE), CaseState.WRITTEN),
        ((D, W, A, EventKind.STOPPED), CaseState.WRITTEN),
        ((D, W, A, EventKind.SENT), CaseState.SENT),
        ((D, W, A, EventKind.SENT, EventKind.REPLIED), CaseState.SENT),
        ((D, W, A, EventKind.SENT, EventKind.BOUNCED), CaseState.NOT_DELIVERED),
        ((D, W, A, EventKind.UNCERTAIN), CaseState.UNCERTAIN),
        ((D, W, A, EventKind.UNCERTAIN, EventKind.SENT), CaseState.SENT),
        ((D, W, A, EventKind.UNCERTAIN, EventKind.NOT_SENT), CaseState.WRITTEN),
        ((D, W, A, EventKind.FAILED), CaseState.NOT_DELIVERED),
        ((D, W, A, EventKind.FAILED, EventKind.SPOKEN), CaseState.ACKNOWLEDGED),
        ((D, EventKind.SPOKEN, W, A, EventKind.FAILED), CaseState.ACKNOWLEDGED),
        ((D, W, A, EventKind.MOVED, EventKind.SENT), CaseState.RECEIVED),
        ((D, W, A, EventKind.CLOSED, EventKind.SENT), CaseState.CLOSED),
        ((D, W, A, EventKind.CLOSED, EventKind.SENT, EventKind.REOPENED), CaseState.SENDING),
        ((D, W, H, EventKind.CLOSED, EventKind.REOPENED), CaseState.HANDED_OVER),
    ],
)
def test_the_way_of_a_case(way: tuple[EventKind, ...], state: CaseState) -> None:
    case = led(*way)
    assert case.state is state
    assert case.version == 1 + len(way)


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("kind", EventKind)
def test_apply_follows_the_table_and_refuses_all_else(state: CaseState, kind: EventKind) -> None:
    closed_in = CaseState.WRITTEN if state is CaseState.CLOSED else None
    case = replace(led(D, W), state=state, closed_in=closed_in)
    if kind in possible(case):
        expected = CaseState.WRITTEN if kind is EventKind.REOPENED else TRANSITIONS[state, kind]
        assert apply(case, event(kind)).state is expected
    else:
        with pytest.raises(WrongUse) as caught:
            apply(case, event(kind))
        assert caught.value.code == "case_not_possible"


@pytest.mark.parametrize(
    "kind",
    [EventKind.CORRECTED, EventKind.MOVED, D, W, H, EventKind.SPOKEN],
)
def test_an_event_must_bring_what_it_is_about(kind: EventKind) -> None:
    case = led(D, W)
    with pytest.raises(WrongUse) as caught:
        apply(case, Event(kind=kind, at=NOW, data={"whom": "  "}))
    assert caught.value.code == "case_incomplete"


def test_what_went_out_is_kept_when_the_person_changes_their_mind() -> None:
    case = led(D, W, H, C, D)
    assert case.drafts == ()
    assert case.channel is None
    [earlier] = case.earlier
    assert earlier.drafts == (DRAFT,)
    assert earlier.channel is Channel.MAIL
    assert earlier.state is CaseState.CONFIRMED_BY_PERSON
    assert earlier.decision == DECISION


def test_an_unsent_draft_is_no_round() -> None:
    assert led(D, W, D).earlier == ()


def test_a_moved_appointment_asks_for_a_new_decision() -> None:
    case = led(D, W, EventKind.MOVED)
    assert case.decision is None
    assert case.voice == VOICE  # how the person speaks has not changed
    assert case.invitation.start == NOW + timedelta(days=9)
    assert case.earlier[0].invitation == INVITATION


def test_the_due_moment_is_the_last_events() -> None:
    due = NOW + timedelta(days=2)
    case = apply(led(D), event(W, due_at=due))
    assert case.due_at == due
    assert apply(case, event(EventKind.CLOSED)).due_at is None


def test_a_cancellation_opens_a_case_that_is_called_off() -> None:
    case = open_case("c", replace(INVITATION, kind=Kind.CANCELLATION), 1, at=NOW)
    assert case.state is CaseState.CALLED_OFF


LATER = NOW + timedelta(days=10)
ACCEPT = Decision(intent=Intent.ACCEPT)


@pytest.mark.parametrize(
    ("case", "arrived", "kind"),
    [
        (led(D, W, H, C), {"kind": Kind.CANCELLATION}, EventKind.ACKNOWLEDGED),
        (led(D, W, H), {"kind": Kind.CANCELLATION}, EventKind.ACKNOWLEDGED),
        (led(D, W), {"kind": Kind.CANCELLATION}, EventKind.CALLED_OFF),
        (led(D, W, H, C, decision=ACCEPT), {"kind": Kind.CANCELLATION}, EventKind.CALLED_OFF),
        (led(D, W, H, C, decision=ACCEPT), {"kind": Kind.CONFIRMATION}, EventKind.ACKNOWLEDGED),
        (led(), {"kind": Kind.CONFIRMATION}, None),
        (led(), {"kind": Kind.CONFIRMATION, "start": LATER}, EventKind.MOVED),
        (led(), {"start": LATER, "sequence": 2}, EventKind.MOVED),
        (led(), {"start": LATER, "sequence": 0}, None),
        (led(), {"start": LATER, "sequence": 0, "uid": "other"}, EventKind.MOVED),
        (led(), {}, None),
        (led(), {"thread": Thread(message_id="<reminder@lueders.example>")}, None),
        (led(), {"location": "Hafenstraße 3"}, EventKind.MOVED),
        (led(EventKind.CALLED_OFF), {"kind": Kind.CANCELLATION}, None),
        (led(EventKind.CALLED_OFF), {"sequence": 2}, EventKind.MOVED),
        (led(), {"kind": Kind.OTHER, "start": None}, None),
        (led(D, W, A, EventKind.SENT), {"kind": Kind.CANCELLATION}, EventKind.ACKNOWLEDGED),
        (
            led(D, W, A, EventKind.SENT, EventKind.BOUNCED),
            {"kind": Kind.CANCELLATION},
            EventKind.CALLED_OFF,
        ),
        (led(EventKind.CLOSED), {"start": LATER, "sequence": 2}, None),
    ],
)
def test_what_an_arriving_message_means(
    case: Case, arrived: dict[str, object], kind: EventKind | None
) -> None:
    found = arrival(case, replace(INVITATION, **arrived), NOW)  # type: ignore[arg-type]
    assert (found.kind if found else None) is kind
    if found:
        assert apply(case, found).version == case.version + 1


@given(st.lists(st.sampled_from(EventKind), max_size=30))
def test_any_sequence_of_events_leaves_a_sound_case(kinds: list[EventKind]) -> None:
    case = open_case("c1", INVITATION, 7, at=NOW)
    for kind in kinds:
        if kind not in possible(case):
            continue
        before, case = case, apply(case, event(kind))
        assert case.version == before.version + 1
        assert case.earlier[: len(before.earlier)] == before.earlier  # nothing is forgotten
        assert (case.state is CaseState.CLOSED) == (case.closed_in is not None)
        if case.state in (CaseState.RECEIVED, CaseState.CALLED_OFF):
            assert (case.decision, case.drafts) == (None, ())
        if case.state is CaseState.WRITTEN:
            assert case.drafts
            assert case.decision
        if case.state not in (CaseState.RECEIVED, CaseState.CALLED_OFF, CaseState.CLOSED):
            assert case.decision


def test_every_state_can_be_reached_and_left() -> None:
    assert set(TRANSITIONS.values()) == set(CaseState)
    for state in OPEN_STATES:
        assert any(s is state and t is not state for (s, _), t in TRANSITIONS.items())


def test_the_manual_holds_the_drawing() -> None:
    page = (Path(__file__).parent.parent / "docs" / "states.md").read_text()
    assert f"```mermaid\n{drawing()}```" in page
    for state in CaseState:
        assert f"\n| `{state}` | " in page


@pytest.mark.parametrize("language", Language)
def test_every_state_and_event_has_its_sentence(language: Language) -> None:
    keys = [f"case.state.{state}" for state in CaseState]
    keys += [f"case.event.{kind}" for kind in EventKind]
    keys += ["error.case_not_possible", "error.case_incomplete"]
    assert [key for key in keys if not has(key, language)] == []
