"""A case that changes its state in an order that nobody had in mind, while something waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from tests.post.conftest import ACCOUNT, EXAMPLES, MIRA
from tests.post.test_inbox import THANKS, current, deliver, mail
from tests.world import BUSY, CUT, Calendar, World

import taktvoll.inbox
from taktvoll.act import ActKind
from taktvoll.agenda import Reminder
from taktvoll.case import Case, CaseState, Event, EventKind
from taktvoll.desk import Asked, Desk
from taktvoll.errors import WrongUse
from taktvoll.loop import Loop
from taktvoll.model import ActState, Decision, Intent, Invitation, Slot
from taktvoll.ports import Entry, Folder, Outcome
from taktvoll.post import Post


def letters(post: Post, case: Case) -> list[ActState]:
    return [act.state for act in post.acts(case.id) if act.kind is ActKind.MAIL]


def spoken(post: Post, case: Case) -> Case:
    whom = {"whom": "Frau Behrens"}
    return post.happened(case, Event(kind=EventKind.SPOKEN, at=post.clock.now(), data=whom))


def test_an_appointment_that_moves_while_the_letter_waits_lets_it_not_leave(
    post: Post, desk: Desk, written: Case, world: World
) -> None:
    """The person reads the new invitation themselves, with another command."""
    post.approve(written)
    assert written.invitation.start is not None
    moved = replace(written.invitation, start=written.invitation.start + timedelta(days=1))
    desk.answer(moved, Asked(decision=Decision(intent=Intent.CANCEL), name="Mira", address=MIRA))
    world.clock.pass_(hours=1)
    post.tick()
    assert world.arrived == []
    assert letters(post, written) == [ActState.UNDONE]
    assert current(post, written).state is CaseState.WRITTEN


def test_of_two_letters_that_wait_only_the_later_one_leaves(
    post: Post, desk: Desk, written: Case, world: World
) -> None:
    """Spoken to somebody, confirming by mail, the server is down, and then decided anew."""
    world.down.add("smtp")
    post.approve(spoken(post, written))
    world.clock.pass_(minutes=2)
    post.tick()
    asked = Asked(decision=Decision(intent=Intent.WITHDRAW_BEFORE), name="Mira", address=MIRA)
    case = post.approve(desk.answer(written.invitation, asked).case)
    world.down.clear()
    for _ in range(30):
        world.clock.pass_(minutes=5)
        post.tick()
    [(_, message, _)] = world.arrived
    [act] = [act for act in post.acts(case.id) if act.state is ActState.ACCEPTED and act.recipients]
    assert message == act.payload
    assert letters(post, case).count(ActState.UNDONE) == 1


def test_sent_by_hand_while_the_server_was_busy_it_does_not_leave_too(
    post: Post, written: Case, world: World
) -> None:
    case = post.approve(written)
    world.answers = [BUSY]

    def by_hand() -> None:  # in the very moment in which the program tries
        world.while_sending = lambda: None
        event = Event(kind=EventKind.CONFIRMED_BY_PERSON, at=world.clock.at)
        post.happened(current(post, case), event)

    world.while_sending = by_hand
    for _ in range(20):
        world.clock.pass_(minutes=5)
        post.tick()
    assert world.arrived == []
    assert current(post, case).state is CaseState.CONFIRMED_BY_PERSON


@pytest.mark.parametrize("kind", [EventKind.CLOSED, EventKind.CONFIRMED_BY_PERSON])
def test_the_mail_after_the_call_is_taken_back_as_well(
    post: Post, written: Case, world: World, kind: EventKind
) -> None:
    case = post.approve(spoken(post, written))
    assert case.state is CaseState.ACKNOWLEDGED
    post.happened(case, Event(kind=kind, at=world.clock.at))
    world.clock.pass_(hours=1)
    post.tick()
    assert world.arrived == []


def test_the_mail_after_the_call_stops_where_they_write_in_the_hold(
    post: Post, written: Case, world: World
) -> None:
    post.tick()
    post.approve(spoken(post, written))
    world.clock.pass_(minutes=1)
    text = "Guten Tag,\n\ndarf ich fragen, woran es lag?\n\nJ. Behrens\n"
    thread = written.invitation.thread.message_id or ""
    done = deliver(world, post, mail(text, written, In_Reply_To=thread))
    assert world.arrived == []
    assert [news.stopped for news in done.news] == [True]
    assert "noch nicht abgeschickt" in world.notified[-1][1]


def test_a_hold_that_ends_while_another_mailbox_is_read_waits_for_its_own_look(
    post: Post, written: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading takes its time: what became due meanwhile would leave without having been read."""
    post.tick()
    post.approve(written)
    world.clock.pass_(seconds=59)
    fresh = World.fresh

    def slowly(self: World, *rest: Any, **more: Any) -> Any:
        found = fresh(self, *rest, **more)
        world.clock.pass_(seconds=5)
        text = "Guten Tag,\n\ndarf ich fragen, woran es lag?\n\nJ. Behrens\n"
        thread = written.invitation.thread.message_id or ""
        world.folders["inbox"] = [mail(text, written, In_Reply_To=thread)]
        return found

    with monkeypatch.context() as slow:
        slow.setattr(World, "fresh", slowly)
        post.tick()
    post.tick()
    assert world.arrived == []
    assert current(post, written).state is CaseState.WRITTEN


