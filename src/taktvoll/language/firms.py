"""Firms, practices and public bodies in mails: who employs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taktvoll.language.casing import capitalised, plain_marks
from taktvoll.language.employers import is_body, is_head
from taktvoll.language.letter import closing, salutation
from taktvoll.language.names import TITLE, Person, Span, gender_of_role, is_name, person_in_header
from taktvoll.language.occupations import is_occupation
from taktvoll.language.signers import LAST_WORDS, find_signer
from taktvoll.language.words import LEGAL_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An employer as a text names it, with how much speaks for it."""

    name: str
    span: Span
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What may be an employer's name: ``text[start:end]``."""

    start: int
    end: int
    weight: int


# --- what may be a name ---

_WORD = r"(?:[A-ZÄÖÜ0-9][\w'.\-+]{0,30}|[a-z]{1,3}[A-Z]\w{1,20})"
_JOIN = r"(?:(?:&|\+|und|and|für|of|der|des|im|in|for|the|zur|zum|–|am)[ ]){0,2}"
_FORM = re.compile(
    rf"(?<=[\w.&,'\-\")][ ])(?:{LEGAL_FORM}|[A-ZÄÖÜ]\w{{3,30}}ges\.\s?m\.\s?b\.\s?H\.?)(?=\W|$)"
)
_BEFORE_FORM = re.compile(rf"(?<![\w.@/])(?:{_WORD}(?:,?[ ]{_JOIN})){{1,8}}$")
_SMALL_BEFORE_FORM = re.compile(r"(?<=[(\"@])(?:[\w'.\-+]{2,30}[ ]){1,3}$")
_WHOLE_SEGMENT = re.compile(  # "hörwerk Akustik GmbH", "Corrib Fasteners (Wholesale) DAC"
    r"(?:(?:^|[\n|·])[ \t]*|, (?=[a-zäöü]{4}))(?P<name>[^\W\d_][^\n|·,;:!?@]{1,60}[ ])$",
    re.MULTILINE,
)
_IN_A_SENTENCE = re.compile(
    r"(?<!\w)(?:bei[mr]?|de[rmns]|die|das|von|vom|mit|im|in|am|an|zu[mr]?|bis|wir|sie|ist|at|the|from|"
    r"to|with|is|we|you|our|unser\w*|auf|aus)(?!\w)"
)
_CAPITAL = re.compile(r"(?<![\w\-@./'])[A-ZÄÖÜ][\w'\-]{2,40}")
_GROWN_LEFT = re.compile(
    rf"(?<![\w.@/])(?:{_WORD}[ ](?:(?:&|and|of|und|na|an|de|la|del)[ ])?){{1,4}}$"
)
_ADJECTIVES = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][a-zäöüß\-]+(?:er|e|es)[ ]|(?:Ev|Evang|Kath|Röm|"
    r"Dipl)\.(?:-?[A-Za-z]{3,5}\.)?[ ])"
    r"{1,2}$"
)
_GROWN_RIGHT = re.compile(
    r"(?:[ ](?:(?:der|des|den|dem|für|am|an der|zum|zur|von|zu|of|for|the|(?:Dr\.|Prof\.)"
    r"(?:[ ](?:med|dent|vet|jur|iur|rer|nat)\.)*(?:[ ][A-ZÄÖÜ]\.)*|"
    r"St\.)[ ]){0,2}\"?[A-ZÄÖÜ][\w'.\-]{1,40}\"?|[ ](?:&|und|and|\+|"
    r",)[ ](?=[A-ZÄÖÜ])[A-ZÄÖÜ][\w'\-]{2,40}){0,6}"
)
_NEXT_WORD = re.compile(r"[ ](?:(?P<join>&|and|of)[ ])?(?P<word>[A-Z][\w'\-]{2,30})")
_OF = re.compile(
    r"(?<!\w)(?:University|City|Borough|County|Department|Office|Ministry|Bank|Royal College|"
    r"Institute|Museum|Church|Parish|Diocese|Town|House|Bishop)[ ](?:of|"
    r"for)[ ](?:the[ ])?[A-Z]\w+(?:[ ](?:and[ ])?[A-Z]\w+){0,3}"
)
_AT_FIRM = re.compile(
    r"(?<!\w)(?:[Aa]t|[Bb]ei(?: der| dem)?|[Bb]eim|[Jj]oin(?:ing)?|[Tt]eam (?:at|of|von)|von der|"
    r"[Ff]irma|@)[ ](?P<name>[A-ZÄÖÜ][\w'.\-]{1,30}(?:[ ](?:(?:&|and|und|"
    r"of)[ ])?[A-ZÄÖÜ][\w'\-]{1,30}){0,4})"
)
_SEGMENT = re.compile(r"[^\n|·;]+?(?=[ \t]{2,}|[\n|·;]|,(?=\s|[^\W\d])|\s-\s|$)")

