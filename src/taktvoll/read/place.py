"""How one meets: on site, by video or by phone."""

from __future__ import annotations

import re

from taktvoll.language.letter import closing
from taktvoll.model import InterviewFormat
from taktvoll.read.address import Address

VIDEO = re.compile(
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
PHONE = re.compile(
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


def format_of(text: str, *, meeting: bool, address: Address | None) -> InterviewFormat | None:
    """How one meets, from a meeting link, from words, and from an address outside the signature."""
    ending = closing(text)
    sentences = [
        s
        for s in re.split(r"(?<=[.!?])\s+|\n", text[: ending[0] if ending else 6000])
        if not _ALTERNATIVE.search(s)
    ]
    letter = "\n".join(sentences)
    video, phone, onsite = VIDEO.search(letter), PHONE.search(letter), _ONSITE.search(letter)
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
