"""Facts as a person reads them: days and hours, an appointment, somebody's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from taktvoll.model import Contact, Gender, Invitation, Language, Moment


def appointment_text(invitation: Invitation, language: Language) -> str | None:
    """ "Mittwoch, 9. Dezember 2026, 10:00–11:00 Uhr"; None where no day is known."""
    if invitation.start is None:
        return None
    start = invitation.local(invitation.start)
    if invitation.all_day:
        return day_text(start, language)
    if invitation.end is None:
        return moment_text(start, language)
    end = invitation.local(invitation.end)
    hours = f"{_written(start, 'hours', language)}–{_written(end, 'time', language)}"
    return f"{day_text(start, language)}, {hours}"


def moment_text(moment: datetime, language: Language) -> str:
    """ "Mittwoch, 9. Dezember 2026, 10:00 Uhr"."""
    return f"{day_text(moment, language)}, {_written(moment, 'time', language)}"


def day_text(moment: datetime, language: Language) -> str:
    """ "Mittwoch, 9. Dezember 2026"."""
    return _written(moment, "day", language)


def day_or_moment(moment: Moment, language: Language) -> str:
    """The day, and the hour where it is known."""
    return (day_text if moment.whole_day else moment_text)(moment.at, language)


def short_text(moment: datetime, language: Language) -> str:
    """A moment on this machine's clock, briefly: "2. Dez. 2026, 18:30 Uhr"."""
    return _written(moment.astimezone(), "short", language)


def axis_text(moment: datetime, language: Language) -> str:
    """A day at the edge of a picture: "7. Dez."."""
    return _written(moment, "axis", language)


def _written(moment: datetime, what: str, language: Language) -> str:
    # the words depend on the hands of the clock alone; equal moments may stand on different clocks
    return _formatted(moment.replace(tzinfo=None), what, language)


@lru_cache(maxsize=4096)
def _formatted(on_the_clock: datetime, what: str, language: Language) -> str:
    from babel.dates import format_datetime

    locale, pattern = _PATTERNS[language, what]
    return format_datetime(on_the_clock, pattern, locale=locale)


_PATTERNS: Mapping[tuple[Language, str], tuple[str, str]] = {
    (Language.DE, "day"): ("de", "EEEE, d. MMMM y"),
    (Language.DE, "time"): ("de", "H:mm 'Uhr'"),
    (Language.DE, "hours"): ("de", "H:mm"),
    (Language.DE, "short"): ("de", "d. MMM y, H:mm 'Uhr'"),
    (Language.DE, "axis"): ("de", "d. MMM"),
    (Language.EN, "day"): ("en_GB", "EEEE d MMMM y"),
    (Language.EN, "time"): ("en_GB", "h:mm a"),
    (Language.EN, "hours"): ("en_GB", "h:mm a"),
    (Language.EN, "short"): ("en_GB", "d MMM y, h:mm a"),
    (Language.EN, "axis"): ("en_GB", "d MMM"),
}


def contact_text(contact: Contact, language: Language) -> str:
    """Somebody as one says it: "Frau Dr. Katrin Behrens"."""
    word = _GENDER_WORDS[language][contact.gender] if contact.gender and contact.name else ""
    return " ".join(part for part in (word, contact.title, contact.name) if part)


_GENDER_WORDS: Mapping[Language, Mapping[Gender, str]] = {
    Language.DE: {Gender.FEMALE: "Frau", Gender.MALE: "Herr"},
    Language.EN: {Gender.FEMALE: "Ms", Gender.MALE: "Mr"},
}
