"""From what a person decides to do to what the message says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from taktvoll.errors import WrongUse
from taktvoll.model import Intent, Invitation, Option
from taktvoll.times import begins

# What takes an appointment away, or changes it: somebody there has to know in time.
CHANGES_APPOINTMENT = frozenset(
    {
        Intent.RESCHEDULE,
        Intent.CHANGE_FORMAT,
        Intent.CANCEL,
        Intent.WITHDRAW_BEFORE,
        Intent.WITHDRAW_AFTER,
        Intent.LATE,
    }
)


def intent_for(
    option: Option, invitation: Invitation, now: datetime, *, met: bool | None = None
) -> Intent | None:
    """The intent of ``option``; None where there is nothing to say.

    ``met`` is whether the person has already talked with the employer, as before a second round
    that is still ahead; None: by the clock. Raises ``WrongUse("option_past")`` for what only goes
    before the appointment.
    """
    start = begins(invitation)
    past = start is not None and start <= now
    if option is Option.WITHDRAW:
        after = past if met is None else met
        return Intent.WITHDRAW_AFTER if after else Intent.WITHDRAW_BEFORE
    if not past:
        return _BEFORE[option]
    if option is Option.MOVE and met is not True:
        return Intent.NO_SHOW_APOLOGY  # a new date is asked for, the apology comes first
    try:
        return _AFTER[option]
    except KeyError:
        raise WrongUse("option_past") from None


_BEFORE: Mapping[Option, Intent] = {
    Option.GO: Intent.ACCEPT,
    Option.GO_AND_FIND_OUT: Intent.ACCEPT,
    Option.MOVE: Intent.RESCHEDULE,
    Option.CHANGE_FORMAT: Intent.CHANGE_FORMAT,
    Option.CANCEL: Intent.CANCEL,
    Option.LATE: Intent.LATE,
}

_AFTER: Mapping[Option, Intent | None] = {
    Option.GO: None,
    Option.GO_AND_FIND_OUT: None,
    Option.LATE: Intent.LATE,
}
