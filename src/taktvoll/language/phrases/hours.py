"""Times of day and parts of the day: "8.30pm", "zwanzig nach drei", "from 9 to 11", "früher Abend".

A part of the day has conventional bounds; nobody keeps them, but they say what to look at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from taktvoll.language.phrases.numbers import ARTICLES, cardinal
from taktvoll.language.phrases.parts import (
    NAMED_PARTS,
    NOON,
    PART_LEADS,
    PART_SHADES,
    Part,
    in_part,
    part_of_day,
)
from taktvoll.language.phrases.text import Table, Text, remembered, words
from taktvoll.language.places import ZONE, is_zone_word
from taktvoll.model import Language

DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of day in minutes since midnight, or with ``until`` a stretch of hours.

    ``half``: a, p, or 24 where the writing leaves no choice. ``sure``: it can be nothing but a
    time; what is not sure is one only behind a word such as "at", or beside a day. ``guessed``:
    the half of the day is a guess, which a part of the day named elsewhere overrules.
    """

    end: int
    minute: int
    second: int = 0
    half: str | None = None
    sure: bool = False
    guessed: bool = False
    until: int | None = None
    zone: str | None = None


_FIGURES = re.compile(
    r"(?P<h>\d{1,2})(?:(?P<sep>::?|\.|\s?h)(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?)?(?![\d%€$£]|[.,:]\d)"
)


_COMPACT = re.compile(
    r"(?P<h>\d{1,2})(?P<sep>)\s?(?P<m>[0-5]\d)(?P<s>)(?![\d,:/%€$£]|\.\d|-(?!\d{4}(?!\d))\d)"
)


_UNIT = re.compile(
    r"(?:\s|\.(?=[ap]m(?!\w)))?(?:(?P<half>[ap])(?:\.\s?m(?!\w)\.?|\s?m(?!\w))|(?P<letter>[ap])(?![\w.’'])|-?uhr(?!\w)(?:\s(?:und\s)?(?P<m>\d{1,2})"
    r"(?:\sminuten)?(?![\w.:/]|,\d))?|h(?!\w)|(?P<full>hrs?|hours)(?!\w)\.?|o\s?['’]?\s?clock(?!\w)|-?ish(?!\w))"
)


_GERMAN_AM = re.compile(r"\sam\s\S")


_MINUTE_WORDS = frozenset(("minuten", "minutes", "minute", "mins", "min"))


_SIGNS: Table[int] = Table({"vor": -1, "nach": 1, "to": -1, "past": 1, "after": 1, "before": -1})


_SPOKEN: Table[int] = Table(
    {
        "halb": -30,
        "half past": 30,
        "drei viertel": -15,
        "half": 30,
        "viertel": -45,
        "dreiviertel": -15,
    },
    dict.fromkeys(("viertel vor", "quarter to", "a quarter to", "quarter before"), -15),
    dict.fromkeys(("viertel nach", "quarter past", "a quarter past", "quarter after"), 15),
    {"a quarter before": -15, "a quarter after": 15, "quarter of": -15, "a quarter of": -15},
    dict.fromkeys(("three quarters past", "three quarter past"), 45),
)


_FIXED: Table[int] = Table(
    dict.fromkeys(
        ("noon", "midday", "mid day", "noon time", "high noon", "12 noon", "noontime"), DAY // 2
    ),
    dict.fromkeys(("midnight", "mid night", "mitternacht", "mitternachts"), DAY),
    dict.fromkeys(("eod", "end of day", "end of the working day", "tagesende"), DAY),
    dict.fromkeys(("cob", "close of business", "end of business", "dienstschluss"), 18 * 60),
    dict.fromkeys(("midmorning", "mid morning"), 10 * 60),
    dict.fromkeys(("midafternoon", "mid afternoon"), 14 * 60),
)


LEADS = frozenset(
    words(
        "um at gegen ca circa zirka etwa ungefähr rund around about approximately approx by so "
        "genau exactly punkt pünktlich for uhrzeit zeit time"
    )
)


_STRONG_LEADS = frozenset(words("um at gegen around about by punkt circa"))


_AFTERWORDS = frozenset(words("sharp pünktlich genau exactly ish ca"))


_ZONE = re.compile(r",?\s?[(\[]?(?:uk\s|us\s|local\s)?" + ZONE + r"\)?")


