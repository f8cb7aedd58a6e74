"""What a German letter or call must not say where the situation makes it wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

CONTEXT = {
    "name": "Mira Sandner",
    "company": "Muster GmbH",
    "contact": "Herr Lenz",
    "position": "Disponentin",
    "start": "2026-12-09T10:00:00+01:00",
    "timezone": "Europe/Berlin",
    "sender_phone": "0151 23456789",
}
WITHDRAWALS = ("withdraw_before", "withdraw_after", "decline_offer")


def letters(*, context: Mapping[str, Any] | None = None, **changes: Any) -> Iterable[str]:
    """The same case as thirty candidates have it written, so that every phrasing comes up."""
    said = {key: value for key, value in {**CONTEXT, **(context or {})}.items() if value}
    asked = {
        "seed": "a",
        "lang": "de",
        "country": "DE",
        "formality": "sie",
        "channel": "mail",
        "now": "2026-12-01T09:00:00+01:00",
        **changes,
        "context": said,
    }
    brief, channel, _seed = brief_from_line(asked)
    for seed in range(30):
        yield write(brief, channel, seed=str(seed)).text


@pytest.mark.parametrize("channel", ["mail", "paper", "short", "phone"])
def test_nobody_says_du_to_a_surname(channel: str) -> None:
    for text in letters(intent="cancel", formality="du", channel=channel):
        assert "Lenz" not in text
        assert " dich " not in text and " dir " not in text


def test_nobody_says_sie_to_a_first_name_on_the_phone() -> None:
    for text in letters(intent="cancel", channel="phone", context={"contact": "Jana"}):
        assert "Jana" not in text


def test_who_has_said_what_it_is_about_is_not_asked() -> None:
    for contact in ("Herr Lenz", None):
        for text in letters(intent="cancel", channel="phone", context={"contact": contact}):
            assert "Es geht um" not in text.split("Worum geht es?")[0]


def test_the_day_of_the_talk_is_today_where_it_is_today() -> None:
    for now, other in (("2026-12-09", "an diesem Tag"), ("2026-12-02", "heute")):
        for text in letters(
            intent="no_show_apology" if other == "an diesem Tag" else "reschedule",
            reason="illness" if other == "an diesem Tag" else "exam",
            tell="full",
            now=f"{now}T13:00:00+01:00",
        ):
            assert other not in text


@pytest.mark.parametrize("channel", ["mail", "short", "phone"])
@pytest.mark.parametrize("intent", WITHDRAWALS)
def test_who_asks_to_be_released_wishes_no_luck_with_the_search(intent: str, channel: str) -> None:
    for text in letters(intent=intent, channel=channel, duties={"contract": "yes"}):
        assert "Besetzung" not in text and "Suche" not in text


@pytest.mark.parametrize("channel", ["paper", "short", "phone"])
@pytest.mark.parametrize("intent", WITHDRAWALS)
def test_the_contract_is_with_the_client_of_the_agency(intent: str, channel: str) -> None:
    for text in letters(
        intent=intent,
        channel=channel,
        duties={"contract": "yes"},
        situations={"headhunter": "Halden Logistik GmbH"},
    ):
        assert "unseren Vertrag" not in text and "wir den Vertrag" not in text
        assert "Ihnen anzufangen" not in text and "Aufhebungsvertrag mit mir" not in text


def test_late_by_video_claims_no_broken_room() -> None:
    for text in letters(
        intent="late", context={"format": "video"}, now="2026-12-09T09:55:00+01:00"
    ):
        assert "Videoraum" not in text and "Einwahl" not in text


@pytest.mark.parametrize("position", ["Disponentin", None])
def test_the_nudge_asks_after_the_message(position: str | None) -> None:
    for text in letters(intent="nudge", context={"start": None, "position": position}):
        assert "st sie bei Ihnen" not in text or "eine Nachricht geschickt. Ist sie" in text


def test_the_apology_stands_before_the_question() -> None:
    for text in letters(intent="reschedule", channel="short", now="2026-12-09T08:00:00+01:00"):
        sorry = max(text.find(word) for word in ("tut mir leid", "entschuldig", "bewusst"))
        assert sorry < text.index("?")


@pytest.mark.parametrize(
    ("country", "never"), [("DE", "Lehrstelle"), ("AT", "Ausbildungs"), ("CH", "Ausbildungs")]
)
@pytest.mark.parametrize("intent", ["reschedule", "withdraw_before"])
@pytest.mark.parametrize("contract", ["yes", "no"])
def test_an_apprenticeship_has_its_name_in_each_country(
    country: str, never: str, intent: str, contract: str
) -> None:
    duties = {"contract": contract} if intent == "withdraw_before" else {}
    for text in letters(
        intent=intent,
        country=country,
        channel="paper",
        duties=duties,
        situations={"apprentice": "yes"},
    ):
        assert never not in text and "Lehre " not in (text if country == "DE" else "")
