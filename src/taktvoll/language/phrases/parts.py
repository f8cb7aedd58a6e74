"""Parts of the day: "am frühen Abend", "Tuesday morning", "lunchtime".

Their bounds are conventions that nobody keeps; they say what to look at.
"""

from __future__ import annotations

from dataclasses import dataclass

from taktvoll.language.phrases.text import Table, Text, remembered, words
from taktvoll.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the day, from minute ``start`` to minute ``stop``; ``night``: after midnight."""

    end: int
    start: int
    stop: int


NAMED_PARTS: Table[tuple[int, int]] = Table(
    dict.fromkeys(("morning", "mornings", "morgen", "morgens", "morgends", "am"), (8, 12)),
    dict.fromkeys(("vormittag", "vormittags", "vormittagszeit", "forenoon", "daytime"), (8, 12)),
    dict.fromkeys(("früh", "frueh", "in der früh", "morgenstunden"), (8, 12)),
    dict.fromkeys(("frühmorgens", "früh morgens", "morgens früh", "morgen früh"), (8, 10)),
    dict.fromkeys(("mittag", "mittags", "mittagszeit"), (12, 14)),
    dict.fromkeys(("lunch", "lunchtime", "lunch time"), (11, 13)),
    dict.fromkeys(("afternoon", "afternoons", "nachmittag", "nachmittags", "pm"), (12, 16)),
    dict.fromkeys(("spätnachmittag", "spätnachmittags"), (14, 16)),
    dict.fromkeys(("evening", "evenings", "dinner", "dinnertime"), (16, 20)),
    dict.fromkeys(("abend", "abends"), (18, 24)),
    dict.fromkeys(("spätabend", "spätabends"), (21, 24)),
    dict.fromkeys(("night", "nights", "nacht", "nachts"), (20, 24)),
    dict.fromkeys(("business hours", "business hour", "geschäftszeiten", "bürozeiten"), (8, 18)),
)


PART_SHADES: Table[str] = Table(
    dict.fromkeys(
        ("early", "early in the", "earlier in the", "frühen", "früher", "frühe"), "early"
    ),
    dict.fromkeys(("früh am", "zeitig am", "am frühen", "frühem"), "early"),
    dict.fromkeys(("late", "late in the", "later in the", "späten", "später", "spät"), "late"),
    dict.fromkeys(("spät am", "am späten", "spätem"), "late"),
)


PART_LEADS = frozenset(words("am in the der den im an at diesen diesem"))


NOON = 12 * 60


@remembered
def part_of_day(t: Text, at: int) -> Part | None:
    """ "morning", "am späten Nachmittag", "early in the evening"; what only shades it is kept."""
    begin = (
        at if t.word(at) in ("am", "pm") and _is_half_day(t, at, at) else t.without(at, PART_LEADS)
    )
    shade = t.phrase(begin, PART_SHADES)
    word_at = t.skip(shade[1]) if shade else begin
    if t.low[word_at : word_at + 1] == "-":
        word_at += 1
    found = t.phrase(word_at, NAMED_PARTS)
    if not found or (t.word(word_at) in ("am", "pm") and not _is_half_day(t, word_at, at)):
        return None
    (first, last), end = found
    start, stop = first * 60, last * 60
    if shade and shade[0] == "early":
        stop = (start + stop) // 2
    elif shade:
        start = (start + stop) // 2
    return Part(end=end, start=start, stop=stop)


def _is_half_day(t: Text, word_at: int, at: int) -> bool:
    """ "Feb 5 AM": beside a day, in capitals or at the end; never the German "am"."""
    return (
        word_at == at
        and t.language is not Language.DE
        and t.cased[word_at].isupper()
        | (t.word(word_at) == "pm" or not t.word(t.skip(word_at + 2)))
    )


def in_part(minute: int, part: Part) -> int:
    """An open hour read in that part of the day: "um drei" in the afternoon is 15:00."""
    if part.start >= NOON and minute < NOON:
        return minute if part.start >= 20 * 60 and minute < 5 * 60 else minute + NOON
    if part.start >= 16 * 60 and minute // 60 == 12:
        return minute + NOON  # "12 Uhr abends" is midnight
    return minute
