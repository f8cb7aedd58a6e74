"""A case: one interview of one person, and the one table of its states and events.

``apply(case, event)`` is the only way in which a case changes. The events are the timeline that
a person sees; the records that an event brings along (an invitation, a decision, drafts) become
part of the case. Outward acts have states of their own (``model.ActState``): a case tells what
the employer knows, an act tells what became of one message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from taktvoll.errors import WrongUse
from taktvoll.model import Brief, Channel, Decision, Draft, Intent, Invitation, Kind, Voice


class CaseState(StrEnum):
    """Where a case stands. The sentence of each is ``case.state.<value>``."""

    RECEIVED = "received"
    CALLED_OFF = "called_off"
    DECIDED = "decided"
    WRITTEN = "written"
    SENDING = "sending"  # the person has said yes; it is held, or on its way
    SENT = "sent"  # their provider has taken it
    UNCERTAIN = "uncertain"  # it may have left, or not
    NOT_DELIVERED = "not_delivered"
    HANDED_OVER = "handed_over"
    CONFIRMED_BY_PERSON = "confirmed_by_person"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class EventKind(StrEnum):
    """What can happen to a case. The sentence of each is ``case.event.<value>``."""

    CORRECTED = "corrected"  # the person corrected what was read
    MOVED = "moved"  # the employer sent a new or changed appointment
    CALLED_OFF = "called_off"  # the employer cancelled the appointment
    DECIDED = "decided"
    WRITTEN = "written"
    APPROVED = "approved"  # the person's yes: from here on the program keeps its word
    UNDONE = "undone"  # taken back before it left
    STOPPED = "stopped"  # not released after all: data "why"
    NUDGING = "nudging"  # the person's yes to asking whether the message has arrived
    NUDGED = "nudged"  # that question has left: by us, or by hand with data "way"
    NUDGE_FAILED = "nudge_failed"  # it has not left, or nobody knows: data "code"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    BOUNCED = "bounced"  # taken, and given back later
    REPLIED = "replied"  # something came back: data "class" and "why"
    REMINDED = "reminded"  # the program has spoken up: data "reminder"
    CALENDAR = "calendar"  # something about the person's own calendar: data "what"
    HANDED_OVER = "handed_over"  # copied, opened in the mail program, printed, link opened
    NOT_SENT = "not_sent"  # handed over, but not sent after all
    CONFIRMED_BY_PERSON = "confirmed_by_person"  # the person says that it is sent
    SPOKEN = "spoken"  # told somebody there on the phone: data "whom"
    ACKNOWLEDGED = "acknowledged"  # the employer has shown that they know
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at ``at`` (aware), and what it brings to the case.

    ``data`` is what the timeline shows. ``due_at`` is when the case wants to be looked at again
    after this event; None: not by itself. The ``drafts`` of a reminder are its nudge.
    """

    kind: EventKind
    at: datetime
    data: Mapping[str, str] = field(default_factory=dict)
    invitation: Invitation | None = None
    decision: Decision | None = None
    voice: Voice | None = None
    drafts: tuple[Draft, ...] = ()
    channel: Channel | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a case held until the appointment or the decision changed at ``ended``."""

    state: CaseState
    invitation: Invitation
    decision: Decision | None
    voice: Voice | None
    drafts: tuple[Draft, ...]
    channel: Channel | None
    ended: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One interview of one person. ``version`` counts the events: compare it before storing.

    ``seed`` chooses among equally good phrasings, so that a case keeps its letter. ``earlier``
    holds what was true before, oldest first: nothing that went out is ever lost.
    ``since`` is when it came into its state, ``reminded_at`` when the person was last reminded
    there. ``nudge`` asks whether the message has arrived, written ready as soon as that is
    advised. ``closed_in`` is the state to which reopening leads back.
    """

    id: str
    state: CaseState
    invitation: Invitation
    seed: int
    opened: datetime
    changed: datetime
    decision: Decision | None = None
    voice: Voice | None = None
    drafts: tuple[Draft, ...] = ()
    channel: Channel | None = None
    due_at: datetime | None = None
    version: int = 1
    earlier: tuple[Round, ...] = ()
    since: datetime | None = None
    reminded_at: datetime | None = None
    nudge: Draft | None = None
    closed_in: CaseState | None = None

    def draft(self, channel: Channel) -> Draft | None:
        """What is written for ``channel``; None where nothing is."""
        return next((draft for draft in self.drafts if draft.channel is channel), None)


OPEN_STATES = tuple(state for state in CaseState if state is not CaseState.CLOSED)

