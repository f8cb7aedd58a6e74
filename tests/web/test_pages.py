"""The pages as plain HTTP: what is handed in, and what comes of it."""

from __future__ import annotations

import email
import html
import re
from dataclasses import replace
from datetime import timedelta
from email import policy

import pytest
from tests.web.conftest import (
    ACCOUNT,
    EXAMPLES,
    NOW,
    desk_on,
    editor,
    problem,
    serving,
    version,
)

from taktvoll.case import CaseState, EventKind
from taktvoll.edges.store import SqliteStore
from taktvoll.model import DoubtCode, Invitation, Language
from taktvoll.web.steps import STEPS

MAIL = (EXAMPLES / "einladung.eml").read_bytes()

ME = {"name": "Mira Sandner", "address": "mira.sandner@example.org", "own_phone": "0151 23456789"}


def fresh(n: int) -> bytes:
    """The mail once more, as a case of its own."""
    return MAIL.replace(b"d41c0f7a2b", f"fresh{n}".encode()).replace(
        b"UID:", f"UID:fresh{n}-".encode()
    )


def case_of(page) -> str:
    return page.url.path.split("/")[2]


# --- the main job -------------------------------------------------------------------------------


def test_behind_a_door_a_mail_becomes_the_letter_at_once(served):
    page = served.hand_in(fresh(1), door="no", intent="cancel")
    assert page.status_code == 200, problem(page)
    assert page.url.params["step"] == "write"
    assert "Mittwoch, 9. Dezember 2026, 10:00–11:00 Uhr" in page.text
    assert editor(page).startswith("Sehr geehrte Frau Dr. Behrens")
    base = page.url.path
    message = email.message_from_bytes(
        served.client.get(f"{base}/files/message.eml").content, policy=policy.default
    )
    assert message["In-Reply-To"] == "<fresh1@nordlicht-logistik.example>"
    ics = served.client.get(f"{base}/files/answer.ics")
    assert ics.headers["content-disposition"] == 'attachment; filename="answer.ics"'
    assert b"METHOD:REPLY" in ics.content
    assert b"PARTSTAT=DECLINED" in ics.content
    assert "Mira Sandner" in served.client.get(f"{base}/files/phone.txt").text
    assert served.client.get(f"{base}/files/passwd").status_code == 404
    assert "Nordlicht Logistik GmbH" in served.client.get("/").text


def test_typed_facts_become_the_letter_at_once(served):
    page = served.typed(
        door="move", company="Kranwerk Süd GmbH", position="Dispatcherin", contact="Herr Klein",
        day="2026-12-10", hour="14:30", country="AT", name="Mira Sandner",
    )  # fmt: skip
    assert page.status_code == 200, problem(page)
    assert "Donnerstag, 10. Dezember 2026, 14:30 Uhr" in page.text
    assert editor(page).startswith("Sehr geehrter Herr Klein")
    served.post(f"{page.url.path}/answer", slot1="2026-12-14T09:00", intent="reschedule")
    assert "14. Dezember" in editor(served.client.get(f"{page.url.path}?step=write"))
    assert 'href="mailto:?subject=' in served.client.get(f"{page.url.path}?step=send").text


def test_who_is_unsure_is_taken_to_the_case_and_not_to_a_letter(served):
    page = served.hand_in(fresh(2), door="unsure")
    case = served.desk.case(case_of(page))
    assert case.state is CaseState.RECEIVED
    assert "Wie sicher bist du?" in page.text


def test_a_missing_name_is_asked_for_and_what_was_chosen_is_kept(served):
    page = served.typed(door="no", intent="withdraw_before", company="Ohnename KG")
    assert "Fast fertig" in page.text
    case = served.desk.case(case_of(page))
    assert case.decision.intent == "withdraw_before"
    page = served.post(f"{page.url.path}/answer", **{"from": "write", **ME})
    assert "Mira Sandner" in editor(page)


def test_the_example_can_be_tried(served):
    page = served.typed(door="move", example="yes")
    assert page.status_code == 200, problem(page)
    assert "Gartenwerk" in page.text
    assert served.desk.case(case_of(page)).invitation.start > NOW + timedelta(days=7)


