"""The seven kinds of rules, each a few lines of code over the matches of a compiled pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taktvoll.check.letter import Letter
from taktvoll.content.matching import QUESTION, Match
from taktvoll.content.rules import EXPECTED, CompiledRules, Rule
from taktvoll.model import Category, Finding, Known

_MISSING = frozenset({"require", "limit"})  # kinds that find something in nothing
_NO_DOUBT = 4  # so much beyond its threshold a rule stands beside a heavier one
_Found = dict[str, list[tuple[Match, str | None]]]


def rule_findings(
    letter: Letter, rules: CompiledRules, known: Known, only: str | None = None
) -> list[Finding]:
    """What the rules of the pack (or the rule ``only``) find in ``letter``, overlaps joined."""
    indices, anchors = rules.plan(known)
    by_rule: dict[int, _Found] = {}
    for match in rules.matcher.find(letter.words, anchors):
        for index, role, fix in rules.of_pattern[match.pattern]:
            by_rule.setdefault(index, {}).setdefault(role, []).append((match, fix))
    untold = _Untold(letter, by_rule.get(EXPECTED, {}))
    findings: list[Finding] = []
    weighed: dict[int, list[tuple[int, Finding]]] = {}
    for index in indices:
        rule, found = rules.rules[index], by_rule.get(index)
        if only is not None and rule.id != only:
            continue
        if rule.kind == "weigh":
            if not found:
                continue
            for sentence, beyond, finding in _weigh(rule, letter, found, untold):
                weighed.setdefault(sentence, []).append((beyond, finding))
        elif found or rule.regex or rule.kind in _MISSING:
            findings += _KINDS[rule.kind](rule, letter, found or {})
    findings += _heaviest(weighed)
    return _longest(letter, findings)


def _avoid(rule: Rule, letter: Letter, found: _Found) -> Iterator[Finding]:
    """``find`` must not occur, unless ``unless`` stands in the same sentence."""
    excused = {match.sentence for match, _ in found.get("unless", ())}
    for match, fix in found.get("find", ()):
        if match.sentence not in excused:
            yield _finding(rule, letter, match, fix)
    for pattern in rule.regex:
        for hit in pattern.finditer(letter.text):
            if not excused or letter.sentence_number(hit.start()) not in excused:
                yield _spanned(rule, letter, hit.start(), hit.end(), rule.fix)


class _Untold(dict[str, frozenset[int]]):
    """By list of what is expected: the sentences in which nothing of it stands."""

    def __init__(self, letter: Letter, expected: _Found) -> None:
        self._letter, self._expected = letter, expected

    def __missing__(self, name: str) -> frozenset[int]:
        told = {match.sentence for match, _ in self._expected.get(name, ())}
        self[name] = self._letter.telling - told
        return self[name]


def _weigh(
    rule: Rule, letter: Letter, found: _Found, untold: _Untold
) -> Iterator[tuple[int, int, Finding]]:
    """The signs that stand in one sentence, each counted once, must not weigh ``least`` or more.

    Marked is what lies between the first and the last sign that speaks for a finding. Gives the
    sentence, by how much it is too heavy, and the finding.
    """
    excused = {match.sentence for match, _ in found.get("unless", ())}
    weights: dict[int, int] = {}
    marked: dict[int, tuple[int, int]] = {}
    for sign in rule.signs:
        if sign.lacks:
            for at in untold[sign.lacks]:
                weights[at] = weights.get(at, 0) + sign.weight
            continue
        matches = found.get(sign.name, ())
        for at in {match.sentence for match, _ in matches}:
            weights[at] = weights.get(at, 0) + sign.weight
        if sign.weight > 0:
            for match, _ in matches:
                first, last = marked.get(match.sentence, (match.first, match.last))
                marked[match.sentence] = min(first, match.first), max(last, match.last)
    for at, weight in sorted(weights.items()):
        if weight >= rule.least and at in marked and at not in excused:
            finding = _finding(rule, letter, Match(-1, *marked[at], at), None)
            yield at, weight - rule.least, finding


def _heaviest(weighed: dict[int, list[tuple[int, Finding]]]) -> Iterator[Finding]:
    """What a sentence is, by its weights: the heaviest, and what is heavy without doubt."""
    for candidates in weighed.values():
        most = max(beyond for beyond, _ in candidates)
        for beyond, finding in candidates:
            if beyond >= min(most, _NO_DOUBT):
                yield finding


def _require(rule: Rule, letter: Letter, found: _Found) -> Iterator[Finding]:
    """``find`` must occur somewhere, in a sentence without ``unless``."""
    excused = {match.sentence for match, _ in found.get("unless", ())}
    said = any(match.sentence not in excused for match, _ in found.get("find", ()))
    if not said and not any(p.search(letter.text) for p in rule.regex):
        yield _whole(rule)


def _limit(rule: Rule, letter: Letter, found: _Found) -> Iterator[Finding]:
    """``find`` at most ``most`` times, or at most ``words`` words in all."""
    raw = letter.words.raw
    if rule.words and len(raw) - raw.count(QUESTION) > rule.words:
        yield _whole(rule)
    sentences: set[int] = set()
    for match, fix in sorted(found.get("find", ()), key=lambda f: f[0].first):
        if match.sentence not in sentences:
            sentences.add(match.sentence)
            if rule.most and len(sentences) > rule.most:
                yield _finding(rule, letter, match, fix)


def _agree(rule: Rule, letter: Letter, found: _Found) -> Iterator[Finding]:
    """Where ``find`` occurs, ``with`` must stand in the same sentence."""
    agreed = {match.sentence for role in ("with", "unless") for match, _ in found.get(role, ())}
    for match, fix in found.get("find", ()):
        if match.sentence not in agreed:
            yield _finding(rule, letter, match, fix)


def _order(rule: Rule, letter: Letter, found: _Found) -> Iterator[Finding]:
    """The first ``find`` must stand before the first ``before``."""
    firsts = sorted((match.first, match) for match, _ in found.get("find", ()))
    others = [match.first for match, _ in found.get("before", ())]
    if firsts and others and firsts[0][0] > min(others):
        yield _finding(rule, letter, firsts[0][1], None)


_KINDS = {
    "avoid": _avoid,
    "replace": _avoid,
    "require": _require,
    "limit": _limit,
    "agree": _agree,
    "order": _order,
}


def _finding(rule: Rule, letter: Letter, match: Match, fix: str | None) -> Finding:
    words = letter.words
    if rule.span == "sentence":
        start, end = words.spans[match.sentence]
    else:
        start, end = words.starts[match.first], words.ends[match.last]
    return _spanned(rule, letter, start, end, rule.fix if fix is None else fix)


def _spanned(rule: Rule, letter: Letter, start: int, end: int, fix: str | None) -> Finding:
    quote = letter.text[start:end]
    stripped = quote.rstrip()
    end -= len(quote) - len(stripped)
    if fix and stripped[:1].isupper() and fix[:1].islower() and _opens(letter, start):
        fix = fix[0].upper() + fix[1:]
    return Finding(
        category=rule.category,
        rule=rule.id,
        start=start,
        end=end,
        quote=stripped,
        message=rule.why,
        fix=fix,
    )


def _opens(letter: Letter, offset: int) -> bool:
    return letter.sentence_at(offset)[0] == offset


def _whole(rule: Rule) -> Finding:
    return Finding(
        category=rule.category,
        rule=rule.id,
        start=None,
        end=None,
        quote=None,
        message=rule.why,
        fix=None,
    )


def _longest(letter: Letter, findings: list[Finding]) -> list[Finding]:
    """Of findings of one category that overlap, the longest; those of one rule are joined."""
    kept: list[Finding] = []
    last: dict[Category, int] = {}
    for finding in sorted(findings, key=lambda f: (f.start is None, f.start or 0, -(f.end or 0))):
        if finding.start is None or finding.end is None:
            kept.append(finding)
            continue
        at = last.get(finding.category)
        before = kept[at] if at is not None else None
        if before is None or at is None or finding.start >= (before.end or 0):
            last[finding.category] = len(kept)
            kept.append(finding)
        elif before.start is not None and finding.end > (before.end or 0):
            if before.rule == finding.rule and not finding.fix:
                quote = letter.text[before.start : finding.end]
                kept[at] = replace(before, end=finding.end, quote=quote)
            elif finding.end - finding.start > (before.end or 0) - before.start:
                kept[at] = finding
    return kept
