"""The appointment that a letter speaks of, chosen from its dates by their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise

from taktvoll.language.dates import Mention, Precision
from taktvoll.language.durations import Duration, find_durations
from taktvoll.language.words import lowered
from taktvoll.model import Kind
from taktvoll.read.joining import joined
from taktvoll.read.programme import programme_after
from taktvoll.read.roles import Dated, Role, offers_choice, roles_of, with_slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What the prose says of the appointment. ``end`` is stated, or start plus a duration.

    ``rivalled``: another day with its hour was nearly as good for the start.
    """

    start: Mention | None = None
    end: datetime | None = None
    end_span: tuple[int, int] | None = None
    slots: tuple[Mention, ...] = ()
    reply_by: Mention | None = None
    rivalled: bool = False


_SAME_SENTENCE = 90  # characters
_NEXT_SENTENCE = 160
_AT_ONCE = 50
_HAS_HOUR = 4  # what a day weighs more with its hour
_SENTENCE_END = re.compile(r"[.!?]\s")
_COLUMN = re.compile(r"(?: uhr)?(?:[ \t]{2,}|[ \t]*[|\t][ \t]*)", re.IGNORECASE)
_ABOUT_LENGTH = re.compile(
    r"dauer|plan|zeit|etwa|ca\.|circa|für|gespräch|interview|call|minute|about|approximately|"
    r"last|take|allow|chat|rechn|einplan|meet|termin|rund|los|reicht|brauch|bräucht|mitbring|telefonier|sprech|reden|vorgesehen|anberaumt"
)
_LESS_THAN = re.compile(
    r"(?<!\w)(?:keine?|knappe?n?|knapp eine|höchstens|maximal|max\.?|more than|less than|at most|"
    r"up to|"
    r"bis zu|redezeit(?:(?: beträgt)|:)?|vortrag:?|class for|lesson for|teach \w+ for)\s(?:eine |"
    r"an? )?$"
)
"""A length that is a bound, or that of a part."""
_MOST_LENGTH = re.compile(r",? ?(?:max|tops|at most|höchstens|maximal)(?!\w)")
_IN_A_TEST = re.compile(
    r"(?:online-?test|online test|aptitude test|präsentation|vortrag)[^.!?]{0,60}\($"
)
_NO_LENGTH = re.compile(
    r"lesson|unterricht|(?<!\w)vor(?!\w)|before|früher|earlier|advance|alle|every|pro|per|fußweg|entfernt|walk|away|drive|fahrt|"
    r"vorher|später|early|eher|late|talk|presentation|vortrag|präsentation|introduction|exercise|task|test|übung|"
    r"aufgabe|tour|rundgang|pause|break"
)


def appointment_of(text: str, mentions: list[Mention], *, now: datetime, kind: Kind) -> Appointment:
    """The appointment that ``text`` speaks of, from its dates."""
    judged = roles_of(text, joined(text, mentions), now=now, kind=kind)
    dated = with_slots(text, [_with_hour(text, each, judged) for each in judged])
    deadlines = [d for d in dated if d.role is Role.REPLY_BY]
    deadline = max(deadlines, key=lambda d: (d.weight, -d.mention.span[0]), default=None)
    reply_by = _ahead_of_it(text, deadline.mention, judged, now) if deadline else None
    slots = tuple(d.mention for d in dated if d.role is Role.SLOT)
    slots = _at_one_hour(_paired(text, slots), dated)
    wanted = [d for d in dated if d.role is Role.INTERVIEW]
    if kind is Kind.CANCELLATION:
        wanted += [d for d in dated if d.role is Role.OLD]
    if not slots and (hours := _hours_to_choose(text, wanted, dated)):
        slots = hours
    if len(slots) > 1:
        return Appointment(slots=_with_length(text, _unique(slots)), reply_by=reply_by)
    best = max(
        (d for d in wanted if not _said_again(d, wanted)),
        key=lambda d: (d.weight, -d.mention.span[0]),
        default=None,
    )
    if best is None:
        return Appointment(reply_by=reply_by)
    rivalled = any(_rivals(d, best, now) for d in wanted)
    start = _early(_on_spoken_day(best.mention, judged, now=now, kind=kind), dated)
    if programme := _programme(text, start):
        start = programme
    if start.end is not None or start.precision is not Precision.MINUTE:
        return Appointment(start=start, end=start.end, reply_by=reply_by, rivalled=rivalled)
    end, end_span = _end(text, start, dated)
    return Appointment(
        start=start, end=end, end_span=end_span, reply_by=reply_by, rivalled=rivalled
    )


def _rivals(other: Dated, best: Dated, now: datetime) -> bool:
    """Whether ``other`` is another day ahead, with an hour, and nearly as sure as ``best``."""
    return (
        best.mention.precision is other.mention.precision is Precision.MINUTE
        and other.mention.start > now
        and other.mention.start.date() != best.mention.start.date()
        and other.weight >= best.weight - _NEARLY
    )


