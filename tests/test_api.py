"""The Python interface, from an invitation to a checked letter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from taktvoll.api import check, decide, read, write
from taktvoll.decide.options import Answers
from taktvoll.desk import Asked, make_brief
from taktvoll.model import Category, Channel, Decision, Intent, Known, Option, Sureness

INVITATION = Path(__file__).parents[1] / "examples" / "einladung.eml"
NOW = datetime(2026, 12, 2, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def test_the_four_steps() -> None:
    (invitation,) = read(INVITATION.read_bytes())
    advice = decide(invitation, Answers(sureness=Sureness.SURELY_NOT), NOW)
    assert advice.recommended is Option.WITHDRAW
    brief = make_brief(invitation, Asked(decision=Decision(intent=Intent.WITHDRAW_BEFORE)), NOW)
    letter = write(brief, Channel.MAIL, seed="a")
    known = Known(intent=Intent.WITHDRAW_BEFORE, name="Mira Sandner", start=invitation.start)
    assert check(letter.text, known) == []
    shifted = letter.text.replace("9. Dezember", "8. Dezember")
    assert shifted != letter.text
    assert Category.FACT_DATE in {finding.category for finding in check(shifted, known)}
