"""When the interview is: from the calendar, else from the prose, and whether the two agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import combinations

from taktvoll.formats.ical import Event
from taktvoll.language.dates import Mention, Precision, find_dates, zone_info
from taktvoll.language.places import US_ZONES, ZONE, ZONE_OF, is_zone_word, state_zone, stated_zone
from taktvoll.language.quoting import without_headers
from taktvoll.language.words import lowered
from taktvoll.model import Country, DoubtCode, Invitation, Kind, Language, Moment, Slot
from taktvoll.read.appointment import Appointment, appointment_of
from taktvoll.read.joining import joined
from taktvoll.read.message import FIRST_GUESS, Message
from taktvoll.read.roles import deadlines_in

_ALL_TIMES = re.compile(
    r"(?:(?:both|all)(?: times)?(?= (?:in )?[a-z])|all times|times (?:are|shown|given|listed)|"
    r"alle zeiten|zeitangaben|zeitzone|"
    r"time ?zone)[^.\n]{0,40}?(?<!\w)" + ZONE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The appointment that prose speaks of, and the name of the text it was read in."""

    appointment: Appointment
    text: str


def zone_of(message: Message) -> tzinfo | None:
    """The zone of the times in prose: stated, else given, else that of the employer's place.

    None where nothing says it: an English mail without an address, a US firm without a state.
    """
    event, calendar = message.event, message.calendar
    american = message.country is Country.US
    candidates = (
        _stated_once(message),
        message.given.timezone,
        state_zone(message.letter),
        ZONE_OF.get(message.country) if message.country else None,
        event.timezone if event and event.start and event.timezone != "UTC" else None,
        calendar.timezone if calendar else None,
        ZONE_OF.get(message.given.country) if message.given.country and not american else None,
        ZONE_OF[Country.DE] if message.language is Language.DE else None,
        _clock_of_sender(message),
    )
    name = next(filter(None, candidates), None)
    return zone_info(name) if name else None


def _clock_of_sender(message: Message) -> str | None:
    """The zone that the Date of an English mail was written in; UTC is many a server's."""
    date = message.mail.date
    if date is None or not date.utcoffset() or message.parts.forwarded:
        return None
    names = US_ZONES if message.country is Country.US else (ZONE_OF[Country.GB],)
    return next(
        (n for n in names if date.astimezone(zone_info(n)).utcoffset() == date.utcoffset()), None
    )


def mentions_in(message: Message, text: str, zone: tzinfo | None) -> list[Mention]:
    """The dates in ``text``, on the employer's clock."""
    return find_dates(
        text,
        now=message.now.astimezone(zone or FIRST_GUESS),
        country=message.country or message.given.country,
        language=message.language,
    )


def appointment_in(
    message: Message, mentions: list[Mention], zone: tzinfo | None, kind: Kind
) -> Prose:
    """The appointment of the letter; what it leaves open, the subject and the quoted mail fill."""
    found = appointment_of(message.letter, mentions, now=message.now, kind=kind)
    prose = Prose(appointment=found, text=message.main)
    if found.reply_by is None:
        found = replace(found, reply_by=_deadline_as_spoken(message, zone, kind))
        prose = Prose(appointment=found, text=message.main)
    if kind is Kind.OTHER or found.slots:
        return prose
    if message.event is None and not (found.start and found.start.precision is Precision.MINUTE):
        found = _as_spoken(message, zone, kind, found)
        prose = Prose(appointment=found, text=message.main)
    if found.start and found.start.precision is Precision.TIME and message.main == "body":
        days = [
            m for m in mentions_in(message, message.subject, zone) if m.precision is Precision.DAY
        ]
        if len(days) == 1 and days[0].start.date() >= message.now.date():
            prose = replace(prose, appointment=_on_day(found, found.start, days[0]))
            found = prose.appointment
    if found.start is None and message.main == "body":
        stated = mentions_in(message, message.subject, zone)
        subject = appointment_of(message.subject, stated, now=message.now, kind=kind)
        if subject.start is not None:
            filled = replace(subject, reply_by=found.reply_by)
            prose = Prose(appointment=filled, text="subject")
    return _filled_from_quoted(message, prose, zone)


