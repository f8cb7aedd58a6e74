"""Stated lengths of time: "90 Minuten", "eine knappe Stunde", "an hour and a quarter"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taktvoll.language.phrases.numbers import ARTICLES, CARDINALS
from taktvoll.language.words import lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A stated length. ``minutes`` is None for a range ("45 bis 60 Minuten")."""

    span: tuple[int, int]
    minutes: int | None


_WORDS = {**CARDINALS, **dict.fromkeys((*ARTICLES, "a"), 1), "forty-five": 45, "forty five": 45}
_SHORTEST, _LONGEST = 5, 12 * 60  # minutes of a talk

_PARTS = {
    **dict.fromkeys(("half an", "a half", "eine halbe", "einer halben", "halbe", "halben"), 0.5),
    **dict.fromkeys(("dreiviertel", "eine dreiviertel", "einer dreiviertel"), 0.75),
    **dict.fromkeys(("three quarters of an", "three-quarters of an"), 0.75),
    **dict.fromkeys(("a quarter of an", "eine viertel", "einer viertel", "viertel"), 0.25),
    **dict.fromkeys(("anderthalb", "eineinhalb", "one and a half", "an hour and a half"), 1.5),
    **dict.fromkeys(("zweieinhalb", "two and a half"), 2.5),
    **dict.fromkeys(("dreieinhalb", "three and a half"), 3.5),
}
_AND = {"and a half": 0.5, "and a quarter": 0.25, "and three quarters": 0.75}
_QUALIFIED = r"(?:gute|guten|knappe|knappen|volle|vollen|ganze|good|full|whole|about|roughly)\s"
_COUNT = (
    r"(?:\d{1,3}(?:[.,]\d)?|"
    + "|".join(sorted((re.escape(w) for w in (*_PARTS, *_WORDS)), key=len, reverse=True))
    + ")"
)
_UNIT = (
    r"(?P<unit>minuten|stund(?![^\W\d_])|h(?![^\W\d_])|min(?![^\W\d_])|minutes?|mins(?![^\W\d_])|stunden?|std(?!\w)|hours?|"
    r"hrs?(?!\w)|stündig\w*|minütig\w*)"
)
_DURATION = re.compile(
    rf"(?<![\w.,:/])(?P<count>{_COUNT})(?:\s?(?:-|–|bis|to)\s?(?P<to>{_COUNT}))?[\s\-]?"
    rf"(?:{_QUALIFIED})?{_UNIT}(?:\s(?P<and>{'|'.join(_AND)})(?!\w))?"
)
_STEMS = (
    *("min", "stund", "std", "hour", "hr", "stünd"),
    *("0 h", "1 h", "2 h", "3 h", "5 h", "1h", "2h", "3h", "5h"),
)


def find_durations(text: str) -> list[Duration]:
    """The stated lengths of time in ``text``, between five minutes and half a day."""
    low = lowered(text)
    if not any(stem in low for stem in _STEMS):
        return []
    found = []
    for match in _DURATION.finditer(low):
        minutes = None if match["to"] else _minutes(match)
        if minutes is None or _SHORTEST <= minutes <= _LONGEST:
            found.append(Duration(span=match.span(), minutes=minutes))
    return found


def _minutes(match: re.Match[str]) -> int:
    word = match["count"]
    count = _PARTS.get(word) or _WORDS.get(word)
    if count is None:
        count = float(word.replace(",", "."))
    count += _AND.get(match["and"] or "", 0)
    return round(count * (1 if match["unit"].startswith(("min", "minü")) else 60))
