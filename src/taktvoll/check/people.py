"""Names in a letter against the names that are known: contact, sender, firm, position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from taktvoll.check.letter import Letter, finding_at
from taktvoll.content.lemmas import fold
from taktvoll.language.pattern import Pattern
from taktvoll.messages import say
from taktvoll.model import Category, Channel, Finding, Known, Language

_TITLES = frozenset(
    [
        "frau",
        "herr",
        "herrn",
        "dr",
        "prof",
        "professor",
        "professorin",
        "mag",
        "mag.a",
        "ing",
        "dipl",
        "dipl.-ing",
        "di",
        "msc",
        "bsc",
        "mba",
        "ma",
        "ba",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "madam",
        "familie",
        "med",
        "phil",
        "jur",
        "rer",
        "nat",
        "hc",
        "univ",
        "ddr",
        "lic",
    ]
)
_SILENT = _TITLES | frozenset(  # words that tell no name, firm or position from another
    [
        "und",
        "der",
        "die",
        "das",
        "fuer",
        "von",
        "im",
        "in",
        "of",
        "and",
        "the",
        "for",
        "co",
        "zu",
        "gmbh",
        "ag",
        "se",
        "kg",
        "ohg",
        "ug",
        "mbh",
        "ltd",
        "limited",
        "plc",
        "inc",
        "llc",
        "ev",
        "e.v",
    ]
)
_NAME = r"[A-ZÄÖÜÀ-ÞŠŽĐĆČŁŞİÇĞ][\w'’-]{1,30}"
_LEADS = Pattern(
    r"^(?:[Ss]ehr [Gg]eehrte[rnms]*|[Gg]eehrte[rnms]*|[Ll]iebe[rs]?|[Gg]ute[nr]? \w+"
    r"|[Hh]allo|[Hh]i|[Hh]ey"
    r"|[Mm]oin|[Ss]ervus|[Gg]r[üu]e?zi|[Gg]r(?:ü|ue?)(?:ss|ß) \w+|[Dd]ear|[Hh]ello"
    r"|[Gg]ood \w+)\b[, ]*(?:liebe[rs]? )?"
)
_COLLECTIVE = Pattern(
    r"damen|herren|team|zusammen|alle\b|sir|madam|hiring|recruit|everyone|all\b|there|personal"
    r"|abteilung|betreff|\[|\{|<",
    re.IGNORECASE,
)
_LEGAL = (
    r"(?:GmbH(?: & Co\. ?(?:KG|OHG))?|gGmbH|mbH|AG|SE|KG|OHG|UG|e\. ?V\.|e\.?G\.?|AöR"
    r"|Ltd\.?|Limited|plc|PLC|Inc\.?|LLC|LLP)"
)
_LEGAL_FORM = Pattern(_LEGAL)
_AT_NAME = Pattern(  # cheap, and true wherever _AT finds anything
    r"\b(?:[Bb]eim?|[Vv]o[nm]|at|with|from) (?:(?:de[rmn]|the) )?[A-ZÄÖÜÀ-ÞŠŽĐĆČŁŞİÇĞ]"
)
_FIRM = Pattern(rf"((?:[A-ZÄÖÜ&][\w&.'’+-]{{0,30}} ){{1,5}}){_LEGAL}(?=\W|$)")
_AT = Pattern(
    r"(?i:(?P<what>gespräch\w{0,10}|termin\w{0,8}|stelle\w?|einladung|bewerbung|position|interview"
    r"|praktikum|ausbildung|job|angebot|zusage|vertrag|anfang\w{0,3}|fange|starte|wechsle|beginne"
    r"|role|post|offer|start|joining"
    r"|application|appointment|invitation)"
    r"(?: [\w.-]{1,30}){0,6}?"
    r" (?P<prep>bei|von|vom|beim|at|with|from)(?: (?:der|dem|den|the))?) "
    rf"(?P<name>{_NAME}(?:[ -]{_NAME}){{0,3}})",
)
_ELSEWHERE = Pattern(
    r"angenommen|zugesagt|starte|beginne|unterschrieben|unterzeichnet|entschieden|erhalten|bekommen|gewechselt"
    r"|wechsle|anfange|fange|zusage|vertrag|accept|signed|join|decided to|taken|starting"
    r"|offered|received"
    r"|angebot|offer|andere",
    re.IGNORECASE,
)
_MOST = 50  # findings of one kind; more help nobody
_HERE = Pattern(  # right before the name: this is about the appointment
    r"(?:gespräch|termin|einladung|interview|bewerbung|appointment|invitation|application)\w{0,3}"
    r" (?:bei|beim|at|with) $",
    re.IGNORECASE,
)
_NOT_FIRMS = frozenset(
    [
        "tt",
        "ihnen",
        "euch",
        "ihrem",
        "ihrer",
        "frau",
        "herr",
        "herrn",
        "gelegenheit",
        "bedarf",
        "interesse",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "ihr",
        "euer",
        "eurem",
        "einem",
        "einer",
        "uns",
        "mir",
        "dir",
        "seite",
        "anfang",
        "beginn",
        "heute",
        "morgen",
        "gestern",
        "januar",
        "februar",
        "maerz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
        "you",
        "your",
        "me",
        "ms",
        "mr",
        "mrs",
        "dr",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "june",
        "july",
        "october",
        "december",
        "short",
        "notice",
        "a",
        "an",
        "least",
        "once",
        "the",
        "bestem",
        "seiten",
        "arbeitgeber",
        "unternehmen",
        "firma",
        "wem",
        "meinem",
        "meiner",
        "this",
        "that",
        "my",
        "our",
        "another",
        "hand",
        "dank",
        "agentur",
        "freunden",
        "familie",
        "kunden",
        "klienten",
        "teams",
        "zoom",
        "skype",
        "video",
        "telefon",
    ]
)
_ROLE = Pattern(r" (?:als|zum|zur|the|your) [A-ZÄÖÜ]")  # true wherever _POSITION finds
_OF_ROLE = Pattern(
    r"(?:role|position|post|vacancy|job) (?:of|as) |(?:application|interview) (?:for|as) "
)
_POSITION = Pattern(
    r"(?i:stelle|position|bewerbung|kandidatur|beworben|ausbildung|tätigkeit|aufgabe|rolle|praktikum|bewerbe)"
    r"(?: (?:zum|zur|in|bei)(?: [\wäöüß]+){1,3}?)? (?:als|zum|zur) "
    r"(?P<name>[A-ZÄÖÜ][\w:*/äöüß-]+(?: (?:(?:für|im|in|der|und|&|of) )?[A-ZÄÖÜ][\w:*/-]+){0,4})"
    r"|(?:the|your) (?P<name_en>(?:[A-Z][\w/&-]+ (?:(?:of|and|for) )?){1,5})"
    r"(?:role|position|post|vacancy|job|apprenticeship|traineeship)"
    r"|(?:role|position|post|vacancy|job) (?:of|as)(?: an?| the)? "
    r"(?P<name_of>[A-Z][\w/&-]+(?: (?:(?:of|and|for) )?[A-Z][\w/&-]+){0,4})"
    r"|(?:application|interview) (?:for|as)(?: an?| the)? "
    r"(?P<name_for>[A-Z][\w/&-]+(?: [A-Z][\w/&-]+){2,4})",
)
_AT_FIRM = Pattern(
    r"(?:\b[Bb]eim?(?: de[rm])?|\b(?:at|with)(?: the)?) "
    r"(?P<name>[A-ZÄÖÜ][\w&'’-]+(?: (?:& )?[A-ZÄÖÜ][\w&'’-]+){1,3})"
)
_SHORTENED = Pattern(r"[A-ZÄÖÜ/]{2,6}")
_GENDERED = Pattern(r"(?:[:*/_-]?innen|[:*/_-]in|in|s|n|en|es|e)$")


def people_findings(letter: Letter, known: Known, language: Language) -> list[Finding]:
    """fact_person, fact_company, fact_position, and another employer's name (overshare_offer)."""
    findings: list[Finding] = []
    findings += _salutation(letter, known, language)
    findings += _signature(letter, known, language)
    findings += _misspelt(letter, known, language, findings)
    findings += _firms(letter, known, language)
    findings += _half_right_firm(letter, known, language)
    findings += _positions(letter, known, language)
    return findings