def test_works_survive_a_new_start(served):
    """All is in the store: another desk on the same store goes on."""
    page = served.hand_in(fresh(3), door="no", intent="cancel")
    case = served.desk.case(case_of(page))
    assert served.desk.answered(case).letter.text == editor(page)


# --- read ---------------------------------------------------------------------------------------


def test_every_fact_says_where_it_stands(served):
    page = served.hand_in(fresh(4), door="unsure")
    page = served.client.get(f"{page.url.path}?step=read")
    for fact, words in (
        ("company", "Nordlicht Logistik GmbH"),
        ("position", "Disponentin"),
        ("contact.name", "Katrin Behrens"),
        ("reference", "NL-2026-117"),
    ):
        assert f'href="#in-{fact}"' in page.text
        assert f'<mark id="in-{fact}">{words}</mark>' in page.text


def test_an_edit_counts_and_is_noted_as_the_persons(served):
    page = served.hand_in(fresh(5), door="unsure")
    path = page.url.path
    page = served.client.get(f"{path}?step=read")
    shown = dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', page.text))
    facts = {"day": shown["day"], "hour": "11:15", "company": "Nordlicht SE", "reference": ""}
    served.post(f"{path}/facts", version=version(page), **facts)
    case = served.desk.case(case_of(page))
    assert case.invitation.company == "Nordlicht SE"
    assert case.invitation.reference is None
    assert f"{case.invitation.start:%H:%M}" == "11:15"
    assert case.invitation.contact.name == "Katrin Behrens"
    again = served.client.get(f"{path}?step=read")
    assert "Mittwoch, 9. Dezember 2026, 11:15–12:15 Uhr" in again.text
    assert again.text.count('<span class="tag">von dir</span>') == 3
    # the same mail once more takes nothing of it back
    served.hand_in(fresh(5), door="unsure")
    assert served.desk.case(case.id).invitation.company == "Nordlicht SE"


def test_a_doubt_is_a_question_to_settle(served):
    page = served.hand_in((EXAMPLES / "einladung.txt").read_bytes(), "x.txt", door="unsure")
    assert "Beim Datum steht kein Jahr" in page.text
    page = served.post(f"{page.url.path}/facts", settle="missing_year", version=version(page))
    assert "Beim Datum steht kein Jahr" not in page.text
    assert served.desk.case(case_of(page)).invitation.doubts == ()
    timeline = served.client.get(f"{page.url.path}?step=follow").text
    assert "als richtig bestätigt" in timeline


def test_a_day_that_can_be_read_in_two_ways_is_chosen_by_a_button(served):
    mail = (
        "Dear Ms Nolan,\n\nwe would like to invite you to an interview on 09/12/{year} at 10:00 at "
        "our office in London.\n\nKind regards\nTom Hill\n{firm} Ltd\n"
    )
    for firm, button, begins in (
        ("Reading", {"settle": "ambiguous_date"}, "2027-12-09 10:00"),
        ("Misreading", {"day": "2027-09-12"}, "2027-09-12 10:00"),
    ):
        text = mail.format(year=2027, firm=firm)
        page = served.typed(door="unsure", text=text, position=f"Clerk at {firm}")
        for choice in (
            "Donnerstag, 9. Dezember 2027, 10:00 Uhr",
            "Sonntag, 12. September 2027, 10",
        ):
            assert re.search(f"<button[^>]*>{choice}", page.text)
        served.post(f"{page.url.path}/facts", version=version(page), **button)
        invitation = served.desk.case(case_of(page)).invitation
        assert f"{invitation.start:%Y-%m-%d %H:%M}" == begins
        assert DoubtCode.AMBIGUOUS_DATE not in [doubt.code for doubt in invitation.doubts]


# --- decide -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ({"sureness": "surely_not"}, "Bewerbung zurückziehen"),
        ({"sureness": "unsure"}, "Hingehen und herausfinden"),
        ({"sureness": "rather_yes"}, "Hingehen"),
        ({"sureness": "surely_not", "reason": "exam"}, "Verschieben"),
    ],
)
def test_the_advice_depends_on_the_four_words_and_the_reason(served, fields, advice):
    page = served.hand_in(fresh(6), door="unsure")
    page = served.post(f"{page.url.path}/advice", **fields)
    advised = re.search(r'class="card advice".*?<h2>(.*?)</h2>', page.text, re.DOTALL)[1]
    assert advised == advice
    assert "mein Rat" in page.text
    assert "Erst sicher sein." in page.text


