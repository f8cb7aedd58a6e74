"""The pages as plain HTTP: what is handed in, and what comes of it."""

from __future__ import annotations

import email
import re
from email import policy

import pytest
from tests.web.conftest import EXAMPLES

from taktvoll.web import guard

MAIL = (EXAMPLES / "einladung.eml").read_bytes()

ME = {
    "name": "Mira Sandner",
    "address": "mira.sandner@example.org",
    "phone": "0151 23456789",
}


def problem(page) -> str:
    found = re.search(r'<p class="problem" role="alert">(.*?)</p>', page.text, re.DOTALL)
    return found[1] if found else ""


def test_the_whole_way_from_a_mail_to_the_answer(served):
    page = served.hand_in(MAIL)
    assert page.status_code == 200
    assert "Mittwoch, 9. Dezember 2026, 10:00–11:00 Uhr" in page.text
    assert "Nordlicht Logistik GmbH" in page.text
    letter = served.post(f"{page.url.path}/answer", intent="cancel", reason="private", **ME)
    assert letter.status_code == 200, problem(letter)
    assert letter.url.path == f"{page.url.path}/answer"
    assert "Sehr geehrte Frau Dr. Behrens" in letter.text
    message = email.message_from_bytes(
        served.client.get(f"{letter.url.path}/message.eml").content, policy=policy.default
    )
    assert message["In-Reply-To"] == "<d41c0f7a2b@nordlicht-logistik.example>"
    ics = served.client.get(f"{letter.url.path}/answer.ics")
    assert ics.headers["content-disposition"] == 'attachment; filename="answer.ics"'
    assert b"METHOD:REPLY" in ics.content
    assert b"PARTSTAT=DECLINED" in ics.content
    assert "Mira Sandner" in served.client.get(f"{letter.url.path}/phone.txt").text
    assert served.client.get(f"{letter.url.path}/passwd").status_code == 404
    assert "Nordlicht Logistik GmbH" in served.client.get("/").text


def test_the_whole_way_from_typed_facts(served):
    page = served.typed(
        company="Kranwerk Süd GmbH", position="Dispatcherin", contact="Herr Klein",
        day="2026-12-10", hour="14:30", country="AT",
    )  # fmt: skip
    assert "Donnerstag, 10. Dezember 2026, 14:30 Uhr" in page.text
    assert "<dd>Europe/Vienna</dd>" in page.text
    assert 'value="Herr Klein"' in page.text
    letter = served.post(
        f"{page.url.path}/answer", intent="reschedule", slot1="2026-12-14T09:00", **ME
    )
    assert letter.status_code == 200, problem(letter)
    assert "Sehr geehrter Herr Klein" in letter.text
    assert "14. Dezember" in letter.text
    again = served.post(f"{page.url.path}/answer", intent="cancel", variant="ninety", **ME)
    assert again.status_code == 200, problem(again)
    assert "mailto:?subject=" in letter.text


def test_a_changed_letter_is_checked_again_and_goes_into_the_mail(served):
    page = served.hand_in(MAIL)
    letter = served.post(f"{page.url.path}/answer", intent="withdraw_before", **ME)
    assert letter.status_code == 200, problem(letter)
    text = (
        "Sehr geehrte Frau Dr. Behrens,\r\n\r\nich ziehe meine Bewerbung als Disponentin zurück, "
        "das Gespräch am [DATUM] entfällt.\r\n\r\nMit freundlichen Grüßen\r\nMira Sandner"
    )
    checked = served.post(f"{letter.url.path}/text", text=text)
    assert "Das würde ich ändern" in checked.text
    assert "[DATUM]" in checked.text
    message = email.message_from_bytes(
        served.client.get(f"{letter.url.path}/message.eml").content, policy=policy.default
    )
    assert "[DATUM]" in message.get_body(("plain",)).get_content()


def test_what_was_read_can_be_corrected(served):
    page = served.hand_in(MAIL)
    shown = dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', page.text))
    facts = {name: shown[name] for name in ("company", "position", "contact", "day", "hour")}
    corrected = served.post(f"{page.url.path}/facts", **facts | {"hour": "11:15"})
    assert "Mittwoch, 9. Dezember 2026, 11:15–12:15 Uhr" in corrected.text
    assert "Frau Dr. Katrin Behrens" in corrected.text


def test_a_missing_fact_is_asked_for_and_nothing_typed_is_lost(served):
    page = served.typed(company="Kranwerk Süd GmbH")
    asked = served.post(
        f"{page.url.path}/answer", intent="ask_time", about="die Werkstatt", name="Mira Sandner"
    )
    assert asked.status_code == 422
    assert "fehlt noch" in problem(asked)
    assert 'value="die Werkstatt"' in asked.text
    assert 'value="ask_time" required checked' in asked.text


