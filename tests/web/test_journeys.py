"""The ways through the main job in a real browser.

Each of them with scripts and without, in both languages, on a large screen and on a small one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.visitor import INVITED, SCREENS

from taktvoll.model import Language

pytestmark = pytest.mark.browser


def every_way(test):
    """With scripts and without, on each screen, in each language."""
    for mark in (
        pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"]),
        pytest.mark.parametrize("screen", SCREENS),
        pytest.mark.parametrize("language", list(Language)),
    ):
        test = mark(test)
    return test


@every_way
def test_from_the_invitation_to_they_know(visit, screen, scripts, language):
    person = visit(screen=screen, language=language, scripts=scripts)
    person.follow("web.door.move")
    person.choose_file(INVITED[language])
    person.press("web.entry.move")
    assert person.done <= 4  # from the start page to a letter ready to copy
    first = person.letter()
    assert first
    copy = person.page.get_by_role("button", name=person.t("web.letter.copy")).first
    assert copy.is_visible() == scripts

    # read: where does it say so?
    person.follow("web.step.read")
    assert person.width() <= SCREENS[screen]["width"]
    person.page.locator("a[href='#in-company']").click()
    firms = ("Nordlicht Logistik GmbH", "Calderbridge Trust")
    assert person.page.locator("mark:target").inner_text() in firms

    # decide: days to offer instead; nobody else is asked for any
    person.follow("web.step.decide")
    slot = person.page.get_by_label(person.t("web.decide.slot", number="1")).first
    assert slot.is_visible()
    person.page.get_by_label(person.t("option.cancel")).check()
    assert not slot.is_visible()
    person.page.get_by_label(person.t("option.move"), exact=True).check()
    slot.fill("2026-12-14T09:00")
    person.page.get_by_label(person.t("web.decide.reason")).first.select_option("schedule_conflict")
    person.press("web.decide.write")
    assert "14" in person.letter()

    # write and check
    text = person.page.get_by_label(person.t("web.letter.text"))
    text.fill(f"{person.letter()}\n\n[NAME]")
    person.press("web.letter.save")
    assert person.page.locator("#marks mark.error").inner_text() == "[NAME]"
    assert person.width() <= SCREENS[screen]["width"]
    text.fill(person.letter().replace("\n\n[NAME]", ""))
    person.press("web.letter.save")
    assert person.page.locator("#findings li").count() == 0

    # send and follow
    person.follow("web.write.on")
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="answer.ics").click()
    assert b"METHOD:COUNTER" in Path(download.value.path()).read_bytes()
    person.page.wait_for_load_state("networkidle")
    person.press("web.done.sent")
    assert person.page.get_by_text(person.t("case.state.confirmed_by_person")).is_visible()
    person.fill("web.done.whom", "Katrin Behrens")
    person.press("web.done.spoken")
    assert person.page.get_by_text(person.t("case.state.acknowledged")).first.is_visible()
    assert person.problems == []
    if scripts:  # else there is no dialogue
        person.page.on("dialog", lambda dialog: dialog.accept())
    person.page.get_by_text(person.t("web.cases.delete"), exact=True).click()
    person.press("web.cases.delete_now")
    assert person.page.get_by_role("heading", name=person.t("web.start.title")).is_visible()


@every_way
@pytest.mark.parametrize(
    ("door", "button", "eta"),
    [
        ("no", "web.entry.cancel", False),
        ("no", "web.entry.withdraw", False),
        ("move", "web.entry.move", False),
        ("late", "web.entry.late", True),
    ],
)
def test_a_typed_invitation_takes_six_steps_to_a_letter(
    visit, screen, scripts, language, door, button, eta
):
    person = visit(screen=screen, scripts=scripts, language=language)
    person.follow(f"web.door.{door}")
    person.fill("fact.company", f"Kranwerk {door} {button[-6:]} {screen} {scripts} {language}")
    if not eta:  # who is late is late today
        person.fill("web.fact.day", "2026-12-09")
    person.fill("web.fact.hour", "10:00")
    if eta:
        person.fill("web.entry.eta", "10:20")
    person.fill("web.entry.name", "Mira Sandner")
    person.press(button)
    assert "Mira Sandner" in person.letter()
    assert person.done <= 6
    assert person.width() <= SCREENS[screen]["width"]
    assert person.problems == []


@every_way
def test_a_pasted_mail_takes_three_steps_to_a_letter(visit, screen, scripts, language):
    person = visit(screen=screen, scripts=scripts, language=language)
    person.follow("web.door.no")
    mail = INVITED[language].read_text()
    person.fill("web.entry.text", mail.replace("Message-ID: <", f"Message-ID: <{screen}{scripts}"))
    person.press("web.entry.cancel")
    assert person.letter()
    assert person.done <= 4
    assert person.problems == []


def test_a_dropped_file_takes_two_steps_to_a_letter(visit):
    person = visit()
    person.follow("web.door.move")
    transfer = person.page.evaluate_handle(
        """text => { const transfer = new DataTransfer();
        transfer.items.add(new File([text], "einladung.eml", {type: "message/rfc822"}));
        return transfer; }""",
        INVITED[Language.DE].read_text(),
    )
    person.done += 1
    with person.page.expect_navigation():
        person.page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    assert "Mira Sandner" in person.letter()
    assert person.done <= 4


@every_way
def test_who_is_unsure_gets_advice_and_the_sheet(visit, screen, scripts, language):
    person = visit(screen=screen, scripts=scripts, language=language)
    person.follow("web.door.unsure")
    person.press("web.first.try")
    person.follow("web.step.decide")
    person.page.get_by_text(person.t("sure.rather_not"), exact=True).click()
    if not scripts:
        person.press("web.sure.ask")
    person.page.get_by_text(person.t("web.advice.title")).wait_for()
    assert person.page.get_by_text(person.t("web.advice.ours")).is_visible()
    person.page.get_by_label(re.compile(person.t("option.go_and_find_out"))).check()
    person.press("web.decide.write")
    assert person.page.get_by_text(person.t("preparation.questions")).is_visible()
    assert person.problems == []


def test_the_keyboard_alone_goes_the_whole_way(visit):
    """Only Tab, Space, Enter and typing."""
    person = visit()
    page = person.page

    def tab_to(test: str, most: int = 90) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({test!r})"):
                shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert shown != "none", f"{test} shows no focus"
                return
        raise AssertionError(f"Tab never came to {test}")

    tab_to(".skip")
    tab_to("a[href='/start/no']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to("#company")
    page.keyboard.type("Tastenwerk GmbH")
    tab_to("#name")
    page.keyboard.type("Mira Sandner")
    tab_to("button[value=withdraw_before]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Mira Sandner" in person.letter()
    tab_to("#letter-text")
    tab_to("a[href$='step=send']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to("button[value=confirmed_by_person]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text(person.t("case.state.confirmed_by_person")).is_visible()
