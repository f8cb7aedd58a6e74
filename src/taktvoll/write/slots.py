"""The values of the slots of one letter, from its brief."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from taktvoll.language.words import is_yes
from taktvoll.model import (
    Brief,
    Country,
    Formality,
    InterviewFormat,
    Language,
    Moment,
    Situation,
    Slot,
)
from taktvoll.write import english, german, german_firms, german_jobs
from taktvoll.write.facts import employer_now, greeting_of
from taktvoll.write.names import first_name

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DATES = ("day_on", "day_for", "when_on", "when_for", "when_spoken", "slots", "until")
_PLACE = 120  # characters of a place that a sentence can hold
_NOWHERE = re.compile(  # what stands in the field for the place and is none
    r"https?:|\b(?:zoom|(?:ms|microsoft)[ -]?teams|teams|google meet|webex|skype|online|remote|"
    r"virtuell|virtual|video\w*|telefon\w*|phone|tba|tbd)\b",
    re.IGNORECASE,
)


def slot_values(brief: Brief) -> dict[str, str]:
    """All slots of ``content.slots.SLOTS`` that are known, with their grammar.

    ``reason_clause`` and ``reason_by`` are not among them: they come from the content.
    """
    brief = _one_line(brief)
    values = _people(brief) | _job(brief) | _appointment(brief) | _brought(brief)
    values |= _situation(brief)
    if brief.voice.language is Language.DE:
        values |= {name: _closed(values.get(name)) for name in _DATES}
    return {name: value for name, value in values.items() if value}


def _closed(words: str | None) -> str | None:
    """ "bis Freitag, den 11. Dezember," with the comma that closes the date inside a sentence."""
    return f"{words}," if words and "," in words and not words.endswith("Uhr") else words


def _one_line(brief: Brief) -> Brief:
    """The brief with names in one line: a line break in a name is no part of it."""
    job, person = brief.invitation, brief.invitation.contact
    texts = (job.company, job.position, job.reference, job.location, person.name, person.title)
    flat = tuple(map(_flat, texts))
    if flat == texts:
        return brief
    company, position, reference, location, name, title = flat
    return replace(
        brief,
        invitation=replace(
            job,
            company=company,
            position=position,
            reference=reference,
            location=location,
            contact=replace(person, name=name, title=title),
        ),
    )


def _flat(text: str | None) -> str | None:
    return " ".join(_CONTROL.sub(" ", text).split()) or None if text else None


def _people(brief: Brief) -> dict[str, str | None]:
    voice, contact = brief.voice, brief.invitation.contact
    greeting = greeting_of(brief)
    values: dict[str, str | None] = {
        "sender_name": _flat(voice.sender.name),
        "sender_first": first_name(_flat(voice.sender.name) or ""),
        "sender_phone": _flat(voice.sender.phone),
        "sender_email": _flat(voice.sender.email),
    }
    if voice.language is Language.EN:
        values["salutation"] = english.salutation(contact, greeting=greeting, country=voice.country)
        if contact.name:
            values["contact"] = values["contact_acc"] = english.address(contact, voice.country)
        values["contact_or_team"] = values.get("contact") or "the hiring team"
        return values
    values["salutation"] = german.salutation(
        contact, formality=voice.formality, greeting=greeting, country=voice.country
    )
    if voice.formality is Formality.DU:
        values["contact"] = values["contact_acc"] = german.by_first_name(contact)
    elif german.is_addressed(contact):
        values["contact"] = german.address(contact, voice.country)
        values["contact_acc"] = german.address(contact, voice.country, oblique=True)
    values["contact_or_team"] = values.get("contact_acc") or "der Personalabteilung"
    return values


def _job(brief: Brief) -> dict[str, str | None]:
    voice, invitation = brief.voice, brief.invitation
    speaks_german = voice.language is Language.DE
    values: dict[str, str | None] = {
        "company": invitation.company,
        "reference": invitation.reference,
        "application": "meine Bewerbung" if speaks_german else "my application",
    }
    if invitation.company:
        values["company_at"] = (
            german_firms.at_company(invitation.company, voice.formality)
            if speaks_german
            else english.at_company(invitation.company)
        )
    if forms := _position(invitation.position, brief):
        values |= forms
        values["application"] = f"{values['application']} {forms['position_as']}"
    return values


def _position(written: str | None, brief: Brief) -> dict[str, str]:
    """The slots of a position; none where nothing but "(m/w/d)" was written."""
    in_german = brief.voice.language is Language.DE
    position = (german_jobs if in_german else english).plain_position(written or "")
    if not position:
        return {}
    if in_german:
        return {"position": position, **german_jobs.position_forms(position, brief.voice.country)}
    return {"position": position, **english.position_forms(position)}


def _appointment(brief: Brief) -> dict[str, str | None]:
    invitation, country = brief.invitation, brief.voice.country
    values: dict[str, str | None] = {}
    where = invitation.location
    if where and len(where) <= _PLACE and not _NOWHERE.search(where):
        values["place"] = where
    if invitation.format:
        values["format_by"] = _by(invitation.format, brief)
    in_english = brief.voice.language is Language.EN
    today = employer_now(brief).date()
    at = invitation.local(invitation.start) if invitation.start else None
    that_day = english.that_day if in_english else german.that_day
    values["that_day"] = that_day(at.date() if at else None, today)
    if not at:
        return values
    whole = invitation.all_day
    # a calendar in UTC that says nothing of the employer's clock: then the hour needs its zone
    zone = " (UTC)" if invitation.timezone == "UTC" and not whole else ""
    if in_english:
        values |= {
            "date": english.long_date(at.date(), country),
            "day_on": english.day(at.date(), today, country),
            "day_for": english.day(at.date(), today, country, preposition="for"),
            "when_on": english.moment(at, today, country, whole_day=whole) + zone,
            "when_for": english.moment(at, today, country, preposition="for", whole_day=whole)
            + zone,
            "when_spoken": english.spoken(at, today, country, whole_day=whole),
            "time": None if whole else english.clock(at, country) + zone,
        }
        return values
    values |= {
        "date": german.long_date(at.date(), country),
        "day_on": german.day(at.date(), today, country),
        "day_for": german.day(at.date(), today, country, preposition="für"),
        "when_on": german.moment(at, today, country, whole_day=whole) + zone,
        "when_for": german.moment(at, today, country, preposition="für", whole_day=whole) + zone,
        "when_spoken": german.spoken(at, today, country, whole_day=whole),
        "time": None if whole else german.clock(at, country) + zone,
    }
    return values


def _brought(brief: Brief) -> dict[str, str | None]:
    decision, invitation, voice = brief.decision, brief.invitation, brief.voice
    country = voice.country
    today = employer_now(brief).date()
    in_english = voice.language is Language.EN
    values: dict[str, str | None] = {
        "sentence": _own_sentence(decision.sentence),
        "wish_by": _wish(brief),
    }
    if decision.about and (about := _flat(decision.about)):
        tongue = english if in_english else german
        slot = "experience" if tongue.is_experience(about) else "about"
        values[slot] = tongue.talked_about(about)
    if decision.slots:
        times = [_local(slot, brief) for slot in decision.slots]
        offered = english.offered if in_english else german.offered
        values["slots"] = offered(times, today, country)
    if decision.eta:
        eta = invitation.local(decision.eta)
        values["eta"] = _eta(eta, today, country, in_english=in_english)
    if decision.until:
        values["until"] = _until(decision.until, brief, today)
    if decision.earlier:
        earlier = invitation.local(decision.earlier.at).date()
        values["earlier_on"] = _earlier(earlier, today, country, in_english=in_english)
    return values


def _situation(brief: Brief) -> dict[str, str | None]:
    """What the situations bring; a bare "yes" brings nothing."""
    voice = brief.voice
    said = {
        situation: None if is_yes(word) else _flat(word)
        for situation, word in brief.decision.situations.items()
    }
    values: dict[str, str | None] = {"caller": said.get(Situation.PARENT_CALLS)}
    in_german = voice.language is Language.DE
    if Situation.HEADHUNTER in said:
        client = said[Situation.HEADHUNTER]
        values["client_at"] = (
            german_firms.at_client(client, voice.formality)
            if in_german
            else english.at_client(client)
        )
    values["stays_as"] = _position(said.get(Situation.ONE_OF_TWO), brief).get("position_as")
    if (times := said.get(Situation.MOVED_BEFORE)) and times.isdecimal():
        values["moved_times"] = (german if in_german else english).times(int(times[:4]))
    return values


def _own_sentence(sentence: str | None) -> str | None:
    """The person's own words, literally, with a full stop where they have no end mark."""
    if not sentence or not (text := sentence.strip()):
        return None
    return text if text[-1] in '.!?…"“”«»)' else f"{text}."


