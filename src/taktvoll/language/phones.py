"""Phone numbers in mails, with what they are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Line(IntEnum):
    """What a number reaches; a higher one is the better one to call somebody on."""

    NEVER = 0  # fax, dial-in, the candidate's own
    SWITCHBOARD = 1
    MOBILE = 2
    GENERAL = 3
    DIRECT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as written, ``text[start:end]``."""

    number: str
    start: int
    end: int
    line: Line


_GAP = r"(?:[ \u00a0]?[./\-\u2013][ \u00a0]?|[ \u00a0]|[ ]\((?=\d{1,5}\)))"
_EXTENSION = r"(?:,?[ ]?(?:ext\.?|extension|DW|Dw\.?|Durchwahl|Klappe|Kl\.|App\.|x)[ ]?-?\d{1,5})?"
_NUMBER = re.compile(
    r"(?<![\w.,/#+=\-])(?:\((?:\+|00)\d{1,3}[ ]?\d{0,5}\)|(?:\+|00)\d{1,3}[ ./\-]{0,2}"
    r"(?:\(0?\d{0,4}\))?|\(0?\d{2,5}\)|0\d{1,5}|[2-9]\d{2}(?=[.\-]\d{3}[.\-]\d{4}(?!\d)))"
    rf"(?:(?:{_GAP}|(?<=\)))?+\)?\d{{1,9}}+){{1,7}}(?!\w){_EXTENSION}"  # one way to cut the digits
)
_SHORT_NUMBER = re.compile(r"(?<![\w.\-/])\d{3}[-.]\d{4}(?![\w\-])")
_SHORT_LABEL = re.compile(
    r"(?:call|text|ring|phone|tel\.?|cell|mobile|fon|telefon|at|on)[^\n\d]{0,24}$", re.IGNORECASE
)
_FAX = re.compile(
    r"(?:fax|telefax|telekopie|(?:^|\s)f(?![a-z]))[.:]{0,2}\s{0,3}(?:\(?\w{1,12}\)?\s)?$",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?:mobil\w*|handy\w*|mobile|cell|natel|(?:^|\s)m)[.:]{0,2}\s{0,3}$", re.IGNORECASE
)
_DIRECT = re.compile(
    r"(?:durchwahl|direkt\w*|direct(?: line| dial)?|dw|ddi|my desk|desk|personal(?:büro|abteilung|"
    r"stelle)?|"
    r"recruiting|hr)[^\n\d+]{0,30}$",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:zentrale|switchboard|hotline|empfang|reception|rezeption|reservation|reservierung|laden|"
    r"shop|büro|kundenservice|emergency|24 ?hr|patients|box office|bookings|kundentelefon|"
    r"kundenzentrum|notdienst|entstörung|tag und nacht|"
    r"main(?: office)?)[^\n\d+]{0,20}$",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"(?<!\w)(?:my (?:cell|mobile|number|direct \w+|extension)|meine[rm]? (?:\w{0,8}nummer|"
    r"durchwahl|handy\w*))(?: is| ist|:)?\s$",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(
    r"(?<!\w)(?:iban(?:\s?[a-z]{2}\d\d)?|bic|hr[ab]|ust|uid|id|nr\.?|no\.?|number|konto|code|"
    r"kennung|pin|charity|"
    r"company|zvr|gz|az|"
    r"registered|kennziffer|ref\.?|reference|steuer\w*|vat)\W{0,3}$",
    re.IGNORECASE,
)
_PHONE_NUMBER = re.compile(
    r"(?:tel\w*|ph(?![a-z])|phone|mobil\w*|handy|ruf|fax)[\w ./-]{0,14}(?:nr\.?|number|"
    r"no\.?)\W{0,3}$",
    re.IGNORECASE,
)
_GENERAL_AFTER = re.compile(
    r"\s?\((?:zentrale|switchboard|entstörung|hotline|reception|empfang|main|office)", re.IGNORECASE
)
_DIRECT_AFTER = re.compile(r"\s?\((?:direct|direkt|durchwahl|my desk|ddi)", re.IGNORECASE)
_OWN_AFTER = re.compile(
    r"\s?(?:noch aktuell|noch richtig|noch die richtige|stimmt (?:noch|doch|die)|"
    r"still (?:correct|right|the best)|as your (?:number|mobile|phone))",
    re.IGNORECASE,
)
_ACCESS_AFTER = re.compile(r"[\s,;]{1,3}(?:pin|zugangscode|access code|passcode)\W", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:tel\w*|phone|fon|rufnummer|nummer|call|ruf|anruf\w*|(?:^|\s)[tp]|☎)[^\n\d+]{0,20}$",
    re.IGNORECASE,
)
_DIAL_IN = re.compile(
    r"einw(?:a|ä|ae)hl\w*|telefonisch teilnehmen|(?:per|via) telefon(?: teilnehmen| beitreten|:)|"
    r"dial[- ]?in|telefonkonferenz|konferenz-?id|conference id|by phone|"
    r"per telefon beitreten|meeting[- ]?id|"
    r"phone one-tap|one tap|nur audio|audio only|find your local number|besprechungs-?id",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"(?:deine|ihre|your) (?:antworten|angaben|answers|details|responses)\s*[:\n]|you answered|"
    r"(?:deine|ihre|your) (?:notiz|note)|"
    r"invitee|gast:|eingeladene person",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:ihrer?|deiner?|deine|ihre) (?:\w{0,20}nummer|telefon\w*|handy\w*)[^\n.]{0,40}$|"
    r"(?:erreichen wir (?:sie|dich)|(?:ich|wir) (?:\w+ )?rufe?n? (?:sie|dich)|rufe?n? (?:ich|"
    r"wir) (?:sie|dich)|"
    r"ruft (?:sie|dich|ihnen|dir)|stimmt die nummer)[^\n.]{0,80}$|"
    r"(?:your (?:\w+ )?(?:number|phone|mobile)|call you|ring you|reach you)[^\n.]{0,60}$|"
    r"(?<!\w)(?:ihre|deine|your)\s$|nummer hab\w* (?:ich|wir)[^\n.]{0,20}$|(?:nummer|number|"
    r"unter|on|at) [^\n.]{0,30}(?:lebenslauf|"
    r"bewerbung|"
    r"unterlagen|profil|cv|resume|résumé|application)[^\n.]{0,12}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def find_phones(text: str) -> tuple[Phone, ...]:
    """The phone numbers of ``text`` in its order, each with the :class:`Line` its label says."""
    found = []
    for match in _matches(text):
        number = match[0].rstrip(" .-/\u2013\u00a0")
        digits = sum(c.isdigit() for c in number)
        before = text[max(0, match.start() - 100) : match.start()]
        if not 6 <= digits <= 18 or not _plausible(number, before):
            continue
        found.append(
            Phone(
                number=number,
                start=match.start(),
                end=match.start() + len(number),
                line=_line(text, match.start(), match.end(), before),
            )
        )
    return tuple(found)


