"""Calendars in Radicale and in Cyrus, and against servers that mean harm."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from tests.rigs.faulty_http import FaultyHttp, reply
from tests.rigs.process import DOMAIN, PASSWORD
from tests.rigs.scripted import DROP, HANG, RESET, Drip, Flood

from taktvoll.edges.caldav import CalDav, Found, discover
from taktvoll.edges.http import related
from taktvoll.model import ActState
from taktvoll.ports import Outcome, Unreachable


def ics(uid: str, *lines: str, summary: str = "Gespräch") -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//taktvoll//tests//EN", "BEGIN:VEVENT",
            f"UID:{uid}", "DTSTAMP:20261126T000000Z", "DTSTART:20270316T130000Z",
            "DTEND:20270316T140000Z", f"SUMMARY:{summary}", *lines,
            "END:VEVENT", "END:VCALENDAR", "",
        ]
    )  # fmt: skip


def meeting(uid: str, organizer: str, attendee: str, *, agent: str = "") -> str:
    return ics(
        uid,
        f"ORGANIZER{agent}:mailto:{organizer}@{DOMAIN}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{organizer}@{DOMAIN}",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{attendee}@{DOMAIN}",
    )


def declined(text: str, attendee: str, *, agent: str = "") -> str:
    """What the person's answer makes of the object in their calendar."""
    text = re.sub(r"\r?\n[ \t]", "", text)
    answered = re.sub(
        rf"(ATTENDEE[^\r\n]*PARTSTAT=)NEEDS-ACTION([^\r\n]*{attendee}@)", r"\1DECLINED\2", text
    )
    assert answered != text
    return re.sub(r"ORGANIZER(?=[:;])", f"ORGANIZER{agent}", answered)


def code_of(failing) -> str:
    with pytest.raises(Unreachable) as raised:
        failing()
    return raised.value.outcome.code


# --- Radicale: a plain calendar -----------------------------------------------------------------


@pytest.fixture
def plain(radicale_server) -> CalDav:
    user = radicale_server.user()
    return CalDav(radicale_server.calendar(user), user, PASSWORD)


def test_an_object_is_stored_found_changed_and_removed(plain):
    assert plain.find("u1@b.test") is None
    assert plain.put(ics("u1@b.test"), replacing=None) == Outcome.accepted("calendar_written")
    entry = plain.find("u1@b.test")
    assert "SUMMARY:Gespräch" in entry.ics
    assert entry.etag
    changed = ics("u1@b.test", summary="Anruf")
    assert plain.put(changed, replacing=entry) == Outcome.accepted("calendar_written")
    assert "SUMMARY:Anruf" in plain.find("u1@b.test").ics
    assert plain.remove(plain.find("u1@b.test")) == Outcome.accepted("calendar_removed")
    assert plain.find("u1@b.test") is None


def test_what_has_changed_meanwhile_is_never_overwritten_nor_removed(plain):
    plain.put(ics("u1"), replacing=None)
    stale = plain.find("u1")
    plain.put(ics("u1", summary="von Hand"), replacing=stale)
    assert plain.put(ics("u1"), replacing=stale) == Outcome.permanent("calendar_changed")
    assert plain.remove(stale) == Outcome.permanent("calendar_changed")
    assert "SUMMARY:von Hand" in plain.find("u1").ics


def test_a_new_object_replaces_none_that_is_there(plain):
    assert plain.put(ics("u1"), replacing=None, name="erinnerung").code == "calendar_written"
    again = plain.put(ics("u1"), replacing=None, name="erinnerung")
    assert again == Outcome.permanent("calendar_changed")


def test_without_a_name_the_same_object_is_stored_once(plain):
    assert plain.put(ics("u1"), replacing=None).code == "calendar_written"
    assert plain.put(ics("u1"), replacing=None).code == "calendar_changed"


def test_what_is_gone_is_removed(plain):
    plain.put(ics("u1"), replacing=None)
    entry = plain.find("u1")
    plain.remove(entry)
    assert plain.remove(entry).state is ActState.ACCEPTED


@pytest.mark.parametrize("uid", ["a<b>&c", "mit leerzeichen", "{DAV:}", "ü", "a\\,b", 'a"b'])
def test_any_uid_is_found_and_no_other(plain, uid):
    escaped = uid.replace("\\", "\\\\").replace(",", "\\,")
    plain.put(ics(f"{escaped}-longer"), replacing=None)
    assert plain.find(uid) is None
    plain.put(ics(escaped), replacing=None)
    assert uid in plain.find(uid).ics.replace("\\\\", "\\").replace("\\,", ",")
    assert plain.find("a\r\nb") is None


def test_a_plain_server_answers_nobody(plain):
    assert plain.schedules() is False
    assert plain.try_out() == Outcome.accepted("connected")


