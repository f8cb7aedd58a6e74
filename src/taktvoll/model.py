"""The records that travel through the house, and the closed lists.

Everything here is frozen. Moments are aware ``datetime`` values, offsets into texts code points.
The JSON form of each record is described in ``docs/json.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

# --- closed lists -------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a message is to the candidate."""

    INVITATION = "invitation"
    CONFIRMATION = "confirmation"
    RESCHEDULE = "reschedule"
    CANCELLATION = "cancellation"
    REPLY = "reply"
    OTHER = "other"


class Intent(StrEnum):
    """What a message of ours says."""

    ACCEPT = "accept"
    RESCHEDULE = "reschedule"
    CHANGE_FORMAT = "change_format"
    CANCEL = "cancel"
    WITHDRAW_BEFORE = "withdraw_before"
    WITHDRAW_AFTER = "withdraw_after"
    DECLINE_OFFER = "decline_offer"
    ASK_TIME = "ask_time"
    LATE = "late"
    NO_SHOW_APOLOGY = "no_show_apology"
    INTERVIEWER_ABSENT = "interviewer_absent"
    NUDGE = "nudge"
    REOPEN = "reopen"


class Reason(StrEnum):
    """Why. Every reason may be told, told generally, or kept back."""

    OTHER_OFFER = "other_offer"
    NOT_FOR_ME = "not_for_me"
    SCHEDULE_CONFLICT = "schedule_conflict"
    ILLNESS = "illness"
    CARE = "care"
    FAMILY_EMERGENCY = "family_emergency"
    BEREAVEMENT = "bereavement"
    TRAVEL = "travel"
    RELOCATION = "relocation"
    CONDITIONS = "conditions"
    STAYING = "staying"
    REQUIREMENTS_CHANGED = "requirements_changed"
    EXAM = "exam"
    NO_LEAVE = "no_leave"
    MISTAKE = "mistake"
    PRIVATE = "private"
    NONE = "none"


class Tell(StrEnum):
    """How much of the reason the letter says."""

    FULL = "full"
    GENERAL = "general"
    NONE = "none"


class Language(StrEnum):
    """The languages of letters and of the program."""

    DE = "de"
    EN = "en"


class Formality(StrEnum):
    """How the employer is addressed. English is neutral."""

    SIE = "sie"
    DU = "du"
    NEUTRAL = "neutral"


class Country(StrEnum):
    """Whose customs the letter follows: the employer's."""

    DE = "DE"
    AT = "AT"
    CH = "CH"
    GB = "GB"
    US = "US"
    IE = "IE"


class Channel(StrEnum):
    """By what way a message reaches the employer."""

    MAIL = "mail"
    PHONE = "phone"
    SHORT = "short"
    PAPER = "paper"
    BOOKING_LINK = "booking_link"


class Option(StrEnum):
    """What a person can decide to do."""

    GO = "go"
    GO_AND_FIND_OUT = "go_and_find_out"
    MOVE = "move"
    CHANGE_FORMAT = "change_format"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    LATE = "late"


class Sureness(StrEnum):
    """How sure the person is of wanting to go: four words, not a number."""

    SURELY_NOT = "surely_not"
    RATHER_NOT = "rather_not"
    UNSURE = "unsure"
    RATHER_YES = "rather_yes"


class InterviewFormat(StrEnum):
    """Where one meets."""

    ONSITE = "onsite"
    VIDEO = "video"
    PHONE = "phone"


class Gender(StrEnum):
    """Only where a text says it; never guessed from a first name."""

    FEMALE = "female"
    MALE = "male"


class Greeting(StrEnum):
    """The warmth of the employer's own salutation, mirrored in ours."""

    FORMAL = "formal"  # Sehr geehrte …
    DEAR = "dear"  # Liebe … / Dear …
    GOOD_DAY = "good_day"  # Guten Tag …
    HELLO = "hello"  # Hallo … / Hi …
    GRUEZI = "gruezi"  # Grüezi …


class DoubtCode(StrEnum):
    """What may be wrong with what was read."""

    WEEKDAY_MISMATCH = "weekday_mismatch"
    ICS_PROSE_CONFLICT = "ics_prose_conflict"
    MISSING_YEAR = "missing_year"
    AMBIGUOUS_DATE = "ambiguous_date"
    UNKNOWN_TIMEZONE = "unknown_timezone"
    TRUNCATED_CALENDAR = "truncated_calendar"
    SEVERAL_EVENTS = "several_events"
    NO_INTERVIEW = "no_interview"
    SENDER_MISMATCH = "sender_mismatch"


class Severity(StrEnum):
    """An error asks to be mended or kept by hand; a warning never holds anything up."""

    ERROR = "error"
    WARNING = "warning"


