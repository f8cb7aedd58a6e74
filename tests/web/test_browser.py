"""The whole way in a real browser, with and without scripts, on a large and a small screen."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.web.conftest import EXAMPLES, TOKEN

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is missing")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium, served):
    contexts = []

    def make(**options: object):
        context = chromium.new_context(locale="de-DE", **options)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda m: m.type == "error" and page.problems.append(m.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "request",
            lambda request: served.host in request.url or page.problems.append(request.url),
        )
        page.goto(f"http://{served.host}/?token={TOKEN}")
        return page

    yield make
    for context in contexts:
        context.close()


def hand_in(page, file: Path = EXAMPLES / "einladung.eml") -> None:
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Einladung lesen").click()
    page.get_by_role("heading", name="Das haben wir verstanden").wait_for()
    page.wait_for_load_state()  # until the style sheet says what is hidden


def decide(page) -> None:
    page.get_by_label("Termin verschieben").check()
    page.get_by_label("Dein Grund").select_option("schedule_conflict")
    page.get_by_label("Vorschlag 1").fill("2026-12-10T09:00")
    page.get_by_label("Telefon", exact=True).fill("0151 23456789")
    page.get_by_role("button", name="Brief schreiben").click()
    page.get_by_role("heading", name="Dein Brief").wait_for()
    page.wait_for_load_state()  # until the style sheet says what is hidden


SCREENS = {"large": {"width": 1280, "height": 900}, "small": {"width": 360, "height": 740}}


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_whole_way(page_of, screen, scripts):
    page = page_of(viewport=SCREENS[screen], java_script_enabled=scripts)
    hand_in(page)
    assert page.get_by_text("Mittwoch, 9. Dezember 2026, 10:00–11:00 Uhr").is_visible()
    assert not page.get_by_label("Vorschlag 1").is_visible()  # only who moves offers times
    decide(page)
    letter = page.get_by_label("Text des Briefs").input_value()
    assert "10. Dezember" in letter
    assert "Mira Sandner" in letter
    assert page.get_by_role("button", name="Text kopieren").first.is_visible() == scripts
    with page.expect_download() as download:
        page.get_by_role("link", name="answer.ics").click()
    assert b"METHOD:COUNTER" in Path(download.value.path()).read_bytes()
    assert page.problems == []


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_or_scrolls_sideways(page_of, screen):
    page = page_of(viewport=SCREENS[screen])
    for step in (lambda page: None, hand_in, decide):
        step(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= SCREENS[screen]["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page_of, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = page_of(viewport=SCREENS["large"], color_scheme=scheme)

    def look() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()

    look()
    hand_in(page)
    look()
    decide(page)
    look()
    page.goto(f"{page.url.partition('/invitations')[0]}/nowhere")
    look()


def test_copying_takes_the_letter(page_of, served):
    page = page_of(viewport=SCREENS["large"])
    page.context.grant_permissions(
        ["clipboard-read", "clipboard-write"], origin=f"http://{served.host}"
    )
    hand_in(page)
    decide(page)
    page.get_by_role("button", name="Text kopieren").first.click()
    page.get_by_role("button", name="Kopiert").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Text des Briefs").input_value()


def test_a_dropped_file_is_read(page_of):
    page = page_of(viewport=SCREENS["large"])
    transfer = page.evaluate_handle(
        """text => { const transfer = new DataTransfer();
        transfer.items.add(new File([text], "einladung.txt", {type: "text/plain"}));
        return transfer; }""",
        (EXAMPLES / "einladung.txt").read_text(),
    )
    page.dispatch_event("form[data-drop]", "drop", {"dataTransfer": transfer})
    page.get_by_role("heading", name="Das haben wir verstanden").wait_for()


def test_the_keyboard_alone_goes_the_whole_way(page_of):
    page = page_of(viewport=SCREENS["large"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("Text der Einladung").focus()
    page.keyboard.insert_text((EXAMPLES / "einladung.txt").read_text())
    page.get_by_role("button", name="Einladung lesen").press("Enter")
    page.get_by_role("heading", name="Das haben wir verstanden").wait_for()
    page.locator("#intent-reschedule").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("#intent-cancel").is_checked()