def test_going_to_find_out_gives_the_sheet(served):
    page = served.hand_in(fresh(7), door="unsure")
    page = served.post(f"{page.url.path}/answer", intent="go_and_find_out", **ME)
    assert "Drei Fragen, auf die du eine Antwort mitnimmst" in page.text
    assert served.desk.case(case_of(page)).decision.intent == "accept"
    sheet = served.client.get(f"{page.url.path}/files/sheet.txt").text
    assert sheet.startswith("Hingehen und herausfinden")


def test_a_signed_contract_leads_to_paper(served):
    page = served.hand_in(fresh(8), door="unsure")
    letter = served.post(
        f"{page.url.path}/answer", intent="withdraw_before", duty_contract="yes", **ME
    )
    assert "Dein Brief auf Papier" in letter.text
    assert "§§ 622, 623 BGB" in letter.text
    sending = served.client.get(f"{letter.url.path}?step=send").text
    assert "message.eml" not in sending
    assert "letter.txt" in sending
    paper = served.client.get(f"{letter.url.path}/files/letter.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_duties_stand_before_the_text_while_there_are_days(served):
    page = served.hand_in(fresh(9), door="unsure")
    assert "Bekommst du Geld von Agentur" in page.text
    assert 'name="duty_contract"' in page.text


def test_what_changes_the_words_is_asked_and_kept(served):
    page = served.hand_in(fresh(10), door="unsure")
    letter = served.post(
        f"{page.url.path}/answer", intent="cancel", situation_moved_before="yes",
        about_moved_before="2", shows="situation_", **ME,
    )  # fmt: skip
    case = served.desk.case(case_of(letter))
    assert dict(case.decision.situations) == {"moved_before": "2"}
    served.post(f"{page.url.path}/answer", intent="cancel", shows="situation_", **ME)
    assert served.desk.case(case.id).decision.situations == {}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"intent": "explode"},
        {"intent": "cancel", "reason": "because"},
        {"intent": "reschedule", "slot1": "tomorrow"},
        {"intent": "reschedule", "slot1": "0001-01-01T00:00"},
        {"intent": "late", "eta": "9999-99-99"},
        {"intent": "cancel", "name": "x" * 2000},
        {"intent": "cancel", "duty_contract": "perhaps"},
        {"intent": "cancel", "version": "x"},
    ],
)
def test_wrong_decisions_are_one_sentence(served, fields):
    page = served.hand_in(fresh(11), door="unsure")
    answer = served.post(f"{page.url.path}/answer", **{"name": "Mira Sandner", **fields})
    assert answer.status_code == 422
    assert problem(answer)


def test_a_missing_fact_is_asked_for_and_nothing_typed_is_lost(served):
    page = served.typed(company="Fehlt AG", door="unsure")
    asked = served.post(
        f"{page.url.path}/answer", intent="ask_time", about="die Werkstatt", name="Mira Sandner"
    )
    assert asked.status_code == 422
    assert "fehlt noch" in problem(asked)
    assert 'value="die Werkstatt"' in asked.text
    assert 'value="ask_time" required checked' in asked.text


# --- write and check ----------------------------------------------------------------------------


def test_the_letter_is_checked_marked_and_mended(served):
    page = served.hand_in(fresh(12), door="no", intent="withdraw_before")
    text = editor(page).replace("\n", "\r\n") + "\r\nMfG"
    checked = served.post(f"{page.url.path}/letter", text=text, version=version(page))
    assert '<mark class="warning">MfG</mark>' in checked.text
    wanted = re.search(r'name="mend" value="([^"]+)"', checked.text)
    assert wanted, "nothing to mend"
    mended = served.post(
        f"{page.url.path}/letter", text=editor(checked), version=version(checked), mend=wanted[1]
    )
    assert "MfG" not in editor(mended)


def test_a_changed_letter_goes_into_the_mail(served):
    page = served.hand_in(fresh(13), door="no", intent="withdraw_before")
    text = editor(page).replace("Mit freundlichen", "Und am [DATUM].\n\nMit freundlichen")
    checked = served.post(f"{page.url.path}/letter", text=text)
    assert '<mark class="error">[DATUM]</mark>' in checked.text
    message = email.message_from_bytes(
        served.client.get(f"{page.url.path}/files/message.eml").content, policy=policy.default
    )
    assert "[DATUM]" in message.get_body(("plain",)).get_content()


