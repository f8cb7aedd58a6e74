"""The catalogues: complete in both languages, with the same slots and all that is asked for."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from taktvoll.follow.belonging import Link
from taktvoll.messages import has, say
from taktvoll.model import (
    DoubtCode,
    Intent,
    Kind,
    Language,
    Option,
    Reason,
    ReplyClass,
    Sureness,
)

SOURCE = Path(__file__).parents[1] / "src" / "taktvoll"


def _catalogue(language: Language) -> dict[str, str]:
    path = SOURCE / "locale" / language.value / "LC_MESSAGES" / "taktvoll.po"
    with path.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def _slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things_with_the_same_slots() -> None:
    german, english = _catalogue(Language.DE), _catalogue(Language.EN)
    assert german.keys() == english.keys()
    for key in german:
        assert german[key].strip(), key
        assert english[key].strip(), key
        assert _slots(german[key]) == _slots(english[key]), key


def test_no_key_stands_twice() -> None:
    for language in Language:
        text = (SOURCE / "locale" / language.value / "LC_MESSAGES" / "taktvoll.po").read_text()
        keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
        assert sorted(set(keys)) == sorted(keys)


def test_every_error_that_is_raised_has_its_sentence() -> None:
    raised = re.compile(
        r"(?:TaktvollError|UnreadableInput|WrongUse|Refused|ContentError|\.error)\(\s*\"(\w+)\""
    )
    codes = {
        (code, path.name)
        for path in SOURCE.rglob("*.py")
        for code in raised.findall(path.read_text("utf-8"))
    }
    assert len(codes) > 10
    missing = [code for code in codes if not has(f"error.{code[0]}", Language.DE)]
    assert missing == []


def test_every_outcome_of_the_edges_has_its_sentence() -> None:
    named = re.compile(
        r"Outcome\.\w+\(\s*\"(\w+)\"|or_else=\"(\w+)\"|: \"((?:login|message|certificate)_\w+)\","
    )
    codes = {
        code
        for path in (SOURCE / "edges").glob("*.py")
        for groups in named.findall(path.read_text("utf-8"))
        for code in groups
        if code
    }
    assert len(codes) > 30
    assert [code for code in codes if not has(f"outcome.{code}", Language.DE)] == []


def test_every_sentence_that_is_asked_for_is_there() -> None:
    asked = re.compile(r"\bsay\(\s*\"([a-z_.]+)\"")
    keys = {
        (key, path.name)
        for path in SOURCE.rglob("*.py")
        for key in asked.findall(path.read_text("utf-8"))
    }
    assert len(keys) > 20
    assert [key for key in keys if not has(key[0], Language.DE)] == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "key",
    [f"kind.{each}" for each in Kind]
    + [f"doubt.{each}" for each in DoubtCode]
    + [f"intent.{each}" for each in Intent]
    + [f"intent.{each}.when" for each in Intent]
    + [f"reason.{each}" for each in Reason]
    + [f"option.{each}" for each in Option]
    + [f"sure.{each}" for each in Sureness]
    + [f"reply.{each}" for each in ReplyClass]
    + [f"reply.belongs.{each.name.lower()}" for each in Link],
)
def test_every_word_of_the_closed_lists_has_a_name(language: Language, key: str) -> None:
    assert has(key, language)


def test_every_reason_for_a_reply_is_worded() -> None:
    named = re.compile(r"\"(reply\.(?:why|belongs)\.[a-z_]+)\"")
    keys = {key for path in SOURCE.rglob("follow/*.py") for key in named.findall(path.read_text())}
    reported = {f"reply.why.{key}_unnamed" for key in ("failed", "failed_for_now", "delayed")}
    assert len(keys) > 25
    assert [key for key in keys | reported if not has(key, Language.DE)] == []


def test_german_addresses_the_person_with_du() -> None:
    formal = re.compile(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b")
    # sentences about the employer's people may hold "Sie" at their start; sayings for the phone
    # speak to the employer, the example of an invitation is written by one
    for key, sentence in _catalogue(Language.DE).items():
        if not key.startswith(
            ("write.", "check.", "send.comment", "follow.say", "decide.say", "web.example")
        ):
            hits = [hit for hit in formal.findall(sentence) if hit != "Sie"]
            assert not hits, (key, sentence)


def test_the_values_fill_the_slots() -> None:
    sentence = say("error.file_not_found", Language.DE, file="a.eml")
    assert "a.eml" in sentence
    assert "{" not in sentence
