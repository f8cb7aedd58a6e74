"""Every date that a text names, as mentions with spans: the phrases and what letters say."""

from __future__ import annotations

import re
from datetime import datetime

from taktvoll.language.dates import Mention, Precision, find_dates, prepared, zone_info
from taktvoll.language.phrases.grammar import phrases
from taktvoll.language.phrases.placing import Phrase
from taktvoll.language.phrases.text import Text
from taktvoll.language.places import stated_zone
from taktvoll.language.words import language_of, lowered
from taktvoll.model import Country, Language


def dates(text: str, reference: datetime, country: Country | None = None) -> list[Mention]:
    """Every date in ``text``, written at ``reference`` (aware) in ``country``, as people write it.

    Wider than :func:`find_dates`, which keeps to what an appointment in a letter says: also "now",
    "next week", parts of the day, feasts, months. A letter's date wins over the phrases where it
    joins a day and a time that stand apart.
    """
    language = language_of(_ENGLISH_AM.sub("", text)) or (
        None if country is None else Language.DE if country in _GERMAN_SPEAKING else Language.EN
    )
    low, _ = prepared(lowered(text))
    now = reference.replace(microsecond=0)
    t = Text(low=low, cased=text, now=now.replace(tzinfo=None), country=country, language=language)
    wide = [_from_phrase(phrase, now, country) for phrase in phrases(t)]
    close = find_dates(text, now=reference, country=country, language=language)
    joined = [mention for mention in close if _joins(mention, wide)]
    kept = [*joined, *(each for each in wide if not any(_overlap(each, one) for one in joined))]
    return sorted(kept, key=lambda mention: mention.span)


def _joins(mention: Mention, wide: list[Mention]) -> bool:
    """Whether no phrase reads the same words, or ``mention`` joins a day and a time that do."""
    same = [each for each in wide if _overlap(each, mention)]
    if len(same) < 2:
        return not same
    return sorted(each.precision for each in same) == [Precision.DAY, Precision.TIME] and all(
        each.end is None for each in same
    )


def _overlap(one: Mention, other: Mention) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


_ENGLISH_AM = re.compile(r"(?<=\d)\s?[ap]m(?!\w)", re.IGNORECASE)
"""German too has a word "am"."""
_GERMAN_SPEAKING = (Country.DE, Country.AT, Country.CH)


def _from_phrase(phrase: Phrase, now: datetime, country: Country | None) -> Mention:
    zone = stated_zone(phrase.zone, country) if phrase.zone else None
    info = zone_info(zone) if zone else now.tzinfo
    day, resolved = phrase.day, phrase.resolved
    return Mention(
        span=(phrase.begin, phrase.end),
        start=phrase.start.replace(tzinfo=info),
        end=phrase.stop.replace(tzinfo=info) if phrase.stop else None,
        precision=Precision(phrase.grain),
        side=phrase.side,
        has_year=day is None or day.year is not None or bool(resolved and resolved.settled),
        has_weekday=day is not None and day.weekday is not None,
        weekday_conflict=bool(resolved and resolved.weekday_conflict),
        ambiguous=bool(resolved and resolved.ambiguous),
        relative=day is None or day.day is None,
        zone=zone,
    )