def test_a_signed_contract_leads_to_paper(served):
    page = served.hand_in(MAIL)
    letter = served.post(
        f"{page.url.path}/answer", intent="withdraw_before", duty_contract="yes", **ME
    )
    assert "auf Papier" in letter.text
    assert "message.eml" not in letter.text
    assert served.client.get(f"{letter.url.path}/letter.txt").status_code == 200
    paper = served.client.get(f"{letter.url.path}/letter.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_what_the_person_did_is_noted_once(served):
    page = served.hand_in(MAIL.replace(b"d41c0f7a2b", b"e51c0f7a2b").replace(b"UID:04", b"UID:05"))
    letter = served.post(f"{page.url.path}/answer", intent="cancel", **ME)
    events = f"{letter.url.path}/events"
    assert served.post(events, kind="spoken", whom="").status_code == 400
    done = served.post(events, kind="spoken", whom="Frau Behrens")
    assert done.status_code == 200
    case = next(c for c in served.desk.cases() if c.state == "acknowledged")
    assert served.desk.timeline(case.id)[-1].data == {"whom": "Frau Behrens"}
    assert "Öffnen" in served.client.get("/").text
    reopened = served.post(f"/cases/{case.id}")
    assert 'value="cancel" required checked' in reopened.text
    assert 'value="0151 23456789"' in reopened.text
    served.post(f"/cases/{case.id}/deletion")
    assert case.id not in [kept.id for kept in served.desk.cases()]


def test_hostile_words_stay_words(served):
    page = served.typed(company="<script>alert(1)</script>", position='"><img src=x>')
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "&lt;script&gt;" in page.text


def test_only_https_links_can_be_followed(served):
    mail = MAIL.replace(
        b"Wenn Sie Fragen haben", b"Termin absagen: javascript:alert(1)\nWenn Sie Fragen haben"
    )
    assert 'href="javascript' not in served.hand_in(mail).text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.eml"),
        (b"   \n", "leer.txt"),
        (bytes(range(256)) * 50, "bild.eml"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "bild.png"),
    ],
)
def test_what_is_no_invitation_is_one_sentence(served, content, name):
    page = served.hand_in(content, name)
    assert page.status_code in (200, 422)
    assert problem(page) or "Termin" in page.text
    assert "Traceback" not in page.text


def test_what_is_too_large_is_one_sentence(served, monkeypatch):
    monkeypatch.setattr(guard, "MAX_UPLOAD", 100_000)
    page = served.hand_in(b"x" * 200_000)
    assert (page.status_code, "zu groß" in problem(page)) == (400, True)


def test_what_grows_on_the_way_is_one_sentence(served, monkeypatch):
    """Chunked: no Content-Length tells the size beforehand."""
    monkeypatch.setattr(guard, "MAX_UPLOAD", 100_000)
    chunks = (b"x" * 10_000 for _ in range(30))
    form = {"content-type": "application/x-www-form-urlencoded"}
    page = served.client.post("/invitations", content=chunks, headers=form)
    assert "zu groß" in problem(page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Tipp wenigstens"),
        ({"country": "DE"}, "Tipp wenigstens"),
        ({"hour": "10:00"}, "fehlt noch der Tag"),
        ({"day": "2026-13-45"}, "2026-13-45"),
        ({"day": "2026-12-09", "hour": "25:99"}, "25:99"),
        ({"company": "x" * 1001}, "zu lang"),
        ({"company": "x", "country": "XX"}, "Auswahl"),
        ({"company": "x", "timezone": "Atlantis/Capital"}, "Atlantis/Capital"),
        ({"company": "x", "timezone": "../../etc/passwd"}, "etc/passwd"),
        ({"text": " "}, "Füg den Text"),
    ],
)
def test_wrong_facts_are_one_sentence(served, fields, sentence):
    page = served.typed(**fields)
    assert page.status_code == 422
    assert sentence in problem(page)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"intent": "explode"},
        {"intent": "cancel", "reason": "because"},
        {"intent": "reschedule", "slot1": "tomorrow"},
        {"intent": "late", "eta": "9999-99-99"},
        {"intent": "cancel", "name": "x" * 2000},
    ],
)
def test_wrong_decisions_are_one_sentence(served, fields):
    page = served.typed(company="Kranwerk", day="2026-12-09", hour="10:00")
    answer = served.post(f"{page.url.path}/answer", **{"name": "Mira Sandner", **fields})
    assert answer.status_code == 422
    assert problem(answer)


def test_pages_that_are_gone_say_so(served):
    for path in ("/invitations/gone", "/invitations/gone/answer"):
        assert "neu gestartet" in problem(served.client.get(path))
    assert "nicht" in problem(served.client.get("/nowhere"))


def test_the_language_is_the_browsers_until_somebody_chooses(served):
    assert '<html lang="de">' in served.client.get("/").text
    french = {"accept-language": "fr-FR,en;q=0.5"}
    assert '<html lang="en">' in served.client.get("/", headers=french).text
    chosen = served.client.get("/", params={"lang": "en"})
    assert '<html lang="en">' in chosen.text
    assert '<html lang="en">' in served.client.get("/").text
    served.client.get("/", params={"lang": "de"})
    assert '<html lang="de">' in served.client.get("/", params={"lang": "xx"}).text


def test_our_own_mistake_is_a_page_too(served, monkeypatch):
    def broken(self: object) -> None:
        raise RuntimeError("a secret: Zwetschgenknödel")

    monkeypatch.setattr(type(served.desk), "cases", broken)
    page = served.client.get("/")
    assert page.status_code == 500
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "Fehler passiert" in problem(page)
    assert "Zwetschgenknödel" not in page.text
