"""What the interview is for: the position as written, and its reference number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from taktvoll.language.casing import capitalised, plain_marks
from taktvoll.language.employers import is_body, is_head
from taktvoll.language.job_extent import GENDERS, ROLE, SHARE, title_end
from taktvoll.language.letter import closing
from taktvoll.language.occupations import is_occupation, occupations


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact as written, ``text[start:end]``; the higher the weight, the surer."""

    value: str
    start: int
    end: int
    weight: int = 0


class _Candidate(NamedTuple):
    """Words that may be a job title; what stands in quotation marks is one as it is."""

    weight: int
    start: int
    raw: str
    in_quotes: bool = False


_CAPITAL = (
    r"(?:(?:Dipl|Wiss|Stv|Stellv|Kfm|Kaufm|Techn|Zahnmed|Päd|Asst|Snr|Sr|Jr|Kat)\.(?=\s)|"
    r"(?:[A-ZÄÖÜ][\wäöüß]{1,30}-,?\s(?:und|oder|&|/)\s)?"
    r"[A-ZÄÖÜ][\wäöüß&+#.'*:/\-]{0,39}(?<![.:/\-])|\d?[A-Z]{1,3}\d{0,2}|C\+\+|C#|\.NET|"
    r"\d-[A-ZÄÖÜ]\w{2,20}(?:-[A-ZÄÖÜ]\w{2,20})?|\d{1,2}\.(?:/\d{1,2}\.)?(?= Klasse)|\d{1,2}(?:st|"
    r"nd|rd|th)?(?= [A-Z]))"
)
_LINK = (
    r"(?:im|in|der|des|die|für|und|&|/|-|–|mit|of|and|for|zur|zum|von|auf|Schwerpunkt|to|the|de|"
    r"an der|am(?= Empfang))"
)
_ADJECTIVE = (
    r"[a-zäöü]{3,20}(?:ischer|ische|ischen|iger|ige|igen|licher|liche|lichen|ender|ende|enden|"
    r"ierter|ierte|ierten|kannte|kannter|kannten|prüfte|prüfter|prüften)"
)
_INNER = (
    r"(?<=[mnr][ \n])(?!komm|näch|lauf|gest|nahe|ander|uns|ihr|sein|mein|euer)"
    r"(?:[a-zäöüß]{3,20}-)?[a-zäöüß]{4,20}e[nr]?"
)
"""An adjective behind "im", "in der", "für": "Sozialarbeiterin im ambulanten Hospizdienst"."""
_SPACE = r"(?:[ \t]+|[ \t]?\n(?!\w+\.?:)(?=\w))"  # a line may break, but no label begins
_TITLE = (
    rf"(?P<title>(?:(?:staatl|stv|stellv|gepr|dipl|kaufm|techn|päd|wiss)\.\s)?(?:{_ADJECTIVE}\s+)?{_CAPITAL}(?:\*in|/-?in|:in|"
    rf"\(in\))?(?:{_SPACE}(?:{_LINK}{_SPACE}){{0,2}}(?:{_INNER}{_SPACE})?{_CAPITAL}(?:\*in|/-?in|:in|\(in\))?){{0,7}}"
    r"(?:\s[\"«»][^\"«»\n]{2,30}[\"«»])?)"
)

