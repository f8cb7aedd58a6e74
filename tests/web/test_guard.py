"""Who is let in, and what a page may do."""

from __future__ import annotations

import httpx
import pytest
from tests.web.conftest import TOKEN

from taktvoll.web.app import create_app


@pytest.fixture
def stranger(served):
    with httpx.Client(base_url=f"http://{served.host}", timeout=30) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cases/x",
        "/nowhere",
        "/docs",
        "/openapi.json",
        "/api/v1/cases",
        "/api/v1/openapi.json",
    ],
)
def test_without_token_or_cookie_there_is_one_sentence(stranger, path):
    refused = stranger.get(path)
    assert refused.status_code == 403
    assert "beim Start nennt" in refused.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ä"])
def test_a_wrong_token_lets_nobody_in(stranger, token):
    assert stranger.get("/", params={"token": token}).status_code == 403


def test_the_token_becomes_a_cookie_that_scripts_and_other_sites_never_see(stranger):
    entered = stranger.get("/", params={"token": TOKEN})
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN.lower() not in cookie
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost"]
)
def test_a_foreign_name_for_this_machine_is_refused(served, host):
    assert served.client.get("/", headers={"host": host}).status_code == 421


def test_localhost_is_a_name_of_this_machine(served):
    port = served.host.rpartition(":")[2]
    assert served.client.get("/", headers={"host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(served, headers):
    fields = {"csrf": served.csrf(), "company": "Kranwerk"}
    assert served.client.post("/cases", data=fields, headers=headers).status_code == 403


def _forms(served) -> list[str]:
    app = create_app(served.desk, token="t", host="h:1")
    return [
        route.path.format(case_id="x", account_id="x")
        for route in app.routes
        if "POST" in (getattr(route, "methods", None) or ()) and not route.path.startswith("/api/")
    ]


def test_every_form_needs_what_our_pages_gave_it(served):
    paths = _forms(served)
    assert len(paths) > 5
    for path in paths:
        for fields in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
            refused = served.client.post(path, data={**fields, "company": "Kranwerk"})
            assert refused.status_code == 403, path
        upload = served.client.post(path, files={"csrf": ("x", b"x")})
        assert upload.status_code == 403, path


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/static/style.css", "/cases/gone", "/api/v1/cases"]
)
def test_every_answer_carries_the_headers(served, path):
    headers = served.client.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    for name in ("style-src", "script-src", "img-src", "form-action"):
        assert policy[name] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_no_page_names_another_machine_or_holds_code_of_its_own(served):
    typed = served.typed(
        company="Kranwerk", day="2026-12-09", door="no", intent="cancel", name="A B"
    )
    for page in (served.client.get("/").text, typed.text, served.client.get("/nowhere").text):
        assert 'name="csrf"' in typed.text
        assert "http://" not in page
        assert "https://" not in page
        assert " style=" not in page
        assert "onclick" not in page
        assert "<script>" not in page