def _salutation(letter: Letter, known: Known, language: Language) -> Iterator[Finding]:
    if not letter.salutation or not known.contact.name:
        return
    line = letter.text[slice(*letter.salutation)]
    lead = _LEADS.match(line)
    if not lead or _COLLECTIVE.search(line):
        return
    wanted = _tokens(known.contact.name)
    wrong: list[tuple[int, int]] = []
    for part in re.finditer(r"[^,;/]+", line[lead.end() :]):
        names = [n for n in re.finditer(_NAME, part[0]) if fold(n[0]).strip(".") not in _TITLES]
        names = [n for n in names if not _LEADS.match(n[0] + " ")]
        if any(_same(n[0], wanted) for n in names):
            return
        if names:
            begin = letter.salutation[0] + lead.end() + part.start()
            wrong.append((begin + names[0].start(), begin + names[-1].end()))
    for span in wrong[:1]:
        yield finding_at(
            letter,
            Category.FACT_PERSON,
            span,
            "facts.contact",
            say("check.fact_person.contact", language, name=known.contact.name),
        )


def _signature(letter: Letter, known: Known, language: Language) -> Iterator[Finding]:
    """The first line after the closing that is a name and not the sender's."""
    if not known.name or known.channel is Channel.PHONE or not letter.signature:
        return
    wanted = _tokens(known.name)
    start, end = letter.signature
    tail = letter.text[start:end]
    words = re.findall(r"[\w'’.-]+", tail)
    if any(_same(word, wanted) or _short(word, wanted) for word in words):
        yield from _half_wrong(letter, known, language, wanted)
        return
    for line in re.finditer(r"[^\n]+", tail):
        name = line[0].strip(" \t,.-–*")
        if not name:
            continue
        if letter.closing and re.fullmatch(
            rf"(?:{_NAME}|[A-Z]\.)(?: (?:{_NAME}|[A-Z]\.)){{0,3}}", name
        ):
            at = start + line.start() + line[0].index(name)
            yield finding_at(
                letter,
                Category.FACT_PERSON,
                (at, at + len(name)),
                "facts.sender",
                say("check.fact_person.sender", language, name=known.name),
            )
        return


