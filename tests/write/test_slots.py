"""The grammar of the slots, as tables."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from taktvoll.model import Contact, Country, Formality, Gender, Greeting, Slot
from taktvoll.write import german, german_firms, german_jobs
from taktvoll.write.names import surname

F, M = Gender.FEMALE, Gender.MALE
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("contact", "formality", "greeting", "country", "expected"),
    [
        (Contact(name="Amsel", gender=F), "sie", "formal", "DE", "Sehr geehrte Frau Amsel,"),
        (
            Contact(name="Jan Klein", gender=M, title="Dr. med."),
            "sie",
            "formal",
            "DE",
            "Sehr geehrter Herr Dr. Klein,",
        ),
        (
            Contact(name="Adler", gender=M, title="Prof. Dr."),
            "sie",
            "formal",
            "DE",
            "Sehr geehrter Herr Professor Adler,",
        ),
        (
            Contact(name="Huber", gender=F, title="Mag."),
            "sie",
            "formal",
            "AT",
            "Sehr geehrte Frau Mag. Huber,",
        ),
        (
            Contact(name="Huber", gender=F, title="Mag."),
            "sie",
            "formal",
            "DE",
            "Sehr geehrte Frau Huber,",
        ),
        (
            Contact(name="Gruber", gender=M, title="DI"),
            "sie",
            "formal",
            "AT",
            "Sehr geehrter Herr DI Gruber,",
        ),
        (
            Contact(name="Gruber", gender=M, title="B.A."),
            "sie",
            "formal",
            "AT",
            "Sehr geehrter Herr Gruber,",
        ),
        (Contact(name="Alex Müller"), "sie", "formal", "DE", "Guten Tag Alex Müller,"),
        (Contact(), "sie", "formal", "DE", "Sehr geehrte Damen und Herren,"),
        (Contact(), "sie", "formal", "CH", "Sehr geehrte Damen und Herren"),
        (Contact(name="Sandner", gender=F), "sie", "dear", "DE", "Liebe Frau Sandner,"),
        (Contact(name="Sandner", gender=F), "sie", "hello", "DE", "Hallo Frau Sandner,"),
        (Contact(name="Jana"), "sie", "hello", "DE", "Hallo Jana,"),
        (Contact(name="Weiß", gender=F), "sie", "gruezi", "CH", "Grüezi Frau Weiß"),
        (Contact(name="Jana Voss"), "du", "hello", "DE", "Hallo Jana,"),
        (Contact(name="Jana Voss", gender=F), "du", "dear", "DE", "Liebe Jana,"),
        (Contact(name="Jan Voss", gender=M), "du", "dear", "DE", "Lieber Jan,"),
        (Contact(name="Frau Voss", gender=F), "du", "hello", "DE", "Hallo zusammen,"),
        (Contact(name="Voss", gender=F, title="Dr."), "du", "dear", "DE", "Hallo zusammen,"),
        (Contact(name="Lenz", gender=M), "du", "hello", "DE", "Hallo zusammen,"),
        (Contact(name="Frau Voss und Herr Lenz"), "du", "hello", "DE", "Hallo zusammen,"),
        (Contact(name="Jana und Emre"), "du", "hello", "DE", "Hallo Jana und Emre,"),
        (Contact(name="Nils Ahrens", gender=M, title="Dr."), "du", "dear", "DE", "Lieber Nils,"),
        (Contact(), "du", "hello", "DE", "Hallo zusammen,"),
        (
            Contact(name="Anna von der Heide", gender=F),
            "sie",
            "formal",
            "DE",
            "Sehr geehrte Frau von der Heide,",
        ),
        (
            Contact(name="Jana Voss und Kai Brand"),
            "sie",
            "formal",
            "DE",
            "Guten Tag Jana Voss und Kai Brand,",
        ),
    ],
)
def test_salutations(contact, formality, greeting, country, expected):
    made = german.salutation(
        contact,
        formality=Formality(formality),
        greeting=Greeting(greeting),
        country=Country(country),
    )
    assert made == expected


@pytest.mark.parametrize(
    ("days", "country", "expected"),
    [
        (14, "DE", "am Mittwoch, den 9. Dezember, um 10:00 Uhr"),
        (14, "CH", "am Mittwoch, 9. Dezember, um 10.00 Uhr"),
        (0, "DE", "heute um 10 Uhr"),
        (1, "DE", "morgen um 10 Uhr"),
        (-1, "DE", "gestern um 10 Uhr"),
        (300, "DE", "am Mittwoch, den 9. Dezember 2026, um 10:00 Uhr"),
    ],
)
def test_moments(days, country, expected):
    at = datetime(2026, 12, 9, 10, 0, tzinfo=BERLIN)
    assert german.moment(at, at.date() - timedelta(days=days), Country(country)) == expected


def test_january_in_austria():
    day = datetime(2027, 1, 20, tzinfo=UTC).date()
    assert german.long_date(day, Country.AT) == "20. Jänner 2027"
    assert german.long_date(day, Country.DE) == "20. Januar 2027"


def test_offered_times_of_a_day_stand_together():
    def at(day, hour):
        return datetime(2026, 12, day, hour, tzinfo=BERLIN)

    slots = [
        Slot(start=at(10, 9)),
        Slot(start=at(10, 14)),
        Slot(start=at(11, 9), end=at(11, 12)),
        Slot(start=at(14, 0)),
    ]
    assert german.offered(slots, at(1, 9).date(), Country.DE) == (
        "am Donnerstag, den 10. Dezember, um 9:00 Uhr oder um 14:00 Uhr"
        " oder am Freitag, den 11. Dezember, zwischen 9:00 und 12:00 Uhr"
        " oder am Montag, den 14. Dezember"
    )
    assert german.offered([slots[-1], slots[0]], at(1, 9).date(), Country.DE) == (
        "am Montag, den 14. Dezember, oder am Donnerstag, den 10. Dezember, um 9:00 Uhr"
    )


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("Disponentin", "als Disponentin"),
        ("Sachbearbeiter Einkauf (m/w/d)", "als Sachbearbeiter Einkauf"),
        ("Technischer Leiter", "als Technischer Leiter"),
        ("Senior Developer", "als Senior Developer"),
        ("Pflegefachfrau", "als Pflegefachfrau"),
        ("Kaufmännische Angestellte", "als Kaufmännische Angestellte"),
        ("Ausbildung zur Pflegefachfrau", "für die Ausbildung zur Pflegefachfrau"),
        ("Praktikum im Marketing", "für das Praktikum im Marketing"),
        ("Kundendienst", "für die Stelle „Kundendienst“"),
        ("Marketing & Vertrieb", "für die Stelle „Marketing & Vertrieb“"),
        ("Mitarbeit im Kundenservice", "für die Stelle „Mitarbeit im Kundenservice“"),
        ("Leitung Finanzen", "für die Leitung Finanzen"),
        ("Geschäftsführung", "für die Geschäftsführung"),
        ("W2-Professur Statistik", "für die W2-Professur Statistik"),
        ("Duales Studium BWL", "für das duale Studium BWL"),
        ("Trainee-Programm Vertrieb", "für das Trainee-Programm Vertrieb"),
        ("Schreinerlehre", "für die Schreinerlehre"),
        ("Hebamme", "als Hebamme"),
        ("Projektmanagement", "für die Stelle „Projektmanagement“"),
        ("Ausbildungsplatz Tischler", "für die Stelle „Ausbildungsplatz Tischler“"),
        (
            "Bundesfreiwilligendienst im Tierheim",
            "für die Stelle „Bundesfreiwilligendienst im Tierheim“",
        ),
    ],
)
def test_positions(position, expected):
    assert (
        german_jobs.position_forms(german_jobs.plain_position(position), Country.DE)["position_as"]
        == expected
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("die neue Leitstelle", "die neue Leitstelle"),
        ("der neue Schichtplan", "den neuen Schichtplan"),
        ("über die neue Leitstelle.", "die neue Leitstelle"),
        ("Der direkte und offene Ton!", "den direkten und offenen Ton"),
        ("ein neuer Plan", "einen neuen Plan"),
        ("ein neues Haus", "ein neues Haus"),
        ("Ihr neuer Standort", "Ihren neuen Standort"),
        ("Schichtplanung", "Schichtplanung"),
        ("wie Sie Neue einarbeiten", "die Frage, wie Sie Neue einarbeiten,"),
    ],
)
def test_what_was_talked_about(typed, expected):
    assert german.talked_about(typed) == expected


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ("Muster GmbH", "bei der Muster GmbH"),
        ("Klinikum Süd", "im Klinikum Süd"),
        ("Autohaus Renz", "im Autohaus Renz"),
        ("Institut für Polarforschung", "am Institut für Polarforschung"),
        ("TU Lindental", "an der TU Lindental"),
        ("Kanzlei Dr. Frei", "in der Kanzlei Dr. Frei"),
        ("Stadt Lindental", "bei der Stadt Lindental"),
        ("Magistrat Lindental", "beim Magistrat Lindental"),
        ("Stadtwerke Lindental", "bei den Stadtwerken Lindental"),
        ("Weber & Söhne", "bei Weber & Söhne"),
        ("Weber & Söhne KG", "bei der Weber & Söhne KG"),
        ("Funkelstein", "bei Ihnen"),
    ],
)
def test_companies(company, expected):
    assert german_firms.at_company(company, Formality.SIE) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Jana Voss", "Voss"), ("Ludwig van Laak", "van Laak"), ("Voss", "Voss"), ("", "")],
)
def test_surnames(name, expected):
    assert surname(name) == expected
