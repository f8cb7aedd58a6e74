"""The outbox: hold, claim, mark, act, record, reconcile.

Everything that leaves is an act, frozen and stored before its first attempt. Before the attempt
it is marked as being sent, in a transaction; after it, what became of it is recorded together with
the event of its case. So whatever is killed in between leaves a trace that says how far it got:
what may have left is never sent again blindly.

Several processes may work on one outbox at once: a claim belongs to one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from taktvoll.act import BY_SMTP, LETTERS, WAITING, Act, ActKind, Step, held, step
from taktvoll.again import until_kept
from taktvoll.agenda import follow_on
from taktvoll.case import ASKS_AFTER, Case, CaseState, Event, EventKind
from taktvoll.errors import WrongUse
from taktvoll.model import ActState, Channel
from taktvoll.ports import LONGEST_ACT, Folder, Outcome, Unreachable

if TYPE_CHECKING:
    from taktvoll.ports import Calendar, Entry, Reach, Store
    from taktvoll.times import Clock

HOLD = timedelta(seconds=60)
HOLD_IN_A_HURRY = timedelta(seconds=10)

# From then on whoever has claimed an act and said nothing more counts as gone.
_LEASE = timedelta(seconds=LONGEST_ACT + 30)

# A moment of the stored past that lies this far ahead: the clock has been set back.
_SET_BACK = timedelta(minutes=1)

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=30)
_SHORTEST_WAIT = timedelta(seconds=15)

# Mail that has no deadline of its own is given up after as long as servers do it (RFC 5321
# §4.5.4.1: four to five days).
_GIVE_UP = timedelta(days=4)

# A copy in Sent can come late; after a day nobody looks for it any more.
_LOOK_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Does what is due. Safe to use from several processes and threads at once."""

    clock: Clock
    store: Store
    reach: Reach

    def release(self, read_at: datetime) -> tuple[Act, ...]:
        """Do what is due now, each act at most once; the acts as they stand afterwards.

        ``read_at`` is when it was looked whether the employers have written meanwhile: a letter
        whose moment came only after that waits for the next look.
        """
        done: dict[str, Act] = {}
        while True:
            now = self.clock.now()
            due = [
                act
                for act in self.store.due_acts(now)
                if act.id not in done and not (_is_letter(act) and _between(read_at, act, now))
            ]
            if not due:
                return tuple(done.values())
            for act in due:
                done[act.id] = self._attend(act) or act

    def take_back(self, case: Case, kind: EventKind, why: str | None = None) -> Case:
        """Undo what waits for ``case``, as ``kind`` (``UNDONE`` or ``STOPPED``) with its reason.

        Raises ``WrongUse("too_late_to_undo")`` where nothing waits any more.
        """
        return until_kept(lambda: self._taken_back(case, kind, why))

    def _taken_back(self, case: Case, kind: EventKind, why: str | None) -> Case:
        now = self.clock.now()
        waiting = [act for act in self.store.acts(case.id) if act.state in WAITING]
        letter = waits(waiting)
        if letter is None:
            raise WrongUse("too_late_to_undo")
        others = [act for act in waiting if act.kind is not ActKind.REMINDER]
        acts = [step(act, Step.UNDONE, now, code=why) for act in others]
        if letter.kind is not ActKind.NUDGE:  # the letter before it is still unanswered
            acts += self.quieted(case, now)
        event = Event(kind=kind, at=now, data={"why": why} if why else {})
        after, event = follow_on(self.store.get(case.id) or case, event)
        self.store.save(after, event, acts=acts)
        return after

    def quieted(self, case: Case, now: datetime) -> list[Act]:
        """The acts by which the alarms of ``case`` fall silent, to be saved with an event."""
        acts = {act.id: act for act in self.store.acts(case.id)}
        quieted = []
        for act in acts.values():
            if act.kind is ActKind.REMINDER and act.state in WAITING:
                quieted.append(step(act, Step.UNDONE, now))
            elif act.kind is ActKind.REMINDER and act.state in _MAY_RING:
                off = _disarm(act, now)
                quieted += [off] if off.id not in acts else []
        return quieted

    def silence(self, case: Case) -> None:
        """Take away at once what ``quieted`` would take away with the next rounds."""
        for act in self.quieted(case, self.clock.now()):
            if act.kind is ActKind.DISARM:
                self._do(act)

    def settle(self, act: Act, what: Step, code: str) -> None:
        """What became of an act whose end nobody saw: found out, or told by the person."""
        outcome = Outcome(state=_STATE_OF[what], code=code)
        self._record(act, outcome)

    # --- one act --------------------------------------------------------------------------------

    def _attend(self, act: Act) -> Act | None:
        if act.state is ActState.SENDING:
            return self._abandoned(act)
        if act.state is ActState.UNKNOWN:
            return self._look_for(act)
        return self._attempt(act)

    def _attempt(self, act: Act) -> Act | None:
        now = self.clock.now()
        if act.state is ActState.HELD and act.changed > now + _SET_BACK:
            return self._hold_again(act, now)
        if act.deadline is not None and now >= act.deadline:
            return self._record(act, Outcome(state=ActState.PERMANENT, code="too_late"))
        first = self.store.act(act.after) if act.after else None
        if first is not None and first.state in (ActState.HELD, ActState.SENDING):
            return None
        if not self._is_meant(act):
            return self._drop(act, now)
        claimed = step(act, Step.CLAIMED, now, due_at=now + _LEASE)
        if not self.store.claim(claimed):
            return None
        return self._record(claimed, self._do(claimed))

    def _hold_again(self, act: Act, now: datetime) -> Act | None:
        """The person has a right to the whole hold, also where the clock was set back in it."""
        held = replace(act, changed=now, due_at=now + HOLD, version=act.version + 1)
        try:
            self.store.keep(held)
        except WrongUse:
            return None
        return held

    def _is_meant(self, act: Act) -> bool:
        """Whether the case still stands behind what was approved, and not behind a later letter.

        It may have changed by another way than ours while this waited: moved by the employer,
        decided anew, sent by hand between two attempts.
        """
        acts = self.store.acts(act.case_id)
        letter = next((each for each in acts if _is_letter(each) and _together(each, act)), None)
        if letter is None or letter.state not in WAITING:
            return True
        case = self.store.get(act.case_id)
        newer = any(_is_letter(each) and each.made > letter.made for each in acts)
        behind = ASKS_AFTER if letter.kind is ActKind.NUDGE else _STANDS_BEHIND
        return case is not None and case.state in behind and not newer

    def _drop(self, act: Act, now: datetime) -> Act | None:
        dropped = step(act, Step.UNDONE, now, code="no_longer_meant")
        try:
            self.store.keep(dropped)
        except WrongUse:
            return None
        return dropped

    def _abandoned(self, act: Act) -> Act | None:
        """Whoever began with it is gone. Only a mail cannot be looked at and done again."""
        if act.kind in BY_SMTP:
            return self._record(act, Outcome(state=ActState.UNKNOWN, code="interrupted"))
        return self._record(act, Outcome(state=ActState.TEMPORARY, code="interrupted"))

    def _look_for(self, act: Act) -> Act | None:
        """Found in Sent, it has left; its absence proves nothing."""
        now = self.clock.now()
        try:
            with self.reach.mailbox(act.account) as mailbox:
                found = act.message_id is not None and mailbox.holds(Folder.SENT, act.message_id)
        except Unreachable:
            found = False
        if found:
            return self._record(act, Outcome(state=ActState.ACCEPTED, code="found_in_sent"))
        looked = max(now - act.changed, _SHORTEST_WAIT)
        again = now + looked if looked < _LOOK_FOR else None
        waiting = replace(act, due_at=again, version=act.version + 1)
        try:
            self.store.keep(waiting)
        except WrongUse:
            return None
        return waiting

    # --- doing it -------------------------------------------------------------------------------

    def _do(self, act: Act) -> Outcome:
        try:
            outcome = self._outcome(act)
        except Unreachable as failed:
            outcome = failed.outcome
        except Exception as unexpected:  # whatever it was: nobody knows how far it got
            outcome = Outcome(
                state=ActState.UNKNOWN, code="broken_here", said=type(unexpected).__name__
            )
        if outcome.state is ActState.UNKNOWN and act.kind not in BY_SMTP:
            return replace(outcome, state=ActState.TEMPORARY)  # it looks first, and does it once
        return outcome

    def _outcome(self, act: Act) -> Outcome:
        match act.kind:
            case ActKind.MAIL | ActKind.NUDGE:
                courier, message = self.reach.courier(act.account), self._message(act)
                return courier.send(message, sender=act.sender or "", recipients=act.recipients)
            case ActKind.COPY:
                return self._append(act, Folder.SENT)
            case ActKind.DRAFT:
                return self._append(act, Folder.DRAFTS)
            case ActKind.NOTE:
                return self._append(act, Folder.INBOX)
            case ActKind.ANSWER:
                return self._answer(act, self.reach.calendar(act.account))
            case ActKind.UPDATE:
                return self._take_over(act, self.reach.calendar(act.account))
            case ActKind.REMINDER:
                return _arm(act, self.reach.calendar(act.account))
            case ActKind.DISARM:
                return self._take_away(act, self.reach.calendar(act.account))

    def _go_on(self, act: Act) -> None:
        """Renew the claim between two requests: each alone may take as long as an act may.

        Whoever was taken for gone meanwhile stops: somebody else does it.
        """
        current = self.store.act(act.id)
        if current is None:  # of a case that is being deleted: nobody else knows of it
            return
        lost = current.state is not ActState.SENDING or current.tries != act.tries
        now = self.clock.now()
        renewed = replace(current, due_at=now + _LEASE, version=current.version + 1)
        try:
            if not lost:
                self.store.keep(renewed)
        except WrongUse:
            lost = True
        if lost:
            raise Unreachable(Outcome.temporary("interrupted"))

    def _message(self, act: Act) -> bytes:
        """The frozen bytes: without the calendar part where their server has answered already."""
        first = self.store.act(act.after) if act.after else None
        by_server = first is not None and first.code == _ANSWERED_BY_SERVER
        return act.without_calendar if by_server and act.without_calendar else act.payload

    def _append(self, act: Act, folder: Folder) -> Outcome:
        with self.reach.mailbox(act.account) as mailbox:
            for place in dict.fromkeys((folder, Folder.SENT)):
                if act.message_id and mailbox.holds(place, act.message_id):
                    return Outcome(state=ActState.ACCEPTED, code="there_already")
                self._go_on(act)
            return mailbox.append(folder, act.payload, seen=folder is Folder.SENT)

    def _answer(self, act: Act, calendar: Calendar) -> Outcome:
        """Mark the appointment in the person's own calendar, without a second answer leaving.

        Where the server answers organizers by itself, it is asked not to (SCHEDULE-AGENT=CLIENT,
        RFC 6638 §7.1). Whether it heeded that is seen by whether it kept it.
        """
        from taktvoll.send.own_calendar import answered

        entry = calendar.find(act.target["uid"])
        if entry is None:
            return Outcome(state=ActState.PERMANENT, code="not_in_calendar")
        self._go_on(act)
        schedules = calendar.schedules()
        if schedules and self._mail_has_left(act):
            return Outcome(state=ActState.PERMANENT, code="answered_by_mail")
        text = answered(
            entry.ics,
            act.recipients,
            act.target["partstat"],
            recurrence_id=act.target.get("recurrence_id"),
            answer_by_server=False,
        )
        if text is None:
            return Outcome(state=ActState.PERMANENT, code="not_invited_there")
        self._go_on(act)
        outcome = calendar.put(text, replacing=entry)
        if outcome.state is not ActState.ACCEPTED or not schedules:
            return outcome
        self._go_on(act)
        stored = calendar.find(act.target["uid"])
        if stored is not None and "SCHEDULE-AGENT=CLIENT" in _unfolded(stored):
            return outcome
        return replace(outcome, code=_ANSWERED_BY_SERVER)

    def _take_over(self, act: Act, calendar: Calendar) -> Outcome:
        """Write what the organizer has changed into the entry; one that is not there is not added.

        A server that schedules would tell the organizer of it as of an answer: it is asked not to.
        """
        from taktvoll.send.own_updates import Effect, updated

        entry = calendar.find(act.target["uid"])
        if entry is None:
            return Outcome.permanent("not_in_calendar")
        self._go_on(act)
        by_server = False if calendar.schedules() else None
        text, effect = updated(
            entry.ics, act.payload.decode(), act.recipients, answer_by_server=by_server
        )
        if text is not None:
            self._go_on(act)
            return calendar.put(text, replacing=entry)
        if effect in (Effect.SAME, Effect.OLDER):
            return Outcome.accepted("there_already")
        return Outcome.permanent("calendar_left_alone")

    def _take_away(self, act: Act, calendar: Calendar) -> Outcome:
        entry = calendar.find(act.target["uid"])
        if entry is None:
            return Outcome(state=ActState.ACCEPTED, code="gone_already")
        self._go_on(act)
        return calendar.remove(entry)

    def _mail_has_left(self, act: Act) -> bool:
        """Whether the mail, with its calendar part, was faster than this calendar."""
        return any(
            other.after == act.id and other.state not in (*WAITING, ActState.UNDONE)
            for other in self.store.acts(act.case_id)
        )

    # --- recording ------------------------------------------------------------------------------

    def _record(self, act: Act, outcome: Outcome) -> Act | None:
        """Keep what became of ``act``, with the event of its case; None where the case is gone."""
        return until_kept(lambda: self._recorded(act, outcome))

    def _recorded(self, act: Act, outcome: Outcome) -> Act | None:
        current, case = self.store.act(act.id), self.store.get(act.case_id)
        if current is None or case is None:
            return None
        now = self.clock.now()
        after = _stepped(current, outcome, now)
        if after is None:  # somebody else has found out more
            return current
        event = _event(after, outcome, now)
        if event is None:
            self.store.keep(after)
        else:
            changed, event = follow_on(case, event)
            followers = _followers(after, self._message(after), now)
            self.store.save(changed, event, acts=[after, *followers])
        return after


