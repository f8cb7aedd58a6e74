"""Every REQUEST that real calendars sent, through the whole main job.

Runs over the samples beside the checkout and skips where they are not there. Most lie in the past
and are no interviews: the moment and the intent are given.
"""

from __future__ import annotations

import csv
import email
import email.policy
import json
from collections.abc import Iterator
from pathlib import Path

import fast_mail_parser
import pytest
from icalendar import Calendar

from taktvoll.cli import run
from taktvoll.formats.mime import parse_mail
from taktvoll.wire import desk

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside this checkout"),
]

# RFC 5546 §3.2.3: what a REPLY holds exactly once, and what it may hold at most once.
ONCE = ("ATTENDEE", "DTSTAMP", "ORGANIZER", "UID")
AT_MOST_ONCE = ("RECURRENCE-ID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "SUMMARY", "COMMENT")
NEVER = ("VALARM", "VFREEBUSY", "VTODO", "VJOURNAL")


def requests() -> Iterator[Path]:
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            if "REQUEST" in row["kind"]:
                yield SAMPLES / row["path"]


def test_every_request_gets_a_complete_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAKTVOLL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TAKTVOLL_LANG", "en")
    refusals: dict[str, str] = {}
    replies = complete = 0
    paths = list(requests())
    for number, path in enumerate(paths):
        out = tmp_path / str(number)
        code = run(
            ["answer", str(path), "--intent", "cancel", "--reason", "private",
             "--name", "Robin Test", "--now", "2001-01-01T09:00+00:00", "--out", str(out)],
            desk,
            _no_page,
        )  # fmt: skip
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        if code == 2:
            refusals[path.name] = said.err.strip()
            continue
        complete += _is_complete(out)
        if (out / "answer.ics").exists():
            replies += 1
            _holds_the_reply_table((out / "answer.ics").read_bytes(), _calendars(path))
    with capsys.disabled():
        print(f"\n{len(paths)} requests: {complete} complete, {replies} with a calendar answer")
        for name, reason in refusals.items():
            print(f"  refused {name}: {reason}")
    assert len(paths) == 93
    assert complete >= 85
    assert complete + len(refusals) == len(paths)
    assert replies >= 40


def _no_page(*_: object) -> int:
    raise AssertionError("no page was asked for")


def _is_complete(out: Path) -> bool:
    raw = (out / "message.eml").read_bytes()
    letter = (out / "message.txt").read_text("utf-8")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    other = fast_mail_parser.parse_email(raw)
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == letter.split()
    assert other.subject == message["Subject"]
    assert "".join(other.text_plain).split() == letter.split()
    assert not message.defects
    assert "{" not in letter
    assert letter.rstrip().endswith("Robin Test")
    assert json.loads((out / "next.json").read_text("utf-8"))["steps"]
    assert (out / "phone.txt").stat().st_size > 100
    return True


def _calendars(path: Path) -> str:
    raw = path.read_bytes()
    return "\n".join(parse_mail(raw).calendars) or raw.decode("utf-8", "replace")


def _holds_the_reply_table(ics: bytes, invited: str) -> None:
    calendar = Calendar.from_ical(ics)
    assert calendar["METHOD"] == "REPLY"
    (event,) = calendar.walk("VEVENT")
    for name in ONCE:
        assert name in event, name
        assert not isinstance(event[name], list), name
    for name in AT_MOST_ONCE:
        assert not isinstance(event.get(name), list), name
    assert not [part for kind in NEVER for part in calendar.walk(kind)]
    assert event["ATTENDEE"].params["PARTSTAT"] == "DECLINED"
    zones = {part["TZID"] for part in calendar.walk("VTIMEZONE")}
    named = {
        value.params["TZID"]
        for value in (event.get("DTSTART"), event.get("RECURRENCE-ID"))
        if value is not None and "TZID" in value.params
    }
    # a zone that the invitation itself does not define cannot be defined by an answer
    for name in named - zones:
        _, _, definition = invited.partition(f"TZID:{name}\n")
        assert "BEGIN:STANDARD" not in definition.partition("END:VTIMEZONE")[0]
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
