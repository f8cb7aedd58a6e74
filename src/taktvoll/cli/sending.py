"""``taktvoll send | undo | tick``: what leaves, what came of it, what the person did by hand."""

from __future__ import annotations

import time
from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path

from taktvoll.act import UNDER_WAY, Act
from taktvoll.case import Case, CaseState, Event, EventKind
from taktvoll.cli.ending import ENDED, Ending
from taktvoll.cli.screen import Screen
from taktvoll.cli.steps import print_findings
from taktvoll.desk import Desk
from taktvoll.errors import WrongUse
from taktvoll.model import ActState, Channel, Severity
from taktvoll.ports import Unreachable
from taktvoll.post import Leaving, Round
from taktvoll.send.itip import CalendarAnswer

_WATCH_EVERY = 15  # seconds

# After the hold an attempt takes seconds; whoever has waited this long may go and drink a tea.
_PATIENCE = timedelta(seconds=120)


def send(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Show exactly what would leave, ask once, hold it, and stay until it is out."""
    case, nudge = desk.case(arguments.case), arguments.nudge
    by_hand = _by_hand(arguments, case, desk, screen)
    if by_hand is not None:
        return by_hand
    leaving = desk.post.leaving(case, arguments.account, nudge=nudge)
    findings = desk.findings(case, nudge=nudge)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    _show(leaving, screen)
    print_findings(findings, screen)
    if errors and not arguments.despite:
        raise WrongUse("mend_first")
    question = "cli.send.ask_draft" if arguments.draft else "cli.send.ask"
    if not arguments.yes and not screen.agreed(question):
        screen.note(screen.say("cli.send.not_sent"))
        return 2
    if nudge:
        approved = desk.post.approve_nudge(case, arguments.account)
    else:
        despite = [finding.rule for finding in errors]
        approved = desk.post.approve(
            case, account_id=arguments.account, as_draft=arguments.draft, despite=despite
        )
    if arguments.later:
        screen.out(screen.say("cli.send.later", case=case.id))
        return 0
    return _stay(approved, desk, screen)


def _by_hand(arguments: Namespace, case: Case, desk: Desk, screen: Screen) -> int | None:
    """What the person did themselves; None where the program is to send it."""
    now, nudge = desk.clock.now(), arguments.nudge
    if nudge and not _nudges(arguments):
        raise WrongUse("nudge_only_by_mail")
    if arguments.reminder is not None:
        _write(arguments.reminder, desk.post.reminder_file(case))
        screen.out(screen.say("cli.send.reminder"))
        return 0
    if arguments.eml is not None:
        _write(arguments.eml, desk.post.unsent(case, nudge=nudge))
        event = _handed_over("program", now, nudge=nudge)
    elif arguments.mailto:
        screen.out(desk.post.mailto(case, nudge=nudge))
        screen.note(screen.say("cli.send.mailto"))
        event = _handed_over("mailto", now, nudge=nudge)
    elif arguments.sent:
        event = Event(kind=EventKind.CONFIRMED_BY_PERSON, at=now)
        if case.state is CaseState.UNCERTAIN:
            return _told(desk.post.settle(case, left=True), screen)
    elif arguments.not_sent:
        event = Event(kind=EventKind.NOT_SENT, at=now)
        if case.state is CaseState.UNCERTAIN:
            return _told(desk.post.settle(case, left=False), screen)
    elif arguments.spoke_to is not None:
        event = Event(kind=EventKind.SPOKEN, at=now, data={"whom": arguments.spoke_to})
    elif arguments.answered:
        event = Event(kind=EventKind.ACKNOWLEDGED, at=now, data={"why": "told_by_person"})
    else:
        return None
    return _told(desk.post.happened(case, event), screen)


def _nudges(arguments: Namespace) -> bool:
    """Whether the way that is asked for is one for a nudge: by us, or by hand as a mail."""
    others = (arguments.draft, arguments.sent, arguments.not_sent, arguments.answered)
    return not any(others) and arguments.reminder is None and arguments.spoke_to is None


def _handed_over(way: str, now: datetime, *, nudge: bool) -> Event:
    if nudge:
        return Event(kind=EventKind.NUDGED, at=now, data={"way": way})
    return Event(kind=EventKind.HANDED_OVER, at=now, channel=Channel.MAIL, data={"way": way})


def _write(path: Path, message: bytes) -> None:
    try:
        path.write_bytes(message)
    except OSError as error:
        problem = error.strerror or str(error)
        raise WrongUse("cannot_write", folder=str(path), problem=problem) from error


def _told(case: Case, screen: Screen) -> int:
    screen.out(screen.say(f"case.state.{case.state}"))
    return 0


def _show(leaving: Leaving, screen: Screen) -> None:
    screen.out(screen.say("cli.send.from", sender=leaving.sender))
    screen.out(screen.say("cli.send.to", recipients=", ".join(leaving.recipients)))
    screen.out(screen.say("cli.subject", subject=leaving.subject))
    screen.out()
    screen.out(leaving.text)
    screen.out()
    if isinstance(leaving.calendar, CalendarAnswer):
        answer = leaving.calendar.partstat or leaving.calendar.method
        screen.item(screen.say(f"cli.send.calendar.{answer.lower()}"))
    elif leaving.calendar.reason not in _GOES_WITHOUT_SAYING:
        screen.item(screen.say(f"send.no_answer.{leaving.calendar.reason}"))
    if leaving.own_calendar:
        screen.item(screen.say(f"cli.send.own_calendar.{leaving.own_calendar.lower()}"))


_GOES_WITHOUT_SAYING = ("not_for_this_intent", "no_calendar")


def _stay(case: Case, desk: Desk, screen: Screen) -> int:
    """Through the hold, with undo by Ctrl-C, until it is out or the patience is over.

    Looks at the letter and not at the state of the case: after a call they know already, and the
    letter still has to leave.
    """
    began = time.monotonic()
    shown = desk.clock.now()
    screen.note(screen.say("cli.send.held"))
    letter = desk.post.letter(case.id)
    try:
        with Ending() as ending:
            while letter is not None and letter.state in UNDER_WAY:
                if ending.wait(0.5):  # the machine shuts down: that takes nothing back
                    screen.out(screen.say("cli.send.later", case=case.id))
                    return ENDED
                desk.post.tick(collect=False)
                letter = desk.post.letter(case.id)
                held = letter is not None and letter.state is ActState.HELD
                stands = desk.clock.now() == shown  # a clock that is set for a test
                patience = timedelta(seconds=time.monotonic() - began) < _PATIENCE
                if stands or not (held or patience):
                    screen.out(screen.say("cli.send.later", case=case.id))
                    return 0
    except KeyboardInterrupt:
        case = desk.post.undo(desk.case(case.id))
        screen.out()
        screen.out(screen.say("cli.send.undone"))
        return 2
    return _result(letter, desk.case(case.id), screen)


def _result(letter: Act | None, case: Case, screen: Screen) -> int:
    screen.out(screen.say(f"case.state.{case.state}"))
    if letter is not None and letter.state is ActState.ACCEPTED:
        return 0
    if letter is not None and letter.code is not None:
        stopped = letter.code == "employer_wrote"
        screen.out(screen.say("news.stopped" if stopped else f"outcome.{letter.code}"))
    return 1


def undo(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Take back what has not left."""
    desk.post.undo(desk.case(arguments.case))
    screen.out(screen.say("cli.send.undone"))
    return 0


def tick(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """What is due, once; for cron and for whoever wants to know."""
    with Ending() as ending:
        done = desk.post.tick()
        _tell(done, screen)
        return _ended(desk, screen) if ending.asked else 0


def _ended(desk: Desk, screen: Screen) -> int:
    """The last word of a program that was asked to end: what nobody lets go now."""
    if desk.post.waiting():
        screen.note(screen.say("web.held"))
    return ENDED


def _tell(done: Round, screen: Screen) -> None:
    for account, outcome in done.unreachable.items():
        screen.note(f"{account}: {screen.say(f'outcome.{outcome.code}')}")
    for news in done.news:
        if news.case is not None:
            screen.out(f"{news.case.id}  {screen.say(news.key)}")
        else:
            screen.out(f"{', '.join(news.among)}  {screen.say('reply.belongs.several')}")
    for act in done.acts:
        state = screen.say(f"act.state.{act.state}")
        screen.out(f"{act.case_id}  {screen.say(f'act.kind.{act.kind}')}: {state}")
        if act.state in (ActState.TEMPORARY, ActState.PERMANENT) and act.code:
            screen.item(screen.say(f"outcome.{act.code}"), mark=" " * len(act.case_id) + " ")
    for told in done.told:
        screen.out(f"{told.case.id}  {screen.say(f'reminder.{told.reminder}')}")


def watch(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Make the folders, answer what is dropped into them, and go on until Ctrl-C (or --once)."""
    from taktvoll.watch import look, prepare

    account = desk.post.account(arguments.account)
    prepared: tuple[str, ...] = ()
    with Ending() as ending:
        while True:
            try:
                if not prepared:
                    prepared = prepare(desk, account, screen.language)
                    for name in prepared:
                        screen.note(name)
                for dropped in look(desk, account, screen.language):
                    what = dropped.case.id if dropped.case else dropped.problem
                    screen.out(f"{dropped.folder}: {what}")
                desk.post.tick()
            except Unreachable as failed:
                screen.note(screen.say(f"outcome.{failed.outcome.code}"))
                # a server that is out of reach for a while ends nobody's watch
                if arguments.once or failed.outcome.state is not ActState.TEMPORARY:
                    return 2
            if arguments.once and not ending.asked:
                return 0
            if ending.wait(_WATCH_EVERY):
                return _ended(desk, screen)
