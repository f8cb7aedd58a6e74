"""Where and how one meets: on site at an address, by video behind a link, or by phone."""

from __future__ import annotations

import re
from dataclasses import replace

from taktvoll.language.letter import closing
from taktvoll.model import InterviewFormat, Invitation
from taktvoll.read.address import Address, find_address
from taktvoll.read.links import Link, booking_link, meeting_link
from taktvoll.read.message import Message

_VIDEO = re.compile(
    r"(?<!\w)(?:(?<!dein )(?<!ihr )(?<!your )(?<!the )(?<!das )video-?(?:call|gespräch|interview|"
    r"konferenz|chat|telefonat|meeting|termin|"
    r"schalte)?\w{0,3}(?!\w)|video-?(?:call|gespräch|interview|termin|meeting|link|raum)|"
    r"(?:zoom|teams|meet)[- ]?(?:link|raum|room)|web-?(?:konferenz|meeting|call|cam)|bildschirm|"
    r"online-?(?:interview|"
    r"gespräch|meeting|termin|kennenlern\w*|bewerbungsgespräch|vorstellungsgespräch|call|"
    r"besprechung)|(?<!\w)online(?!-?\w|\s?(?:bewerb|portal|test|form|appli|assess|search))|(?:per|via|über|on|"
    r"over|by|in|mit)\s(?:ms\s|microsoft[\s-]|google\s|cisco\s)?(?:teams|zoom|skype|webex|meet|"
    r"jitsi|facetime|bigbluebutton)|(?:microsoft|ms)[\s-]teams|google[\s-]meet|zoom[\s-](?:link|"
    r"meeting|call|interview|termin)|teams[\s-](?:besprechung|meeting|termin|call|link|interview|"
    r"sitzung)|virtuell\w*|virtual(?:ly)?|remote(?:-?interview|\sinterview|ly)?|cameras?(?!\w)|"
    r"kamera)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<!\w)(?:telefon-?(?:interview|gespräch|termin|call)\w*|telefonat(?!\w)|telefoninterview|"
    r"telefonisch\w*\s(?:\w+\s){0,3}?(?:interview|gespräch|kennen|erst|vor|austausch|kontakt|"
    r"inter|sprechen|unterhalten|melde)\w*|(?:gespräch|interview|termin|kennenlernen)\s(?:am|per|"
    r"via)\stelefon|per telefon|am telefon(?! (?:besprochen|ausgemacht|vereinbart|gesagt))|"
    r"(?:ruf\w{0,2})\s(?:[\w.:,()/-]+\s){0,12}?an(?!\w)|anrufen(?: werden)?|angerufen|telefonieren|"
    r"phone(?:[ -])?(?:interview|screen(?:ing)?|call|chat|conversation)|telephone (?:interview|"
    r"call|conversation|screening)|(?:call|ring|phone) (?:you|u)(?!\w)|(?:calling|ringing|"
    r"phoning) (?:you|u)(?!\w)|klingle? [^.!?\n]{0,40} an(?!\w)|by (?:tele)?phone|over the phone|"
    r"via phone|on the phone(?! just|,| earlier| today| yesterday)|screening call|rufen wir|"
    r"give you a (?:call|ring|bell))",
    re.IGNORECASE,
)
_ONSITE = re.compile(
    r"(?<!\w)(?:vor ort|präsenz\w*|(?:in|zu|bei) unser\w{0,2} (?:\w+ )?(?:haus\w*|büro\w*|"
    r"räum\w*|geschäftsräum\w*|firma|unternehmen|filiale|niederlassung|praxis|werk\w*|kanzlei|"
    r"zentrale|geschäftsstelle|standort|atelier|laden|geschäft|betrieb|hotel|restaurant|schule|"
    r"kita|station|klinik|studio|werkstatt)|(?:bei|zu) uns(?:,)? (?:\w+ ){0,3}?(?:im|in der|"
    r"in die|ins|am|auf dem|vorbei|zum|zur|um|ein|,)|im (?:haus|büro|geschäft|werk|laden|betrieb|"
    r"rathaus|landratsamt) (?!\d)|persönlich(?:e[nsmr]?)? (?:vorstell|gespräch|kennen|termin|"
    r"interview|treffen|zu kennen)\w*|kommen sie|kommst du|(?:vorbei|her|hin)(?:zu)?(?:kommen|"
    r"schauen)|komm \w+ vorbei|vorbei(?!\w)|hospitation|probearbeit\w*|probetag|schnupper\w*|"
    r"hearing|(?:an der|zur) pforte|am empfang|am eingang|hintereingang|haupteingang|klingel\w*|"
    r"rezeption|anfahrt|stockwerk|\d\. (?:stock|og|obergeschoss|etage)|"
    r"(?:besprechungs|sitzungs|konferenz)?(?:zimmer|raum) \d|sitzungszimmer|auswahltag|"
    r"sie finden uns|du findest uns|werksführung|rundgang|at the (?:depot|shop|store|site|yard|"
    r"farm|school|surgery|"
    r"salon|garage|warehouse|restaurant|hotel|bar|office|clinic|plant|studio)|on[- ]campus|"
    r"in[- ]person|on-?site|"
    r"face[- ]to[- ]face|at our (?:\w+ ){0,2}(?:office\w*|premises|headquarters|site|store|"
    r"clinic|school|branch|surgery|practice|centre|center|shop|depot)|(?:in|"
    r"to) our (?:\w+ ){0,2}(?:office\w*|premises|store|school|branch)|come (?:in|to|by|along|"
    r"over)|visit (?:us|our)|ask for \w+ (?:at|on)|at reception|main reception|"
    r"trial (?:shift|day)|bring (?:your )?(?:passport|photo id|proof of))",
    re.IGNORECASE,
)
_TRAVELS = re.compile(
    r"(?<!\w)(?:bei uns(?! eingegangen| beworben| gemeldet)|zu uns|filiale|rathaus|bauhof|"
    r"werkstor|tor \d|pforte|standort|büro|lobby|foyer|"
    r"kantine|\w{0,14}führung|probe(?:schicht|arbeiten|tag|kochen|stunde|lektion)|schürze|sicherheitsschuhe|"
    r"(?:hole?|holt|holen) (?:sie|dich)|abgeholt|(?:er)?wartet? (?:sie|dich|auf sie|auf dich)|"
    r"finden sie sich|in empfang|"
    r"stage|trial|shift|come down|come out|lunch|tour|our office|the office|front desk|"
    r"visitor pass|"
    r"zimmer|saal|halle|raum|room|im zug(?: sitzen)?|rückfahrkarte|anreise\w*|fahrtkosten|"
    r"reisekosten|parkplätze|parken|"
    r"travel (?:expenses|costs)|train fare|parking)(?!\w)",
    re.IGNORECASE,
)
"""Who travels comes to the place, if nothing says otherwise."""
_WE_CALL = re.compile(
    r"(?<!\w)(?:ich|wir) (?:ruf\w{0,2}|melde[nt]?) (?:sie|dich|mich telefonisch|uns telefonisch)|"
    r"ruf\w{0,2} (?:ich|wir) (?:sie|dich)|ruft (?:sie|dich)|(?:i|we|she|he)(?:'|’)?(?:ll| will) "
    r"(?:call|ring|phone) you",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    r"(?<!\w)(?:alternativ\w*|falls|wenn|sollten|auch (?:per|via|online)|oder auch|"
    r"if (?:you (?:prefer|would|cannot|need|have|get)|we|it|all|that)|or (?:by|via)|rückfragen|"
    r"fragen|questions|queries|auch gern|erreichbar|erreichen|bewerbung online|anruf(?! am| um)|"
    r"any problems|absag\w*|verhinder\w*|nächste[nr]? schritt|danach|anschließend|später|"
    r"afterwards|following (?:our|the) (?:call|phone)|(?:für|nach) (?:das|dem|"
    r"unser\w*) (?:nette |gute |angenehme )?telefonat|thank you for (?:taking|the call))(?!\w)",
    re.IGNORECASE,
)
_LATER = re.compile(r"sobald|as soon as|once|noch kein|neuen termin", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"teams|zoom|meet|skype|webex|online|video|telefon|phone|https?:", re.IGNORECASE
)


