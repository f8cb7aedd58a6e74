"""The question whether the letter has arrived: written ready, and sent by one command."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from tests.post.conftest import BERLIN
from tests.post.test_inbox import THANKS, current, deliver, mail
from tests.world import BUSY, CUT, REFUSED, World

from taktvoll.act import ActKind
from taktvoll.agenda import Reminder
from taktvoll.case import Case, CaseState, Event, EventKind
from taktvoll.errors import WrongUse
from taktvoll.model import ActState, Intent
from taktvoll.post import Post


@pytest.fixture
def unanswered(post: Post, written: Case, world: World) -> Case:
    """Sent on a Wednesday; on Friday nobody has answered, and the person is told to ask."""
    post.tick()
    post.approve(written)
    for _ in range(24 * 4):
        world.clock.pass_(hours=1)
        if any(told.reminder is Reminder.ASK for told in post.tick().told):
            return current(post, written)
    raise AssertionError("nobody was told to ask")


def nudges(post: Post, case: Case) -> list[ActState]:
    return [act.state for act in post.acts(case.id) if act.kind is ActKind.NUDGE]


def read(message: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_the_reminder_comes_with_the_question_written_ready(post: Post, unanswered: Case) -> None:
    assert unanswered.nudge is not None
    assert unanswered.state is CaseState.SENT
    assert unanswered.decision is not None
    assert unanswered.decision.intent is Intent.CANCEL
    assert "Mittwoch" in unanswered.nudge.text  # when the letter went out, or the interview is
    assert "Mira Sandner" in unanswered.nudge.text
    assert len(unanswered.drafts) == 3  # beside it, the letter is what it was
    assert post.nudge(unanswered) == unanswered.nudge


def test_days_later_it_has_the_same_words_and_other_days(
    post: Post, written: Case, world: World
) -> None:
    confirmed = Event(kind=EventKind.CONFIRMED_BY_PERSON, at=world.clock.at)
    case = post.happened(written, confirmed)
    first = post.nudge(case)
    assert "heute" in first.text
    world.clock.pass_(days=4)
    later = post.nudge(replace(case, nudge=first))
    assert later.parts == first.parts
    assert "heute" not in later.text


def test_one_yes_sends_exactly_it_in_the_thread_after_the_hold(
    post: Post, unanswered: Case, world: World
) -> None:
    shown = post.leaving(unanswered, nudge=True)
    case = post.approve_nudge(unanswered)
    assert case.state is CaseState.SENT
    assert post.held(case.id) is not None
    world.clock.pass_(seconds=59)
    post.tick()
    assert len(world.arrived) == 1  # the letter of Wednesday
    for _ in range(5):
        world.clock.pass_(minutes=1)
        post.tick()
    [_, (_, message, recipients)] = world.arrived
    assert (message, recipients) == (shown.message, shown.recipients)
    letter, question = (read(each[1]) for each in world.arrived)
    assert question["Message-ID"] != letter["Message-ID"]
    assert question["In-Reply-To"] == letter["In-Reply-To"]
    assert world.folders["sent"][-1] == message
    after = current(post, case)
    assert (after.state, after.decision) == (CaseState.SENT, unanswered.decision)
    assert EventKind.NUDGED in [event.kind for event in post.store().events(case.id)]


def test_whoever_has_asked_is_still_told_to_call(
    post: Post, unanswered: Case, world: World
) -> None:
    post.approve_nudge(unanswered)
    told = []
    assert unanswered.invitation.start is not None
    while world.clock.at < unanswered.invitation.start:
        told += [each.reminder for each in post.tick().told]
        world.clock.pass_(minutes=30)
    assert told == [Reminder.CALL_TOMORROW, Reminder.CALL, Reminder.CALL_NOW]


def test_the_question_is_taken_back_and_the_letter_is_not(
    post: Post, unanswered: Case, world: World
) -> None:
    case = post.undo(post.approve_nudge(unanswered))
    assert case.state is CaseState.SENT
    assert case.nudge == unanswered.nudge
    world.clock.pass_(hours=1)
    post.tick()
    assert len(world.arrived) == 1
    with pytest.raises(WrongUse, match="too_late_to_undo"):
        post.undo(case)
    post.approve_nudge(case)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.arrived) == 2


def test_a_second_click_asks_no_second_time(post: Post, unanswered: Case, world: World) -> None:
    post.approve_nudge(unanswered)
    with pytest.raises(WrongUse, match="case_changed_meanwhile"):
        post.approve_nudge(unanswered)
    world.clock.pass_(hours=1)
    post.tick()
    assert len(world.arrived) == 2


def test_an_answer_in_the_hold_stops_the_question(
    post: Post, unanswered: Case, world: World
) -> None:
    post.approve_nudge(unanswered)
    world.clock.pass_(minutes=1)
    deliver(world, post, mail(THANKS, unanswered, post))
    assert current(post, unanswered).state is CaseState.ACKNOWLEDGED
    world.clock.pass_(hours=1)
    post.tick()
    assert len(world.arrived) == 1


def test_a_call_in_the_hold_makes_the_question_needless(
    post: Post, unanswered: Case, world: World
) -> None:
    case = post.approve_nudge(unanswered)
    whom = {"whom": "Frau Behrens"}
    post.happened(case, Event(kind=EventKind.SPOKEN, at=world.clock.at, data=whom))
    world.clock.pass_(hours=1)
    post.tick()
    assert len(world.arrived) == 1
    assert nudges(post, case) == [ActState.UNDONE]


def test_an_answer_to_the_question_is_an_answer(post: Post, unanswered: Case, world: World) -> None:
    post.approve_nudge(unanswered)
    world.clock.pass_(minutes=1)
    post.tick()
    [act] = [act for act in post.acts(unanswered.id) if act.kind is ActKind.NUDGE]
    text = "Guten Tag Frau Sandner,\n\nja, ist angekommen, danke Ihnen.\n\nJ. Behrens\n"
    deliver(world, post, mail(text, unanswered, In_Reply_To=act.message_id or ""))
    assert current(post, unanswered).state is CaseState.ACKNOWLEDGED


@pytest.mark.parametrize(("answer", "state"), [(REFUSED, "permanent"), (CUT, "unknown")])
def test_a_question_that_does_not_surely_leave_is_told_once_and_never_sent_again(
    post: Post, unanswered: Case, world: World, answer: object, state: str
) -> None:
    world.answers = [answer]  # type: ignore[list-item]
    post.approve_nudge(unanswered)
    shown = len(world.notified)
    for _ in range(6):
        world.clock.pass_(minutes=10)
        post.tick()
    assert nudges(post, unanswered) == [ActState(state)]
    assert current(post, unanswered).state is CaseState.SENT  # what they know of the letter
    assert [text for _, text in world.notified[shown:] if "Nachfrage" in text] == [
        "Deine Nachfrage ging nicht sicher raus. Ruf dort am besten kurz an."
    ]


def test_a_busy_server_is_asked_again(post: Post, unanswered: Case, world: World) -> None:
    world.answers = [BUSY]
    post.approve_nudge(unanswered)
    for _ in range(5):
        world.clock.pass_(minutes=1)
        post.tick()
    assert len(world.arrived) == 2


def test_who_sent_by_hand_gets_the_question_by_hand(
    post: Post, written: Case, world: World
) -> None:
    confirmed = Event(kind=EventKind.CONFIRMED_BY_PERSON, at=world.clock.at)
    case = post.happened(written, confirmed)
    question = read(post.unsent(case, nudge=True))
    assert question["X-Unsent"] == "1"
    assert post.nudge(case).text.splitlines()[0] in question.get_content()
    assert post.mailto(case, nudge=True).startswith("mailto:")
    asked = Event(kind=EventKind.NUDGED, at=world.clock.at, data={"way": "program"})
    assert post.happened(case, asked).state is CaseState.CONFIRMED_BY_PERSON


def test_before_it_is_out_and_after_the_answer_there_is_nothing_to_ask(
    post: Post, written: Case, unanswered: Case, world: World
) -> None:
    with pytest.raises(WrongUse, match="nothing_to_ask"):
        post.leaving(written, nudge=True)
    known = post.happened(unanswered, Event(kind=EventKind.ACKNOWLEDGED, at=world.clock.at))
    assert known.nudge is None
    with pytest.raises(WrongUse, match="nothing_to_ask"):
        post.approve_nudge(known)


def test_a_machine_that_slept_over_the_start_asks_no_more(
    post: Post, unanswered: Case, world: World
) -> None:
    assert unanswered.invitation.start is not None
    world.clock.at = unanswered.invitation.start.astimezone(BERLIN) - timedelta(seconds=5)
    post.approve_nudge(unanswered)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.arrived) == 1
    assert nudges(post, unanswered) == [ActState.PERMANENT]


def test_by_mail_the_reminder_brings_the_question_and_the_command(
    post: Post, written: Case, world: World
) -> None:
    post.tick()
    post.set_reminders_by_mail(True)
    post.approve(written)
    for _ in range(24 * 3):
        world.clock.pass_(hours=1)
        post.tick()
    case = current(post, written)
    [note] = [read(each) for each in world.folders["inbox"] if case.id.encode() in each][:1]
    text = note.get_content().replace("\r\n", "\n")
    assert case.nudge is not None
    assert case.nudge.text.strip() in text
    assert f"taktvoll send {case.id} --nudge" in text