def test_a_wrong_password_and_a_foreign_calendar(radicale_server):
    user, other = radicale_server.user(), radicale_server.user()
    url = radicale_server.calendar(user)
    assert CalDav(url, user, "wrong").try_out() == Outcome.permanent("login_refused")
    assert code_of(lambda: CalDav(url, user, "wrong").find("u1")) == "login_refused"
    assert CalDav(url, other, PASSWORD).try_out() == Outcome.permanent("calendar_refused")
    assert CalDav(url, user, None).try_out() == Outcome.permanent("no_password")
    missing = CalDav(url.replace("job", "nothing"), user, PASSWORD)
    assert missing.try_out() == Outcome.permanent("calendar_missing")
    home = CalDav(url.replace("job/", ""), user, PASSWORD)
    assert home.try_out() == Outcome.permanent("not_a_calendar")


def test_the_calendars_are_found_from_wherever_one_starts(radicale_server):
    user = radicale_server.user()
    work, private = (radicale_server.calendar(user, name) for name in ("work", "private"))
    for start in (radicale_server.url, f"{radicale_server.url}{user}/"):
        found = discover(start, user, PASSWORD)
        assert {each.url for each in found} == {work, private}
        assert all(each.writable and not each.schedules for each in found)
    assert [each.url for each in discover(work, user, PASSWORD)] == [work]
    assert code_of(lambda: discover(radicale_server.url, user, "wrong")) == "login_refused"


# --- Cyrus: a calendar that answers by itself ---------------------------------------------------


@pytest.fixture
def invited(cyrus_server):
    """An organizer, a candidate whom they have invited, the calendar, and the invitation."""
    employer, candidate = cyrus_server.user("employer"), cyrus_server.user()
    uid = f"{candidate}-talk"
    cyrus_server.put(employer, uid, meeting(uid, employer, candidate))
    calendar = CalDav(cyrus_server.calendar(candidate), candidate, PASSWORD)
    return employer, candidate, calendar, calendar.find(uid)


def replies(server, employer: str) -> list[str]:
    return [each for each in server.objects(employer, "Inbox") if "METHOD:REPLY" in each]


def test_a_decline_in_the_calendar_is_one_reply_to_the_organizer(cyrus_server, invited):
    employer, candidate, calendar, entry = invited
    assert calendar.schedules() is True
    assert entry.schedule_tag
    answer = declined(entry.ics, candidate)
    assert calendar.put(answer, replacing=entry) == Outcome.accepted("calendar_written")
    assert len(replies(cyrus_server, employer)) == 1
    assert "PARTSTAT=DECLINED" in replies(cyrus_server, employer)[0]
    calendar.put(answer, replacing=calendar.find(f"{candidate}-talk"))
    assert len(replies(cyrus_server, employer)) == 1


def test_with_schedule_agent_client_the_organizer_gets_none(cyrus_server, invited):
    employer, candidate, calendar, entry = invited
    answer = declined(entry.ics, candidate, agent=";SCHEDULE-AGENT=CLIENT")
    assert calendar.put(answer, replacing=entry) == Outcome.accepted("calendar_written")
    assert replies(cyrus_server, employer) == []


def test_an_invitation_that_was_moved_meanwhile_is_not_answered(cyrus_server, invited):
    employer, candidate, calendar, entry = invited
    uid = f"{candidate}-talk"
    moved = meeting(uid, employer, candidate).replace("T13", "T15").replace("T14", "T16")
    cyrus_server.put(employer, uid, moved.replace("SUMMARY", "SEQUENCE:1\r\nSUMMARY"))
    answer = declined(entry.ics, candidate)
    assert calendar.put(answer, replacing=entry) == Outcome.permanent("calendar_changed")
    assert replies(cyrus_server, employer) == []


def test_taking_an_entry_away_tells_the_organizer_nothing(cyrus_server, invited):
    employer, _, calendar, entry = invited
    assert calendar.remove(entry).state is ActState.ACCEPTED
    assert replies(cyrus_server, employer) == []


def test_a_second_object_with_the_same_uid_is_refused(invited):
    _, _, calendar, entry = invited
    outcome = calendar.put(entry.ics, replacing=None, name="another")
    assert outcome == Outcome.permanent("calendar_changed")


def test_cyrus_calendars_are_found_without_inbox_and_outbox(cyrus_server):
    user = cyrus_server.user()
    found = discover(cyrus_server.url, user, PASSWORD)
    assert [(each.url, each.writable, each.schedules) for each in found] == [
        (cyrus_server.calendar(user), True, True)
    ]


# --- servers that mean harm ---------------------------------------------------------------------


def at(server: FaultyHttp, **options) -> CalDav:
    return CalDav(f"{server.url}me/job/", "me", PASSWORD, **options)


