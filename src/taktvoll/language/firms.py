"""Firms in mails: who employs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from taktvoll.language.letter import closing
from taktvoll.language.names import (
    FEMALE_ROLE,
    MALE_ROLE,
    Span,
    find_signer,
    is_name,
    person_in_header,
)
from taktvoll.language.words import LEGAL_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An employer as a text names it, with how much speaks for it."""

    name: str
    span: Span
    weight: int = 0


_FIRM_WORD = r"(?:[A-ZÄÖÜ0-9][\w’'.\-+]{0,30}|[a-z]{1,3}[A-Z]\w{1,20})"
_FIRM = re.compile(rf"(?<=[\w.&,’'\-\"“”)][ \t]){LEGAL_FORM}(?=\W|$)")
_BEFORE_FORM = re.compile(
    rf"(?<![\w.@/])(?:{_FIRM_WORD}(?:,?[ \t]+(?:(?:&|\+|und|and|für|of|der|des|im|in|for|"
    rf"the|zur|zum|–)[ \t]+){{0,2}})){{1,7}}$"
)
_BODY = re.compile(
    r"(?<!\w)(?P<name>(?:(?:Land|Stadt|Gemeinde|Bezirk|Finanz|Polizei|Jugend|Gesundheits|"
    r"Bundes|Landes|Regierungs|Amts|Ober)\w*(?:amt|verwaltung|präsidium|gericht|werke|"
    r"sparkasse|ministerium|anstalt|wohlfahrt|archiv|bibliothek)?|Stadt|Gemeinde|"
    r"Landkreis|Kreis|Kanton|Universität|Technische Universität|Hochschule|Fachhochschule|"
    r"Klinikum|Universitätsklinikum|Krankenhaus|Kreissparkasse|Sparkasse|Landratsamt|"
    r"Bezirksamt|Magistrat|Diakonie|Caritas|Stiftung|Institut|Handwerkskammer|"
    r"Ministerium)"
    r"[ \t](?:(?:der|des|für|zu|von|am|an der|"
    r"der Stadt)[ \t])?[A-ZÄÖÜ][\wäöüß\-]+(?:[ \t](?:am|an der|im|bei|und|"
    r"der)[ \t][A-ZÄÖÜ][\w\-]+)?(?:[ \t][A-ZÄÖÜ][\w\-]+)?)"
    r"|(?<![\w’'&\-])(?P<english>(?:[A-Z][\w’'&\-]{1,30}+[ \t](?:of[ \t])?){1,5}(?:Trust|"
    r"University|Council|College|Co-op|Foundation|Hospital|Institute|Society|Partnership|Group|"
    r"Academy|School|Association|Charity|Labs|Studios|Agency))(?!\w)"
    r"|(?<!\w)(?P<of>(?:University|City|Borough|County|Department|Office|Ministry|Bank|"
    r"Royal College|Institute)[ \t](?:of|"
    r"for)[ \t](?:the[ \t])?[A-Z]\w+(?:[ \t][A-Z]\w+)?)"
)
_TRADE = re.compile(
    r"(?<!\w)(?P<name>(?:Autohaus|Möbelhaus|Möbel|(?:Steuer|Anwalts)?[Kk]anzlei|Bäckerei|"
    r"Konditorei|"
    r"Hotel|Gasthaus|Gasthof|Restaurant|Café|Apotheke|Tischlerei|Schreinerei|Metzgerei|Fleischerei|"
    r"Dachdeckerei|Malerbetrieb|Elektro|Agentur|Werbeagentur|Verlag|Ingenieurbüro|Architekturbüro|"
    r"Steuerbüro|(?:Zahn|Haus|Tier)?(?:arzt)?[Pp]raxis|Gärtnerei|Brauerei|Kita|Kindergarten|"
    r"Grundschule|Gymnasium|Seniorenheim|Pflegedienst|Pflegeheim|Pflegehaus|Spedition|Druckerei|"
    r"Buchhandlung|Weingut|Fahrschule|Musikschule|Reisebüro|Friseur|Salon)"
    r"[ \t](?:am[ \t]|zum[ \t]|Dr\.[ \t])?[A-ZÄÖÜ][\w\-]+(?:[ \t](?:&|und)[ \t][A-ZÄÖÜ]\w+)?)"
)
_STRANGERS = re.compile(
    r"google|microsoft|zoom|calendly|personio|linkedin|indeed|stepstone|docusign|teams|"
    r"skype|whatsapp|webex|greenhouse|workday|deutsche bahn|doodle|xing|recruitee|"
    r"softgarden",
    re.IGNORECASE,
)
_CLIENT = re.compile(
    r"(?:kunden?|mandanten?|auftraggebers?|client|klient\w*)(?:unternehmen)?,?\s(?:der|"
    r"die|das|dem|den|namens|bei der|–|-|,|is|ist|the)?\s?(?:firma\s)?$",
    re.IGNORECASE,
)
_PARTNERS = re.compile(r"(?:[ \t](?:&|und|\+|and)[ \t][A-ZÄÖÜ]\w+)*")
_PARENT = re.compile(
    r"(?:unternehmen|gesellschaft|tochter|mitglied|marke|teil|part|member|brand|division|"
    r"subsidiary)\s(?:der|von|of|des)\s(?:the\s)?$|(?:powered by|im auftrag der|bank:?|"
    r"kreditinstitut:?|bankverbindung:?)\s{0,3}$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?<!\w)(?:bei|bei der|bei dem|beim|für die|at|with|in der|von der|der firma|firma)\s$",
    re.IGNORECASE,
)
_LEAD_WORDS = re.compile(
    r"^(?:(?:Die|Der|Das|The|Firma|Bei|Ihre|Ihr|Unsere|Our|Team|Geschäftsführung|"
    r"Personalabteilung|HR|Wir|Manager|Leiter|Ort|Adresse|Address|Venue|Standort|Location|"
    r"Unternehmen|Company|Arbeitgeber|Copyright|Impressum)[:,]?\s+)+"
)