# In these a letter waits for its moment; from any other the case has gone on without it.
_STANDS_BEHIND = (CaseState.SENDING, CaseState.UNCERTAIN, CaseState.ACKNOWLEDGED)

# Whoever knows, or has called off or moved the appointment, need not be called about this letter.
NOTHING_TO_CALL_FOR = frozenset(
    {CaseState.ACKNOWLEDGED, CaseState.CLOSED, CaseState.CALLED_OFF, CaseState.RECEIVED}
)

_MAY_RING = (ActState.SENDING, ActState.ACCEPTED, ActState.UNKNOWN)

_ANSWERED_BY_SERVER = "answered_by_server"

_STEP_OF = {
    ActState.ACCEPTED: Step.ACCEPTED,
    ActState.TEMPORARY: Step.FAILED_FOR_NOW,
    ActState.PERMANENT: Step.FAILED,
    ActState.UNKNOWN: Step.UNCERTAIN,
}
_STATE_OF = {what: state for state, what in _STEP_OF.items()}


def hold_for(deadline: datetime | None, now: datetime) -> timedelta:
    """How long an approved act is held: shorter where the appointment is near."""
    near = deadline is not None and deadline - now < timedelta(hours=2)
    return HOLD_IN_A_HURRY if near else HOLD


def _arm(act: Act, calendar: Calendar) -> Outcome:
    outcome = calendar.put(act.payload.decode(), replacing=None, name=act.target["uid"])
    if outcome.code == "calendar_changed":  # If-None-Match: it lies there already
        return Outcome(state=ActState.ACCEPTED, code="there_already")
    return outcome


