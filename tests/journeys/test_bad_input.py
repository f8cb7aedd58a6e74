"""Bad input gets one clear sentence in the person's language; nothing is written or lost."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from .conftest import EXAMPLES, Person

NOW = "2026-12-02T18:00+01:00"
ANSWER = ("--intent", "cancel", "--name", "Mira Sandner")


def _photo() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    pixels = zlib.compress(b"\0\xff\0\0" * 400)
    head = struct.pack(">IIBBBBB", 400, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


BAD = {
    "empty.eml": b"",
    "blank.txt": b" \n\t\n",
    "photo.eml": _photo(),
    "zeros.eml": bytes(50_000_000),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["de_DE.UTF-8", "en_GB.UTF-8"])
def test_unreadable(person: Person, tmp_path: Path, name: str, language: str) -> None:
    person.language = language
    (tmp_path / name).write_bytes(BAD[name])
    for command in (("answer", name, *ANSWER), ("read", name, "--json")):
        said = person.runs(*command, now=NOW)
        assert said.code == 2
        assert said.out == ""
        assert said.err.count("\n") == 1, said.err
        assert said.err.startswith("taktvoll: ")
        assert "error." not in said.err
        assert said.files == set()
        assert not (tmp_path / "taktvoll" / "cases.db").exists()


def test_german_and_english_say_it_differently(person: Person) -> None:
    (person.home / "empty.eml").write_bytes(b"")
    german = person.runs("read", "empty.eml", now=NOW).err
    person.language = "en_GB.UTF-8"
    assert person.runs("read", "empty.eml", now=NOW).err != german


def test_a_folder_and_a_missing_file(person: Person) -> None:
    for name, word in ((".", "Ordner"), ("gibt-es-nicht.eml", "gibt es nicht")):
        said = person.runs("answer", name, *ANSWER, now=NOW)
        assert said.code == 2
        assert word in said.err


def test_no_permission(person: Person) -> None:
    import os

    if os.geteuid() == 0:
        # root may read everything: a file behind a file can be opened by nobody
        (person.home / "file").write_bytes(b"x")
        said = person.runs("answer", "file/mail.eml", *ANSWER, now=NOW)
    else:
        secret = person.home / "secret.eml"
        secret.write_bytes(b"x")
        secret.chmod(0)
        said = person.runs("answer", secret, *ANSWER, now=NOW)
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_truncated_calendar_is_read_as_far_as_it_goes_and_doubted(person: Person) -> None:
    whole = (EXAMPLES / "gespraech.ics").read_bytes()
    (person.home / "cut.ics").write_bytes(whole[: whole.index(b"ORGANIZER")])
    said = person.runs("answer", "cut.ics", *ANSWER, now=NOW)
    assert said.code == 0, said.err
    assert "bricht mittendrin ab" in said.err
    assert "answer.ics" not in said.files  # nobody to answer to


def test_a_mail_without_a_date_is_read_as_of_now(person: Person) -> None:
    mail = (EXAMPLES / "einladung.eml").read_bytes()
    without = b"\r\n".join(line for line in mail.split(b"\r\n") if not line.startswith(b"Date:"))
    (person.home / "undated.eml").write_bytes(without)
    said = person.runs("answer", "undated.eml", *ANSWER, now=NOW)
    assert said.code == 0, said.err
    assert "9. Dezember" in said.letter


def test_a_mail_that_is_no_invitation_is_answered_on_explicit_wish_but_warned(
    person: Person,
) -> None:
    (person.home / "newsletter.eml").write_bytes(
        b"From: Jobportal <news@jobs.example>\r\nTo: mira@example.org\r\n"
        b"Subject: 12 neue Stellen fuer dich\r\nDate: Tue, 01 Dec 2026 08:00:00 +0100\r\n"
        b"Message-ID: <n1@jobs.example>\r\n\r\n"
        b"Hallo,\r\n\r\ndiese Woche gibt es 12 neue Stellenangebote in deiner Naehe.\r\n"
        b"Jetzt bewerben! Newsletter abbestellen: https://jobs.example/abmelden\r\n"
    )
    read = person.runs("read", "newsletter.eml", "--json", now=NOW)
    assert '"kind": "other"' in read.out
    assert "no_interview" in read.out
    said = person.runs(
        "answer", "newsletter.eml", "--intent", "withdraw_before", "--name", "Mira Sandner",
        "--position", "Disponentin", now=NOW,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert said.err


def test_an_unknown_zone_is_asked_for(person: Person) -> None:
    calendar = (EXAMPLES / "gespraech.ics").read_bytes()
    begin, end = calendar.index(b"BEGIN:VTIMEZONE"), calendar.index(b"BEGIN:VEVENT")
    calendar = (calendar[:begin] + calendar[end:]).replace(b"Europe/Zurich", b"Mond/Krater")
    (person.home / "moon.ics").write_bytes(calendar)
    said = person.runs("answer", "moon.ics", *ANSWER, now=NOW)
    assert said.code == 2
    assert "Mond/Krater" in said.err
    assert "--timezone" in said.err
    assert said.files == set()
    given = person.runs("answer", "moon.ics", *ANSWER, "--timezone", "Europe/Zurich", now=NOW)
    assert given.code == 0, given.err
    assert "9.30 Uhr" in given.letter


def test_who_writes_is_asked_for(person: Person) -> None:
    said = person.runs("answer", EXAMPLES / "einladung.txt", "--intent", "cancel", now=NOW)
    assert said.code == 2
    assert "Name" in said.err
    assert said.files == set()


def test_wrong_words(person: Person) -> None:
    for words in (
        ("answer", "--intent", "explode"),
        ("answer",),
        ("frobnicate",),
        ("answer", "x", "--intent", "cancel", "--slot", "morgen"),
        ("answer", "--intent", "cancel", "--company", "X", "--timezone", "../etc/passwd"),
        ("show", "zzzzzz"),
    ):
        said = person.runs(*words, now=NOW)
        assert said.code == 2, words
        assert said.err.count("\n") == 1, said.err


def test_an_output_folder_that_cannot_be_written(person: Person) -> None:
    (person.home / "out").write_bytes(b"a file where a folder should be")
    said = person.runs("answer", EXAMPLES / "einladung.eml", *ANSWER, now=NOW)
    assert said.code == 2
    assert said.err.count("\n") >= 1
    assert (person.home / "out").read_bytes() == b"a file where a folder should be"