def _half_wrong(
    letter: Letter, known: Known, language: Language, wanted: Sequence[str]
) -> Iterator[Finding]:
    """Mira Sandler for Mira Sandner: one name right, the other not."""
    if not letter.closing or len(wanted) != 2:
        return
    for line in re.finditer(r"[^\n]+", letter.text[slice(*letter.signature or (0, 0))]):
        name = line[0].strip(" \t,.-–*")
        parts = name.split()
        if not parts:
            continue
        if len(parts) == 2 and all(re.fullmatch(_NAME, part) for part in parts):
            wrong = [part for part in parts if not _same(part, wanted)]
            if len(wrong) == 1 and not _same(wrong[0].split("-")[0], wanted):
                at = letter.text.index(name, (letter.signature or (0, 0))[0])
                yield finding_at(
                    letter,
                    Category.FACT_PERSON,
                    (at, at + len(name)),
                    "facts.sender",
                    say("check.fact_person.sender", language, name=known.name or ""),
                )
        return


def _misspelt(
    letter: Letter, known: Known, language: Language, seen: list[Finding]
) -> Iterator[Finding]:
    """A word after Herr, Frau, Ms … that is nearly the contact's name, and is not."""
    if not known.contact.name:
        return
    wanted = [t for t in _tokens(known.contact.name) if len(t) > 3]
    for hit in re.finditer(
        rf"\b(?:Frau|Herrn?|Ms|Mrs|Mr)\.? (?:Dr\. |Prof\. )*({_NAME})", letter.text
    ):
        word = fold(hit[1])
        if any(s.start is not None and s.start <= hit.start(1) < (s.end or 0) for s in seen):
            continue
        if _same(hit[1], wanted):
            continue
        if any(_one_edit(word, name) for name in wanted):
            yield finding_at(
                letter,
                Category.FACT_PERSON,
                hit.span(1),
                "facts.contact",
                say("check.fact_person.contact", language, name=known.contact.name),
            )


