"""The letter on paper: a PDF as DIN 5008, ÖNORM A 1080, SN 010130 and British, Irish and American
custom want it.

The text is data to the typesetter (``paper.typ``), never markup: nothing in a letter can be code.
What nobody knows, an address above all, is a line to be filled in by hand: whoever prints the
letter sees the gap, and nothing was made up.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from taktvoll.language.calendar import MONTH_NAMES
from taktvoll.model import Brief, Contact, Country, Draft, Gender, Language, Sender

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

_TEMPLATE = Path(__file__).with_name("paper.typ")
_LONGEST_LINE = 300
_STANDARDS: tuple[PDFStandard, ...] = (
    "a-2a",
    "ua-1",
)  # to be kept for years, and read aloud by a screen reader


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a block stands: millimetres from the left and upper edge of the sheet."""

    x: float
    y: float
    width: float
    height: float
    right: bool = False  # set flush right


@dataclass(frozen=True, slots=True)
class _Form:
    """A country's form of a letter; all measures in millimetres."""

    paper: str
    left: float
    right: float
    top: float
    bottom: float
    sender: _Box
    address: _Box
    date: _Box
    body: float  # where the subject or the salutation begins
    back: _Box | None = None  # the sender once more, small, for the window of the envelope
    marks: tuple[float, ...] = ()  # where to fold
    punch: float | None = None
    subject_inside: bool = False  # below the salutation


# DIN 5008, form B: margins 25 and 20; the address field begins at 45 and is 85 × 45, its
# upper 17.7 for the sender and remarks, six lines below; text from 98.46; folds at 105 and 210.
_GERMAN = _Form(
    paper="a4",
    left=25,
    right=20,
    top=25,
    bottom=20,
    sender=_Box(25, 17, 80, 38),
    back=_Box(25, 57.5, 80, 5),
    address=_Box(25, 62.7, 80, 27.3),
    date=_Box(125, 84, 65, 10, right=True),
    body=98.46,
    marks=(105, 210),
    punch=148.5,
)
# ÖNORM A 1080:2007, 5.1: at most six lines, 76 × 25, begun about 60 from above for the window;
# the place and the date flush right below it.
_AUSTRIAN = _Form(
    paper="a4",
    left=25,
    right=25,
    top=25,
    bottom=20,
    sender=_Box(25, 20, 80, 38),
    address=_Box(25, 60, 76, 27),
    date=_Box(105, 91, 80, 10, right=True),
    body=104,
)
# SN 010130 has the address left or right; the Swiss Post prefers it right: a window that begins
# 118 from the left, the address 60 from above, 25.5 high. The date stands left.
_SWISS = _Form(
    paper="a4",
    left=25,
    right=20,
    top=25,
    bottom=20,
    sender=_Box(25, 20, 80, 38),
    address=_Box(120, 60, 70, 27),
    date=_Box(25, 92, 80, 10),
    body=104,
)
# Blocked, as usual in Britain and Ireland: one's own address and the date on the right, all else
# on the left, and the subject below the salutation. Margins of an inch.
_BRITISH = _Form(
    paper="a4",
    left=25.4,
    right=25.4,
    top=25.4,
    bottom=25.4,
    sender=_Box(125, 25.4, 59.6, 34),
    address=_Box(25.4, 62, 85, 32),
    date=_Box(125, 62, 59.6, 10),
    body=100,
    subject_inside=True,
)
# Full block, US Letter: everything begins at the left margin, an inch from the edge.
_AMERICAN = _Form(
    paper="us-letter",
    left=25.4,
    right=25.4,
    top=25.4,
    bottom=25.4,
    sender=_Box(25.4, 25.4, 85, 31),
    address=_Box(25.4, 68, 85, 30),
    date=_Box(25.4, 58, 85, 9),
    body=102,
    subject_inside=True,
)
_FORMS = {
    Country.DE: _GERMAN,
    Country.AT: _AUSTRIAN,
    Country.CH: _SWISS,
    Country.GB: _BRITISH,
    Country.IE: _BRITISH,
    Country.US: _AMERICAN,
}
_PAGE = {Language.DE: "Seite {n} von {of}", Language.EN: "Page {n} of {of}"}
_OFFICE = {Language.DE: "Personalabteilung", Language.EN: "Human Resources"}


def letter_pdf(brief: Brief, draft: Draft) -> bytes:
    """``draft`` as a PDF to print, sign and post.

    The same letter gives the same bytes (its date is that of ``brief.now``). It is PDF/A-2a and
    PDF/UA-1, unless a sign is in it that no font at hand has: that one is then an empty box.
    """
    import typst

    letter = json.dumps(_data(brief, draft), ensure_ascii=False)
    at = int(brief.now.timestamp())
    try:
        return _set(letter, at, _STANDARDS)
    except typst.TypstError:
        return _set(letter, at, ())


def _set(letter: str, timestamp: int, standards: Sequence[PDFStandard]) -> bytes:
    import typst

    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,  # the same letter on every machine
        format="pdf",
        sys_inputs={"letter": letter},
        pdf_standards=list(standards),
        timestamp=timestamp,
    )


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False)


def _data(brief: Brief, draft: Draft) -> dict[str, object]:
    voice = brief.voice
    sender, language, country = voice.sender, voice.language, voice.country
    day = brief.invitation.local(brief.now).date()
    name = _line(sender.name)
    paragraphs, closing = _paragraphs(draft.text, name)
    subject = _line(draft.subject)
    postal = tuple(map(_line, sender.postal))
    return {
        "form": asdict(_FORMS[country]),
        "title": subject or name,
        "author": name,
        "day": [day.year, day.month, day.day],
        "language": language.value,
        "region": country.value.lower(),
        "page": _PAGE[language],
        "sender": [name, *(postal or (None, None)), *_reached(sender)],
        "back": " · ".join((name, *postal)) if postal else None,
        "address": _address(brief),
        "date": [_place_and_date(postal, day, country, language)],
        "subject": _kept_together(subject) or None,
        "paragraphs": paragraphs,
        "closing": closing,
        "signature": name,
    }


