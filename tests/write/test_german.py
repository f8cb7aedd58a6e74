"""German letters: every intent, reason, way of telling, register, country and channel."""

import re
from itertools import product

import pytest

from taktvoll.model import Channel, Country, Intent, Reason, Tell
from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

CONTEXT = {
    "name": "Mira Sandner",
    "company": "Muster GmbH",
    "contact": "Frau Dr. Weiß",
    "position": "Disponentin",
    "start": "2026-12-09T10:00:00+01:00",
    "timezone": "Europe/Berlin",
    "sender_phone": "0151 23456789",
    "until": "2026-12-18",
    "eta": "2026-12-09T10:20:00+01:00",
}
LETTERS = (Channel.MAIL, Channel.PAPER)
GERMAN = (Country.DE, Country.AT, Country.CH)
NO_THANKS = {Intent.LATE, Intent.NUDGE, Intent.INTERVIEWER_ABSENT}
STATEMENTS = {
    Intent.ACCEPT: r"[Gg]ern",
    Intent.RESCHEDULE: r"nicht (?:kommen|einhalten|wahrnehmen|teilnehmen|möglich)|verhindert",
    Intent.CHANGE_FORMAT: r"per Video oder telefonisch",
    Intent.CANCEL: r"absagen|sage (?:den Termin|ihn)",
    Intent.WITHDRAW_BEFORE: r"zurück(?:zuziehen|ziehen)?\b",
    Intent.WITHDRAW_AFTER: r"zurück(?:zuziehen|ziehen)?\b",
    Intent.DECLINE_OFFER: r"nicht an(?:zu)?(?:nehmen)?\b|sage \w+ .*ab\b|annehmen|absagen",
    Intent.ASK_TIME: r"18\. Dezember",
    Intent.LATE: r"10[:.]20 Uhr",
    Intent.NO_SHOW_APOLOGY: r"versäumt|nicht gekommen|verpasst|nicht da",
    Intent.INTERVIEWER_ABSENT: r"niemand|erreichbar|erreichen",
    Intent.NUDGE: r"geschrieben|Nachricht",
    Intent.REOPEN: r"zurückgezogen",
}
FORBIDDEN = re.compile(
    r"stornier|Interview|hiermit|zeitnah|diesbezüglich|verbleibe|Symptom|Diagnose|bitte verzeih"
    r"|unendlich|zutiefst|in eine andere Richtung|canceln",
    re.IGNORECASE,
)
THANKS = re.compile(r"\b(?:\w+en )?[Dd]ank(?:e|bar|es)?\b")
APOLOGY = re.compile(r"leid\b|ntschuldig|verzeih")


def line(**changes):
    context = CONTEXT | changes.pop("context", {})
    return {
        "id": "a",
        "seed": "a",
        "intent": "cancel",
        "lang": "de",
        "country": "DE",
        "formality": "sie",
        "channel": "mail",
        "context": {key: value for key, value in context.items() if value is not None},
    } | changes


def letter(**changes):
    brief, channel, seed = brief_from_line(line(**changes))
    return write(brief, channel, seed=seed)


def is_sound(text: str) -> None:
    assert not re.search(r"[{}]|  | [,.;:?!]|None|\.\.|,,|\bTT\b", text), text
    assert not re.search(r"[.?!] [a-zäöü]", text.replace("e. V.", "")), text
    assert not FORBIDDEN.search(text), text


