"""Mails that no person wrote: absence notes, receipts, tickets, and what systems send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from taktvoll.follow.reply import Absence, Why
from taktvoll.formats.mime import Mail
from taktvoll.language.contacts import find_contact
from taktvoll.language.dates import Mention, Precision, Side, find_dates
from taktvoll.language.names import Person, addressed_in, people_in
from taktvoll.language.phones import find_phones
from taktvoll.model import Contact, Moment

_LONGEST = 3_000

_SUBJECT = re.compile(
    r"^\s*(?:(?:re|aw)\s*:\s*)?(?:\[[^\]\n]{1,40}\]\s*)?(?:auto(?:matic|mated)?[ -]?(?:reply|"
    r"response|answer)|automatische (?:antwort|abwesenheit\w*|rückmeldung|eingangsbestätigung)|"
    r"auto-?antwort|abwesen(?:d|heit)\w*|out[ -]of[ -](?:the[ -])?office|ooo\b|"
    r"(?:on|away on) (?:annual )?(?:leave|vacation|holiday)\b|ich bin (?:nicht im büro|im urlaub)|"
    r"nicht im (?:büro|haus)|urlaubs(?:notiz|meldung)|ferienabwesenheit|"
    r"[\w. /-]{2,60} (?:is out of the office|ist (?:abwesend|außer haus|ausser haus|nicht im "
    r"büro)))",
    re.IGNORECASE,
)
_TICKET = re.compile(
    r"\b(?:ticket|vorgang(?:snummer|s-nr)?|fallnummer|case|request|anfrage|reference number|"
    r"aktenzeichen)\b[^\n.]{0,30}?[#:\[(-]\s?[A-Z]{0,5}-?\d{3,}|\[#?[A-Z]{0,8}-?\d{4,}\]|"
    r"(?:eingangsbestätigung|empfangsbestätigung)\b",
    re.IGNORECASE,
)
_MACHINE_WORDS = re.compile(
    r"(?:dies ist|diese (?:e-?mail|nachricht) (?:ist|wurde)|das ist) (?:\w+ ){0,3}(?:automatisch|"
    r"systemseitig)|automatisch (?:erzeugt|generiert|erstellt|versendet|verschickt)|"
    r"automatische (?:antwort|eingangsbestätigung|empfangsbestätigung|nachricht|bestätigung)|"
    r"(?:this is|it is) an? auto(?:mated|matic|-?generated)|auto(?:matically)?[ -]generated|"
    r"automated (?:message|reply|response)|"
    r"(?:bitte )?antworten sie (?:bitte )?nicht auf diese|(?:please )?do not reply to this|"
    r"(?:postfach|adresse|mailbox|inbox|account) (?:\w+ ){0,3}(?:nicht (?:mehr )?(?:gelesen|"
    r"überwacht|betreut|bearbeitet)|(?:is )?(?:not|no longer|un)[ -]?(?:monitored|read|checked))|"
    r"(?:nachricht|mail|e-mail)(?:en)? wird (?:\w+ )?nicht (?:automatisch )?weitergeleitet|"
    r"(?:außer haus|ausser haus|nicht im büro|im urlaub|in den ferien|in elternzeit|"
    r"im mutterschutz|auf dienstreise|auf fortbildung|auf urlaub)[^.\n]{0,80}"
    r"(?:vertretung|dringend|erreich|weitergeleitet|zugriff|e-?mails?\b|zurück)|"
    r"(?:i am|i'm|i will be|currently) (?:out of (?:the )?office|away|on (?:annual |parental |"
    r"maternity )?leave|on (?:holiday|vacation))|"
    r"dass sie uns kontaktiert|for (?:contacting|getting in touch)(?! to)|(?:received|got) your "
    r"(?:enquiry|query|application|request)|ihre (?:anfrage|bewerbung)[^.\n]{0,40}(?:erhalten|"
    r"eingegangen)|"
    r"(?:melden uns|antworten)[^.\n]{0,20}(?:zeitnah|so (?:schnell|bald) wie möglich)|"
    r"(?:limited|no|sporadic) access to (?:my )?e-?mails?",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"(?:confirm|verify|bestätige\w*)[^.\n]{0,120}(?:deliver|zugestellt|zustellung|real person|"
    r"not a (?:robot|spammer)|kein (?:roboter|spam))|(?:held|zurückgehalten)[^.\n]{0,80}(?:until|"
    r"bis)[^.\n]{0,60}(?:confirm|bestätig)",
    re.IGNORECASE,
)


def responder(mail: Mail, text: str) -> Why | None:
    """Why ``mail`` is the answer of a program to our mail, whatever its words may be; or None.

    RFC 3834 §5 names the header; the others are what older responders write.
    """
    origin = mail.origin
    if mail.receipt is not None:
        shown = re.search(r"(?im)^disposition:[^\n]*;\s*(?:displayed|processed)", mail.receipt)
        return Why(key="reply.why.receipt_read" if shown else "reply.why.receipt_unread")
    if _CHALLENGE.search(text[:_LONGEST]) and mail.auto_submitted:
        return Why(key="reply.why.challenge")
    for name in ("x-autoreply", "x-autorespond", "x-auto-reply-from"):
        if origin.get(name, "no").lower() not in ("no", "false"):
            return _header(mail, name)
    if origin.get("auto-submitted", "").lower().startswith("auto-replied"):
        return _header(mail, "auto-submitted")
    if origin.get("precedence", "").lower() in ("auto_reply", "auto-reply"):
        return _header(mail, "precedence")
    if found := _SUBJECT.match(mail.subject or ""):
        return Why(
            key="reply.why.subject",
            values={"subject": mail.subject or ""},
            quote=f"Subject: {found[0].strip()}",
        )
    return None


def sent_by_machine(mail: Mail) -> Why | None:
    """Why a program sent ``mail``, which may still say something that counts; or None.

    Appointment systems send in the name of people, with these same headers.
    """
    origin = mail.origin
    submitted = origin.get("auto-submitted", "no").partition(";")[0].strip().lower()
    if submitted != "no":
        return _header(mail, "auto-submitted")
    if "x-auto-response-suppress" in origin:
        return _header(mail, "x-auto-response-suppress")
    if origin.get("precedence", "").lower() in ("bulk", "junk", "list"):
        return _header(mail, "precedence")
    for name in ("list-id", "list-unsubscribe", "feedback-id"):
        if name in origin:
            return _header(mail, name)
    return None


def machine_words(text: str, subject: str) -> tuple[int, int] | None:
    """Where ``text`` says of itself that nobody wrote it, or nobody is there; or None.

    The number of a ticket counts, in the subject too (then the span is empty).
    """
    found = _MACHINE_WORDS.search(text, 0, _LONGEST) or _TICKET.search(text, 0, _LONGEST)
    if found:
        return found.span()
    return (
        (0, 0) if re.search(r"\[#?[A-Z]{0,8}-?\d{4,}\]|\bticket\b.{0,12}\d{3}", subject) else None
    )


def _header(mail: Mail, name: str) -> Why:
    line = f"{'-'.join(part.capitalize() for part in name.split('-'))}: {mail.origin[name][:200]}"
    return Why(key="reply.why.header", values={"header": line}, quote=line)


# --- the absence --------------------------------------------------------------------------------

_AWAY = re.compile(
    r"büro|urlaub|ferien|abwesen|außer haus|ausser haus|im haus|elternzeit|mutterschutz|karenz|"
    r"dienstreise|fortbildung|zurück|wieder|geschlossen|betriebsferien|erreich|arbeitsplatz|"
    r"office|leave|holiday|vacation|away|back|return|closed|reopen|travel",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:bis|until|till|through|thru|up to)(?: und mit| (?:ein\w*lich|inkl\.|inklusive|"
    r"voraussichtlich|vsl\.|including|zum|zu|and including))*(?: (?:dem|den|the))?\s{0,3}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:ab|from|as of|erst (?:wieder )?(?:ab|am)|(?:back|return\w*|reopen\w*|available|"
    r"zurück|wieder\w*)(?: \w+){0,4}|when i(?:'m| am) (?:back|next in)(?: \w+){0,3})"
    r"(?: (?:am|dem|den|on|the|montag|dienstag|mittwoch|donnerstag|freitag),?)*\s{0,3}$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"[^.\n]{0,30}?(?:wieder|zurück|back|erreichbar|available|again|geöffnet)", re.IGNORECASE
)
_STANDS_IN = re.compile(
    r"vertret\w*|stellvertret\w*|wende\w* (?:sie|du|dich|euch)|dringend\w*|hilft|helfen|"
    r"übernimmt|übernommen|kontaktieren|kümmert|erreichen|ansprech\w*|zuständig|"
    r"betreut|bearbeitet|beantwortet|koordiniert|schreib\w*|melde\w*|contact|urgent\w*|instead|reach|cover\w*|"
    r"looking after|please (?:call|ring|write|email)|speak to|taken over|colleague|assist",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=[^\s]|\s[a-zäöü\d(]))+[.!?]?", re.MULTILINE)
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")


def absence_in(text: str, sender: str | None, written: datetime | None) -> Absence | None:
    """Until when the one who wrote ``text`` is away, and who stands in; None if nothing is said.

    ``written`` (aware) is when the mail was; without it no date can be told.
    """
    text = text[:_LONGEST]
    if not _AWAY.search(text):
        return None
    until = _until(text, written) if written else None
    stand_in = _stand_in(text, (sender or "").lower())
    return Absence(until=until, stand_in=stand_in) if until or stand_in else None


def _until(text: str, written: datetime) -> Moment | None:
    """The last day away: the one after "bis", or the day before the one after "ab"."""
    for mention in find_dates(text, now=written):
        last = _last_day(text, mention)
        if last and last >= written.replace(hour=0, minute=0, second=0, microsecond=0):
            day = last.replace(hour=0, minute=0, second=0, microsecond=0)
            return Moment(at=day, whole_day=True)
    return None


def _last_day(text: str, mention: Mention) -> datetime | None:
    if mention.precision not in (Precision.DAY, Precision.MINUTE, Precision.PART):
        return None
    if mention.end and mention.end.date() > mention.start.date():
        return mention.end  # "vom 9. bis 13. November"
    start, end = mention.span
    written, before = text[start:end], text[max(0, start - 60) : start]
    if mention.side is Side.BEFORE or _UNTIL.search(before) or _UNTIL.match(written[:4].strip()):
        return mention.start
    if mention.side is Side.AFTER or _FROM.search(before) or _BACK.match(text, end, end + 60):
        return mention.start - timedelta(days=1)
    return None


def _stand_in(text: str, sender: str) -> Contact | None:
    """Who is named in a sentence that says whom to turn to, with address and number."""
    for begin, end in _sentences_about(text):
        sentence = text[begin:end]
        emails = [each for each in _EMAIL.findall(sentence) if each.lower() != sender]
        person = next(_named(sentence), None)
        phones = find_phones(sentence)
        if emails or person or phones:
            return Contact(
                name=person.name if person else None,
                title=person.title if person else None,
                gender=person.gender if person else None,
                email=emails[0] if emails else None,
                phone=phones[0].number if phones else None,
            )
    return None


def _named(sentence: str) -> Iterator[Person]:
    """Whom a sentence names: with Frau or Herr, as a contact, or at all."""
    yield from addressed_in(sentence, 0, len(sentence))
    if contact := find_contact(sentence):
        yield contact
    yield from people_in(sentence, 0, len(sentence))


def _sentences_about(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        if _STANDS_IN.search(found[0]):
            yield found.span()
