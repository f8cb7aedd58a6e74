"""The shape of a letter: salutation, closing, form of address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from taktvoll.language.names import is_name
from taktvoll.model import Formality, Greeting, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Salutation:
    """The first line that addresses somebody, ``text[start:end]``, and whom it names."""

    start: int
    end: int
    greeting: Greeting
    name: str  # as written, with Frau/Herr and titles


_SALUTATION = re.compile(
    r"^[ \t>*]{0,4}(?P<word>Sehr geehrte[rs]?|Sehr verehrte[r]?|Geehrte[r]?|Werte[r]?|"
    r"Liebe[rs]?|Grüezi|Gruezi|Grüß Gott|Servus|Moin|"
    r"Huhu|Hallöchen|Hola|Tach|Mahlzeit|Guten Tag|Guten Morgen|Guten Abend|Hallo|Hej|Hey|Hi|Hello|"
    r"Good morning|"
    r"Good afternoon|Dear|Ciao|Salü|Hoi|Ahoi)"
    r"(?![\w’'])(?P<name>[^\n,!.:;–]{0,60})",
    re.MULTILINE,
)
_GREETINGS = {
    **dict.fromkeys(("sehr", "geehrte", "geehrter", "werte", "werter"), Greeting.FORMAL),
    **dict.fromkeys(("liebe", "lieber", "liebes", "dear"), Greeting.DEAR),
    **dict.fromkeys(("guten", "good", "grüß"), Greeting.GOOD_DAY),
    **dict.fromkeys(("grüezi", "gruezi"), Greeting.GRUEZI),
}

_CLOSING = re.compile(
    r"^[ \t]{0,4}(?:(?P<surely>(?:(?:und )?(?:mit )?(?:(?:den |ganz |sehr )?"
    r"(?:[a-zäöüß]{3,18}e)[nmr]? ){1,2}"
    r"(?:gr(?:ü|ue|u)(?:ß|ss)\w*|empfehlung\w*)|hochachtungsvoll|--|—|(?:dein|ihr|euer|"
    r"your)e? [^\W\d_][\w&. -]{1,40}[ -](?:team|crew)|herzlichst|seien sie "
    r"(?:herzlich )?(?:gegrüßt|gegrüsst|behütet)|mfg|"
    r"(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many) (?:regards|wishes)|regards|"
    r"with (?:my |our |many |sincere )?(?:apologies|thanks)|frohe (?:feiertage|weihnachten|ostern)|"
    r"yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|respectfully|cordially))"
    r"|lg|vg|bg|gr(?:u|ü|ue)(?:ß|ss)e?|(?:liabi|liebi) grü(?:ß|ss)|best|cheers|thx|ta|all the "
    r"best|many thanks|thanks|thank you|"
    r"thanks and regards|"
    r"herzlich|baba|servus|pfiat(?: di| euch| ihnen)?|tschüss|salü|adieu|alles liebe|alles gute|"
    r"slàinte|"
    r"ciao|bis (?:bald|dann|dahin))"
    r"(?=[ \t]*(?:[,.!:;]|$)|[ \t]+(?:&|aus|vom|von|from|nach|und|in|ins|sendet|i\.|im auftrag|ihr|"
    r"dein|euer)|"
    r"(?(surely)[ \t]+(?-i:[A-ZÄÖÜ])|(?!)))[,.!:;]?",
    re.MULTILINE | re.IGNORECASE,
)
_INLINE_CLOSING = re.compile(
    r"(?:^[ \t]*|[.!?…)\]🙂😊😃👍🙌][ \n]{1,2})(?i:Mit freundlichen Gr(?:ü|ue)(?:ß|ss)en|"
    r"Freundliche Gr(?:ü|ue)(?:ß|ss)e|"
    r"(?:ganz )?(?:Viele|Liebe|Beste) Grü(?:ß|ss)e|Kind regards|LG|VG|BG|Gru(?:ß|ss)|MfG|Best|"
    r"Cheers)"
    r"(?: aus [A-ZÄÖÜ]\w+)?[ ,]{1,3}(?=[A-ZÄÖÜ])",
    re.MULTILINE,
)

_SIE = re.compile(
    r"(?<!\w)(?:Ihnen|Ihre[nmrs]?|Ihr)(?!\w)|(?<=[a-zäöüß,] )Sie(?!\w)|(?<!\w)(?:Möchten|"
    r"Können|Haben|Bitte \w+|Wenn|Falls|Sollten|dass|wie|ob|für|an) Sie(?!\w)"
)
_SIE_TYPED_SMALL = re.compile(
    r"(?<!\w)(?:kommen|bringen|melden|haben|können|wollen|rufen|schreiben|geben|bitte) sie(?!\w)|"
    r"(?<!\w)ihre (?:bewerbung|unterlagen|nachricht|mail)(?!\w)"
)
_DU = re.compile(
    r"(?<!\w)(?:du|dich|dir|dein(?:e[nmrs]?)?|euch|euer|eure[nmrs]?|Du|Dich|Dir|"
    r"Dein(?:e[nmrs]?)?)(?!\w)"
)


def salutation(text: str) -> Salutation | None:
    """The salutation of a letter, or None. Only the first 1,500 code points are looked at."""
    for found in _SALUTATION.finditer(text[:1500]):
        word = found["word"].split()[0].lower()
        greeting = _GREETINGS.get(word, Greeting.HELLO)
        return Salutation(
            start=found.start("word"),
            end=found.end(),
            greeting=greeting,
            name=found["name"].strip(),
        )
    return None


@lru_cache(maxsize=4)
def closing(text: str) -> tuple[int, int] | None:
    """Where the closing formula stands: the first sure one, else the last doubtful one.

    "Thanks" may be the first word of a letter as well as the last, "Kind regards" may not. Only
    the first 12,000 code points are looked at: what follows is no letter.
    """
    opening = salutation(text)
    begin = opening.end if opening else 0
    found = None
    for match in _CLOSING.finditer(text, begin, 12_000):
        if not text[match.end() : match.end() + 400].strip():
            found = found or match
        elif match["surely"]:
            return match.span()
        else:
            found = match
    if found is None:
        found = _INLINE_CLOSING.search(text, begin, 12_000)
    if found is not None:
        return found.span()
    for own in _OWN_CLOSING.finditer(text, begin, 12_000):
        if is_name(own["name"]):
            return own.span("said")
    return _block_without_closing(text, begin)


def _block_without_closing(text: str, begin: int) -> tuple[int, int] | None:
    """Where a letter that nobody closes is signed: a name, and under it whose it is."""
    for block in _BLOCK.finditer(text, max(begin, len(text) // 3), 12_000):
        name, under = block["name"].partition(",")[0], block["under"]
        last = len(text.rstrip()) - block.end() < _AFTER_BLOCK
        if (last or _REACHED.search(under)) and not _SAID.search(under) and is_name(name):
            return block.start("name"), block.start("name")
    return None


_OWN_CLOSING = re.compile(
    r"\n[ \t]*\n[ \t]*(?P<said>[A-ZÄÖÜ][^\W\d_]*(?: [^\W\d_]+){0,5}[,!])[ \t]*\n(?:[ \t]*\n)?"
    r"[ \t]*(?P<name>(?:(?:Dr|Prof|Mag|Ing)\.? )?[A-ZÄÖÜ][^\W\d_]{1,20}\.?(?: "
    r"[A-ZÄÖÜ][\w.'’-]{0,20}){0,3})"
    r"(?:,[^\n]{2,30})?[ \t]*(?:\n|$)"
)
"""What somebody says in place of a formula: "With every blessing," and their name below."""
_BLOCK = re.compile(
    r"\n[ \t]*\n[ \t]*(?P<name>[A-ZÄÖÜ][^\W\d_]{1,20}\.?(?: [A-ZÄÖÜ][\w.'’-]{0,20}){0,3}"
    r"(?:, [\w.,\- ]{2,24})?)[ \t]*\n(?P<under>(?:[^\n]{2,90}(?:\n|$)){1,7})"
)
_AFTER_BLOCK = 120  # characters: a line about opening hours, or from what it was sent
_REACHED = re.compile(
    r"@|(?<![\d.])(?!\d\d\.\d\d\.\d{4})(?:\+|\(?0)\d[\d ()/.\-]{5,}\d|"
    r"\d{3}[). \-]{1,2}\d{3}[.\-]\d{4}"
)
_SAID = re.compile(r"(?:(?<![\w@./])[a-zäöü]{2,} ){3}|\?")
"""What lines of a signature do not hold: three small words in a row, a question."""


def formality_of(text: str, language: Language) -> Formality:
    """How ``text`` addresses its reader. English, and German without an address, is neutral.

    A first name alone ("Hi Mira") is du where the text holds no other word of address.
    """
    if language is Language.EN:
        return Formality.NEUTRAL
    polite = len(_SIE.findall(text)) + len(_SIE_TYPED_SMALL.findall(text))
    familiar = len(_DU.findall(text))
    if not polite and not familiar:
        opening = salutation(text)
        if opening is None:
            return Formality.NEUTRAL
        if re.search(r"\b(?:Frau|Herrn?|Damen)\b", opening.name):
            return Formality.SIE
        informal = opening.greeting in (Greeting.HELLO, Greeting.DEAR)
        alone = re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?", opening.name)
        return Formality.DU if informal and alone else Formality.NEUTRAL
    return Formality.DU if familiar > polite else Formality.SIE