def _as_spoken(
    message: Message, zone: tzinfo | None, kind: Kind, found: Appointment
) -> Appointment:
    """The appointment by the wide grammar, where the letter's own told no hour.

    That grammar takes its time, so that only the first stretch of the letter is looked at, and
    it is loaded when it is first needed.
    """
    from taktvoll.language.phrases.mentions import dates

    text = message.letter[:_LONGEST_TALK]
    now = message.now.astimezone(zone or FIRST_GUESS)
    said = [
        mention
        for mention in dates(text, now, message.country or message.given.country)
        if mention.precision in (Precision.DAY, Precision.MINUTE) and mention.side is None
        if not mention.start.second  # "now", to the second
        if mention.end is None or abs(mention.end - now) > timedelta(minutes=1)  # "vor 50 Minuten"
        if not (found.reply_by and mention.start.date() == found.reply_by.start.date())
    ]
    spoken = appointment_of(text, said, now=message.now, kind=kind)
    if spoken.start is None or (found.start and spoken.start.precision is not Precision.MINUTE):
        return found
    return replace(spoken, reply_by=found.reply_by, slots=())


_LONGEST_TALK = 2_000


def _deadline_as_spoken(message: Message, zone: tzinfo | None, kind: Kind) -> Mention | None:
    """A deadline by the wide grammar: "bis Totensonntag", "by Thanksgiving".

    Only the sentences that ask for an answer until some time are looked at.
    """
    lines = deadlines_in(message.letter[:_LONGEST_TALK])
    if not lines:
        return None
    from taktvoll.language.phrases.mentions import dates

    now = message.now.astimezone(zone or FIRST_GUESS)
    for start, end in lines[:_MOST_DEADLINES]:
        for mention in dates(message.letter[start:end], now, message.country):
            days = (mention.start.date() - now.date()).days
            if mention.span[0] > _AT_ONCE or mention.precision is not Precision.DAY:
                continue
            if 0 <= days < _FAR:
                span = (start + mention.span[0], start + mention.span[1])
                return replace(mention, span=span, end=None)
    return None


_MOST_DEADLINES = 3
_AT_ONCE = 24  # characters between "bis" and the day
_FAR = 120  # days; nobody waits longer for an answer


def with_times(
    invitation: Invitation, message: Message, prose: Prose, zone: tzinfo | None
) -> Invitation:
    """``invitation`` with start, end, slots, zone and deadline, and the doubts about them."""
    event, appointment = message.event, prose.appointment
    if invitation.kind is Kind.OTHER:
        return invitation
    invitation = _with_deadline(invitation, message, appointment.reply_by, zone)
    if event and (event.start or event.start_local):
        return _from_event(invitation, message, event, prose, zone)
    stated = [m for m in (appointment.start, *appointment.slots) if m is not None]
    if not stated or stated[0].precision is Precision.TIME:
        return invitation
    if zone is None and not any(mention.zone for mention in stated):
        message.doubt(DoubtCode.UNKNOWN_TIMEZONE, "start")
        return invitation
    name = next((mention.zone for mention in stated if mention.zone), str(zone))
    invitation = replace(invitation, timezone=_iana(name))
    if appointment.slots:
        for index, mention in enumerate(appointment.slots):
            message.note(f"proposed_slots.{index}", prose.text, *mention.span)
            _doubt_date(message, prose.text, mention, "proposed_slots")
        slots = tuple(Slot(start=m.start, end=m.end) for m in appointment.slots)
        return replace(invitation, proposed_slots=slots)
    mention = stated[0]
    whole_day = mention.precision is Precision.DAY
    message.note("start", prose.text, *mention.span)
    _doubt_date(message, prose.text, mention, "start")
    if whole_day or appointment.rivalled or _is_open(message, prose.text, mention):
        quote = message.texts[prose.text][slice(*mention.span)]
        message.doubt(DoubtCode.AMBIGUOUS_DATE, "start", quote=quote)
    if appointment.end is not None and not whole_day:
        message.note("end", prose.text, *(appointment.end_span or mention.span))
    return replace(
        invitation,
        start=mention.start,
        end=None if whole_day else appointment.end,
        all_day=whole_day,
    )


