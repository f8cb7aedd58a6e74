"""People in mails: who is named for questions, and who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from taktvoll.language.letter import closing, salutation
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


TITLE = (
    r"(?:(?:Univ\.-)?Prof\.(?:\sDr\.)?|(?:Prof(?:essor(?:in)?)?)(?!\w)|Dr\.(?:-Ing\.|"
    r"\s(?:med|rer|phil|jur|iur|oec|h\.c|agr|theol)\.(?:\s?(?:nat|pol|publ|dent|"
    r"vet)\.)?)?|Dr(?=\s)"
    r"|Mag\.(?:\s?\((?:FH)\)|a)?(?:\s?Dr\.)?|MMag\.|DDr\.|Dipl\.-(?:Ing|Kfm|Kffr|Psych|"
    r"Päd|Betriebsw|Wirt\.-Ing|Inf)\.(?:\s?\(FH\))?|DI(?=\s)|Dipl\.-Ing\.|Ing\.|PD(?=\s)|"
    r"MMMag\.|PhDr\.|RA(?=\s))"
)
_HONORIFIC = r"(?P<honorific>Frau|Fr\.|Herrn?|Hr\.|Mrs\.?|Ms\.?|Miss|Mr\.?|Madam|Sir)"
_WORD = r"[A-ZÄÖÜÉÈÇŞŠŽÁÓØÅČĆŁ][\w’'´`]{1,24}(?:-[A-ZÄÖÜ][\w’']{1,24})?"
_PARTICLE = r"(?:von|van|de|der|den|zu|zur|di|da|del|della|le|la|ter|ten|dos|el|al|bin|O’|Mc)"
_INITIAL = r"[A-ZÄÖÜ]\."
_NAME = rf"(?P<name>(?:(?:{_WORD}|{_INITIAL})[ \t]+){{0,2}}(?:{_PARTICLE}[ \t]+){{0,2}}{_WORD})"
_ADDRESSED = re.compile(rf"(?<!\w){_HONORIFIC}\s+(?P<title>(?:{TITLE}\s*){{0,3}}){_NAME}")
_PLAIN = re.compile(rf"(?P<title>(?:{TITLE}\s*){{0,3}}){_NAME}")

_HAS_LEGAL_FORM = re.compile(rf"\w,? {LEGAL_FORM}(?=\W|$)")

_FULL_NAME = re.compile(rf"(?:{_HONORIFIC}\s+)?{_PLAIN.pattern}")
_NAMED_BEFORE = re.compile(
    rf"(?<![\w.])(?P<title>(?:{TITLE}\s?){{0,3}})"
    rf"(?:(?P<first>(?!(?:Frau|Herrn?|Mr|Ms|Mrs|Mag|Dr|DI)\s){_WORD})[ \t])?$"
)
_LAST_FIRST = re.compile(
    rf"({_WORD}(?:\s{_WORD})?),\s?(?P<title>(?:{TITLE}\s?){{0,2}})({_WORD}(?:\s{_WORD})?)"
)
_BEFORE_NAME = re.compile(
    r"^(?:i\. ?[AV]\.|ppa\.|gez\.|Im Auftrag|In Vertretung|Ihre?|Deine?|Eure?|Dein|Euer)\s+"
)
_LINE = re.compile(r"[^\n]+")
_AFTER_NAME = re.compile(r"\s*[|,•·/(]|\s[-–]\s|\s{3,}")
_HEADER_REST = re.compile(r"\s*[(\[|/].*$|\s+(?:via|bei|von|from|at|-|–)\s.*$")
_NO_SURNAME = re.compile(
    r"(?:straße|strasse|weg|platz|allee|gasse|gmbh|team|abteilung|service|gruppe|stadt|leitung)$"
)

_FOR_QUESTIONS = re.compile(
    r"(?P<female>ansprechpartnerin|kontaktperson|ansprechperson)|"
    r"(?P<male>ansprechpartner)(?:in)?|(?:bei|für) (?:etwaige |weitere |"
    r"eventuelle )?(?:rück)?fragen|"
    r"(?:rück)?fragen (?:beantworte|richte)\w*|haben sie (?:noch )?fragen|wenden sie sich|"
    r"wende dich|steht (?:ihnen|dir)|melden sie sich (?:bitte )?(?:bei|an)|"
    r"melde dich (?:bitte )?bei|"
    r"please contact|please get in touch with|(?:any|further) (?:questions|queries)|"
    r"your contact|point of contact|contact person|contact:|kontakt:|auskunft erteilt|"
    r"auskünfte erteilt|"
    r"reach out to|erreichen sie|ruf\w* (?:sie )?(?:uns|mich)|(?:bestätigung|anmeldung|rückmeldung|"
    r"zusage|bescheid) (?:bei|an) (?=frau|herr)",
    re.IGNORECASE,
)
MALE_ROLE = re.compile(
    r"\b(?:(?:Personal|Abteilungs|Team|Bereichs|Filial|Werk|Büro)?[Ll]eiter|"
    r"(?:Personal)?[Rr]eferent|Geschäftsführer|Inhaber|Sachbearbeiter|Personalberater|"
    r"Recruiting-Partner)(?![a-zäöüß*:])"
)
FEMALE_ROLE = re.compile(
    r"\b[A-ZÄÖÜ]\w{2,30}(?:leiterin|referentin|führerin|haberin|beraterin|bearbeiterin|"
    r"partnerin|managerin|assistentin|meisterin|rätin|direktorin|sprecherin|sekretärin|"
    r"kauffrau)(?!\w)|\bLeiterin\b|\bReferentin\b|\bInhaberin\b"
)
_STATED_AFTER = re.compile(r"\((?P<honorific>Ms|Mrs|Mr|Frau|Herr)\.?\)")
_NO_NAME_WORDS = """
LG VG BG MfG Gruß Moin Mit Freundliche Freundlichen Grüße Grüßen Grüsse Beste Viele Liebe
Herzliche Kind Best Warm
Regards Yours Ihr Ihre Dein Deine Euer Team Recruiting Personal Personalabteilung
Personalservice Human Resources People Talent Acquisition Karriere Bewerbung
Bewerbermanagement Abteilung Im Auftrag Auftrage Vertretung Der Die Das The Our Your Unser
Unsere Bürgermeister Landrat Oberbürgermeister Tel Telefon Fax Mobil Phone Email E-Mail Mail
Web Senior Junior Head Manager Managerin Consultant Leiter Leiterin Leitung Director Partner
Business Geschäftsführer Geschäftsführung Geschäftsführerin HR Stadt Gemeinde Landkreis Sent
Gesendet Von From Am On Datum Date Uhr Bitte Please Diese This Hinweis Wichtig Vertraulich
Confidential Microsoft Teams Zoom Google Meet Meeting Straße Platz Fachbereich Fachgruppe
Personalamt Sachgebiet Referat Dezernat Registered Charity Company Ausbildung
Vorstellungsgespräch Interview Gespräch Termin Dear Hallo Sehr Guten Officer Adviser Montag
Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Monday Tuesday Wednesday Thursday
Friday Januar Februar März April Mai Juni Juli August September Oktober November Dezember
Direct Direkt Durchwahl Zentrale Damen Herren Rückfragen Fragen Auskunft Culture Operations
Office Support Service Kundenservice Sekretariat Assistenz Personalreferentin
Personalreferent Recruiter Recruiterin Praxis Zahnarztpraxis Hotel Restaurant Bäckerei
Schule Kita Klinik Klinikum Krankenhaus Universität Hochschule Institut Verlag Agentur
Werkstatt Newsletter Jobs Career Careers Noreply Support Calendar Kalender Bewerbungen
Einladung Hiring Admin Administration Info Postfach Jobportal Bewerberportal
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())


