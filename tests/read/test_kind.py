"""What a message is: the sorted messages that the weights were learned from, and those that not."""

from __future__ import annotations

import json
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from taktvoll.model import Kind
from taktvoll.read.kind import WEIGHTS, kind_of
from taktvoll.read.reader import signs_in
from taktvoll.read.signs import Clues, signs_of

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus" / "kinds"
PLAIN = [json.loads(line) for line in (CORPUS / "plain.jsonl").read_text("utf-8").splitlines()]
UNSEEN_GOAL = 0.87


@pytest.fixture(scope="module")
def learner() -> ModuleType:
    loader = SourceFileLoader("learn_kinds", str(ROOT / "tools" / "learn_kinds"))
    spec = spec_from_loader("learn_kinds", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("row", PLAIN, ids=[row["id"] for row in PLAIN])
def test_what_is_said_plainly_is_told(row: dict[str, Any], learner: ModuleType) -> None:
    scores = WEIGHTS.score(signs_in(learner.message_of(row)))
    assert max(scores, key=scores.__getitem__) == row["kind"]


def test_most_of_what_was_never_seen_is_told(learner: ModuleType) -> None:
    names = [row for row in learner.short_messages() if learner.is_unseen(row[0])]
    unseen = list(learner.signed(names))
    right = sum(learner.told(signs) == kind for _, kind, signs in unseen)
    assert right >= UNSEEN_GOAL * len(unseen)


def test_the_weights_were_learned_from_what_is_there(learner: ModuleType) -> None:
    examples = [*learner.short_messages(), *learner.whole_mails()]
    learned = sum(not learner.is_unseen(identity) for identity, _, _ in examples)
    with WEIGHTS.path.open(encoding="utf-8") as lines:
        assert next(lines).startswith(f"# learned by tools/learn_kinds from {learned} messages\t")
    assert all(len(column.split()) == len(Kind) for column in WEIGHTS.rows().values())


def test_two_of_a_kind_are_learned_apart(learner: ModuleType) -> None:
    examples = [
        (f"{number}", kind, {"=", word, "and"})
        for number in range(20)
        for kind, word in (("invitation", "come"), ("cancellation", "off"))
    ]
    weights = learner.learning.learn(examples, Kind)
    kinds = list(Kind)
    invitation, cancellation = kinds.index(Kind.INVITATION), kinds.index(Kind.CANCELLATION)
    assert weights["come"][invitation] > 0.5 > weights["come"][cancellation]
    assert weights["off"][cancellation] > 0.5 > weights["off"][invitation]
    assert abs(weights["and"][invitation]) < 0.2


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"])
def test_a_calendar_that_answers_is_an_answer(method: str) -> None:
    assert kind_of("Interview", "We invite you.", Clues(method=method)) is Kind.REPLY


def test_a_cancelled_event_is_a_cancellation_or_none_of_ours() -> None:
    cancelled = Clues(method="CANCEL", status="CANCELLED", event=True)
    interview = kind_of("Absage: Vorstellungsgespräch", "Leider entfällt das Gespräch.", cancelled)
    meeting = kind_of("Sprint planning", "Hi all, no planning this week.", cancelled)
    assert (interview, meeting) == (Kind.CANCELLATION, Kind.OTHER)


def test_the_signs_of_a_message() -> None:
    text = "Wir laden Sie am 3.12. zum Gespräch ein."
    start = text.index("3.12.")
    signs = signs_of("Ihr Termin", text, Clues(dates=[(start, start + 5)], hours=1))
    assert {"laden", "laden sie", "gespr-", "-spräch", ">termin", ">ihr termin"} <= signs
    assert {"am@", "@zum", "=hours", "=hours 1", "=dates", "^wir laden", "="} <= signs
    assert "=answers" not in signs


def test_addresses_and_links_are_no_words() -> None:
    signs = signs_of("", "see https://a.example/interview or interview@b.example", Clues())
    assert "interview" not in signs
