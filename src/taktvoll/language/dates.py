"""Dates and times in German and English prose, as appointments are written.

:func:`find_dates` looks only where a digit or a word of time stands, joins days with their times,
and gives each an aware moment. It knows no roles: which date is the interview is for ``read``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from taktvoll.language import clock as clocks
from taktvoll.language import days as written_days
from taktvoll.language.clock import Clock, clock_at
from taktvoll.language.days import Day, days_at, resolve
from taktvoll.language.places import stated_zone
from taktvoll.language.words import any_of, language_of, lowered
from taktvoll.model import Country, Language


class Precision(StrEnum):
    """How exactly a moment is written."""

    MONTH = "month"
    PERIOD = "period"  # a weekend, next week, the next three days: no one day
    WEEK = "week"  # KW 50
    DAY = "day"
    PART = "part"  # a part of a day: "Tuesday evening"
    MINUTE = "minute"
    TIME = "time"  # a time without a day: the day is the reference's, and not to be relied on


class Side(StrEnum):
    """Which side of its moment an open phrase means: "until Friday", "after 2pm"."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One date or time in a text.

    ``span`` covers all of it, ``day_span`` and ``clock_span`` its two halves. ``start`` and
    ``end`` are aware, in the zone of the reference or the one ``zone`` names where the text
    states one. ``has_year``: written, or left open by nothing (a weekday that fits, "morgen").
    """

    span: tuple[int, int]
    start: datetime
    end: datetime | None = None
    precision: Precision
    has_year: bool = True
    has_weekday: bool = False
    weekday_conflict: bool = False
    ambiguous: bool = False
    relative: bool = False
    side: Side | None = None  # start is where what is meant ends, or begins
    zone: str | None = None  # IANA, or UTC±HH:MM
    day_span: tuple[int, int] | None = None
    clock_span: tuple[int, int] | None = None


_ANCHOR = re.compile(
    r"(?<![\w.+/@#=%&?])(?<!\d-)(?:\d|"
    + any_of(written_days.ANCHORS | clocks.ANCHORS)
    + r"(?=vormittag|nachmittag|mittag|abend|morgen|s?(?![^\W\d_])))"
)

_DIGITS = re.compile(r"\d+")
_STEMS = (
    *("ontag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "heut"),
    *("morgen", "today", "tomorrow", " uhr", "o'clock", "noon", "midday", "halb ", "viertel "),
    *("half past", "quarter ", "woche", "week", " tagen", " days", "ten ", " oder ", " or "),
)

# What looks like a date or a time and is none. The filler is neither a letter nor a space.
_FILLER = "\ue000"
_MASKS = tuple(
    (frozenset(stems.split()), pattern)
    for stems, pattern in (
        (
            "http www. @",
            r"https?://[^\s<>\"]+|www\.[^\s<>\"]+|"
            r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}",
        ),
        ("+ 00", r"(?<!\w)(?:\+|00)\d[\d ()/.\-\u2013]{6,24}"),
        (
            "01 02 03 04 05 06 07 08 09",
            r"(?<![\w/.\-])(?!0\d[0-5]\d\s?[\-\u2013]\s?(?:[01]\d|2[0-4])[0-5]\d(?![\d ]\d))"
            r"\(?0\d{2,5}\)?[ /\-\u2013]{1,3}\d{2}[\d /\-\u2013]{2,18}",
        ),
        (
            "tel phone fon mobil handy fax durchwahl dw call dial",
            r"(?<!\w)(?:tel|telefon|phone|fon|mobil|mobile|handy|fax|telefax|durchwahl|dw|call|"
            r"dial)[.:]{0,2} {0,3}(?:[+(0]|\d{3})[\d ()/.\-\u2013]{5,24}",
        ),
        (
            "id code wort pin iban bic hr nr fn steuer",
            r"(?<!\w)(?:meeting[- ]?id|konferenz-?id|conference id|kenncode|kennwort|passcode|"
            r"pin|code|iban|bic|ust-?id(?:-?nr)?|hr[ab]|steuernummer|st\.-?nr|fn|uid|"
            r"id)[.:]{0,2} {0,3}[a-z]{0,4}\d[\w ./\-]{2,30}",
        ),
        (
            "§ art abs din iso en ver release kapitel ziff raum room zi etage gate eg og haus geb "
            "building suite tor aufgang saal floor level",
            r"(?<!\w)(?:§{1,2}|art\.|artikel|abs\.|din|iso|en|version|ver\.|release|kapitel|"
            r"ziffer|raum|room|zimmer|zi\.|etage|gate|eg|og|haus|gebäude|building|suite|tor|"
            r"aufgang|hörsaal|saal|floor|level) {0,2}[a-z]{0,2}[ .\-]?\d[\d.\-/:]{0,12}",
        ),
        (
            "kenn refer ref. ref: az zeichen gz job stelle req ausschr bewerber vacancy chiffre",
            r"(?<!\w)(?:kennziffer|kennz\.|referenz(?:nummer|-nr\.?)?|ref\.?(?:-?nr\.?)?|"
            r"reference(?: number)?|az\.?|aktenzeichen|gz\.?|geschäftszeichen|job-?(?:id|nummer|"
            r"nr\.?)|stellen-?(?:id|nummer|nr\.?)|requisition(?: id)?|req\.?|"
            r"ausschreibung(?:snummer)?|bewerber-?(?:nr|nummer|id)\.?|vacancy(?: id)?|"
            r"chiffre)[ .:#]{1,3}(?=[a-z0-9])[a-z./_\-]{0,20}\d[\w./\-]{0,40}",
        ),
        (
            "€ eur chf usd £ $ % prozent km m² mb kg",
            r"(?<![\d.,])\d[\d.,]{0,12}[ \u00a0]?(?:€|eur(?!\w)|euro(?!\w)|chf(?!\w)|usd(?!\w)|"
            r"£|\$|%|prozent|km(?!\w)|m²|mb(?!\w)|kg(?!\w))|[€£$]\s?\d[\d.,]{0,12}",
        ),
        ("24/7 9-5 50/50", r"(?<!\w)(?:24/7|9-5|50/50)(?!\w)"),
    )
)
"""What to look for before the pattern is tried at all, and the pattern."""

_ISO_T = re.compile(r"(\d{4}-\d\d-\d\d)t(?=\d\d:)")

# What may stand between a day and its time, and between a time and its day.
_DAY_TO_CLOCK = re.compile(
    r"(?:[\s,;:|()\[\]\-–—*•·>.]|(?:um|ca|circa|etwa|at|von|ab|gegen|from|uhrzeit|zeit|"
    r"time|beginn|start|when|um|in der zeit|zwischen|between|"
    r"jeweils|each|und zwar|wann|dann|auf|morgens|vormittags?|nachmittags?|mittags|"
    r"abends?|früh|morning|afternoon|evening|in the|am|"
    r"einfach|gleich|doch|starting|beginning|a\.m|exactly|genau|morgen|pünktlich|schon|bereits|uhr|say|so|['’]s)(?![^\W\d_])){0,40}"
)
_CLOCK_TO_DAY = re.compile(
    r"[\s,;(|\-–—]{0,4}(?:(?:am|on|the|den|dem|des|diesen|datum:?|date:?|tag:?|day:?|"
    r"uhr)[\s,:]{1,3}){0,3}"
)
_ALSO_CLOCK = re.compile(
    r"[\s,;)]{0,3}(?:oder(?: alternativ)?|und|or|and|sowie|/|,|;|bzw\.|alternativ|"
    r"alternatively|beziehungsweise)?[\s,:]{0,3}(?:(?:um|at|von|ab|gegen|from|auch|erneut|"
    r"wieder)\s(?:ca\.\s)?)?"
)
_RANGE_OF_DAYS = re.compile(
    r"\s{0,2}(?:,?\s?(?:bis|to|until|through)(?:\s(?:zum|einschließlich))?|-|–|"
    r"—)\s{0,2}(?:(?:den|dem|the)\s)?"
)
_EACH = re.compile(r"\s(?:jeweils|je|each|both|beide)\s")
_LABELLED_CLOCK = re.compile(
    r"(?:^|[\n|])[\s*•·\-]{0,4}(?:uhrzeit|zeit|beginn|start|startzeit|time|"
    r"start time)[ \t]{0,3}[:|]?[\s|]{0,12}(?:um\s|von\s|ab\s|ca\.\s)?$"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n")


def find_dates(
    text: str, *, now: datetime, country: Country | None = None, language: Language | None = None
) -> list[Mention]:
    """All dates and times in ``text``, in its order. Linear in the length of ``text``.

    ``now`` (aware) is when the text was written; its zone is the one the times are in unless the
    text states another. ``country`` decides what 09/12/2026 means.
    """
    language = language or language_of(text)
    low, regions = prepared(lowered(text))
    elements = _join(low, list(_scan(low, text, regions, country, language)))
    elements = _referred(elements)
    mentions = (_mention(day, clock, until, now, country) for day, clock, until in elements)
    found = [mention for mention in mentions if mention is not None]
    return sorted(found, key=lambda mention: mention.span)


def prepared(low: str) -> tuple[str, list[tuple[int, int]]]:
    """``low`` with what is no date blotted out, and the stretches of lines worth a look.

    Most lines of a mail name no time. They are passed over before any grammar sees them.
    """
    hits = [found.start() for found in _DIGITS.finditer(low)]
    for stem in _STEMS:
        at = low.find(stem)
        while at >= 0:
            hits.append(at)
            at = low.find(stem, at + len(stem))
    regions: list[tuple[int, int]] = []
    for hit in sorted(hits):
        if regions and hit < regions[-1][1]:
            continue
        end = low.find("\n", hit)
        regions.append((low.rfind("\n", 0, hit) + 1, len(low) if end < 0 else end))
    pieces, last = [], 0
    for start, end in regions:
        pieces += [low[last:start], _masked(low[start:end])]
        last = end
    return "".join([*pieces, low[last:]]), regions


def _masked(line: str) -> str:
    for stems, pattern in _MASKS:
        if any(stem in line for stem in stems):
            line = _mask(pattern).sub(lambda found: _FILLER * len(found[0]), line)
    return _ISO_T.sub(r"\1 ", line)


@cache
def _mask(pattern: str) -> re.Pattern[str]:
    """Compiled where a line first asks for it: most mails need few of them."""
    return re.compile(pattern)


def _scan(
    low: str,
    text: str,
    regions: list[tuple[int, int]],
    country: Country | None,
    language: Language | None,
) -> Iterator[Day | Clock]:
    """Days and times in the order of the text; what was read is not read again."""
    position = 0
    last: Day | None = None
    for start, end in regions:
        position = max(position, start)
        while anchor := _ANCHOR.search(low, position, end):
            at = anchor.start()
            beside = (
                last is not None
                and at - last.end <= 60
                and bool(_DAY_TO_CLOCK.fullmatch(low, last.end, at))
            )
            clock = clock_at(low, at, language, beside_day=beside)
            days = [] if clock and not clock.weak else days_at(low, text, at, country, language)
            if days:
                yield from days
                last = days[-1]
                position = max(last.end, at + 1)
            elif clock:
                yield clock
                position = clock.end
            else:
                position = _past_word(low, at)


def _past_word(low: str, at: int) -> int:
    if low[at].isdigit():
        while at < len(low) and low[at].isdigit():
            at += 1
        return at
    return at + 1


_RANGE_BEHIND = 120  # characters
_Joined = tuple[Day | None, Clock | None, Day | None]


def _join(low: str, elements: list[Day | Clock]) -> list[_Joined]:
    """Each day with its times: (day, time, last day of a range)."""
    joined: list[_Joined] = []
    index = 0
    open_days: list[int] = []  # places in ``joined`` of days still without a time
    while index < len(elements):
        element = elements[index]
        following = elements[index + 1] if index + 1 < len(elements) else None
        if isinstance(element, Day):
            if (
                isinstance(following, Day)
                and _RANGE_OF_DAYS.fullmatch(low, element.end, following.start)
                and element.week is None
            ):
                joined.append((element, None, following))
                open_days.append(len(joined) - 1)
                index += 2
                continue
            joined.append((element, None, None))
            open_days.append(len(joined) - 1)
            index += 1
            continue
        _place_clock(low, element, following, joined, open_days)
        if (
            joined
            and joined[-1][1] is element
            and joined[-1][0] is following
            and following is not None
        ):
            index += 1
        index += 1
    return joined


def _place_clock(
    low: str,
    clock: Clock,
    following: Day | Clock | None,
    joined: list[_Joined],
    open_days: list[int],
) -> None:
    """Give ``clock`` to the day it belongs to, or leave it alone in ``joined``."""
    previous = joined[-1] if joined else None
    day, before, until = previous if previous else (None, None, None)
    gap = low[_end(previous) : clock.start] if previous else ""
    if (
        previous
        and day
        and before is None
        and (len(gap) <= 90 and (_DAY_TO_CLOCK.fullmatch(gap) or _EACH.search(gap)))
    ):
        joined[-1] = (day, clock, until)
        _spread(joined, open_days, clock, low)
        return
    also = previous and day and before and len(gap) <= 40 and _ALSO_CLOCK.fullmatch(gap)
    if (
        isinstance(following, Day)
        and following.start >= clock.end
        and _CLOCK_TO_DAY.fullmatch(low, clock.end, following.start)
        and not (also and gap.strip() and "\n" in low[clock.end : following.start])
    ):
        joined.append((following, clock, None))
        open_days.clear()
        return
    if also:
        joined.append((day, clock, None))
        return
    if (
        previous
        and day
        and before is None
        and not clock.weak
        and len(gap) <= 140
        and not _SENTENCE_END.search(gap.replace("z.b. ", ""))
    ):
        joined[-1] = (day, clock, until)
        open_days.clear()
        return
    if _LABELLED_CLOCK.search(low, max(0, clock.start - 40), clock.start):
        for place in reversed(open_days):
            other, has, until = joined[place]
            if other and has is None and clock.start - other.end <= 300:
                joined[place] = (other, clock, until)
                open_days.clear()
                return
        if (
            isinstance(following, Day)
            and following.start - clock.end <= 60
            and not _SENTENCE_END.search(low, clock.end, following.start)
        ):
            joined.append((following, clock, None))
            return
    # "am Samstag? Von 8 bis 12, dann …": a range behind a day that has no time
    ranges = clock.until is not None and bool(previous and day and before is None)
    if not clock.weak or (ranges and len(gap) <= _RANGE_BEHIND):
        joined.append((None, clock, None))


def _spread(joined: list[_Joined], open_days: list[int], clock: Clock, low: str) -> None:
    """ "am 8. oder 9. Dezember jeweils um 10 Uhr": the earlier days get the time too."""
    last = joined[-1][0]
    together = last is not None and bool(_EACH.search(low, last.end, clock.start))
    for place in reversed(open_days[:-1]):
        day, has, until = joined[place]
        if not day or has is not None or not last:
            break
        next_day = joined[place + 1][0]
        gap = low[day.end : next_day.start] if next_day else ""
        if not together and not re.fullmatch(
            r"[\s,]{0,3}(?:oder|or|,)?[\s,]{0,3}(?:am |on |den |the )?", gap
        ):
            break
        joined[place] = (day, clock, until)
    open_days.clear()


def _referred(joined: list[_Joined]) -> list[_Joined]:
    """ "Monday, 14 December … at 8:30 on Monday": a bare weekday means the date named before."""
    dated: dict[int, Day] = {}
    referred = []
    for day, clock, until in joined:
        if day and day.weekday is not None and day.day and day.month:
            dated[day.weekday] = day
        elif day and day.bare and day.weekday in dated:
            known = dated[day.weekday]
            day = replace(known, start=day.start, end=day.end)
        referred.append((day, clock, until))
    return referred


def _end(joined: _Joined | None) -> int:
    if joined is None:
        return 0
    return max(part.end for part in joined if part is not None)


def _mention(
    day: Day | None, clock: Clock | None, until: Day | None, now: datetime, country: Country | None
) -> Mention | None:
    spans = [(part.start, part.end) for part in (day, clock, until) if part]
    span = (min(start for start, _ in spans), max(end for _, end in spans))
    zone = stated_zone(clock.zone, country) if clock and clock.zone else None
    info = zone_info(zone) if zone else now.tzinfo
    assert info is not None
    local_now = now.astimezone(info)
    if day is None:
        assert clock is not None
        start, end = _moments(local_now, clock, info)
        return Mention(
            span=span,
            start=start,
            end=end,
            precision=Precision.TIME,
            has_year=False,
            zone=zone,
            clock_span=span,
        )
    resolved = resolve(day, local_now.date())
    if resolved is None:
        return None
    on = datetime.combine(resolved.date, time(), info)
    mention = Mention(
        span=span,
        start=on,
        precision=Precision.WEEK if day.week is not None and day.weekday is None else Precision.DAY,
        has_year=day.year is not None or resolved.settled,
        has_weekday=day.weekday is not None,
        weekday_conflict=resolved.weekday_conflict,
        ambiguous=resolved.ambiguous,
        relative=day.day is None,
        zone=zone,
        day_span=(day.start, day.end),
    )
    last = resolve(until, resolved.date) if until else None
    if last and last.date > resolved.date:
        mention = replace(mention, end=datetime.combine(last.date, time(), info))
    if clock is None:
        return mention
    start, end = _moments(on, clock, info)
    return replace(
        mention,
        start=start,
        end=end,
        precision=Precision.MINUTE,
        clock_span=(clock.start, clock.end),
    )


def _moments(day: datetime, clock: Clock, info: tzinfo) -> tuple[datetime, datetime | None]:
    """The wall clock on that day: aware arithmetic in one zone keeps the wall clock."""
    midnight = datetime.combine(day.date(), time(), info)
    start = midnight + timedelta(minutes=clock.minute)
    return start, midnight + timedelta(minutes=clock.until) if clock.until is not None else None


def zone_info(name: str) -> tzinfo:
    """The zone ``name``: IANA, or ``UTC±HH:MM``."""
    if found := re.fullmatch(r"UTC([+-])(\d\d):(\d\d)", name):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)
    return ZoneInfo(name)