# --- what a name is no part of ---

_LEAD = re.compile(
    r"(?:(?:(?:Zentrale|Hauptstelle|Filiale|Niederlassung|Standort|Auftrag|Namen|Team|Bewerbung|"
    r"Gespräch|Termin|Haus|Stelle|Kunden|Part|Head) (?:der|"
    r"des|von|bei|of)|Die|Der|Das|Dem|Den|The|Firma|Fa\.|Bei|Ihre|Ihr|Unsere[rmns]?|Unser|Mein|"
    r"Meine|Our|Deine?|Eure?|Euer|Team|Ausbildung|"
    r"Geschäftsführung|Personalabteilung|HR|Wir|Manager|Leiter|Ort|Adresse|Address|Venue|"
    r"Standort|Location|Inhaber|Inhaberin|Inh\.|Owner|CEO|CTO|CFO|COO|Co-Founder|Founder|Gründer|Gründerin|Unternehmen|Company|Arbeitgeber|"
    r"Dienststelle|All|Reception|Rezeption|Empfang|Client|Role|Job|We’re|We're|Copyright|"
    r"Impressum|Mit|Von|From|At|And|Uhr|Im|In|Hier|Here|For|Für|Sent|Your|Name|Recruiting|Talent|"
    r"People|Copyright|\d{1,2}[.:]\d\d|\d{4}|©)[:,]?\s+)+"
)
_SMALL_AT_END = re.compile(
    r"(?:[\s,]+(?:am|an der|im|in|der|des|für|zu|zum|zur|von|of|for|the|und|and|&))*\s*$"
)
_NO_NAME_WORD = re.compile(
    r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|"
    r"Mai|Juni|Juli|August|September|Oktober|November|Dezember|Uhr|Bitte|Wir|Sie|Frau|Herrn?|Tel|"
    r"Telefon|Fax|Raum|Zimmer|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|"
    r"February|March|June|July|October|December|Please|We|You|Mr|Mrs|Ms)\.?"
)
_STRANGERS = re.compile(
    r"google|microsoft|zoom|calendly|personio|linkedin|indeed|stepstone|docusign|teams|skype|"
    r"whatsapp|webex|greenhouse|workday|deutsche bahn|doodle|xing|recruitee|softgarden|outlook|"
    r"agentur für arbeit|equal opportunity",
    re.IGNORECASE,
)
_NO_FIRM = re.compile(
    r"\d{4,5}\s[A-ZÄÖÜ]|@|www\.|https?:|\d{2}[ /]\d{2}|(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Gg]asse|"
    r"[Pp]latz|[Ww]eg|"
    r"allee)\s\d|(?:Tel(?:\.|efon|:| )|Fax|Mobil|Phone|Öffnungszeiten|Bürozeiten|Mo\s?-|"
    r"Amtsgericht|"
    r"Handelsregister|HR[AB]\b)",
)

_HOUSE = re.compile(r"\d{4,5}|\d\.\s?(?:OG|UG|Stock|Etage)|\d{1,2}[.:]\d\d")
_HEADS_ONE = re.compile(r"(?:inhaber|leiter|führer|vorstand)(?:in)?$")
_REGISTERED = re.compile(r"HR[AB]|[Rr]egister|[Ss]itz|VR\s?\d|Geschäftsführ")
_REGISTER = re.compile(r"(?:landes|handels|amts|register)gericht", re.IGNORECASE)

# --- what is said about a name ---

