"""Where one meets on site: postal addresses, found by their postcode and read backwards.

A postcode is cheap to find and hard to mistake; the street before it is looked for in a few dozen
characters. So the work grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from taktvoll.language.casing import capitalised
from taktvoll.language.letter import closing, salutation
from taktvoll.language.places import STATE_NAME
from taktvoll.language.words import LEGAL_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal place as written, ``text[start:end]``."""

    value: str
    start: int
    end: int
    in_signature: bool


_BEFORE = 160  # characters before a postcode that may be its street
_LETTER = 8_000  # characters; a street without a postcode stands in the letter
_MOST = 40  # postcodes of a text; no letter has more

# --- German, Austrian, Swiss ---

_CITY = (
    r"(?:(?:St\.|Sankt|Bad|Markt|Neu|Alt|Groß|Klein|Ober|Unter|Hann\.|Schwäbisch|Burg|Kloster|"
    r"Maria|La|Le)[ \-])?[A-ZÄÖÜ][\wäöüßéè’\-]{1,30}+(?:[ /](?:a\.|am|an der|an|im|in|bei|ob der|"
    r"i\.|v\.\s?d\.|d\.|b\.|vor der|ob)[ ]?(?:[A-ZÄÖÜ](?:[\w\-]{1,25}|\.)))?(?: (?:[A-Z]{2}|"
    r"\((?!Raum|"
    r"Zimmer|Haus|Geb|Eing|Stock|Tor|\d)[A-ZÄÖÜ][\w. \-]{1,20}\))(?!\w))?(?:[ "
    r"\-][A-ZÄÖÜ][a-zäöüß]{2,20}(?=[\s,.;)]|$))?"
)
_CODE = re.compile(
    rf"(?<![\w./+\-])(?P<code>(?:(?:D|DE|A|AT|CH|L|FL)[- ])?\d{{4,5}}) (?P<city>{_CITY})"
)
_NO_CITY = re.compile(
    r"(?:Uhr|Euro|Mitarbeit\w*|Stunden|Minuten|Beschäftigte\w*|Kolleg\w*|Kunden|Menschen|"
    r"Jahre\w*|Teilnehm\w*|Meter|Franken|Stellen|Januar|Jänner|Februar|Feber|März|April|Mai|Juni|"
    r"Juli|August|September|Oktober|November|Dezember|Und|Um|Von|Bis|Am|Die|Der|Das|Wir|Sie|"
    r"Bitte)\b"
)
_NUMBER = (
    r"\d{1,4}(?:[ ]?[a-zA-Z](?!\w))?(?:[ ]?[-–/+][ ]?(?:\d{1,4}|Top \d+|Stiege \d+)[a-z]?){0,3}"
)
_ENDING = (
    r"(?:straße|strasse|str\.|str|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt|park|hof|"
    r"wall|graben|steig|kai|promenade|passage|zeile|stieg|berg|feld|bogen|tor|insel|brücke|lände|gürtel|"
    r"garten|gärten|twiete|pfad|quai|rain|matt|acker|matte|becken|hafen|dorf|kamp|winkel|anger|"
    r"bruch|höhe|halde|hang|horst|kuhle|redder|stiege|stätte|bühl|grund|wiese|wiesen|weide|mühle|"
    r"schleuse)"
)
_BARE_WORDS = """
straße strasse str. str weg platz allee gasse ring damm ufer chaussee markt zeile stieg steig kai
wall graben park hof feld steg promenade passage
lände gürtel twiete pfad kamp winkel höhe halde hang berg
tor landstraße landstrasse landstr. hauptstraße hauptstrasse
"""
_BARE = frozenset(_BARE_WORDS.split())
_OPENER_WORDS = """
Alte Alter Altes Alten Neue Neuer Neues Neuen Obere Oberer Oberen Untere Unterer Unteren Große
Großer Grosse Kleine Kleiner Lange Langer Hintere Vordere Hohe Hoher Breite Innere Äußere Am An Im
In Zum Zur Auf Unter Bei Beim Hinter Vor Vorm Ob Rue Rte Avenue Route Platz Straße St. Sankt Dr.
Prof. Bad Via Gut Schloss Schloß Haus
"""
_OPENERS = frozenset(_OPENER_WORDS.split())
_DIRECTIONS = frozenset(
    ["nord", "süd", "ost", "west", "mitte", "nordost", "nordwest", "südost", "südwest"]
)
_SMALL = frozenset(["der", "dem", "den", "des", "die", "de", "la", "du", "von", "und"])
_WORD = re.compile(r"[\w.’'\-]+")
_INSIDE = (
    r"(?:Stiege|Stg\.|Top|Tür|Zimmer|Zi\.|Raum|Stock|Etage|Haus|Gebäude|Geb\.|Tor|Halle|"
    r"Trakt|Block|Eingang|Aufgang|Saal|Bauteil)"
)
_STREET_TAIL = re.compile(
    rf"(?P<name>[\w.’'\-]{{2,40}}+)(?P<space>[ ]?)(?P<number>{_NUMBER})"
    rf"(?P<between>(?:[ ]{{0,2}}[,·|•–(/\-][ ]?(?:\d{{1,2}}\.[ ]?[A-ZÄÖÜ]|{_INSIDE}[ ]\d|"
    rf"(?=[^\s\d]))"
    r"[^,·|•\n]{0,40}){0,4}[ ]{0,2}[,·|•–\-]?\)?\s{0,8}(?:in\s)?)$"
)
_NO_TOWN = (
    r"(?:Hinter|Vorder|Erd|Unter|Ober|Dach|Seiten|Neben|Haupt|Treff|Park|Empfang|Rezeption|Pforte|"
    r"Klingel|Nähe|Ecke|Höhe|Anfahrt|Büro|Besprech|Sitzung|Konferenz|Personal|Hof|Innenhof|"
    r"Laden)\w*"
)
_IS_INSIDE = re.compile(rf"{_INSIDE}[ ]$")
_STREET_ALONE = re.compile(
    rf"(?<!\w)(?P<street>(?:(?:Am|An der|An den|Im|In der|Zum|Zur|Auf der)\s)?"
    rf"(?:[A-ZÄÖÜ][\wäöüß.’]{{1,25}}+[ \-]){{0,3}}[\wäöüß.’]{{0,30}}{_ENDING}\s{_NUMBER}"
    rf"(?:(?:,|[ ]in)[ ](?!{_INSIDE}|{_NO_TOWN})(?:Bad |St\. )?[A-ZÄÖÜ][a-zäöüß]{{3,20}}"
    r"(?=\s?[.,;(\n]|\s[a-zäöü]|$))?)(?!\w|\.\d)"
)

