"""Facts in a letter against the facts of the invitation: tables of what differs and what may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from taktvoll.check import check
from taktvoll.check.moments import dates, times
from taktvoll.model import (
    Category,
    Channel,
    Contact,
    Country,
    Formality,
    Gender,
    Intent,
    Known,
    Language,
    Slot,
)

START = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)  # 10:00 in Berlin, a Wednesday
KNOWN = Known(
    language=Language.DE,
    intent=Intent.CANCEL,
    country=Country.DE,
    formality=Formality.SIE,
    name="Mira Sandner",
    company="Hansewerk Logistik GmbH",
    contact=Contact(name="Brandt", gender=Gender.FEMALE),
    position="Disponentin",
    start=START,
    timezone="Europe/Berlin",
)


def found(text: str, known: Known, cache: Path) -> list[tuple[str, str | None]]:
    return [(f.category.value, f.quote) for f in check(text, known, cache=cache)]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Den Termin am 9. Dezember sage ich ab.", None),
        ("Den Termin am Mittwoch, den 9.12.2026, um 10 Uhr sage ich ab.", None),
        ("Den Termin am Mittwoch um zehn Uhr sage ich ab.", None),
        ("Den Termin am 2026-12-09 sage ich ab.", None),
        ("Den Termin am 9.12. um 10.00 Uhr sage ich ab.", None),
        ("Den Termin am 8. Dezember sage ich ab.", ("fact_date", "8. Dezember")),
        ("Den Termin am 9. November sage ich ab.", ("fact_date", "9. November")),
        ("Den Termin am 9.12.2027 sage ich ab.", ("fact_date", "9.12.2027")),
        ("Den Termin am 9. Dezember um 11 Uhr sage ich ab.", ("fact_time", "11 Uhr")),
        ("Den Termin um halb zehn sage ich ab.", ("fact_time", "halb zehn")),
        ("Den Termin am 9. Dezember um 9:00 Uhr sage ich ab.", ("fact_time", "9:00 Uhr")),
        ("Den Termin am Dienstag, den 9. Dezember, sage ich ab.", ("fact_weekday", "Dienstag")),
        ("Den Termin am Freitag sage ich ab.", ("fact_weekday", "Freitag")),
        ("Ab 1. Januar arbeite ich anderswo und sage den Termin am 9. Dezember ab.", None),
        ("Auf Ihre Mail vom 2. Dezember sage ich den Termin am 9. Dezember ab.", None),
        ("Vom 7. bis 12. Dezember bin ich verreist und sage den Termin daher ab.", None),
    ],
)
def test_the_appointment(sentence: str, wrong: tuple[str, str] | None, cache: Path) -> None:
    text = (
        f"Sehr geehrte Frau Brandt,\n\nvielen Dank für die Einladung. {sentence}\n\n"
        "Mit freundlichen Grüßen\nMira Sandner"
    )
    assert found(text, KNOWN, cache) == ([wrong] if wrong else [])


def test_slots_and_an_arrival_time_are_no_mistake(cache: Path) -> None:
    moved = replace(
        KNOWN,
        intent=Intent.RESCHEDULE,
        slots=(Slot(start=datetime(2026, 12, 14, 8, 0, tzinfo=UTC)),),
    )
    text = (
        "Sehr geehrte Frau Brandt,\n\nvielen Dank. Am 9. Dezember kann ich nicht kommen. Den Termin"
        " am Montag, den 14. Dezember, um 9:00 Uhr nähme ich gern wahr. Tel. 0176 5556677\n\n"
        "Mit freundlichen Grüßen\nMira Sandner"
    )
    assert found(text, moved, cache) == []
    late = replace(KNOWN, intent=Intent.LATE, eta=datetime(2026, 12, 9, 9, 25, tzinfo=UTC))
    text = "Guten Tag Frau Brandt, zu unserem Gespräch komme ich um 10:25 Uhr. Mira Sandner"
    assert found(text, late, cache) == []


@pytest.mark.parametrize(
    ("salutation", "wrong"),
    [
        ("Sehr geehrte Frau Brandt,", None),
        ("Sehr geehrte Frau Dr. Brandt,", None),
        ("Sehr geehrte Damen und Herren,", None),
        ("Guten Tag,", None),
        ("Sehr geehrte Frau Brand,", ("fact_person", "Brand")),
        ("Sehr geehrte Frau Keller,", ("fact_person", "Keller")),
        ("Sehr geehrter Herr Brandt,", ("salutation_gender", "Herr")),
        ("Sehr geehrter Frau Brandt,", ("salutation_gender", "Sehr geehrter Frau")),
        ("Sehr geehrte Frau [Name],", ("placeholder", "[Name]")),
        ("Sehr geehrte Frau [Name,", ("placeholder", "[Name")),
        ("Sehr geehrte Frau XX,", ("placeholder", "XX")),
    ],
)
def test_the_salutation(salutation: str, wrong: tuple[str, str] | None, cache: Path) -> None:
    text = (
        f"{salutation}\n\nvielen Dank für die Einladung. Den Termin am 9. Dezember sage ich ab.\n\n"
        "Mit freundlichen Grüßen\nMira Sandner"
    )
    assert [f for f in found(text, KNOWN, cache) if f[1] != "XX" or f[0] == "placeholder"] == (
        [wrong] if wrong else []
    )


@pytest.mark.parametrize(
    ("signature", "wrong"),
    [
        ("Mira Sandner", None),
        ("M. Sandner", None),
        ("Mira", None),
        ("Mira Sandner\nHafenweg 3\n20457 Hamburg\n0176 5556677", None),
        ("Nina Weber", ("fact_person", "Nina Weber")),
        ("Mira Sandler", ("fact_person", "Mira Sandler")),
        ("", ("missing_signature", None)),
    ],
)
def test_the_signature(signature: str, wrong: tuple[str, str | None] | None, cache: Path) -> None:
    text = (
        "Sehr geehrte Frau Brandt,\n\nvielen Dank für die Einladung. Den Termin am 9. Dezember"
        f" sage ich ab.\n\nMit freundlichen Grüßen\n{signature}"
    )
    assert found(text, KNOWN, cache) == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("text", "day", "month", "weekday"),
    [
        ("am Mittwoch, den 9. Dezember 2026,", 9, 12, 2),
        ("Mi., 9.12.2026", 9, 12, 2),
        ("14. Jänner", 14, 1, None),
        ("am 9. um zehn", 9, None, None),
        ("2026-12-09", 9, 12, None),
    ],
)
def test_german_dates(text: str, day: int, month: int | None, weekday: int | None) -> None:
    [mention] = dates(text, Language.DE, Country.DE)
    assert (mention.day, mention.month, mention.weekday) == (day, month, weekday)


@pytest.mark.parametrize(
    ("text", "day", "month", "weekday"),
    [
        ("on Wednesday 9 December 2026", 9, 12, 2),
        ("Thursday, December 10", 10, 12, 3),
        ("the 9th of December", 9, 12, None),
        ("12/10/2026", 10, 12, None),
    ],
)
def test_english_dates(text: str, day: int, month: int, weekday: int | None) -> None:
    [mention] = dates(text, Language.EN, Country.US)
    assert (mention.day, mention.month, mention.weekday) == (day, month, weekday)


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("um 10:00 Uhr", Language.DE, 600),
        ("10.00 Uhr", Language.DE, 600),
        ("um 10", Language.DE, 600),
        ("um zehn", Language.DE, 600),
        ("halb drei", Language.DE, 150),
        ("viertel drei", Language.DE, 135),
        ("dreiviertel drei", Language.DE, 165),
        ("Viertel vor drei", Language.DE, 165),
        ("14 Uhr 30", Language.DE, 870),
        ("at 2 pm", Language.EN, 840),
        ("2.30 p.m.", Language.EN, 870),
        ("half past two", Language.EN, 150),
        ("quarter to three", Language.EN, 165),
        ("12 am", Language.EN, 0),
        ("noon", Language.EN, 720),
    ],
)
def test_times(text: str, language: Language, minutes: int) -> None:
    [mention] = times(text, language)
    assert mention.minutes == minutes


@pytest.mark.parametrize("text", ["0151 23456789", "65.000 Euro", "um 20 Minuten", "um ein Wort"])
def test_other_numbers_are_no_times(text: str) -> None:
    assert times(text, Language.DE) == []
    assert dates(text, Language.DE, Country.DE) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Danke dir! Ich komme am 9. Dezember. Grüße Sie!", []),
        ("> Ich habe Fieber!!\nDanke, ich komme am 9. Dezember.", []),
        ("Danke, ich komme.\n\nAm 3.12. schrieb Frau Brandt:\nSie sind unprofessionell!!", []),
    ],
)
def test_a_quoted_mail_is_not_checked(text: str, expected: list[str], cache: Path) -> None:
    known = Known(language=Language.DE, channel=Channel.PHONE if "dir!" in text else Channel.MAIL)
    spans = [f.category.value for f in check(text, known, cache=cache) if f.start is not None]
    assert [c for c in spans if c != "register_mix"] == expected


def test_a_number_in_a_known_name_is_no_time() -> None:
    text = (
        "Dear Ms Reid,\n\nThank you for the interview at Three Rivers Library on Wednesday"
        " 9 December at 10:00 am. I am afraid I have to cancel.\n\nKind regards,\nPriya Nolan"
    )
    known = Known(
        language=Language.EN,
        company="Three Rivers Library",
        start=datetime(2026, 12, 9, 10, tzinfo=ZoneInfo("Europe/London")),
        timezone="Europe/London",
    )
    assert [f for f in check(text, known) if f.category is Category.FACT_TIME] == []
    unknown = check(text, replace(known, company="Other Ltd"))
    assert Category.FACT_TIME in {f.category for f in unknown}


@pytest.mark.parametrize(
    ("place", "location", "wrong"),
    [
        ("at 12 Quay Street, Leeds, tomorrow at 10:00 am", None, []),
        ("at 12 St Mary's Road tomorrow at 10:00 am", None, []),
        ("tomorrow at 10:00 am at 12 Highfield", "12 Highfield, Leeds", []),
        ("tomorrow at 12 on Quay Street", None, ["12"]),
        ("tomorrow at 12 at 12 Quay Street", "12 Quay Street, Leeds", ["12"]),
    ],
)
def test_the_number_of_a_house_is_no_time(
    place: str, location: str | None, wrong: list[str], cache: Path
) -> None:
    text = f"Dear Ms Reid,\n\nThank you for your message. I will be {place}.\n\nPriya Nolan"
    zone = ZoneInfo("Europe/London")
    known = Known(
        language=Language.EN,
        intent=Intent.ACCEPT,
        location=location,
        start=datetime(2026, 12, 9, 10, tzinfo=zone),
        now=datetime(2026, 12, 8, 10, tzinfo=zone),
        timezone="Europe/London",
    )
    quotes = [f.quote for f in check(text, known, cache=cache) if f.category == "fact_time"]
    assert quotes == wrong


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Die vereinbarte Stelle kann ich nun doch nicht antreten.", False),
        ("Ich ziehe zurück, obwohl wir den Arbeitsvertrag unterschrieben haben.", False),
        ("Ich ziehe meine Bewerbung zurück und habe anderswo einen Vertrag.", True),
        ("I am withdrawing my application. How would you like to end our agreement?", False),
    ],
)
def test_who_ends_a_contract_names_it_and_no_interview(
    sentence: str, missing: bool, cache: Path
) -> None:
    text = f"Sehr geehrte Frau Brandt,\n\nvielen Dank. {sentence}\n\nViele Grüße\nMira Sandner"
    known = replace(KNOWN, intent=Intent.WITHDRAW_BEFORE, position=None)
    assert (("missing_reference", None) in found(text, known, cache)) is missing


@pytest.mark.parametrize(
    "beside",
    [
        "Mein Zug kommt um 9:40 Uhr an.",
        "Meine Schicht beginnt um 14 Uhr.",
        "Um 9:30 Uhr bin ich als Zeugin geladen.",
        "Meine Prüfung beginnt am selben Tag um 11 Uhr.",
        "Am 14. Januar ziehe ich um.",
        "Am Samstag, dem 12. Dezember, heiratet meine Schwester um 14 Uhr.",
        "Heute, am 2. Dezember, bin ich befördert worden.",
        "Die Anzeige vom 2. November habe ich gern gelesen.",
        "Ich war um zehn vor zehn am Eingang.",
        "Meine jetzige Stelle als Buchhalterin behalte ich.",
        "Die Bewerbung als Buchhalterin halte ich aufrecht.",
    ],
)
@pytest.mark.parametrize("intent", [Intent.CANCEL, Intent.ACCEPT, Intent.INTERVIEWER_ABSENT])
def test_where_the_right_day_is_named_another_may_stand_beside_it(
    beside: str, intent: Intent, cache: Path
) -> None:
    text = (
        "Sehr geehrte Frau Brandt,\n\nvielen Dank für die Einladung zum Gespräch am Mittwoch, dem "
        f"9. Dezember, um 10 Uhr. Meine Bewerbung als Disponentin kennen Sie. {beside}\n\n"
        "Mit freundlichen Grüßen\nMira Sandner"
    )
    facts = [
        each for each in found(text, replace(KNOWN, intent=intent), cache) if "fact" in each[0]
    ]
    assert facts == []


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("um zehn vor vier", Language.DE, [3 * 60 + 50]),
        ("gegen 5 nach drei", Language.DE, [3 * 60 + 5]),
        ("fünf vor halb acht", Language.DE, [7 * 60 + 25]),
        ("zehn Minuten vor 12", Language.DE, [11 * 60 + 50]),
        ("drei Tage vor 10", Language.DE, []),
        ("im Museum 3", Language.DE, []),
        ("at ten to four", Language.EN, [3 * 60 + 50]),
        ("at 20 past 2", Language.EN, [2 * 60 + 20]),
        ("by twenty-five to three", Language.EN, [2 * 60 + 35]),
        ("more out than in for that one", Language.EN, []),
        ("five to ten people", Language.EN, []),
    ],
)
def test_minutes_before_and_after_an_hour(
    text: str, language: Language, minutes: list[int]
) -> None:
    assert [each.minutes for each in times(text, language)] == minutes


@pytest.mark.parametrize(
    ("salutation", "end", "wrong"),
    [
        ("Dear Mr Iqbal and Ms Doyle,", "Kate", None),
        ("Dear Ms Doyle, dear Mr Iqbal,", "Katie", None),
        ("Dear Ms Doyle,", "Kate", "Doyle"),
        ("Dear Mr Iqbal,", "Karen", "Karen"),
    ],
)
def test_two_people_and_a_fond_name(
    salutation: str, end: str, wrong: str | None, cache: Path
) -> None:
    known = Known(
        language=Language.EN,
        name="Kate Winslow",
        contact=Contact(name="Mr Iqbal", gender=Gender.MALE),
    )
    text = f"{salutation}\n\nThank you for the invitation. I will be there.\n\nBest wishes,\n{end}"
    people = [quote for category, quote in found(text, known, cache) if category == "fact_person"]
    assert people == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("my application for Night Shift Supervisor", None),
        ("my application for Day Shift Supervisor", "Day Shift Supervisor"),
        ("my interview for Humber Cold Chain Stores", None),
    ],
)
def test_a_position_with_one_word_changed(said: str, wrong: str | None, cache: Path) -> None:
    known = Known(language=Language.EN, position="Night Shift Supervisor")
    quotes = [q for c, q in found(f"I withdraw {said}.", known, cache) if c == "fact_position"]
    assert quotes == ([wrong] if wrong else [])