def _is_open(message: Message, text: str, mention: Mention) -> bool:
    """Whether an English "7.30" may be the morning's or the evening's."""
    if message.language is not Language.EN or mention.start.hour not in _EITHER:
        return False
    return not _HALF_SAID.search(message.texts[text][slice(*(mention.clock_span or mention.span))])


_EITHER = (6, 7)  # hours at which people begin to work, or meet after it
_HALF_SAID = re.compile(r"[ap]\.?m|uhr|morning|evening|0\d[:.]\d\d|o.clock", re.IGNORECASE)


def _stated_once(message: Message) -> str | None:
    """ "All times are in GMT": said once, for every time in the text."""
    found = _ALL_TIMES.search(lowered(message.letter))
    if found and is_zone_word(found["zone"], message.language is Language.DE):
        return stated_zone(found["zone"], message.country)
    return None


def _filled_from_quoted(message: Message, prose: Prose, zone: tzinfo | None) -> Prose:
    """What the quoted mail adds: all of it, the day of a lone time, the time of a lone day."""
    newest = prose.appointment
    precision = newest.start.precision if newest.start else None
    settled = precision is Precision.MINUTE and not (newest.start and newest.start.relative)
    if not message.quoted or settled or precision is Precision.WEEK:
        return prose
    letter = without_headers(message.quoted)
    stated = joined(letter, mentions_in(message, letter, zone))
    if newest.start and precision is Precision.MINUTE:
        known = _same_weekday(newest.start, stated)
        return replace(prose, appointment=_at_known(newest, known)) if known else prose
    offered = appointment_of(letter, stated, now=message.now, kind=Kind.INVITATION)
    older = offered.start or _taken(message.letter, stated, offered.slots)
    if newest.start and precision is Precision.DAY and (known := _on_weekday(newest.start, stated)):
        return replace(prose, appointment=_at_known(newest, known))
    if older is None or older.precision is Precision.TIME:
        return prose
    if newest.start is None:
        filled = Appointment(start=older, end=older.end, reply_by=newest.reply_by)
        return Prose(appointment=filled, text="quoted")
    if precision is Precision.TIME:
        return replace(prose, appointment=_on_day(newest, newest.start, older))
    if older.precision is Precision.MINUTE:
        return replace(prose, appointment=_at_time(newest, newest.start, older))
    return prose


def _taken(newest: str, stated: list[Mention], slots: tuple[Mention, ...]) -> Mention | None:
    """Which of the ``slots`` below was taken: the one that an answer above them names again, or
    "den zweiten Vorschlag"."""
    if len(slots) < 2:
        return None
    timed = (m for m in stated if m.precision is Precision.MINUTE)
    if again := next((b for a, b in combinations(timed, 2) if a.start == b.start), None):
        return again
    nth = _NTH.search(newest)
    at = _ORDINALS.index(nth["nth"].lower()[:4]) % 3 if nth else len(slots)
    return slots[at] if at < len(slots) else None


_ORDINALS = ("erst", "zwei", "drit", "firs", "seco", "thir")
_NTH = re.compile(
    r"(?<!\w)(?P<nth>erste|zweite|dritte|first|second|third)[nrs]? (?:\w+ )?(?:vorschlag|termin|"
    r"option|one|slot|date|time|of)(?!\w)",
    re.IGNORECASE,
)


