"""Salutation, closing, people, firms, jobs and phones, as people write them."""

from __future__ import annotations

import pytest

from taktvoll.language.contacts import find_contact
from taktvoll.language.firms import find_firm
from taktvoll.language.jobs import find_position, find_reference
from taktvoll.language.letter import closing, formality_of, salutation
from taktvoll.language.names import person_in_header
from taktvoll.language.phones import Line, find_phones
from taktvoll.language.places import country_of
from taktvoll.language.signers import find_signer
from taktvoll.language.words import language_of, lowered
from taktvoll.model import Country, Formality, Gender, Greeting, Language


@pytest.mark.parametrize(
    ("text", "greeting"),
    [
        ("Sehr geehrte Frau Dr. Brandt,", Greeting.FORMAL),
        ("Liebe Frau Sandner,", Greeting.DEAR),
        ("Guten Tag Alex Müller,", Greeting.GOOD_DAY),
        ("Grüezi Frau Sandner", Greeting.GRUEZI),
        ("Hi Jana!", Greeting.HELLO),
        ("Dear Ms Whitfield,", Greeting.DEAR),
    ],
)
def test_salutation(text: str, greeting: Greeting) -> None:
    found = salutation(f"\n{text}\n\nwir freuen uns.")
    assert found is not None
    assert found.greeting is greeting


@pytest.mark.parametrize(
    ("text", "formality"),
    [
        ("Wir laden Sie ein. Bitte bringen Sie Ihre Zeugnisse mit.", Formality.SIE),
        ("Wir freuen uns auf dich und dein Portfolio.", Formality.DU),
        ("Sie hat gesagt, sie kommt.", Formality.NEUTRAL),
    ],
)
def test_formality(text: str, formality: Formality) -> None:
    assert formality_of(text, Language.DE) is formality


@pytest.mark.parametrize(
    ("text", "name", "title", "gender"),
    [
        ("Bei Fragen hilft Ihnen Frau Dr. Anke Brandt.", "Anke Brandt", "Dr.", Gender.FEMALE),
        ("Ansprechpartner: Herr Prof. Dr. Kunz", "Kunz", "Prof. Dr.", Gender.MALE),
        ("Ihre Ansprechpartnerin ist Robin Falk.", "Robin Falk", None, Gender.FEMALE),
        ("Please contact Ms Aoife Byrne on 061 555 210.", "Aoife Byrne", None, Gender.FEMALE),
        ("Bis dann!\n\nViele Grüße\nJana", "Jana", None, None),
        ("Text.\n\nMit freundlichen Grüßen\ni. A. Rolf Adam\nFirma", "Rolf Adam", None, None),
        ("Text.\n\nBest regards,\nMark Olsen | Recruiter", "Mark Olsen", None, None),
        ("Text.\n\nMit freundlichen Grüßen\nDI Karl Pichler", "Karl Pichler", "DI", None),
    ],
)
def test_contact(text: str, name: str, title: str | None, gender: Gender | None) -> None:
    found = find_contact(f"Sehr geehrte Frau Sandner,\n\n{text}\n", candidate="Frau Sandner")
    assert found is not None
    assert (found.name, found.title, found.gender) == (name, title, gender)


def test_nobody_is_guessed() -> None:
    assert find_signer("Text.\n\nMit freundlichen Grüßen\nIhr Recruiting-Team\n") is None
    assert find_contact("Guten Tag Frau Sandner,\n\nText.", candidate="Frau Sandner") is None
    assert person_in_header("Bewerbermanagement") is None


def test_header_names() -> None:
    found = person_in_header('"Huber, Mag. Petra"')
    assert found is not None
    assert (found.name, found.title) == ("Petra Huber", "Mag.")


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Bis bald bei der Muster & Söhne GmbH & Co. KG in Kassel", "Muster & Söhne GmbH & Co. KG"),
        ("Kiesel UG (haftungsbeschränkt)", "Kiesel UG (haftungsbeschränkt)"),
        ("Wir, die Hofer Ges.m.b.H., freuen uns", "Hofer Ges.m.b.H."),
        ("interview with Bluefern Analytics, Inc. next week", "Bluefern Analytics, Inc."),
        ("Ihre Bewerbung bei der Stadt Wiesenau", "Stadt Wiesenau"),
        ("Kind regards\nAnn Lee\nHarrowgate Trust", "Harrowgate Trust"),
    ],
)
def test_firm(text: str, firm: str) -> None:
    found = find_firm(text)
    assert found is not None
    assert found.name == firm