def test_another_wording_another_manner_and_the_way_back(served):
    page = served.hand_in(fresh(14), door="no", intent="cancel")
    first = editor(page)
    second = editor(served.post(f"{page.url.path}/letter", reword="yes"))
    third = editor(served.post(f"{page.url.path}/letter", reword="yes"))
    assert len({first, second, third}) == 3
    du = served.post(f"{page.url.path}/answer", **{"from": "write"}, formality="du")
    assert re.search(r"\b(dir|euch|dich)\b", editor(du), re.IGNORECASE)
    english = served.post(f"{page.url.path}/answer", **{"from": "write"}, language="en")
    assert editor(english).startswith("Dear")
    assert html_escaped(first) in english.text  # among the earlier versions
    back = served.post(f"{page.url.path}/letter", text=first)
    assert editor(back) == first


def html_escaped(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))


def test_an_empty_letter_is_not_saved(served):
    page = served.hand_in(fresh(15), door="no", intent="cancel")
    refused = served.post(f"{page.url.path}/letter", text="  ")
    assert (refused.status_code, "leer" in problem(refused)) == (422, True)


def test_in_a_hurry_the_call_comes_first(served):
    page = served.typed(
        door="late", company="Eile GmbH", day=f"{NOW:%Y-%m-%d}", hour="10:00", eta="10:20",
        phone="0421 555-0134", name="Mira Sandner",
    )  # fmt: skip
    assert page.status_code == 200, problem(page)
    call, letter = page.text.index('href="tel:04215550134"'), page.text.index('id="letter"')
    assert page.text.index('id="phone-text"') < letter
    assert call < letter
    assert "Zuerst anrufen" in page.text
    assert "noch 1 Stunde" in page.text


# --- send and follow ----------------------------------------------------------------------------


def test_what_leaves_is_shown_before_it_leaves(served):
    page = served.hand_in(fresh(16), door="no", intent="cancel")
    page = served.client.get(f"{page.url.path}?step=send")
    for shown in (
        "k.behrens@nordlicht-logistik.example",
        "AW: Einladung zum Vorstellungsgespräch als Disponentin",
        "steht der Termin dann als abgelehnt",
        "Lass den Termin in deinem Kalender stehen",
        "Sehr geehrte Frau Dr. Behrens",
    ):
        assert shown in page.text


def test_what_should_be_changed_holds_the_sending_until_it_is_kept_by_hand(served):
    page = served.hand_in(fresh(17), door="no", intent="cancel")
    path = page.url.path
    served.post(f"{path}/letter", text=editor(page) + "\n[DATUM]")
    refused = served.post(f"{path}/events", kind="confirmed_by_person", **{"from": "send"})
    assert (refused.status_code, "ändern" in problem(refused)) == (422, True)
    served.post(f"{path}/events", kind="confirmed_by_person", keep="yes")
    last = served.desk.timeline(case_of(page))[-1]
    assert (last.kind, "placeholder" in last.data["despite"]) == (
        EventKind.CONFIRMED_BY_PERSON,
        True,
    )


def test_what_happens_is_kept_and_said_in_words(served):
    page = served.hand_in(fresh(18), door="no", intent="cancel")
    path, case_id = page.url.path, case_of(page)
    sent = served.post(f"{path}/events", kind="confirmed_by_person")
    assert "Deine Nachricht ist raus. Ob sie jemand gelesen hat" in sent.text
    assert "Was als Nächstes kommt" in sent.text
    assert "Frag kurz nach, ob deine Nachricht angekommen ist." in sent.text
    spoken = served.post(f"{path}/events", kind="spoken", whom="Frau Behrens")
    assert "Der Arbeitgeber weiß Bescheid." in spoken.text
    assert "Frau Behrens" in spoken.text
    assert served.desk.case(case_id).state is CaseState.ACKNOWLEDGED
    refused = served.post(f"{path}/events", kind="explode")
    assert refused.status_code == 422
    for kind, state in (("closed", "closed"), ("reopened", "acknowledged")):
        served.post(f"{path}/events", kind=kind)
        assert served.desk.case(case_id).state == state
    served.post(f"{path}/deletion")
    gone = served.client.get(path)
    assert (gone.status_code, "gibt es nicht" in problem(gone)) == (404, True)


