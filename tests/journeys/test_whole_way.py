"""The whole way through real servers: from the invitation until the employer is known to know."""

from __future__ import annotations

import email
import email.policy
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from taktvoll.case import Case, CaseState, Event, EventKind
from taktvoll.desk import Asked, Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.model import Account, Decision, Intent, Language, Reason, Server, Tls
from taktvoll.post import Post
from taktvoll.watch import look, prepare
from taktvoll.wire import Servers
from tests.rigs.dovecot import Dovecot
from tests.rigs.process import PASSWORD, wait_until
from tests.world import Drawer, SetClock, World

NOW = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)

INVITATION = """\
BEGIN:VCALENDAR
PRODID:-//Kranwerk//Kalender//DE
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261201T090000Z
DTSTART:20261209T090000Z
DTEND:20261209T100000Z
SUMMARY:Vorstellungsgespräch Disponentin
SEQUENCE:0
ORGANIZER;CN=Ute Öhm:mailto:{employer}
ATTENDEE;CN=Mira Sandner;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{own}
END:VEVENT
END:VCALENDAR
"""

TEXT = """\
Guten Tag Frau Sandner,

vielen Dank für Ihre Bewerbung als Disponentin. Wir laden Sie herzlich ein zum
Vorstellungsgespräch am Mittwoch, den 9. Dezember 2026, um 10:00 Uhr in unserem Haus,
Hafenstraße 3, 20457 Hamburg.

Mit freundlichen Grüßen
Ute Öhm
Kranwerk Süd GmbH
Tel. 040 5550142
"""


@dataclass
class Person:
    """A candidate with a mailbox, an employer with another one, and what stands between them."""

    desk: Desk
    post: Post
    clock: SetClock
    world: World  # for its notifications alone
    mail: Dovecot
    own: str
    employer: str

    def invite(self, uid: str = "kranwerk-1@example.test", own: str | None = None) -> bytes:
        own = own or self.own
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"] = f"Ute Öhm <{self.employer}>"
        message["To"] = own
        message["Subject"] = "Einladung zum Vorstellungsgespräch"
        message["Message-ID"] = f"<{uid}>"
        message["Date"] = "Tue, 01 Dec 2026 10:00:00 +0100"
        message.set_content(TEXT)
        message.add_alternative(
            INVITATION.format(uid=uid, employer=self.employer, own=own).replace("\n", "\r\n"),
            subtype="calendar",
            params={"method": "REQUEST"},
        )
        return message.as_bytes()

    def answer(self, to: bytes, text: str) -> None:
        """The employer answers what lies in their mailbox."""
        ours = email.message_from_bytes(to)
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"], message["To"] = self.employer, self.own
        message["Subject"] = f"AW: {ours['Subject']}"
        message["Message-ID"] = "<answer@kranwerk.example>"
        message["In-Reply-To"] = ours["Message-ID"]
        message["References"] = f"{ours['References'] or ''} {ours['Message-ID']}".strip()
        message.set_content(text)
        self.mail.deliver(message.as_bytes(), self.own, self.employer)

    def case(self, case_id: str) -> Case:
        found = self.desk.store().get(case_id)
        assert found is not None
        return found

    def withdraw(self, case: Case) -> Case:
        decision = Decision(intent=Intent.WITHDRAW_BEFORE, reason=Reason.OTHER_OFFER)
        asked = Asked(decision=decision, name="Mira Sandner", address=self.own)
        return self.desk.answer(case.invitation, asked).case


Make = Callable[..., Person]


@pytest.fixture
def make(tmp_path: Path, dovecot_server: Dovecot, submission_server) -> Make:  # type: ignore[no-untyped-def]
    def person(calendar: str | None = None, user: str | None = None, **about: object) -> Person:
        own = dovecot_server.user()
        smtp = Server(host="127.0.0.1", port=submission_server.port, tls=Tls.NONE, user=own)
        imap = replace(smtp, port=dovecot_server.imap)
        account = Account(
            id="mira", address=own, name="Mira Sandner", smtp=smtp, imap=imap,
            calendar_url=calendar, calendar_user=user, **about,  # type: ignore[arg-type]
        )  # fmt: skip
        store, clock, drawer = SqliteStore(tmp_path / "cases.db"), SetClock(NOW), Drawer()
        world = World(clock)
        reach = Servers(store=lambda: store, secrets=drawer)
        post = Post(
            clock=clock, store=lambda: store, reach=reach, secrets=drawer, notifier=world,
            directory=world,
        )  # fmt: skip
        post.add_account(account, dict.fromkeys(("smtp", "imap", "caldav"), PASSWORD))
        desk = Desk(
            clock=clock, store=lambda: store, cache=tmp_path / "cache", overlay=None,
            sending=lambda: post,
        )  # fmt: skip
        assert [outcome.code for _, outcome in post.try_out()] == ["connected"] * (
            3 if calendar else 2
        )
        post.tick()  # what lies in the mailbox already is none of our business
        return Person(
            desk, post, clock, world, dovecot_server, own, dovecot_server.user("employer")
        )

    return person