_JOB_QUOTED = re.compile(
    r"(?<!\w)(?:Position|Stelle|Rolle|Funktion|Tätigkeit|Stellenangebot|Stellenausschreibung|"
    r"Auswahlverfahren|Vakanz|Planstelle|role|position|post|vacancy|job)"
    r"(?:\s(?:als|eine[rs]|des|der|of|zum|zur|for|war|ist|wäre|was|is))?:?\s"
    r"[\"«»'](?P<quoted>[^\"«»'\n]{3,120}?)[\"«»']"
)
_QUOTE = re.compile(r"[\"«»](?P<quoted>[A-ZÄÖÜ\d][^\"«»\n]{2,119})[\"«»]")
_HAS_SHARE = re.compile(SHARE)
_LEADS: tuple[tuple[str, str, int], ...] = (
    (
        "Position Stelle Rolle Funktion Tätigkeit Arbeitsplatz Vakanz Ausbildungsplatz "
        "Praktikumsplatz",
        r"(?:Position|Stelle|Rolle|Funktion|Tätigkeit|Arbeitsplatz|Vakanz|Ausbildungsplatz|"
        r"Praktikumsplatz)\s(?:als|eine[rs]|des|der|zum|zur)\s(?:eine[rns]?\s)?",
        8,
    ),
    (
        "Ausbildung Ausbildungsplatz Ausbildungsstelle Lehrstelle Lehre Umschulung",
        r"(?:Ausbildung|Ausbildungsplatz|Ausbildungsstelle|Lehrstelle|Lehre|Umschulung)\s"
        r"(?:zum|zur|zu|als)\s(?:zum/zur\s)?",
        8,
    ),
    (
        "Position Stelle Rolle Funktion Stellenbezeichnung Dienstposten Posten Betreff "
        "Ausbildungsplatz Ausbildungsstelle Lehrstelle",
        r"(?:Ausbildungsplatz|Ausbildungsstelle|Lehrstelle|Position|Stelle|Rolle|Funktion|Stellenbezeichnung|Dienstposten|Posten|Betreff)[:\s]\s?"
        r"(?:eine[rs]\s|des\s|der\s|als\s)?",
        6,
    ),
    (
        "*verfahren",
        r"\w{5,16}verfahren\s(?:(?:für|um|zur|zum)\s)?(?:(?:die|den|das|eine?)\s)?(?=[A-ZÄÖÜ])",
        2,
    ),
    ("*stelle *platz", r"\w{3,20}(?:stelle|platz)\s(?:als|zum|zur)\s(?:eine[rn]?\s)?", 7),
    (
        "position role post job opening vacancy",
        r"(?:position|role|post|job|opening|vacancy)\s(?:of|as|for)\s(?:an?\s|our\s|the\s)?",
        8,
    ),
    ("Position Role Vacancy Job Post", r"(?:Position|Role|Vacancy|Job title|Post):\s", 8),
    (
        "interview applying applied application apply",
        r"(?:interview|applying|applied|application|apply)\s(?:for|as)\s"
        r"(?:an?\s|the\s|our\s|position of\s|role of\s)*",
        5,
    ),
    (
        "Bewerbung Vorstellungsgespräch Gespräch beworben bewerben Kennenlernen Team Haus Hause "
        "dich Sie Mitarbeiter",
        r"(?:Bewerbung|Vorstellungsgespräch|Gespräch|beworben|bewerben|Kennenlernen|Team|"
        r"Hause?|"
        r"dich|Sie|Mitarbeiter)\s(?:[^.\n]{0,40}?\s)?(?:als|um die Stelle als|auf die Stelle "
        r"als)"
        r"\s(?:unsere?n?\s|neue[rn]?\s|eine[rn]?\s)*",
        6,
    ),
    ("as to becoming for", r"(?:as|to be|becoming|for)\s(?:an?\s|the\s|our\s)?(?:new\s)?", 2),
    ("als", r"als\s(?:unsere?n?\s|neue[rn]?\s|eine[rn]?\s)*", 4),
    (
        "role position job post",
        r"(?:role|position|job|post)\s(?:is|would be)\s(?:an?\s|the\s|our\s)?",
        5,
    ),
    (
        "Stelle Position Job",
        r"(?:Stelle|Position|Job)\s(?:ist|wäre|hei(?:ß|ss)t)\s(?:die\s|der\s|das\s|eine?\s)?",
        5,
    ),
    (
        "suche suchen sucht brauche brauchen braucht ausgeschrieben geht gesprochen besetzen "
        "besetzt wegen betreffend bezüglich",
        r"(?:[Ss]uche nach|[Ss]uch(?:en|t|e)|[Bb]rauch(?:en|t|e)|[Aa]usgeschrieben ist|"
        r"[Gg]eht (?:es )?um|"
        r"[Gg]esprochen wird über|[Bb]esetz(?:en|t)(?: ist)?|[Ww]egen|[Bb]etreffend|[Bb]ezüglich)"
        r"(?:\s(?:ja|noch|gerade|dringend|ab \w+|für \w+)){0,2}\s"
        r"(?:die\s|den\s|das\s|der\s|eine[rnm]?\s|ein\s|'?nen?\s|deine\s|ihre\s)?",
        2,
    ),
    (
        "looking hiring hire need needs seeking search find regarding re",
        r"(?:[Ll]ooking for|[Hh]iring|[Hh]ire|[Nn]eeds?|[Ss]eeking|[Ss]earch for|[Ff]ind (?:its|"
        r"our|their|a)|"
        r"[Rr]egarding|RE:)\s(?:an?\s|the\s|our\s|its\s|next\s|new\s){0,2}",
        2,
    ),
    (
        "interview einladung bewerbung phone kennenlernen telefonat video videocall screening "
        "call probetag probearbeiten schnuppertag application *gespräch",
        r"(?:Interview|\w{0,14}[Gg]espräch|Einladung|Bewerbung|Phone interview|Kennenlernen|"
        r"Telefonat|Video-?[Cc]all|[Ss]creening|Call|Probetag|Probearbeiten|Schnuppertag|"
        r"Video interview|Interview invitation|Video-Interview|Application)"
        r"\s?(?::|-|\||/|für|for)\s",
        3,
    ),
)
"""What leads to a title: the words it begins with (``*`` for an ending), all of it, its weight."""
_BEFORE_ROLE = re.compile(r"(?<!\w)(?:[Tt]he|[Oo]ur|[Aa]n?|THE|[Yy]our|[Tt]heir)\s(?=[A-ZÄÖÜ\d])")
_LEADING_WORD = re.compile(r"(?<!\w)[^\W\d_]\w*")
_ROLE_AFTER = re.compile(rf"\s(?:\([^()\n]{{2,40}}\)\s)?{ROLE}(?!\w)")
_ENDS_IN_ROLE = re.compile(r"\w\s(?:Role|Position|Vacancy|Post|Job|Opening|Spot|Gig)$")
"""The same in a letter without capitals, which has them put in."""
_LABELLED = re.compile(
    r"(?:^|\n)[ \t*·\-]{0,4}(?:position|stelle|stellenbezeichnung|funktion|rolle|beruf|job|"
    r"job title|role|vacancy|post|ausgeschriebene stelle|berufsbezeichnung|"
    r"bewerbung als)[ \t]{0,3}(?::|\||[ \t]{2,}|\n)[ \t|]{0,6}(?P<title>[A-ZÄÖÜ\d][^\n|]{2,90})",
    re.IGNORECASE,
)
_SMALL_TITLE = re.compile(
    r"(?:as an?|(?:looking for|need|hiring|seeking|to be) (?:an?|our)(?: new)?|"
    r"(?:position|role|post|job|vacancy|app(?:lication)?|applied|applying|"
    r"interview) (?:of|as|for)(?: an?| the| our)?|the|our|your|an?|"
    r"to be an?)\s(?P<title>(?:(?!(?:for|about|the|an?|our|your|as|with|and|to|is|in|at|on|of)\s)"
    r"[a-z][\w/\-]{1,20}\s){0,4}?)$"
)
_AFTER_SMALL = re.compile(
    r"\s(?:role|position|job|post|vacancy|opening|spot|gig|programme|scheme|interview|trial)(?!\w)"
)
_AFTER_GENDERS = re.compile(r"\s?" + GENDERS)
_ANY_GENDERS = re.compile(GENDERS)
_TITLE_AT_END = re.compile(rf"(?<!\w){_TITLE}\s?$")
_NO_TITLE = re.compile(
    r"\s?[(\[](?!in\))|\n\s*\n|\s(?:bei|at|with|am(?! Empfang)|on|mit(?! Schwerpunkt))\s|,|"
    r"\s(?:in|im|auf)\s(?:Voll|Teil|\w{2,12}schicht|Schicht)\w*|"
    r"\sfor\s|\s(?:ab|zum|per)\s(?:\d|sofort)|\sim Entwurf|"
    r"\s(?:Voll|Teil)zeit|\s(?:un)?befristet|\s(?:für|an|in|auf) (?:\d(?!-)|unser|euer|ihr)|"
    r"\sfür (?:die|den) (?:\w{0,12}saison|Sommer|Winter)|\s\d+\s?[-–%]"
)
_WHOLE_TITLE = re.compile(_TITLE)
_LEADING = re.compile(
    r"(?<![\w.])(?:(?:[A-ZÄÖÜ][\wäöüß&+#/\-]{0,30}|of|and|&|[a-zäöü]{4,20}(?:ische|iche|ige|ende|"
    r"ierte)[rn]?)[ \t]){1,4}$"
)
_ROLE_BEFORE = re.compile(
    r"(?<!\w)(?:(?<!für )(?<!als )unser\w*|(?<!be )(?<!as )"
    r"(?<!interview for )(?<!application for )(?<!applying for )our|my|"
    r"mein\w*|ihr\w* ansprech\w*|mit "
    r"(?:der|dem)|with(?: the| your)?|mit|vom|"
    r"frau|herrn?|an (?:die|den)|your|by the|durch (?:die|den)|meet(?:ing)? the)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"(?:Professor(?:in)?|Doctor|Nurse|Sister|Captain|Pastor|Pfarrer(?:in)?) [A-ZÄÖÜ]\w+"
)
""" "Professor Szabo": a rank before a surname."""
_NAME_AFTER = re.compile(r"[,:]?\s(?:Frau|Herrn?|Dr\.|Prof\.|Mr|Ms|Mrs|Mag\.)(?!\w)")
_NAME_ABOVE = re.compile(
    r"(?:^|\n)[ \t]*(?!Dear|H[ia]|Hello|Liebe|Sehr|Guten|Good|Moin|Servus|Grü)(?:(?:Dr|Prof|Mag|"
    r"Dipl)\.[\w\-. ()]{0,12})?[A-ZÄÖÜ](?:[^\W\d_]|"
    r"['\-]){1,20}(?: [A-ZÄÖÜ](?:[^\W\d_]|['.\-]){0,20}){1,2}(?:,[^\n\d]{0,20})?[ \t]*\n[ \t]*$"
)
_GERMAN_SMALL = re.compile(
    r"(?<!\w)(?:stelle|bewerbung|beworben|platz|"
    r"job)\s(?:\w+\s){0,2}als\s(?P<title>[a-zäöüß]{4,30})(?!\w)",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"(?<![\w-])(?!Postdoc|Doktor|Promotion)(?P<title>(?:[A-ZÄÖÜ][\w/]{2,30}[ ]"
    r"(?:(?:für|in|im|der)[ ])?){0,3}(?:[A-ZÄÖÜ]\w{1,4}-)?[A-ZÄÖÜ][\w/]{2,40})"
    r"-(?:Stelle|Job|Position|Posten)(?!\w)"
)
""" "wegen der Pflegefachkraft-Stelle"."""
_AREA = (
    r"(?:Service|Küche|Empfang|Rezeption|Verkauf|Lager|Büro|Theke|Bar|Kasse|Housekeeping|Etage|"
    r"Backstube|Produktion|Reinigung|Werkstatt|Spülküche|Buffet|Einkauf|Vertrieb|Sekretariat|"
    r"(?:[A-ZÄÖÜ][a-zäöüß]{2,12}b|B)uchhaltung|Versand|Hauswirtschaft)"
)
_IN_AREA = re.compile(
    rf"(?:[Bb]ewerbung|[Bb]eworben|[Bb]ewirbst|[Bb]ewerben|Job|Stelle|Interesse)\s(?:fürs?|an|ums?|ins?|im)\s"
    rf"(?:de[nmr]\s|die\s|das\s)?(?P<title>{_AREA}(?:\s(?:&|und|/)\s{_AREA})?)(?![\w\-])"
    rf"|für\s(?:den|die|das)\s(?P<behind>{_AREA})(?=\s(?:\w+\s)?beworben)"
)
"""An area stands for the job in it: "deine Bewerbung für den Service"."""
_SPOKEN_OF = re.compile(
    r"(?<!\w)(?:\w{0,14}bewerbung|bewirb\w*|beworben|bewerben|\w{0,14}stelle|position|posten|"
    r"funktion|"
    r"inserat|ausschreibung|ausgeschrieben|\w{0,8}verfahren|\w{0,8}auswahl|such\w*|brauch\w*|besetz\w*|"
    r"betreffend|bezüglich|als|geht (?:es )?um|rolle|job|wegen|für|lehre|ausbildung|praktikum|"
    r"application|applied|applying|role|post|vacancy|interview|opening|opportunity|hir\w+|"
    r"looking for|need|next|seeking|online tests?|as an?)(?!\w)"
    r"(?:[^.!?]|(?<=nr)\.){0,50}$",
    re.IGNORECASE,
)
"""What is said before a job that the letter is about."""
_ENOUGH = 5
_WEAK_LEAD = 2  # the weight of "wegen" and "for", behind which anything stands
_IN_QUOTES = 9  # the weight of what stands in quotation marks
_MOST_OCCUPATIONS = 60
_IS_NUMBER = re.compile(r"#?(?=\S*\d{3})[\w\-/.]+:?|[-|:]")
_PART = re.compile(r"(?:(?!\s[-|]\s|:\s)[^\n])+")
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
Ihr Ihrer Dein Deine Deiner Eure Euer Mein Meine Unser Unsere Absage Abgesagt ABSAGE Zusage
Monate Jahre Wochen Tage Stunden Minuten Die Der Das Den Dem Ein Eine Einen Zur Zum Als Wegen
Bewerber Melden Hallo Re RE AW Noch Neue Neuer
Thanks Dear Wir Firma Fach- Vorstellungstermin Kennenlernen Auswahlgespräch
Assessment-Center Jobangebot Stellenangebot Eignungstest Auswahltest Casting Kenntnis Vorsprechen
Vorspiel Probespiel Praxis-Check Bewerberrunde Delegierter Rückfrage Ausschreibung
Kennenlerngespräch Auswahlverfahren Probearbeiten Lehrstelle Ausbildungsplatz Ausbildungsstelle
Aufgabe Praktikumsplatz Vakanz Betrifft Can Could Would Should Is Are Do Does How What When Where My
"""
_NO_POSITION = frozenset(_NO_POSITION_WORDS.split())
_DATE_WORD = re.compile(
    r"^(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|"
    r"November|Dezember|January|February|March|May|June|July|October|December)$"
)

_TALK = re.compile(
    r"[\w\-]*(?:gespräche?|termin|terminänderung|terminverschiebung|terminvorschl[aä]ge?|terminabsage|sachstand|"
    r"interview|einladung|bewerbung|auswahltag|kennenlernen|call|chat|"
    r"screening|hearing|probetag|(?:kennenlern|orientierungs|interview|bewerber|auswahl)tag|schnuppertag|bestätigung|update|bestätigt|invite|confirmed|"
    r"booked|anfrage|erinnerung|visit|trial|onsite|tour|round|stage|meeting|conversation|reminder|"
    r"invitation|slots?|runde|termine|probearbeiten|hospitation|schnuppertag|hearing|morning|job|"
    r"role|position|vacancy|post|spot|gig|application|invited|shortlisted|outcome|candidate|bewerbungseingang|datei|kopie|eintrag|formular|ausdruck|schedule)"
)
_CODE_AFTER = re.compile(
    r"\s{0,2}[(,|/-]{1,2}\s?(?:Position |Req\.? |Kennz\.? |No\.? |Nr\.? )?#?"
    r"(?P<ref>(?=[\w/-]*\d)(?:[A-Z]{1,6}[-/]?[\dA-Z]+(?:[-/]\w+)*|\d{1,4}/\d{2,4}))(?![\w%])"
)
"""What stands behind a title: "Quality Inspector (JO-88213)"."""
_NUMBER = (
    r"(?:\slautet|\sof)?\s?[:#.]{0,2}\s{0,2}(?:[A-Z]{2,4}\s(?=\d))?(?:Nr\.\s?)?[(\[\"]?(?P<ref>("
    r"?=[A-Za-z/_.\-]{0,15}\d)[A-Za-z0-9][\w\-/.]{1,39}\w|\d)"
)
_OF_VACANCY = re.compile(
    r"(?<!\w)(?:Kennziffer|Kenn-?Nr\.?|Kennz\.|Kennzahl|Kennwort(?=:? [A-Z]+-?\d)|Kennnummer|"
    r"Kz\.|Kennung(?=:? (?-i:[A-Z]))|"
    r"Referenz(?:nummer|-?Nr\.?|code)?|"
    r"Ref\.?(?:\s?-?Nr\.?|erenz)?|Reference(?:\s(?:number|no\.?|code))?|Stellen-?(?:ID|Nr\.?|"
    r"nummer)|Job-?\s?(?:ID|Nr\.?|nummer|number|ref(?:erence)?|code)|(?:Stellena|A)usschreibung(?:s-?(?:Nr\.?|"
    r"nummer)|\sNr\.?)?|Chiffre|Inserat(?:e?-?Nr\.?)?|Anzeigen-?(?:Nr\.?|nummer)|Requisition(?:\sID|"
    r"\snumber)?|Req(?:\sID|\.)?|Vacancy(?:\s(?:ID|Ref(?:erence)?|number|no\.?))?|"
    r"Posting(?:\s(?:ID|no\.?|number))?(?=\s#?\d)|"
    r"Post(?:\sref(?:erence)?|\sno\.?)?(?=\s\d{4})|Recruitment(?=\s?#)|Competition(?:\sno\.?)?|"
    r"quoting|Verfahrens-?(?:nummer|Nr\.?)|Anforderungs-?(?:nummer|nr\.?)|Verfahren)" + _NUMBER,
    re.IGNORECASE,
)
_OF_FILE = re.compile(
    r"(?<!\w)(?:Geschäftszeichen|Geschäftszahl|Aktenzeichen|(?-i:Az)[.:]|(?-i:AZ)[.:]|GZ\.?|"
    r"Unser Zeichen|"
    r"Bewerber(?:nummer|-?ID)|Vorgang(?:snummer)?|Zahl)" + _NUMBER,
    re.IGNORECASE,
)
"""The file of an office: it stands in where the vacancy has no number of its own."""


def find_position(
    text: str, *, heading: bool = False, thread: bool = False, known: str = ""
) -> Found | None:
    """The job title in ``text``, without (m/w/d) and reference number; None where none is named.

    In a ``heading`` (a subject, the title of an event) an occupation alone is one. A ``thread``
    holds several letters, so that nothing in it is the signature. ``known`` is what the subject
    calls the job, maybe in short.
    """
    ending = None if thread else closing(text)
    signature = ending[0] if ending else _last_line(text) if not (thread or heading) else len(text)
    original, text = text, plain_marks(capitalised(text))
    text = text if heading else _WRAPPED.sub(" ", text)
    best: Found | None = None
    for weight, start, raw, in_quotes in chain(
        _candidates(text), _in_heading(text) if heading else ()
    ):
        found = _quoted(start, raw) if in_quotes else _cleaned(start, raw)
        if found is None:
            continue
        weight += 4 if _AFTER_GENDERS.match(text, found.end) else 0
        found = found if in_quotes else _whole(text, found)
        works = _names_work(found.value)
        alone = _stands_alone(text, found) or (heading and (works or weight > _WEAK_LEAD))
        weight += 3 * works + 3 * alone
        weight += 2 if _SPOKEN_OF.search(text, max(0, found.start - 70), found.start) else 0
        weight += 2 if works and _SOUGHT.match(text, found.end) else 0
        weight += 3 if known and f" {known} " in f" {found.value.lower()} " else 0
        weight -= 6 if found.start >= signature or _of_somebody(text, found) else 0
        if weight >= _ENOUGH and (best is None or weight > best.weight):
            best = replace(found, weight=weight)
    return replace(best, value=_value(_as_typed(original[best.start : best.end]))) if best else None


_SOUGHT = re.compile(r" (?:suchen|sucht|brauchen|gesucht|benötigen|wanted|needed)(?!\w)")


def _as_typed(written: str) -> str:
    """The title as somebody typed it who uses no capitals: up to the word that names the work."""
    words = written.split()
    if not written.islower():
        return written
    last = max((i for i, word in enumerate(words) if is_occupation(word.title())), default=-1)
    return " ".join(words[: last + 1]) or written


_WRAPPED = re.compile(r"\n(?<=[^\n]{50}\n)(?=\w)(?!\w{1,30}\.?(?::|[ ]{2}))")
"""The end of a long line that goes on below, as old mail programs break them at 72 columns."""


def _last_line(text: str) -> int:
    """Where the last line begins, which is the signature of a letter that nobody closes."""
    plain = text.rstrip()
    at = plain.rfind("\n") + 1
    above = plain[:at].rstrip()
    return at if above.endswith((".", "!", "?")) and len(plain) - at < _SHORT_LINE else len(text)


_SHORT_LINE = 60


def _stands_alone(text: str, found: Found) -> bool:
    """Whether the words are a line of their own, as on a portal's page."""
    before = text.rfind("\n", 0, found.start) + 1
    return not text[before : found.start].strip(" \t*•·-") and bool(
        _LINE_ENDS.match(text, found.end)
    )


