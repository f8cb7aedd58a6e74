"""Times of day as people write them: "10.00 Uhr", "halb drei", "von 9 bis 12", "2-3pm GMT"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taktvoll.language.places import ZONE, is_zone_word
from taktvoll.language.words import NUMBERS, any_of, number_of
from taktvoll.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One written time of day, or a range of two, ``text[start:end]``; minutes since midnight.

    ``zone`` is the zone written beside it, in lower case. ``weak``: a bare number after a
    preposition ("at 2"), which means a time only beside a day.
    """

    start: int
    end: int
    minute: int
    until: int | None = None
    zone: str | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Point:
    end: int
    minute: int
    sure: bool  # a unit, a colon or words: it can be nothing but a time
    half: str | None = None  # a, p, or 24 where the writing leaves no choice
    dotted: bool = False


_HOURS = {
    word: value
    for word, value in NUMBERS.items()
    if 1 <= value <= 24 and word not in ("a", "an", "ein", "eine", "einer", "einem")
} | {"ein": 1}
_HOUR = r"(?:\d{1,2}|" + any_of(frozenset(_HOURS)) + r")(?!\w)"
_SMALL = r"(?:fünf|zehn|zwanzig|five|ten|twenty|5|10|20)"

_COLON = re.compile(
    r"(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d|"
    r":)(?:\s?(?:(?P<half>[ap])\.?\s?m(?!\w)\.?|uhr(?!\w)|h(?!\w)))?"
)
_HALF = re.compile(r"(?P<h>1[0-2]|0?\d)(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m(?!\w)\.?")
_UHR = re.compile(
    r"(?P<h>[01]?\d|2[0-4])(?:[.](?P<m>[0-5]\d))?(?:\s|"
    r"-)?(?:uhr(?!\w)(?:\s(?P<m2>[0-5]\d)(?![\d:/]|\.(?!\s*(?:\n|$))|\s?[a-zäöü]))?|o'clock|o’clock)"
)
_H = re.compile(r"(?P<h>[01]?\d|2[0-4])(?:[.:](?P<m>[0-5]\d)\s?h(?!\w)|\s?h(?P<m2>[0-5]\d)?(?!\w))")
_HUNDRED = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s?(?:hrs?|hours|h|uhr)(?!\w)")
_DOT = re.compile(r"(?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)(?!\d|\.\d|\.,?\s?(?:20)?\d\d)")
_FOUR = re.compile(
    r"(?P<h>[01]\d|2[1-3])(?P<m>[0-5]\d)(?![\d.:/\-]|\s?(?:€|euro|eur|chf|[a-zäöü]{4,}))(?<!19\d\d)"
)
_NUMBER = re.compile(
    r"(?P<h>[01]?\d|2[0-4])(?![\d.:,/%€$£]\d|\d|[%€]|\.\s?(?:"
    + "jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez"
    + r")|-(?!\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m|uhr|h)(?!\w))\w)"
)
_NOT_HOURS = re.compile(
    r"\s?(?:[%€$£]|°|(?:prozent|euro|eur|chf|usd|jahre[n]?|tage[n]?|monate[n]?|wochen|"
    r"minuten|min|stunden|std|personen|"
    r"kolleg|mitarbeit|stellen|uhr|week|day|year|minute|hour|people|month|percent|km|"
    r"least|most|all|the|our|your|"
    r"plätze|fragen|questions|runden|rounds|standorte|locations)\w*)"
)
_SPOKEN = re.compile(
    rf"(?:(?P<off>{_SMALL})\s(?:minuten\s)?(?P<sign>vor|nach|to|past)\s(?P<half>halb\s|half\s)?"
    r"|(?P<quarter>dreiviertel|viertel\svor|viertel\snach|viertel|a\squarter\sto|"
    r"a\squarter\spast|quarter\sto|quarter\spast)\s"
    r"|(?P<halfpast>half\spast\s)|(?P<halb>halb\s)|"
    rf"(?P<half2>half\s))(?P<h>{_HOUR})(?:\suhr(?!\w))?"
)
_WORD_HOUR = re.compile(
    rf"(?P<h>{any_of(frozenset(_HOURS))})\s(?:uhr(?!\w)(?:\s(?P<m>"
    rf"{any_of(frozenset(w for w, n in NUMBERS.items() if n >= 5))})(?!\w))?|o'clock|"
    r"o’clock)"
)
_BARE_WORD = re.compile(
    rf"(?P<h>{any_of(frozenset(_HOURS))})(?!\w)(?:\s(?P<m>thirty|fifteen|forty-five)(?!\w))?"
)
_NOON = re.compile(r"(?:12\s)?(?:noon|midday)(?!\w)|(?:zwölf|12)\suhr\smittags(?!\w)|high noon")

