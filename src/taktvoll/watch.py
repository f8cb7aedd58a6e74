"""Mailbox mode: drop an invitation into a folder, and the checked reply lies in Drafts.

The folders stand for what the person wants to say, so that it works from any mail program and from
a phone. What cannot be answered without asking comes back as a mail of one sentence.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taktvoll.desk import Asked, Desk
from taktvoll.errors import MissingFacts, TaktvollError, WrongUse
from taktvoll.messages import say
from taktvoll.model import Account, Decision, Intent, Language, Severity
from taktvoll.ports import Folder
from taktvoll.send.note import note

if TYPE_CHECKING:
    from taktvoll.case import Case
    from taktvoll.ports import Mailbox

_ROOT = "taktvoll"

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
                    yield _answer(desk, account, language, mailbox, name, intent, each.message)
                    since = each.place
                    inbox.keep_place(account, since, name)


def _answer(
    desk: Desk,
    account: Account,
    language: Language,
    mailbox: Mailbox,
    folder: str,
    intent: Intent,
    message: bytes,
) -> Dropped:
    try:
        case = _drafted(desk, account, intent, message)
    except TaktvollError as error:
        problem = _sentence(error, language)
        subject, text = say("watch.subject", language), say("watch.text", language, problem=problem)
        key, now = secrets.token_hex(8), desk.clock.now()
        message = note(account.address, subject, text, key=key, now=now)
        mailbox.append(Folder.INBOX, message, seen=False)
        return Dropped(folder=folder, problem=problem)
    return Dropped(folder=folder, case=case)


def _drafted(desk: Desk, account: Account, intent: Intent, message: bytes) -> Case:
    """Into Drafts goes only what the check has nothing against: the person may not look again."""
    [invitation, *_] = desk.read(message, interview=True)
    asked = Asked(
        decision=Decision(intent=intent),
        name=account.name,
        address=_own_address(account, invitation.attendee.email),
    )
    answer = desk.answer(invitation, asked)
    errors = [each.message for each in answer.findings if each.severity is Severity.ERROR]
    if errors:
        raise WrongUse("draft_needs_you", why=errors[0])
    return desk.post.approve(answer.case, account_id=account.id, as_draft=True)


def _own_address(account: Account, invited: str | None) -> str:
    own = (account.address, *account.aliases)
    return next((each for each in own if each.lower() == (invited or "").lower()), account.address)


def _sentence(error: TaktvollError, language: Language) -> str:
    if isinstance(error, MissingFacts):
        facts = ", ".join(say(f"fact.{fact}", language) for fact in error.facts)
        return say("error.missing_facts", language, facts=facts)
    return say(f"error.{error.code}", language, **error.values)
