"""The links of an invitation: the one to join the call, the one to choose or cancel the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with what is said about it. ``start`` is None where it is not in the text itself."""

    url: str
    about: str
    start: int | None = None


_URL = re.compile(r"https?://[^\s<>\"'„“”\])]{4,600}")
_MEETING_HOST = re.compile(
    r"(?:^|\.)(?:teams\.(?:microsoft|live)\.com|meet\.google\.com|(?:[\w\-]+\.)?zoom(?:gov)?\.us|"
    r"(?:[\w\-]+\.)?webex\.com|whereby\.com|meet\.jit\.si|jitsi\.[\w.\-]+|"
    r"(?:[\w\-]+\.)?gotomeet(?:ing)?\.(?:com|me)|join\.skype\.com|bluejeans\.com|chime\.aws|"
    r"(?:bbb|meet|conf|konferenz|video|talk)\.[\w.\-]+|clickmeeting\.com|livestorm\.co|"
    r"sichere-videokonferenz\.de|edudip\.com|alfaview\.com)$"
)
_SURELY_MEETING = re.compile(
    r"/meetup-join/|//(?:[\w\-]+\.)*zoom\w*\.[^/]+/(?:j|my|s)/|/j/\d{9,}|//meet\.google\.[^/]+/\w|"
    r"webex\.[^/]+/(?:meet|join|\w+/j\.php)",
    re.IGNORECASE,
)
"""Addresses that calls alone have, whoever lends the domain."""
_NOT_MEETING = re.compile(
    r"/(?:meetingOptions|dialin|about|download|pstn|usp|support|legal|privacy)|aka\.ms|tel\.meet|"
    r"/zoomconference|/u/",
    re.IGNORECASE,
)
_BOOKING_HOST = re.compile(
    r"(?:^|\.)(?:calendly\.com|cal\.com|savvycal\.com|doodle\.com|youcanbook\.me|tidycal\.com|"
    r"meetings?\.hubspot\.com|meetings-eu1\.hubspot\.com|calendar\.app\.google|goodtime\.io|"
    r"terminland\.de|etermin\.net|bookings?\.[\w.\-]+|termine?\.[\w.\-]+|"
    r"dudle\.inf\.tu-dresden\.de|nuudel\.digitalcourage\.de|terminplaner\d?\.dfn\.de|"
    r"appointlet\.com|simplybook\.(?:me|it)|zcal\.co|koalendar\.com)$"
)
_BOOKING_PATH = re.compile(
    r"/(?:bookings?|book|termin\w*|appointment\w*|schedul\w+|reschedul\w+|slots?|"
    r"interview-?slots?|select-time|choose-time)(?:[/?#\-]|$)|/calendar/appointments/|bookwithme",
    re.IGNORECASE,
)
_BOOKING_WORDS = re.compile(
    r"termin\w*\s(?:\w+\s){0,4}?(?:aus\w*|wähl\w*|buch\w*|änder\w*|absag\w*|verschieb\w*|"
    r"vereinbar\w*|reservier\w*|umbuch\w*|vorschlag\w*)|(?:verschieben|umbuchen|ändern|absagen|"
    r"stornieren)\s?(?:oder|und|/|&|·|\|)\s?(?:verschieben|umbuchen|ändern|absagen|stornieren)|"
    r"tragen sie sich [^.]{0,30}ein|trag dich [^.]{0,30}ein|anderen termin|andere zeit|(?:on|"
    r"in) my calendar|in meine[mn] kalender|buch\w* (?:dich|sie sich) (?:bitte )?um(?!\w)|(?:such|"
    r"wähl|buch|reservier|"
    r"vereinbar)\w*\s(?:\w+\s){0,6}?(?:termin|slot|zeit|uhrzeit)\w*|terminauswahl|terminbuchung|"
    r"umbuchen|(?:choose|pick|book|select|schedule|reschedule|find|change|cancel|"
    r"manage)\s(?:\w+\s){0,5}?(?:time|slot|date|appointment|interview|booking|meeting)|"
    r"(?:grab|take)\s(?:any|a|one)\s(?:\w+ )?(?:spot|slot|time)|reschedule|self-schedul",
    re.IGNORECASE,
)
_NO_BOOKING = re.compile(
    r"unsubscribe|abmelden|abbestell|datenschutz|privacy|impressum|tracking|/track|click\.|"
    r"/confirm|bestätig|confirm|facebook|linkedin|instagram|xing\.com|twitter|kununu|maps\.|"
    r"goo\.gl/maps|anfahrt|/jobs?/\d|stellenanzeige|patient|aka\.ms|\.png|\.jpe?g|\.gif",
    re.IGNORECASE,
)
_MEETING_PATH = re.compile(
    r"//(?:[\w\-]+\.)*(?:zoom|teams|meet|meeting|rooms?|video|jitsi|bbb|konferenz|besprechung|"
    r"webex|call)[\w\-]*\.[^/]+/|/(?:j|join|meet|meeting|room|raum|meetup-join|konferenz|call)/",
    re.IGNORECASE,
)
_MEETING_ROOM = re.compile(
    r"https?://(?:zoom|teams|meet|video|jitsi|bbb|konferenz|webex|call)\.[^/]+/[^?#\s]",
    re.IGNORECASE,
)
"""A host that is called by what it serves, and a room in it: no words have to say so."""
_MEETING_WORDS = re.compile(
    r"teilnehmen|teilnahme|beitreten|beitritt|einwähl|einwahl|zugang(?:slink)?\b|meeting-?link|"
    r"link zu[rm]? (?:meeting|gespräch|call|video|interview|termin|raum|konferenz|besprechung)|"
    r"(?:video|web|online)-?(?:konferenz|raum|call|gespräch|meeting|interview)\w*|konferenzraum|"
    r"meeting-?raum|besprechungsraum|einladungslink|join|(?:meeting|video|call|zoom|"
    r"teams) ?(?:link|room)|(?<!\w)room:|(?<!\w)where:|(?<!\w)(?:wo|ort|where|location)(?::|"
    r"\s{1,3})\s*$|dial in|"
    r"(?:per|via|über|on|by) (?:\w+ )?(?:zoom|teams|meet|webex|skype|jitsi|video)|zoom:|teams:|"
    r"link:",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"teilnehmen|teilnahme|beitreten|beitritt|einwähl|einwahl|zugangslink|meeting-?link|"
    r"link zu[rm]? (?:meeting|gespräch|call|video|interview|konferenz)|join|(?:meeting|video|"
    r"call|zoom|teams) ?link|dial in",
    re.IGNORECASE,
)