_LINE_ENDS = re.compile(
    r"[ \t]*(?:\n|$|[-–|,(][ \t]?(?:\d\d[/-]\d|vacancy|ref|req|kenn|job|post|nr|no|chiffre|"
    r"stellen)|"
    r",? \d+ ?%\n)",
    re.IGNORECASE,
)


def _in_heading(text: str) -> Iterator[_Candidate]:
    """The parts of a subject that name an occupation or are followed by a number."""
    for part in _HEADING_PART.finditer(text[:300]):
        words = list(_TITLE_WORD.finditer(text, part.start(), part.end()))
        while words and _is_stray(words[-1][0]):
            words.pop()
        work = next((i for i, word in enumerate(words) if is_occupation(word[0])), None)
        if work is not None:
            start, end = _around(words, work)
            yield _Candidate(2, start, text[start:end])
        elif len(words) > 1 and _SENIOR.fullmatch(words[-1][0]):
            start, end = _around(words, len(words) - 1)
            yield _Candidate(3, start, text[start:end])
        elif len(words) == 2 and _is_stray(words[0][0]) and _FIELD_NOUN.fullmatch(words[1][0]):
            yield _Candidate(3, words[1].start(), words[1][0])
        elif len(words) > 1 and _belongs(words[-1][0]) and _CODE_AFTER.match(text, part.end()):
            yield _Candidate(3, part.start(), part[0])