MULTISTATUS = (
    '<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:response>'
    "<D:href>{href}</D:href><D:propstat><D:status>HTTP/1.1 200 OK</D:status><D:prop>{prop}"
    "</D:prop></D:propstat></D:response></D:multistatus>"
)


@pytest.mark.parametrize(
    "place",
    ["https://evil.test/", "http://evil.test/", "//evil.test/", "https://127.0.0.1.evil.test/",
     "http://127.0.0.1:1/", "ftp://127.0.0.1/", "http://[::1", "https://user:pw@evil.test/", ""],
)  # fmt: skip
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_password_follows_a_redirect_elsewhere(place, status):
    away = reply(status, Location=place)
    with FaultyHttp(always={"PUT": away, "REPORT": away}) as server:
        outcome = at(server).put(ics("u1"), replacing=None)
        assert outcome.state is ActState.PERMANENT
        assert outcome.code in (
            "redirected_elsewhere", "tls_missing", "address_of_server_malformed"
        )  # fmt: skip
        assert code_of(lambda: at(server).find("u1")) == outcome.code


def test_a_redirect_within_the_server_keeps_method_and_body():
    script = {"REPORT /me/job/": [reply(308, Location="/elsewhere/job/")]}
    there = MULTISTATUS.format(
        href="u1.ics", prop=f"<C:calendar-data>{ics('u1')}</C:calendar-data>"
    )
    with FaultyHttp(script, always={"REPORT /elsewhere/job/": reply(207, there)}) as server:
        entry = at(server).find("u1")
        assert entry.url == f"{server.url}elsewhere/job/u1.ics"
        assert entry.etag is None
        first, second = server.asked
        assert (first.method, first.body) == (second.method, second.body)
    assert at(server).put(ics("u1"), replacing=entry) == Outcome.permanent("calendar_unsafe")
    assert at(server).remove(entry) == Outcome.permanent("calendar_unsafe")


def test_an_entry_that_lies_elsewhere_is_not_touched():
    there = MULTISTATUS.format(
        href="https://evil.test/u1.ics",
        prop=f"<D:getetag>1</D:getetag><C:calendar-data>{ics('u1')}</C:calendar-data>",
    )
    with FaultyHttp(always={"REPORT": reply(207, there)}) as server:
        entry = at(server).find("u1")
        assert at(server).remove(entry) == Outcome.permanent("redirected_elsewhere")


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><x/>',
        "<x>" * 100 + "</x>" * 100,
        "<x>" + "<y/>" * 200_000 + "</x>",
        "<x>&undefined;</x>", "<x>", "", "not xml", "\x00", "<x></y>", "<x/><x/>",
        '<?xml version="1.0" encoding="nonsense"?><x/>',
    ],
    ids=lambda body: body[:25],
)  # fmt: skip
def test_hostile_xml_is_not_understood(body):
    with FaultyHttp(always={"REPORT": reply(207, body)}) as server:
        assert code_of(lambda: at(server).find("u1")) == "not_understood"


def test_a_body_without_end_is_given_up():
    endless = "HTTP/1.1 207 x\r\nConnection: close\r\n\r\n"

    class Endless(FaultyHttp):
        def talk(self, wire):
            wire.line()
            wire.write(endless.encode())
            wire.misbehave(Flood(b"<x>" * 1000))

    with Endless() as server:
        assert code_of(lambda: at(server).find("u1")) == "answer_too_large"


def test_a_server_that_never_comes_to_an_end_is_left_in_time():
    with FaultyHttp({"REPORT": [Drip(b"HTTP/1.1 207 x\r\nA: b\r\n")]}) as server:
        begun = time.monotonic()
        assert code_of(lambda: at(server, longest=0.3).find("u1")) == "timeout"
        assert 0.3 <= time.monotonic() - begun < 10


@pytest.mark.parametrize("fault", [HANG, Drip(b"HTTP/1.1 207 x\r\nA: b\r\n"), Drip(b"x")])
def test_where_time_is_over_without_an_answer_it_is_left_open(fault, strike):
    with FaultyHttp({"PUT": [fault]}) as server:
        strike(server, "PUT")
        outcome = at(server).put(ics("u1"), replacing=None)
        assert outcome == Outcome.unknown("perhaps_written")


@pytest.mark.parametrize("fault", [DROP, RESET, "nonsense\r\n\r\n"])
def test_without_an_answer_nobody_knows_whether_it_was_written(fault):
    with FaultyHttp({"PUT": [fault]}) as server:
        assert at(server).put(ics("u1"), replacing=None) == Outcome.unknown("perhaps_written")


def test_what_never_reached_the_server_was_surely_not_written():
    with FaultyHttp() as server:
        pass
    assert at(server).put(ics("u1"), replacing=None) == Outcome.temporary("connection_refused")
    url = "http://calendar.example.test/me/"
    outcome = CalDav(url, "me", PASSWORD).put(ics("u1"), replacing=None)
    assert outcome == Outcome.permanent("tls_missing")


