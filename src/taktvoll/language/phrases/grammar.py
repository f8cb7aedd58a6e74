"""Whole phrases: days with their hours, ranges, and what lies before or after a moment.

A phrase is a day, a part of it and a time in any order ("Tuesday evening at 7", "10 Uhr am
9.12."), a period, a moment from now, or two of these with "to" between. Of all that begin at a
word the longest is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from taktvoll.language.dates import Side
from taktvoll.language.days import resolve
from taktvoll.language.phrases.days import NAMED
from taktvoll.language.phrases.feasts import FEASTS
from taktvoll.language.phrases.figures import (
    MONTH_NAMES,
    WEEKDAY_NAMES,
    dated,
)
from taktvoll.language.phrases.hours import LEADS, time_of_day
from taktvoll.language.phrases.hours import WORDS as HOUR_WORDS
from taktvoll.language.phrases.lengths import PLACES, UNITS, add_months
from taktvoll.language.phrases.numbers import CARDINALS, ORDINALS
from taktvoll.language.phrases.pieces import (
    OPENING,
    SIDES,
    TONIGHT,
    glued_name,
    more_pieces,
    pieces_at,
)
from taktvoll.language.phrases.placing import Phrase, Pieces, date_of, midnight, on_calendar
from taktvoll.language.phrases.spells import NOW, SPELL_TABLES, moment, period
from taktvoll.language.phrases.text import Text, remembered, words

_BY_END = re.compile(r"by\s(?=(?:the\s)?(?:end|close|start|beginning)\s)")


_ON_FROM = re.compile(
    r"\s?(?:an(?!\w)|on(?:wards?)?(?!\w)|or\safter(?!\w)|or\slater(?!\w)|and\slater(?!\w)|oder\sspäter(?!\w))"
)


_OPENERS = ("from", "between", "von", "zwischen", "vom", "ab", "in", "im")


_TO = re.compile(
    r"\s{0,2}(?:-|–|—|‑|,?\s?(?:bis|to|until|till|til|through|thru|up\sto|auf|zum)(?:\szum|\szu|\sum|\seinschließlich|\sam)?(?!\w))\s{0,2}"
)


_AND = re.compile(r"\s{0,2}(?:und|and|-|–|to|bis)(?:\szum|\sdem|\sum)?(?!\w)\s{0,2}|\s?[-–]\s?")


def phrases(t: Text) -> list[Phrase]:
    """Every phrase of the text, in its order; what was read is not read again."""
    found: list[Phrase] = []
    place = 0
    anchors = [(anchor.start(), anchor[0]) for anchor in _ANCHOR.finditer(t.low)]
    told = [word[0].isdigit() or word in _SAYING or bool(glued_name(word)) for _, word in anchors]
    for index, (at, word) in enumerate(anchors):
        # a mere lead, such as "in", begins a phrase where a word that says something is near
        if at < place or not (told[index] or (word in _STARTS and any(told[index : index + 6]))):
            continue
        if word[0].isdigit() and _INSIDE.search(t.low, max(0, at - 2), at):
            continue
        if len(t.memo) > _MOST_REMEMBERED:
            t.memo.clear()
        if (phrase := _phrase(t, at)) and not _wishes(t, phrase):
            found.append(phrase)
            place = phrase.end
    return _shared(t, found)


_MOST_REMEMBERED = 20_000


_OR = re.compile(
    r"[.,]?\s{0,2}(?:\d{1,2}(?:\.|st|nd|rd|th)?[\s,]{1,3}){0,6}"
    r"(?:oder|or|und|and|bzw\.?|beziehungsweise|,|&|/)\s{0,2}(?:(?:am|on|den|the|um|at)\s)?"
)


def _shared(t: Text, found: list[Phrase]) -> list[Phrase]:
    """What the last of a list says for all: "8. oder 9. Dezember", "10am or 2pm on Friday"."""
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        if not _OR.fullmatch(t.low, one.end, other.begin) or one.side or other.side:
            continue
        if one.grain == "time" and other.grain == "minute" and other.day and other.resolved:
            shift = midnight(other.resolved.date) - midnight(one.start.date())
            stop = one.stop + shift if one.stop else None
            found[place] = replace(one, start=one.start + shift, stop=stop, grain="minute")
        if not (one.day and other.day) or one.grain != "day":
            continue
        if one.day.day and not one.day.month and other.day.month and one.stop is None:
            day_ = replace(one.day, month=other.day.month, year=other.day.year)
            if resolved := date_of(t, day_, t.now.date()):
                one = replace(one, day=day_, resolved=resolved, start=midnight(resolved.date))
        if other.grain == "minute" and one.stop is None and "," not in t.low[one.end : other.begin]:
            on = midnight(other.start.date())
            stop = one.start + (other.stop - on) if other.stop else None
            one = replace(one, start=one.start + (other.start - on), stop=stop, grain="minute")
        found[place] = one
    return found


_INSIDE = re.compile(r"\d[.,:]$|\w[/+#\-]$|[$€£]$")
"""Before a figure that only goes on with another: an article number, a price."""


_WISH = re.compile(
    r"(?<!\w)(?:good|gute[nrs]?|schöne[nrs]?|nice|great|lovely|happy|wonderful|frohe[nrs]?|fine|"
    r"angenehme[nrs]?|herr|herrn|frau|mrs?|ms|dr|prof|familie)\.?\s(?:und\s[^\W\d_]+\s)?$"
)


def _wishes(t: Text, phrase: Phrase) -> bool:
    """ "Guten Morgen", "have a great week", "Herr Freitag", "Night Manager": no date at all."""
    if phrase.side is not None:
        return False
    told = t.low[phrase.begin : phrase.end]
    if told in _PART_NOUNS and t.low.strip() != told:
        return True
    return bool(_WISH.search(t.low, max(0, phrase.begin - 24), phrase.begin))


_PART_NOUNS = frozenset(words("morning afternoon evening evenings night lunch dinner am pm früh"))


_ANCHOR = re.compile(r"\d+|@|(?<![^\W\d_])[^\W\d_]+")


def _phrase(t: Text, at: int) -> Phrase | None:
    candidates = [rule(t, at) for rule in (_open_sided, _stretch, _plain)]
    found = [each for each in candidates if each is not None]
    return max(found, key=lambda each: each.end, default=None)


def _plain(t: Text, at: int) -> Phrase | None:
    """One phrase that is no range: pieces, a period, a moment; the longest."""
    options = [_from_period(t, at), _from_moment(t, at)]
    opened = t.word(at) in OPENING
    if pieces := pieces_at(t, t.skip(at + len(t.word(at))) if opened else at, opened=opened):
        options.append(on_calendar(t, at, pieces, t.now.date()))
    found = [each for each in options if each is not None]
    best = max(found, key=lambda each: each.end, default=None)
    if (
        best
        and (on := _ON_FROM.match(t.low, best.end))
        and best.stop is None
        and on[0].strip() != "on"
    ):
        return replace(best, end=on.end(), side=Side.AFTER)
    return best


@remembered
def _from_period(t: Text, at: int, *, led: bool = False) -> Phrase | None:
    found = period(t, at, led=led)
    if found is None:
        return None
    spell, end = found
    if spell.unit == "moment" and spell.start == spell.stop:
        return Phrase(begin=at, end=end, start=spell.start, grain="minute")
    grain = {"calendar week": "week", "month": "month", "moment": "part"}.get(spell.unit, "period")
    return Phrase(begin=at, end=end, start=spell.start, stop=spell.stop, grain=grain)


@remembered
def _from_moment(t: Text, at: int) -> Phrase | None:
    found = moment(t, at)
    return Phrase(begin=at, end=found[1], start=found[0], grain="minute") if found else None


def _stretch(t: Text, at: int) -> Phrase | None:
    """From one phrase to another: "Montag bis Mittwoch", "between 4pm today and 5pm tomorrow"."""
    opener = t.word(at) if t.word(at) in _OPENERS else ""
    begin = t.skip(at + len(opener)) if opener else at
    between = opener in ("between", "zwischen")
    first = _end_of_stretch(t, begin, t.now.date(), opened=bool(opener))
    if first is None or first.side:
        return None
    gap = (_AND if between else _TO).match(t.low, first.end)
    if gap is None or gap.end() >= len(t.low):
        return None
    if first.stop is not None and first.grain in ("minute", "time"):
        return None  # a stretch of hours already
    second = _end_of_stretch(
        t, gap.end(), first.start.date(), opened=True, day_known=first.grain != "time"
    )
    if second and first.grain == "day" and second.grain == "time" and not opener:
        return None  # "am 12.10. bis 12 Uhr" is open at its start
    if second is None:
        return None
    return _joined(
        t, at, first, second, connected=bool(opener) or gap[0].strip() not in ("-", "–", "—", "‑")
    )


@remembered
def _end_of_stretch(
    t: Text, at: int, base: date, *, opened: bool, day_known: bool = False
) -> Phrase | None:
    """One end of a stretch, read from ``base`` on."""
    options = []
    pieces = pieces_at(t, at, opened=False)
    if (trusted := dated(t, at, trusted=True)) and (pieces is None or not pieces.day):
        pieces = more_pieces(t, Pieces(end=trusted[1], day=trusted[0]))
    if pieces:
        options.append(on_calendar(t, at, pieces, base))
    elif (opened or day_known) and (clock := time_of_day(t, at, beside_day=True)):
        options.append(on_calendar(t, at, Pieces(end=clock.end, time=clock), base))
    if found := _from_period(t, at, led=True):
        options.append(found)
    if found := _from_moment(t, at):
        options.append(found)
    known = [each for each in options if each is not None]
    return max(known, key=lambda each: each.end, default=None)


def _joined(t: Text, at: int, first: Phrase, second: Phrase, *, connected: bool) -> Phrase | None:
    start, stop = first.start, second.start
    if second.grain == "time" or (
        second.day is None and second.grain == "minute" and second.zone is None and first.day
    ):
        on = midnight(first.start.date())
        stop = on + (second.start - midnight(second.start.date()))
        if stop <= start:
            stop += (
                timedelta(hours=12)
                if stop + timedelta(hours=12) > start and second.grain == "time"
                else timedelta(days=1)
            )
    elif first.grain == "time" and second.day:
        start = midnight(second.start.date()) + (first.start - midnight(first.start.date()))
        if start >= stop:
            return None
    elif second.grain == "part" and second.stop:
        stop = second.stop
    elif (
        first.day and first.day.year is None and first.day.month and second.day and second.day.year
    ):
        earlier = resolve(replace(first.day, year=second.day.year), t.now.date())
        start = midnight(earlier.date) if earlier and first.grain == "day" else start
    if first.grain == "day" and second.stop and second.grain == "minute":
        hours = second.stop - midnight(second.start.date())  # "Montag bis Mittwoch, 9 bis 12 Uhr"
        start, stop = (
            start + (second.start - midnight(second.start.date())),
            stop + (hours - (second.start - midnight(second.start.date()))),
        )
    if second.grain == "month" and first.grain == "month":
        while stop <= start:
            stop = add_months(stop, 12)
    elif second.grain == "period" and second.stop and first.grain != second.grain:
        stop = second.start
    if stop <= start or (not connected and first.grain == "period"):
        return None
    grain = "minute" if "minute" in (first.grain, second.grain) else first.grain
    return replace(
        first,
        begin=at,
        end=second.end,
        start=start,
        stop=stop,
        grain=grain,
        zone=second.zone or first.zone,
    )


def _open_sided(t: Text, at: int) -> Phrase | None:
    """What lies on one side: "before 11", "ab dem 9.12.", "by the end of this month"."""
    if by := _BY_END.match(t.low, at):
        side, rest = Side.BEFORE, by.end()
    else:
        found = t.phrase(at, SIDES)
        if found is None:
            return None
        side, end = found
        rest = t.skip(end)
        if t.word(at) == "by" and end - at == 2:
            return _by(t, at, rest)
        if t.word(at) in ("from", "von") or not t.low[rest : rest + 1].strip():
            return None
    options = [_from_period(t, rest, led=True), _from_moment(t, rest)]
    if pieces := pieces_at(t, rest):
        # "since Monday" looks back
        back = pieces.day and pieces.day.bare and t.word(at) in ("since", "seit")
        base = t.now.date() - timedelta(days=8 if back else 0)
        options.append(on_calendar(t, rest, pieces, base))
    elif clock := time_of_day(t, rest, beside_day=t.word(at) not in _NO_HOUR_BEHIND):
        options.append(on_calendar(t, rest, Pieces(end=clock.end, time=clock), t.now.date()))
    best = max((each for each in options if each), key=lambda each: each.end, default=None)
    if best is None:
        return None
    if (
        side is Side.AFTER
        and t.word(at) in ("ab", "frühestens")
        and best.stop is not None
        and best.grain == "part"
    ):
        return replace(best, begin=at)
    if best.stop is not None and best.grain in ("minute", "time"):
        return replace(best, begin=at)
    edge = best.stop if best.stop and (_ends(t, rest) or by) and side is Side.BEFORE else best.start
    if side is Side.AFTER and best.stop and t.word(at) in ("after", "nach") and not _ends(t, rest):
        edge = best.stop
    return replace(best, begin=at, start=edge, stop=None, side=side)


_NO_HOUR_BEHIND = frozenset(words("nach von vor since seit"))
"""Behind these a bare number counts something: "vor 3", "nach 5"."""


def _ends(t: Text, at: int) -> bool:
    return bool(re.compile(r"(?:the\s|zum\s|dem\s)?(?:end|ende|close)(?!\w)").match(t.low, at))


def _by(t: Text, at: int, rest: int) -> Phrase | None:
    """ "by 1830", "by Friday": the moment that is named."""
    pieces = pieces_at(t, rest)
    if pieces is None and (clock := time_of_day(t, rest, beside_day=True)):
        pieces = Pieces(end=clock.end, time=clock)
    found = on_calendar(t, rest, pieces, t.now.date()) if pieces else None
    return replace(found, begin=at) if found else None


def _first_words() -> frozenset[str]:
    tables = (
        MONTH_NAMES,
        WEEKDAY_NAMES,
        PLACES,
        UNITS,
        FEASTS,
        NAMED,
        NOW,
        SIDES,
    )
    heads = {head for table in tables for head in table.reach}
    heads |= {head for table in (*HOUR_WORDS, *SPELL_TABLES) for head in table.reach}
    heads |= set(CARDINALS) | set(ORDINALS) | set(LEADS) | set(_OPENERS) | set(TONIGHT)
    heads |= {
        "in",
        "vor",
        "kw",
        "q",
        "kalenderwoche",
        "week",
        "calendar",
        "w",
        "the",
        "der",
        "am",
        "on",
        "year",
    }
    return frozenset(
        heads | {"den", "dem", "an", "by", "business", "half", "couple", "few", "für", "for"}
    )


_STARTS = _first_words()


_LEADING = frozenset(
    words(
        "in im am an on at the der die das den dem des von vom zwischen between from ab bis vor "
        "nach um by for für auf zum zu a ein eine einer einem einen as no not up in and und "
        "this gegen before after until till since seit starting about around over ca etwa"
    )
)
_SAYING = (_STARTS - _LEADING) | {"uhr", "moment"}