def find_firm(text: str, *, domain: str | None = None, sender: str | None = None) -> Firm | None:
    """The employer that ``text`` speaks for.

    ``domain`` is the sender's mail domain, ``sender`` the display name of the sender.
    """
    candidates: dict[str, Firm] = {}
    ending = closing(text)
    signature = ending[0] if ending else len(text)
    label = _fold(_domain_label(domain)) if domain else ""
    found = list(_with_legal_form(text))
    found += [(m.start(m.lastgroup or 0), m[m.lastgroup or 0], 3) for m in _BODY.finditer(text)]
    found += [(m.start("name"), m["name"], 2) for m in _TRADE.finditer(text)]
    for at, raw, base in found:
        lead = _LEAD_WORDS.match(raw)
        start = at + (lead.end() if lead else 0)
        name = re.sub(r"\s+", " ", raw[lead.end() if lead else 0 :]).strip()
        if not name or _STRANGERS.search(name) or re.fullmatch(LEGAL_FORM, name):
            continue
        weight = base + (2 if start >= signature else 0) + _likeness(name, label)
        before = text[max(0, start - 60) : start]
        weight += 12 if _CLIENT.search(before) else 0
        weight -= 8 if _PARENT.search(before) else 0
        weight += 1 if _AT.search(before) else 0
        known = candidates.get(name.lower())
        if known is None:
            candidates[name.lower()] = Firm(
                name=name, span=(start, start + len(raw) - (start - at)), weight=weight
            )
        else:
            candidates[name.lower()] = replace(known, weight=max(known.weight, weight) + 1)
    if candidates:
        return max(candidates.values(), key=lambda firm: (firm.weight, -firm.span[0]))
    return _by_domain(text, label) or _under_name(text, ending) or _from_header(text, sender, label)


