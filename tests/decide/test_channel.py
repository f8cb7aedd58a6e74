from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from taktvoll.decide.channel import channel
from taktvoll.messages import has
from taktvoll.model import Channel, Country, Decision, Duty, Intent, Invitation, Language

BERLIN = ZoneInfo("Europe/Berlin")
START = "2026-12-07T09:00"  # a Monday
C = Channel
LINK = "https://termin.example/x"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("intent", "now", "link", "first", "then", "why"),
    [
        # days left
        (Intent.RESCHEDULE, "2026-12-01T09:00", None, C.MAIL, None, "mail"),
        (Intent.WITHDRAW_BEFORE, "2026-12-03T17:00", None, C.MAIL, None, "mail"),
        (Intent.CANCEL, "2026-12-01T09:00", LINK, C.BOOKING_LINK, C.MAIL, "booking_link"),
        (Intent.CHANGE_FORMAT, "2026-12-01T09:00", LINK, C.MAIL, None, "mail"),
        # less than a working day: Saturday, and Friday evening
        (Intent.CANCEL, "2026-12-05T12:00", None, C.PHONE, C.MAIL, "call_and_write"),
        (Intent.RESCHEDULE, "2026-12-04T17:30", None, C.PHONE, C.MAIL, "call_and_write"),
        (Intent.WITHDRAW_BEFORE, "2026-12-04T09:01", None, C.PHONE, C.MAIL, "call_and_write"),
        (Intent.WITHDRAW_BEFORE, "2026-12-04T09:00", None, C.MAIL, None, "mail"),
        (Intent.CANCEL, "2026-12-05T12:00", LINK, C.BOOKING_LINK, C.PHONE, "booking_link"),
        (Intent.NUDGE, "2026-12-05T12:00", None, C.PHONE, C.MAIL, "call_and_write"),
        (Intent.WITHDRAW_AFTER, "2026-12-05T12:00", None, C.PHONE, C.MAIL, "call_and_write"),
        # less than two hours, with a link or without
        (Intent.CANCEL, "2026-12-07T07:30", None, C.PHONE, C.MAIL, "call_now"),
        (Intent.RESCHEDULE, "2026-12-07T08:59", LINK, C.PHONE, C.MAIL, "call_now"),
        # what takes nothing away can be written
        (Intent.ACCEPT, "2026-12-07T08:00", None, C.MAIL, None, "mail"),
        (Intent.ASK_TIME, "2026-12-07T08:00", None, C.MAIL, None, "mail"),
        # after the start
        (Intent.WITHDRAW_AFTER, "2026-12-08T12:00", LINK, C.MAIL, None, "mail"),
        (Intent.NO_SHOW_APOLOGY, "2026-12-08T12:00", None, C.MAIL, None, "mail"),
        (Intent.LATE, "2026-12-07T09:10", None, C.PHONE, C.MAIL, "call_now"),
        (Intent.INTERVIEWER_ABSENT, "2026-12-07T09:10", None, C.PHONE, C.MAIL, "call_now"),
    ],
)
def test_channel(
    intent: Intent, now: str, link: str | None, first: Channel, then: Channel | None, why: str
) -> None:
    invitation = Invitation(
        start=at(START), timezone="Europe/Berlin", country=Country.DE, booking_url=link
    )
    found = channel(invitation, Decision(intent=intent), at(now))
    assert (found.first, found.then, found.why) == (first, then, f"channel.{why}")


@pytest.mark.parametrize("now", ["2026-12-01T09:00", "2026-12-07T08:00"])
def test_a_signed_contract_is_no_matter_for_mail(now: str) -> None:
    decision = Decision(intent=Intent.WITHDRAW_BEFORE, duties={Duty.CONTRACT: "yes"})
    found = channel(Invitation(start=at(START)), decision, at(now))
    assert (found.first, found.then) == (C.PAPER, C.PHONE)


def test_without_a_start_there_is_time() -> None:
    found = channel(Invitation(), Decision(intent=Intent.WITHDRAW_BEFORE), at("2026-12-01T09:00"))
    assert found.first is C.MAIL


def test_every_why_is_a_sentence() -> None:
    for why in ("mail", "booking_link", "call_and_write", "call_now", "contract"):
        for language in Language:
            assert has(f"channel.{why}", language)
