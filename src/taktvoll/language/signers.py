"""Who signs a letter: the name under its closing, or the one that stands alone at its end."""

from __future__ import annotations

import re

from taktvoll.language.casing import capitalised
from taktvoll.language.employers import is_body, is_head
from taktvoll.language.letter import closing, salutation
from taktvoll.language.names import (
    FULL_NAME,
    GIVEN_NAME,
    Person,
    gender_of,
    gender_of_role,
    is_name,
    same_person,
    title_of,
)
from taktvoll.language.occupations import is_occupation
from taktvoll.language.words import LEGAL_FORM

_SHORT = 700  # characters
_ALIKE = 3  # letters that a first name and its short form begin with
_MOST_LINES = 8  # of a signature; a name that stands lower is somebody else's
_LINE = re.compile(r"[^\n]+")
_BEFORE_NAME = re.compile(
    r"^(?:i\.[ ]?[AV]\.|dir\.|ppa\.?|gez\.|im auftrag(?:e)?:?|in vertretung:?|ihre?|deine?|eure?|"
    r"euer|"
    r"your|von|lg|vg|bg|mfg|gruß|grüße|liebe grüße|viele grüße|beste grüße|cheers|best|thanks|"
    r"bussi|tschüss|tschau|servus|herzlich|"
    r"kind regards|regards|ciao|baba)[,!]?\s+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*[|,•·/(]|\s[-–—]\s|\s{3,}|\s(?:und|and|&|\+)\s")
_COMPARTMENT = re.compile(r"\s[-–—|·]\s|,\s(?!(?:Dr|Prof)\.)")  # "Anna Kern - Kern Works Ltd"
_HAS_LEGAL_FORM = re.compile(rf"\w,? {LEGAL_FORM}(?=\W|$)")
_BULLET = re.compile(r"\s*(?:[-*•·–▪]|\d{1,2}[.)])\s")
_TALK = re.compile(r"[a-zäöü]{3,}[,.]? [a-zäöü]{2,}[,.]? [a-zäöü]{2,}")
_AFTER_SURNAME = re.compile(
    r"(?<=[a-zäöüß])(?:,? (?:[A-Z]{3,6}|[A-Z]{2,3}[a-z]{2,4}))+$"
)  # "Hayley Stubbs MARLA"
_SURNAME_IN_SHORT = re.compile(
    r"^([^\W\d_][^\W\d_-]{1,20}(?:-[^\W\d_]+)?) ([A-ZÄÖÜ])"
)  # "Wiebke H."
_BY_HAND = re.compile(r" e\. ?h$")  # eigenhändig
_KISSES = re.compile(r"\s[xX]{1,3}$")
_NOUN = re.compile(r"(?:ung|heit|keit|schaft|tion|schluss|tät|ment|ismus|sorge|karte|woche|zeit)$")
_INTRODUCED = re.compile(
    r"(?<!\w)(?i:(?:hier|da) (?:ist|is|bin|spricht|schreibt)(?: die| der| da)?|hier|"
    r"mein name ist|i(?:ch)? bin(?: die| der| da)?|anruf von:(?: frau| herr)?|this is|it(?:'|’)?s|"
    r"my name is|i['’]m|i am)\s+"
    rf"{GIVEN_NAME}(?i:,?\s(?:von|vom|aus|from|at|with|here|bei|der|die|@)(?!\w)|[,.]\s)"
)


