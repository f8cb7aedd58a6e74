from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from taktvoll.decide.intents import intent_for
from taktvoll.errors import WrongUse
from taktvoll.model import Intent, Invitation, Option

START = datetime(2026, 12, 9, 10, tzinfo=ZoneInfo("Europe/Berlin"))
BEFORE, AFTER = START - timedelta(days=1), START + timedelta(hours=3)
INVITATION = Invitation(start=START, timezone="Europe/Berlin")


@pytest.mark.parametrize(
    ("option", "now", "met", "intent"),
    [
        (Option.GO, BEFORE, None, Intent.ACCEPT),
        (Option.GO_AND_FIND_OUT, BEFORE, None, Intent.ACCEPT),
        (Option.MOVE, BEFORE, None, Intent.RESCHEDULE),
        (Option.CHANGE_FORMAT, BEFORE, None, Intent.CHANGE_FORMAT),
        (Option.CANCEL, BEFORE, None, Intent.CANCEL),
        (Option.LATE, BEFORE, None, Intent.LATE),
        (Option.WITHDRAW, BEFORE, None, Intent.WITHDRAW_BEFORE),
        (Option.WITHDRAW, BEFORE, True, Intent.WITHDRAW_AFTER),  # a second round is still ahead
        (Option.WITHDRAW, START, None, Intent.WITHDRAW_AFTER),
        (Option.WITHDRAW, AFTER, None, Intent.WITHDRAW_AFTER),
        (Option.WITHDRAW, AFTER, False, Intent.WITHDRAW_BEFORE),  # they were not there
        (Option.MOVE, AFTER, None, Intent.NO_SHOW_APOLOGY),
        (Option.MOVE, AFTER, False, Intent.NO_SHOW_APOLOGY),
        (Option.LATE, AFTER, None, Intent.LATE),
        (Option.GO, AFTER, None, None),
    ],
)
def test_intent(option: Option, now: datetime, met: bool | None, intent: Intent | None) -> None:
    assert intent_for(option, INVITATION, now, met=met) is intent


@pytest.mark.parametrize(
    ("option", "met"), [(Option.CANCEL, None), (Option.CHANGE_FORMAT, None), (Option.MOVE, True)]
)
def test_what_is_past_cannot_be_changed(option: Option, met: bool | None) -> None:
    with pytest.raises(WrongUse) as caught:
        intent_for(option, INVITATION, AFTER, met=met)
    assert caught.value.code == "option_past"


def test_a_whole_day_is_not_past_at_midnight() -> None:
    day = Invitation(start=START.replace(hour=0), all_day=True)
    assert intent_for(Option.WITHDRAW, day, START.replace(hour=8)) is Intent.WITHDRAW_BEFORE


def test_without_a_start_nothing_is_past() -> None:
    assert intent_for(Option.WITHDRAW, Invitation(), AFTER) is Intent.WITHDRAW_BEFORE
