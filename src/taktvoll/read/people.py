"""Who employs, whom one writes to, and who is invited."""

from __future__ import annotations

import re
from dataclasses import replace

from taktvoll.language.contacts import find_contact
from taktvoll.language.firms import find_firm, firm_in_subject
from taktvoll.language.letter import closing
from taktvoll.language.names import (
    Person,
    completed,
    person_in_header,
    plain_letters,
    same_person,
)
from taktvoll.language.phones import Line, Phone, find_phones
from taktvoll.language.quoting import without_letters_of
from taktvoll.model import Contact, Invitation, Kind, Mailbox
from taktvoll.read.message import JOB_ALERT, Message

_NO_REPLY = re.compile(
    r"(?:^|[._-])(?:no-?_?\.?reply|do-?not-?reply|nicht-?antworten|keine-?antwort|noreply|"
    r"donotreply|mailer-daemon|notifications?|notify|bounces?|alerts?|job-?alarm|newsletter|news|"
    r"erinnerung|reminders?|benachrichtigung(?:en)?|automat\w*|mailer|system)(?:$|[._-])",
    re.IGNORECASE,
)


def with_people(invitation: Invitation, message: Message) -> Invitation:
    """``invitation`` with company, contact, organizer, attendee, sender and recipients."""
    company = _company(message)
    return replace(
        invitation,
        company=company,
        contact=_contact(message, company, invitation.kind),
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
    if named := firm_in_subject(message.subject):
        message.note("company", "subject", *named.span)
        return named.name
    return None


def _contact(message: Message, company: str | None, kind: Kind) -> Contact:
    listed = kind is Kind.OTHER and JOB_ALERT.search(f"{message.subject}\n{message.letter}")
    person, text = (None, "") if listed else _person(message, company)
    if person and person.span[1]:
        message.note("contact.name", text, *person.span)
    phone, place = _phone(message, person)
    if phone:
        message.note("contact.phone", place, phone.start, phone.end)
    return Contact(
        name=person.name if person else None,
        title=person.title if person else None,
        gender=person.gender if person else None,
        email=_email(message, person),
        phone=phone.number if phone else None,
    )


def _person(message: Message, company: str | None) -> tuple[Person | None, str]:
    """Who is named for questions, who signs, or who sent it; and the text that says so."""
    candidate, firm = _candidate(message), company or ""
    header = _from_header(message, company)
    person, text = find_contact(message.letter, candidate=candidate, firm=firm), message.main
    if person is None and header is None and not message.parts.forwarded:
        quoted = _of_employer(message)
        person, text = find_contact(quoted, candidate=candidate, firm=firm), "quoted"
    if person is None and header and not same_person(header.name, candidate):
        person = completed(header, message.letter)
    elif person and header and _fits(person, header):
        person = replace(
            person,
            name=header.name,
            title=person.title or header.title,
            gender=person.gender or header.gender,
        )
        person = completed(person, message.letter)
    if person and message.quoted:
        person = replace(completed(person, message.quoted), span=person.span)
    return person, text


def _from_header(message: Message, company: str | None) -> Person | None:
    """The sender or the organizer, where that is a person and not the firm."""
    organizer = message.event.organizer if message.event else Mailbox()
    for mailbox in (message.sender, organizer):
        person = person_in_header(mailbox.name, mailbox.email)
        if person and not (company and person.name.lower() in company.lower()):
            return person
    return None


def _candidate(message: Message) -> str:
    """The reader's name: from the salutation, else from the address the mail went to."""
    if message.opening and message.opening.name and not _NOBODY.search(message.opening.name):
        return message.opening.name
    names = [
        mailbox.name or " ".join(_LETTERS.findall((mailbox.email or "").partition("@")[0]))
        for mailbox in message.recipients
    ]
    return names[0] if len(names) == 1 else ""


_NOBODY = re.compile(
    r"(?:kolleg(?:e|in|en)|herren|bewerber(?:in)?|interessent(?:in)?|all|there)$", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")


def _of_employer(message: Message) -> str:
    """What is quoted, without the letters that the candidate wrote."""
    if not message.quoted:
        return ""
    own = [mailbox.email for mailbox in message.recipients if mailbox.email]
    return without_letters_of(message.quoted, (*own, *_candidate(message).split()[-1:]))


def _fits(person: Person, header: Person) -> bool:
    """Whether the header gives the full name of the one whom the letter names in short."""
    words, given = header.name.split(), person.name.split()
    if len(given) == 1 and words[0].lower().startswith(given[0].lower()[:3]):
        return len(words) > 1  # "Dan" signs for Daniel Okafor
    if len(given) == 1 and len(words) > 1 and words[0][:2].lower() == given[0][:2].lower():
        return True  # "Daz" for Darren Pickersgill
    if given[-1] == words[-1] and given[0].endswith(".") and words[0][0] == given[0][0]:
        return True  # "T. Maibaum"
    return len(words) > len(given) and given[-1] in words


def _email(message: Message, person: Person | None) -> str | None:
    """Their own address, else the one that a reply reaches; never a no-reply."""
    own = {mailbox.email.lower() for mailbox in message.recipients if mailbox.email}
    reply_to = message.parts.reply_to if message.parts.forwarded else message.mail.reply_to
    organizer = message.event.organizer.email if message.event else None
    answered = reply_to.email if reply_to else None
    senders = () if answered and _nobody_reads(answered) else (answered, message.sender.email)
    reached = [
        address
        for address in (*senders, organizer)
        if address and not _nobody_reads(address) and address.lower() not in own
    ]
    written = [a for a in message.addresses if a.lower() not in own and not _nobody_reads(a)]
    beside = _address_beside(message, person) if person else None
    copies = (*message.parts.copies, *(m.email for m in message.mail.cc if m.email))
    theirs = (a for a in (*written, *reached, *copies) if _is_theirs(a, person))
    chosen = beside if beside in written else next(theirs, None)
    if chosen is None and not reached and written:
        chosen = written[0]
    if chosen in written:
        message.note_quote("contact.email", chosen or "", message.main)
    return chosen or next(iter(reached), None)


def _nobody_reads(address: str) -> bool:
    return bool(_NO_REPLY.search(address.partition("@")[0]))


def _address_beside(message: Message, person: Person) -> str | None:
    """The address in the sentence that names them: "Frau Graf (02799 60, office@…)"."""
    text = message.letter
    at = text.find(person.surname)
    found = re.search(r"[\w.+\-]+@[\w.\-]+\w", text[at : at + 110]) if at >= 0 else None
    if found is None or "\n\n" in text[at : at + found.start()]:
        return None
    return found[0]


def _is_theirs(address: str, person: Person | None) -> bool:
    """Whether the part before the @ is the person's name."""
    if person is None:
        return False
    local = address.split("@")[0]
    names = [plain_letters(word) for word in person.name.split()]
    return any(len(name) > 1 and name in plain_letters(local) for name in (names[-1], names[0]))


def _phone(message: Message, person: Person | None) -> tuple[Phone | None, str]:
    """Their direct line, else the general one; in the sentence that names them above all."""
    if best := _best_phone(message.letter, person):
        return best, message.main
    quoted = _of_employer(message)
    return (_best_phone(quoted, person) if quoted else None), "quoted"


def _best_phone(text: str, person: Person | None) -> Phone | None:
    ending = closing(text)
    signature = ending[0] if ending else len(text)

    def merit(phone: Phone) -> tuple[int, int]:
        paragraph = text[max(0, phone.start - 90) : phone.start].rpartition("\n\n")[2]
        after = text[phone.end : phone.end + 40].split("\n")[0]
        in_brackets = after[after.find("(") : after.find(")")] if after.startswith(" (") else ""
        named = person is not None and person.surname in paragraph + in_brackets
        above = phone.start < signature
        beside = (3 if above else 2) if named else 0
        if above and not named and person is not None and person.span[0] >= signature:
            # whoever signs gave it in the letter
            said = _SENTENCE_END.split(paragraph)[-1]
            beside = 0 if _ANOTHER.search(said) else 5 + bool(_MYSELF.search(said))
        return 2 * phone.line + beside, -phone.start

    phones = (phone for phone in find_phones(text) if phone.line is not Line.NEVER)
    return max(phones, key=merit, default=None)


_ANOTHER = re.compile(
    r"(?<!\w)(?:frau|herrn?|kolleg\w*|assistent\w*|sekretariat|büro|empfang|zentrale|mr|mrs|ms|"
    r"reception|office|colleague|assistant|secretary|hotline|shuttle|taxi|notfall\w*|"
    r"einsatz\w*|\w*technische\w* support|technical support)(?!\w)|"
    r"(?<=[a-z,] )(?-i:[A-Z][a-z]+ )(?:can|is|will|kann|ist|hat)(?!\w)",
    re.IGNORECASE,
)
_MYSELF = re.compile(r"(?<!\w)(?:ich|mich|mir|me|i|i’m|i'm)(?!\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s")
"""Whose number stands there instead."""


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