_TEMPUS = re.compile(r",?\s?\(?(?P<tempus>[cs])\.\s?t\.?\)?")


_JOIN = re.compile(
    r"\s?(?:-|–|—|‑|/(?=\d)|bis\s(?:ca\.?\s|etwa\s|um\s)?|to\s|until\s|till\s|til\s|through\s)\s?"
)


_JOIN_AND = re.compile(r"\s?(?:und|and|-|–|to|bis)\s(?:um\s)?|-|–")


@remembered
def time_of_day(t: Text, at: int, *, beside_day: bool = False, opened: bool = False) -> Time | None:
    """The time, or the stretch of hours, at ``at``. ``opened``: "from" or "between" was read."""
    begin = t.without(at, LEADS)
    led = begin > at or t.low[at : at + 1] == "@"
    if t.low[begin : begin + 1] == "@":
        begin = t.skip(begin + 1)
    first = _clock(t, begin, opened=opened)
    if first is None:
        return None
    in_words = not t.low[begin].isdigit() and not first.sure
    first, part = _shaded(t, first, only_led=in_words and not (led or beside_day))
    gap = (_JOIN_AND if opened else _JOIN).match(t.low, first.end)
    second = _clock(t, t.without(gap.end(), LEADS), opened=True) if gap else None
    if second and gap and "/" in gap[0] and not (second.sure and first.minute < second.minute):
        second = None
    part2 = None
    if second:
        second, part2 = _shaded(t, second)
    if second and not (first.sure or second.sure or opened or beside_day):
        second = None
    if second and _numbers_a_day(t, second):
        second = None
    if second and second.sure and not second.half and first.half == "24" and not first.sure:
        first = replace(first, sure=True)
    if not second:
        strong = led and (t.word(at) in _STRONG_LEADS or (in_words and first.minute % 60 > 0))
        if not (first.sure or beside_day or strong or t.low[at : at + 1] == "@"):
            return None
        if _counts_things(t, first) or (not led and _numbers_a_day(t, first)):
            return None
        minute = _minute(first, part)
        guessed = minute != first.minute and first.half is None and part is None
        return _finished(t, replace(first, guessed=guessed), minute)
    if not second.sure and _counts_things(t, second):
        return None
    if not (first.sure or second.sure or beside_day) and _goes_on(t, second.end):
        return None
    start, until = _stretch(first, second, part or part2, part2)
    done = _finished(t, replace(first, end=second.end, sure=True), start)
    return replace(done, until=until)


_TWELVE = re.compile(r"(?:12(?::00)?|twelve|zwölf)\s(?:o'clock\s)?(?=noon|midday|midnight)")


@remembered
def _clock(t: Text, at: int, *, opened: bool) -> Time | None:
    if twelve := _TWELVE.match(t.low, at):
        at = twelve.end()
    if found := t.phrase(at, _FIXED):
        return Time(end=found[1], minute=found[0], half="24", sure=True)
    return _spoken(t, at, opened=opened) or _figures(t, at) or _in_words(t, at)


def _figures(t: Text, at: int) -> Time | None:
    if at and (t.low[at - 1].isalnum() or t.low[at - 1] in ",$€£#"):
        return None
    for pattern in (_COMPACT, _FIGURES):
        found = pattern.match(t.low, at)
        if not found or int(found["h"]) > 24:
            continue
        spaced = pattern is _COMPACT
        unit = _unit(t, found.end())
        if spaced and " " in found[0] and not unit:
            continue
        separated = bool((found["sep"] or "").strip(" .")) and not spaced
        if (
            found["sep"] == "."
            and found.end() < len(t.low)
            and re.match(r"\.\d", t.low[found.end() :])
        ):
            continue
        hour, minute = int(found["h"]), int(found["m"] or 0)
        end, half = found.end(), None
        if unit:
            end, half = unit.end(), unit["half"] or unit["letter"]
            minute = int(unit["m"] or minute) if not found["m"] else minute
            if minute > 59:
                return None
            if unit["full"] and not spaced:
                return None  # "3 hours" is a length
        elif spaced and (hour > 23 or len(found["h"]) == 1 or _is_year(t, found)):
            continue
        if half and hour > 12:
            half = None
        if half is None and (hour > 12 or found["h"].startswith("0")):
            half = "24"
        return Time(
            end=end,
            minute=hour * 60 + minute,
            second=int(found["s"] or 0),
            half=half,
            sure=bool(unit) or separated,
        )
    return None