def _matches(text: str) -> list[re.Match[str]]:
    """Numbers as they are dialled from afar, and the short ones of a town behind their label."""
    found = list(_NUMBER.finditer(text))
    found += [
        match
        for match in _SHORT_NUMBER.finditer(text)
        if _SHORT_LABEL.search(text, max(0, match.start() - 30), match.start())
    ]
    return sorted(found, key=lambda match: match.start())


def _plausible(number: str, before: str) -> bool:
    """No date, no bank account: a label, a leading + or enough digits speak for a phone."""
    if re.match(r"\d{1,2}[./\-]\s?\d{1,2}[./\-]\s?\d{2,4}(?!\d)", number):
        return False
    if _NO_PHONE.search(before) and not _PHONE_NUMBER.search(before):
        return False
    if number.startswith("00") and sum(c.isdigit() for c in number) < _FROM_ABROAD:
        return False
    if (
        number.startswith(("+", "00", "("))
        or _LABEL.search(before)
        or _MOBILE.search(before)
        or _FAX.search(before)
    ):
        return True
    return sum(c.isdigit() for c in number) >= (7 if len(number) == 8 else 8)


_FROM_ABROAD = 9  # digits with the country's own


def _line(text: str, start: int, end: int, before: str) -> Line:
    near = before[-40:].rpartition("\n")[2]
    paragraph = max(text.rfind("\n\n", 0, start), start - 160, 0)
    about = text[paragraph:start]
    if not (_LABEL.search(near) or _MOBILE.search(near)) or _DIAL_IN.search(near):
        about = text[max(0, start - 160) : start] if "\n\n" not in about[-60:] else about
        if text.startswith(",,", end) or _DIAL_IN.search(about.rpartition(". ")[2]):
            return Line.NEVER
    if (
        _FAX.search(near)
        or _OWN.search(before)
        or _ANSWERS.search(text, max(0, start - 300), start)
    ):
        return Line.NEVER
    if _ACCESS_AFTER.match(text, end) or _OWN_AFTER.match(text, end):
        return Line.NEVER
    if _DIRECT_AFTER.match(text, end) or _MINE.search(near):
        return Line.DIRECT
    if _MOBILE.search(near):
        return Line.MOBILE
    if _DIRECT.search(near):
        return Line.DIRECT
    if _GENERAL.search(near) or _GENERAL_AFTER.match(text, end):
        return Line.SWITCHBOARD
    return Line.GENERAL