_LEAD = re.compile(
    r"(?:^|[\s(|>])(?P<lead>(?:um|gegen|at|ab|von|zwischen|from|between|@|auf|uhrzeit|"
    r"zeit|beginn|time|start|say|bis|until|till)"
    r"(?::|\s)\s*(?:ca\.?\s|etwa\s|circa\s|about\s|around\s)?)$"
)
_RANGE = re.compile(
    r"\s?(?:uhr\s?|h\s)?(?:-|–|—|‑|bis(?:\setwa|\sca\.|\szirka)?\s|to\s|until\s|till\s)\s?"
)
_AND = re.compile(r"\s(?:und|and)\s")
_PART_AFTER = re.compile(
    r",?\s?(?:am\s|in\sthe\s)?(?P<part>vormittags?|nachmittags?|mittags|abends?|morgens|"
    r"früh|morning|afternoon|evening)(?!\w)"
)
_PART_BEFORE = re.compile(
    r"(?P<part>vormittag|nachmittag|abend|afternoon|morning|evening)s?,?\s(?:um\s|at\s|"
    r"gegen\s|ab\s)?$"
)
_TEMPUS = re.compile(r",?\s?\(?(?P<tempus>[cs])\.\s?t\.?\)?")
_ZONE_AFTER = re.compile(
    r",?\s?[(\[]?(?:uk|us|local)?\s?"
    + ZONE
    + r"\)?(?:\s?[(\[]"
    + ZONE.replace("zone", "zone2")
    + r"[)\]])?"
)

ANCHORS = frozenset(
    set(_HOURS)
    | {
        "halb",
        "viertel",
        "dreiviertel",
        "half",
        "quarter",
        "noon",
        "midday",
        "fünf",
        "zehn",
        "zwanzig",
    }
)
"""Words at which a time may begin. Digits are the other anchors."""


def clock_at(low: str, at: int, language: Language | None, *, beside_day: bool) -> Clock | None:
    """The time written at ``at`` of the lowered text ``low``, or None.

    ``beside_day``: a day was just read, so that "9. Dezember, 10.30" has a time.
    """
    lead = _LEAD.search(low, max(0, at - 24), at)
    word = lead["lead"].rstrip(": ").split()[0].rstrip(":") if lead else ""
    first = (
        _point(low, at)
        or (_bare(low, at) if lead or beside_day else None)
        or _range_start(low, at)
        or _listed(low, at)
    )
    if first is None:
        return None
    second = _second(low, first, word)
    if (
        not first.sure
        and not (second and second.sure)
        and not _allowed(low, first, second, word, beside_day)
    ):
        return None
    return _finish(
        low,
        at,
        first,
        second,
        language,
        weak=not (
            first.sure
            or (second and second.sure)
            or (first.dotted and (word in _SURE_LEADS or _BEHIND.match(low, first.end)))
        ),
    )


_BEHIND = re.compile(
    r"\s(?:on|this|next|am|tomorrow|morgen)(?:\s(?:the\s)?(?:mon|tues?|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonntag)|(?!\w))|(?:,|\s(?:und|oder|and|or))\s\d{1,2}[.:]\d\d(?:(?:,|\s(?:und|oder|and|or))\s"
    r"\d{1,2}[.:]\d\d){0,6}\s?(?:uhr|h|[ap]\.?m)(?!\w)"
)
"""What makes a time of "10.15 on Wednesday", and of the first in "13.30, 14.45 und 16.00 Uhr"."""
_SURE_LEADS = ("um", "at", "say")


def _allowed(low: str, first: _Point, second: _Point | None, lead: str, beside_day: bool) -> bool:
    if first.dotted:
        return bool(lead) or beside_day or bool(_BEHIND.match(low, (second or first).end))
    if _NOT_HOURS.match(low, (second or first).end):
        return False
    return (
        lead in ("um", "at", "say", "gegen", "@", "uhrzeit", "zeit", "beginn", "time", "start")
        or (bool(second) and lead in ("von", "zwischen", "from", "between"))
        or (lead in ("ab", "auf") and beside_day)
    )


def _point(low: str, at: int) -> _Point | None:
    """A time that its own writing makes sure."""
    if low[at].isdigit():
        for pattern in (_HALF, _COLON, _HUNDRED, _UHR, _H):
            if found := pattern.match(low, at):
                return _figures(found)
    if found := _NOON.match(low, at):
        return _Point(found.end(), 12 * 60, True, "24")
    if found := _SPOKEN.match(low, at):
        return _spoken(found)
    if found := _WORD_HOUR.match(low, at):
        minute = number_of(found["m"]) or 0 if found["m"] else 0
        return _Point(found.end(), _HOURS[found["h"]] * 60 + minute, True)
    return None


def _figures(found: re.Match[str]) -> _Point:
    groups = found.groupdict()
    hour = int(found["h"])
    minutes = groups.get("m") or groups.get("m2")
    half = groups.get("half")
    if half:
        return _Point(
            found.end(),
            (hour % 12 + (12 if half == "p" else 0)) * 60 + int(minutes or 0),
            True,
            half,
        )
    # 02:30 and 14:30 leave no choice, 2:30 does.
    fixed = "24" if hour >= 12 or found["h"].startswith("0") else None
    return _Point(found.end(), hour * 60 + int(minutes or 0), True, fixed)


