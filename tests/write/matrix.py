"""Every letter that can be asked for: the cells of the whole matrix, as lines of ``write --jsonl``.

Intent, reason, how much of it is told, manner, country, recipient and channel are crossed in full.
What a case brings besides (the day, the firm, the position, times to offer …) goes round in steps
of its own, so that every combination of two of them comes up somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from taktvoll.model import Channel, Intent, Reason, Situation, Tell

Line = dict[str, Any]
Voice = tuple[str, str, str, tuple[Line, ...]]  # language, country, formality, recipients

NOW = "2026-12-01T14:10"

_LETTERS = (Channel.MAIL, Channel.PAPER)  # said alike, and taken in turn
_CHANNELS = (None, Channel.SHORT, Channel.PHONE)
_TOLD = (
    (Reason.NONE, Tell.NONE),
    *((reason, tell) for reason in Reason if reason is not Reason.NONE for tell in Tell),
)
_BEHIND = frozenset(
    {Intent.NO_SHOW_APOLOGY, Intent.INTERVIEWER_ABSENT, Intent.DECLINE_OFFER, Intent.ASK_TIME}
    | {Intent.REOPEN}
)

_GERMAN_SIE: tuple[Line, ...] = (
    {"contact": "Frau Amsel"},
    {"contact": "Herr Prof. Dr. Aydın"},
    {"contact": "Frau Mag. Huber-Weiß"},
    {"contact": {"name": "Alex Müller"}},
    {},
    {"contact": {"name": "Frau Krüger und Herr Lenz"}},
    {"contact": {"name": "Jana Sandner", "gender": "female"}, "greeting": "dear"},
    {"contact": {"name": "Jana"}, "greeting": "hello"},
    {"greeting": "good_day"},
)
_GERMAN_DU: tuple[Line, ...] = (
    {"contact": {"name": "Jana Voss", "gender": "female"}},
    {"contact": {"name": "Emre"}, "greeting": "dear"},
    {},
    {"contact": "Herr Lenz"},
    {"contact": {"name": "Jana und Emre"}},
)
_ENGLISH: tuple[Line, ...] = (
    {"contact": "Ms Whitfield"},
    {"contact": "Prof. Aidan O'Brien"},
    {"contact": {"name": "Sam Carter"}},
    {},
    {"contact": {"name": "Ms Doyle and Mr Ng"}},
    {"contact": {"name": "Priya Shah", "gender": "female"}, "greeting": "hello"},
)
_VOICES: tuple[Voice, ...] = (
    *(("de", country, "sie", _GERMAN_SIE) for country in ("DE", "AT", "CH")),
    *(("de", country, "du", _GERMAN_DU) for country in ("DE", "AT", "CH")),
    *(("en", country, "neutral", _ENGLISH) for country in ("GB", "US", "IE")),
)

_SITUATIONS = (
    (Situation.HEADHUNTER, "Halden Logistik GmbH"),
    (Situation.HEADHUNTER, "yes"),
    (Situation.INTERNAL, "yes"),
    (Situation.ONE_OF_TWO, "Head of Finance"),
    (Situation.ONE_OF_TWO, "yes"),
    (Situation.MOVED_BEFORE, "2"),
    (Situation.MOVED_BEFORE, "yes"),
    (Situation.APPRENTICE, "yes"),
    (Situation.PARENT_CALLS, "Petra Nolan"),
    (Situation.PARENT_CALLS, "yes"),
)

_ZONES = {
    "DE": "Europe/Berlin",
    "AT": "Europe/Vienna",
    "CH": "Europe/Zurich",
    "GB": "Europe/London",
    "US": "America/New_York",
    "IE": "Europe/Dublin",
}

# What goes round. Lengths without a common divisor, so that all pairs meet.
_JOBS: Mapping[str, tuple[Line, ...]] = {
    "de": (
        {"position": "Disponentin (m/w/d)", "company": "Halden Logistik GmbH"},
        {"position": "Ausbildung zur Kauffrau für Büromanagement", "company": "Stadt Lüneburg"},
        {"position": "Pflegefachkraft im Nachtdienst", "company": "Klinikum Nordheide"},
        {"position": "Leitung Finanzen", "company": "Weber & Söhne"},
        {"company": "Institut für Polarforschung"},
        {"position": "Praktikum im Marketing", "company": "Verein Lebensmut e.V."},
        {"position": "Softwareentwickler"},
    ),
    "en": (
        {"position": "Grants Officer", "company": "Northfield Council"},
        {"position": "Software Engineer (m/f/d)", "company": "Quayside Ltd"},
        {"position": "Summer Internship", "company": "Bell & Daughters Inc."},
        {"position": "Night-Shift Nurse", "company": "St Brigid's Hospital"},
        {"company": "Harbour Trust"},
        {"position": "Administrative Assistant II"},
        {"position": "Apprenticeship in Carpentry", "company": "Oak and Ash"},
    ),
}
# On the employer's clock; the letters are written on NOW, a Tuesday.
_AHEAD = (
    "2026-12-09T14:30",
    "2026-12-02T10:00",
    "2026-12-01T16:15",
    "2027-06-18T09:00",
    "2026-12-16",
)
_AGO = ("2026-11-26T10:00", "2026-11-30T15:30", "2026-12-01T09:00", "2026-11-19")
_OFFERS: tuple[tuple[tuple[int, str, str | None], ...], ...] = (  # days after the appointment
    (),
    ((1, "T09:00", None),),
    ((1, "T10:00", "T12:00"), (1, "T14:00", None), (2, "T09:00", None)),
    ((5, "", None), (6, "", None)),
    (),
)
_FORMATS = (None, "onsite", "video", "phone")
_OWN: Mapping[str, tuple[Line, ...]] = {
    "sie": (
        {"about": "Ihr neuer Schichtplan"},
        {"about": "wie Sie neue Leute einarbeiten"},
        {},
        {"about": "die Führung durch die Werkstatt", "location": "Hafenweg 12, Hamburg"},
        {},
        {"location": "Zoom"},
    ),
    "du": (
        {"about": "euer neuer Schichtplan"},
        {"about": "wie ihr neue Leute einarbeitet"},
        {},
        {"about": "die Führung durch die Werkstatt", "location": "Hafenweg 12, Hamburg"},
        {},
        {"location": "Zoom"},
    ),
    "neutral": (
        {"about": "the new control room"},
        {"about": "how you train new people"},
        {},
        {"about": "the tour of the workshop", "location": "12 Quay Street, Leeds"},
        {},
        {"location": "Zoom"},
    ),
}
_REACHED = ("0151 23456789", "0151 23456789", None)
_ASKED_FOR = ({}, {}, {"delete_data": "yes"}, {}, {"travel_costs": "yes"}, {}, {"contract": "yes"})
_SENTENCES: Mapping[str, tuple[str | None, ...]] = {
    "sie": (None, None, "Die Führung durch Ihr Haus hat mich beeindruckt", None, None),
    "du": (None, None, "Die Führung durch euer Haus hat mich beeindruckt", None, None),
    "neutral": (None, None, "I have followed your newsletter for years", None, None),
}


def cells() -> Iterator[Line]:
    """All lines of the matrix, each with an id that says what it is."""
    turn = 0
    for voice in _VOICES:
        for *asked, (number, recipient) in product(Intent, _TOLD, _CHANNELS, enumerate(voice[3])):
            turn += 1
            yield _cell(turn, voice, f"r{number}", recipient, *asked)
        for *asked, (name, word) in product(Intent, _TOLD[::9], _CHANNELS, _SITUATIONS):
            turn += 1
            recipient = voice[3][turn % len(voice[3])]
            called = f"{name}-plain" if word == "yes" else name
            yield _cell(turn, voice, called, recipient, *asked) | {"situations": {name: word}}


def _cell(
    turn: int,
    voice: Voice,
    name: str,
    recipient: Line,
    intent: Intent,
    told: tuple[Reason, Tell],
    channel: Channel | None,
) -> Line:
    language, country, formality, _recipients = voice
    channel = channel or _LETTERS[turn % 2]
    reason, tell = told
    context = _context(turn, language, country, formality, intent)
    return {
        "id": "/".join((language, country, formality, intent, reason, tell, name, channel)),
        "seed": str(turn),
        "lang": language,
        "country": country,
        "formality": formality,
        "intent": str(intent),
        "reason": str(reason),
        "tell": str(tell),
        "channel": str(channel),
        "now": f"{NOW}:00",
        **_around(turn, formality, intent),
        "context": {**context, **recipient},
    }


def _around(turn: int, formality: str, intent: Intent) -> Line:
    """The person's own sentence, and the duties that were answered with yes."""
    line: Line = {}
    sentences = _SENTENCES[formality]
    if sentence := sentences[turn // 7 % len(sentences)]:
        line["sentence"] = sentence
    withdraws = intent in (Intent.WITHDRAW_BEFORE, Intent.WITHDRAW_AFTER, Intent.DECLINE_OFFER)
    duties = _ASKED_FOR[turn // 3 % len(_ASKED_FOR)]
    if duties and withdraws:
        line["duties"] = duties
    return line


def _context(turn: int, language: str, country: str, formality: str, intent: Intent) -> Line:
    """The facts of one case."""
    jobs, own = _JOBS[language], _OWN[formality]
    context: Line = {
        "name": "Mira Sandner" if language == "de" else "Priya Nolan",
        "timezone": _ZONES[country],
        **jobs[turn // 4 % len(jobs)],
        **own[turn // 5 % len(own)],
    }
    start = _start(turn, intent)
    if intent in (Intent.ACCEPT, Intent.LATE) or turn % 11:
        context["start"] = start
    elif "position" not in context and "company" not in context:
        context["company"] = jobs[0]["company"]
    if phone := _REACHED[turn % len(_REACHED)]:
        context["sender_phone"] = phone
    if form := _FORMATS[turn // 2 % len(_FORMATS)]:
        context["format"] = form
    if offers := _OFFERS[turn // 3 % len(_OFFERS)]:
        context["slots"] = [_slot(max(start, NOW), *offer) for offer in offers]
    if intent is Intent.LATE and (turn % 4 or not phone):  # else: how to reach them
        context["eta"] = "2026-12-01T14:50"
    if intent is Intent.ASK_TIME:
        context["until"] = "2026-12-04"
    if intent in (Intent.NUDGE, Intent.REOPEN) and turn % 3:
        context["earlier"] = "2026-11-24"
    return context


def _start(turn: int, intent: Intent) -> str:
    """The appointment: late ones are about to begin, others are over."""
    if intent is Intent.LATE:
        return "2026-12-01T14:30"
    behind = intent in _BEHIND or (intent is Intent.WITHDRAW_AFTER and turn % 3)
    choice = _AGO if behind else _AHEAD
    return choice[turn // 6 % len(choice)]


def _slot(after: str, days: int, hour: str, end: str | None) -> Line:
    """A time to offer on a working day; without an hour: the whole day."""
    day = date.fromisoformat(after[:10]) + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    slot = {"start": f"{day}{hour}"}
    return slot | {"end": f"{day}{end}"} if end else slot
