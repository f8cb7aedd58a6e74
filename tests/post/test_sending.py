"""The promise: it leaves once, nothing is lost, and the person is told in time."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.post.conftest import ACCOUNT, BERLIN, EXAMPLES, MIRA, NOW
from tests.world import BUSY, CUT, DOWN, REFUSED, World

from taktvoll.act import Act, ActKind
from taktvoll.agenda import Reminder
from taktvoll.case import Case, CaseState, Event, EventKind
from taktvoll.desk import Asked, Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.messages import has
from taktvoll.model import (
    ActState,
    Decision,
    Intent,
    Invitation,
    Language,
)
from taktvoll.ports import Entry, Outcome
from taktvoll.post import Post


def mail_of(post: Post, case: Case) -> Act:
    return next(act for act in reversed(post.acts(case.id)) if act.kind is ActKind.MAIL)


def state_of(post: Post, case: Case) -> CaseState:
    return post.store().get(case.id).state  # type: ignore[union-attr]


# --- hold, undo, send ---------------------------------------------------------------------------


def test_nothing_leaves_before_the_hold_is_over(post: Post, written: Case, world: World) -> None:
    case = post.approve(written)
    assert case.state is CaseState.SENDING
    world.clock.pass_(seconds=59)
    post.tick()
    assert world.arrived == []
    world.clock.pass_(seconds=1)
    post.tick()
    [(_, message, recipients)] = world.arrived
    assert message == mail_of(post, case).payload
    assert recipients == post.leaving(case).recipients
    assert state_of(post, case) is CaseState.SENT


def test_what_is_shown_is_what_leaves(post: Post, written: Case, world: World) -> None:
    shown = post.leaving(written)
    post.approve(written)
    world.clock.pass_(seconds=61)
    post.tick()
    assert world.arrived[0][1] == shown.message
    assert shown.text.splitlines()[0].encode() in shown.message


def test_it_is_sent_once_however_often_one_ticks(post: Post, written: Case, world: World) -> None:
    post.approve(written)
    for _ in range(30):
        world.clock.pass_(minutes=7)
        post.tick()
    assert len(world.arrived) == 1


def test_undo_takes_it_back_and_it_can_be_approved_again(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written)
    assert post.held(case.id) is not None
    case = post.undo(case)
    assert case.state is CaseState.WRITTEN
    world.clock.pass_(hours=1)
    post.tick()
    assert world.arrived == []
    post.approve(case)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.arrived) == 1


def test_what_has_left_cannot_be_taken_back(post: Post, written: Case, world: World) -> None:
    case = post.approve(written)
    world.clock.pass_(seconds=60)
    post.tick()
    with pytest.raises(WrongUse, match="too_late_to_undo"):
        post.undo(case)


def test_what_is_approved_is_not_approved_twice(post: Post, written: Case) -> None:
    case = post.approve(written)
    with pytest.raises(WrongUse, match="case_not_possible"):
        post.approve(case)
    with pytest.raises(WrongUse, match="case_changed_meanwhile"):
        post.approve(written)  # another tab, that still shows the button


def test_with_an_hour_left_the_hold_is_short(post: Post, written: Case, world: World) -> None:
    assert written.invitation.start is not None
    world.clock.at = written.invitation.start - timedelta(hours=1)
    post.approve(written)
    world.clock.pass_(seconds=10)
    post.tick()
    assert len(world.arrived) == 1


def test_a_copy_lies_in_sent_once(post: Post, written: Case, world: World) -> None:
    post.approve(written)
    for _ in range(3):
        world.clock.pass_(minutes=1)
        post.tick()
    assert world.folders["sent"] == [world.arrived[0][1]]


def test_a_server_that_keeps_what_it_sends_gets_no_copy(
    post: Post, written: Case, world: World
) -> None:
    post.add_account(replace(ACCOUNT, keeps_sent=True), {})
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    assert "sent" not in world.folders


def test_a_draft_is_laid_into_drafts_and_the_person_is_asked(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written, as_draft=True)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.folders["drafts"]) == 1
    assert world.arrived == []
    assert state_of(post, case) is CaseState.HANDED_OVER
    world.clock.pass_(minutes=11)
    assert [told.reminder for told in post.tick().told] == [Reminder.WAS_IT_SENT]


# --- when it does not work ----------------------------------------------------------------------


def test_a_busy_server_is_tried_again_until_it_works(
    post: Post, written: Case, world: World
) -> None:
    world.answers = [BUSY, DOWN, BUSY]
    case = post.approve(written)
    for _ in range(20):
        world.clock.pass_(minutes=1)
        post.tick()
    assert len(world.arrived) == 1
    assert state_of(post, case) is CaseState.SENT
    assert mail_of(post, case).tries == 4


def test_attempts_grow_rarer_and_closer_to_the_start_denser(
    post: Post, written: Case, world: World
) -> None:
    world.down.add("smtp")
    case = post.approve(written)
    start = written.invitation.start
    assert start is not None
    waits = []
    while state_of(post, case) is CaseState.SENDING and len(waits) < 2000:
        due = mail_of(post, case).due_at
        assert due is not None
        waits.append(due - world.clock.at)
        world.clock.at = due
        post.tick()
    assert max(waits) == timedelta(minutes=30)
    assert waits[-1] <= timedelta(minutes=1)
    assert world.clock.at <= start
    assert state_of(post, case) is CaseState.NOT_DELIVERED
    assert mail_of(post, case).code == "too_late"


def test_a_refused_recipient_means_call(post: Post, written: Case, world: World) -> None:
    world.answers = [REFUSED]
    case = post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    assert state_of(post, case) is CaseState.NOT_DELIVERED
    *_, failed, reminded = post.store().events(case.id)
    assert failed.kind is EventKind.FAILED
    assert failed.data["said"] == "550 no such user"
    assert reminded.data["reminder"] == Reminder.CALL  # in the same round
    assert len(world.notified) == 1
    world.clock.pass_(hours=1)
    assert post.tick().told == ()
    world.clock.pass_(days=1)
    assert [each.reminder for each in post.tick().told] == [Reminder.CALL]


@pytest.mark.parametrize("arrives", [True, False])
def test_a_lost_answer_is_never_sent_again(
    post: Post, written: Case, world: World, arrives: bool
) -> None:
    world.answers, world.cut_arrives = [CUT], arrives
    case = post.approve(written)
    for _ in range(40):
        world.clock.pass_(hours=1)
        post.tick()
    assert len(world.arrived) == arrives
    assert state_of(post, case) is CaseState.UNCERTAIN
    assert mail_of(post, case).state is ActState.UNKNOWN


def test_found_in_sent_it_has_left(post: Post, written: Case, world: World) -> None:
    world.answers = [CUT]
    case = post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    world.folders["sent"] = [world.arrived[0][1]]
    world.clock.pass_(minutes=1)
    post.tick()
    assert state_of(post, case) is CaseState.SENT
    assert world.folders["sent"] == [world.arrived[0][1]]


@pytest.mark.parametrize(
    ("left", "state"), [(True, CaseState.SENT), (False, CaseState.NOT_DELIVERED)]
)
def test_the_person_settles_what_nobody_knows(
    post: Post, written: Case, world: World, left: bool, state: CaseState
) -> None:
    world.answers = [CUT]
    case = post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    assert post.settle(case, left=left).state is state


def test_who_was_killed_while_sending_leaves_an_uncertain_mail(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written)
    world.clock.pass_(minutes=1)

    def die() -> None:
        raise KeyboardInterrupt

    world.while_sending = die
    with pytest.raises(KeyboardInterrupt):
        post.tick()
    assert mail_of(post, case).state is ActState.SENDING
    world.while_sending = lambda: None
    world.clock.pass_(seconds=30)
    post.tick()  # another process: whoever sends may still be at it
    assert mail_of(post, case).state is ActState.SENDING
    world.clock.pass_(minutes=3)
    post.tick()
    assert state_of(post, case) is CaseState.UNCERTAIN
    assert len(world.arrived) == 1


def test_a_sender_that_was_only_slow_still_tells_what_it_knows(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written)
    world.clock.pass_(minutes=1)

    def sleep() -> None:
        world.while_sending = lambda: None
        world.clock.pass_(minutes=10)
        post.tick()  # of another process, which takes the sender for dead
        assert state_of(post, case) is CaseState.UNCERTAIN

    world.while_sending = sleep
    post.tick()
    assert state_of(post, case) is CaseState.SENT
    assert len(world.arrived) == 1


def test_two_processes_at_once_send_it_once(
    post: Post, written: Case, world: World, tmp_path: Path
) -> None:
    other_store = SqliteStore(tmp_path / "cases.db")
    other = replace(post, store=lambda: other_store)
    post.approve(written)
    world.clock.pass_(minutes=1)
    world.while_sending = lambda: other.tick() and None
    post.tick()
    other.tick()
    assert len(world.arrived) == 1


# --- time that does strange things --------------------------------------------------------------


def test_a_clock_set_back_in_the_hold_starts_the_hold_anew(
    post: Post, written: Case, world: World
) -> None:
    post.approve(written)
    world.clock.pass_(hours=-3)
    post.tick()
    assert world.arrived == []
    world.clock.pass_(seconds=60)
    post.tick()
    assert len(world.arrived) == 1


def test_a_clock_set_back_between_attempts_delays_nothing(
    post: Post, written: Case, world: World
) -> None:
    world.answers = [BUSY]
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    world.clock.pass_(hours=-5)
    post.tick()
    assert len(world.arrived) == 1


def test_a_machine_that_slept_over_the_start_sends_no_cancellation_into_the_past(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written)
    assert written.invitation.start is not None
    world.clock.at = written.invitation.start + timedelta(minutes=5)
    post.tick()
    assert world.arrived == []
    assert state_of(post, case) is CaseState.NOT_DELIVERED
    assert mail_of(post, case).code == "too_late"


def test_nobody_answered_so_the_person_is_told_to_ask_then_to_call(
    post: Post, written: Case, world: World
) -> None:
    post.approve(written)
    told: list[tuple[datetime, Reminder]] = []
    start = written.invitation.start
    assert start is not None
    while world.clock.at < start:
        told += [(world.clock.at, each.reminder) for each in post.tick().told]
        world.clock.pass_(minutes=15)
    *_, call, call_now = told
    assert [reminder for _, reminder in told] == [
        Reminder.ASK,
        Reminder.CALL_TOMORROW,
        Reminder.CALL,
        Reminder.CALL_NOW,
    ]
    for at, _ in (call, call_now):
        assert at.astimezone(BERLIN).weekday() < 5
        assert 9 <= at.astimezone(BERLIN).hour < 17


def test_who_slept_through_the_reminders_hears_the_most_pressing_one(
    post: Post, written: Case, world: World
) -> None:
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    assert written.invitation.start is not None
    world.clock.at = written.invitation.start - timedelta(hours=1)
    assert [told.reminder for told in post.tick().told] == [Reminder.CALL_NOW]
    world.clock.pass_(minutes=10)
    assert post.tick().told == ()


def test_without_a_screen_the_reminder_lies_in_ones_mailbox_once(
    post: Post, written: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick by cron: there is nowhere to show anything, and nobody may be left alone with it."""
    monkeypatch.setattr(World, "notify", lambda *_, **__: False)
    post.tick()
    post.approve(written)
    world.answers = [REFUSED]
    world.clock.pass_(minutes=1)
    assert [told.reminder for told in post.tick().told] == [Reminder.CALL]
    for _ in range(3):
        world.clock.pass_(minutes=2)
        assert post.tick().news == ()  # a note of our own is no news
    [note] = world.folders["inbox"]
    parsed = email.message_from_bytes(note, policy=email.policy.default)
    assert parsed["To"].addresses[0].addr_spec == MIRA
    script = next(draft.text for draft in written.drafts if draft.channel == "phone")
    text = parsed.get_content()  # type: ignore[attr-defined]
    assert "Ruf dort bitte an" in text
    assert script.splitlines()[0] in text


