"""Invented messages: silence on the flawless ones, the marked faults found in the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taktvoll.check import check
from taktvoll.check.lines import finding_out, known_from_line
from taktvoll.model import Finding

FOLDER = Path(__file__).parent.parent / "corpus" / "check"
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for path in sorted(FOLDER.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_exactly_the_marked_faults_are_found(row: dict[str, Any], cache: Path) -> None:
    known, text = known_from_line(row)
    findings = check(text, known, cache=cache)
    missed = [f for f in row["faults"] if not any(_meets(finding, f) for finding in findings)]
    invented = [f for f in findings if not any(_meets(f, fault) for fault in row["faults"])]
    assert (missed, invented) == ([], [])


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_what_is_given_out_is_whole(row: dict[str, Any], cache: Path) -> None:
    known, text = known_from_line(row)
    findings = check(text, known, cache=cache)
    places = [(f.start is None, f.start or 0) for f in findings]
    assert places == sorted(places)
    for finding in findings:
        given = finding_out(finding)
        assert given["message"] and not given["message"].startswith("check.")
        if finding.start is not None:
            assert text[finding.start : finding.end] == given["quote"] != ""
        json.dumps(given)


def test_the_corpus_is_large_and_half_of_it_is_flawless() -> None:
    flawless = [row for row in ROWS if not row["faults"]]
    assert len(ROWS) >= 120
    assert len(flawless) * 3 > len(ROWS)


def _meets(finding: Finding, fault: dict[str, Any]) -> bool:
    if finding.category != fault["category"]:
        return False
    if finding.start is None or finding.end is None or fault["start"] is None:
        return finding.start is None and fault["start"] is None
    return finding.start < fault["end"] and fault["start"] < finding.end