def find_contact(text: str, *, candidate: str = "") -> Person | None:
    """Whom ``text`` names for questions, else who signs it; None where nobody does.

    ``candidate`` is the reader's name: it is never the contact.
    """
    signer = find_signer(text)
    for clue in _FOR_QUESTIONS.finditer(text):
        end = _sentence_end(text, clue.end())
        person = _addressed(text, clue.end(), end, candidate) or _plain(
            text, clue.end(), min(end, clue.end() + 60), candidate
        )
        if person is None and re.search(r"\b(?:mich|mir|me|myself)\b", text[clue.start() : end]):
            break
        if person is None:
            before = max(text.rfind("\n\n", 0, clue.start()), text.rfind(". ", 0, clue.start()), 0)
            person = _addressed(text, before, clue.start(), candidate)
        if person:
            if clue.groupdict().get("female") and "partnerin" in clue[0].lower():
                person = replace(person, gender=person.gender or Gender.FEMALE)
            return _completed(person, text, signer)
    return (
        _completed(signer, text, signer) if signer and not _same(signer.name, candidate) else None
    )


def find_signer(text: str) -> Person | None:
    """Who signs ``text``: the first line after the closing that is a person's name."""
    ending = closing(text)
    if ending is None:
        return None
    lines = 0
    for match in _LINE.finditer(text, ending[1]):
        line = match[0].strip(" \t*_-–|,")
        if not line:
            continue
        lines += 1
        if lines > 7:
            return None
        body = _AFTER_NAME.split(_BEFORE_NAME.sub("", line), maxsplit=1)[0].strip(" .!")
        found = _FULL_NAME.fullmatch(body)
        if not found or not is_name(found["name"]):
            continue
        if len(found["name"].split()) == 1 and lines > 2:
            continue
        if len(body.split()) > 1 and _HAS_LEGAL_FORM.search(line):
            continue
        at = text.index(found["name"], match.start())
        return Person(
            name=found["name"],
            span=(at, at + len(found["name"])),
            title=_title(found["title"]),
            gender=_gender(found["honorific"]) or _gender_after(line),
        )
    return None


def _gender_after(line: str) -> Gender | None:
    """ "Helen Whitaker (Ms)": who signs for readers that may not know the name."""
    stated = _STATED_AFTER.search(line)
    return _gender(stated["honorific"]) if stated else None


