"""The other way to read a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from taktvoll.model import Doubt, DoubtCode, Invitation
from taktvoll.read.readings import other_start

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("quote", "start", "other"),
    [
        ("09/12/2026 at 10:00", (2026, 12, 9), (2026, 9, 12)),
        ("12 / 9 at 10 am", (2026, 9, 12), (2026, 12, 9)),
        ("3/10 at ten", (2026, 10, 3), (2027, 3, 10)),  # March is over: the next one
        ("03/10/2026", (2026, 10, 3), (2026, 3, 10)),  # but a written year stays
        ("10/10/2026", (2026, 10, 10), None),
        ("13/12/2026", (2026, 12, 13), None),
        ("in the week of 9 December", (2026, 12, 9), None),
        ("09/12/2026", (2026, 12, 10), None),  # the person has corrected it meanwhile
    ],
)
def test_day_and_month_change_places(quote, start, other):
    invitation = Invitation(
        start=datetime(*start, 10, 0, tzinfo=LONDON),
        timezone="Europe/London",
        doubts=(Doubt(code=DoubtCode.AMBIGUOUS_DATE, fact="start", detail={"quote": quote}),),
    )
    read = other_start(invitation, NOW)
    assert read == (other and datetime(*other, 10, 0, tzinfo=LONDON))


def test_without_the_doubt_there_is_no_other_reading():
    start = datetime(2026, 12, 9, 10, 0, tzinfo=LONDON)
    doubt = Doubt(code=DoubtCode.MISSING_YEAR, fact="start", detail={"quote": "09/12"})
    assert other_start(Invitation(start=start, doubts=(doubt,)), NOW) is None
    assert other_start(Invitation(), NOW) is None
