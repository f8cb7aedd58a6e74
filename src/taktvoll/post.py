"""The post office: the use cases of sending and following. What the person approves leaves once.

A face asks here for what has to do with the outside; ``desk`` writes the letter. The rounds that
keep the word are ``tick``: what is due leaves, what has arrived is read, and the person is told
what needs them. ``serve`` calls it in a loop, cron calls ``taktvoll tick``; both may do so at once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taktvoll.act import BY_SMTP, LETTERS, UNDER_WAY, Act, ActKind, Step, held
from taktvoll.agenda import Reminder, agenda, follow_on, reminder_at
from taktvoll.case import Case, CaseState, Event, EventKind, brief_of
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.messages import say
from taktvoll.model import (
    Account,
    ActState,
    Brief,
    Channel,
    Draft,
    Intent,
    Language,
    Server,
    Tls,
)
from taktvoll.nudge import nudge_brief, written_nudge
from taktvoll.outbox import NOTHING_TO_CALL_FOR, Outbox, hold_for, waits
from taktvoll.ports import Unreachable
from taktvoll.times import begins

if TYPE_CHECKING:
    from pathlib import Path

    from taktvoll.inbox import Inbox, News
    from taktvoll.ports import (
        Directory,
        FoundCalendar,
        Notifier,
        Outcome,
        Provider,
        Reach,
        Secrets,
        Store,
    )
    from taktvoll.send.itip import CalendarAnswer, NoAnswer
    from taktvoll.times import Clock

_FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)

_ACCOUNTS, _BY_MAIL = "accounts", "reminders_by_mail"  # the keys of the settings

# What is true only until the appointment begins: after that it would be a lie, or an insult.
_BEFORE_IT_BEGINS = frozenset(
    {
        Intent.ACCEPT,
        Intent.RESCHEDULE,
        Intent.CHANGE_FORMAT,
        Intent.CANCEL,
        Intent.WITHDRAW_BEFORE,
        Intent.LATE,
        Intent.NUDGE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Exactly what would leave, shown before the yes.

    ``calendar`` is the answer to the organizer, or why there is none; ``own_calendar`` what is
    written into the person's own: the PARTSTAT, or None.
    """

    account: Account
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    message: bytes
    calendar: CalendarAnswer | NoAnswer
    own_calendar: str | None
    deadline: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the acts of a yes are called, where the same yes might be heard twice.

    Acts of one ``name`` are made once; ``target`` is kept with its letter.
    """

    name: str
    target: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reminder that became due: the case, and what the person should be told."""

    case: Case
    reminder: Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one ``tick`` did. ``unreachable`` are the accounts whose mail could not be read."""

    acts: tuple[Act, ...]
    told: tuple[Told, ...]
    news: tuple[News, ...] = ()
    unreachable: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The use cases. ``store`` opens the store when it is first needed."""

    clock: Clock
    store: Callable[[], Store]
    reach: Reach
    secrets: Secrets
    notifier: Notifier
    directory: Directory
    overlay: Path | None = None  # the person's own content

    # --- accounts -------------------------------------------------------------------------------

    def accounts(self) -> tuple[Account, ...]:
        """The accounts that are set up, in the order in which they were added."""
        return accounts_in(self.store())

    def account(self, account_id: str | None = None) -> Account:
        """The account of that id or address, or the first. Raises ``WrongUse``: ``no_account``."""
        for account in self.accounts():
            if account_id in (None, account.id, account.address):
                return account
        raise WrongUse("no_account", account=(account_id or "")[:60])

    def suggested(self, address: str) -> tuple[Account | None, Provider | None, bool]:
        """What is known of how ``address`` is reached, without asking for a password.

        The account with its servers, where there are any; the provider, where we know it; and
        whether a server lies outside of the address's own domain: then the person has to agree
        before a password goes there. Raises ``WrongUse("provider_by_hand")``.
        """
        account_id = address.lower()
        provider = self.directory.provider(address)
        if provider is not None and provider.by_hand:
            raise WrongUse("provider_by_hand", provider=provider.name)
        if provider is not None:
            return provider.account(address, account_id=account_id), provider, False
        published = self.directory.published(address)
        if published is None:
            return None, None, False
        account = Account(id=account_id, address=address, smtp=published.smtp, imap=published.imap)
        return account, None, published.foreign

    def add_account(self, account: Account, passwords: dict[str, str]) -> None:
        """Keep ``account`` (in place of one of its id), its passwords by service apart from it.

        Raises ``WrongUse("bad_sender")`` for an address that cannot stand in a mail.
        """
        from taktvoll.send.letter import ascii_address

        for address in (account.address, *account.aliases):
            if ascii_address(address) is None:
                raise WrongUse("bad_sender", address=address[:100])
        for service, password in passwords.items():
            self.secrets.set(account.id, service, password, in_file=account.secrets_in_file)
        others = [known for known in self.accounts() if known.id != account.id]
        self._keep_accounts([*others, account])

    def remove_account(self, account_id: str) -> None:
        """Forget an account and its passwords. Raises ``WrongUse("no_account")``."""
        account = self.account(account_id)
        self.secrets.forget(account.id)
        self._keep_accounts([known for known in self.accounts() if known.id != account.id])

    def _keep_accounts(self, accounts: Sequence[Account]) -> None:
        import msgspec

        self.store().set_setting(_ACCOUNTS, msgspec.to_builtins(accounts))

    def calendars(
        self, account_id: str, *, url: str | None, user: str | None, password: str | None
    ) -> Sequence[FoundCalendar]:
        """The calendars of an account that can be written to, for the person to choose from.

        Without ``url`` they are looked for at the account's provider, where its own password
        counts; at another server that one is never shown. A ``password`` that works is kept.
        Raises ``Unreachable``, and ``WrongUse``: ``no_account``, ``calendar_where``,
        ``calendar_password``.
        """
        account = self.account(account_id)
        provider = self.directory.provider(account.address)
        usual = provider.calendar if provider is not None else None
        where = url or usual
        if where is None:
            raise WrongUse("calendar_where")
        services = ("caldav", "imap", "smtp") if where == usual else ()
        if account.calendar_url and _host(where) == _host(account.calendar_url):
            services = ("caldav", *services)
        known = (self.secrets.get(account.id, service) for service in services)
        secret = password or next(filter(None, known), None)
        if not secret:
            raise WrongUse("calendar_password")
        found = self.directory.calendars(where, user or account.address, secret)
        self.secrets.set(account.id, "caldav", secret, in_file=account.secrets_in_file)
        return [each for each in found if each.writable]

    def choose_calendar(self, account_id: str, url: str | None, user: str | None = None) -> None:
        """Keep which of its calendars an account writes to; None: to none of them."""
        account = self.account(account_id)
        chosen = replace(account, calendar_url=url, calendar_user=user if url else None)
        known = self.accounts()
        self._keep_accounts([chosen if each.id == account.id else each for each in known])

    def try_out(self, account_id: str | None = None) -> Iterator[tuple[str, Outcome]]:
        """Each service of an account (smtp, imap, caldav), and how a connection to it went."""
        account = self.account(account_id)
        services: dict[str, Callable[[], Outcome]] = {}
        if account.smtp:
            services["smtp"] = lambda: self.reach.courier(account.id).try_out()
        if account.imap:
            services["imap"] = lambda: _try_mailbox(self.reach, account.id)
        if account.calendar_url:
            services["caldav"] = lambda: self.reach.calendar(account.id).try_out()
        for name, connect in services.items():
            try:
                yield name, connect()
            except Unreachable as failed:
                yield name, failed.outcome

    # --- reminders ------------------------------------------------------------------------------

    def reminders_by_mail(self) -> bool:
        """Whether every reminder also goes into the person's own mailbox.

        Otherwise only what no screen could show lies there.
        """
        return bool(self.store().setting(_BY_MAIL)) and self._mailbox_account() is not None

    def set_reminders_by_mail(self, always: bool) -> None:
        """Keep what ``reminders_by_mail`` tells. Raises ``WrongUse("no_mailbox")``."""
        if always and self._mailbox_account() is None:
            raise WrongUse("no_mailbox")
        self.store().set_setting(_BY_MAIL, always or None)

    # --- sending --------------------------------------------------------------------------------

    def nudge(self, case: Case) -> Draft:
        """The question whether the letter of ``case`` has arrived, written ready.

        Raises ``WrongUse("nothing_to_ask")`` where there is nothing to ask after.
        """
        return written_nudge(case, self.clock.now(), self.overlay)

    def leaving(self, case: Case, account_id: str | None = None, *, nudge: bool = False) -> Leaving:
        """What would leave for ``case``, as of now: its letter, or its ``nudge``.

        Nothing is stored. Raises ``WrongUse``: ``nothing_written``, ``no_recipient``,
        ``not_your_address``, and what ``nudge`` raises.
        """
        from taktvoll.send.itip import CalendarAnswer, calendar_answer
        from taktvoll.send.letter import compose, recipients

        account, now = self.account(account_id), self.clock.now()
        letter, brief = self._said(case, now, nudge=nudge)
        brief = _sent_by(account, brief)
        answer = calendar_answer(brief, own=(account.address, *account.aliases))
        answered = answer if isinstance(answer, CalendarAnswer) else None
        to = recipients(brief, answered)
        if not to:
            raise WrongUse("no_recipient")
        return Leaving(
            account=account,
            sender=brief.voice.sender.email or account.address,
            recipients=to,
            subject=letter.subject or "",
            text=letter.text,
            message=compose(brief, letter, answered),
            calendar=answer,
            own_calendar=answered.partstat if answered and account.calendar_url else None,
            deadline=_deadline(brief),
        )

    def _said(self, case: Case, now: datetime, *, nudge: bool) -> tuple[Draft, Brief]:
        """The letter of ``case`` and what it is written from; or its nudge, likewise."""
        if nudge:
            return self.nudge(case), nudge_brief(case, now)
        letter = case.draft(Channel.MAIL)
        brief = brief_of(case, now)
        if letter is None or brief is None:
            raise WrongUse("nothing_written")
        return letter, brief

    def unsent(self, case: Case, *, nudge: bool = False) -> bytes:
        """The mail to be opened, looked at and sent in the person's own mail program (X-Unsent)."""
        from taktvoll.send.itip import CalendarAnswer, calendar_answer
        from taktvoll.send.letter import compose

        letter, brief = self._said(case, self.clock.now(), nudge=nudge)
        answer = calendar_answer(brief)
        answered = answer if isinstance(answer, CalendarAnswer) else None
        return compose(brief, letter, answered, unsent=True)

    def mailto(self, case: Case, *, nudge: bool = False) -> str:
        """A ``mailto:`` address (RFC 6068) with subject and text, without thread and calendar."""
        from taktvoll.send.letter import mailto, recipients, subject_line

        letter, brief = self._said(case, self.clock.now(), nudge=nudge)
        to = recipients(brief, None)
        if not to:
            raise WrongUse("no_recipient")
        return mailto(to[0], subject_line(brief, letter), letter.text)

    def approve(
        self,
        case: Case,
        *,
        account_id: str | None = None,
        as_draft: bool = False,
        despite: Sequence[str] = (),
        named: Named | None = None,
    ) -> Case:
        """The person's yes to what ``leaving`` shows: freeze it and hold it.

        ``as_draft`` lays it into Drafts instead of sending it. ``despite`` are the rules whose
        findings the person keeps by hand; that is recorded. Raises what ``leaving`` raises,
        ``WrongUse("account_cannot_send")``, and ``case_changed_meanwhile``.
        """
        leaving = self.leaving(case, account_id)
        way = ActKind.DRAFT if as_draft else ActKind.MAIL
        if (leaving.account.imap if as_draft else leaving.account.smtp) is None:
            raise WrongUse("account_cannot_send", account=leaving.account.address)
        now = self.clock.now()
        # an alarm of an earlier attempt would ring beside the new one
        frozen = self._frozen(case, leaving, way, now, named)
        acts = [*self._outbox().quieted(case, now), *frozen]
        data = {"account": leaving.account.id, "way": way.value}
        if despite:
            data["despite"] = ", ".join(despite)
        event = Event(kind=EventKind.APPROVED, at=now, channel=Channel.MAIL, data=data)
        after, event = follow_on(case, event)
        self.store().save(after, event, acts=acts)
        return after

    def approve_nudge(self, case: Case, account_id: str | None = None) -> Case:
        """The person's yes to ``leaving`` with ``nudge``: freeze the question and hold it.

        Raises what ``leaving`` raises, ``WrongUse("account_cannot_send")``, and
        ``case_changed_meanwhile``.
        """
        leaving = self.leaving(case, account_id, nudge=True)
        if leaving.account.smtp is None:
            raise WrongUse("account_cannot_send", account=leaving.account.address)
        now = self.clock.now()
        acts = list(self._frozen(case, leaving, ActKind.NUDGE, now))
        data = {"account": leaving.account.id}
        after, event = follow_on(case, Event(kind=EventKind.NUDGING, at=now, data=data))
        self.store().save(after, event, acts=acts)
        return after

    def _frozen(
        self,
        case: Case,
        leaving: Leaving,
        way: ActKind,
        now: datetime,
        named: Named | None = None,
    ) -> Iterator[Act]:
        """The mail, and what happens in the person's own calendar before it leaves."""
        from taktvoll.send.itip import CalendarAnswer
        from taktvoll.send.letter import compose, message_id_of

        account, invitation = leaving.account, case.invitation
        # what lies in Drafts has not left: only a mail is held
        due_at = now if way is ActKind.DRAFT else now + hold_for(leaving.deadline, now)
        name = named.name if named else secrets.token_hex(5)

        def act(kind: ActKind, **more: Any) -> Act:
            return held(
                id=f"{name}-{kind}", case_id=case.id, kind=kind, account=account.id, now=now,
                due_at=due_at, deadline=leaving.deadline, **more,
            )  # fmt: skip

        calendar = leaving.calendar
        answers = isinstance(calendar, CalendarAnswer) and leaving.own_calendar is not None
        if answers and way is ActKind.MAIL:
            target = {"uid": invitation.uid, "partstat": leaving.own_calendar,
                      "recurrence_id": invitation.recurrence_id}  # fmt: skip
            yield act(
                ActKind.ANSWER,
                payload=b"",
                recipients=(account.address, *account.aliases),
                target={key: value for key, value in target.items() if value},
            )
        if account.calendar_url and way is ActKind.MAIL:
            armed = self._alarm(case, name, now)
            if armed is not None:
                yield act(ActKind.REMINDER, payload=armed, target={"uid": f"taktvoll-{name}"})
        without = None
        if answers:
            letter, brief = self._said(case, now, nudge=False)
            own_id = message_id_of(leaving.message)
            without = compose(_sent_by(account, brief), letter, None, message_id=own_id)
        yield act(
            way,
            payload=leaving.message,
            without_calendar=without,
            message_id=message_id_of(leaving.message),
            sender=leaving.sender,
            recipients=leaving.recipients,
            target={
                **({"copy": "yes"} if account.imap and not account.keeps_sent else {}),
                **(named.target if named else {}),
            },
            after=f"{name}-{ActKind.ANSWER}" if answers and way is ActKind.MAIL else None,
        )

    def reminder_file(self, case: Case) -> bytes:
        """The alarm as an ``.ics`` to take along, where no calendar is connected.

        Raises ``WrongUse("no_call_ahead")`` where there is nothing to be reminded of.
        """
        made = self._alarm(case, case.id, self.clock.now(), to_hand_out=True)
        if made is None:
            raise WrongUse("no_call_ahead")
        return made

    def _alarm(
        self, case: Case, name: str, now: datetime, *, to_hand_out: bool = False
    ) -> bytes | None:
        """The alarm that rings even if this machine is off: when to call if nobody has answered."""
        from taktvoll.send.reminder import reminder, reminder_file

        if case.state in NOTHING_TO_CALL_FOR or case.voice is None:
            return None
        sent = replace(case, state=CaseState.SENT, since=now, changed=now, reminded_at=None)
        calls = (Reminder.CALL, Reminder.CALL_NOW)
        at = next((due.at for due in agenda(sent) if due.reminder in calls and due.at > now), None)
        if at is None:
            return None
        make = reminder_file if to_hand_out else reminder
        return make(
            f"taktvoll-{name}",
            at,
            title=say("reminder.title", case.voice.language),
            number=case.invitation.contact.phone,
            now=now,
            zone=case.invitation.timezone or "UTC",
        ).encode()

    def undo(self, case: Case) -> Case:
        """Take back what has not left. Raises ``WrongUse("too_late_to_undo")``."""
        return self._outbox().take_back(case, EventKind.UNDONE)

    def acts(self, case_id: str) -> Sequence[Act]:
        """The outward acts of a case, in the order in which they were made."""
        return self.store().acts(case_id)

    def letter(self, case_id: str) -> Act | None:
        """The mail or draft that was approved last, however it stands; None where none was."""
        acts = self.acts(case_id)
        letters = [act for act in acts if act.kind in LETTERS]
        return waits(acts) or (letters[-1] if letters else None)

    def held(self, case_id: str) -> Act | None:
        """What can still be taken back, or None."""
        return waits(self.acts(case_id))

    def waiting(self) -> bool:
        """Whether anything is held, on its way, or waits for its next attempt, in any case."""
        return any(act.state in UNDER_WAY for act in self.store().due_acts(_FOR_EVER))

    def settle(self, case: Case, *, left: bool) -> Case:
        """The person has looked: an uncertain mail has left, or it has not."""
        for act in self.acts(case.id):
            if act.state is ActState.UNKNOWN and act.kind in BY_SMTP:
                what = Step.ACCEPTED if left else Step.FAILED
                self._outbox().settle(act, what, "told_by_person")
        return self.store().get(case.id) or case

    def happened(self, case: Case, event: Event) -> Case:
        """Record what the person says: sent by hand, spoken to somebody, acknowledged, closed.

        What waits for the case is taken back first where the event makes it needless, and the
        alarm in the calendar goes where somebody there knows.
        """
        if event.kind in _MAKES_NEEDLESS and self.held(case.id) is not None:
            try:
                case = self._outbox().take_back(case, EventKind.UNDONE)
            except WrongUse as busy:
                if busy.code != "too_late_to_undo":
                    raise
        after, event = follow_on(case, event)
        acts = self._outbox().quieted(case, event.at) if after.state in NOTHING_TO_CALL_FOR else []
        self.store().save(after, event, acts=acts)
        return after

    def silence(self, case: Case) -> None:
        """Take the alarms of ``case`` out of the calendar now: nobody will know of them soon.

        What is out of reach stays there: a calendar that is down must not keep a case alive.
        """
        self._outbox().silence(case)

    # --- rounds ---------------------------------------------------------------------------------

    def tick(self, *, collect: bool = True) -> Round:
        """Do what is due, once: read what has arrived, let go what is held, tell what needs one.

        Without ``collect`` only the accounts are read from which something is about to leave: the
        employer may have written meanwhile. A mailbox that cannot be reached holds nothing up.
        """
        began = self.clock.now()
        due = {act.account for act in self.store().due_acts(began) if act.kind in LETTERS}
        news: list[News] = []
        unreachable = {}
        for account in self.accounts():
            if account.imap is not None and (collect or account.id in due):
                try:
                    news += self.collect(account)
                except Unreachable as failed:
                    unreachable[account.id] = failed.outcome
        acts = self._outbox().release(began)
        self._tell_of_nudges(acts)
        return Round(
            acts=acts, told=tuple(self._remind()), news=tuple(news), unreachable=unreachable
        )

    def collect(self, account: Account) -> list[News]:
        """Read what has arrived for ``account``, and tell the person. Raises ``Unreachable``."""
        collected = []
        for news in self.inbox().collect(account):
            self._tell_news(news)
            collected.append(news)
        return collected

    def _tell_of_nudges(self, acts: Sequence[Act]) -> None:
        """A question that has not left is no reason to go on waiting: the state tells nobody."""
        for act in acts:
            if act.kind is ActKind.NUDGE and act.state in (ActState.PERMANENT, ActState.UNKNOWN):
                case = self.store().get(act.case_id)
                if case is not None and act.changed >= self.clock.now():
                    text = say("nudge.failed", _language(case))
                    self.notifier.notify(_title(case), text, pressing=True)

    def _tell_news(self, news: News) -> None:
        if news.case is None:
            return
        language = _language(news.case)
        text = say(news.key, language)
        if news.stopped:
            text = f"{text} {say('news.stopped', language)}"
        self.notifier.notify(_title(news.case), text, pressing=news.reply is not None)

    def _remind(self) -> Iterator[Told]:
        now, always = self.clock.now(), self.reminders_by_mail()
        for case in self.store().due(now):
            reminder = reminder_at(case, now)
            # one that is due without anything to say is looked at again when there is
            data = {"reminder": reminder.value} if reminder else {}
            drafts = tuple(self._nudge_for(case)) if reminder is Reminder.ASK else ()
            event = Event(kind=EventKind.REMINDED, at=now, data=data, drafts=drafts)
            after, event = follow_on(case, event)
            note = self._note(after, reminder, asked_for=True) if reminder and always else None
            try:
                self.store().save(after, event, acts=[note] if note else [])
            except WrongUse:  # somebody else was faster
                continue
            if reminder is not None:
                shown = self._tell(after, reminder)
                if not shown and not always and (late := self._note(after, reminder)):
                    self.store().keep(late)
                yield Told(case=after, reminder=reminder)

    def _nudge_for(self, case: Case) -> Iterator[Draft]:
        try:
            yield self.nudge(case)
        except TaktvollError:  # a fact is missing, or their own content is broken
            return

    def _tell(self, case: Case, reminder: Reminder) -> bool:
        """Whether there was a screen to show it on."""
        pressing = reminder in (Reminder.CALL, Reminder.CALL_NOW, Reminder.NOTHING_SAID)
        sentence = say(f"reminder.{reminder}", _language(case))
        return self.notifier.notify(_title(case), sentence, pressing=pressing)

    def _note(self, case: Case, reminder: Reminder, *, asked_for: bool = False) -> Act | None:
        """The reminder as a mail into the person's own mailbox, with what to say; None without one.

        ``asked_for`` where they want all of them there, and not only what no screen could show.
        """
        from taktvoll.send.note import note, note_id

        account = self._mailbox_account()
        if account is None:
            return None
        language, now, key = _language(case), self.clock.now(), secrets.token_hex(5)
        calls = reminder in (Reminder.CALL, Reminder.CALL_NOW, Reminder.CALL_TOMORROW)
        script = case.draft(Channel.PHONE)
        asks = reminder is Reminder.ASK and case.nudge is not None
        why = "note.why.asked_for" if asked_for else "note.why.no_screen"
        text = "\n\n".join(
            filter(
                None,
                (
                    say(f"reminder.{reminder}", language),
                    case.invitation.contact.phone if calls else None,
                    script.text if calls and script else None,
                    case.nudge.text if asks and case.nudge else None,
                    say("note.nudge", language, case=case.id) if asks else None,
                    say(why, language, case=case.id),
                ),
            )
        )
        return held(
            id=f"{key}-{ActKind.NOTE}", case_id=case.id, kind=ActKind.NOTE, account=account.id,
            message_id=note_id(key), now=now,
            payload=note(account.address, _title(case), f"{text}\n", key=key, now=now),
        )  # fmt: skip

    def _mailbox_account(self) -> Account | None:
        return with_mailbox(self.accounts())

    def inbox(self) -> Inbox:
        """What takes in the mail, and knows how far each folder has been read."""
        from taktvoll.inbox import Inbox

        return Inbox(clock=self.clock, store=self.store(), reach=self.reach)

    def _outbox(self) -> Outbox:
        return Outbox(clock=self.clock, store=self.store(), reach=self.reach)


