"""What came back: the sorted replies, what servers and calendars say, and what means harm."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taktvoll.follow.acts import WEIGHTS, Act
from taktvoll.follow.replies import classify, newest
from taktvoll.follow.reply import DeliveryState, Reply
from taktvoll.formats.mime import Mail, parse_mail
from taktvoll.model import Decision, Intent, Invitation, Mailbox, ReplyClass, Slot
from taktvoll.read import read

sys.path.append(str(Path(__file__).parents[2] / "tools"))

from learning import is_unseen
from sorted_replies import INVITATION, OUR_ID, THEIR_ID, Sorted, said_before, sorted_replies
from tests.clock import seconds

UNSEEN_GOAL = 0.95
MAILS = [reply for reply in sorted_replies() if "file" in reply.row]
BY_NAME = {reply.id.removesuffix(".eml"): reply for reply in MAILS}
DANGEROUS = {
    *(ReplyClass.BOUNCE, ReplyClass.AUTO_REPLY, ReplyClass.QUESTION, ReplyClass.OTHER),
}


@cache
def sorted_all() -> tuple[tuple[Sorted, Reply], ...]:
    return tuple((each, classify(each.mail, each.read, each.said)) for each in sorted_replies())


def reply_to(
    text: str, intent: Intent = Intent.WITHDRAW_BEFORE, *slots: datetime, **mail: object
) -> Reply:
    """What ``text`` is as a reply from the employer, in answer to our mail."""
    given = {
        "text": text,
        "sender": Mailbox(email="brandt@nordwerk.example"),
        "in_reply_to": OUR_ID,
        "date": datetime(2026, 12, 4, 8, tzinfo=UTC),
    }
    said = said_before({"intent": intent}, "german")
    decision = Decision(intent=intent, slots=tuple(Slot(start=slot) for slot in slots))
    parsed = Mail(**{**given, **mail})  # type: ignore[arg-type]
    return classify(parsed, Invitation(received=parsed.date), replace(said, decision=decision))


# --- the corpus ---------------------------------------------------------------------------------


def test_what_was_never_learned_from_is_sorted() -> None:
    unseen = [(each, got) for each, got in sorted_all() if is_unseen(each.id)]
    assert len(unseen) > 200
    assert sum(got.kind == each.kind for each, got in unseen) >= UNSEEN_GOAL * len(unseen)


def test_nothing_dangerous_passes_for_an_acknowledgement() -> None:
    passed = [
        each.id
        for each, got in sorted_all()
        if got.kind is ReplyClass.ACKNOWLEDGEMENT and each.kind in DANGEROUS
    ]
    assert passed == []


@pytest.mark.parametrize("name", BY_NAME)
def test_a_whole_mail_with_its_headers(name: str) -> None:
    each = BY_NAME[name]
    got = classify(each.mail, each.read, each.said)
    assert got.kind == each.kind
    wanted = each.row.get("deliveries", [])
    assert [(d.recipient or wanted[0]["recipient"], d.state) for d in got.deliveries] == [
        (each["recipient"], each["state"]) for each in wanted
    ]
    assert [d.status for d in got.deliveries if d.status] == [
        each["status"] for each in wanted if "status" in each
    ]
    if until := each.row.get("until"):
        assert got.absence
        assert got.absence.until
        assert got.absence.until.at.date().isoformat() == until
    if stand_in := each.row.get("stand_in"):
        assert got.absence
        assert got.absence.stand_in
        assert stand_in in (got.absence.stand_in.email, got.absence.stand_in.name)
    if start := each.row.get("start"):
        assert got.start == datetime.fromisoformat(start)


def test_the_quote_stands_where_it_says() -> None:
    quoted = 0
    for _, got in sorted_all():
        if got.why.start is not None:
            assert got.text[got.why.start : got.why.end] == got.why.quote
            quoted += 1
    assert quoted > 800


def test_the_weights_were_learned_from_what_is_there() -> None:
    many = Path(__file__).parents[1] / "corpus" / "replies" / "many_hands.tsv"
    lines = [line.split("\t") for line in many.read_text("utf-8").splitlines()]
    names = [name for name, act in lines if act != "other"]
    names += [each.id for each, _ in sorted_all() if "file" not in each.row]
    learned = sum(not is_unseen(name) for name in names)
    with WEIGHTS.path.open(encoding="utf-8") as file:
        assert next(file).startswith(f"# learned by tools/learn_replies from {learned} messages\t")
    assert all(len(column.split()) == len(Act) for column in WEIGHTS.rows().values())


# --- what words mean depends on what we had said ----------------------------------------------

TUESDAY = datetime(2026, 12, 15, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("Wir freuen uns auf Mittwoch!", Intent.ACCEPT, ReplyClass.ACKNOWLEDGEMENT),
        ("Wir freuen uns auf Mittwoch!", Intent.WITHDRAW_BEFORE, ReplyClass.OTHER),
        ("We look forward to seeing you tomorrow.", Intent.CANCEL, ReplyClass.OTHER),
        ("Danke für die Info! Bis morgen dann.", Intent.CANCEL, ReplyClass.OTHER),
        ("Danke für die Info, alles Gute!", Intent.CANCEL, ReplyClass.ACKNOWLEDGEMENT),
        ("Danke für die Info. Woran lag es denn?", Intent.CANCEL, ReplyClass.QUESTION),
        ("Wie wäre es am 17.12. um 11 Uhr?", Intent.RESCHEDULE, ReplyClass.NEW_TIME),
        ("Das geht leider nicht, es bleibt dabei.", Intent.RESCHEDULE, ReplyClass.COUNTER_DECLINED),
    ],
)
def test_the_same_words_after_different_letters(
    text: str, intent: Intent, kind: ReplyClass
) -> None:
    assert reply_to(text, intent).kind is kind


@pytest.mark.parametrize(
    "text",
    ["Passt, dann Dienstag um 14 Uhr.", "Der 15.12. um 14 Uhr passt uns gut.", "Dienstag passt!"],
)
def test_a_time_of_ours_is_agreed_to(text: str) -> None:
    got = reply_to(text, Intent.RESCHEDULE, TUESDAY)
    assert (got.kind, got.start, got.knows) == (ReplyClass.ACKNOWLEDGEMENT, TUESDAY, True)


def test_another_time_than_ours_is_a_new_one() -> None:
    got = reply_to("Dienstag geht nicht, wie wäre Mittwoch, 16.12., 10 Uhr?", Intent.RESCHEDULE)
    assert (got.kind, got.start) == (ReplyClass.NEW_TIME, datetime(2026, 12, 16, 9, tzinfo=UTC))
    assert not got.knows


def test_who_has_not_noticed_is_told_apart() -> None:
    got = reply_to("Wir erwarten Sie morgen um 10 Uhr bei uns.", Intent.CANCEL)
    assert (got.kind, got.why.key, got.knows) == (ReplyClass.OTHER, "reply.why.unaware", False)


# --- what is ours is not theirs -----------------------------------------------------------------

OURS = "vielen Dank für die Info, alles klar, gute Besserung und alles Gute für Sie persönlich."


@pytest.mark.parametrize(
    "text",
    [
        f"> {OURS}",
        f"Am 03.12.26 um 18:12 schrieb Mira Sandner:\n> {OURS}",
        f"Von: Mira\nGesendet: Donnerstag, 3. Dezember 2026 18:12\nAn: A\nBetreff: B\n\n{OURS}",
        f"-----Original Message-----\nFrom: Mira\nSent: Thursday, December 3, 2026\n\n{OURS}",
        OURS,  # repeated without any mark
    ],
)
def test_our_own_words_do_not_count(text: str) -> None:
    said = replace(said_before({"intent": "cancel"}, "german"), text=f"Guten Tag,\n{OURS}\nMira")
    mail = Mail(text=text, sender=Mailbox(email="brandt@nordwerk.example"))
    assert newest(mail, said) == ""
    assert classify(mail, Invitation(), said).why.key == "reply.why.empty"


# --- who may say it -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "headers", "stranger"),
    [
        ("brandt@nordwerk.example", {}, False),
        ("vogt@nordwerk.example", {}, False),
        ("vogt@hr.nordwerk.example", {}, False),
        ("vogt@holding.example", {"in_reply_to": OUR_ID}, False),
        ("vogt@holding.example", {"references": (THEIR_ID, OUR_ID)}, False),
        ("brandt@nordwerk.example.evil.example", {}, True),
        ("brandt@nordwerk-example.example", {"in_reply_to": THEIR_ID}, True),
        ("brandt@gmail.com", {"references": (THEIR_ID,)}, True),
    ],
)
def test_a_stranger_acknowledges_nothing(
    sender: str, headers: dict[str, object], stranger: bool
) -> None:
    given = {"in_reply_to": None, "sender": Mailbox(email=sender), **headers}
    got = reply_to("Danke für die Info, alles klar und gute Besserung!", Intent.CANCEL, **given)
    assert got.stranger is stranger
    assert got.knows is not stranger
    assert got.kind is (ReplyClass.OTHER if stranger else ReplyClass.ACKNOWLEDGEMENT)
    assert got.why.key == ("reply.why.stranger" if stranger else "reply.why.knows")


def test_a_neighbour_at_a_free_mail_service_is_a_stranger() -> None:
    said = said_before({"intent": "cancel"}, "german")
    ours = replace(INVITATION, sender=Mailbox(email="baeckerei@gmx.de"))
    mail = Mail(text="Danke für die Info!", sender=Mailbox(email="niemand@gmx.de"))
    assert classify(mail, Invitation(), replace(said, invitation=ours)).stranger


# --- machines -----------------------------------------------------------------------------------

THANKS = "Danke für die Info, alles klar, gute Besserung!"


@pytest.mark.parametrize(
    "origin",
    [
        {"auto-submitted": "auto-replied"},
        {"auto-submitted": "auto-generated (ticket)"},
        {"x-autoreply": "yes"},
        {"precedence": "auto_reply"},
        {"precedence": "bulk"},
        {"x-auto-response-suppress": "OOF, AutoReply"},
        {"list-id": "<hr.nordwerk.example>"},
    ],
)
def test_no_machine_acknowledges(origin: dict[str, str]) -> None:
    got = reply_to(THANKS, Intent.CANCEL, origin=origin)
    assert (got.kind, got.knows, got.automatic) == (ReplyClass.AUTO_REPLY, False, True)
    assert got.why.quote


def test_a_mail_that_says_that_it_is_by_hand_is_no_machine() -> None:
    got = reply_to(THANKS, Intent.CANCEL, origin={"auto-submitted": "no"})
    assert (got.kind, got.automatic) == (ReplyClass.ACKNOWLEDGEMENT, False)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Ich bin bis einschließlich 11. Dezember nicht im Büro.", "2026-12-11"),
        ("Ich bin bis zum 11.12. im Urlaub.", "2026-12-11"),
        ("Ich bin vom 3. bis 11. Dezember abwesend.", "2026-12-11"),
        ("Ab Montag, 14. Dezember, bin ich wieder im Büro.", "2026-12-13"),
        ("Ich bin am 14.12. zurück im Büro.", "2026-12-13"),
        ("I am out of the office until 11 December.", "2026-12-11"),
        ("I'm on leave and back on Monday 14 December.", "2026-12-13"),
        ("I will return to the office on December 14.", "2026-12-13"),
        ("Ich bin zurzeit nicht im Büro.", None),
    ],
)
def test_until_when_somebody_is_away(text: str, until: str | None) -> None:
    got = reply_to(text, origin={"auto-submitted": "auto-replied"})
    found = got.absence and got.absence.until
    assert (found.at.date().isoformat() if found else None) == until


def test_who_stands_in() -> None:
    text = (
        "Ich bin nicht im Büro. "
        "Wenden Sie sich an Herrn Jonas Vogt (j.vogt@b.example, 040 5550112)."
    )
    got = reply_to(text, origin={"auto-submitted": "auto-replied"})
    assert got.absence
    assert got.absence.stand_in
    stand_in = got.absence.stand_in
    assert (stand_in.name, stand_in.email) == ("Jonas Vogt", "j.vogt@b.example")
    assert stand_in.phone == "040 5550112"


def test_a_delay_is_no_failure() -> None:
    each = BY_NAME["postfix_delayed"]
    got = classify(each.mail, each.read, each.said)
    assert (got.kind, got.failed) == (ReplyClass.BOUNCE, ())
    assert got.deliveries[0].state is DeliveryState.DELAYED
    assert got.why.key == "reply.why.delayed"


def test_a_full_mailbox_may_empty() -> None:
    each = BY_NAME["postfix_full_mailbox"]
    got = classify(each.mail, each.read, each.said)
    assert got.failed
    assert not got.failed[0].permanent
    assert got.why.key == "reply.why.failed_for_now"


def test_a_person_who_writes_about_a_failure_is_no_bounce() -> None:
    text = (
        "Ihre Mail konnte zunächst nicht zugestellt werden, jetzt ist sie da. Danke für die Info!"
    )
    assert reply_to(text, Intent.CANCEL).kind is not ReplyClass.BOUNCE


# --- calendars ----------------------------------------------------------------------------------


def calendar_reply(intent: Intent = Intent.RESCHEDULE, **facts: object) -> Reply:
    given = {
        "uid": INVITATION.uid,
        "sequence": 1,
        "start": INVITATION.start,
        "method": "REQUEST",
    }
    event = Invitation(**{**given, **facts})  # type: ignore[arg-type]
    mail = Mail(text="Vielen Dank!", sender=Mailbox(email="brandt@nordwerk.example"))
    return classify(mail, event, said_before({"intent": intent}, "german"))


def test_the_calendar_outweighs_the_words() -> None:
    assert calendar_reply(method="CANCEL").kind is ReplyClass.CANCELLED_BY_EMPLOYER
    assert calendar_reply(method="DECLINECOUNTER").kind is ReplyClass.COUNTER_DECLINED
    assert calendar_reply(method="REPLY").why.key == "reply.why.not_for_us"


@pytest.mark.parametrize(
    ("facts", "kind", "key"),
    [
        ({"sequence": 2, "hours": 3}, ReplyClass.NEW_TIME, "reply.why.request_moved"),
        ({"sequence": 1, "hours": 3}, ReplyClass.NEW_TIME, "reply.why.request_moved"),
        ({"sequence": 2}, ReplyClass.NEW_TIME, "reply.why.request_updated"),
        ({"sequence": 0, "hours": 3}, ReplyClass.OTHER, "reply.why.old_request"),
        ({}, ReplyClass.OTHER, "reply.why.unaware"),
        ({"uid": "b", "hours": 3}, ReplyClass.NEW_TIME, "reply.why.request_moved"),
        ({"uid": None, "hours": 3}, ReplyClass.NEW_TIME, "reply.why.request_moved"),
    ],
)
def test_an_updated_request(facts: dict[str, object], kind: ReplyClass, key: str) -> None:
    assert INVITATION.start is not None
    hours = facts.pop("hours", 0)
    start = INVITATION.start + timedelta(hours=int(str(hours)))
    got = calendar_reply(**{"start": start, **facts})
    assert (got.kind, got.why.key) == (kind, key)
    assert got.start == (start if kind is ReplyClass.NEW_TIME else None)


def test_a_move_after_a_withdrawal_does_not_show_that_they_know() -> None:
    assert INVITATION.start is not None
    later = INVITATION.start + timedelta(days=1)
    assert not calendar_reply(Intent.WITHDRAW_BEFORE, sequence=2, start=later).knows
    assert calendar_reply(Intent.RESCHEDULE, sequence=2, start=later).knows


def test_one_day_of_a_series_is_not_another() -> None:
    said = said_before({"intent": "cancel"}, "german")
    ours = replace(INVITATION, recurrence_id="2026-12-09T10:00:00")
    other = Invitation(uid=ours.uid, method="DECLINECOUNTER", recurrence_id="2026-12-16T10:00:00")
    got = classify(Mail(), other, replace(said, invitation=ours))
    assert got.why.key == "reply.why.other_event"


# --- what means harm ----------------------------------------------------------------------------

SAID = said_before({"intent": "withdraw_before"}, "german")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_some_reply(data: bytes) -> None:
    mail = parse_mail(data)
    got = classify(mail, Invitation(received=mail.date), SAID)
    assert got.kind in ReplyClass


WORDS = st.sampled_from(
    [
        *("Danke für die Info", "alles klar", "?", "bis", "morgen", "am 15.12. um 14 Uhr", "\n"),
        *("> ", "Automatische Antwort", "5.1.1", "<a@b.example>:", "Wir erwarten Sie", "schade"),
        *("nicht", "See you", "on Wednesday", "wrote:", "-- ", "Mit freundlichen Grüßen", "ß", "İ"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(Intent), st.text(max_size=60))
def test_any_words_are_quoted_where_they_stand(
    words: list[str], intent: Intent, subject: str
) -> None:
    got = reply_to(" ".join(words), intent, subject=subject)
    if got.why.start is not None:
        assert got.text[got.why.start : got.why.end] == got.why.quote
    assert got.kind is not ReplyClass.ACKNOWLEDGEMENT or "?" not in got.text


HEAD = (
    "From: MAILER-DAEMON@nordwerk.example\nTo: mira@sandner.example\nReturn-Path: <>\n"
    "Subject: Undelivered Mail Returned to Sender\nDate: Fri, 4 Dec 2026 09:00:00 +0100\n"
    "References: {references}\nContent-Type: text/plain; charset=utf-8\n\n"
)
WORST = [
    *("a", "A ", "0", "1.1.1 ", "550 ", "<a@b.example> ", "@", "a@b.", "(", "[", "Re: ", "?", "."),
    *(
        "bis ",
        "ab ",
        "Danke ",
        "could not be delivered ",
        "will retry ",
        "> ",
        "\n",
        " \n",
        "-- \n",
    ),
    *("From: a\nSent: b\n", "--- Below this line\n", "Message-ID: <a@b>\n", "Ticket #", "am 9. "),
    *("nicht ", "freuen uns ", "bringen Sie ", "schick ", "Frau Dr. ", "zurück ", "\u202e", "ß"),
]


@pytest.mark.parametrize("unit", WORST)
def test_a_megabyte_of_it_is_sorted_at_once(unit: str) -> None:
    mail = parse_mail((HEAD.format(references="<a@b>") + unit * (1_000_000 // len(unit))).encode())
    invitation = Invitation(received=mail.date)
    assert seconds(lambda: classify(mail, invitation, SAID), limit=2) < 2


def test_five_megabytes_and_thousands_of_references() -> None:
    references = " ".join(f"<{number}@x.example>" for number in range(5_000))
    text = "Wir bedauern, Ihre Mail an brandt@nordwerk.example war unzustellbar (5.1.1). " * 65_000
    mail = parse_mail((HEAD.format(references=references) + text).encode())
    invitation = Invitation(received=mail.date)

    def work() -> None:
        assert classify(mail, invitation, SAID).kind is ReplyClass.BOUNCE

    assert seconds(work, limit=2) < 2


def test_the_corpus_reads_as_the_reader_reads_it() -> None:
    each = BY_NAME["calendar_moved"]
    assert read(each.data)[0].method == "REQUEST"
