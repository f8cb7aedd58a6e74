"""Mailbox mode: drop an invitation into a folder, and the checked reply lies in Drafts.

The folders stand for what the person wants to say, so that it works from any mail program and from
a phone. What cannot be answered without asking comes back as a mail of one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from taktvoll.act import ActKind
from taktvoll.desk import Asked, Desk
from taktvoll.errors import MissingFacts, TaktvollError, WrongUse
from taktvoll.messages import say
from taktvoll.model import Account, Decision, Intent, Language, Severity
from taktvoll.ports import Folder
from taktvoll.post import Named, own_address
from taktvoll.send.note import note, note_id

if TYPE_CHECKING:
    from taktvoll.case import Case
    from taktvoll.ports import Arrived, Mailbox

_ROOT = "taktvoll"
_MOST_DRAFTS = 50  # for one mail in one folder

FOLDERS: Mapping[Language, Mapping[str, Intent]] = {
    Language.DE: {
        f"{_ROOT}/Absagen": Intent.CANCEL,
        f"{_ROOT}/Verschieben": Intent.RESCHEDULE,
        f"{_ROOT}/Zurückziehen": Intent.WITHDRAW_BEFORE,
    },
    Language.EN: {
        f"{_ROOT}/Cancel": Intent.CANCEL,
        f"{_ROOT}/Move": Intent.RESCHEDULE,
        f"{_ROOT}/Withdraw": Intent.WITHDRAW_BEFORE,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An invitation that was dropped: the case whose draft is made, or why there is none."""

    folder: str
    case: Case | None = None
    problem: str | None = None


def prepare(desk: Desk, account: Account, language: Language) -> tuple[str, ...]:
    """Make the folders where they are missing; their names. Raises ``ports.Unreachable``."""
    names, inbox = tuple(FOLDERS[language]), desk.post.inbox()
    with desk.post.reach.mailbox(account.id) as mailbox:
        for name in names:
            mailbox.make(name)
            if inbox.place(account, name) is None:
                inbox.keep_place(account, mailbox.end(name), name)
    return names


def look(desk: Desk, account: Account, language: Language) -> Iterator[Dropped]:
    """Answer what was dropped since the last look. Raises ``ports.Unreachable``."""
    inbox = desk.post.inbox()
    with desk.post.reach.mailbox(account.id) as mailbox:
        for name, intent in FOLDERS[language].items():
            since = inbox.place(account, name)
            while since is not None and (arrived := mailbox.fresh(since)):
                for each in arrived:
                    yield from _answer(desk, account, language, mailbox, name, intent, each)
                    since = each.place
                    inbox.keep_place(account, since, name)


def _answer(
    desk: Desk,
    account: Account,
    language: Language,
    mailbox: Mailbox,
    folder: str,
    intent: Intent,
    dropped: Arrived,
) -> Iterator[Dropped]:
    named = _named(desk, account, folder, dropped)
    if named is None:  # answered already: somebody ended before they could remember it
        return
    try:
        case = _drafted(desk, account, intent, dropped.message, named)
    except TaktvollError as error:
        if _named(desk, account, folder, dropped) is None:  # another was faster
            return
        problem = _sentence(error, language)
        subject, text = say("watch.subject", language), say("watch.text", language, problem=problem)
        message = note(account.address, subject, text, key=named.name, now=desk.clock.now())
        if not mailbox.holds(Folder.INBOX, note_id(named.name)):
            mailbox.append(Folder.INBOX, message, seen=False)
        yield Dropped(folder=folder, problem=problem)
    else:
        yield Dropped(folder=folder, case=case)


def _named(desk: Desk, account: Account, folder: str, dropped: Arrived) -> Named | None:
    """What the draft for a dropped mail is called; None where that draft has been made.

    The same mail may be dropped there again, for another draft: as often as it has another UID.
    Where the folder was made anew (UIDVALIDITY, RFC 9051 §2.3.1.1), what lies in it was seen.
    """
    mark = sha256("\0".join((account.id, folder)).encode() + b"\0" + dropped.message).hexdigest()
    place = f"{dropped.place.validity}/{dropped.place.uid}"
    for number in range(_MOST_DRAFTS):
        name = f"{mark[:16]}{number:02}"
        made = desk.post.store().act(f"{name}-{ActKind.DRAFT}")
        if made is None:
            return Named(name=name, target={"dropped": place})
        known, _, uid = made.target.get("dropped", "").partition("/")
        if known != str(dropped.place.validity) or uid == str(dropped.place.uid):
            return None
    return None


def _drafted(desk: Desk, account: Account, intent: Intent, message: bytes, named: Named) -> Case:
    """Into Drafts goes only what the check has nothing against: the person may not look again."""
    [invitation, *_] = desk.read(message, interview=True)
    asked = Asked(
        decision=Decision(intent=intent),
        name=account.name,
        address=own_address(account, invited=invitation.attendee.email),
    )
    answer = desk.answer(invitation, asked)
    errors = [each.message for each in answer.findings if each.severity is Severity.ERROR]
    if errors:
        raise WrongUse("draft_needs_you", why=errors[0])
    return desk.post.approve(answer.case, account_id=account.id, as_draft=True, named=named)


def _sentence(error: TaktvollError, language: Language) -> str:
    if isinstance(error, MissingFacts):
        facts = ", ".join(say(f"fact.{fact}", language) for fact in error.facts)
        return say("error.missing_facts", language, facts=facts)
    return say(f"error.{error.code}", language, **error.values)
