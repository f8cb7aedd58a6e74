"""The inbox: what has come in is fetched, matched to its case, classified and recorded.

A mail may be seen twice (a folder that was made anew, two processes, a crash in between): it is
known again by its Message-ID and recorded once. Nothing that a stranger writes changes a case, and
only what shows that the employer knows ends the waiting.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from taktvoll.act import BY_SMTP, Act, ActKind, Step, held
from taktvoll.again import until_kept
from taktvoll.agenda import follow_on, next_due
from taktvoll.case import (
    SAID,
    Case,
    Event,
    EventKind,
    arrival,
    identity,
    open_case,
    possible,
)
from taktvoll.errors import TaktvollError, UnreadableInput, WrongUse
from taktvoll.follow.belonging import Link, Match, OpenCase, belongs, keys
from taktvoll.follow.replies import classify
from taktvoll.follow.reply import Reply, Said
from taktvoll.formats.mime import Mail, parse_mail
from taktvoll.model import (
    Account,
    ActState,
    Channel,
    Decision,
    DoubtCode,
    Intent,
    Invitation,
    Kind,
    ReplyClass,
)
from taktvoll.outbox import NOTHING_TO_CALL_FOR, Outbox, waits
from taktvoll.ports import Folder, Place
from taktvoll.read import read
from taktvoll.send.note import is_note

if TYPE_CHECKING:
    from taktvoll.ports import Reach, Store
    from taktvoll.times import Clock

_log = logging.getLogger("taktvoll")  # holds no letter and no address

# Whoever has been told nothing expects the person to come.
_NOTHING_SAID = Decision(intent=Intent.ACCEPT)

_CANDIDATES = 50

# Both are an invitation to somebody who has heard nothing before.
_OPENS = (Kind.INVITATION, Kind.RESCHEDULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that came in: the case, the event that it became, and what it is.

    ``among`` are the cases that it may belong to, where nobody but the person can tell.
    ``stopped`` tells that a letter which was about to leave waits for the person because of it.
    """

    case: Case | None
    event: Event | None = None
    reply: Reply | None = None
    among: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def key(self) -> str:
        """The key of the sentence that says what it is."""
        return f"reply.{self.reply.kind}" if self.reply else "news.invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Takes in what the employers write. Safe to use from several processes at once."""

    clock: Clock
    store: Store
    reach: Reach

    def collect(self, account: Account) -> Iterator[News]:
        """What has arrived since the last time. Raises ``ports.Unreachable``.

        The first time nothing: what lay there before is none of our business.
        """
        with self.reach.mailbox(account.id) as mailbox:
            since = self.place(account)
            if since is None:
                self.keep_place(account, mailbox.end(Folder.INBOX))
                return
            while arrived := mailbox.fresh(since):
                for each in arrived:
                    try:
                        yield from self.take_in(each.message, account)
                    except TaktvollError:  # of the store: nothing is lost, the next round reads it
                        raise
                    except Exception as unreadable:
                        # one that we stumble over must not hide those that come after it
                        _log.warning("inbox: skipped a mail: %s", type(unreadable).__name__)
                    since = each.place
                    self.keep_place(account, since)

    def place(self, account: Account, folder: str = "") -> Place | None:
        """How far ``folder`` (without one: INBOX) has been read; None where never."""
        stored = self.store.setting(_place_key(account, folder))
        return Place(**stored) if stored else None

    def keep_place(self, account: Account, place: Place, folder: str = "") -> None:
        """Remember how far ``folder`` has been read."""
        value = {"folder": place.folder, "validity": place.validity, "uid": place.uid}
        self.store.set_setting(_place_key(account, folder), value)

    def take_in(self, message: bytes, account: Account) -> Iterator[News]:
        """Record what ``message`` means to a case, if it belongs to one or opens one."""
        mail = parse_mail(message)
        if mail.message_id is None:  # two processes that read it have to know it again
            digest = sha256(message).hexdigest()[:32]
            mail = replace(mail, message_id=f"<{digest}@without-id.invalid>")
        if is_note(mail.message_id):
            return
        yield from until_kept(lambda: list(self._record(mail, message, account)))

    def _record(self, mail: Mail, message: bytes, account: Account) -> Iterator[News]:
        own = (account.address, *account.aliases)
        candidates = {case.id: case for case in self._candidates(mail)}
        said = {case.id: self._said(case, own) for case in candidates.values()}
        match = belongs(mail, said.values())
        if match.among:
            yield News(case=None, among=match.among)
        elif match.case is not None:
            known = said[match.case]
            if mail.message_id not in known.received:
                case = candidates[match.case]
                yield from self._answered(case, known.said, mail, message, match, account)
        else:
            yield from self._invited(mail, message, own)

    def _candidates(self, mail: Mail) -> Sequence[Case]:
        found = keys(mail)
        named = {
            *(("message_id", value) for value in found.message_ids),
            *(("uid", value) for value in found.uids),
            *(("address", value) for value in found.addresses),
            *(("domain", value) for value in found.domains),
        }
        return self.store.look_up(named, limit=_CANDIDATES)

    def _said(self, case: Case, own: Sequence[str]) -> OpenCase:
        """What had been said in ``case``, and all mails of the employer's in it."""
        acts = [act for act in self.store.acts(case.id) if act.kind in BY_SMTP]
        letter = case.draft(Channel.MAIL)
        invitations = (case.invitation, *(earlier.invitation for earlier in case.earlier))
        received = [event.data.get("message_id") for event in self.store.events(case.id)]
        received += [invitation.thread.message_id for invitation in invitations]
        return OpenCase(
            id=case.id,
            said=Said(
                invitation=case.invitation,
                decision=case.decision or _NOTHING_SAID,
                message_ids=tuple(act.message_id for act in acts if act.message_id),
                subject=letter.subject if letter else None,
                text=letter.text if letter else None,
                own=tuple(own),
                recipients=tuple({to for act in acts for to in act.recipients}),
            ),
            received=tuple(each for each in received if each),
        )

    # --- a mail in a case -----------------------------------------------------------------------

    def _answered(
        self, case: Case, said: Said, mail: Mail, message: bytes, match: Match, account: Account
    ) -> Iterator[News]:
        now = self.clock.now()
        read_as = _read(message, now)
        reply = classify(mail, read_as, said)
        if match.weak:
            reply = replace(reply, knows=False, stranger=True)
        if match.link in (Link.ANSWER, Link.BOUNCED):
            case = self._has_left(case, mail)
        before = case.version
        if not reply.automatic:
            case = self._stop(case)
        stopped = case.version != before
        event = _event(case, reply, read_as, now, _told(mail, reply, match))
        after, event = follow_on(case, event)
        acts = self._outbox().quieted(case, now) if after.state in NOTHING_TO_CALL_FOR else []
        acts += _in_own_calendar(case, reply, read_as, account, now)
        self.store.save(after, event, acts=acts)
        yield News(case=after, event=event, reply=reply, stopped=stopped)

    def _has_left(self, case: Case, mail: Mail) -> Case:
        """Whoever answers a mail of ours, or gives it back, has got it: it is uncertain no more."""
        for act in self.store.acts(case.id):
            if act.kind in BY_SMTP and act.state is ActState.UNKNOWN:
                self._outbox().settle(act, Step.ACCEPTED, "answered")
        return self.store.get(case.id) or case

    def _stop(self, case: Case) -> Case:
        """The employer has written meanwhile: the person looks at it before anything leaves."""
        if waits(self.store.acts(case.id)) is None:
            return case
        try:
            return self._outbox().take_back(case, EventKind.STOPPED, why="employer_wrote")
        except WrongUse as under_way:
            if under_way.code != "too_late_to_undo":
                raise
            return case

    def _outbox(self) -> Outbox:
        return Outbox(clock=self.clock, store=self.store, reach=self.reach)

    # --- a mail that opens one ------------------------------------------------------------------

    def _invited(self, mail: Mail, message: bytes, own: Sequence[str]) -> Iterator[News]:
        now = self.clock.now()
        invitation = _read(message, now)
        doubted = any(doubt.code is DoubtCode.NO_INTERVIEW for doubt in invitation.doubts)
        if invitation.kind not in _OPENS or doubted or not _is_about_a_job(invitation):
            return
        case_id, seed = identity(invitation, own[0])
        if self.store.get(case_id) is None:
            case = open_case(case_id, invitation, seed, at=now)
            case = replace(case, due_at=next_due(case, now))
            self.store.add(case)
            yield News(case=case)


