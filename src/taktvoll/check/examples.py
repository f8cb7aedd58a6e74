"""The examples of the rules, run: what ``taktvoll content check`` verifies beside the format."""

from __future__ import annotations

from pathlib import Path

from taktvoll.check.address import formality_of
from taktvoll.check.kinds import rule_findings
from taktvoll.check.letter import letter
from taktvoll.content import rules as pack
from taktvoll.content.rules import CompiledRules, Example, RuleSource
from taktvoll.errors import ContentError
from taktvoll.model import (
    Channel,
    Country,
    Finding,
    Formality,
    Intent,
    Known,
    Language,
    Severity,
)


def problems(language: Language, overlay: Path | None = None) -> list[ContentError]:
    """All that is wrong with the rules of ``language``: their form, and what examples disprove."""
    found = pack.problems(language, overlay)
    compiled = pack.load(language, None, overlay)
    for rule in pack.rule_sources(language, overlay):
        for example in rule.examples:
            found += _example(rule, example, compiled)
    return sorted(found, key=lambda e: (e.path, e.line, e.column))


def _example(rule: RuleSource, example: Example, compiled: CompiledRules) -> list[ContentError]:
    findings = _run(example.text, rule, compiled)
    if rule.kind == "tone":  # told by all rules of the category together
        own = [finding for finding in findings if finding.category == rule.category]
    else:
        own = _run(example.text, rule, compiled, only=rule.id)
    shown = "; ".join(f"{f.rule}: {f.quote or '–'}" for f in findings) or "–"
    start, end = example.span or (0, 0)
    at = max(example.text[:start], example.text[end:], key=len).strip()
    if not example.wrong:
        bad = [f for f in findings if f.severity is Severity.ERROR and f.start is not None]
        return [_error(rule, "content_example_right", at, example.text, shown)] if bad + own else []
    if not any(_meets(finding, example, exact=rule.kind != "tone") for finding in own):
        return [_error(rule, "content_example_missed", at, example.text, shown)]
    if example.fixed is not None:
        again = [f for f in _run(example.fixed, rule, compiled) if f.start is not None]
        if again:
            return [_error(rule, "content_example_fixed", at, example.fixed, again[0].rule)]
    return []


def _meets(finding: Finding, example: Example, *, exact: bool) -> bool:
    """Whether the finding is where the mark is; of a tone, whether it touches it."""
    if finding.start is None or finding.end is None or example.span is None:
        return finding.start is None and example.span is None
    start, end = example.span
    if exact:
        return (finding.start, finding.end) == example.span
    return finding.start < end and start < finding.end


def _run(
    text: str, rule: RuleSource, compiled: CompiledRules, only: str | None = None
) -> list[Finding]:
    """The findings of all rules (or of ``only``) that hold under the conditions of ``rule``."""
    seen = letter(text)
    formality = Formality(rule.when.get("formality", [formality_of(seen)])[0])
    known = Known(
        language=compiled.language,
        intent=Intent(rule.when["intent"][0]) if "intent" in rule.when else None,
        country=Country(rule.when["country"][0]) if "country" in rule.when else None,
        formality=formality,
        channel=Channel(rule.when.get("channel", ["mail"])[0]),
    )
    return rule_findings(seen, compiled, known, only)


def _error(rule: RuleSource, code: str, at: str, text: str, found: str) -> ContentError:
    return rule.source.error(code, at, id=rule.id, text=text, found=found)