_ON_A_NETWORK = re.compile(
    rf"(?:^|"
    rf"\n)[ \t]*{GIVEN_NAME}[ \t]*(?:\([^()\n]{{2,20}}\)[ \t]*)?[·•][ \t]{{0,3}}(?:[123](?:st|nd|"
    rf"rd|\.)|[123]\+)"
)
"""A profile's line above the message: "Bonnie Reyes · 2nd"."""
_ON_A_PAGE = re.compile(
    rf"(?:^|\n)\[?(?:[Hh]eute|[Gg]estern|[Tt]oday|[Yy]esterday|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}),? \d{{1,2}}:\d\d(?::\d\d)?"
    rf"(?: ?[AP]M)?\]?[ \t]{{1,4}}(?:[-–·][ \t])?{GIVEN_NAME}[ \t]*(?=:|\n)"
)
"""The line of a portal or a messenger above what somebody wrote: "Heute 08:47  Nurten Eker"."""
LAST_WORDS = re.compile(
    rf"[.!?…)]\s{{1,2}}(?:(?:[Gg]ru(?:ß|ss)|[Gg]rüße|LG|VG|Best|Cheers|Thanks|Danke),?\s)?"
    rf"(?:(?P<honorific>Frau|Herr|Mrs?\.?|Ms\.?)\s)?{GIVEN_NAME}"
    r"(?:(?:,|\sfrom|\svon der|\svom|\svon)\s(?P<firm>[^\n.!?]{3,50}))?\s*$"
)
"""A name, and maybe a firm, behind the last sentence."""
_LONGEST_ENDING = 120
_HERE = re.compile(rf"(?<![\w.]){GIVEN_NAME} (?:here|hier)(?=[,.!])")
_DICTATED = re.compile(
    r"(?<!\w)(?:hier|da) (?:ist|is) (?:die|der) (?P<name>[a-zäöüß]{2,20}(?: [a-zäöüß]{3,20})?)"
    r" (?=(?:vom|von der|von)(?!\w))"
)


def find_signer(text: str, *, candidate: str = "", firm: str = "") -> Person | None:
    """Who signs ``text``, or says who they are.

    ``candidate`` is the reader's name and ``firm`` the employer's: neither is the signer.
    """
    text = capitalised(text)
    ending = closing(text)
    lines = _under(text, ending[1]) if ending else _at_end(text) if _is_letter(text) else []
    found = _first_name_line(text, lines, candidate, firm, closed=ending is not None)
    if found is None and ending:
        found = _first_name_line(text, _at_end(text), candidate, firm, closed=False)
    return found or _introduced(text, candidate) or _last_words(text, candidate)


def _last_words(text: str, candidate: str) -> Person | None:
    """ "… und Sie trinken einen Kaffee. Svea, Northwind Pumps": who signs on the last line."""
    found = LAST_WORDS.search(text, max(0, len(text) - _LONGEST_ENDING))
    if found is None or not is_name(found["name"]) or same_person(found["name"], candidate):
        return None
    return Person(name=found["name"], span=found.span("name"), gender=gender_of(found["honorific"]))


def _is_letter(text: str) -> bool:
    """What greets nobody and goes on for long is no letter, and nobody signs it."""
    first = text.lstrip().split("\n", 1)[0].rstrip()
    called = len(first) < 30 and first.endswith((",", "!"))  # "Deniz,"
    return called or salutation(text) is not None or len(text) < _SHORT


def _under(text: str, start: int) -> list[tuple[int, str]]:
    """The lines under the closing, with where each begins."""
    found = [(m.start(), m[0]) for m in _LINE.finditer(text, start) if m[0].strip(" \t*_-–|,")]
    return found[:_MOST_LINES]


def _at_end(text: str) -> list[tuple[int, str]]:
    """The last lines that may be a signature: short ones below the letter's last sentence."""
    lines = [(m.start(), m[0]) for m in _LINE.finditer(text) if m[0].strip()]
    begin = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        if len(lines) - index > 14:
            break
        at, line = lines[index]
        above = text[:at].rstrip(" \t")
        short = len(line.split()) <= 5 and not _TALK.search(line) and not _BULLET.match(line)
        stands_apart = above.endswith("\n\n") or _is_closing(lines[index - 1][1])
        if short and (stands_apart or index == len(lines) - 1):
            begin = index
    return lines[begin:][:_MOST_LINES]


def _is_closing(line: str) -> bool:
    """ "Baba", "Häbs guet und bis bald": a few words in a line of their own before the name."""
    few = len(line.split()) <= 6 and not any(c.isdigit() for c in line)
    return few and not line.rstrip().endswith((":", "?", ".")) and not _BULLET.match(line)


