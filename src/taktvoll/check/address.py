"""How the reader is addressed: Sie or du throughout, Frau or Herr, ß or ss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taktvoll.check.letter import Letter, finding_at
from taktvoll.content.lemmas import fold
from taktvoll.language.pattern import Pattern
from taktvoll.messages import say
from taktvoll.model import Category, Country, Finding, Formality, Gender, Known, Language

# The second person. A capital Sie at the start of a sentence may be a third person: then the verb
# decides. "ihr" to a team is du too, but is also "her", so it needs its verb.
_DU = Pattern(
    r"\b(?:[Dd]u|[Dd]ir|[Dd]ich|[Dd]ein(?:e[rnms]?)?|[Ee]uch|[Ee]uer|[Ee]ure[rnms]?"
    r"|(?:hast|bist|kannst|könntest|würdest|hättest|willst|möchtest|weißt|weisst|findest|brauchst"
    r"|meldest|schreibst|sagst|magst|hoffst|wirst)"
    r"|[Ii]hr (?:habt|seid|könnt|könntet|wollt|braucht|wisst|werdet|würdet|hättet|möchtet)"
    r"|(?:habt|seid|könnt|könntet|würdet) [Ii]hr)\b"
    r"|(?:(?<=[.!?\n] )|(?<=\n)|(?<=bitte )|(?<=Bitte ))(?:[Mm]elde?|[Ss]ag|[Ss]chreib"
    r"|[Gg]ib|[Rr]uf|[Ll]ass|[Ss]chau)"
    r"(?= (?:mir|mich|bitte|doch|gern|gerne|uns|einfach|kurz|dich|Bescheid|mal)\b)"
)
_DU_WORDS = frozenset(  # one of these stands wherever _DU finds anything
    [
        "du",
        "dir",
        "dich",
        "dein",
        "deine",
        "deinem",
        "deinen",
        "deiner",
        "deines",
        "euch",
        "euer",
        "eure",
        "eurem",
        "euren",
        "eurer",
        "eures",
        "hast",
        "bist",
        "kannst",
        "koenntest",
        "wuerdest",
        "haettest",
        "willst",
        "moechtest",
        "weisst",
        "findest",
        "brauchst",
        "meldest",
        "schreibst",
        "sagst",
        "magst",
        "hoffst",
        "wirst",
        "ihr",
        "melde",
        "meld",
        "sag",
        "schreib",
        "gib",
        "ruf",
        "lass",
        "schau",
    ]
)
_SIE = Pattern(
    r"(?<=[\wäöüß,;:)“\"–-] )(?:Sie|Ihnen)\b|(?<=\n)(?:Sie|Ihnen)\b"
    r"|(?<=[\wäöüß,;:)“\"–-] )Ihr(?:e[rnms]?)?\b(?! (?:habt|seid|könnt|könntet|wollt|braucht"
    r"|wisst|werdet|würdet|hättet|möchtet)\b)"
    r"|\bIhr(?:e[rnms]?)\b|\b(?:Sie (?:haben|sind|können|könnten|würden|werden|hätten"
    r"|erreichen|wollen|möchten)"
    r"|(?:[Hh]aben|[Ss]ind|[Kk]önnen|[Kk]önnten|[Ww]ürden|[Mm]elden|[Ss]agen|[Rr]ufen"
    r"|[Gg]eben|[Tt]eilen|[Ll]assen) Sie)\b|\bIhnen\b"
)
_THIRD = Pattern(r"\b(?:Die|die|Eine|eine|Frau)\b[^.?!\n]*[.,] $")
_FORMAL_OPENING = Pattern(r"[Gg]eehrte|\bFrau |\bHerrn? ")
_WRONG_GENDER = (
    (Pattern(r"\b(?:[Ss]ehr )?[Gg]eehrter(?: Frau| Damen)\b"), "geehrte"),
    (Pattern(r"\b(?:[Ss]ehr )?[Gg]eehrte(?: Herrn?)\b(?!en)"), "geehrter"),
    (Pattern(r"\b(?:[Ss]ehr )?[Gg]eehrter Herrn\b"), None),
    (Pattern(r"\b(?:[Ss]ehr )?[Gg]eehrte(?:n|s|m) (?:Frau|Herrn?|Damen)\b"), None),
    (
        Pattern(
            r"\b(?:[Ss]ehr )?[Gg]eehrte(?:/r|r/e|\(r\)|:r|\*r)(?: (?:Frau|Herrn?)(?:/(?:Frau"
            r"|Herrn?))?)?"
        ),
        None,
    ),
    (Pattern(r"\bLieber Frau\b"), "Liebe Frau"),
    (Pattern(r"\bLiebe Herrn?\b"), "Lieber Herr"),
    (Pattern(r"\b(?:Hallo|Guten (?:Tag|Morgen|Abend)|Grüezi) Herrn\b"), None),
    (Pattern(r"\bDear (?:Mr|Mrs|Ms|Sir)\.? (?:Mr|Mrs|Ms|Madam)\b"), None),
)
_MALE = Pattern(r"\b(?:Herrn?|Mr|Sir|geehrter|Lieber)\b")
_FEMALE = Pattern(
    r"\b(?:Frau|Ms|Mrs|Miss|Madam)\b|\bgeehrte (?!Damen|Herr)|\bLiebe (?!Herr|alle|Damen"
    r"|Kolleg|Team)"
)
_COURTEOUS_DU = Pattern(r"(?<=[\w,] )(?:Du|Dir|Dich|Dein\w*|Euch)\b")  # then Ihr is "you all"
_ANOTHER = Pattern(r"\s*(?:(?:Sehr )?[Gg]eehrte|Lieber?\b|Dear\b|Guten Tag)")
_TITLED = Pattern(r"(?:Frau|Herrn?|Dr\.) $")  # a name follows


def formality_of(letter: Letter) -> Formality:
    """Sie or du, by what the letter itself says most; Sie where it says neither."""
    du = len(_DU.findall(letter.text))
    sie = len(_SIE.findall(letter.text))
    line = letter.text[slice(*letter.salutation)] if letter.salutation else ""
    if _FORMAL_OPENING.search(line):
        sie += 1
    return Formality.DU if du > sie else Formality.SIE


def address_findings(letter: Letter, known: Known, groups: dict[str, list[str]]) -> list[Finding]:
    """register_mix (German), salutation_gender, ortho_variant (German)."""
    findings = list(_gender(letter, known))
    if known.language is Language.DE:
        findings += _register(letter, known)
        findings += _spelling(letter, known, groups)
    return findings


def _register(letter: Letter, known: Known) -> Iterator[Finding]:
    """In each sentence that deviates one finding, from its first deviating word to its last."""
    text = letter.text
    if _DU_WORDS.isdisjoint(letter.words.folded):
        return
    du = [m.span() for m in _DU.finditer(text) if not _in_quotes(text, m.start())]
    sie = [
        m.span()
        for m in _SIE.finditer(text)
        if not _THIRD.search(text[max(0, m.start() - 80) : m.start()])
    ]
    opening = text[slice(*letter.salutation)] if letter.salutation else ""
    if not du or not (sie or _FORMAL_OPENING.search(opening)):
        return
    formal = (known.formality or formality_of(letter)) is not Formality.DU
    if _COURTEOUS_DU.search(text):
        sie = [span for span in sie if text[slice(*span)] != "Ihr"]
    wrong, right = (du, "Sie") if formal else (sie, "du")
    last: tuple[int, int] | None = None
    for start, end in wrong:
        sentence = letter.sentence_at(start)
        if last and letter.sentence_at(last[0]) == sentence and start - last[1] < 25:
            last = (last[0], end)
            continue
        if last:
            yield _mixed(letter, last, right)
        last = (start, end)
    if last:
        yield _mixed(letter, last, right)


def _mixed(letter: Letter, span: tuple[int, int], right: str) -> Finding:
    return finding_at(
        letter,
        Category.REGISTER_MIX,
        span,
        "address.register",
        say("check.register_mix", Language.DE, right=right),
    )


def _gender(letter: Letter, known: Known) -> Iterator[Finding]:
    if not letter.salutation:
        return
    start, end = letter.salutation
    line = letter.text[start:end]
    language = known.language or Language.DE
    for pattern, _right in _WRONG_GENDER:
        if hit := pattern.search(line):
            yield finding_at(
                letter,
                Category.SALUTATION_GENDER,
                (start + hit.start(), start + hit.end()),
                "address.agreement",
                say("check.salutation_gender.form", language),
            )
            return
    if known.contact.gender is None or re.search(
        r"Damen|Herren|Madam|,.*(?:geehrte|[Ll]iebe|[Dd]ear|Frau|Herr|M[rs]s?\b)|\bund\b|\band\b|&",
        line,
    ):
        return
    if known.contact.name and not any(fold(n) in fold(line) for n in known.contact.name.split()):
        return  # speaks to somebody else: that is another finding
    if _ANOTHER.match(letter.text, end):
        return  # two people, each in a line
    other = _MALE if known.contact.gender is Gender.FEMALE else _FEMALE
    hits = list(other.finditer(line))
    if hits:
        hit = hits[-1]  # Frau rather than geehrte
        yield finding_at(
            letter,
            Category.SALUTATION_GENDER,
            (start + hit.start(), start + hit.end()),
            "address.gender",
            say("check.salutation_gender.known", language),
        )


def _spelling(letter: Letter, known: Known, groups: dict[str, list[str]]) -> Iterator[Finding]:
    if known.country is Country.CH:
        names = fold(
            " ".join(filter(None, (known.name, known.company, known.contact.name, known.position)))
        )
        words = letter.words
        for raw, start, end in zip(words.raw, words.starts, words.ends, strict=True):
            if "ß" not in raw or fold(raw) in names or _in_quotes(letter.text, start):
                continue
            if _TITLED.search(letter.text[max(0, start - 6) : start]):
                continue
            yield finding_at(
                letter,
                Category.ORTHO_VARIANT,
                (start, end),
                "address.swiss",
                say("check.ortho_variant.swiss", Language.DE),
                raw.replace("ß", "ss"),
            )
    elif known.country in (Country.DE, Country.AT):
        yield from _sharp(letter, known, groups.get("eszett", ()))


def _sharp(letter: Letter, known: Known, stems: Sequence[str]) -> Iterator[Finding]:
    """ss where Germany and Austria write ß, by the stems of the group ``eszett``."""
    names = " ".join(filter(None, (known.name, known.company, known.contact.name))).lower()
    words = letter.words
    for raw, start, end in zip(words.raw, words.starts, words.ends, strict=True):
        low = raw.lower()
        if "ss" not in low or low in names or _in_quotes(letter.text, start):
            continue
        if _TITLED.search(letter.text[max(0, start - 6) : start]):
            continue
        for stem in stems:
            at = low.find(stem)
            if at >= 0 and (at == 0 or at > 2):
                cut = at + stem.index("ss")
                yield finding_at(
                    letter,
                    Category.ORTHO_VARIANT,
                    (start, end),
                    "address.eszett",
                    say("check.ortho_variant.eszett", Language.DE),
                    raw[:cut] + "ß" + raw[cut + 2 :],
                )
                break


def _in_quotes(text: str, offset: int) -> bool:
    line = text[max(text.rfind("\n", 0, offset) + 1, offset - 300) : offset]
    return line.count("„") > line.count("“") or line.count("»") != line.count("«")
