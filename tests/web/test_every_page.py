"""Every page in a real browser: sound for a screen reader, whole on every screen, light."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse
from tests.web.conftest import TOKEN, desk_on, serving
from tests.web.states import STATES, live
from tests.web.visitor import SCREENS, Visitor

from taktvoll.edges.store import SqliteStore

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lived_in(served):
    """A desk with cases of every kind: their ids by name."""
    return live(served)


@pytest.fixture(scope="module")
def empty(tmp_path_factory, rules):
    """A desk on which nothing lies."""
    store = SqliteStore(tmp_path_factory.mktemp("empty") / "cases.db")
    with serving(desk_on(store, rules)) as running:
        yield running
    store.close()


def each_state(person: Visitor, lived_in, empty) -> Iterator[str]:
    """The person at each of the states, by name."""
    full = person.host
    person.host = empty.host
    person.go(f"/?token={TOKEN}")
    for name, state in STATES.items():
        person.host = empty.host if state.empty else full
        person.go(state.path.format(**lived_in))
        if state.reach is not None:
            state.reach(person)
        yield name


def test_no_page_is_forgotten(served):
    """Whoever adds a page adds it to ``STATES``: all that follows looks at it then."""
    pages = [
        route
        for route in served.app.routes
        if isinstance(route, APIRoute)
        and "GET" in route.methods
        and route.response_class is HTMLResponse
    ]
    visited = [state.path.partition("?")[0] for state in STATES.values()]
    forgotten = [page.path for page in pages if not any(map(page.path_regex.match, visited))]
    assert pages
    assert forgotten == []


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_any_page(visit, lived_in, empty, screen):
    """In light and in dark, with all that unfolds unfolded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    person = visit(screen=screen)
    found = {}
    for name in each_state(person, lived_in, empty):
        person.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for scheme in ("light", "dark"):
            person.page.emulate_media(color_scheme=scheme)
            seen = axe.run(person.page)
            if seen.violations_count:
                found[name, scheme] = seen.generate_report()
    assert not found, "\n".join(f"{where}\n{report}" for where, report in found.items())


def test_nothing_is_cut_off_or_scrolls_sideways(visit, lived_in, empty):
    """640 is a laptop's page at 200 % zoom; 320 a small phone."""
    person = visit()
    for name in each_state(person, lived_in, empty):
        for width in (320, 360, 640, 768, 1024, 1920):
            person.page.set_viewport_size({"width": width, "height": 800})
            assert person.width() <= width, (name, width)


def test_pictures_of_every_page_are_kept(visit, lived_in, empty, tmp_path_factory):
    """To be looked at: the folder is named when the tests run with -s."""
    chosen = os.environ.get("TAKTVOLL_PICTURES")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    person = visit()
    for name in each_state(person, lived_in, empty):
        for screen, size in SCREENS.items():
            person.page.set_viewport_size(size)
            person.page.screenshot(path=folder / f"{name}-{screen}.png", full_page=True)
    print(f"pictures: {folder}")
    assert len(list(folder.glob("*.png"))) >= 2 * len(STATES)


def test_a_cold_page_is_light(visit, lived_in):
    person = visit()
    kept = person.page.context.storage_state()
    for name, state in STATES.items():
        if state.empty or state.reach is not None:
            continue
        context = person.page.context.browser.new_context(storage_state=kept)
        page, came = context.new_page(), []
        page.on("response", lambda answer, came=came: came.append(answer))
        page.goto(f"http://{person.host}{state.path.format(**lived_in)}", wait_until="load")
        sizes = [len(answer.body()) for answer in came]
        context.close()
        assert sum(sizes) < 60_000 or name.startswith("rules"), (name, sizes)
        assert len(sizes) <= 5, name
