"""Phone numbers in mails, with what they are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Line(IntEnum):
    """What a number reaches; a higher one is the better one to call somebody on."""

    NEVER = 0  # fax, dial-in, the candidate's own
    MOBILE = 1
    GENERAL = 2
    DIRECT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as written, ``text[start:end]``."""

    number: str
    start: int
    end: int
    line: Line


_NUMBER = re.compile(
    r"(?<![\w.,/#+=\-])(?:(?:\+|00)\d{1,3}[ ./\-]{0,2}(?:\(0?\d{0,4}\))?|\(0?\d{2,5}\)|"
    r"0\d{1,5}|[2-9]\d{2}(?=[.\-]\d{3}[.\-]\d{4}(?!\d)))"
    r"(?:[ \u00a0./\-\u2013]{0,3}+\d{1,9}+){1,7}(?!\w)"  # possessive: one way to cut the digits
)
_FAX = re.compile(
    r"(?:fax|telefax|telekopie|(?:^|\s)f)[.:]{0,2}\s{0,3}(?:\(?\w{1,12}\)?\s)?$", re.IGNORECASE
)
_MOBILE = re.compile(
    r"(?:mobil\w*|handy\w*|mobile|cell|natel|(?:^|\s)m)[.:]{0,2}\s{0,3}$", re.IGNORECASE
)
_DIRECT = re.compile(
    r"(?:durchwahl|direkt\w*|direct(?: line| dial)?|dw)[^\n\d+]{0,30}$", re.IGNORECASE
)
_GENERAL = re.compile(
    r"(?:zentrale|switchboard|hotline|sekretariat|empfang|reception|"
    r"main(?: office)?)[^\n\d+]{0,20}$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:tel\w*|phone|fon|rufnummer|nummer|call|ruf|anruf\w*|(?:^|\s)[tp]|☎)[^\n\d+]{0,20}$",
    re.IGNORECASE,
)
_DIAL_IN = re.compile(
    r"einw(?:ä|ae)hl\w*|dial[- ]?in|telefonkonferenz|konferenz-?id|conference id|by phone|"
    r"per telefon beitreten|meeting[- ]?id|"
    r"phone one-tap|one tap|nur audio|audio only|find your local number|besprechungs-?id",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:ihrer?|deiner?|deine|ihre) (?:\w{0,20}nummer|telefon\w*|handy\w*)[^\n.]{0,40}$|"
    r"(?:erreichen wir (?:sie|dich)|rufe\w* (?:wir )?(?:sie|dich|ich sie|ich dich))[^\n.]{0,80}$|"
    r"(?:your (?:\w+ )?(?:number|phone|mobile)|call you|ring you|reach you)[^\n.]{0,60}$",
    re.IGNORECASE,
)


def find_phones(text: str) -> list[Phone]:
    """The phone numbers of ``text`` in its order, each with the :class:`Line` its label says."""
    found = []
    for match in _NUMBER.finditer(text):
        number = match[0].rstrip(" .-/\u2013\u00a0")
        digits = sum(c.isdigit() for c in number)
        before = text[max(0, match.start() - 100) : match.start()]
        if not 6 <= digits <= 16 or not _plausible(number, before):
            continue
        found.append(
            Phone(
                number=number,
                start=match.start(),
                end=match.start() + len(number),
                line=_line(text, match.start(), match.end(), before),
            )
        )
    return found


def _plausible(number: str, before: str) -> bool:
    """No date, no bank account: a label, a leading + or enough digits speak for a phone."""
    if re.fullmatch(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{2}[/\-]\d{2}[/\-]\d{2,4}", number):
        return False
    if re.search(
        r"(?:iban|bic|hr[ab]|ust|id|nr\.?|konto|code|kennung|pin)\W{0,3}$", before, re.IGNORECASE
    ):
        return False
    if (
        number.startswith(("+", "00", "("))
        or _LABEL.search(before)
        or _MOBILE.search(before)
        or _FAX.search(before)
    ):
        return True
    return sum(c.isdigit() for c in number) >= 8 and number[:1] in "0123456789"


def _line(text: str, start: int, end: int, before: str) -> Line:
    near = before[-40:].rpartition("\n")[2]
    if text.startswith((",,", ",,"), end) or _DIAL_IN.search(text, max(0, start - 160), end):
        return Line.NEVER
    if _FAX.search(near) or _OWN.search(before):
        return Line.NEVER
    if _MOBILE.search(near):
        return Line.MOBILE
    if _DIRECT.search(near):
        return Line.DIRECT
    return Line.GENERAL