def _firms(letter: Letter, known: Known, language: Language) -> Iterator[Finding]:
    wanted = _tokens(known.company or "")
    initials = "".join(token[0] for token in wanted)
    people = [*_tokens(known.contact.name or ""), *_tokens(known.name or "")]
    done: list[tuple[int, int]] = []
    patterns = [_FIRM] if _LEGAL_FORM.search(letter.text) else []
    if _AT_NAME.search(letter.text):
        patterns.append(_AT)
    for pattern in patterns:
        for hit in pattern.finditer(letter.text):
            group: int | str = 1 if pattern is _FIRM else "name"
            name = hit[group].strip()
            words = name.split()
            while words and fold(words[0]) in (_NOT_FIRMS | {"der", "die", "bei", "dear"}):
                if pattern is _AT:
                    words = []
                else:
                    words.pop(0)
            tokens = _tokens(" ".join(words))
            if (
                not tokens
                or any(t in wanted or t in people for t in tokens)
                or fold(name) == initials
            ):
                continue
            if any(len(t) > 4 and t in fold(known.company or "").replace(" ", "") for t in tokens):
                continue
            start = letter.text.index(words[0], hit.start(group))
            end = hit.end() if pattern is _FIRM else hit.end(group)
            if any(start < b and end > a for a, b in done):
                continue
            first, last = letter.sentence_at(start)
            sentence = letter.text[first:last]
            if pattern is _AT and _role_or_place(words, known):
                continue
            done.append((start, end))
            if len(done) > _MOST:
                return
            if _ELSEWHERE.search(sentence) and not re.search(
                r"gespräch|einladung|interview", hit[0], re.I
            ):
                yield finding_at(
                    letter,
                    Category.OVERSHARE_OFFER,
                    (start, end),
                    "facts.other_employer",
                    say("check.overshare_offer.name", language),
                )
            elif known.company and (
                pattern is _FIRM or _HERE.search(hit[0][: hit.start("name") - hit.start()])
            ):
                yield finding_at(
                    letter,
                    Category.FACT_COMPANY,
                    (start, end),
                    "facts.company",
                    say("check.fact_company", language, company=known.company),
                )


def _half_right_firm(letter: Letter, known: Known, language: Language) -> Iterator[Finding]:
    """Ampelmann Advisory for Ampelmann Consulting: one word right, the other another."""
    wanted = _tokens(known.company or "")
    if len(wanted) < 2 or not _AT_NAME.search(letter.text):
        return
    people = {*_tokens(known.contact.name or ""), *_tokens(known.name or "")}
    for hit in _AT_FIRM.finditer(letter.text):
        tokens = _tokens(hit["name"])
        foreign = [t for t in tokens if t not in people and not _akin(t, set(wanted))]
        foreign = [t for t in foreign if t not in wanted]
        shared = [t for t in tokens if t in wanted]
        if foreign and shared and len(shared) < len(wanted):
            yield finding_at(
                letter,
                Category.FACT_COMPANY,
                hit.span("name"),
                "facts.company",
                say("check.fact_company", language, company=known.company or ""),
            )


def _role_or_place(words: list[str], known: Known) -> bool:
    position = fold(known.position or "")
    return bool(position) and any(fold(word) in position for word in words)