def _with_legal_form(text: str) -> Iterator[tuple[int, str, int]]:
    """The names that a legal form ends. The form is looked for first: capitals are many."""
    for form in _FIRM.finditer(text):
        begin = max(text.rfind("\n", 0, form.start()) + 1, form.start() - 90)
        name = _BEFORE_FORM.search(text, begin, form.start())
        if name:
            yield name.start(), text[name.start() : form.end()], 6


def _domain_label(domain: str) -> str:
    parts = [
        p
        for p in domain.lower().split(".")
        if p not in ("example", "co", "com", "org", "net", "ac", "gov")
    ]
    return parts[-2] if len(parts) > 1 else parts[0] if parts else ""


def _fold(word: str) -> str:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    return re.sub(r"[^a-z0-9]", "", word.lower().translate(table))


def _likeness(name: str, label: str) -> int:
    folded = _fold(re.sub(LEGAL_FORM, "", name))
    if not label or len(label) < 3 or not folded:
        return 0
    if label in folded or folded in label:
        return 6
    first = _fold(name.split()[0])
    return 4 if len(first) > 3 and (first in label or label in first) else 0


def _by_domain(text: str, label: str) -> Firm | None:
    """Capitalised words that spell the sender's domain: "Copperline" for copperline.co.uk."""
    if len(label) < 4:
        return None
    words = list(re.compile(r"[A-ZÄÖÜ0-9][\w’'\-]*").finditer(text[:20_000]))
    for index, word in enumerate(words):
        end = word.end()
        folded = _fold(word[0])
        for following in words[index + 1 : index + 4]:
            if (
                folded == label
                or not label.startswith(folded)
                or len(text[end : following.start()].strip(" &+-"))
                or "\n" in text[end : following.start()]
            ):
                break
            folded += _fold(following[0])
            end = following.end()
        if folded == label and text[word.start() - 1 : word.start()] not in ("@", "."):
            end = _PARTNERS.match(text, end).end()  # type: ignore[union-attr]
            return Firm(name=text[word.start() : end], span=(word.start(), end))
    return None


def _under_name(text: str, ending: Span | None) -> Firm | None:
    """A line of the signature that is neither a person, a role, an address nor a number."""
    if ending is None:
        return None
    signer = find_signer(text)
    for match in list(re.compile(r"[^\n]+").finditer(text, ending[1]))[:8]:
        line = match[0].strip(" \t*_-–|")
        if signer and signer.name in line:
            rest = re.match(
                rf".*{re.escape(signer.name)},\s(?P<firm>[A-ZÄÖÜ][\w&’' \-]{{2,40}})$", line
            )
            if rest and is_name(rest["firm"]):
                return Firm(
                    name=rest["firm"], span=(match.start() + match[0].index(rest["firm"]),) * 2
                )
            continue
        if (
            re.fullmatch(r"[A-ZÄÖÜ][\w&’'.\- ]{2,40}", line)
            and not re.search(r"\d|@|www", line)
            and is_name(line)
            and len(line.split()) <= 5
            and not FEMALE_ROLE.search(line)
            and not MALE_ROLE.search(line)
        ):
            at = match.start() + match[0].index(line)
            return Firm(name=line, span=(at, at + len(line)))
    return None


def _from_header(text: str, sender: str | None, label: str) -> Firm | None:
    """The display name of the sender, where that is no person."""
    if not sender or person_in_header(sender) or "@" in sender:
        return None
    name = re.sub(
        r"\b(?:HR|Team|Recruiting|Karriere|Careers?|Jobs|Bewerbung(?:en)?|"
        r"Personal(?:abteilung)?|Talent|Acquisition|People)\b",
        "",
        sender,
    )
    name = name.strip(" -–|,:")
    if len(name.split()) == 2 and not _likeness(name, label):
        return None  # it may be a person after all
    at = text.find(name) if name else -1
    return (
        Firm(name=name, span=(max(at, 0), max(at, 0) + (len(name) if at >= 0 else 0)))
        if len(name) > 2
        else None
    )