def calendar_parts(message: bytes) -> list[str]:
    walked = email.message_from_bytes(message, policy=email.policy.default).walk()
    return [p.get_content() for p in walked if p.get_content_type() == "text/calendar"]


def test_from_the_invitation_until_they_are_known_to_know(make: Make, radicale_server) -> None:  # type: ignore[no-untyped-def]
    user = radicale_server.user()
    person = make(radicale_server.calendar(user), user)
    calendar = person.post.reach.calendar("mira")
    lying = INVITATION.format(
        uid="kranwerk-1@example.test", employer=person.employer, own=person.own
    )
    calendar.put(lying.replace("METHOD:REQUEST\n", ""), replacing=None, name="kranwerk-1")

    # the invitation arrives while somebody listens (IDLE)
    from taktvoll.inbox import Inbox

    place = Inbox(clock=person.clock, store=person.desk.store(), reach=person.post.reach).place(
        person.post.account()
    )
    assert place is not None
    heard = threading.Event()

    def listen() -> None:
        with person.post.reach.mailbox("mira") as mailbox:
            if mailbox.wait(place, 30):
                heard.set()

    listener = threading.Thread(target=listen)
    listener.start()
    person.mail.deliver(person.invite(), person.own, person.employer)
    listener.join(timeout=30)
    assert heard.is_set()
    [news] = person.post.collect(person.post.account())
    assert news.case is not None
    case = person.case(news.case.id)
    assert (case.state, case.invitation.company) == (CaseState.RECEIVED, "Kranwerk Süd GmbH")

    # the letter, the yes, the hold
    case = person.post.approve(person.withdraw(case))
    person.post.tick()
    assert person.mail.mails(person.employer) == []
    person.clock.pass_(seconds=61)
    person.post.tick()

    # it lies in the employer's mailbox, in the thread, with the calendar answer, once
    [arrived] = person.mail.mails(person.employer)
    parsed = email.message_from_bytes(arrived, policy=email.policy.default)
    assert parsed["In-Reply-To"] == "<kranwerk-1@example.test>"
    assert parsed["From"].addresses[0].addr_spec == person.own
    [part] = calendar_parts(arrived)
    assert "METHOD:REPLY" in part
    assert "PARTSTAT=DECLINED" in part.replace("\r\n ", "")
    [copy] = person.mail.mails(person.own, "Sent")
    assert arrived.endswith(copy)  # below what the servers put on top
    assert person.case(case.id).state is CaseState.SENT

    # in the own calendar: declined and free, and an alarm that rings without this machine
    entry = calendar.find("kranwerk-1@example.test")
    assert entry is not None
    assert "PARTSTAT=DECLINED" in entry.ics
    assert "TRANSP:TRANSPARENT" in entry.ics
    [armed] = [act for act in person.post.acts(case.id) if act.kind == "reminder"]
    assert calendar.find(armed.target["uid"]) is not None

    # the employer answers: they know, and the alarm is gone
    person.answer(arrived, "Guten Tag Frau Sandner,\n\nschade, danke für die Info. Alles Gute!\n")
    person.clock.pass_(hours=1)
    person.post.tick()
    assert person.case(case.id).state is CaseState.ACKNOWLEDGED
    assert calendar.find(armed.target["uid"]) is None
    person.clock.pass_(days=30)
    assert person.post.tick().told == ()
    assert len(person.mail.mails(person.employer)) == 1


