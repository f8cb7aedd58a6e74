"""What the interview is for: the position as written, and its reference number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact as written, ``text[start:end]``."""

    value: str
    start: int
    end: int


_GENDERS = (
    r"[(\[]\s?(?:[mwfdxiagn](?:\s?[/|,]\s?[mwfdxiagn*]){1,3}|all genders|gn|divers|"
    r"m/w/divers|w/m/divers|alle geschlechter)\s?[)\]]"
)
_CAPITAL = (
    r"(?:(?:[A-ZÄÖÜ][\wäöüß]{1,30}-,?\s(?:und|oder|&|"
    r"/)\s)?[A-ZÄÖÜ][\wäöüß&+#.’'*:/\-]{0,39}(?<![.:/\-])|\d?[A-Z]{1,3}\d?|C\+\+|C#|"
    r"\.NET)"
)
_LINK = (
    r"(?:im|in|der|des|die|für|und|&|/|-|–|mit|of|and|for|zur|zum|von|auf|Schwerpunkt|to|"
    r"the|an der)"
)
_ADJECTIVE = (
    r"[a-zäöü]{3,20}(?:ischer|ische|ischen|iger|ige|igen|licher|liche|lichen|ender|ende|"
    r"enden|ierter|ierte|ierten)"
)
_SPACE = r"(?:[ \t]+|[ \t]?\n(?!\w+:)(?=\w))"  # a line may break, but no label begins
_TITLE = (
    rf"(?P<title>(?:{_ADJECTIVE}\s+)?{_CAPITAL}(?:\*in|/-?in|:in|"
    rf"\(in\))?(?:{_SPACE}(?:{_LINK}{_SPACE}){{0,2}}{_CAPITAL}(?:\*in|/-?in|:in|\(in\))?){{0,7}})"
)
_QUOTED = r"[\"„“«»‚'‘](?P<quoted>[^\"“”„«»’\n]{3,80}?)(?:[\"“”«»’'])"

_PATTERNS = tuple(
    (re.compile(r"(?<!\w)" + pattern), weight)
    for pattern, weight in (
        (
            r"(?:Position|Stelle|Rolle|Funktion|Tätigkeit|Stellenangebot|Stellenausschreibung|"
            r"Auswahlverfahren|Vakanz|role|position|post|vacancy|job)(?:\s(?:als|eine[rs]|des|der|"
            rf"of|zum|zur|for))?:?\s{_QUOTED}",
            9,
        ),
        (
            r"(?:Position|Stelle|Rolle|Funktion|Tätigkeit|Arbeitsplatz|Vakanz|Ausbildungsplatz|"
            rf"Praktikumsplatz)\s(?:als|eine[rs]|des|der|zum|zur)\s(?:eine[rns]?\s)?{_TITLE}",
            8,
        ),
        (
            r"(?:Ausbildung|Ausbildungsplatz|Ausbildungsstelle|Lehrstelle|Lehre|"
            rf"Umschulung)\s(?:zum|zur|zu|als)\s(?:zum/zur\s)?{_TITLE}",
            8,
        ),
        (rf"(?:Position|Stelle|Rolle|Funktion|Stellenbezeichnung|Betreff)[:\s]\s?{_TITLE}", 6),
        (rf"\w{{3,20}}(?:stelle|platz)\s(?:als|zum|zur)\s(?:eine[rn]?\s)?{_TITLE}", 7),
        (
            r"(?:position|role|post|job|opening|vacancy)\s(?:of|as|for)\s(?:an?\s|our\s|"
            rf"the\s)?{_TITLE}",
            8,
        ),
        (rf"(?:Position|Role|Vacancy|Job title|Post):\s{_TITLE}", 8),
        (
            rf"(?:the|our|an?|\bTHE\b)\s{_TITLE}\s(?:role|position|vacancy|post|job|opening|"
            r"internship|opportunity)(?!\w)",
            8,
        ),
        (
            r"(?:interview|applying|applied|application|apply)\s(?:for|as)\s(?:an?\s|the\s|our\s|"
            rf"position of\s|role of\s)*{_TITLE}",
            5,
        ),
        (
            r"(?:Bewerbung|Vorstellungsgespräch|Gespräch|beworben|bewerben|Kennenlernen|Team|"
            rf"Hause?|dich|Sie|Mitarbeiter)\s(?:[^.\n]{{0,40}}?\s)?(?:als|um die Stelle als|"
            rf"auf die Stelle als)\s(?:unsere?n?\s|neue[rn]?\s|eine[rn]?\s)*{_TITLE}",
            6,
        ),
        (rf"(?<!\w)als\s(?:unsere?n?\s|neue[rn]?\s|eine[rn]?\s)*{_TITLE}", 4),
        (
            r"(?:Interview|Vorstellungsgespräch|Einladung|Gespräch|Bewerbung|Phone interview|"
            r"Video interview|Interview invitation|Video-Interview|Application|"
            rf"Bewerbungsgespräch)\s?(?::|–|-|\||/|für|for)\s{_TITLE}",
            3,
        ),
    )
)
_AFTER_GENDERS = re.compile(r"\s?" + _GENDERS)
_ANY_GENDERS = re.compile(_GENDERS)
_TITLE_AT_END = re.compile(rf"(?<!\w){_TITLE}\s?$")
_NO_TITLE = re.compile(r"\s?[(\[]|\n\s*\n|\s(?:bei|at|with|am|on)\s|,")
_LINK_WORD = re.compile(_LINK)
_TITLE_WORD = re.compile(r"\S+")
_NO_POSITION_WORDS = """
PDF Anlage Anhang Termin Alternative Gast Bewerber Bewerberin Kandidat Kandidatin Dank
Erinnerung Treffpunkt Vorbereitung Uhr Datei Link Einladung Gespräch Vorstellungsgespräch
Interview Team Sie Ihr Ihre Ihnen Herr Frau Herrn Ihren Unternehmen Arbeitgeber
Bestätigung Antwort Ersatz Nachweis Video Telefon Videocall Call Meeting Unterlagen Zusage
Montag Dienstag Mittwoch Donnerstag Freitag Monday Tuesday Wednesday Thursday Friday Thank
You Your The This We I Position Stelle Role Invitation Update Zoom Teams Word-Dokument
Bewerbung Nachricht Rückmeldung Person Mensch Teil Kunden Thursday Interviewtermin Termine
Thanks Dear Wir Firma Fach- Vorstellungstermin Kennenlernen Auswahlgespräch
Kennenlerngespräch Auswahlverfahren Probearbeiten
"""
_NO_POSITION = frozenset(_NO_POSITION_WORDS.split())
_DATE_WORD = re.compile(
    r"^(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|"
    r"September|Oktober|November|Dezember|January|February|March|May|June|July|October|"
    r"December)$"
)

