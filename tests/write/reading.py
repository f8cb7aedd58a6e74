"""What can be wrong with a letter's form, read without knowing what it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from taktvoll.language.calendar import MONTH_NAMES, WEEKDAY_NAMES
from taktvoll.model import Brief, Channel, Country, Draft, Intent, Language
from taktvoll.write.names import first_name
from taktvoll.write.slots import slot_values

_THANKS = re.compile(r"\b(?:dank\w*|bedank\w*|thank\w*|appreciat\w*|grateful)\b", re.I)
_SORRY = re.compile(
    r"\b(?:entschuldig\w*|tut (?:es )?mir (?:\w+ )?leid|verzeih\w*|sorry|apolog\w*)\b", re.I
)
_BROKEN = (
    ("slot", re.compile(r"[{}]")),
    ("space", re.compile(r"  | $|^ | [,.;:!?]", re.M)),
    ("marks", re.compile(r"[,;:] ?[,.;:!?]|(?<!\.)\.\.(?!\.)|[?!]\.|\(\)")),
    ("small letter", re.compile(r"(?<![.…]\.)(?<!\d)(?<!\b[A-Za-z])[.!?] [a-zäöü](?!\.)")),
)
_FIGURE = re.compile(r"\S*\d\S*")
_CALENDAR = frozenset(
    name.lower() for names in (*MONTH_NAMES.values(), *WEEKDAY_NAMES.values()) for name in names
)
_NO_THANKS_NEEDED = frozenset({Intent.LATE, Intent.NUDGE, Intent.INTERVIEWER_ABSENT})
_MUST_APOLOGISE = frozenset({Intent.LATE, Intent.NO_SHOW_APOLOGY})
_NEAR = 7  # words between two of one stem that the ear still hears together
_SAME = 6  # letters in which two words are one stem to the ear
_COMMON = frozenset(  # what such letters are about: nobody hears these as an echo
    ["gesprä", "stelle", "bewerb", "termin", "vorste", "einlad", "entsch", "angebo", "zurück"]
) | frozenset(
    ["möchte", "diesen", "andere", "interv", "positi", "applic", "appoin", "invita", "anothe"]
)
_SALUTATIONS = {
    Language.DE: re.compile(
        r"(?:Sehr geehrte Damen und Herren|Sehr geehrte Frau .+|Sehr geehrter Herr .+"
        r"|(?:Liebe|Lieber|Hallo|Guten Tag|Grüezi) .+|Guten Tag)"
    ),
    Language.EN: re.compile(r"(?:Dear .+|Hi .+|Hello)"),
}


def faults(brief: Brief, draft: Draft) -> Iterator[str]:
    """Each thing that is wrong with ``draft``, in a few words."""
    values = slot_values(brief)
    own = _any_of(_facts(brief, values)).sub("¤", draft.text)
    for name, pattern in _BROKEN:
        if found := pattern.search(own):
            yield f"{name}: {own[max(0, found.start() - 20) : found.end() + 10]!r}"
    if brief.voice.country is Country.CH and "ß" in own:
        yield "ß in Switzerland"
    if brief.voice.sender.name not in draft.text:
        yield "no name"
    yield from _foreign_figures(values, own)
    yield from _lengths(draft)
    if draft.channel is Channel.PHONE:
        blocks = [line for line in own.split("\n") if line.startswith(tuple("„«“–"))]
    else:
        blocks = [own]
        yield from _form(brief, draft)
    for block in blocks:
        yield from _courtesies(brief, draft.channel, block)
        yield from _echoes(block)


def without_facts(brief: Brief, text: str) -> str:
    """``text`` with one sign in the place of each fact that the case brings literally."""
    return _any_of(_facts(brief, slot_values(brief))).sub("¤", text)


@lru_cache(maxsize=10_000)
def _any_of(facts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, facts))})(?!\w)")


def _facts(brief: Brief, values: Mapping[str, str]) -> tuple[str, ...]:
    invitation, sender = brief.invitation, brief.voice.sender
    contact = invitation.contact
    named = [
        sender.name,
        first_name(sender.name),
        sender.phone,
        sender.email,
        contact.name,
        *(word for word in (contact.name or "").split() if word[0].isupper()),
        invitation.company,
        *map(values.get, ("position", "about", "experience", "sentence")),
        invitation.location,
        invitation.reference,
        *(word for word in brief.decision.situations.values() if word[0].isupper()),
    ]
    return tuple(sorted({fact.strip(" .") for fact in named if fact}, key=len, reverse=True))


def _foreign_figures(values: Mapping[str, str], own: str) -> Iterator[str]:
    """Figures that no fact of the case has brought in."""
    for value in _figured(values):
        own = own.replace(value, " ").replace(value[0].upper() + value[1:], " ")
    if found := _FIGURE.search(own):
        yield f"a figure from nowhere: {found[0]!r}"


def _figured(values: Mapping[str, str]) -> list[str]:
    figured = {value.rstrip(",") for value in values.values() if _FIGURE.search(value)}
    return sorted(figured, key=len, reverse=True)


def _lengths(draft: Draft) -> Iterator[str]:
    words = len(draft.text.split())
    if draft.channel is Channel.SHORT and len(draft.text) > 320:
        yield f"{len(draft.text)} characters in a short message"
    if draft.channel in (Channel.MAIL, Channel.PAPER) and not 18 <= words <= 150:
        yield f"{words} words"
    if draft.channel is Channel.PHONE and words > 380:
        yield f"{words} words on the phone"


def _form(brief: Brief, draft: Draft) -> Iterator[str]:
    """The salutation, its comma and what follows; the closing; the subject."""
    language, swiss = brief.voice.language, brief.voice.country is Country.CH
    first, *rest = draft.text.split("\n")
    salutation = first.removesuffix(",")
    if (first != salutation) is swiss or not _SALUTATIONS[language].fullmatch(salutation):
        yield f"salutation: {first!r}"
    body = next((line for line in rest if line), "")
    if (language is Language.EN or swiss) and body[:1].islower():
        yield f"begins small: {body[:30]!r}"
    if draft.channel is Channel.SHORT:
        return
    closing, signature = rest[-2:]
    if signature != brief.voice.sender.name or not closing:
        yield f"signature: {signature!r}"
    if closing.endswith(",") is not (language is Language.EN):
        yield f"closing: {closing!r}"
    for line in rest[:-2]:
        if line and line[-1] not in '.?!”"“':
            yield f"no end mark: {line[-30:]!r}"
    if not draft.subject or draft.subject.endswith((".", ",")) or "  " in draft.subject:
        yield f"subject: {draft.subject!r}"


def _courtesies(brief: Brief, channel: Channel, text: str) -> Iterator[str]:
    """One thanks, one apology at most, and neither missing where it is due."""
    intent = brief.decision.intent
    thanked, apologised = len(_THANKS.findall(text)), len(_SORRY.findall(text))
    if thanked > 1 + (channel is Channel.PHONE):  # who speaks may thank at the start and the end
        yield "two thanks"
    if apologised > 1:
        yield "two apologies"
    if channel not in (Channel.MAIL, Channel.PAPER):
        return
    if not thanked and intent not in _NO_THANKS_NEEDED:
        yield "no thanks"
    if not apologised and intent in _MUST_APOLOGISE:
        yield "no apology"


def _echoes(text: str) -> Iterator[str]:
    """A longer word that comes back within a breath."""
    last: dict[str, int] = {}
    for at, word in enumerate(re.findall(r"\w+", text.lower())):
        if len(word) < _SAME or word in _CALENDAR:
            continue
        stem = word[:_SAME]
        if stem not in _COMMON and at - last.get(stem, -99) <= _NEAR:
            yield f"echo: {word}"
        last[stem] = at
