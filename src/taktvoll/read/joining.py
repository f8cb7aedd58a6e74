"""Dates that a text names in two places: the week here, the weekday there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from taktvoll.language.dates import Mention, Precision
from taktvoll.language.words import lowered

_NEAR = 60  # characters between the two halves
_BESIDE = 3  # characters: " (", a line break, a comma
_LISTED = re.compile(
    r"[\s\d.]{0,8}(?:,[\s\d.,]{0,30}|oder|or|und|and|bzw\.)(?:oder|or|und|and)?\s?(?:am |den |"
    r"dem |on |the )?[\s\d.]{0,8}"
)
_THAT_IS = re.compile(
    r"[\s,]{1,2}(?:also|das ist|d\. ?h\.|nämlich|und zwar|that is|that’s|that's|i\.e\.|nach ostern|"
    r"nach pfingsten|after easter)[\s,(]{1,2}(?:der |den |dem |am |the )?"
)
""" "am Freitag, also 20.11.": the date of the weekday follows."""
_SENTENCE_END = re.compile(r"[.!?]\s")
_APART = re.compile(r"\s[a-zäöüß ]{2,20}\s\(")
""" "Montag drauf (15.03.)"."""
_DOORS = re.compile(r"(?<!\w)(?:einlass|türöffnung|doors|registration)(?!\w)")


_TRAIN = re.compile(
    r"(?<!\w)(?:hinfahrt|rückfahrt|abfahrt|hinreise|rückreise|outbound|return train)[^.!?\n]{0,12}$"
)
"""The hour of a train is none of the talk's."""


def joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with the halves put together that speak of one day."""
    low = lowered(text)
    kept: list[Mention] = []
    week: Mention | None = None  # whose days are named one after the other
    for mention in _with_listed_hours(low, _with_own_hours(low, mentions)):
        mention = _without_doors(low, mention)
        before = kept[-1] if kept else None
        near = before is not None and 0 <= mention.span[0] - before.span[1] <= _NEAR
        together = _together(low, before, mention) if before and near else None
        if together:
            week = before if before and before.precision is Precision.WEEK else None
            kept[-1] = together
            continue
        if week and before and near and (listed := _in_week(week, mention)):
            mention = replace(listed, span=mention.span, day_span=mention.day_span)
        else:
            week = None
        kept.append(mention)
    return kept


def _with_own_hours(low: str, mentions: list[Mention]) -> list[Mention]:
    """An hour that stands behind two days belongs to the nearer: "ab 1. Mai. Heute 08:47".

    Days of one list share it: "der 23., 24. oder 25. Februar, jeweils um 18.30 Uhr".
    """
    nearest = {m.clock_span: m.day_span for m in mentions if m.clock_span and m.day_span}
    return [
        _day_alone(m)
        if m.clock_span
        and m.day_span
        and (near := nearest[m.clock_span]) != m.day_span
        and not _LISTED.fullmatch(low, m.day_span[1], max(near[0], m.day_span[1]))
        else m
        for m in mentions
    ]


def _with_listed_hours(low: str, mentions: list[Mention]) -> Iterator[Mention]:
    """ "Wednesday 20th at 9.30, 11.00 or 2.15": each hour of the list is one of that day."""
    begins = {m.clock_span or m.span for m in mentions}
    for mention in mentions:
        yield mention
        at = mention.clock_span[1] if mention.clock_span else 0
        if mention.precision is not Precision.MINUTE or mention.end or not mention.day_span:
            continue
        while (hour := _ONE_MORE.match(low, at)) and hour.span("clock") not in begins:
            half = 12 if int(hour["hour"]) < _NOBODY_MEETS else 0
            at = hour.end()
            start = mention.start.replace(
                hour=int(hour["hour"]) + half, minute=int(hour["minute"] or 0)
            )
            yield replace(
                mention, start=start, span=hour.span("clock"), clock_span=hour.span("clock")
            )


_ONE_MORE = re.compile(
    r"(?:,|,? or|,? oder|/| und| and) (?:um |at )?(?P<clock>(?P<hour>1?\d|"
    r"2[0-3])[.:](?P<minute>[0-5]\d))"
    r"(?![\d.:])(?! ?[ap]\.?m)(?:,? uhr)?"
)
_NOBODY_MEETS = 7  # before this hour, so that a lone "2.15" is in the afternoon


def _day_alone(mention: Mention) -> Mention:
    midnight = datetime.combine(mention.start.date(), time(), mention.start.tzinfo)
    return replace(
        mention,
        span=mention.day_span or mention.span,
        start=midnight,
        end=None,
        precision=Precision.DAY,
        clock_span=None,
    )


def _together(low: str, first: Mention, second: Mention) -> Mention | None:
    return (
        _in_week(first, second) or _on_date(low, first, second) or _with_weekday(low, first, second)
    )


def _without_doors(low: str, mention: Mention) -> Mention:
    """A day beside the hour at which the doors open: the talk has an hour of its own."""
    if not (mention.day_span and mention.clock_span and mention.precision is Precision.MINUTE):
        return mention
    between = low[mention.day_span[1] : mention.clock_span[0]]
    before = low[max(0, mention.day_span[0] - 30) : mention.day_span[0]]
    apart = _DOORS.search(between) or _TRAIN.search(before)
    return _day_alone(mention) if apart else mention


def _in_week(week: Mention, day: Mention) -> Mention | None:
    """ "in KW 37, und zwar am Mittwoch um 7 Uhr"."""
    if week.precision is not Precision.WEEK or not (day.relative and day.has_weekday):
        return None
    monday = week.start - timedelta(days=week.start.weekday())
    moved = timedelta(days=(monday.date() - day.start.date()).days + day.start.weekday())
    return _moved(day, moved, week)


def _on_date(low: str, date: Mention, again: Mention) -> Mention | None:
    """ "auf den 2.3., das ist ein Dienstag, 7 Uhr 30"."""
    if date.precision is not Precision.DAY or date.relative or not again.relative:
        return None
    if not again.has_weekday or again.precision is not Precision.MINUTE:
        return None
    if date.start.weekday() != again.start.weekday():
        return None
    if _SENTENCE_END.search(low, date.span[1] - 1, again.span[0]):
        return None
    return _moved(again, timedelta(days=(date.start.date() - again.start.date()).days), date)


def _with_weekday(low: str, weekday: Mention, date: Mention) -> Mention | None:
    """ "am Montag (18.1.) um 16:30 Uhr": the weekday settles the year."""
    if not (weekday.relative and weekday.has_weekday and weekday.precision is Precision.DAY):
        return None
    if date.relative or date.has_weekday or date.precision is Precision.TIME:
        return None
    gap = low[weekday.span[1] : date.span[0]]
    fits = weekday.start.weekday() == date.start.weekday()
    if len(gap) > _BESIDE and not _THAT_IS.fullmatch(gap) and not (fits and _APART.fullmatch(gap)):
        return None
    return replace(
        date,
        span=(weekday.span[0], date.span[1]),
        has_weekday=True,
        has_year=date.has_year or fits,
        weekday_conflict=not fits,
    )


def _moved(mention: Mention, by: timedelta, first: Mention) -> Mention:
    end = mention.end + by if mention.end else None
    return replace(
        mention,
        span=(first.span[0], mention.span[1]),
        start=mention.start + by,
        end=end,
        relative=False,
        has_year=True,
        day_span=first.day_span or first.span,
    )