def _first_name_line(
    text: str, lines: list[tuple[int, str]], candidate: str, firm: str, *, closed: bool
) -> Person | None:
    """The person whose name is one of ``lines``; a first name alone only where it signs.

    ``closed``: the lines stand under a closing.
    """
    short: Person | None = None
    joined = False  # "Proof & Crumb" may be two people, or a firm
    for number, (start, line) in enumerate(lines):
        if _BULLET.match(line):
            continue
        person = _named(text, start, line)
        if person is None or same_person(person.name, candidate):
            continue
        own = closed and number == 0 and person.name.lower() != firm.lower()  # the owner
        if firm and person.name.lower() in firm.lower() and not (own or _signs_for(lines, number)):
            continue
        if short and person.name.startswith(short.name[:_ALIKE]) and " " in person.name:
            return person  # "Oliver", and under it "Oliver St. Clair"; "Moni", "(Monika Huber)"
        if " " in person.name:
            return person if short and joined else short or person
        if short is None and (number < 2 if closed else number >= len(lines) - 2):
            short, joined = person, bool(_JOINED.search(line))
    return short


_JOINED = re.compile(r"\w (?:&|\+|und|and) \w")


def _signs_for(lines: list[tuple[int, str]], number: int) -> bool:
    """Whether the name is a person's after whom the firm is called: a role stands under it."""
    following = lines[number + 1][1] if number + 1 < len(lines) else ""
    return any(is_occupation(word) for word in following.split() if word[0].isalpha())


def _named(text: str, start: int, line: str) -> Person | None:
    """The person whose name the line is, without what stands before and after it."""
    plain = _KISSES.sub("", line.strip(" \t*_-–—|,~("))
    body = _AFTER_NAME.split(_BEFORE_NAME.sub("", plain), maxsplit=1)[0].strip(" .!*_")
    body = _AFTER_SURNAME.sub("", _BY_HAND.sub("", body))
    role, gender = body.split(" ", 1)[0], None
    if (
        role
        and is_occupation(role)
        and (rest := body[len(role) + 1 :])
        and FULL_NAME.fullmatch(rest)
    ):
        body, gender = rest, gender_of_role(role)  # "Architektin DI Paula Rieder"
    if body.startswith("Bad "):
        return None  # a spa
    if " " not in body and (is_body(body) or is_head(body)):
        return None
    if " " not in body and _NOUN.search(body):
        return None
    in_short = _SURNAME_IN_SHORT.fullmatch(body)
    body = in_short[1] if in_short else body
    found = FULL_NAME.fullmatch(body)
    if not found or not is_name(found["name"]) or found["name"][0].islower():
        return None
    if plain.endswith("." if " " not in body else "!"):
        return None
    if len(body.split()) > 1 and _HAS_LEGAL_FORM.search(_COMPARTMENT.split(line, maxsplit=1)[0]):
        return None
    at = text.index(found["name"], start)
    name = " ".join(found["name"].split())
    return Person(
        name=f"{name} {in_short[2]}." if in_short else name,
        span=(at, at + len(found["name"])),
        title=title_of(found["title"]),
        gender=gender_of(found["honorific"]) or gender,
    )


def _introduced(text: str, candidate: str) -> Person | None:
    """ "Hier ist Torben Jansen von der Dachdeckerei"."""
    for found in (
        *_ON_A_NETWORK.finditer(text, 0, 600),
        *_INTRODUCED.finditer(text, 0, 400),
        *sorted(_ON_A_PAGE.finditer(text, 0, 2000), key=lambda found: " " not in found["name"]),
        *_INTRODUCED.finditer(text, 0, 2000),
        *_HERE.finditer(text, 0, 2000),
        *_DICTATED.finditer(text, 0, 2000),
    ):
        name = " ".join(found["name"].split())
        name = name.title() if name.islower() else name
        if is_name(name) and not same_person(name, candidate):
            return Person(name=name, span=found.span("name"))
    return None