def _unfolded(entry: Entry) -> str:
    return entry.ics.replace("\r\n ", "").replace("\n ", "").upper()


def _disarm(armed: Act, now: datetime) -> Act:
    return held(
        id=f"{armed.id}-off",
        case_id=armed.case_id,
        kind=ActKind.DISARM,
        account=armed.account,
        payload=b"",
        target=armed.target,
        now=now,
    )


def _stepped(act: Act, outcome: Outcome, now: datetime) -> Act | None:
    what, due_at, code = _STEP_OF[outcome.state], None, outcome.code
    if what is Step.FAILED_FOR_NOW:
        due_at = _next_attempt(act, now)
        if due_at is None:
            what, code = Step.FAILED, "too_late"
    elif what is Step.UNCERTAIN:
        due_at = now
    try:
        return step(act, what, now, due_at=due_at, code=code, said=outcome.said)
    except WrongUse:
        return None


def _next_attempt(act: Act, now: datetime) -> datetime | None:
    """When to try again: the sooner the nearer the deadline; None where it would be too late."""
    wait = min(_FIRST_WAIT * 2 ** min(max(act.tries - 1, 0), 10), _LONGEST_WAIT)
    deadline = act.deadline or act.made + _GIVE_UP
    wait = max(min(wait, (deadline - now) / 4), _SHORTEST_WAIT)
    return now + wait if now + wait < deadline else None


