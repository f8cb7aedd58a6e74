"""Each thing that comes from outside and means harm: nothing runs, nothing leaks, one sentence."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser

import httpx
import pytest
from tests.web.conftest import EXAMPLES, TOKEN, desk_on, editor, problem, serving, version

from taktvoll import archive
from taktvoll.edges.store import SqliteStore
from taktvoll.errors import UnreadableInput
from taktvoll.model import Language
from taktvoll.web.reader import Reader

MAIL = (EXAMPLES / "einladung.eml").read_bytes()


def with_body(text: str) -> bytes:
    """A mail that says ``text``, by the same sender, a thread of its own."""
    mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    head = (
        "From: Katrin <k@x.example>\r\nTo: Mira Sandner <mira@example.org>\r\n"
        f"Subject: Einladung zum Vorstellungsgespräch\r\nMessage-ID: <{mark}@x.example>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return (head + text).encode()


# --- another web site ---------------------------------------------------------------------------

ATTEMPTS = (
    ("/cases", {"company": "Fremd AG"}),
    ("/cases/{id}/letter", {"text": "Fremder Text"}),
    ("/cases/{id}/events", {"kind": "confirmed_by_person"}),
    ("/cases/{id}/deletion", {}),
    ("/deletion", {"sure": "yes"}),
    ("/settings", {"name": "Fremd"}),
    ("/calendar", {"feed": "new"}),
    ("/import", {"document": "{}"}),
)


@pytest.mark.parametrize(("path", "fields"), ATTEMPTS)
@pytest.mark.parametrize(
    "headers",
    [
        {},  # an old browser says nothing: then the token in the form is missing
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},  # another port of this machine
    ],
)
def test_a_form_on_another_site_changes_nothing(served, path, fields, headers):
    case = served.hand_in(MAIL, door="no", intent="cancel")
    case_id, before = case.url.path.split("/")[2], served.client.get(case.url.path).text
    answer = served.client.post(path.format(id=case_id), data=fields, headers=headers)
    assert answer.status_code == 403
    assert served.client.get(case.url.path).text == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_script_on_another_site_cannot_use_the_api(served, kind):
    """What a browser sends abroad without asking is never called JSON (Fetch, CORS-safelisted)."""
    body = json.dumps({"company": "Fremd AG"})
    for headers in ({"content-type": kind}, {"content-type": kind, "origin": "https://e.example"}):
        answer = served.client.post("/api/v1/cases", content=body, headers=headers)
        assert answer.status_code in (403, 422)
    asked = served.client.options(
        "/api/v1/cases",
        headers={"origin": "https://e.example", "access-control-request-method": "POST"},
    )
    assert "access-control-allow-origin" not in asked.headers
    assert "Fremd AG" not in served.client.get("/").text


@pytest.mark.parametrize("path", ["/", "/api/v1/cases", "/export/taktvoll.json", "/calendar/x.ics"])
def test_a_foreign_name_that_points_here_reads_nothing(served, path):
    for host in ("evil.example", f"evil.example:{served.host.rpartition(':')[2]}", ""):
        answer = served.client.get(path, headers={"host": host})
        assert answer.status_code in (400, 421)
        assert "Nordlicht" not in answer.text


def test_who_has_only_the_address_gets_nothing(served):
    with httpx.Client(base_url=f"http://{served.host}") as stranger:
        for path in ("/", "/cases", "/export/taktvoll.json", "/api/v1/cases", "/overview"):
            assert stranger.get(path).status_code == 403
        assert stranger.get("/calendar/guessed.ics").status_code == 404


def test_the_calendar_is_open_to_its_secret_alone(served):
    served.hand_in(MAIL, door="no", intent="cancel")
    page = served.post("/calendar", feed="new").text
    path = re.search(r"http://[\d.:]+(/calendar/[\w-]+\.ics)", page)[1]
    with httpx.Client(base_url=f"http://{served.host}") as program:
        calendar = program.get(path)
        assert calendar.headers["content-type"].startswith("text/calendar")
        assert "SUMMARY:Interview: Nordlicht Logistik GmbH" in calendar.text
        assert "Sehr geehrte" not in calendar.text
        served.post("/calendar", feed="new")
        assert program.get(path).status_code == 404
        served.post("/calendar", feed="none")
        assert program.get("/calendar/None.ics").status_code == 404
        assert program.get("/calendar/.ics").status_code == 404


# --- a hostile mail -----------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a href='javascript:alert(1)'>x</a></svg>",
    "</textarea><script>alert(1)</script>",
    '"><iframe src="https://evil.example">',
    "{{ 7*7 }} {% raw %} ${7*7}",
    "<link rel=stylesheet href=https://evil.example/x.css>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_on_every_page(served, words):
    body = (
        f"Guten Tag,\n\nwir laden Sie zum Vorstellungsgespräch als {words} ein, am 9. Dezember 2026"
        f" um 10:00 Uhr.\n\n{words}\n\nViele Grüße\nKatrin {words}\n{words} GmbH\n"
    )
    page = served.hand_in(with_body(body), door="no", intent="cancel", company=words)
    path = page.url.path
    served.post(f"{path}/facts", position=words, location=words, meeting_url=words)
    served.post(f"{path}/answer", intent="cancel", sentence=words, name=words)
    for step in ("read", "decide", "write", "send", "follow"):
        shown = served.client.get(f"{path}?step={step}").text
        inert(shown, words)
    for other in ("/", "/cases", "/overview"):
        inert(served.client.get(other).text, words)


def inert(page: str, words: str) -> None:
    """Nothing of ``words`` has become a tag, an attribute or a link."""
    assert "<" not in words or words not in page
    seen = Seen()
    seen.feed(page)
    assert seen.wrong == []
    assert seen.count["script"] == 1
    assert seen.count["link"] == 2
    assert seen.count["meta"] == 3


class Seen(HTMLParser):
    """What stands on a page that must not."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.count: Counter[str] = Counter()

    def handle_starttag(self, tag, attributes):
        self.count[tag] += 1
        if tag in ("iframe", "img", "object", "embed", "base", "style"):
            self.wrong.append(tag)
        for name, value in attributes:
            target = (value or "").strip().lower()
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and tag != "a":
                assert target.startswith("/"), (tag, target)
            if tag == "a" and name == "href":
                assert target.startswith(("/", "#", "mailto:", "tel:", "https:")), target


