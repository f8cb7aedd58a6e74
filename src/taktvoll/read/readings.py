"""The other way to read a day: 09/12 is in December for some and in September for others."""

from __future__ import annotations

import re
from datetime import datetime

from taktvoll.model import DoubtCode, Invitation

_SLASHED = re.compile(r"(?<!\d)(\d{1,2})\s?/\s?(\d{1,2})(\s?/\s?\d{2,4})?(?!\d)")


def other_start(invitation: Invitation, now: datetime) -> datetime | None:
    """When the appointment begins if day and month are meant the other way round.

    On the employer's clock; None where there is no such doubt. A year that is not written is the
    one in which that day comes next after ``now``.
    """
    if invitation.start is None:
        return None
    read = invitation.local(invitation.start)
    for doubt in invitation.doubts:
        slashed = _SLASHED.search(doubt.detail.get("quote", ""))
        if doubt.code is not DoubtCode.AMBIGUOUS_DATE or slashed is None:
            continue
        written = {int(slashed[1]), int(slashed[2])}
        if written != {read.day, read.month} or len(written) == 1 or max(written) > 12:
            return None
        other = read.replace(month=read.day, day=read.month)
        if slashed[3] is None and other.date() < now.astimezone(other.tzinfo).date():
            other = other.replace(year=other.year + 1)
        return other
    return None