def test_an_object_with_a_method_is_a_fault_of_ours():
    with FaultyHttp() as server, pytest.raises(AssertionError):
        at(server).put(ics("u1").replace("VERSION", "METHOD:REPLY\r\nVERSION"), replacing=None)


def test_a_tag_cannot_bring_another_header_along(plain):
    plain.put(ics("u1"), replacing=None)
    there = MULTISTATUS.format(
        href="/me/job/u1.ics",
        prop="<D:getetag>a&#13;&#10;X: y</D:getetag>"
        f"<C:calendar-data>{ics('u1')}</C:calendar-data>",
    )
    with FaultyHttp(always={"REPORT": reply(207, there)}) as server:
        assert at(server).find("u1").etag is None


def test_an_untrusted_certificate_gets_no_password(authority):
    with FaultyHttp(tls=authority.server()) as server:
        assert at(server).try_out() == Outcome.temporary("certificate_untrusted")
        assert server.asked == []
        trusting = at(server, ssl_context=authority.trusted())
        assert trusting.try_out() == Outcome.permanent("calendar_missing")
        assert server.asked[0].headers["authorization"].startswith("Basic ")


def test_neither_proxies_nor_a_netrc_lead_elsewhere(monkeypatch, tmp_path):
    with FaultyHttp() as proxy, FaultyHttp() as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("no_proxy", "")
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login x password y\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        at(server).try_out()
    assert proxy.asked == []
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("home", "other", "may"),
    [
        ("https://caldav.icloud.com/", "https://p42-caldav.icloud.com/1/", True),
        ("https://posteo.de:8443/x", "https://posteo.de/y", True),
        ("https://dav.mailbox.org/", "https://mailbox.org/", True),
        ("https://mailbox.org/", "https://dav.mailbox.org/", True),
        ("https://caldav.icloud.com/", "http://p42-caldav.icloud.com/", False),
        ("https://caldav.icloud.com/", "https://icloud.com.evil.test/", False),
        ("https://caldav.icloud.com/", "https://evilicloud.com/", False),
        ("https://mail.co.uk/", "https://evil.co.uk/", False),
        ("https://mail.example.co.uk/", "https://dav.example.co.uk/", True),
        ("https://example.com/", "https://evil.com/", False),
        ("https://example.com/", "https://com/", False),
        ("http://127.0.0.1:5232/", "http://127.0.0.1:5233/", False),
        ("http://localhost:5232/", "https://localhost:1/", False),
        ("https://10.0.0.1/", "https://20.0.0.1/", False),
        ("https://dav.test/", "https://dav.test@evil.test/", False),
    ],
)
def test_whom_a_password_may_be_shown(home, other, may):
    assert related(home, other) is may


def test_a_name_alone_is_asked_by_https(authority):
    with FaultyHttp(tls=authority.server()) as server:
        code = code_of(lambda: discover(f"127.0.0.1:{server.port}", "me", PASSWORD))
        assert code == "certificate_untrusted"
        trusted = authority.trusted()
        assert code_of(
            lambda: discover(f"127.0.0.1:{server.port}", "me", PASSWORD, ssl_context=trusted)
        ) == ("calendar_missing")
    assert [asked.path for asked in server.asked] == ["/", "/.well-known/caldav", "/"]


def test_calendars_are_found_by_principal_and_home():
    principal = MULTISTATUS.format(
        href="/",
        prop="<D:current-user-principal><D:href>/1/principal/</D:href></D:current-user-principal>",
    )
    home = MULTISTATUS.format(
        href="/1/principal/",
        prop="<C:calendar-home-set><D:href>/1/calendars/</D:href></C:calendar-home-set>",
    )
    calendars = MULTISTATUS.format(
        href="/1/calendars/job/",
        prop="<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
        "<D:displayname>Arbeit</D:displayname>"
        "<D:current-user-privilege-set><D:privilege><D:read/></D:privilege>"
        "</D:current-user-privilege-set>",
    )
    answers = {
        "PROPFIND /": reply(207, principal),
        "PROPFIND /1/principal/": reply(207, home),
        "PROPFIND /1/calendars/": reply(207, calendars),
        "OPTIONS": reply(200, DAV="1, 3, calendar-access, calendar-auto-schedule"),
    }
    with FaultyHttp(always=answers) as server:
        assert discover(server.url, "me", PASSWORD) == [
            Found(
                name="Arbeit",
                url=f"{server.url}1/calendars/job/",
                writable=False,
                schedules=True,
            )
        ]


def test_an_entry_may_have_moved_to_no_other_place(plain):
    plain.put(ics("u1"), replacing=None)
    entry = replace(plain.find("u1"), url="https://evil.test/u1.ics")
    assert plain.put(ics("u1"), replacing=entry) == Outcome.permanent("redirected_elsewhere")