def test_who_goes_on_writing_has_not_sent_it(served):
    page = served.hand_in(fresh(19), door="no", intent="cancel")
    served.post(f"{page.url.path}/events", kind="handed_over", channel="mail")
    served.post(f"{page.url.path}/letter", text=editor(page) + "\nP. S.")
    kinds = [event.kind for event in served.desk.timeline(case_of(page))][-2:]
    assert kinds == [EventKind.NOT_SENT, EventKind.WRITTEN]


@pytest.mark.parametrize("step", [*STEPS, "", "nonsense"])
@pytest.mark.parametrize("state", ["received", "decided", "written", "sent", "closed"])
def test_every_step_can_be_looked_at_in_every_state(served, step, state):
    page = served.hand_in(fresh(20), door="unsure")
    path = page.url.path
    served.post(f"{path}/deletion")
    page = served.hand_in(fresh(20), **({"door": "unsure"} if state == "received" else {}))
    path = page.url.path
    if state != "received":
        served.post(f"{path}/answer", intent="cancel", **ME)
    if state == "decided":
        served.post(f"{path}/facts", company="Anders AG")
    if state in ("sent", "closed"):
        served.post(f"{path}/events", kind="confirmed_by_person")
    if state == "closed":
        served.post(f"{path}/events", kind="closed")
    page = served.client.get(path, params={"step": step} if step else {})
    assert page.status_code == 200
    assert problem(page) == ""


def test_a_reminder_for_the_own_calendar_can_be_taken_along(served):
    page = served.hand_in(fresh(31), door="no", intent="cancel")
    follow = served.client.get(f"{page.url.path}?step=follow")
    assert "/files/reminder.ics" in follow.text
    ics = served.client.get(f"{page.url.path}/files/reminder.ics")
    assert ics.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Anruf erledigen" in ics.text
    assert "BEGIN:VALARM" in ics.text
    served.post(f"{page.url.path}/events", kind="closed")
    assert "/files/reminder.ics" not in served.client.get(f"{page.url.path}?step=follow").text
    served.post(f"{page.url.path}/events", kind="reopened")
    # who has spoken to somebody need not call
    served.post(f"{page.url.path}/events", kind="spoken", whom="Frau Dr. Behrens")
    assert "/files/reminder.ics" not in served.client.get(f"{page.url.path}?step=follow").text
    assert served.client.get(f"{page.url.path}/files/reminder.ics").status_code == 422


def test_any_letter_can_go_on_paper(served):
    page = served.hand_in(fresh(32), door="no", intent="withdraw_before")
    send = served.client.get(f"{page.url.path}?step=send")
    assert "Lieber als Brief mit der Post" in send.text
    assert "message.eml" in send.text
    made = served.post(f"{page.url.path}/paper", postal="Weg 4\n21335 Lüneburg")
    assert made.url.path.endswith("/files/letter.pdf")
    assert made.content.startswith(b"%PDF")
    assert served.desk.me().postal == "Weg 4\n21335 Lüneburg"
    assert "Weg 4" in served.client.get(f"{page.url.path}?step=send").text
    assert served.desk.case(case_of(page)).state is CaseState.WRITTEN
    too_long = served.post(f"{page.url.path}/paper", postal="x" * 2000)
    assert too_long.status_code == 422
    assert "x" * 2000 in too_long.text
    served.post("/settings", postal="")


@pytest.fixture
def account(served):
    """Mira's account, for as long as a test lasts."""
    served.desk.post.add_account(ACCOUNT, {})
    yield ACCOUNT
    served.desk.store().set_setting("accounts", None)