# What the employer does not know yet, for all that we know.
UNSAID_STATES = (
    CaseState.RECEIVED,
    CaseState.DECIDED,
    CaseState.WRITTEN,
    CaseState.SENDING,
    CaseState.UNCERTAIN,
    CaseState.NOT_DELIVERED,
    CaseState.HANDED_OVER,
)

_WITHOUT_DRAFTS = frozenset({CaseState.RECEIVED, CaseState.CALLED_OFF, CaseState.DECIDED})

# The employer may know by now.
SAID = frozenset(
    {
        CaseState.SENT,
        CaseState.UNCERTAIN,
        CaseState.HANDED_OVER,
        CaseState.CONFIRMED_BY_PERSON,
        CaseState.ACKNOWLEDGED,
    }
)

# It is out, and nobody there has answered: one may ask whether it has arrived.
ASKS_AFTER = (CaseState.SENT, CaseState.CONFIRMED_BY_PERSON)

# From here on a message has left or tried to: what was said stays on record.
_ON_RECORD = SAID | {CaseState.NOT_DELIVERED}

_KEEPS_CHANNEL = _ON_RECORD | {CaseState.SENDING}

_S, _E = CaseState, EventKind

# What is told of a message and its answers can come late, whatever has happened meanwhile.
_NEWS = (
    _E.SENT, _E.UNCERTAIN, _E.FAILED, _E.BOUNCED, _E.REPLIED, _E.REMINDED, _E.CALENDAR, _E.NUDGED,
    _E.NUDGE_FAILED,
)  # fmt: skip

# The employer is told by whatever way works, and the person says so.
_BY_HAND = {
    _E.HANDED_OVER: _S.HANDED_OVER,
    _E.CONFIRMED_BY_PERSON: _S.CONFIRMED_BY_PERSON,
    _E.SPOKEN: _S.ACKNOWLEDGED,
}

# Reopening is the one step that is not here: it leads back to where the case was closed.
TRANSITIONS: Mapping[tuple[CaseState, EventKind], CaseState] = {
    **{(state, kind): state for state in CaseState for kind in _NEWS},
    # what the employer does, and closing, can happen at any time
    **{(state, _E.MOVED): _S.RECEIVED for state in OPEN_STATES},
    **{(state, _E.CALLED_OFF): _S.CALLED_OFF for state in OPEN_STATES},
    **{(state, _E.CLOSED): _S.CLOSED for state in OPEN_STATES},
    # a corrected fact makes the draft old, but takes back nothing that is said
    **{(state, _E.CORRECTED): state for state in OPEN_STATES if state is not _S.SENDING},
    (_S.WRITTEN, _E.CORRECTED): _S.DECIDED,
    # deciding, and deciding anew; what is held has to be taken back first
    **{(state, _E.DECIDED): _S.DECIDED for state in OPEN_STATES if state is not _S.SENDING},
    # writing
    (_S.DECIDED, _E.WRITTEN): _S.WRITTEN,
    (_S.WRITTEN, _E.WRITTEN): _S.WRITTEN,
    (_S.NOT_DELIVERED, _E.WRITTEN): _S.WRITTEN,
    # by the program: the yes, the hold, and what became of it
    (_S.WRITTEN, _E.APPROVED): _S.SENDING,
    (_S.NOT_DELIVERED, _E.APPROVED): _S.SENDING,
    (_S.SENDING, _E.UNDONE): _S.WRITTEN,
    (_S.SENDING, _E.STOPPED): _S.WRITTEN,
    (_S.SENDING, _E.SENT): _S.SENT,
    (_S.SENDING, _E.FAILED): _S.NOT_DELIVERED,
    (_S.SENDING, _E.UNCERTAIN): _S.UNCERTAIN,
    (_S.UNCERTAIN, _E.SENT): _S.SENT,
    (_S.UNCERTAIN, _E.FAILED): _S.NOT_DELIVERED,
    # by hand: first the text leaves us, then the person says whether it left them
    **{
        (state, kind): target
        for state in (_S.WRITTEN, _S.SENDING, _S.UNCERTAIN, _S.NOT_DELIVERED, _S.HANDED_OVER)
        for kind, target in _BY_HAND.items()
    },
    (_S.DECIDED, _E.SPOKEN): _S.ACKNOWLEDGED,
    (_S.SENT, _E.SPOKEN): _S.ACKNOWLEDGED,
    (_S.CONFIRMED_BY_PERSON, _E.SPOKEN): _S.ACKNOWLEDGED,
    (_S.UNCERTAIN, _E.NOT_SENT): _S.WRITTEN,
    (_S.HANDED_OVER, _E.NOT_SENT): _S.WRITTEN,
    (_S.CONFIRMED_BY_PERSON, _E.NOT_SENT): _S.WRITTEN,
    # asked after: until somebody answers, the case stands as it stood
    **{
        (state, kind): state for state in ASKS_AFTER for kind in (_E.NUDGING, _E.UNDONE, _E.STOPPED)
    },
    # it came back
    **{
        (state, _E.BOUNCED): _S.NOT_DELIVERED
        for state in (_S.SENT, _S.UNCERTAIN, _S.HANDED_OVER, _S.CONFIRMED_BY_PERSON)
    },
    # somebody there knows
    **{
        (state, _E.ACKNOWLEDGED): _S.ACKNOWLEDGED
        for state in (
            _S.SENT,
            _S.UNCERTAIN,
            _S.NOT_DELIVERED,
            _S.HANDED_OVER,
            _S.CONFIRMED_BY_PERSON,
        )
    },
    # the mail after the call: what they know, they go on knowing
    **{
        (_S.ACKNOWLEDGED, kind): _S.ACKNOWLEDGED
        for kind in (
            _E.WRITTEN,
            _E.APPROVED,
            _E.UNDONE,
            _E.STOPPED,
            _E.HANDED_OVER,
            _E.NOT_SENT,
            _E.CONFIRMED_BY_PERSON,
            _E.SPOKEN,
            _E.ACKNOWLEDGED,
        )
    },
}


