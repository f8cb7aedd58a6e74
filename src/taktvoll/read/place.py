"""Where one meets: on site, by video or by phone; the address and the links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from taktvoll.language.letter import closing
from taktvoll.model import InterviewFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with what is said about it. ``start`` is None where it is not in the text itself."""

    url: str
    about: str
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal place as written, ``text[start:end]``."""

    value: str
    start: int
    end: int
    in_signature: bool


_URL = re.compile(r"https?://[^\s<>\"'„“”\])]{4,600}")
_MEETING_HOST = re.compile(
    r"(?:^|\.)(?:teams\.(?:microsoft|live)\.com|meet\.google\.com|"
    r"(?:[\w\-]+\.)?zoom(?:gov)?\.us|(?:[\w\-]+\.)?webex\.com|whereby\.com|meet\.jit\.si|"
    r"jitsi\.[\w.\-]+|"
    r"(?:[\w\-]+\.)?gotomeet(?:ing)?\.(?:com|me)|join\.skype\.com|bluejeans\.com|"
    r"chime\.aws|(?:bbb|meet|conf|konferenz|video|talk)\.[\w.\-]+|clickmeeting\.com|"
    r"livestorm\.co|sichere-videokonferenz\.de|edudip\.com|alfaview\.com)$"
)
_NOT_MEETING = re.compile(
    r"/(?:meetingOptions|dialin|about|download|pstn|usp|support|legal|privacy)|aka\.ms|"
    r"tel\.meet|/zoomconference|/u/",
    re.IGNORECASE,
)
_BOOKING_HOST = re.compile(
    r"(?:^|\.)(?:calendly\.com|cal\.com|savvycal\.com|doodle\.com|youcanbook\.me|"
    r"tidycal\.com|meetings?\.hubspot\.com|meetings-eu1\.hubspot\.com|"
    r"calendar\.app\.google|goodtime\.io|terminland\.de|etermin\.net|"
    r"bookings?\.[\w.\-]+|termine?\.[\w.\-]+|dudle\.inf\.tu-dresden\.de|"
    r"nuudel\.digitalcourage\.de|terminplaner\d?\.dfn\.de|appointlet\.com|"
    r"simplybook\.(?:me|it)|zcal\.co|koalendar\.com)$"
)
_BOOKING_PATH = re.compile(
    r"/(?:bookings?|book|termin\w*|appointment\w*|schedul\w+|reschedul\w+|slots?|"
    r"interview-?slots?|select-time|choose-time)(?:[/?#\-]|$)|/calendar/appointments/|"
    r"bookwithme",
    re.IGNORECASE,
)
_BOOKING_WORDS = re.compile(
    r"termin\w*\s(?:\w+\s){0,4}?(?:aus\w*|wähl\w*|buch\w*|änder\w*|absag\w*|verschieb\w*|"
    r"vereinbar\w*|reservier\w*|umbuch\w*)|(?:such|wähl|buch|reservier|"
    r"vereinbar)\w*\s(?:\w+\s){0,6}?(?:termin|slot|zeit|uhrzeit)\w*|terminauswahl|"
    r"terminbuchung|umbuchen|"
    r"(?:choose|pick|book|select|schedule|reschedule|find|change|cancel|"
    r"manage)\s(?:\w+\s){0,5}?(?:time|slot|date|appointment|interview|booking|meeting)|"
    r"reschedule|self-schedul",
    re.IGNORECASE,
)
_NO_BOOKING = re.compile(
    r"unsubscribe|abmelden|abbestell|datenschutz|privacy|impressum|tracking|/track|"
    r"click\.|/confirm|bestätig|confirm|facebook|linkedin|instagram|xing\.com|twitter|"
    r"kununu|maps\.|goo\.gl/maps|anfahrt|/jobs?/\d|stellenanzeige|aka\.ms|\.png|\.jpe?g|"
    r"\.gif",
    re.IGNORECASE,
)
_MEETING_WORDS = re.compile(
    r"teilnehmen|beitreten|einwähl|zugangslink|meeting-?link|link zum (?:meeting|gespräch|"
    r"call|video)|videokonferenz|video-?call|join|meeting link|video link|dial in",
    re.IGNORECASE,
)

_VIDEO = re.compile(
    r"(?<!\w)(?:"
    r"video-?(?:call|gespräch|interview|konferenz|chat|telefonat|meeting)?(?!\w)|"
    r"videogespräch|online-?(?:interview|gespräch|meeting|termin|kennenlern\w*|"
    r"bewerbungsgespräch|vorstellungsgespräch)|(?<!\w)online(?!-?\w|\s?(?:bewerb|portal|"
    r"test|formular))|(?:per|via|über|on|over|by|in|mit)\s(?:ms\s|microsoft[\s-]|google\s|"
    r"cisco\s)?(?:teams|zoom|skype|webex|meet|jitsi|facetime)|"
    r"(?:microsoft|ms)[\s-]teams|google[\s-]meet|zoom[\s-](?:link|meeting|call|interview|"
    r"termin)|teams[\s-](?:besprechung|meeting|termin|call|link|interview|sitzung)|"
    r"virtuell|virtual|remote(?:-?interview|\sinterview)|videochat"
    r")",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<!\w)(?:"
    r"telefon-?(?:interview|gespräch|termin|call)|telefonat(?!\w)|"
    r"telefonisch\w*\s(?:\w+\s){0,2}?(?:interview|gespräch|kennen|erst|vor|austausch|"
    r"kontakt|inter)\w*|(?:gespräch|interview|termin|kennenlernen)\s(?:am|per|"
    r"via)\stelefon|per telefon|(?:rufe?n?)\s(?:\w+\s){0,12}?an(?!\w)|anrufen werden|"
    r"telefonieren|"
    r"phone (?:interview|screen(?:ing)?|call|chat|conversation)|telephone (?:interview|"
    r"call|conversation|screening)|(?:call|ring|phone) you|by (?:tele)?phone|"
    r"over the phone|via phone|screening call|rufen wir"
    r")",
    re.IGNORECASE,
)
_ONSITE = re.compile(
    r"(?<!\w)(?:"
    r"vor ort|in unsere[mnr] (?:hause?|büro|räum\w*|geschäftsräum\w*|firma|unternehmen|"
    r"filiale|niederlassung|praxis|werk|kanzlei|zentrale|geschäftsstelle|standort)|"
    r"in unser (?:büro|haus|werk)|bei uns im (?:haus|büro|geschäft|werk)|"
    r"persönlich(?:e[nsm]?)? (?:vorstell|gespräch|kennen|termin|interview|treffen)\w*|"
    r"kommen sie|vorbeikommen|"
    r"hospitation|probearbeit|probetag|schnuppertag|hearing|an der pforte|am empfang|"
    r"on[- ]campus|in[- ]person|on-?site|face[- ]to[- ]face|at our (?:office|premises|headquarters|"
    r"site|store)|in our (?:office|premises)|come (?:in|to|by)|visit (?:us|our)"
    r")",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    r"(?<!\w)(?:alternativ\w*|falls|wenn|sollten|auch (?:per|via|online)|oder auch|"
    r"if you (?:prefer|would|cannot)|or (?:by|via)|rückfragen|fragen|questions|queries|"
    r"erreichbar|erreichen|bewerbung online)(?!\w)",
    re.IGNORECASE,
)

_CITY = (
    r"(?:(?:St\.|Sankt|Bad|Markt|Neu|Alt|Groß|Klein|Ober|Unter)[ \-])?[A-ZÄÖÜ][\wäöüß’\-]{1,30}"
    r"(?:[ /](?:a\.|am|an der|an|im|in|bei|ob der|i\.|v\.\s?d\.|d\.|b\.|vor der)[ ]?"
    r"(?:[A-ZÄÖÜ][\w\-]{1,25}))?(?:[ \-][A-ZÄÖÜ][a-zäöüß]{2,20}(?=[\s,.;)]|$))?"
)
_POSTCODE = rf"(?:(?:D|DE|A|AT|CH|L)[- ])?\d{{4,5}}\s{_CITY}"
_STREET_END = (
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt|park|"
    r"hof|wall|graben|steig|kai|promenade|zeile|stieg|berg|feld|bogen|tor|insel|brücke|"
    r"lände|gürtel|garten|gärten|twiete|pfad|quai|rain|matt|acker|matte)"
)
_NUMBER = r"\d{1,4}(?:\s?[a-hA-H](?!\w))?(?:\s?[-–/+]\s?\d{1,4}[a-h]?)?"
_STREET = (
    r"(?:(?:[A-ZÄÖÜ][\wäöüß.’]{1,25} ){0,2}(?:[A-ZÄÖÜ][\wäöüß.’]{0,25}-){0,4}"
    rf"[\wäöüß.’]{{0,30}}{_STREET_END}\s{_NUMBER}"
    r"|(?:Am|An der|An den|Im|In der|In den|Zum|Zur|Auf der|Auf dem|Unter den|Unter der|"
    r"Bei der|Beim|Hinter der|Vor dem|Straße des|Platz der|"
    rf"Platz des)\s(?:[A-ZÄÖÜ][\w\-äöüß.]{{1,30}}\s){{1,3}}{_NUMBER}"
    rf"|(?:[A-ZÄÖÜ][\wäöüß.\-]{{2,30}}\s){{1,2}}{_NUMBER}(?=\s?[,·|\n]))"
)
_GERMAN_ADDRESS = re.compile(
    rf"(?<![\w])(?P<place>{_STREET}\s{{0,2}}[,·|•\n]?\s{{0,3}}(?:in\s)?{_POSTCODE})"
)
_STREET_ONLY = re.compile(rf"(?<![\w])(?P<place>{_STREET})")
_BRITISH_WORD = r"(?:[A-Z0-9][\w’'&\-]{0,25}\.?|of|the|on|upon)"
_BRITISH_PART = rf"{_BRITISH_WORD}(?: {_BRITISH_WORD}){{0,6}}"
_BRITISH_ADDRESS = re.compile(
    rf"(?<![\w])(?P<place>(?=[A-Z0-9]){_BRITISH_PART}(?:,\s?\n?{_BRITISH_PART}){{0,5}},?[ \n]"
    r"(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d{2}\s[A-Z\d]{4}))(?!\w)"
)
_AMERICAN_ADDRESS = re.compile(
    r"(?<![\w])(?P<place>\d{1,6}\s(?:[A-Z0-9][\w.'’\-]{0,25}\s?){1,5}(?:,\s?(?:Suite|"
    r"Ste\.?|Floor|Fl\.?|Unit|#)\s?[\w\-]{1,8})?,\s?\n?[A-Z][A-Za-z "
    r".’\-]{1,30},\s[A-Z]{2}\s\d{5}(?:-\d{4})?)"
)
_LABEL = re.compile(
    r"^[ \t*•·\-]{0,4}(?:(?:veranstaltungs|gesprächs|termin|interview)?ort|adresse|"
    r"anschrift|wo|treffpunkt|venue|location|where|address|place|standort)[ \t]{0,3}(?::|"
    r"\||[ \t]{2,})[ \t|]{0,6}(?P<value>[^\n]{3,160})",
    re.IGNORECASE | re.MULTILINE,
)


def find_links(text: str, html_links: tuple[tuple[str, str], ...]) -> list[Link]:
    """The https links of ``text`` and of the mail's HTML, with the words about them."""
    links = []
    for found in list(_URL.finditer(text))[:200]:
        line = text.rfind("\n\n", 0, found.start()) + 1
        about = text[max(line, found.start() - 220) : found.start()]
        links.append(Link(url=found[0].rstrip(".,;:!?>"), about=about, start=found.start()))
    known = {link.url for link in links}
    links += [Link(url=url, about=label) for label, url in html_links[:200] if url not in known]
    return links