class Category(StrEnum):
    """What a finding is about. The category gives the severity."""

    OVERSHARE_HEALTH = "overshare_health"
    OVERSHARE_PRIVATE = "overshare_private"
    OVERSHARE_OFFER = "overshare_offer"
    GROVEL = "grovel"
    BLAME = "blame"
    PLACEHOLDER = "placeholder"
    FACT_DATE = "fact_date"
    FACT_TIME = "fact_time"
    FACT_WEEKDAY = "fact_weekday"
    FACT_PERSON = "fact_person"
    FACT_COMPANY = "fact_company"
    FACT_POSITION = "fact_position"
    MISSING_REFERENCE = "missing_reference"
    MISSING_STATEMENT = "missing_statement"
    MISSING_SIGNATURE = "missing_signature"
    AMBIGUOUS_INTENT = "ambiguous_intent"
    REGISTER_MIX = "register_mix"
    SALUTATION_GENDER = "salutation_gender"
    MT_GERMAN = "mt_german"
    DRAMA = "drama"
    OVERJUSTIFY = "overjustify"
    MISSING_THANKS = "missing_thanks"
    MISSING_CONTACT = "missing_contact"
    MISSING_CLOSING = "missing_closing"
    FORMAL_CASE = "formal_case"
    ORTHO_VARIANT = "ortho_variant"
    TOO_LONG = "too_long"
    INFORMAL = "informal"
    VAGUE = "vague"

    @property
    def severity(self) -> Severity:
        """The severity of every finding of this category."""
        return Severity.WARNING if self in _WARNINGS else Severity.ERROR


_WARNINGS = frozenset(
    {
        Category.DRAMA,
        Category.OVERJUSTIFY,
        Category.MISSING_THANKS,
        Category.MISSING_CONTACT,
        Category.MISSING_CLOSING,
        Category.FORMAL_CASE,
        Category.ORTHO_VARIANT,
        Category.TOO_LONG,
        Category.INFORMAL,
        Category.VAGUE,
    }
)


class Duty(StrEnum):
    """What may oblige the person beyond good manners."""

    AGENCY = "agency"  # the Agentur für Arbeit proposed this job (DE)
    JOBCENTER = "jobcenter"  # DE
    AMS = "ams"  # AT
    RAV = "rav"  # CH
    CONTRACT = "contract"  # signed, or an offer accepted, also by word of mouth
    TRAVEL_COSTS = "travel_costs"  # paid or promised
    DELETE_DATA = "delete_data"  # the person wants the documents deleted


class Situation(StrEnum):
    """What changes the words of a message, not its intent. Each is kept with a word about it."""

    HEADHUNTER = "headhunter"  # an agency stands between; with the client's name, or yes
    INTERNAL = "internal"  # the application is within one's own firm
    ONE_OF_TWO = "one_of_two"  # another one there goes on; with its position, or yes
    MOVED_BEFORE = "moved_before"  # by the employer; with how often, or yes
    APPRENTICE = "apprentice"  # apprenticeship; perhaps a minor
    PARENT_CALLS = "parent_calls"  # for somebody too ill to; with the parent's name, or yes


class ActState(StrEnum):
    """Where an outward act stands."""

    HELD = "held"
    SENDING = "sending"
    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    UNDONE = "undone"
    HANDED_OVER = "handed_over"
    CONFIRMED_BY_PERSON = "confirmed_by_person"


class ReplyClass(StrEnum):
    """What came back."""

    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    NEW_TIME = "new_time"
    CANCELLED_BY_EMPLOYER = "cancelled_by_employer"
    COUNTER_DECLINED = "counter_declined"
    OTHER = "other"


