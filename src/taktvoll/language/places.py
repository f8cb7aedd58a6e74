"""Where an employer is: countries by address, phone and spelling; time zones by name."""

from __future__ import annotations

import re
from collections import Counter

from taktvoll.language.words import lowered
from taktvoll.model import Country, Language

ZONE_OF = {
    Country.DE: "Europe/Berlin",
    Country.AT: "Europe/Vienna",
    Country.CH: "Europe/Zurich",
    Country.GB: "Europe/London",
    Country.IE: "Europe/Dublin",
}

# Abbreviations and spoken names of zones. MEZ and CET do not say which city keeps the clock:
# :func:`stated_zone` gives them to the employer's country where that keeps Central European Time.
_CENTRAL = ("mez", "mesz", "cet", "cest", "central european time", "mitteleuropäische zeit")
_ZONES = {
    **dict.fromkeys(_CENTRAL, "Europe/Berlin"),
    **dict.fromkeys(("gmt", "bst", "uk time", "london time", "british time"), "Europe/London"),
    **dict.fromkeys(("irish time", "dublin time"), "Europe/Dublin"),
    **dict.fromkeys(("utc", "zulu"), "UTC"),
    **dict.fromkeys(("et", "est", "edt", "eastern time", "eastern"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt", "central time", "central"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt", "mountain time", "mountain"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt", "pacific time", "pacific"), "America/Los_Angeles"),
    **dict.fromkeys(("eet", "eest"), "Europe/Helsinki"),
    **dict.fromkeys(
        ("berlin time", "berliner zeit", "german time", "deutscher zeit"), "Europe/Berlin"
    ),
    **dict.fromkeys(("vienna time", "wiener zeit"), "Europe/Vienna"),
    **dict.fromkeys(("zurich time", "zürcher zeit", "swiss time"), "Europe/Zurich"),
    **dict.fromkeys(("new york time",), "America/New_York"),
}
_AMBIGUOUS_IN_GERMAN = frozenset(
    {"et", "ct", "mt", "pt", "eastern", "pacific", "central", "mountain"}
)

_IANA = [
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Paris",
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Lisbon",
    "Europe/Warsaw",
    "Europe/Prague",
    "Europe/Copenhagen",
    "Europe/Stockholm",
    "Europe/Helsinki",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Toronto",
]
_IANA_BY_NAME = {name.lower(): name for name in _IANA}

ZONE = (
    r"(?P<zone>(?:europe|america)/[a-z_]+"
    r"|(?:utc|gmt)\s?[+\-−–]\s?\d{1,2}(?::?\d\d)?"
    r"|" + "|".join(re.escape(z) for z in sorted(_ZONES, key=len, reverse=True)) + r")(?![\w/])"
)
"""A time zone in lower-case text, as group ``zone``."""

_STATES = {
    "America/New_York": "NY NJ CT MA ME NH VT RI PA DE MD DC VA WV NC SC GA OH MI FL",
    "America/Chicago": "IL WI MN IA MO AR LA MS AL OK TX",
    "America/Denver": "CO UT NM WY MT",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA WA OR NV",
}
US_ZONES = tuple(zone for zone in _STATES if zone != "America/Phoenix")
"""The clocks of the USA, each by its best-known city."""
_ZONE_OF_STATE = {state: zone for zone, states in _STATES.items() for state in states.split()}
_STATES_IN_FULL = """
NY New York|NJ New Jersey|CT Connecticut|MA Massachusetts|ME Maine|NH New Hampshire|VT Vermont|
RI Rhode Island|PA Pennsylvania|DE Delaware|MD Maryland|VA Virginia|WV West Virginia|
NC North Carolina|SC South Carolina|GA Georgia|OH Ohio|MI Michigan|FL Florida|IL Illinois|
WI Wisconsin|MN Minnesota|IA Iowa|MO Missouri|AR Arkansas|LA Louisiana|MS Mississippi|AL Alabama|
OK Oklahoma|TX Texas|CO Colorado|UT Utah|NM New Mexico|WY Wyoming|MT Montana|AZ Arizona|
CA California|WA Washington|OR Oregon|NV Nevada
"""
_CODE_OF_STATE = {
    name: code
    for code, _, name in (each.strip().partition(" ") for each in _STATES_IN_FULL.split("|"))
}
STATE_NAME = "(?:" + "|".join(_CODE_OF_STATE) + ")"
"""A state of the USA in full; a pattern."""
_STATE = re.compile(
    rf"(?<=[a-z]),\s(?:(?P<state>{'|'.join(_ZONE_OF_STATE)}|{STATE_NAME}),?\s\d{{5}}(?:-\d{{4}})?\b|"
    rf"(?P<alone>{'|'.join(_ZONE_OF_STATE)})(?=[ \t]*(?:\n|$|[|·])))"
)

_DOMAINS = {
    "de": Country.DE,
    "at": Country.AT,
    "ch": Country.CH,
    "uk": Country.GB,
    "ie": Country.IE,
    "us": Country.US,
    "gov": Country.US,
    "edu": Country.US,
}
_PREFIXES = {
    "49": Country.DE,
    "43": Country.AT,
    "41": Country.CH,
    "44": Country.GB,
    "353": Country.IE,
    "1": Country.US,
}
_PREFIX = re.compile(r"(?:\+|\b00)(49|43|41|44|353|1)(?=[\s(./\-]?\(?\d)")
_CITY = r"\s[A-ZÄÖÜ][a-zäöüß]{2,}"
_CLUES: tuple[tuple[re.Pattern[str], Country, int], ...] = tuple(
    (re.compile(pattern), country, weight)
    for pattern, country, weight in (
        (r"\bDE?-\d{5}\b", Country.DE, 4),
        (r"(?<![\d\-./,])\b\d{5}" + _CITY, Country.DE, 3),
        (r"\bAT?-\d{4}\b", Country.AT, 4),
        (r"\bCH-\d{4}\b", Country.CH, 4),
        (r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b", Country.GB, 4),
        (r"\b[A-Z]\d{2}\s[A-Z\d]{4}\b", Country.IE, 3),
        (
            r"\b(?:Mag|DI|Dipl\.-Ing|MMag)\.?\s?(?:\(FH\)|\(a\))?\s[A-ZÄÖÜ]|\bgefördert vom AMS\b",
            Country.AT,
            2,
        ),
        (r"\bFN \d{4,6}\s?[a-z]\b|\bUID:? ATU\d|\bGes\.?m\.?b\.?H\.?", Country.AT, 3),
        (r"\bHR[AB]\s?\d+|\bUSt-?Id|\bGmbH\s?&\sCo\.\sKG\b|\be\.\s?V\.", Country.DE, 3),
        (r"\bCHE-\d{3}", Country.CH, 2),
        (
            r"\bCo\. (?:Clare|Kerry|Galway|Cork|Mayo|Sligo|Donegal|Meath|Kildare|Wicklow|Wexford|"
            r"Tipperary|Limerick|Waterford|Kilkenny|Carlow|Laois|Offaly|Louth|Cavan|Monaghan|Leitrim|"
            r"Roscommon|Longford|Westmeath)",
            Country.IE,
            4,
        ),
        (r"\bInc\.|\bEqual Opportunity Employer\b", Country.US, 2),
    )
)
_ENGLISH_PHONES = tuple(
    (re.compile(pattern), country, weight)
    for pattern, country, weight in (
        (r"(?<![\d+(])\(?0(?:20 ?[378]|1\d{2,3}|2[389]|7\d{3}|3[03]\d)\)? ?\d{3}", Country.GB, 2),
        (r"(?<![\d+])\(?0(?:1|21|61|91|8[35679])\)? \d{3} \d{4}(?!\d)", Country.IE, 3),
        (r"(?<![\d+])\(?0(?:2[12567]|[4569]\d)\)? \d{3} \d{3,4}(?!\d)", Country.IE, 2),
        (r"(?<![\d\-+])(?:1-|\()?[2-9]\d{2}(?:\) |-|\.)\d{3}[-.]\d{4}(?!\d)", Country.US, 3),
    )
)
"""How numbers are written where English is spoken; a German number may look the same."""
_WORD = re.compile(r"\w+")
_WORD_CLUES: tuple[tuple[frozenset[str], Country, int], ...] = tuple(
    (frozenset(words.split()), country, weight)
    for words, country, weight in (
        ("Jänner Feber", Country.AT, 4),
        ("Grüsse Gruesse Grüezi Gruezi", Country.CH, 3),
        ("Kanton Merci", Country.CH, 2),
        ("Amtsgericht gGmbH", Country.DE, 3),
        (
            "Wien Graz Linz Salzburg Innsbruck Klagenfurt Villach Tirol Mayrhofen Kärnten "
            "Steiermark",
            Country.AT,
            2,
        ),
        ("Zürich Bern Basel Luzern Winterthur Gallen", Country.CH, 2),
        ("Berlin Hamburg München Köln Leipzig Stuttgart", Country.DE, 1),
        (
            "PLC LLP NHS London Manchester Leeds Bristol Sheffield Birmingham Liverpool Glasgow "
            "Edinburgh Cardiff "
            "Belfast Newcastle Nottingham Leicester Southampton Norwich Aberdeen Swansea York "
            "Exeter",
            Country.GB,
            2,
        ),
        ("DAC CLG Dublin Cork Galway Limerick Eircode Teoranta Taoiseach Gardaí", Country.IE, 3),
        ("Slán Sláinte Ennis Kilkenny Sligo Tralee Athlone", Country.IE, 2),
        ("LLC EEO", Country.US, 2),
        ("ET EST EDT PT PST PDT CST CDT", Country.US, 1),
    )
)
"""A word that speaks for a country; of each line one counts."""
_FOUR_DIGITS = re.compile(r"(?:^|[,\s|·])(\d{4})" + _CITY, re.MULTILINE)


def country_of(
    text: str, domains: tuple[str, ...] = (), language: Language | None = None
) -> Country | None:
    """The country that the employer's ``text`` and mail ``domains`` speak for, or None."""
    votes: Counter[Country] = Counter()
    for domain in domains:
        country = _DOMAINS.get(domain.rsplit(".", 1)[-1].lower())
        if country:
            votes[country] += 5
    for found in _PREFIX.finditer(text):
        votes[_PREFIXES[found[1]]] += 3
    english = _ENGLISH_PHONES if language is Language.EN else ()
    for pattern, country, weight in (*_CLUES, *english):
        if pattern.search(text):
            votes[country] += weight
    said = set(_WORD.findall(text))
    for words, country, weight in _WORD_CLUES:
        if not words.isdisjoint(said):
            votes[country] += weight
    if _state(text):
        votes[Country.US] += 4
    for found in _FOUR_DIGITS.finditer(text):
        if not 1990 <= int(found[1]) <= 2040:  # a year before a name is no postcode
            votes[Country.AT] += 1
            votes[Country.CH] += 1
    if not votes:
        return None
    (best, most), *rest = votes.most_common(2)
    return best if not rest or most > rest[0][1] else None


def stated_zone(name: str, country: Country | None) -> str | None:
    """The IANA zone, or ``UTC±HH:MM``, that the lower-case ``name`` in a text stands for."""
    if offset := re.fullmatch(r"(?:utc|gmt)\s?([+\-−–])\s?(\d{1,2})(?::?(\d\d))?", name):
        sign = "+" if offset[1] == "+" else "-"
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        return f"UTC{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else None
    if "/" in name:
        return _IANA_BY_NAME.get(name)
    if name in _CENTRAL and country in (Country.AT, Country.CH):
        return ZONE_OF[country]
    if name in ("gmt", "bst") and country is Country.IE:
        return ZONE_OF[country]
    return _ZONES.get(name)


def state_zone(text: str) -> str | None:
    """The zone of the first US state in a postal address of ``text``."""
    found = _state(text)
    return _ZONE_OF_STATE[found] if found else None


def _state(text: str) -> str | None:
    """The state of the first American address; "Moser, MA" alone is a degree where none follows."""
    for found in _STATE.finditer(text):
        if found["state"]:
            return _CODE_OF_STATE.get(found["state"], found["state"])
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not (found["alone"] in _DEGREES and _LOOKS_LIKE_NAME.fullmatch(line)):
            return found["alone"]
    return None


_DEGREES = frozenset(["MA", "MS", "MD", "CT"])
_LOOKS_LIKE_NAME = re.compile(r"[ \t]*(?:[A-Z][\w.'-]*[ ]){1,3}[A-Z][\w'-]*[ \t]*")


def is_zone_word(name: str, german: bool) -> bool:
    """Whether ``name`` is safe to read as a zone in a text of that language."""
    return not (german and lowered(name) in _AMBIGUOUS_IN_GERMAN)
