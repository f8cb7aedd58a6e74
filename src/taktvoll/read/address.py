"""Where one meets on site: postal addresses, found by their postcode and read backwards.

A postcode is cheap to find and hard to mistake; the street before it is looked for in a few dozen
characters. So the work grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from taktvoll.language.letter import closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal place as written, ``text[start:end]``."""

    value: str
    start: int
    end: int
    in_signature: bool


_BEFORE = 140  # characters before a postcode that may be its street
_LETTER = 8_000  # characters; a street without a postcode stands in the letter
_MOST = 40  # postcodes of a text; no letter has more

_CITY = (
    r"(?:(?:St\.|Sankt|Bad|Markt|Neu|Alt|Groß|Klein|Ober|Unter)[ \-])?[A-ZÄÖÜ][\wäöüß’\-]{1,30}"
    r"(?:[ /](?:a\.|am|an der|an|im|in|bei|ob der|i\.|v\.\s?d\.|d\.|b\.|vor der)[ ]?"
    r"(?:[A-ZÄÖÜ][\w\-]{1,25}))?(?:[ \-][A-ZÄÖÜ][a-zäöüß]{2,20}(?=[\s,.;)]|$))?"
)
_STREET_END = (
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt|park|"
    r"hof|wall|graben|steig|kai|promenade|zeile|stieg|berg|feld|bogen|tor|insel|brücke|"
    r"lände|gürtel|garten|gärten|twiete|pfad|quai|rain|matt|acker|matte)"
)
_NUMBER = r"\d{1,4}(?:\s?[a-hA-H](?!\w))?(?:\s?[-–/+]\s?\d{1,4}[a-h]?)?"
_STREET = (
    r"(?:(?:[A-ZÄÖÜ][\wäöüß.’]{1,25} ){0,2}(?:[A-ZÄÖÜ][\wäöüß.’]{0,25}-){0,4}"
    rf"[\wäöüß.’]{{0,30}}{_STREET_END}\s{_NUMBER}"
    r"|(?:Am|An der|An den|Im|In der|In den|Zum|Zur|Auf der|Auf dem|Unter den|Unter der|"
    r"Bei der|Beim|Hinter der|Vor dem|Straße des|Platz der|"
    rf"Platz des)\s(?:[A-ZÄÖÜ][\w\-äöüß.]{{1,30}}\s){{1,3}}{_NUMBER}"
    rf"|(?:[A-ZÄÖÜ][\wäöüß.\-]{{2,30}}\s){{1,2}}{_NUMBER}(?=\s?[,·|\n]))"
)
_GERMAN_CODE = re.compile(rf"(?<![\w./+\-])(?:(?:D|DE|A|AT|CH|L)[- ])?\d{{4,5}}\s{_CITY}")
_GERMAN_STREET = re.compile(rf"(?<!\w)(?P<street>{_STREET})\s{{0,2}}[,·|•\n]?\s{{0,3}}(?:in\s)?$")
_STREET_ALONE = re.compile(rf"(?<!\w)(?P<street>{_STREET})")

_BRITISH_CODE = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d{2}\s[A-Z\d]{4}|Dublin \d{1,2}W?)(?!\w)"
)
_BRITISH_WORD = re.compile(r"[A-Z0-9][\w’'&.\-]*|of|the|on|upon|and|&")
_AMERICAN_CODE = re.compile(r",\s[A-Z]{2},?\s\d{5}(?:-\d{4})?(?!\w)")
_AMERICAN_STREET = re.compile(
    r"(?<![\w.])(?P<street>\d{1,6}\s[A-Z0-9][\w.'’\-]{0,25}(?:\s[A-Z0-9][\w.'’\-]{0,25}){0,4}"
    r"(?:,\s?(?:Suite|Ste\.?|Floor|Fl\.?|Unit|Apt\.?|Room|\d{1,2}(?:st|nd|rd|th) Floor|#)"
    r"\s?[\w\-]{0,8})?,\s?\n?[A-Z][A-Za-z.’\-]{1,20}(?:\s[A-Z][A-Za-z.’\-]{1,20}){0,2})$"
)
_ENGLISH_STREET_ALONE = re.compile(
    r"(?<!\w)(?P<street>\d{1,5}[A-Z]?(?:[-–]\d{1,5})?\s(?:[A-Z][\w’'.\-]{1,20}\s){1,3}"
    r"(?:Street|Road|Lane|Avenue|Way|Square|Place|Drive|Court|Quay|Row|Terrace|Gardens|Close|Hill|"
    r"Boulevard|Parade|Crescent|St|Rd|Ave|Blvd|Dr)(?![\w])(?:,\s[A-Z][\w’'\-]{2,20}){0,2})"
)
_NO_PLACE = re.compile(
    r"https?://|(?<!\w)(?:teams|zoom|skype|video|online|telefon|phone)", re.IGNORECASE
)
_LABEL = re.compile(
    r"^[ \t*•·\-]{0,4}(?:(?:veranstaltungs|gesprächs|termin|interview)?ort|adresse|"
    r"anschrift|wo|treffpunkt|venue|location|where|address|place|standort)[ \t]{0,3}(?::|"
    r"\||[ \t]{2,})[ \t|]{0,6}(?P<value>[^\n]{3,160})",
    re.IGNORECASE | re.MULTILINE,
)


