"""To which open case a mail belongs: by its ids, by its event, by who wrote about what."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taktvoll.follow.belonging import Keys, Link, OpenCase, belongs, keys, normalised
from taktvoll.follow.senders import addresses_of, owned_domain
from taktvoll.formats.mime import Mail, parse_mail
from taktvoll.model import Contact, Mailbox, Thread

sys.path.append(str(Path(__file__).parents[2] / "tools"))

from sorted_replies import CORPUS, INVITATION, OUR_ID, THEIR_ID, UID, said_before
from tests.clock import seconds

SAID = said_before({"intent": "withdraw_before"}, "german")
CASE = OpenCase(id="projekt", said=SAID, received=("<reminder@nordwerk.example>",))


def another(name: str, **facts: object) -> OpenCase:
    """A second case at the same firm, with ids of its own."""
    given = {
        "position": "Controllerin",
        "uid": f"{name}@nordwerk.example",
        "thread": Thread(message_id=f"<{name}@nordwerk.example>", subject=f"Gespräch {name}"),
    }
    invitation = replace(INVITATION, **{**given, **facts})  # type: ignore[arg-type]
    said = replace(
        SAID, invitation=invitation, message_ids=(f"<our-{name}@sandner.example>",), subject=None
    )
    return OpenCase(id=name, said=said)


OTHER = another("controlling")
ELSEWHERE = OpenCase(
    id="elsewhere",
    said=replace(
        another("elsewhere").said,
        recipients=("jobs@suedwerk.example",),
        invitation=replace(
            another("elsewhere").said.invitation,
            company="Südwerk AG",
            sender=Mailbox(email="jobs@suedwerk.example"),
            organizer=Mailbox(),
            contact=Contact(name="Kim Roth"),
        ),
    ),
)
ALL = [CASE, OTHER, ELSEWHERE]


def mail_from(sender: str = "brandt@nordwerk.example", **facts: object) -> Mail:
    return Mail(sender=Mailbox(email=sender), **facts)  # type: ignore[arg-type]


def calendar(uid: str, extra: str = "") -> str:
    return (
        f"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:{uid}\n{extra}"
        "DTSTART:20261209T090000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )


@pytest.mark.parametrize(
    ("mail", "case", "link", "weak"),
    [
        (mail_from(in_reply_to=OUR_ID), "projekt", Link.ANSWER, False),
        (mail_from(references=(THEIR_ID, OUR_ID, "<x@y>")), "projekt", Link.ANSWER, False),
        (mail_from("vogt@holding.example", in_reply_to=OUR_ID), "projekt", Link.ANSWER, False),
        (mail_from(in_reply_to=THEIR_ID), "projekt", Link.THREAD, False),
        (mail_from(in_reply_to="<reminder@nordwerk.example>"), "projekt", Link.THREAD, False),
        (mail_from("evil@evil.example", in_reply_to=THEIR_ID), "projekt", Link.THREAD, True),
        (mail_from(calendars=(calendar(UID),)), "projekt", Link.EVENT, False),
        (mail_from("evil@evil.example", calendars=(calendar(UID),)), "projekt", Link.EVENT, True),
        (mail_from(subject="AW: Gespräch controlling"), "controlling", Link.SUBJECT, False),
        (mail_from(text="zu Ihrer Bewerbung als Controllerin"), "controlling", Link.NAMES, False),
        (mail_from("jobs@suedwerk.example", subject="Hallo"), "elsewhere", Link.SENDER, False),
        (mail_from("roth@suedwerk.example", text="Kim Roth"), "elsewhere", Link.NAMES, False),
        (mail_from("evil@evil.example", subject="Gespräch controlling"), None, None, False),
        (mail_from("news@suedwerk.example", subject="Newsletter"), None, None, False),
        (Mail(), None, None, False),
    ],
)
def test_the_case_and_the_reason(
    mail: Mail, case: str | None, link: Link | None, weak: bool
) -> None:
    match = belongs(mail, ALL)
    assert (match.case, match.link, match.weak) == (case, link, weak)
    assert match.why == f"reply.belongs.{link.name.lower() if link else 'none'}"


def test_nothing_is_guessed_between_two_cases_at_one_firm() -> None:
    match = belongs(mail_from(subject="Kurze Frage"), ALL)
    assert (match.case, match.among) == (None, ("projekt", "controlling"))
    assert match.why == "reply.belongs.several"


def test_the_mail_that_is_answered_outweighs_those_before_it() -> None:
    both = mail_from(references=("<our-controlling@sandner.example>", OUR_ID))
    assert belongs(both, ALL).case == "projekt"


def test_one_day_of_a_series_is_not_another() -> None:
    ours = replace(
        CASE,
        said=replace(SAID, invitation=replace(INVITATION, recurrence_id="2026-12-09T10:00:00")),
    )
    mail = mail_from("a@b.example", calendars=(calendar(UID, "RECURRENCE-ID:20261216T100000\n"),))
    assert belongs(mail, [ours]).case is None
    mail = mail_from("a@b.example", calendars=(calendar(UID, "RECURRENCE-ID:20261209T100000\n"),))
    assert belongs(mail, [ours]).link is Link.EVENT


@pytest.mark.parametrize(
    "name",
    [
        *("postfix_unknown", "postfix_delayed", "gmail_not_found", "exim_failed", "qmail_failed"),
        *("gmail_adresse_nicht_gefunden", "tonline_failed", "exchange_unzustellbar", "gmx_failed"),
        *("yahoo_over_quota", "utf8_report"),
    ],
)
def test_a_bounce_finds_the_mail_that_came_back(name: str) -> None:
    mail = parse_mail((CORPUS / "mails" / f"{name}.eml").read_bytes())
    assert OUR_ID in keys(mail).message_ids
    match = belongs(mail, ALL)
    assert (match.case, match.link, match.weak) == ("projekt", Link.BOUNCED, False)


def test_a_bounce_of_a_mail_sent_by_hand_is_found_by_its_recipient() -> None:
    by_hand = replace(CASE, said=replace(SAID, message_ids=()))
    mail = parse_mail((CORPUS / "mails" / "domino_failure.eml").read_bytes())
    assert belongs(mail, [by_hand, ELSEWHERE]).link is Link.RECIPIENT
    assert belongs(mail, [by_hand, OTHER]).among == ("projekt", "controlling")


def meet(found: Keys, case: OpenCase) -> bool:
    """Whether the store finds ``case`` by these keys: it keeps the same kinds of each case."""
    said = case.said
    thread, addresses = said.invitation.thread, addresses_of(said)
    ids = {*said.message_ids, *case.received, thread.message_id, *thread.references}
    return bool(
        found.message_ids & ids
        or said.invitation.uid in found.uids
        or found.addresses & addresses
        or found.domains & set(map(owned_domain, addresses))
    )


@pytest.mark.parametrize("name", ["postfix_unknown", "calendar_cancel", "exchange_abwesend"])
def test_the_keys_of_a_mail_meet_those_of_its_case(name: str) -> None:
    mail = parse_mail((CORPUS / "mails" / f"{name}.eml").read_bytes())
    assert meet(keys(mail), CASE)


def test_keys_of_a_stranger_meet_nothing() -> None:
    assert not meet(keys(mail_from("evil@gmx.de", subject="Gespräch")), CASE)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([OUR_ID, THEIR_ID, "<our-controlling@sandner.example>", "<x@y>"]),
    st.sampled_from(["brandt@nordwerk.example", "x@nordwerk.example", "x@y.example"]),
    st.sampled_from(["Gespräch controlling", "Hallo", ""]),
    st.sampled_from([UID, "controlling@nordwerk.example", "x"]),
)
def test_who_has_no_key_in_common_is_never_matched(
    answered: str, sender: str, subject: str, uid: str
) -> None:
    mail = mail_from(sender, in_reply_to=answered, subject=subject, calendars=(calendar(uid),))
    for case in ALL:
        if belongs(mail, [case]).case:
            assert meet(keys(mail), case)


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Re: AW: Re[2]: Einladung zum Gespräch", "einladung zum gespräch"),
        ("Automatische Antwort: Einladung zum  Gespräch", "einladung zum gespräch"),
        ("[HR-4471] Undeliverable: Interview", "interview"),
        ("Abgesagt: Interview", "interview"),
        (None, ""),
        ("Re:", ""),
    ],
)
def test_subjects_are_compared_without_their_prefixes(subject: str | None, plain: str) -> None:
    assert normalised(subject) == plain


def test_thousands_of_references_and_megabytes() -> None:
    references = tuple(f"<{number}@x.example>" for number in range(5_000))
    mail = mail_from(references=references, subject="Re: " * 100_000, text="Nordwerk " * 600_000)
    assert seconds(lambda: [belongs(mail, ALL) for _ in range(20)], limit=2) < 2