_NEARLY = 2  # in weight


def _ahead_of_it(text: str, deadline: Mention, others: list[Dated], now: datetime) -> Mention:
    """ "by Friday" beside an offered Friday means the coming one, not the one that is offered."""
    named_by_weekday = not any(map(str.isdigit, text[slice(*deadline.span)]))
    if not (named_by_weekday and deadline.precision is Precision.DAY):
        return deadline
    offered = {d.mention.start.date() for d in others if d.mention is not deadline}
    days = (deadline.start.date() - now.astimezone(deadline.start.tzinfo).date()).days
    if days < 7 or deadline.start.date() not in offered:
        return deadline
    return replace(deadline, start=deadline.start - timedelta(days=days - days % 7))


def _said_again(dated: Dated, others: list[Dated]) -> bool:
    """Whether a weekday is followed by its date: "den Donnerstag derselben Woche, also 4.2."."""
    return dated.mention.relative and any(
        not other.mention.relative
        and other.mention.day_span is not None
        and 0 <= other.mention.span[0] - dated.mention.span[1] <= _SAME_SENTENCE
        for other in others
    )


def _early(start: Mention, dated: list[Dated]) -> Mention:
    """An open "um 5 Uhr" is in the morning where it is over at eleven."""
    morning = start.start - timedelta(hours=12)
    ends = [d.mention.start.time() for d in dated if d.role is Role.END]
    if start.precision is not Precision.MINUTE or start.start.hour < 13 or not ends:
        return start
    over = min(ends)
    if not morning.time() < over < start.start.time():
        return start
    return replace(start, start=morning, end=None)


def _at_one_hour(slots: tuple[Mention, ...], dated: list[Dated]) -> tuple[Mention, ...]:
    """Days to choose from, at the one hour named: "7:45 a.m. on either Thursday or Friday"."""
    hours = [
        d.mention
        for d in dated
        if d.mention.precision is Precision.TIME and d.role is Role.INTERVIEW
    ]
    if len(slots) < 2 or len(hours) != 1 or any(s.precision is not Precision.DAY for s in slots):
        return slots
    hour = hours[0]
    if hour.end or abs(hour.span[0] - slots[0].span[0]) > _SAME_SENTENCE:
        return slots
    return tuple(
        replace(
            slot,
            start=datetime.combine(slot.start.date(), hour.start.timetz()),
            precision=Precision.MINUTE,
        )
        for slot in slots
    )


def _hours_to_choose(text: str, wanted: list[Dated], dated: list[Dated]) -> tuple[Mention, ...]:
    """One day, and behind it hours of which the reader takes one: "frei sind 13.30 und 16 Uhr"."""
    days = [d.mention for d in wanted if d.mention.precision is Precision.DAY]
    hours = [
        d.mention
        for d in dated
        if d.mention.precision is Precision.TIME and d.role is Role.INTERVIEW
    ]
    if len(days) != 1 or len(hours) < 2 or any(h.span[0] < days[0].span[1] for h in hours):
        return ()
    gaps = [text[a.span[1] : b.span[0]] for a, b in pairwise(hours)]
    if hours[0].span[0] - days[0].span[1] > _NEXT_SENTENCE or not all(map(_OR.fullmatch, gaps)):
        return ()
    if not offers_choice(text, days[0].span[0], hours[-1].span[1]) and "oder" not in "".join(gaps):
        return ()
    return tuple(
        replace(
            hour,
            start=datetime.combine(days[0].start.date(), hour.start.timetz()),
            end=None,
            precision=Precision.MINUTE,
            has_year=days[0].has_year,
            day_span=days[0].day_span,
        )
        for hour in hours
    )


_OR = re.compile(r"\s?(?:,|oder|or|und|and|/)?\s?(?:um |at )?", re.IGNORECASE)


def _on_spoken_day(hour: Mention, judged: list[Dated], *, now: datetime, kind: Kind) -> Mention:
    """An hour alone, on the "tomorrow" or "a week from tomorrow" of another sentence.

    Of an appointment that is called off, "today" is a day as well.
    """
    if hour.precision is not Precision.TIME:
        return hour
    today = now.astimezone(hour.start.tzinfo).date()
    first = today if kind is Kind.CANCELLATION else today + timedelta(days=1)
    days = [
        d.mention
        for d in judged
        if d.mention.relative and d.mention.precision is Precision.DAY
        if not d.mention.has_weekday and d.mention.start.date() >= first
    ]
    if not days:
        return hour
    day = min(days, key=lambda day: abs(day.span[0] - hour.span[0]))
    start = datetime.combine(day.start.date(), hour.start.timetz())
    end = hour.end + (start - hour.start) if hour.end else None
    return replace(
        hour, start=start, end=end, precision=Precision.MINUTE, has_year=True, relative=True
    )