def find_address(text: str) -> Address | None:
    """The place where one meets: after a label, else in the letter, else in the signature."""
    ending = closing(text)
    signature = ending[0] if ending else len(text)
    return (
        _labelled(text, signature)
        or _postal(text, 0, signature, signature)
        or _street(text, signature)
        or _postal(text, signature, len(text), signature)
    )


def _labelled(text: str, signature: int) -> Address | None:
    for label in _LABEL.finditer(text):
        at = label.start("value")
        address = _postal(text, at, min(len(text), label.end() + 80), signature)
        if address and address.start - at < 80:
            return address
        value = label["value"].strip(" |*")
        if value and label.start() < signature and not _NO_PLACE.search(value):
            at += label["value"].index(value)
            return Address(value=value, start=at, end=at + len(value), in_signature=False)
    return None


def _postal(text: str, start: int, end: int, signature: int) -> Address | None:
    """The first address with a postcode in ``text[start:end]``, of whatever country."""
    spans = [next(spans, None) for spans in (_written(text, start, end, w) for w in _WRITINGS)]
    found = min((span for span in spans if span), default=None)
    if found is None:
        return None
    begin, stop = found
    value = re.sub(r"\s*\n\s*", ", ", text[begin:stop]).replace(",,", ",").strip(" .,")
    stop = begin + len(text[begin:stop].rstrip(" .,"))
    return Address(value=value, start=begin, end=stop, in_signature=begin >= signature)


def _written(
    text: str, start: int, end: int, writing: tuple[re.Pattern[str], Callable[[str], int | None]]
) -> Iterator[tuple[int, int]]:
    """The addresses of one writing: its postcode, and how much before it is the street."""
    code, street = writing
    for number, found in enumerate(code.finditer(text, start, end)):
        if number >= _MOST:
            return
        above = max(start, found.start() - _BEFORE)
        length = street(text[above : found.start()])
        if length:
            yield found.start() - length, found.end()


def _german_street(before: str) -> int | None:
    found = _GERMAN_STREET.search(before)
    return len(before) - found.start("street") if found else None


def _american_street(before: str) -> int | None:
    found = _AMERICAN_STREET.search(before)
    return len(before) - found.start("street") if found else None


def _british_street(before: str) -> int | None:
    """Backwards word by word, as long as each has a capital or a number; parts end at commas."""
    words = list(re.finditer(r"\S+", before))
    begin = len(before)
    for word in reversed(words):
        if before[word.end() : begin].count("\n") > 1:
            break
        if not _BRITISH_WORD.fullmatch(word[0].strip(",;")) or word[0].endswith((":", ".\n")):
            break
        begin = word.start()
    while first := re.match(r"(?:of|the|on|upon|and|&|At|In|To|Our|We)\s+", before[begin:]):
        begin += first.end()
    taken = before[begin:].strip(" ,\n")
    return len(before) - begin if "," in taken or "\n" in taken or " " in taken else None


_WRITINGS = (
    (_GERMAN_CODE, _german_street),
    (_AMERICAN_CODE, _american_street),
    (_BRITISH_CODE, _british_street),
)


def _street(text: str, signature: int) -> Address | None:
    """A street with its number and no postcode; by its ending, so that it is no other name."""
    for pattern in (_STREET_ALONE, _ENGLISH_STREET_ALONE):
        found = pattern.search(text, 0, min(signature, _LETTER))
        if found and (
            pattern is _ENGLISH_STREET_ALONE or re.search(_STREET_END, found["street"].lower())
        ):
            start, end = found.span("street")
            return Address(value=found["street"], start=start, end=end, in_signature=False)
    return None
