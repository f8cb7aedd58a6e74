"""What scripts add to the pages, in a real browser."""

from __future__ import annotations

import re

import pytest
from tests.web.conftest import ACCOUNT, desk_on, serving
from tests.web.visitor import INVITED, Visitor

from taktvoll.edges.store import SqliteStore
from taktvoll.model import Language

pytestmark = pytest.mark.browser


def written(person: Visitor, firm: str) -> None:
    person.go("/start/no")
    person.fill("fact.company", firm)
    person.fill("web.fact.day", "2026-12-09")
    person.fill("web.entry.name", "Mira Sandner")
    person.press("web.entry.cancel")


def test_copying_takes_the_letter(visit, served):
    person = visit()
    person.page.context.grant_permissions(
        ["clipboard-read", "clipboard-write"], origin=f"http://{served.host}"
    )
    written(person, "Kopierwerk")
    person.page.get_by_role("button", name=person.t("web.letter.copy")).first.click()
    person.page.get_by_role("button", name=person.t("web.copied")).first.wait_for()
    assert person.page.evaluate("navigator.clipboard.readText()") == person.letter()


def test_copying_to_send_is_noted_and_asked_after(visit, served):
    person = visit()
    person.page.context.grant_permissions(["clipboard-write"], origin=f"http://{served.host}")
    written(person, "Notizwerk")
    person.follow("web.write.on")
    with person.page.expect_response(re.compile("/events$")):
        person.page.get_by_role("button", name=person.t("web.letter.copy")).click()
    assert served.desk.case(person.case()).state == "handed_over"
    person.press("web.done.sent")  # the form knows the case as it is now
    assert served.desk.case(person.case()).state == "confirmed_by_person"


def test_what_is_held_counts_down_and_is_taken_back(visit, served):
    served.desk.post.add_account(ACCOUNT, {})
    person = visit()
    person.go("/start/no")
    person.choose_file(INVITED[Language.DE])
    person.press("web.entry.cancel")
    person.follow("web.write.on")
    person.press("web.send.now")
    shown = person.page.locator(".countdown")
    assert int(shown.inner_text()) > 50
    person.page.wait_for_function(
        "before => Number(document.querySelector('.countdown').textContent) < before",
        arg=int(shown.inner_text()),
    )
    person.press("web.send.undo")
    assert served.desk.case(person.case()).state == "written"
    served.desk.store().set_setting("accounts", None)
    assert person.problems == []


def test_a_mistake_is_marked_while_one_types_and_mended_by_a_button(visit):
    person = visit()
    written(person, "Tippwerk")
    text = person.page.get_by_label(person.t("web.letter.text"))
    took = person.page.evaluate(
        """async () => {
          const text = document.querySelector("#letter-text");
          const type = async words => {
            text.value += words;
            const start = performance.now();
            text.dispatchEvent(new Event("input", {bubbles: true}));
            while (!document.querySelector("#marks mark.warning, #marks mark.error")) {
              if (performance.now() - start > 5000) return 5000;
              await new Promise(requestAnimationFrame);
            }
            return performance.now() - start;
          };
          return await type("\\nMfG");
        }"""
    )
    assert took < 5000, "nothing was marked"
    mend = person.page.get_by_role("button", name=person.t("web.findings.mend")).first
    mend.click()
    person.page.locator("#findings li").first.wait_for(state="detached")
    assert "MfG" not in text.input_value()


def test_two_windows_lose_nothing(visit, served):
    person = visit()
    written(person, "Zweifensterwerk")
    other = Visitor(person.page.context.new_page(), served.host, Language.DE, True)
    other.page.goto(person.page.url)
    mine, theirs = f"{person.letter()}\nMEINS", f"{other.letter()}\nIHRS"
    other.page.locator("#letter-text").fill(theirs)
    other.press("web.letter.save")
    person.page.locator("#letter-text").fill(mine)
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=person.t("web.letter.save")).click()
    assert person.page.get_by_text(person.t("error.case_changed_meanwhile")).is_visible()
    assert person.letter() == mine
    assert "IHRS" in person.page.locator(".conflict").inner_text()
    person.press("web.letter.save")
    assert person.letter() == mine
    assert served.desk.answered(served.desk.case(person.case())).letter.text == mine
    person.page.locator("details.former summary").click()
    assert "IHRS" in person.page.locator("details.former").inner_text()


def test_a_stopped_server_costs_no_word(visit, tmp_path, rules):
    store = SqliteStore(tmp_path / "cases.db")
    desk = desk_on(store, rules)
    with serving(desk) as running:
        person = visit(host=running.host)
        written(person, "Ausfallwerk")
    mine = f"{person.letter()}\nDAS BLEIBT"
    person.page.locator("#letter-text").fill(mine)
    person.page.get_by_role("button", name=person.t("web.letter.save")).click()
    person.page.get_by_text(person.t("web.js.stopped")).wait_for()
    assert person.letter() == mine
    # the desk comes back on the same address: the text goes through
    with serving(desk, port=int(running.host.rpartition(":")[2])):
        person.press("web.letter.save")
        assert person.letter() == mine
    store.close()