def _programme(text: str, day: Mention) -> Mention | None:
    """The ``day`` with the hours of its programme, from the first line to the last; None where no
    programme follows, or where its hours are for choice."""
    if day.precision is Precision.TIME or day.day_span is None:
        return None
    found = programme_after(text, day.day_span[1])
    if found is None or offers_choice(text, day.span[0], found.last[1]):
        return None
    midnight = datetime.combine(day.start.date(), time(), day.start.tzinfo)
    start = midnight + timedelta(minutes=found.start)
    if day.precision is Precision.MINUTE and day.start != start:
        return None
    end = midnight + timedelta(minutes=found.end) if found.end else day.end
    return replace(day, start=start, end=end, precision=Precision.MINUTE)


def _with_hour(text: str, dated: Dated, others: list[Dated]) -> Dated:
    """A day with the one hour that its sentence names apart: "your 2:15 PM interview on Monday"."""
    day = dated.mention
    if day.precision is not Precision.DAY or dated.role not in (Role.INTERVIEW, Role.OLD):
        return dated
    hours = [
        d.mention
        for d in others
        if d.mention.precision is Precision.TIME and d.role in (Role.INTERVIEW, Role.OLD)
    ]
    beside = [hour for hour in hours if _in_one_sentence(text, day, hour)]
    if len(beside) != 1:
        following = [h for h in hours if 0 <= h.span[0] - day.span[1] <= _NEXT_SENTENCE]
        at_once = [h for h in following if h.span[0] - day.span[1] <= _AT_ONCE]
        beside = following if len(hours) == 1 else at_once[:1]
    if not beside:
        return dated
    hour = beside[0]
    start = datetime.combine(day.start.date(), hour.start.timetz())
    end = hour.end + (start - hour.start) if hour.end else None
    known = replace(
        day, start=start, end=end, precision=Precision.MINUTE, zone=hour.zone or day.zone
    )
    return replace(dated, mention=known, weight=dated.weight + _HAS_HOUR)


def _in_one_sentence(text: str, day: Mention, hour: Mention) -> bool:
    between = text[min(hour.span[1], day.span[1]) : max(hour.span[0], day.span[0])]
    return abs(hour.span[0] - day.span[0]) <= _SAME_SENTENCE and not re.search(r"[.!?]\s", between)


def _end(
    text: str, start: Mention, dated: list[Dated]
) -> tuple[datetime | None, tuple[int, int] | None]:
    """When it is over, from a stated hour or a stated length, and where that stands."""
    for d in dated:
        end = datetime.combine(start.start.date(), d.mention.start.timetz())
        if d.role is Role.END and timedelta() < end - start.start < timedelta(hours=10):
            return end, d.mention.span
    length = _duration(text)
    if length is None or length.minutes is None:
        return None, None
    return start.start + timedelta(minutes=length.minutes), length.span


def _paired(text: str, slots: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Slots with the end that a table gives each in its next column: "25.01.  09:00  09:45"."""
    kept: list[Mention] = []
    for slot in slots:
        last = kept[-1] if kept else None
        gap = text[last.span[1] : slot.clock_span[0]] if last and slot.clock_span else "?"
        if last and last.end is None and _COLUMN.fullmatch(gap) and last.start < slot.start:
            kept[-1] = replace(last, end=slot.start)
        else:
            kept.append(slot)
    return tuple(kept)


def _unique(slots: tuple[Mention, ...]) -> tuple[Mention, ...]:
    seen: set[datetime] = set()
    kept = []
    for slot in slots:
        if slot.start not in seen:
            seen.add(slot.start)
            kept.append(slot)
    return tuple(kept)


def _with_length(text: str, slots: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The slots with the end that one stated length gives to those without."""
    length = _duration(text)
    if length is None or length.minutes is None:
        return slots
    minutes = timedelta(minutes=length.minutes)
    return tuple(
        slot
        if slot.end or slot.precision is not Precision.MINUTE
        else replace(slot, end=slot.start + minutes)
        for slot in slots
    )


def _duration(text: str) -> Duration | None:
    """The one stated length of the talk; two that differ, or a range, settle nothing."""
    lengths: dict[int | None, Duration] = {}
    for duration in find_durations(text):
        begin, end = duration.span
        around = lowered(text[max(0, begin - 80) : end + 60])
        if _LESS_THAN.search(lowered(text[max(0, begin - 24) : begin])) or _IN_A_TEST.search(
            lowered(text[max(0, begin - 60) : begin])
        ):
            continue
        if _MOST_LENGTH.match(lowered(text[end : end + 12])):
            continue
        if _ABOUT_LENGTH.search(around) and not _NO_LENGTH.search(lowered(text[end : end + 20])):
            lengths.setdefault(duration.minutes, duration)
    return next(iter(lengths.values())) if len(lengths) == 1 else None
