"""One message while it is read: its texts, what is known about it, the evidence and the doubts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from taktvoll.formats.ical import Calendar, Event, parse_calendar
from taktvoll.formats.mime import Mail
from taktvoll.language.domains import FREE_MAIL, PLATFORM, registered
from taktvoll.language.letter import closing, salutation
from taktvoll.language.places import country_of
from taktvoll.language.words import language_of
from taktvoll.model import Country, Doubt, DoubtCode, Evidence, Language, Mailbox
from taktvoll.read.thread import split_thread

FIRST_GUESS = ZoneInfo("Europe/Berlin")
"""The clock on which header lines of forwarded mails are read before anything else is known."""

_CARRIED_BY = re.compile(
    r"(?:powered by|sent (?:by|via|with)|(?:versendet|gesendet|verschickt) (?:mit|über|von|via))"
    r"\W{1,3}"
)
_ADDRESS = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
JOB_ALERT = re.compile(
    r"suchauftr[aä]g|job-?alarm|job-?alert|(?:neue|new|\d) (?:jobs|stellen|roles|"
    r"vacancies)|\d (?:new|fresh|open) (?:jobs|roles|vacancies|positions)|"
    r"talent community|jobs (?:für dich|"
    r"for you|near)|job-?agent|"
    r"suchagent|jobmail|newsletter abbestellen|unsubscribe from (?:job|these)",
    re.IGNORECASE,
)
"""What a mail says that lists the jobs of many employers."""
_FORWARDS = re.compile(r"\s*(?:wg|fwd?|weitergeleitet)\s*:", re.IGNORECASE)
_LONGEST_LETTER = 12_000
_LONGEST_QUOTE = 5_000  # what is quoted only fills what the newest part leaves open
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the caller knows: see :func:`taktvoll.read.read`."""

    file: str | None = None
    received: datetime | None = None
    now: datetime | None = None
    country: Country | None = None
    timezone: str | None = None
    interview: bool = False