_EVENTS = {
    (ActKind.MAIL, ActState.ACCEPTED): EventKind.SENT,
    (ActKind.MAIL, ActState.UNKNOWN): EventKind.UNCERTAIN,
    (ActKind.MAIL, ActState.PERMANENT): EventKind.FAILED,
    (ActKind.NUDGE, ActState.ACCEPTED): EventKind.NUDGED,
    (ActKind.NUDGE, ActState.UNKNOWN): EventKind.NUDGE_FAILED,
    (ActKind.NUDGE, ActState.PERMANENT): EventKind.NUDGE_FAILED,
    (ActKind.DRAFT, ActState.ACCEPTED): EventKind.HANDED_OVER,
    (ActKind.DRAFT, ActState.PERMANENT): EventKind.FAILED,
    (ActKind.ANSWER, ActState.ACCEPTED): EventKind.CALENDAR,
    (ActKind.ANSWER, ActState.PERMANENT): EventKind.CALENDAR,
    (ActKind.UPDATE, ActState.ACCEPTED): EventKind.CALENDAR,
    (ActKind.UPDATE, ActState.PERMANENT): EventKind.CALENDAR,
    (ActKind.REMINDER, ActState.ACCEPTED): EventKind.CALENDAR,
    (ActKind.REMINDER, ActState.PERMANENT): EventKind.CALENDAR,
    (ActKind.DISARM, ActState.ACCEPTED): EventKind.CALENDAR,
    (ActKind.DISARM, ActState.PERMANENT): EventKind.CALENDAR,
}