def _paragraphs(text: str, name: str) -> tuple[list[list[str]], list[str]]:
    """The paragraphs line by line, and the lines of the closing, above the room to sign.

    Where the last paragraph does not end with the name, the person has written an end of their
    own, which stays as it is.
    """
    found = [
        [_kept_together(_visible(line)) for line in paragraph.split("\n")]
        for paragraph in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text.strip())
    ]
    *before, last = found
    if before and len(last) > 1 and last[-1] == _kept_together(name):
        return before, last[:-1]
    return found, []


def _reached(sender: Sender) -> list[str]:
    return [_line(way) for way in (sender.phone, sender.email) if way]


def _place_and_date(postal: Sequence[str], day: date, country: Country, language: Language) -> str:
    """ "Lüneburg, 1. Dezember 2026"; in English the date alone."""
    month = MONTH_NAMES[language][day.month - 1]
    if country is Country.US:
        return f"{month} {day.day}, {day.year}"
    if language is Language.EN:
        return f"{day.day} {month} {day.year}"
    if country is Country.AT and day.month == 1:
        month = "Jänner"
    written = f"{day.day}. {month} {day.year}"
    town = re.fullmatch(r"(?:[A-Z]{1,2}-)?\d{4,5}\s+(\D+)", postal[-1]) if postal else None
    return f"{town[1]}, {written}" if town else written


# --- to whom --------------------------------------------------------------------------------------

_STREET = re.compile(r"[^\W\d_][^\n,;]{1,60}?\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/]\s?\d{1,4}\s?[a-z]?)?")
_STREET_EN = re.compile(r"\d{1,5}[a-zA-Z]?\s[^\W\d_][^\n,;]{2,60}")
_TOWN = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}\s+[^\W\d_][^\n,;]{1,40}")
_POSTCODE_EN = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[\dW]\s?[A-Z\d]{4}|[A-Z]{2}\s\d{5}(?:-\d{4})?)\b"
)


def _address(brief: Brief) -> list[str | None]:
    """The lines of the recipient; None for one that nobody knows."""
    invitation, language = brief.invitation, brief.voice.language
    company = _line(invitation.company) or None
    person = _person(invitation.contact, brief.voice.country) or _OFFICE[language]
    named = [company, person] if language is Language.DE else [person, company]
    return [*named, *(_postal(invitation.location, language) or (None, None))]


def _person(contact: Contact, country: Country) -> str:
    """ "Frau Dr. Anna Brandt", "Herrn Klein", "Ms Whitfield"; two people as they are named."""
    name, title = _line(contact.name), _line(contact.title)
    if not name or contact.gender is None or re.search(r"\s(?:und|and|&)\s", name):
        return " ".join(filter(None, (title, name)))
    female = contact.gender is Gender.FEMALE
    if country in (Country.DE, Country.AT, Country.CH):
        return " ".join(filter(None, ("Frau" if female else "Herrn", title, name)))
    form = ("Ms" if female else "Mr") + ("." if country is Country.US else "")
    return f"{title or form} {name}"


def _postal(location: str | None, language: Language) -> tuple[str, ...]:
    """Street and town of the place where they meet, if it is a whole address; else nothing.

    Half of an address, a room or a link is no place to send a letter to.
    """
    parts = [_line(part) for part in re.split(r"[,;\n]", (location or "")[:_LONGEST_LINE])]
    if language is Language.DE:
        street = next((part for part in parts if _STREET.fullmatch(part)), None)
        town = next((part for part in parts if _TOWN.fullmatch(part)), None)
        return (street, town) if street and town else ()
    for first, street in enumerate(parts):
        if not _STREET_EN.fullmatch(street):
            continue
        for last in range(first + 1, len(parts)):
            if _POSTCODE_EN.search(parts[last]):
                return street, ", ".join(parts[first + 1 : last + 1])
    return ()


# --- signs ----------------------------------------------------------------------------------------

_JOINERS = "\u200c\u200d"  # they shape letters and emoji; all other hidden signs could deceive
_TOGETHER = re.compile(
    r"(?<=\d\.) (?=[^\W\d_])|(?<=\d) (?=Uhr\b|[ap]\.?m\b)|(?<=\bFrau) |(?<=\bHerr) |(?<=\bHerrn) "
    r"|(?<=\bDr\.) |(?<=\bM[rs]) |(?<=\bM[rs]\.) "
)


def _line(text: str | None) -> str:
    """``text`` as one line of visible signs."""
    return " ".join(_visible((text or "")[: 4 * _LONGEST_LINE]).split())[:_LONGEST_LINE].strip()


def _visible(text: str) -> str:
    """``text`` without control signs, and without those that turn the direction of reading."""
    return "".join(
        " " if category in ("Cc", "Zl", "Zp") else "" if category in ("Cf", "Cs") else sign
        for sign, category in ((sign, _category(sign)) for sign in text)
    )


def _category(sign: str) -> str:
    return "" if sign in _JOINERS else unicodedata.category(sign)


def _kept_together(text: str) -> str:
    """ "9. Dezember", "10:00 Uhr" and "Frau Amsel" do not part at the end of a line."""
    return _TOGETHER.sub("\u00a0", text)
