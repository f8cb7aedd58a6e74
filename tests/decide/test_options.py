from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from taktvoll.decide.options import Advice, Answers, options
from taktvoll.messages import has, say
from taktvoll.model import (
    Country,
    Duty,
    InterviewFormat,
    Invitation,
    Language,
    Option,
    Reason,
    Slot,
    Sureness,
)
from taktvoll.times import Level

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 12, 9, 10, tzinfo=BERLIN)  # a Wednesday
DAYS = START - timedelta(days=5)
EVENING = START - timedelta(hours=14)
HOUR = START - timedelta(hours=1)
AFTER = START + timedelta(days=1)
JUST_AFTER = START + timedelta(minutes=20)

NOT, RATHER_NOT, UNSURE, RATHER_YES = Sureness


def invitation(**more: object) -> Invitation:
    facts: dict[str, object] = {
        "start": START,
        "timezone": "Europe/Berlin",
        "country": Country.DE,
        "format": InterviewFormat.ONSITE,
    }
    return Invitation(**{**facts, **more})  # type: ignore[arg-type]


def keys(advice: Advice, option: Option) -> list[str]:
    [choice] = [choice for choice in advice.choices if choice.option is option]
    return [why.key for why in choice.why]


R = Reason


@pytest.mark.parametrize(
    ("sureness", "reason", "afraid", "now", "recommended"),
    [
        # be sure first
        (UNSURE, R.NONE, False, DAYS, Option.GO_AND_FIND_OUT),
        (UNSURE, R.NOT_FOR_ME, False, DAYS, Option.GO_AND_FIND_OUT),
        (RATHER_NOT, R.CONDITIONS, False, DAYS, Option.GO_AND_FIND_OUT),
        (RATHER_YES, R.NONE, False, DAYS, Option.GO),
        # nerves are no reason to leave
        (UNSURE, R.NONE, True, DAYS, Option.GO_AND_FIND_OUT),
        (RATHER_NOT, R.NONE, True, DAYS, Option.GO_AND_FIND_OUT),
        (NOT, R.NONE, True, DAYS, Option.GO_AND_FIND_OUT),
        (RATHER_YES, R.NONE, True, DAYS, Option.GO_AND_FIND_OUT),
        # who is certain does not go for show
        (NOT, R.NONE, False, DAYS, Option.WITHDRAW),
        (NOT, R.NOT_FOR_ME, False, DAYS, Option.WITHDRAW),
        (NOT, R.CONDITIONS, False, HOUR, Option.WITHDRAW),
        (RATHER_NOT, R.OTHER_OFFER, False, DAYS, Option.WITHDRAW),
        (UNSURE, R.STAYING, True, DAYS, Option.WITHDRAW),
        (RATHER_YES, R.OTHER_OFFER, False, DAYS, Option.GO),
        # cannot come then
        (RATHER_YES, R.SCHEDULE_CONFLICT, False, DAYS, Option.MOVE),
        (UNSURE, R.ILLNESS, False, HOUR, Option.MOVE),
        (UNSURE, R.EXAM, True, DAYS, Option.MOVE),
        (NOT, R.NO_LEAVE, False, DAYS, Option.MOVE),
        (RATHER_YES, R.BEREAVEMENT, False, EVENING, Option.MOVE),
        (RATHER_YES, R.TRAVEL, False, DAYS, Option.CHANGE_FORMAT),
        (RATHER_YES, R.TRAVEL, False, HOUR, Option.LATE),
        # after it
        (NOT, R.NONE, False, AFTER, Option.WITHDRAW),
        (UNSURE, R.OTHER_OFFER, False, AFTER, Option.WITHDRAW),
        (UNSURE, R.NOT_FOR_ME, False, AFTER, Option.GO),
        (RATHER_YES, R.MISTAKE, False, AFTER, Option.MOVE),
        (RATHER_YES, R.ILLNESS, False, AFTER, Option.MOVE),
    ],
)
def test_what_is_recommended(
    sureness: Sureness, reason: Reason, afraid: bool, now: datetime, recommended: Option
) -> None:
    advice = options(invitation(), Answers(sureness=sureness, reason=reason, afraid=afraid), now)
    assert advice.recommended is recommended
    assert advice.choices[0].option is recommended


def test_on_video_travel_is_no_trouble_of_the_place() -> None:
    answers = Answers(reason=R.TRAVEL, sureness=RATHER_YES)
    advice = options(invitation(format=InterviewFormat.VIDEO), answers, DAYS)
    assert advice.recommended is Option.MOVE
    assert Option.CHANGE_FORMAT not in [choice.option for choice in advice.choices]


