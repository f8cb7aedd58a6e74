"""Applying what can be applied without asking: replacements, and sentences that may simply go."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taktvoll.check.letter import letter
from taktvoll.language.pattern import Pattern
from taktvoll.model import Finding

_LOOSE = (
    (Pattern(r"[ \t]+([.,;:!?])"), r"\1"),
    (Pattern(r",(?=[.!?])"), ""),
    (Pattern(r"(?<=\S)[ \t]{2,}"), " "),
    (Pattern(r"[ \t]+$", re.MULTILINE), ""),
    (Pattern(r"\n{3,}"), "\n\n"),
)
_CARRIES = Pattern(
    r"zurück|absag|verschieb|bewerbung|termin|gespräch|einladung|interview|application|withdraw"
    r"|cancel|resched|invitation|position|stelle|\d",
    re.IGNORECASE,
)
_LINKS = Pattern(r"(?:weil|da|denn|wie|und|man|obwohl|aber|because|as|since|and|but)\b", re.I)


def apply_fixes(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with the safe fixes of ``findings``: a replacement, or the deletion of a sentence
    that says nothing else. What cannot be mended safely is left for the person."""
    edits: list[tuple[int, int, str]] = []
    for finding in findings:
        if finding.fix is None or finding.start is None or finding.end is None:
            continue
        if finding.fix:
            edits.append((finding.start, finding.end, finding.fix))
        elif span := _removable(text, finding.start, finding.end):
            edits.append((*span, ""))
    deleted = False
    done = len(text) + 1
    for start, end, fix in sorted(edits, reverse=True):
        if end <= done:
            text = text[:start] + fix + text[end:]
            done = start
            deleted = deleted or not fix
    if deleted:
        for pattern, into in _LOOSE:
            text = pattern.sub(into, text)
        text = text.rstrip(" ")
    return text


def _removable(text: str, start: int, end: int) -> tuple[int, int] | None:
    """What may go with the span: its sentence, or its clause at the end of one; or None."""
    first, last = letter(text).sentence_at(start)
    if not _CARRIES.search(text, first, last):
        while last < len(text) and text[last] in " \t":
            last += 1
        return first, last
    comma = max(text.rfind(mark, first, start) for mark in (",", ";", "–"))
    rest = text[end:last].strip(" .!?\n")
    if comma >= 0 and not rest and _LINKS.match(text[comma + 1 : end].lstrip()):
        return comma, end
    return None
