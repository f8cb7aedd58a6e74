"""What a person's name looks like, in a text and in a mail header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from taktvoll.language.employers import is_body, is_head
from taktvoll.language.occupations import is_occupation
from taktvoll.language.words import LEGAL_FORM
from taktvoll.model import Gender

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as a text names them: ``name`` without Frau, Herr and academic titles."""

    name: str
    span: Span
    title: str | None = None
    gender: Gender | None = None

    @property
    def surname(self) -> str:
        """The last word of the name; of a first name alone, that."""
        return self.name.split()[-1]


# --- how names are written ---

TITLE = (
    r"(?:(?:Univ\.-)?Prof\.|Prof(?:essor(?:in)?)?(?!\w)|Dr\.(?:-Ing\.|(?:[ ]?(?:med|rer|phil|jur|"
    r"iur|oec|agr|theol|techn|scient|sc|habil|h\.[ ]?c|nat|pol|publ|dent|vet|mult)\.)*)|Dr(?=\s)|"
    r"Mag\.(?:[ ]?\(FH\)|a(?!\w))?|Mag(?=\s)|MMag\.(?:a(?!\w))?|DDr\.|Dipl\.[- ]?[A-ZÄÖÜ]\w{1,10}"
    r"\.?(?:-(?:Ing|Inf)\.)?(?:[ ]?\(FH\)|[ ]?\([FTB][HAU]\))?|DI(?=\s)|Dipl\.-Ing\.|Ing\.|"
    r"PD(?=\s)|MMMag\.|[MB]\.[ ]?(?:A|Sc|Eng|Ed)\.|LL\.M\.|PhDr\.|RA(?=\s)|RAin(?=\s))"
)
_TITLES = rf"(?P<title>(?:{TITLE}[ \t]?){{0,4}})"
_HONORIFIC = (
    r"(?P<honorific>Frau|Fr\.|Herrn?|Hr\.|Mrs\.?|Ms\.?|Miss|Mr\.?|Madam|Sir|Sister|Brother|"
    r"Cllr\.?|Mx\.?)"
)
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"  # of Latin-1; what lies beyond is taken as it comes
_PART = rf"(?:(?:O|D|Mc|Mac)['’]?)?{_UPPER}[^\W\d_]{{1,24}}(?:['’][^\W\d_]{{1,12}})?"
_WORD = rf"(?:St\.[ ]?)?{_PART}(?:-{_PART}){{0,2}}"
_PARTICLE = r"(?:von|van|vom|de|der|di|da|del|della|le|la|ter|ten|dos|al|bin)"
_INITIAL = rf"{_UPPER}\.(?:-?{_UPPER}\.)?"
NAME = (
    rf"(?P<name>(?:(?:{_WORD}|{_INITIAL}|"
    rf"{_UPPER}(?=[ ]))[ \t]+){{0,3}}(?:{_PARTICLE}[ \t]+){{0,2}}{_WORD})"
    r"(?![\w@])"
)
_OFFICE = (  # "Frau Rektorin Mag. Huber", "Herr Finanzvorstand DI Haslauer"
    rf"(?:{_UPPER}[\w’'-]+(?:in|vorstand|rat|leiter|or|['’]in)[ ](?={TITLE}))?"
)
GIVEN_NAME = rf"(?P<name>{_WORD}(?:[ \t]{_WORD}){{0,2}})"
"""A name without "von", before which people say whom they speak for."""
_ADDRESSED = re.compile(rf"(?<!\w){_HONORIFIC}\s+{_OFFICE}{_TITLES}{NAME}")
_NAMED = re.compile(rf"(?<![\w.@/-])(?:{_HONORIFIC}\s+{_OFFICE})?{_TITLES}{NAME}")
FULL_NAME = re.compile(rf"(?:{_HONORIFIC}\s+)?{_TITLES}{NAME}")
_LAST_FIRST = re.compile(
    rf"({_WORD}(?:\s{_WORD})?),\s?{_TITLES}((?:{_WORD})(?:\s(?:{_WORD}|{_INITIAL}))*)"
    r"(?:,\s?(?P<after>[A-ZÄÖÜ][\w. ]{1,14}))?"
)
_HEADER_REST = re.compile(r"\s*[(\[|/@].*$|\s+(?:via|bei|von|from|at|-|–|·)\s.*$")
_HAS_LEGAL_FORM = re.compile(rf"(?:^|\W){LEGAL_FORM}(?=\W|$)")