def person_in_header(name: str | None) -> Person | None:
    """The person that a display name of a mail header names: "Huber, Petra", "Dr. Anke Brandt"."""
    if not name:
        return None
    plain = _HEADER_REST.sub("", name.strip().strip("'\"")).strip()
    if found := _LAST_FIRST.fullmatch(plain):
        plain = f"{found['title']}{found[3]} {found[1]}"
    named = _FULL_NAME.fullmatch(plain)
    if not named or not is_name(named["name"]) or _HAS_LEGAL_FORM.search(plain):
        return None
    return Person(
        name=named["name"],
        span=(0, 0),
        title=_title(named["title"]),
        gender=_gender(named["honorific"]),
    )


def _addressed(text: str, start: int, end: int, candidate: str) -> Person | None:
    for found in _ADDRESSED.finditer(text, start, min(end, start + 400)):
        if _same(found["name"], candidate):
            continue
        name = " ".join(w for w in found["name"].split() if w not in _NO_NAME)
        if name:
            at = found.start("name")
            return Person(
                name=name,
                span=(at, at + len(name)),
                title=_title(found["title"]),
                gender=_gender(found["honorific"]),
            )
    return None


def _plain(text: str, start: int, end: int, candidate: str) -> Person | None:
    for found in _PLAIN.finditer(text, start, end):
        name = found["name"]
        if (
            len(name.split()) > 1
            and "\n" not in name
            and is_name(name)
            and not _same(name, candidate)
        ):
            return Person(name=name, span=found.span("name"), title=_title(found["title"]))
    return None


def gender_in(text: str, name: str) -> Gender | None:
    """The gender that ``text`` says of ``name``: "Frau Brandt" outside the salutation."""
    surname = name.split()[-1]
    opening = salutation(text)
    for found in _ADDRESSED.finditer(text):
        in_salutation = opening is not None and opening.start <= found.start() <= opening.end
        if found["name"].split()[-1] == surname and not in_salutation:
            return _gender(found["honorific"])
    return None


def _completed(person: Person, text: str, signer: Person | None) -> Person:
    """The same person's first name, title and gender from elsewhere in the text."""
    surname = person.name.split()[-1]
    if signer and signer.name.split()[-1] == surname and len(signer.name) > len(person.name):
        person = replace(
            person, name=signer.name, span=signer.span, title=person.title or signer.title
        )
    for at in _places(text, surname):
        before = _NAMED_BEFORE.search(text, max(0, at - 60), at)
        if before is None:
            continue
        first = before["first"]
        if first and " " not in person.name and first not in _NO_NAME:
            begin = before.start("first")
            person = replace(person, name=f"{first} {surname}", span=(begin, at + len(surname)))
        person = replace(person, title=person.title or _title(before["title"]))
    return replace(
        person,
        gender=person.gender or gender_in(text, person.name) or _gender_of_role(text, person),
    )


def _places(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in ``text`` as a word of its own."""
    at = text.find(word)
    while at >= 0:
        if not text[at + len(word) : at + len(word) + 1].isalnum():
            yield at
        at = text.find(word, at + len(word))


def _gender_of_role(text: str, person: Person) -> Gender | None:
    """From the job title in the two lines under a name, and on its own line."""
    line_end = text.find("\n", person.span[1])
    for _ in range(2):
        line_end = text.find("\n", line_end + 1) if line_end >= 0 else -1
    nearby = text[person.span[1] : line_end if line_end >= 0 else len(text)][:160]
    if FEMALE_ROLE.search(nearby):
        return Gender.FEMALE
    return Gender.MALE if MALE_ROLE.search(nearby) else None


def is_name(name: str) -> bool:
    """Whether capitalised words are a person's name, and no greeting, role, street or firm."""
    words = name.split()
    return not any(
        word in _NO_NAME or (word.isupper() and len(word) > 3 and len(words) == 1) for word in words
    ) and not any(_NO_SURNAME.search(word.lower()) for word in words)


def _same(name: str, candidate: str) -> bool:
    return bool(candidate) and name.split()[-1].lower() == candidate.split()[-1].lower()


def _title(written: str | None) -> str | None:
    return " ".join(written.split()) or None if written else None


def _gender(honorific: str | None) -> Gender | None:
    if not honorific:
        return None
    return (
        Gender.FEMALE
        if honorific.rstrip(".") in ("Frau", "Fr", "Mrs", "Ms", "Miss", "Madam")
        else Gender.MALE
    )


def _sentence_end(text: str, start: int) -> int:
    found = re.compile(
        r"[!?](?=\s)|(?<!\b[A-Za-z])(?<!\bDr)(?<!\bMag)(?<!Prof)(?<!Ing)(?<!Tel)(?<!\bMs)(?<!"
        r"\bMr)(?<!Mrs)\.(?=\s|$)|\n\s*\n"
    ).search(text, start, start + 400)
    return found.start() if found else min(len(text), start + 400)