class CalendarMethod(StrEnum):
    """The iTIP methods that an attendee sends (RFC 5546 §1.4)."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"


# --- read: what the employer wrote --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact was read: ``texts[text][start:end] == quote``."""

    text: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A fact that may be wrong. ``detail`` fills the sentence of the message catalogue."""

    code: DoubtCode
    fact: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time to choose from, or to offer."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time that may be known to the day only."""

    at: datetime
    whole_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name and an address, as in a mail header."""

    name: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the candidate writes to. ``name`` is without Herr, Frau and academic titles."""

    name: str | None = None
    title: str | None = None
    gender: Gender | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a reply needs to stand in the thread (RFC 5322 §3.6.4)."""

    message_id: str | None = None
    references: tuple[str, ...] = ()
    subject: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What was read, each fact with its evidence and the doubts beside it.

    ``start`` and ``end`` are aware; with ``all_day`` the start is midnight of that day.
    ``calendar`` is the calendar part as text, for the answer that has to repeat it.
    """

    file: str | None = None
    kind: Kind = Kind.INVITATION
    method: str | None = None
    language: Language = Language.DE
    formality: Formality = Formality.SIE
    greeting: Greeting | None = None
    country: Country | None = None
    start: datetime | None = None
    end: datetime | None = None
    all_day: bool = False
    timezone: str | None = None
    proposed_slots: tuple[Slot, ...] = ()
    reply_by: Moment | None = None
    company: str | None = None
    position: str | None = None
    reference: str | None = None
    contact: Contact = Contact()
    organizer: Mailbox = Mailbox()
    attendee: Mailbox = Mailbox()
    sender: Mailbox = Mailbox()
    recipients: tuple[Mailbox, ...] = ()
    received: datetime | None = None
    format: InterviewFormat | None = None
    location: str | None = None
    meeting_url: str | None = None
    booking_url: str | None = None
    uid: str | None = None
    sequence: int | None = None
    recurrence_id: str | None = None
    thread: Thread = Thread()
    doubts: tuple[Doubt, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    calendar: str | None = None

    def local(self, moment: datetime) -> datetime:
        """``moment`` on the employer's clock."""
        return moment.astimezone(ZoneInfo(self.timezone)) if self.timezone else moment


# --- decide: what the person wants --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the person has decided to say."""

    intent: Intent
    reason: Reason = Reason.NONE
    tell: Tell = Tell.GENERAL
    slots: tuple[Slot, ...] = ()  # times to offer when moving
    about: str | None = None  # one concrete thing that was talked about
    eta: datetime | None = None  # late: when they arrive
    until: Moment | None = None  # ask_time: by when they will decide
    earlier: Moment | None = None  # nudge, reopen: when the earlier message went out
    wish: InterviewFormat | None = None  # change_format: what they would prefer
    sentence: str | None = None  # the person's own sentence
    find_out: bool = False  # accept: going there to find out whether it fits
    duties: Mapping[Duty, str] = field(default_factory=dict)
    situations: Mapping[Situation, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The candidate, as the letter and the mail header name them."""

    name: str
    email: str | None = None
    phone: str | None = None
    postal: tuple[str, ...] = ()  # street and town, for a letter on paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """What the person said once about themselves and the pages. Empty: not said."""

    name: str = ""
    phone: str = ""
    address: str = ""
    country: str = ""  # where the employers are, where an invitation does not say it
    signature: str = ""  # lines below the name in every mail
    postal: str = ""  # street and town, for a letter on paper
    language: str = ""  # of the pages
    look: str = ""  # light or dark; else as the machine has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """In what language and manner the letter speaks, and for whom."""

    sender: Sender
    language: Language
    country: Country
    formality: Formality


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a letter is made from, and all that a letter is checked against."""

    invitation: Invitation
    decision: Decision
    voice: Voice
    now: datetime


# --- write and check ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text for one channel, with the ids of the parts it was made of."""

    channel: Channel
    subject: str | None
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in a text that should be changed. Whole-text findings have no offsets."""

    category: Category
    rule: str
    start: int | None
    end: int | None
    quote: str | None
    message: str
    fix: str | None = None

    @property
    def severity(self) -> Severity:
        """Given by the category."""
        return self.category.severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a text is checked against. Whatever is None is derived from the text or skipped."""

    language: Language | None = None
    intent: Intent | None = None
    country: Country | None = None
    formality: Formality | None = None
    channel: Channel = Channel.MAIL
    name: str | None = None  # the sender's
    company: str | None = None
    contact: Contact = Contact()
    position: str | None = None
    location: str | None = None
    start: datetime | None = None
    timezone: str | None = None
    slots: tuple[Slot, ...] = ()  # dates that may stand beside the appointment
    eta: datetime | None = None
    moments: tuple[datetime, ...] = ()  # further dates that the letter rightly names
    others: tuple[str, ...] = ()  # firms and positions that it names beside its own: a client
    now: datetime | None = None


# --- send: by which servers ---------------------------------------------------------------------


class Tls(StrEnum):
    """How a connection is secured; certificates are always verified."""

    IMPLICIT = "implicit"  # from the first byte (RFC 8314)
    STARTTLS = "starttls"  # required, never optional
    NONE = "none"  # to this machine itself alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server of the person's provider."""

    host: str
    port: int
    tls: Tls
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How the person's mail and calendar are reached; passwords lie with ``Secrets``.

    ``aliases`` are further addresses confirmed as their own. ``keeps_sent`` is whether the server
    puts what it sends into Sent by itself. ``secrets_in_file`` is whether the person asked for a
    file instead of the keyring.
    """

    id: str
    address: str
    name: str | None = None
    aliases: tuple[str, ...] = ()
    smtp: Server | None = None
    imap: Server | None = None
    calendar_url: str | None = None
    calendar_user: str | None = None
    keeps_sent: bool = False
    secrets_in_file: bool = False
