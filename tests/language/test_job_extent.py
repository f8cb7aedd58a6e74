"""Where a job title begins and where it ends: one line a case, from many branches and countries."""

from __future__ import annotations

import pytest

from taktvoll.language.jobs import find_position

LETTERS = [
    # workload and grade belong to the title
    (
        "Ihre Bewerbung als Dipl. Pflegefachfrau HF 60 - 80 % freut uns.",
        "Dipl. Pflegefachfrau HF 60 - 80 %",
    ),
    (
        "die Bewerbung als Fachfrau für medizinisch-technische Radiologie 80 % ist da",
        "Fachfrau für medizinisch-technische Radiologie 80 %",
    ),
    (
        "Position: Leiter Werkdienste, 80-100 %\n\nFreundliche Grüsse",
        "Leiter Werkdienste, 80-100 %",
    ),
    ("Stelle: Mitarbeiterin Bibliothek 40%\nOrt: Aarau", "Mitarbeiterin Bibliothek 40%"),
    (
        "Wir suchen dich als Kleinkinderzieherin HF 80 bis 100 %!",
        "Kleinkinderzieherin HF 80 bis 100 %",
    ),
    ("for the post of Ward Clerk Band 3 at our Leeds site", "Ward Clerk Band 3"),
    ("your application for Healthcare Support Worker Band 2.", "Healthcare Support Worker Band 2"),
    ("the position of Clerical Officer Grade 3, based in Sligo", "Clerical Officer Grade 3"),
    ("interview for the Teaching Assistant Level 2 post", "Teaching Assistant Level 2"),
    (
        "Position: Occupational Therapist, Senior Grade\nDate: 3 May",
        "Occupational Therapist, Senior Grade",
    ),
    ("We would like to see you for Administrator II on Monday.", "Administrator II"),
    (
        "als Sachbearbeiter im Sachgebiet 32 haben Sie sich beworben",
        "Sachbearbeiter im Sachgebiet 32",
    ),
    # so does what narrows it in parentheses
    ("on our shortlist for the Class Teacher (KS2) post", "Class Teacher (KS2)"),
    ("shortlisted for the Learning Mentor (SEND) role", "Learning Mentor (SEND)"),
    ("the post of Staff Nurse (Band 5) at the hospice", "Staff Nurse (Band 5)"),
    ("your application as Software Engineer (Python).", "Software Engineer (Python)"),
    ("for the Lecturer (Marine Biology) position", "Lecturer (Marine Biology)"),
    ("Ihre Bewerbung als Pflegehelferin (SRK) haben wir erhalten", "Pflegehelferin (SRK)"),
    ("Stelle als Diplomkrankenpfleger (DGKP) im Haus Abendrot", "Diplomkrankenpfleger (DGKP)"),
    # but neither hours nor terms, genders, numbers
    ("Bewerbung als Sekretärin (20 Wochenstunden)", "Sekretärin"),
    ("die Stelle als Hauswart (Pensum 60 %)", "Hauswart"),
    ("for the post of Cook (maternity cover)", "Cook"),
    ("Ihre Bewerbung als Bauleiter Hochbau (m/w/d) in Wels", "Bauleiter Hochbau"),
    ("your application for Stores Assistant (Ref 4471)", "Stores Assistant"),
    ("als Kanzleikraft (Kennziffer 7/27)", "Kanzleikraft"),
    ("the Lab Technician (LT-2044) vacancy", "Lab Technician"),
    # what stands in quotation marks is whole
    (
        "Es geht um die „Bürokraft Gemeindeamt, 20 Stunden“. Bitte kommen Sie",
        "Bürokraft Gemeindeamt, 20 Stunden",
    ),
    ('PS: Stelle war "Frontend Developer React", falls du fragst', "Frontend Developer React"),
    (
        "Die Stelle „Akademische Rätin / Akademischer Rat (100 %, A 13)“, Ausschreibung 12",
        "Akademische Rätin / Akademischer Rat (100 %, A 13)",
    ),
    (
        "Ihre Bewerbung auf «Sachbearbeiter/in Steuern, 50-70 %» liegt vor",
        "Sachbearbeiter/in Steuern, 50-70 %",
    ),
    ("you applied for “Kitchen Porter, evenings” and we liked that", "Kitchen Porter, evenings"),
    ("Ihre Bewerbung auf »Referent Bildung (m/w/d)« liegt vor", "Referent Bildung"),
    # a comma narrows
    (
        "move you to the panel for Account Manager, Mid-Market. It takes an hour",
        "Account Manager, Mid-Market",
    ),
    ("the next stage for Product Manager, Payments is a case", "Product Manager, Payments"),
    ("Role: Director, People & Culture\n", "Director, People & Culture"),
    ("Position: Assistant Principal Officer, Policy\n", "Assistant Principal Officer, Policy"),
    # or parts from firm, place, date
    ("interview for Sous Chef, Galway, on Friday", "Sous Chef"),
    ("Ihre Bewerbung als Zimmerer, Eintritt 1. März", "Zimmerer"),
    ("als Lagerist bei Hofer Logistik", "Lagerist"),
    ("for the Night Porter role at The Anchor Hotel", "Night Porter"),
    ("als Technikerin am Standort Villach", "Technikerin"),
    ("Bewerbung als Elektriker ab 1. Februar", "Elektriker"),
    ("als Kellnerin für die Wintersaison", "Kellnerin"),
    ("Stelle als Controllerin in Vollzeit am Standort Linz", "Controllerin"),
    # what a title goes on with
    (
        "Bewerbung als Verkäuferin im Bereich Damenmode am Standort Graz",
        "Verkäuferin im Bereich Damenmode",
    ),
    ("als Mitarbeiterin am Empfang", "Mitarbeiterin am Empfang"),
    (
        "die Stelle als Pflegefachperson auf der Palliativstation",
        "Pflegefachperson auf der Palliativstation",
    ),
    (
        "als Kaufmann für Spedition und Logistikdienstleistung",
        "Kaufmann für Spedition und Logistikdienstleistung",
    ),
    ("als Erzieherin im offenen Ganztag", "Erzieherin im offenen Ganztag"),
    (
        "Ausbildung zum Fachinformatiker für Systemintegration 2027",
        "Fachinformatiker für Systemintegration",
    ),
    ("Lehrstelle als Fachmann Betriebsunterhalt EFZ", "Fachmann Betriebsunterhalt EFZ"),
    ("Stelle als Assistentin der Geschäftsleitung", "Assistentin der Geschäftsleitung"),
    ("your application for Head of Sixth Form", "Head of Sixth Form"),
    ("Position: Leitung OP-Pflege\n", "Leitung OP-Pflege"),
    ("Job: Aushilfe Bar & Theke (m/w/d)\n", "Aushilfe Bar & Theke"),
    ("applied to be a Registered Manager for Oak House", "Registered Manager"),
    # the whole of what stands before the head
    ("your application for the night care assistant post", "night care assistant"),
    ("our part-time kitchen assistant job", "part-time kitchen assistant"),
    ("the School Crossing Patrol Warden vacancy", "School Crossing Patrol Warden"),
    ("Ihre Bewerbung als Stellvertretende Leiterin Finanzen", "Stellvertretende Leiterin Finanzen"),
    ("als pädagogische Fachkraft U3", "pädagogische Fachkraft U3"),
    # an area stands for the job in it
    ("Danke für deine Bewerbung für den Service im Gasthof Ochsen!", "Service"),
    ("Du hast dich für die Küche beworben, schön!", "Küche"),
]
HEADINGS = [
    ("Night care assistant", "Night care assistant"),
    ("Senior kitchen porter - interview", "Senior kitchen porter"),
    ("Interview: Deputy catering manager", "Deputy catering manager"),
    ("RE: Press Brake Operator - nights", "Press Brake Operator - nights"),
    ("Warehouse Operative - Part Time", "Warehouse Operative - Part Time"),
    ("Interview, Tax Senior", "Tax Senior"),
    ("Audit Semi-Senior interview", "Audit Semi-Senior"),
    ("Einladung Bewerbungsgespräch Badeaufsicht", "Badeaufsicht"),
    ("Interview invitation - 386-ADM-2291 - Ward Clerk Band 4", "Ward Clerk Band 4"),
    ("Vorstellungsgespräch Sozialarbeiterin 80 % – Stadt Olten", "Sozialarbeiterin 80 %"),
    ("Speech Therapist, Staff Grade - Interview Schedule", "Speech Therapist, Staff Grade"),
    ("Ihre Bewerbung: Kassier/in (60 %) – Gesprächstermin", "Kassier/in"),
    ("Interview for Receptionist at Marlow Dental", "Receptionist"),
    ("Bauleiter Tiefbau – Brunner Bau AG – Einladung", "Bauleiter Tiefbau"),
    ("Teacher of Maths (KS3/4) interview", "Teacher of Maths (KS3/4)"),
    ("Einladung: Disponentin Nahverkehr – 12.04.", "Disponentin Nahverkehr"),
]
NONE = [
    "Die Kalenderdatei finden Sie in der Anlage.",
    "Unser Restaurant „Zum Koch“ liegt gleich am Bahnhof.",
    'Bitte im Betreff "Leiter" weglassen.',
    "Der Service am Empfang hilft Ihnen weiter.",
]


@pytest.mark.parametrize(("text", "position"), LETTERS, ids=[p for _, p in LETTERS])
def test_the_title_is_whole_in_a_letter(text: str, position: str) -> None:
    found = find_position(text)
    assert found is not None
    assert found.value == position


@pytest.mark.parametrize(("text", "position"), HEADINGS, ids=[p for _, p in HEADINGS])
def test_the_title_is_whole_in_a_subject(text: str, position: str) -> None:
    found = find_position(text, heading=True)
    assert found is not None
    assert found.value == position


@pytest.mark.parametrize("text", NONE)
def test_no_title_is_made_up(text: str) -> None:
    assert find_position(text) is None