# --- what is no name ---

_NO_SURNAME = re.compile(
    r"(?:straße|strasse|weg|platz|allee|gasse|gmbh|team|abteilung|service|gruppe|stadt|leitung|"
    r"wesen|street|road|lane|avenue|brae|quay|feiertage|weihnachten|wochenende|büro|termin|"
    r"gespräch|bewerbung|zentrale|nummer|zimmer|gebäude|stelle|management|dienst|verwaltung|"
    r"dienste|handel|handlung|werke?|markt|betriebe?|laden|technik|center|gesellschaft|kollegium|"
    r"verkehr|punkt|küche|gewinnung|entwicklung|plattform|portal|recruiting|netzwerk|amt|bahn)$"
)
_NO_NAME_WORDS = """
Hi Hey Hello Nein Ja Accept Decline Employer Branding House Comhairle Accountants Chartered Ruft
Recruitment Transportation
Panel Committee Kommission Jury Clerk Town
Aber Abteilung Acquisition Address Admin Administration Adresse Agentur Alerts All Alle Als Am
Amtsgericht An Anfahrt Anhang Anlage Ansprechpartner Ansprechpartnerin Any April Assistenz Auf
Auftrag Auftrage August Aus Ausbildung Auskunft Austria BG Bei Berlin Best Beste Besten
Bewerbermanagement Bewerberportal Bewerberservice Bewerbung Bewerbungen Bis Bitte Booking Building
Bundesagentur Business Bäckerei Büro Calendar Career Careers Center Centre Charity Cheers Company
Confidential Contact Culture Damen Dank Danke Dann Das Date Datenschutz Datum Dear December Dein
Deine Deinen Dem Den Der Des Details Deutschland Dezember Dezernat Die Dienstag Diese Dieser Direct
Direkt Donnerstag Dort Dublin Durchwahl E-Mail Ein Eine Einem Einen Eingang Einladung Email Empfang
England Es Etage Euer Eure Facebook Fachbereich Fachgruppe Falls Fax Feber Februar February Floor
Fragen Frau Freitag Freundliche Freundlichen Friday Frohe From Für Gebäude Gemeinde Germany Gesendet
Gespräch Google Gruss Gruß Grüsse Grüße Grüßen Gute Guten Gutes HR Hallo Hamburg Haupteingang Haus
He Head Here Herr Herren Herrn Herzliche Herzlichen Hier Hinweis Hiring Hochschule Homepage Hotel
How Hub Human Ich If Ihnen Ihr Ihre Ihrem Ihren Ihrer Im Impressum In Info Instagram Institut
Internet Interview Ireland It Januar January Job Jobcenter Jobportal Jobs Juli July June Juni Junior
Jänner Kalender Karriere Kein Keine Kennziffer Kind Kita Klinik Klinikum Kontakt Kontaktperson
Krankenhaus Kundenservice LG Landkreis Landrat Liebe Lieber Link LinkedIn Location London Mai Mail
Many March May Meet Meeting MfG Microsoft Mit Mittwoch Mobil Moin Monday Montag Montags Mr Mrs Ms
März München Nach Newsletter Nicht No Noreply Not Notifications November Nr Ob October Oder Office
Oktober On Onboarding Operations Ort Our Parking Parkplatz People Personal Personalabteilung
Personalamt Personalservice Pforte Phone Platz Please Position Postfach Praxis Privacy Question
Questions Raum Reception Recruiting Ref Referat Reference Regards Registered Registergericht
Resources Restaurant Rezeption Role Room Rückfragen Sachgebiet Samstag Saturday Schule Schweiz
Schöne Schönen Scotland Sehr Seit Sekretariat Senior Sent September Service She Sie Sitz Sollten
Sonntag Stadt Status Stelle Stock Straße Sunday Support Switzerland Talent Team Teams Tel Telefon
Termin Thank Thanks That The There These They This Thursday To Tuesday Twitter Uhr Und Universität
Unser Unsere Unseren Unter VG Verlag Vertraulich Vertretung Video Videocall Viele Vielen Von Vor
Vorstellungsgespräch Wales Warm Was We Web Website Wednesday Wenn Wer Werkstatt What When Where
Which Who Why Wichtig Wie Wien Wir Wo Xing You Your Yours Zahnarztpraxis Zentrale Abmelden
Abbestellen Unsubscribe Region Heute Gestern Morgen Nachricht Nachrichten Postfach Merkliste Profil
Herzlich Herzlichst Freundlich Rúnaí Personnel Obergericht Secretary Wann Womit Dauer Beginn Wohin
Uhrzeit Treffen Treff Datum Redaktion Anmeldung Gebucht
Zimmer Zoom Zu Zum Zur Zürich Österreich Über
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_ROLE_WORDS = """
Leiter Leiterin Leitung Referent Referentin Manager Managerin Director Partner Consultant
Geschäftsführer Geschäftsführerin Geschäftsführung Bürgermeister Bürgermeisterin Oberbürgermeister
Officer Adviser Recruiter Recruiterin Personalreferent Personalreferentin Chef Chefin Assistenz
Inhaber Inhaberin Kollege Kollegin Rechtsanwalt Rechtsanwältin Steuerberater Steuerberaterin
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_TRADE_WORDS = """
cook baker porter mason miner tailor carpenter butcher ranger potter weaver barber farmer gardener
painter plumber roofer tiler koch richter bauer wirt
"""
_TRADES = frozenset(_TRADE_WORDS.split())
_OLD_TRADES = ("er", "mann", "meister")
"""How German trades end that became surnames; the longer ones of today did not."""