def with_place(invitation: Invitation, message: Message, links: list[Link]) -> Invitation:
    """``invitation`` with its format, its address and its links."""
    meeting, booking = meeting_link(links), booking_link(links)
    address, text = _address(message)
    address = _without_firm(address, invitation.company)
    found = _format(message, meeting, address)
    if found is InterviewFormat.ONSITE and address:
        invitation = replace(invitation, location=address.value)
        message.note("location", text, address.start, address.end)
    if meeting:
        message.note_quote("meeting_url", meeting.url, message.main, meeting.start or 0)
    if booking:
        message.note_quote("booking_url", booking.url, message.main, booking.start or 0)
    return replace(
        invitation,
        format=found,
        meeting_url=meeting.url if meeting else None,
        booking_url=booking.url if booking else None,
    )


def _address(message: Message) -> tuple[Address | None, str]:
    """The place and the text it stands in: letter, event, quoted letter, signatures."""
    address = find_address(message.letter)
    if address and not address.in_signature:
        return address, message.main
    place = message.event.location if message.event else None
    if place and message.main == "body" and not _NO_PLACE.search(place):
        return _in_event(message, place.strip()), "calendar"
    quoted = find_address(message.quoted) if message.quoted else None
    if quoted and not quoted.in_signature:
        return quoted, "quoted"
    return (address, message.main) if address else (quoted, "quoted")