def test_a_mail_in_html_is_shown_as_text(served):
    html = (
        "<html><style>body{display:none}</style><body onload=alert(1)><p>Wir laden Sie zum "
        "Vorstellungsgespräch am 9. Dezember 2026 um 10:00 Uhr ein.</p><img src=https://track.example/"
        "1.gif><svg><script>alert(1)</script></svg><form action=https://evil.example><input></form>"
    )
    mail = with_body(html).replace(b"text/plain", b"text/html")
    page = served.client.get(f"{served.hand_in(mail, door='unsure').url.path}?step=read").text
    assert "Wir laden Sie zum Vorstellungsgespräch" in page
    assert "track.example" not in page
    inert(page, "<svg>")


def test_signs_that_turn_a_line_around_are_gone(served):
    tricky = "Kran\u202ewerk\u202c \u2066GmbH\u2069"
    body = (
        f"Vorstellungsgespräch am 9. Dezember 2026 um 10:00 Uhr.\n\nViele Grüße\nKatrin\n{tricky}\n"
    )
    page = served.hand_in(with_body(body), door="no", intent="cancel", company=tricky)
    read = served.client.get(f"{page.url.path}?step=read").text
    mail = served.client.get(f"{page.url.path}/files/message.txt").text
    for text in (page.text, read, served.client.get("/").text, mail):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_five_megabytes_of_text_make_a_small_page(served):
    body = "Vorstellungsgespräch am 9. Dezember 2026 um 10:00 Uhr. " + "Bla bla. " * 600_000
    page = served.hand_in(with_body(body), door="unsure")
    assert page.status_code == 200, problem(page)
    for step in ("read", "decide", "follow"):
        assert len(served.client.get(f"{page.url.path}?step={step}").content) < 120_000
    pasted = served.typed(door="unsure", text=body)
    assert pasted.status_code == 200, problem(pasted)


def test_only_https_links_can_be_followed(served):
    page = served.hand_in(MAIL, door="no", intent="cancel")
    path = page.url.path
    for url in (
        "javascript:alert(1)",
        "http://x.example/",
        "data:text/html,x",
        "file:///etc/passwd",
    ):
        served.post(f"{path}/facts", booking_url=url, meeting_url=url)
        served.post(f"{path}/answer", intent="cancel")
        for step in ("read", "send"):
            assert f'href="{url}' not in served.client.get(f"{path}?step={step}").text
    served.post(f"{path}/facts", booking_url="https://x.example/a", meeting_url="")
    served.post(f"{path}/answer", intent="cancel")
    sending = served.client.get(f"{path}?step=send").text
    assert 'href="https://x.example/a" rel="noreferrer noopener" target="_blank"' in sending


# --- what is too much ---------------------------------------------------------------------------


