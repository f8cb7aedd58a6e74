"""From a real invitation to the message that can be sent, as a person does it."""

from __future__ import annotations

import re

from .conftest import EXAMPLES, Person

EINLADUNG = EXAMPLES / "einladung.eml"


def test_withdraw_after_the_interview_with_thanks_and_what_was_talked_about(person: Person) -> None:
    said = person.runs(
        "answer", EINLADUNG, "--intent", "withdraw_after", "--reason", "other_offer",
        "--about", "die neue Leitstelle",
        now="2026-12-10T09:00+01:00",
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    assert said.letter.startswith("Sehr geehrte Frau Dr. Behrens,\n")
    assert said.letter.rstrip().endswith("Mira Sandner")
    assert "die neue Leitstelle" in said.letter
    assert len(re.findall(r"\bdank", said.letter, re.IGNORECASE)) == 1
    assert re.search(
        r"zieh\w* .*Bewerbung.* zurück|Bewerbung.*zurück(ziehe|zuziehen)?", said.letter
    )
    # the interview was attended: no calendar answer
    assert "answer.ics" not in said.files
    assert [part.get_content_type() for part in said.mail.walk()] == ["text/plain"]
    assert said.mail["In-Reply-To"] == "<d41c0f7a2b@nordlicht-logistik.example>"
    assert said.mail["References"] == "<d41c0f7a2b@nordlicht-logistik.example>"
    assert said.mail["To"] == "Katrin Behrens <k.behrens@nordlicht-logistik.example>"
    assert said.mail["From"] == "Mira Sandner <mira.sandner@example.org>"
    assert said.mail["Subject"].endswith("Einladung zum Vorstellungsgespräch als Disponentin")
    assert said.findings == []


def test_move_the_interview_of_15_march_which_names_no_year_and_no_weekday(person: Person) -> None:
    said = person.runs(
        "answer", EXAMPLES / "einladung.txt", "--intent", "reschedule",
        "--reason", "schedule_conflict", "--name", "Jonas Petri", "--phone", "0151 23456789",
        "--received", "2027-03-03T10:00+01:00",
        now="2027-03-03T18:00+01:00",
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    # 15 March 2027 is a Monday; the doubt is told
    assert "Montag, den 15. März" in said.letter
    assert "14:00 Uhr" in said.letter
    assert "0151 23456789" in said.letter
    assert "Herr Aydın" in said.letter
    assert "Jahr" in said.err
    assert not re.search(r"sage .* ab\b|zurückziehe|ziehe .* zurück", said.letter)
    assert said.next["channel"] == "mail"
    assert said.next["time_left"]["level"] == "plenty"
    assert said.findings == []


def test_withdraw_for_another_offer_declines_the_appointment_too(english_person: Person) -> None:
    said = english_person.runs(
        "answer", EXAMPLES / "invitation.eml", "--intent", "withdraw_before",
        "--reason", "other_offer",
        now="2026-12-02T18:30+00:00",
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    assert "Grants Officer" in said.letter
    assert said.letter.rstrip().endswith("Priya Nolan")
    assert re.search(r"withdraw", said.letter)
    plain, calendar = list(said.mail.iter_parts())
    assert said.mail.get_content_type() == "multipart/alternative"
    assert plain.get_content_type() == "text/plain"
    assert calendar["Content-Type"].params["method"] == "REPLY"
    unfolded = (said.folder / "answer.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert "METHOD:REPLY" in unfolded
    assert "UID:7k2m9q4example@google.com" in unfolded
    assert len(re.findall(r"^ATTENDEE", unfolded, re.MULTILINE)) == 1
    assert re.search(r"^ATTENDEE.*PARTSTAT=DECLINED.*mailto:priya\.nolan@", unfolded, re.MULTILINE)
    assert said.findings == []


def test_ill_on_the_morning_itself_means_call_now(person: Person) -> None:
    said = person.runs(
        "answer", EINLADUNG, "--intent", "reschedule", "--reason", "illness",
        "--phone", "0151 23456789",
        now="2026-12-09T08:20+01:00",
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    assert said.next["channel"] == "phone"
    assert said.next["time_left"]["level"] == "less_than_two_hours"
    assert "0421 555-0134" in said.out
    assert "heute" in said.letter
    assert re.search(r"krank|[Gg]esundheitlich", said.letter)
    assert "Mira Sandner" in said.phone
    assert said.findings == []


def test_a_changed_mind_at_the_last_minute(person: Person) -> None:
    said = person.runs(
        "answer", EINLADUNG, "--intent", "withdraw_before", "--reason", "not_for_me",
        "--tell", "none",
        now="2026-12-09T09:30+01:00",
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    assert said.next["channel"] == "phone"
    assert "answer.ics" in said.files
    assert said.findings == []


def test_not_sure_leads_to_going_and_finding_out(person: Person) -> None:
    said = person.runs("decide", EINLADUNG, "--sure", "unsure", now="2026-12-02T18:00+01:00")
    assert said.code == 0, said.err
    assert "Hingehen und herausfinden" in said.out
    advice = person.runs(
        "decide", EINLADUNG, "--sure", "unsure", "--json", now="2026-12-02T18:00+01:00"
    )
    assert '"recommended": "go_and_find_out"' in advice.out
    accepted = person.runs("answer", EINLADUNG, "--intent", "accept", now="2026-12-02T18:05+01:00")
    assert accepted.code == 0
    assert "PARTSTAT=ACCEPTED" in (accepted.folder / "answer.ics").read_text().replace("\n ", "")
    assert "Mittwoch, den 9. Dezember" in accepted.letter


def test_a_signed_contract_is_no_matter_for_a_mail(person: Person) -> None:
    said = person.runs(
        "answer", EINLADUNG, "--intent", "withdraw_after", "--reason", "other_offer",
        "--duty", "contract=yes", "--postal", "Lindenweg 4, 21335 Lüneburg",
        now="2026-12-10T09:00+01:00",
    )  # fmt: skip
    assert said.code == 2
    assert "unterschrieben" in said.err
    assert "message.eml" not in said.files
    assert "answer.ics" not in said.files
    assert "letter.txt" in said.files
    assert (said.folder / "letter.pdf").read_bytes().startswith(b"%PDF-")
    assert said.next["channel"] in ("phone", "paper")


def test_the_same_invitation_opens_one_case_and_keeps_its_letter(person: Person) -> None:
    words = ("answer", EINLADUNG, "--intent", "cancel", "--reason", "private")
    first = person.runs(*words, now="2026-12-02T18:00+01:00")
    letter = first.letter
    again = person.runs(*words, now="2026-12-02T19:00+01:00")
    assert again.letter == letter
    cases = person.runs("cases", now="2026-12-02T19:05+01:00")
    assert cases.out.count("Nordlicht Logistik GmbH") == 1
    other = person.runs(*words, "--variant", "1", now="2026-12-02T19:10+01:00")
    assert other.letter != letter
    case = cases.out.split()[0]
    shown = person.runs("show", case, now="2026-12-02T19:15+01:00")
    assert "Nordlicht Logistik GmbH" in shown.out
    assert person.runs("delete", case, now="2026-12-02T19:20+01:00").code == 0
    assert "Nordlicht" not in person.runs("cases", now="2026-12-02T19:25+01:00").out


def test_facts_typed_where_there_is_no_file(person: Person) -> None:
    said = person.runs(
        "answer", "--intent", "cancel", "--reason", "illness", "--name", "Alex Weiß",
        "--company", "Käserei Alpstein AG", "--contact", "Frau Zgraggen", "--country", "CH",
        "--position", "Käser", "--start", "2026-12-09T10:00", "--timezone", "Europe/Zurich",
        now="2026-12-02T18:00+01:00",
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    assert said.letter.startswith(("Guten Tag Frau Zgraggen\n", "Sehr geehrte Frau Zgraggen\n"))
    assert "9. Dezember" in said.letter
    assert "Freundliche Grüsse" in said.letter
    assert said.letter.rstrip().endswith("Alex Weiß")
    assert "ß" not in said.letter.replace("Alex Weiß", "")


def test_the_letter_names_the_employers_hour_across_the_change_of_the_clocks(
    person: Person,
) -> None:
    """Asked in winter time about a day in summer time, from a machine in another zone."""
    calendar = (EXAMPLES / "gespraech.ics").read_bytes().replace(b"20261211T", b"20270412T")
    said = person.runs(
        "answer", "-", "--intent", "cancel", "--name", "Reto Kälin",
        now="2027-03-20T18:00+00:00", typed=calendar,
    )  # fmt: skip
    assert said.code == 0, said.err + said.out
    assert "12. April" in said.letter
    assert "9.30 Uhr" in said.letter
    assert "DTSTART;TZID=Europe/Zurich:20270412T093000" in (said.folder / "answer.ics").read_text()


def test_an_own_sentence_that_says_too_much_is_marked_and_left_to_the_person(
    person: Person,
) -> None:
    said = person.runs(
        "answer", EINLADUNG, "--intent", "cancel", "--reason", "illness",
        "--sentence", "Ich habe seit gestern Fieber.",
        now="2026-12-02T18:00+01:00",
    )  # fmt: skip
    assert said.code == 1
    assert [f["quote"] for f in said.findings] == ["Ich habe seit gestern Fieber."]
    assert "Fieber" in said.letter
    assert "message.eml" in said.files


def test_typed_hours_are_on_the_employers_clock_wherever_this_machine_stands(
    person: Person,
) -> None:
    person.zone = "Asia/Tokyo"
    said = person.runs(
        "answer", EINLADUNG, "--intent", "reschedule", "--slot", "2026-12-10T09:00",
        now="2026-12-02T18:00+09:00",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "Donnerstag, den 10. Dezember, um 9:00 Uhr" in said.letter
    assert "20261210T090000" in (said.folder / "answer.ics").read_text()
    asked = person.runs(
        "answer", EINLADUNG, "--intent", "ask_time", "--until", "2026-12-18",
        now="2026-12-10T18:00+09:00",
    )  # fmt: skip
    assert "18. Dezember" in asked.letter


def test_with_hours_left_the_message_comes_before_the_duties(person: Person) -> None:
    words = ("decide", EINLADUNG, "--sure", "surely_not")
    early = person.runs(*words, now="2026-12-02T18:00+01:00").out
    late = person.runs(*words, now="2026-12-09T08:30+01:00").out
    assert early.index("--duty contract=yes") < early.index("Weiter mit")
    assert late.index("Weiter mit") < late.index("--duty contract=yes")


def test_what_was_read_is_shown_in_words(person: Person, english_person: Person) -> None:
    german = person.runs("read", EINLADUNG, now="2026-12-02T09:00+01:00")
    assert german.code == 0, german.err
    assert "Termin: Mittwoch, 9. Dezember 2026, 10:00" in german.out
    assert "Ansprechperson: Frau Dr. Katrin Behrens" in german.out
    assert "Form: vor Ort" in german.out
    english = english_person.runs("read", EINLADUNG, now="2026-12-02T09:00+01:00")
    assert "Appointment: Wednesday 9 December 2026, 10:00" in english.out