_REFERENCE = re.compile(
    r"(?<!\w)(?:Kennziffer|Kenn-?Nr\.?|Kennnummer|Referenz(?:nummer|-?Nr\.?|code)?|"
    r"Ref\.?(?:\s?-?Nr\.?|erenz)?|Reference(?:\s(?:number|no\.?|code))?|Stellen-?(?:ID|"
    r"Nr\.?|nummer)|Job-?\s?(?:ID|Nr\.?|nummer|number|ref(?:erence)?|code)|"
    r"Ausschreibung(?:s-?(?:Nr\.?|nummer))?|Chiffre|"
    r"Requisition(?:\sID|\snumber)?|Req(?:\sID|\.)?|Vacancy(?:\s(?:ID|Ref(?:erence)?|"
    r"number))?|Geschäftszeichen|Aktenzeichen|Az\.?|GZ\.?|Unser Zeichen|Verfahrensnummer|"
    r"Bewerber(?:nummer|-?ID)|Vorgangsnummer)"
    r"(?:\slautet)?\s?[:#.]{0,2}\s{0,2}(?:Nr\.\s?)?[(\[\"„]?(?P<ref>(?=[A-Za-z/_.\-]{0,15"
    r"}\d)[A-Za-z0-9][\w\-/.]{1,39}\w|\d)",
    re.IGNORECASE,
)


def find_position(text: str) -> Found | None:
    """The job title in ``text``, without (m/w/d) and reference number; None where none is named."""
    best: tuple[int, int, Found] | None = None
    for weight, start, raw in _candidates(text):
        found = _cleaned(start, raw)
        if found is None:
            continue
        score = weight + (4 if _AFTER_GENDERS.match(text, found.end) else 0)
        if best is None or (score, -found.start) > (best[0], best[1]):
            best = (score, -found.start, found)
    return best[2] if best else None


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """What may be a job title: its weight, where it begins, and the words."""
    for pattern, weight in _PATTERNS:
        group = "quoted" if "quoted" in pattern.groupindex else "title"
        for match in pattern.finditer(text):
            yield weight, match.start(group), match[group]
    for genders in _ANY_GENDERS.finditer(text):
        line = max(text.rfind("\n", 0, genders.start()) + 1, genders.start() - 120)
        if title := _TITLE_AT_END.search(text, line, genders.start()):
            yield 5, title.start("title"), title["title"]


def find_reference(text: str) -> Found | None:
    """The reference number of the vacancy as written: after "Kennziffer", "Ref.", "Job ID"."""
    found = _REFERENCE.search(text)
    return (
        Found(value=found["ref"], start=found.start("ref"), end=found.end("ref")) if found else None
    )


def _cleaned(start: int, raw: str) -> Found | None:
    """The words of ``raw`` that are the title, without what leads to it and what follows it."""
    kept = _NO_TITLE.split(raw, maxsplit=1)[0]
    words = list(_TITLE_WORD.finditer(kept))
    while words and (_is_stray(words[-1][0]) or _LINK_WORD.fullmatch(words[-1][0])):
        words.pop()
    while words and _is_stray(words[0][0]):
        words.pop(0)
    if not words:
        return None
    begin = words[0].start()
    value = kept[begin : words[-1].end()].rstrip(" .,;:–-")
    if len(value) < 3:
        return None
    return Found(value=" ".join(value.split()), start=start + begin, end=start + begin + len(value))


def _is_stray(word: str) -> bool:
    return word.rstrip(".,") in _NO_POSITION or _DATE_WORD.match(word) is not None