def test_whoever_wants_reminders_by_mail_gets_them_beside_the_screen_once(
    post: Post, written: Case, world: World
) -> None:
    assert not post.reminders_by_mail()
    post.set_reminders_by_mail(True)
    post.tick()
    post.approve(written)
    world.answers = [REFUSED]
    for _ in range(4):
        world.clock.pass_(minutes=2)
        post.tick()
    [(_, shown)] = world.notified
    [note] = world.folders["inbox"]
    text = email.message_from_bytes(note, policy=email.policy.default).get_content()  # type: ignore[attr-defined]
    assert text.startswith(shown)
    assert "taktvoll settings" in text
    post.set_reminders_by_mail(False)
    world.clock.pass_(days=1)
    assert [told.reminder for told in post.tick().told] == [Reminder.CALL]
    post.tick()
    assert (len(world.notified), len(world.folders["inbox"])) == (2, 1)


def test_without_a_mailbox_no_reminder_can_come_by_mail(post: Post, written: Case) -> None:
    post.set_reminders_by_mail(True)
    post.add_account(replace(ACCOUNT, imap=None), {})
    assert not post.reminders_by_mail()
    with pytest.raises(WrongUse, match="no_mailbox"):
        post.set_reminders_by_mail(True)


# --- who may send, and what it needs ------------------------------------------------------------


