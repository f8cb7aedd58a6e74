"""Who employs, whom one writes to, and who is invited."""

from __future__ import annotations

import re
from dataclasses import replace

from taktvoll.language.firms import find_firm
from taktvoll.language.letter import closing
from taktvoll.language.names import Person, find_contact, gender_in, person_in_header
from taktvoll.language.phones import Line, Phone, find_phones
from taktvoll.model import Contact, Invitation, Mailbox
from taktvoll.read.message import Message

_NO_REPLY = re.compile(
    r"^(?:no-?_?\.?reply|do-?not-?reply|nicht-?antworten|noreply|mailer-daemon|notifications?|"
    r"bounce)",
    re.IGNORECASE,
)
_PLAIN_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ç": "c"}
)


def with_people(invitation: Invitation, message: Message) -> Invitation:
    """``invitation`` with company, contact, organizer, attendee, sender and recipients."""
    return replace(
        invitation,
        company=_company(message),
        contact=_contact(message),
        organizer=message.event.organizer if message.event else Mailbox(),
        attendee=_attendee(message),
        sender=message.sender,
        recipients=message.recipients,
    )


def _company(message: Message) -> str | None:
    organizer = message.event.organizer.name if message.event else None
    for name, text, sender in (
        (message.main, message.letter, message.sender.name),
        ("calendar", message.texts.get("calendar", ""), organizer),
        ("quoted", message.quoted, None),
    ):
        firm = find_firm(text, domains=message.domains, sender=sender) if text else None
        if firm:
            message.note("company", name, *firm.span)
            return firm.name
    return None


def _contact(message: Message) -> Contact:
    candidate = message.opening.name if message.opening else ""
    organizer = message.event.organizer.name if message.event else None
    header = person_in_header(message.sender.name) or person_in_header(organizer)
    person, text = find_contact(message.letter, candidate=candidate), message.main
    if person is None and header is None and not message.parts.forwarded:
        person, text = find_contact(message.quoted, candidate=candidate), "quoted"
    if person is None and header is not None:
        person = replace(header, gender=header.gender or gender_in(message.letter, header.name))
    elif person and header and _fits(person, header):
        person = replace(person, name=header.name, title=person.title or header.title)
    if person and person.span[1]:
        message.note("contact.name", text, *person.span)
    phone = _phone(message, person)
    if phone:
        message.note("contact.phone", message.main, phone.start, phone.end)
    return Contact(
        name=person.name if person else None,
        title=person.title if person else None,
        gender=person.gender if person else None,
        email=_email(message, person),
        phone=phone.number if phone else None,
    )


def _fits(person: Person, header: Person) -> bool:
    """Whether the header gives the full name of the one whom the letter names in short."""
    words, given = header.name.split(), person.name.split()
    if len(given) == 1 and words[0].lower().startswith(given[0].lower()[:3]):
        return len(words) > 1  # "Dan" signs for Daniel Okafor
    return len(words) > len(given) and given[-1] in words


def _email(message: Message, person: Person | None) -> str | None:
    """Their own address, else the one that a reply reaches; never a no-reply."""
    own = {mailbox.email.lower() for mailbox in message.recipients if mailbox.email}
    written = [a for a in message.addresses if a.lower() not in own and not _NO_REPLY.match(a)]
    surname = _plain(person.name.split()[-1]) if person else ""
    for address in written if len(surname) > 1 else ():
        if surname in _plain(address.split("@")[0]):
            message.note_quote("contact.email", address, message.main)
            return address
    reply_to = message.mail.reply_to if not message.parts.forwarded else None
    organizer = message.event.organizer.email if message.event else None
    for reached in (reply_to.email if reply_to else None, message.sender.email, organizer):
        if reached and not _NO_REPLY.match(reached) and reached.lower() not in own:
            return reached
    if written:
        message.note_quote("contact.email", written[0], message.main)
        return written[0]
    return None


def _phone(message: Message, person: Person | None) -> Phone | None:
    """Their direct line, else the general one; in the sentence that names them above all."""
    text = message.letter
    ending = closing(text)
    signature = ending[0] if ending else len(text)
    surname = person.name.split()[-1] if person else None

    def merit(phone: Phone) -> tuple[int, int]:
        paragraph = text[max(0, phone.start - 90) : phone.start].rpartition("\n\n")[2]
        named = surname is not None and surname in paragraph
        beside = (3 if phone.start < signature else 2) if named else 0
        return 2 * phone.line + beside, -phone.start

    phones = (phone for phone in find_phones(text) if phone.line is not Line.NEVER)
    return max(phones, key=merit, default=None)


def _attendee(message: Message) -> Mailbox:
    """The candidate: the one who is invited, else the one the mail went to."""
    recipients, event = message.recipients, message.event
    if event:
        reached = {mailbox.email.lower() for mailbox in recipients if mailbox.email}
        reached |= {address.lower() for address in message.mail.delivered_to}
        hosts = {(a or "").lower() for a in (event.organizer.email, message.sender.email)}
        invited = [a for a in event.attendees if a.email and a.email.lower() not in hosts]
        for attendee in invited:
            if (attendee.email or "").lower() in reached:
                return attendee
        if invited:
            return invited[0] if len(invited) == 1 else Mailbox()
    return recipients[0] if len(recipients) == 1 else Mailbox()


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower().translate(_PLAIN_LETTERS))
