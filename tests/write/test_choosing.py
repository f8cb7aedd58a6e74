"""The same inputs give the same letter; what is kept stays; facts go through literally."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from taktvoll.content.packs import REASON_FORMS, pack
from taktvoll.content.starters import starter
from taktvoll.errors import MissingFacts, WrongUse
from taktvoll.model import Channel, Intent, Language, Reason, Thread
from taktvoll.write import missing_facts, write
from taktvoll.write.examples import example_brief, with_gaps
from taktvoll.write.lines import brief_from_line, line_out

BRIEF = example_brief(Intent.RESCHEDULE, Language.DE)
PART = '[[part]]\nid = "{id}"\ntext = "{text}"\nwhen = {{ intent = ["reschedule"] }}\n'


def overlay_with(tmp_path: Path, entries: str) -> Path:
    folder = tmp_path / "de" / "parts"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text('kind = "decision"\n' + entries, encoding="utf-8")
    return tmp_path


def test_the_same_letter_in_another_process():
    here = {
        intent: write(example_brief(intent, Language.DE), Channel.MAIL, seed="x").text
        for intent in Intent
    }
    there = subprocess.run(
        [
            sys.executable,
            "-c",
            "import json; from taktvoll.model import *; from taktvoll.write import write;"
            "from taktvoll.write.examples import example_brief as e;"
            "print(json.dumps({i: write(e(i, Language.DE), Channel.MAIL, seed='x').text"
            " for i in Intent}))",
        ],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": "src", "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"},
    )
    assert json.loads(there.stdout) == here


def test_variants_differ():
    texts = [write(BRIEF, Channel.MAIL, seed="x", variant=n).text for n in range(3)]
    assert len(set(texts)) == 3


def test_kept_parts_give_the_same_letter_under_another_seed():
    for intent in Intent:
        brief = example_brief(intent, Language.DE)
        for channel in (Channel.MAIL, Channel.SHORT, Channel.PHONE):
            first = write(brief, channel, seed="x")
            assert write(brief, channel, seed="other", variant=5, keep=first.parts) == first


def test_new_content_changes_no_kept_letter_and_few_others(tmp_path):
    entries = PART.format(id="decision.own", text="da kann ich leider nicht kommen.")
    overlay = overlay_with(tmp_path, entries)
    changed = 0
    for number in range(60):
        before = write(BRIEF, Channel.MAIL, seed=str(number))
        changed += before.text != write(BRIEF, Channel.MAIL, seed=str(number), overlay=overlay).text
        kept = write(BRIEF, Channel.MAIL, seed="z", keep=before.parts, overlay=overlay)
        assert kept.text == before.text
    assert 0 < changed < 35


@pytest.mark.parametrize("language", Language)
def test_a_new_part_of_every_kind_changes_no_letter_of_a_case(language, tmp_path):
    before = {
        (intent, channel): write(example_brief(intent, language), channel, seed="x")
        for intent in Intent
        for channel in (Channel.MAIL, Channel.SHORT, Channel.PHONE)
    }
    for kind in {part.kind for part in pack(language).parts.values()} - set(REASON_FORMS.values()):
        starter("part", kind, language, tmp_path)
    for reason in set(Reason) - {Reason.NONE}:
        starter("reason", reason, language, tmp_path)
    assert len(pack(language, tmp_path).parts) > len(pack(language).parts) + 30
    for (intent, channel), draft in before.items():
        brief = example_brief(intent, language)
        kept = write(brief, channel, seed="y", keep=draft.parts, overlay=tmp_path)
        assert kept == draft


def test_an_own_part_replaces_the_built_in_one_of_its_id(tmp_path):
    ids = [
        "kommen",
        "einhalten",
        "verhindert",
        "teilnehmen",
        "by_wahrnehmen",
        "by_verhindert",
    ]
    entries = "".join(
        PART.format(id=f"decision.reschedule.{name}", text="da kann ich nun nicht kommen.")
        for name in ids
    )
    draft = write(BRIEF, Channel.MAIL, seed="x", overlay=overlay_with(tmp_path, entries))
    assert "Da kann ich nun nicht kommen." in draft.text


@pytest.mark.parametrize(
    ("intent", "changes", "missing"),
    [
        ("cancel", {"name": " "}, ("sender_name",)),
        ("cancel", {"start": None, "position": None, "company": None}, ("appointment",)),
        ("accept", {"start": None}, ("start",)),
        ("late", {"eta": None, "sender_phone": None}, ("eta",)),
        ("late", {"eta": None}, ()),
        ("ask_time", {"until": None, "eta": None}, ("until",)),
        ("reschedule", {}, ()),
    ],
)
def test_missing_facts_are_asked_for(intent, changes, missing):
    context = {
        "name": "Mira Sandner",
        "company": "Muster GmbH",
        "position": "Disponentin",
        "start": "2026-12-09T10:00:00+01:00",
        "eta": "2026-12-09T10:20:00+01:00",
        "sender_phone": "0151 1",
    } | changes
    brief, channel, seed = brief_from_line({"intent": intent, "seed": "a", "context": context})
    assert missing_facts(brief, channel) == missing
    if missing:
        with pytest.raises(MissingFacts) as raised:
            write(brief, channel, seed=seed)
        assert raised.value.facts == missing


def test_a_booking_link_has_no_letter():
    with pytest.raises(WrongUse):
        write(BRIEF, Channel.BOOKING_LINK, seed="x")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Einladung zum Gespräch", "Re: Einladung zum Gespräch"),
        ("AW: Ihre Bewerbung", "AW: Ihre Bewerbung"),
        ("Re:  Ihre\r\n Bewerbung", "Re: Ihre Bewerbung"),
    ],
)
def test_in_a_thread_the_subject_stays(subject, expected):
    thread = Thread(message_id="<1@example.org>", subject=subject)
    brief = replace(BRIEF, invitation=replace(BRIEF.invitation, thread=thread))
    assert write(brief, Channel.MAIL, seed="x").subject == expected
    assert write(brief, Channel.PAPER, seed="x").subject.startswith("Bitte um")


def test_the_reference_number_stands_in_the_subject():
    brief = replace(BRIEF, invitation=replace(BRIEF.invitation, reference="K-2026-117"))
    assert write(brief, Channel.MAIL, seed="x").subject.endswith("(Referenz K-2026-117)")


def test_a_template_shows_named_gaps_and_the_same_parts():
    for language in Language:
        for intent in Intent:
            gaps, filled = with_gaps(example_brief(intent, language), Channel.MAIL)
            assert gaps.parts == filled.parts
            assert "[" in gaps.text
            assert "[" not in filled.text


@pytest.mark.parametrize(
    "line",
    [
        {"intent": "flee"},
        {"intent": "cancel", "context": []},
        {"intent": "cancel", "context": {"start": "soon"}},
        {"intent": "cancel", "context": {"timezone": "Mars/Base"}},
        {"intent": "cancel", "context": {"slots": "Monday"}},
        {"intent": "cancel", "duties": {"tax": "yes"}},
        {},
    ],
)
def test_a_wrong_line_is_one_error(line):
    with pytest.raises(WrongUse):
        brief_from_line(line)


def test_a_line_goes_in_and_out():
    brief, channel, seed = brief_from_line(
        {
            "id": 7,
            "seed": 7,
            "intent": "withdraw_before",
            "context": {"name": "Mira Sandner", "position": "Disponentin", "contact": "Herr Aydın"},
        }
    )
    out = line_out(7, write(brief, channel, seed=seed))
    assert out["id"] == 7
    assert out["text"].startswith("Sehr geehrter Herr Aydın,")
    assert set(out) == {"id", "subject", "text", "parts"}