def test_from_here_it_is_held_and_can_be_taken_back(served, account):
    page = served.hand_in(fresh(22), door="no", intent="cancel")
    path, case_id = page.url.path, case_of(page)
    shown = served.client.get(f"{path}?step=send").text
    assert "Von hier abschicken" in shown
    assert "Von mira.sandner@example.org an k.behrens@nordlicht-logistik.example." in shown
    held = served.post(f"{path}/sending", way="send", version=version(page))
    assert served.desk.case(case_id).state is CaseState.SENDING
    assert re.search(
        r'data-until="[^"]+" data-now="[^"]+" data-case="\w+" data-version="\d+">60</strong>',
        held.text,
    )
    assert "Die Nachricht ist raus" not in held.text  # no second way while one is open
    back = served.post(f"{path}/undo")
    assert served.desk.case(case_id).state is CaseState.WRITTEN
    assert "Von hier abschicken" in back.text
    late = served.post(f"{path}/undo")
    assert late.status_code == 409


def test_the_mail_after_a_call_is_offered_held_and_can_be_taken_back(served, account):
    page = served.hand_in(fresh(33), door="no", intent="cancel")
    path, case_id = page.url.path, case_of(page)
    follow = served.post(f"{path}/events", kind="spoken", whom="Frau Dr. Behrens")
    assert "Die Mail, die du geschrieben hast, ist noch nicht raus" in follow.text
    held = served.post(f"{path}/sending", way="send")
    assert served.desk.case(case_id).state is CaseState.ACKNOWLEDGED
    assert "Zurückholen" in held.text
    assert "Von hier abschicken" not in held.text
    back = served.post(f"{path}/undo")
    assert "Von hier abschicken" in back.text
    assert served.desk.case(case_id).state is CaseState.ACKNOWLEDGED
    served.post(f"{path}/sending", way="send")
    served.desk.clock.moment = NOW + timedelta(minutes=2)
    served.desk.post.tick(collect=False)
    served.desk.clock.moment = NOW
    assert "Dieser Brief ist schon raus." in served.client.get(f"{path}?step=send").text
    assert "noch nicht raus" not in served.client.get(f"{path}?step=follow").text


def test_what_should_be_changed_is_not_sent_from_here_unasked(served, account):
    page = served.hand_in(fresh(23), door="no", intent="cancel")
    path = page.url.path
    served.post(f"{path}/letter", text=editor(page) + "\n[DATUM]")
    refused = served.post(f"{path}/sending", way="send")
    assert (refused.status_code, "ändern" in problem(refused)) == (422, True)
    served.post(f"{path}/sending", way="send", keep="yes")
    last = served.desk.timeline(case_of(page))[-1]
    assert "placeholder" in last.data["despite"]


def test_a_foreign_address_sends_nothing_from_here(served, account):
    page = served.hand_in(fresh(24), door="unsure")
    path = page.url.path
    served.post(f"{path}/answer", intent="cancel", name="Ada", address="ada@example.net")
    shown = served.client.get(f"{path}?step=send").text
    assert "gehört nicht zu deinem Mailkonto" in shown
    assert "Von hier abschicken" not in shown
    assert served.post(f"{path}/sending", way="send").status_code == 422


@pytest.fixture
def two_days_later(served):
    """The clock stands two working days after the others, for as long as a test lasts."""
    served.desk.clock.moment = NOW + timedelta(days=2)
    yield served
    served.desk.clock.moment = NOW


def test_the_question_lies_ready_and_one_click_sends_it(served, account, request):
    page = served.hand_in(fresh(25), door="no", intent="cancel")
    path, case_id = page.url.path, case_of(page)
    shown = served.post(f"{path}/events", kind="confirmed_by_person").text
    assert 'id="question"' not in shown
    too_early = served.post(f"{page.url.path}/nudge", version="1")
    assert too_early.status_code == 409
    request.getfixturevalue("two_days_later")
    served.desk.post.tick()
    shown = served.client.get(f"{path}?step=follow")
    assert served.desk.case(case_id).nudge.text.splitlines()[2] in html.unescape(shown.text)
    assert "mailto:" in shown.text
    held = served.post(f"{path}/nudge", version=version(shown))
    assert "Die Nachfrage geht gleich raus." in held.text
    assert served.desk.post.held(case_id).kind == "nudge"
    again = served.post(f"{path}/nudge", version=version(shown))
    assert again.status_code == 409
    back = served.post(f"{path}/undo")
    assert back.url.params["step"] == "follow"
    assert served.desk.case(case_id).state is CaseState.CONFIRMED_BY_PERSON