def meeting_link(links: list[Link]) -> Link | None:
    """The link to join the video call."""
    for link in links:
        if _MEETING_HOST.search(urlsplit_host(link.url)) and not _NOT_MEETING.search(link.url):
            return link
    for link in links:
        if (
            _MEETING_WORDS.search(link.about[-120:])
            and not _NO_BOOKING.search(link.url + link.about[-60:])
            and not _BOOKING_WORDS.search(link.about)
        ):
            return link
    return None


def booking_link(links: list[Link]) -> Link | None:
    """The link to choose, change or cancel the appointment; never confirm or unsubscribe links."""
    for link in links:
        host = urlsplit_host(link.url)
        if _NO_BOOKING.search(link.url) or _MEETING_HOST.search(host):
            continue
        if _BOOKING_HOST.search(host) or _BOOKING_WORDS.search(link.about[-160:]):
            return link
    for link in links:
        if (
            _BOOKING_PATH.search(link.url)
            and not _NO_BOOKING.search(link.url)
            and not _MEETING_HOST.search(urlsplit_host(link.url))
        ):
            return link
    return None


def urlsplit_host(url: str) -> str:
    """The host of ``url`` in lower case; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def format_of(text: str, *, meeting: bool, address: Address | None) -> InterviewFormat | None:
    """How one meets, from a meeting link, from words, and from an address outside the signature."""
    ending = closing(text)
    sentences = [
        s
        for s in re.split(r"(?<=[.!?])\s+|\n", text[: ending[0] if ending else 6000])
        if not _ALTERNATIVE.search(s)
    ]
    letter = "\n".join(sentences)
    video, phone, onsite = _VIDEO.search(letter), _PHONE.search(letter), _ONSITE.search(letter)
    if meeting:
        return InterviewFormat.VIDEO
    if (
        phone
        and not (video and video.start() < phone.start())
        and not (onsite or (address and not address.in_signature))
    ):
        return InterviewFormat.PHONE
    if address and not address.in_signature and not (video and not onsite):
        return InterviewFormat.ONSITE
    if video and not onsite:
        return InterviewFormat.VIDEO
    if onsite:
        return InterviewFormat.ONSITE
    return InterviewFormat.PHONE if phone else InterviewFormat.VIDEO if video else None


def find_address(text: str) -> Address | None:
    """The place where one meets: after a label, else in the letter, else in the signature."""
    ending = closing(text)
    signature = ending[0] if ending else len(text)
    for label in _LABEL.finditer(text):
        at = label.start("value")
        address = _postal(text, at, min(len(text), label.end() + 80), signature)
        if address and address.start - at < 80:
            return address
        value = label["value"].strip(" |*")
        if (
            not _URL.search(value)
            and not _VIDEO.search(value)
            and not _PHONE.search(value)
            and (label.start() < signature)
        ):
            at = label.start("value") + label["value"].index(value)
            return Address(value=value, start=at, end=at + len(value), in_signature=False)
    return (
        _postal(text, 0, signature, signature)
        or _street(text, signature)
        or _postal(text, signature, len(text), signature)
    )


def _postal(text: str, start: int, end: int, signature: int) -> Address | None:
    best: re.Match[str] | None = None
    for pattern in (_GERMAN_ADDRESS, _AMERICAN_ADDRESS, _BRITISH_ADDRESS):
        found = pattern.search(text, start, end)
        if found and (best is None or found.start() < best.start()):
            best = found
    if best is None:
        return None
    value = re.sub(r"\s*\n\s*", ", ", best["place"]).replace(",,", ",").strip(" .,")
    return Address(
        value=value,
        start=best.start("place"),
        end=best.start("place") + len(best["place"].rstrip(" .,")),
        in_signature=best.start() >= signature,
    )


def _street(text: str, signature: int) -> Address | None:
    found = _STREET_ONLY.search(text, 0, signature)
    if found is None or not re.search(_STREET_END, found["place"].lower()):
        return None
    return Address(
        value=found["place"], start=found.start("place"), end=found.end("place"), in_signature=False
    )