def _unit(t: Text, at: int) -> re.Match[str] | None:
    unit = _UNIT.match(t.low, at)
    if unit and unit["letter"] and not (t.low[at - 3 : at - 2] == ":" and t.low[at].isalpha()):
        return None  # "9:30a"; but "9a" is a flat and "2 p" a page
    if unit and unit["half"] and t.language is Language.DE and _GERMAN_AM.match(t.low, at):
        return None  # "10 am 9.12."
    return unit


def _is_year(t: Text, found: re.Match[str]) -> bool:
    if re.compile(r"\s?[-–]\s?\d{4}(?!\d)").match(t.low, found.end()):
        return False
    if found.start() > 4 and re.compile(r"\d{4}\s?[-–]\s?$").search(
        t.low, found.start() - 8, found.start()
    ):
        return False
    return found["h"] in ("19", "20") and int(found["m"]) < 40


def _spoken(t: Text, at: int, *, opened: bool) -> Time | None:
    """ "halb drei", "quarter to five", "zwanzig nach drei", "5 minutes to 12".

    "from five to six" and "10 to 12" are stretches, not ten minutes before noon.
    """
    if found := t.phrase(at, _SPOKEN):
        offset, end = found
        hour = _hour(t, t.skip(end))
        if hour is None:
            return None
        return replace(hour, minute=(hour.minute + offset) % DAY, sure=True)
    number = cardinal(t, at) if t.word(at) not in ARTICLES else None
    if number is None and (digits := re.compile(r"\d{1,2}(?!\d)").match(t.low, at)):
        number = int(digits[0]), digits.end()
    if number is None or number[0] > 59:
        return None
    rest = t.without(t.skip(number[1]), _MINUTE_WORDS, 1)
    if number[0] % 5 and rest == t.skip(number[1]):
        return None  # nobody says "seven to nine" for a time
    sign = t.phrase(rest, _SIGNS)
    if not sign or (
        t.word(rest) == "to" and (opened or (t.low[at].isdigit() and rest == t.skip(number[1])))
    ):
        return None
    rest = t.skip(sign[1])
    base = 0
    if fixed := t.phrase(rest, _FIXED):
        return Time(
            end=fixed[1], minute=(fixed[0] + sign[0] * number[0]) % DAY, half="24", sure=True
        )
    if quarter := t.phrase(rest, _SPOKEN):
        base, rest = quarter[0], t.skip(quarter[1])
    hour = _hour(t, rest)
    if hour is None or _THINGS.match(t.low, hour.end):
        return None
    minute = (hour.minute + base + sign[0] * number[0]) % DAY
    return replace(hour, minute=minute, sure=True)


def _hour(t: Text, at: int) -> Time | None:
    """A full hour behind "halb" or "past": "drei", "3", "3 Uhr", "8 p.m."."""
    digits = re.compile(r"(\d{1,2})(?![\d.:]\d|\d)").match(t.low, at)
    number = (int(digits[1]), digits.end()) if digits else cardinal(t, at)
    if number is None or not 1 <= number[0] <= 24 or t.word(at) in ARTICLES - {"ein"}:
        return None
    unit = _unit(t, number[1])
    if unit and unit["full"]:
        return None
    half = unit["half"] if unit else "24" if number[0] > 12 else None
    return Time(end=unit.end() if unit else number[1], minute=number[0] * 60, half=half)


def _in_words(t: Text, at: int) -> Time | None:
    """ "zehn", "acht Uhr vierzig", "eight forty", "nine a m", "ten o'clock"."""
    number = cardinal(t, at)
    if number is None or not 1 <= number[0] <= 24:
        return None
    hour, end = number
    unit = _unit(t, end)
    if t.word(at) in ARTICLES and not (t.word(at) == "ein" and unit):
        return None
    if unit and unit["full"]:
        return None
    minute, sure, half = 0, bool(unit), unit["half"] if unit else None
    end = unit.end() if unit else end
    tail = cardinal(t, t.skip(end)) if not half and t.low[end : end + 1] in (" ", "-") else None
    if tail and (10 <= tail[0] <= 59 or unit) and t.word(t.skip(end)) not in ARTICLES:
        minute, end = tail
        if (more := _unit(t, end)) and more["half"]:
            half, end, sure = more["half"], more.end(), True
    return Time(end=end, minute=hour * 60 + minute, half=half, sure=sure)


