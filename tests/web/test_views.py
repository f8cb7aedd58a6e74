"""Words on the pages: small tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from taktvoll.model import Contact, Gender, Intent, Invitation, Language
from taktvoll.web import forms, views

START = datetime(2026, 12, 9, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def facts(invitation: Invitation, language: Language = Language.DE) -> dict[str, str]:
    return {fact.label: fact.value for fact in views.understood(invitation, language)}


@pytest.mark.parametrize(
    ("changes", "language", "shown"),
    [
        ({}, Language.DE, "Mittwoch, 9. Dezember 2026, 10:00 Uhr"),
        ({}, Language.EN, "Wednesday 9 December 2026, 10:00 am"),
        (
            {"end": START + timedelta(hours=1)},
            Language.DE,
            "Mittwoch, 9. Dezember 2026, 10:00–11:00 Uhr",
        ),
        ({"all_day": True}, Language.DE, "Mittwoch, 9. Dezember 2026"),
        (
            {"timezone": "America/New_York"},
            Language.DE,
            "Mittwoch, 9. Dezember 2026, 4:00 Uhr",
        ),
    ],
)
def test_the_appointment_is_on_the_employers_clock(changes, language, shown):
    invitation = replace(Invitation(start=START, timezone="Europe/Berlin"), **changes)
    assert shown in facts(invitation, language).values()


def test_nothing_is_shown_that_is_not_known():
    assert facts(Invitation()) == {}


def test_only_https_can_be_followed():
    for url, followed in (("https://a.example/x", True), ("http://a.example/x", False)):
        (fact,) = views.understood(Invitation(booking_url=url), Language.DE)
        assert (fact.url == url) is followed


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (
            Contact(name="Katrin Behrens", title="Dr.", gender=Gender.FEMALE),
            "Frau Dr. Katrin Behrens",
        ),
        (Contact(name="Alex Müller"), "Alex Müller"),
        (Contact(gender=Gender.MALE), ""),
        (Contact(), ""),
    ],
)
def test_somebody_as_one_says_it(contact, shown):
    assert views.contact_text(contact, Language.DE) == shown


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("0421 555-0134", "tel:04215550134"),
        ("+49 (421) 555", "tel:+49421555"),
        ("javascript:alert(1)", "tel:1"),
        (None, "tel:"),
    ],
)
def test_a_number_becomes_a_link(phone, link):
    assert views.tel(phone) == link


@pytest.mark.parametrize(
    ("hours", "first", "among_the_others"),
    [
        (100, Intent.RESCHEDULE, Intent.LATE),
        (1, Intent.LATE, Intent.WITHDRAW_AFTER),
        (-1, Intent.LATE, Intent.ACCEPT),
        (-30, Intent.WITHDRAW_AFTER, Intent.LATE),
    ],
)
def test_what_is_likely_depends_on_the_time_left(hours, first, among_the_others):
    likely, others = views.intents(Invitation(start=START), START - timedelta(hours=hours))
    assert likely[0] is first
    assert among_the_others in others
    assert set(likely) | set(others) == set(Intent)


def test_what_is_not_changed_stays_as_it_was_read():
    shown = {"company": "A", "day": "2026-12-09", "hour": "10:00", "timezone": "Europe/Berlin"}
    assert forms.changed(shown, shown) == {}
    assert forms.changed(shown, shown | {"company": "B"}) == {"company": "B"}
    moved = forms.changed(shown, shown | {"hour": "11:00"})
    assert moved == {"day": "2026-12-09", "hour": "11:00"}


def test_fields_of_another_intent_are_left_aside():
    form = {"intent": "cancel", "slot1": "2026-12-10T09:00", "eta": "nonsense"}
    assert forms.asked(form, Invitation(), None).decision.slots == ()