def test_the_named_client_outweighs_the_agency() -> None:
    found = find_firm("für unseren Kunden, die Rheinwerk AG, ...\n\nTalent Personal GmbH")
    assert found is not None
    assert found.name == "Rheinwerk AG"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Ihre Bewerbung als Disponentin (m/w/d) hat uns gefallen", "Disponentin"),
        ("die Stelle als Projektleiterin Bahntechnik einladen", "Projektleiterin Bahntechnik"),
        ("als Sozialarbeiterin im Jugendamt (Kennziffer 7)", "Sozialarbeiterin im Jugendamt"),
        ("the Data Analyst position (Job ID: R-2)", "Data Analyst"),
        ("for the position of Head of Grants at Harrow", "Head of Grants"),
        ("eine Ausbildung zum Technischen Produktdesigner", "Technischen Produktdesigner"),
        ("Wir senden Ihnen die Anfahrt als PDF.", None),
    ],
)
def test_position(text: str, position: str | None) -> None:
    found = find_position(text)
    assert (found.value if found else None) == position


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Kennziffer: 2026-L-031", "2026-L-031"),
        ("(Ref. ND-2026-117)", "ND-2026-117"),
        ("Job ID: R-20418", "R-20418"),
        ("Referenzen bitte mitbringen", None),
    ],
)
def test_reference(text: str, reference: str | None) -> None:
    found = find_reference(text)
    assert (found.value if found else None) == reference


def test_phones_by_what_they_reach() -> None:
    text = (
        "Wir rufen Sie unter Ihrer Nummer 0151 2345678 an.\nTel. 040 555123-0\n"
        "Durchwahl 040 555123-42\nFax 040 555123-99\nMobil 0171 5550199\n"
        "Einwahl: +49 69 5550 1234,,312#\nUSt-ID DE 123456789\nam 09.12.2026"
    )
    reached = {phone.number: phone.line for phone in find_phones(text)}
    assert reached == {
        "0151 2345678": Line.NEVER,
        "040 555123-0": Line.GENERAL,
        "040 555123-42": Line.DIRECT,
        "040 555123-99": Line.NEVER,
        "0171 5550199": Line.MOBILE,
        "+49 69 5550 1234": Line.NEVER,
    }


@pytest.mark.parametrize(
    ("text", "domains", "country"),
    [
        ("Hafenstraße 12, 20457 Hamburg", (), Country.DE),
        ("15. Jänner, A-1070 Wien", (), Country.AT),
        ("Freundliche Grüsse, 8002 Zürich", (), Country.CH),
        ("12 Quay Street, Leeds LS1 4DY", (), Country.GB),
        ("100 Beacon St, Boston, MA 02116", (), Country.US),
        ("Dock Road, Limerick V94 X2P1", ("firma.ie",), Country.IE),
        ("See you soon", (), None),
    ],
)
def test_country(text: str, domains: tuple[str, ...], country: Country | None) -> None:
    assert country_of(text, domains) is country


def test_language() -> None:
    assert language_of("Wir freuen uns auf das Gespräch mit Ihnen.") is Language.DE
    assert language_of("We are looking forward to the interview.") is Language.EN
    assert language_of("12345") is None


def test_lowering_keeps_offsets() -> None:
    assert len(lowered("İstanbul STRASSE ẞ")) == len("İstanbul STRASSE ẞ")


def test_closing_is_the_letters_end_and_no_thanks_at_its_start() -> None:
    text = "Dear Priya,\n\nThank you!\nSee you.\n\nKind regards\nAnn\n\nThanks\n"
    span = closing(text)
    assert span is not None
    assert text[slice(*span)] == "Kind regards"
