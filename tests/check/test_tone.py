"""What is learned of the tone: the sorted sentences, the signs, and what becomes of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from taktvoll.check import check
from taktvoll.check.letter import letter
from taktvoll.check.tone import (
    ALSO,
    CERTAIN,
    CLAUSE,
    TONES,
    Weights,
    load,
    other_signs,
    scores,
    scores_of,
    told,
    word_signs,
)
from taktvoll.check.tones import units
from taktvoll.content import rules
from taktvoll.content.files import BUILT_IN
from taktvoll.model import Category, Channel, Known, Language

ROOT = Path(__file__).parents[2]
PRECISION, RECALL = 0.75, 0.3  # of sentences that nothing was learned from, and their clauses
RULE = """
[[rule]]
id = "own.weather"
category = "drama"
kind = "tone"
why = "Kein Wetter."
find = ["Hagel im Himalaya"]
sign = [{ name = "Wetter", find = ["Hagel", "Orkan"] }]
wrong = ["[[Hagel im Himalaya]].", "Der [[Orkan im Himalaya]].", "Im [[Himalaya war Hagel]]."]
right = ["Im Himalaya.", "Nur ein Hut.", "Ein Regenbogen."]
"""


@pytest.fixture(scope="module")
def learner() -> ModuleType:
    loader = SourceFileLoader("learn_tone", str(ROOT / "tools" / "learn_tone"))
    spec = spec_from_loader("learn_tone", loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules["learn_tone"] = module  # its dataclasses look themselves up
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", list(Language))
def test_most_of_what_was_never_seen_is_told(learner: ModuleType, language: Language) -> None:
    examples = [each for each in learner.messages(language) if each.unseen]
    judged = learner.Judged.of(language, examples)
    assert judged.sentences >= 100
    assert judged.hits >= PRECISION * (judged.hits + judged.invented)
    assert judged.hits >= RECALL * (judged.hits + judged.missed)


@pytest.mark.parametrize("language", list(Language))
def test_the_weights_are_whole(language: Language) -> None:
    head, *lines = (BUILT_IN / language.value / "tone.tsv").read_text("utf-8").splitlines()
    assert head.startswith("# learned by tools/learn_tone from ")
    tones = load(language).tones
    assert set(tones) == set(TONES) - ({Category.MT_GERMAN} if language is Language.EN else set())
    assert all(len(line.partition("\t")[2].split()) == 1 + len(tones) for line in lines)
    # the lines of the rules are among the signs, by the names that the rules give them
    compiled = rules.load(language, None, None)
    ids = {compiled.rules[index].id for index in compiled.tones}
    named = {line[1:].partition("\t")[0].rstrip("]") for line in lines if line[0] == "["}
    assert named and all(any(name.split(" ")[0] == each for each in ids) for name in named)


def test_two_tones_are_learned_apart(learner: ModuleType) -> None:
    examples = [
        learner.Example(f"{number}", frozenset(tones), ("=", word, "und"), unseen=False)
        for number in range(20)
        for word, tones in (
            ("hut", ()),
            ("fieber", {Category.OVERSHARE_HEALTH}),
            ("gnade", {Category.GROVEL}),
        )
    ]
    tones = (Category.OVERSHARE_HEALTH, Category.GROVEL)
    weights = learner.learn(examples, tones)
    written = _weights(*tones)
    for word, expected in (("fieber", tones[:1]), ("gnade", tones[1:]), ("hut", ())):
        found = [tuple(round(100 * w) for w in weights[sign]) for sign in ("=", word, "und")]
        assert tuple(told(written, scores_of(found))) == expected


def test_the_signs_of_a_sentence() -> None:
    words = ["mein", "bandscheibenvorfall", "7", "ŋŋŋŋ"]
    assert [list(word_signs(word)) for word in words] == [
        ["mein"],
        ["bandscheibenvorfall", "bands-", "-rfall", "bandsch-", "-nvorfall"],
        ["0"],
        ["ŋ"],
    ]
    others = list(other_signs(words, ["health.state"]))
    assert others[:2] == ["=", "=0"]
    assert {"< mein", "0 ŋ", "ŋ >", "[health.state]"} <= set(others)


@pytest.mark.parametrize("words", [["ich", "habe", "39", "fieber", "ich"], ["ŋŋ", "fieber"], ["?"]])
def test_all_signs_of_a_sentence_are_weighed(words: list[str]) -> None:
    signs = [sign for word in dict.fromkeys(words) for sign in word_signs(word)]
    signs += other_signs(words, ["health.state", "health.signs Leid"])
    lines = [f"{sign}\t7 {number}" for number, sign in enumerate(dict.fromkeys(signs))]
    weights = _weights(Category.DRAMA, lines=lines)
    expected = sorted(filter(None, map(weights.of, signs)))
    found = weights.of_sentence(words, ["health.state", "health.signs Leid"])
    assert sorted(found) == expected


def test_a_sentence_that_is_clearly_nothing_is_not_weighed_further() -> None:
    weights = _weights(Category.DRAMA, lines=["=\t-200 500", "gut\t-200 500"])
    assert scores(weights, ["gut"], []) == []
    assert told(weights, []) == {}
    assert told(weights, scores_of([(-200, 500)])) == {Category.DRAMA: []}


def test_a_sentence_is_what_it_is_most() -> None:
    weights = _weights(Category.BLAME, Category.DRAMA, Category.VAGUE)
    blame, drama, vague = weights.tones
    assert told(weights, [CERTAIN - 1, -1, -1]) == {}  # an error must be surer than a warning
    assert told(weights, [CERTAIN, 1, 0]) == {drama: []}
    assert told(weights, [CERTAIN + 2, 1, 0]) == {blame: []}
    assert told(weights, [ALSO, 1, ALSO + 1]) == {blame: [], vague: []}
    assert told(weights, [-9, -9, -9], [-9, -1, -9], [-9, CLAUSE, -9]) == {drama: [1]}
    assert told(weights, [], [], [-9, CLAUSE, -9]) == {drama: [1]}
    assert told(weights, [-9, 2, -9], [-9, -9, -9]) == {drama: []}
    assert told(weights, [-9, 2, -9], [-9, 1, -9], [-9, CLAUSE, -9]) == {drama: [0, 1]}


def test_evidence_is_of_the_sentence_and_of_its_clauses(tmp_path: Path) -> None:
    _write(tmp_path / "de" / "rules" / "own.toml", RULE)
    compiled = rules.build(Language.DE, tmp_path)
    seen = letter("Ich komme nicht zu Ihnen, denn der Hagel im Himalaya war arg. Ein Orkan.")
    found = compiled.matcher.find(seen.words, compiled.plan(Known(language=Language.DE))[1])
    (whole, first, second), (short,) = units(seen, compiled, found)
    own = [
        {name for name, _ in unit.evidence if name.startswith("own.")}
        for unit in (whole, first, second, short)
    ]
    assert own == [
        {"own.weather", "own.weather Wetter"},
        set(),
        {"own.weather", "own.weather Wetter"},
        {"own.weather Wetter"},
    ]


def test_the_clause_that_is_it_is_marked(cache: Path) -> None:
    text = (
        "Am Dienstag kann ich leider nicht kommen, weil ich seit Sonntag mit Fieber im Bett liege."
    )
    known = Known(language=Language.DE)
    [finding] = [each for each in check(text, known, cache=cache) if each.start is not None]
    assert finding.category is Category.OVERSHARE_HEALTH
    assert finding.quote == "weil ich seit Sonntag mit Fieber im Bett liege"
    assert finding.rule.startswith("health.")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('name = "Wetter", ', ""), "content_value"),
        (('name = "Wetter"', 'name = "find"'), "content_value"),
        (('name = "Wetter"', 'name = "Wetter", weight = 2'), "content_value"),
        (('find = ["Hagel", "Orkan"]', "find = 7"), "content_value"),
        (('find = ["Hagel", "Orkan"]', 'find = ["(Hagel"]'), "content_phrase_unclosed"),
    ],
)
def test_a_broken_sign_is_named_and_its_rule_left_out(
    tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    assert change[0] in RULE
    _write(tmp_path / "de" / "rules" / "own.toml", RULE.replace(*change))
    [problem] = rules.problems(Language.DE, tmp_path)
    assert problem.code == code
    assert "own.weather" not in {rule.id for rule in rules.rule_sources(Language.DE, tmp_path)}


def test_a_question_is_no_word_of_the_length(cache: Path) -> None:
    found = check("Passt das? " * 85, Known(language=Language.DE), cache=cache)
    assert "length.words" not in {f.rule for f in found}


def test_what_is_said_on_the_phone_runs_over_lines() -> None:
    script = (
        "Mailbox von Frau Amsel:\nnicht zu sehen\n"
        "„Guten Tag, hier ist Mira.\nIch komme später.\nDanke.“\nAuch nicht zu sehen.\n"
        "– „Worum geht es?“ – „Um heute.“\n"
    )
    text = letter(script, Channel.PHONE).text
    assert "Ich komme später." in text
    assert "Um heute." in text
    assert "nicht zu sehen" not in text


def _weights(*tones: Category, lines: Sequence[str] = ("=\t0",)) -> Weights:
    return Weights(0, "\n".join([f"# learned\tall {' '.join(tones)}", *lines, ""]))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