_CLIENT = re.compile(
    r"(?:guys|folks|people|jungs|mädels|leute|kolleg\w*) (?:at|von|bei)(?: der| the)? $|"
    r"(?:auftraggeber(?:in)?|kunden?|mandant(?:in|en)?|client) [^.!?\n]{0,40}: (?:die |der |das |"
    r"the )?$|"
    r"(?:kunden?|mandant(?:en|in)?|auftraggebers?|client|klient\w*)(?:unternehmen)?[,:]?\s(?:der|"
    r"die|das|dem|den|namens|bei der|–|-|,|is|ist|the)?\s?(?:firma\s)?$",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r" (?:möchte|würde|will|freut sich|lädt|wants? to|would (?:like|love) to|is keen|are keen|"
    r"have asked|"
    r"has asked)(?!\w)"
)
""" "Die Rheintal Pharmalogistik AG möchte Sie sehen", says the agency."""
_BEHALF = re.compile(
    r"(?:on behalf of(?: the)?|im namen (?:der|von)|im auftrag (?:der|von))\s$", re.IGNORECASE
)
_FOR_ANOTHER = re.compile(r"\s(?:im Auftrag (?:der|des|von)|on behalf of)\s(?=[A-ZÄÖÜ])")
_WITHIN = re.compile(r"(?:[\w)],?|[|·•–-]) $")
""" "HR Manager, The Copper Spoon": a capital within a line belongs to the name."""
_SPOKEN_FOR = re.compile(r"[A-ZÄÖÜ]\w+ (?:für|for) (?:die|das|den|the) ")
_PARENT = re.compile(
    r"(?:unternehmen|gesellschaft|tochter|mitglied|marke|teil|part|member|brand|division|"
    r"subsidiary)\s(?:der|von|of|des)\s(?:the\s)?$|(?:powered by|sent (?:by|with|via)|"
    r"versendet (?:mit|von|über)|bank:?|kreditinstitut:?|bankverbindung:?)\s{0,3}$",
    re.IGNORECASE,
)
_STREET_AFTER = re.compile(r",?\s\d{1,5}\s[A-Z][a-z]")  # a house to go to, not a firm
_SENDER_OF_MAILS = re.compile(
    r"spam|unsubscribe|abmelden|abbestellen|powered|versendet|sent (?:by|with|via)|terminseite|"
    r"all rights reserved|automated|automatisch|replies are not|©.*(?:suite(?! \d)|software|"
    r"platform)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?<!\w)(?:bei|bei der|bei dem|beim|für die|at|with|in der|von der|der firma|firma|"
    r"dienststelle:|interest in|appl(?:ication|ied|ying|y) to|working for|careers? at|"
    r"welcome to)\s$",
    re.IGNORECASE,
)
_HEADER_PART = re.compile(r"[ ]?[,|@()/][ ]?|\s[-–—·]\s|\s(?:at|bei|vom)\s")
_HEADER_NOISE = re.compile(
    r"\b(?:HR|Team|Recruiting|Recruitment|Karriere|Careers?|Early Careers|Jobs?|Bewerbung(?:en)?|"
    r"Personal(?:abteilung|wesen|gewinnung|büro|stelle|dienst|service|amt)?|Talent|Acquisition|People|"
    r"Hiring|Sekretariat|via \w+|Bewerbermanagement|Empfang|Reception|Rezeption|School Office|"
    r"(?:Front |Back |Main )?Office|Disposition|Verwaltung|Geschäftsleitung|Geschäftsstelle|Info|"
    r"Karriereportal|Portal|Direktion|Lehrstuhl|Dekanat|Referat|Abteilung|Admin)(?!\w)"
)
_OF_READER = re.compile(
    r"(?<=\S )(?:[Dd]ein|[Ii]hr|[Ee]uer|[Ee]ur)(?:e[rmns]?)?\s$|(?<=\S )[Yy]our\s$"
)
_ENOUGH = 3
_WEAK = 2
_MOST = 80  # candidates of a text


def find_firm(text: str, *, domains: Sequence[str] = (), sender: str | None = None) -> Firm | None:
    """The employer that ``text`` speaks for.

    ``domains`` are the mail domains of who writes, ``sender`` is the display name of the sender.
    """
    original, text = text, plain_marks(capitalised(text))
    ending = closing(text)
    signature = ending[0] if ending else len(text)
    labels = [label for label in map(_label, domains) if len(label) > 2]
    best: Firm | None = None
    known: list[Firm] = []
    for number, named in enumerate(_candidates(text, signature)):
        if number > _MOST:
            break
        firm = _weighed(text, original, named, signature, labels)
        if firm is None:
            continue
        again = sum(1 for other in known if other.name.lower() == firm.name.lower())
        known.append(firm)
        weight = firm.weight + min(again, 2)
        if best is None or (weight, len(firm.name)) > (best.weight, len(best.name)):
            best = replace(firm, weight=weight)
    header = _from_header(text, sender, labels)
    if best and best.weight >= _ENOUGH:
        return _as_in_header(_owner(_in_full(best, known), known, signature), header)
    for label in labels:
        if found := _by_domain(text, label):
            return _as_in_header(found, header)
    if header and header.weight > 0:
        return header
    return (
        _signed(text, ending, sender) or header or (best if best and best.weight >= _WEAK else None)
    )