def _place_key(account: Account, folder: str) -> str:
    return f"place:{account.id}:{folder}" if folder else f"place:{account.id}"


def _read(message: bytes, now: datetime) -> Invitation:
    """The mail as the step *read* sees it; one that it cannot read says nothing."""
    try:
        return read(message, now=now)[0]
    except (UnreadableInput, IndexError):
        return Invitation(kind=Kind.OTHER, received=now)


def _is_about_a_job(invitation: Invitation) -> bool:
    """Friends invite too. Nobody asked for this mail to be read as an interview: be careful."""
    names_a_time = invitation.start or invitation.proposed_slots or invitation.booking_url
    texts = " ".join(invitation.texts.values())
    return bool(names_a_time and (invitation.position or _JOB.search(texts)))


_JOB = re.compile(
    r"bewerb|vorstellungsg|kennenlern|probe(?:arbeit|tag)|schnupper|hospitation|assessment|"
    r"interview|applica(?:tion|nt)|\bappl(?:ied|ying)\b|candidate|recruit|ausbildungsplatz|praktikum",
    re.IGNORECASE,
)


def _event(
    case: Case, reply: Reply, read_as: Invitation, now: datetime, data: Mapping[str, str]
) -> Event:
    """What the reply does to the case: only what the table allows, and nothing by a stranger."""
    foreign = reply.stranger and reply.kind is not ReplyClass.BOUNCE  # servers are strangers
    event = None if foreign else _effect(case, reply, read_as, now)
    if event is None or event.kind not in possible(case):
        event = Event(kind=EventKind.REPLIED, at=now)
    return replace(event, data={**event.data, **data})


