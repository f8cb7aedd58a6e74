"""What comes in finds its case, is recorded once, and never ends the waiting too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from tests.post.conftest import EXAMPLES, MIRA
from tests.world import CUT, World

from taktvoll.act import ActKind
from taktvoll.case import Case, CaseState, EventKind
from taktvoll.desk import Asked, Desk
from taktvoll.model import ActState, Decision, Intent, Invitation, ReplyClass
from taktvoll.post import Post, Round

EMPLOYER = "behrens@baubuero-lindenhof.example"


@pytest.fixture(autouse=True)
def listening(post: Post) -> None:
    """The mailbox has been looked into once; what lay there is none of our business."""
    post.tick()


@pytest.fixture
def sent(post: Post, written: Case, world: World) -> Case:
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    return current(post, written)


def current(post: Post, case: Case) -> Case:
    found = post.store().get(case.id)
    assert found is not None
    return found


def mail(text: str, case: Case | None = None, post: Post | None = None, **headers: str) -> bytes:
    """A mail; by the employer in answer to ours, where ``headers`` say nothing else."""
    message = EmailMessage()
    sender = case.invitation.sender.email if case else None
    values = {"From": sender or EMPLOYER, "To": MIRA, "Subject": "AW: Absage"}
    values["Message-ID"] = f"<{abs(hash(text))}@baubuero.example>"
    if case and post:
        ours = [act.message_id for act in post.acts(case.id) if act.kind is ActKind.MAIL]
        values["In-Reply-To"] = ours[-1] if ours else case.invitation.thread.message_id  # type: ignore[assignment]
    for name, value in (values | {key.replace("_", "-"): v for key, v in headers.items()}).items():
        if value:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


def deliver(world: World, post: Post, message: bytes) -> Round:
    dated = b"Date: " + format_datetime(world.clock.at).encode() + b"\n" + message
    world.folders.setdefault("inbox", []).append(dated)
    return post.tick()


THANKS = (
    "Guten Tag Frau Sandner,\n\ndanke für Ihre Nachricht. Schade, aber alles klar. "
    "Alles Gute für Sie!\n\nJ. Behrens\n"
)
QUESTION = "Guten Tag,\n\ndarf ich fragen, woran es lag?\n\nJ. Behrens\n"
UNAWARE = "Guten Tag,\n\nwir freuen uns, Sie morgen um 10 Uhr bei uns zu begrüßen.\n\nJ. Behrens\n"


def test_their_thanks_ends_the_waiting(post: Post, sent: Case, world: World) -> None:
    done = deliver(world, post, mail(THANKS, sent, post))
    assert current(post, sent).state is CaseState.ACKNOWLEDGED
    assert current(post, sent).due_at != sent.due_at
    [news] = done.news
    assert news.reply is not None
    assert news.reply.kind is ReplyClass.ACKNOWLEDGEMENT
    assert world.notified


@pytest.mark.parametrize("text", [QUESTION, UNAWARE])
def test_an_answer_that_acknowledges_nothing_is_noted_and_the_reminders_stay(
    post: Post,
    sent: Case,
    world: World,
    text: str,
) -> None:
    deliver(world, post, mail(text, sent, post))
    after = current(post, sent)
    assert after.state is CaseState.SENT
    assert after.due_at == sent.due_at
    noted = post.store().events(sent.id)[-1]
    assert noted.kind is EventKind.REPLIED
    assert noted.data["from"] == sent.invitation.sender.email


def test_a_mail_is_recorded_once_however_often_it_is_seen(
    post: Post,
    sent: Case,
    world: World,
) -> None:
    message = mail(QUESTION, sent, post)
    for _ in range(3):
        deliver(world, post, message)
    kinds = [event.kind for event in post.store().events(sent.id)]
    assert kinds.count(EventKind.REPLIED) == 1


def test_a_stranger_who_knows_the_thread_changes_nothing(
    post: Post,
    sent: Case,
    world: World,
) -> None:
    thread = sent.invitation.thread.message_id or ""
    forged = mail(THANKS, sent, From="chef@boese.example", In_Reply_To=thread)
    deliver(world, post, forged)
    assert current(post, sent).state is CaseState.SENT
    assert post.store().events(sent.id)[-1].data["stranger"] == "yes"


BOUNCE = """\
From: MAILER-DAEMON@mx.posteo.example
To: {own}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-1@mx.posteo.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.posteo.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Absage

