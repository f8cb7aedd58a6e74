"""Employers as letters name them, with a legal form and without; who only carries mail is none."""

from __future__ import annotations

import pytest

from taktvoll.language.firms import find_firm, firm_in_subject

GREETING = "\n\nMit freundlichen Grüßen\n"
REGARDS = "\n\nKind regards\n"

FIRMS = [
    (
        f"Bis dann{GREETING}Thies\nWindpark Nordfeld Betriebs-GmbH",
        (),
        "Windpark Nordfeld Betriebs-GmbH",
    ),
    (f"See you{REGARDS}Jools\nThe Salt Yard, Deal", (), "The Salt Yard"),
    (f"Danke{GREETING}Daniel Kunz\nLeiter Entwicklung, Jurasensor AG", (), "Jurasensor AG"),
    (
        "hector got ur app. calling u thurs\n\ndarlene\nred creek freight llc",
        (),
        "red creek freight llc",
    ),
    (
        "vielen Dank für Ihre Bewerbung bei der Tiefbau Kern GmbH & Co. KG.",
        (),
        "Tiefbau Kern GmbH & Co. KG",
    ),
    (
        f"Wir laden Sie ein.{GREETING}Ute Brandl\nHR\n\nAlpwerk Systeme AG\nSeeweg 1",
        (),
        "Alpwerk Systeme AG",
    ),
    (f"Komm vorbei!{GREETING}Jo\n\nBäckerei Wiesinger\nHauptstr. 2", (), "Bäckerei Wiesinger"),
    (f"Termin passt.{GREETING}i. A. Lea Vogt\nStadt Niederau\nPersonalamt", (), "Stadt Niederau"),
    (
        f"Termin.{GREETING}Dr. Kim Ott\nLandesamt für Umwelt und Geologie",
        (),
        "Landesamt für Umwelt und Geologie",
    ),
    (
        f"Termin.{GREETING}Nele Kurz\nEvangelische Kirchengemeinde Talheim",
        (),
        "Evangelische Kirchengemeinde Talheim",
    ),
    ("Ihre Bewerbung an der Hochschule Brockenau", (), "Hochschule Brockenau"),
    (
        f"Bis dann{GREETING}Mag. Eva Pichler\nBezirkshauptmannschaft Almtal",
        (),
        "Bezirkshauptmannschaft Almtal",
    ),
    (f"Grüezi{GREETING}Reto Frei | Primarschule Seewil | Kirchweg 3", (), "Primarschule Seewil"),
    (
        f"Danke{GREETING}Ines Hahn · Steuerkanzlei Hahn & Söhne · Am Markt 2",
        (),
        "Steuerkanzlei Hahn & Söhne",
    ),
    (f"Danke{GREETING}Praxisteam\nZahnarztpraxis Dr. Lenz", (), "Zahnarztpraxis Dr. Lenz"),
    (f"Servus{GREETING}Toni\nGasthof zum Hirschen", (), "Gasthof zum Hirschen"),
    (
        "Gespräch bei der Wolkenwerk UG (haftungsbeschränkt) am Montag",
        (),
        "Wolkenwerk UG (haftungsbeschränkt)",
    ),
    ("das Team von Leuchtstoff freut sich auf dich", ("leuchtstoff.example",), "Leuchtstoff"),
    (f"Hi!{GREETING}Ada\nNordlicht", ("nordlicht.example",), "Nordlicht"),
    (
        "im Auftrag der Rebgarten Wein AG laden wir Sie ein. HR Service GmbH",
        (),
        "Rebgarten Wein AG",
    ),
    (
        "für unseren Kunden, die Blechwerk Ost GmbH, suchen wir. Zeitwerk Personal GmbH",
        (),
        "Blechwerk Ost GmbH",
    ),
    (f"Hallo{GREETING}A. Sommer\nFlussbad e. V.\nUfer 2", (), "Flussbad e. V."),
    ("Klinikum Weserhöhe gGmbH\nPersonalabteilung", (), "Klinikum Weserhöhe gGmbH"),
    ("dein Termin bei Dachdeckerei Jansen & Sohn am Freitag", (), "Dachdeckerei Jansen & Sohn"),
    # English
    ("Thank you for applying to Copper & Vale Ltd.", (), "Copper & Vale Ltd"),
    (
        f"See you then{REGARDS}Ann Bell\nHR Adviser\nHarrow Vale Community Trust",
        (),
        "Harrow Vale Community Trust",
    ),
    (f"See you then{REGARDS}Ann Bell, Otter Bay Primary School", (), "Otter Bay Primary School"),
    ("your application to the University of Westmere", (), "University of Westmere"),
    (f"Speak soon{REGARDS}Cian\nLiffey Data DAC", (), "Liffey Data DAC"),
    ("We at Quill & Kelp would love to meet you", ("quillandkelp.example",), "Quill & Kelp"),
    (f"Thanks{REGARDS}Bo\nPrairie Seed Cooperative", (), "Prairie Seed Cooperative"),
    (
        "The Larkfield Payments team, Larkfield Payments, Inc.",
        ("larkfield.example",),
        "Larkfield Payments, Inc.",
    ),
    (
        "on behalf of Larkfield Ltd we invite you.\nSent by Hirely LLC | Unsubscribe",
        ("hirely.example",),
        "Larkfield Ltd",
    ),
    (
        f"See you{REGARDS}Ann Bell\nHR Manager, The Copper Spoon",
        ("cs.example",),
        "The Copper Spoon",
    ),
    (f"See you{REGARDS}Ann Bell\nJuniper County Food Bank", (), "Juniper County Food Bank"),
    (f"See you{REGARDS}Ann Bell\nTwyford Removals & Storage", (), "Twyford Removals & Storage"),
    (f"See you{REGARDS}Ann Bell - Kern Works Ltd", (), "Kern Works Ltd"),
    (f"Bis dann{GREETING}Ann Bell\nFriseur Haargenau", (), "Friseur Haargenau"),
    (
        "Die Rhein Pharma AG möchte Sie sehen!\n\nGrüße\nJo Bühl\nstellwerk77 Basel GmbH",
        ("stellwerk77.example",),
        "Rhein Pharma AG",
    ),
]
NONE = [
    "We are using the Career Center on Monday.",
    "Bring your coffee, we'll just drink more. How did you get on?",
    "Wir freuen uns auf Sie am Mittwoch um 10 Uhr im Büro.",
    "Please join the Microsoft Teams meeting.",
    "haben Sie am Dienstag Zeit?",
]