def test_the_mail_after_the_call_arms_no_alarm(post: Post, written: Case, world: World) -> None:
    post.add_account(replace(ACCOUNT, calendar_url="https://dav.posteo.example/mira/"), {})
    case = post.approve(spoken(post, written))
    assert [act for act in post.acts(case.id) if act.kind is ActKind.REMINDER] == []


def test_an_alarm_for_what_is_called_off_does_not_ring(
    post: Post, desk: Desk, invitation: Invitation, world: World
) -> None:
    post.add_account(replace(ACCOUNT, calendar_url="https://dav.posteo.example/mira/"), {})
    post.tick()
    assert invitation.start is not None
    slots = tuple(Slot(start=invitation.start + timedelta(days=day)) for day in (2, 3))
    asked = Asked(
        decision=Decision(intent=Intent.RESCHEDULE, slots=slots), name="Mira", address=MIRA
    )
    case = post.approve(desk.answer(invitation, asked).case)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.entries) == 1
    text = "Guten Tag,\n\nleider müssen wir das Gespräch absagen, die Stelle ist besetzt.\n"
    deliver(world, post, mail(text, case, post))
    world.clock.pass_(minutes=1)
    post.tick()
    assert current(post, case).state is CaseState.CALLED_OFF
    assert world.entries == {}


def test_a_second_attempt_leaves_one_alarm(post: Post, written: Case, world: World) -> None:
    post.add_account(replace(ACCOUNT, calendar_url="https://dav.posteo.example/mira/"), {})
    world.answers = [CUT]
    world.cut_arrives = False
    case = post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    case = post.settle(case, left=False)
    post.approve(case)
    for _ in range(3):
        world.clock.pass_(minutes=1)
        post.tick()
    assert len(world.entries) == 1


