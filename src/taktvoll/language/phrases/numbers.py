"""Numbers in figures and in words, German and English, up to what days, minutes and years need."""

from __future__ import annotations

import re

from taktvoll.language.phrases.text import Table, Text, remembered, words

_GERMAN = words("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
_GERMAN_TEENS = words("dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
_GERMAN_TENS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig"}
_ENGLISH = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ENGLISH_TENS = {
    20: "twenty",
    30: "thirty",
    40: "forty",
    50: "fifty",
    60: "sixty",
    70: "seventy",
    80: "eighty",
    90: "ninety",
}
_GERMAN_ORDINALS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_ENGLISH_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)


def _german_cardinals() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_GERMAN + _GERMAN_TEENS)}
    found |= {"ein": 1, "eine": 1, "einer": 1, "einem": 1, "einen": 1, "zwo": 2}
    for ten, word in _GERMAN_TENS.items():
        found[word] = ten
        for unit, prefix in enumerate(("ein", *_GERMAN[2:10]), start=1):
            found[f"{prefix}und{word}"] = ten + unit
    return found


def _german_ordinals() -> dict[str, int]:
    stems = {}
    for word, value in _german_cardinals().items():
        if 1 <= value <= 31 and word not in ("ein", "eine", "einer", "einem", "einen", "zwo"):
            stems[_GERMAN_ORDINALS.get(value, word + ("st" if value >= 20 else "t"))] = value
    stems["siebent"] = 7
    return {stem + ending: value for stem, value in stems.items() for ending in _ENDINGS}


_ENDINGS = ("e", "en", "er", "es", "em")


def _both_spellings(words: dict[str, int]) -> dict[str, int]:
    """Each word also as it is written without umlauts."""
    spelt = dict(words)
    for word, value in words.items():
        for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
            spelt[word.replace(letter, written)] = value
        spelt[word.replace("ß", "ss")] = value
    return spelt


CARDINALS = _both_spellings(_german_cardinals()) | {
    **{word: value for value, word in enumerate(_ENGLISH)},
    **{word: ten for ten, word in _ENGLISH_TENS.items()},
    "a": 1,
    "an": 1,
}
"""Numbers of one word. "a", "an", "ein" count things; they name no hour and no day."""

ARTICLES = frozenset(("a", "an", "ein", "eine", "einer", "einem", "einen"))

ORDINALS = _both_spellings(_german_ordinals()) | {
    **{word: value for value, word in enumerate(_ENGLISH_ORDINALS, start=1)},
    "twentieth": 20,
    "thirtieth": 30,
}

_LOOSE: Table[float] = Table(
    dict.fromkeys(("a couple of", "a couple", "couple of", "ein paar", "einem paar"), 2),
    dict.fromkeys(("a few", "few", "several", "paar", "einige", "einigen", "wenige", "wenigen"), 3),
    dict.fromkeys(("half a", "half an", "a half", "eine halbe", "einer halben", "halbe"), 0.5),
    dict.fromkeys(("anderthalb", "eineinhalb", "one and a half", "one and half"), 1.5),
    dict.fromkeys(("dreiviertel", "einer dreiviertel", "eine dreiviertel"), 0.75),
)
_FIGURE = re.compile(r"\d{1,4}(?:[.,]5)?(?![\d:/]|[.,]\d)")
_ORDINAL_FIGURE = re.compile(r"(\d{1,2})\s?(?:st|nd|rd|th|te[nrs]?|ste[nrs]?)(?!\w)")


@remembered
def cardinal(t: Text, at: int) -> tuple[int, int] | None:
    """A whole number below a hundred in words: "einundzwanzig", "twenty one", "forty-five"."""
    word = t.word(at)
    value = CARDINALS.get(word)
    if value is None:
        return None
    end = at + len(word)
    if value >= 20 and value % 10 == 0 and t.low[end : end + 1] in (" ", "-"):
        unit = CARDINALS.get(follower := t.word(end + 1), 0)
        if 1 <= unit <= 9 and follower not in ARTICLES and follower in _ENGLISH:
            return value + unit, end + 1 + len(follower)
    return value, end


@remembered
def ordinal(t: Text, at: int) -> tuple[int, int] | None:
    """A place in a row, 1 to 31, in words: "zwanzigster", "twenty first", "thirty-first"."""
    word = t.word(at)
    if word in ORDINALS:
        return ORDINALS[word], at + len(word)
    end = at + len(word)
    if word in ("twenty", "thirty") and t.low[end : end + 1] in (" ", "-"):
        unit = ORDINALS.get(follower := t.word(end + 1), 0)
        if 1 <= unit <= 9 and CARDINALS[word] + unit <= 31:
            return CARDINALS[word] + unit, end + 1 + len(follower)
    return None


def ordinal_figure(t: Text, at: int) -> tuple[int, int] | None:
    """ "3rd", "15te"."""
    found = _ORDINAL_FIGURE.match(t.low, at)
    return (int(found[1]), found.end()) if found else None


@remembered
def count(t: Text, at: int) -> tuple[float, int] | None:
    """How many of something: "3", "drei", "an", "anderthalb", "ein paar", "half an"."""
    if found := t.phrase(at, _LOOSE):
        return found
    if figure := _FIGURE.match(t.low, at):
        return float(figure[0].replace(",", ".")), figure.end()
    return cardinal(t, at)


@remembered
def year_in_words(t: Text, at: int) -> tuple[int, int] | None:
    """ "nineteen eighty six", "nineteen hundred ninety three", "two thousand and fifteen"."""
    hundreds = cardinal(t, at)
    if not hundreds:
        return None
    value, end = hundreds
    if value == 2 and t.word(rest := t.skip(end)) == "thousand":
        end = rest + len("thousand")
        rest = t.skip(end)
        tail = cardinal(t, t.after(rest, "and") or rest)
        return (2000 + tail[0], tail[1]) if tail else (2000, end)
    if value not in (19, 20):
        return None
    rest = t.skip(end)
    tail = cardinal(t, t.after(rest, "hundred") or rest)
    return (value * 100 + tail[0], tail[1]) if tail and tail[0] >= 10 else None