def _wish(brief: Brief) -> str:
    """How they would rather meet; not said: what is not the format of now."""
    if brief.decision.wish:
        return _by(brief.decision.wish, brief)
    match brief.invitation.format:
        case InterviewFormat.VIDEO:
            return _by(InterviewFormat.PHONE, brief)
        case InterviewFormat.PHONE:
            return _by(InterviewFormat.VIDEO, brief)
        case _:
            either = "per Video oder telefonisch", "by video or phone"
            return either[brief.voice.language is Language.EN]


def _by(wish: InterviewFormat, brief: Brief) -> str:
    return (
        english.by_format(wish) if brief.voice.language is Language.EN else german.by_format(wish)
    )


def _local(slot: Slot, brief: Brief) -> Slot:
    local = brief.invitation.local
    return Slot(start=local(slot.start), end=local(slot.end) if slot.end else None)


def _eta(eta: datetime, today: date, country: Country, *, in_english: bool) -> str:
    if in_english:
        about = f"at around {english.clock(eta, country)}"
        return (
            about if eta.date() == today else f"{english.day(eta.date(), today, country)} {about}"
        )
    about = f"gegen {german.clock(eta, country)}"
    return about if eta.date() == today else f"{german.day(eta.date(), today, country)} {about}"


def _until(until: Moment, brief: Brief, today: date) -> str:
    at, country = brief.invitation.local(until.at), brief.voice.country
    in_english = brief.voice.language is Language.EN
    words = (
        english.day(at.date(), today, country, preposition="by")
        if in_english
        else german.day(at.date(), today, country, preposition="bis")
    )
    if until.whole_day:
        return words
    if in_english:
        return f"{words}, {english.clock(at, country)}"
    return f"{words}, {german.clock(at, country)}"


def _earlier(earlier: date, today: date, country: Country, *, in_english: bool) -> str:
    """ "am 3. Dezember": without the weekday, which nobody remembers."""
    near = today - earlier <= timedelta(days=1)
    if in_english:
        if near:
            return english.day(earlier, today, country)
        words = english.long_date(earlier, country)
        return "on " + (words if abs((today - earlier).days) > 150 else words[:-4].rstrip(" ,"))
    if near:
        return german.day(earlier, today, country)
    words = german.long_date(earlier, country)
    return "am " + (words if abs((today - earlier).days) > 150 else words[:-5])