def test_with_a_calendar_that_schedules_the_organizer_gets_exactly_one_reply(
    make: Make,
    cyrus_server,  # type: ignore[no-untyped-def]
) -> None:
    user, boss = cyrus_server.user(), cyrus_server.user("employer")
    person = make(cyrus_server.calendar(user), user)
    # on the scheduling server both are at home; the mail goes by the other one
    alias = f"{user}@example.test"
    organizer = f"{boss}@example.test"
    person.post.add_account(replace(person.post.account(), aliases=(alias,)), {})
    uid = "scheduled-1@example.test"
    ics = INVITATION.format(uid=uid, employer=organizer, own=alias).replace("METHOD:REQUEST\n", "")
    cyrus_server.put(boss, "scheduled-1", ics.replace("\n", "\r\n"))
    calendar = person.post.reach.calendar("mira")
    assert calendar.schedules()
    assert calendar.find(uid) is not None
    [invitation, *_] = person.desk.read(person.invite(uid, alias))
    asked = Asked(decision=Decision(intent=Intent.CANCEL), name="Mira Sandner", address=alias)
    case = person.post.approve(person.desk.answer(invitation, asked).case)
    person.clock.pass_(seconds=61)
    for _ in range(3):
        person.post.tick()
        person.clock.pass_(minutes=5)
    [arrived] = person.mail.mails(person.employer)
    by_server = [text for text in cyrus_server.objects(boss, "Inbox") if "METHOD:REPLY" in text]
    assert len(calendar_parts(arrived)) + len(by_server) == 1
    entry = calendar.find(uid)
    assert entry is not None
    assert "PARTSTAT=DECLINED" in entry.ics
    assert person.case(case.id).state is CaseState.SENT


def test_by_hand_and_the_answer_is_still_found(make: Make) -> None:
    """The person copies the letter into a program that makes its own Message-ID."""
    person = make()
    [invitation, *_] = person.desk.read(person.invite())
    decision = Decision(intent=Intent.WITHDRAW_BEFORE)
    case = person.desk.answer(invitation, Asked(decision=decision, name="Mira Sandner")).case
    for kind in (EventKind.HANDED_OVER, EventKind.CONFIRMED_BY_PERSON):
        event = Event(kind=kind, at=person.clock.now(), channel="mail")  # type: ignore[arg-type]
        case = person.post.happened(case, event)
    by_hand = EmailMessage()
    by_hand["Subject"], by_hand["Message-ID"] = "Absage Gespräch", "<hand@thunderbird.example>"
    person.answer(
        by_hand.as_bytes(), "Guten Tag,\n\nalles klar, danke für die Rückmeldung.\n\nU. Öhm"
    )
    person.post.tick()
    assert person.case(case.id).state is CaseState.ACKNOWLEDGED


def test_through_postfix_with_starttls(make: Make, postfix_port: int, authority) -> None:  # type: ignore[no-untyped-def]
    person = make()
    reach = Servers(
        store=person.desk.store, secrets=person.post.secrets, ssl_context=authority.trusted()
    )
    smtp = Server(host="localhost", port=postfix_port, tls=Tls.STARTTLS, user=person.own)
    person.post.add_account(replace(person.post.account(), smtp=smtp), {})
    post = replace(person.post, reach=reach)
    [invitation, *_] = person.desk.read(person.invite())
    asked = Asked(decision=Decision(intent=Intent.CANCEL), name="Mira Sandner", address=person.own)
    case = person.desk.answer(invitation, asked).case
    post.approve(case)
    person.clock.pass_(seconds=61)
    post.tick(collect=False)
    assert person.case(case.id).state is CaseState.SENT
    # a queue passes it on, in its own time
    wait_until(lambda: len(person.mail.mails(person.employer)) > 0)
    assert len(person.mail.mails(person.employer)) == 1


def test_an_invitation_in_a_folder_becomes_a_checked_draft(make: Make) -> None:
    person = make()
    account = person.post.account()
    names = prepare(person.desk, account, Language.DE)
    assert "taktvoll/Zurückziehen" in names
    with person.post.reach.mailbox("mira") as mailbox:
        assert set(names) <= set(mailbox.folders("taktvoll"))
    with person.mail.client(person.own) as client:
        withdraw = next(name for *_, name in client.list_folders() if "Zur" in name)
        client.append(withdraw, person.invite())
        client.append(withdraw, b"Subject: nichts\r\n\r\n\r\n")
    first, second = look(person.desk, account, Language.DE)
    assert first.case is not None
    person.post.tick()
    [draft] = person.mail.mails(person.own, "Drafts")
    parsed = email.message_from_bytes(draft, policy=email.policy.default)
    assert parsed["In-Reply-To"] == "<kranwerk-1@example.test>"
    assert "ziehe" in parsed.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert person.case(first.case.id).state is CaseState.HANDED_OVER
    assert second.problem
    subjects = [email.message_from_bytes(each)["Subject"] for each in person.mail.mails(person.own)]
    assert "taktvoll: Dazu gibt es noch keinen Entwurf" in subjects
    assert list(look(person.desk, account, Language.DE)) == []
