from __future__ import annotations

import pytest

from taktvoll.language.addressee import parse_addressee
from taktvoll.model import Gender


@pytest.mark.parametrize(
    ("written", "name", "title", "gender"),
    [
        ("Frau Dr. Brandt", "Brandt", "Dr.", Gender.FEMALE),
        ("Herrn Prof. Dr. med. Jens Klein", "Jens Klein", "Prof. Dr. med.", Gender.MALE),
        ("Frau Mag. Huber", "Huber", "Mag.", Gender.FEMALE),
        ("Ms Whitfield", "Whitfield", None, Gender.FEMALE),
        ("Mr. O'Neill", "O'Neill", None, Gender.MALE),
        ("Mx Rivers", "Rivers", None, None),
        ("Jana", "Jana", None, None),
        ("Frau", "Frau", None, None),  # a surname, if it stands alone
        ("Alex Müller-Lüdenscheidt", "Alex Müller-Lüdenscheidt", None, None),
        ("DI Gruber", "Gruber", "DI", None),
        ("Ms Doyle and Mr Ng", "Ms Doyle and Mr Ng", None, None),
        ("", None, None, None),
    ],
)
def test_parse_addressee(
    written: str, name: str | None, title: str | None, gender: Gender | None
) -> None:
    contact = parse_addressee(written)
    assert (contact.name, contact.title, contact.gender) == (name, title, gender)


def test_a_stated_gender_outweighs_the_form_of_address() -> None:
    assert parse_addressee("Frau Kim", Gender.MALE).gender is Gender.MALE