def _effect(case: Case, reply: Reply, read_as: Invitation, now: datetime) -> Event | None:
    if reply.kind is ReplyClass.BOUNCE:
        return Event(kind=EventKind.BOUNCED, at=now) if reply.failed else None
    if reply.kind is ReplyClass.AUTO_REPLY:
        return None
    if reply.kind is ReplyClass.CANCELLED_BY_EMPLOYER:
        invitation = replace(case.invitation, kind=Kind.CANCELLATION)
        return arrival(case, invitation, now)
    if reply.kind is ReplyClass.COUNTER_DECLINED and case.state in SAID:
        # the old time stands, so they expect the person: it is theirs to decide again
        return Event(kind=EventKind.MOVED, at=now, invitation=case.invitation)
    if agreed := _agreed(case, reply):
        return Event(kind=EventKind.ACKNOWLEDGED, at=now, invitation=agreed)
    told_anew = reply.kind is ReplyClass.NEW_TIME or case.state not in SAID
    if read_as.start is None and not read_as.proposed_slots and reply.kind is ReplyClass.NEW_TIME:
        read_as = replace(read_as, start=reply.start)
    event = arrival(case, _in_case(case, read_as), now) if told_anew else None
    if event is None and reply.knows:
        event = Event(kind=EventKind.ACKNOWLEDGED, at=now)
    return event


def _agreed(case: Case, reply: Reply) -> Invitation | None:
    """The appointment at the time of ours that they agree to in words; None where they do not."""
    known, decision = case.invitation, case.decision
    if decision is None or reply.kind is not ReplyClass.ACKNOWLEDGEMENT or reply.start is None:
        return None
    if reply.start == known.start or all(slot.start != reply.start for slot in decision.slots):
        return None
    lasts = known.end - known.start if known.start and known.end else None
    return replace(
        known, start=reply.start, end=reply.start + lasts if lasts else None, all_day=False,
        proposed_slots=(),
    )  # fmt: skip


def _in_case(case: Case, read_as: Invitation) -> Invitation:
    """A later mail often says only what is new; what it leaves out stays as it was."""
    known = case.invitation
    if read_as.uid is None:  # moved in words alone, the event in the calendars is still the old one
        read_as = replace(
            read_as,
            uid=known.uid,
            sequence=known.sequence,
            recurrence_id=known.recurrence_id,
            organizer=known.organizer,
            calendar=known.calendar,
        )
    if read_as.format in (None, known.format):  # somebody who moves to a call names no address
        read_as = replace(
            read_as,
            format=known.format,
            location=read_as.location or known.location,
            meeting_url=read_as.meeting_url or known.meeting_url,
        )
    return replace(
        read_as,
        company=read_as.company or known.company,
        position=read_as.position or known.position,
        contact=read_as.contact if read_as.contact.name else known.contact,
        attendee=read_as.attendee if read_as.attendee.email else known.attendee,
        country=read_as.country or known.country,
        timezone=read_as.timezone or known.timezone,
    )


def _in_own_calendar(
    case: Case, reply: Reply, read_as: Invitation, account: Account, now: datetime
) -> Iterator[Act]:
    """What the organizer moved or called off, for the person's calendar where it lies there."""
    changes = reply.kind in (ReplyClass.NEW_TIME, ReplyClass.CANCELLED_BY_EMPLOYER)
    if not changes or reply.stranger or account.calendar_url is None:
        return
    if read_as.calendar is None or read_as.uid is None or read_as.uid != case.invitation.uid:
        return
    yield held(
        id=f"{secrets.token_hex(5)}-{ActKind.UPDATE}",
        case_id=case.id,
        kind=ActKind.UPDATE,
        account=account.id,
        payload=read_as.calendar.encode("utf-8", "replace"),
        target={"uid": read_as.uid},
        recipients=(account.address, *account.aliases),
        now=now,
    )


def _told(mail: Mail, reply: Reply, match: Match) -> dict[str, str]:
    """What the timeline keeps of a mail: its class and why, who wrote, and the words that count."""
    data: dict[str, Any] = {
        "message_id": mail.message_id,
        "class": reply.kind.value,
        "why": reply.why.key,
        "quote": reply.why.quote,
        "belongs": match.why,
        "from": mail.sender.email,
        "text": reply.text[:2000],
        "stranger": "yes" if reply.stranger else None,
        "start": reply.start.isoformat() if reply.start else None,
        **{f"value.{name}": value for name, value in reply.why.values.items()},
    }
    if reply.absence and reply.absence.until:
        data["away_until"] = reply.absence.until.at.isoformat()
    return {name: value for name, value in data.items() if value}
