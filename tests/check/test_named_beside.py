"""What the situations of a case name beside the invitation: a client, another position."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from taktvoll.check import check, known_from
from taktvoll.model import (
    Brief,
    Category,
    Channel,
    Country,
    Decision,
    Formality,
    Intent,
    Invitation,
    Language,
    Sender,
    Situation,
    Voice,
)


@pytest.mark.parametrize(
    ("situations", "others"),
    [
        ({Situation.HEADHUNTER: "Nordlicht GmbH"}, ("Nordlicht GmbH",)),
        ({Situation.ONE_OF_TWO: "Einkäuferin"}, ("Einkäuferin",)),
        ({Situation.HEADHUNTER: "yes"}, ()),
        ({Situation.HEADHUNTER: "ja"}, ()),
        ({Situation.PARENT_CALLS: "Nordlicht"}, ()),
        ({Situation.MOVED_BEFORE: "three times"}, ()),
        ({}, ()),
    ],
)
def test_only_two_situations_name_something(
    situations: dict[Situation, str], others: tuple[str, ...]
) -> None:
    assert known_from(_brief(situations), Channel.MAIL).others == others


def test_the_other_position_is_no_wrong_one(cache: Path) -> None:
    text = "Meine Bewerbung als Einkäuferin bleibt bestehen."
    found = {
        one: Category.FACT_POSITION
        in {f.category for f in check(text, known_from(_brief(said), Channel.MAIL), cache=cache)}
        for one, said in (
            ("named", {Situation.ONE_OF_TWO: "Einkäuferin"}),
            ("not named", {Situation.PARENT_CALLS: "Einkäuferin"}),
        )
    }
    assert found == {"named": False, "not named": True}


def test_a_contract_with_the_client_is_no_other_offer(cache: Path) -> None:
    text = "Es geht um meinen Vertrag bei der Nordlicht GmbH, die Stelle kann ich nicht antreten."
    found = {
        said: Category.OVERSHARE_OFFER
        in {
            finding.category
            for finding in check(
                text, known_from(_brief({Situation.HEADHUNTER: said}), Channel.MAIL), cache=cache
            )
        }
        for said in ("Nordlicht GmbH", "yes")
    }
    assert found == {"Nordlicht GmbH": False, "yes": True}


def _brief(situations: dict[Situation, str]) -> Brief:
    return Brief(
        invitation=Invitation(company="Agentur Wolf", position="Disponentin"),
        decision=Decision(intent=Intent.WITHDRAW_BEFORE, situations=situations),
        voice=Voice(
            language=Language.DE,
            country=Country.DE,
            formality=Formality.SIE,
            sender=Sender(name="Mira Sandner"),
        ),
        now=datetime(2026, 12, 1, tzinfo=UTC),
    )
