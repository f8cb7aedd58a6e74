"""The mailbox in Dovecot, and against servers that do less than they should."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from tests.rigs.faulty_imap import FaultyImap
from tests.rigs.process import PASSWORD
from tests.rigs.scripted import DROP, HANG, Drip, Flood

from taktvoll.edges.imap import ImapMailbox
from taktvoll.edges.imap import client as reading
from taktvoll.edges.imap import mailbox as acts
from taktvoll.model import Server, Tls
from taktvoll.ports import Folder, Outcome, Place, Unreachable

MAIL = (
    b"From: mira@example.test\r\nSubject: Absage\r\nMessage-ID: <one@example.test>\r\n\r\n"
    b".\r\nGru\xc3\x9f \r\n\r\n"
)


def mailbox(rig, user="candidate", **options) -> ImapMailbox:
    port = rig.port if isinstance(rig, FaultyImap) else rig.imap
    server = Server(host="127.0.0.1", port=port, tls=Tls.NONE, user=user)
    return ImapMailbox(server, PASSWORD, **options)


def arrive(rig, user: str, *names: str) -> None:
    for name in names:
        rig.deliver(f"Subject: {name}\r\nMessage-ID: <{name}@b.test>\r\n\r\nhi\r\n".encode(), user)


def subjects(arrived) -> list[str]:
    return [each.message.split(b"Subject: ")[1].split(b"\r\n")[0].decode() for each in arrived]


def code_of(failing) -> str:
    with pytest.raises(Unreachable) as raised:
        failing()
    return raised.value.outcome.code


# --- Dovecot ------------------------------------------------------------------------------------


def test_what_is_kept_is_there_byte_for_byte_and_found_by_its_message_id(dovecot_server):
    user = dovecot_server.user()
    with mailbox(dovecot_server, user) as box:
        assert not box.holds(Folder.SENT, "<one@example.test>")
        assert box.append(Folder.SENT, MAIL, seen=True) == Outcome.accepted("kept")
        assert box.holds(Folder.SENT, "<one@example.test>")
        assert not box.holds(Folder.SENT, "<two@example.test>")
        assert not box.holds(Folder.DRAFTS, "<one@example.test>")
    assert dovecot_server.mails(user, "Sent") == [MAIL]
    with dovecot_server.client(user) as client:
        client.select_folder("Sent")
        assert b"\\Seen" in client.get_flags([1])[1]


def test_a_draft_is_marked_as_one(dovecot_server):
    user = dovecot_server.user()
    with mailbox(dovecot_server, user) as box:
        box.append(Folder.DRAFTS, MAIL, seen=False)
    with dovecot_server.client(user) as client:
        client.select_folder("Drafts")
        assert set(client.get_flags([1])[1]) - {rb"\Recent"} == {rb"\Draft"}


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_by_tls(dovecot_server, authority, tls):
    port = dovecot_server.imaps if tls is Tls.IMPLICIT else dovecot_server.imap
    server = Server(host="localhost", port=port, tls=tls, user=dovecot_server.user())
    with ImapMailbox(server, PASSWORD, ssl_context=authority.trusted()) as box:
        assert box.try_out() == Outcome.accepted("connected")
        assert box.append(Folder.SENT, MAIL, seen=True).code == "kept"
    with ImapMailbox(server, PASSWORD) as box:
        assert box.try_out() == Outcome.temporary("certificate_untrusted")
    other = replace(server, host="127.0.0.2")
    with ImapMailbox(other, PASSWORD, ssl_context=authority.trusted()) as box:
        assert box.try_out().code in ("certificate_other_host", "connection_refused")


def test_a_wrong_password_is_called_so(dovecot_server):
    server = Server(
        host="127.0.0.1", port=dovecot_server.imap, tls=Tls.NONE, user=dovecot_server.user()
    )
    outcome = ImapMailbox(server, "wrong").try_out()
    assert (outcome.state, outcome.code) == ("permanent", "login_refused")


def test_what_arrived_is_read_in_turn_and_stays_unread(dovecot_server):
    user = dovecot_server.user()
    arrive(dovecot_server, user, "before")
    with mailbox(dovecot_server, user) as box:
        place = box.end(Folder.INBOX)
        assert box.fresh(place) == []
        arrive(dovecot_server, user, "a", "b", "c")
        assert subjects(box.fresh(place)) == ["a", "b", "c"]
        first = box.fresh(place, limit=2)
        assert subjects(first) == ["a", "b"]
        last = box.fresh(first[-1].place, limit=2)
        assert subjects(last) == ["c"]
        assert box.fresh(last[-1].place) == []
        assert last[-1].place == box.end(Folder.INBOX)
    with dovecot_server.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search("UNSEEN") == [1, 2, 3, 4]


def test_where_the_numbers_begin_anew_the_last_mails_are_read_again(dovecot_server):
    user = dovecot_server.user()
    arrive(dovecot_server, user, "a", "b", "c")
    with mailbox(dovecot_server, user) as box:
        now = box.end(Folder.INBOX)
        other = replace(now, validity=now.validity - 1, uid=99)
        assert subjects(box.fresh(other, limit=2)) == ["b", "c"]
        assert box.fresh(other, limit=2)[-1].place == now
        assert box.wait(other, 0)


def test_folders_with_umlauts_are_made_subscribed_and_listed(dovecot_server):
    user = dovecot_server.user()
    with mailbox(dovecot_server, user) as box:
        assert box.folders("taktvoll") == []
        for name in ("taktvoll/Zurückziehen", "taktvoll/Absagen & mehr", "taktvoll/Absagen & mehr"):
            box.make(name)
        assert sorted(box.folders("taktvoll")) == [
            "taktvoll/Absagen & mehr",
            "taktvoll/Zurückziehen",
        ]
        assert box.end("taktvoll/Zurückziehen").uid == 0
        assert box.fresh(box.end("taktvoll/Zurückziehen")) == []
    with dovecot_server.client(user) as client:
        subscribed = [name for _, _, name in client.list_sub_folders()]
        assert {"taktvoll", "taktvoll/Zurückziehen", "taktvoll/Absagen & mehr"} <= set(subscribed)


@pytest.mark.parametrize("tls", [Tls.NONE, Tls.IMPLICIT])
def test_waiting_ends_when_something_arrives(dovecot_server, authority, tls):
    user = dovecot_server.user()
    port = dovecot_server.imap if tls is Tls.NONE else dovecot_server.imaps
    there = Server(host="localhost", port=port, tls=tls, user=user)
    with ImapMailbox(there, PASSWORD, ssl_context=authority.trusted()) as box:
        place = box.end(Folder.INBOX)
        assert not box.wait(place, 0.1)
        came = threading.Timer(0.2, arrive, [dovecot_server, user, "now"])
        came.start()
        begun = time.monotonic()
        assert box.wait(place, 30)
        assert time.monotonic() - begun < 10
        assert subjects(box.fresh(place)) == ["now"]
        assert box.wait(place, 30)  # it is still there


def test_of_a_very_large_mail_the_beginning_is_read(dovecot_server, monkeypatch):
    monkeypatch.setattr(acts, "LARGEST", 1000)
    monkeypatch.setattr(reading, "BEGINNING", 300)
    user = dovecot_server.user()
    dovecot_server.deliver(b"Subject: large\r\n\r\n" + b"x" * 70 + b"\r\n" * 2000, user)
    arrive(dovecot_server, user, "small")
    with mailbox(dovecot_server, user) as box:
        place = replace(box.end(Folder.INBOX), uid=0)
        arrived = box.fresh(place)
    assert subjects(arrived) == ["large", "small"]
    assert len(arrived[0].message) == 300


def test_no_more_is_read_together_than_fits(dovecot_server, monkeypatch):
    monkeypatch.setattr(acts, "TOGETHER", 1000)
    user = dovecot_server.user()
    arrive(dovecot_server, user, "a", "b", "c", "d", "e", "f")
    with mailbox(dovecot_server, user) as box:
        place, read = replace(box.end(Folder.INBOX), uid=0), []
        while arrived := box.fresh(place):
            assert len(arrived) < 6
            read += subjects(arrived)
            place = arrived[-1].place
    assert read == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize("message_id", ['"><\r\nA1 LOGOUT', '<"quoted"@b.test>', "<ü@b.test>", ""])
def test_a_hostile_message_id_is_only_looked_for(dovecot_server, message_id):
    with mailbox(dovecot_server, dovecot_server.user()) as box:
        assert box.holds(Folder.INBOX, message_id) is False
        assert box.try_out().code == "connected"


# --- what other servers do ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "drafts", "sent"),
    [
        ((r'(\HasNoChildren) "/" "Entw&APw-rfe"', r'() "/" "Gesendet"'), "Entwürfe", "Gesendet"),
        ((r'() "/" "Drafts"', r'() "/" "Gesendete Objekte"'), "Drafts", "Gesendete Objekte"),
        ((r'() "/" "drafts"', r'() "/" "sent items"'), "drafts", "sent items"),
        (
            (r'(\Noselect) "/" "[Gmail]"', r'() "/" "[Gmail]/Entw&APw-rfe"',
             r'() "/" "[Gmail]/Gesendet"'),
            "[Gmail]/Entwürfe", "[Gmail]/Gesendet",
        ),
        ((r'(\Drafts) "/" "Ablage"', r'(\Sent) "/" "Raus"', r'() "/" "Sent"'), "Ablage", "Raus"),
        ((r'() "." "INBOX.Drafts"', r'() "." "INBOX.Sent"'), "INBOX/Drafts", "INBOX/Sent"),
        ((r'() "/" "Projekte/Sent"',), None, None),
        ((r'(\Noselect \Sent) "/" "Sent"',), None, None),
    ],
)  # fmt: skip
def test_drafts_and_sent_are_found_by_use_and_by_name(listed, drafts, sent):
    with FaultyImap(folders=listed) as server, mailbox(server) as box:
        for folder, name in ((Folder.DRAFTS, drafts), (Folder.SENT, sent)):
            if name is None:
                assert code_of(lambda folder=folder: box.end(folder)) == "folder_missing"
            else:
                assert box.end(folder).folder == name


def test_where_the_server_has_dots_and_a_prefix_names_have_slashes_all_the_same():
    listed = (r'() "." "INBOX"', r'() "." "INBOX.taktvoll"', r'() "." "INBOX.taktvoll.Absagen"')
    script = {"NAMESPACE": ['* NAMESPACE (("INBOX." ".")) NIL NIL\r\n{tag} OK done']}
    offers = "IMAP4rev1 AUTH=PLAIN SASL-IR NAMESPACE"
    with FaultyImap(script, offers=offers, folders=listed) as server, mailbox(server) as box:
        assert box.folders("taktvoll") == ["taktvoll/Absagen"]
        box.make("taktvoll/Verschieben")
        assert 'CREATE "INBOX.taktvoll.Verschieben"' in server.said
        assert 'SUBSCRIBE "INBOX.taktvoll.Verschieben"' in server.said


def test_a_missing_folder_is_made_before_something_is_kept_there():
    with FaultyImap(folders=(r'() "/" "INBOX"',)) as server, mailbox(server) as box:
        assert box.append(Folder.SENT, MAIL, seen=True).code == "kept"
        assert 'CREATE "Sent"' in server.said
        assert server.appended == [MAIL]


def test_without_idle_one_looks_now_and_then():
    with FaultyImap(offers="IMAP4rev1 AUTH=PLAIN SASL-IR", mails=[MAIL]) as server:
        with mailbox(server, polling=0.02) as box:
            place = box.end(Folder.INBOX)
            assert not box.wait(place, 0.05)
            threading.Timer(0.05, server.mails.append, [MAIL]).start()
            assert box.wait(place, 10)
        assert "IDLE" not in server.log


def test_where_idle_is_offered_and_refused_one_looks_now_and_then():
    with (
        FaultyImap({"IDLE": ["{tag} NO not today"]}, mails=[MAIL]) as server,
        mailbox(server, polling=0.02) as box,
    ):
        assert not box.wait(box.end(Folder.INBOX), 0.1)


class OneMore(FaultyImap):
    """A mail arrives just before the client begins to wait."""

    def reach(self, wire, stage):
        if stage == "IDLING":
            self.mails.append(MAIL)
        return super().reach(wire, stage)


def test_news_that_comes_with_the_go_ahead_is_not_overheard():
    with OneMore({"IDLING": ["* 2 EXISTS"]}, mails=[MAIL]) as server, mailbox(server) as box:
        begun = time.monotonic()
        assert box.wait(box.end(Folder.INBOX), 20)
        assert time.monotonic() - begun < 10


def test_a_connection_that_ends_while_waiting_is_told_at_once():
    with FaultyImap({"IDLING": [DROP]}, mails=[MAIL]) as server, mailbox(server) as box:
        place = box.end(Folder.INBOX)
        assert code_of(lambda: box.wait(place, 30)) == "connection_lost"
        assert box.fresh(replace(place, uid=0))  # the next act connects anew


def test_who_is_greeted_as_known_before_tls_is_not_talked_to(authority):
    with FaultyImap({"CONNECT": ["* PREAUTH hello"]}, tls=authority.server()) as server:
        box = ImapMailbox(
            Server(host="localhost", port=server.port, tls=Tls.STARTTLS, user="me"),
            PASSWORD,
            ssl_context=authority.trusted(),
        )
        assert box.try_out() == Outcome.permanent("tls_not_offered")
    assert "AUTHENTICATE" not in server.log


def test_the_servers_words_never_hold_the_password():
    for echo in (PASSWORD, "AGNhbmRpZGF0ZQBzZWNyZXQ="):
        script = {"AUTHENTICATE": [f"{{tag}} NO what is {echo}?"]}
        with FaultyImap(script) as server:
            assert mailbox(server).try_out() == Outcome.permanent("login_refused")
    with FaultyImap({"AUTHENTICATE": ["{tag} NO [ALERT] Bitte im\tBrowser anmelden"]}) as server:
        outcome = mailbox(server).try_out()
    assert outcome.said == "[ALERT] Bitte im Browser anmelden"


def test_a_password_goes_to_no_other_machine_in_the_clear():
    server = Server(host="192.0.2.1", port=143, tls=Tls.NONE, user="me")
    assert ImapMailbox(server, PASSWORD).try_out() == Outcome.permanent("tls_missing")


def test_a_server_that_never_comes_to_an_end_is_left_in_time():
    with FaultyImap({"CONNECT": [Drip(b"* OK still here\r\n")]}) as server:
        begun = time.monotonic()
        assert mailbox(server, longest=0.2).try_out() == Outcome.temporary("timeout")
        assert 0.2 <= time.monotonic() - begun < 10


@pytest.mark.parametrize("stage", ["CONNECT", "AUTHENTICATE", "LIST", "EXAMINE", "APPEND"])
@pytest.mark.parametrize("fault", [HANG, Drip(b"* OK still here\r\n"), Drip(b"x")])
def test_where_time_is_over_before_the_text_nothing_was_kept(stage, fault, strike):
    with FaultyImap({stage: [fault]}) as server:
        strike(server, stage)
        box = mailbox(server)
        if stage == "EXAMINE":
            assert code_of(lambda: box.end(Folder.INBOX)) == "timeout"
        else:
            assert box.append(Folder.SENT, MAIL, seen=True) == Outcome.temporary("timeout")


@pytest.mark.parametrize("fault", [HANG, Drip(b"* OK still here\r\n"), Drip(b"x")])
def test_where_time_is_over_after_the_text_it_is_left_open(fault, strike):
    with FaultyImap({"LITERAL": [fault]}) as server:
        strike(server, "LITERAL")
        outcome = mailbox(server).append(Folder.SENT, MAIL, seen=True)
    assert outcome == Outcome.unknown("perhaps_kept")
    assert server.appended == [MAIL]


@pytest.mark.parametrize(
    "answer",
    [
        "* 1 FETCH (UID 1 BODY[] {104857600}\r\n",
        "* 1 FETCH (UID 1 BODY[] {" + "9" * 5000 + "}\r\n",
        "* 1 FETCH (((((((\r\n{tag} OK done",
        "* 1 FETCH " + "(" * 20000 + "\r\n{tag} OK done",
        "* 1 FETCH (UID x BODY[] NIL)\r\n{tag} OK done",
        "* 1 FETCH (UID 1 BODY[])\r\n{tag} OK done",
        '* 1 FETCH (UID 1 RFC822.SIZE "ä")\r\n{tag} OK done',
        "\x00\x01\x02",
        "* " + "x" * 2_000_000,
        Flood(b"* OK never ends\r\n"),
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_a_hostile_answer_is_not_understood_and_costs_little(answer, monkeypatch):
    monkeypatch.setattr(acts, "RECEIVED", 200_000)
    with FaultyImap({"UID FETCH": [answer]}, mails=[MAIL]) as server:
        box = mailbox(server)
        code = code_of(lambda: box.fresh(Place(folder="INBOX", validity=1, uid=0)))
        assert code in ("not_understood", "server_refused")
        assert [each.message for each in box.fresh(Place(folder="INBOX", validity=1, uid=0))]
