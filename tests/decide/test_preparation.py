from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from taktvoll.decide.preparation import comes_back, decide_by, preparation
from taktvoll.model import Country, Invitation, Language, Reason

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


def invited(start: datetime | None, country: Country = Country.DE) -> Invitation:
    return Invitation(
        start=start,
        timezone="Europe/Berlin",
        country=country,
        company="Spedition Lüders",
        position="Disponentin",
    )


def day(number: int, month: int = 12) -> datetime:
    return datetime(2026, month, number, 10, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("start", "by"),
    [
        (day(9), date(2026, 12, 11)),
        (day(10), date(2026, 12, 14)),  # over the weekend
        (day(23), date(2026, 12, 29)),  # over Christmas
        (day(30, 11), date(2026, 12, 3)),  # it was yesterday: from today
        (None, date(2026, 12, 3)),
    ],
)
def test_decide_by(start: datetime | None, by: date) -> None:
    assert decide_by(invited(start), NOW) == by


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reason", Reason)
def test_the_sheet_holds_what_the_guideline_asks(language: Language, reason: Reason) -> None:
    sheet = preparation(invited(day(9)), reason, NOW, language)
    assert [f"{n}. " in sheet for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert "Disponentin, Spedition Lüders" in sheet
    assert "preparation." not in sheet
    assert "{" not in sheet


def test_the_day_is_written_as_it_is_there() -> None:
    start = datetime(2027, 1, 11, 10, tzinfo=UTC)
    german = preparation(invited(start), Reason.NONE, NOW, Language.DE)
    austrian = preparation(invited(start, Country.AT), Reason.NONE, NOW, Language.DE)
    american = preparation(invited(start, Country.US), Reason.NONE, NOW, Language.EN)
    assert "Mittwoch, 13. Januar" in german
    assert "Mittwoch, 13. Jänner" in austrian
    assert "Wednesday, January 13" in american


def test_a_hostile_year_is_no_trouble() -> None:
    assert decide_by(invited(datetime.max.replace(tzinfo=UTC)), NOW).year == 2027


def test_the_sheet_comes_back_on_their_next_working_day() -> None:
    assert comes_back(invited(day(9)), NOW) == date(2026, 12, 10)
    assert comes_back(invited(day(11)), NOW) == date(2026, 12, 14)  # over the weekend
    for language, words in (
        (Language.DE, "Donnerstag, 10. Dezember"),
        (Language.EN, "10 December"),
    ):
        assert words in preparation(invited(day(9)), Reason.NONE, NOW, language)