def is_name(name: str) -> bool:
    """Whether capitalised words are a person's name, and no greeting, role, street or firm."""
    words = name.split()
    if any(word.strip(".,:") in _NO_NAME or word in _ROLES for word in words):
        return False
    if any(_NO_SURNAME.search(word.lower()) for word in words):
        return False
    if len(words) == 1 and (name in _SHORT_DAYS or _KISS.fullmatch(name)):
        return False
    if _POSSESSIVE.search(name):
        return False
    if len(words) == 1:
        return not (name.isupper() and len(name) > 1) and not _is_role(name)
    if _ADJECTIVE.search(words[0].lower()) or (len(words[-1]) < 5 and words[-1].isupper()):
        return False
    if _is_role(words[0]) or (is_occupation(words[-1]) and not _may_be_surname(words)):
        return False
    return not (is_head(words[0]) or _is_institution(words))


_KISS = re.compile(r"[A-Z]x{1,3}")
_POSSESSIVE = re.compile(r"['’]s\s")  # "Big Deano's Carvery"
_SHORT_DAYS = frozenset(
    ["Di", "Mi", "Do", "Fr", "Sa", "So", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
)


def _may_be_surname(words: list[str]) -> bool:
    """A trade from which families have their names: "Cook", "Schneider"; not "Sales Advisor"."""
    last = words[-1].lower()
    return len(words) < 4 and (last in _TRADES or (len(last) < 12 and last.endswith(_OLD_TRADES)))


_ADJECTIVE = re.compile(r"(?:lich|isch|ig|end)e[nrsm]?$")


def _is_role(word: str) -> bool:
    """ "Personalreferentin", "HR-Verantwortlichen", and the ranks of officials: "OAR'in"."""
    return word in _ROLES or bool(_RANK.fullmatch(word)) or (is_occupation(word) and len(word) > 6)


_RANK = re.compile(
    r"[A-ZÄÖÜ]{2,5}(?:['’]?in)?|[\w-]+[vV]erantwortliche[nr]?|[\w-]+[bB]eauftragte[nr]?"
)


def _is_institution(words: list[str]) -> bool:
    """ "Kettle River County", "Recruitment Services": a word for an employer at the end."""
    return any(is_body(word) and len(word) > 3 for word in words) or (
        is_head(words[-1]) and (len(words) > 2 or is_head(words[0]) or len(words[-1]) > 6)
    )


def person_in_header(name: str | None, address: str | None = None) -> Person | None:
    """The person that a display name of a mail header names: "Huber, Petra", "Dr. Anke Brandt".

    ``address`` is the mail address beside it: who is written before the @ is a person, what is
    written after it is a firm.
    """
    if not name:
        return None
    plain = _HEADER_REST.sub("", name.strip().strip("'\"")).strip(" ,")
    title_after = None
    plain = _CREDENTIALS.sub("", plain)
    if found := _LAST_FIRST.fullmatch(plain):
        plain, title_after = f"{found['title']}{found[3]} {found[1]}", found["after"]
    named = FULL_NAME.fullmatch(plain)
    if not named or not _is_person(named["name"], plain, address):
        return None
    title = title_of(named["title"]) or (
        title_of(title_after) if title_after and re.match(TITLE, title_after) else None
    )
    gender = gender_of(named["honorific"])
    name = _in_order(named["name"], address)
    return Person(name=name, span=(0, 0), title=title, gender=gender)


_CREDENTIALS = re.compile(r"(?<=\w\w)(?:, ?(?:[A-Z]{2,5}(?:-[A-Z]{2,3})?|[BM]\.?[A-Z][a-z]?\.?))+$")
""" "Holly Brandvold, CVPM": what somebody has passed stands behind the name."""


def _in_order(name: str, address: str | None) -> str:
    """The first name first, as the address has it: "Imfeld Beatrice" of beatrice.imfeld@."""
    words = name.split()
    local = re.split(r"[._-]", (address or "").lower().partition("@")[0])
    if len(words) == 2 and len(local) == 2:
        last, first = map(plain_letters, words)
        if last == plain_letters(local[1]) and first.startswith(plain_letters(local[0])):
            return f"{words[1]} {words[0]}"
    return name


def _is_person(name: str, shown: str, address: str | None) -> bool:
    if _HAS_LEGAL_FORM.search(shown):
        return False
    local, _, domain = (address or "").lower().partition("@")
    words = [plain_letters(word) for word in name.split()]
    if words[0] == plain_letters(local) and any(is_body(w) or is_head(w) for w in name.split()[1:]):
        return False  # "Mirja Café Zuckerstück", whose address is mirja@
    if any(len(word) > 2 and word in plain_letters(local) for word in words):
        return not any(w in _NO_NAME or is_body(w) or is_head(w) for w in name.split()[:2])
    if any(len(word) > 3 and word in plain_letters(domain) for word in words):
        return False
    return is_name(name) and (len(words) > 1 or not address)


# --- people in a text ---


def people_in(text: str, start: int, end: int) -> Iterator[Person]:
    """The people that ``text[start:end]`` names, in order: with Frau or Herr, or in full.

    A role before the name tells the gender: "unsere Personalreferentin Heike Tietz".
    """
    for found in _NAMED.finditer(text, start, end):
        before = text[max(0, found.start() - 60) : found.start()]
        words, at = found["name"].split(), found.start("name")
        honorific = found["honorific"]
        gender = gender_of(honorific) or _gender_of_article(before)
        while len(words) > 1 and (words[0] in _NO_NAME or _is_role(words[0])):
            if words[0] in _FEMALE | _MALE:  # "beantwortet Ihnen Frau Öttl"
                honorific = words[0]
            gender = gender or gender_of(words[0]) or gender_of_role(words[0])
            at = text.index(words[1], at + len(words[0]))
            words = words[1:]
        while len(words) > 1 and words[-1] in _NO_NAME:
            words.pop()
        name = " ".join(words)
        if (name[0].islower() and not honorific) or not (len(words) > 1 or honorific):
            continue
        if _HAS_LEGAL_FORM.search(name):
            continue
        if is_name(name) or (honorific and name not in _NO_NAME):
            gender = gender or gender_of_role(before.rsplit("\n", 1)[-1][-40:])
            stop = at + len(name) if text.startswith(name, at) else found.end("name")
            yield Person(name=name, span=(at, stop), title=title_of(found["title"]), gender=gender)


def addressed_in(text: str, start: int, end: int) -> Iterator[Person]:
    """The people that ``text[start:end]`` names with Frau, Herr, Ms or Mr."""
    for found in _ADDRESSED.finditer(text, start, end):
        words = found["name"].split()
        while len(words) > 1 and words[-1] in _NO_NAME:
            words.pop()
        at = found.start("name")
        while len(words) > 1 and _is_role(words[0]):
            at = text.index(words[1], at + len(words[0]))
            words = words[1:]
        if words[0] in _NO_NAME:
            continue
        name = " ".join(words)
        yield Person(
            name=name,
            span=(at, at + len(name)),
            title=title_of(found["title"]),
            gender=gender_of(found["honorific"]),
        )


def same_person(name: str, other: str) -> bool:
    """Whether two names end alike; an empty one is nobody's."""
    return bool(name and other) and name.split()[-1].lower() == other.split()[-1].lower()


def completed(person: Person, text: str) -> Person:
    """``person`` with the full name, title and gender that ``text`` says elsewhere."""
    if not person.span[1] and (at := text.find(person.name)) >= 0:
        person = replace(person, span=(at, at + len(person.name)))
    if " " not in person.name:
        person = _with_surname(person, text)
    for at in _places(text, person.surname):
        if person.title is None and (after := _DEGREE.match(text, at + len(person.surname))):
            person = replace(person, title=title_of(after["degree"]))
        before = _NAMED_BEFORE.search(text, max(0, at - 60), at)
        if before is None:
            continue
        first = before["first"]
        if first and " " not in person.name and is_name(f"{first} {person.surname}"):
            begin = before.start("first")
            whole = " ".join(text[begin : at + len(person.surname)].split())
            person = replace(person, name=whole, span=(begin, at + len(person.surname)))
        person = replace(person, title=person.title or title_of(before["title"]))
    return replace(person, gender=person.gender or gender_in(text, person))


_DEGREE = re.compile(
    r", ?(?P<degree>[BM]\.? ?(?:A|Sc|Eng|Ed)\.?N?|MBA|MPH|LL\.? ?[BM]\.?|Ph\.? ?D\.?|Mag\. "
    r"?pharm\.|"
    r"lic\. (?:oec|iur|phil)\.(?: HSG)?)(?=\s*(?:[,\n|·(]|$))"
)
""" "Doris Zechner, BA": what is written behind a name."""


def _with_surname(person: Person, text: str) -> Person:
    """ "Yannick", who is "Yannick Abele" elsewhere."""
    for at in _places(text, person.name):
        found = FULL_NAME.match(text, at)
        if found and " " in found["name"] and is_name(found["name"]):
            return replace(person, name=" ".join(found["name"].split()), span=found.span("name"))
    return person


_NAMED_BEFORE = re.compile(
    rf"(?<![\w.]){_TITLES}(?:(?P<first>(?!(?:Frau|Herrn?|Mr|Ms|Mrs|Mag|Dr|DI)\s)"
    rf"{_WORD}(?:[ \t](?:{_INITIAL}|{_WORD}|{_PARTICLE}))?)[ \t])?$"
)


def _places(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in ``text`` as a word of its own."""
    at = text.find(word)
    while at >= 0:
        if not text[at + len(word) : at + len(word) + 1].isalnum():
            yield at
        at = text.find(word, at + len(word))


# --- titles and genders ---

_FEMALE = frozenset(["Frau", "Fr", "Mrs", "Ms", "Miss", "Madam", "Sister"])
_MALE = frozenset(["Herr", "Herrn", "Hr", "Mr", "Sir", "Brother"])
_PRONOUNS = re.compile(
    r"(?<![\w/])(?:(?P<female>she\s?/\s?her(?:s)?|sie\s?/\s?ihr)|(?P<male>he\s?/\s?him|er\s?/\s?"
    r"(?:ihm|ihn|sein)))(?!\w)",
    re.IGNORECASE,
)
_ROLE_WORD = re.compile(r"(?<![\w*:/(])[A-ZÄÖÜ][\w-]{4,50}(?![\w*:/(])")
_MALE_ROLE = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\w-]{0,40}?)?(?:[lL]eiter|[rR]eferent|[fF]ührer|[iI]nhaber|[bB]erater|"
    r"[bB]earbeiter|[aA]ssistent|[mM]eister|[dD]irektor|[sS]precher|[sS]ekretär|[kK]aufmann|"
    r"[kK]üchenchef|[rR]ektor|[kK]oordinator|[rR]echtsanwalt|[pP]räsident|[vV]orsteher|[pP]farrer|"
    r"[dD]ekan|[sS]pezialist|[sS]chreiber|[wW]irt|[eE]igentümer|[eE]rzieher|[kK]och|"
    r"[gG]eschäftsführer|[pP]rokurist|[lL]andrat|[fF]achmann|[bB]etriebsleiter)(?![\w*:/(-])"
)
_STATED_AFTER = re.compile(r"\((?P<honorific>Ms|Mrs|Miss|Mr|Frau|Herr)\.?\)")


def title_of(written: str | None) -> str | None:
    """Academic titles with single spaces; None for none."""
    return " ".join(written.split()) or None if written else None


def gender_of(honorific: str | None) -> Gender | None:
    """What Frau, Herr, Ms or Mr says."""
    plain = (honorific or "").rstrip(".")
    return Gender.FEMALE if plain in _FEMALE else Gender.MALE if plain in _MALE else None


def gender_of_role(words: str) -> Gender | None:
    """What a German word for a role says: "Abteilungsleiterin", "Küchenchef"."""
    for word in _ROLE_WORD.findall(words):
        if word.endswith(("in", "frau")) and is_occupation(word):
            return Gender.FEMALE
    return Gender.MALE if _MALE_ROLE.search(words) else None


def _gender_of_article(before: str) -> Gender | None:
    """ "unseren HR-Verantwortlichen Tobias Rüegg", "meine Kollegin Anke Thoms"."""
    found = _ARTICLE.search(before)
    if not found:
        return None
    return Gender.MALE if found["article"].lower().endswith(("en", "em")) else Gender.FEMALE


_ARTICLE = re.compile(
    r"(?<!\w)(?P<article>(?:unser|mein|ihr|dein|euer|eur)(?:en|em|er?))[ \t]"
    r"(?:[a-zäöü]+[rn]?[ \t])?(?:[A-ZÄÖÜ][\w-]+[ \t])?$"
)


def gender_in(text: str, person: Person) -> Gender | None:
    """The gender that ``text`` says of ``person``: "Frau Brandt", "she/her" beside the name, or a
    role on its line or in the two lines under it. Whoever bears the reader's name is known by
    their first name alone: the caller leaves the salutation out."""
    for found in addressed_in(text, 0, len(text)):
        if same_person(found.name, person.name):
            return found.gender
    for at in _places(text, person.surname):
        if gender := _gender_beside(text, at, at + len(person.surname)):
            return gender
    return None


def _gender_beside(text: str, start: int, end: int) -> Gender | None:
    """What stands on the line behind a name and in the two under it, or in the clause after it."""
    lines = [line for line in text[end : end + 240].split("\n") if line.strip()]
    nearby = "\n".join(lines[:3])
    if stated := _STATED_AFTER.search(nearby.split("\n")[0]):
        return gender_of(stated["honorific"])
    if pronoun := _PRONOUNS.search(nearby) or _CLAUSE.match(text, end):
        return Gender.FEMALE if pronoun["female"] else Gender.MALE
    line_before = text[:start].rpartition("\n")[2]
    if len(line_before.split()) > 3:
        return None  # in the midst of a sentence the next lines are about something else
    return gender_of_role(nearby) or gender_of_role(line_before)


_CLAUSE = re.compile(
    r"(?: \([^()\n]{3,60}\))?(?:,| and| und)? (?:(?P<female>sie|she)|(?P<male>er|he))"
    r"(?:['’]s| [a-zäöü]+(?:t|s))(?!\w)"
)


def plain_letters(word: str) -> str:
    """``word`` in lower case without accents and signs, as it is written in addresses."""
    return re.sub(r"[^a-z]", "", word.lower().translate(_PLAIN_LETTERS))


_PLAIN_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "œ": "oe",
        **dict.fromkeys("éèêëęě", "e"),
        **dict.fromkeys("áàâãăą", "a"),
        **dict.fromkeys("íìîïıİ", "i"),
        **dict.fromkeys("óòôõő", "o"),
        **dict.fromkeys("úùûűů", "u"),
        **dict.fromkeys("çćč", "c"),
        **dict.fromkeys("šşśș", "s"),
        **dict.fromkeys("žźż", "z"),
        "ñ": "n",
        "ń": "n",
        "ň": "n",
        "ł": "l",
        "ğ": "g",
        "ý": "y",
        "ř": "r",
        "ť": "t",
    }
)
