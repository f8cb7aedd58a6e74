"""To which open case a mail belongs.

What identifies a message comes before what resembles it: the ids of mails (RFC 5322 §3.6.4) and of
events (RFC 5545 §3.8.4.7), then the sender together with the subject or with names in the text.
Between two cases at one firm nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from taktvoll.follow.bounces import deliveries_in, original_ids
from taktvoll.follow.reply import Said
from taktvoll.follow.senders import addresses_of, is_known, owned_domain
from taktvoll.formats.ical import Event, parse_calendar
from taktvoll.formats.mime import Mail

_LONGEST = 20_000  # code points in which names are looked for
_MOST_CALENDARS = 5

_PREFIXES = re.compile(
    r"^\s*(?:(?:re|aw|antw(?:ort)?|fwd?|wg|sv|tr|ref|undeliver(?:able|ed)(?: mail)?|unzustellbar|"
    r"automati(?:sche antwort|c reply)|abwesen\w*|out of office|gelesen|nicht gelesen|read|"
    r"not read|abgesagt|cancell?ed|(?:updated )?invitation|einladung|aktualisiert\w*|updated|"
    r"zugesagt|abgelehnt|accepted|declined|mit vorbehalt|tentative)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?"
    r"\s*:|\[[^\]\n]{1,40}\])\s*",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(
    r"\s+(?:g?gmbh|ag|se|kgaa|kg|ohg|ug|e\.?\s?v\.?|eg|mbh|& co\.?|ltd\.?|limited|inc\.?|plc|llc|"
    r"sàrl|sa)\b.*$",
    re.IGNORECASE,
)


class Link(IntEnum):
    """By what a mail belongs to a case, the weakest first."""

    SENDER = 1  # the very address, and nothing else
    NAMES = 2  # a known address or domain, and the firm, the position or the person
    SUBJECT = 3  # a known address or domain, and the subject of the thread
    RECIPIENT = 4  # a bounce for an address that only this case writes to
    THREAD = 5  # answers a mail of the employer's
    EVENT = 6  # the calendar's UID
    ANSWER = 7  # answers a mail of ours
    BOUNCED = 8  # a mail of ours came back


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a case is looked up by; ids as they are written, the rest in lower case."""

    message_ids: frozenset[str] = frozenset()
    uids: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case that a mail may belong to: what had been said in it, and what came before.

    ``received`` are the Message-IDs of all mails of the employer's in it.
    """

    id: str
    said: Said
    received: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The case that a mail belongs to, and by what.

    ``case`` is None where there is none, or where several are equally likely: ``among``.
    ``weak``: it comes from an unknown sender who quotes no mail of ours. Anybody who ever saw the
    thread could have written it, so that it must not count for knowing.
    """

    case: str | None
    link: Link | None = None
    weak: bool = False
    among: tuple[str, ...] = field(default=())

    @property
    def why(self) -> str:
        """The key of the sentence that says why."""
        if self.case is None:
            return "reply.belongs.several" if self.among else "reply.belongs.none"
        return f"reply.belongs.{self.link.name.lower()}" if self.link else "reply.belongs.none"


def keys(mail: Mail) -> Keys:
    """What the cases that ``mail`` may belong to are looked up by."""
    sender = (mail.sender.email or "").lower()
    failed = [each.recipient.lower() for each in deliveries_in(mail) if each.recipient]
    addresses = frozenset(filter(None, [sender, *failed]))
    return Keys(
        message_ids=frozenset(filter(None, [*original_ids(mail), mail.message_id])),
        uids=frozenset(event.uid for event in _events(mail) if event.uid),
        addresses=addresses,
        domains=frozenset(map(owned_domain, addresses)),
    )