def _without_firm(address: Address | None, company: str | None) -> Address | None:
    """The address without the employer's name before it, which has a fact of its own."""
    if address is None or not company or not address.value.startswith(f"{company}, "):
        return address
    cut = len(company) + 2
    return replace(address, value=address.value[cut:], start=address.start + cut)


def _in_event(message: Message, place: str) -> Address | None:
    """The event's place: the address in it, else all of it."""
    at = message.texts["calendar"].find(place)
    if not place or at < 0:
        return None
    inner = find_address(place)
    start, end = (inner.start, inner.end) if inner else (0, len(place))
    value = inner.value if inner else " ".join(place.split())
    return Address(value=value, start=at + start, end=at + end, in_signature=False)


def _format(
    message: Message, meeting: Link | None, address: Address | None
) -> InterviewFormat | None:
    """How one meets, from the newest text, else the event, else what is quoted."""
    if meeting:
        return InterviewFormat.VIDEO
    event = message.event.location or "" if message.event else ""
    texts = [
        message.letter,
        message.texts.get("calendar", ""),
        event,
        message.subject,
        message.quoted,
    ]
    given = address is not None and not address.in_signature
    for text in texts:
        found = format_of(text, address_given=given) if text else None
        if found:
            return found
    return InterviewFormat.ONSITE if address else None


def format_of(text: str, *, address_given: bool) -> InterviewFormat | None:
    """How one meets, by the words of ``text``; an address outside the signature speaks for it."""
    ending = closing(text)
    sentences = [
        s
        for s in re.split(r"(?<=[^\d][.!?])\s+|\n", text[: ending[0] if ending else 6000])
        if not _ALTERNATIVE.search(s) or (_WE_CALL.search(s) and not _LATER.search(s))
    ]
    letter = "\n".join(sentences)
    video, phone, onsite = _VIDEO.search(letter), _PHONE.search(letter), _ONSITE.search(letter)
    if phone and not (video and video.start() < phone.start()) and not (onsite or address_given):
        return InterviewFormat.PHONE
    if address_given and not (video and not onsite):
        return InterviewFormat.ONSITE
    if video and not onsite:
        return InterviewFormat.VIDEO
    if onsite:
        return InterviewFormat.ONSITE
    if phone or video:
        return InterviewFormat.PHONE if phone else InterviewFormat.VIDEO
    return InterviewFormat.ONSITE if _TRAVELS.search(letter) else None
