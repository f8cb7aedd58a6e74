"""Every English letter that can be asked for: whole, true to its facts, and of one spelling."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Any

import pytest

from taktvoll.content.packs import examples, problems
from taktvoll.model import Channel, Country, Draft, Intent, Language, Reason, Tell
from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

COUNTRIES = (Country.GB, Country.US, Country.IE)
THANKS = re.compile(r"\bthank|\bappreciat|\bgrateful", re.I)
SORRY = re.compile(r"\bsorry\b|\bapolog", re.I)
GUSHING = re.compile(
    r"\b(?:thrilled|deeply|incredibl\w+|amazing|dream (?:job|company)|truly|sincerest|"
    r"profound\w*|so much|please forgive|beg|honou?red|excited|delighted|humbl\w+)\b",
    re.I,
)
STIFF = re.compile(
    r"\b(?:hereby|herewith|kindly|esteemed|aforementioned|pursuant|I regret to inform|"
    r"to whom it may concern|please be advised|per our)\b",
    re.I,
)
BRITISH = re.compile(r"\b(?:cancelling|cancelled|organise|apologise|favour|straight away|post)\b")
AMERICAN = re.compile(r"\b(?:canceling|canceled|organize|apologize|favor|right away|résumé)\b")
NO_THANKS = {Intent.LATE, Intent.NUDGE, Intent.INTERVIEWER_ABSENT}
# "because of the bereavement" is what the person chose to tell; a diagnosis is never there
OVERSHARING = re.compile(
    r"\b(?:fever|surgery|hospital|doctor|diagnos\w+|pregnan\w+|divorce|court|salary|"
    r"funeral|depress\w+|boss)\b",
    re.I,
)


def line(intent: Intent, reason: Reason, tell: Tell, **more: Any) -> dict[str, Any]:
    country = more.pop("country", Country.GB)
    context = {
        "name": "Nia Pembrook",
        "company": "Alder & Rowe",
        "contact": "Ms Castell",
        "position": "Grants Officer",
        "start": "2027-03-10T10:30:00",
        "timezone": {
            Country.GB: "Europe/London",
            Country.US: "America/New_York",
            Country.IE: "Europe/Dublin",
        }[country],
        "sender_phone": "555 0100",
    }
    if intent is Intent.ASK_TIME:
        context["until"] = "2027-03-19"
    if intent is Intent.LATE:
        context["eta"] = "2027-03-10T10:50:00"
    context |= more.pop("context", {})
    made = {
        "intent": intent,
        "reason": reason,
        "tell": tell,
        "lang": "en",
        "country": country,
        "formality": "neutral",
        "channel": more.pop("channel", Channel.MAIL),
        "context": {key: value for key, value in context.items() if value is not None},
    }
    return made | more


@cache
def draft(
    intent: Intent, reason: Reason, tell: Tell, country: Country, channel: Channel, seed: str
) -> Draft:
    brief, way, _ = brief_from_line(line(intent, reason, tell, country=country, channel=channel))
    return write(brief, way, seed=seed)


def body(text: str) -> str:
    """The text without salutation, closing and name."""
    return "\n\n".join(text.split("\n\n")[1:-1])


def test_content_has_no_mistakes() -> None:
    assert [str(error) for error in problems(Language.EN)] == []


@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.PAPER])
def test_letters_are_whole_and_measured(intent: Intent, channel: Channel) -> None:
    for reason, tell, country in product(Reason, Tell, COUNTRIES):
        made = draft(intent, reason, tell, country, channel, "a")
        text, where = made.text, (intent, reason, tell, country, made.parts)
        assert not re.search(r"[{}\[\]]|\.\.|  |\bNone\b| [.,?]|,\.", text), (text, where)
        said = body(text)
        thanks, sorry = len(THANKS.findall(said)), len(SORRY.findall(said))
        assert thanks == (0 if intent in NO_THANKS else 1), (text, where)
        assert sorry <= 1, (text, where)
        if intent in (Intent.LATE, Intent.NO_SHOW_APOLOGY):
            assert sorry == 1, (text, where)
        for forbidden in (GUSHING, STIFF, OVERSHARING, re.compile(r"!")):
            assert not forbidden.search(text), (forbidden.search(text), text, where)
        assert 15 <= len(text.split()) <= 120, (len(text.split()), text, where)
        assert text.startswith("Dear M") and text.split("\n")[0].endswith("Castell,"), text
        assert text.endswith("\nNia Pembrook"), where
        for sentence in re.split(r"(?<!a\.m)(?<!p\.m)(?<!Ms)[.?]\s+", said.replace("\n\n", " ")):
            assert sentence[:1].isupper(), (sentence, text, where)


@pytest.mark.parametrize("intent", Intent)
def test_facts_stand_as_they_are(intent: Intent) -> None:
    for country, seed in product(COUNTRIES, "abcdefgh"):
        made = draft(intent, Reason.PRIVATE, Tell.NONE, country, Channel.MAIL, seed)
        text = f"{made.subject}\n{made.text}"
        years = set(re.findall(r"\b20\d\d\b", text))
        assert years <= {"2027"}, text
        for day in re.findall(r"\b(\d+) March|March (\d+)", text):
            assert "".join(day) in {"10", "19"}, text
        for weekday, a, b in re.findall(r"(\w+day),? (?:(\d+) March|March (\d+))", text):
            assert (weekday, a or b) in {("Wednesday", "10"), ("Friday", "19")}, text
        assert set(re.findall(r"\b\d+:\d\d\b", text)) <= {"10:30", "10:50"}, text
        if intent in (Intent.RESCHEDULE, Intent.CANCEL, Intent.ACCEPT, Intent.CHANGE_FORMAT):
            assert "10:30" in text, text
        if intent is Intent.LATE:
            assert "10:50" in text, text
        if intent is Intent.ASK_TIME:
            assert "by Friday" in text, text
        if intent in (Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER):
            assert "Grants Officer" in made.text, text


STATEMENTS = {
    Intent.ACCEPT: r"confirm|will gladly come|will be with you|will be ready",
    Intent.RESCHEDULE: r"(?:cannot|not (?:be )?(?:able|possible)|does not).*(?:date|suit|free)",
    Intent.CHANGE_FORMAT: r"by video|by phone",
    Intent.CANCEL: r"(?:cannot|not (?:be )?(?:able|possible)).*application",
    Intent.WITHDRAW_BEFORE: r"withdraw",
    Intent.WITHDRAW_AFTER: r"withdraw",
    Intent.DECLINE_OFFER: r"not (?:to|be|able to) (?:accept|tak)|declin",
    Intent.ASK_TIME: r"by Friday",
    Intent.LATE: r"late|will not make it",
    Intent.NO_SHOW_APOLOGY: r"missed|not there|did not come",
    Intent.INTERVIEWER_ABSENT: r"not (?:manage|meet)|nobody|the only one|no call",
    Intent.NUDGE: r"reached you|arrived",
    Intent.REOPEN: r"withdr.*(?:open|filled)",
}


@pytest.mark.parametrize("intent", Intent)
def test_the_statement_is_always_there(intent: Intent) -> None:
    for reason, tell, country in product(Reason, Tell, COUNTRIES):
        text = draft(intent, reason, tell, country, Channel.MAIL, "a").text
        assert re.search(STATEMENTS[intent], text, re.S), (reason, tell, text)


def test_a_reason_kept_back_is_kept_back() -> None:
    told = re.compile(
        r"family|health|unwell|illness|another (?:position|job|commitment)|someone close|exam|"
        r"off work|my present|relocat|moving|terms|requirements|personal|private",
        re.I,
    )
    for intent, reason, country in product(Intent, Reason, COUNTRIES):
        text = draft(intent, reason, Tell.NONE, country, Channel.MAIL, "k").text
        assert not told.search(text), (intent, reason, text)


def test_a_reason_told_is_told() -> None:
    told = {
        Reason.OTHER_OFFER: (
            Intent.WITHDRAW_BEFORE,
            r"another (?:position|opportunity)|elsewhere|plans|something else",
        ),
        Reason.ILLNESS: (
            Intent.RESCHEDULE,
            r"unwell|illness|health|\bill\b|not well|sick|come down",
        ),
        Reason.BEREAVEMENT: (Intent.CANCEL, r"lost someone|bereavement|personal|has died|a death"),
        Reason.STAYING: (Intent.DECLINE_OFFER, r"stay|change (?:jobs|of job)"),
        Reason.TRAVEL: (Intent.LATE, r"on the way|route|delays|get(?:ting)? there"),
        Reason.MISTAKE: (Intent.NO_SHOW_APOLOGY, r"mistake|wrong|fault"),
        Reason.CARE: (Intent.CHANGE_FORMAT, r"[Ff]amily"),
        Reason.NO_LEAVE: (Intent.RESCHEDULE, r"[Ww]ork|the day off|time off|spare me"),
    }
    for reason, (intent, words) in told.items():
        for tell, country, seed in product((Tell.FULL, Tell.GENERAL), COUNTRIES, "abcdef"):
            text = draft(intent, reason, tell, country, Channel.MAIL, seed).text
            assert re.search(words, text), (reason, tell, text)


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.SHORT, Channel.PHONE])
def test_british_and_american_never_mix(channel: Channel) -> None:
    for intent, reason, seed in product(Intent, (Reason.NONE, Reason.STAYING), "abcd"):
        british = draft(intent, reason, Tell.FULL, Country.GB, channel, seed)
        american = draft(intent, reason, Tell.FULL, Country.US, channel, seed)
        assert not AMERICAN.search(british.text), british.text
        assert not BRITISH.search(american.text), american.text
        assert not re.search(r"\b(?:Ms|Mr|Dr)\.|a\.m\.|March \d", british.text), british.text
        assert not re.search(r"\bMs \w|\d [ap]m\b|\d March|\breach me on\b", american.text)


def test_a_first_name_is_answered_with_a_first_name() -> None:
    warm = line(
        Intent.CANCEL, Reason.NONE, Tell.NONE, context={"contact": "Jana", "greeting": "hello"}
    )
    brief, channel, _ = brief_from_line(warm)
    for seed in "abcdefgh":
        text = write(brief, channel, seed=seed).text
        assert text.startswith("Hi Jana,"), text
        assert "Sincerely" not in text, text


@pytest.mark.parametrize("typed", ["Ms Doyle and Mr Ng", "Ms. Doyle and Mr. Ng"])
def test_two_people_are_addressed_as_their_country_does(typed: str) -> None:
    for country, expected in (
        (Country.GB, "Ms Doyle and Mr Ng"),
        (Country.US, "Ms. Doyle and Mr. Ng"),
    ):
        pair = line(
            Intent.CANCEL, Reason.NONE, Tell.NONE, country=country, context={"contact": typed}
        )
        assert write(brief_from_line(pair)[0], Channel.MAIL, seed="a").text.startswith(
            f"Dear {expected},"
        )


@pytest.mark.parametrize("intent", Intent)
def test_short_messages_fit(intent: Intent) -> None:
    for reason, tell, country in product(Reason, Tell, COUNTRIES):
        text = draft(intent, reason, tell, country, Channel.SHORT, "s").text
        assert len(text) <= 320, text
        assert not re.search(r"[{}]|\.\.|  ", text), text
        assert len(THANKS.findall(text)) <= 1, text
        assert len(SORRY.findall(text)) <= 1, text
        assert text.endswith("Nia Pembrook"), text


@pytest.mark.parametrize("intent", Intent)
def test_phone_scripts_answer_three_questions(intent: Intent) -> None:
    for reason, tell in product(Reason, (Tell.FULL, Tell.NONE)):
        text = draft(intent, reason, tell, Country.GB, Channel.PHONE, "p").text
        blocks = text.split("\n\n")
        assert len(blocks) == 5, text
        assert blocks[2].count("\n– ") == 6, text
        assert "555 0100" in blocks[3], text
        assert "____" in blocks[4], text
        assert not re.search(r"[{}]|\.\.|  ", text), text


@pytest.mark.parametrize("intent", Intent)
def test_little_is_known_and_a_letter_stands_all_the_same(intent: Intent) -> None:
    bare: dict[str, Any] = dict.fromkeys(("contact", "position", "sender_phone", "company"))
    if intent is not Intent.ACCEPT:
        bare |= {"start": None, "company": "Alder & Rowe"}
    for channel, country, seed in product(
        (Channel.MAIL, Channel.PAPER, Channel.SHORT, Channel.PHONE), COUNTRIES, "ab"
    ):
        asked = line(intent, Reason.NONE, Tell.NONE, country=country, channel=channel, context=bare)
        text = write(brief_from_line(asked)[0], channel, seed=seed).text
        assert not re.search(r"[{}]|\.\.|  |\bNone\b", text), text


def test_phrasings_differ() -> None:
    for intent in (Intent.RESCHEDULE, Intent.CANCEL, Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER):
        texts = {
            draft(intent, Reason.NONE, Tell.NONE, Country.GB, Channel.MAIL, str(seed)).text
            for seed in range(30)
        }
        assert len(texts) >= 12, (intent, len(texts))


def test_each_intent_has_an_example_that_can_be_written() -> None:
    shown = examples(Language.EN)
    assert {entry["intent"] for entry in shown} == {intent.value for intent in Intent}
    for entry in shown:
        brief, channel, seed = brief_from_line(entry)
        assert write(brief, channel, seed=seed).text