--b--
"""


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [
        ("failed", "5.1.1", CaseState.NOT_DELIVERED),
        ("delayed", "4.4.1", CaseState.SENT),
    ],
)
def test_a_bounce_means_call_and_a_delay_does_not(
    post: Post,
    sent: Case,
    world: World,
    action: str,
    status: str,
    state: CaseState,
) -> None:
    [act] = [act for act in post.acts(sent.id) if act.kind is ActKind.MAIL]
    bounce = BOUNCE.format(
        own=MIRA, to=act.recipients[0], action=action, status=status, message_id=act.message_id
    )
    deliver(world, post, bounce.encode())
    assert current(post, sent).state is state


def test_whoever_answers_has_got_the_uncertain_mail(
    post: Post,
    written: Case,
    world: World,
) -> None:
    world.answers = [CUT]
    post.approve(written)
    world.clock.pass_(minutes=1)
    post.tick()
    assert current(post, written).state is CaseState.UNCERTAIN
    deliver(world, post, mail(QUESTION, written, post))
    assert current(post, written).state is CaseState.SENT
    [act] = [act for act in post.acts(written.id) if act.kind is ActKind.MAIL]
    assert (act.state, act.code) == (ActState.ACCEPTED, "answered")


def test_who_wrote_in_the_hold_is_read_before_anything_leaves(
    post: Post,
    written: Case,
    world: World,
) -> None:
    case = post.approve(written)
    world.clock.pass_(minutes=1)
    thread = written.invitation.thread.message_id or ""
    text = "Guten Tag,\n\nleider müssen wir Ihr Gespräch absagen, die Stelle ist besetzt.\n"
    world.folders["inbox"] = [mail(text, written, In_Reply_To=thread)]
    post.tick(collect=False)  # the loop of serve: it reads because something is about to leave
    assert world.arrived == []
    kinds = [event.kind for event in post.store().events(case.id)]
    assert EventKind.STOPPED in kinds
    assert current(post, case).state in (CaseState.CALLED_OFF, CaseState.WRITTEN)


def test_an_out_of_office_answer_stops_nothing(
    post: Post,
    written: Case,
    world: World,
) -> None:
    post.approve(written)
    world.clock.pass_(minutes=1)
    away = mail(
        "Ich bin bis 14.12. nicht im Büro.\n", written, Auto_Submitted="auto-replied",
        Subject="Automatische Antwort: Einladung", In_Reply_To=written.invitation.thread.message_id,
    )  # fmt: skip
    deliver(world, post, away)
    assert len(world.arrived) == 1


def test_a_mailbox_that_is_down_holds_nothing_up(
    post: Post,
    written: Case,
    world: World,
) -> None:
    world.down.add("imap")
    post.approve(written)
    world.clock.pass_(minutes=1)
    done = post.tick()
    assert len(world.arrived) == 1
    assert list(done.unreachable) == ["mira"]


def test_the_answer_to_a_mail_sent_by_hand_is_found_too(
    post: Post,
    desk: Desk,
    written: Case,
    world: World,
) -> None:
    """The person's own program made its own Message-ID: only sender and subject are known."""
    from taktvoll.case import Event

    case = post.happened(written, Event(kind=EventKind.CONFIRMED_BY_PERSON, at=world.clock.at))
    subject = f"AW: {case.invitation.thread.subject}"
    deliver(
        world, post, mail(THANKS, case, Subject=subject, In_Reply_To="<unknown@posteo.example>")
    )
    assert current(post, case).state is CaseState.ACKNOWLEDGED


def test_an_invitation_opens_a_case_once(post: Post, world: World) -> None:
    message = (EXAMPLES / "einladung.eml").read_bytes()
    world.folders["inbox"] = [message]
    [news] = post.tick().news
    assert news.case is not None
    assert news.case.state is CaseState.RECEIVED
    world.folders["inbox"].append(message)
    assert post.tick().news == ()


def test_newsletters_and_friends_open_nothing(post: Post, world: World) -> None:
    text = "Hallo Mira,\n\nkommst du Samstag um 15 Uhr zu meinem Geburtstag?\n\nJo\n"
    deliver(world, post, mail(text, From="jo@freunde.example", Subject="Geburtstag"))
    assert post.tick().news == ()
    assert post.store().list(tuple(CaseState)) == []


def test_between_two_cases_at_one_firm_the_person_decides(
    post: Post,
    desk: Desk,
    invitation: Invitation,
    world: World,
) -> None:
    asked = Asked(decision=Decision(intent=Intent.CANCEL), name="Mira", address=MIRA)
    cases = []
    for number in (1, 2):
        other = replace(
            invitation,
            uid=None,
            start=invitation.start + timedelta(days=number),  # type: ignore[operator]
            thread=replace(invitation.thread, message_id=f"<{number}@x.example>", references=()),
        )
        cases.append(desk.answer(other, asked).case)
    [news] = deliver(
        world, post, mail(THANKS, cases[0], Subject="Ihre Nachricht", In_Reply_To="")
    ).news
    assert news.case is None
    assert set(news.among) == {case.id for case in cases}
    assert [current(post, case).version for case in cases] == [case.version for case in cases]


def test_rubbish_is_skipped_and_what_follows_is_read(
    post: Post,
    sent: Case,
    world: World,
) -> None:
    world.folders["inbox"] = [b"\xff\x00" * 500, b"", mail(THANKS, sent, post)]
    post.tick()
    assert current(post, sent).state is CaseState.ACKNOWLEDGED
