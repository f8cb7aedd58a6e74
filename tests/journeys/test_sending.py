"""The command line as a person uses it who lets the program send: with real servers behind it."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import stat
from pathlib import Path

import pytest

from tests.journeys.conftest import EXAMPLES, Person, Said
from tests.rigs.dovecot import Dovecot
from tests.rigs.process import PASSWORD
from tests.rigs.submission import Submission

NOW = "2026-12-02T10:30:00+01:00"
TWO_MINUTES_LATER = "2026-12-02T10:32:00+01:00"
INVITATION = EXAMPLES / "einladung.eml"


@pytest.fixture
def invitation(tmp_path: Path, employer: str, own: str) -> Path:
    """The example, from an employer and to a person with real mailboxes."""
    text = INVITATION.read_bytes().replace(b"mira.sandner@example.org", own.encode())
    text = text.replace(b"k.behrens@nordlicht-logistik.example", employer.encode())
    path = tmp_path / "einladung.eml"
    path.write_bytes(text)
    return path


@pytest.fixture
def own(dovecot_server: Dovecot) -> str:
    return dovecot_server.user()


@pytest.fixture
def employer(dovecot_server: Dovecot) -> str:
    return dovecot_server.user("employer")


def servers(mail: Dovecot, smtp: Submission) -> list[str]:
    return ["--smtp", f"plain://127.0.0.1:{smtp.port}", "--imap", f"plain://127.0.0.1:{mail.imap}"]


@pytest.fixture
def account(
    person: Person, own: str, dovecot_server: Dovecot, submission_server: Submission
) -> Said:
    return person.runs(
        "account", "add", own, *servers(dovecot_server, submission_server),
        "--name", "Mira Sandner", "--password-stdin", "--secrets-in-file", "--yes",
        now=NOW, typed=f"{PASSWORD}\n".encode(),
    )  # fmt: skip


@pytest.fixture
def case(person: Person, account: Said, invitation: Path, own: str) -> str:
    """The id of a case whose letter is written, as `cases` shows it."""
    assert account.code == 0, account.err
    said = person.runs(
        "answer", invitation, "--intent", "withdraw_before", "--name", "Mira Sandner",
        "--as", own, now=NOW,
    )  # fmt: skip
    assert said.code == 0, said.err
    shown = person.runs("cases", now=NOW)
    found = re.search(r"\b[a-z0-9]{6}\b", shown.out)
    assert found, shown.out
    return found[0]


def test_an_account_is_added_and_tried_out_and_its_password_is_in_no_output(
    person: Person, account: Said, own: str
) -> None:
    assert account.code == 0, account.out + account.err
    assert account.out.count("funktioniert") == 2
    secrets = person.home / "taktvoll" / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    for command in (["account", "test"], ["account", "test", own], ["doctor"], ["account", "list"]):
        said = person.runs(*command, now=NOW)
        assert (said.code, PASSWORD in said.out + said.err) == (0, False), said.out + said.err
    assert person.runs("account", "remove", own, now=NOW).code == 0
    assert PASSWORD not in secrets.read_text("utf-8")
    again = person.runs("account", "test", now=NOW)
    assert (again.code, again.err.count("\n")) == (2, 1)


def test_answer_send_undo_send_tick_and_it_lies_with_the_employer(
    person: Person, case: str, employer: str, own: str, dovecot_server: Dovecot
) -> None:
    unasked = person.runs("send", case, now=NOW)
    assert (unasked.code, dovecot_server.mails(employer)) == (2, [])
    sent = person.runs("send", case, "--yes", "--later", now=NOW)
    assert sent.code == 0, sent.err
    assert own in sent.out and employer in sent.out
    assert "Der Kalender des Arbeitgebers bekommt deine Absage." in sent.out
    assert "NOCH NICHT ABGESCHICKT" in sent.out
    person.runs("tick", now=NOW)
    assert dovecot_server.mails(employer) == []  # held

    undone = person.runs("undo", case, now=NOW)
    assert (undone.code, "Zurückgeholt" in undone.out) == (0, True)
    again = person.runs("undo", case, now=NOW)
    assert (again.code, again.err.count("\n")) == (2, 1)
    person.runs("tick", now=TWO_MINUTES_LATER)
    assert dovecot_server.mails(employer) == []

    assert person.runs("send", case, "--yes", now=NOW).code == 0
    ticked = person.runs("tick", now=TWO_MINUTES_LATER)
    assert (ticked.code, "Mail an den Arbeitgeber: erledigt" in ticked.out) == (0, True)
    person.runs("tick", now=TWO_MINUTES_LATER)
    [arrived] = dovecot_server.mails(employer)
    message = email.message_from_bytes(arrived, policy=email.policy.default)
    assert message["From"].addresses[0].addr_spec == own
    assert message["In-Reply-To"] == "<d41c0f7a2b@nordlicht-logistik.example>"
    assert len(dovecot_server.mails(own, "Sent")) == 1
    assert "Deine Mail ist raus" in person.runs("show", case, now=TWO_MINUTES_LATER).out
    late = person.runs("undo", case, now=TWO_MINUTES_LATER)
    assert (late.code, late.err.count("\n")) == (2, 1)


def test_nobody_has_answered_and_one_command_asks(
    person: Person, case: str, employer: str, dovecot_server: Dovecot
) -> None:
    assert person.runs("send", case, "--nudge", "--yes", now=NOW).code == 2  # nothing is out yet
    person.runs("send", case, "--yes", "--later", now=NOW)
    person.runs("tick", now=TWO_MINUTES_LATER)
    friday, a_minute_later = "2026-12-04T11:00:00+01:00", "2026-12-04T11:01:00+01:00"
    assert "Die Nachfrage liegt bereit." in person.runs("tick", now=friday).out
    said = person.runs("send", case, "--nudge", "--yes", "--later", now=friday)
    assert (said.code, employer in said.out) == (0, True), said.err
    assert "Nachfrage beim Arbeitgeber: erledigt" in person.runs("tick", now=a_minute_later).out
    letter, question = (
        email.message_from_bytes(each, policy=email.policy.default)
        for each in sorted(dovecot_server.mails(employer), key=len, reverse=True)
    )
    assert question["In-Reply-To"] == letter["In-Reply-To"]
    assert question["Message-ID"] != letter["Message-ID"]
    path = person.home / "nachfrage.eml"
    by_hand = person.runs("send", case, "--nudge", "--eml", path, now=a_minute_later)
    assert (by_hand.code, b"X-Unsent: 1" in path.read_bytes()) == (0, True), by_hand.err
    refused = person.runs("send", case, "--nudge", "--draft", now=a_minute_later)
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_as_a_draft_it_lies_in_drafts_and_nowhere_else(
    person: Person, case: str, employer: str, own: str, dovecot_server: Dovecot
) -> None:
    person.runs("send", case, "--draft", "--yes", "--later", now=NOW)
    person.runs("tick", now=TWO_MINUTES_LATER)
    assert len(dovecot_server.mails(own, "Drafts")) == 1
    assert dovecot_server.mails(employer) == []
    asked = person.runs("tick", now="2026-12-02T10:50:00+01:00")
    assert "Hast du die Nachricht abgeschickt?" in asked.out


def test_by_hand_each_way_and_what_the_person_says_of_it(person: Person, case: str) -> None:
    path = person.home / "mail.eml"
    said = person.runs("send", case, "--eml", path, now=NOW)
    assert said.code == 0
    opened = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert opened["X-Unsent"] == "1"
    assert any(part.get_content_type() == "text/calendar" for part in opened.walk())
    assert "nur du" in said.out

    said = person.runs("send", case, "--mailto", now=NOW)
    assert said.out.startswith("mailto:")
    assert "Kalenderantwort" in said.err  # what it does not carry

    for option, sentence in (
        ("--sent", "Deine Nachricht ist raus"),
        ("--not-sent", "noch nicht verschickt"),
    ):
        said = person.runs("send", case, option, now=NOW)
        assert (said.code, sentence in said.out) == (0, True), said.out + said.err

    alarm = person.home / "anruf.ics"
    said = person.runs("send", case, "--reminder", alarm, now=NOW)
    assert said.code == 0, said.err
    assert b"BEGIN:VALARM" in alarm.read_bytes()

    said = person.runs("send", case, "--spoke-to", "Frau Dr. Behrens", now=NOW)
    assert (said.code, said.out) == (0, "Der Arbeitgeber weiß Bescheid.\n")
    nobody = person.runs("send", case, "--spoke-to", " ", now=NOW)
    assert (nobody.code, nobody.err.count("\n")) == (2, 1)
    nowhere = person.runs("send", case, "--eml", "/nirgends/mail.eml", now=NOW)
    assert (nowhere.code, nowhere.err.count("\n")) == (2, 1)


def test_an_invitation_dropped_into_a_folder_becomes_a_draft(
    person: Person, account: Said, invitation: Path, own: str, dovecot_server: Dovecot
) -> None:
    made = person.runs("watch", "--once", now=NOW)
    assert (made.code, "taktvoll/Absagen" in made.err) == (0, True), made.err
    with dovecot_server.client(own) as client:
        client.append("taktvoll/Absagen", invitation.read_bytes())
    answered = person.runs("watch", "--once", now=NOW)
    assert (answered.code, "taktvoll/Absagen: " in answered.out) == (0, True)
    assert len(dovecot_server.mails(own, "Drafts")) == 1


def test_reminders_by_mail_are_switched_on_and_off(person: Person, account: Said) -> None:
    for words, sentence in (
        ([], "wo keiner da ist, per Mail"),
        (["--reminders-by-mail", "always"], "und per Mail an dich selbst"),
        ([], "und per Mail an dich selbst"),
        (["--reminders-by-mail", "no_screen"], "wo keiner da ist, per Mail"),
    ):
        said = person.runs("settings", *words, now=NOW)
        assert (said.code, sentence in said.out) == (0, True), said.out + said.err


def test_reminders_by_mail_need_a_mailbox(person: Person) -> None:
    said = person.runs("settings", "--reminders-by-mail", "always", now=NOW)
    assert (said.code, said.err) == (
        2,
        "taktvoll: Dafür braucht taktvoll ein Mailkonto mit IMAP.\n",
    )


# --- what is wrong is told in one sentence -------------------------------------------------------


def test_a_wrong_password_is_told_apart_from_everything_else(
    person: Person, own: str, dovecot_server: Dovecot, submission_server: Submission
) -> None:
    said = person.runs(
        "account", "add", own, *servers(dovecot_server, submission_server),
        "--password-stdin", "--secrets-in-file", now=NOW, typed=b"falsch-geheim\n",
    )  # fmt: skip
    assert said.code == 1
    assert said.out.count("nimmt Benutzername und Passwort nicht an") == 2
    assert "falsch-geheim" not in said.out + said.err


@pytest.fixture
def nobody_listens() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_server_that_is_out_of_reach(
    person: Person, case: str, own: str, employer: str, nobody_listens: int, dovecot_server: Dovecot
) -> None:
    nowhere = [f"plain://127.0.0.1:{nobody_listens}"] * 2
    said = person.runs(
        "account", "add", own, "--smtp", nowhere[0], "--imap", nowhere[1],
        "--password-stdin", "--secrets-in-file", now=NOW, typed=f"{PASSWORD}\n".encode(),
    )  # fmt: skip
    assert said.code == 1
    assert said.out.count("nimmt an diesem Port keine Verbindung an") == 2
    watched = person.runs("watch", "--once", now=NOW)
    assert (watched.code, watched.err.count("\n")) == (2, 1)
    person.runs("send", case, "--yes", "--later", now=NOW)
    ticked = person.runs("tick", now=TWO_MINUTES_LATER)
    assert "hat noch nicht geklappt, taktvoll versucht es weiter" in ticked.out
    assert dovecot_server.mails(employer) == []
    # it is still the person's to take back
    assert person.runs("undo", case, now=TWO_MINUTES_LATER).code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["mira@outlook.com"], "Schick die Mail von Hand"),
        (["mira@hotmail.de"], "Schick die Mail von Hand"),
        (["mira@localhost.invalid"], "Nenn sie bitte mit --smtp und --imap"),
        (["mira@x.example", "--smtp", "mail.example:99999"], "ist kein Server"),
        (["mira@x.example", "--smtp", "ftp://mail.example"], "ist kein Server"),
        (["mira@x.example", "--smtp", ":25"], "ist kein Server"),
        (["mira@x.example\nBcc: b@c.example", "--smtp", "mail.example"], "keine Mailadresse"),
        (["mira", "--smtp", "mail.example"], "keine Mailadresse"),
        (["mira@x.example", "--smtp", "mail.example", "--alias", "x"], "keine Mailadresse"),
    ],
)
def test_an_account_that_cannot_be(person: Person, words: list[str], sentence: str) -> None:
    said = person.runs(
        "account", "add", *words, "--password-stdin", "--secrets-in-file",
        now=NOW, typed=b"geheim\n",
    )  # fmt: skip
    assert said.code == 2
    assert sentence in said.err, said.err
    assert [line for line in said.err.splitlines() if line.startswith("taktvoll: ")] != []
    assert person.runs("account", "list", now=NOW).out == ""


def test_without_tls_no_password_leaves_this_machine(person: Person) -> None:
    said = person.runs(
        "account", "add", "mira@x.example", "--smtp", "plain://mail.invalid:25",
        "--password-stdin", "--secrets-in-file", now=NOW, typed=b"geheim\n",
    )  # fmt: skip
    assert (said.code, "nur an diesen Rechner selbst" in said.out) == (1, True)


def test_without_a_keyring_it_is_said_what_to_do(person: Person) -> None:
    said = person.runs(
        "account", "add", "mira@x.example", "--smtp", "plain://127.0.0.1:1",
        "--password-stdin", now=NOW, typed=b"geheim\n",
    )  # fmt: skip
    assert (said.code, "Schlüsselbund" in said.err) == (2, True)
    assert "in eine Datei" in said.err


def test_nobody_is_asked_for_a_password_who_is_not_there(person: Person) -> None:
    said = person.runs("account", "add", "mira@x.example", "--smtp", "mail.invalid", now=NOW)
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize("words", [["send"], ["undo"]])
def test_a_case_that_is_not_there(person: Person, words: list[str]) -> None:
    said = person.runs(*words, "xyzxyz", now=NOW)
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_without_an_account_everything_but_sending_works(
    person: Person, invitation: Path, own: str
) -> None:
    person.runs("answer", invitation, "--intent", "cancel", "--name", "Mira", "--as", own, now=NOW)
    case = re.search(r"\b[a-z0-9]{6}\b", person.runs("cases", now=NOW).out)
    assert case
    refused = person.runs("send", case[0], "--yes", now=NOW)
    assert (refused.code, refused.err) == (
        2, "taktvoll: Es ist noch kein Mailkonto eingerichtet.\n",
    )  # fmt: skip
    assert person.runs("send", case[0], "--sent", now=NOW).code == 0
    assert person.runs("tick", now=NOW).code == 0
    assert person.runs("doctor", now=NOW).code == 0
