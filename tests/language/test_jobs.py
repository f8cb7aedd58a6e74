"""Job titles as invitations name them, and other people's roles, which are none."""

from __future__ import annotations

import pytest

from taktvoll.language.jobs import find_position, find_reference

GREETING = "\n\nMit freundlichen Grüßen\n"

POSITIONS = [
    (
        "Wir suchen ja ne Friseurin für 3 Tage",
        "Friseurin",
    ),
    ("Es geht um den Commis de Cuisine, Start wäre bald.", "Commis de Cuisine"),
    (
        "die Stelle als Sozialarbeiterin im ambulanten Hospizdienst ist frei",
        "Sozialarbeiterin im ambulanten Hospizdienst",
    ),
    ("Gerne bieten wir Ihnen die Stelle als Zugbegleiter 80 % an", "Zugbegleiter 80 %"),
    ("to find its next VP Supply Chain. I can't name them", "VP Supply Chain"),
    ("The Transport Clerk job has gone to somebody else.", "Transport Clerk"),
    ("Ihre Bewerbung als Tiefbautechniker (m/w/d)", "Tiefbautechniker"),
    (
        "Bewerbung um die Stelle einer Sachbearbeiterin im Bauamt, Kennziffer 12/26",
        "Sachbearbeiterin im Bauamt",
    ),
    ("Sie haben sich als Pflegefachfrau HF beworben.", "Pflegefachfrau HF"),
    ("Stelle als Lehrperson für Mathematik, Pensum 80 %", "Lehrperson für Mathematik"),
    ("Ausbildung zur Industriekauffrau 2027", "Industriekauffrau"),
    ("auf die ausgeschriebene Position „Leitung Controlling“", "Leitung Controlling"),
    (
        "die Stelle Verkäufer/in im Lebensmittelbereich ab 1.1.",
        "Verkäufer/in im Lebensmittelbereich",
    ),
    ("deine Bewerbung als Barista im Minijob", "Barista"),
    ("als Koch in Vollzeit", "Koch"),
    ("wegen der Pflegefachkraft-Stelle", "Pflegefachkraft"),
    ("your application for the position of Team Leader", "Team Leader"),
    ("Ihre Bewerbung als Betreuungskraft nach § 43b SGB XI", "Betreuungskraft nach § 43b SGB XI"),
    (
        "your interview for the post of Clinical Nurse Manager 1 on 3 May",
        "Clinical Nurse Manager 1",
    ),
    ("Position: Kaufmännischer Leiter (gn)", "Kaufmännischer Leiter"),
    ("Gespräch mit unserer Werkleiterin über die Stelle als Dreher", "Dreher"),
    (f"Termin für die Stelle als Gärtner.{GREETING}Ute Brandl\nLeiterin Personal", "Gärtner"),
    ("Bewerbung als Referent*in Öffentlichkeitsarbeit", "Referent*in Öffentlichkeitsarbeit"),
    ("Lehrstelle als Polymechaniker EFZ", "Polymechaniker EFZ"),
    ("Praktikum im Bereich Marketing als Werkstudentin Social Media", "Werkstudentin Social Media"),
    ("the Senior Data Engineer role", "Senior Data Engineer"),
    (
        "your application for the position of Deputy Head Teacher at Otter Bay",
        "Deputy Head Teacher",
    ),
    ("thanks for applying for our Front Desk Coordinator opening", "Front Desk Coordinator"),
    ("interview for Warehouse Operative (nights)", "Warehouse Operative"),
    ("Role: Lecturer in Modern History", "Lecturer in Modern History"),
    ("applied for the post of Band 5 Staff Nurse", "Band 5 Staff Nurse"),
]
HEADINGS = [
    ("Deine Bewerbung Pflegefachfrau", "Pflegefachfrau"),
    ("Lehrauftrag analoge Verfahren: Gespräch am 22.3.", "Lehrauftrag analoge Verfahren"),
    ("Relief milker", "Relief milker"),
    ("Lectureship in Soil Science (AC/27/018)", "Lectureship in Soil Science"),
    ("Credit Risk Analyst, R-20418", "Credit Risk Analyst"),
    ("Vorstellungsgespräch Stellvertretende Kitaleitung", "Stellvertretende Kitaleitung"),
    ("Interview with Larkfield: Senior Backend Engineer", "Senior Backend Engineer"),
    ("Erstgespräch Konstrukteur Getriebetechnik", "Konstrukteur Getriebetechnik"),
    ("Lettings Negotiator", "Lettings Negotiator"),
    ("Ihr Vorstellungsgespräch – Bilanzbuchhalterin", "Bilanzbuchhalterin"),
]
NONE = [
    "Wir kommen gern.\nDepartmental Manager",
    "Unsere Personalreferentin Frau Kern holt Sie ab.",
    f"Passt Ihnen Montag?{GREETING}Ute Brandl\nPersonalreferentin",
    "Please ask for our hiring manager at reception.",
    "Bitte bringen Sie Ihre Zeugnisse mit.",
]
REFERENCES = [
    ("Kennziffer 2026/117", "2026/117"),
    ("Az.: 022.31, Kennziffer: 12-B", "12-B"),
    ("Referenznummer CL-2230.", "CL-2230"),
    ("(Ref. HR/26/4)", "HR/26/4"),
    ("Job ID: R-20871", "R-20871"),
    ("GZ: 5-WB-118/2026", "5-WB-118/2026"),
]


@pytest.mark.parametrize(("text", "position"), POSITIONS, ids=[p for _, p in POSITIONS])
def test_position(text: str, position: str) -> None:
    found = find_position(text)
    assert found is not None
    assert found.value == position
    assert text[found.start : found.end] == position


@pytest.mark.parametrize(("text", "position"), HEADINGS)
def test_position_in_a_heading(text: str, position: str) -> None:
    found = find_position(text, heading=True)
    assert found is not None
    assert found.value == position


@pytest.mark.parametrize("text", NONE)
def test_somebody_elses_role_is_no_position(text: str) -> None:
    assert find_position(text) is None


@pytest.mark.parametrize(("text", "reference"), REFERENCES)
def test_reference(text: str, reference: str) -> None:
    found = find_reference(text)
    assert found is not None
    assert found.value == reference
