"""Whom a letter names for questions, and otherwise who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from taktvoll.language.casing import capitalised
from taktvoll.language.letter import closing
from taktvoll.language.names import (
    Person,
    addressed_in,
    completed,
    is_name,
    people_in,
    same_person,
)
from taktvoll.language.phones import Line, find_phones
from taktvoll.language.signers import find_signer
from taktvoll.model import Gender

_KINDLY = r"(?:bitte |gerne? |einfach |kurz |dann |jederzeit )*"
_FOR_QUESTIONS = re.compile(
    r"(?<!\w)(?:"
    # a heading: "Ihre Ansprechpartnerin:", and the name behind it or in the next line
    r"(?:(?:ihre?|deine?|unsere?|eure?) )?(?P<role>(?:haupt)?ansprech(?:partner(?:in)?|person)|"
    r"kontaktperson|sachbearbeiter(?:in)?|bearbeiter(?:in)?|bearbeitet von|zuständig\w*|auskunft|"
    r"auskünfte|recruiter(?:in)?|betreuer(?:in)?|kontakt|rückfragen(?: an)?|es betreut sie|"
    r"contact(?: person)?|enquiries|queries|questions|gastgeber(?:in)?|organisator(?:in)?|"
    r"host)(?:\s?(?:/|und)\s?\w+)?"
    r"(?: (?:ist|sind|erteilt|erteilen|zu|is|zum verfahren|für (?:sie|dich|rückfragen|fragen)))?"
    r"(?: (?:ihnen|dir|hierbei|dabei))?(?:\s{0,3}:|[ \t]*\n(?!\s*\n)|[ \t]{2,})"
    # in a sentence
    r"|ansprechpartner(?:in)?|ansprechperson|kontaktperson"
    r"|(?:your|ihre?|deine?) (?:recruiter|recruiterin|coordinator|contact|betreuer|betreuerin|"
    r"host) (?:(?:is|ist|for this|für)(?!\w)|(?=(?-i:[A-ZÄÖÜ])))"
    r"|(?:bei|für|zu) (?:(?:et|all)?\w+ )?(?:rück)?fragen"
    r"|(?:zur )?(?:terminvereinbarung|terminabstimmung) (?=wenden|melden|rufen)"
    r"|bescheid(?: geben)?:(?= [A-ZÄÖÜ])"
    r"|(?:rück)?fragen (?:beantworte|richte|bitte an|an|gern|haben|hast|habt|gibt|auftauchen|"
    r"bestehen|offen)\w*"
    r"|(?:haben sie|hast du|habt ihr) (?:noch |dazu |weitere )*fragen"
    r"|wenden sie sich|wende dich|(?:steht?|stehen|hilft) (?:ihnen|dir|euch)"
    rf"|melden sie sich {_KINDLY}(?:bei|an)|meld\w* dich {_KINDLY}bei"
    r"|(?:auskunft|auskünfte) (?:erteilt|erteilen|gibt|geben|erhalten|bekommen)|gibt (?:ihnen|"
    r"dir) (?:gerne? )?auskunft"
    r"|erreichen sie|erreichst du"
    r"|(?:rück)?fragen (?:\w+ ){0,3}beantworte\w*"
    r"|(?:\w{0,8}bestätigung|anmeldung|rückmeldung|zusage|bescheid|antwort) (?:bei|an)(?= frau|"
    r" herr)"
    r"|please contact|contact(?= [A-Z])|get in touch with|reach out to|speak to"
    r"|(?:any|further|other|for|direct|direct any|informal) (?:questions|queries|enquiries)"
    r"|(?:questions|queries)\?|your (?:\w+ )?contact|point of contact|contact person"
    r"|(?:schreib\w*|ruf\w*|frag\w*|text|call|ring|email|whatsapp)"
    r"(?= (?:\w+ ){0,2}[A-ZÄÖÜ]\w+(?: (?:unter|an|on|at|per)(?!\w)| \(|:|,[^.\n]{0,40}@))"
    r"|(?:rsvp|reply|respond|confirm)[^.!?\n]{0,60} (?:to|with) [^.!?\n]{0,50}(?=M(?:r|rs|s|"
    r"iss)\.? |(?-i:[A-Z][\w'’-]+ [A-Z][\w'’-]+ (?:on|at|by|\()))|"
    r"(?:is|will be|ist|wird) (?:happy|glad|available|on hand|gerne? )[^.!?\n]{0,30}"
    r"(?:help|answer|assist|question|fragen|weiter)|"
    r"any (?:problems|issues|trouble))",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"frage|auskunft|auskünfte|ansprech|kontakt|contact|question|quer(?:y|ies)|enquir"
)
_OF_WRITER = re.compile(r"(?<!\w)(?:mich|mir|me|myself|uns|us)(?!\w)", re.IGNORECASE)
_FIRST_NAME = re.compile(
    r"(?:^|(?<=[\s:]))(?P<name>[A-ZÄÖÜÀ-Þ][^\W\d_]{1,20})"
    r"(?=[,.]? (?:unter|an|on|at|per|via|-|–|\()|:\s|[,:]?\s(?:\+|0)\d| bescheid|"
    r", (?:er|sie|he|she) |"
    r" (?:in|aus) (?:my|our|the|unserem|meinem|der) [^.\n]{3,30} (?:at|on|unter|\(?\+?\d))"
)
_READY = re.compile(r"(?:is|will be|ist|wird) ", re.IGNORECASE)
""" "Simone Achebe is happy to help": the name stands before it."""
_OF_A_PHRASE = re.compile(r"(?<!\w)(?:[Tt]he|[Oo]ur|[Dd]ie|[Dd]en|[Uu]nser\w*|[A-ZÄÖÜ][\w&]+) $")
""" "The HR Service Desk": a word behind others with a capital is no first name."""
_IS_CONTACT = re.compile(
    r"(?<!\w)(?P<name>[A-ZÄÖÜÀ-Þ][^\W\d_]{1,20}) ist (?:auch |gerne? )?(?:(?:dein|ihr|euer)e? )?$"
)
_SENTENCE_END = re.compile(
    r"[!?](?=\s)|(?<!\b[A-Za-zÄÖÜ])(?<!\bDr)(?<!\bMag)(?<!Prof)(?<!Ing)(?<!Tel)(?<!\bMs)(?<!\bMr)"
    r"(?<!Mrs)(?<!\bFr)(?<!\bHr)(?<!Dipl)(?<!\bSt)\.(?=\s|$)|\n\s*\n"
)
_LONGEST = 400  # characters of a sentence


def find_contact(text: str, *, candidate: str = "", firm: str = "") -> Person | None:
    """Whom ``text`` names for questions, else who signs it; None where nobody does.

    ``candidate`` is the reader's name and ``firm`` the employer's: neither is the contact.
    """
    written, text = text, capitalised(text)
    signer = find_signer(text, candidate=candidate, firm=firm)
    named = _named_for_questions(text, candidate)
    if named is None and text == written:
        named = _with_number(text, candidate)
    person = named or signer or _asked_for(text, candidate)
    if person is None:
        return None
    if signer and signer is not person and _in_short(person, signer):
        title = person.title or signer.title
        gender = person.gender or signer.gender
        person = replace(signer, title=title, gender=gender)
    return completed(person, text)


def _named_for_questions(text: str, candidate: str) -> Person | None:
    """The one whom the surest clue names; the first of equally sure ones."""
    clues = sorted(
        _FOR_QUESTIONS.finditer(text),
        key=lambda clue: not _SURELY.search(clue[0].lower()),
    )
    for clue in clues:
        for person in _beside(text, clue):
            line = text[max(0, person.span[0] - _LINE) : person.span[0]].rpartition("\n")[2]
            if not same_person(person.name, candidate) and not _OF_THE_MATTER.match(line):
                female = "partnerin" in clue[0].lower() or "erin" in (clue["role"] or "").lower()
                return replace(person, gender=person.gender or (Gender.FEMALE if female else None))
        end = _sentence_end(text, clue.end())
        if _OF_WRITER.search(text, clue.start(), end):
            return None  # "bei Fragen melden Sie sich bei mir": the one who signs
    return None


_LINE = 80
_OF_THE_MATTER = re.compile(r"\s*(?:fachlich|inhaltlich|technical)\w*(?: \w+)?:", re.IGNORECASE)
"""Who knows the work is not the one who knows the procedure."""


def _with_number(text: str, candidate: str) -> Person | None:
    """The one in whose sentence a number or an address to write to stands, above the signature.

    "Verständigen Sie Herrn Röhm (07935 5558)", "Kindly telephone Miss Lamptey on 0141 5550188".
    """
    ending = closing(text)
    letter = text[: ending[0]] if ending else text
    numbers = [phone.start for phone in find_phones(letter) if phone.line is not Line.NEVER]
    for at in sorted([*numbers, *(found.start() for found in _MAIL.finditer(letter))]):
        begin = max(0, at - _LONGEST_SENTENCE)
        for end in _SENTENCE_END.finditer(text, begin, at):
            begin = end.end()
        people = list(addressed_in(text, begin, at))
        people = people or [p for p in people_in(text, begin, at) if _ASKS.search(text, begin, at)]
        if (
            people
            and not same_person(people[-1].name, candidate)
            and not _MEETS.search(text, begin, at)
        ):
            return people[-1]
    return None


_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.")
_LONGEST_SENTENCE = 160
_ASKS = re.compile(
    r"(?<!\w)(?:ruf\w*|meld\w*|schreib\w*|verständig\w*|wend\w*|sag\w*|gib|geben|bescheid|kolleg\w*|"
    r"tel\.?|telefon\w*|call|ring|phone|telephone|text|tell|contact|email|e-mail|mail|write|speak|"
    r"talk|let|reach)(?!\w)",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"(?<!\w)(?:ask for|report to|soll er|soll sie|(?:wir|ich) ruf\w*|ruft|abholen|abgeholt|"
    r"(?:will|to|’ll|'ll) (?:call|ring|phone) you|erreichen wir)(?!\w)",
    re.IGNORECASE,
)
"""What is said of whom one meets, or of who calls the candidate."""


def _asked_for(text: str, candidate: str) -> Person | None:
    """ "Ask for Tonya Rasmussen at the counter": who is named where nobody signs."""
    for found in _ASKED_FOR.finditer(text):
        for person in people_in(text, found.end(), _sentence_end(text, found.end())):
            if not same_person(person.name, candidate):
                return person
    return None


_ASKED_FOR = re.compile(
    r"(?<!\w)(?:ask for|report to|frag\w* (?:sie |einfach )?nach|meld\w* (?:sie sich|"
    r"dich) bei)(?!\w)",
    re.IGNORECASE,
)


def _beside(text: str, clue: re.Match[str]) -> Iterator[Person]:
    """The people that the clue's sentence names, those behind the clue first."""
    end = _sentence_end(text, clue.end())
    if clue["role"] and not text[clue.end() : end].strip():
        end = _sentence_end(text, clue.end() + 2)  # the name stands in the line under a heading
    if text[end : end + 1] == "?" or clue[0].endswith("?"):
        end = _sentence_end(text, end + 2)  # "Noch Fragen? Frau Huber hilft Ihnen"
    begin = max(text.rfind("\n\n", 0, clue.start()), text.rfind(". ", 0, clue.start()), 0)
    if _READY.match(clue[0]):
        yield from list(people_in(text, begin, clue.start()))[-1:]
    if "partner" in clue[0].lower():
        if text[begin : clue.start()].rstrip().endswith((" ist", " ist auch")):
            yield from list(people_in(text, begin, clue.start()))[-1:]
        if known := _IS_CONTACT.search(text, begin, clue.start()):
            yield Person(name=known["name"], span=known.span("name"))
    yield from people_in(text, clue.end(), end)
    for first in _FIRST_NAME.finditer(text, max(0, clue.end() - 1), min(end, clue.end() + 60)):
        if is_name(first["name"]) and not _OF_A_PHRASE.search(text, clue.start(), first.start()):
            yield Person(name=first["name"], span=first.span("name"))
    if not clue["role"]:
        yield from addressed_in(text, begin, clue.start())


def _in_short(person: Person, signer: Person) -> bool:
    """Whether ``person`` is the signer, named by first name or surname alone."""
    if " " in person.name or " " not in signer.name:
        return False
    return person.name in (signer.name.split()[0], signer.surname)


def _sentence_end(text: str, start: int) -> int:
    found = _SENTENCE_END.search(text, start, start + _LONGEST)
    return found.start() if found else min(len(text), start + _LONGEST)