def _same_weekday(said: Mention, stated: list[Mention]) -> Mention | None:
    """The dated appointment that "dann bis Freitag um halb zwei" speaks of."""
    if not said.relative:
        return None
    for mention in stated:
        if mention.precision is Precision.MINUTE and not mention.relative:
            days = (mention.start.date() - said.start.date()).days
            if mention.start.time() == said.start.time() and days in (7, 14, 21):
                return mention
    return None


def _on_weekday(said: Mention, stated: list[Mention]) -> Mention | None:
    """The offered appointment that "dann nehmen wir den Montag" takes."""
    if not (said.relative and said.has_weekday):
        return None
    for mention in stated:
        if mention.precision is Precision.MINUTE and not mention.relative:
            days = (mention.start.date() - said.start.date()).days
            if days in (0, 7, 14):
                return mention
    return None


def _at_known(newest: Appointment, known: Mention) -> Appointment:
    """The ``newest`` appointment on the day that the quoted mail named."""
    if newest.start is None:
        return newest
    moved = replace(
        newest.start,
        start=known.start,
        end=known.end,
        precision=known.precision,
        has_year=known.has_year,
    )
    return replace(newest, start=moved, end=known.end)


def _on_day(newest: Appointment, lone: Mention, older: Mention) -> Appointment:
    """The ``lone`` time on the day that the ``older`` mail named."""
    start = datetime.combine(older.start.date(), lone.start.timetz())
    end = lone.end + (start - lone.start) if lone.end else None
    moved = replace(
        lone,
        start=start,
        end=end,
        precision=Precision.MINUTE,
        has_year=older.has_year,
        weekday_conflict=older.weekday_conflict,
    )
    return replace(newest, start=moved, end=end)


def _at_time(newest: Appointment, day: Mention, older: Mention) -> Appointment:
    """The ``day`` at the time that the ``older`` mail named: "gleiche Uhrzeit", "heute"."""
    start = datetime.combine(day.start.date(), older.start.timetz())
    end = older.end + (start - older.start) if older.end else None
    has_year = day.has_year or older.start.date() == day.start.date()
    known = replace(day, start=start, end=end, precision=Precision.MINUTE, has_year=has_year)
    return replace(newest, start=known, end=end)


def _with_deadline(
    invitation: Invitation, message: Message, mention: Mention | None, zone: tzinfo | None
) -> Invitation:
    if mention is None:
        return invitation
    if zone is None and not mention.zone and mention.precision is Precision.MINUTE:
        return invitation
    message.note("reply_by", message.main, *mention.span)
    if mention.precision is Precision.MINUTE:
        return replace(invitation, reply_by=Moment(at=mention.start))
    midnight = datetime.combine(mention.start.date(), time(), mention.start.tzinfo)
    return replace(invitation, reply_by=Moment(at=midnight, whole_day=True))


def _from_event(
    invitation: Invitation, message: Message, event: Event, prose: Prose, zone: tzinfo | None
) -> Invitation:
    if event.zone_problem and message.given.timezone is None:
        # a definition in the file says what the hour is, if not what the zone is called
        detail = {} if event.start is not None else {"unresolved": event.tzid or "?"}
        message.doubt(DoubtCode.UNKNOWN_TIMEZONE, "start", **detail)
    if event.all_day and event.start_local:
        day = event.start_local.date()
        last = event.end_local.date() - timedelta(days=1) if event.end_local else day
        return replace(
            invitation,
            start=datetime.combine(day, time(), zone or UTC),
            end=datetime.combine(last, time(), zone or UTC) if last > day else None,
            all_day=True,
        )
    start, end, name = _event_times(event, _at_place(event, zone, message.country))
    name = _at_home(name, event.tzid, message.country)
    if start is None:
        message.doubt(DoubtCode.UNKNOWN_TIMEZONE, "start")
        return invitation
    said = prose.appointment.start if message.main == "body" else None
    if said is not None and not _names(message, start, said.start.tzinfo):
        _compare(message, prose.text, said, start)
    return replace(invitation, start=start, end=end, timezone=name)