def _as_in_header(firm: Firm, header: Firm | None) -> Firm:
    """ "Wrensham" is called "Wrensham Borough Council" by its sender."""
    longer = (
        header and header.weight > 0 and header.name.lower().startswith(f"{firm.name.lower()} ")
    )
    return header if header and longer else firm


def _in_full(best: Firm, known: Sequence[Firm]) -> Firm:
    """The same name with its legal form, or with the first names in it, where it is so anywhere."""
    short = best.name.lower()
    if whole := [firm for firm in known if _spells_out(firm.name, best.name)]:
        return max(whole, key=lambda firm: len(firm.name))
    longer = [
        firm
        for firm in known
        if firm.name.lower().startswith((f"{short} ", f"{short}, "))
        and (
            re.search(rf"\s{LEGAL_FORM}$", firm.name)
            or firm.name.lower().startswith(f"{short} of ")
        )
    ]
    return min(longer, key=lambda firm: len(firm.name), default=best)


def _spells_out(long: str, short: str) -> bool:
    """Whether ``long`` is ``short`` with more between its ends: "Praxis Dr. med. S. Huber"."""
    words, few = long.lower().split(), short.lower().split()
    if len(few) < 2 or not len(few) < len(words) < len(few) + 5:
        return False
    rest = iter(words)
    return words[0] == few[0] and words[-1] == few[-1] and all(word in rest for word in few)


def _owner(best: Firm, known: Sequence[Firm], signature: int) -> Firm:
    """The firm with a legal form that signs for a house without one: the hotel's "Riml GmbH"."""
    if _ENDS_IN_FORM.search(best.name) or any(_is_public(word) for word in best.name.split()):
        return best
    owners = [
        firm
        for firm in known
        if firm.span[0] >= signature
        and _ENDS_IN_FORM.search(firm.name)
        and firm.weight >= _SIGNS
        and abs(firm.span[0] - best.span[1]) < _SAME_BLOCK
    ]
    return max(owners, key=lambda firm: firm.weight, default=best)


def _is_public(word: str) -> bool:
    """What has no legal form: offices, schools, churches, hospitals, clubs."""
    return bool(_PUBLIC.search(word.lower()))


_PUBLIC = re.compile(
    r"amt$|gemeinde|schule|gymnasium|klinik|spital|universität|gericht|ministerium|stadt$|kreis$|"
    r"kirche|verein|verband|magistrat|kanton|behörde|direktion|university|council|college|"
    r"hospital|trust|charity|school|department|county|nhs"
)
_ENDS_IN_FORM = re.compile(rf"[\w.]\s?{LEGAL_FORM}$")
_SIGNS = 7
_SAME_BLOCK = 300  # characters
_LAST_BLOCK = 400
_ALMOST = 6  # letters of a domain, of which the rest is "hotel" or "holz"
_LONGEST_NAME = 200  # characters


def _candidates(text: str, signature: int) -> Iterator[_Named]:
    """Stretches of ``text`` that may name an employer, from every mechanism."""
    for form in _FORM.finditer(text):
        begin = max(text.rfind("\n", 0, form.start()) + 1, form.start() - 100)
        name = _BEFORE_FORM.search(text, begin, form.start()) or _SMALL_BEFORE_FORM.search(
            text, begin, form.start()
        )
        if name:
            yield _Named(start=name.start(), end=form.end(), weight=6)
        whole = _WHOLE_SEGMENT.search(text, begin, form.start())
        if whole and " - " not in whole["name"] and not _IN_A_SENTENCE.search(whole["name"]):
            yield _Named(start=whole.start("name"), end=form.end(), weight=6)
    yield from _in_segments(text, signature)
    for word in _CAPITAL.finditer(text):
        if is_body(word[0]):
            yield _grown(text, word)
        if is_head(word[0]) and (left := _left_of(text, word.start())) is not None:
            yield _Named(start=left, end=_name_end(text, word.end()), weight=3)
    for of in _OF.finditer(text):
        yield _Named(start=of.start(), end=of.end(), weight=3)
    for at in _AT_FIRM.finditer(text):
        yield _Named(start=at.start("name"), end=at.end("name"), weight=0)


