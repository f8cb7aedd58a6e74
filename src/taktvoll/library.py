"""What the program knows, to be read: templates, guide, rules; and whether the content is sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from taktvoll.errors import ContentError
from taktvoll.model import Channel, Draft, Intent, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of letter: with named gaps, and filled for an invented case."""

    intent: Intent
    gaps: Draft
    filled: Draft


def templates(language: Language, overlay: Path | None) -> tuple[Template, ...]:
    """Every kind of letter in ``language``."""
    from taktvoll.write.examples import example_brief, with_gaps

    found = []
    for intent in Intent:
        brief = example_brief(intent, language)
        gaps, filled = with_gaps(brief, Channel.MAIL, overlay=overlay)
        found.append(Template(intent=intent, gaps=gaps, filled=filled))
    return tuple(found)


def content_problems(overlay: Path | None) -> Sequence[ContentError]:
    """All that is wrong with the content, the person's own included, in every language."""
    from taktvoll.check.examples import problems as example_problems
    from taktvoll.content import guide, packs

    problems: list[ContentError] = []
    for language in Language:
        problems += packs.problems(language, overlay)
        problems += example_problems(language, overlay)  # and what is wrong with the rules' form
        guide.articles(language, overlay, broken=problems)
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column))