# --- British, Irish, American ---

_BRITISH_CODE = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d{2}\s[A-Z\d]{4}|Dublin \d{1,2}W?|"
    r"Co\.? [A-Z][a-z]{3,9})(?!\w)"
)
_SHORTENED = re.compile(r"[A-Z]\.(?:[A-Z]\.)?|(?:Co|St|Ave|Rd|Blvd|Dr|Ste|Mt|Ft|Bldg|No)\.")
_STOPS = frozenset(
    [
        "We",
        "We’re",
        "We're",
        "Ask",
        "Come",
        "Meet",
        "Please",
        "Interview",
        "Where",
        "Venue",
        "Address",
    ]
)
_HAS_FORM = re.compile(rf"\s{LEGAL_FORM}$")
_NUMBERS = re.compile(r"[+(\d][\d ()./\-]{6,}")
_ENGLISH_WORD = re.compile(r"[A-Z0-9][\w’'&.\-/]*|of|the|on|upon|and|&|le|under|by")
_ROOM_FIRST = re.compile(
    r"(?:[A-Z]\w+ ){0,2}(?:Room|Gate|Floor|Level|Reception|Entrance|Lobby|Boardroom|Theatre|Lodge)"
    r"(?: [A-Z\d][\w.]{0,12})?,\s(?=[^\n]{12})"
)
"""A room is none of the post's: the house and the street follow."""
_SMALL_UNIT = re.compile(r"(?<!\w)(?:unit|flat|suite|shop|block|gate) $")
_OFFICE_FIRST = re.compile(r"(?<=[Tt]he )(?:[A-Z][a-z]+ ){1,2}(?:Office|Center),\s(?=\d+ [A-Z])")
""" "In the District Office, 88 Schoolhouse Road": in America the number says it."""
_HOUR = re.compile(
    r"\d{1,2}(?:[.:]\d\d)?(?:[-–]\S*)?[ap]\.?m\.?|\d{1,2}[.:]\d\d\S*|[ap]\.?m\.?|20\d\d|GMT|BST|"
    r"IST",
    re.IGNORECASE,
)
_AMERICAN_CODE = re.compile(
    rf"(?:,\s|(?<=[a-z]) )(?:[A-Z]{{2}}|{STATE_NAME}),?\s\d{{5}}(?:-\d{{4}})?(?!\w)"
)
_ENGLISH_STREET_ALONE = re.compile(
    r"(?<!\w)(?P<street>\d{1,5}[A-Z]?(?:[-–]\d{1,5})?\s(?:[A-Z][\w’'.\-]{1,20}\s){1,3}(?:Street|"
    r"Road|Lane|Avenue|Way|Square|Place|Drive|Court|Quay|Row|Terrace|Gardens|Close|Hill|"
    r"Boulevard|Parade|Crescent|St|Rd|Ave|Blvd|Dr)(?![\w])(?:,\s(?:Suite|Floor|Unit|"
    r"Room)\s[\w\-]{1,6})?(?:,[ ][A-Z][\w’'\-]{2,20}(?:[ ][A-Z][\w’'\-]{2,20})?){0,2})"
)