def test_an_account_can_be_tried(served, account):
    assert "mira.sandner@example.org" in served.client.get("/settings").text
    tried = served.post("/accounts/mira/test").text
    assert "SMTP: " in tried
    assert served.post("/accounts/nobody/test").status_code == 422


def test_reminders_can_come_by_mail_too_where_there_is_a_mailbox(served):
    desk = served.desk
    assert "ein Konto mit IMAP" in served.client.get("/settings").text
    assert problem(served.post("/reminders", by_mail="yes"))
    desk.post.add_account(replace(ACCOUNT, imap=replace(ACCOUNT.smtp, port=993)), {})
    assert (
        "Jede auch als Mail an mich (mira.sandner@example.org)"
        in served.client.get("/settings").text
    )
    served.post("/reminders", by_mail="yes")
    assert desk.post.reminders_by_mail()
    assert re.search(r'name="by_mail" value="yes" checked', served.client.get("/settings").text)
    served.post("/reminders")
    assert not desk.post.reminders_by_mail()
    shown = served.post("/reminders", show="yes")
    assert "nichts auf dem Bildschirm zeigen" in shown.text  # nobody there to be told
    desk.store().set_setting("accounts", None)


def test_an_account_is_added_step_by_step_and_forgotten(served):
    asked = served.post("/accounts", account_address="mira@firma-ohne-server.example")
    assert 'name="password"' not in asked.text  # nobody to log in to yet
    named = {"account_address": "mira@firma.example", "smtp": "mail.firma.example"}
    ready = served.post("/accounts", **named)
    assert 'name="password"' in ready.text
    assert served.desk.post.accounts() == ()
    tried = served.post("/accounts", password="geheim", **named)
    assert "SMTP: " in tried.text
    assert "geheim" not in tried.text
    [account] = served.desk.post.accounts()
    assert (account.smtp.host, account.smtp.port) == ("mail.firma.example", 465)
    served.post(f"/accounts/{account.id}/removal")
    assert served.desk.post.accounts() == ()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"account_address": "keine Adresse"}, "Adresse"),
        ({"account_address": "a@b.example", "smtp": "evil host"}, "kein Server"),
        ({"account_address": "a@b.example", "smtp": "host:99999"}, "kein Server"),
        ({"account_address": "a@outlook.com"}, "von Hand"),
    ],
)
def test_a_wrong_account_is_one_sentence(served, fields, sentence):
    answer = served.post("/accounts", **fields)
    assert answer.status_code == 422
    assert sentence in problem(answer)
    assert served.desk.post.accounts() == ()


# --- the first page -----------------------------------------------------------------------------


def test_what_needs_somebody_stands_first_and_the_nearest_before_the_others(tmp_path, rules):
    store = SqliteStore(tmp_path / "cases.db")
    with serving(desk_on(store, rules)) as fresh_desk:
        assert "Noch nichts hier" in fresh_desk.client.get("/").text
        for company, day, intent in (
            ("Wartend", "2026-12-04", "cancel"),
            ("Fern", "2026-12-17", "cancel"),
            ("Eilig", "2026-12-02", "cancel"),
            ("Vorbei", "2026-11-02", ""),
        ):
            given = {"company": company, "day": day, "intent": intent, "name": "Mira Sandner"}
            page = fresh_desk.typed(door="unsure", hour="10:30", **given)
            if company == "Wartend":
                fresh_desk.post(f"{page.url.path}/events", kind="confirmed_by_person")
        start = fresh_desk.client.get("/").text
        named = re.findall(r'class="name"[^>]*>(\w+)<', start)
        assert named == ["Eilig", "Fern", "Vorbei", "Wartend"]
        assert start.index("Hier musst du gerade nichts tun") < start.index(">Wartend<")
        assert (
            re.findall(r'class="name"[^>]*>(\w+)<', fresh_desk.client.get("/cases").text) == named
        )
    store.close()