@pytest.mark.parametrize("kind", [ActKind.COPY, ActKind.ANSWER])
def test_an_act_of_several_slow_requests_stays_with_whoever_began_it(
    post: Post, desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch, kind: ActKind
) -> None:
    """Each request may take as long as an act may, and together they outlast the first claim."""
    found = desk.read((EXAMPLES / "invitation.eml").read_bytes())[0]
    assert found.calendar is not None
    assert found.attendee.email is not None
    own = found.attendee.email
    url = "https://dav.posteo.example/mira/"
    post.add_account(replace(ACCOUNT, address=own, calendar_url=url), {})
    lying = found.calendar.replace("METHOD:REQUEST\r\n", "").replace("METHOD:REQUEST\n", "")
    world.entries[found.uid or ""] = Entry(url="/e", etag="1", schedule_tag=None, ics=lying)
    asked = Asked(decision=Decision(intent=Intent.WITHDRAW_BEFORE), name="Priya Nolan")
    case = post.approve(desk.answer(found, asked).case)
    world.clock.pass_(minutes=1)
    tries: list[int] = []

    def slowly(act_kind: ActKind) -> None:
        [act] = [act for act in post.acts(case.id) if act.kind is act_kind]
        if act.kind is kind and act.state is ActState.SENDING:
            world.clock.pass_(seconds=85)
            post.tick()  # of another process
            [after] = [each for each in post.acts(case.id) if each.kind is kind]
            tries.append(after.tries)

    holds, append, finds = World.holds, World.append, Calendar.find

    def slow_holds(self: World, *words: Any) -> bool:
        slowly(ActKind.COPY)
        return holds(self, *words)

    def slow_append(self: World, folder: Folder, message: bytes, *, seen: bool) -> Outcome:
        slowly(ActKind.COPY)
        return append(self, folder, message, seen=seen)

    def slow_find(self: Calendar, uid: str) -> Entry | None:
        if uid == found.uid:
            slowly(ActKind.ANSWER)
        return finds(self, uid)

    monkeypatch.setattr(World, "holds", slow_holds)
    monkeypatch.setattr(World, "append", slow_append)
    monkeypatch.setattr(Calendar, "find", slow_find)
    world.scheduling = True
    for _ in range(4):
        world.clock.pass_(minutes=1)
        post.tick()
    assert set(tries) == {1}
    assert len(tries) >= 2
    assert len(world.folders["sent"]) == 1
    assert len(world.arrived) == 1


# --- what they answer ---------------------------------------------------------------------------


@pytest.fixture
def asked_to_move(post: Post, desk: Desk, invitation: Invitation, world: World) -> Case:
    post.tick()
    assert invitation.start is not None
    slot = Slot(start=invitation.start + timedelta(days=2))
    decision = Decision(intent=Intent.RESCHEDULE, slots=(slot,))
    case = desk.answer(invitation, Asked(decision=decision, name="Mira", address=MIRA)).case
    post.approve(case)
    world.clock.pass_(minutes=1)
    post.tick()
    return current(post, case)


def test_who_keeps_the_old_time_expects_the_person_so_it_is_theirs_to_decide(
    post: Post, asked_to_move: Case, world: World
) -> None:
    """Known to know, and all the same a no-show: nobody may fall silent here."""
    text = (
        "Guten Tag Frau Sandner,\n\nleider ist eine Verschiebung nicht möglich. Wir müssen bei dem "
        "vereinbarten Termin bleiben.\n\nJ. Behrens\n"
    )
    [news] = deliver(world, post, mail(text, asked_to_move, post)).news
    assert news.reply is not None
    assert news.reply.kind == "counter_declined"
    after = current(post, asked_to_move)
    assert after.state is CaseState.RECEIVED
    assert after.invitation.start == asked_to_move.invitation.start
    told = []
    while world.clock.at < after.invitation.start:  # type: ignore[operator]
        told += [each.reminder for each in post.tick().told]
        world.clock.pass_(hours=1)
    assert Reminder.NOTHING_SAID in told


def test_who_agrees_to_the_time_that_was_offered_is_not_asked_for_another(
    post: Post, asked_to_move: Case, world: World
) -> None:
    assert asked_to_move.decision is not None
    slot = asked_to_move.decision.slots[0].start
    text = (
        f"Guten Tag,\n\nder {slot:%d.%m.} um {slot:%H:%M} Uhr passt gut, bis dann!\n\nJ. Behrens\n"
    )
    deliver(world, post, mail(text, asked_to_move, post))
    after = current(post, asked_to_move)
    assert after.state is CaseState.ACKNOWLEDGED
    assert after.invitation.start == slot
    told = []
    for _ in range(30):
        world.clock.pass_(days=1)
        told += [each.reminder for each in post.tick().told]
    assert told == [Reminder.OUTCOME]