def _at_home(name: str | None, written: str | None, country: Country | None) -> str | None:
    """The zone by the employer's own city where the file names only a zone of many countries."""
    home = ZONE_OF.get(country) if country else None
    same = any(name in clock and home in clock for clock in _SAME_CLOCKS)
    return home if same and written != name else name


_SAME_CLOCKS = (
    {"Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Amsterdam", "Europe/Paris"},
    {"Europe/London", "Europe/Dublin"},
)


def _at_place(event: Event, zone: tzinfo | None, country: Country | None) -> tzinfo | None:
    """The employer's clock for an event in UTC: a calendar tells no place by that."""
    if zone is None and country in ZONE_OF and event.timezone in (None, "UTC"):
        return zone_info(ZONE_OF[country])
    return zone


def _event_times(
    event: Event, zone: tzinfo | None
) -> tuple[datetime | None, datetime | None, str | None]:
    """Start, end and zone: the event's own, else on the employer's clock."""
    if event.start is not None and event.timezone not in (None, "UTC"):
        return event.start, event.end, event.timezone
    if event.start is not None:
        if zone is None:
            return event.start, event.end, event.timezone
        end = event.end.astimezone(zone) if event.end else None
        return event.start.astimezone(zone), end, _iana(str(zone))
    if event.start_local is None or zone is None:
        return None, None, None
    end = event.end_local.replace(tzinfo=zone) if event.end_local else None
    return event.start_local.replace(tzinfo=zone), end, _iana(str(zone))


def _names(message: Message, start: datetime, zone: tzinfo | None) -> bool:
    """Whether the letter names the calendar's own moment, be it beside an older one."""
    return any(
        mention.precision is Precision.MINUTE
        and mention.start == start
        and not mention.weekday_conflict
        for mention in mentions_in(message, message.letter, zone)
    )


def _compare(message: Message, text: str, mention: Mention, start: datetime) -> None:
    """A doubt where the prose says another time than the calendar. A date alone must fit too."""
    message.note("start", text, *mention.span)
    if mention.weekday_conflict:
        _doubt_date(message, text, mention, "start")
    there = start.astimezone(mention.start.tzinfo)
    if mention.precision is Precision.DAY:
        agrees = mention.start.date() == there.date()
    elif mention.precision is Precision.TIME:
        agrees = mention.start.time() == there.time()
    else:
        agrees = mention.start == start
    same_clock = mention.zone is None and mention.start.replace(tzinfo=None) == start.replace(
        tzinfo=None
    )
    if not agrees and not same_clock:
        message.doubt(
            DoubtCode.ICS_PROSE_CONFLICT,
            "start",
            prose=message.texts[text][slice(*mention.span)],
            calendar=f"{start:%Y-%m-%d %H:%M}",
        )


def _doubt_date(message: Message, text: str, mention: Mention, fact: str) -> None:
    quote = message.texts[text][slice(*mention.span)]
    if mention.weekday_conflict:
        message.doubt(DoubtCode.WEEKDAY_MISMATCH, fact, quote=quote)
    elif not mention.has_year and not _settled_elsewhere(message, mention):
        message.doubt(DoubtCode.MISSING_YEAR, fact, quote=quote)
    if mention.ambiguous:
        message.doubt(DoubtCode.AMBIGUOUS_DATE, fact, quote=quote)


def _settled_elsewhere(message: Message, mention: Mention) -> bool:
    """Whether the quoted mail or the subject names the same day with its year or its weekday."""
    for text in (message.quoted, message.subject):
        if text and any(
            other.start.date() == mention.start.date() and other.has_year and not other.relative
            for other in mentions_in(message, text, mention.start.tzinfo)
        ):
            return True
    return False


def _iana(name: str) -> str | None:
    """``name`` where it is a zone; an offset such as UTC+01:00 names no place."""
    return None if name.startswith("UTC") and name != "UTC" else name