def test_only_ones_own_address_sends(post: Post, desk: Desk, invitation: Invitation) -> None:
    asked = Asked(
        decision=Decision(intent=Intent.CANCEL), name="Mira", address="chefin@andere.example"
    )
    case = desk.answer(invitation, asked).case
    with pytest.raises(WrongUse, match="not_your_address"):
        post.leaving(case)


def test_the_invited_alias_answers(post: Post, desk: Desk, invitation: Invitation) -> None:
    alias = "m.sandner@alias.example"
    post.add_account(replace(ACCOUNT, aliases=(alias,)), {})
    invited = replace(invitation, attendee=replace(invitation.attendee, email=alias))
    case = desk.answer(invited, Asked(decision=Decision(intent=Intent.CANCEL), name="Mira")).case
    leaving = post.leaving(case)
    assert leaving.sender == alias
    assert b"From: Mira <m.sandner@alias.example>" in leaving.message
    assert MIRA.encode() not in leaving.message


def test_without_an_account_there_is_one_sentence(post: Post, written: Case) -> None:
    post.remove_account("mira")
    assert post.secrets.get("mira", "smtp") is None
    with pytest.raises(WrongUse, match="no_account"):
        post.approve(written)


def test_an_account_without_smtp_can_only_lay_drafts(post: Post, written: Case) -> None:
    post.add_account(replace(ACCOUNT, smtp=None), {})
    with pytest.raises(WrongUse, match="account_cannot_send"):
        post.approve(written)
    assert post.approve(written, as_draft=True).state is CaseState.SENDING