_ENGLISH_LANE = re.compile(
    r"(?<!\w)(?:[Aa]t|[Tt]o|[Oo]n|[Ii]n|’re|'re)\s(?P<street>(?:[A-Z][a-z’']{2,15}\s){1,2}(?:Street|Road|Lane|Avenue|"
    r"Way|Square|Hill|Row|Terrace|Quay|Green|Close|"
    r"Drive),\s[A-Z][a-z]{2,15}(?:[ -][A-Z][a-z]{2,15})?)(?![\w])"
)
"""A lane in a village has no numbers: "we're at Sallow Lane, Binfold"."""

# --- what is said about a place ---

_NO_PLACE = re.compile(
    r"https?://|(?<!\w)(?:(?:teams|zoom|meet|webex|jitsi|skype|link)(?!\w)|video|online|telefon|phone|"
    r"remote|virtuell|per |wird|folgt|tba|siehe)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:park(?:en|platz|haus|ing|garage)\w*|tiefgarage|haltestelle|bahnhof|station|"
    r"postanschrift|postadresse|rechnung\w*|per post an|car park|bus stop|registered (?:office|"
    r"in)|sitz der|(?:früher|formerly|nicht mehr|no longer)[^.:\n]{0,30})[^.:\n]{0,40}$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[ \t*•·\-–]{0,4}(?:(?:veranstaltungs|gesprächs|termin|interview|treff)?ort|adresse|"
    r"anschrift|wo|treffpunkt|venue|location|where|address|place|standort|"
    r"ort und raum)[ \t]{0,3}(?::|\||\n|[ \t]{2,})[ \t|]{0,6}(?P<value>[^\n]{3,160})",
    re.IGNORECASE | re.MULTILINE,
)


def find_address(text: str) -> Address | None:
    """The place where one meets: after a label, else in the letter, else in the signature."""
    ending = closing(text)
    signature = ending[0] if ending else len(text)
    original, text = text, capitalised(text)
    opening = salutation(text)
    begin = min(opening.start, signature) if opening else 0
    found = (
        _labelled(text, signature)
        or _postal(text, begin, signature, signature)
        or _postal(text, 0, begin, signature)
        or _town_first(text, signature)
    )
    street = None if found else _street(text, signature)
    found = found or (_with_town(text, _in_full(text, street)) if street else None)
    found = found or _postal(text, signature, len(text), signature)
    if found is None:
        return _in_columns(original, signature)
    return _valued(original, *found, in_signature=found[0] >= signature and street is None)


def _valued(text: str, start: int, end: int, *, in_signature: bool) -> Address:
    raw = text[start:end].rstrip(" .,;|")
    value = re.sub(r"[,\s]*\n\s*", ", ", raw)
    return Address(
        value=re.sub(r"[ \t]{2,}", " ", value),
        start=start,
        end=start + len(raw),
        in_signature=in_signature,
    )


def _in_columns(text: str, signature: int) -> Address | None:
    """The address in the first column of a signature that is a table."""
    lines, shift = [], [0]
    for line in _LINE.finditer(text, signature, signature + _FOOTER):
        first = _COLUMN.split(line[0], maxsplit=1)[0]
        lines.append(first)
        shift.append(shift[-1] + len(first) + 1)
    column = "\n".join(lines)
    found = _postal(column, 0, len(column), 0) if column != text[signature:].rstrip() else None
    if found is None:
        return None
    begins = [line.start() for line in _LINE.finditer(text, signature, signature + _FOOTER)]
    first, last = (max(i for i, at in enumerate(shift[:-1]) if at <= end) for end in found)
    address = _valued(column, *found, in_signature=True)
    end = begins[last] + found[1] - shift[last]
    return replace(address, start=begins[first] + found[0] - shift[first], end=end)


