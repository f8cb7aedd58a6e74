"""What the person types in place of what was read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from taktvoll.model import Doubt, DoubtCode, Invitation
from taktvoll.read import read
from taktvoll.read.typed import Facts, with_facts

EXAMPLES = Path(__file__).parents[2] / "examples"
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
AT_TEN = datetime(2026, 12, 9, 10, tzinfo=BERLIN)


def test_a_zone_moves_no_hour_that_the_calendar_settles() -> None:
    (invitation,) = read((EXAMPLES / "einladung.eml").read_bytes(), timezone=NEW_YORK.key)
    typed = with_facts(invitation, Facts(timezone=NEW_YORK.key))
    assert typed.start == AT_TEN
    assert typed.timezone == BERLIN.key


def test_a_zone_settles_the_hour_that_is_in_doubt() -> None:
    doubt = Doubt(code=DoubtCode.UNKNOWN_TIMEZONE, fact="start")
    invitation = Invitation(start=AT_TEN, timezone=BERLIN.key, doubts=(doubt,))
    typed = with_facts(invitation, Facts(timezone=NEW_YORK.key))
    assert typed.start == AT_TEN.replace(tzinfo=NEW_YORK)
    assert typed.timezone == NEW_YORK.key
    assert typed.doubts == ()
