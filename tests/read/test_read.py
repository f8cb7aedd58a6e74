"""Whole messages: the corpus with its gold facts, hostile input, and the samples where they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clock import seconds

from taktvoll.errors import TaktvollError, UnreadableInput, WrongUse
from taktvoll.messages import has
from taktvoll.model import Country, DoubtCode, Invitation, Kind, Language
from taktvoll.read import read, to_json

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "shared" / "samples" / "mails-and-calendars"
GOLD = [json.loads(line) for line in (HERE / "gold.jsonl").read_text("utf-8").splitlines()]


def _json(invitation: Invitation) -> dict[str, Any]:
    return to_json(invitation, lambda key, **_: key)


@pytest.mark.parametrize("gold", GOLD, ids=[gold["file"] for gold in GOLD])
def test_corpus(gold: dict[str, Any]) -> None:
    received = gold.get("received")
    (invitation,) = read(
        (HERE / "corpus" / gold["file"]).read_bytes(),
        file=gold["file"],
        received=datetime.fromisoformat(received) if received else None,
    )
    got = _json(invitation)
    got["doubts"] = sorted(doubt["code"] for doubt in got["doubts"])
    got["proposed_slots"] = [[slot["start"], slot["end"]] for slot in got["proposed_slots"]]
    got["country"], got["greeting"] = invitation.country, invitation.greeting
    for fact, wanted in gold.items():
        if fact == "received":
            continue
        if isinstance(wanted, dict):
            assert {key: got[fact][key] for key in wanted} == wanted, fact
        else:
            assert got[fact] == (sorted(wanted) if fact == "doubts" else wanted), fact


@pytest.mark.parametrize("gold", GOLD, ids=[gold["file"] for gold in GOLD])
def test_evidence_points_at_its_quote(gold: dict[str, Any]) -> None:
    (invitation,) = read((HERE / "corpus" / gold["file"]).read_bytes())
    for fact, evidence in invitation.evidence.items():
        text = invitation.texts[evidence.text]
        assert text[evidence.start : evidence.end] == evidence.quote, fact
    for fact in ("company", "position", "reference", "location"):
        value = getattr(invitation, fact)
        if value and fact in invitation.evidence:
            quote = " ".join(invitation.evidence[fact].quote.replace("\n", " ").split())
            assert quote.replace(" ,", ",") in value or value in quote or fact == "location"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t ", "empty_file"),
        (b"\x00" * 5000, "not_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not_text"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "not_text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not_text"),
        (bytes(range(1, 32)) * 50, "not_text"),
        (b"a" * (25 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_unreadable(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(data)
    assert caught.value.code == code
    assert all(has(f"error.{code}", language) for language in Language)


def test_every_doubt_has_its_sentence() -> None:
    assert all(has(f"doubt.{code}", language) for code in DoubtCode for language in Language)


def test_mbox_gives_every_message() -> None:
    mails = [(HERE / "corpus" / f"{name}.eml").read_bytes() for name in ("de_slots", "gb_cancel")]
    box = b"\n".join(b"From x@example.org Mon Nov 23 10:00:00 2026\n" + mail for mail in mails)
    assert [invitation.kind for invitation in read(box)] == [Kind.INVITATION, Kind.CANCELLATION]


def test_received_wins_over_the_date_of_the_mail() -> None:
    mail = (HERE / "corpus" / "de_temp_agency.eml").read_bytes()
    later = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    (invitation,) = read(mail, received=later)
    assert invitation.start is not None
    assert invitation.start.date().isoformat() == "2026-12-03"


def test_the_candidates_zone_counts_where_the_message_is_silent() -> None:
    text = b"Hello Priya, your interview is on December 9, 2026 at 10am. Best, Ann"
    now = datetime(2026, 11, 23, tzinfo=UTC)
    (silent,) = read(text, received=now)
    (told,) = read(text, received=now, timezone="America/Denver")
    (there,) = read(text, received=now, country=Country.GB)
    assert silent.start is None
    assert [doubt.code for doubt in silent.doubts] == [DoubtCode.UNKNOWN_TIMEZONE]
    assert told.start is not None and told.start.isoformat() == "2026-12-09T10:00:00-07:00"
    assert there.timezone == "Europe/London"


def test_wrong_use() -> None:
    with pytest.raises(WrongUse):
        read(b"text", timezone="Mars/Olympus")
    with pytest.raises(WrongUse):
        read(b"text", received=datetime(2026, 1, 1))  # noqa: DTZ001


_LINES = st.sampled_from(
    [
        "From: a@b.de",
        "To: c@d.de",
        "Subject: Fwd: Interview",
        "Date: Mon, 23 Nov 2026 10:00 +1",
        "",
        "Content-Type: text/calendar; method=REQUEST",
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "DTSTART;TZID=X:20261209T100000",
        "DTEND:2026",
        "END:VEVENT",
        "END:VCALENDAR",
        "UID:1",
        "> Am 3.12. schrieb x:",
        "Von: A <a@b.de>",
        "Gesendet: gestern",
        "Ort: |",
        "Mittwoch, 9.12. um 10 Uhr Vorstellungsgespräch",
        "bis 31.2.",
        "https://[::1",
        "Sehr geehrte Frau X,",
        "Frau Dr.",
        "Mit freundlichen Grüßen",
        "Viele Grüße, Anke",
        "Tel. 0",
        "---------- Forwarded message ---------",
    ]
)


@settings(max_examples=200)
@given(st.lists(_LINES, max_size=25).map("\n".join))
def test_torn_messages(text: str) -> None:
    _read_or_refuse(text.encode())


@settings(max_examples=150)
@given(st.binary(max_size=300), st.integers(0, 3000))
def test_damaged_mails(noise: bytes, at: int) -> None:
    mail = (HERE / "corpus" / "de_exchange_teams.eml").read_bytes()
    _read_or_refuse(mail[:at] + noise + mail[at + len(noise) :])


def _read_or_refuse(data: bytes) -> None:
    try:
        found = read(data)
    except TaktvollError:
        return
    for invitation in found:
        json.dumps(_json(invitation))


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside this checkout")
def test_every_sample_is_read() -> None:
    count = 0
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file():
            for invitation in read(path.read_bytes(), file=path.name):
                json.dumps(_json(invitation))
                for evidence in invitation.evidence.values():
                    text = invitation.texts[evidence.text]
                    assert text[evidence.start : evidence.end] == evidence.quote
            count += 1
    assert count > 400


@pytest.mark.parametrize(
    "piece", ["Ab-", "9.12. 10 Uhr ", "Am 11", "a 1 ", "Frau ", "> a\n", "Ab & "]
)
def test_a_hostile_text_is_read_in_bounded_time(piece: str) -> None:
    """Backtracking shows as minutes, not as milliseconds: the bound is generous on purpose."""
    data, received = (piece * 100_000)[:200_000].encode(), datetime(2026, 11, 23, tzinfo=UTC)
    assert seconds(lambda: read(data, received=received), limit=20) < 20


def test_a_mail_that_is_all_winmail_dat_is_named() -> None:
    data = (
        b"From: jana@example.org\nSubject: Termin\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n%s\n'
        b'--b\nContent-Type: application/ms-tnef; name="winmail.dat"\n'
        b"Content-Transfer-Encoding: base64\n\neJ8+IgAA\n--b--\n"
    )
    with pytest.raises(UnreadableInput, match="winmail_dat"):
        read(data % b"")
    text = "Vorstellungsgespräch am Mittwoch, 9.12.2026, 10 Uhr".encode()
    assert read(data % text)[0].start is not None


@pytest.mark.parametrize("path", sorted((HERE / "found").iterdir()), ids=lambda path: path.stem)
def test_what_fuzzing_found_is_read_at_once(path: Path) -> None:
    data = path.read_bytes()
    assert seconds(lambda: read(data), limit=1) < 1


def test_what_looks_like_no_interview_is_read_as_one_where_somebody_says_so() -> None:
    mail = b"""\
From: Surgery <desk@example.org>
Subject: Your dental check-up
Date: Mon, 23 Nov 2026 10:00:00 +0000

Your dental appointment is on Thursday 3 December at 12:30 with Dr Hale.
"""
    (unasked,) = read(mail, country=Country.GB)
    (wanted,) = read(mail, country=Country.GB, interview=True)
    assert (unasked.kind, unasked.start) == (Kind.OTHER, None)
    assert wanted.kind is Kind.INVITATION
    assert wanted.start is not None and wanted.start.isoformat() == "2026-12-03T12:30:00+00:00"
    for invitation in (unasked, wanted):
        assert [doubt.code for doubt in invitation.doubts] == [DoubtCode.NO_INTERVIEW]
