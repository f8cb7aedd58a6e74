"""The words that days, hours, names and roles are told with, in German and English.

Keys are lower case. Whoever looks something up lowers the text with :func:`lowered`, which keeps
every offset.
"""

from __future__ import annotations

import re
from functools import cache

from taktvoll.model import Language

MONTHS = {
    **dict.fromkeys(("januar", "jänner", "jaenner", "jan", "jän", "january"), 1),
    **dict.fromkeys(("februar", "feber", "feb", "february"), 2),
    **dict.fromkeys(("märz", "maerz", "mär", "mrz", "mar", "march"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juni", "juno", "jun", "june"), 6),
    **dict.fromkeys(("juli", "julei", "jul", "july"), 7),
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "october", "okt", "oct"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("dezember", "december", "dez", "dec"), 12),
}

WEEKDAYS = {
    **dict.fromkeys(("montag", "monday", "mo", "mon"), 0),
    **dict.fromkeys(("dienstag", "tuesday", "di", "tue", "tues"), 1),
    **dict.fromkeys(("mittwoch", "wednesday", "mi", "wed", "weds"), 2),
    **dict.fromkeys(("donnerstag", "thursday", "do", "don", "thu", "thur", "thurs"), 3),
    **dict.fromkeys(("freitag", "friday", "fr", "fre", "fri"), 4),
    **dict.fromkeys(("samstag", "sonnabend", "saturday", "sa", "sam", "sat"), 5),
    **dict.fromkeys(("sonntag", "sunday", "so", "son", "sun"), 6),
}

FULL_WEEKDAYS = frozenset(
    name for name in WEEKDAYS if name.endswith(("tag", "day", "woch", "bend"))
)

NUMBERS = {
    "ein": 1,
    "eins": 1,
    "eine": 1,
    "einer": 1,
    "einem": 1,
    "one": 1,
    "a": 1,
    "an": 1,
    "zwei": 2,
    "two": 2,
    "drei": 3,
    "three": 3,
    "vier": 4,
    "four": 4,
    "fünf": 5,
    "five": 5,
    "sechs": 6,
    "six": 6,
    "sieben": 7,
    "seven": 7,
    "acht": 8,
    "eight": 8,
    "neun": 9,
    "nine": 9,
    "zehn": 10,
    "ten": 10,
    "elf": 11,
    "eleven": 11,
    "zwölf": 12,
    "twelve": 12,
    "dreizehn": 13,
    "vierzehn": 14,
    "fünfzehn": 15,
    "sechzehn": 16,
    "siebzehn": 17,
    "achtzehn": 18,
    "neunzehn": 19,
    "zwanzig": 20,
    "einundzwanzig": 21,
    "zweiundzwanzig": 22,
    "dreißig": 30,
    "dreissig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "fünfundvierzig": 45,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "forty-five": 45,
    "thirteen": 13,
    "fourteen": 14,
    "sixteen": 16,
}

ORDINALS = {
    "ersten": 1,
    "zweiten": 2,
    "dritten": 3,
    "vierten": 4,
    "fünften": 5,
    "sechsten": 6,
    "siebten": 7,
    "siebenten": 7,
    "achten": 8,
    "neunten": 9,
    "zehnten": 10,
    "elften": 11,
    "zwölften": 12,
    "dreizehnten": 13,
    "vierzehnten": 14,
    "fünfzehnten": 15,
    "sechzehnten": 16,
    "siebzehnten": 17,
    "achtzehnten": 18,
    "neunzehnten": 19,
    "zwanzigsten": 20,
    "einundzwanzigsten": 21,
    "zweiundzwanzigsten": 22,
    "dreiundzwanzigsten": 23,
    "vierundzwanzigsten": 24,
    "fünfundzwanzigsten": 25,
    "sechsundzwanzigsten": 26,
    "siebenundzwanzigsten": 27,
    "achtundzwanzigsten": 28,
    "neunundzwanzigsten": 29,
    "dreißigsten": 30,
    "dreissigsten": 30,
    "einunddreißigsten": 31,
    "einunddreissigsten": 31,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
    "twenty-second": 22,
    "twenty-third": 23,
    "twenty-fourth": 24,
    "twenty-fifth": 25,
    "twenty-sixth": 26,
    "twenty-seventh": 27,
    "twenty-eighth": 28,
    "twenty-ninth": 29,
    "thirtieth": 30,
    "thirty-first": 31,
}

LEGAL_FORM = (
    r"(?:(?:(?:Betriebs|Verwaltungs|Handels|Vertriebs|Service|Besitz|Beteiligungs)-?(?:GmbH|ges(?:ellschaft)?\.?\s"
    r"m\.?b\.?H\.?)(?:\s?&\s?Co\.?\s?KG)?)|(?:g?GmbH|AG|UG\s\(haftungsbeschränkt\)|SE)\s?&\s?Co\.?\s?(?:KGaA|KG|OHG)|gGmbH|"
    r"GmbH|mbH|Ges\.\s?m\.\s?b\.\s?H\.?|GesmbH|UG\s\(haftungsbeschränkt\)|UG(?!\w)|KGaA|"
    r"AG(?!\w)|SE(?!\w)|KG(?!\w)|OHG|OG(?!\w)|GbR|PartG(?:\s?mbB)?|mbB|e\.\s?K\.|e\.\s?Kfr\.|"
    r"e\.\s?U\.|eG(?!\w)|e\.\s?V\.|e\.\s?G\.|AöR|KöR|VVaG|eGen|FlexCo|FlexKapG|a\.\s?G\.|"
    r"Ltd\.?|Limited|PLC|plc|PLLC|LLP|LLC|L\.L\.C\.|P\.A\.|P\.C\.|CIO|Gen\.?m\.?b\.?H\.?|Inc\.?|Corp\.?|Corporation|DAC|CLG|CIC|Teoranta|Teo\.|Co\.(?=\s*(?:$|\n|[,|·)]))|"
    r"S\.?A\.?(?:\s|$)|Sàrl|B\.?V\.(?=\W)|N\.?V\.(?=\W))"
)
"""The legal form at the end of a firm's name; a pattern."""

_GERMAN = """
datum uhrzeit ort firma stelle ansprechpartner ansprechpartnerin adresse dauer bis oder
der die das und oder ist sind wir sie ihr ihre ihnen ich zu zum zur mit für von vom am im um
uhr ein eine einen nicht auf bei den dem des dass wird werden haben bitte uns unser du dich
dir dein gespräch termin grüßen grüssen herzliche freundliche guten tag auch
"""
_ENGLISH = """
date location role company contact details address duration venue until or
the and or is are we you your i to with for of on at in an a not be that this will have
please us our from by would can meeting interview regards kind best dear if it as do
"""
_FUNCTION_WORDS = {
    Language.DE: frozenset(_GERMAN.split()),
    Language.EN: frozenset(_ENGLISH.split()),
}
_YES = frozenset({"yes", "ja", "true", "1", "y", "j"})


def lowered(text: str) -> str:
    """``text`` in lower case, with every code point at its old offset."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@cache
def any_of(words: frozenset[str]) -> str:
    """A pattern for one of ``words``, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


def language_of(text: str) -> Language | None:
    """German or English by the share of function words in the first 6,000 code points, or None."""
    words = re.findall(r"[^\W\d_]+", text[:6000].lower())
    german = sum(word in _FUNCTION_WORDS[Language.DE] for word in words)
    english = sum(word in _FUNCTION_WORDS[Language.EN] for word in words)
    if german == english:
        return None
    return Language.DE if german > english else Language.EN


def number_of(word: str) -> int | None:
    """The number that ``word`` (digits or a number word in lower case) says."""
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def is_yes(answer: str) -> bool:
    """Whether a stored answer to a duty question means yes."""
    return answer.strip().casefold() in _YES
