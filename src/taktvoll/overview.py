"""The cases in pictures: when the interviews are, how far each is, how long answers take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from taktvoll.case import OPEN_STATES, Case, CaseState, EventKind
from taktvoll.desk import Desk

BEHIND = timedelta(days=14)
AHEAD = timedelta(days=42)
SHOWN = 16  # interviews in the picture

_ASKED = 12  # cases in which an answer is looked for
_WENT_OUT = frozenset({EventKind.HANDED_OVER, EventKind.CONFIRMED_BY_PERSON, EventKind.SENT})
_CAME_BACK = frozenset({EventKind.ACKNOWLEDGED, EventKind.SPOKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long it took until an employer showed that they know."""

    case: Case
    sent: datetime
    answered: datetime

    @property
    def length(self) -> timedelta:
        """From the message to the answer."""
        return self.answered - self.sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the pictures show. ``interviews`` begin between ``since`` and ``until``, in order."""

    since: datetime
    until: datetime
    interviews: Sequence[Case]
    counts: Mapping[CaseState, int]
    waits: Sequence[Wait]

    @property
    def total(self) -> int:
        """All cases."""
        return sum(self.counts.values())

    @property
    def usual_wait(self) -> timedelta | None:
        """Half of the answers came sooner."""
        seconds = [wait.length.total_seconds() for wait in self.waits]
        return timedelta(seconds=median(seconds)) if seconds else None


def overview(desk: Desk, now: datetime) -> Overview:
    """The pictures as of ``now``. Costs the same however many cases there are."""
    store = desk.store()
    since, until = now - BEHIND, now + AHEAD
    counts = store.counts()
    open_ones = [state for state in OPEN_STATES if counts.get(state)]
    return Overview(
        since=since,
        until=until,
        interviews=store.beginning(open_ones, since, until, limit=SHOWN),
        counts=counts,
        waits=_waits(desk),
    )


def _waits(desk: Desk) -> list[Wait]:
    known = desk.page((CaseState.ACKNOWLEDGED,), _ASKED, 0)
    by_id = {case.id: case for case in known}
    sent: dict[str, datetime] = {}
    waits: dict[str, Wait] = {}
    for case_id, kind, at in desk.store().moments(list(by_id)):
        if kind in _WENT_OUT:
            sent.setdefault(case_id, at)
        elif kind in _CAME_BACK and case_id in sent and case_id not in waits:
            waits[case_id] = Wait(case=by_id[case_id], sent=sent[case_id], answered=at)
    return sorted(waits.values(), key=lambda wait: wait.answered, reverse=True)