def test_an_upload_of_a_hundred_megabytes_is_one_sentence(served):
    def chunks() -> Iterator[bytes]:
        yield (
            b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n'
            + served.csrf().encode()
            + b'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.eml"\r\n\r\n'
        )
        for _ in range(100):
            yield b"x" * 1_000_000
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    page = served.client.post("/cases", content=chunks(), headers=kind)
    assert (page.status_code, "zu groß" in problem(page)) == (413, True)
    assert served.client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/cases", "/import", "/api/v1/cases"])
def test_what_announces_too_much_is_refused_before_it_comes(served, path):
    host, port = served.host.split(":")
    cookies = "; ".join(f"{name}={value}" for name, value in served.client.cookies.items())
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(
            f"POST {path} HTTP/1.1\r\nHost: {served.host}\r\nCookie: {cookies}\r\n"
            "Content-Type: application/json\r\nContent-Length: 1000000000000\r\n\r\n{}".encode()
        )
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(10_000)
    assert not answer or answer.split()[1] in (b"413", b"400", b"403")
    assert served.client.get("/").status_code == 200


def test_a_form_of_ten_thousand_fields_is_one_sentence(served):
    page = served.client.post("/cases", data={f"f{n}": "x" for n in range(10_000)})
    assert page.status_code in (400, 403)
    assert problem(page)


def test_a_mail_that_takes_for_ever_is_one_sentence_and_ends(tmp_path, rules):
    store = SqliteStore(tmp_path / "cases.db")
    desk = desk_on(store, rules)
    reader = Reader(seconds=0.3)
    with serving(desk, reader) as running:
        reader.start()
        stuck = reader._worker.pid
        os.kill(stuck, signal.SIGSTOP)  # as a pattern that never comes to an end
        page = running.hand_in(MAIL, door="no", intent="cancel")
        assert (page.status_code, "zu lange" in problem(page)) == (422, True)
        with pytest.raises(ProcessLookupError):
            os.kill(stuck, 0)
        reader._seconds = 30
        assert running.hand_in(MAIL, door="no", intent="cancel").status_code == 200
    store.close()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.eml"),
        (b"   \n", "leer.txt"),
        (bytes(range(256)) * 50, "bild.eml"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "../../bild.png"),
        (b"PK\x03\x04" + b"\0" * 500, "x" * 5000 + ".eml"),
    ],
)
def test_what_is_no_invitation_is_one_sentence(served, content, name):
    page = served.hand_in(content, name, door="unsure")
    assert page.status_code in (200, 400, 422)
    assert problem(page) or page.url.path.startswith("/cases/")
    assert "Traceback" not in page.text


# --- a hostile folder of content, a hostile import, a spreadsheet -------------------------------


def test_a_hostile_content_folder_breaks_no_page(tmp_path, rules):
    folder = tmp_path / "content" / "de"
    (folder / "guide").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "parts").mkdir()
    (folder / "guide" / "evil.md").write_text(
        '+++\nid = "evil"\ntitle = "<script>alert(1)</script>"\norder = 1\nsituations = []\n'
        'sources = ["<img src=x>"]\ndate = "2026-11"\n+++\n<b onclick=alert(1)>**</b>**\n'
    )
    (folder / "guide" / "broken.md").write_text("no head")
    (folder / "guide" / "huge.md").write_text("+++\n" + "x" * 2_000_000)
    (folder / "rules" / "broken.toml").write_text("[[rule]]\nid = ")
    (folder / "guide" / "outside.md").symlink_to("/etc/passwd")
    store = SqliteStore(tmp_path / "cases.db")
    desk = desk_on(store, tmp_path / "cache", overlay=folder.parent)
    with serving(desk) as running:
        for path in ("/guide", "/guide/evil", "/rules", "/templates", "/"):
            page = running.client.get(path)
            assert "root:" not in page.text
            assert page.status_code in (200, 422), path
            inert(page.text, "<script>alert(1)</script>")
        page = running.hand_in(MAIL, door="no", intent="cancel")
        assert page.status_code in (200, 422)
        assert "Traceback" not in page.text
    store.close()