def _title(case: Case) -> str:
    company = case.invitation.company or "taktvoll"
    return say("reminder.notification", _language(case), company=company)


def _language(case: Case) -> Language:
    return case.voice.language if case.voice else case.invitation.language


# RFC 8314 §3: TLS from the first byte; and where a server has only STARTTLS.
_PORTS = {
    Tls.IMPLICIT: {"smtp": 465, "imap": 993},
    Tls.STARTTLS: {"smtp": 587, "imap": 143},
    Tls.NONE: {"smtp": 25, "imap": 143},
}
_SCHEMES = {"": Tls.IMPLICIT, "tls": Tls.IMPLICIT, "starttls": Tls.STARTTLS, "plain": Tls.NONE}


def server_named(given: str | None, service: str, user: str) -> Server | None:
    """The server that a person names: ``host``, ``host:port`` or ``starttls://host:port``.

    ``service`` is ``smtp`` or ``imap``; nothing named is None. Raises
    ``WrongUse("not_a_server")``.
    """
    if not given:
        return None
    scheme, _, rest = given.strip().rpartition("://")
    host, _, port = rest.partition(":")
    tls = _SCHEMES.get(scheme)
    number = int(port) if port.isascii() and port.isdecimal() and len(port) < 6 else 0
    if tls is None or not _HOST.fullmatch(host) or (port and not 0 < number < 65536):
        raise WrongUse("not_a_server", server=given[:100])
    return Server(host=host, port=number or _PORTS[tls][service], tls=tls, user=user)


