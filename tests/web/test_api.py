"""``/api/v1``: the same handlers for programs, and a document that tells the truth about them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.web.conftest import EXAMPLES, TOKEN, Standing

from taktvoll.desk import Desk
from taktvoll.model import Category, Me
from taktvoll.web.app import create_app

MAIL = (EXAMPLES / "einladung.eml").read_text()
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def _operations() -> dict[str, object]:
    """What the document describes; it is the same for every desk."""
    nobody = Desk(clock=Standing(), store=lambda: None, cache=Path(), overlay=None)
    document = create_app(nobody, token=TOKEN, host="h:1").openapi()
    schema = schemathesis.openapi.from_dict(document)
    found = (each.ok() for each in schema.get_all_operations())
    return {f"{each.method} {each.path}": each for each in found}


OPERATIONS = _operations()


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_breaks_and_no_answer_is_undocumented(served, name):
    known = served.api("POST", "/cases", text=MAIL, intent="cancel").json()["id"]

    @given(case=OPERATIONS[name].as_strategy(), real=st.booleans())
    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    def asked(case: schemathesis.Case, real: bool) -> None:
        if real and "case_id" in case.path_parameters and case.method != "DELETE":
            case.path_parameters["case_id"] = known
        answer = case.call(
            base_url=f"http://{served.host}", headers={"authorization": f"Bearer {TOKEN}"}
        )
        case.validate_response(answer, checks=list(CHECKS))

    try:
        asked()
    finally:  # what was set at random must not stand in the letters of other tests
        served.desk.set_me(Me())


def test_the_document_names_every_noun(served):
    paths = served.client.get("/api/v1/openapi.json").json()["paths"]
    for noun in ("cases", "templates", "guide", "rules", "overview", "settings", "check"):
        assert f"/api/v1/{noun}" in paths
    for operations in paths.values():
        for operation in operations.values():
            assert operation["summary"]


def test_the_whole_way_as_a_program(served):
    made = served.api("POST", "/cases", text=MAIL, intent="cancel")
    assert made.status_code == 201
    case = made.json()
    assert case["state"] == "written"
    assert case["company"] == "Nordlicht Logistik GmbH"
    path = f"/cases/{case['id']}"
    assert served.api("GET", path).json()["facts"]["evidence"]["company"]["quote"]
    text = case["drafts"][0]["text"]
    found = served.api("POST", "/check", text=f"{text}\n🙂 MfG", case=case["id"]).json()["findings"]
    (short,) = [each for each in found if each["quote"] == "MfG"]
    assert (short["category"], short["severity"]) == (Category.INFORMAL, "warning")
    in_utf16 = served.api(
        "POST", "/check", text=f"{text}\n🙂 MfG", case=case["id"], units="utf16"
    ).json()["findings"]
    (same,) = [each for each in in_utf16 if each["quote"] == "MfG"]
    assert same["start"] == short["start"] + 1  # the smiley is two units
    changed = served.api("POST", f"{path}/letter", text=f"{text}\nP. S.", version=case["version"])
    assert changed.status_code == 200
    stale = served.api("POST", f"{path}/letter", text=text, version=case["version"])
    assert (stale.status_code, stale.json()["code"]) == (409, "case_changed_meanwhile")
    sent = served.api("POST", f"{path}/events", kind="confirmed_by_person").json()
    assert sent["state"] == "confirmed_by_person"
    assert [event["kind"] for event in sent["timeline"]][-1] == "confirmed_by_person"
    assert case["id"] in [each["id"] for each in served.api("GET", "/cases").json()]
    assert served.api("DELETE", path).json() == {"deleted": case["id"]}
    gone = served.api("GET", path)
    assert (gone.status_code, gone.json()["code"]) == (404, "no_such_case")


def test_what_is_missing_is_named(served):
    made = served.api("POST", "/cases", company="Kranwerk").json()
    asked = served.api("POST", f"/cases/{made['id']}/answer", intent="cancel")
    assert (asked.status_code, asked.json()["facts"]) == (422, ["sender_name"])


def test_a_program_needs_the_token_and_says_json(served):
    with httpx.Client(base_url=f"http://{served.host}/api/v1") as program:
        assert program.get("/cases").status_code == 403
        program.headers["authorization"] = f"Bearer {TOKEN}"
        assert program.get("/cases").status_code == 200
        form = program.post("/cases", data={"company": "Kranwerk"})
        assert (form.status_code, form.json()["code"]) == (422, "api_not_json")
        for body in (b"[]", b"{", b'{"company": ["x"]}', b"[" * 100_000, b"\xff", b""):
            refused = program.post(
                "/cases", content=body, headers={"content-type": "application/json"}
            )
            assert refused.status_code == 422, body[:20]
        program.headers["authorization"] = "Bearer wrong"
        assert program.get("/cases").status_code == 403
    wrong = served.client.put("/api/v1/cases")
    assert wrong.status_code == 405
    assert wrong.headers["allow"]