def test_without_a_recipient_nothing_is_approved(post: Post, desk: Desk) -> None:
    typed = Invitation(company="Muster GmbH", start=NOW + timedelta(days=5))
    case = desk.answer(typed, Asked(decision=Decision(intent=Intent.CANCEL), name="Mira")).case
    with pytest.raises(WrongUse, match="no_recipient"):
        post.approve(case)


# --- by hand ------------------------------------------------------------------------------------


def test_a_call_meanwhile_ends_the_waiting(post: Post, written: Case, world: World) -> None:
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    case = post.store().get(written.id)
    assert case is not None
    spoken = Event(kind=EventKind.SPOKEN, at=world.clock.at, data={"whom": "Frau Amsel"})
    assert post.happened(case, spoken).state is CaseState.ACKNOWLEDGED
    while world.clock.at < written.invitation.start:  # type: ignore[operator]
        assert post.tick().told == ()
        world.clock.pass_(hours=1)


def test_who_sends_by_hand_in_the_hold_does_not_send_twice(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written)
    by_hand = Event(kind=EventKind.CONFIRMED_BY_PERSON, at=world.clock.at)
    assert post.happened(case, by_hand).state is CaseState.CONFIRMED_BY_PERSON
    world.clock.pass_(hours=1)
    post.tick()
    assert world.arrived == []


def test_a_deleted_case_sends_nothing(post: Post, written: Case, world: World) -> None:
    case = post.approve(written)
    post.store().delete(case.id)
    world.clock.pass_(hours=1)
    post.tick()
    assert world.arrived == []


# --- the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_every_reminder_has_its_sentence(language: Language) -> None:
    keys = [f"reminder.{reminder}" for reminder in Reminder]
    keys += ["reminder.title", "reminder.notification"]
    codes = "too_late interrupted found_in_sent told_by_person there_already gone_already"
    keys += [f"outcome.{code}" for code in codes.split()]
    codes = "not_in_calendar answered_by_mail not_invited_there answered_by_server broken_here"
    keys += [f"outcome.{code}" for code in codes.split()]
    assert [key for key in keys if not has(key, language)] == []


# --- the person's own calendar, and the alarm in it ---------------------------------------------

CALENDAR = replace(ACCOUNT, calendar_url="https://dav.posteo.example/mira/")
PRIYA = "priya.nolan@example.org"


@pytest.fixture
def invited(desk: Desk, post: Post, world: World) -> Case:
    """A withdrawal from an interview that has come with a calendar part, and lies in a calendar."""
    found = desk.read((EXAMPLES / "invitation.eml").read_bytes())[0]
    assert found.calendar is not None
    assert found.uid is not None
    assert found.attendee.email is not None
    post.add_account(replace(CALENDAR, address=found.attendee.email), {})
    lying = found.calendar.replace("METHOD:REQUEST\r\n", "").replace("METHOD:REQUEST\n", "")
    world.entries[found.uid] = Entry(url="/e", etag="1", schedule_tag=None, ics=lying)
    asked = Asked(decision=Decision(intent=Intent.WITHDRAW_BEFORE), name="Priya Nolan")
    return desk.answer(found, asked).case


def entry_of(world: World, case: Case) -> str:
    return world.entries[case.invitation.uid or ""].ics.replace("\r\n ", "")


