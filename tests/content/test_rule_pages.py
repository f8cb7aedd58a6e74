"""The manual has a page for each rule, made from the rule's data."""

from __future__ import annotations

import runpy
from pathlib import Path

from taktvoll.content.rules import rule_sources
from taktvoll.model import Language

HOOK = Path(__file__).parent.parent.parent / "tools" / "rule_pages.py"


def test_each_rule_has_a_page_with_its_examples() -> None:
    pages = dict(runpy.run_path(str(HOOK))["pages"]())
    for language in Language:
        overview = pages[f"rules/{language}/index.md"]
        for rule in rule_sources(language):
            page = pages[f"rules/{language}/{rule.id}.md"]
            assert rule.why in page
            assert f"({rule.id}.md)" in overview
            for example in rule.examples:
                start, end = example.span or (0, 0)
                assert example.text[start:end].replace("\n", " ") in page
            for sign in rule.signs:
                assert f"- {sign}" in page
