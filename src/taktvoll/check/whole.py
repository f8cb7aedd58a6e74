"""What a whole text lacks, and what was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taktvoll.check.letter import Letter
from taktvoll.check.moments import dates, times
from taktvoll.content.lemmas import fold
from taktvoll.language.pattern import Pattern
from taktvoll.messages import say
from taktvoll.model import Category, Channel, Finding, Intent, Known, Language

_PLACEHOLDERS: tuple[tuple[tuple[str, ...], str], ...] = (  # what stands wherever it matches
    (("[",), r"\[\[?[^\W\d_][^\]\n]{0,60}\]{1,2}|\[[^\W\d_][\w .äöüß-]{0,30}"),
    (("{",), r"\{\{?[^\W\d_][^}\n]{0,60}\}?\}?"),
    (
        ("<",),
        r"<<?(?!https?:|mailto:|[\w.+-]+@)[^\W\d_][\w ./äöüß-]{1,40}>>?"
        r"|<(?:Name|Firma|Datum|Position|Company|Date)\b",
    ),
    (("XX", "xx"), r"\bX{2,3}\b(?:\.X{2,4})*\.?|\bx{2,}\b(?:\.x{2,4})*\.?"),
    (
        ("TT", "DD", "MM"),
        r"\b(?:TT|DD|MM)\.(?:MM|TT|DD)\.?(?:J{2,4}|Y{2,4})?|\b(?:DD|MM)/(?:MM|DD)(?:/Y{2,4})?",
    ),
    (("HH",), r"\bHH[:.]MM\b"),
    (("_",), r"\b__+|_{3,}"),
    (("...", "…", "N."), r"(?<=(?:Frau|Herr) )(?:\.{3}|…|N\.\s?N\.)"),
    (
        ("/",),
        r"\b(?:Herrn?/Frau|Frau/Herrn?)\b|\b(?:Mr|Ms|Mrs)\.?/(?:Ms|Mrs|Mr)\.?",
    ),
    (
        ("Muster", "XY", "ABC", " Doe"),
        r"\b(?:Max|Erika|Maxine) Mustermann\b|\bMusterfirma\b|\bFirma (?:XY|ABC)Z?\b"
        r"|\b(?:John|Jane) Doe\b",
    ),
    (
        ("einfüg", "einsetz", "eintrag", " here"),
        r"\b(?:Name|Datum|Uhrzeit|Position|Firma|Stelle|Company|Date|Time)(?: hier)?"
        r" (?:einfügen|einsetzen|eintragen|here)\b",
    ),
    (
        ("hier ", "insert ", "enter "),
        r"\b(?:hier|insert|enter) (?:(?:Ihren?|deinen?|den|die|das|your|the) )?"
        r"(?:Name[n]?|Datum|name|date|company|time)(?: (?:einfügen|einsetzen|eintragen))?\b",
    ),
    (("???",), r"\?{3,}"),
    (("tbd", "TBD", "tba", "TBA", "TODO"), r"\b(?:tbd|TBD|tba|TBA|TODO)\b"),
)
_PLACEHOLDER = Pattern("|".join(pattern for _, pattern in _PLACEHOLDERS))
_PLACEHOLDER_MARKS = tuple(mark for marks, _ in _PLACEHOLDERS for mark in marks)
_REFERRING = Pattern(
    r"\b(?:heut\w*|morgen|übermorgen|gest(?:ern|rig)\w*|vorgestern|morgig\w*|vorhin|today\w*|tomorrow\w*"
    r"|yesterday\w*|this (?:morning|afternoon|evening|week)|(?:next|last) week|zweitgespräch\w*"
    r"|montag\w*|dienstag\w*|mittwoch\w*|donnerstag\w*|freitag\w*|samstag\w*"
    r"|(?:nächste|letzte|kommende|diese|vergangene)[rn]? woche|letzten tage\w*"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|(?:referenz|kennziffer|aktenzeichen|reference|ref\.)\b"
    r"|(?:stelle|position|bewerbung|ausbildung\w*|praktikum|job|aufgabe) (?:als|zum|zur|im"
    r"|in der|bei)\b|(?:for|from) the \w[\w /-]{2,60} (?:role|position|post|job|vacancy)"
    r"|role (?:of|as)|position (?:of|as)|post (?:of|as)|application for|bewerbung um"
    r"|vereinbarte\w* stelle|(?:(?:wir|haben) den|unser\w*) \w*vertrag"
    r"|(?:our|have an|the) agreement|already said yes)",
    re.IGNORECASE,
)
_NEEDS_REFERENCE = frozenset(
    {
        *(Intent.ACCEPT, Intent.RESCHEDULE, Intent.CHANGE_FORMAT, Intent.CANCEL),
        *(Intent.WITHDRAW_BEFORE, Intent.NO_SHOW_APOLOGY, Intent.INTERVIEWER_ABSENT),
    }
)
_UNSIGNED = frozenset({Channel.PHONE, Channel.BOOKING_LINK})


def placeholder_findings(letter: Letter, language: Language) -> Iterator[Finding]:
    """Slots that nobody filled in, with or without their closing bracket."""
    if not any(mark in letter.text for mark in _PLACEHOLDER_MARKS):
        return
    for hit in _PLACEHOLDER.finditer(letter.text):
        quote = hit[0].rstrip()
        yield Finding(
            category=Category.PLACEHOLDER,
            rule="whole.placeholder",
            start=hit.start(),
            end=hit.start() + len(quote),
            quote=quote,
            message=say("check.placeholder", language),
        )


def whole_findings(letter: Letter, known: Known, language: Language) -> Iterator[Finding]:
    """missing_reference and missing_signature."""
    if known.channel is Channel.BOOKING_LINK:
        return
    if known.intent in _NEEDS_REFERENCE and not _refers(letter, known, language):
        yield _whole(Category.MISSING_REFERENCE, language)
    if known.channel not in _UNSIGNED and not _signed(letter, known):
        yield _whole(Category.MISSING_SIGNATURE, language)


def _refers(letter: Letter, known: Known, language: Language) -> bool:
    """Whether anything says which interview or which position it is about."""
    if known.start is None and known.position is None:
        return True  # nothing is known that could be named
    if _REFERRING.search(letter.text):
        return True
    text = letter.text
    if dates(text, language, known.country) or times(text, language):
        return True
    low = fold(text)
    words = re.findall(r"[\w-]{5,}", fold(known.position or ""))
    return any(word[: max(5, len(word) - 3)] in low for word in words)


def _signed(letter: Letter, known: Known) -> bool:
    if not letter.text.strip():
        return False
    lines = [line.strip() for line in letter.text.rstrip().splitlines() if line.strip()]
    tail = " ".join(lines[-8:])[-400:]
    if letter.closing:
        tail = letter.text[letter.closing[1] :] or ""
    if known.name:
        low = fold(tail)
        names = [fold(part).strip(".,") for part in known.name.split()]
        if any(re.search(rf"\b{re.escape(name)}\b", low) for name in names if len(name) > 1):
            return True
    if letter.closing:  # a closing without a line break: "Viele Grüße Mira"
        after = letter.text[letter.closing[1] :].strip()
        return bool(re.match(r"[^\W\d_]", after))
    last = lines[-1].rstrip(" .!")
    if known.name:
        parts = {fold(p) for p in known.name.split()}
        return bool(parts & {fold(w) for w in re.findall(r"[\w-]+", last)})
    return (
        len(last.split()) <= 4
        and bool(re.match(r"[^\W\d_]", last))
        and last[:1].isupper()
        and len(lines) > 1
    )


def _whole(category: Category, language: Language) -> Finding:
    return Finding(
        category=category,
        rule=f"whole.{category}",
        start=None,
        end=None,
        quote=None,
        message=say(f"check.{category}", language),
    )
