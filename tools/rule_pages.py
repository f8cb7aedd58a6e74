"""A hook of mkdocs: a page of the manual for each rule of the check, made from its own data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from taktvoll.content.rules import Example, RuleSource, rule_sources  # noqa: E402
from taktvoll.model import Language  # noqa: E402

LANGUAGES = {Language.DE: "German", Language.EN: "English"}


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Called by mkdocs when it has gathered the files: adds ours."""
    from mkdocs.structure.files import File

    for path, text in pages():
        files.append(File.generated(config, path, content=text))
    return files


def pages() -> Iterator[tuple[str, str]]:
    """Path below ``docs/`` and Markdown of each page: one a rule, one list a language."""
    for language in Language:
        rules = sorted(rule_sources(language), key=lambda rule: (rule.category, rule.id))
        yield f"rules/{language}/index.md", _list(language, rules)
        for rule in rules:
            yield f"rules/{language}/{rule.id}.md", _page(rule)


def _list(language: Language, rules: list[RuleSource]) -> str:
    lines = [f"# The rules for {LANGUAGES[language]} messages", ""]
    category = None
    for rule in rules:
        if rule.category != category:
            category = rule.category
            lines += ["", f"## {category}", ""]
        lines.append(f"- [{rule.id}]({rule.id}.md): {rule.why}")
    return "\n".join(lines) + "\n"


def _page(rule: RuleSource) -> str:
    lines = [f"# {rule.id}", "", rule.why, ""]
    lines += [f"Category `{rule.category}`, kind [`{rule.kind}`](../../rules.md#kinds).", ""]
    if rule.when:
        held = "; ".join(f"{key}: {', '.join(values)}" for key, values in rule.when.items())
        lines += [f"Only where {held}.", ""]
    if rule.signs:
        lines += ["## Signs", "", *(f"- {sign}" for sign in rule.signs), ""]
    for title, wrong in (("Found", True), ("Fine", False)):
        examples = [_example(example) for example in rule.examples if example.wrong is wrong]
        if examples:
            lines += [f"## {title}", "", *examples, ""]
    return "\n".join(lines)


def _example(example: Example) -> str:
    text = example.text
    if example.span:
        start, end = example.span
        text = f"{text[:start]}**{text[start:end]}**{text[end:]}"
    mended = f" → {example.fixed}" if example.fixed else ""
    return "- " + (text + mended).replace("\n", " ")