def test_moved_in_words_alone_the_event_in_the_calendars_is_still_known(
    post: Post, desk: Desk, world: World
) -> None:
    found = desk.read((EXAMPLES / "invitation.eml").read_bytes())[0]
    assert found.uid is not None
    asked = Asked(decision=Decision(intent=Intent.ACCEPT), name="Priya", address=MIRA)
    case = desk.answer(found, asked).case
    post.tick()
    assert found.start is not None
    later = found.start + timedelta(days=2)
    text = f"Hi Priya,\n\nwe have to move your interview to {later:%d %B %Y} at {later:%H:%M}.\n"
    thread = found.thread.message_id or ""
    deliver(
        world, post, mail(text, case, In_Reply_To=thread, Subject=f"Re: {found.thread.subject}")
    )
    after = current(post, case)
    assert (after.state, after.invitation.uid) == (CaseState.RECEIVED, found.uid)
    assert after.invitation.start == later
    assert after.invitation.calendar == found.calendar


def test_a_mail_without_an_id_is_known_again(post: Post, written: Case, world: World) -> None:
    post.tick()
    message = mail(
        THANKS, written, Message_ID="", In_Reply_To=written.invitation.thread.message_id or ""
    )
    world.folders["inbox"] = [message, message]
    post.tick()
    kinds = [event.kind for event in post.store().events(written.id)]
    assert kinds.count(EventKind.REPLIED) == 1


# --- the program itself stumbles ----------------------------------------------------------------