def _name_end(text: str, end: int) -> int:
    """Where an English name goes on to behind a word for an employer: "Juniper County Food Bank",
    "Tweedmouth Removals & Storage", "Saguaro Motors of Phoenix"."""
    at = end
    for _ in range(_MOST_MORE):
        more = _NEXT_WORD.match(text, at)
        if more is None:
            break
        at = more.end()
        if is_head(more["word"]) or _SEGMENT_ENDS.match(text, at):
            end = at if is_head(more["word"]) or more["join"] else end
    return end


_MOST_MORE = 4  # words
_SEGMENT_ENDS = re.compile(r"[ ]?(?:[,|·\n]|$)")
_WHOLE_NAME = re.compile(
    r"(?:[A-Z][\w'’.&-]*|of|and|&|the)(?: (?:[A-Z][\w'’.&-]*|of|and|&|the)){1,6}"
)


def _in_segments(text: str, signature: int) -> Iterator[_Named]:
    """Parts of the signature's and the letterhead's lines that hold a word for an employer."""
    opening = salutation(text)
    head = min(opening.start if opening else 0, 400)
    last = text.rstrip().rfind("\n\n")
    if signature == len(text) and last > 0 and len(text) - last < _LAST_BLOCK:
        signature = last  # nobody closes, but the last lines stand apart
    for start, stop in ((0, head), (signature, min(len(text), signature + 1500))):
        for segment in _SEGMENT.finditer(text, start, stop):
            words = segment[0].split()
            if not 1 < len(words) <= 8 or ">" in words or _NO_FIRM.search(segment[0]):
                continue
            whole = _WHOLE_NAME.fullmatch(segment[0].strip())
            named = [word for word in words if word[0].isupper()]
            if (
                any(map(is_body, named))
                or is_head(words[-1])
                or (whole and any(map(is_head, words)))
            ):
                begin = segment.start() + len(segment[0]) - len(segment[0].lstrip(" \t*_,-–"))
                yield _Named(start=begin, end=segment.end(), weight=3 if start else 2)


def _grown(text: str, word: re.Match[str]) -> _Named:
    """A German word for an employer with the name around it: "Hagenhafener Verkehrsbetriebe"."""
    right = _GROWN_RIGHT.match(text, word.end())
    end = right.end() if right else word.end()
    begin = word.start()
    before = _ADJECTIVES.search(text, max(0, begin - 50), begin)
    if before:
        begin -= len(before[0])
    return _Named(start=begin, end=end, weight=3 if end > word.end() or before else -2)


def _left_of(text: str, end: int) -> int | None:
    """Where the capitalised words before an English word for an employer begin."""
    line = max(text.rfind("\n", 0, end) + 1, end - 60)
    found = _GROWN_LEFT.search(text, line, end)
    return found.start() if found else None


def _weighed(
    text: str, original: str, named: _Named, signature: int, labels: Sequence[str]
) -> Firm | None:
    """The candidate without what leads to it, with its weight; None where it is no name."""
    span = _trimmed(text, named.start, named.end)
    if span is None:
        return None
    start, end = span
    name = " ".join(original[start:end].split()).strip(" ,;:–-*")
    if name.endswith(")") and "(" not in name:
        name = name[:-1]
    if len(name) < 3 or _STRANGERS.search(name) or re.fullmatch(LEGAL_FORM, name):
        return None
    if (
        _HOUSE.search(name)
        or (
            any(is_occupation(word) for word in (name.split()[0], name.split()[-1]))
            and not (" " in name and is_body(name.split()[0]))  # "Friseur Haargenau"
        )
        or _HEADS_ONE.search(name)
    ):
        return None
    line = text[text.rfind("\n", 0, start) + 1 : end + 60].split("\n")[0]
    before = text[max(0, start - 60) : start]
    weight = named.weight + (2 if start >= signature else 0)
    likeness = max((_likeness(name, label) for label in labels), default=0)
    if _is_common(name) and " " not in name and _fold(name) not in labels:
        likeness = 0  # "Redaktion" is a part of many a domain
    weight += likeness
    weight -= 4 if _is_common(name) and not likeness else 0
    weight -= 5 if _OF_READER.search(before) else 0
    weight -= 4 if _TITLED.match(name) and not likeness else 0
    weight += 10 if labels and not likeness and _WANTS.match(text, end) else 0
    weight -= 1 if start < signature and not likeness else 0
    registered = _REGISTER.search(name) and _REGISTERED.search(line)
    weight -= 6 if registered and not likeness else 0
    weight += 12 if _CLIENT.search(before) else 0
    weight += 9 if _BEHALF.search(before) else 0
    weight -= 8 if _PARENT.search(before) or _SENDER_OF_MAILS.search(line) else 0
    weight += 1 if _AT.search(before) else 0
    weight -= 3 if _STREET_AFTER.match(text, end) else 0
    return Firm(
        name=name, span=(start, start + len(original[start:end].rstrip(" ,;:–-"))), weight=weight
    )