def _positions(letter: Letter, known: Known, language: Language) -> Iterator[Finding]:
    if not known.position:
        return
    wanted = {_stem(t) for t in _tokens(known.position)}
    if not _ROLE.search(letter.text) and not _OF_ROLE.search(letter.text):
        return
    named = {_stem(t) for t in _tokens(letter.text[slice(*letter.body)])}
    if len(wanted) > 1 and wanted <= named:
        return  # the position is named; another one beside it is another application
    joined = fold(known.position).replace(" ", "").replace("-", "")
    wrong: list[tuple[int, int]] = []
    for hit in _POSITION.finditer(letter.text):
        group = next(name for name in ("name", "name_en", "name_of", "name_for") if hit[name])
        name = hit[group].strip()
        if _SHORTENED.fullmatch(name):
            continue
        tokens = [_stem(t) for t in _tokens(name)]
        if not tokens or re.search(
            r"andere|anderen|other|another", hit[0][: hit.start(group) - hit.start()]
        ):
            continue
        before = letter.text[max(0, hit.start() - 18) : hit.start()]
        if re.search(
            r"\b(?:andere|neue|zweite|jetzige|derzeitige|aktuelle|heutige|bisherige|frühere|letzte|other|new"
            r"|another|current|present|former|previous|last|old)\w* $",
            before,
        ):
            continue
        swapped = _one_swapped(tokens, wanted)
        if group != "name":  # an English compound is what its last word says
            tokens = tokens[-1:]
        if group == "name_for" and not swapped:
            continue  # "my application for Humber Cold Chain"
        if swapped or not any(
            t in wanted or _akin(t, wanted) or (len(t) > 4 and t in joined) for t in tokens
        ):
            wrong.append((hit.start(group), hit.start(group) + len(name)))
        else:
            return  # what stands beside the right one is another application
    for span in wrong:
        yield finding_at(
            letter,
            Category.FACT_POSITION,
            span,
            "facts.position",
            say("check.fact_position", language, position=known.position),
        )


def _one_swapped(tokens: Sequence[str], wanted: set[str]) -> bool:
    """Day Shift Supervisor for Night Shift Supervisor: as long, and one word another."""
    foreign = [t for t in tokens if t not in wanted]
    missing = [t for t in wanted if t not in tokens]
    return (
        len(wanted) > 2 and len(foreign) == len(missing) == 1 and not _akin(foreign[0], {*missing})
    )


def _akin(token: str, wanted: set[str]) -> bool:
    return any(
        len(t) > 4 and len(token) > 4 and (t.startswith(token) or token.startswith(t))
        for t in wanted
    )


def _stem(token: str) -> str:
    return _GENDERED.sub("", token) if len(token) > 5 else token


@lru_cache(maxsize=1000)
def _tokens(name: str) -> tuple[str, ...]:
    """The telling words of a name: folded, without titles, legal forms and brackets."""
    name = re.sub(r"\([^)]*\)", " ", name)
    words = [fold(w).strip(".'’-") for w in re.findall(r"[\w'’.-]+", name)]
    return tuple(w for w in words if w and w not in _SILENT)


def _same(word: str, wanted: Sequence[str]) -> bool:
    """Whether ``word`` is one of the wanted names, or its genitive, initial or one half of it."""
    low = fold(word).strip(".")
    for name in wanted:
        if low in (name, name + "s", name + "'s") or (len(low) == 1 and name.startswith(low)):
            return True
        if "-" in name and low in name.split("-"):
            return True
        if "-" in low and name in low.split("-"):
            return True
    return False


def _short(word: str, wanted: Sequence[str]) -> bool:
    """Whether ``word`` is how a name begins, or is said by friends: Tobi for Tobias."""
    low = fold(word).strip(".,")
    fond = low.endswith(("ie", "y", "i"))  # Katie for Kate
    return len(low) > 2 and any(
        name.startswith(low) or (fond and name[:3] == low[:3]) for name in wanted
    )


def _one_edit(one: str, two: str) -> bool:
    """Whether one letter is missing, added, changed or swapped with its neighbour."""
    if one == two or abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < 3:
        return False
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    if len(one) == len(two):
        swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
        return one[start + 1 :] == two[start + 1 :] or swapped == two[start:]
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return longer[start + 1 :] == shorter[start:]