def test_a_mail_that_we_stumble_over_hides_nothing_and_holds_nothing_up(
    post: Post, written: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.tick()
    post.approve(written)
    world.clock.pass_(minutes=1)
    classify = taktvoll.inbox.classify

    def stumbles(mail: Any, *rest: Any) -> Any:
        if "Stolperstein" in mail.text:
            raise RecursionError
        return classify(mail, *rest)

    monkeypatch.setattr(taktvoll.inbox, "classify", stumbles)
    world.folders["inbox"] = [mail("Stolperstein\n", written)]
    post.tick()
    assert len(world.arrived) == 1
    world.folders["inbox"].append(mail(THANKS, written, post))
    post.tick()
    assert current(post, written).state is CaseState.ACKNOWLEDGED


def test_a_mail_that_cannot_be_stored_is_read_again(
    post: Post, written: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.tick()
    world.folders["inbox"] = [mail(THANKS, written)]
    with monkeypatch.context() as broken:

        def busy(*_: Any, **__: Any) -> None:
            raise WrongUse("case_changed_meanwhile")

        broken.setattr(type(post.store()), "save", busy)
        with pytest.raises(WrongUse, match="case_changed_meanwhile"):
            post.tick()
    assert len(post.tick().news) == 1


def test_the_loop_goes_on_whatever_happens_in_a_round(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = []

    def tick(self: Post, *, collect: bool = True) -> None:
        rounds.append(collect)
        if len(rounds) > 2:
            loop._stop.set()
        raise ZeroDivisionError

    monkeypatch.setattr(Post, "tick", tick)
    monkeypatch.setattr("taktvoll.loop._EVERY", 0.001)
    loop = Loop(post)
    loop._tick()
    assert len(rounds) == 3


def test_what_nobody_knows_is_not_called_held(post: Post, written: Case, world: World) -> None:
    post.approve(written)
    assert post.waiting()
    world.answers = [CUT]
    world.clock.pass_(minutes=1)
    post.tick()
    assert not post.waiting()


# --- whose address, and an alarm to take along --------------------------------------------------


def test_an_alias_that_was_invited_answers_in_the_calendar_whoever_sends(
    post: Post, desk: Desk, world: World
) -> None:
    found = desk.read((EXAMPLES / "invitation.eml").read_bytes())[0]
    assert found.attendee.email is not None
    post.add_account(replace(ACCOUNT, aliases=(found.attendee.email,)), {})
    asked = Asked(decision=Decision(intent=Intent.WITHDRAW_BEFORE), name="Priya", address=MIRA)
    leaving = post.leaving(desk.answer(found, asked).case)
    assert leaving.sender == MIRA
    assert b"text/calendar" in leaving.message
    assert found.attendee.email in leaving.calendar.attendee.email  # type: ignore[union-attr]


@pytest.mark.parametrize("address", ["mira@x.example\r\nBcc: a@b.example", "mira", "a b@c.example"])
def test_an_address_that_cannot_stand_in_a_mail_makes_no_account(post: Post, address: str) -> None:
    for account in (
        replace(ACCOUNT, address=address),
        replace(ACCOUNT, aliases=(address,)),
    ):
        with pytest.raises(WrongUse, match="bad_sender"):
            post.add_account(account, {})


def test_without_a_calendar_the_alarm_is_a_file(post: Post, written: Case) -> None:
    text = post.reminder_file(written).decode()
    assert "METHOD:PUBLISH" in text
    assert "SUMMARY:Anruf erledigen" in text
    assert "Lindenhof" not in text
    with pytest.raises(WrongUse, match="no_call_ahead"):
        post.reminder_file(spoken(post, written))


def test_a_deleted_case_leaves_no_alarm_behind(
    post: Post, desk: Desk, written: Case, world: World
) -> None:
    post.add_account(replace(ACCOUNT, calendar_url="https://dav.posteo.example/mira/"), {})
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    assert len(world.entries) == 1
    replace(desk, sending=lambda: post).delete(written.id)
    assert world.entries == {}
    assert post.store().get(written.id) is None


# --- what the employer changes, in the person's own calendar -------------------------------------


@pytest.fixture
def accepted(post: Post, desk: Desk, world: World) -> Case:
    """An interview that is agreed, and lies in the person's calendar with their answer."""
    found = desk.read((EXAMPLES / "invitation.eml").read_bytes())[0]
    assert found.calendar
    assert found.uid
    assert found.attendee.email
    url = "https://dav.posteo.example/mira/"
    post.add_account(replace(ACCOUNT, address=found.attendee.email, calendar_url=url), {})
    post.tick()
    lying = found.calendar.replace("METHOD:REQUEST\r\n", "").replace("METHOD:REQUEST\n", "")
    world.entries[found.uid] = Entry(url="/e", etag="1", schedule_tag=None, ics=lying)
    asked = Asked(decision=Decision(intent=Intent.ACCEPT), name="Priya Nolan")
    case = post.approve(desk.answer(found, asked).case)
    world.clock.pass_(minutes=1)
    post.tick()
    return current(post, case)


def theirs(case: Case, method: str, **headers: str) -> bytes:
    calendar = (case.invitation.calendar or "").replace("METHOD:REQUEST", f"METHOD:{method}")
    calendar = calendar.replace("SEQUENCE:0", "SEQUENCE:1").replace(
        "STATUS:CONFIRMED", "STATUS:CANCELLED" if method == "CANCEL" else "STATUS:CONFIRMED"
    )
    message = EmailMessage()
    values = {
        "From": case.invitation.sender.email,
        "To": MIRA,
        "Message-ID": f"<{method}@x.example>",
    }
    for name, value in (values | headers).items():
        message[name] = value
    message["Subject"] = "Cancelled: Interview"
    message.set_content("The interview is cancelled.\n")
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    return message.as_bytes()


@pytest.mark.parametrize("schedules", [False, True])
def test_what_the_employer_calls_off_is_off_in_ones_own_calendar_and_answered_to_nobody(
    post: Post, accepted: Case, world: World, schedules: bool
) -> None:
    world.scheduling, world.server_replies = schedules, []
    deliver(world, post, theirs(accepted, "CANCEL"))
    world.clock.pass_(minutes=1)
    post.tick()
    assert current(post, accepted).state is CaseState.CALLED_OFF
    ics = world.entries[accepted.invitation.uid or ""].ics
    assert "STATUS:CANCELLED" in ics
    assert world.server_replies == []
    [act] = [act for act in post.acts(accepted.id) if act.kind is ActKind.UPDATE]
    assert act.state is ActState.ACCEPTED


def test_a_stranger_calls_nothing_off_in_ones_own_calendar(
    post: Post, accepted: Case, world: World
) -> None:
    before = dict(world.entries)
    deliver(world, post, theirs(accepted, "CANCEL", From="chef@boese.example"))
    world.clock.pass_(minutes=1)
    post.tick()
    assert world.entries == before
    assert current(post, accepted).state is not CaseState.CALLED_OFF