_FIELD_NOUN = re.compile(
    r"[A-ZÄÖÜ][\w\-]{2,20}(?:pädagogik|beratung|vermittlung|entwicklung|sicherung|planung|"
    r"steuerung|pflege|buchhaltung)"
)
""" "Vorstellungsgespräch Museumspädagogik": the field stands for the job."""
_SENIOR = re.compile(r"(?:Semi-)?Senior")
""" "Audit Senior": what English accountants call the middle of their three grades."""


def _around(words: list[re.Match[str]], work: int) -> tuple[int, int]:
    """The words around the occupation that belong to it: "Lehrauftrag analoge Verfahren"."""
    first = last = work
    small = words[work][0][0].islower()  # "Night care assistant": then the words before it are, too
    while first > 0 and (
        _belongs(words[first - 1][0])
        or (first == 2 and words[1][0] in ("and", "&", "und") and _belongs(words[0][0]))
        or (first > 1 and words[first - 1][0] == "Trial" and _belongs(words[first - 2][0]))
        or (small and _SMALL_BEFORE.fullmatch(words[first - 1][0]))
    ):
        first -= 1
    for index in range(work + 1, len(words)):
        word = words[index][0]
        if _belongs(word) or _OF_STEP.fullmatch(word):
            last = index
        elif not (_LINK_WORD.fullmatch(word) or _IS_ADJECTIVE.fullmatch(word)):
            break
    return words[first].start(), words[last].end()