def apply(case: Case, event: Event) -> Case:
    """The case after ``event``.

    Raises ``WrongUse("case_not_possible")`` where the table has no such step, and
    ``WrongUse("case_incomplete")`` where the event does not bring what it is about.
    """
    target = _target(case, event.kind)
    _require(event)
    stays = target is case.state and event.invitation is None
    after = replace(
        case,
        state=target,
        invitation=event.invitation or case.invitation,
        decision=event.decision or case.decision,
        voice=event.voice or case.voice,
        drafts=event.drafts or (() if target in _WITHOUT_DRAFTS else case.drafts),
        channel=event.channel or (case.channel if target in _KEEPS_CHANNEL else None),
        changed=event.at,
        due_at=event.due_at,
        version=case.version + 1,
        nudge=case.nudge if stays else None,
        closed_in=_closed_in(case) if target is CaseState.CLOSED else None,
    )
    if target is not case.state:
        after = replace(after, since=event.at, reminded_at=None)
    if event.kind is EventKind.REMINDED:
        nudge = next(iter(event.drafts), after.nudge)
        after = replace(after, reminded_at=event.at, drafts=case.drafts, nudge=nudge)
    if _ends_round(case, event.kind):
        after = replace(after, earlier=(*case.earlier, _round(case, event.at)))
    if target in (CaseState.RECEIVED, CaseState.CALLED_OFF):
        after = replace(after, decision=None)
    return after


def open_case(
    case_id: str, invitation: Invitation, seed: int, *, at: datetime, due_at: datetime | None = None
) -> Case:
    """A new case. ``at`` is when it began here, not when the invitation was sent."""
    called_off = invitation.kind is Kind.CANCELLATION
    return Case(
        id=case_id,
        state=CaseState.CALLED_OFF if called_off else CaseState.RECEIVED,
        invitation=invitation,
        seed=seed,
        opened=at,
        changed=at,
        since=at,
        due_at=due_at,
    )


def identity(invitation: Invitation, *person: str) -> tuple[str, int]:
    """Id and seed of a new case, from the invitation and what names the ``person``.

    The same question gives the same letter on every machine, and two candidates do not send the
    same one.
    """
    marks = (
        invitation.uid or invitation.thread.message_id or "",
        invitation.recurrence_id or "",
        invitation.company or "",
        invitation.position or "",
        str(invitation.start or ""),
        *person,
    )
    digest = sha256("\0".join(marks).encode()).digest()
    word = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[4:10])
    return word, int.from_bytes(digest[:4], "big")


# no letters or digits that are mistaken for one another when read out
_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"