# --- what is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Tipp wenigstens"),
        ({"country": "DE"}, "Tipp wenigstens"),
        ({"hour": "10:00"}, "fehlt noch der Tag"),
        ({"day": "2026-13-45"}, "2026-13-45"),
        ({"day": "0001-01-01"}, "0001-01-01"),
        ({"day": "2026-12-09", "hour": "25:99"}, "25:99"),
        ({"company": "x" * 1001}, "zu lang"),
        ({"company": "x", "country": "XX"}, "Auswahl"),
        ({"company": "x", "timezone": "Atlantis/Capital"}, "Atlantis/Capital"),
        ({"company": "x", "timezone": "../../etc/passwd"}, "etc/passwd"),
    ],
)
@pytest.mark.parametrize("door", ["no", "unsure", "elsewhere"])
def test_wrong_facts_are_one_sentence(served, fields, sentence, door):
    page = served.typed(door=door, **fields)
    assert page.status_code == 422
    assert sentence in problem(page)


def test_pages_that_are_not_there_say_so(served):
    for path in ("/nowhere", "/start/cellar", "/guide/nothing", "/cases/gone", "/export/x.exe"):
        page = served.client.get(path)
        assert page.status_code == 404
        assert "gibt es nicht" in problem(page)


def test_the_language_is_the_browsers_until_somebody_chooses(served):
    assert '<html lang="de">' in served.client.get("/").text
    french = {"accept-language": "fr-FR,en;q=0.5"}
    assert '<html lang="en">' in served.client.get("/", headers=french).text
    chosen = served.client.get("/", params={"lang": "en"})
    assert '<html lang="en">' in chosen.text
    assert '<html lang="en">' in served.client.get("/").text
    served.client.get("/", params={"lang": "de"})
    assert '<html lang="de">' in served.client.get("/", params={"lang": "xx"}).text


def test_the_switch_of_languages_stays_on_the_page(served):
    page = served.hand_in(fresh(21), door="no", intent="cancel")
    assert f'href="{page.url.path}?step=write&amp;lang=en"' in page.text


def test_our_own_mistake_is_a_page_too(served, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a secret: Zwetschgenknödel")

    monkeypatch.setattr(type(served.desk), "pressing", broken)
    page = served.client.get("/")
    assert page.status_code == 500
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "Fehler passiert" in problem(page)
    assert "Zwetschgenknödel" not in page.text


# --- to read, and one's own ---------------------------------------------------------------------


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("path", ["/templates", "/guide", "/guide/calm", "/rules", "/overview"])
def test_pages_to_read_are_there_in_both_languages(served, path, language):
    page = served.client.get(path, params={"lang": language})
    served.client.get("/", params={"lang": "de"})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert "web." not in re.sub(r"<[^>]*>", "", page.text)


def test_templates_and_rules_are_filtered(served):
    assert "[Anrede]" in served.client.get("/templates").text
    only = served.client.get("/templates", params={"intent": "late"}).text
    assert only.count("<summary>") == 1
    rules = served.client.get("/rules", params={"category": "grovel"}).text
    assert rules.count("<summary>") == 1
    assert '<mark class="error">' in rules
    assert served.client.get("/rules", params={"category": "x"}).status_code == 422


def test_settings_are_kept_and_used(served):
    me = {"name": "Ada Probe", "phone": "0151 1", "signature": "Weg 1\r\n99084 Erfurt"}
    saved = served.post("/settings", look="dark", **me)
    assert "Gespeichert." in saved.text
    assert 'data-look="dark"' in served.client.get("/").text
    page = served.typed(door="no", intent="cancel", company="Gemerkt KG", day="2026-12-10")
    assert editor(page).endswith("Ada Probe\nWeg 1\n99084 Erfurt")
    assert 'value="Ada Probe"' in served.client.get("/start/no").text
    refused = served.post("/settings", look="pink")
    assert refused.status_code == 422
    served.post("/settings", name="", phone="", signature="", look="")


def test_a_lists_page_is_one_of_many(served):
    for number in range(21):
        served.desk.receive(Invitation(company=f"Liste {number}"))
    page = served.client.get("/cases")
    assert page.text.count('<li class="case">') == 20
    assert "page=2" in page.text
    second = served.client.get("/cases", params={"page": "2"})
    assert "page=1" in second.text
    names = [set(re.findall(r'class="name" href="([^"]+)"', p.text)) for p in (page, second)]
    assert names[0].isdisjoint(names[1])
    closed = served.client.get("/cases", params={"state": "closed", "page": "2"})
    assert "Keine Fälle." in closed.text
    assert served.client.get("/cases", params={"state": "x"}).status_code == 422