class Message:
    """A mail with its calendar, cut into the texts that facts are read from.

    ``texts``: ``body`` (the part of the mail that counts), ``quoted`` (what stands below it),
    ``subject``, ``calendar`` (summary, description and place of the event). ``main`` names the
    text that is the letter, ``letter`` is that text without the legal matter after it; offsets
    in ``letter`` are offsets in ``texts[main]``.
    """

    def __init__(self, mail: Mail, given: Given) -> None:
        self.given = given
        self.mail = mail = _effective(mail)
        self.calendar_text, self.calendar, self.event = _calendar_of(mail)
        self.now = given.received or mail.date or _day_before(self.event) or given.now or _LONG_AGO
        self.parts = split_thread(mail.text, mail.subject, FIRST_GUESS, self.now)
        if self.parts.date and given.received is None:
            self.now = self.parts.date
        self.sender = self.parts.sender or mail.sender
        self.subject = self.parts.subject or mail.subject or ""
        texts = {
            "body": self.parts.newest,
            "quoted": self.parts.quoted,
            "subject": self.subject,
            "calendar": _event_text(self.event),
        }
        self.texts = {name: text for name, text in texts.items() if text.strip()}
        self.main = next((n for n in ("body", "calendar") if n in self.texts), "subject")
        self.letter = _letter(self.texts.get(self.main, ""))
        self.quoted = _letter(self.texts.get("quoted", "")[:_LONGEST_QUOTE])
        self.opening = salutation(self.letter)
        self.addresses: list[str] = _ADDRESS.findall(self.letter)[:20]
        self._low = self.texts.get(self.main, "").lower()
        self._carriers = list(_CARRIED_BY.finditer(self._low))
        self.domains = self._domains()
        spoken = language_of(self.letter) or language_of(self.quoted) or language_of(self.subject)
        self.country = country_of(self.letter, self.domains, spoken) or country_of(
            self.quoted, language=spoken
        )
        self.language = spoken or _spoken_in(self.country)
        self.evidence: dict[str, Evidence] = {}
        self.doubts: list[Doubt] = []

    @property
    def method(self) -> str | None:
        """The iTIP method, of the calendar or of its Content-Type."""
        if self.calendar is None:
            return None
        stated = zip(self.mail.calendars, self.mail.calendar_methods, strict=False)
        outer = dict(stated).get(self.calendar_text or "")
        return self.calendar.method or (outer.upper() if outer else None)

    @property
    def received(self) -> datetime | None:
        """When the message came, as far as it or the caller says."""
        return self.given.received or self.parts.date or self.mail.date

    @property
    def recipients(self) -> tuple[Mailbox, ...]:
        """Whom the mail went to; of a forwarded one, the inner."""
        return (self.parts.recipient,) if self.parts.recipient else self.mail.to

    def doubt(self, code: DoubtCode, fact: str, **detail: str) -> None:
        """Set a doubt beside ``fact``, once."""
        if not any(known.code is code and known.fact == fact for known in self.doubts):
            self.doubts.append(Doubt(code=code, fact=fact, detail=detail))

    def note(self, fact: str, text: str, start: int, end: int) -> None:
        """Say where ``fact`` was read; a place that is not in the text says nothing."""
        whole = self.texts.get(text, "")
        if 0 <= start < end <= len(whole):
            self.evidence[fact] = Evidence(text=text, quote=whole[start:end], start=start, end=end)

    def note_quote(self, fact: str, quote: str, text: str, near: int = 0) -> None:
        """Evidence by its wording, where the place is known only roughly or not at all."""
        for name in (text, *self.texts):
            at = self.texts.get(name, "").find(quote, near if name == text else 0)
            if at >= 0:
                self.note(fact, name, at, at + len(quote))
                return

    def is_carried_by(self, address: str) -> bool:
        """ "Powered by Slotly", in a mail from slotly.example: a service sends for somebody."""
        name = registered(address).split(".")[0]
        return any(self._low.startswith(name, said.end()) for said in self._carriers)

    def _domains(self) -> tuple[str, ...]:
        """The employer's mail domains: the sender's, the organizer's, and those in the text."""
        own = {(mailbox.email or "").lower() for mailbox in self.mail.to}
        reply_to = self.mail.reply_to.email if self.mail.reply_to else None
        organizer = self.event.organizer.email if self.event else None
        domains = [
            address.rsplit("@", 1)[1].lower()
            for address in (self.sender.email, reply_to, organizer, *self.addresses)
            if address and "@" in address and address.lower() not in own
            if not self.is_carried_by(address)
        ]
        kept = (d for d in domains if not FREE_MAIL.search(d) and not PLATFORM.search(d))
        return tuple(dict.fromkeys(kept))


def _spoken_in(country: Country | None) -> Language:
    english = country in (Country.GB, Country.US, Country.IE)
    return Language.EN if english else Language.DE


def _effective(mail: Mail) -> Mail:
    """The attached mail, where somebody only forwarded it."""
    inner = mail.forwarded
    if inner is None or mail.calendars:
        return mail
    if (mail.subject and _FORWARDS.match(mail.subject)) or len(mail.text.split()) < 40:
        return replace(inner, message_id=inner.message_id or mail.message_id)
    return mail


def _calendar_of(mail: Mail) -> tuple[str | None, Calendar | None, Event | None]:
    """The calendar part that is answered: the first with a method and an event."""
    best: tuple[str, Calendar] | None = None
    for text in mail.calendars[:10]:
        calendar = parse_calendar(text)
        if calendar.events and calendar.method:
            return text, calendar, calendar.events[0]
        if best is None or (calendar.events and not best[1].events):
            best = (text, calendar)
    if best is None:
        return None, None, None
    return best[0], best[1], best[1].events[0] if best[1].events else None


def _event_text(event: Event | None) -> str:
    if event is None:
        return ""
    parts = (event.summary, event.description, event.location)
    return "\n".join(part[:_LONGEST_LETTER] for part in parts if part)


def _letter(text: str) -> str:
    """The letter and its signature, without the legal matter that follows them."""
    ending = closing(text)
    return text[: ending[1] + 1000] if ending else text[:_LONGEST_LETTER]


def _day_before(event: Event | None) -> datetime | None:
    """A bare calendar has no Date: the day before its event is enough to order dates by."""
    if event is None or event.start_local is None:
        return None
    return (event.start or event.start_local.replace(tzinfo=UTC)) - timedelta(days=1)
