"""An act: one outward step of a case, and the one table of its states.

``step(act, what)`` is the only way in which an act changes. An act is frozen before its first
attempt: the bytes that leave and their Message-ID never change any more. What is found in
``SENDING`` after a crash may have left or not: it becomes ``UNKNOWN`` and is never blindly done
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from taktvoll.errors import WrongUse
from taktvoll.model import ActState


class ActKind(StrEnum):
    """What an act does outside. The sentence of each is ``act.kind.<value>``."""

    MAIL = "mail"  # the letter, by SMTP
    NUDGE = "nudge"  # the question whether the letter has arrived, by SMTP
    COPY = "copy"  # of the mail that left, into Sent
    DRAFT = "draft"  # the letter, into Drafts: the person sends it there
    ANSWER = "answer"  # the appointment in the person's own calendar: declined, or accepted
    UPDATE = "update"  # what the employer changed about it, in the same calendar
    REMINDER = "reminder"  # the alarm in the calendar that rings even if this machine is off
    DISARM = "disarm"  # takes that alarm away
    NOTE = "note"  # a reminder into the person's own INBOX, where no screen could show it


class Step(StrEnum):
    """What can happen to an act."""

    CLAIMED = "claimed"  # somebody begins with it
    ACCEPTED = "accepted"
    FAILED_FOR_NOW = "failed_for_now"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # it may have happened, or not
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One outward act of the case ``case_id``.

    ``due_at`` is when it is next looked at: the end of the hold, the next attempt, or for one
    that is being sent the moment from which on its sender counts as gone. ``deadline`` is from
    when on it would come too late. ``payload`` are the exact bytes; ``without_calendar`` the same
    mail without its calendar part, for the case that the calendar server has answered by itself.
    ``code`` says why it stands where it stands: the sentence is ``outcome.<code>``; ``said`` is
    one line of the server's own words.
    """

    id: str
    case_id: str
    kind: ActKind
    state: ActState
    made: datetime
    changed: datetime
    account: str
    payload: bytes
    due_at: datetime | None = None
    deadline: datetime | None = None
    without_calendar: bytes | None = None
    message_id: str | None = None
    sender: str | None = None
    recipients: tuple[str, ...] = ()
    target: Mapping[str, str] = field(default_factory=dict)  # of a calendar: uid, etag, …
    after: str | None = None  # the act that has to be over before this one begins
    tries: int = 0
    code: str | None = None
    said: str | None = None
    version: int = 1


def held(*, now: datetime, due_at: datetime | None = None, **about: Any) -> Act:
    """A new act, made ``now``: it waits until ``due_at``, or for nothing."""
    return Act(state=ActState.HELD, made=now, changed=now, due_at=due_at or now, **about)


BY_SMTP = frozenset({ActKind.MAIL, ActKind.NUDGE})  # what it did cannot be seen from here
LETTERS = BY_SMTP | {ActKind.DRAFT}

_S = ActState

STEPS: Mapping[tuple[ActState, Step], ActState] = {
    (_S.HELD, Step.CLAIMED): _S.SENDING,
    (_S.TEMPORARY, Step.CLAIMED): _S.SENDING,
    (_S.SENDING, Step.ACCEPTED): _S.ACCEPTED,
    (_S.SENDING, Step.FAILED_FOR_NOW): _S.TEMPORARY,
    (_S.SENDING, Step.FAILED): _S.PERMANENT,
    (_S.SENDING, Step.UNCERTAIN): _S.UNKNOWN,
    # found out later: in Sent, by an answer to it, or by the person's own word
    (_S.UNKNOWN, Step.ACCEPTED): _S.ACCEPTED,
    (_S.UNKNOWN, Step.FAILED): _S.PERMANENT,
    # its sender, thought gone, comes back and knows that nothing has left
    (_S.UNKNOWN, Step.FAILED_FOR_NOW): _S.TEMPORARY,
    (_S.UNKNOWN, Step.UNCERTAIN): _S.UNKNOWN,
    # the person takes it back, or it would come too late
    (_S.HELD, Step.UNDONE): _S.UNDONE,
    (_S.TEMPORARY, Step.UNDONE): _S.UNDONE,
    (_S.HELD, Step.FAILED): _S.PERMANENT,
    (_S.TEMPORARY, Step.FAILED): _S.PERMANENT,
}

WAITING = (ActState.HELD, ActState.TEMPORARY)
UNDER_WAY = (*WAITING, ActState.SENDING)
OPEN_ACTS = (*UNDER_WAY, ActState.UNKNOWN)


def step(
    act: Act,
    what: Step,
    at: datetime,
    *,
    due_at: datetime | None = None,
    code: str | None = None,
    said: str | None = None,
) -> Act:
    """The act after ``what``. Raises ``WrongUse("act_not_possible")`` outside of the table."""
    target = STEPS.get((act.state, what))
    if target is None:
        raise WrongUse("act_not_possible", state=act.state, step=what)
    return replace(
        act,
        state=target,
        changed=at,
        due_at=due_at,
        code=code,
        said=said,
        tries=act.tries + (what is Step.CLAIMED),
        version=act.version + 1,
    )