@pytest.mark.parametrize(("country", "formality"), list(product(GERMAN, ("sie", "du"))))
@pytest.mark.parametrize("intent", Intent)
def test_every_letter(intent, country, formality):
    for number, (reason, tell) in enumerate(product(Reason, Tell)):
        channel = LETTERS[number % 2]
        draft = letter(
            intent=intent,
            reason=reason,
            tell=tell,
            country=country,
            formality=formality,
            channel=channel,
            seed=f"{reason}{tell}",
        )
        text = draft.text
        is_sound(text)
        salutation, *body, end = text.split("\n\n")
        assert re.search(STATEMENTS[intent], " ".join(body)), text
        assert end.split("\n")[-1] == "Mira Sandner"
        assert 15 <= len(text.split()) <= 120, text
        assert len(THANKS.findall(text)) <= 1, text
        assert len(APOLOGY.findall(text)) <= 1, text
        if intent not in NO_THANKS:
            assert THANKS.search(text), text
        if intent in (Intent.LATE, Intent.NO_SHOW_APOLOGY):
            assert APOLOGY.search(text), text
        if intent is Intent.CANCEL:
            assert "Bewerbung als Disponentin" in text
        if intent in (Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER):
            assert "Disponentin" in text
        if intent is Intent.RESCHEDULE:
            assert "0151 23456789" in text
        if formality == "sie":
            assert not re.search(r"\b(?:du|dir|dich|euch|eure?[mnr]?|ihr)\b", text), text
        else:
            assert not re.search(
                r"\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b(?! erreicht| habt| erinnert)", text
            ), text
        if country == Country.CH:
            assert not salutation.endswith(",")
            assert body[0][0].isupper()
            assert "ß" not in text.replace("Weiß", "")
            assert "10:00" not in text
        else:
            assert salutation.endswith(",")
            assert body[0][0].islower() or body[0].startswith(("Sie ", "Ihr"))
        if tell is Tell.NONE or reason is Reason.NONE:
            assert not any(part.startswith("reason.") for part in draft.parts)


@pytest.mark.parametrize("formality", ["sie", "du"])
@pytest.mark.parametrize("intent", Intent)
def test_every_short_message_and_script(intent, formality):
    for number, (reason, tell) in enumerate(product(Reason, Tell)):
        country = GERMAN[number % 3]
        changes = {"intent": intent, "reason": reason, "tell": tell}
        changes |= {"country": country, "formality": formality}
        short = letter(channel="short", **changes).text
        is_sound(short)
        assert len(short) <= 320
        assert short.endswith("Mira Sandner")
        script = letter(channel="phone", **changes).text
        is_sound(script)
        assert script.count("– ") == 8, script  # "Worum geht es?" and three more questions
        assert script.split("\n")[-1].startswith("Notiere dir")
        assert ("„" in script) is (country is not Country.CH)


@pytest.mark.parametrize("formality", ["sie", "du"])
@pytest.mark.parametrize("intent", sorted(set(Intent) - {Intent.ACCEPT}))
@pytest.mark.parametrize(
    "missing",
    [
        ("contact",),
        ("position",),
        ("start",),
        ("start", "position"),
        ("sender_phone",),
        ("start", "position", "contact", "sender_phone"),
    ],
)
def test_unknown_facts_leave_no_gap(intent, formality, missing):
    for channel, reason in product(
        ("mail", "short", "phone"), (Reason.NONE, Reason.ILLNESS, Reason.STAYING)
    ):
        text = letter(
            intent=intent,
            reason=reason,
            channel=channel,
            formality=formality,
            context=dict.fromkeys(missing),
        ).text
        is_sound(text)


@pytest.mark.parametrize("country", GERMAN)
@pytest.mark.parametrize(
    "intent", [Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER, Intent.DECLINE_OFFER]
)
def test_a_signed_contract_is_asked_to_be_undone(intent, country):
    draft = letter(
        intent=intent, country=country, channel="paper", duties={"contract": "yes"}, reason="care"
    )
    is_sound(draft.text)
    assert "einvernehmlich" in draft.text
    assert "Bewerbung" not in draft.text
    assert "Arbeitsvertrag" in draft.subject


def test_documents_are_deleted_only_where_asked_for():
    asked = letter(intent="withdraw_before", duties={"delete_data": "yes"}).text
    assert "Unterlagen" in asked
    assert "DSGVO" not in asked
    assert "lösch" not in letter(intent="withdraw_before", duties={"delete_data": "no"}).text


def test_the_own_sentence_stands_literally_in_its_own_paragraph():
    sentence = "ihren Podcast {höre} ich <gern> 🙂"
    for intent in Intent:
        paragraphs = letter(intent=intent, sentence=sentence).text.split("\n\n")
        assert sentence + "." in paragraphs


def test_a_second_appointment_is_cancelled_with_the_withdrawal():
    text = letter(intent="withdraw_after", now="2026-12-01T09:00:00+01:00").text
    assert "9. Dezember" in text


def test_short_notice_gets_one_apology_and_the_day_its_word():
    text = letter(intent="reschedule", reason="illness", now="2026-12-09T07:00:00+01:00").text
    assert "heute um 10 Uhr" in text
    assert len(APOLOGY.findall(text)) == 1