def _event(act: Act, outcome: Outcome, now: datetime) -> Event | None:
    """What the person sees of it; None for what is tried again, and for the copy in Sent."""
    kind = _EVENTS.get((act.kind, act.state))
    if kind is None:
        return None
    data = {"act": act.id, "what": act.kind.value, "code": act.code or outcome.code}
    if outcome.said:
        data["said"] = outcome.said
    if outcome.refused:
        data["refused"] = ", ".join(outcome.refused)
    channel = Channel.MAIL if kind is EventKind.HANDED_OVER else None
    return Event(kind=kind, at=now, data=data, channel=channel)


def _followers(act: Act, message: bytes, now: datetime) -> Iterator[Act]:
    """What a mail that has left brings along: its copy in Sent, unless the server puts it there."""
    if act.kind in BY_SMTP and act.state is ActState.ACCEPTED and "copy" in act.target:
        yield held(
            id=f"{act.id}-copy",
            case_id=act.case_id,
            kind=ActKind.COPY,
            account=act.account,
            payload=message,
            message_id=act.message_id,
            now=now,
        )


def waits(acts: Sequence[Act]) -> Act | None:
    """The mail or draft among ``acts`` that can still be taken back, or None."""
    return next((act for act in reversed(acts) if _is_letter(act) and act.state in WAITING), None)


def _is_letter(act: Act) -> bool:
    return act.kind in LETTERS


def _between(read_at: datetime, act: Act, now: datetime) -> bool:
    return act.due_at is not None and read_at < act.due_at <= now


def _together(one: Act, other: Act) -> bool:
    """Whether both come from the same yes."""
    return one.id.partition("-")[0] == other.id.partition("-")[0]
