"""The step *read*: from bytes to invitations."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from taktvoll.errors import WrongUse
from taktvoll.language.dates import Mention, Precision
from taktvoll.language.jobs import Found, find_position, find_reference, reference_after
from taktvoll.language.letter import closing, formality_of
from taktvoll.model import (
    Country,
    DoubtCode,
    Formality,
    Invitation,
    Kind,
    Thread,
)
from taktvoll.read.doubts import doubt_calendar, doubt_sender
from taktvoll.read.kind import kind_of
from taktvoll.read.links import Link, booking_link, find_links
from taktvoll.read.message import JOB_ALERT, Given, Message
from taktvoll.read.people import with_people
from taktvoll.read.place import with_place
from taktvoll.read.signs import Clues, signs_of
from taktvoll.read.source import sources
from taktvoll.read.when import appointment_in, mentions_in, with_times, zone_of
from taktvoll.times import zone_named

_RESPONSE = re.compile(r"^\s*(?:re|aw|antw|antwort)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_SUBJECT_NOISE = re.compile(
    r"^\s*(?:(?:re|aw|fwd?|wg|antw(?:ort)?|updated invitation|aktualisierte einladung|invitation|"
    r"einladung|abgesagt|canceled|cancelled|aktualisiert|updated)\s*:\s*)+",
    re.IGNORECASE,
)


def read(
    data: bytes,
    *,
    file: str | None = None,
    received: datetime | None = None,
    country: Country | None = None,
    timezone: str | None = None,
    now: datetime | None = None,
    interview: bool = False,
) -> list[Invitation]:
    """The invitations in ``data``: a mail, a calendar file, pasted text or an mbox (several).

    ``received`` (aware) is when the message came; without it the mail's own Date counts, and
    without that the calendar's own stamp, or ``now``.
    ``country`` and ``timezone`` are the candidate's and count where the message is silent:
    ``timezone`` for times in prose and for calendars in an unknown zone. A message without an
    interview is no error: its kind is *other*, with the doubt ``no_interview``. With ``interview``
    somebody says that it is about one: the doubt stands, and the message is read as an invitation.
    Raises ``UnreadableInput``: ``empty_file``, ``not_text``, ``too_large``; ``WrongUse`` for a zone
    that does not exist.
    """
    if received is not None and received.tzinfo is None:
        raise WrongUse("received_without_offset")
    if timezone is not None:
        zone_named(timezone)
    given = Given(
        file=file,
        received=received,
        now=now,
        country=country,
        timezone=timezone,
        interview=interview,
    )
    return [_invitation(Message(mail, given)) for mail in sources(data)]


def _invitation(message: Message) -> Invitation:
    """Everything that ``message`` says; facts first that others lean on."""
    links = _links(message)
    zone = zone_of(message)
    mentions = mentions_in(message, message.letter, zone)
    kind = _kind(message, mentions, booking=booking_link(links) is not None)
    event = message.event
    invitation = Invitation(
        file=message.given.file,
        kind=kind,
        method=message.method,
        language=message.language,
        formality=_formality(message),
        greeting=message.opening.greeting if message.opening else None,
        country=message.country,
        received=message.received,
        uid=event.uid if event else None,
        sequence=event.sequence if event else None,
        recurrence_id=event.recurrence_id if event else None,
        thread=_thread(message),
        calendar=message.calendar_text,
    )
    if message.opening:
        message.note("greeting", message.main, message.opening.start, message.opening.end)
    prose = appointment_in(message, mentions, zone, kind)
    invitation = with_times(invitation, message, prose, zone)
    invitation = with_people(invitation, message)
    if kind is not Kind.OTHER:
        invitation = with_place(invitation, message, links)
    if not (kind is Kind.OTHER and _offers_many(message)):
        invitation = _with_job(invitation, message)
    doubt_calendar(invitation, message)
    doubt_sender(invitation, message)
    return replace(
        invitation,
        doubts=tuple(message.doubts),
        texts=message.texts,
        evidence=message.evidence,
    )


def _kind(message: Message, mentions: list[Mention], *, booking: bool) -> Kind:
    kind = kind_of(message.subject, _told(message), _clues(message, mentions, booking=booking))
    if kind is Kind.OTHER:
        message.doubt(DoubtCode.NO_INTERVIEW, "kind")
        if message.given.interview:
            return Kind.CANCELLATION if message.method == "CANCEL" else Kind.INVITATION
    return kind


def signs_in(message: Message) -> set[str]:
    """The signs by which the kind of ``message`` is told."""
    mentions = mentions_in(message, message.letter, zone_of(message))
    booking = booking_link(_links(message)) is not None
    return signs_of(message.subject, _told(message), _clues(message, mentions, booking=booking))


def _told(message: Message) -> str:
    """The newest letter without its signature, and what the event is called."""
    ending = closing(message.letter)
    letter = message.letter[: ending[0]] if ending else message.letter
    event = message.event
    summary = event.summary if event and event.summary and message.main == "body" else ""
    return f"{letter}\n\n{summary}"


def _clues(message: Message, mentions: list[Mention], *, booking: bool) -> Clues:
    ahead = [m for m in mentions if m.start > message.now and m.precision is not Precision.WEEK]
    event = message.event
    return Clues(
        method=message.method,
        status=event.status if event else None,
        answers=bool(message.mail.in_reply_to or _RESPONSE.match(message.subject)),
        automatic=message.mail.auto_submitted,
        booking=booking,
        event=event is not None,
        dates=[m.span for m in ahead],
        hours=sum(m.precision is Precision.MINUTE for m in ahead),
        past=sum(m.start <= message.now for m in mentions),
        quoted=message.quoted,
    )


def _offers_many(message: Message) -> bool:
    """Whether the message lists jobs of many employers: a job alert, a newsletter."""
    return bool(JOB_ALERT.search(f"{message.subject}\n{message.letter}"))


def _formality(message: Message) -> Formality:
    found = formality_of(message.letter, message.language)
    if found is Formality.NEUTRAL:
        return formality_of(message.quoted, message.language)
    return found


def _thread(message: Message) -> Thread:
    mail = message.mail
    return Thread(
        message_id=mail.message_id,
        references=mail.references,
        subject=mail.subject,
        reply_to=mail.reply_to.email if mail.reply_to else mail.sender.email,
    )


def _links(message: Message) -> list[Link]:
    html = message.mail.html_links if message.main == "body" else ()
    links = find_links(message.texts.get(message.main, ""), html)
    if message.main == "body" and "calendar" in message.texts:
        links += [replace(link, start=None) for link in find_links(message.texts["calendar"], ())]
    return links


def _with_job(invitation: Invitation, message: Message) -> Invitation:
    """``invitation`` with the position that is surest, and the reference that is named first."""
    positions = _positions(message)
    if positions:
        _, name, shift, position = _in_full(positions)
        message.note("position", name, position.start + shift, position.end + shift)
        if position.value == invitation.contact.name:
            return invitation
        invitation = replace(invitation, position=_without_reader(position.value, message))
    name, found = _reference(message, positions)
    if found is None:
        return invitation
    message.note("reference", name, found.start, found.end)
    return replace(invitation, reference=found.value)


_SURE = 12  # the weight of a position beside which the quoted mail need not be asked


def _positions(message: Message) -> list[tuple[int, str, int, Found]]:
    """The job as the subject, the letter, the event and the quoted mail call it.

    Each with its weight, the name of the text, and how far its offsets are from that text's.
    """
    subject = _SUBJECT_NOISE.sub("", message.subject)
    texts = (
        ("subject", subject, 2),
        (message.main, message.letter, 2),
        ("calendar", message.texts.get("calendar", ""), 1),
        ("quoted", message.quoted, 0),
    )
    positions: list[tuple[int, str, int, Found]] = []
    for name, text, merit in texts:
        heading, thread = name in ("subject", "calendar"), name == "quoted"
        known = positions[0][3].value.lower() if positions else ""
        if thread and any(weight >= _SURE for weight, *_ in positions):
            break
        if text and (found := find_position(text, heading=heading, thread=thread, known=known)):
            shift = len(message.subject) - len(subject) if name == "subject" else 0
            positions.append((found.weight + merit, name, shift, found))
    return sorted(positions, key=lambda each: each[1] == "subject")


def _reference(
    message: Message, positions: list[tuple[int, str, int, Found]]
) -> tuple[str, Found | None]:
    """The number after its label, else the one that stands behind the job; and in which text."""
    texts = (
        (message.main, message.letter),
        ("subject", message.subject),
        ("calendar", message.texts.get("calendar", "")),
        ("quoted", message.quoted),
    )
    for name, text in texts:
        if found := find_reference(text):
            return name, found
    for _, name, shift, position in positions:
        if behind := reference_after(message.texts.get(name, ""), position.end + shift):
            return name, behind
    return "", None


def _in_full(positions: list[tuple[int, str, int, Found]]) -> tuple[int, str, int, Found]:
    """The surest position, as the letter writes it out: a subject may say "Volontariat" alone."""
    best = max(positions, key=lambda candidate: candidate[0])
    short = best[3].value.lower()
    longer = (
        p
        for p in positions
        if p[1] in ("body", "quoted") and f" {p[3].value.lower()} ".find(f" {short} ") >= 0
    )
    return next((p for p in longer if best[1] == "subject"), best)


def _without_reader(position: str, message: Message) -> str:
    """ "Energieberaterin Wiśniewska": a subject may name the candidate behind the job."""
    words = position.split()
    names = [mailbox.name or "" for mailbox in message.recipients]
    names.append(message.opening.name if message.opening else "")
    known = {word.strip(",").lower() for name in names for word in name.split()}
    while len(words) > 1 and words[-1].lower() in known:
        words.pop()
    return " ".join(words)