_LINE = re.compile(r"[^\n]+")
_COLUMN = re.compile(r" {2,}|\t")
_FOOTER = 1_500


def _labelled(text: str, signature: int) -> tuple[int, int] | None:
    for label in _LABEL.finditer(text):
        at = label.start("value")
        span = _postal(text, at, min(len(text), label.end() + 120), signature)
        if span and span[0] - at < 140:
            return span
        value = label["value"].strip(" |*")
        street = _STREET_ALONE.search(value) or _ENGLISH_STREET_ALONE.search(value)
        if value and label.start() < signature and not _NO_PLACE.search(value):
            at += label["value"].index(value)
            if street:
                return at + street.start(), at + street.end()
            return at, at + len(value)
    return None


def _town_first(text: str, signature: int) -> tuple[int, int] | None:
    """ "8999 Feistritzgraben, Hauptstraße 77"."""
    for code in _CODE.finditer(text, 0, signature):
        street = _STREET_ALONE.match(text, code.end() + 2)
        if (
            street
            and text[code.end() : code.end() + 2] == ", "
            and not _NO_CITY.match(code["city"])
        ):
            return code.start(), street.end("street")
    return None


def _with_town(text: str, street: tuple[int, int]) -> tuple[int, int]:
    """ "Der Hof liegt in Osteel, Leegeweg 12"."""
    town = _TOWN_BEFORE.search(text, max(0, street[0] - 50), street[0])
    return (town.start("town"), street[1]) if town else street


_TOWN_BEFORE = re.compile(
    r"(?<!\w)(?:in|nach|bei|Fußgängerzone|Innenstadt|Altstadt)\s(?P<town>(?:Bad |Sankt |St\. )?"
    r"[A-ZÄÖÜ][a-zäöüß]{2,20}(?:-[A-ZÄÖÜ][a-zäöüß]{2,20})?),\s$"
)


def _in_full(text: str, street: tuple[int, int]) -> tuple[int, int]:
    """The same street with its postcode, where the signature has it so."""
    parts = map(re.escape, _STREET_WORD.split(text[slice(*street)].split(",")[0]))
    again = re.compile("(?i:s)tr(?:aße|asse|\\.)".join(parts)).search(text, street[1])
    code = _CODE.match(text, _GAP.match(text, again.end()).end()) if again else None  # type: ignore[union-attr]
    return (again.start(), code.end()) if again and code else street


_STREET_WORD = re.compile(r"[Ss]tr(?:aße|asse|\.)")
_GAP = re.compile(r"[ ,·|•–\-\n]{0,8}")


def _postal(text: str, start: int, end: int, signature: int) -> tuple[int, int] | None:
    """The first address with a postcode in ``text[start:end]``, of whatever country."""
    found = (span for writing in _WRITINGS for span in _written(text, start, end, writing))
    spans = sorted(found, key=lambda span: (span[0], -span[1]))
    for begin, stop in spans:
        if not _ELSEWHERE.search(text, max(start, begin - 80), begin):
            return begin, stop
    return None


def _written(
    text: str, start: int, end: int, writing: tuple[re.Pattern[str], Callable[[str], int | None]]
) -> Iterator[tuple[int, int]]:
    """The addresses of one writing: its postcode, and how much before it is the street."""
    code, street = writing
    for number, found in enumerate(code.finditer(text, start, end)):
        if number >= _MOST:
            return
        if code is _CODE and _NO_CITY.match(found["city"]):
            continue
        above = max(start, found.start() - _BEFORE)
        length = street(text[above : found.start()])
        if length:
            yield found.start() - length, found.end()


def _german_street(before: str) -> int | None:
    """How much of the end of ``before`` is a street with its number, and what stands after it."""
    tail = _street_tail(before)
    if tail is None:
        return None
    begin = tail.start("name")
    name = tail["name"].lower()
    has_capital = any(c.isupper() for c in tail["name"])
    if not name[0].isalpha() or not (has_capital or name in _BARE):
        return None
    line = max(before.rfind("\n", 0, begin), before.rfind(",", 0, begin)) + 1
    words = list(_WORD.finditer(before, line, begin))
    needs_more = name in _BARE or name in _DIRECTIONS
    for index, word in enumerate(reversed(words)):
        gap = before[word.end() : begin]
        if gap.strip() or index > 3:
            break
        opener = word[0] in _OPENERS
        if opener or word[0] in _SMALL or (needs_more and word[0][0].isupper()):
            begin = word.start()
            needs_more = needs_more and opener
        else:
            break
    while first := re.match(r"(?:der|dem|den|des|die|in|im|an|und|von|de)\s+", before[begin:]):
        begin += first.end()
    if _IN_THE_STREET.match(before, begin):
        begin = tail.start("name")
    return len(before) - begin