def _spoken(found: re.Match[str]) -> _Point | None:
    hour = number_of(found["h"])
    if hour is None or not 1 <= hour <= 24:
        return None
    base = hour * 60
    quarter = found["quarter"] or ""
    if found["off"]:
        off = number_of(found["off"]) or 0
        base += -off if found["sign"] in ("vor", "to") else off
        base += 30 if (found["half"] or "").startswith("half") else -30 if found["half"] else 0
    elif quarter == "viertel":  # "viertel drei" is 2:15 in the east and in Austria
        base -= 45
    elif quarter == "dreiviertel" or quarter.endswith((" vor", " to")):
        base -= 15
    elif quarter:
        base += 15
    elif found["halb"]:
        base -= 30
    else:  # "half past two", "half two"
        base += 30
    return _Point(found.end(), base % (24 * 60), True)


_POINT_AND_MORE = re.compile(r"\.(?=\s?\w)")
_ENDS_HERE = re.compile(r"(?<!\w)(?:um|gegen|at) $")  # "am Samstag um 10. Die Stelle …"


def _bare(low: str, at: int) -> _Point | None:
    if found := _FOUR.match(low, at):
        return _Point(found.end(), int(found["h"]) * 60 + int(found["m"]), False, "24", dotted=True)
    if found := _DOT.match(low, at):
        return _Point(
            found.end(),
            int(found["h"]) * 60 + int(found["m"]),
            False,
            "24" if int(found["h"]) >= 12 else None,
            dotted=True,
        )
    found = _NUMBER.match(low, at)
    if found and (
        not _POINT_AND_MORE.match(low, found.end()) or _ENDS_HERE.search(low, max(0, at - 8), at)
    ):
        return _Point(found.end(), int(found["h"]) * 60, False)
    if found := _BARE_WORD.match(low, at):
        minute = number_of(found["m"]) or 0 if found["m"] else 0
        return _Point(found.end(), _HOURS[found["h"]] * 60 + minute, False)
    return None


def _range_start(low: str, at: int) -> _Point | None:
    """A number that only the end of its range makes a time: "9 - 12 Uhr", "2-3pm"."""
    first = _bare(low, at)
    if first and _RANGE.match(low, first.end):
        return first
    return None


def _listed(low: str, at: int) -> _Point | None:
    """The first of several, or one before its day: "13.30, 14.45 und 16.00 Uhr"."""
    found = _DOT.match(low, at)
    if found is None or not _BEHIND.match(low, found.end()):
        return None
    return _bare(low, at)


def _second(low: str, first: _Point, lead: str) -> _Point | None:
    gap = _RANGE.match(low, first.end) or (
        _AND.match(low, first.end) if lead in ("zwischen", "between") else None
    )
    if not gap or gap.end() >= len(low):
        return None
    sure = _point(low, gap.end())
    if sure:
        return sure
    bare = _bare(low, gap.end())
    if bare is None or _NOT_HOURS.match(low, bare.end):
        return None
    return bare if not low.startswith(".", bare.end) or bare.dotted else None


def _finish(
    low: str,
    at: int,
    first: _Point,
    second: _Point | None,
    language: Language | None,
    *,
    weak: bool,
) -> Clock:
    end = (second or first).end
    part = _PART_AFTER.match(low, end)
    if part:
        end = part.end()
    else:
        part = _PART_BEFORE.search(low, max(0, at - 24), at)
    minute = _of_day(first, part["part"] if part else None, second)
    until = _of_day(second, part["part"] if part else None, None) if second else None
    if until is not None and until <= minute:
        until = until + 12 * 60 if until + 12 * 60 > minute and until < 12 * 60 else None
    if tempus := _TEMPUS.match(low, end):
        end = tempus.end()
        minute += 15 if tempus["tempus"] == "c" else 0
    zone = _ZONE_AFTER.match(low, end)
    if zone and is_zone_word(zone["zone"], language is Language.DE):
        return Clock(
            start=at,
            end=zone.end(),
            minute=minute,
            until=until,
            zone=zone["zone2"] or zone["zone"],
            weak=weak,
        )
    return Clock(start=at, end=end, minute=minute, until=until, weak=weak)


def _of_day(point: _Point, part: str | None, second: _Point | None) -> int:
    """Minutes since midnight. Nobody interviews in the night: an open 1 to 5 is the afternoon."""
    hour = point.minute // 60
    if point.half or hour >= 12:
        return min(point.minute, 24 * 60)
    if part:
        late = part.startswith(("nach", "mittag", "abend", "aftern", "even"))
        return point.minute + 12 * 60 if late else point.minute
    if second and second.half == "p" and hour < 12:  # "2-3pm", but "11-1pm"
        return point.minute + 12 * 60 if point.minute + 12 * 60 < second.minute else point.minute
    return point.minute + 12 * 60 if 1 <= hour <= 5 else point.minute