def _is_common(name: str) -> bool:
    """ "Transport", "Career Center", "Code of Practice": what many employers have."""
    words = name.split()
    if len(words) == 1:
        return is_head(name) or name.lower() in _ALONE
    return bool(_COMMON.fullmatch(name))


_ALONE = frozenset(
    [
        "redaktion",
        "klinik",
        "schule",
        "gemeinde",
        "hof",
        "praxis",
        "kanzlei",
        "betrieb",
        "hotel",
        "verwaltung",
        "stadt",
        "vertrieb",
    ]
)
_COMMON = re.compile(
    r"(?:(?:The )?(?:Parish|Careers?|School|Head|Main|Town|Community|Education|Training|Student|"
    r"Health|"
    r"Test|Assessment|Student|Visitors?|Civic|Medical|Conference|Shopping|Call|Data|Service|"
    r"Sports) "
    r"(?:Office|Centre|Center|Hall|Library|Department|Board|Union)|Code of Practice|"
    r"Equal Opportunity\w*|(?:Chartered|Registered|Certified|Licensed) [A-Z]\w+(?: (?:&|and) .*)?|"
    r"(?:Recruitment|Resourcing|HR|Personnel|Human Resources|Admissions|Roads|Democratic) "
    r"(?:Unit|Team|Office|"
    r"Department|Section|Services|Operations)|Municipal District|(?:HR )?Shared Services|"
    r"(?:Student|Graduate) Recruitment.*|"
    r"(?:Der|Die|Das|Unser|Mein)e? \w+)"
)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    if end - start > _LONGEST_NAME:
        return None
    alone = text[start - 1 : start] in ("\n", "") and text[end : end + 1] in (
        "\n",
        "",
    )  # a line of its own: "The Saltmarsh Museum Trust"
    gap = text.rfind("  ", start, end - 3)
    if gap >= 0 and _ENDS_IN_FORM.search(text[gap:end]):
        start = gap + 2  # a column: "Seraina Bühlmann  Druckwerk GmbH"
    bracket = text.find("(", start, end)
    if start < bracket and text.count(")", start, end) < text.count("(", start, end):
        start = bracket + 1
    if spoken := _SPOKEN_FOR.match(text, start, end):
        start = spoken.end()  # "Sol für die Redaktion"
    if behalf := _FOR_ANOTHER.search(text, start, end):
        start = behalf.end()  # "Talentsuite im Auftrag der Aaretal Energie AG"
    lead = _LEAD.match(text, start, end)
    if lead and not (
        lead[0] == "The " and (alone or _WITHIN.search(text, max(0, start - 4), start))
    ):
        start = lead.end()
    for earlier in re.finditer(rf"{LEGAL_FORM}\.?\s(?=[A-ZÄÖÜ])", text[start : end - 3]):
        if not re.match(LEGAL_FORM, text[start + earlier.end() :]):
            start += earlier.end()
            break
    start += _of_somebody(text[start:end])
    for word in re.finditer(r"[^\s,]+", text[start:end]):
        if _NO_NAME_WORD.fullmatch(word[0]):
            if word.start() == 0:
                return None
            end = start + word.start()
            break
    end = start + len(_SMALL_AT_END.sub("", text[start:end]))
    return (start, end) if end - start > 2 else None


def _of_somebody(name: str) -> int:
    """How much of the beginning is a person or a role: "Saoirse Delahunt of Kestrelpay DAC"."""
    for cut in _CUTS.finditer(name):
        words = name[: cut.start()].split()
        is_role = any(is_occupation(word) for word in words)
        is_person = 1 < len(words) <= 3 and not any(is_head(w) or is_body(w) for w in words)
        rest = name[cut.end() :]
        is_form = re.fullmatch(LEGAL_FORM, rest)
        has_form = re.search(rf" {LEGAL_FORM}$", rest)
        if re.match(r"[A-Z]\s", rest):
            continue  # "St Oswald's C of E Primary"
        if cut[0] == ", " and has_form and not re.search(r"&|\+| und | and ", rest):
            return cut.end()  # "Leiter Entwicklung, Jurasensor AG"
        if not is_form and (is_role or (is_person and (cut[0].strip() != "," or has_form))):
            return cut.end()
    return 0