_SMALL_BEFORE = re.compile(
    r"(?!(?:for|about|the|an?|our|your|as|with|and|to|is|in|at|on|of|from|by|we|you|re|new|next)$)"
    r"[a-z][a-z\-]{1,20}"
)
_OF_STEP = re.compile(r"[A-Z]{1,3}\d{1,2}")  # "KS2", "E13"


def _belongs(word: str) -> bool:
    return word[0].isupper() and not any(map(str.isdigit, word)) and not _is_stray(word)


_IS_ADJECTIVE = re.compile(r"[a-zäöüß]{4,20}e[nr]?")
_HEADING_PART = re.compile(r"(?:(?!\s[-–—|/•·]{1,2}\s|[:;|,]\s|\s?[(\[\])\n?!])[^\n])+")


def _candidates(text: str) -> Iterator[_Candidate]:
    """What may be a job title: its weight, where it begins, and the words."""
    for word in _LEADING_WORD.finditer(text):
        at, plain = word.start(), word[0].lower()
        if plain in _QUOTED_BEHIND and (quoted := _JOB_QUOTED.match(text, at)):
            yield _Candidate(_IN_QUOTES, quoted.start("quoted"), quoted["quoted"], True)
        if plain == "als" and _COMPARED.search(text, max(0, at - 12), at):
            continue
        for lead, weight in _leads(plain):
            found = lead.match(text, at)
            if found and (title := _WHOLE_TITLE.match(text, found.end())):
                yield _Candidate(weight, title.start("title"), title["title"])
        if plain in _ARTICLES and (article := _BEFORE_ROLE.match(text, at)):
            title = _WHOLE_TITLE.match(text, article.end())
            if title and (
                _ROLE_AFTER.match(text, title_end(text, title.end()))
                or _ENDS_IN_ROLE.search(title[0])
            ):
                works = " " in title["title"] or _names_work(title["title"])
                weight = 8 if works else _WEAK_LEAD  # "the Ealing vacancy"
                yield _Candidate(weight, title.start("title"), title["title"])
    for label in _LABELLED.finditer(text):
        yield _Candidate(8, label.start("title"), label["title"])
    for genders in _ANY_GENDERS.finditer(text):
        line = max(text.rfind("\n", 0, genders.start()) + 1, genders.start() - 120)
        if title := _TITLE_AT_END.search(text, line, genders.start()):
            yield _Candidate(5, title.start("title"), title["title"])
    for area in _IN_AREA.finditer(text):
        where = area.lastgroup or "title"
        yield _Candidate(5, area.start(where), area[where])
    for compound in _COMPOUND.finditer(text):
        if _names_work(compound["title"]):
            yield _Candidate(6, compound.start("title"), compound["title"])
    for small in _GERMAN_SMALL.finditer(text):
        if is_occupation(small["title"].capitalize()):
            yield _Candidate(4, small.start("title"), small["title"])
    for quote in _QUOTE.finditer(text):
        if _names_work(quote["quoted"]):
            yield _Candidate(1, quote.start("quoted"), quote["quoted"], True)
    for number, (start, end) in enumerate(occupations(text)):
        if number > _MOST_OCCUPATIONS:
            return
        line = max(text.rfind("\n", 0, start) + 1, start - 80)
        if text[start].islower():
            yield from _small_title(text, line, start, end)
            continue
        leading = _LEADING.search(text, line, start)
        begin = leading.start() if leading else start
        if title := _WHOLE_TITLE.match(text, begin):
            yield _Candidate(1, begin, title["title"])


