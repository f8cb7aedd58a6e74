"""The whole way in a real browser: with scripts and without, in both languages, large and small."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from tests.web.conftest import ACCOUNT, EXAMPLES, TOKEN, desk_on, serving

from taktvoll.edges.store import SqliteStore
from taktvoll.messages import say
from taktvoll.model import Language

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
SCREENS = {"large": {"width": 1280, "height": 900}, "small": {"width": 360, "height": 740}}
INVITED = {Language.DE: EXAMPLES / "einladung.eml", Language.EN: EXAMPLES / "invitation.eml"}
LOCALES = {Language.DE: "de-DE", Language.EN: "en-GB"}


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


class Visitor:
    """A person at a page: says what is on it in their language, and counts what they do."""

    def __init__(self, page, host: str, language: Language, scripts: bool) -> None:
        self.page = page
        self.host = host
        self.language = language
        self.scripts = scripts
        self.done = 0
        self.problems: list[str] = []
        page.on("console", lambda m: m.type == "error" and self.problems.append(m.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "request",
            lambda asked: host in asked.url or self.problems.append(asked.url),
        )

    def t(self, key: str, **values: str) -> str:
        return say(key, self.language, **values)

    def go(self, path: str) -> None:
        self.page.goto(f"http://{self.host}{path}")

    def follow(self, key: str) -> None:
        self.done += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=self.t(key)).first.click()

    def fill(self, key: str, value: str) -> None:
        self.done += 1
        self.page.get_by_label(self.t(key), exact=True).first.fill(value)

    def press(self, key: str) -> None:
        self.done += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.t(key), exact=True).first.click()

    def choose_file(self, path: Path) -> None:
        self.done += 1
        self.page.set_input_files("#file", path)

    def letter(self) -> str:
        return self.page.get_by_label(self.t("web.letter.text")).input_value()

    def case(self) -> str:
        return re.search(r"/cases/(\w+)", self.page.url)[1]

    def width(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth")


@pytest.fixture
def visit(chromium, served):
    contexts = []

    def make(
        *, screen: str = "large", language: Language = Language.DE, scripts: bool = True,
        host: str = "", **options: object,
    ) -> Visitor:  # fmt: skip
        context = chromium.new_context(
            locale=LOCALES[language],
            viewport=SCREENS[screen],
            java_script_enabled=scripts,
            **options,
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), host or served.host, language, scripts)
        visitor.go(f"/?token={TOKEN}")
        return visitor

    yield make
    for context in contexts:
        context.close()


# --- the journeys -------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", list(Language))
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


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("door", "button", "eta"),
    [
        ("no", "web.entry.cancel", False),
        ("no", "web.entry.withdraw", False),
        ("move", "web.entry.move", False),
        ("late", "web.entry.late", True),
    ],
)
def test_a_typed_invitation_takes_six_steps_to_a_letter(visit, screen, scripts, door, button, eta):
    person = visit(screen=screen, scripts=scripts)
    person.follow(f"web.door.{door}")
    person.fill("fact.company", f"Kranwerk {door} {button[-6:]} {screen} {scripts}")
    if not eta:  # who is late is late today
        person.fill("web.fact.day", "2026-12-09")
    person.fill("web.fact.hour", "10:00")
    if eta:
        person.fill("web.entry.eta", "10:20")
    person.fill("web.entry.name", "Mira Sandner")
    person.press(button)
    assert "Mira Sandner" in person.letter()
    assert person.done <= 6
    assert person.problems == []


def test_a_dropped_file_takes_two_steps_to_a_letter(visit):
    person = visit()
    person.follow("web.door.move")
    transfer = person.page.evaluate_handle(
        """text => { const transfer = new DataTransfer();
        transfer.items.add(new File([text], "einladung.eml", {type: "message/rfc822"}));
        return transfer; }""",
        (EXAMPLES / "einladung.eml").read_text(),
    )
    person.done += 1
    with person.page.expect_navigation():
        person.page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    assert "Mira Sandner" in person.letter()
    assert person.done <= 4


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_who_is_unsure_gets_advice_and_the_sheet(visit, scripts):
    person = visit(scripts=scripts)
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


# --- what scripts add ---------------------------------------------------------------------------


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


# --- every page ---------------------------------------------------------------------------------

PAGES = (
    "/",
    "/start/no",
    "/start/move",
    "/start/late",
    "/start/unsure",
    "/cases",
    "/cases/{case}?step=read",
    "/cases/{case}?step=decide",
    "/cases/{case}?step=write",
    "/cases/{case}?step=send",
    "/cases/{case}?step=follow",
    "/cases/{hurry}?step=write",
    "/templates",
    "/guide",
    "/guide/law",
    "/rules",
    "/overview",
    "/settings",
    "/nowhere",
)


@pytest.fixture(scope="module")
def lived_in(served):
    """A desk with cases of several kinds; the names of two of them."""
    mail = (EXAMPLES / "einladung.eml").read_bytes()
    case = served.hand_in(mail, door="no", intent="cancel").url.path
    page = served.client.get(f"{case}?step=write").text
    text = re.search(r'<textarea id="letter-text".*?>(.*?)</textarea>', page, re.DOTALL)[1]
    served.post(f"{case}/letter", text=f"{text}\nIch habe Durchfall. LG")
    served.hand_in((EXAMPLES / "einladung.txt").read_bytes(), "x.txt", door="unsure")
    long = served.typed(
        door="no", intent="withdraw_before", name="Mira Sandner", day="2026-12-17", hour="09:00",
        company="Oberösterreichische Donaudampfschifffahrtsgesellschaftskapitänsvereinigung mbH",
        position="Rindfleischetikettierungsüberwachungsaufgabenübertragungsbeauftragte",
    )  # fmt: skip
    served.post(f"{long.url.path}/events", kind="confirmed_by_person")
    served.post(f"{long.url.path}/events", kind="spoken", whom="Frau Öztürk")
    hurry = served.typed(
        door="late", company="Eile GmbH", day="2026-12-02", hour="10:00", eta="10:20",
        phone="0421 555-0134", name="Mira Sandner",
    )  # fmt: skip
    served.post("/calendar", feed="new")
    names = {"case": case.split("/")[2], "hurry": hurry.url.path.split("/")[2]}
    return names | {"long": long.url.path.split("/")[2]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_any_page(visit, lived_in, screen, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    person = visit(screen=screen, color_scheme=scheme)
    found = {}
    for path in PAGES:
        person.go(path.format(**lived_in))
        person.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        seen = axe.run(person.page)
        if seen.violations_count:
            found[path] = seen.generate_report()
    assert not found, "\n".join(f"{path}\n{report}" for path, report in found.items())


@pytest.mark.parametrize("width", [320, 360, 640, 768, 1024, 1920])
def test_nothing_is_cut_off_or_scrolls_sideways(visit, lived_in, width):
    """640 is a laptop's page at 200 % zoom; 320 a small phone."""
    person = visit()
    person.page.set_viewport_size({"width": width, "height": 800})
    for path in (*PAGES, *(f"/cases/{{long}}?step={s}" for s in ("read", "send", "follow"))):
        person.go(path.format(**lived_in))
        assert person.width() <= width, path


def test_pictures_of_every_page_are_kept(visit, lived_in, tmp_path_factory):
    """To be looked at: the folder is named when the tests run with -s."""
    chosen = os.environ.get("TAKTVOLL_PICTURES")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    for screen in SCREENS:
        person = visit(screen=screen)
        for path in PAGES:
            person.go(path.format(**lived_in))
            name = re.sub(r"\W+", "-", path.partition("?")[0] + path.partition("=")[2]).strip("-")
            person.page.screenshot(path=folder / f"{name or 'start'}-{screen}.png", full_page=True)
    print(f"pictures: {folder}")
    assert len(list(folder.glob("*.png"))) >= 2 * len(PAGES)


def test_a_cold_page_is_light(visit, lived_in):
    person = visit()
    for path in PAGES:
        sizes = []
        context = person.page.context.browser.new_context(
            storage_state=person.page.context.storage_state()
        )
        page = context.new_page()
        page.on("response", lambda answer, sizes=sizes: sizes.append(len(answer.body())))
        page.goto(f"http://{person.host}{path.format(**lived_in)}", wait_until="networkidle")
        context.close()
        assert sum(sizes) < 60_000 or path == "/rules", (path, sizes)
        assert len(sizes) <= 5, path