_CUTS = re.compile(r",\s|\s(?:of|at|bei|from|von)\s")


# --- by the domain, the signature, the header ---


def _label(domain: str) -> str:
    parts = [
        part
        for part in domain.lower().split(".")
        if part not in ("example", "co", "com", "org", "net", "ac", "gov", "test")
    ]
    return _fold(parts[-2] if len(parts) > 1 and len(parts[-1]) < 3 else parts[-1]) if parts else ""


def _fold(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower().translate(_UMLAUTS))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _likeness(name: str, label: str) -> int:
    folded = _fold(re.sub(LEGAL_FORM, "", name))
    if not folded:
        return 0
    if label in folded or (folded in label and len(folded) > 3):
        return 6
    words = [_fold(word) for word in name.split()]
    if any(len(word) > 3 and (word in label or label in word) for word in words):
        return 4
    initials = "".join(word[0] for word in words if word)
    return 3 if len(label) > 2 and initials.startswith(label) else 0


def _by_domain(text: str, label: str) -> Firm | None:
    """Capitalised words that spell the sender's domain: "Copperline" for copperline.co.uk."""
    if len(label) < 4:
        return None
    words = list(re.finditer(r"[A-ZÄÖÜ0-9][\w'\-]*", text[:20_000]))
    for index, word in enumerate(words):
        end = word.end()
        folded = _fold(word[0])
        for following in words[index + 1 : index + 4]:
            gap = text[end : following.start()]
            if folded == label or not label.startswith(folded) or gap.strip(" &+-") or "\n" in gap:
                break
            folded += _fold(following[0])
            end = following.end()
        rest = label[len(folded) :] if label.startswith(folded) and len(folded) > _ALMOST else "?"
        if (not rest or is_body(rest) or is_head(rest)) and text[
            word.start() - 1 : word.start()
        ] not in ("@", "."):
            end = _PARTNERS.match(text, end).end()  # type: ignore[union-attr]
            more = _MORE_OF_IT.match(text, end)
            end = more.end() if more and not _COMMON.fullmatch(more[0].strip()) else end
            start = (
                word.start() - 4
                if _THE.search(text, max(0, word.start() - 8), word.start())
                else word.start()
            )
            return Firm(name=text[start:end], span=(start, end))
    return None


_MORE_OF_IT = re.compile(r"(?:[ ](?:&[ ])?[A-ZÄÖÜ][\w'’-]{2,30}){1,3}(?=[ ]*(?:[,|·\n!.;)]|$))")
_THE = re.compile(r"(?:(?<=\n)|(?<=\w )|(?<=[,|·•–-] ))The $")
""" "Narragansett Reinsurance", of which the domain has the first word."""
_PARTNERS = re.compile(r"(?:[ \t](?:&|und|\+|and)[ \t][A-ZÄÖÜ]\w+)*")


def _signed(text: str, ending: Span | None, sender: str | None) -> Firm | None:
    """The first part of the signature that is neither a person, a role, an office nor a number."""
    begin = ending[1] if ending else text.rstrip().rfind("\n\n") + 1
    if begin < 1 or (ending is None and not _is_block(text[begin:])):
        last = LAST_WORDS.search(text, max(0, len(text) - 120))
        if last and last["firm"] and _may_sign(last["firm"].strip()):
            return Firm(name=last["firm"].strip(), span=last.span("firm"))
        return None
    signer = find_signer(text) or person_in_header(sender)
    if signer is None:
        begin = text.find("\n", begin + 1)  # who signs is not known, but stands there
        if begin < 0:
            return None
    signed = False
    for line in list(_LINE.finditer(text, begin))[:8]:
        after_signer = later = False
        for part in _SIGNED_PART.finditer(line[0]):
            written = _IN_BRACKETS.sub("", part[0].strip(" \t*_-–|>"))
            if signer and (
                signer.name in written or set(written.split()) <= set(signer.name.split())
            ):
                signed = after_signer = True
            elif " " not in written and not signed:
                continue  # a first name, more likely
            elif _TITLED.match(written) and not _is_firm_like(written):
                continue  # whoever signs, with their titles
            elif later and not after_signer and not _is_firm_like(written):
                continue  # a town, a house
            elif _may_sign(written) or (after_signer and _SMALL_NAME.fullmatch(written)):
                start = line.start() + part.start() + part[0].index(written)
                return Firm(name=written, span=(start, start + len(written)))
            else:
                later = "'" in written or "’" in written
    return None


_TITLED = re.compile(rf"{TITLE}[ ]?")


