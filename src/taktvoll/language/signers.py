"""Who signs a letter: the name under its closing, or the one that stands alone at its end."""

from __future__ import annotations

import re

from taktvoll.language.casing import capitalised
from taktvoll.language.letter import closing
from taktvoll.language.names import (
    FULL_NAME,
    NAME,
    Person,
    gender_of,
    gender_of_role,
    is_name,
    same_person,
    title_of,
)
from taktvoll.language.occupations import is_occupation
from taktvoll.language.words import LEGAL_FORM

_MOST_LINES = 8  # of a signature; a name that stands lower is somebody else's
_LINE = re.compile(r"[^\n]+")
_BEFORE_NAME = re.compile(
    r"^(?:i\.[ ]?[AV]\.|ppa\.?|gez\.|im auftrag(?:e)?:?|in vertretung:?|ihre?|deine?|eure?|euer|"
    r"your|von|lg|vg|bg|mfg|gruß|grüße|liebe grüße|viele grüße|beste grüße|cheers|best|thanks|"
    r"kind regards|regards|ciao|baba)[,!]?\s+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*[|,•·/(]|\s[-–—]\s|\s{3,}|\s(?:und|and|&|\+)\s")
_HAS_LEGAL_FORM = re.compile(rf"\w,? {LEGAL_FORM}(?=\W|$)")
_TALK = re.compile(r"[a-zäöü]{3,}[,.]? [a-zäöü]{2,}[,.]? [a-zäöü]{2,}")
_INTRODUCED = re.compile(
    r"(?<!\w)(?i:hier (?:ist|spricht|schreibt)|hier|mein name ist|ich bin(?: die| der)?|"
    r"i bin (?:die|da|der)|this is|it(?:'|’)?s|my name is|i(?:'|’)?m|i am)\s+"
    rf"{NAME}(?i:,?\s(?:von|vom|aus|from|at|with|here|bei|der|die|@)(?!\w))"
)


def find_signer(text: str, *, candidate: str = "") -> Person | None:
    """Who signs ``text``, or says who they are; ``candidate`` is the reader's name."""
    text = capitalised(text)
    ending = closing(text)
    lines = _under(text, ending[1]) if ending else _at_end(text)
    found = _first_name_line(text, lines, candidate)
    if found is None and ending:
        found = _first_name_line(text, _at_end(text), candidate)
    return found or _introduced(text, candidate)


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
        short = len(line.split()) <= 5 and not _TALK.search(line)
        stands_apart = above.endswith("\n\n") or _is_closing(lines[index - 1][1])
        if short and (stands_apart or index == len(lines) - 1):
            begin = index
    return lines[begin:][:_MOST_LINES]


def _is_closing(line: str) -> bool:
    """ "Baba", "Ciao!": one or two words in a line of their own before the name."""
    return len(line.split()) <= 3 and not line.rstrip().endswith((":", "?"))


def _first_name_line(text: str, lines: list[tuple[int, str]], candidate: str) -> Person | None:
    short: Person | None = None
    for number, (start, line) in enumerate(lines):
        person = _named(text, start, line)
        if person is None or same_person(person.name, candidate):
            continue
        if short and person.name.split()[0] == short.name:
            return person  # "Oliver", and under it "Oliver St. Clair"
        if " " in person.name:
            return short or person
        if short is None and number < 2:
            short = person
    return short


def _named(text: str, start: int, line: str) -> Person | None:
    """The person whose name the line is, without what stands before and after it."""
    plain = line.strip(" \t*_-–—|,~")
    body = _AFTER_NAME.split(_BEFORE_NAME.sub("", plain), maxsplit=1)[0].strip(" .!*_")
    role, gender = body.split(" ", 1)[0], None
    if (
        role
        and is_occupation(role)
        and (rest := body[len(role) + 1 :])
        and FULL_NAME.fullmatch(rest)
    ):
        body, gender = rest, gender_of_role(role)  # "Architektin DI Paula Rieder"
    found = FULL_NAME.fullmatch(body)
    if not found or not is_name(found["name"]):
        return None
    if len(body.split()) > 1 and _HAS_LEGAL_FORM.search(line):
        return None
    at = text.index(found["name"], start)
    return Person(
        name=" ".join(found["name"].split()),
        span=(at, at + len(found["name"])),
        title=title_of(found["title"]),
        gender=gender_of(found["honorific"]) or gender,
    )


def _introduced(text: str, candidate: str) -> Person | None:
    """ "Hier ist Torben Jansen von der Dachdeckerei"."""
    for found in _INTRODUCED.finditer(text, 0, 2000):
        name = " ".join(found["name"].split())
        if is_name(name) and not same_person(name, candidate):
            return Person(name=name, span=found.span("name"))
    return None
