"""Days and hours, and people, as one reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from taktvoll.in_words import appointment_text, contact_text
from taktvoll.model import Contact, Gender, Invitation, Language

START = datetime(2026, 12, 9, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


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
    assert appointment_text(invitation, language) == shown


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
    assert contact_text(contact, Language.DE) == shown