def _is_firm_like(part: str) -> bool:
    return any(is_body(word) or is_head(word) for word in part.split())


_LINE = re.compile(r"[^\n]+")
_SIGNED_PART = re.compile(r"[^,|·•\t]+?(?=[ ]{2,}|[,|·•\t]|\s[-–]\s|$)")
_IN_BRACKETS = re.compile(r"\s\([^()]{0,40}\)$")
_SMALL_NAME = re.compile(r"[a-zäöüß][\w.&-]{3,30}")


def _is_block(block: str) -> bool:
    """Whether the last lines of a letter that nobody closes look like a signature."""
    lines = [line for line in block.split("\n") if line.strip()]
    return len(lines) < 7 and all(
        len(line) < 70 and line.rstrip()[-1] not in "?!" for line in lines
    )


def _may_sign(part: str) -> bool:
    """Capitalised words that are no greeting, role or office: "The Salt Yard", "Prep & Sons"."""
    plain = part.removeprefix("The ")
    words = plain.split()
    if (
        part.startswith("Inh.")
        or _COMMON.fullmatch(part)
        or not _NAME_LIKE.fullmatch(part)
        or not 0 < len(words) < 7
        or _NO_FIRM.search(part)
    ):
        return False
    if _POSSESSIVE.match(part):
        return True
    if gender_of_role(part) or any(is_occupation(word) for word in words if word[0].isalpha()):
        return False
    if _HEADER_NOISE.sub("", part).strip() == "":
        return False
    return (
        is_name(" ".join(w for w in words if w not in _BETWEEN))
        or any(map(is_body, words))
        or any(map(is_head, words))
    )


_POSSESSIVE = re.compile(r"[A-Z][\w-]+['’]s [A-Z]\w+")  # "Ogden's Family Butcher"
_NAME_LIKE = re.compile(
    r"[A-ZÄÖÜ][\w&'’.+\-]*(?: (?:[A-ZÄÖÜ0-9][\w&'’.+\-]*|&|\+|und|and|of|for|on|at|the|der|des|"
    r"zur|zum|"
    r"am|im|in|für|von)){0,6}"
)
_BETWEEN = frozenset(
    [
        "&",
        "+",
        "und",
        "and",
        "of",
        "for",
        "the",
        "der",
        "des",
        "zur",
        "zum",
        "am",
        "im",
        "in",
        "für",
        "von",
    ]
)


def _from_header(text: str, sender: str | None, labels: Sequence[str]) -> Firm | None:
    """The part of the sender's display name that is no person, and most like an employer."""
    if not sender or (person_in_header(sender) and not _HEADER_PART.search(sender)):
        return None
    signer = find_signer(text)
    parts = [
        _without_person(_HEADER_NOISE.sub("", part).strip(" -–|,:'\""), signer)
        for part in _HEADER_PART.split(sender)
    ]
    name = max(parts, key=lambda part: _merit(part, labels), default="")
    words = name.split()
    if _merit(name, labels) < 1 and (len(words) < 3 or len(parts) > 1 or _COUPLE.fullmatch(name)):
        return None  # it may be a person after all, or an office
    if len(name) < 3 or ("." in name.strip(".") and " " not in name):
        return None
    at = text.find(name)
    span = (at, at + len(name)) if at >= 0 else (0, 0)
    return Firm(name=name, span=span, weight=_merit(name, labels))


_COUPLE = re.compile(r"[^\W\d_]+ (?:und|and|&|\+) [^\W\d_]+(?: [^\W\d_-]+)?")


def _merit(name: str, labels: Sequence[str]) -> int:
    """How much speaks for a part of a display name: a known word, a legal form, the domain."""
    if len(name) < 3:
        return -1
    known = any(is_body(word) or is_head(word) for word in name.split())
    likeness = max((_likeness(name, label) for label in labels), default=0)
    return likeness + 3 * known + 3 * bool(_ENDS_IN_FORM.search(name))


def _without_person(name: str, signer: Person | None) -> str:
    """ "Mirja Café Zuckerstück" without Mirja, who signs."""
    first, _, rest = name.partition(" ")
    return rest if signer and rest and first == signer.name.split()[0] else name


def firm_in_subject(subject: str) -> Firm | None:
    """Who is named behind "bei" or "at": "From Dana at Little Acorns"."""
    for found in _AT_FIRM.finditer(subject):
        name = found["name"]
        if _may_sign(name):
            return Firm(name=name, span=found.span("name"))
    return None
