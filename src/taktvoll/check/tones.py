"""The findings of tone: which sentence or clause, and the rule that says why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from taktvoll.check.letter import Letter, finding_at
from taktvoll.check.tone import Scores, Weights, load, scores, told
from taktvoll.content.matching import Match
from taktvoll.content.rules import CompiledRules, Evidence, Rule
from taktvoll.model import Category, Finding

_GREETING = 6  # words; fewer below the closing are a name, a number, a place
_CLAUSE = 5  # words; fewer are no clause of their own
_NONE: frozenset[Evidence] = frozenset()
_CUT = re.compile(r"[,;:–—(]|\s-\s")


class Unit(NamedTuple):
    """A sentence, or a clause of it: its words, and the lines of the rules that stand in it."""

    begin: int
    end: int
    evidence: frozenset[Evidence]


def tone_findings(
    letter: Letter, rules: CompiledRules, matches: Iterable[Match]
) -> Iterator[Finding]:
    """What the sentences of ``letter`` are of the learned tones; ``matches`` are of ``plan``.

    A clause that is it by itself is marked; otherwise the sentence is.
    """
    weights = load(rules.language)
    for whole, *clauses in units(letter, rules, matches):
        parts = [_scores(letter, unit, weights) for unit in (whole, *clauses)]
        for tone, numbers in told(weights, *parts).items():
            unit = _joined([clauses[number] for number in numbers]) if numbers else whole
            rule = _explaining(tone, unit.evidence, rules, weights)
            if rule is not None:
                yield finding_at(letter, tone, _span(letter, unit), rule.id, rule.why, rule.fix)


def _scores(letter: Letter, unit: Unit, weights: Weights) -> Scores:
    words = letter.words.folded[unit.begin : unit.end]
    return scores(weights, words, {name for name, _ in unit.evidence})


def _joined(parts: Sequence[Unit]) -> Unit:
    return Unit(parts[0].begin, parts[-1].end, _NONE.union(*(unit.evidence for unit in parts)))


def units(letter: Letter, rules: CompiledRules, matches: Iterable[Match]) -> Iterator[list[Unit]]:
    """For each sentence that is no letterhead and no greeting: itself, then its clauses."""
    words = letter.words
    above = letter.salutation[0] if letter.salutation else 0
    below = letter.closing[0] if letter.closing else len(letter.text)
    placed: dict[int, list[tuple[int, int, frozenset[Evidence]]]] = {}
    for pattern, first, last, sentence in matches:
        if evidence := rules.evidence_of(pattern):
            placed.setdefault(sentence, []).append((first, last, evidence))
    for at, evidence in _figures(letter, rules):
        word = bisect_right(words.starts, at) - 1
        placed.setdefault(letter.sentence_number(at), []).append((word, word, evidence))
    for number, (first, last) in enumerate(words.sentences):
        start = words.spans[number][0]
        if start < above or (start >= below and last - first < _GREETING):
            continue
        inside = placed.get(number, [])
        for at in range(first, last):
            if evidence := rules.evidence_in(words.raw[at], words.folded[at]):
                inside.append((at, at, evidence))
        whole = Unit(first, last, _NONE.union(*(evidence for _, _, evidence in inside)))
        yield [
            whole,
            *(
                Unit(begin, end, _NONE.union(*(e for a, b, e in inside if begin <= a and b < end)))
                for begin, end in _clauses(letter, first, last)
            ),
        ]


def _clauses(letter: Letter, first: int, last: int) -> Iterator[tuple[int, int]]:
    words = letter.words
    if not _CUT.search(letter.text, words.starts[first], words.ends[last - 1]):
        return
    cuts = [
        at
        for at in range(first + 1, last)
        if _CUT.search(letter.text, words.ends[at - 1], words.starts[at])
    ]
    if cuts:
        for begin, end in pairwise((first, *cuts, last)):
            if end - begin >= _CLAUSE:
                yield begin, end


def _figures(letter: Letter, rules: CompiledRules) -> Iterator[tuple[int, frozenset[Evidence]]]:
    """Where the regular expressions of the rules match."""
    for index in rules.tones:
        for pattern in rules.rules[index].regex:
            for hit in pattern.finditer(letter.text):
                yield hit.start(), frozenset({(rules.rules[index].id, index)})


def _explaining(
    tone: Category, evidence: Iterable[Evidence], rules: CompiledRules, weights: Weights
) -> Rule | None:
    """The rule of the category whose lines speak most for it; without any, its first."""
    at = 1 + weights.tones.index(tone)
    told: dict[int, int] = {}
    for name, rule in evidence:
        if rules.rules[rule].category == tone:
            columns = weights.of(f"[{name}]")
            told[rule] = told.get(rule, 0) + max(0, columns[at] if columns else 0)
    if told:
        return rules.rules[max(sorted(told), key=told.__getitem__)]
    return next((rules.rules[i] for i in rules.tones if rules.rules[i].category == tone), None)


def _span(letter: Letter, unit: Unit) -> tuple[int, int]:
    """The code points of a unit; a whole sentence has its full stop."""
    words = letter.words
    start, end = words.starts[unit.begin], words.ends[unit.end - 1]
    sentence = letter.sentence_number(start)
    if words.sentences[sentence] == (unit.begin, unit.end):
        end = words.spans[sentence][1]
    return start, start + len(letter.text[start:end].rstrip())
