"""Postal places as letters and signatures give them, and what is none."""

from __future__ import annotations

import pytest

from taktvoll.read.address import find_address

PLACES = [
    # the street, its number and the town, in a sentence
    ("Wir treffen uns in der Hafenstraße 12, 20457 Hamburg.", "Hafenstraße 12, 20457 Hamburg"),
    ("Kommen Sie bitte in die Lange Gasse 7, 72070 Tübingen.", "Lange Gasse 7, 72070 Tübingen"),
    ("bei uns, Am Alten Markt 3, 18055 Rostock, 2. OG", "Am Alten Markt 3, 18055 Rostock"),
    ("Adresse ist An der Alster 40-42 in 20099 Hamburg", "An der Alster 40-42 in 20099 Hamburg"),
    ("Sie finden uns Zum Hafenbecken 9a, 47119 Duisburg.", "Zum Hafenbecken 9a, 47119 Duisburg"),
    ("Karl-Marx-Str. 101, 12043 Berlin", "Karl-Marx-Str. 101, 12043 Berlin"),
    ("Prof.-Dr.-Helmert-Straße 2-3, 14482 Potsdam", "Prof.-Dr.-Helmert-Straße 2-3, 14482 Potsdam"),
    ("Straße des Friedens 4, 01219 Dresden", "Straße des Friedens 4, 01219 Dresden"),
    (
        "Platz der Einheit 1, 60327 Frankfurt am Main",
        "Platz der Einheit 1, 60327 Frankfurt am Main",
    ),
    ("Industriestr. 5 b, 97424 Schweinfurt", "Industriestr. 5 b, 97424 Schweinfurt"),
    ("Werk Nord\nDieselstraße 17\n73430 Aalen", "Dieselstraße 17, 73430 Aalen"),
    ("Pappelallee 3 | 10437 Berlin", "Pappelallee 3 | 10437 Berlin"),
    ("Ort: Rathaus, Marktplatz 1, 72764 Reutlingen, Zimmer 12", "Marktplatz 1, 72764 Reutlingen"),
    ("Treffpunkt: Pforte, Bismarckstraße 9, D-52066 Aachen", "Bismarckstraße 9, D-52066 Aachen"),
    ("am Standort Alte Poststraße 88, 8020 Graz", "Alte Poststraße 88, 8020 Graz"),
    ("Mariahilfer Straße 41-43/2/5, 1060 Wien", "Mariahilfer Straße 41-43/2/5, 1060 Wien"),
    ("in der Neubaugasse 10/Top 4, 1070 Wien", "Neubaugasse 10/Top 4, 1070 Wien"),
    ("Ordination Dr. Huber, Linzer Str. 2, A-4600 Wels", "Linzer Str. 2, A-4600 Wels"),
    ("Innrain 52, 6020 Innsbruck", "Innrain 52, 6020 Innsbruck"),
    ("Bahnhofstrasse 12, 8001 Zürich", "Bahnhofstrasse 12, 8001 Zürich"),
    ("Unterer Graben 3, CH-9000 St. Gallen", "Unterer Graben 3, CH-9000 St. Gallen"),
    ("an der Seestrasse 110 in 8700 Küsnacht ZH", "Seestrasse 110 in 8700 Küsnacht ZH"),
    ("Rue de la Gare 4, 2502 Biel", "Rue de la Gare 4, 2502 Biel"),
    ("Im Lohn 2, 3072 Ostermundigen", "Im Lohn 2, 3072 Ostermundigen"),
    ("Wo: Schützenmattweg 5 · 4310 Rheinfelden", "Schützenmattweg 5 · 4310 Rheinfelden"),
    (
        "komm einfach vorbei, kirchweg 4, 29439 lüchow, klingel bei meier",
        "kirchweg 4, 29439 lüchow",
    ),
    ("Bei uns in der Brunnengasse 3 (Hinterhaus).", "Brunnengasse 3"),
    ("Uhrzeit: 10 Uhr, Marktplatz 6, 99084 Erfurt", "Marktplatz 6, 99084 Erfurt"),
    ("um 8.30 Uhr, Feldweg 2, 29614 Soltau", "Feldweg 2, 29614 Soltau"),
    ("Gewerbepark Süd 8, 86899 Landsberg", "Gewerbepark Süd 8, 86899 Landsberg"),
    (
        "Anfahrt: Parkhaus Rathaus, Ringstraße 1, 10115 Berlin. Gespräch: Turmweg 2, 10117 Berlin",
        "Turmweg 2, 10117 Berlin",
    ),
    # British and Irish
    ("at 12 Chapel Street, Brackenford BR4 2LD", "12 Chapel Street, Brackenford BR4 2LD"),
    ("Our office is at Unit 4, Mill Lane, Leeds LS1 4AB.", "Unit 4, Mill Lane, Leeds LS1 4AB"),
    (
        "Venue: The Guildhall, High Street, Kingsbridge TQ7 1AA",
        "The Guildhall, High Street, Kingsbridge TQ7 1AA",
    ),
    (
        "in Room 12, Priory House, 8 Abbey Road, Exeter EX1 1AA",
        "Priory House, 8 Abbey Road, Exeter EX1 1AA",
    ),
    ("at 9.30am, 5 Dock Road, Hull HU1 1AA", "5 Dock Road, Hull HU1 1AA"),
    ("on Tuesday 8 December at 3 Quay Street, Bristol, BS1 4AB", "3 Quay Street, Bristol, BS1 4AB"),
    ("We are at 14 Lower Mount Street, Dublin 2.", "14 Lower Mount Street, Dublin 2"),
    (
        "Atlantic House, Eyre Square, Galway, H91 AB12",
        "Atlantic House, Eyre Square, Galway, H91 AB12",
    ),
    ("to our salon, 44 Castle Street, for 2pm", "44 Castle Street"),
    # American
    ("at 600 Drill Hall Drive, Fairview, OH 44444", "600 Drill Hall Drive, Fairview, OH 44444"),
    (
        "Address: 2250 Flagstone Ave, Suite 300, Boulder, CO 80399.",
        "2250 Flagstone Ave, Suite 300, Boulder, CO 80399",
    ),
    ("1400 N. Lake Street\nChicago, IL 60601", "1400 N. Lake Street, Chicago, IL 60601"),
]
NOWHERE = [
    "Das Gespräch dauert 45 Minuten. Am 10.12.2026 um 10 Uhr.",
    "Ort: wird noch bekannt gegeben",
    "Where: Microsoft Teams",
    "Im Jahr 2026 haben wir 1200 Mitarbeiter in Deutschland.",
    "Rückmeldung bis 3.12., 1000 Dank!",
    "On 3 December 2026 at 10am we will call you on 020 7946 0123.",
    "Bis 2027 Schritt für Schritt zum Ziel.",
    "Sie verdienen 3200 Euro im Monat.",
]


@pytest.mark.parametrize(("text", "place"), PLACES, ids=[text[:40] for text, _ in PLACES])
def test_place(text: str, place: str) -> None:
    found = find_address(text)
    assert found is not None
    assert found.value == place
    assert text[found.start : found.end].split()[0].strip(",") == place.split()[0].strip(",")


@pytest.mark.parametrize("text", NOWHERE)
def test_no_place(text: str) -> None:
    assert find_address(text) is None