def _street_tail(before: str) -> re.Match[str] | None:
    """The last "name number" of ``before`` that reaches to its end."""
    numbers = list(re.finditer(r"(?<![\d.,:/])\d{1,4}(?!\d|[.:]\d)", before))
    for number in reversed(numbers[-6:]):
        begin = max(
            before.rfind(" ", 0, max(0, number.start() - 1)),
            before.rfind("\n", 0, number.start()),
            before.rfind("(", 0, number.start()),
            before.rfind(",", 0, number.start()),
            before.rfind("|", 0, number.start()),
        )
        if _IS_INSIDE.search(before, 0, number.start()):
            if hall := _HALL.search(before, 0, len(before)):
                return hall
            continue
        found = _STREET_TAIL.match(before, begin + 1)
        if found and not _HOUR_AFTER.match(before, found.end("number")):
            return found
    return None


_HALL = re.compile(
    r"(?P<name>[A-ZÄÖÜ][\wäöüß-]{3,30}(?:hafen|gelände|park|kai|gewerbegebiet|areal|hof))(?P<space>\s)"
    r"(?P<number>(?:Halle|Tor|Haus|Gebäude|Block) \d{1,3}[a-z]?)(?P<between>,?\s{1,3})$"
)
"""A harbour has halls for numbers: "Fischereihafen Halle 9, 18546 Sassnitz"."""
_IN_THE_STREET = re.compile(r"(?:In|An|Auf|Bei) der \w+(?:straße|strasse|str\.|gasse|allee)\s")
_HOUR_AFTER = re.compile(r"\s?(?:uhr|h\b|:|\.\d|min)", re.IGNORECASE)


def _english_street(before: str) -> int | None:
    """Backwards word by word, as long as each has a capital or a number; parts end at commas."""
    words = list(re.finditer(r"\S+", before))
    begin = len(before)
    for word in reversed(words):
        plain = word[0].strip(",;(")
        ends = word[0].endswith((".", ":")) and not _SHORTENED.fullmatch(plain)
        if before[word.end() : begin].count("\n") > 1 or ends:
            break
        if not _ENGLISH_WORD.fullmatch(plain) or _HOUR.fullmatch(plain) or plain in _STOPS:
            break
        begin = word.start()
        if word[0].startswith("("):
            begin += 1
            break
    begin = _without_strangers(before, begin)
    while room := _ROOM_FIRST.match(before, begin):
        begin = room.end()
    if unit := _SMALL_UNIT.search(before, max(0, begin - 12), begin):
        begin = unit.start()
    if office := _OFFICE_FIRST.match(before, begin):
        begin = office.end()
    taken = before[begin:].strip(" ,\n")
    return len(before) - begin if "," in taken or "\n" in taken or " " in taken else None


def _without_strangers(before: str, begin: int) -> int:
    """``begin`` moved past small words, firms and numbers: a house or a room stays."""
    for part in list(re.finditer(r"(?P<part>[^,\n]{1,60})[,\n]\s*", before[begin:])):
        if _HAS_FORM.search(part["part"]) or _NUMBERS.fullmatch(part["part"].strip()):
            return _without_strangers(before, begin + part.end())
    if small := re.match(
        r"(?:(?:of|on|upon|and|&|by|under|the|At|In|To|Our|Is)\s+)+", before[begin:]
    ):
        begin += small.end()
    return begin


_WRITINGS = (
    (_CODE, _german_street),
    (_AMERICAN_CODE, _english_street),
    (_BRITISH_CODE, _english_street),
)


def _street(text: str, signature: int) -> tuple[int, int] | None:
    """A street with its number and no postcode; by its ending, so that it is no other name."""
    for pattern in (_STREET_ALONE, _ENGLISH_STREET_ALONE, _ENGLISH_LANE):
        for found in pattern.finditer(text, 0, min(signature, _LETTER)):
            start, end = found.span("street")
            if text[start:end].startswith("park ") or text[:start].lower().endswith("car "):
                continue
            if not _ELSEWHERE.search(text, max(0, start - 60), start):
                return start, end
    return None
