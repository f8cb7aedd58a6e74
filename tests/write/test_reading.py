"""What the matrix is read with finds what is planted into a sound letter."""

from dataclasses import replace

import pytest
from tests.write import spelling
from tests.write.reading import faults, without_facts

from taktvoll.model import Channel, Draft
from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

LINE = {
    "intent": "withdraw_before",
    "now": "2026-12-01T10:00",
    "seed": "x",
    "context": {
        "name": "Mira Sandner",
        "contact": "Frau Weiß",
        "position": "Disponentin",
        "start": "2026-12-09T10:00",
    },
}


def sound(**changes: object) -> tuple:
    brief, channel, seed = brief_from_line({**LINE, **changes})
    return brief, write(brief, channel, seed=seed)


def planted(draft: Draft, old: str, new: str) -> Draft:
    assert old in draft.text
    return replace(draft, text=draft.text.replace(old, new, 1))


def test_a_sound_letter_has_no_fault():
    for channel in (Channel.MAIL, Channel.SHORT, Channel.PHONE):
        assert list(faults(*sound(channel=channel))) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Bewerbung", "{application}", "slot"),
        ("Bewerbung", "Bewerbung ", "space"),
        (".", "..", "marks"),
        ("9. Dezember", "10. Dezember", "a figure from nowhere"),
        ("10:00", "11:00", "a figure from nowhere"),
        ("Mit freundlichen", "Danke und nochmals danke. Mit freundlichen", "two thanks"),
        ("Mit freundlichen", "Tut mir leid, tut mir leid. Mit freundlichen", "two apologies"),
        ("Mira Sandner", "Mira Sander", "no name"),
        ("Sehr geehrte Frau", "Sehr geehrter Frau", "salutation"),
        ("Sehr geehrte Frau Weiß,", "Sehr geehrte Frau Weiß", "salutation"),
        ("Grüßen", "Grüßen,", "closing"),
        ("Mit freundlichen", "Mitteilung, Mitteilen. Mit freundlichen", "echo"),
    ],
)
def test_what_is_planted_is_found(old, new, fault):
    brief, draft = sound()
    found = list(faults(brief, planted(draft, old, new)))
    assert any(each.startswith(fault) for each in found), found


def test_no_thanks_and_too_long_a_message_are_found():
    brief, draft = sound()
    bare = replace(draft, text=draft.text.replace("Dank", "Gruß").replace("dank", "grüß"))
    assert "no thanks" in list(faults(brief, bare))
    brief, short = sound(channel="short")
    wordy = replace(draft, text=draft.text.replace("\n\nMit", " Wort." * 150 + "\n\nMit"))
    assert any(fault.endswith(" words") for fault in faults(brief, wordy))
    long = replace(short, text=short.text + " und noch ein Wort" * 20)
    assert any("characters" in fault for fault in faults(brief, long))


def test_sharp_s_is_found_in_switzerland_but_in_names():
    brief, draft = sound(country="CH")
    assert "Frau Weiß" in draft.text
    assert list(faults(brief, draft)) == []
    assert "ß in Switzerland" in list(faults(brief, planted(draft, "Grüsse", "Grüße")))


@pytest.mark.skipif(not spelling.available(), reason="the dictionaries are not installed")
def test_a_misspelled_word_is_found_and_the_country_counts():
    brief, draft = sound()
    wrong = planted(draft, "Bewerbung", "Bewerbnug").text
    assert list(spelling.unknown_words(brief, without_facts(brief, wrong))) == ["Bewerbnug"]
    swiss, _ = sound(country="CH")
    assert list(spelling.unknown_words(swiss, "Grüße")) == ["Grüße"]
    assert list(spelling.unknown_words(swiss, "Grüsse")) == []