_OF_TODAY = re.compile(
    r"(?:tonight|(?:this|tomorrow)\s(?:morning|afternoon|evening)|heute\s(?:morgen|früh|mittag|"
    r"nachmittag|abend))(?!\w)"
)
"""Before these a bare number is an hour: "7 this morning"."""


def _shaded(t: Text, time: Time, *, only_led: bool = False) -> tuple[Time, Part | None]:
    """A part of the day behind a time says which half it is in: "8 abends", "3 in the morning".

    ``only_led``: not without "in the" — "all four afternoon classes" names no hour.
    """
    rest = t.skip(time.end)
    if t.low[rest : rest + 1] == ",":
        rest = t.skip(rest + 1)
    if _OF_TODAY.match(t.low, rest):
        return replace(time, sure=True), None
    if only_led and t.word(rest) not in PART_LEADS and not t.word(rest).endswith("s"):
        return time, None
    part = part_of_day(t, rest)
    if part is None or (t.word(rest) in ("am", "pm") and not t.word(t.skip(rest + 2))):
        return time, None
    return replace(time, end=part.end, sure=True), part


def _minute(time: Time, part: Part | None) -> int:
    """Minutes since midnight. Nobody meets in the night: an open 1 to 5 is the afternoon."""
    minute = time.minute
    if time.half in ("a", "p"):
        return minute % NOON + (NOON if time.half == "p" else 0)
    if part is not None:
        return in_part(minute, part)
    if time.half is None and 60 <= minute < 6 * 60:
        return minute + NOON
    return minute


def _stretch(first: Time, second: Time, part: Part | None, part2: Part | None) -> tuple[int, int]:
    """Start and end of a stretch, which ends after it began: "2-3pm" is pm twice, "11-1pm" once."""
    until = _minute(second, part2 or part)
    if second.half in ("a", "p") and first.half is None and not part:
        start = _minute(replace(first, half=second.half), None)
        if start >= until:
            start = first.minute
    else:
        start = _minute(first, part)
    if until <= start:
        late = until + NOON
        open_end = second.half is None and start < late
        until = late if open_end else until + DAY
    return start, until


def _finished(t: Text, time: Time, minute: int) -> Time:
    end = t.without(t.skip(time.end), _AFTERWORDS, 2)
    end = end if end > t.skip(time.end) else time.end
    if t.low.startswith("ish", end):
        end += 3
    if tempus := _TEMPUS.match(t.low, end):
        end = tempus.end()
        minute += 15 if tempus["tempus"] == "c" else 0
    zone = _ZONE.match(t.low, end)
    if zone and is_zone_word(zone["zone"], t.language is Language.DE):
        return replace(time, end=zone.end(), minute=minute, zone=zone["zone"])
    while end and t.low[end - 1] in " \n\t\r":
        end -= 1
    return replace(time, end=end, minute=minute)


_THINGS = re.compile(
    r"\s?(?:[%€$£°]|(?:prozent|euro|eur|chf|usd|jahr|tag|monat|woche|minute|min|sekunde|second|"
    r"stunde|std|person|kolleg|mitarbeit|stell|week|day|year|hour|people|month|quarter|percent|km|"
    r"least|most|all|the|our|your|a|plätz|frag|question|runde|round|standort|location|of)\w*)"
)


_ORDINAL_DOT = re.compile(r"\.\s?[^\W_]")


def _numbers_a_day(t: Text, time: Time) -> bool:
    """A bare number with a dot in the midst of a sentence: "am 8., 9. oder 10. Dezember"."""
    return not time.sure and bool(_ORDINAL_DOT.match(t.low, time.end))


def _goes_on(t: Text, at: int) -> bool:
    """Whether a word follows that no phrase goes on with: "from 2 to 3 people"."""
    word = t.word(t.skip(at))
    return bool(word) and word not in _AFTER_HOURS


_AFTER_HOURS = frozenset(
    words(
        "on am at of the and und oder or today tomorrow heute morgen please bitte next this in "
        "yesterday jeden every each für for with mit frei free statt"
    )
)


def _counts_things(t: Text, time: Time) -> bool:
    return not time.sure and bool(_THINGS.match(t.low, time.end))


WORDS: tuple[Table[object], ...] = (_SPOKEN, _FIXED, NAMED_PARTS, PART_SHADES)  # type: ignore[assignment]
"""Tables whose words may begin a time."""
