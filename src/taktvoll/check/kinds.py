"""The exact kinds of rules, each a few lines of code over the matches of a compiled pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taktvoll.check.letter import Letter
from taktvoll.check.tones import tone_findings
from taktvoll.content.matching import QUESTION, Match
from taktvoll.content.rules import CompiledRules, Rule
from taktvoll.model import Category, Finding, Known

_MISSING = frozenset({"require", "limit"})  # kinds that find something in nothing
_Found = dict[str, list[tuple[Match, str | None]]]


def rule_findings(
    letter: Letter, rules: CompiledRules, known: Known, only: str | None = None
) -> list[Finding]:
    """What the rules of the pack (or the rule ``only``) find in ``letter``, overlaps joined."""
    indices, anchors = rules.plan(known)
    by_rule: dict[int, _Found] = {}
    matches = rules.matcher.find(letter.words, anchors)
    for match in matches:
        for index, role, fix in rules.exact_lines(match.pattern):
            by_rule.setdefault(index, {}).setdefault(role, []).append((match, fix))
    findings: list[Finding] = []
    for index in indices:
        rule, found = rules.rules[index], by_rule.get(index)
        if rule.kind == "tone" or (only is not None and rule.id != only):
            continue
        if found or rule.regex or rule.kind in _MISSING:
            findings += _KINDS[rule.kind](rule, letter, found or {})
    if only is None:
        findings += tone_findings(letter, rules, matches)
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