def belongs(mail: Mail, cases: Iterable[OpenCase]) -> Match:
    """The one of ``cases`` that ``mail`` belongs to, or why none can be named.

    Two cases with the same kind of link are told apart by subject and names; where these say the
    same of both, nobody but the person can know.
    """
    facts = _facts(mail)
    ranked = []
    for case in cases:
        link, depth = _link(facts, case)
        if link is not None:
            ranked.append(((link, depth, _likeness(facts, case.said)), case))
    if not ranked:
        return Match(case=None)
    best = max(rank for rank, _ in ranked)
    first, *others = [case for rank, case in ranked if rank == best]
    link = Link(best[0])
    if others:
        return Match(case=None, link=link, among=(first.id, *(case.id for case in others)))
    strange = not is_known(facts.sender, first.said)
    return Match(case=first.id, link=link, weak=strange and link in (Link.THREAD, Link.EVENT))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What a mail says of itself, read once for all cases. ``failed``: None for no bounce."""

    sender: str
    subject: str
    words: str
    answered: tuple[str, ...]
    events: tuple[Event, ...]
    came_back: frozenset[str]
    failed: frozenset[str] | None


def _facts(mail: Mail) -> _Facts:
    deliveries = deliveries_in(mail)
    failed = frozenset(each.recipient.lower() for each in deliveries if each.recipient)
    words = (mail.subject, mail.sender.name, mail.text[:_LONGEST])
    answered = [*mail.references, *filter(None, [mail.in_reply_to])]
    return _Facts(
        sender=(mail.sender.email or "").lower(),
        subject=normalised(mail.subject),
        words=" ".join(part for part in words if part).casefold(),
        answered=tuple(dict.fromkeys(answered)),
        events=_events(mail),
        came_back=frozenset(original_ids(mail)),
        failed=failed if deliveries else None,
    )


def _link(facts: _Facts, case: OpenCase) -> tuple[Link | None, int]:
    """The strongest link, and how near the mail that is answered stands to this one."""
    said, ours = case.said, set(case.said.message_ids)
    if facts.failed is not None:
        if ours & facts.came_back:
            return Link.BOUNCED, 0
        return (Link.RECIPIENT, 0) if facts.failed & addresses_of(said) else (None, 0)
    if depth := _nearest(facts.answered, ours):
        return Link.ANSWER, depth
    if any(_is_event(event, said) for event in facts.events):
        return Link.EVENT, 0
    thread = said.invitation.thread
    theirs = {thread.message_id, *thread.references, *case.received}
    if depth := _nearest(facts.answered, {each for each in theirs if each}):
        return Link.THREAD, depth
    if not is_known(facts.sender, said):
        return None, 0
    if _same_subject(facts, said):
        return Link.SUBJECT, 0
    if _named(facts.words, said):
        return Link.NAMES, 0
    return (Link.SENDER, 0) if facts.sender in addresses_of(said) else (None, 0)


def _nearest(answered: Sequence[str], known: set[str]) -> int:
    """The place of the last of ``answered`` that is ``known``, from 1; 0 for none."""
    return max((at for at, each in enumerate(answered, 1) if each in known), default=0)


def _is_event(event: Event, said: Said) -> bool:
    """One instance of a series is not another one (RFC 5545 §3.8.4.4)."""
    ours = said.invitation
    instances = {event.recurrence_id, ours.recurrence_id} - {None}
    return event.uid is not None and event.uid == ours.uid and len(instances) < 2


def _likeness(facts: _Facts, said: Said) -> int:
    return 4 * _same_subject(facts, said) + _named(facts.words, said)


def _same_subject(facts: _Facts, said: Said) -> bool:
    known = {normalised(said.subject), normalised(said.invitation.thread.subject)}
    return bool(facts.subject) and facts.subject in known


def normalised(subject: str | None) -> str:
    """A subject as it can be compared: without the prefixes of programs, in lower case."""
    rest = " ".join((subject or "")[:1000].split())
    while (found := _PREFIXES.match(rest)) and found.end():
        rest = rest[found.end() :]
    return rest.strip().casefold()


def _named(words: str, said: Said) -> int:
    """How many of firm, position and person ``words`` name; the position tells cases apart."""
    invitation = said.invitation
    company = _LEGAL_FORM.sub("", invitation.company or "")
    names = [company, invitation.position or "", (invitation.contact.name or "").split(" ")[-1]]
    return sum(len(name) > 2 and _stands_in(name.casefold(), words) for name in names)


def _stands_in(name: str, words: str) -> bool:
    """Whether ``name`` is there as a word of its own; the first hundred places are looked at."""
    at = -1
    for _ in range(100):
        at = words.find(name, at + 1)
        if at < 0:
            return False
        around = words[max(0, at - 1) : at] + words[at + len(name) : at + len(name) + 1]
        if not any(character.isalnum() for character in around):
            return True
    return False


def _events(mail: Mail) -> tuple[Event, ...]:
    calendars = map(parse_calendar, mail.calendars[:_MOST_CALENDARS])
    return tuple(event for calendar in calendars for event in calendar.events)