@pytest.mark.parametrize(("text", "domains", "name"), FIRMS, ids=[name for _, _, name in FIRMS])
def test_firm(text: str, domains: tuple[str, ...], name: str) -> None:
    found = find_firm(text, domains=domains)
    assert found is not None
    assert found.name.rstrip(".") == name.rstrip(".")
    assert text[slice(*found.span)].split()[0] == name.split()[0]


@pytest.mark.parametrize("text", NONE)
def test_no_firm(text: str) -> None:
    assert find_firm(text) is None


@pytest.mark.parametrize(
    ("sender", "domain", "name"),
    [
        ("HfG Rheinaue, Dekanat Fotografie", "hfg-rheinaue.example", "HfG Rheinaue"),
        ("Gaz @ Proof & Crumb", "proofandcrumb.example", "Proof & Crumb"),
        ("Empfang Schlossbrauerei", "schlossbrauerei.example", "Schlossbrauerei"),
        ("Referat Z 2 (BfGM)", "bfgm.example", "BfGM"),
    ],
)
def test_the_sender_is_read_in_parts(sender: str, domain: str, name: str) -> None:
    found = find_firm("Kommen Sie am Montag?", domains=(domain,), sender=sender)
    assert found is not None
    assert found.name == name


def test_a_couple_is_no_firm() -> None:
    assert find_firm("Kommen Sie am Montag?", sender="Wiebke und Enno Harms") is None


def test_a_subject_names_the_firm_behind_a_preposition() -> None:
    found = firm_in_subject("From Dana at Little Acorns")
    assert found is not None
    assert found.name == "Little Acorns"