DOCUMENTS = (
    b"",
    b"{}",
    b"[]",
    b"\xff\xfe",
    b'{"taktvoll": 1}',
    b'{"taktvoll": 1, "cases": [1]}',
    b'{"taktvoll": 1, "cases": [{"case": {}, "events": []}]}',
    b'{"taktvoll": 2, "cases": []}',
    b"[" * 200_000,
    b'{"taktvoll": 1, "cases": [' + b"[" * 200_000,
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_file_that_is_none_of_ours_is_one_sentence(served, document):
    page = served.client.post(
        "/import", data={"csrf": served.csrf()}, files={"file": ("x.json", document)}
    )
    assert page.status_code == 422
    assert problem(page)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"timezone": "Europe/Berlin"', '"timezone": "../../etc/passwd"'),
        ('"version": 3', '"version": 0'),
        ('"version": 3', '"version": 99999999999'),
        ('"state": "written"', '"state": "exploded"'),
        ("+01:00", ""),
        ("2026-12-09T", "9999-12-31T"),
    ],
)
def test_a_forged_case_is_not_taken_in(tmp_path, rules, old, new):
    store = SqliteStore(tmp_path / "a.db")
    desk = desk_on(store, rules)
    with serving(desk) as running:
        running.hand_in(MAIL, door="no", intent="cancel")
        good = running.client.get("/export/taktvoll.json").text
        assert old in good
        case_id = desk.cases()[0].id
        desk.forget_everything()
        with pytest.raises(UnreadableInput):
            archive.take_in(desk, good.replace(old, new).encode())
        forged = good.replace(f'"{case_id}"', '"../../x"')
        with pytest.raises(UnreadableInput):
            archive.take_in(desk, forged.encode())
        assert archive.take_in(desk, good.encode()).new == 1
        assert archive.take_in(desk, good.encode()).known == 1
        assert running.client.get(f"/cases/{case_id}?step=follow").status_code == 200
    store.close()


@pytest.mark.parametrize("start", [*"=+-@|%", "\t=", "\r=", " =", "\n=", "＝"])
@pytest.mark.parametrize("language", list(Language))
def test_no_cell_of_the_table_is_a_formula(tmp_path, rules, start, language):
    store = SqliteStore(tmp_path / "a.db")
    desk = desk_on(store, rules)
    from taktvoll.model import Invitation

    formula = f'{start}HYPERLINK("https://evil.example","x");a'
    desk.receive(Invitation(company=formula, position=f'a"{formula}'))
    table = b"".join(archive.as_csv(desk, language)).decode("utf-8-sig")
    separator = ";" if language is Language.DE else ","
    import csv

    rows = list(csv.reader(table.splitlines(), delimiter=separator))
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            assert not cell.strip().startswith(tuple("=+-@|%＝"))
    store.close()


# --- what leaks ---------------------------------------------------------------------------------


def test_deleting_everything_leaves_no_word_in_any_file(tmp_path, rules):
    store = SqliteStore(tmp_path / "cases.db")
    (tmp_path / "cases.db.before-0002").write_bytes(b"Nordlicht Logistik")
    desk = desk_on(store, rules, home=tmp_path)
    with serving(desk) as running:
        running.hand_in(MAIL, door="no", intent="cancel")
        running.post("/settings", name="Mira Sandner", phone="0151 23456789")
        unsure = running.post("/deletion")
        assert (unsure.status_code, len(desk.cases())) == (422, 1)
        running.post("/deletion", sure="yes")
        assert desk.cases() == []
        assert desk.me().name == ""
        for file in tmp_path.glob("cases.db*"):
            data = file.read_bytes()
            for word in (b"Nordlicht", b"Sandner", b"23456789", b"Behrens"):
                assert word not in data, file
    store.close()


def test_pages_name_no_other_machine_and_send_no_address_there(served):
    page = served.hand_in(MAIL, door="no", intent="cancel")
    headers = page.headers
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["cache-control"] == "no-store"
    for path in ("/", "/overview", "/settings", page.url.path):
        text = served.client.get(path).text
        assert TOKEN not in text
        assert not re.search(r'\ssrc="(?:https?:)?//', text)


def test_two_tabs_the_later_save_is_told_and_nothing_is_lost(served):
    page = served.hand_in(MAIL, door="no", intent="cancel")
    path, seen = page.url.path, version(page)
    first = served.post(f"{path}/letter", text=editor(page) + "\nERSTER", version=seen)
    assert first.status_code == 200
    second = served.post(f"{path}/letter", text=editor(page) + "\nZWEITER", version=seen)
    assert second.status_code == 409
    assert "inzwischen geändert" in problem(second)
    assert editor(second).endswith("ZWEITER")  # what was typed is still there
    assert "ERSTER" in second.text  # beside what was saved
    third = served.post(f"{path}/letter", text=editor(second), version=version(second))
    assert editor(third).endswith("ZWEITER")
    assert "ERSTER" in third.text  # among the earlier versions
    for form, fields in (
        ("facts", {"company": "Zweite AG"}),
        ("answer", {"intent": "late", "sentence": "Zweiter Satz."}),
        ("events", {"kind": "confirmed_by_person"}),
    ):
        late = served.post(f"{path}/{form}", version=seen, **fields)
        assert late.status_code == 409
        for value in list(fields.values())[-1:]:
            assert form == "events" or value in late.text