def find_links(text: str, html_links: tuple[tuple[str, str], ...]) -> list[Link]:
    """The https links of ``text`` and of the mail's HTML, with the words about them."""
    links = []
    for found in list(_URL.finditer(text))[:200]:
        line = text.rfind("\n\n", 0, found.start()) + 1
        about = text[max(line, found.start() - 220) : found.start()]
        links.append(Link(url=found[0].rstrip(".,;:!?>"), about=about, start=found.start()))
    known = {link.url for link in links}
    links += [
        Link(url=url, about=_said_before(text, label))
        for label, url in html_links[:200]
        if url not in known
    ]
    return links


def _said_before(text: str, label: str) -> str:
    """The label of a link, and in its paragraph what leads to it."""
    at = text.find(label) if len(label) > _TOO_SHORT else -1
    if at < 0 or text.find(label, at + 1) >= 0:
        return label
    return text[max(text.rfind("\n", 0, at) + 1, at - 160) : at + len(label)]


_TOO_SHORT = 3  # characters of a label that may stand anywhere


def meeting_link(links: list[Link]) -> Link | None:
    """The link to join the video call."""
    for link in links:
        if _SURELY_MEETING.search(link.url) and not _NOT_MEETING.search(link.url):
            return link
    for link in links:
        if _MEETING_HOST.search(urlsplit_host(link.url)) and not _NOT_MEETING.search(link.url):
            return link
    others = [
        link
        for link in links
        if not _NO_BOOKING.search(link.url + link.about[-60:])
        and not _BOOKING_WORDS.search(link.about[-90:])
    ]
    said = [link for link in others if _MEETING_WORDS.search(link.about[-120:])]
    by_name = [link for link in said if _MEETING_PATH.search(link.url)]
    by_name += [link for link in others if _MEETING_ROOM.match(link.url)]
    surely = [link for link in said if _JOINING.search(link.about[-60:])]
    return next(iter((*by_name, *surely)), None)


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