def calendar_parts(message: bytes) -> int:
    return message.count(b"Content-Type: text/calendar")


def test_the_appointment_stays_in_ones_calendar_declined_and_free(
    post: Post, invited: Case, world: World
) -> None:
    post.approve(invited)
    world.clock.pass_(minutes=1)
    post.tick()
    assert "PARTSTAT=DECLINED" in entry_of(world, invited)
    assert "TRANSP:TRANSPARENT" in entry_of(world, invited)
    assert calendar_parts(world.arrived[0][1]) == 1


@pytest.mark.parametrize("heeds", [True, False])
def test_exactly_one_answer_reaches_the_organizer(
    post: Post, invited: Case, world: World, heeds: bool
) -> None:
    world.scheduling, world.heeds_client = True, heeds
    post.approve(invited)
    for _ in range(5):
        world.clock.pass_(minutes=1)
        post.tick()
    [(_, message, _)] = world.arrived
    assert (
        len([uid for uid in world.server_replies if uid == invited.invitation.uid])
        + (calendar_parts(message))
        == 1
    )
    assert world.folders["sent"] == [message]


def test_a_calendar_that_is_down_holds_no_mail_up_and_answers_no_second_time(
    post: Post, invited: Case, world: World
) -> None:
    world.scheduling, world.heeds_client = True, False
    world.down.add("caldav")
    post.approve(invited)
    world.clock.pass_(minutes=1)
    post.tick()
    assert calendar_parts(world.arrived[0][1]) == 1
    world.down.clear()
    for _ in range(20):
        world.clock.pass_(minutes=1)
        post.tick()
    assert invited.invitation.uid not in world.server_replies
    answer = next(act for act in post.acts(invited.id) if act.kind is ActKind.ANSWER)
    assert answer.code == "answered_by_mail"


def test_the_alarm_is_armed_before_and_gone_when_they_know(
    post: Post, invited: Case, world: World
) -> None:
    case = post.approve(invited)
    world.clock.pass_(minutes=1)
    post.tick()
    [alarm] = [e for uid, e in world.entries.items() if uid != invited.invitation.uid]
    assert "SUMMARY:Make that call" in alarm.ics
    assert "CLASS:PRIVATE" in alarm.ics
    assert "BEGIN:VALARM" in alarm.ics
    assert world.puts.index(invited.invitation.uid or "") < len(world.puts) - 1
    current = post.store().get(case.id)
    assert current is not None
    post.happened(current, Event(kind=EventKind.ACKNOWLEDGED, at=world.clock.at))
    post.tick()
    assert list(world.entries) == [invited.invitation.uid]


def test_an_undone_mail_leaves_no_trace_in_the_calendar(
    post: Post, invited: Case, world: World
) -> None:
    before = dict(world.entries)
    case = post.undo(post.approve(invited))
    for _ in range(5):
        world.clock.pass_(minutes=1)
        post.tick()
    assert world.entries == before
    assert world.arrived == []
    assert case.state is CaseState.WRITTEN


def test_failing_to_arm_is_shown_and_blocks_nothing(
    post: Post, invited: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Outcome(state=ActState.PERMANENT, code="calendar_full")
    monkeypatch.setattr("tests.world.Calendar.put", lambda *_, **__: full)
    case = post.approve(invited)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.arrived) == 1
    said = [e.data for e in post.store().events(case.id) if e.kind is EventKind.CALENDAR]
    assert {data["what"] for data in said} == {"answer", "reminder"}
    assert {data["code"] for data in said} == {"calendar_full"}


# --- a disk that fails --------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["store_full", "store_read_only", "store_locked"])
@pytest.mark.parametrize("when", ["claim", "save"])
def test_a_disk_that_fails_sends_nothing_twice_and_loses_nothing(
    post: Post,
    written: Case,
    world: World,
    store: SqliteStore,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    when: str,
) -> None:
    case = post.approve(written)
    world.clock.pass_(minutes=1)

    def fails(*_: object, **__: object) -> None:
        raise TaktvollError(code)

    with monkeypatch.context() as patched:
        patched.setattr(SqliteStore, when, fails)
        with pytest.raises(TaktvollError, match=code):
            post.tick()
    assert len(world.arrived) == (when == "save")
    for _ in range(10):
        world.clock.pass_(minutes=1)
        post.tick()
    assert len(world.arrived) == 1
    # what was marked before the mail left, and could not be recorded after it, is uncertain
    expected = CaseState.UNCERTAIN if when == "save" else CaseState.SENT
    assert state_of(post, case) is expected
