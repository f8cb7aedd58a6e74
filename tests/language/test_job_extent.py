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
    # what stands behind the genders, and titles of other trades
    (
        "vielen Dank für Ihre Bewerbung als Einrichtungsberater (m/w/d) Küchen in unserem Haus.",
        "Einrichtungsberater Küchen",
    ),
    (
        "Ihre Bewerbung als Fachkraft (m/w/d) für Lagerlogistik ist eingegangen.",
        "Fachkraft für Lagerlogistik",
    ),
    ("Ihre Bewerbung als Elektroniker (M/W/D) haben wir", "Elektroniker"),
    ("Ihre Bewerbung als Elektroniker m/w/d haben wir", "Elektroniker"),
    (
        "Stelle: Verkaufsberater (m/w/d) Möbel & Wohnen in Vollzeit\n",
        "Verkaufsberater Möbel & Wohnen",
    ),
    ("Position: Software Engineer (f/m/d) Backend\n", "Software Engineer Backend"),
    ("Ihre Bewerbung als Kundenberater (m/w/d) bei der Volksbank Kempten", "Kundenberater"),
    ("Ihre Bewerbung als Kundenberater (m/w/d), Kennziffer 4711", "Kundenberater"),
    ("Ihre Bewerbung als Bäcker (m/w/d) in Vollzeit", "Bäcker"),
    ("Ihre Bewerbung als Bäcker (m/w/d) am Standort Köln", "Bäcker"),
    ("Ihre Bewerbung als Bäcker (m/w/d) Referenz 99182", "Bäcker"),
    (
        "Ihre Bewerbung auf die Stelle Sachbearbeiterin Treuhand und Steuern 80-100% gefällt uns.",
        "Sachbearbeiterin Treuhand und Steuern 80-100%",
    ),
    (
        "Ihre Bewerbung als Sachbearbeiter/in Schaden Sach (80-100%)",
        "Sachbearbeiter/in Schaden Sach",
    ),
    (
        "your application for the role of Residential Conveyancer at our Truro office",
        "Residential Conveyancer",
    ),
    ("your application for Trainee Solicitor", "Trainee Solicitor"),
    (
        "You applied for Maintenance Technician, 2nd Shift at our plant",
        "Maintenance Technician, 2nd Shift",
    ),
    ("Position: Machine Operator - 2nd Shift\n", "Machine Operator - 2nd Shift"),
    ("Role: Desk Editor, Non-Fiction\n", "Desk Editor, Non-Fiction"),
    ("the Publicity Manager (maternity cover) role", "Publicity Manager (maternity cover)"),
    ("your application for Sales Advisor - 16 hours", "Sales Advisor"),
    ("for the Medical Assistant position at Lakeview Clinic", "Medical Assistant"),
    (
        "your application for our Certified Medical Assistant (CMA) opening",
        "Certified Medical Assistant (CMA)",
    ),
    ("Deine Bewerbung als Chef de Rang (m/w/d) im Hotel Alpenblick", "Chef de Rang"),
    ("Deine Bewerbung als Mitarbeiter F&B Service", "Mitarbeiter F&B Service"),
    (
        "Sie haben sich auf unsere Stelle als staatl. anerkannte Erzieherin beworben",
        "staatl. anerkannte Erzieherin",
    ),
    ("Stelle als Gruppenleitung Krippe", "Gruppenleitung Krippe"),
    (
        "Ihre Bewerbung um die Funktion Leiter/in der Abteilung Soziales",
        "Leiter/in der Abteilung Soziales",
    ),
    (
        "Ihre Bewerbung als Lokführer/in Kat. B 80 - 100 % in Olten",
        "Lokführer/in Kat. B 80 - 100 %",
    ),
    (
        "Ihre Bewerbung als Fachspezialist/in Zugsicherung, 80-100%, ist bei uns eingegangen.",
        "Fachspezialist/in Zugsicherung",
    ),
    (
        "we have received your application for QA Specialist GMP Compliance (80-100%)",
        "QA Specialist GMP Compliance",
    ),
    ("für die Position IT-Systemadministrator:in", "IT-Systemadministrator:in"),
    ("Bewerbung als IT Support Engineer Level 2", "IT Support Engineer Level 2"),
    ("Ihre Bewerbung als Kulturvermittlerin für das Museum Burgdorf", "Kulturvermittlerin"),
    (
        "Bewerbung als wissenschaftliche Mitarbeiterin Sammlung",
        "wissenschaftliche Mitarbeiterin Sammlung",
    ),
    ("Ihre Bewerbung als Berater Firmenkunden", "Berater Firmenkunden"),
    ("wir suchen einen Gesellen im Elektrohandwerk", "Gesellen im Elektrohandwerk"),
    ("du hast dich als Elektriker bei mir gemeldet", "Elektriker"),
    ("Ihre Bewerbung als Junior Projektmanager:in Event", "Junior Projektmanager:in Event"),
    (
        "Sie haben sich für die Stelle Kundenbetreuung Innendienst beworben",
        "Kundenbetreuung Innendienst",
    ),
    ("Your application: Store Manager - Leeds White Rose", "Store Manager"),
    ("Ihre Bewerbung als Teamassistenz der Geschäftsführung", "Teamassistenz der Geschäftsführung"),
    (
        "Ihre Bewerbung als Mitarbeiter/in Kundendienst Schalter (m/w/d)",
        "Mitarbeiter/in Kundendienst Schalter",
    ),
    (
        "Ihr Interesse an der Stelle als Empfangsmitarbeiterin / Empfangsmitarbeiter (60 %)",
        "Empfangsmitarbeiterin / Empfangsmitarbeiter",
    ),
    ("your application for the post of Children's Bookseller", "Children's Bookseller"),
    ("für die Lehrstelle Kauffrau EFZ (Profil E)", "Kauffrau EFZ"),
    (
        "Bewerbung um einen Ausbildungsplatz zur Medizinischen Fachangestellten",
        "Medizinischen Fachangestellten",
    ),
    ("Ihre Bewerbung als Disponent (m/w/d) Nahverkehr am Standort Hamm", "Disponent Nahverkehr"),
    (
        "Stellenbezeichnung: Lagermitarbeiter (m/w/d) Wareneingang | Referenz: 8812\n",
        "Lagermitarbeiter Wareneingang",
    ),
    ("zum Gespräch für die Stelle Hortbetreuer/-in (m/w/d) laden wir ein", "Hortbetreuer/-in"),
    (
        "Ihre Bewerbung als Technische/r Leiter/in Gebäudemanagement",
        "Technische/r Leiter/in Gebäudemanagement",
    ),
    (
        "Ihre Bewerbung als Kfz-Mechatroniker (m/w/d) Schwerpunkt Nutzfahrzeuge",
        "Kfz-Mechatroniker Schwerpunkt Nutzfahrzeuge",
    ),
    (
        "Ihre Bewerbung als Mitarbeiter*in für die Ausleihe (50 %)",
        "Mitarbeiter*in für die Ausleihe",
    ),
    ("Ihre Bewerbung als Sozialpädagogin für unsere Wohngruppe", "Sozialpädagogin"),
    ("als Oberarzt Anästhesie und Intensivmedizin", "Oberarzt Anästhesie und Intensivmedizin"),
    (
        "Ihre Bewerbung als Referentin für Presse- und Öffentlichkeitsarbeit bei der Stiftung Nord",
        "Referentin für Presse- und Öffentlichkeitsarbeit",
    ),
    ("deine Bewerbung als UI/UX Designer:in", "UI/UX Designer:in"),
    ("Ihre Bewerbung als C++ Entwickler Embedded Systems", "C++ Entwickler Embedded Systems"),
    ("Ihre Bewerbung als SAP FI/CO Berater", "SAP FI/CO Berater"),
    ("Ihre Bewerbung als LKW-Fahrer CE im Nahverkehr", "LKW-Fahrer CE im Nahverkehr"),
    (
        "Ihre Bewerbung als Pflegefachkraft in der ambulanten Pflege",
        "Pflegefachkraft in der ambulanten Pflege",
    ),
    ("Ihre Bewerbung als Reinigungskraft auf geringfügiger Basis", "Reinigungskraft"),
    (
        "your application for Teacher of English and Media Studies (maternity cover)",
        "Teacher of English and Media Studies",
    ),
    ("your application to become a Bus Driver with Metro Lines", "Bus Driver"),
    ("the Head of Year 9 post", "Head of Year 9"),
    ("for the role of Grade 5 Clerical Officer", "Grade 5 Clerical Officer"),
    ("for the Band 6 Community Nurse vacancy", "Band 6 Community Nurse"),
    (
        "interview for the role of IT Support Technician (1st Line)",
        "IT Support Technician (1st Line)",
    ),
    ("thanks for applying for the Lead Generation Specialist role", "Lead Generation Specialist"),
    ("the Sr. Financial Analyst opening", "Sr. Financial Analyst"),
    ("the Registered Nurse - ICU position", "Registered Nurse - ICU"),
    ("we'd like to talk about the RN Case Manager role", "RN Case Manager"),
    ("your application for Assistant Professor of Biology", "Assistant Professor of Biology"),
    (
        "your interest in the Executive Assistant to the CEO position",
        "Executive Assistant to the CEO",
    ),
    ("for the post of Caretaker/Groundsperson", "Caretaker/Groundsperson"),
    ("Ihre Bewerbung als Sales Manager Region Süd", "Sales Manager Region Süd"),
    ("Ihre Bewerbung als Bereichsleiterin Wohnen, Arbeit und Freizeit", "Bereichsleiterin Wohnen"),
    ("Ihre Bewerbung für die Lohnbuchhaltung gefällt uns", "Lohnbuchhaltung"),
    ("Bewerbung für den Empfang", "Empfang"),
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
    (
        "Ihre Bewerbung als Fachberater (m/w/d) Polstermöbel – Eingangsbestätigung",
        "Fachberater Polstermöbel",
    ),
    ("Hearing Referatsleitung Wohnbau", "Referatsleitung Wohnbau"),
    ("Interview: Associate Solicitor (Employment)", "Associate Solicitor (Employment)"),
    ("Einladung zum Hearing – Leitung Abteilung Kultur", "Leitung Abteilung Kultur"),
    ("Phone screen - Medical Assistant", "Medical Assistant"),
    ("Termin entfällt: Vorstellungsgespräch Museumspädagogik", "Museumspädagogik"),
    ("Interview: Senior Editor (Fiction) - Harriet Bloom", "Senior Editor (Fiction)"),
    ("Technisches Interview: Systemadministrator:in Linux", "Systemadministrator:in Linux"),
    ("Eingangsbestätigung: Zugverkehrsleiter/in 80-100%", "Zugverkehrsleiter/in 80-100%"),
    ("Your application to Helvion: Clinical Trial Manager (Req-00812)", "Clinical Trial Manager"),
    ("Bewerbung Elektriker", "Elektriker"),
    ("Wir möchten Sie kennenlernen: Privatkundenberater/in 100 %", "Privatkundenberater/in 100 %"),
    ("Book your interview: Sales Assistant, Norwich", "Sales Assistant"),
    ("Onsite interview - Quality Technician, 2nd shift", "Quality Technician, 2nd shift"),
    ("Einladung Telefoninterview Junior Consultant PR", "Junior Consultant PR"),
    ("Bewerbung als Hausdame / Housekeeping Supervisor", "Hausdame / Housekeeping Supervisor"),
    ("Terminvorschläge Gespräch Gruppenleitung Krippe", "Gruppenleitung Krippe"),
    ("Interview - Residential Conveyancing Solicitor", "Residential Conveyancing Solicitor"),
    ("Reminder: interview tomorrow - Dental Nurse", "Dental Nurse"),
    (
        "Vorstellungsgespräch am 18.03. um 10 Uhr – Mechatroniker Kältetechnik",
        "Mechatroniker Kältetechnik",
    ),
    ("Interview 18 March, Care Coordinator", "Care Coordinator"),
    (
        "Einladung – Assistenz der Geschäftsführung (m/w/d) – Hollmann Gruppe",
        "Assistenz der Geschäftsführung",
    ),
    ("Sales Manager Region Süd | Interview", "Sales Manager Region Süd"),
    ("Interview for Part-time Library Assistant", "Part-time Library Assistant"),
    (
        "Gespräch Sachbearbeiter:in Verkauf Innendienst 80-100%",
        "Sachbearbeiter:in Verkauf Innendienst 80-100%",
    ),
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