_COMPARED = re.compile(r"(?:nicht|mehr|weniger|später|früher|eher|anders|besser|länger|älter)\s$")
""" "Nehmen Sie das nicht als Urteil": no job follows."""


@lru_cache(maxsize=4096)
def _leads(word: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    """The patterns that may begin with ``word``, in lower case."""
    return tuple(
        (re.compile(f"(?:{lead})"), weight)
        for words, lead, weight in _LEADS
        if any(word.endswith(w[1:]) if w[0] == "*" else word == w for w in words.lower().split())
    )


_ARTICLES = frozenset(["the", "our", "a", "an", "your", "their"])
_QUOTED_WORDS = """
position stelle rolle funktion tätigkeit stellenangebot stellenausschreibung auswahlverfahren vakanz
planstelle role post vacancy job
"""
_QUOTED_BEHIND = frozenset(_QUOTED_WORDS.split())


def _whole(text: str, found: Found) -> Found:
    """The title with what it goes on with: "Ward Clerk Band 3", "Berater (m/w/d) Küchen"."""
    end = title_end(text, found.end)
    if (genders := _AFTER_GENDERS.match(text, end)) and (
        behind := _BEHIND_GENDERS.match(text, genders.end())
    ):
        more = _cleaned(behind.start("title"), behind["title"])
        words = more.value.split() if more else [""]
        place = any(is_head(w) or is_body(w) for w in words)
        whole = _NEEDS_FIELD.search(found.value) if behind[0].startswith(" für") else not place
        if more and whole and words[0] not in _NO_FIELD:
            end = more.end
    if text[end - 1 : end] == ")" and (field := _IN_FIELD.match(text, end)):
        end = field.end()
    if (other := _OTHER_TITLE.match(text, end)) and is_occupation(other["first"]):
        end = other.end()
    start = (
        senior.start()
        if (senior := _MAYBE_SENIOR.search(text, max(0, found.start - 9), found.start))
        else found.start
    )
    return replace(found, value=_value(text[start:end]), start=start, end=end)


_OTHER_TITLE = re.compile(
    r"[ ](?:/|oder|or)[ ](?P<first>[A-ZÄÖÜ][\w*:/\-]{2,40})"
    r"(?:[ ](?!Herr|Frau)[A-ZÄÖÜ][\w\-]{2,30}){0,2}"
)
"""The second of two names: "Netzwerktechniker / Systemtechniker"."""
_NEEDS_FIELD = re.compile(r"(?:kraft|mann|frau|leute|angestellter?|person)$")
""" "Fachkraft (m/w/d) für Lagerlogistik": the trade has no name without its field."""
_IN_FIELD = re.compile(r"[ ](?:im|in der)[ ][A-ZÄÖÜ][\w-]{3,30}(?=[ ]*(?:[.,\n]|$|bei |am |mit ))")
""" "Operationstechnischer Assistent (OTA) im Zentral-OP"."""
_MAYBE_SENIOR = re.compile(r"\((?:Senior|Junior)\)\s$")
_BEHIND_GENDERS = re.compile(
    rf"[ ](?:(?:für|im Bereich|im|in der|mit Schwerpunkt)[ ](?:den |die |das )?)?{_TITLE}"
)
_NO_FIELD_WORDS = """
Referenz Referenznummer Kennziffer Kennung Kennz Kennwort Ref Req Requisition Job-ID Stellen-ID ID
Nr Teilzeit Vollzeit Minijob Homeoffice Remote Hybrid Befristet Unbefristet Elternzeit Start Beginn
Eintritt Standort Filiale Raum Großraum Region Raumschaft Ort Sommer Winter Saison Aushilfe
"""
_NO_FIELD = frozenset(_NO_FIELD_WORDS.split())
"""What stands behind "(m/w/d)" without being a part of the title."""


def _small_title(text: str, line: int, start: int, end: int) -> Iterator[_Candidate]:
    """An English title without capitals, where the words around say that it is one."""
    before = _SMALL_TITLE.search(text, line, start)
    following = _SMALL_NEXT.match(text, end)
    if following and is_occupation(following["word"]):
        return  # "assistant manager": the second word names the work
    if before and (of := _SMALL_OF.match(text, end)):
        end = of.end()
    if before:
        begin = before.start("title")
        surely = before[0].startswith(("the", "our", "a ", "an ")) is False
        weight = 6 if _AFTER_SMALL.match(text, end) else 4 if surely else 0
        if weight:
            yield _Candidate(weight, begin, text[begin:end])


_SMALL_NEXT = re.compile(r" (?P<word>[a-z]{3,20})(?!\w)")
_SMALL_OF = re.compile(
    r" of [a-z]{4,20}(?!\w)| in [a-z]{3,20}(?= (?:job|role|position|post|vacancy))"
)
_ANYBODY = frozenset(
    ["Mitarbeiterin", "Mitarbeiter", "Mitbewerberin", "Mitbewerber", "Personalchef", "Referenz"]
)
"""What people are called beside the job that a letter is about."""


def _of_somebody(text: str, found: Found) -> bool:
    """Whether the words are the role of somebody named, not the job that is talked about."""
    return bool(found.value in _ANYBODY or _RANKED.fullmatch(found.value)) or (
        bool(
            _ROLE_BEFORE.search(text, max(0, found.start - 40), found.start)
            or _NAME_ABOVE.search(text, max(0, found.start - 60), found.start)
            or _NAME_AFTER.match(text, found.end)
        )
        and not _AFTER_SMALL.match(text, found.end)
    )


def reference_after(text: str, end: int) -> Found | None:
    """The number that stands right behind a job title which ends at ``end``."""
    found = _CODE_AFTER.match(plain_marks(text[end : end + 60]))
    if found is None or len(found["ref"]) < 4:
        return None
    return Found(value=found["ref"], start=end + found.start("ref"), end=end + found.end("ref"))


def find_reference(text: str) -> Found | None:
    """The reference number of the vacancy as written: after "Kennziffer", "Ref.", "Job ID"."""
    text = plain_marks(text)
    found = _OF_VACANCY.search(text) or _OF_FILE.search(text)
    return (
        Found(value=found["ref"], start=found.start("ref"), end=found.end("ref")) if found else None
    )


def _quoted(start: int, raw: str) -> Found | None:
    """What stands in quotation marks is the title as it is, but for (m/w/d)."""
    value = raw[: genders.start()] if (genders := _ANY_GENDERS.search(raw)) else raw
    value = value.rstrip(" .,;:–-/")
    if _names_work(value) or _HAS_SHARE.search(value):
        return Found(value=_value(value), start=start, end=start + len(value))
    return _cleaned(start, raw)


_CALL_CENTRE = re.compile(
    r"Call (?:Handler|Taker)|Call[ -]Cent(?:er|re)|Tour (?:Guide|Manager|Operator)|Job Coach|"
    r"Meeting Planner|Team[ -](?:Lead|Manager|Assist|Coach|Member|Secretary|Supervisor)|"
    r"Video (?:Editor|Producer|Journalist|Technician)|Stage (?:Manager|Technician|Designer)|"
    r"Link (?:Worker|Officer)|Applications? (?:Developer|Engineer|Architect|Manager|Specialist)|"
    r"Trial (?:Coordinator|Manager|Administrator)"
)
""" "Call" alone is a talk, but not here."""


def _cleaned(start: int, raw: str) -> Found | None:
    """The words of ``raw`` that are the title, without what leads to it and what follows it."""
    kept = _NO_TITLE.split(raw, maxsplit=1)[0]
    parts = list(_PART.finditer(kept))
    named = [part for part in parts if _names_work(part[0])]
    if len(parts) > 1 and len(named) == 1:
        start += named[0].start()
        kept = named[0][0]
    words = list(_TITLE_WORD.finditer(kept))
    while len(words) > 1 and _IS_NUMBER.fullmatch(words[0][0]):
        words.pop(0)
    while words and (
        _is_stray(words[-1][0])
        or _LINK_WORD.fullmatch(words[-1][0])
        or (len(words) > 1 and _SEASON.fullmatch(words[-1][0]))
    ):
        words.pop()
    while words and (
        _LINK_WORD.fullmatch(words[0][0])
        or (_is_stray(words[0][0]) and not _CALL_CENTRE.match(kept, words[0].start()))
    ):
        words.pop(0)
    if not words:
        return None
    begin = words[0].start()
    value = kept[begin : words[-1].end()].rstrip(" .,;:–-/")
    if len(value) < 3:
        return None
    return Found(value=_value(value), start=start + begin, end=start + begin + len(value))


_SEASON = re.compile(r"(?:Sommer|Winter|Ski|Weihnachts)(?:saison)?|Saison|(?:20)?\d\d/\d\d|20\d\d")


def _names_work(title: str) -> bool:
    return any(is_occupation(word) for word in title.split() if word[0].isalpha())


def _value(written: str) -> str:
    return " ".join(_ANY_GENDERS.sub(" ", written).split())


def _is_stray(word: str) -> bool:
    plain = word.rstrip(".,:")
    return plain in _NO_POSITION or bool(_DATE_WORD.match(word) or _TALK.fullmatch(plain.lower()))