@pytest.mark.parametrize(
    ("now", "possible"),
    [
        (
            DAYS,
            {
                Option.GO,
                Option.GO_AND_FIND_OUT,
                Option.MOVE,
                Option.CHANGE_FORMAT,
                Option.CANCEL,
                Option.WITHDRAW,
            },
        ),
        (HOUR, set(Option)),
        (JUST_AFTER, {Option.GO, Option.MOVE, Option.WITHDRAW, Option.LATE}),
        (AFTER, {Option.GO, Option.MOVE, Option.WITHDRAW}),
    ],
)
def test_what_is_possible(now: datetime, possible: set[Option]) -> None:
    found = [choice.option for choice in options(invitation(), Answers(), now).choices]
    assert set(found) == possible
    assert len(found) == len(possible)


def test_the_time_left_changes_the_words() -> None:
    def move(now: datetime) -> list[str]:
        return keys(options(invitation(), Answers(), now), Option.MOVE)

    assert move(DAYS) == ["options.move.why"]
    assert move(EVENING) == ["options.move.why", "options.call_and_write"]
    assert move(HOUR) == ["options.move.why", "options.call_now"]


def test_what_was_before_changes_the_words() -> None:
    answers = Answers(confirmed=True, moved_by_person=1, moved_by_employer=2)
    advice = options(invitation(booking_url="https://termin.example/x"), answers, DAYS)
    assert {"options.booking_link", "options.move.again", "options.confirmed"} <= set(
        keys(advice, Option.MOVE)
    )
    assert "options.moved_often" in keys(advice, Option.WITHDRAW)
    assert "options.booking_link" in keys(advice, Option.CANCEL)


def test_without_a_start_one_chooses_a_time() -> None:
    advice = options(invitation(start=None, proposed_slots=(Slot(start=START),)), Answers(), DAYS)
    assert advice.time_left is None
    assert "options.go.choose_time" in keys(advice, Option.GO)


def test_fear_gets_encouragement_whatever_is_recommended() -> None:
    for reason in Reason:
        advice = options(invitation(), Answers(reason=reason, afraid=True), DAYS)
        assert [note.key for note in advice.notes] == ["options.calm", "options.afraid"]


def test_every_advice_can_be_said_in_both_languages() -> None:
    nows = (DAYS, EVENING, HOUR, JUST_AFTER, AFTER)
    for sureness, reason, now, language in product(Sureness, Reason, nows, Language):
        answers = Answers(
            sureness=sureness,
            reason=reason,
            afraid=True,
            confirmed=True,
            moved_by_employer=3,
            moved_by_person=1,
        )
        advice = options(invitation(booking_url="https://termin.example/x"), answers, now)
        whys = [why for choice in advice.choices for why in choice.why] + list(advice.notes)
        for why in whys:
            assert has(why.key, language), why.key
            assert "{" not in say(why.key, language, **why.values)


def test_what_duties_mean_stands_beside_the_options_they_concern() -> None:
    contract = options(invitation(), Answers(duties={Duty.CONTRACT: "yes"}), DAYS)
    office = options(invitation(), Answers(duties={Duty.AMS: "yes"}), DAYS)
    neither = options(invitation(), Answers(duties={Duty.AMS: "no"}), DAYS)
    assert told(contract, "options.contract") == {Option.WITHDRAW}
    assert told(office, "options.office") == {Option.CANCEL, Option.WITHDRAW}
    assert told(neither, "options.office") == set()


@pytest.mark.parametrize(("sureness", "asked"), [(UNSURE, True), (RATHER_NOT, True), (NOT, False)])
def test_who_went_to_find_out_is_asked_what_they_found(sureness: Sureness, asked: bool) -> None:
    after = options(invitation(), Answers(sureness=sureness), AFTER)
    assert ("options.found_out" in {note.key for note in after.notes}) is asked
    before = options(invitation(), Answers(sureness=sureness), DAYS)
    assert "options.found_out" not in {note.key for note in before.notes}


def test_a_holiday_of_their_land_leaves_less_time() -> None:
    # All Saints' Day 2027 is a Monday: a day off in Munich, not in Hamburg
    start = datetime(2027, 11, 2, 9, tzinfo=BERLIN)
    saturday = datetime(2027, 10, 30, 10, tzinfo=BERLIN)
    munich = invitation(start=start, location="Marienplatz 1, 80331 München")
    hamburg = invitation(start=start, location="Hafenweg 12, 20457 Hamburg")
    levels = [options(where, Answers(), saturday).time_left for where in (munich, hamburg)]
    assert [left and left.level for left in levels] == [
        Level.LESS_THAN_A_WORKING_DAY,
        Level.PLENTY,
    ]


def told(advice: Advice, key: str) -> set[Option]:
    """The options beside which the sentence ``key`` stands."""
    return {choice.option for choice in advice.choices if key in keys(advice, choice.option)}