def _host(url: str) -> str:
    return url.rpartition("://")[2].partition("/")[0].lower()


_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


def with_mailbox(accounts: Iterable[Account]) -> Account | None:
    """The first of ``accounts`` whose mailbox can be reached: notes to oneself go there."""
    return next((each for each in accounts if each.imap is not None), None)


def accounts_in(store: Store) -> tuple[Account, ...]:
    """The accounts that ``store`` knows, in the order in which they were added."""
    import msgspec

    return tuple(msgspec.convert(store.setting(_ACCOUNTS) or [], list[Account]))


_MAKES_NEEDLESS = frozenset(
    {EventKind.CONFIRMED_BY_PERSON, EventKind.HANDED_OVER, EventKind.CLOSED}
)


def _sent_by(account: Account, brief: Brief) -> Brief:
    """``brief`` with the address that sends it. Only one that is the person's own may do so."""
    sender = brief.voice.sender
    email = own_address(account, sender.email, invited=brief.invitation.attendee.email)
    return replace(brief, voice=replace(brief.voice, sender=replace(sender, email=email)))


def own_address(account: Account, wanted: str | None = None, *, invited: str | None) -> str:
    """Which address of ``account`` writes: the ``wanted`` one, else the one that was invited.

    Raises ``WrongUse("not_your_address")`` for a wanted one that is not theirs.
    """
    own = {address.lower(): address for address in (account.address, *account.aliases)}
    if wanted and wanted.lower() not in own:
        raise WrongUse("not_your_address", address=wanted[:100])
    return own.get((wanted or invited or "").lower(), account.address)


def _deadline(brief: Brief) -> datetime | None:
    """From when on the message would come too late; None where it does not age."""
    start = begins(brief.invitation)
    if brief.decision.intent not in _BEFORE_IT_BEGINS:
        return None
    return start if start is not None and start > brief.now else None


def _try_mailbox(reach: Reach, account: str) -> Outcome:
    with reach.mailbox(account) as mailbox:
        return mailbox.try_out()