def arrival(case: Case, invitation: Invitation, at: datetime) -> Event | None:
    """What a further message of the employer means to ``case``; None where it says nothing new.

    A cancellation after we have called it off, and a confirmation after we have accepted, are
    their acknowledgement. A closed case takes nothing: reopen it first.
    """
    known = case.invitation
    if case.state is CaseState.CLOSED or _older(known, invitation):
        return None
    said = case.decision.intent if case.decision and case.state in SAID else None
    acknowledged = Event(kind=EventKind.ACKNOWLEDGED, at=at, invitation=invitation)
    if invitation.kind is Kind.CANCELLATION:
        if said in _CALLS_OFF:
            return acknowledged
        if known.kind is Kind.CANCELLATION:
            return None
        return Event(kind=EventKind.CALLED_OFF, at=at, invitation=invitation)
    if invitation.kind not in (Kind.INVITATION, Kind.RESCHEDULE, Kind.CONFIRMATION):
        return None
    if known.kind is not Kind.CANCELLATION and _appointment(known) == _appointment(invitation):
        confirms = invitation.kind is Kind.CONFIRMATION and said is Intent.ACCEPT
        return acknowledged if confirms else None
    return Event(kind=EventKind.MOVED, at=at, invitation=invitation)


def brief_of(case: Case, now: datetime) -> Brief | None:
    """What the letter of ``case`` is written from, as of ``now``; None where nothing is decided."""
    if case.decision is None or case.voice is None:
        return None
    return Brief(invitation=case.invitation, decision=case.decision, voice=case.voice, now=now)


def possible(case: Case) -> frozenset[EventKind]:
    """The events that ``case`` can take now."""
    kinds = frozenset(kind for state, kind in TRANSITIONS if state is case.state)
    return kinds | {EventKind.REOPENED} if case.state is CaseState.CLOSED else kinds


def drawing() -> str:
    """The table as a Mermaid state diagram; ``docs/states.md`` holds exactly this."""
    lines = ["stateDiagram-v2", "    [*] --> open", "    state open {", "        [*] --> received"]
    for state in OPEN_STATES:
        targets: dict[CaseState, list[str]] = {}
        for (source, kind), target in TRANSITIONS.items():
            if source is state and target is not state and kind not in _ANY_TIME:
                targets.setdefault(target, []).append(kind.value)
        lines += [
            f"        {state} --> {target}: {', '.join(kinds)}" for target, kinds in targets.items()
        ]
    lines += [
        "    }",
        "    open --> received: moved",
        "    open --> called_off: called_off",
        "    open --> closed: closed",
        "    closed --> open: reopened",
        "    closed --> [*]",
    ]
    return "\n".join(lines) + "\n"


_ANY_TIME = frozenset({EventKind.MOVED, EventKind.CALLED_OFF, EventKind.CLOSED})

_CALLS_OFF = frozenset({Intent.CANCEL, Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER})

_NEEDS: Mapping[EventKind, str] = {
    EventKind.CORRECTED: "invitation",
    EventKind.MOVED: "invitation",
    EventKind.DECIDED: "decision",
    EventKind.WRITTEN: "drafts",
    EventKind.HANDED_OVER: "channel",
}


def _target(case: Case, kind: EventKind) -> CaseState:
    if kind is EventKind.REOPENED and case.closed_in is not None:
        return case.closed_in
    try:
        return TRANSITIONS[case.state, kind]
    except KeyError:
        raise WrongUse("case_not_possible", state=case.state, event=kind) from None


def _require(event: Event) -> None:
    needed = _NEEDS.get(event.kind)
    if needed and not getattr(event, needed):
        raise WrongUse("case_incomplete", event=event.kind, missing=needed)
    if event.kind is EventKind.SPOKEN and not event.data.get("whom", "").strip():
        raise WrongUse("case_incomplete", event=event.kind, missing="whom")


def _closed_in(case: Case) -> CaseState | None:
    return case.closed_in if case.state is CaseState.CLOSED else case.state


def _ends_round(case: Case, kind: EventKind) -> bool:
    if kind in (EventKind.MOVED, EventKind.CALLED_OFF):
        return True
    return kind is EventKind.DECIDED and case.state in _ON_RECORD


def _round(case: Case, ended: datetime) -> Round:
    return Round(
        state=case.state,
        invitation=case.invitation,
        decision=case.decision,
        voice=case.voice,
        drafts=case.drafts,
        channel=case.channel,
        ended=ended,
    )


def _older(known: Invitation, arrived: Invitation) -> bool:
    # An older SEQUENCE is out of date and changes nothing (RFC 5546 §2.1.5).
    same_event = known.uid is not None and known.uid == arrived.uid
    return same_event and (arrived.sequence or 0) < (known.sequence or 0)


def _appointment(invitation: Invitation) -> tuple[object, ...]:
    """What somebody who goes there has to know: where it is the same, nothing is new."""
    return (
        invitation.start,
        invitation.end,
        invitation.all_day,
        invitation.proposed_slots,
        invitation.format,
        invitation.location,
        invitation.meeting_url,
        invitation.booking_url,
    )
