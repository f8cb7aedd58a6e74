"""Dates, weekdays and times of a letter against the appointment that is known.

A letter may name other days rightly: dates that it offers, a deadline, the date of an earlier mail,
the hour at which somebody late arrives. So a mention counts only where it speaks of the
appointment, and what else is known to belong into the letter is never doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from taktvoll.check.letter import Letter, finding_at
from taktvoll.check.moments import DateMention, TimeMention, dates, times
from taktvoll.language.calendar import MONTH_NAMES, WEEKDAY_NAMES
from taktvoll.language.pattern import Pattern
from taktvoll.messages import say
from taktvoll.model import Category, Finding, Intent, Known, Language

_STRICT = frozenset(  # letters in which every date is by default the appointment's
    {Intent.ACCEPT, Intent.CANCEL, Intent.WITHDRAW_BEFORE, Intent.CHANGE_FORMAT}
)
_MET = frozenset({Intent.INTERVIEWER_ABSENT, Intent.NO_SHOW_APOLOGY})
_APPOINTMENT = Pattern(
    r"gespräch|interview|termin\b|termins|einladung|eingeladen|lädst|\bladen\b|vereinbart|geplant|vorgesehen"
    r"|angesetzt|treffen|kennenlern|assessment|probearbeit|appointment|meeting|invit|scheduled"
    r"|arranged|booked|call\b",
    re.IGNORECASE,
)
_PROPOSAL = Pattern(
    r"pass(?:t|en|te|ten)\b|möglich|könnte|kann ich|könnt|frei\b|verfügbar|alternativ"
    r"|vorschlag|vorschlagen|stattdessen"
    r"|anbieten|zeit\b|einrichten|neue[rn]? termin|ersatztermin|ausweich|lieber|gerne? am"
    r"|ginge|gehen"
    r"|nachholen|würde|wäre|klappen|jederzeit|zum beispiel|z\. ?b\.|etwa|statt"
    r"|would|could|available|free\b|instead|alternative|suit|work for|another|new (?:date|time)"
    r"|possible|any time|happy to|how about|either|rearrange|move|reschedul",
    re.IGNORECASE,
)
_NEGATED = Pattern(r"\bnicht\b|\bkein\w*|\bnot\b|n['’]t\b|unable|leider", re.IGNORECASE)
_BEFORE_OTHER = Pattern(
    r"(?:\b(?:bis|ab|seit|nach|vor|statt|auf(?: den| dem)?|spätestens|erst|gegen|zwischen"
    r"|until|till|by|from|after|before|since|to|between|starting|around|about)"
    r"(?: (?:zum|den|dem|am|on|um|ca\.?|etwa|spätestens|einschließlich))*"
    r"|\bzum|\bund|\boder|\bor|\band"
    r"|(?:mail|nachricht|schreiben|bewerbung|anzeige|ausschreibung|telefonat|angebot|anruf|message"
    r"|email|letter|application|advert|offer)(?: \w+)? (?:vom|am|von|of|from|on|sent)"
    r"|\b(?:schrieb|geschrieben|gemailt|wrote|written|texted|emailed|rang|called)"
    r"(?: (?:ich|you|to you|Ihnen|dir|euch))*(?: (?:vom|am|on))?)"
    r"[\s(]*$",
    re.IGNORECASE,
)
_ALSO = Pattern(r"\b(?:und|oder|or|and)[\s(]*$", re.IGNORECASE)
_LATE = Pattern(
    r"gegen|erst|später|verspät|voraussichtlich|ankomm|ankunft|eintreff|da sein"
    r"|bei ihnen sein|arriv|late|be there|expect",
    re.I,
)
_REACH = Pattern(r"erreich|anruf|rückruf|telefon|reach|call me|phone", re.IGNORECASE)
_WAS_THERE = Pattern(r"\b(?:war|stand|saß|kam|gekommen|erschienen|was|were|came|waited)\b", re.I)
_ANOTHER_TALK = Pattern(
    r"zweit(?:e[rnms]?\b|gespr|termin|runde)|second|follow-up|final round|nächste Runde|assessment"
    r"|Kennenlernen mit|nicht mehr",
    re.IGNORECASE,
)
_ELSEWHERE_TIME = Pattern(r"\W*(?:for me|my time|here|bei mir|meiner Zeit)\b", re.IGNORECASE)
_LETTERHEAD = Pattern(r"(?:[^\W\d_][\w ./-]{1,30}, ?)?(?:de[nm] |the )?")
_CLAUSE = Pattern(r"[,;:–(]\s|\s-\s|\b(?:aber|sondern|but|jedoch)\b")
_RANGE = Pattern(r"\s*(?:bis|–|-|until|to|till)\s*(?:zum\s+|den\s+)?$", re.IGNORECASE)
_ANOTHER = Pattern(
    r"\d{1,2}\.(?=\s|\d)|\d[:.]\d\d|\d(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|june?|july?"
    r"|aug|sept?|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_WRITTEN_THEN = Pattern(  # "on Monday 4 May I wrote to you about our interview"
    r"\W{0,3}(?:I|we|ich|wir|(?:habe|hatte) ich|(?:haben|hatten) wir)\b(?:\s[\w'’]+){0,3}?\s"
    r"(?:wrote|written|sent|mailed|emailed|rang|rung|called|asked|withdrew|geschrieben|gesandt"
    r"|geschickt|gemailt|angerufen|gebeten|gefragt)\b",
    re.IGNORECASE,
)
_JOINT = Pattern(r"[\s,(]*(?:um|von|ab|at|from|den|,|\(|uhr|h)*[\s,(]*\Z", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    """Mentions that stand together: Mittwoch, den 9. Dezember 2026, um 10:00 Uhr."""

    dates: list[DateMention]
    times: list[TimeMention]
    start: int
    end: int


def fact_findings(letter: Letter, known: Known, language: Language) -> list[Finding]:
    """fact_date, fact_time and fact_weekday of ``letter``."""
    groups = list(_groups(letter.text, known, language))
    appointment = _local(known.start, known)
    others = [_local(m, known) for m in (*[s.start for s in known.slots], *known.moments)]
    others += [_local(slot.end, known) for slot in known.slots if slot.end]
    if known.eta:
        others.append(_local(known.eta, known))
    findings: list[Finding] = []
    met = appointment is not None and any(
        _is(day, appointment) for group in groups for day in group.dates if day.day
    )
    said = appointment is not None and any(_says(group, appointment) for group in groups)
    for group in groups:
        if met and known.intent is Intent.WITHDRAW_AFTER and not group.times:
            continue  # two talks: the one that is known, and another
        for mention in group.dates:
            findings += _date(letter, group, mention, appointment, others, known, language, met)
        if not (said and not group.dates and not _speaks_of_it(letter, group, known, cued=True)):
            findings += _times(letter, group, appointment, others, known, language)
    return findings


def _says(group: _Group, appointment: datetime) -> bool:
    """Whether day and hour of the appointment stand here: then a bare hour may be another."""
    minutes = appointment.hour * 60 + appointment.minute
    return any(_is(day, appointment) for day in group.dates) and any(
        hour.is_at(minutes) for hour in group.times
    )


def _local(moment: datetime | None, known: Known) -> datetime | None:
    if moment is None or moment.tzinfo is None or known.timezone is None:
        return moment
    try:
        return moment.astimezone(ZoneInfo(known.timezone))
    except (KeyError, ValueError, OSError):
        return moment


def _groups(text: str, known: Known, language: Language) -> Iterator[_Group]:
    # "Three Rivers Library" is no time of day, nor is "at 12 Quay Street"
    for name in (known.company, known.position, known.location):
        if name:
            text = text.replace(name, "ŋ" * len(name))
    found: list[DateMention | TimeMention] = [*dates(text, language, known.country)]
    covered = [(d.start, d.end) for d in found]
    found += [
        t
        for t in times(text, language)
        if all(t.end <= a or t.start >= b for a, b in covered[:200])
    ]
    found.sort(key=lambda m: m.whole[0] if isinstance(m, DateMention) else m.start)
    current: _Group | None = None
    for mention in found[:500]:
        start, end = (
            mention.whole if isinstance(mention, DateMention) else (mention.start, mention.end)
        )
        if current and not (
            start - current.end < 16
            and _JOINT.match(text[current.end : max(start, current.end)])
            and not (isinstance(mention, DateMention) and current.dates)
        ):
            yield current
            current = None
        if current is None:
            current = _Group([], [], start, end)
        current.end = max(current.end, end)
        if isinstance(mention, DateMention):
            current.dates.append(mention)
        else:
            current.times.append(mention)
    if current:
        yield current


def _date(
    letter: Letter,
    group: _Group,
    mention: DateMention,
    appointment: datetime | None,
    others: list[datetime | None],
    known: Known,
    language: Language,
    met: bool,
) -> Iterator[Finding]:
    """Where the right day is ``met`` elsewhere in the letter, another must be called wrong."""
    day = _resolved(mention, appointment, known)
    right = appointment is not None and _is(mention, appointment)
    expected = any(other is not None and _is(mention, other) for other in others)
    if mention.day is None:  # a lone weekday
        if (
            appointment is not None
            and mention.weekday != appointment.weekday()
            and not any(o is not None and o.weekday() == mention.weekday for o in others)
            and _speaks_of_it(letter, group, known, near=True)
            and mention.weekday_span
        ):
            yield _finding(
                letter,
                Category.FACT_WEEKDAY,
                mention.weekday_span,
                "appointment",
                language,
                weekday=WEEKDAY_NAMES[language][appointment.weekday()],
            )
        return
    if not right and not expected and appointment is not None:
        today = known.now and _local(known.now, known)
        meant = _speaks_of_it(letter, group, known, cued=met)
        if meant and not (today and _is(mention, today)):
            yield _finding(
                letter,
                Category.FACT_DATE,
                (mention.start, mention.end),
                "",
                language,
                date=_date_name(appointment, language),
            )
            return
    if mention.weekday is not None and day is not None and day.weekday() != mention.weekday:
        assert mention.weekday_span
        yield _finding(
            letter,
            Category.FACT_WEEKDAY,
            mention.weekday_span,
            "",
            language,
            weekday=WEEKDAY_NAMES[language][day.weekday()],
        )


def _resolved(mention: DateMention, appointment: datetime | None, known: Known) -> date | None:
    """The day that is meant, its year taken from what is known where none is written."""
    anchor = appointment or known.now
    if mention.day is None or (anchor is None and mention.year is None):
        return None
    near: date | None = None
    for year in (
        [mention.year] if mention.year else [anchor.year + n for n in (-1, 0, 1)] if anchor else []
    ):
        month = mention.month or (anchor.month if anchor else None)
        try:
            day = date(year, month or 0, mention.day)
        except ValueError:
            continue
        if near is None or (anchor and abs(day - anchor.date()) < abs(near - anchor.date())):
            near = day
    return near


def _is(mention: DateMention, moment: datetime) -> bool:
    if mention.day is None:
        return mention.weekday == moment.weekday()
    if mention.year not in (None, moment.year):
        return False
    if mention.month is None:
        return mention.day == moment.day
    return (moment.day, moment.month) in ((mention.day, mention.month), mention.other)


def _in_letterhead(letter: Letter, group: _Group) -> bool:
    """Whether the date stands alone in its line, or after a place: Einbeck, 9. November 2026."""
    text = letter.text
    line = text.rfind("\n", 0, group.start) + 1
    stop = text.find("\n", group.end)
    after = text[group.end : stop if stop >= 0 else len(text)]
    return not after.strip(" .") and bool(_LETTERHEAD.fullmatch(text[line : group.start]))


def _speaks_of_it(
    letter: Letter, group: _Group, known: Known, *, near: bool = False, cued: bool = False
) -> bool:
    """Whether the mention is meant to be the appointment and not some other day or hour.

    A word for the appointment must stand in the clause (``cued``), right beside it (``near``), or
    the intent speak of no other day.
    """
    text = letter.text
    if _in_letterhead(letter, group):
        return False
    start, end = letter.sentence_at(group.start)
    if known.intent is Intent.WITHDRAW_AFTER and _ANOTHER_TALK.search(text, start, end):
        return False
    before, after = text[start : group.start], text[group.end : max(end, group.end)]
    range_after = re.match(r"\s*(?:bis|–|-|until|to|till)\s+(?:zum\s+|den\s+)?\d", after)
    if _BEFORE_OTHER.search(before[-60:]) or range_after or _WRITTEN_THEN.match(after):
        return False
    digits = [m.end() for m in _ANOTHER.finditer(before)]
    before = before[digits[-1] :] if digits else before
    if _ANOTHER.search(after):
        after = ""  # what follows belongs to the next date
    marks = list(_CLAUSE.finditer(before))
    clause_before = before[marks[-1].end() :] if marks else before
    if len(clause_before.strip()) < 12 and len(marks) > 1:
        clause_before = before[marks[-2].end() :]
    stop = _CLAUSE.search(after)
    clause_after = after[: stop.start()] if stop else after
    clause = clause_before[-90:] + " " + clause_after[:60]
    if near:  # a lone weekday: the word for the appointment stands right before or after
        clause = clause_before[-32:] + " " + clause_after[:20]
    cue = _APPOINTMENT.search(clause)
    if known.intent in _MET and not (near or cued):
        cue = cue or _WAS_THERE.search(clause)
    proposes = _PROPOSAL.search(clause) and not _NEGATED.search(clause)
    if proposes and not (cue and re.search(r"\b(?:vom|für|for)\W*$", before)):
        return False
    if cue:
        return not (known.intent is Intent.LATE and _LATE.search(clause))
    if near or cued or known.intent not in _STRICT:
        return False
    sentence = before + after
    return not (_PROPOSAL.search(sentence) and not _NEGATED.search(sentence))


def _times(
    letter: Letter,
    group: _Group,
    appointment: datetime | None,
    others: list[datetime | None],
    known: Known,
    language: Language,
) -> Iterator[Finding]:
    if appointment is None or not group.times:
        return
    minutes = appointment.hour * 60 + appointment.minute
    allowed = [minutes, *(o.hour * 60 + o.minute for o in others if o is not None)]
    first = group.times[0]
    if any(first.is_at(allow) for allow in allowed):
        return
    if group.dates and not any(_is(d, appointment) for d in group.dates):
        return  # another day; if that is wrong, the date is reported
    if _ELSEWHERE_TIME.match(letter.text, first.end):
        return
    joined = letter.text[max(0, first.start - 24) : first.start]
    if _BEFORE_OTHER.search(joined) and not _ALSO.search(joined):
        return
    start, end = letter.sentence_at(first.start)
    sentence = letter.text[start:end]
    if _REACH.search(sentence) and not _APPOINTMENT.search(sentence):
        return
    if not group.dates and not _speaks_of_it(letter, group, known):
        return
    if group.dates and not group.dates[0].day and not _speaks_of_it(letter, group, known):
        return
    if known.intent is Intent.LATE and _LATE.search(joined):
        return
    yield _finding(
        letter,
        Category.FACT_TIME,
        (first.start, first.end),
        "",
        language,
        time=f"{appointment:%H:%M}",
    )


def _finding(
    letter: Letter,
    category: Category,
    span: tuple[int, int],
    detail: str,
    language: Language,
    **values: str,
) -> Finding:
    key = f"check.{category}.{detail}" if detail else f"check.{category}"
    rule = f"facts.{category.removeprefix('fact_')}"
    return finding_at(letter, category, span, rule, say(key, language, **values))


def _date_name(moment: datetime, language: Language) -> str:
    dot = "." if language is Language.DE else ""
    return f"{moment.day}{dot} {MONTH_NAMES[language][moment.month - 1]} {moment.year}"
